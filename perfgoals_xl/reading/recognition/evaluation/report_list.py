"""A list with one row per project: 项目支出绩效自评情况汇总表, and its like of the 监控表.

Funds, rate, points and grade stand side by side, without indicators. A row is a form of its own,
with what the list has columns for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from perfgoals_xl.addresses import Place
from perfgoals_xl.form.evaluation.evaluation_labels import (
    Below,
    FundPart,
    Part,
    ReportKind,
    below_part,
    fund_part,
    indicator_part,
    is_result,
    kind_of_title,
    month_said,
)
from perfgoals_xl.form.text import clean, fold, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.evaluation.cell_figures import number_of, points_at
from perfgoals_xl.reading.recognition.evaluation.fund_lines import fill
from perfgoals_xl.reading.recognition.forms import Entry, Form, FundLine, Report
from perfgoals_xl.reading.recognition.labels import head_role
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.money_units import label_unit

_REACH = 15
_FEWEST_COLUMNS, _MOST_ROWS = 3, 4
_LONGEST_HEADING = 40
_NAME = "project_name"
_HEAD = frozenset((_NAME, "supervising_department", "implementing_unit"))
_UNIT_WORDS = frozenset(
    ("单位", "单位名称", "部门", "部门名称", "项目单位", "预算单位", "预算单位名称")
)
_NUMBERS = frozenset(("序号", "编号", "行次", "no", "no."))
_FUNDS = frozenset(FundPart) - {FundPart.WEIGHT, FundPart.SCORE, FundPart.REASON}
_EXECUTION_SCORE = re.compile(
    r"(?:预算|资金|经费)?(?:执行|支出)(?:率|进度|情况)?(?:自评)?(?:得分|评分)"
)
_SCORE = re.compile(r"(?:项目|绩效|综合|自评|评价|最终)*(?:总?得分|总?评分|总分|分数|分值合计)")
_GRADE = re.compile(r"(?:.{0,6}(?:评价|自评|评定|绩效))?(?:等[级次]|结论|结果|档次)")
_RESULT = re.compile(
    r"(?:主要|项目|年度|取得的?)*(?:绩效|产出|成效|效果|成果|效益)(?:[和与及、]?(?:绩效|产出|成效|效果|成果|效益))*(?:情况)?"
)
_PROBLEMS = re.compile(r".{0,12}(?:偏差|偏离|未完成|扣分|存在).{0,16}|.{0,6}原因.{0,12}")
_OF_MONEY = re.compile(r"执行|预算|资金|支出")
_SUMS = re.compile(r"(?:[总合共小]计|汇总|总数|平均(?:分|得分)?)(?:[:：(（].*)?")
_OF_SCORE = frozenset(("total_score", "grade"))
_POINTS = frozenset(("total_score", "execution_score"))
_OF_MONITORING = frozenset(("light", "likelihood"))
# What a list says that no table holds.
_KNOWN = frozenset(("likelihood",))


@dataclass(frozen=True)
class _List:
    """The headings of a list, and the column of each thing that it says."""

    grid: Grid
    rows: range
    kind: ReportKind
    heads: Mapping[str, int]
    funds: Mapping[FundPart, int]
    others: Mapping[str, int]
    units: Mapping[FundPart, str]
    # The columns that only count the rows.
    numbers: frozenset[int]


def find_report_list(grid: Grid) -> list[Form]:
    """The projects of such a list, a form for each; [] where the grid holds none."""
    found = next(filter(None, (_list_at(grid, row) for row in grid.filled(0, _REACH))), None)
    return [] if found is None else list(_read(found))


def _list_at(grid: Grid, row: int) -> _List | None:
    top = {column: value for column, value in grid.cells(row) if _is_heading(value)}
    if not any(_head_of(value) == _NAME for value in top.values()):
        return None
    if any(number_of(value) is not None for _, value in grid.cells(row)):
        return None
    # A merged area may reach below everything that is filled.
    lowest = max(grid.area(row, column).bottom for column in top)
    bottom = min(lowest, row + _MOST_ROWS - 1, len(grid.rows) - 1)
    if bottom == row and _goes_on(grid, row):
        bottom = row + 1
    names = dict(top)
    for below in range(row + 1, bottom + 1):
        under = dict(grid.cells(below))
        if any(number_of(value) is not None for value in under.values()):
            return None
        # The lower heading says which: 年初 | 调整后 below 预算资金.
        covered = {grid.area(row, c).left for c in under if grid.area(row, c).top == row}
        above = _above(grid, row, under)
        names = {c: v for c, v in names.items() if c not in above.values() and c not in covered}
        names |= {c: v for c, v in under.items() if _is_heading(v)}
    return _told(grid, range(row, bottom + 1), names)


def _goes_on(grid: Grid, row: int) -> bool:
    """Whether the row below holds headings too: 年初预算 | 执行数 below 预算资金."""
    under = dict(grid.cells(row + 1)) if row + 1 < len(grid.rows) else {}
    wide = [
        area for column, _ in grid.cells(row) if (area := grid.area(row, column)).right > column
    ]
    below = {c for c in under if any(area.left <= c <= area.right for area in wide)}
    named = [v for v in under.values() if fund_part(str(v)) or _other_of(str(v)) is not None]
    return below == under.keys() and bool(named) and len(named) * 2 > len(under)


def _above(grid: Grid, row: int, under: Mapping[int, object]) -> dict[int, int]:
    """Of every lower heading the column of the one that it stands below."""
    spans = [(grid.area(row, column), column) for column, _ in grid.cells(row)]
    return {
        column: left
        for column in under
        for area, left in spans
        if area.left <= column <= area.right and area.bottom == row
    }


def _told(grid: Grid, rows: range, names: Mapping[int, object]) -> _List | None:
    """What the headings of a list name; None for a list of another kind."""
    heads: dict[str, int] = {}
    funds: dict[FundPart, int] = {}
    others: dict[str, int] = {}
    for column, value in sorted(names.items()):
        text = str(value)
        head, own = _head_of(text), _other_of(text)
        part = fund_part(text)
        if head is not None:
            heads.setdefault(head, column)
        elif own is not None:
            others.setdefault(own, column)
        elif part in _FUNDS:
            if part is FundPart.ANNUAL and part in funds:
                # 预算数 | 调整后预算数: the former is what the year began with.
                funds.setdefault(FundPart.INITIAL, funds[part])
                funds[part] = column
            funds.setdefault(part, column)
    spent = bool({FundPart.EXECUTED, FundPart.RATE} & funds.keys())
    kind = _kind(grid, rows, others, spent)
    enough = len(heads) + len(funds) + len(others) >= _FEWEST_COLUMNS
    if _NAME not in heads or not enough or kind is None:
        return None
    if spent and "problems" in others:
        # Beside what was spent a reason is one for that as well.
        others.setdefault("execution_reason", others.pop("problems"))
    units = {
        part: unit
        for part, column in funds.items()
        for row in rows
        if (unit := label_unit(grid.value(row, column))) is not None
    }
    numbers = frozenset(c for c, value in names.items() if fold(str(value)) in _NUMBERS)
    return _List(grid, rows, kind, heads, funds, others, units, numbers)


def _kind(grid: Grid, rows: range, others: Mapping[str, int], spent: bool) -> ReportKind | None:
    """Which of the forms the list sums up: its title says so, or its columns."""
    titles = [str(v) for row in grid.filled(0, rows.start) for _, v in grid.cells(row)]
    said = [kind_of_title(text) for text in titles if len(text) <= _LONGEST_HEADING]
    titled = next(filter(None, said), None) or kind_of_title(grid.sheet)
    scored = bool(_OF_SCORE & others.keys())
    if titled is ReportKind.MONITORING and (spent or _OF_MONITORING & others.keys()):
        return titled
    if titled is ReportKind.EVALUATION and (scored or spent):
        return titled
    # Without a title: points and money spent together are said of nothing else.
    if "total_score" in others and spent:
        return ReportKind.EVALUATION
    return ReportKind.MONITORING if _OF_MONITORING & others.keys() and spent else None


def _is_heading(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_HEADING


def _head_of(value: object) -> str | None:
    """The field of the project that a heading names."""
    if isinstance(value, str) and fold(value) in _UNIT_WORDS:
        return "implementing_unit"
    role = head_role(value)
    return role.name if role is not None and role.name in _HEAD else None


def _other_of(text: str) -> str | None:
    """What of the whole project a heading names beside its funds."""
    word = re.sub(r"\(.*?\)", "", fold(text))
    if _EXECUTION_SCORE.fullmatch(word):
        return "execution_score"
    part, column = below_part(text), indicator_part(text)
    if part is Below.TOTAL or _SCORE.fullmatch(word):
        return "total_score"
    if part in (Below.GRADE, Below.CONCLUSION) or _GRADE.fullmatch(word):
        return "grade"
    if column is Part.LIKELIHOOD:
        return "likelihood"
    if part is Below.LIGHT or column is Part.LIGHT:
        return "light"
    if part is Below.MEASURES:
        return "measures"
    if fund_part(text) in _FUNDS:
        return None
    if is_result(text) or _RESULT.fullmatch(word):
        return "actual_result"
    if part is Below.PROBLEMS or column is Part.REASON or _PROBLEMS.fullmatch(word):
        return "execution_reason" if _OF_MONEY.search(word) else "problems"
    return None


def _read(found: _List) -> Iterator[Form]:
    grid = found.grid
    month = _month(found)
    first = True
    for row in grid.filled(found.rows.stop, len(grid.rows)):
        columns = (*found.heads.values(), *found.funds.values(), *found.others.values())
        figures = [c for c in columns if number_of(grid.value(row, c)) is not None]
        name = grid.value(row, found.heads[_NAME])
        sums = any(isinstance(v, str) and _SUMS.fullmatch(fold(v)) for _, v in grid.cells(row))
        if is_blank(name) or not isinstance(name, str) or not figures or sums:
            continue
        form = Form(grid, is_department=False)
        form.report = Report(found.kind)
        if month is not None and found.kind is ReportKind.MONITORING:
            form.report.month, form.report.month_place = month
        if first:
            _use_the_rest(found, form)
            first = False
        _take(found, form, row)
        yield form


def _take(found: _List, form: Form, row: int) -> None:
    """Fill a form from its row."""
    grid, report = found.grid, form.report
    assert report is not None
    form.rows = (row, row)
    for name, column in found.heads.items():
        area = grid.area(row, column)
        value = grid.value(area.top, area.left)
        form.entries[name] = Entry(value, grid.place(area.top, area.left))
        form.use(area.top, area.left, Use.VALUE)
    line = FundLine(None, is_total=True)
    fill(form, line, {part: (row, column) for part, column in found.funds.items()}, found.units)
    report.funds.append(line)
    for part in (FundPart.ANNUAL, FundPart.INITIAL):
        entry = line.values.get(part)
        if entry is not None and not is_blank(entry.value):
            form.entries["annual_amount"] = entry
            if part in line.units:
                form.label_units["annual_amount"] = line.units[part]
            break
    for name, column in found.others.items():
        value = grid.value(row, column)
        if name in _KNOWN:
            continue
        held = points_at(grid, row, column) if name in _POINTS else _text(value)
        report.entries[name] = Entry(held, grid.place(row, column))
        if not is_blank(value):
            form.hold(row, column)
    for column, _ in grid.cells(row):
        form.use(row, column, Use.NOTE if column in found.numbers else Use.KNOWN)


def _text(value: object) -> str | None:
    return None if is_blank(value) else clean(str(value))


def _use_the_rest(found: _List, form: Form) -> None:
    """Note the headings as such, and sums and notes between and below the projects."""
    for row in found.rows:
        for column, _ in found.grid.cells(row):
            form.use(row, column, Use.LABEL)
    for row in found.grid.filled(found.rows.stop, len(found.grid.rows)):
        name = found.grid.value(row, found.heads[_NAME])
        sums = [
            v for _, v in found.grid.cells(row) if isinstance(v, str) and _SUMS.fullmatch(fold(v))
        ]
        if is_blank(name) or sums:
            for column, _ in found.grid.cells(row):
                form.use(row, column, Use.NOTE)


def _month(found: _List) -> tuple[int, Place] | None:
    """The month that the title or a heading names, with its cell."""
    grid = found.grid
    for row in range(found.rows.stop):
        for column, value in grid.cells(row):
            month = month_said(value) if isinstance(value, str) and _is_heading(value) else None
            if month is not None:
                return month, grid.place(row, column)
    return None
