"""Whether the points of a table's indicators add up to what its form says (S07).

A form says it behind the name of a level (产出指标（50分）), in the heading of the column, in the
row of the sum, or not at all: then all points are 100, or 90 or 80 where the execution of the
budget has the rest. Points that make 100 within every level are shares of that level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgoals_xl.declaration import IndicatorRow, TextCell
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.points import points_behind, read_points
from perfgoals_xl.form.taxonomy import group_key, read_level
from perfgoals_xl.form.text import is_blank

NumberedRow = tuple[int, IndicatorRow]
HUNDRED = Decimal(100)
WHOLES = (HUNDRED, Decimal(90), Decimal(80), Decimal(1), Decimal("0.9"), Decimal("0.8"))
"""What all points together may be: in places the execution of the budget has 10 or 20 of 100."""
# What one table makes of what another one does, if one of them forgot the execution of the budget.
_OTHER_WHOLES = tuple(one / other for one in WHOLES[:3] for other in WHOLES[:3] if one != other)
_FEWEST_ALIKE = 2
_EXECUTION = (Decimal(0), Decimal(10), Decimal(20))
_MOST_SHOWN = 12
# Points in place of targets: so many bare numbers, none of them more, which make one of the wholes.
_FEWEST_TYPED, _MOST_POINTS = 5, Decimal(40)
_TYPED_WHOLES = (HUNDRED, Decimal(90), Decimal(80))


class UnreadPoints(ValueError):
    """A cell of points that holds no number; its text is the message."""


@dataclass(frozen=True, slots=True)
class PointsGap:
    """Points that do not add up: of which level ("" is the table), to what, and what was said.

    ``rows`` are the indicators with points, in order; ``blank`` how many beside them have none.
    """

    level: str
    parts: tuple[Decimal, ...]
    said: Decimal
    rows: tuple[int, ...]
    blank: int = 0

    @property
    def total(self) -> Decimal:
        """What the points add up to."""
        return sum(self.parts, Decimal(0))

    @property
    def arithmetic(self) -> str:
        """The sum as it is shown; a long one without its terms."""
        shown = " + ".join(map(plain, self.parts)) if len(self.parts) <= _MOST_SHOWN else ""
        return f"{shown} = {plain(self.total)}" if len(self.parts) > 1 and shown else self.whole

    @property
    def whole(self) -> str:
        """What they add up to, as it is shown."""
        return plain(self.total)


def usual_whole(tables: Iterable[Sequence[NumberedRow]]) -> Decimal | None:
    """What the points of most tables of a file make, where that is a whole; else None."""
    totals: Counter[Decimal] = Counter()
    for rows in tables:
        parts = [read_points(str(row["weight"])) for _, row in rows if not is_blank(row["weight"])]
        told = [points for points in parts if points is not None]
        if told and len(told) == len(parts):
            totals[sum(told, Decimal(0))] += 1
    whole, times = totals.most_common(1)[0] if totals else (Decimal(0), 0)
    is_usual = times >= _FEWEST_ALIKE and 2 * times > totals.total()
    return whole if is_usual and whole in WHOLES else None


def gaps(
    rows: Sequence[NumberedRow],
    stated: Mapping[str, TextCell],
    usual: Decimal | None = None,
    *,
    reserves: bool = False,
) -> Iterator[PointsGap]:
    """What does not add up in the table of one project; ``stated`` is what its form says.

    ``usual`` is what the points of the file's other tables make, ``reserves`` says that the form
    gives points to the execution of the budget besides. Raises :class:`UnreadPoints`
    for a cell that holds no number.
    """
    pointed = [(number, row, _points(row)) for number, row in rows]
    said = {key: points for key, cell in stated.items() if (points := _said(cell)) is not None}
    found = list(_of_levels(pointed, said))
    yield from found
    given = [(number, points) for number, _, points in pointed if points is not None]
    whole = said.get("")
    if found or not given:
        yield from () if found else _of_said_levels(pointed, said, whole)
        return
    parts = [points for _, points in given]
    total, slack = sum(parts, Decimal(0)), _slack(parts)
    if whole is not None:
        reserved = _reserved(whole, stated, reserves=reserves)
        fits = any(abs(whole - total - more) <= slack for more in reserved)
    else:
        fits = len(parts) < 2 or any(abs(total - one) <= slack for one in WHOLES)
        fits = fits or _within_levels(pointed)
        if fits and usual is not None and total != usual and usual / total in _OTHER_WHOLES:
            fits, whole = False, usual
    if not fits:
        blank = len(pointed) - len(given)
        # The points of the others are meant before 100 is.
        expected = whole or (usual if usual and total > 2 else _nearest(total))
        yield PointsGap("", tuple(parts), expected, tuple(n for n, _ in given), blank)


def _reserved(
    whole: Decimal, stated: Mapping[str, TextCell], *, reserves: bool
) -> tuple[Decimal, ...]:
    """What of the points that a form states may be those of the execution of the budget.

    分值（90分） leaves them out already, and the row of the sum (合计 | 100) is that of what stands
    above it; 分值（100分） in a heading is told of all that is scored.
    """
    is_of_rows = read_points(stated[""].value) is not None
    return _EXECUTION if whole == HUNDRED and (reserves or not is_of_rows) else (Decimal(0),)


Pointed = tuple[int, IndicatorRow, Decimal | None]


def _of_levels(pointed: Sequence[Pointed], said: Mapping[str, Decimal]) -> Iterator[PointsGap]:
    """The levels whose indicators, or whose groups, do not make what stands behind their name."""
    for key, expected in said.items():
        inside = [entry for entry in pointed if key and key in _keys(entry[1])]
        parts = [points for *_, points in inside if points is not None]
        if parts and abs(sum(parts, Decimal(0)) - expected) > _slack(parts):
            rows = tuple(number for number, _, points in inside if points is not None)
            yield PointsGap(key, tuple(parts), expected, rows, len(inside) - len(parts))
        groups = dict.fromkeys(group_key(row["level2"]) for _, row, _ in inside)
        below = [said.get(group or "-") for group in groups if group != key]
        told = [points for points in below if points is not None]
        if not parts and told and len(told) == len(below) and sum(told, Decimal(0)) != expected:
            yield PointsGap(key, tuple(told), expected, (inside[0][0],))


def _of_said_levels(
    pointed: Sequence[Pointed], said: Mapping[str, Decimal], whole: Decimal | None
) -> Iterator[PointsGap]:
    """The first levels together, where only they have points."""
    keys = list(dict.fromkeys(_keys(row)[0] for _, row, _ in pointed))
    parts = [said[key] for key in keys if key in said]
    if len(parts) < 2 or len(parts) < len(keys):
        return
    total = sum(parts, Decimal(0))
    reserved = _EXECUTION if whole == HUNDRED else (Decimal(0),)
    fits = WHOLES if whole is None else tuple(whole - more for more in reserved)
    if total not in fits:
        yield PointsGap(
            "", tuple(parts), whole if whole is not None else _nearest(total), (pointed[0][0],)
        )


def _within_levels(pointed: Iterable[Pointed]) -> bool:
    """Whether the points are shares of 100 within every first level, or within every group."""
    pointed = list(pointed)
    for at in (0, 1):
        sums: dict[str, list[Decimal]] = {}
        for _, row, points in pointed:
            if points is not None:
                sums.setdefault(_keys(row)[at], []).append(points)
        if all(
            any(abs(sum(parts, Decimal(0)) - one) <= _slack(parts) for one in (HUNDRED, Decimal(1)))
            for parts in sums.values()
        ):
            return True
    return False


def _keys(row: IndicatorRow) -> tuple[str, str]:
    """The keys of the levels of a row; as typed where they are no terms."""
    level1, level2 = row["level1"] or "", row["level2"] or ""
    term = read_level(level1) if level1 else None
    return (term.key1 if term and term.key1 else level1), group_key(level2) or level2


def _points(row: IndicatorRow) -> Decimal | None:
    text = row["weight"]
    if is_blank(text):
        return None
    points = read_points(str(text))
    if points is None:
        raise UnreadPoints(str(text))
    return points


def _said(cell: TextCell) -> Decimal | None:
    points = points_behind(cell.value)
    return read_points(cell.value) if points is None else points


def _slack(parts: Sequence[Decimal]) -> Decimal:
    """How far rounded points may be off: thirds of 10 are 3.33, halves of 5 are exact."""
    if all(2 * points == (2 * points).to_integral_value() for points in parts):
        return Decimal(0)
    least = min(int(points.as_tuple().exponent) for points in parts)
    return len(parts) * Decimal(5).scaleb(least - 1)


def _nearest(total: Decimal) -> Decimal:
    """The whole that is meant."""
    return HUNDRED if total > 2 else Decimal(1)
