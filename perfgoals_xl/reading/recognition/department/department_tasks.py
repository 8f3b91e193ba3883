"""The tasks of a department (年度主要任务): what is done, and with how much money.

A table of its own in the head of the form: 任务名称 | 主要内容 | 预算金额, where the last may stand
over 总额 | 财政拨款 | 其他资金, and mostly with a row that sums it up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfgoals_xl.addresses import Place
from perfgoals_xl.form.amounts import parse_amount
from perfgoals_xl.form.column_labels import LONGEST_LABEL, plain_label
from perfgoals_xl.form.other_labels import (
    DEPARTMENT_MONEY,
    PLAIN_TOTALS,
    TASK_AMOUNTS,
    TASK_CONTENTS,
    TASK_NAMES,
)
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.origins import Task
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.labels import OTHER, head_role
from perfgoals_xl.reading.recognition.ledger import Use

_SUMS = PLAIN_TOTALS | {"资金合计", "预算合计", "任务合计", "投入合计", "总金额", "资金总计"}
# 项目支出金额合计, 以上任务合计; 基本支出合计 is the sum of some of them.
_SUM = re.compile(
    r"^(?:项目|任务|支出|资金|投入|预算|金额|经费|年度|主要|重点|工作|以上|各项)+(?:合计|总计)$"
)
_OF_PROJECTS = "项目支出"
# What a sum of the projects has not in it, where it stands among the tasks.
_NO_PROJECT = re.compile(r"^(?:基本支出|人员|公用|机关运转|运转类)")
# 预算金额（万元）：总额 holds the header over it, and the unit of both.
_UNIT = re.compile(r"\((?:单位:)?(?:万|亿)?元\)")
_OVER = re.compile(r"[:/\-—、]+")
_TOTAL = "total"
# Numbers of rows are no amounts, whatever they stand under.
_SERIALS = ("序号", "编号", "no.", "no")


class Tasks(NamedTuple):
    """The tasks of a form, the row that sums them up, and the rows that they stand in."""

    tasks: list[Task]
    total: Task | None
    rows: range


def read_tasks(form: Form, start: int, end: int, unit: str) -> Tasks:
    """The tasks in the rows ``start`` to ``end`` (exclusive), and the row of their sum.

    What they took is noted in the form's ledger, and their rows are the last that is returned.
    """
    for row in form.grid.filled(start, end):
        columns = _columns(form, row)
        if columns is not None:
            return _Tasks(form, row, end, unit, columns).read()
    return Tasks([], None, range(end, end))


def word_of(value: object) -> str:
    """A label without what stands around it; "" for what is no label."""
    if not isinstance(value, str) or len(value) > LONGEST_LABEL:
        return ""
    return plain_label(value)[0]


def _amount_word(word: str) -> str:
    """The label of a column of amounts without the header over it: 预算金额：总额 is 总额."""
    bare = _UNIT.sub("", word)
    for head in sorted(TASK_AMOUNTS, key=len, reverse=True):
        rest = _OVER.sub("", bare.removeprefix(head).removeprefix(":其中"))
        if bare.startswith(head) and _is_kind(rest):
            return rest
    return bare


def _is_kind(word: str) -> bool:
    """Whether a label says what of the money of a task stands under it."""
    return word in PLAIN_TOTALS or word in TASK_AMOUNTS or word in DEPARTMENT_MONEY


class _Columns:
    """Where names, contents and amounts of tasks stand."""

    def __init__(self, name: int, content: int | None, amounts: dict[str, int]) -> None:
        self.name, self.content, self.amounts = name, content, amounts
        self.first = min(amounts.values())


def _columns(form: Form, row: int) -> _Columns | None:
    words = [(column, word_of(value)) for column, value in form.grid.cells(row)]
    names = [c for c, word in words if word in TASK_NAMES]
    contents = [c for c, word in words if word in TASK_CONTENTS]
    kinds = {c: _amount_word(word) for c, word in words}
    sums = PLAIN_TOTALS if contents else frozenset[str]()
    amounts = [c for c, word in kinds.items() if word in TASK_AMOUNTS or word in sums]
    if not names or not amounts:
        return None
    # Further amounts of a task beside its total: 总额 | 财政拨款 | 其他资金.
    shares = {word: c for c, word in kinds.items() if c > amounts[0] and _share_of_money(word)}
    if len(names) == 1 and not contents and len(words) - len(shares) > 4:
        return None
    before = [c for c in names if c < amounts[0] and all(c < content for content in contents)]
    if not before:
        return None
    columns = {_TOTAL: amounts[0]} | shares
    return _Columns(before[-1], contents[0] if contents else None, columns)


def _share_of_money(word: str) -> bool:
    """Whether a label is a part of what a task costs, and no sum of its own."""
    return word in DEPARTMENT_MONEY and DEPARTMENT_MONEY[word][1] != "total"


class _Tasks:
    """Reads the rows of one table of tasks."""

    def __init__(self, form: Form, head: int, end: int, unit: str, columns: _Columns) -> None:
        self.form, self.grid = form, form.grid
        self.head, self.end, self.unit, self.columns = head, end, unit, columns

    def read(self) -> Tasks:
        grid, total = self.grid, None
        tasks: list[Task] = []
        last = self.head
        self._note(self.head, Use.LABEL)
        below = self.head + 1
        if self._take_second_head(below):
            self._note(below, Use.LABEL)
            below += 1
        for row in grid.filled(below, self.end):
            if self._ends(row):
                break
            task, is_sum = self._task(row, tasks)
            if task is None:
                continue
            self._note(row, Use.KNOWN)
            last = row
            if is_sum:
                total = task
                break
            tasks.append(task)
        return Tasks(tasks, total, range(self.head, last + 1))

    def _take_second_head(self, row: int) -> bool:
        """Whether the next row says what the amounts are: 总额 | 财政拨款 | 其他资金."""
        first = self.columns.amounts[_TOTAL]
        told = {c: _amount_word(word_of(v)) for c, v in self.grid.cells(row) if c >= first}
        if not told or any(not word for word in told.values()):
            return False
        sums = [c for c, word in told.items() if word in PLAIN_TOTALS or word in TASK_AMOUNTS]
        if not sums and not any(word in DEPARTMENT_MONEY for word in told.values()):
            return False
        amounts = {word: c for c, word in told.items() if c not in sums}
        total = sums[0] if sums else first if first not in told else None
        self.columns.amounts = ({} if total is None else {_TOTAL: total}) | amounts
        return True

    def _ends(self, row: int) -> bool:
        """Whether a row begins with a label of the form's head, or heads the indicators."""
        column, value = next(self.grid.cells(row), (0, None))
        key = DEPARTMENT_MONEY.get(word_of(value))
        if key is not None and key[1] == "total":
            return True
        role = head_role(value)
        if role is None or role.name in (OTHER, "block_total", "annual_amount"):
            return False
        paid = any(not is_blank(self.grid.value(row, c)) for c in self.columns.amounts.values())
        return column < self.columns.name or (column == self.columns.name and not paid)

    def _task(self, row: int, above: Sequence[Task]) -> tuple[Task | None, bool]:
        columns, grid = self.columns, self.grid
        texts = [(c, str(v)) for c, v in grid.cells(row) if c < columns.first and str(v).strip()]
        if columns.content is None:
            texts = [(c, text) for c, text in texts if c >= columns.name]
        found: dict[str, tuple[Decimal, Place]] = {}
        for kind, column in columns.amounts.items():
            amount = amount_in(grid.value(row, column), self.unit)
            if amount is not None:
                found[kind] = (amount, grid.place(row, column))
        words = [word_of(text) for _, text in texts]
        is_sum = bool(words) and any(word in _SUMS or _SUM.match(word) for word in words)
        of_projects = any(_OF_PROJECTS in word for word in words)
        if is_sum and of_projects and any(_NO_PROJECT.match(task.name) for task in above):
            return None, False
        name = grid.value(row, columns.name)
        content = grid.value(row, columns.content) if columns.content is not None else None
        if is_sum:
            if not found:
                return None, False
            place = next(iter(found.values()))[1]
            return Task("", "", found, place), True
        if is_blank(name) and is_blank(content):
            return None, False
        at = columns.name if not is_blank(name) else columns.content or 0
        told = (name, content) if not is_blank(name) else (content, None)
        said = ["" if text is None else str(text).strip() for text in told]
        return Task(said[0], said[1], found, grid.place(row, at)), False

    def _note(self, row: int, use: Use) -> None:
        for column, value in self.grid.cells(row):
            if column >= self.columns.name or fold(str(value)).lower() in _SERIALS:
                self.form.ledger[row, column] = use
            elif word_of(value) in TASK_NAMES:
                self.form.ledger[row, column] = Use.LABEL


def amount_in(value: object, unit: str) -> Decimal | None:
    """The amount in a cell; None for a blank and for what is none."""
    try:
        return parse_amount(value, unit)
    except ValueError:
        return None
