"""Blocks of cells of an open sheet: written at once, and moved row by row with all that is on them.

What staff keep beside the list is copied by Excel itself, so that numbers, texts, formulas, fills
and notes stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from perfgoals_xl.addresses import a1, column_letters
from perfgoals_xl.form.text import cut_to_a_cell

# Excel refuses a block of values with a longer text in it; one cell takes MOST_IN_CELL characters.
_MOST_IN_BLOCK = 8_000
# Room between the list and the copies that are there while cells change places.
_APART = 20


def put(
    sheet: Any, row: int, column: int, rows: Sequence[Sequence[object]], kind: str = "raw_value"
) -> None:
    """Write a block whose first cell, counted from zero, is given; long texts one by one.

    ``kind`` is ``raw_value`` or ``formula``.
    """
    if not rows or not rows[0]:
        return
    block = [[None if _is_long(value) else value for value in line] for line in rows]
    last = a1(row + len(rows) - 1, column + len(rows[0]) - 1)
    # Range.value asks for sheet and book many times while it writes.
    setattr(sheet.range(f"{a1(row, column)}:{last}"), kind, block)
    for down, line in enumerate(rows):
        for across, value in enumerate(line):
            if _is_long(value):
                cell = sheet.range(a1(row + down, column + across))
                setattr(cell, kind, cut_to_a_cell(str(value)))


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > _MOST_IN_BLOCK


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers in order as first and last of each stretch without a gap."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


@contextmanager
def moved(
    sheet: Any,
    own: Sequence[int],
    own_moves: Mapping[int, int],
    stray_moves: Mapping[int, int],
    *,
    width: int,
    first: int,
    bottom: int,
) -> Iterator[None]:
    """Around writing the list: what is the staff's own is set aside, and put where it belongs.

    ``own`` are columns beside the list, whose rows go from old to new as ``own_moves`` says;
    ``stray_moves`` says it of whole rows of ``width`` columns. ``first`` and ``bottom`` are the
    first and the last row that the list has taken so far. Whatever fails, everything is back where
    it was. Counted from zero.
    """
    columns = runs(own) if own_moves else []
    if not columns and not stray_moves:
        yield
        return
    lowest = max(bottom, *own_moves.values(), *stray_moves.values())
    away = lowest + _APART - first
    strays = [(top, end, 0, width - 1) for top, end in runs(list(stray_moves))]
    beside = [(first, bottom, left, right) for left, right in columns]
    for area in (*beside, *strays):
        _copy(sheet, area, away)
    try:
        for area in beside:
            # Only what is in the cells: a list to choose from stays in the rows below, too.
            _range(sheet, area).clear_contents()
        _clear(sheet, strays)
        yield
        for left, right in columns:
            for top, end, offset in _stretches(own_moves):
                _copy(sheet, (top + away, end + away, left, right), offset - away)
        for top, end, offset in _stretches(stray_moves):
            _copy(sheet, (top + away, end + away, 0, width - 1), offset - away)
    except BaseException:
        moved_to = [(row, row, 0, width - 1) for row in stray_moves.values() if row > bottom]
        _clear(sheet, [(first, lowest, left, right) for left, right in columns] + moved_to)
        for top, end, left, right in (*beside, *strays):
            _copy(sheet, (top + away, end + away, left, right), -away)
        raise
    finally:
        _clear(sheet, [(t + away, e + away, left, r) for t, e, left, r in (*beside, *strays)])


def _stretches(moves: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    """First row, last row and offset of rows that move together."""
    offsets: dict[int, list[int]] = {}
    for old, new in moves.items():
        offsets.setdefault(new - old, []).append(old)
    for offset, rows in offsets.items():
        for top, end in runs(rows):
            yield top, end, offset


def _range(sheet: Any, area: tuple[int, int, int, int]) -> Any:
    top, end, left, right = area
    return sheet.range(f"{column_letters(left)}{top + 1}:{column_letters(right)}{end + 1}")


def _copy(sheet: Any, area: tuple[int, int, int, int], down: int) -> None:
    """Copy an area so many rows further; from the copies that are set aside, back."""
    top, _, left, _ = area
    _range(sheet, area).copy(sheet.range(a1(top + down, left)))


def _clear(sheet: Any, areas: Sequence[tuple[int, int, int, int]]) -> None:
    for area in areas:
        _range(sheet, area).clear()
