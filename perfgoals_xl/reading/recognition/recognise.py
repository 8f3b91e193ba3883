"""From a grid to the forms on it, by their labels.

A project form is a 项目名称 label with, further down, a goal label or an indicator table; a
department form is a 部门名称 label with a duty goal or an indicator table below. Lists that carry
the same words side by side in one row are no forms. Titles, units and years above a form belong to
it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from perfgoals_xl.addresses import Place
from perfgoals_xl.form.column_labels import is_header
from perfgoals_xl.form.text import UNCALCULATED, fold, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import column_roles, find_header
from perfgoals_xl.reading.recognition.flat_table import find_flat
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.head import read_head
from perfgoals_xl.reading.recognition.labels import (
    heads_sub_table,
    labelled_text,
    marks,
    misspelt_role,
)
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.money_units import (
    funding_head_unit,
    is_unit,
    stated_unit,
    unit_line,
)
from perfgoals_xl.reading.recognition.outline import find_outline, read_outline
from perfgoals_xl.reading.recognition.rows import read_lines
from perfgoals_xl.reading.recognition.side_by_side import halves

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
# 申报年度：2026, without the word behind the number.
_YEAR_FIELD = re.compile(r"(?:[\u4e00-\u9fff]{0,4}年度|年份):((?:19|20)\d{2})$")
_TITLE = re.compile(
    r"绩效(?:目标|指标|申报|自评|运行|评价|监控)|(?:申报|批复|自评|目标|监控|评价)表|清单|一览表"
)
_ABOVE = re.compile(
    r"绩效.*表|绩效目标|^[#(]*(?:19|20)\d{2}年度?\)?$|单位[:(]|^附(?:件|表)"
    r"|^(?:19|20)\d{2}年.*(?:表|清单|目标)$|(?:自评|监控|审批|批复|申报)表$"
    r"|^表[\d一二三四五六七八九十]|^(?:填报|编制|申报)(?:单位|部门|机构|处室|人|日期|时间|年度|年份)"
)
# A title may be a formula that was never calculated.
_LIVE = (fold(UNCALCULATED),)
_INSTRUCTION = re.compile(
    r"\s*(?:请|应|须|需)?(?:填写|填报|填列|填入|写明|简要|按照|按规定|根据|指|是指|反映|说明|概述|如实)"
)
_GOALS = ("annual_goal", "period_goal", "duty_goal")
# How far above its first label a form's title may stand.
_TITLE_REACH = 12
_MOST_OTHERS, _LONGEST_LINE = 2, 40
_NUMBER = re.compile(r"[\d.,%]+")


def find_forms(grid: Grid) -> list[Form]:
    """Every form of a grid, from top to bottom; an empty list for a sheet that is no form.

    Of forms side by side the left one comes first, with those below it.
    """
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
    told = [text for text in texts if _INSTRUCTION.match(text)]
    return bool(told) and 2 * len(told) > len(texts)


def _find_below(grid: Grid) -> list[Form]:
    starts = list(_starts(grid))
    tops = [_top(grid, row) for row, _ in starts]
    forms = []
    for number, (row, is_department) in enumerate(starts):
        end = tops[number + 1] if number + 1 < len(starts) else len(grid.rows)
        forms.append(_read_form(grid, tops[number], row, end, is_department=is_department))
    return forms


def _starts(grid: Grid) -> Iterable[tuple[int, bool]]:
    """The rows of the first label of each form, and whether it is the department's."""
    anchors: list[tuple[int, bool]] = []
    bodies: list[int] = []
    for row in grid.filled():
        roles = set()
        for _, value, label, _ in marks(grid, row):
            role = label or (labelled_text(value) or (None,))[0]
            if role is None and (slip := misspelt_role(value)) is not None:
                role = slip[0]
            if role is not None:
                roles.add(role.name)
        named = "project_name" in roles and not _heads_list(grid, row)
        if named and anchors and heads_sub_table(grid, row) and anchors[-1][0] > max([-1, *bodies]):
            continue  # 资金明细 | 项目名称 | 财政拨款: a table inside the form that was begun
        if named:
            anchors.append((row, False))
        elif "department" in roles and not roles & {"supervising_department", "annual_amount"}:
            anchors.append((row, True))
        heads = is_header(column_roles(grid, row))
        if roles.intersection(_GOALS) or (heads and find_header(grid, row, row + 1) is not None):
            bodies.append(row)
    for number, (row, is_department) in enumerate(anchors):
        end = anchors[number + 1][0] if number + 1 < len(anchors) else len(grid.rows)
        following = bisect_right(bodies, row)
        if following < len(bodies) and bodies[following] < end:
            yield row, is_department


