"""The rows of an indicator table, in spite of lost merges.

A row is read by what its cells say, then by where they stand. Level terms are known from the
taxonomy wherever they slipped to; the distance between where a name stands and where the header
expects it tells how far the rest of the row slipped with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from perfgoals_xl.form.column_labels import LEVELS, Column, is_header
from perfgoals_xl.form.taxonomy import (
    EDITIONS,
    LevelTerm,
    detect_edition,
    group_key,
    level1_of,
    level2_of,
    read_level,
)
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header, column_roles, find_header
from perfgoals_xl.reading.recognition.forms import Entry, Form, Line
from perfgoals_xl.reading.recognition.row_values import joined_target, shown_entry

_NOTE_START = re.compile(
    r"^(?:\(?(?:注|备注|说明)[:0-9]|填[表报](?:人|单位|日期|时间|说明)|制表|审核(?:人|意见)"
    r"|联系(?:人|电话|方式)|(?:单位|项目)?负责人[:(]|经办人|打印(?:日期|时间)|第\d+页)"
)
_ORDINAL_NAME = re.compile(r"^指标\d*[:：]?")
# What heads the table of the whole period, and the one for the year further down on the form.
_PERIOD_TABLE = re.compile(r"(?:长期|中期|项目期|实施期)(?:绩效)?指标:?")
_ANNUAL_TABLE = re.compile(r"(?:本?年度|当年)(?:绩效)?指标:?")
# What stands alone in a row of the department's table is a term of its own only if it is short.
_LONGEST_TERM = 20
_NOTE = re.compile(rf"{_NOTE_START.pattern}|[,。;:!?]")


def read_lines(form: Form, header: Header, end: int) -> None:
    """Fill ``form.lines`` (and ``form.edition``) from the rows below ``header``."""
    reader = _RowReader(form, header)
    rows = form.grid.filled(header.bottom + 1, end)
    form.edition = detect_edition(
        str(value)
        for row in rows
        for column, value in form.grid.cells(row)
        if column < header.name and isinstance(value, str)
    )
    reader.learn_columns(rows)
    for row in rows:
        found = column_roles(form.grid, row)
        if is_header(found):
            again = find_header(form.grid, row, row + 1, form.year) or header
            for_year = _heads(form.grid, row, _ANNUAL_TABLE)
            if for_year and _heads(form.grid, header.row, _PERIOD_TABLE):
                # The annual values count: what was read of the other table is dropped.
                form.lines.clear()
                form.group_places.clear()
                reader = _RowReader(form, again)
            elif again.columns != reader.header.columns:
                reader.header, reader.target_column = again, again.target
            continue
        if found and len(found) == sum(1 for _ in form.grid.cells(row)):
            continue  # the second row of a repeated header
        reader.read(row)


def _heads(grid: Grid, row: int, title: re.Pattern[str]) -> bool:
    """Whether ``title`` stands in the header's row or the one above it."""
    return any(
        isinstance(value, str) and title.fullmatch(fold(value))
        for line in range(max(0, row - 1), row + 1)
        for _, value in grid.cells(line)
    )


