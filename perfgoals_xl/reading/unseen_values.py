"""Values that were read from rows, columns and sheets that nobody sees: they count, and are told.

A row may be hidden because a list was filtered, or because it holds last year's figures. The reader
cannot know which, so that what stands there counts as ever; whoever imports or reviews the form is
told where to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from perfgoals_xl.addresses import column_letters
from perfgoals_xl.declaration import Remark, RemarkKind
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.ledger import Use

# Stretches of hidden rows that are named one by one.
_MOST_NAMED = 4
_SHEET = "这张工作表是隐藏的，其中的内容照常读取"


def unseen_values(grid: Grid, uses: Mapping[tuple[int, int], Use]) -> Iterator[Remark]:
    """What is to be told of the values of a sheet that it does not show: at most two remarks."""
    values = sorted(at for at, use in uses.items() if use is Use.VALUE)
    if grid.hidden and values:
        yield Remark(grid.place(*values[0]), _SHEET, kind=RemarkKind.UNSEEN)
        return
    if not grid.hidden_rows and not grid.hidden_columns:
        return
    in_rows = [at for at in values if at[0] in grid.hidden_rows]
    if in_rows:
        named = _named(sorted({row for row, _ in in_rows}), grid.hidden_rows)
        told = "、".join(_rows(first, last) for first, last in named[:_MOST_NAMED])
        yield _remark(grid, in_rows, told, "行", more=len(named) > _MOST_NAMED)
    in_columns = [at for at in values if at[1] in grid.hidden_columns and at not in set(in_rows)]
    if in_columns:
        named = _named(sorted({column for _, column in in_columns}), grid.hidden_columns)
        told = "、".join(_columns(first, last) for first, last in named[:_MOST_NAMED])
        yield _remark(grid, in_columns, told, "列", more=len(named) > _MOST_NAMED)


def _remark(
    grid: Grid, values: Sequence[tuple[int, int]], told: str, unit: str, *, more: bool
) -> Remark:
    hidden = f"第{told}{unit}{'等' if more else ''}是隐藏的"
    text = f"{hidden}，其中 {len(values)} 格内容照常读取"
    return Remark(grid.place(*values[0]), text, kind=RemarkKind.UNSEEN)


def _named(found: Sequence[int], hidden: frozenset[int]) -> list[tuple[int, int]]:
    """Rows or columns with values as stretches; between the two ends of one all are hidden."""
    stretches = [(found[0], found[0])]
    for number in found[1:]:
        first, last = stretches[-1]
        if all(between in hidden for between in range(last + 1, number)):
            stretches[-1] = (first, number)
        else:
            stretches.append((number, number))
    return stretches


def _rows(first: int, last: int) -> str:
    return str(first + 1) if first == last else f"{first + 1}至{last + 1}"


def _columns(first: int, last: int) -> str:
    begin = column_letters(first)
    return begin if first == last else f"{begin}至{column_letters(last)}"
