"""Which formulas of a form stay on a blank copy of it, and what they refer to there."""

from __future__ import annotations

import re
from collections.abc import Collection

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from perfgoals_xl.workbooks.kit.sheet_names import quoted

# A remark put together by a formula is a remark; the verdicts and titles of forms are no longer.
_LONGEST_TEXT = 30
_PRIVATE = re.compile(r"\d{5}|[,，。;；!！?？:：]")


def live_formula(
    formula: str, *, model: str, copy: str, projects: Collection[str] = ()
) -> str | None:
    """The formula as the copy ``copy`` of the sheet ``model`` is to have it; None where it goes.

    A formula of numbers alone (``=200+80``) is an answer. So is one that looks into another
    workbook or into one of ``projects``, the sheets of other projects.
    """
    try:
        tokens = Tokenizer(formula).items
    except Exception:
        # openpyxl raises several kinds for what it cannot take apart, such as a text "=".
        return None
    is_live = False
    for token in tokens:
        if token.type != Token.OPERAND:
            continue
        if token.subtype == Token.TEXT and _is_remark(token.value):
            return None
        if token.subtype == Token.RANGE:
            is_live = True
            sheet, mark, place = token.value.rpartition("!")
            name = _plain(sheet)
            if "[" in sheet or (name in projects and name not in (model, copy)):
                return None
            if mark and name == model:
                token.value = f"{quoted(copy)}!{place}"
    if not is_live:
        return None
    return "=" + "".join(token.value for token in tokens)


def _is_remark(text: str) -> bool:
    return len(text) - 2 > _LONGEST_TEXT or _PRIVATE.search(text) is not None


def _plain(sheet: str) -> str:
    """The name of a sheet as its tab shows it."""
    if sheet.startswith("'") and sheet.endswith("'"):
        return sheet[1:-1].replace("''", "'")
    return sheet
