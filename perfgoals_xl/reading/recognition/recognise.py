"""From a grid to the forms on it, by their labels.

A project form is a 项目名称 label with, further down, a goal label or an indicator table; a
department form is a 部门名称 label with a duty goal or an indicator table below. Lists that carry
the same words side by side in one row are no forms. Titles, units and years above a form belong to
it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from perfgoals_xl.form.text import UNCALCULATED, fold, is_blank
from perfgoals_xl.form.title_year import (
    is_year_alone,
)
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header, find_header, header_rows
from perfgoals_xl.reading.recognition.department.whole_table import read_department
from perfgoals_xl.reading.recognition.evaluation.report_kind import (
    tell_of_department,
    tell_report,
)
from perfgoals_xl.reading.recognition.evaluation.report_list import find_report_list
from perfgoals_xl.reading.recognition.evaluation.report_reading import read_report
from perfgoals_xl.reading.recognition.flat_table import find_flat, flat_header
from perfgoals_xl.reading.recognition.form_title import read_title
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.funds.build_up import read_build_ups
from perfgoals_xl.reading.recognition.funds.fund_items import take_what_is_asked
from perfgoals_xl.reading.recognition.head import read_head
from perfgoals_xl.reading.recognition.indicator_columns.shared_out import take_shares
from perfgoals_xl.reading.recognition.indicator_columns.wide_groups import is_wide_head
from perfgoals_xl.reading.recognition.labels import Mark, heads_sub_table, marks, unknown_label
from perfgoals_xl.reading.recognition.money_units import (
    funding_head_unit,
    is_unit,
    stated_unit,
    unit_line,
)
from perfgoals_xl.reading.recognition.outline import find_outline, outlines, read_outline
from perfgoals_xl.reading.recognition.period_tables import (
    Told,
    joined_lines,
    table_time,
    take_goals,
)
from perfgoals_xl.reading.recognition.rows import read_lines
from perfgoals_xl.reading.recognition.side_by_side import halves, without_checks

_ABOVE = re.compile(
    r"绩效.*表|绩效目标|单位[:(]|^附(?:件|表)"
    r"|^(?:19|20)\d{2}年.*(?:表|清单|目标)$|(?:自评|监控|审批|批复|申报)表$"
    r"|^表[\d一二三四五六七八九十]|^(?:填报|编制|申报)(?:单位|部门|机构|处室|人|日期|时间|年度|年份)"
    r"|^(?:预算|计划|项目|所属)?(?:年度|年份)[:(]"
    # A department with its code, alone in its cell: 386某市体育局.
    r"|^\d{3,9}[-—_]?(?![个家所处座项])[\u4e00-\u9fff]{3,30}(?:局|委员会|厅|办公室|法院|检察院|人民政府)$"
)
# A title may be a formula that was never calculated.
_LIVE = (fold(UNCALCULATED),)
INSTRUCTION = re.compile(
    r"\s*(?:请|应|须|需)?(?:填写|填报|填列|填入|写明|简要|按照|按规定|根据|指|是指|反映|说明|概述|如实)"
)
"""How a text begins that tells how to fill a field in."""
_GOALS = ("annual_goal", "period_goal", "duty_goal")
# What a form may say of its project before it names it.
_ABOVE_NAME = frozenset(
    (
        *("project_name", "supervising_department", "implementing_unit", "project_attribute"),
        *("project_period", "period_start"),
    )
)
_MOST_ABOVE = 4
# How far above its first label a form's title may stand.
_TITLE_REACH = 12
_HEAD_REACH = 20
_MOST_OTHERS, _LONGEST_LINE = 2, 40
_NUMBER = re.compile(r"[\d.,%]+")
_DEPARTMENT_TITLE = re.compile(
    r"(?:部门|单位)(?:\(单位\))?(?:预算)?整体.{0,6}绩效.{0,6}(?:表|书)|整体支出(?:预算)?绩效.{0,6}(?:表|书)"
)


def find_forms(grid: Grid) -> list[Form]:
    """Every form of a grid, from top to bottom; an empty list for a sheet that is no form.

    Of forms side by side the left one comes first, with those below it.
    """
    grid = without_checks(grid)
    bands = [_find_below(band) for band in halves(grid)]
    # A list has the same label twice in a row as well, and no form below it.
    filled = {any(form.lines for form in found) for found in bands}
    # 专项资金名称 beside 项目名称 is one form: a half of one has no table of its own.
    if len(filled) == 1 and all(any(not form.is_department for form in f) for f in bands):
        return [form for found in bands for form in found]
    return [form for form in _find_below(grid) if not _instructs(form)]


def _instructs(form: Form) -> bool:
    """Whether what looks like a form tells how to fill one in: 项目名称：填写全称。"""
    if form.lines or form.is_department:
        return False
    texts = [entry.value for entry in form.entries.values() if isinstance(entry.value, str)]
    told = [text for text in texts if INSTRUCTION.match(text)]
    return bool(told) and 2 * len(told) > len(texts)


def _find_below(grid: Grid) -> list[Form]:
    starts = [(_first_label(grid, row), whose) for row, whose in _starts(grid)]
    tops = [_top(grid, row) for row, _ in starts]
    forms = []
    for number, (row, is_department) in enumerate(starts):
        end = tops[number + 1] if number + 1 < len(starts) else len(grid.rows)
        forms.append(_read_form(grid, tops[number], row, end, is_department=is_department))
    return forms


def _starts(grid: Grid) -> Iterable[tuple[int, bool]]:
    """The rows of the first label of each form, and whether it is the department's."""
    anchors: list[tuple[int, bool]] = []
    bodies: list[tuple[int, bool]] = []  # the rows of goals, and those that a table may begin in
    titled: int | None = None
    headers = header_rows(grid)
    for row in grid.filled():
        roles: set[str] = set()
        for mark in marks(grid, row):
            if mark.label is not None:
                roles.add(mark.label.name)
            elif mark.texts:
                roles.update([text.role.name for text in mark.texts])
            elif mark.slip is not None:
                roles.add(mark.slip.name)
        named = "project_name" in roles and not _heads_list(grid, row)
        if _is_department_title(grid, row):
            titled = row
        elif titled is not None and (named or "department" in roles):
            titled = None
        is_inside = named and anchors and heads_sub_table(grid, row)
        if is_inside and not _has_body(grid, bodies, anchors[-1][0], row):
            continue  # 资金明细 | 项目名称 | 财政拨款: a table inside the form that was begun
        if named:
            anchors.append((row, False))
        elif "department" in roles and not roles & {"supervising_department", "annual_amount"}:
            anchors.append((row, True))
        heads = row in headers
        if heads and titled is not None and (below := grid.filled(titled + 1, row)):
            anchors.append((below[0], True))
            titled = None
        has_goal = not roles.isdisjoint(_GOALS)
        if has_goal or heads:
            bodies.append((row, has_goal))
    for number, (row, is_department) in enumerate(anchors):
        end = anchors[number + 1][0] if number + 1 < len(anchors) else len(grid.rows)
        if is_department and (flat := flat_header(grid)) is not None and row < flat < end:
            continue  # 部门名称 above a list of its projects
        if _has_body(grid, bodies, row + 1, end) or (
            not is_department and outlines(grid, row, end)
        ):
            yield row, is_department


