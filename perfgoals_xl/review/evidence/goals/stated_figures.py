"""What the indicators of a project state: counts, rates and amounts, with what they add up to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.review.evidence.goals.goal_reading import GoalReading, read_goal
from perfgoals_xl.review.evidence.indicator_text import count_unit

MOST_SUMMED = 12
_DIGIT = re.compile(r"\d")
_UNIT_TWINS = {
    "名": "人",
    "人次": "人",
    "期": "次",
    "场": "次",
    "场次": "次",
    "位": "人",
    "百分点": "个百分点",
}


@dataclass(frozen=True, slots=True)
class Clash:
    """A figure of the goal and the indicator that says otherwise; ``row`` is the indicator's."""

    figure: str
    row: int
    name: str
    value: str


@dataclass(slots=True)
class Stated:
    """What the indicators of a project state."""

    rows: list[tuple[int, IndicatorRow, GoalReading]] = field(default_factory=list)
    numbers: set[tuple[Decimal, bool]] = field(default_factory=set)
    in_units: set[tuple[Decimal, str]] = field(default_factory=set)
    money: list[tuple[int, IndicatorRow, Decimal]] = field(default_factory=list)


def stated_by(indicators: Iterable[tuple[int, IndicatorRow]]) -> Stated:
    """What the numbered rows of a project's indicators state."""
    stated = Stated()
    for number, row in indicators:
        texts = [str(row[c]) for c in ("level3", "target_value") if not is_blank(row[c])]
        if len(texts) < 2:
            continue
        texts[1] = _in_unit_of_name(row, texts[1])
        for text in texts:
            if not _DIGIT.search(text):
                continue  # Most names hold no figure; reading them would take most of the time.
            told = read_goal(text, None)
            stated.numbers.update((f.number, f.unit == "%") for f in told.figures)
            stated.numbers.update((a.yuan, False) for a in told.amounts)
        told = read_goal(texts[1], None)
        stated.rows.append((number, row, told))
        if texts[1] != row["target_value"]:
            stated.in_units.update((f.number, twin(f.unit)) for f in told.figures)
        stated.money += [(number, row, amount.yuan) for amount in told.amounts[:1]]
        for bound in (row["low"], row["high"]):
            if isinstance(bound, Decimal):
                stated.numbers.add((bound, row["unit"] == "%"))
                stated.in_units.add((bound, twin(row["unit"] or "")))
    _add_sums(stated)
    return stated


def _add_sums(stated: Stated) -> None:
    """What the indicators of one unit add up to: neighbours, and all of them."""
    by_unit: dict[str, list[Decimal]] = {}
    for _, _, told in stated.rows:
        if len(told.figures) == 1 and told.figures[0].unit not in ("", "%"):
            by_unit.setdefault(twin(told.figures[0].unit), []).append(told.figures[0].number)
    for unit, numbers in by_unit.items():
        for i, total in enumerate(numbers[:MOST_SUMMED]):
            for number in numbers[i + 1 : MOST_SUMMED]:
                total += number
                stated.numbers.add((total, False))
                stated.in_units.add((total, unit))


def _in_unit_of_name(row: IndicatorRow, value: str) -> str:
    """The value with the unit that its name states: 3 under 造林面积（万亩） is 3万亩."""
    is_bare = not row["unit"] and value[-1:].isdigit()
    return f"{value}{count_unit(str(row['level3']))}" if is_bare else value


def unit_of(row: IndicatorRow) -> str:
    """The unit of an indicator, from its name where its value is a bare number."""
    return str(row["unit"] or count_unit(str(row["level3"] or "")))


def twin(unit: str) -> str:
    """One spelling of units that count the same: 人 for 名."""
    return _UNIT_TWINS.get(unit, unit)
