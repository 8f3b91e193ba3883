"""Which cell of a row belongs to which column of its table, by what both say and where they stand.

A row that lost merged cells is shorter than its header and slips. Instead of a case for every kind
of slip there is one question: of all ways to put the cells, in their order, under the columns,
which fits best? ``FIT`` says how well a kind of cell suits a part; standing under its own heading
counts, and so does slipping as far as the cell before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from perfgoals_xl.form.column_labels import Column
from perfgoals_xl.form.evaluation.evaluation_labels import Part
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.form.taxonomy import read_level
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.recognition.column_content import SIGNS, VALUED


class Says(StrEnum):
    """What a cell's text is, on its own."""

    LEVEL1 = "level1"
    LEVEL2 = "level2"
    EITHER = "either"
    ORDINAL = "ordinal"
    SIGN = "sign"
    VALUE = "value"
    TEXT = "text"


_NATURES = frozenset(("定性", "定量", "正向", "反向", "正向指标", "反向指标"))
# Characters; what is longer is a sentence, whatever numbers it holds.
_LONGEST_VALUE = 24


@lru_cache(maxsize=32768)
def says(text: str) -> Says:
    """What a cell's text is, on its own."""
    term = read_level(text)
    if term is not None:
        if term.key1 and term.key2:
            return Says.EITHER
        return Says.LEVEL1 if term.key1 else Says.LEVEL2
    plain = fold(text)
    if plain in SIGNS or plain in _NATURES:
        return Says.SIGN
    if plain.startswith("指标") and plain[2:3] in "0123456789:":
        return Says.ORDINAL
    if len(plain) <= _LONGEST_VALUE and parse_target(text).kind in VALUED:
        return Says.VALUE
    return Says.TEXT


_NEVER = -100.0
#             L1      L2      EITHER  ORD     SIGN    VALUE   TEXT
_FIT: dict[str, tuple[float, ...]] = {
    "level1": (8.0, _NEVER, 5.0, _NEVER, _NEVER, _NEVER, -4.0),
    "level2": (_NEVER, 8.0, 7.0, _NEVER, _NEVER, _NEVER, -4.0),
    "levels": (8.0, 8.0, 8.0, _NEVER, _NEVER, _NEVER, -4.0),
    "level3": (0.0, 3.0, 3.0, 6.0, -4.0, 1.0, 3.0),
    "target_value": (-4.0, -4.0, -4.0, -4.0, 0.0, 4.0, 1.0),
    Column.NUMBER: (-4.0, -4.0, -4.0, -4.0, 0.0, 4.0, 1.0),
    Column.OPERATOR: (_NEVER, _NEVER, _NEVER, _NEVER, 6.0, -4.0, -4.0),
    Column.UNIT: (-6.0, -6.0, -6.0, -6.0, -6.0, -2.0, 1.0),
    "note": (-6.0, -6.0, -6.0, -4.0, 0.0, 0.0, 0.5),
    Column.PERIOD_VALUE: (-6.0, -6.0, -6.0, -4.0, 0.0, 2.0, 0.0),
    Column.WEIGHT: (-6.0, -6.0, -6.0, -6.0, -4.0, 2.0, -2.0),
    Column.STANDARD: (-6.0, -6.0, -6.0, -6.0, 0.0, 0.0, 0.0),
    "foreign": (-6.0, -6.0, -6.0, -6.0, 0.0, 0.0, 0.0),
    Part.ACTUAL: (-4.0, -4.0, -4.0, -4.0, 0.0, 3.5, 0.5),
    Part.FORECAST: (-4.0, -4.0, -4.0, -4.0, 0.0, 3.0, 0.5),
    Part.SCORE: (-6.0, -6.0, -6.0, -6.0, -4.0, 2.0, -2.0),
    Part.REASON: (-6.0, -6.0, -6.0, -4.0, 0.0, -1.0, 1.0),
    Part.LIGHT: (-6.0, -6.0, -6.0, -4.0, 0.0, -1.0, 0.0),
    Part.LIKELIHOOD: (-6.0, -6.0, -6.0, -4.0, 0.0, -1.0, 0.5),
}
FIT = {(said, part): row[i] for part, row in _FIT.items() for i, said in enumerate(Says)}
_IN_PLACE, _SAME_SLIP, _PER_COLUMN, _LEFT_OUT = 3.0, 2.5, -0.5, -6.0
# Columns that do not slip: nothing but their own cell is read there.
_FIXED = frozenset(("note", Column.PERIOD_VALUE, Column.WEIGHT, Column.STANDARD, "foreign"))
_NOT_ELSEWHERE = -4.0


class Slot(NamedTuple):
    """A column of the table: the part that it holds, and where it stands."""

    part: str
    at: int


@dataclass(frozen=True)
class Aligned:
    """The column of the sheet that each part was found in, how far the row slipped at its end."""

    found: dict[str, int]
    left_out: tuple[int, ...]
    slip: int


def align(cells: Sequence[tuple[int, str]], slots: Sequence[Slot], *, costs_lead: bool) -> Aligned:
    """The best way to put ``cells`` (place and text, from left to right) under ``slots``.

    Only where ``costs_lead``, as in the edition of 2021, 成本 may be a first level.
    """
    kinds = [says(text) for _, text in cells]
    if not costs_lead:
        kinds = [Says.LEVEL2 if kind is Says.EITHER else kind for kind in kinds]
    parts = {slot.at: slot.part for slot in slots}
    # Most rows stand as they should: nothing to search for.
    if all(
        place in parts and FIT[kind, parts[place]] >= 0
        for (place, _), kind in zip(cells, kinds, strict=True)
    ):
        return Aligned({parts[place]: place for place, _ in cells}, (), 0)

    @cache
    def best(i: int, j: int, slip: int | None) -> tuple[float, tuple[tuple[int, int], ...]]:
        if i == len(cells):
            return 0.0, ()
        rest, pairs = best(i + 1, j, slip)
        top = (rest + _LEFT_OUT, pairs)
        place = cells[i][0]
        for k in range(j, len(slots)):
            moved = place - slots[k].at
            fit = FIT[kinds[i], slots[k].part] + _PER_COLUMN * abs(moved)
            if moved == 0:
                fit += _IN_PLACE
            elif slots[k].part in _FIXED and moved != slip:
                fit += _NOT_ELSEWHERE
            if slip is not None and moved == slip:
                fit += _SAME_SLIP
            rest, pairs = best(i + 1, k + 1, moved)
            if fit + rest > top[0]:
                top = (fit + rest, ((i, k), *pairs))
        return top

    _, pairs = best(0, 0, None)
    taken = {i for i, _ in pairs}
    moved = [cells[i][0] - slots[k].at for i, k in pairs]
    return Aligned(
        {slots[k].part: cells[i][0] for i, k in pairs},
        tuple(c for i, (c, _) in enumerate(cells) if i not in taken),
        moved[-1] if moved else 0,
    )
