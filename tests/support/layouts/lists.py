"""Shapes without a printed form: one flat table of a department, and an outline."""

from __future__ import annotations

from decimal import Decimal

from tests.support.layouts.amounts import amount_cell, in_unit, unit_mark, unit_word
from tests.support.layouts.columns import table_columns
from tests.support.layouts.content import Content, Item, Project
from tests.support.layouts.features import Layout
from tests.support.layouts.levels import spelled, spelled1, spelled2, wanted_levels
from tests.support.layouts.page import Page
from tests.support.layouts.tables import Table
from tests.support.layouts.wanted import Want, WantedItem, WantedProject
from tests.support.layouts.words import label

_AMOUNTS = ("annual_amount", "local_appropriation", "total_amount")


def draw_flat(page: Page, layout: Layout, content: Content) -> list[WantedProject]:
    """A row for every indicator, what belongs to the project left of it."""
    rng = layout.rng("flat")
    names = ["project_name", "annual_amount", "annual_goal"]
    if rng.random() < 0.5:
        names.insert(rng.choice((0, 1)), "implementing_unit")
    if rng.random() < 0.3:
        names.insert(len(names) - 1, "local_appropriation")
    numbered = rng.random() < 0.4
    row, left = page.bottom, 0
    if numbered:
        page.put(row, 0, "序号")
        left = 1
    for number, name in enumerate(names):
        mark = unit_mark(layout) if name in _AMOUNTS else ""
        page.put(row, left + number, label(layout, name, unit=mark, column=True, timed=False))
    table = Table(
        page, layout, content.edition, table_columns(layout, content.year), left + len(names)
    )
    row = table.header(row)
    if rng.random() < 0.3:
        # The sum of all projects says so, or stands under the name of the whole department.
        unit = "implementing_unit" in names
        at = left + names.index("implementing_unit" if unit else "project_name")
        page.put(row, at, content.department if unit else rng.choice(("合计", "总计")))
        total = sum((p.fields["annual_amount"] for p in content.projects), Decimal(0))
        shown, code = amount_cell(layout, total)
        page.put(row, left + names.index("annual_amount"), shown, format=code)
        row += 1
    filled = rng.choice(("merged", "repeated", "once"))
    found = []
    for count, project in enumerate(content.projects, start=1):
        wanted = WantedProject(page.name)
        bottom = table.rows(row, project.items, wanted)
        fields = _project_cells(layout, project, names)
        if numbered:
            fields.insert(0, (None, count, None))
        for column, (name, value, code) in enumerate(fields):
            down = bottom - row if filled == "merged" else 1
            rows = range(row, bottom) if filled == "repeated" else range(row, row + 1)
            cells = [page.put(at, column, value, down=down, format=code) for at in rows]
            if name is not None:
                wanted.fields[name] = Want(project.fields[name], frozenset(cells))
        row = bottom
        found.append(wanted)
    return found


def _project_cells(
    layout: Layout, project: Project, names: list[str]
) -> list[tuple[str | None, object, str | None]]:
    found: list[tuple[str | None, object, str | None]] = []
    for name in names:
        value = project.fields[name]
        shown = amount_cell(layout, value) if isinstance(value, Decimal) else (value, None)
        found.append((name, *shown))
    return found


def draw_outline(page: Page, layout: Layout, content: Content) -> list[WantedProject]:
    """Numbered lines in one column: 一、 levels, （一） groups, 1. indicators with their values."""
    found = []
    for project in content.projects:
        wanted = WantedProject(page.name)
        _outline_head(page, layout, project, wanted)
        _outline_items(page, layout, content.edition, project, wanted)
        found.append(wanted)
    return found


def _outline_head(page: Page, layout: Layout, project: Project, wanted: WantedProject) -> None:
    for name in ("project_name", "supervising_department", "implementing_unit", "annual_amount"):
        value = project.fields[name]
        if value is None:
            continue
        text = str(value)
        if isinstance(value, Decimal):
            text = f"{in_unit(layout, value):f}{unit_word(layout)}"
        called = label(layout, name, column=True)
        cell = page.put(page.bottom, 0, f"{called}：{text}")
        wanted.fields[name] = Want(value, frozenset((cell,)))
    called = label(layout, "annual_goal", column=True)
    cell = page.put(page.bottom, 0, f"{called}：{project.fields['annual_goal']}")
    wanted.fields["annual_goal"] = Want(project.fields["annual_goal"], frozenset((cell,)))


_NUMERALS = "一二三四五六七八九十"


def _outline_items(
    page: Page, layout: Layout, edition: str, project: Project, wanted: WantedProject
) -> None:
    first = second = third = 0
    before: Item | None = None
    mark = layout.rng("outline").choice(("：", "："))
    for item in project.items:
        if before is None or before.level1 != item.level1:
            first, second = first + 1, 0
            text = spelled1(layout, edition, item.level1)
            page.put(page.bottom, 0, f"{_NUMERALS[first - 1]}、{text}")
        if before is None or before.level2 != item.level2:
            second, third = second + 1, 0
            text = spelled2(layout, edition, item.level1, item.level2)
            page.put(page.bottom, 0, f"（{_NUMERALS[second - 1]}）{text}")
        third += 1
        cell = page.put(page.bottom, 0, f"{third}.{item.name}{mark}{item.value.text}")
        level1, level2 = wanted_levels(layout, item)
        name = Want(item.name, frozenset((cell,)), (f"{third}.{item.name}",))
        wanted.items.append(
            WantedItem(level1, level2, name, Want(item.value.text, frozenset((cell,))))
        )
        before = item


__all__ = ["draw_flat", "draw_outline", "spelled"]
