"""The rows of an indicator table, in spite of lost merges.

A row is put under the columns of its header as a whole, by what its cells say and where they stand
(:mod:`.alignment`); the group that it belongs to is carried from row to row
(:mod:`.carried_levels`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perfgoals_xl.declaration import RemarkKind, TextCell
from perfgoals_xl.form.column_labels import VALUE_PARTS, Column, is_header
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.points import read_points
from perfgoals_xl.form.taxonomy import detect_edition, read_level
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.alignment import Aligned, Slot, align
from perfgoals_xl.reading.recognition.carried_levels import Levels
from perfgoals_xl.reading.recognition.columns import Header, column_roles, find_header
from perfgoals_xl.reading.recognition.forms import Entry, Form, Line
from perfgoals_xl.reading.recognition.goal_rows import read_goal
from perfgoals_xl.reading.recognition.labels import marks
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.row_notes import ends, is_approval, is_dots, is_note
from perfgoals_xl.reading.recognition.row_values import joined_target, shown_entry

_ORDINAL_NAME = re.compile(r"^指标\d*[:：]?")
# What heads the table of the whole period, and the one for the year further down on the form.
_PERIOD_TABLE = re.compile(r"(?:长期|中期|项目期|实施期)(?:绩效)?指标:?")
_ANNUAL_TABLE = re.compile(r"(?:本?年度|当年)(?:绩效)?指标:?")
# Fields that some forms print below the table; their row holds the label and what it says.
_BELOW_TABLE = frozenset(("annual_goal", "period_goal", *AMOUNT_FIELDS, "project_period"))
_GOALS = ("annual_goal", "period_goal")
_MOST_OF_LABEL, _A_SENTENCE = 4, 15
_MOST_OF_NOTE = 3
_NOTE_ROW = "指标表中的说明行，未当作指标"
# Parts of a row that make it an indicator.
_SAYS_SOMETHING = frozenset(
    ("level3", "target_value", Column.NUMBER, "note", Column.OPERATOR, Column.UNIT)
)


def read_lines(form: Form, header: Header, end: int) -> int:
    """Fill ``form.lines`` (and ``form.edition``) from the rows below ``header``.

    Returns the row from which labels stand again, as on forms whose goal is below the table;
    ``end`` where none does.
    """
    grid = form.grid
    rows = grid.filled(header.bottom + 1, end)
    form.edition = detect_edition(
        str(value)
        for row in rows
        for column, value in grid.cells(row)
        if column < header.name and isinstance(value, str)
    )
    for line in range(header.row, header.bottom + 1):
        form.ledger.note_all(((line, c) for c, _ in grid.cells(line)), Use.LABEL)
    table = Table(form, header)
    table.learn_columns(rows)
    below = header.bottom
    repeated = _repeated(grid, header.bottom + 1, end, form.year)
    for row in rows:
        if row <= below:
            continue
        again = repeated.get(row)
        if again is None and table.is_label(row):
            return row
        found = column_roles(grid, row)
        if again is not None or is_header(found):
            again = again or header
            below = max(row, again.bottom if row in repeated else row)
            for line in range(row, below + 1):
                form.ledger.note_all(((line, c) for c, _ in grid.cells(line)), Use.REPEATED)
            if _is_of(again, grid, _ANNUAL_TABLE) and _is_of(header, grid, _PERIOD_TABLE):
                # The annual values count: what was read of the other table is dropped.
                form.lines.clear()
                form.group_places.clear()
                form.group_points.clear()
                table = Table(form, again)
            else:
                table.repeat(again)
            continue
        if found and len(found) == sum(1 for _ in grid.cells(row)):
            form.ledger.note_all(((row, c) for c, _ in grid.cells(row)), Use.REPEATED)
            continue  # the second row of a repeated header
        table.read(row)
    return end


def _repeated(grid: Grid, start: int, end: int, year: int | None) -> dict[int, Header]:
    """The headers that are printed once more on the next page, by their first row."""
    found: dict[int, Header] = {}
    while (header := find_header(grid, start, end, year)) is not None:
        found[header.row] = header
        start = header.bottom + 1
    return found


def _is_of(header: Header, grid: Grid, title: re.Pattern[str]) -> bool:
    """Whether of the two titles only ``title`` stands in a header's rows or the one above them."""
    texts = [
        fold(value)
        for line in range(max(0, header.row - 1), header.bottom + 1)
        for _, value in grid.cells(line)
        if isinstance(value, str)
    ]
    told = [t for t in (_ANNUAL_TABLE, _PERIOD_TABLE) if any(map(t.fullmatch, texts))]
    return told == [title]


