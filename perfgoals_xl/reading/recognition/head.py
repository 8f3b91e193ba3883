"""The head of a form: header, funding and goals, each value right of (or below) its label.

A value stands in the first filled cell between its label and the next one. A text that slipped one
row down is taken; an amount that did is noted and not taken, because a lone number may belong to
any label beside it.
"""

from __future__ import annotations

from itertools import pairwise

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.column_labels import Time, is_header
from perfgoals_xl.form.fields import Block, label_of
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.amount_sentences import amounts_said
from perfgoals_xl.reading.recognition.columns import Header, column_roles
from perfgoals_xl.reading.recognition.forms import Entry, Form
from perfgoals_xl.reading.recognition.head_labels import (
    LONG,
    MONEY,
    NO_EDGE,
    SUMS,
    HeadLabel,
    find_labels,
    leave_out_other_years,
    misspelt_labels,
    under_columns,
)
from perfgoals_xl.reading.recognition.labels import (
    OTHER,
    REACHED,
    other_source,
    unknown_label,
)
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.money_columns import find_money_columns
from perfgoals_xl.reading.recognition.money_units import is_stated_unit, label_unit, unit_alone
from perfgoals_xl.reading.recognition.outline import opens_group
from perfgoals_xl.reading.recognition.row_notes import is_note

# Characters; an unknown label beside its text is no longer.
_LONGEST_UNKNOWN = 12
_FUNDING = MONEY | {"block_total", "block:local", "block:transfer"}


def read_head(form: Form, start: int, end: int, header: Header | None) -> None:
    """Fill ``form.entries``, ``label_units`` and ``strays``; the row ``end`` is not read."""
    grid = form.grid
    labels = find_labels(grid, start, end)
    leave_out_other_years(labels, form.year)
    labels += misspelt_labels(form, labels, start, end)
    money = find_money_columns(grid, start, end)
    if money is not None:
        labels = under_columns(form, labels, money)
    edge = _right_edge(grid, labels, header)
    for label in labels:
        label.stop = min(label.stop, edge + 1)
    claimed = {(label.row, label.column) for label in labels}
    _values_beside(form, labels, claimed)
    _values_below(form, labels, claimed, end)
    _tell_goals_apart(labels)
    _name_block_totals(labels)
    _leave_out_period_amounts(labels)
    if money is not None:
        claimed |= {(row, c) for row in {label.row for label in labels} for c in money.others}
    _note_unclaimed(form, labels, claimed, start, end, edge)
    _store(form, labels)
    _note_uses(form, labels, claimed)
    _amounts_said(form, start, end)


