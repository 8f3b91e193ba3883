"""The head of a form: header, funding and goals, each value right of (or below) its label.

A value stands in the first filled cell between its label and the next one. A text that slipped one
row down is taken; an amount that did is noted and not taken, because a lone number may belong to
any label beside it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from perfgoals_xl.addresses import a1
from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.column_labels import Time, is_header, plain_label
from perfgoals_xl.form.fields import Block
from perfgoals_xl.form.label_patterns import is_transfer_label
from perfgoals_xl.form.taxonomy import is_attribute
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.form.tick_lists import has_marks, ticked
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header, column_roles
from perfgoals_xl.reading.recognition.evaluation.fund_lines import heads_funds
from perfgoals_xl.reading.recognition.forms import Entry, Form
from perfgoals_xl.reading.recognition.funds.amount_columns import heads_amounts
from perfgoals_xl.reading.recognition.funds.amount_sentences import (
    note_amounts_said,
    note_funds_alone,
)
from perfgoals_xl.reading.recognition.funds.funding_block import (
    FUNDING,
    is_amount,
    keep_further_sources,
    leave_out_period_amounts,
    name_block_totals,
    note_unclaimed,
    tell_amounts_apart,
    tell_bonds_apart,
    tell_levels_apart,
)
from perfgoals_xl.reading.recognition.funds.money_columns import find_money_columns
from perfgoals_xl.reading.recognition.head_labels import (
    LONG,
    MONEY,
    NO_EDGE,
    SUMS,
    HeadLabel,
    find_labels,
    goals_of_a_row,
    leave_out_other_years,
    misspelt_labels,
    tell_units_apart,
    under_columns,
)
from perfgoals_xl.reading.recognition.labels import (
    BUILT,
    OTHER,
    REACHED,
    head_role,
    unknown_label,
)
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.money_units import is_stated_unit, label_unit, unit_alone
from perfgoals_xl.reading.recognition.outline import opens_group
from perfgoals_xl.reading.recognition.period_tables import is_table_title
from perfgoals_xl.reading.recognition.row_notes import is_note

# Characters; an unknown label beside its text is no longer.
_LONGEST_UNKNOWN = 12
_OTHER_TIME = re.compile(r"^[\u4e00-\u9fff]{1,6}(?:期|期限|时间|年限|日期):?$")
_CHOSEN = ("project_attribute", "project_period")


def read_head(form: Form, start: int, end: int, header: Header | None) -> None:
    """Fill ``form.entries``, ``label_units`` and ``strays``; the row ``end`` is not read."""
    grid = form.grid
    labels = find_labels(grid, start, end)
    beside_goals = goals_of_a_row(labels, grid)
    labels = [label for label in labels if label not in beside_goals]
    form.is_transfer |= any(is_transfer_label(_label(grid, label)) for label in labels)
    leave_out_other_years(labels, form.year)
    labels += misspelt_labels(form, labels, start, end)
    tell_levels_apart(labels, grid)
    tell_units_apart(labels, grid)
    money = find_money_columns(grid, start, end, form.year)
    if money is not None:
        labels = under_columns(form, labels, money)
    edge = _right_edge(grid, labels, header)
    for label in labels:
        label.stop = min(label.stop, edge + 1)
    claimed = {(label.row, label.column) for label in (*labels, *beside_goals)}
    if money is not None:
        # What heads an amount is no value of the blank label above it.
        claimed |= {(money.row, column) for column in (money.budget, *money.others)}
    _values_beside(form, labels, claimed)
    _values_below(form, labels, claimed, end)
    _tell_goals_apart(labels)
    name_block_totals(labels)
    tell_bonds_apart(labels, grid)
    tell_amounts_apart(labels)
    leave_out_period_amounts(labels)
    if money is None:
        keep_further_sources(labels, grid)
    if money is not None:
        # Also beside sources that are no field: they are what was spent, not amounts without label.
        last = max([money.row, *(label.row for label in labels if label.name in FUNDING)])
        beside = {*range(money.row, last + 1), *(label.row for label in labels)}
        claimed |= {(row, c) for row in beside for c in money.others}
    note_unclaimed(form, labels, claimed, start, end, edge)
    _store(form, labels)
    _note_uses(form, [*labels, *beside_goals], claimed)
    _take_ticked(form)
    note_amounts_said(form, start, end)
    note_funds_alone(form, start, end)


def _label(grid: Grid, label: HeadLabel) -> str:
    return fold(str(grid.value(label.row, label.column)))


def _right_edge(grid: Grid, labels: list[HeadLabel], header: Header | None) -> int:
    """The last column of the form: what stands further right (checks, remarks) is not its own."""
    if grid.is_text:
        # Nothing is written beside a form in a text, and lost merges shift values to the right.
        return NO_EDGE
    edge = header.right if header is not None else 0
    return max([edge, *(grid.area(label.row, label.slot).right for label in labels)])


def _values_beside(form: Form, labels: list[HeadLabel], claimed: set[tuple[int, int]]) -> None:
    grid = form.grid
    for label in labels:
        if label.value is not None:
            continue
        label.value_row, label.value_column = label.row, label.slot
        taken = False
        for column in range(label.slot, min(label.stop, len(grid.rows[label.row]))):
            value = grid.rows[label.row][column]
            if is_blank(value):
                continue
            if label.name in SUMS and _is_unknown_source(grid, label, column, taken=taken):
                break
            claimed.add((label.row, column))
            if not taken:
                label.take(label.row, column, value)
                taken = True
            elif label.name == OTHER or is_stated_unit(value):
                continue
            elif label.name in FUNDING and (unit := unit_alone(value)) is not None:
                label.unit = unit
            elif label.name == "project_period" and _OTHER_TIME.search(fold(str(value))):
                break  # 运营期 and its own dates
            elif label.name == "project_period" or _is_choice(label, value):
                label.value = f"{_first(grid, label)}{_text(grid, label.row, column)}"
                label.joined.append((label.row, column))
            elif label.name in LONG:
                label.value = f"{_first(grid, label)} {_text(grid, label.row, column)}"
                label.joined.append((label.row, column))
            else:
                what = "第二个数" if is_amount(value) else "另一段文字"
                place = grid.place(label.row, column)
                text = f"同一标签后有{what}，未采用"
                form.stray(place, value, label.name, text, RemarkKind.SECOND)


def _text(grid: Grid, row: int, column: int) -> str:
    """A cell as it is joined with others: a number as it is shown, 20210301 and not 20210301.0."""
    value = grid.value(row, column)
    return value if isinstance(value, str) else grid.shown(row, column, value)


def _first(grid: Grid, label: HeadLabel) -> str:
    """What a label has so far, as it is joined with more."""
    value = label.value
    return value if isinstance(value, str) else _text(grid, label.value_row, label.value_column)


def _is_choice(label: HeadLabel, value: object) -> bool:
    """Whether a cell goes on with a list of choices: 新增□ | 延续■."""
    return label.name == "project_attribute" and (has_marks(f"{label.value}{value}"))


def _take_ticked(form: Form) -> None:
    """Of a list of choices what is ticked."""
    for name in _CHOSEN:
        entry = form.entries.get(name)
        chosen = ticked(entry.value) if entry and isinstance(entry.value, str) else None
        if entry is None or chosen is None or (not chosen and name == "project_period"):
            continue
        text = f"按打勾的“{chosen}”读取" if chosen else "没有一项打勾，按空白读取"
        form.infer(entry.place, entry.value, text, RemarkKind.READ_AS)
        form.entries[name] = Entry(chosen or None, entry.place)


def _is_unknown_source(grid: Grid, label: HeadLabel, column: int, *, taken: bool) -> bool:
    """Whether an amount's label ends at a cell: a source of funds that nobody knows.

    Behind the amount any text is one that has an amount of its own.
    """
    row = grid.rows[label.row]
    if is_stated_unit(row[column]):
        return False
    if not taken:
        return unknown_label(row[column], of_source=True) is not None
    value = next((value for value in row[column + 1 :] if not is_blank(value)), None)
    return unknown_label(row[column]) is not None and is_amount(value)


def _values_below(
    form: Form, labels: list[HeadLabel], claimed: set[tuple[int, int]], end: int
) -> None:
    """Goals that run over several rows, and values that slipped one row down."""
    grid = form.grid
    label_rows: dict[int, list[HeadLabel]] = {}
    for label in labels:
        label_rows.setdefault(label.row, []).append(label)
    # Labels side by side with no room for values between them: those stand below, amounts too.
    columnar = {
        row
        for row, beside in label_rows.items()
        if len(beside) > 1
        and all(label.value is None for label in beside)
        and (
            all(label.slot >= following.column for label, following in pairwise(beside))
            or heads_amounts(grid, row)
        )
    }
    for label in labels:
        if label.name in LONG:
            _join_long_text(grid, label, label_rows, claimed, end)
        elif (
            label.value is None
            and (label.name != OTHER or label.row in columnar)
            and (not label.name.startswith("block:") or label.row in columnar)
        ):
            _take_below(form, label, label_rows, claimed, end, columnar=label.row in columnar)


def _join_long_text(
    grid: Grid,
    label: HeadLabel,
    label_rows: dict[int, list[HeadLabel]],
    claimed: set[tuple[int, int]],
    end: int,
) -> None:
    last = grid.area(label.row, label.column).bottom
    parts = [] if label.value is None else [_first(grid, label)]
    for row in range(label.row + 1, end):
        if row in label_rows or is_header(column_roles(grid, row)) or opens_group(grid, row):
            break
        if is_table_title(grid, row):
            break
        if parts and row > last and _is_other(grid, row, label):
            break
        texts = [
            (column, value)
            for column, value in grid.cells(row)
            if column < label.stop and (column >= label.column or row <= last)
        ]
        if not texts:
            if row > last:
                break
            continue
        for column, value in texts:
            claimed.add((row, column))
            label.joined.append((row, column))
            if not parts:
                label.take(row, column, value)
            parts.append(_text(grid, row, column))
    if parts:
        label.value = "\n".join(parts)


def _is_other(grid: Grid, row: int, label: HeadLabel) -> bool:
    """Whether a row below a goal is none of its text: a note, or a label and what it says."""
    cells = list(grid.cells(row))
    if cells and is_note(str(cells[0][1])):
        return True
    if len(cells) < 2 or cells[0][0] > label.column:
        return False
    first = cells[0][1]
    return isinstance(first, str) and len(fold(first)) <= _LONGEST_UNKNOWN


def _take_below(
    form: Form,
    label: HeadLabel,
    label_rows: dict[int, list[HeadLabel]],
    claimed: set[tuple[int, int]],
    end: int,
    *,
    columnar: bool,
) -> None:
    grid = form.grid
    row = grid.area(label.row, label.column).bottom + 1
    if row >= end or row in label_rows:
        return
    if not columnar and heads_funds(grid, row):
        return  # 项目资金（万元） beside 年初预算数 is no department
    if columnar:
        label.value_row, label.value_column = row, label.column
    found = [
        (column, value)
        for column, value in grid.cells(row)
        if label.column <= column < label.stop and (row, column) not in claimed
    ]
    if not found:
        return
    column, value = found[0]
    claimed.add((row, column))
    if label.name in FUNDING and not columnar:
        place, text = grid.place(row, column), "下一行有一个没有标签的数，未采用"
        form.stray(place, value, label.name, text, RemarkKind.BELOW)
    else:
        label.take(row, column, value)


def _tell_goals_apart(labels: list[HeadLabel]) -> None:
    """Of 总体目标 and 年度目标 side by side the former is the whole period's."""
    goals = [label for label in labels if label.name == "annual_goal" and label.value is not None]
    for label in goals:
        beside = [other for other in goals if other.row == label.row and other is not label]
        if label.time is None and any(other.time is Time.ANNUAL for other in beside):
            label.name = "period_goal"
    # 项目总体目标 is the year's where a form has no other goal.
    if not any(label.name == "annual_goal" for label in labels):
        for label in labels:
            if label.name == "period_goal" and label.time is None and label.rank < BUILT:
                label.name = "annual_goal"


