"""Which sources are published together: those of one department and year, each table once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.joining.combining import combine
from perfgoals_xl.joining.settled_sources import join_sources


class DepartmentTable(NamedTuple):
    """A department's table: its duty goal and its rows of ``department_goals``."""

    duty_goal: str | None
    goals: Sequence[Mapping[str, Any]]


class PublishedSet(NamedTuple):
    """What one department publishes for one year: all its projects and its own tables."""

    declaration: Declaration
    tables: Sequence[DepartmentTable]


def sets_of(declarations: Sequence[Declaration]) -> tuple[list[PublishedSet], list[str]]:
    """The sets in the order of their first sources, and what staff should look at, in Chinese.

    What counts of the sources is settled as everywhere (:mod:`perfgoals_xl.joining.settlement`); a
    department table that says what one before it says is left out. A source without a year belongs
    to the first year of its department.
    """
    joined = join_sources(declarations)
    notes = [*joined.notes, *joined.rivals]
    years: dict[str | None, int] = {}
    for item in joined.kept:
        if item.year is not None:
            years.setdefault(item.department, item.year)
    groups: dict[tuple[str | None, int | None], list[Declaration]] = {}
    for item in joined.kept:
        year = years.get(item.department) if item.year is None else item.year
        groups.setdefault((item.department, year), []).append(item)
    sets = []
    for (department, _), members in groups.items():
        tables = _tables(members)
        sets.append(PublishedSet(combine(members), tables))
        if len(tables) > 1:
            notes.append(
                f"{department or '未写明的部门'}有 {len(tables)} 张内容不同的部门表，都已写出，"
                "请只保留一张。"
            )
    return sets, notes


def _tables(members: Sequence[Declaration]) -> list[DepartmentTable]:
    tables: list[DepartmentTable] = []
    said = []
    for item in members:
        goals = item.department_goals.records()
        if not goals and item.duty_goal is None:
            continue
        words = [{k: v for k, v in goal.items() if k != "sheet"} for goal in goals]
        if (item.duty_goal, words) not in said:
            said.append((item.duty_goal, words))
            tables.append(DepartmentTable(item.duty_goal, goals))
    return tables
