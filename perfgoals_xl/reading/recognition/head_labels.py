"""The labels of a form's head: where each stands, and which cells are its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.column_labels import Time, plain_label
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.label_patterns import MISSPELT
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.funds.amount_columns import (
    column_label,
    heads_amounts,
    year_of_amount,
)
from perfgoals_xl.reading.recognition.funds.fund_items import fund_item
from perfgoals_xl.reading.recognition.funds.money_columns import MoneyColumns
from perfgoals_xl.reading.recognition.labels import (
    BUILT,
    OTHER,
    Labelled,
    heads_sub_table,
    marks,
    misspelt_role,
    misspelt_text,
)
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.money_units import label_unit

LONG = ("annual_goal", "period_goal", "duty_goal")


# Labels of a cell's own, which may be said once more in the cell beside.
_TEXTS = (*LONG, "project_name")
MONEY = frozenset(AMOUNT_FIELDS)


# Right of every column.
NO_EDGE = 10**6


SUMS = MONEY | {"block_total"}
_OF_AMOUNTS = SUMS | {"block:local", "block:transfer"}
# Rows between the funds and a further one of them.
_MOST_BETWEEN = 3
# The unit that has the budget is the one itself, or the department of the one that is named beside.
_ABOVE_UNITS = frozenset(("预算单位", "预算单位名称"))


@dataclass
class HeadLabel:
    """A label, the column its value starts in, the next label's column, and what it labels."""

    row: int
    column: int
    slot: int
    stop: int
    name: str
    rank: int
    time: Time | None = None
    year: int | None = None
    unit: str | None = None
    value: object = None
    value_row: int = -1
    value_column: int = -1
    # What a source of funds is called that stands in one cell with its amount.
    source: str | None = None
    # The further cells of a value that stands in several.
    joined: list[tuple[int, int]] = field(default_factory=list)

    def take(self, row: int, column: int, value: object) -> None:
        """Take what stands in a cell as the label's value."""
        self.value_row, self.value_column, self.value = row, column, value


def tell_units_apart(labels: list[HeadLabel], grid: Grid) -> None:
    """Of 预算单位 beside another unit and no 主管部门 the former is the department above it."""
    units = [label for label in labels if label.name == "implementing_unit"]
    if len(units) != 2 or any(label.name == "supervising_department" for label in labels):
        return
    above = [
        label
        for label in units
        if plain_label(str(grid.value(label.row, label.column)))[0] in _ABOVE_UNITS
    ]
    if len(above) == 1:
        above[0].name = "supervising_department"


def find_labels(grid: Grid, start: int, end: int) -> list[HeadLabel]:
    """The labels in the rows ``start`` to ``end`` (exclusive), each up to the next in its row."""
    labels: list[HeadLabel] = []
    for row in grid.filled(start, end):
        in_row: list[HeadLabel] = []
        for column, _, role, _, texts, _ in marks(grid, row):
            last = in_row[-1] if in_row else (labels[-1] if labels else None)
            # Inside a goal such words are headings of its text: 主要内容 | 清淤渠道。
            in_goal = last is not None and last.name in LONG and column > last.column
            if role is not None and role.name == OTHER and in_goal:
                continue
            if role is not None:
                slot = grid.area(row, column).right + 1
                told = (role.name, role.rank, role.time, role.year)
                in_row.append(HeadLabel(row, column, slot, NO_EDGE, *told))
                continue
            year = year_of_amount(grid, row, column) if last and last.name in SUMS else None
            if year is not None:
                slot = grid.area(row, column).right + 1
                in_row.append(
                    HeadLabel(row, column, slot, NO_EDGE, "annual_amount", BUILT, year=year)
                )
                continue
            # A goal that begins with 绩效目标： is the value of the goal's label beside it.
            repeats = (
                len(texts) == 1
                and in_row
                and texts[0].role.name in _TEXTS
                and in_row[-1].name == texts[0].role.name
            )
            # 联系人：某人 beside a label is no value of it; at the start of a row it may be a text.
            alone = len(texts) == 1 and texts[0].role.name == OTHER
            item = _fund_item(grid, row, column, [*labels, *in_row])
            if item is not None:
                in_row.append(item)
                continue
            if not repeats and not (alone and (in_goal or not in_row)):
                in_row += _in_one_cell(grid, row, column, texts)
        if any(label.name in _OF_AMOUNTS for label in in_row) and heads_amounts(grid, row):
            in_row = sorted([*in_row, *_over_amounts(grid, row)], key=lambda x: x.column)
        twice = _names_project(in_row) and _names_project(labels)
        if twice and heads_sub_table(grid, row):
            # The form has its name: these head a table inside it, which is known and not kept.
            for label in in_row:
                label.name = OTHER
        elif any(label.name == OTHER for label in in_row) and heads_sub_table(grid, row):
            # 实施内容 | 开始时间 | 完成时间: when each step is done, and not the project's period.
            for label in in_row:
                label.name = OTHER if label.name in _DATES else label.name
        for label, following in pairwise(in_row):
            label.stop = min(label.stop, following.column)
        labels += in_row
    return labels