def _note_uses(form: Form, labels: list[HeadLabel], claimed: set[tuple[int, int]]) -> None:
    """What became of the cells of the head; what a label claimed that is not kept is known."""
    note = form.ledger.note
    for label in labels:
        note(label.row, label.column, Use.LABEL)
    kept = {(entry.place.cell) for entry in form.entries.values() if not is_blank(entry.value)}
    long = {at for label in labels for at in label.joined}
    strays = {stray.place.cell for stray in form.strays}
    for row, column in sorted(claimed):
        cell = a1(row, column)
        if cell in kept or (row, column) in long:
            note(row, column, Use.VALUE)
        elif is_stated_unit(form.grid.value(row, column)):
            note(row, column, Use.TITLE)
        elif cell not in strays:
            note(row, column, Use.KNOWN)


def _order(label: HeadLabel) -> tuple[bool, bool, int]:
    """The order in which labels of one field count.

    Of 项目类型 and 项目类别 the one that says an attribute does.
    """
    text = str(label.value or "")
    other = label.name == "project_attribute" and not has_marks(text) and not is_attribute(text)
    return is_blank(label.value), other, label.rank


def _store(form: Form, labels: list[HeadLabel]) -> None:
    """Keep one label per field: a filled one before a blank one, then the most telling label."""
    best: dict[str, HeadLabel] = {}
    for label in labels:
        known = best.get(label.name)
        if known is None or _order(label) < _order(known):
            best[label.name] = label
    for name, label in best.items():
        place = form.grid.place(label.value_row, label.value_column)
        value = label.value
        if name in MONEY:
            # What people see counts where the format shows another power of ten.
            value = form.grid.scaled(label.value_row, label.value_column) or value
        form.entries[name] = Entry(value, place)
        if name in MONEY:
            printed = form.grid.value(label.row, label.column)
            if (role := head_role(printed)) is not None and role.name == name:
                form.amount_labels[name] = plain_label(str(printed))[0]
            unit = label_unit(printed) or label.unit
            if unit is not None:
                form.label_units[name] = unit
    for block in Block:
        form.entries.pop(f"block:{block.value}", None)
    for name in ("unplaced", OTHER, REACHED):
        form.entries.pop(name, None)