def _has_body(grid: Grid, bodies: Sequence[tuple[int, bool]], start: int, end: int) -> bool:
    """Whether one of the rows ``start`` to ``end`` (exclusive) has a goal or begins a table."""
    own = bodies[bisect_left(bodies, (start,)) : bisect_left(bodies, (end,))]
    return any(is_goal or find_header(grid, row, row + 1) is not None for row, is_goal in own)


def _is_department_title(grid: Grid, row: int) -> bool:
    """Whether a row is the title of a department's own table: 部门整体支出绩效目标表."""
    texts = [v for _, v in grid.cells(row) if isinstance(v, str) and "整" in v and "体" in v]
    return bool(texts) and any(
        len(text) <= _LONGEST_LINE and _DEPARTMENT_TITLE.search(fold(text)) for text in texts
    )


def _first_label(grid: Grid, start: int) -> int:
    """The first row of a form's head: labels with their values may stand above its name."""
    for row in range(start - 1, max(-1, start - 1 - _MOST_ABOVE), -1):
        found = marks(grid, row)
        names = {mark.label.name for mark in found if mark.label is not None}
        if len(found) < 2 or not names & _ABOVE_NAME:
            break
        if found[0].label is None and not _begins_unknown(found):
            break
        texts = [fold(str(mark.value)) for mark in found]
        titled = all(_is_above(text, before) for before, text in pairwise(("", *texts)))
        if titled or all(mark.label for mark in found) or stated_unit(grid, row):
            break
        start = row
    return start


def _begins_unknown(found: Sequence[Mark]) -> bool:
    """Whether a row begins with a label nobody knows and its value, before others that are."""
    return (
        len(found) > 2 and found[2].label is not None and unknown_label(found[0].value) is not None
    )


def _heads_list(grid: Grid, row: int) -> bool:
    """Whether 项目名称 stands in the header of a table, as in a list of many projects."""
    if is_wide_head(grid, row):
        return True
    header = find_header(grid, row, min(row + 3, len(grid.rows)))
    return header is not None and header.row <= row <= header.bottom


def _top(grid: Grid, start: int) -> int:
    """The first row of the titles above a form."""
    top, others = start, 0
    for row in range(start - 1, max(-1, start - 1 - _TITLE_REACH), -1):
        if _says_goal(grid, row, start):
            break  # the form above this one has its goal below its table
        texts = [fold(str(value)) for _, value in grid.cells(row)]
        labels = [mark.label for mark in marks(grid, row) if mark.label is not None]
        if len(texts) > 1 and any(label.name in _GOALS for label in labels):
            break  # the goal of the form above, below its table
        if not all(_is_above(text, before) for before, text in pairwise(("", *texts))):
            # A line or two of somebody's own between the title and the form is passed over.
            others += 1
            if others > _MOST_OTHERS or not _may_stand_between(texts):
                break
        elif texts:
            top = row
    return top


