"""What a 自评表 or 监控表 says of the whole project: funds, what was reached, total and grade.

It reads the same cells that the declaration's reader went over; what it holds is a value, whatever
that one made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfgoals_xl.addresses import Place, row_column
from perfgoals_xl.form.column_labels import Column, is_header
from perfgoals_xl.form.evaluation.evaluation_labels import (
    Below,
    Part,
    ReportKind,
    below_part,
    is_no_value,
    is_result,
    tells_grades,
)
from perfgoals_xl.form.evaluation.stated_grade import stated_grade
from perfgoals_xl.form.points import points_behind
from perfgoals_xl.form.text import clean, is_blank
from perfgoals_xl.form.tick_lists import ticked
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header, column_roles
from perfgoals_xl.reading.recognition.evaluation.cell_figures import number_of, points_at
from perfgoals_xl.reading.recognition.evaluation.execution_row import take_execution_row
from perfgoals_xl.reading.recognition.evaluation.report_columns import report_columns
from perfgoals_xl.reading.recognition.evaluation.report_funds import read_funds
from perfgoals_xl.reading.recognition.forms import Entry, Form
from perfgoals_xl.reading.recognition.head_labels import LONG
from perfgoals_xl.reading.recognition.labels import head_role
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.row_notes import is_note

_COLON = re.compile("[:：]")
_RESULT = "actual_result"
_NOT_OF = {
    ReportKind.EVALUATION: (Below.LIGHT, Below.NOTE),
    ReportKind.MONITORING: (Below.TOTAL, Below.GRADE, Below.CONCLUSION),
}
_OF_WORDS = {
    Below.PROBLEMS: "problems",
    Below.MEASURES: "measures",
    Below.CONCLUSION: "conclusion",
    Below.GRADE: "grade",
    Below.LIGHT: "light",
    Below.NOTE: "note",
}


def read_report(form: Form, start: int, end: int, header: Header) -> None:
    """Fill ``form.report`` from the rows of a form whose goals and indicators were read."""
    report = form.report
    if report is None:
        return
    grid = form.grid
    taken = read_funds(form, start, header.row) or read_funds(form, header.bottom + 1, end)
    taken |= set(range(header.row, header.bottom + 1))
    taken |= {row_column(line.name.place.cell)[0] for line in form.lines}
    _read_result(form, [row for row in grid.filled(start, end) if row not in taken])
    _unlabel_goal(form)
    for row in grid.filled(start, end):
        if row not in taken:
            _read_below(form, row, header)
    if report.kind is ReportKind.EVALUATION:
        take_execution_row(form)
        _grade_beside_total(form)
    if report.kind is ReportKind.EVALUATION and "conclusion" in report.entries:
        conclusion = report.entries.pop("conclusion")
        own = report.entries.get("grade")
        if own is None or is_blank(own.value):
            report.entries["grade"] = conclusion
    held = {grid.place(*at) for at in report.cells}
    rows = {at[0] for at in report.cells}
    form.strays = [
        stray
        for stray in form.strays
        if stray.place not in held
        and not (stray.field is None and row_column(stray.place.cell)[0] in rows)
    ]


def _read_result(form: Form, rows: Sequence[int]) -> None:
    """How far the goal of the year was reached, beside its label or below it."""
    report = form.report
    if report is None:
        return
    blank: Entry | None = None
    for row in rows:
        for column, value in form.grid.cells(row):
            if not isinstance(value, str):
                continue
            if is_result(value):
                cells = list(_text_of(form.grid, row, column, rows))
            elif (colon := _COLON.search(value)) and is_result(value[: colon.start()]):
                text = clean(value[colon.end() :])
                form.hold(row, column)
                report.entries[_RESULT] = Entry(text or None, form.grid.place(row, column))
                return
            else:
                continue
            form.ledger[row, column] = Use.LABEL
            if not cells:
                blank = blank or Entry(None, _blank_place(form.grid, row, column))
                continue
            text = "\n".join(clean(str(said)) for _, said in cells)
            report.entries[_RESULT] = Entry(text, form.grid.place(*cells[0][0]))
            for at, _ in cells:
                form.hold(*at)
            return
    if blank is not None:
        report.entries[_RESULT] = blank


def _unlabel_goal(form: Form) -> None:
    """The goal alone, where its cell repeats what it is: 年度总体目标 | 预期目标：清淤12公里。"""
    entry = form.entries.get("annual_goal")
    if entry is None or not isinstance(entry.value, str):
        return
    colon = _COLON.search(entry.value)
    if colon is not None and _names_goal(entry.value[: colon.start()]):
        text = clean(entry.value[colon.end() :])
        form.entries["annual_goal"] = Entry(text or None, entry.place)


def _blank_place(grid: Grid, row: int, column: int) -> Place:
    """Where a text would stand: below its label beside the goal's, else right of it."""
    area = grid.area(row, column)
    beside = any(c < column and isinstance(v, str) and _is_label(v) for c, v in grid.cells(row))
    return grid.place(area.bottom + 1, column) if beside else grid.place(row, area.right + 1)