def _amounts_said(form: Form, start: int, end: int) -> None:
    """Amounts that the form states in a sentence, where no label has them."""
    grid = form.grid
    for name in ("annual_amount", "total_amount"):
        entry = form.entries.get(name)
        if entry is not None and isinstance(entry.value, str):
            said = amounts_said(entry.value)
            if name in said and len(entry.value) > len(said[name]):
                form.entries[name] = Entry(said[name], entry.place)
    for row in grid.filled(start, end):
        for column, value in grid.cells(row):
            if not isinstance(value, str) or (
                (row, column) in form.ledger and (form.ledger[row, column] is not Use.KNOWN)
            ):
                continue
            for name, amount in amounts_said(value).items():
                entry = form.entries.get(name)
                if entry is None or is_blank(entry.value):
                    place = grid.place(row, column)
                    form.entries[name] = Entry(amount, place)
                    form.ledger[row, column] = Use.VALUE
                    text = f"从这句话中读出{label_of(name)} {amount}"
                    form.infer(place, value, text, RemarkKind.READ_AS)


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
            elif label.name in _FUNDING and (unit := unit_alone(value)) is not None:
                label.unit = unit
            elif label.name == "project_period":
                label.value = f"{label.value}{value}"
                label.joined.append((label.row, column))
            elif label.name in LONG:
                label.value = f"{label.value} {value}"
                label.joined.append((label.row, column))
            else:
                what = "第二个数" if _is_amount(value) else "另一段文字"
                place = grid.place(label.row, column)
                text = f"同一标签后有{what}，未采用"
                form.stray(place, value, label.name, text, RemarkKind.SECOND)


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
    return unknown_label(row[column]) is not None and _is_amount(value)


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
        and all(label.slot >= following.column for label, following in pairwise(beside))
    }
    for label in labels:
        if label.name in LONG:
            _join_long_text(grid, label, label_rows, claimed, end)
        elif (
            label.value is None
            and (label.name != OTHER or label.row in columnar)
            and not label.name.startswith("block:")
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
    parts = [] if label.value is None else [str(label.value)]
    for row in range(label.row + 1, end):
        if row in label_rows or is_header(column_roles(grid, row)) or opens_group(grid, row):
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
            parts.append(str(value))
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
    if label.name in _FUNDING and not columnar:
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


def _name_block_totals(labels: list[HeadLabel]) -> None:
    """Give each 资金总额 the funding block it stands in: the nearest block label left or above."""
    blocks = [label for label in labels if label.name.startswith("block:")]
    for label in labels:
        if label.name != "block_total":
            continue
        candidates = [b for b in blocks if b.row <= label.row and b.column <= label.column]
        if not candidates:
            label.name = "annual_amount" if not blocks else "unplaced"
            label.rank = 99
            continue
        owner = max(candidates, key=lambda b: (b.column, b.row))
        label.name = f"{owner.name.removeprefix('block:')}_total"
    # Some forms print the block's sum beside the block itself.
    for block in blocks:
        if block.value is not None:
            block.name, block.rank = f"{block.name.removeprefix('block:')}_total", 50


def _leave_out_period_amounts(labels: list[HeadLabel]) -> None:
    """Where 项目总额 and 年度资金总额 head two columns, only the parts below the latter count."""
    heads = {label.name: label for label in labels}
    total, annual = heads.get("total_amount"), heads.get("annual_amount")
    if total is None or annual is None or total.row != annual.row:
        return
    for label in labels:
        if label.name not in MONEY:
            continue
        twins = [other for other in labels if (other.name, other.row) == (label.name, label.row)]
        nearest = min(twins, key=lambda twin: abs(twin.column - annual.column))
        if nearest is not label:
            label.name = "unplaced"


def _note_unclaimed(
    form: Form,
    labels: list[HeadLabel],
    claimed: set[tuple[int, int]],
    start: int,
    end: int,
    edge: int,
) -> None:
    money_rows = [label.row for label in labels if label.name in _FUNDING]
    if not money_rows:
        return
    for label in labels:
        source = other_source(form.grid.value(label.row, label.column))
        if label.name == OTHER and source is not None and not is_blank(label.value):
            form.other_sources[source] = str(label.value)
    for row in range(min(money_rows), min(max(money_rows) + 2, end)):
        for column, value in form.grid.cells(row):
            if (row, column) in claimed or not _is_amount(value):
                continue
            source = _unknown_source(form.grid, labels, row, column, edge)
            if column > edge and source is None:
                continue
            if source is not None:
                form.other_sources[source] = str(value)
            else:
                place, text = form.grid.place(row, column), "没有标签的数，未采用"
                form.stray(place, value, None, text, RemarkKind.UNLABELLED)


def _unknown_source(
    grid: Grid, labels: list[HeadLabel], row: int, column: int, edge: int
) -> str | None:
    """The label, which nobody knows, of an amount: the text left of it, or else above it.

    What stands beside the form has labels of its own there.
    """
    at = {(label.row, label.column) for label in labels}
    beside = [(c, v) for c, v in grid.cells(row) if c < column]
    if beside and (row, beside[-1][0]) not in at and beside[-1][0] <= edge:
        left = unknown_label(beside[-1][1])
        if left is not None and not is_stated_unit(beside[-1][1]):
            return left
    above = grid.value(row - 1, column) if row and column <= edge else None
    return unknown_label(above, of_source=True)


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and _is_number(value))


def _is_number(text: str) -> bool:
    return text.strip().replace(",", "").replace(".", "", 1).isdigit()


def _note_uses(form: Form, labels: list[HeadLabel], claimed: set[tuple[int, int]]) -> None:
    """What became of the cells of the head; what a label claimed that is not kept is known."""
    for label in labels:
        form.use(label.row, label.column, Use.LABEL)
    kept = {(entry.place.cell) for entry in form.entries.values() if not is_blank(entry.value)}
    long = {at for label in labels for at in label.joined}
    strays = {stray.place.cell for stray in form.strays}
    for row, column in sorted(claimed):
        cell = form.grid.place(row, column).cell
        if cell in kept or (row, column) in long:
            form.use(row, column, Use.VALUE)
        elif is_stated_unit(form.grid.value(row, column)):
            form.use(row, column, Use.TITLE)
        elif cell not in strays:
            form.use(row, column, Use.KNOWN)


def _store(form: Form, labels: list[HeadLabel]) -> None:
    """Keep one label per field: a filled one before a blank one, then the most telling label."""
    best: dict[str, HeadLabel] = {}
    for label in labels:
        known = best.get(label.name)
        if known is None or (label.value is None, label.rank) < (known.value is None, known.rank):
            best[label.name] = label
    for name, label in best.items():
        place = form.grid.place(label.value_row, label.value_column)
        value = label.value
        if name in MONEY:
            # What people see counts where the format shows another power of ten.
            value = form.grid.scaled(label.value_row, label.value_column) or value
        form.entries[name] = Entry(value, place)
        if name in MONEY:
            unit = label_unit(form.grid.value(label.row, label.column)) or label.unit
            if unit is not None:
                form.label_units[name] = unit
    for block in Block:
        form.entries.pop(f"block:{block.value}", None)
    for name in ("unplaced", OTHER, REACHED):
        form.entries.pop(name, None)
