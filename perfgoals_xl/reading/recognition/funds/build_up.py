"""What a project's budget is built up from: items with amounts under 项目预算构成, 预算明细.

A table of its own inside the form, 成本构成 | 金额 | 测算依据, with or without a row that sums it
up. It is no field of a declaration, and its amounts belong to no other field either.
"""

from __future__ import annotations

import re
from decimal import Decimal

from perfgoals_xl.addresses import Place
from perfgoals_xl.form.amounts import UNIT_IN_YUAN, parse_amount
from perfgoals_xl.form.column_labels import LONGEST_LABEL, plain_label
from perfgoals_xl.form.target import is_nothing
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.origins import BuildUp
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.labels import OTHER, head_role
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.money_units import DEFAULT, label_unit

_BLOCKS = re.compile(
    r"^(?:项目|年度|本年度?|资金|经费|财政资金)*(?:支出)?"
    r"(?:预算构成|支出构成|成本构成|费用构成|资金构成|经费构成|预算明细|支出明细|资金明细|经费明细"
    r"|费用明细|预算支出明细|预算测算|资金测算|经费测算|支出测算|成本测算|测算明细|资金使用明细"
    r"|资金支出明细|预算编制明细|支出预算明细|资金测算明细|经费测算明细|预算分解|支出分解|资金分解)"
    r"(?:表|情况|及(?:说明|测算依据|测算过程|依据))?$"
)
_ITEM_WORDS = """
    成本构成 支出内容 明细项目 费用名称 费用项目 费用类别 支出事项 支出明细 子项目 子项目名称
    子项名称 分项名称 支出构成 开支内容 开支项目 测算内容 项目明细 明细内容 支出明细项目
    费用构成 费用明细 构成项目 预算明细 支出子项 成本项目 预算构成 构成内容 明细名称 支出细项
"""
_ITEMS = frozenset(_ITEM_WORDS.split())
# These head the items only where the block says what it is.
_PLAIN_ITEM_WORDS = """
    内容 名称 事项 构成 明细 用途 科目 项目 项目内容 支出项目 支出用途 经济科目 支出科目
    经济分类科目 具体内容 分项 支出方向 支出类别 预算项目 具体用途 资金用途 子项 类别
"""
_PLAIN_ITEMS = _ITEMS | frozenset(_PLAIN_ITEM_WORDS.split())
_AMOUNT_WORDS = """
    金额 预算金额 测算金额 预算数 预算 申请金额 资金 安排金额 预算安排 支出金额 经费 年度预算
    申报金额 概算 预计金额 经费预算 资金预算 预算额 资金额 资金金额 本年预算 本年预算数 小计
    金额合计 合计金额 合计 总额 总价 预计支出 支出预算
"""
_AMOUNTS = frozenset(_AMOUNT_WORDS.split())
_SUM = re.compile(r"^(?:项目|支出|资金|预算|金额|经费|费用|成本|年度)*(?:合计|总计|共计|总额)$")
_LEVELS = re.compile(
    r"^(?:其中|小计|#|[一二三四五六七八九十]{1,2}、|\d{1,2}[.．]\d|\(\d|[①-⑨])|小计$"
)
_SERIAL = re.compile(r"(?:序号|编号|\d{1,2}[.、]?)")
_FEWEST = 2
_IN_LEVELS = "有分级或小计，哪些相加不能确定"
_BLANK = "有金额没有填写或不是数"


def read_build_ups(form: Form, start: int, end: int) -> list[BuildUp]:
    """The build-ups in the rows ``start`` to ``end`` (exclusive) of a project's form.

    Their cells are noted in the form's ledger, and what was taken from them for another field is
    given back.
    """
    found: list[BuildUp] = []
    row = start
    while row < end:
        block = _Block(form, row, end) if _heads(form, row) else None
        if block is not None and len(block.items) >= _FEWEST:
            block.take()
            found.append(block.told())
            row = block.last
        row += 1
    return found