def _text_of(
    grid: Grid, row: int, column: int, rows: Sequence[int]
) -> Iterator[tuple[tuple[int, int], object]]:
    """The cells of a text beside its label, else of the one below it."""
    area = grid.area(row, column)
    labels = [c for c, v in grid.cells(row) if c > column and _is_label(v)]
    stop = min(labels, default=10**6)
    beside = [
        ((line, c), v)
        for line in range(row, area.bottom + 1)
        for c, v in grid.cells(line)
        if column < c < stop
    ]
    if beside:
        yield from beside
        # A text in several cells goes on below its first one, with no label beside it.
        first, before = beside[0][0][1], area.bottom
        for line in rows:
            if line <= area.bottom:
                continue
            if line > before + 1:
                return
            before = line
            cells = list(grid.cells(line))
            if cells[0][0] < first or _is_label(cells[0][1]) or is_header(column_roles(grid, line)):
                return
            yield from (((line, c), v) for c, v in cells if c < stop)
        return
    # Below it the text may reach further left and right than its label.
    before = area.bottom
    for line in rows:
        if line <= area.bottom:
            continue
        if line > before + 1:
            return
        before = line
        cells = list(grid.cells(line))
        own = [(c, v) for c, v in cells if column <= c < stop]
        if is_header(column_roles(grid, line)) or not own or head_role(own[0][1]) is not None:
            return
        if any(_is_label(v) for _, v in cells) or is_note(str(cells[0][1])):
            return
        yield from (((line, c), v) for c, v in own)


def _is_label(value: object) -> bool:
    if not isinstance(value, str):
        return False
    label = below_part(value) is not None or is_result(value)
    return label or _names_goal(value)


def _names_goal(value: str) -> bool:
    role = head_role(value)
    return role is not None and role.name in LONG


def _read_below(form: Form, row: int, header: Header) -> None:
    """The total, the grade and what is said of the project, each beside its label."""
    grid = form.grid
    cells = list(grid.cells(row))
    labels = [(c, p) for c, v in cells if isinstance(v, str) and (p := _part(v)) is not None]
    for number, (column, part) in enumerate(labels):
        stop = labels[number + 1][0] if number + 1 < len(labels) else 10**6
        if form.report is not None and part in _NOT_OF[form.report.kind]:
            continue
        if part is Below.TOTAL:
            _take_total(form, header, row, column, stop)
        else:
            _take_words(form, part, row, column, stop)


def _part(text: str) -> Below | None:
    part = below_part(text)
    if part is None and (colon := _COLON.search(text)) is not None:
        part = below_part(text[: colon.start()])
    return part


def _take_total(form: Form, header: Header, row: int, column: int, stop: int) -> None:
    report, grid = form.report, form.grid
    if report is None or "total_score" in report.entries:
        return
    text = str(grid.value(row, column))
    colon = _COLON.search(text)
    if colon is not None and number_of(text[colon.end() :]) is not None:
        form.hold(row, column)
        score = Entry(number_of(text[colon.end() :]), grid.place(row, column))
        report.entries["total_score"] = score
        return
    weight = header.columns.get(Column.WEIGHT)
    score_at = report_columns(grid, header).first(Part.SCORE)
    beside = [c for c, v in grid.cells(row) if column < c < stop and number_of(v) is not None]
    if not beside and not (row > header.bottom and column <= header.name):
        return
    if row < header.row:
        weight = score_at = None
    others = [c for c in beside if c not in (weight, score_at)]
    if weight in beside or score_at in beside:
        # 合计 may stand in the column of the points itself: 100 | 95 behind the label.
        weight = weight if weight in beside else None
    elif len(others) > 1:
        weight, score_at = others[:2]
    elif others:
        weight, score_at = None, others[0]
    form.ledger[row, column] = Use.LABEL
    for name, at in (("total_weight", weight), ("total_score", score_at)):
        if at is not None:
            report.entries[name] = Entry(points_at(grid, row, at), grid.place(row, at))
            form.hold(row, at)
    points = points_behind(text)
    if "total_weight" not in report.entries and points is not None:
        report.entries["total_weight"] = Entry(points, grid.place(row, column))


def _grade_beside_total(form: Form) -> None:
    """The grade in the row of the total, where no label asks for it: 总分 | 100 | 99.2 | 优."""
    report, grid = form.report, form.grid
    assert report is not None
    total, known = report.entries.get("total_score"), report.entries.get("grade")
    if total is None or (known is not None and not is_blank(known.value)):
        return
    row, score = row_column(total.place.cell)
    for column, value in grid.cells(row):
        if column > score and isinstance(value, str) and stated_grade(value) is not None:
            report.entries["grade"] = Entry(clean(value), grid.place(row, column))
            form.hold(row, column)
            return


def _take_words(form: Form, part: Below, row: int, column: int, stop: int) -> None:
    report, grid = form.report, form.grid
    if report is None:
        return
    name = _OF_WORDS[part]
    known = report.entries.get(name)
    if known is not None and not is_blank(known.value):
        return
    value = grid.value(row, column)
    colon = _COLON.search(str(value)) if below_part(str(value)) is None else None
    said: list[tuple[tuple[int, int], str]] = []
    if colon is not None:
        text = clean(str(value)[colon.end() :])
        said = [((row, column), text)] if text else []
    else:
        form.ledger[row, column] = Use.LABEL
    last = grid.area(row, column).bottom
    said += [
        ((line, c), clean(str(v)))
        for line in range(row, last + 1)
        for c, v in grid.cells(line)
        if column < c < stop
    ]
    if part is Below.GRADE and ticked("\n".join(text for _, text in said)) is None:
        for at, text in said:
            if tells_grades(text):
                form.use(*at, Use.NOTE)
        said = [(at, text) for at, text in said if not tells_grades(text)]
    if not said:
        place = grid.place(row, grid.area(row, column).right + 1)
        report.entries.setdefault(name, Entry(None, place))
        return
    text = "\n".join(text for _, text in said)
    if part is Below.GRADE:
        chosen = ticked(text)
        if chosen is None:
            said = said[:1]  # what stands behind it tells the thresholds
            text = said[0][1]
        else:
            text = chosen
    for at, _ in said:
        form.hold(*at)
    empty = not text or is_no_value(text)
    report.entries[name] = Entry(None if empty else text, grid.place(*said[0][0]))