class _RowReader:
    """Reads the rows of one table in order, carrying the levels from row to row."""

    def __init__(self, form: Form, header: Header) -> None:
        self.form = form
        self.grid = form.grid
        self.header = header
        self.target_column = header.target
        self.level1: str | None = None
        self.level2: str | None = None
        origin = form.grid.place(header.row, header.left)
        self.level1_place = self.level2_place = origin
        head = header.columns.get("level2", header.left)
        form.group_places[""] = form.grid.place(header.row, head)

    def learn_columns(self, rows: Sequence[int]) -> None:
        """See where the values really stand where a header's own merges were lost.

        Only when no value at all stands under its header is another column believed.
        """
        if self.header.is_split:
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
                self.target_column = column

    def _cells(self, row: int) -> list[tuple[int, object]]:
        """The filled cells of a row inside the table, without those of columns it does not read."""
        left, edge = 0, 10**6
        if not self.grid.is_text:
            left = self.header.left
            edge = self.header.right + self._shift_right(row)
        foreign = self.header.foreign
        cells = [(c, v) for c, v in self.grid.cells(row) if left <= c <= edge and c not in foreign]
        if len(cells) > 1 and cells[0][0] < self.header.left and self._is_in_place(cells[1:]):
            del cells[0]  # a number or a label such as 绩效指标 beside the table
        return cells

    def _is_in_place(self, cells: list[tuple[int, object]]) -> bool:
        """Whether a row stands under its header: led by a level, or with its name and value."""
        column, value = cells[0]
        places = [self.header.columns.get(role) for role in LEVELS]
        if column in places and isinstance(value, str) and read_level(value) is not None:
            return True
        return {self.header.name, self.header.target} <= {c for c, _ in cells}

    def _shift_right(self, row: int) -> int:
        """How far a row was pushed right: a new group's level 2 leads it behind its own column."""
        column, value = next(self.grid.cells(row), (0, None))
        expected = self.header.columns.get("level2")
        term = read_level(value) if isinstance(value, str) else None
        if expected is None or term is None or term.key2 in (None, group_key(self.level2)):
            return 0
        return max(0, column - expected)

    def read(self, row: int) -> None:
        """Read one row: a line of the table, a level alone, a note, or nothing."""
        cells = self._cells(row)
        if not cells:
            return
        rest, slip = self._take_levels(row, cells)
        if not rest:
            return
        if self._is_note(row, cells, rest):
            text = str(rest[0][1])
            self.form.stray(
                self.grid.place(row, rest[0][0]), text, None, "指标表中的说明行，未当作指标"
            )
            return
        if slip is None:
            first = rest[0][0]
            slip = min(0, first - self.header.name) if first < self.target_column else 0
        self._add(row, dict(rest), slip)

    def _take_levels(
        self, row: int, cells: list[tuple[int, object]]
    ) -> tuple[list[tuple[int, object]], int | None]:
        """Take the level terms off the front of a row; say how far the row slipped, if known."""
        slip: int | None = None
        seen1 = seen2 = False
        rest = list(cells)
        while rest:
            column, value = rest[0]
            term = read_level(value) if isinstance(value, str) else None
            if term is None or seen2:
                break
            if column >= self.header.name and (
                self.header.has_goals or len(self._without_note(rest)) < 3
            ):
                break  # a name that happens to be a term, standing where names stand
            is_first = self._is_level1(term, seen1, rest, column)
            if is_first:
                if seen1:
                    break
                seen1 = True
                self._set_level1(term, row, column)
                slip = self._slip(slip, column, "level1", rest)
            else:
                seen2 = True
                self._set_level2(term, row, column, explicit=seen1)
                slip = self._slip(slip, column, "level2", rest)
            rest = rest[1:]
        if rest and not seen2:
            if self.header.has_goals:
                self._take_department_levels(row, rest)
            else:
                slip = self._take_unknown_levels(row, rest, slip, seen1=seen1)
        return rest, slip

    def _slip(
        self, slip: int | None, column: int, role: str, rest: list[tuple[int, object]]
    ) -> int | None:
        """How far a level term stands from its column; a name that follows in place wins."""
        if len(rest) > 1 and rest[1][0] == self.header.name:
            return 0
        expected = self.header.columns.get(role)
        return slip if expected is None else column - expected

    def _is_level1(
        self, term: LevelTerm, seen1: bool, rest: list[tuple[int, object]], column: int
    ) -> bool:
        if term.key1 is None or seen1:
            return False
        if term.key2 is None:
            return True
        # 成本 is a level of its own in the 2021 edition only. There a term in the second column
        # can still be level 2.
        if self.form.edition != "2021":
            return False
        return column < self.header.columns.get("level2", self.header.name)

    def _set_level1(self, term: LevelTerm, row: int, column: int) -> None:
        assert term.key1 is not None
        above, self.level1 = self.level1, level1_of(term.key1)
        self.level1_place = self.grid.place(row, column)
        self.form.group_places.setdefault(term.key1, self.level1_place)
        if self.level1 == above and self.level2 is not None:
            return  # printed once more in every row, while its groups are still merged
        groups = [g for g in EDITIONS[self.form.edition].groups if g[0] == self.level1]
        # 满意度指标 has one group only, and many forms leave its second column empty.
        self.level2 = groups[0][1] if len(groups) == 1 else None
        self.level2_place = self.level1_place

    def _set_level2(self, term: LevelTerm, row: int, column: int, *, explicit: bool) -> None:
        if term.key2 is None:
            return
        parent, spelled = level2_of(term.key2, self.form.edition)
        self.level2, self.level2_place = spelled, self.grid.place(row, column)
        self.form.group_places.setdefault(term.key2, self.level2_place)
        if parent is not None and not explicit:
            self.level1 = parent

    def _take_unknown_levels(
        self, row: int, rest: list[tuple[int, object]], slip: int | None, *, seen1: bool
    ) -> int | None:
        """A level that is no standard term: known only by standing left of a name in its place."""
        columns = self.header.columns
        while len(rest) > 1 and isinstance(rest[0][1], str):
            column, value = rest[0]
            following = rest[1][0]
            if following > self.header.name or column >= self.header.name:
                break
            # Two cells alone are a name and a value that slipped, unless the first is still merged.
            area = self.grid.area(row, column)
            if len(self._without_note(rest)) < 3 and area.top == area.bottom:
                break
            word = fold(str(value)).lstrip("*")
            if column == columns.get("level1") and not seen1:
                self.level1, self.level2, seen1 = word, None, True
                self.level1_place = self.level2_place = self.grid.place(row, column)
            elif column == columns.get("level2"):
                self.level2, self.level2_place = word, self.grid.place(row, column)
                term = read_level(word)
                if term is not None:
                    self._set_level2(term, row, column, explicit=True)
            else:
                break
            rest.pop(0)
            slip = 0
        return slip

    def _take_department_levels(self, row: int, rest: list[tuple[int, object]]) -> None:
        """The department's own terms, known by their columns alone: its goals may well be blank."""
        for role in LEVELS:
            if not rest or rest[0][0] != self.header.columns.get(role):
                continue
            column, value = rest[0]
            if len(rest) == 1 and self._is_remark(row, column, value):
                return
            term, place = fold(str(value)).lstrip("*"), self.grid.place(row, column)
            if role == "level2":
                self.level2, self.level2_place = term, place
            elif term != self.level1:
                self.level1, self.level2 = term, None
                self.level1_place = self.level2_place = place
            rest.pop(0)

    def _is_remark(self, row: int, column: int, value: object) -> bool:
        """Whether what stands alone in a row is no level: marked as a note, long, or across it."""
        text = fold(str(value))
        is_wide = self.grid.area(row, column).right >= self.header.name
        return is_wide or len(text) > _LONGEST_TERM or _NOTE.search(text) is not None

    def _without_note(self, cells: list[tuple[int, object]]) -> list[tuple[int, object]]:
        note = self.header.columns.get("note")
        return [cell for cell in cells if cell[0] != note]

    def _is_note(
        self, row: int, cells: list[tuple[int, object]], rest: list[tuple[int, object]]
    ) -> bool:
        """Whether a row is a remark between the indicators, or the signatures below them."""
        if len(rest) != len(cells) or len(rest) > 3:
            return False
        column, value = rest[0]
        text = fold(str(value))
        if _NOTE_START.match(text):
            return True
        if len(rest) > 1 or not isinstance(value, str):
            return False
        area = self.grid.area(row, column)
        spans = area.left <= self.header.name and area.right >= self.target_column
        if spans and area.right > area.left:
            return True
        return column < self.header.name and not _ORDINAL_NAME.match(text)

    def _add(self, row: int, cells: dict[int, object], slip: int) -> None:
        if self.header.has_goals:
            line = self._goal(row, cells)
        else:
            line = self._indicator(row, cells, slip)
        said = (line.name, line.target, line.note, line.policy_goal, line.budget_goal)
        if not self.form.is_department or any(e and not is_blank(e.value) for e in said):
            self.form.lines.append(line)

    def _indicator(self, row: int, cells: dict[int, object], slip: int) -> Line:
        columns = self.header.columns
        note_column = columns.get("note")
        ignored = {
            column + slip
            for role, column in columns.items()
            if role in (Column.PERIOD_VALUE, "note")
        }
        first = min(cells)
        has_name = first < self.target_column + slip and first not in ignored
        name_column = first if has_name else self.header.name + slip
        nameless = Entry(None, self.grid.place(row, name_column))
        if self.header.is_split:
            target = joined_target(self.grid, self.header, row, cells, slip)
        else:
            target = self._target(row, cells, slip, name_column, ignored)
        at = (self.header.right if note_column is None else note_column) + slip
        if note_column is not None and at in cells:
            note = shown_entry(self.grid, row, at)
        else:
            note = Entry(None, self.grid.place(row, at))
        return Line(
            self.level1,
            self.level2,
            self.level1_place,
            self.level2_place,
            shown_entry(self.grid, row, name_column) if has_name else nameless,
            target,
            note,
        )

    def _target(
        self, row: int, cells: dict[int, object], slip: int, name_column: int, ignored: set[int]
    ) -> Entry:
        expected = self.target_column + slip
        if not is_blank(cells.get(expected)):
            return shown_entry(self.grid, row, expected)
        right_of_name = [c for c in sorted(cells) if c > name_column and c not in ignored]
        # Extra columns (weights, remarks) that the header names differently stay out of it.
        foreign = {c for c in right_of_name if c > expected and not self.grid.is_text}
        for column in right_of_name:
            if column not in foreign:
                return shown_entry(self.grid, row, column)
        return Entry(None, self.grid.place(row, max(expected, name_column + 1)))

    def _goal(self, row: int, cells: dict[int, object]) -> Line:
        """A row of the department's table, where each goal has a column of its own."""
        columns = self.header.columns

        def entry(role: str) -> Entry:
            column = columns.get(role)
            if column is None:
                return Entry(None, self.grid.place(row, self.header.name))
            return shown_entry(self.grid, row, column)

        if self.header.is_split:
            target = joined_target(self.grid, self.header, row, cells)
        else:
            target = entry("target_value")
        return Line(
            self.level1,
            self.level2,
            self.level1_place,
            self.level2_place,
            entry("level3"),
            target,
            entry("note"),
            entry("policy_goal"),
            entry("budget_goal"),
        )