def _heads_list(grid: Grid, row: int) -> bool:
    """Whether 项目名称 stands in the header of a table, as in a list of many projects."""
    header = find_header(grid, row, min(row + 3, len(grid.rows)))
    return header is not None and header.row <= row <= header.bottom


def _top(grid: Grid, start: int) -> int:
    """The first row of the titles above a form."""
    top, others = start, 0
    for row in range(start - 1, max(-1, start - 1 - _TITLE_REACH), -1):
        texts = [fold(str(value)) for _, value in grid.cells(row)]
        if not all(_is_above(text, before) for before, text in pairwise(("", *texts))):
            # A line or two of somebody's own between the title and the form is passed over.
            others += 1
            if others > _MOST_OTHERS or not _may_stand_between(texts):
                break
        elif texts:
            top = row
    return top


def _may_stand_between(texts: list[str]) -> bool:
    """Whether a row under a title may be no title: a name or a code, and no row of a table."""
    return len(texts) <= 3 and all(
        len(text) <= _LONGEST_LINE and not _NUMBER.fullmatch(text) for text in texts
    )


def _is_above(text: str, before: str) -> bool:
    """Whether a text stands above a form, also as the answer to the label ``before`` it."""
    answers = before.endswith(":") and _ABOVE.search(before) is not None
    return answers or is_unit(text) or text in _LIVE or _ABOVE.search(text) is not None


def _read_form(grid: Grid, top: int, start: int, end: int, *, is_department: bool) -> Form:
    form = Form(grid, is_department, rows=(top, end))
    _read_title(form, top, start)
    header = find_header(grid, start, end, form.year)
    head_end = header.row if header is not None else end
    read_head(form, start, head_end, header)
    _tell_other_units(form)
    form.amount_unit = form.amount_unit or _unit_in_head(form, range(start, head_end))
    if header is not None:
        below = read_lines(form, header, end)
        if below < end:
            _read_tail(form, below, end)
    elif not is_department:
        read_outline(form, start, end)
    return form


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
    """The projects of a grid that holds no printed form: one flat table, or an outline."""
    forms = find_flat(grid) or find_outline(grid)
    if forms:
        first = grid.row_of(forms[0].entries["project_name"].place)
        for form in forms:
            form.is_listed = True
            _read_title(form, 0, first)
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


def _read_title(form: Form, top: int, start: int) -> None:
    """Year and unit from the rows above the form."""
    grid = form.grid
    titled: list[tuple[int, Place]] = []
    for row in range(top, start):
        form.ledger.note_all(((row, c) for c, _ in grid.cells(row)), Use.TITLE)
        form.amount_unit = form.amount_unit or stated_unit(grid, row)
        for column, value in grid.cells(row):
            text = fold(str(value))
            if value == UNCALCULATED:
                form.title_uncalculated = True
                form.year_place = form.year_place or grid.place(row, column)
            found = _YEAR.search(text) or _YEAR_FIELD.match(text)
            if found and (_TITLE.search(text) or "年度" in text or len(text) <= 12):
                titled.append((int(found[1]), grid.place(row, column)))
    if titled:
        form.year, form.year_place = titled[0]
        for year, place in titled[1:]:
            if year != form.year:
                form.stray(place, str(year), "year", f"标题写 {form.year} 年，这里写 {year} 年")