def _says_goal(grid: Grid, row: int, start: int) -> bool:
    """Whether a row above a form is a goal's label with its text, beside it or in the row below."""
    cells = marks(grid, row)
    if not cells or cells[0].label is None or cells[0].label.name not in _GOALS:
        return False
    if len(cells) > 1:
        return True
    below = [fold(str(value)) for _, value in grid.cells(row + 1)] if row + 1 < start else []
    return len(below) == 1 and not _is_above(below[0], "")


def _may_stand_between(texts: list[str]) -> bool:
    """Whether a row under a title may be no title: a name or a code, and no row of a table."""
    return len(texts) <= 3 and all(
        len(text) <= _LONGEST_LINE and not _NUMBER.fullmatch(text) for text in texts
    )


def _is_above(text: str, before: str) -> bool:
    """Whether a text stands above a form, also as the answer to the label ``before`` it."""
    answers = before.endswith(":") and _ABOVE.search(before) is not None
    alone = is_unit(text) or is_year_alone(text) or text in _LIVE
    return answers or alone or _ABOVE.search(text) is not None


def _read_form(grid: Grid, top: int, start: int, end: int, *, is_department: bool) -> Form:
    form = Form(grid, is_department, rows=(top, end))
    read_title(form, top, start, min(end, start + _HEAD_REACH))
    header = find_header(grid, start, end, form.year)
    head_end = header.row if header is not None else end
    if header is not None:
        tell_report(form, top, start, header)
    read_head(form, start, head_end, header)
    take_what_is_asked(form)
    _tell_other_units(form)
    form.amount_unit = form.amount_unit or _unit_in_head(form, range(start, head_end))
    if not is_department:
        form.build_ups = read_build_ups(form, start, head_end)
    if header is not None:
        _read_tables(form, header, start, end)
        read_report(form, start, end, header)
    if is_department:
        form.name_department()
        read_department(form, start, head_end)
        tell_of_department(form, start)
    elif header is None:
        read_outline(form, start, end)
    return form


def _read_tables(form: Form, first: Header, start: int, end: int) -> None:
    """The indicator tables of a form, one for most, and what it says between and below them."""
    grid, tables = form.grid, []
    header: Header | None = first
    while header is not None:
        time = table_time(grid, header, start)
        below = read_lines(form, header, end)
        take_shares(form, header)
        take_goals(form, header, grid.filled(header.bottom + 1, below))
        told = (form.lines, form.edition, form.group_places, form.group_points)
        tables.append(Told(time, *told))
        form.lines = []
        form.group_places, form.group_points = {}, {}
        header = find_header(grid, below, end, form.year) if below < end else None
        if below < end:
            _read_tail(form, below, end if header is None else header.row)
    form.lines = joined_lines(form, tables)


def _read_tail(form: Form, start: int, end: int) -> None:
    """What the form says below its table of the fields that it did not say above."""
    tail = Form(form.grid, form.is_department)
    read_head(tail, start, end, None)
    for name, entry in tail.entries.items():
        above = form.entries.get(name)
        if above is None or is_blank(above.value):
            form.entries[name] = entry
            if name in tail.label_units:
                form.label_units[name] = tail.label_units[name]
    for at, use in tail.ledger.items():
        form.use(*at, use)
    form.inferred += tail.inferred


def find_lists(grid: Grid) -> list[Form]:
    """The projects of a grid that holds no printed form: one flat table, a list, or an outline."""
    forms = find_flat(grid) or find_report_list(grid) or find_outline(grid)
    if forms:
        first = grid.row_of(forms[0].entries["project_name"].place)
        for form in forms:
            form.is_listed = True
            read_title(form, 0, first, first)
            _tell_other_units(form)
            form.amount_unit = form.amount_unit or _unit_in_head(form, range(first))
    return forms


def _tell_other_units(form: Form) -> None:
    """Say where a label states another unit than the title: the label counts."""
    for name, unit in form.label_units.items():
        entry = form.entries[name]
        if form.amount_unit not in (None, unit) and not is_blank(entry.value):
            text = f"标签写“{unit}”，标题写“{form.amount_unit}”，按标签的单位读取"
            # Without the field: it is no amount that stands in a wrong place.
            form.stray(entry.place, entry.value, None, text)


def _unit_in_head(form: Form, rows: range) -> str | None:
    """The unit that stands in a line of its own, in most labels, or over the amounts."""
    stated = unit_line(form.grid, rows)
    labels = Counter(form.label_units.values()).most_common(1)
    return stated or (labels[0][0] if labels else funding_head_unit(form.grid, rows))
