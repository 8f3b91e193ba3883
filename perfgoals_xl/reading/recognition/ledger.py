"""What became of every filled cell of a grid: it has exactly one use.

A form notes what it took as it reads (:attr:`.Form.ledger`); what nobody took is told by its cell
(:mod:`perfgoals_xl.reading.cell_account`). The first use of a cell holds: a heading that a long
text reaches stays a heading.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Use(StrEnum):
    """What a filled cell is to the declaration."""

    LABEL = "label"  # a label or a heading
    VALUE = "value"  # what a field holds
    GROUP = "group"  # a term of the two levels
    TITLE = "title"  # above the form: its title, year, unit, who filled it in
    NOTE = "note"  # between or below the rows of a table: notes, sums, opinions, signatures
    KNOWN = "known"  # understood, but nothing that a declaration holds
    REPEATED = "repeated"  # printed once more: a header on the next page, a project's own columns
    UNREAD = "unread"  # not understood


class Ledger(dict[tuple[int, int], Use]):
    """The use of every cell that a form took, by row and column."""

    def note(self, row: int, column: int, use: Use) -> None:
        """Note the use of a cell, unless it has one."""
        self.setdefault((row, column), use)

    def note_all(self, cells: Iterable[tuple[int, int]], use: Use) -> None:
        """Note one use of several cells."""
        for row, column in cells:
            self.note(row, column, use)
