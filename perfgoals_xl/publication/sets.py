"""Which sources are published together: those of one department and year, each table once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from perfgoals_xl.declaration import Declaration, combine
from perfgoals_xl.form.text import clean, fold


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

    A source of the same bytes as one before it is left out; so is a department table that says what
    one before it says. A source without a year belongs to the first year of its department.
    """
    notes: list[str] = []
    known: dict[str, Declaration] = {}
    years: dict[str | None, int] = {}
    for item in declarations:
        if item.year is not None:
            years.setdefault(item.department, item.year)
    groups: dict[tuple[str | None, int | None], list[Declaration]] = {}
    for item in declarations:
        first = known.setdefault(item.sha256, item) if item.sha256 else item
        if first is not item:
            notes.append(f"{_name(item)} 与 {_name(first)} 内容完全相同，只写出一次。")
            continue
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
        notes += _repeated(members)
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


def _repeated(members: Sequence[Declaration]) -> Iterator[str]:
    """Projects of one name and total in several sources: read again they would be one."""
    names: dict[tuple[str, object], str] = {}
    sources: Counter[tuple[str, object]] = Counter()
    for item in members:
        named: dict[tuple[str, object], str] = {
            (fold(str(row["project_name"])), row["total_amount"]): row["project_name"]
            for row in item.projects.records()
            if row["project_name"] is not None
        }
        names.update(named)
        sources.update(named.keys())
    repeated = [clean(names[key]) for key, count in sources.items() if count > 1]
    if repeated:
        yield (
            f"{len(repeated)} 个项目在几份来源中都有（如“{' '.join(repeated[0].split())[:40]}”），"
            "每份各写出一次，请核对。"
        )


def _name(declaration: Declaration) -> str:
    return Path(declaration.file).name
