"""The amounts of a form's funding block: whose totals they are, and those that no label claims."""

from __future__ import annotations

import re

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.column_labels import Time, plain_label
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.head_labels import MONEY, HeadLabel
from perfgoals_xl.reading.recognition.labels import (
    OTHER,
    bond_source,
    other_source,
    unknown_label,
)
from perfgoals_xl.reading.recognition.money_units import is_stated_unit, label_unit

FUNDING = MONEY | {"block_total", "block:local", "block:transfer"}
"""The labels that amounts stand beside."""
_PARTS = frozenset(name for name in AMOUNT_FIELDS if not name.endswith(("amount", "total")))
# The rank of a 合计 that is the year's only by where it stands.
_BY_PLACE = 99
_OF_PROJECT = re.compile(r"^(?:该|本)?(?:项目)?(?:支出)?")
_OF_OTHER_YEARS = re.compile(r"以前|以后|往年|上年|次年|下年|累计|比例|率$|\d")


def name_block_totals(labels: list[HeadLabel]) -> None:
    """Give each 资金总额 the funding block it stands in: the nearest block label left or above."""
    blocks = [label for label in labels if label.name.startswith("block:")]
    for label in labels:
        if label.name != "block_total":
            continue
        candidates = [b for b in blocks if b.row <= label.row and b.column <= label.column]
        if not candidates:
            label.name = "annual_amount" if not blocks else "unplaced"
            label.rank = _BY_PLACE
            continue
        owner = max(candidates, key=lambda b: (b.column, b.row))
        label.name = f"{owner.name.removeprefix('block:')}_total"
    # Some forms print the block's sum beside the block itself.
    for block in blocks:
        if block.value is not None:
            block.name, block.rank = f"{block.name.removeprefix('block:')}_total", 50


def leave_out_period_amounts(labels: list[HeadLabel]) -> None:
    """Where 项目总额 and 年度资金总额 head two columns, only the parts below the latter count."""
    heads = {label.name: label for label in labels}
    total, annual = heads.get("total_amount"), heads.get("annual_amount")
    if total is None or annual is None or total.row != annual.row:
        return
    twins: dict[tuple[str, int], list[HeadLabel]] = {}
    for label in labels:
        if label.name in MONEY:
            twins.setdefault((label.name, label.row), []).append(label)
    for alike in twins.values():
        nearest = min(alike, key=lambda twin: abs(twin.column - annual.column))
        for label in alike:
            if label is not nearest:
                label.name = "unplaced"


def tell_bonds_apart(labels: list[HeadLabel], grid: Grid) -> None:
    """本年度申请专项债券额度 beside 年度资金总额, filled or blank, is one of its sources."""
    amounts = [label for label in labels if label.name == "annual_amount"]
    bonds = [x for x in amounts if bond_source(grid.value(x.row, x.column)) is not None]
    if len(bonds) < len(amounts):
        for label in bonds:
            label.name = OTHER


def tell_amounts_apart(labels: list[HeadLabel]) -> None:
    """Of 申报金额 and, behind it, 其中：本年度申请 the former is the whole project's."""
    if any(label.name == "total_amount" for label in labels):
        return
    amounts = [x for x in labels if x.name == "annual_amount" and not is_blank(x.value)]
    of_year = [x for x in amounts if x.time is Time.ANNUAL or x.year is not None]
    for label in amounts:
        later = any((x.row, x.column) > (label.row, label.column) for x in of_year)
        if label.time is None and label.year is None and label.rank < _BY_PLACE and later:
            label.name = "total_amount"


def tell_levels_apart(labels: list[HeadLabel], grid: Grid) -> None:
    """上级补助 beside 本级支出 is the sum that others give, as 转移资金 is."""
    own = {label.row for label in labels if label.name == "block:local"}
    for label in labels if own else ():
        if label.name != OTHER or label.row not in own:
            continue
        source = other_source(grid.value(label.row, label.column)) or ""
        if _OF_PROJECT.sub("", source).startswith("上级"):
            label.name = "block:transfer"


def keep_further_sources(labels: list[HeadLabel], grid: Grid) -> None:
    """Of several sources of one field (省级资金, 市级资金) those behind the first are kept apart.

    What is called by the same words is the same source, printed once more.
    """
    first: dict[str, tuple[int, str]] = {}
    words = {id(x): plain_label(str(grid.value(x.row, x.column)))[0] for x in labels}
    for label in labels:
        if label.name in _PARTS and not is_blank(label.value):
            known = (label.rank, words[id(label)])
            first[label.name] = min(first.get(label.name, known), known)
    for label in labels:
        if label.name in _PARTS and not is_blank(label.value):
            word = words[id(label)]
            if word != first[label.name][1]:
                label.name, label.source = OTHER, word


def note_unclaimed(
    form: Form,
    labels: list[HeadLabel],
    claimed: set[tuple[int, int]],
    start: int,
    end: int,
    edge: int,
) -> None:
    """Note the amounts that no label claims, and those of sources that are no field."""
    money_rows = [label.row for label in labels if label.name in FUNDING]
    if not money_rows:
        return
    for label in labels:
        if label.name != OTHER or is_blank(label.value):
            continue
        word = label.source or form.grid.value(label.row, label.column)
        source = other_source(word)
        if source is None and label.source is not None:
            source = label.source
        if source is None and not _OF_OTHER_YEARS.search(str(word)):
            source = unknown_label(word) or bond_source(word)
        if source is not None:
            form.other_sources[source] = str(label.value)
            unit = label_unit(form.grid.value(label.row, label.column)) or label.unit
            if unit is not None:
                form.source_units[source] = unit
    at = {(label.row, label.column) for label in labels}
    for row in range(min(money_rows), min(max(money_rows) + 2, end)):
        for column, value in form.grid.cells(row):
            if (row, column) in claimed or not is_amount(value):
                continue
            source = _unknown_source(form.grid, at, row, column, edge)
            if column > edge and source is None:
                continue
            if source is not None:
                form.other_sources[source] = str(value)
            else:
                place, text = form.grid.place(row, column), "没有标签的数，未采用"
                form.stray(place, value, None, text, RemarkKind.UNLABELLED)


def _unknown_source(
    grid: Grid, labels: set[tuple[int, int]], row: int, column: int, edge: int
) -> str | None:
    """The label, which nobody knows, of an amount: the text left of it, or else above it.

    ``labels`` are the cells of those that are known. What stands beside the form has labels of its
    own there.
    """
    beside = [(c, v) for c, v in grid.cells(row) if c < column]
    if beside and (row, beside[-1][0]) not in labels and beside[-1][0] <= edge:
        left = unknown_label(beside[-1][1])
        if left is not None and not is_stated_unit(beside[-1][1]):
            return left
    above = grid.value(row - 1, column) if row and column <= edge else None
    return unknown_label(above, of_source=True)


def is_amount(value: object) -> bool:
    """Whether a cell holds a number."""
    return isinstance(value, int | float) or (isinstance(value, str) and _is_number(value))


def _is_number(text: str) -> bool:
    return text.strip().replace(",", "").replace(".", "", 1).isdigit()
