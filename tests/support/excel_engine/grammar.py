"""Formulas and addresses between Excel's English grammar and that of LibreOffice's API.

Excel writes ``=IF('a b'!A1>1,{1,2;3,4})``, the API ``=IF($'a b'.A1>1;{1;2|3;4})``. LibreOffice's
own ``FormulaParser`` is no way between the two: it loses arrays, ``TRUE`` and unknown functions.
"""

from __future__ import annotations

import re

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from .calls import ExcelError

_QUOTED = r"'(?:[^']|'')+'"
_CELL = r"\$?[A-Za-z]{1,3}\$?\d+(?![\w(])|\$?[A-Z]{1,3}(?=:\$?[A-Z]{1,3}\b)|\$?\d+(?=:\$?\d)|\#REF!"
# A sheet as the API writes it, with the dot; then texts, which stay as they are.
_OF_API = re.compile(
    rf"""(?P<text>"(?:[^"]|"")*")
    |(?P<sheet>\$?(?:{_QUOTED}|[^\W\d][\w]*))\.(?={_CELL})
    |(?P<function>[^\W\d][\w.]*)(?=\()
    |(?P<mark>[;|{{}}])""",
    re.VERBOSE,
)
_PLAIN_SHEET = re.compile(r"[^\W\d]\w*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")


def quoted_sheet(name: str) -> str:
    """The sheet's name as a formula of Excel writes it: in quotes where it needs them."""
    if _PLAIN_SHEET.fullmatch(name) and not _LIKE_A_CELL.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


def to_api(formula: str) -> str:
    """Excel's formula (``=`` first) in the grammar of the API."""
    return _translated(formula, separators=True)


def to_shown(formula: str) -> str:
    """Excel's formula (``=`` first) as a user of LibreOffice types it in an English one.

    Conditional formats take this: Excel's separators, but LibreOffice's references to sheets.
    """
    return _translated(formula, separators=False)


def _translated(formula: str, separators: bool) -> str:
    parts = ["="]
    arrays = depth = 0
    for token in Tokenizer(formula).items:
        text = token.value
        if token.type == Token.ARRAY:
            arrays += 1 if token.subtype == Token.OPEN else -1
        elif token.type == Token.SEP and separators:
            # The tokenizer calls both kinds inside an array by their place, not by their sign.
            text = ("|" if text == ";" else ";") if arrays else ";"
        elif token.type == Token.OPERAND and token.subtype == Token.RANGE:
            text = _reference_to_api(text)
        elif token.type == Token.OPERAND and token.subtype == Token.LOGICAL and not arrays:
            text = f"{text.upper()}()"
        depth += (token.subtype == Token.OPEN) - (token.subtype == Token.CLOSE)
        parts.append(text)
    # LibreOffice would close what is open; Excel refuses it from a program.
    if depth:
        raise ExcelError(f"not a formula: {formula}")
    return "".join(parts)


def _reference_to_api(text: str) -> str:
    sheet, mark, cells = text.rpartition("!")
    if not mark or text.startswith("#"):
        return text
    if not sheet.startswith("'"):
        sheet = "'" + sheet + "'"
    return f"${sheet}.{cells}"


def to_excel(formula: str, separators: bool = True) -> str:
    """A formula of the API in Excel's grammar; ``=`` first in both, or in neither.

    Without ``separators`` it is one as LibreOffice shows it, which has Excel's already.
    """
    arrays = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal arrays
        if match["sheet"]:
            name = match["sheet"].removeprefix("$")
            if name.startswith("'"):
                name = name[1:-1].replace("''", "'")
            return quoted_sheet(name) + "!"
        if match["function"]:
            return match["function"].upper()
        if match["mark"] and separators:
            mark = match["mark"]
            arrays += (mark == "{") - (mark == "}")
            return {";": ",", "|": ";" if arrays else "|"}.get(mark, mark)
        return match[0]

    return _OF_API.sub(replace, formula).replace("TRUE()", "TRUE").replace("FALSE()", "FALSE")


def column_letters(column: int) -> str:
    """``AB`` for 28."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def a1(row: int, column: int, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """The address of a cell counted from 1."""
    return f"{'$' * column_absolute}{column_letters(column)}{'$' * row_absolute}{row}"