def goals_of_a_row(labels: Sequence[HeadLabel], grid: Grid) -> list[HeadLabel]:
    """The labels of goals that only name a row in which two goals stand.

    中期目标 | 年度目标 over 总体目标 | … | …: each text is the goal that heads its column. And
    绩效目标 | 中期目标：… 年度目标：…, where both stand in one cell with their own labels.
    """
    found = []
    for label in labels:
        if label.name not in LONG or label.row == 0:
            continue
        inside = [x.name for x in labels if (x.row, x.column) == (label.row, label.stop)]
        if label.column < label.stop and len(set(inside).intersection(LONG)) > 1:
            found.append(label)
            continue
        above = [
            other
            for other in labels
            if other.row == label.row - 1 and other.name in LONG and other.column > label.column
        ]
        heads = {other.column for other in above}
        said = {column for column, _ in grid.cells(label.row) if column > label.column}
        row_above = {column for column, _ in grid.cells(label.row - 1)}
        if len({other.name for other in above}) > 1 and said <= heads == row_above:
            found.append(label)
    return found


def _fund_item(grid: Grid, row: int, column: int, above: list[HeadLabel]) -> HeadLabel | None:
    """The label of a source of funds with its amount, where the labels before it are of funds."""
    last = above[-1] if above else None
    if last is None or last.name not in _OF_AMOUNTS | {OTHER}:
        return None
    if not any(row - x.row <= _MOST_BETWEEN and x.name in _OF_AMOUNTS for x in above):
        return None
    blocks = [x for x in above if x.name.startswith("block:") and x.column <= column]
    owner = max(blocks, key=lambda x: (x.column, x.row), default=None)
    item = fund_item(grid, row, column)
    if item is None or (owner is not None and owner.name == "block:transfer"):
        return None
    slot = grid.area(row, column).right + 1
    name = item.field or OTHER
    if item.amount == "":
        return HeadLabel(row, column, slot, NO_EDGE, name, BUILT)
    if item.amount is None:
        return HeadLabel(row, column, slot, slot, name, BUILT)  # 其他： /
    label = HeadLabel(row, column, column, column + 1, name, BUILT, unit=label_unit(item.label))
    label.source = item.label if item.field is None else None
    label.take(row, column, item.amount)
    return label


def _over_amounts(grid: Grid, row: int) -> list[HeadLabel]:
    """The words of a row of labels that no list holds, each over its amount."""
    found = []
    for column, value in grid.cells(row):
        told = column_label(grid, row, column)
        if told is not None:
            slot = grid.area(row, column).right + 1
            label = HeadLabel(row, column, slot, NO_EDGE, told[0], BUILT, year=told[1])
            label.unit = label_unit(value)
            found.append(label)
    return found


