"""Columns that stand once for each of several times: which of them count.

Of years side by side the form's own counts, of 中期 and 年度 the year; what the whole period's half
says of the value is kept beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from perfgoals_xl.form.column_labels import LEVELS, VALUE_PARTS, Column, Time, column_role

# Of a heading that stands for several columns of one part, the first is meant.
SPARE = 10**6
_OF_BOTH_TIMES = ("level2", "level3", "target_value", *VALUE_PARTS)


@dataclass(frozen=True)
class Headed:
    """A column, and what its path of headings says."""

    at: int
    name: str | None
    rank: int = 0
    time: Time | None = None
    year: int | None = None


def that_count(headed: list[Headed], year: int | None) -> list[Headed]:
    """The columns that count: of the values of several years those of ``year``, else the last."""
    return _annual_half(_of_time(_of_year(_without_year_column(headed), year)))


def _without_year_column(headed: list[Headed]) -> list[Headed]:
    """Of 年度 beside 指标值 only the latter has values; alone 年度 has."""
    bare = column_role("年度")
    targets = [one for one in headed if one.name == "target_value" and one.rank < SPARE]
    years = [one for one in targets if bare is not None and one.rank == bare.rank]
    return headed if years == targets else [one for one in headed if one not in years]


def _of_year(headed: list[Headed], year: int | None) -> list[Headed]:
    """Without the values of other years where 2025年目标值 and 2026年目标值 stand side by side."""
    targets = [one for one in headed if one.name in ("target_value", None) and one.year]
    if len({one.year for one in targets}) < 2:
        return headed
    years = [one.year for one in targets if one.year is not None]
    wanted = year if year in years else max(years)
    return [one for one in headed if one not in targets or one.year == wanted]


def _of_time(headed: list[Headed]) -> list[Headed]:
    """Without the whole period's half where a column stands once for it and once for the year."""
    kept: list[Headed] = []
    for one in headed:
        name = "target_value" if one.name == Column.PERIOD_VALUE else one.name
        twins = [
            other
            for other in headed
            if (other.name, other.time is Time.PERIOD) == (name, False) and other is not one
        ]
        if one.time is Time.PERIOD and name in _OF_BOTH_TIMES and twins:
            if name == "target_value":
                kept.append(Headed(one.at, Column.PERIOD_VALUE, one.rank, one.time, one.year))
            continue
        kept.append(one)
    return kept


def _annual_half(headed: list[Headed]) -> list[Headed]:
    """Without the whole period's half, where name and value are printed once more for the year."""
    places: dict[str, list[int]] = {}
    for one in headed:
        if one.name is not None and one.rank < SPARE:
            places.setdefault(one.name, []).append(one.at)
    called, targets = places.get("level3", []), places.get("target_value", [])
    if len(called) != 2 or len(targets) != 2:
        return headed
    if not called[0] < targets[0] < called[1] < targets[1]:
        return headed
    level2 = places.get("level2", [])
    start = level2[1] if len(level2) == 2 else called[1]
    shared = ("level1",) if len(level2) == 2 else LEVELS
    return [one for one in headed if one.at >= start or one.name in shared]