def _word(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_LABEL:
        return ""
    return plain_label(value)[0]


def _columns(form: Form, row: int) -> tuple[int, int, str, Place] | None:
    """The columns of the items and of their amounts, what the block is called, and its place."""
    words = [(column, _word(value)) for column, value in form.grid.cells(row)]
    if not 2 <= len(words) <= 10 or any(not word for _, word in words):
        return None
    titles = [
        (at, column, word)
        for at in (row, *form.grid.filled(max(0, row - 1), row))
        for column, value in form.grid.cells(at)
        if _BLOCKS.match(word := _word(value))
    ]
    plain = [c for c, w in words if w in (_PLAIN_ITEMS if titles else _ITEMS)]
    amounts = [c for c, w in words if w in _AMOUNTS and plain and c > plain[0]]
    if not plain or not amounts:
        return None
    before = [c for c in plain if c < amounts[0]]
    if not before:
        return None
    item = before[-1]
    at = next(((r, c, w) for r, c, w in titles), (row, item, dict(words)[item]))
    return item, amounts[0], at[2], form.grid.place(at[0], at[1])


def _heads(form: Form, row: int) -> bool:
    return _columns(form, row) is not None


class _Block:
    """One build-up below its header."""

    def __init__(self, form: Form, head: int, end: int) -> None:
        columns = _columns(form, head)
        assert columns is not None  # _heads asked before.
        self.form, self.grid, self.head = form, form.grid, head
        self.item, self.amount, self.label, self.place = columns
        unit = label_unit(self.grid.value(head, self.amount)) or form.amount_unit or DEFAULT
        self.unit = unit if unit in UNIT_IN_YUAN else DEFAULT
        self.items: list[tuple[str, Decimal]] = []
        self.total: tuple[Decimal, Place] | None = None
        self.open = ""
        self.last = head
        for row in self.grid.filled(head + 1, end):
            if not self._read(row):
                break
            self.last = row

    def _read(self, row: int) -> bool:
        """Take one row; whether it belongs to the block, which ends with its sum."""
        if self.total is not None:
            return False
        texts = [(c, str(v)) for c, v in self.grid.cells(row) if c < self.amount]
        name = self.grid.value(row, self.item)
        typed = self.grid.value(row, self.amount)
        words = [_word(text) for _, text in texts]
        is_sum = any(_SUM.match(word) for word in words)
        if not texts or (is_blank(name) and not is_sum):
            return False
        role = head_role(name)
        before = [t for c, t in texts if c < self.item and not _SERIAL.fullmatch(fold(t))]
        if not is_sum and before:
            return False  # A label in the margin begins something else.
        if role is not None and role.name != OTHER and not is_sum and is_blank(typed):
            return False
        try:
            amount = parse_amount(typed, self.unit)
        except ValueError:
            if not is_nothing(str(typed)):
                return False
            amount = Decimal(0)
        if is_sum:
            if amount is not None:
                self.total = (amount, self.grid.place(row, self.amount))
            return True
        said = fold(str(name))
        if _LEVELS.search(said):
            self.open = _IN_LEVELS
        if amount is None:
            self.open = self.open or _BLANK
            return True
        self.items.append((said, amount))
        return True

    def take(self) -> None:
        """Note the cells of the block, and give back what another field took from them."""
        form, rows = self.form, range(self.head, self.last + 1)
        left = min(self.item, self.amount)
        for row in rows:
            for column, _ in self.grid.cells(row):
                if column >= left or row > self.head:
                    form.ledger[row, column] = Use.LABEL if row == self.head else Use.KNOWN
        own = {self.grid.place(r, c) for r in rows for c, _ in self.grid.cells(r) if c >= left}
        for name in [name for name, entry in form.entries.items() if entry.place in own]:
            del form.entries[name]
            form.label_units.pop(name, None)
        form.strays = [stray for stray in form.strays if stray.place not in own]

    def told(self) -> BuildUp:
        """The block as a project keeps it."""
        return BuildUp(self.label, self.unit, tuple(self.items), self.total, self.place, self.open)