def _in_one_cell(grid: Grid, row: int, column: int, texts: Sequence[Labelled]) -> list[HeadLabel]:
    """The labels of a cell that holds their values as well; the last value may stand beside it."""
    found = []
    for number, (role, text, value) in enumerate(texts, start=1):
        told = (role.name, role.rank, role.time, role.year, label_unit(text))
        if value or number < len(texts):
            label = HeadLabel(row, column, column, column + 1, *told)
            label.take(row, column, value)
        else:
            label = HeadLabel(row, column, grid.area(row, column).right + 1, NO_EDGE, *told)
        found.append(label)
    return found


def year_that_counts(years: Sequence[int | None], year: int | None) -> int | None:
    """Of labels for several years, each None where it names none: which of them counts.

    The form's own ``year``, else the one that names none, else the latest. A year that no other
    label contradicts is one that somebody forgot to change.
    """
    if year in years or None in years:
        return year if year in years else None
    return max(said for said in years if said is not None)


def leave_out_other_years(labels: list[HeadLabel], year: int | None) -> None:
    """Make known, and no value of the form, what 2025年预算数 beside 2026年预算数 says."""
    for name in {label.name for label in labels if label.year is not None}:
        alike = [label for label in labels if label.name == name]
        wanted = year_that_counts([label.year for label in alike], year)
        for label in alike:
            if label.year not in (None, wanted):
                label.name = OTHER


_DATES = ("period_start", "period_end", "project_period")


def _names_project(labels: list[HeadLabel]) -> bool:
    return any(label.name == "project_name" for label in labels)


def misspelt_labels(form: Form, labels: list[HeadLabel], start: int, end: int) -> list[HeadLabel]:
    """Labels with a wrong character, of fields that the form names nowhere else."""
    grid, named = form.grid, {label.name for label in labels}
    at = {(label.row, label.column) for label in labels}
    found: list[HeadLabel] = []
    if not MISSPELT - named:
        return found
    for row in grid.filled(start, end):
        for column, value in grid.cells(row):
            if (row, column) in at:
                continue
            both = misspelt_text(value)
            taken = misspelt_role(value) if both is None else both[:2]
            if taken is None:
                continue
            # Above values, beside other labels alone, it is no value of the label before it.
            cells = [c for c, _ in grid.cells(row)]
            heads = len(cells) > 2 and all((row, c) in at or c == column for c in cells)
            if taken[0].name in named and not heads:
                continue
            role, meant = taken
            beside = [
                label.column for label in labels if label.row == row and label.column > column
            ]
            stop = min(beside, default=NO_EDGE)
            slot = grid.area(row, column).right + 1
            own = HeadLabel(row, column, slot, stop, role.name, role.rank)
            if both is not None:
                own.slot, own.stop = column, column + 1
                own.take(row, column, both[2])
            found.append(own)
            for label in labels:
                if label.row == row and label.column < column:
                    label.stop = min(label.stop, column)
            text = f"按“{meant}”读取"
            form.infer(grid.place(row, column), value, text, RemarkKind.READ_AS)
            named.add(role.name)
    return found


def under_columns(form: Form, labels: list[HeadLabel], money: MoneyColumns) -> list[HeadLabel]:
    """The labels of a form whose funds stand in columns: each has the budget that counts."""
    columns = {money.budget, *money.others}
    heads = [label for label in labels if label.row == money.row and label.column in columns]
    kept = [label for label in labels if label not in heads]
    first = min(columns)
    for row, column in [(money.row, c) for c in columns]:
        form.use(row, column, Use.LABEL)
    sums = [label for label in kept if label.row > money.row and label.name == "block_total"]
    if money.total is not None and sums:
        row, column = sums[0].row, sums[0].column
        total = HeadLabel(row, column, money.total, money.total + 1, "total_amount", BUILT)
        total.unit = money.unit
        kept.append(total)
    of_rows = (SUMS | {OTHER}) - ({"total_amount"} if money.total is not None else set())
    for label in kept:
        if label.row == money.row:
            label.stop = min(label.stop, first)
        elif label.row > money.row and label.slot <= money.budget and label.name in of_rows:
            label.slot, label.stop = money.budget, money.budget + 1
            label.unit = money.unit
    return kept
