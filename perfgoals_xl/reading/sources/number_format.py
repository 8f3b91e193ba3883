"""The grammar of a number format code: its sections, and what each says piece by piece.

A code such as ``[>=10000]0!.0,"万元";0"元"`` has up to four sections. :func:`sections` takes one
apart; :mod:`perfgoals_xl.reading.sources.shown` writes numbers and dates by what it finds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_CLOCK = 'h"时"mm"分"'
BUILT_IN: Final = MappingProxyType(
    {
        0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
        5: '"¥"#,##0;"¥"\\-#,##0', 6: '"¥"#,##0;[Red]"¥"\\-#,##0',
        7: '"¥"#,##0.00;"¥"\\-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
        9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
        14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
        18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
        27: _MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
        32: _CLOCK, 33: f'{_CLOCK}ss"秒"', 34: f"上午/下午{_CLOCK}",
        35: f'上午/下午{_CLOCK}ss"秒"', 36: _MONTH,
        37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00",
        40: "#,##0.00;[Red]-#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
        45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
        50: _MONTH, 51: _MONTH_DAY, 52: _MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY,
        55: f"上午/下午{_CLOCK}", 56: f'上午/下午{_CLOCK}ss"秒"', 57: _MONTH, 58: _MONTH_DAY,
    }
)  # fmt: skip
"""The formats that a workbook names by number only, as a Chinese Excel shows them."""

_LONGEST = 1_000
"""Characters; Excel allows some 250."""
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<padding>.)|\*(?P<filling>.)'
    r"|\[(?P<bracket>[^\[\]]{0,80})\]|(?P<general>General|G/通用格式|通用格式)"
    r"|(?P<noon>AM/PM|A/P|上午/下午)|(?P<end>;)"
    r"|(?P<power>E[+-]0+)|(?P<letters>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+|g+|b+)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<group>,)|(?P<percent>%)|(?P<at>@)|(?P<plain>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:E[+-]?[0-9]+)?)\s*", re.I)
_ELAPSED = re.compile(r"h+|m+|s+", re.I)
# Signs around a number that say nothing which the number itself does not.
_MEANINGLESS = frozenset(" ()-+,/'’\u3000\u00a0")
_DATE_LETTERS = frozenset("ymdhsae")


class Kind(Enum):
    """What a piece of a section stands for."""

    TEXT = "text"
    DIGIT = "digit"
    POINT = "point"
    GROUP = "group"
    PERCENT = "percent"
    POWER = "power"
    GENERAL = "general"
    DATE = "date"
    ELAPSED = "elapsed"
    AT = "at"


@dataclass(frozen=True)
class Piece:
    """A piece of a section: a text to be printed, or the letters that stand for something."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Section:
    """One section: its pieces, and the numbers that it is for where it states them."""

    pieces: tuple[Piece, ...]
    sign: str = ""
    bound: Decimal = Decimal(0)

    def holds(self, number: Decimal) -> bool:
        """Whether a number meets the condition of the section; true where it has none."""
        if not self.sign:
            return True
        compared = number.compare(self.bound)
        return {
            "<": compared < 0, "<=": compared <= 0, ">": compared > 0, ">=": compared >= 0,
            "=": compared == 0, "<>": compared != 0,
        }[self.sign]  # fmt: skip

    @property
    def is_date(self) -> bool:
        """Whether it writes a day or a time of day."""
        return any(piece.kind in (Kind.DATE, Kind.ELAPSED) for piece in self.pieces)

    @property
    def words(self) -> str:
        """The texts that it prints around the number, all in one."""
        return "".join(piece.text for piece in self.pieces if piece.kind is Kind.TEXT)

    @property
    def says_more(self) -> bool:
        """Whether it prints a sign, a unit or a word beside the number."""
        return not _MEANINGLESS.issuperset(self.words)


@lru_cache(maxsize=2048)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a code, at most four; one for General where there is no code."""
    found: list[Section] = []
    pieces: list[re.Match[str]] = []
    # What is longer is no format, and the beginning of one would show something else.
    for match in _PIECE.finditer(code if len(code) <= _LONGEST else ""):
        if match["end"]:
            found.append(_section(pieces))
            pieces = []
        else:
            pieces.append(match)
    found.append(_section(pieces))
    return tuple(found[:4])


class Moment(Enum):
    """What a format shows a number as, where not as a number."""

    DAY = "day"
    TIME = "time of day"
    SPAN = "span of time"


def moment_of(code: str) -> Moment | None:
    """Whether a cell with this format shows a day or a time; None where it shows a number."""
    found = sections(code)[0].pieces
    if any(piece.kind is Kind.ELAPSED for piece in found):
        return Moment.SPAN
    letters = {piece.text[0] for piece in found if piece.kind is Kind.DATE}
    if not letters:
        return None
    return Moment.TIME if letters & {"h", "s"} and not letters & {"y", "d", "e"} else Moment.DAY


def text_around(code: str) -> tuple[str, str] | None:
    """What a format prints before and behind a text; None where it prints the text alone."""
    if "@" not in code:
        return None
    last = sections(code)[-1].pieces
    at = next((n for n, piece in enumerate(last) if piece.kind is Kind.AT), None)
    if at is None:
        return None
    before = "".join(p.text for p in last[:at] if p.kind is Kind.TEXT)
    behind = "".join(p.text for p in last[at + 1 :] if p.kind is Kind.TEXT)
    return None if _MEANINGLESS.issuperset(before + behind) else (before, behind)


def _section(matches: list[re.Match[str]]) -> Section:
    # Letters stand for parts of a date only where no digits of a number stand beside them.
    letters = {match["letters"][0].lower() for match in matches if match["letters"]}
    dated = bool(letters & _DATE_LETTERS) and not any(match["digit"] for match in matches)
    pieces: list[Piece] = []
    sign, bound = "", Decimal(0)
    for match in matches:
        if match["bracket"] is not None:
            condition = _CONDITION.fullmatch(match["bracket"])
            if condition is not None:
                sign, bound = _condition(condition)
            else:
                pieces += _bracket(match["bracket"])
        elif match["padding"] is None and match["filling"] is None:
            pieces.append(_piece(match, dated))
    return Section(tuple(pieces), sign, bound)


def _condition(found: re.Match[str]) -> tuple[str, Decimal]:
    try:
        return found[1], Decimal(found[2])
    except InvalidOperation:
        return "", Decimal(0)


def _bracket(inner: str) -> list[Piece]:
    """A span of time ``[h]`` or a currency ``[$¥-804]``; colours and the like print nothing."""
    if _ELAPSED.fullmatch(inner):
        return [Piece(Kind.ELAPSED, inner.lower())]
    if inner.startswith("$"):
        return [Piece(Kind.TEXT, inner[1:].partition("-")[0])]
    return []


def _piece(match: re.Match[str], dated: bool) -> Piece:
    found = match[0]
    name = match.lastgroup
    if name in ("quoted", "escaped", "plain"):
        return Piece(Kind.TEXT, match[name])
    if name in ("letters", "noon"):
        return Piece(Kind.DATE, found.lower()) if dated else Piece(Kind.TEXT, found)
    if dated and name in ("point", "group", "percent", "power"):
        return Piece(Kind.TEXT, found)
    return Piece(Kind(name), found)
