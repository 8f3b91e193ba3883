"""The rows of an indicator table, in spite of lost merges.

A row is put under the columns of its header as a whole, by what its cells say and where they stand
(:mod:`.alignment`); the group that it belongs to is carried from row to row
(:mod:`.carried_levels`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from perfgoals_xl.addresses import a1
from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.column_labels import LEVELS, Column, is_header
from perfgoals_xl.form.evaluation.evaluation_labels import SUMS_UP, below_part, is_subtotal
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.taxonomy import detect_edition, read_level
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.recognition.alignment import Aligned
from perfgoals_xl.reading.recognition.carried_levels import Levels
from perfgoals_xl.reading.recognition.columns import Header, column_roles
from perfgoals_xl.reading.recognition.evaluation.report_rows import ReportRows
from perfgoals_xl.reading.recognition.forms import Entry, Form, Line
from perfgoals_xl.reading.recognition.goal_rows import read_goal
from perfgoals_xl.reading.recognition.indicator_columns.printed_headers import (
    repeated_headers,
    slots_of,
    tell_header,
    tell_slip,
)
from perfgoals_xl.reading.recognition.labels import marks
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.period_tables import is_other_table, is_table_title
from perfgoals_xl.reading.recognition.row_notes import (
    MOST_OF_NOTE,
    ORDINAL_NAME,
    closes,
    is_dots,
    is_note,
    is_printed_again,
    is_remark,
    is_valued,
    left_end,
    left_sum,
    what_it_is,
)
from perfgoals_xl.reading.recognition.row_values import (
    each_indicator,
    shown_entry,
    take_total,
    target_of_parts,
)

# Fields that some forms print below the table; their row holds the label and what it says.
_BELOW_TABLE = frozenset(("annual_goal", "period_goal", *AMOUNT_FIELDS, "project_period"))
_GOALS = ("annual_goal", "period_goal")
_MOST_OF_LABEL, _A_SENTENCE = 4, 15
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
    tell_header(form, header)
    table = Table(form, header)
    table.learn_columns(rows)
    below = header.bottom
    repeated = repeated_headers(grid, header.bottom + 1, end, form.year)
    for row in rows:
        if row <= below:
            continue
        again = repeated.get(row)
        if again is None and table.is_label(row):
            return row
        if again is not None and is_other_table(grid, header, again):
            return row
        if again is None and is_table_title(grid, row) and form.lines:
            form.use(row, next(grid.cells(row))[0], Use.LABEL)
            continue
        found = column_roles(grid, row)
        if again is not None or is_header(found):
            again = again or header
            below = max(row, again.bottom if row in repeated else row)
            for line in range(row, below + 1):
                form.ledger.note_all(((line, c) for c, _ in grid.cells(line)), Use.REPEATED)
            table.repeat(again)
            continue
        if row == below + 1 and found and len(found) == sum(1 for _ in grid.cells(row)):
            # The second row of a repeated header. Elsewhere it is an indicator that shares its
            # name with a heading (完成率) and has no value yet.
            form.ledger.note_all(((row, c) for c, _ in grid.cells(row)), Use.REPEATED)
            below = row
            continue
        table.read(row)
    return end


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
        # What every row asks of the header.
        self.name, self.has_goals = header.name, header.has_goals
        self._own = {slot.part: slot.at for slot in self.slots}
        self.reached = ReportRows(self.form, header)

    def repeat(self, header: Header) -> None:
        """Go on below a header that is printed once more, on the next page."""
        self._ended = False
        if header.columns != self.header.columns:
            self._set(header, header.target)

    def learn_columns(self, rows: Sequence[int]) -> None:
        """See where the values really stand where a header's own merges were lost.

        Only when no value at all stands under its header is another column believed.
        """
        if self.header.is_split or self.has_goals:
            return
        seen: Counter[int] = Counter()
        last = self.header.target
        for row in rows:
            cells = self._cells(row)
            if len(cells) > 1 and cells[-1][0] > self.name:
                if cells[-1][0] == last:
                    return
                seen[cells[-1][0]] += 1
        if seen:
            column = seen.most_common(1)[0][0]
            if self.name < column < last:
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
        return {self.name, self.target} <= {c for c, _ in cells}

    def _pushed(self, row: int) -> int:
        """How far a row was pushed right: a new group's level 2 leads it behind its own column."""
        column, value = next(self.grid.cells(row), (0, None))
        expected = self.header.columns.get("level2")
        if expected is None or column <= expected:
            return 0
        term = read_level(value) if isinstance(value, str) else None
        if term is None or term.key2 is None:
            return 0
        above = read_level(self.levels.level2) if self.levels.level2 else None
        if above is not None and above.key2 == term.key2:
            return 0
        return column - expected

    def read(self, row: int) -> None:
        """Read one row: a line of the table, a level alone, a note, or nothing."""
        cells = self._cells(row)
        margin = self._margin(row, cells)
        if margin is not None and not cells:
            self._take_margin(row, margin)
        if not cells:
            return
        if self._is_below(row, cells):
            take_total(self.form, self.header, row, cells)
            self._stray(row, cells)
            return
        if self.has_goals:
            self.form.ledger.note_all(((row, c) for c, _ in cells), Use.VALUE)
            read_goal(self.form, self.header, self.levels, row, cells)
            return
        if all(is_dots(str(value)) for _, value in cells):
            self.form.ledger.note_all(((row, c) for c, _ in cells), Use.NOTE)
            return
        costs_lead = self.form.edition == "2021"
        aligned = self.reached.align(row, cells, self.slots, costs_lead=costs_lead)
        found = aligned.found
        name = self.name
        if found.get("level2") == name and "level3" not in found and self.target in found.values():
            found["level3"] = found.pop("level2")  # 群众满意度 in its place names an indicator
        first, second = found.get("levels", found.get("level1")), found.get("level2")
        if self._is_note(row, cells, aligned):
            self._stray(row, cells)
            return
        named = found.get("level3")
        valued = {"target_value", Column.NUMBER} & found.keys()
        if named is not None and not valued and is_dots(str(self.grid.value(row, named))):
            self.form.ledger.note_all(((row, c) for c, _ in cells), Use.NOTE)
            return  # a group that may hold more
        self._note_uses(row, aligned)
        self._note_beside(row, aligned)
        if margin is not None and second is None:
            self._take_margin(row, margin)
        self.levels.take(row, first, second)
        self.levels.take_points(row, self.header.level_points)
        for column in aligned.left_out:
            again = self.levels.says(str(self.grid.value(row, column)))
            self.form.use(row, column, Use.GROUP if again else Use.UNREAD)
        if _SAYS_SOMETHING & found.keys():
            line = self._line(row, aligned)
            self.form.lines += each_indicator(self.form, line, holds_both=self.header.holds_both)

    def _margin(self, row: int, cells: list[tuple[int, object]]) -> int | None:
        """The column of a level that slipped into the margin, left of the table; None if none."""
        if self.has_goals:
            return None
        for column, value in self.grid.cells(row):
            if column >= self.header.left:
                return None
            taken = any(at == column for at, _ in cells)
            if str(value).strip(". 、").isdigit():
                self.form.use(row, column, Use.LABEL)  # the number of the row
            if not taken and isinstance(value, str) and read_level(value) is not None:
                return column
        return None

    def _take_margin(self, row: int, column: int) -> None:
        term = read_level(str(self.grid.value(row, column)))
        is_first = term is not None and term.key1 is not None
        if is_first and term is not None and term.key2 is not None:
            is_first = self.form.edition == "2021"
        self.levels.take(row, *((column, None) if is_first else (None, column)))
        self._ended = False
        self.form.use(row, column, Use.GROUP)
        place, value = self.grid.place(row, column), self.grid.value(row, column)
        text = "写在表格左边，按指标类别读取"
        self.form.infer(place, value, text, RemarkKind.SLIPPED)

    def is_label(self, row: int) -> bool:
        """Whether a row is one of the form's head again: a label of a field, and its value."""
        if self.has_goals or not self.form.lines:
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
        return column < self.name

    def _stray(self, row: int, cells: list[tuple[int, object]]) -> None:
        column, value = left_sum(self.grid.cells(row), self.header.left) or cells[0]
        is_page = all(is_printed_again(str(said)) for _, said in cells)
        use = Use.REPEATED if is_page else Use.NOTE
        # Whose signature it is may stand further right than the table; a note does not.
        reach = cells if is_remark(str(value)) else self.grid.cells(row)
        beside = [c for c, _ in reach if c >= column]
        self.form.ledger.note_all(((row, c) for c in beside), use)
        if not is_page:
            whole = f"（{a1(row, column)}:{a1(row, beside[-1])}）" if len(beside) > 1 else ""
            text = what_it_is(str(value), ended=self._ended) + whole
            self.form.stray(self.grid.place(row, column), str(value), None, text)

    def _note_uses(self, row: int, aligned: Aligned) -> None:
        note = self.form.ledger.note
        for part, column in aligned.found.items():
            note(row, column, _USES.get(part, Use.VALUE))
        moved = {c: part for part, c in aligned.found.items() if self._own.get(part, c) != c}
        if moved:
            tell_slip(self.form, row, moved)

    def _note_beside(self, row: int, aligned: Aligned) -> None:
        """The cells of columns that are not read: a name that is only said again, and the rest."""
        if not self.header.foreign:
            return
        said = [self.grid.value(row, at) for at in aligned.found.values()]
        texts = {fold(value) for value in said if isinstance(value, str)}
        for column in self.header.foreign:
            value = self.grid.value(row, column)
            again = isinstance(value, str) and fold(value) in texts
            use = Use.VALUE if column in self.header.level_points.values() else Use.KNOWN
            self.form.use(row, column, Use.REPEATED if again else use)

    def _is_below(self, row: int, cells: list[tuple[int, object]]) -> bool:
        """Whether the table has ended: with a sum, an opinion or a signature."""
        column, value = cells[0]
        text = str(value)
        if read_level(text) is not None:
            self._ended = False
            return False
        if left_end(self.grid.cells(row), self.header.left):
            self._ended = True
        # Where lost merges shift a row, its name may stand where a level should.
        leads = column < self.name or self.grid.is_text or is_note(text)
        if leads and (closes([str(said) for _, said in cells]) or self._sums_up(text)):
            self._ended = True
        return self._ended

    def _sums_up(self, text: str) -> bool:
        """Whether a row of a 自评表 tells of the whole project: 综合得分, 评价等级."""
        return self.form.report is not None and below_part(text) in SUMS_UP

    def _is_note(self, row: int, cells: list[tuple[int, object]], aligned: Aligned) -> bool:
        """Whether a row is a remark between the indicators."""
        if self.form.report is not None and is_subtotal(str(cells[0][1])):
            return True
        if len(cells) > MOST_OF_NOTE or is_valued([str(said) for _, said in cells]):
            return False
        column, value = cells[0]
        if any(
            at in [aligned.found.get(part) for part in ("levels", *LEVELS)]
            and read_level(str(said)) is not None
            for at, said in cells
        ):
            return False
        text = fold(str(value))
        if is_note(text) or all(is_printed_again(str(said)) for _, said in cells):
            return True
        if len(cells) > 1 or not isinstance(value, str):
            return False
        area = self.grid.area(row, column)
        if self.header.holds_both:
            return column < self.name and not ORDINAL_NAME.match(text)
        if area.left <= self.name and area.right >= self.target and area.right > area.left:
            return True
        return column < self.name and not ORDINAL_NAME.match(text)

    def _line(self, row: int, aligned: Aligned) -> Line:
        found, slip, grid = aligned.found, aligned.slip, self.grid

        def entry(part: str, expected: int) -> Entry:
            if part in found:
                return shown_entry(grid, row, found[part])
            return Entry(None, grid.place(row, expected + slip))

        columns = self.header.columns
        name = entry("level3", self.name)
        target = (
            target_of_parts(grid, self.header, row, found)
            if self.header.is_split
            else entry("target_value", self.target)
        )
        return Line(
            self.levels.level1,
            self.levels.level2,
            self.levels.place1,
            self.levels.place2,
            name,
            target,
            entry("note", columns.get("note", self.header.right)),
            **{
                own: entry(part, columns[part]) for own, part in _FURTHER.items() if part in columns
            },
            reached=self.reached.read(row, aligned),
        )


_USES = {"levels": Use.GROUP, "level1": Use.GROUP, "level2": Use.GROUP, "foreign": Use.KNOWN}
_FURTHER = {
    "period_target": Column.PERIOD_VALUE,
    "weight": Column.WEIGHT,
    "standard": Column.STANDARD,
}
