"""What a sheet says of the form itself: titles, labels, headings and levels, without the answers.

A blank form is made of a filled one by keeping this and nothing else: what nobody can say is the
form's own (remarks, telephone numbers, figures without a label) is somebody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfgoals_xl.addresses import Area, Place, row_column
from perfgoals_xl.form.column_labels import column_role
from perfgoals_xl.form.taxonomy import read_level
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header, find_header
from perfgoals_xl.reading.recognition.forms import Entry, Form
from perfgoals_xl.reading.recognition.labels import OTHER, head_role
from perfgoals_xl.reading.recognition.money_units import is_unit, label_unit
from perfgoals_xl.reading.recognition.recognise import find_forms
from perfgoals_xl.workbooks.standard.check_block import TEXTS as _CHECK_TEXTS

Cell = tuple[int, int]

KEPT_FIELDS = ("supervising_department", "implementing_unit", "department")
"""Their values are the same for all projects of a department and stay."""

# What forms print that labels nothing the reader reads: groups of lines, signatures.
_HEADINGS = frozenset(
    map(
        fold,
        (
            *("基本信息", "项目基本信息", "基本情况", "项目基本情况", "项目情况", "申报信息"),
            *("资金", "资金情况", "项目资金", "项目资金情况", "资金来源", "项目资金来源"),
            *("预算资金", "资金构成", "预算情况", "项目预算", "支出计划", "项目资金(万元)"),
            *("绩效指标", "年度绩效指标", "年度指标", "中期指标", "长期指标", "项目期指标"),
            *("实施期指标", "绩效目标", "项目绩效目标", "指标体系", "绩效指标体系", "序号"),
            *("填报说明", "填表说明", "说明", "注", "附注", "备注", "审核意见", "审批意见"),
            *("制表", "制表人", "审核", "审核人", "复核", "复核人", "经办", "经办人", "填报"),
            *("单位负责人", "部门负责人", "分管领导", "财务负责人", "科室负责人", "主要负责人"),
            *("签字", "签名", "盖章", "签章", "公章", "(签字)", "(盖章)", "(签章)", "(公章)"),
            *("日期", "审核日期", "编制日期", "编制时间", "申报日期", "申报时间", "年月日"),
            *("编制人", "申报人", "手机", "手机号", "手机号码", "邮箱", "电子邮箱", "传真"),
            *("地址", "联系地址", "办公电话"),
        ),
    )
)
# Columns that the reader leaves out, where they stand at the side of a table.
_OTHER_COLUMNS = frozenset(
    map(
        fold,
        (
            *("权重", "分值", "权重(%)", "评分标准", "评价标准", "指标解释", "指标说明", "备注"),
            *("数据来源", "历史值", "上年值", "上年指标值", "上年完成值", "行业标准", "完成时限"),
            *("责任科室", "责任单位", "责任部门", "责任人", "序号", "设定依据", "证明材料"),
        ),
    )
)
# Who fills in the form: the same on the next one.
_UNITS = frozenset(
    what + unit
    for what in ("填报", "编制", "申报", "填表", "制表", "预算")
    for unit in ("单位", "部门", "机构", "处室", "科室")
)
_MONEY_UNITS = frozenset(("单位", "金额单位", "货币单位", "计量单位", "计价单位"))
_LABELLED = re.compile(r"([^\s:：;；,，。]+)\s*[:：]")
_LABEL_FIRST = re.compile(r"\s*([^\s\d:：]+)(?:\s+|(?=[\d(（+]))")
_NOTE = re.compile(r"(\s*[(（]?(?:填[报表]说明|备注|说明|附?注)\s*(?:[:：]|(?=\d)))")
_TO_SIGN = re.compile(r"[(（](?:签字|签名|盖章|签章|公章)[)）]$")
_ORDINAL = re.compile(r"\s*(?:\d{1,2}[.、．]|[(（]?[\d一二三四五六七八九十]{1,2}[)）、])")
_TITLE = re.compile(r"绩效.*表|绩效目标")
_TITLE_PART = re.compile(
    r"\(?(?:19|20)\d{2}年?(?:度)?\)?|附(?:件|表)?[\d一二三四五六七八九十]*(?:[-—]\d+)?:?"
    r"|表[\d一二三四五六七八九十]+(?:[-—]\d+)?:?"
)
_SENTENCE = re.compile(r"[,，。;；!！?？]")
_NUMBER_OF_A_PERSON = re.compile(r"\d{7,}|\d{3,4}[-—]\d{3,}")
_LONGEST_TITLE, _LONGEST_HEADING, _LONGEST_TERM = 60, 12, 20
_GOALS = ("annual_goal", "period_goal", "duty_goal")


def printed(grid: Grid, others: Sequence[Grid] = ()) -> dict[Cell, str]:
    """The cells of a sheet that a blank form keeps, counted from zero, and what they say there.

    A cell that is not among them is to be emptied; of ``联系人：某某`` the label is left. Notes to
    those who fill in the form are known as its own by standing on all the ``others``, too: the
    workbook's other sheets with a form.
    """
    reader = _Reader(grid, others)
    forms = find_forms(grid)
    for number, form in enumerate(forms):
        first = not any(f.grid is form.grid for f in forms[:number])
        following = next((f for f in forms[number + 1 :] if f.grid is form.grid), None)
        end = len(grid.rows) if following is None else _first_row(following)
        # Titles stand above the first label; those of the next form below the table before it.
        reader.read(form, 0 if first else _first_row(form), end)
    return reader.kept


def _first_row(form: Form) -> int:
    rows = [_cell(entry.place)[0] for entry in form.entries.values()]
    return min(rows, default=0)


def _cell(place: Place) -> Cell:
    return row_column(place.cell)


class _Reader:
    """Goes over the rows of each form and collects what is its own."""

    def __init__(self, grid: Grid, others: Sequence[Grid]) -> None:
        self.grid = grid
        self.others = others
        self.kept: dict[Cell, str] = {}

    def read(self, form: Form, top: int, end: int) -> None:
        """Collect from the rows ``top`` to ``end`` (exclusive) of the form's own grid."""
        start = _first_row(form)
        values = set(_value_cells(form))
        headers = list(_headers(form, start, end))
        head_end = headers[0].row if headers else end
        table_rows: set[int] = set()
        for header, following in zip(headers, [*headers[1:], None], strict=True):
            last = end if following is None else following.row
            table_rows.update(self._read_table(form, header, last))
        goals: list[Area] = []
        for row in (row for row in range(top, end) if row not in table_rows):
            is_head = start <= row < head_end
            for column, value in form.grid.cells(row):
                role = head_role(value)
                name = None if role is None else role.name
                in_goal = any(g.top <= row <= g.bottom and column > g.right for g in goals)
                if (row, column) in values or (in_goal and name in (None, OTHER)):
                    continue
                if name in _GOALS:
                    goals.append(form.grid.area(row, column))
                self._keep(row, column, self._own(row, column, value, is_title=not is_head))
        # The live checks stand beside a form, and are no part of its own grid.
        for row in range(top, end):
            for column, value in self.grid.cells(row):
                if isinstance(value, str) and value in _CHECK_TEXTS:
                    self._keep(row, column, value)
        for field in KEPT_FIELDS:
            self._keep_answer(form.entries.get(field))

    def _keep(self, row: int, column: int, text: str | None) -> None:
        if text is not None:
            self.kept[row, column] = text

    def _keep_answer(self, entry: Entry | None) -> None:
        if entry is None or is_blank(entry.value):
            return
        row, column = _cell(entry.place)
        value = self.grid.value(row, column)
        if isinstance(value, str) and not _NUMBER_OF_A_PERSON.search(value):
            self.kept.setdefault((row, column), value)

    def _read_table(self, form: Form, header: Header, end: int) -> Iterator[int]:
        """Keep the headings and levels of a table; yields its rows."""
        grid = form.grid
        for row in range(header.row, header.bottom + 1):
            self._read_heading(grid, row, header)
            yield row
        places = {_cell(p) for line in form.lines for p in (line.level1_place, line.level2_place)}
        rows = {_cell(line.target.place)[0] for line in form.lines}
        last = header.bottom
        for row in range(header.bottom + 1, end):
            levels = [c for c, v in grid.cells(row) if c < header.name and _is_level(v)]
            if levels or row in rows or _merged(grid, row, header.left, header.name):
                last = row
        for row in range(header.bottom + 1, last + 1):
            yield row
            for column, value in grid.cells(row):
                if (row, column) in places and _is_level(value):
                    self._keep(row, column, str(value))
                elif column < header.name:
                    is_own = _is_level(value) or (
                        ((row, column) in places or _is_tall(grid, row, column)) and _is_term(value)
                    )
                    own = self._own(row, column, value, is_title=False)
                    self._keep(row, column, str(value) if is_own else own)

    def _read_heading(self, grid: Grid, row: int, header: Header) -> None:
        """Keep the headings of a table's columns: those read, and others in line with them."""
        known = max((*header.columns.values(), header.left))
        for column, value in grid.cells(row):
            if column < header.left:
                self._keep(row, column, self._own(row, column, value, is_title=False))
            elif column_role(value) is not None or (column <= known and _is_heading(value)):
                self._keep(row, column, str(value))
            elif isinstance(value, str) and fold(value) in _OTHER_COLUMNS:
                self._keep(row, column, value)

    def _own(self, row: int, column: int, value: object, *, is_title: bool) -> str | None:
        """What of a cell is the form's own; None where nothing is."""
        if not isinstance(value, str):
            return None
        text = fold(value)
        if head_role(value) is not None or text in _HEADINGS or text.rstrip(":") in _HEADINGS:
            return value
        if value in _CHECK_TEXTS or is_unit(text) or _is_funding_head(value):
            return value
        if _NOTE.match(value) or _ORDINAL.match(value):
            return self._own_note(row, column, value)
        labels = _labels_of(value)
        if labels is not None:
            return labels
        return value if is_title and _is_title(text) else None

    def _own_note(self, row: int, column: int, value: str) -> str | None:
        texts = [other.value(row, column) for other in self.others]
        if texts and all(isinstance(t, str) and fold(t) == fold(value) for t in texts):
            return value
        found = _NOTE.match(value)
        return found[1] if found else None


