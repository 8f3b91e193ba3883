"""Funds that stand with their amount in one cell, or are called 其他: 其中：财政拨款 80.

Only among the funds such words are labels; anywhere else 其他 is any text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from perfgoals_xl.addresses import row_column
from perfgoals_xl.form.column_labels import plain_label
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.funds.amount_columns import is_number
from perfgoals_xl.reading.recognition.labels import head_role, other_source

_ITEM = re.compile(
    r"(?:其中:?)?(?P<label>[^\d:]{2,16}?(?:\([^()\d]{1,6}\))?)(?P<colon>:?)"
    r"(?P<amount>[¥]?\d[\d,]*(?:\.\d+)?(?:亿元|百万元|万元|千元|元)?|[/\-—–]*|无)"
)
_ASKED = re.compile(r"申请(?:财政|预算)")
_OTHERS = frozenset(("其他", "其它"))
_PARTS = frozenset(name for name in AMOUNT_FIELDS if not name.endswith("amount"))


class FundItem(NamedTuple):
    """A source of funds: the field it is (None for one that is none), its label and its amount.

    ``amount`` is None where the cell says none, "" where it only is the label.
    """

    field: str | None
    label: str
    amount: str | None


def fund_item(grid: Grid, row: int, column: int) -> FundItem | None:
    """The source of funds that a cell names; None for any other cell."""
    value = grid.value(row, column)
    if not isinstance(value, str) or len(value) > 40:
        return None
    found = _ITEM.fullmatch(fold(value))
    if found is None:
        return None
    label, amount = found["label"], found["amount"]
    is_other = plain_label(label)[0] in _OTHERS
    if not amount:
        beside = next((v for c, v in grid.cells(row) if c > column), None)
        bare = is_other and (bool(found["colon"]) or is_number(beside))
        return FundItem("local_other", label, "") if bare else None
    if not found["colon"] and not is_number(amount[:1]):
        return None  # 其他-, which may be anything
    said = amount if any(c.isdigit() for c in amount) else None
    if is_other:
        return FundItem("local_other", label, said)
    role = head_role(label)
    if role is not None and role.name in _PARTS:
        return FundItem(role.name, label, said)
    return FundItem(None, label, said) if other_source(label) is not None else None


def take_what_is_asked(form: Form) -> None:
    """本年申请财政资金 is the year's money; beside 自有资金 it is what others call 财政拨款."""
    asked, other = form.entries.get("annual_amount"), form.entries.get("local_other")
    if asked is None or other is None or is_blank(other.value) or not is_number(other.value):
        return
    if float(fold(str(other.value)).replace(",", "")) == 0:
        return
    if asked.place.sheet != form.grid.sheet or "local_appropriation" in form.entries:
        return
    row, column = row_column(asked.place.cell)
    before = [v for c, v in form.grid.cells(row) if c < column]
    label = before[-1] if before else form.grid.value(row - 1, column)
    if isinstance(label, str) and _ASKED.search(fold(label)):
        form.entries["local_appropriation"] = form.entries.pop("annual_amount")
        unit = form.label_units.pop("annual_amount", None)
        if unit is not None:
            form.label_units["local_appropriation"] = unit
