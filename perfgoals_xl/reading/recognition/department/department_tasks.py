"""The tasks of a department (年度主要任务): what is done, and with how much money.

A table of its own in the head of the form: 任务名称 | 主要内容 | 预算金额, where the last may stand
over 总额 | 财政拨款 | 其他资金, and mostly with a row that sums it up.
"""

from __future__ import annotations

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


class _Columns:
    """Where names, contents and amounts of tasks stand."""

    def __init__(self, name: int, content: int | None, amounts: dict[str, int]) -> None:
        self.name, self.content, self.amounts = name, content, amounts
        self.first = min(amounts.values())


def _columns(form: Form, row: int) -> _Columns | None:
    words = [(column, word_of(value)) for column, value in form.grid.cells(row)]
    names = [c for c, word in words if word in TASK_NAMES]
    contents = [c for c, word in words if word in TASK_CONTENTS]
    amounts = [c for c, word in words if word in TASK_AMOUNTS]
    if not names or not amounts or (len(names) == 1 and not contents and len(words) > 4):
        return None
    before = [c for c in names if c < amounts[0] and all(c < content for content in contents)]
    if not before:
        return None
    return _Columns(before[-1], contents[0] if contents else None, {_TOTAL: amounts[0]})


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
            task, is_sum = self._task(row)
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
        told = {c: word_of(v) for c, v in self.grid.cells(row) if c >= first}
        if not told or any(not word for word in told.values()):
            return False
        sums = [c for c, word in told.items() if word in PLAIN_TOTALS or word in TASK_AMOUNTS]
        if not sums and not any(word in DEPARTMENT_MONEY for word in told.values()):
            return False
        amounts = {word: c for c, word in told.items() if c not in sums}
        self.columns.amounts = ({_TOTAL: sums[0]} if sums else {}) | amounts
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

    def _task(self, row: int) -> tuple[Task | None, bool]:
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
        is_sum = bool(words) and any(word in _SUMS for word in words)
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
