"""The execution of the budget among the indicators: 预算执行 | 预算执行率 | 100% | 98% | 10 | 9.8.

Some places print no points beside the funds and score the rate in a row of its own, above the
levels or below them. Its points are those of the funds; it is no indicator.
"""

from __future__ import annotations

import re
from typing import Final

from perfgoals_xl.addresses import row_column
from perfgoals_xl.form.column_labels import plain_label
from perfgoals_xl.form.evaluation.evaluation_labels import FundPart, Part
from perfgoals_xl.form.points import read_points
from perfgoals_xl.form.taxonomy import read_level
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.recognition.evaluation.cell_figures import Figure
from perfgoals_xl.reading.recognition.forms import Entry, Form, Line

_NAME: Final = re.compile(
    r"(?:项目|年度|全年|财政)*(?:预算|资金|经费)*(?:执行|支出)(?:率|进度|情况)|(?:预算|资金)执行"
)


def take_execution_row(form: Form) -> None:
    """Let the points of such a row be those of the execution, where the funds have none."""
    report = form.report
    total = next((one for one in report.funds if one.is_total), None) if report else None
    if report is None or total is None:
        return
    if any(_is_stated(total.values.get(part)) for part in (FundPart.WEIGHT, FundPart.SCORE)):
        return
    found = [line for line in form.lines if _is_execution(line)]
    if len(found) != 1:
        return
    line = found[0]
    score = line.reached.get(Part.SCORE)
    if line.weight is None or is_blank(line.weight.value):
        return
    total.values[FundPart.WEIGHT] = Entry(_points(line.weight), line.weight.place)
    if score is not None:
        total.values[FundPart.SCORE] = score
    reason = line.reached.get(Part.REASON)
    if _is_stated(reason) and not _is_stated(total.values.get(FundPart.REASON)):
        assert reason is not None
        total.values[FundPart.REASON] = reason
    form.lines = [one for one in form.lines if one is not line]
    row = row_column(line.name.place.cell)[0]
    for column, _ in form.grid.cells(row):
        form.hold(row, column)


def _is_execution(line: Line) -> bool:
    """Whether a row is named so and stands at none of the levels: under 产出 it is an indicator."""
    term = read_level(line.level1) if line.level1 else None
    if term is not None and term.key1 is not None:
        return False
    name = line.name.value
    return isinstance(name, str) and _NAME.fullmatch(plain_label(name)[0]) is not None


def _is_stated(entry: Entry | None) -> bool:
    return entry is not None and not is_blank(entry.value)


def _points(entry: Entry) -> Figure:
    text = str(entry.value)
    points = read_points(text)
    return text if points is None else points