def _value_cells(form: Form) -> Iterator[Cell]:
    """Where the reader found answers, but for those that share a cell with their label."""
    answers: list[Entry | None] = list(form.entries.values())
    for line in form.lines:
        answers += [line.name, line.target, line.note, line.policy_goal, line.budget_goal]
    for entry in answers:
        if entry is not None and not is_blank(entry.value):
            row, column = _cell(entry.place)
            value = form.grid.value(row, column)
            if not isinstance(value, str) or _labels_of(value) is None:
                yield row, column


def _headers(form: Form, start: int, end: int) -> Iterator[Header]:
    header = find_header(form.grid, start, end, form.year)
    while header is not None:
        yield header
        header = find_header(form.grid, header.bottom + 1, end, form.year)


def _merged(grid: Grid, row: int, left: int, right: int) -> bool:
    """Whether a row lies in a merged area of several rows within these columns."""
    return any(_holds(area, row, left, right) for area in grid.merges)


def _holds(area: Area, row: int, left: int, right: int) -> bool:
    return area.top < area.bottom and area.top <= row <= area.bottom and left <= area.left < right


def _is_tall(grid: Grid, row: int, column: int) -> bool:
    area = grid.area(row, column)
    return area.bottom > area.top


def _is_level(value: object) -> bool:
    return isinstance(value, str) and read_level(value) is not None


