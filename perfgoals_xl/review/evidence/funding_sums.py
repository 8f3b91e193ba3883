"""What the funding of a project adds up to: its blocks, its sources, what a sum lacks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.fields import BLOCK_NAMES, Block, fields_of, label_of
from perfgoals_xl.form.fields import Table as FormTable
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.review.row_rules import AnyRow

# The total of each block and its parts, from the field spec.
BLOCKS: dict[Block, tuple[str, tuple[str, ...]]] = {
    block: (
        f"{block.value}_total",
        tuple(
            item.name
            for item in fields_of(FormTable.PROJECTS)
            if item.block is block and not item.name.endswith("_total")
        ),
    )
    for block in Block
}


@dataclass(frozen=True)
class SourceSum:
    """The sum of the funding sources and how it was made.

    ``total`` is None when no source is filled; ``unreadable`` names a source that is no amount.
    """

    total: Decimal | None
    arithmetic: str
    unreadable: str | None = None


def block_sum(row: AnyRow, block: Block) -> SourceSum:
    """What one block amounts to: its own total, or its parts where the total is blank."""
    total_name, part_names = BLOCKS[block]
    total = row[total_name]
    if isinstance(total, Decimal):
        return SourceSum(total, f"{BLOCK_NAMES[block]} {plain(total)}")
    if not is_blank(total):
        return SourceSum(None, "", label_of(total_name))
    return _sum(row, part_names)


def sources_sum(row: AnyRow) -> SourceSum:
    """The sum of both blocks. A blank block adds nothing, but two blank blocks are no zero."""
    sums = [block_sum(row, block) for block in Block]
    unreadable = next((s.unreadable for s in sums if s.unreadable), None)
    filled = [s for s in sums if s.total is not None]
    if unreadable or not filled:
        return SourceSum(None, "", unreadable)
    total = sum((s.total for s in filled if s.total is not None), Decimal(0))
    return SourceSum(total, " + ".join(s.arithmetic for s in filled))


def _sum(row: AnyRow, names: tuple[str, ...]) -> SourceSum:
    shown: list[str] = []
    total = Decimal(0)
    for name in names:
        value = row[name]
        if is_blank(value):
            continue
        if not isinstance(value, Decimal):
            return SourceSum(None, "", label_of(name))
        total += value
        shown.append(f"{label_of(name).split('·')[-1]} {plain(value)}")
    return SourceSum(total, " + ".join(shown)) if shown else SourceSum(None, "")
