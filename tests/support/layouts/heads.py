"""The head of a form: who, how much, what for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tests.support.layouts.amounts import amount_cell, in_unit, unit_word
from tests.support.layouts.content import Project
from tests.support.layouts.features import Layout
from tests.support.layouts.page import Page
from tests.support.layouts.wanted import Want, WantedProject
from tests.support.layouts.words import decorated, label

_KNOWN = (
    ("项目负责人", "王某某"),
    ("联系电话", "0900-1234567"),
    ("项目编码", "640000220000000012345"),
    ("填报人", "李某某"),
    ("立项依据", "云政发〔2023〕12号文件"),
    ("项目概况", "项目已纳入年度工作计划，前期工作已完成。"),
)


def _first_of(text: str) -> date:
    """The first day of ``2026年3月``."""
    year, _, month = text.removesuffix("月").partition("年")
    return date(int(year), int(month), 1)


class Head:
    """Draws the rows above the indicators; ``row`` is the next free one."""

    def __init__(
        self, page: Page, layout: Layout, project: Project, wanted: WantedProject, width: int
    ) -> None:
        self.page, self.layout, self.project, self.wanted = page, layout, project, wanted
        self.width = width
        self.row = page.bottom

    def said(self, name: str) -> str | Decimal | None:
        """The project's own value of a field."""
        return self.project.fields[name]

    def want(self, name: str, value: str | Decimal | None, *cells: str) -> None:
        """Note what was drawn for a field."""
        self.wanted.fields[name] = Want(value, frozenset(cells))

    def merged(self, row: int, column: int, value: object, across: int, down: int = 1) -> str:
        """A cell over several columns, merged or only in the first of them."""
        if self.layout["merging"] == "plain":
            return self.page.put(row, column, value)
        return self.page.put(row, column, value, down=down, across=across)

    def pairs(self, pairs: Sequence[tuple[str, str | None, object]], left: int = 0) -> None:
        """Labels and values beside each other in one row: (label, field or None, value)."""
        each = (self.width - left) // len(pairs)
        if each < 2 and len(pairs) > 1:
            for pair in pairs:
                self.pairs([pair], left)
            return
        for number, (text, name, value) in enumerate(pairs):
            column = left + number * each
            last = number == len(pairs) - 1
            end = self.width if last else column + each
            wide = 2 if self.layout["pairs"] == "wide_label" and end - column > 2 else 1
            self.merged(self.row, column, text, wide)
            self.value(name, value, column + wide, end - column - wide)
        self.row += 1

    def value(self, name: str | None, value: object, column: int, across: int = 1) -> None:
        """A value in the current row, wanted for the field ``name``."""
        if isinstance(value, Decimal) and self.layout["unit"] == "own_cell" and across > 1:
            shown, code = amount_cell(self.layout, value)
            cell = self.page.put(self.row, column, shown, format=code)
            self.page.put(self.row, column + 1, unit_word(self.layout))
        elif isinstance(value, Decimal) and self.layout["unit"] == "own_cell":
            # No room for a cell of its own: the unit stands behind the number.
            shown = f"{in_unit(self.layout, value):f}{unit_word(self.layout)}"
            cell = self.page.put(self.row, column, shown)
        elif isinstance(value, date):
            cell = self.page.put(self.row, column, value, format="yyyy-mm-dd")
        elif isinstance(value, Decimal):
            shown, code = amount_cell(self.layout, value)
            merged = across if self.layout["merging"] != "plain" else 1
            cell = self.page.put(self.row, column, shown, across=merged, format=code)
        else:
            cell = self.merged(self.row, column, value, across)
        if name is not None:
            self.want(name, value, cell)  # type: ignore[arg-type]

    def draw_names(self) -> None:
        """项目名称, 主管部门, 实施单位, 项目属性, 项目期, and labels that are not kept."""
        layout = self.layout
        names = ["supervising_department", "implementing_unit"]
        if layout["attribute"] == "yes":
            names.append("project_attribute")
        found: list[tuple[str, str | None, object]] = [
            (label(layout, name), name, self.said(name)) for name in names if self.said(name)
        ]
        period = str(self.said("project_period") or "")
        start, _, end = period.partition("至")
        if layout["period"] == "dates" and end:
            found += [
                (label(layout, "start"), None, start),
                (label(layout, "end"), None, end),
            ]
            self.want("project_period", period)
        elif layout["period"] == "date_cells" and end:
            first, last = _first_of(start), _first_of(end)
            found += [(label(layout, "start"), None, first), (label(layout, "end"), None, last)]
            self.want("project_period", f"{first}至{last}")
        elif layout["period"] != "none" and period:
            found.append((label(layout, "project_period"), "project_period", period))
        if layout["known"] == "some":
            rng = layout.rng("known")
            some = rng.sample(_KNOWN[:4], 2)
            found += [(decorated(layout, text, text), None, value) for text, value in some]
            if rng.random() < 0.5:
                found.insert(0, (*_KNOWN[4][:1], None, _KNOWN[4][1]))
        self.pairs([(label(layout, "project_name"), "project_name", self.said("project_name"))])
        each = 1 if layout["pairs"] == "one" or self.width < 4 else 2
        while found:
            beside, found = found[:each], found[each:]
            self.pairs(beside)
        if layout["known"] == "some" and layout.rng("outline").random() < 0.4:
            self.pairs([(decorated(layout, _KNOWN[5][0], "x"), None, _KNOWN[5][1])])

    def draw_goals(self) -> None:
        """The goal of the year, and that of the whole period where the layout has one."""
        getattr(self, f"_goal_{self.layout['goal']}")()

    def _goal_left(self) -> None:
        self.pairs([(label(self.layout, "annual_goal"), "annual_goal", self.said("annual_goal"))])

    def _goal_lines(self) -> None:
        """A goal in numbered lines inside its cell."""
        text = str(self.said("annual_goal"))
        parts = [part for part in re.split(r"(?<=[。；])", text) if part]
        lines = "\n".join(f"目标{number}：{part}" for number, part in enumerate(parts, start=1))
        self.pairs([(label(self.layout, "annual_goal"), "annual_goal", lines)])

    def _goal_above(self) -> None:
        self.merged(self.row, 0, label(self.layout, "annual_goal"), self.width)
        self.row += 1
        self.value("annual_goal", self.said("annual_goal"), 0, self.width)
        self.row += 1

    def _goal_both_rows(self) -> None:
        for name in ("period_goal", "annual_goal"):
            text = label(self.layout, name, timed=name == "annual_goal")
            if self.said(name):
                self.pairs([(text, name, self.said(name))])

    def _beside(
        self,
        side: str,
        first: tuple[str, str | None, object],
        *more: tuple[str, str | None, object],
    ) -> None:
        """Headings beside each other behind a label that is merged down, their texts below."""
        self.merged(self.row, 0, side, 1, down=2)
        columns = (first, *more)
        each = (self.width - 1) // len(columns)
        for number, (text, name, value) in enumerate(columns):
            left = 1 + number * each
            across = self.width - left if number == len(columns) - 1 else each
            self.merged(self.row, left, text, across)
            self.row += 1
            self.value(name, value, left, across)
            self.row -= 1
        self.row += 2

    def _goal_columns(self) -> None:
        layout = self.layout
        year = label(layout, "annual_goal", timed=True)
        period = layout.rng("goal").choice((label(layout, "period_goal"), "总体目标"))
        side = layout.rng("side").choice(
            ("总体目标" if period != "总体目标" else "绩效目标", "总体\n绩效\n目标")
        )
        if not self.said("period_goal"):
            self._goal_left()
            return
        self._beside(
            side,
            (period, "period_goal", self.said("period_goal")),
            (year, "annual_goal", self.said("annual_goal")),
        )

    def _goal_completion(self) -> None:
        side = self.layout.rng("side").choice(
            ("总体目标", "年度\n总体\n目标", "总体目标\n完成情况")
        )
        self._beside(
            side,
            (
                label(self.layout, "annual_goal", timed=True),
                "annual_goal",
                self.said("annual_goal"),
            ),
            (label(self.layout, "reached"), None, "已按计划完成全部工作任务。"),
        )

    def _goal_side(self) -> None:
        """A goal in two rows beside a label that is merged down both."""
        text = str(self.said("annual_goal"))
        at = text.find("，") + 1
        parts = [text[:at], text[at:]] if 0 < at < len(text) else [text]
        self.merged(self.row, 0, label(self.layout, "annual_goal"), 1, down=len(parts))
        cells = []
        for part in parts:
            cells.append(self.merged(self.row, 1, part, self.width - 1))
            self.row += 1
        self.want("annual_goal", text, *cells)