def _is_term(value: object) -> bool:
    """Whether a text may be a level of the department's own."""
    if not isinstance(value, str) or len(fold(value)) > _LONGEST_TERM:
        return False
    return not _SENTENCE.search(value) and not re.search(r"\d{3}", value)


def _is_heading(value: object) -> bool:
    if not isinstance(value, str) or len(fold(value)) > _LONGEST_HEADING:
        return False
    return not _SENTENCE.search(value) and not re.search(r"\d|[:：]", fold(value))


def _is_funding_head(value: str) -> bool:
    unit = label_unit(value)
    return unit is not None and fold(re.sub(r"[(（].*", "", value)) in _HEADINGS


def _is_title(text: str) -> bool:
    if len(text) > _LONGEST_TITLE or _SENTENCE.search(text):
        return False
    if _TITLE_PART.fullmatch(text):
        return True
    return bool(_TITLE.search(text)) and not re.search(r"\d{5}", text)


def _labels_of(value: str) -> str | None:
    """What is left of a cell that holds labels with their answers; None for any other cell."""
    found = [match for match in _LABELLED.finditer(value) if _labels(match[1])]
    if found and is_blank(value[: found[0].start()]):
        ends = [*(match.start() for match in found[1:]), len(value)]
        parts = [
            value[match.start() : end] if _stays(match, value[match.end() : end]) else match[0]
            for match, end in zip(found, ends, strict=True)
        ]
        return "　　".join(part.strip() for part in parts) if len(parts) > 1 else parts[0].strip()
    first = _LABEL_FIRST.match(value)
    if first is not None and first.end() < len(value) and head_role(first[1]) is not None:
        return first[1]
    return None


def _labels(text: str) -> bool:
    text = _TO_SIGN.sub("", text)
    word = fold(text)
    return head_role(text) is not None or word in _HEADINGS | _UNITS | _MONEY_UNITS


def _stays(label: re.Match[str], answer: str) -> bool:
    """Whether the answer beside a label is the same on the next form."""
    word, role = fold(label[1]), head_role(label[1])
    if word in _MONEY_UNITS and is_unit(fold(answer)):
        return True
    is_unit_name = word in _UNITS or (role is not None and role.name in KEPT_FIELDS)
    return is_unit_name and not _NUMBER_OF_A_PERSON.search(answer)
