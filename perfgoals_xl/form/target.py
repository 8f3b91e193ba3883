"""Target values (指标值): what ``≥95%``, ``不超过20万元`` or ``2026年12月底前`` says.

:func:`parse_target` reads one. The grammar behind it goes from spelling (``_spelling``) to tokens
(``_tokens``, with ``_units``, ``_dates``, ``_numerals`` and the words of ``_lexicon``), from tokens
to items (``_items``) and from items to a reading (``_grammar``).

Decisions that the contract leaves open:

- A range whose bounds are written in different units (5000元-1万元) is ``composite``: there is no
  one unit as written. 10万—20万元 is a range in 万元.
- ``range`` is any pair of numbers, of months and years too (3-5年); a pair of dates is a ``date``.
- The noun that a classifier counts belongs to the unit (2支队伍 → 支队伍) when nothing follows.
- A date without a year (12月底前, 年底) is a ``date`` without bounds. 12月 alone is December;
  工期12月 and ≥12月 are numbers of months.
- A deadline beside one other target is not kept: 2026年12月底前完成率100% is ``percent``.
- A product (7×24小时), a fraction (1/3) and a time of the day (8:30) are no quantities.
- A text with more than 40 characters besides its numbers (12 for each of several) is a sentence,
  so ``text``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypedDict

from perfgoals_xl.form.target_grammar.clauses import Kind, read
from perfgoals_xl.form.target_grammar.items import Bound
from perfgoals_xl.form.target_grammar.spelling import is_nothing, mask_in, normalise
from perfgoals_xl.form.target_grammar.units import DURATIONS, SCALES
from perfgoals_xl.form.text import is_blank

__all__ = [
    "VALUED",
    "Bound",
    "Kind",
    "TargetJson",
    "TargetValue",
    "is_blank",
    "is_nothing",
    "mask_in",
    "parse_target",
]

VALUED = frozenset({Kind.NUMERIC, Kind.PERCENT, Kind.MONEY, Kind.RANGE, Kind.DATE})
"""The kinds of values that have bounds."""


class TargetJson(TypedDict):
    """``perfgoals target --format json``: one target value."""

    text: str
    kind: str
    operator: str
    low: int | float | str | None
    high: int | float | str | None
    unit: str


@dataclass(frozen=True, slots=True)
class TargetValue:
    """A target value as read.

    ``text`` is the value as given ("" for None). ``operator`` is one of ``≥ ≤ > < =`` or "".
    ``low`` and ``high`` are the bounds: numbers in ``unit``, or days; ``≥`` and ``>`` fill ``low``
    only, ``≤`` and ``<`` fill ``high`` only, a bare value fills both. ``unit`` is as written.
    """

    text: str
    kind: Kind
    operator: str = ""
    low: Bound = None
    high: Bound = None
    unit: str = ""

    def to_json(self) -> TargetJson:
        """The target value as ``perfgoals target --format json`` prints it."""
        return {
            "text": self.text,
            "kind": self.kind.value,
            "operator": self.operator,
            "low": _json(self.low),
            "high": _json(self.high),
            "unit": self.unit,
        }

    def render(self) -> str:
        """A canonical spelling, which reads back with the same kind, operator, bounds and unit.

        ``不得低于 95 ％`` gives ``≥95%``, ``2026年12月底以前`` gives ``≤2026-12-31``. Where there
        is no such spelling (a state, a date without a year), it is the text in half-width.
        """
        for spelling in (self._canonical(), normalise(self.text)):
            if spelling is not None and parse_target(spelling).reads_like(self):
                return spelling
        return self.text

    def reads_like(self, other: TargetValue) -> bool:
        """Whether both say the same; ``text`` may differ."""
        return (
            self.kind is other.kind
            and self.operator == other.operator
            and self.low == other.low
            and self.high == other.high
            and self.unit == other.unit
        )

    def _canonical(self) -> str | None:
        if self.kind not in VALUED:
            return None
        low, high = self.low, self.high
        if low is None and high is None:
            return None
        if isinstance(low, dt.date) or isinstance(high, dt.date):
            if not self.operator and low is not None and high is not None and low != high:
                return f"{low}至{high}"
            return f"{self.operator}{low or high}"
        unit = self.unit
        if self.kind is Kind.RANGE and low is not None and high is not None:
            return f"{_spell(low, unit)}~{_spell(high, unit)}{unit}"
        number = _spell(low if low is not None else high, unit)
        noun = ""
        if self.kind is Kind.NUMERIC and (unit in DURATIONS or unit in SCALES):
            noun = "数量"
        elif unit == "月":
            noun = "工期"
        return f"{noun}{self.operator}{number}{unit}"


@lru_cache(maxsize=16384)
def parse_target(text: str | None) -> TargetValue:
    """Reads a target value. None and blanks are placeholders; no text raises."""
    reading = read(text or "")
    return TargetValue(text or "", *reading)


def _json(bound: Bound) -> int | float | str | None:
    if isinstance(bound, Decimal):
        return int(bound) if bound == bound.to_integral_value() else float(bound)
    return None if bound is None else bound.isoformat()


def _spell(number: Bound, unit: str) -> str:
    if not isinstance(number, Decimal):
        return str(number)
    digits = format(number, "f")
    whole = digits.partition(".")[0].lstrip("-")
    if (not unit or unit in DURATIONS) and len(whole) in (4, 8):
        # Thousands separators where the digits alone would read like a year or a date.
        digits = format(number, ",f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


KIND_LABELS = {
    "numeric": "数量",
    "percent": "百分比",
    "money": "金额",
    "range": "区间",
    "date": "时间",
    "qualitative": "定性",
    "placeholder": "占位",
    "reference": "参照",
    "composite": "多目标",
    "text": "文字",
}