def slots_of(header: Header, target: int) -> list[Slot]:
    """The columns of a header from left to right, as rows are put under them."""
    slots = {
        at: Slot(part, at)
        for part, at in header.columns.items()
        if part != "target_value" or at == header.target
    }
    if "target_value" in header.columns:
        slots.pop(header.columns["target_value"], None)
        slots[target] = Slot("target_value", target)
    if "level3" not in header.columns:
        slots.setdefault(header.name, Slot("level3", header.name))
    for at in header.foreign:
        slots.setdefault(at, Slot("foreign", at))
    return [slots[at] for at in sorted(slots)]


@dataclass
class _Row:
    """A row of the table: its cells as the sheet has them, and as they were put under columns."""

    number: int
    cells: list[tuple[int, object]]
    aligned: Aligned


class Table:
    """Reads the rows of one table in order, carrying the levels from row to row."""

    def __init__(self, form: Form, header: Header) -> None:
        self.form, self.grid = form, form.grid
        self.levels = Levels(form, header)
        self._set(header, header.target)
        self._ended = False
        if (at := header.columns.get(Column.WEIGHT)) is not None:
            for row in range(header.row, header.bottom + 1):
                form.note_points("", str(self.grid.value(row, at)), self.grid.place(row, at))

    def _set(self, header: Header, target: int) -> None:
        self.header, self.target = header, target
        self.slots = slots_of(header, target)

    def repeat(self, header: Header) -> None:
        """Go on below a header that is printed once more, on the next page."""
        self._ended = False
        if header.columns != self.header.columns:
            self._set(header, header.target)

    def learn_columns(self, rows: Sequence[int]) -> None:
        """See where the values really stand where a header's own merges were lost.

        Only when no value at all stands under its header is another column believed.
        """
        if self.header.is_split or self.header.has_goals:
            return
        seen: Counter[int] = Counter()
        for row in rows:
            cells = self._cells(row)
            if len(cells) > 1 and cells[-1][0] > self.header.name:
                seen[cells[-1][0]] += 1
        last = self.header.target
        if seen and last not in seen:
            column = seen.most_common(1)[0][0]
            if self.header.name < column < last:
                self._set(self.header, column)

    def _cells(self, row: int) -> list[tuple[int, object]]:
        """The filled cells of a row inside the table, without those of columns it does not read."""
        left, edge = 0, 10**6
        if not self.grid.is_text:
            left = self.header.left
            edge = self.header.right + self._pushed(row)
        foreign = self.header.foreign
        cells = [(c, v) for c, v in self.grid.cells(row) if left <= c <= edge and c not in foreign]
        if len(cells) > 1 and cells[0][0] < self.header.left and self._is_in_place(cells[1:]):
            del cells[0]  # a number or a label such as 绩效指标 beside the table
        return cells

    def _is_in_place(self, cells: list[tuple[int, object]]) -> bool:
        """Whether a row stands under its header: led by a level, or with its name and value."""
        column, value = cells[0]
        places = [self.header.columns.get(role) for role in ("level1", "level2")]
        if column in places and isinstance(value, str) and read_level(value) is not None:
            return True
        return {self.header.name, self.target} <= {c for c, _ in cells}

    def _pushed(self, row: int) -> int:
        """How far a row was pushed right: a new group's level 2 leads it behind its own column."""
        column, value = next(self.grid.cells(row), (0, None))
        expected = self.header.columns.get("level2")
        term = read_level(value) if isinstance(value, str) else None
        if expected is None or term is None or term.key2 is None:
            return 0
        above = read_level(self.levels.level2) if self.levels.level2 else None
        if above is not None and above.key2 == term.key2:
            return 0
        return max(0, column - expected)

    def read(self, row: int) -> None:
        """Read one row: a line of the table, a level alone, a note, or nothing."""
        cells = self._cells(row)
        if not cells:
            return
        for column in self.header.foreign:
            self.form.use(row, column, Use.KNOWN)
        if self._is_below(row, cells):
            self._take_total(row, cells)
            self._stray(row, cells)
            return
        if self.header.has_goals:
            self.form.ledger.note_all(((row, c) for c, _ in cells), Use.VALUE)
            read_goal(self.form, self.header, self.levels, row, cells)
            return
        if all(is_dots(str(value)) for _, value in cells):
            self.form.ledger.note_all(((row, c) for c, _ in cells), Use.NOTE)
            return
        texts = [(c, str(shown_entry(self.grid, row, c).value)) for c, _ in cells]
        costs_lead = self.form.edition == "2021"
        aligned = align(texts, self.slots, costs_lead=costs_lead)
        found = aligned.found
        if self._is_note(row, cells, aligned):
            self._stray(row, cells)
            return
        named = found.get("level3")
        valued = {"target_value", Column.NUMBER} & found.keys()
        if named is not None and not valued and is_dots(str(self.grid.value(row, named))):
            self.form.ledger.note_all(((row, c) for c, _ in cells), Use.NOTE)
            return  # a group that may hold more
        self._note_uses(row, aligned)
        self.levels.take(row, found.get("level1"), found.get("level2"))
        if _SAYS_SOMETHING & found.keys():
            self.form.lines.append(self._line(_Row(row, cells, aligned)))

    def is_label(self, row: int) -> bool:
        """Whether a row is one of the form's head again: a label of a field, and its value."""
        if self.header.has_goals or not self.form.lines:
            return False
        cells = marks(self.grid, row)
        if not cells or cells[0].label is None or len(cells) > _MOST_OF_LABEL:
            return False
        column, value = cells[0][:2]
        if read_level(str(value)) is not None:
            return False  # 项目效益 is a group
        roles = [cell.label.name if cell.label else None for cell in cells]
        if not _BELOW_TABLE & set(roles):
            return False
        if self.grid.is_text and None in roles:
            # Lost merges shift names to where labels stand: only a goal says as much.
            return roles[0] in _GOALS and len(str(cells[-1].value)) >= _A_SENTENCE
        return column < self.header.name

    def _stray(self, row: int, cells: list[tuple[int, object]]) -> None:
        self.form.ledger.note_all(((row, c) for c, _ in cells), Use.NOTE)
        column, value = cells[0]
        self.form.stray(self.grid.place(row, column), str(value), None, _NOTE_ROW)

    def _take_total(self, row: int, cells: list[tuple[int, object]]) -> None:
        """The points of the whole table, where the row of its sum states them."""
        at = self.header.columns.get(Column.WEIGHT)
        if at is None or not ends(str(cells[0][1])):
            return
        entry = shown_entry(self.grid, row, at)
        if entry.value is not None and read_points(str(entry.value)) is not None:
            self.form.group_points[""] = TextCell(str(entry.value), entry.place)

    def _note_uses(self, row: int, aligned: Aligned) -> None:
        for part, column in aligned.found.items():
            self.form.use(row, column, _USES.get(part, Use.VALUE))
        if aligned.slip:
            first = min(aligned.found.values())
            text = "这一行与表头错位，按内容归到各栏"
            place, value = self.grid.place(row, first), self.grid.value(row, first)
            self.form.infer(place, value, text, RemarkKind.SLIPPED)

    def _is_below(self, row: int, cells: list[tuple[int, object]]) -> bool:
        """Whether the table has ended: with a sum, an opinion or a signature."""
        column, value = cells[0]
        text = str(value)
        if read_level(text) is not None:
            self._ended = False
            return False
        # Where lost merges shift a row, its name may stand where a level should.
        leads = column < self.header.name or self.grid.is_text or is_note(text)
        below = (ends(text) and len(cells) <= _MOST_OF_NOTE) or is_approval(text)
        if leads and below and not _ORDINAL_NAME.match(fold(text)):
            self._ended = True
        return self._ended

    def _is_note(self, row: int, cells: list[tuple[int, object]], aligned: Aligned) -> bool:
        """Whether a row is a remark between the indicators."""
        if len(cells) > _MOST_OF_NOTE:
            return False
        column, value = cells[0]
        if any(
            at in (aligned.found.get("level1"), aligned.found.get("level2"))
            and read_level(str(said)) is not None
            for at, said in cells
        ):
            return False
        text = fold(str(value))
        if is_note(text):
            return True
        if len(cells) > 1 or not isinstance(value, str):
            return False
        area = self.grid.area(row, column)
        if area.left <= self.header.name and area.right >= self.target and area.right > area.left:
            return True
        return column < self.header.name and not _ORDINAL_NAME.match(text)

    def _line(self, row: _Row) -> Line:
        found, slip, number = row.aligned.found, row.aligned.slip, row.number

        def entry(part: str, expected: int) -> Entry:
            if part in found:
                return shown_entry(self.grid, number, found[part])
            return Entry(None, self.grid.place(number, expected + slip))

        columns = self.header.columns
        return Line(
            self.levels.level1,
            self.levels.level2,
            self.levels.place1,
            self.levels.place2,
            entry("level3", self.header.name),
            self._joined(row) if self.header.is_split else entry("target_value", self.target),
            entry("note", columns.get("note", self.header.right)),
            **{
                name: entry(part, columns[part])
                for name, part in _FURTHER.items()
                if part in columns
            },
        )

    def _joined(self, row: _Row) -> Entry:
        """Sign, number and unit as one text."""
        found = row.aligned.found
        parts: Mapping[int, object] = {
            self.header.columns[part]: self.grid.value(row.number, found[part])
            for part in VALUE_PARTS
            if part in found and found[part] == self.header.columns.get(part)
        }
        number = found.get(Column.NUMBER)
        if number is not None and number != self.header.columns[Column.NUMBER]:
            return shown_entry(self.grid, row.number, number)
        return joined_target(self.grid, self.header, row.number, parts)


_USES = {"level1": Use.GROUP, "level2": Use.GROUP, "foreign": Use.KNOWN}
_FURTHER = {
    "period_target": Column.PERIOD_VALUE,
    "weight": Column.WEIGHT,
    "standard": Column.STANDARD,
}
