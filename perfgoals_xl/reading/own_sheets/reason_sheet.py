"""The findings on the 校验结果 sheet and the reasons (说明) that were written against them.

A workbook may hold more than one such list: a copy of the sheet, or the sheet under another name.
The sheet 校验结果 speaks for every finding that it lists; another list only for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfgoals_xl.addresses import row_column
from perfgoals_xl.declaration import Reason, Remark
from perfgoals_xl.form.own_sheets import (
    RESULT_HEADINGS,
    RESULTS_SHEET,
    SEVERITY_OF_LABEL,
    VALIDATED,
)
from perfgoals_xl.form.text import fold, shortened
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.own_sheets.group_rows import (
    group_level,
    group_size,
    is_told_answers,
    without_places,
)
from perfgoals_xl.reading.own_sheets.results_layout import (
    Cells,
    Layout,
    find_layout,
    without_heading,
)

# What a reason is known by; the other columns only describe its finding.
_ABOUT = ("rule", "sheet", "project", "indicator", "message")
_FIGURE = re.compile(r"\d[\d.,]*")


class Results(NamedTuple):
    """The reasons on all sheets of a workbook, each once, and what is to be told about the lists.

    A remark names a reason that was not taken, or a column that cannot be told for certain.
    ``listed`` are the findings that the first list holds, those without a reason included; None
    where no list was ever validated.
    """

    reasons: tuple[Reason, ...]
    remarks: tuple[Remark, ...]
    listed: tuple[Reason, ...] | None


def read_results(grids: Sequence[Grid]) -> Results:
    """What the lists of a workbook say."""
    reasons: list[Reason] = []
    remarks: list[Remark] = []
    lists: list[tuple[Grid, Layout]] = []
    for grid in grids:
        layout = find_layout(grid)
        if layout is not None:
            lists.append((grid, layout))
        elif (trouble := without_heading(grid)) is not None:
            what = f"{trouble.what}，表上的说明没有读入；{trouble.hint.rstrip('。')}"
            remarks.append(Remark(trouble.place, what, None, "waiver"))
    lists.sort(key=lambda item: item[0].sheet != RESULTS_SHEET)
    spoken_for: dict[tuple[str, ...], dict[str, str]] = {}
    for grid, layout in lists:
        remarks += _troubles(grid, layout)
        found = list(listed_rows(grid, layout))
        for line in found:
            said = spoken_for.get(_gist(line), {})
            if not line.text or line.text in said:
                continue
            if said:
                first = next(iter(said.values()))
                what = f"这条说明没有采用，以“{first}”表上的为准；需要的话请移到那里"
                remarks.append(Remark(line.place, what, None, "waiver", line.text))
            else:
                reasons.append(line)
        here: dict[tuple[str, ...], dict[str, str]] = {}
        for line in found:
            here.setdefault(_gist(line), {}).setdefault(line.text, grid.sheet)
        spoken_for = here | spoken_for
        remarks += _lost(grid, layout)
    return Results(tuple(reasons), tuple(remarks), _findings(*lists[0]) if lists else None)


def _findings(grid: Grid, layout: Layout) -> tuple[Reason, ...] | None:
    """The rows that list a finding of the last validation; None where there was none."""
    cells, at = Cells(grid), layout.columns
    found = []
    for row, line in zip(layout.rows, listed_rows(grid, layout), strict=True):
        label = fold(cells.text(row, at.get("severity")))
        if line.rule and not line.group and ("severity" not in at or label in SEVERITY_OF_LABEL):
            found.append(line)
    heading = cells.text(layout.header, at.get("position"))
    return tuple(found) if found or VALIDATED in heading else None


def listed_rows(grid: Grid, layout: Layout) -> Iterator[Reason]:
    """What every row of a list says, those without a reason included."""
    cells, at = Cells(grid), layout.columns
    for row in layout.rows:
        said = {key: cells.text(row, at.get(key)) for key in (*_ABOUT, "waiver", "cell")}
        label = cells.text(row, at.get("severity"))
        group = group_size(label)
        if group:
            said["message"] = without_places(said["message"])
        if is_told_answers(said["waiver"]):
            said["waiver"] = ""
        yield Reason(
            rule=fold(said["rule"]),
            sheet=said["sheet"],
            project=said["project"],
            indicator=said["indicator"],
            message=said["message"],
            text=said["waiver"],
            place=grid.place(row, at.get("waiver", at.get("rule", 0))),
            cell=said["cell"],
            missing=layout.missing.intersection(_ABOUT),
            group=group,
            level=group_level(label),
        )


def _gist(line: Reason) -> tuple[str, ...]:
    """What a row is about, also when its sheet has another name and its figures have changed."""
    rule = f"{line.rule}×" if line.group else line.rule
    return rule, line.project, shortened(line.indicator), _FIGURE.sub("", line.message)


def _troubles(grid: Grid, layout: Layout) -> Iterator[Remark]:
    for trouble in layout.troubles:
        lost = "，说明没有读入" if trouble.key == "waiver" else ""
        what = f"{trouble.what}{lost}；{trouble.hint.rstrip('。')}"
        value = grid.value(*row_column(trouble.place.cell))
        yield Remark(trouble.place, what, None, "waiver", None if value is None else str(value))


def _lost(grid: Grid, layout: Layout) -> Iterator[Remark]:
    """Reasons in rows that list nothing."""
    cells, column = Cells(grid), layout.columns.get("waiver")
    for row in layout.strays:
        text = cells.text(row, column)
        if text:
            what = f"这一行没有“{RESULT_HEADINGS['rule']}”，不知道说明是对哪个问题的，没有采用"
            yield Remark(grid.place(row, column or 0), what, None, "waiver", text)
