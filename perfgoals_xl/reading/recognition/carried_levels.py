"""The group that the rows of an indicator table belong to, carried from row to row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.points import read_points
from perfgoals_xl.form.taxonomy import (
    EDITIONS,
    LevelTerm,
    level1_of,
    level2_of,
    misspelt_level,
    read_level,
)
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.recognition.columns import Header
from perfgoals_xl.reading.recognition.forms import Form

_LONGEST_TWO = 20  # characters of two terms
_BETWEEN = re.compile(r"[-—–_/>→、:·|\\\s]+")


class Levels:
    """What the level cells said last; level 2 falls when level 1 changes."""

    def __init__(self, form: Form, header: Header) -> None:
        self._form = form
        self._one_column = len({"level1", "level2"} & header.columns.keys()) == 1
        grid = form.grid
        self.level1: str | None = None
        self.level2: str | None = None
        self.place1 = self.place2 = grid.place(header.row, header.left)
        at = grid.place(header.row, header.columns.get("level2", header.left))
        form.group_places[""] = at

    def begin(self, term: LevelTerm, place: Place, *, within: bool = False) -> None:
        """Begin in the group over the columns of the table, ``within`` the one over that."""
        if within and term.key2 is not None:
            self.level2, self.place2 = level2_of(term.key2, self._form.edition)[1], place
            return
        if term.key1 is not None and not (term.key2 and self._form.edition != "2021"):
            self.level1 = level1_of(term.key1)
            groups = [g for g in EDITIONS[self._form.edition].groups if g[0] == self.level1]
            self.level2 = groups[0][1] if len(groups) == 1 else None
        elif term.key2 is not None:
            self.level1, self.level2 = level2_of(term.key2, self._form.edition)
        self.place1 = self.place2 = place

    def take(
        self, row: int, first: int | None, second: int | None, *, text: str | None = None
    ) -> None:
        """Take the level cells of a row; None where it has none.

        ``text`` is what the one cell says, where that is not all that stands in it.
        """
        if first is not None:
            said = text if text is not None else str(self._form.grid.value(row, first))
            self._take_first(row, first, said, alone=second is None)
        if second is not None:
            said = text if text is not None else str(self._form.grid.value(row, second))
            self._take_second(row, second, said, explicit=first is not None)

    def take_points(self, row: int, columns: Mapping[str, int]) -> None:
        """Take the points of the levels that hold now from columns beside them, by level."""
        for level, at in columns.items():
            points = read_points(str(self._form.grid.value(row, at)))
            said = self.level1 if level == "level1" else self.level2
            term = read_level(said) if said else None
            if points is None or term is None:
                continue
            key = term.key1 if level == "level1" else term.key2
            if key is not None:
                self._form.note_points(key, f"{points}分", self._form.grid.place(row, at))

    def says(self, text: str) -> bool:
        """Whether a text is one of the two terms that hold now."""
        term = read_level(text)
        if term is None:
            return False
        second = level2_of(term.key2, self._form.edition)[1] if term.key2 else None
        first = level1_of(term.key1) if term.key1 else None
        return (first is not None and first == self.level1) or (
            second is not None and second == self.level2
        )

    def _take_first(self, row: int, column: int, text: str, *, alone: bool) -> None:
        term = read_level(text)
        if term is None and alone and (both := in_one(text)) is not None:
            self._set_first(both[0], None, row, column)
            self._set_second(both[1], row, column, explicit=True)
            return
        if term is None:
            term = self._misspelt(row, column, text)
        # 成本指标 in a column for both levels: a level of its own only since 2021.
        is_second = term is not None and term.key2 is not None and self._form.edition != "2021"
        if term is not None and alone and (term.key1 is None or (is_second and self._one_column)):
            self._set_second(term, row, column, explicit=False)
            self._form.note_points(term.key2 or "", text, self.place2)
            return
        self._set_first(term, text, row, column)

    def _misspelt(self, row: int, column: int, text: str) -> LevelTerm | None:
        """The term that a text is but for one character, which is told."""
        meant = misspelt_level(text)
        if meant is None:
            return None
        place = self._form.grid.place(row, column)
        self._form.infer(place, text, f"按“{meant}”读取", RemarkKind.READ_AS)
        return read_level(meant)

    def _set_first(self, term: LevelTerm | None, text: str | None, row: int, column: int) -> None:
        form, above = self._form, self.level1
        self.place1 = form.grid.place(row, column)
        if term is not None and term.key1:
            self.level1 = level1_of(term.key1)
            form.group_places.setdefault(term.key1, self.place1)
            form.note_points(term.key1, text or "", self.place1)
        else:
            self.level1 = fold(text or "").lstrip("*") or None
        if self.level1 == above and self.level2 is not None:
            return  # printed once more in every row, while its groups are still merged
        groups = [g for g in EDITIONS[form.edition].groups if g[0] == self.level1]
        # 满意度指标 has one group only, and many forms leave its second column empty.
        self.level2 = groups[0][1] if len(groups) == 1 else None
        self.place2 = self.place1

    def _take_second(self, row: int, column: int, text: str, *, explicit: bool) -> None:
        term = read_level(text)
        if term is not None and term.key2 is not None:
            self._set_second(term, row, column, explicit=explicit)
            self._form.note_points(term.key2, text, self.place2)
            return
        if term is None and not explicit and (both := in_one(text)) is not None:
            self._set_first(both[0], None, row, column)
            self._set_second(both[1], row, column, explicit=True)
            return
        if term is None and (meant := self._misspelt(row, column, text)) and meant.key2:
            self._set_second(meant, row, column, explicit=explicit)
            return
        self.place2 = self._form.grid.place(row, column)
        if term is not None and term.key1 is not None and level1_of(term.key1) == self.level1:
            # 满意度指标 beside 满意度指标: its one group.
            groups = [g for g in EDITIONS[self._form.edition].groups if g[0] == self.level1]
            if len(groups) == 1:
                self.level2 = groups[0][1]
                return
        self.level2 = fold(text).lstrip("*")

    def _set_second(self, term: LevelTerm, row: int, column: int, *, explicit: bool) -> None:
        if term.key2 is None:
            return
        parent, spelled = level2_of(term.key2, self._form.edition)
        self.level2, self.place2 = spelled, self._form.grid.place(row, column)
        self._form.group_places.setdefault(term.key2, self.place2)
        if parent is not None and not explicit:
            self.level1 = parent


def in_one(text: str) -> tuple[LevelTerm, LevelTerm] | None:
    """Both levels of a cell that holds them together: 产出-数量, 产出指标数量指标."""
    # A line break between the two counts, a blank inside a word does not.
    plain = unicodedata.normalize("NFKC", text)
    words = [word for word in _BETWEEN.split(plain) if word]
    if len(words) != 2:
        words = [word for word in _BETWEEN.split(fold(text)) if word]
    if len(words) == 2:
        return _both(words[0], words[1])
    if len(words) > 1:
        return None
    # Nothing between them, or a line break where the cell is narrow: the longer first word counts.
    whole = fold(text)
    cuts = range(len(whole) - 2, 1, -1) if len(whole) <= _LONGEST_TWO else ()
    return next(filter(None, (_both(whole[:at], whole[at:]) for at in cuts)), None)


def _both(first: str, second: str) -> tuple[LevelTerm, LevelTerm] | None:
    upper, lower = read_level(first), read_level(second)
    if upper is None or lower is None or upper.key1 is None or lower.key2 is None:
        return None
    return upper, lower
