"""The income and the expenditure of a department, as its form prints them above its indicators.

In a row, a label with its amount behind it; or over it, where the labels stand side by side. Which
side 合计 sums up is known by the heading left of it, else by what stands above it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from perfgoals_xl.addresses import Place, row_column
from perfgoals_xl.form.column_labels import without_year
from perfgoals_xl.form.other_labels import DEPARTMENT_MONEY, PLAIN_TOTALS
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.origins import MoneyLine, Share, Side
from perfgoals_xl.reading.recognition.department.department_tasks import amount_in, word_of
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.labels import unknown_label
from perfgoals_xl.reading.recognition.ledger import Use

_SIDE_WORDS = (
    (Side.INCOME, re.compile(r"收入|资金来源|来源")),
    (Side.EXPENSES, re.compile(r"支出|资金使用|使用方向")),
)
_OTHER_TIME = re.compile(r"上年|去年|前年|近[两二三]年|历年|执行|决算|比例|占比|比重|增|减|变动|%")
_ASIDE = re.compile(
    r"三公|政府采购|编制|人数|人员数|在职|资产|占比|比例|比重|率$|上年(?!结|滚)|去年|前年|执行数|决算|执行率|电话|编码|代码"
    r"|邮编|年度$|年份|日期|时间"
)
# A label in a text of several, with the amount behind it, if any: 其他资金：500.00.
_SAID = re.compile(
    r"(?P<label>[\u4e00-\u9fff、()/]{2,20}?(?:\([^()\d]{1,6}\))?)\s*(?:[:：]|(?=\d)|$)\s*"
    r"(?P<amount>\d[\d,]*(?:\.\d+)?\s*(?:亿元|万元|元)?)?"
)
# What stands between several labels, and the numbers that they have.
_PARTS = re.compile(r"[\n;]|(?:^|(?<=[\s:]))(?:\(?\d{1,2}[).、]|\(?[一二三四五六]{1,2}[)、])\s*")
_LONGEST_TEXT, _LONGEST_HEADING = 160, 10
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_PERCENT = re.compile(r"[-+]?[\d.]+%")


def read_money(form: Form, rows: range, unit: str, year: int | None) -> list[MoneyLine]:
    """The labelled amounts in these rows of a department's form, in ``unit``.

    [] where nothing there is of its income or its expenditure. What was taken is noted in the
    form's ledger; what was told of its cells as stray no longer is.
    """
    budget = _Budget(form, rows, unit, year)
    lines = list(budget.lines())
    known = [line for line, *_ in lines if line.share not in (Share.UNKNOWN, Share.ASIDE)]
    if not known:
        return []
    first = min(row for line, row, _ in lines if line in known)
    last = max(row for line, row, _ in lines if line in known)
    inside = [entry for entry in lines if first <= entry[1] <= last]
    for line, row, column in inside:
        form.ledger[row, column] = Use.LABEL
        form.ledger[form.grid.row_of(line.place), row_column(line.place.cell)[1]] = Use.KNOWN
    for row, column in budget.headings:
        if first - 1 <= row <= last:
            form.use(row, column, Use.LABEL)
    _settle_rest(form, first, last)
    return [line for line, *_ in inside]


def _said(text: str) -> list[re.Match[str]]:
    """The labels of a text that may hold several; [] where it is none, or one alone."""
    if len(text) > _LONGEST_TEXT:
        return []
    plain = unicodedata.normalize("NFKC", text)
    found = [m for part in _PARTS.split(plain) for m in _SAID.finditer(part)]
    return found if ":" in plain or any(m["amount"] for m in found) else []


def _settle_rest(form: Form, first: int, last: int) -> None:
    """What stands beside the amounts that count, of other years or as shares, is known."""
    figures = set()
    for row in form.grid.filled(first, last + 1):
        for column, value in form.grid.cells(row):
            if _is_figure(value):
                figures.add(form.grid.place(row, column))
                form.use(row, column, Use.KNOWN)
    form.strays = [stray for stray in form.strays if stray.place not in figures]


def _is_figure(value: object) -> bool:
    if isinstance(value, str):
        return _PERCENT.fullmatch(fold(value)) is not None or amount_in(value, "万元") is not None
    return not is_blank(value)


class _Budget:
    """Finds the labels of some rows of a form, each with its amount."""

    def __init__(self, form: Form, rows: range, unit: str, year: int | None) -> None:
        self.form, self.grid, self.rows, self.unit, self.year = form, form.grid, rows, unit, year
        # A row may end in a blank, of which the file holds nothing.
        self.width = max(map(len, form.grid.rows), default=0)
        # The side that was last spoken of in a column.
        self.sides: dict[int, Side] = {}
        self.headings: list[tuple[int, int]] = []

    def lines(self) -> Iterator[tuple[MoneyLine, int, int]]:
        """Every labelled amount, with the row and the column of its label."""
        for row in self.grid.filled(self.rows.start, self.rows.stop):
            cells = list(self.grid.cells(row))
            for number, (column, value) in enumerate(cells):
                if isinstance(value, str) and not _is_figure(value):
                    behind = cells[number + 1 :]
                    for line in self._of_cell(row, column, value, behind):
                        yield line, row, column

    def _of_cell(
        self, row: int, column: int, text: str, behind: list[tuple[int, object]]
    ) -> Iterator[MoneyLine]:
        """The amounts that the labels of one cell have, in it or behind it."""
        said = [(word_of(found["label"]), found["amount"], found) for found in _said(text)]
        inside = [(word, amount) for word, amount, _ in said if amount]
        if any(word in DEPARTMENT_MONEY for word, _ in inside):
            for word, amount, _ in said:
                told = self._told(word, row, column) if word in DEPARTMENT_MONEY else None
                if told is not None:
                    figure = amount_in(amount, self.unit) if amount else None
                    yield MoneyLine(
                        told[0], told[1], word, figure, self.grid.place(row, column), told[2]
                    )
            return
        for word, *_ in said[:-1]:
            self._told(word, row, column)  # 资金来源：（1）财政拨款 says whose side it is
        word = said[-1][0] if said else word_of(text)
        told = self._told(word, row, column)
        found = None if told is None else self._amount(row, column, behind)
        if told is None or found is None:
            return
        amount, place = found
        if told[1] is not Share.UNKNOWN or amount:
            yield MoneyLine(told[0], told[1], word, amount, place, told[2])

    def _told(self, word: str, row: int, column: int) -> tuple[Side, Share, str] | None:
        """What a word labels; None for a heading, or for what is no label."""
        plain, year = without_year(word)
        if year is not None and self.year is not None and year != self.year:
            return Side.BOTH, Share.ASIDE, ""
        if plain in DEPARTMENT_MONEY:
            key, share, within = DEPARTMENT_MONEY[plain]
            self.sides[column] = Side(key)
            return Side(key), Share(share), within
        if plain in PLAIN_TOTALS:
            of = self._side_of_sum(row, column)
            return None if of is None else (of, Share.TOTAL, "")
        for side, pattern in _SIDE_WORDS:
            if pattern.search(plain) and len(plain) <= _LONGEST_HEADING:
                self.sides[column] = side
                self.headings.append((row, column))
        if _ASIDE.search(plain):
            return Side.BOTH, Share.ASIDE, ""
        label = unknown_label(plain) or (plain if 1 < len(plain) <= 16 else None)
        return None if label is None else (Side.BOTH, Share.UNKNOWN, "")

    def _side_of_sum(self, row: int, column: int) -> Side | None:
        """The side that 合计 in a cell sums up: its heading's, else that of what is above it."""
        for at in range(row, self.rows.start - 1, -1):
            for left, value in self.grid.cells(at):
                if left >= column or self.grid.area(at, left).bottom < row:
                    continue
                for side, pattern in _SIDE_WORDS:
                    if isinstance(value, str) and pattern.search(fold(value)):
                        return side
        if column in self.sides:
            return self.sides[column]
        before = [(c, v) for c, v in self.grid.cells(row) if c < column and isinstance(v, str)]
        known = [DEPARTMENT_MONEY[w] for _, v in before if (w := word_of(v)) in DEPARTMENT_MONEY]
        return Side(known[-1][0]) if known else None

    def _amount(
        self, row: int, column: int, behind: list[tuple[int, object]]
    ) -> tuple[Decimal | None, Place] | None:
        """The amount of a label and its cell; None where it has no cell for one."""
        grid, slot = self.grid, self.grid.area(row, column).right + 1
        found = []
        ends = self.width
        for at, value in behind:
            if not _is_figure(value):
                if fold(str(value)) in ("/", "-", "—", "无", "万元", "元"):
                    continue
                ends = at
                break
            if not _PERCENT.fullmatch(fold(str(value))):
                found.append((at, value))
        for at, value in found:
            if not self._is_of_other_time(self._heading(row, at)):
                return amount_in(value, self.unit), grid.place(row, at)
        if found:
            return None
        if self._stands_over(row):
            below = grid.area(row, column).bottom + 1
            value = grid.value(below, column) if below < len(grid.rows) else None
            if below < self.rows.stop and _is_figure(value) and not is_blank(value):
                return amount_in(value, self.unit), grid.place(below, column)
        return (None, grid.place(row, slot)) if slot < ends else None

    def _is_of_other_time(self, heading: str) -> bool:
        """Whether a heading is of another year, or of what is no amount."""
        years = {int(year) for year in _YEAR.findall(heading)}
        if years and self.year is not None:
            return self.year not in years
        return _OTHER_TIME.search(heading) is not None

    def _heading(self, row: int, column: int) -> str:
        """The text over an amount, above the other amounts of its column."""
        for above in range(row - 1, self.rows.start - 1, -1):
            value = self.grid.value(above, column)
            area = self.grid.area(above, column)
            if is_blank(value):
                # A heading over several columns stands in the first of them.
                value = next(
                    (
                        v
                        for c, v in self.grid.cells(above)
                        if c < column <= self.grid.area(above, c).right
                    ),
                    None,
                )
            if isinstance(value, str) and not _is_figure(value) and area.right >= column:
                return fold(value)
        return ""

    def _stands_over(self, row: int) -> bool:
        """Whether the labels of a row stand over their amounts: none has one behind it."""
        texts = [value for _, value in self.grid.cells(row)]
        return len(texts) > 1 and not any(_is_figure(value) for value in texts)
