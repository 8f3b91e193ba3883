"""What the funding of a project adds up to: its blocks, its sources, what a sum lacks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.amounts import parse_amount, plain
from perfgoals_xl.form.fields import BLOCK_NAMES, Block, fields_of, label_of
from perfgoals_xl.form.fields import Table as FormTable
from perfgoals_xl.form.target import is_nothing
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.review.row_rules import AnyRow, lacks

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


SOURCES = tuple(name for total, parts in BLOCKS.values() for name in (total, *parts))
"""The fields of both blocks."""


@dataclass(frozen=True)
class SourceSum:
    """The sum of the funding sources and how it was made.

    ``total`` is None when no source is filled; ``unreadable`` names a source that is no amount.
    """

    total: Decimal | None
    arithmetic: str
    unreadable: str | None = None


def is_nil(value: object) -> bool:
    """Whether an amount is blank or only says that there is none: “-”, “无”."""
    return is_blank(value) or (isinstance(value, str) and is_nothing(value))


def block_sum(row: AnyRow, block: Block) -> SourceSum:
    """What one block amounts to: its own total, or its parts where the total is blank."""
    total_name, part_names = BLOCKS[block]
    total = row[total_name]
    if isinstance(total, Decimal):
        return SourceSum(total, f"{BLOCK_NAMES[block]} {plain(total)}")
    if not is_nil(total):
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
        if is_nil(value):
            continue
        if not isinstance(value, Decimal):
            return SourceSum(None, "", label_of(name))
        total += value
        shown.append(f"{label_of(name).split('·')[-1]} {plain(value)}")
    return SourceSum(total, " + ".join(shown)) if shown else SourceSum(None, "")


def unread_sources(row: Mapping[str, Any], names: Collection[str]) -> str | None:
    """Why the sum of these fields is not all the money; None where nothing says so.

    A form may name sources that are no field (单位资金), and where the label of a field was not
    found, a number that stands among the funds without one may be that field's.
    """
    others = [label for label, value in row.get("other_sources", {}).items() if _is_money(value)]
    if others:
        return f"资金来源中的{''.join(f'“{label}”' for label in others)}没有计入，合计不全"
    if not row.get("missing_labels", frozenset()).intersection(names):
        return None
    strays = [remark.value for remark in row["remarks"] if remark.kind is RemarkKind.UNLABELLED]
    found = next((value for value in strays if _is_money(value)), None)
    return None if found is None else f"资金中的“{found}”没有标签，没有计入，合计不全"


def known_sources(row: Mapping[str, Any]) -> SourceSum:
    """The sum of the sources where it may stand in for a blank total: all of them are known."""
    return SourceSum(None, "") if unread_sources(row, SOURCES) else sources_sum(row)


def _is_money(value: str | None) -> bool:
    """Whether a text adds something to a sum; what is no number might."""
    try:
        return bool(parse_amount(value, "万元"))
    except ValueError:
        return True


def no_annual_amount(row: AnyRow) -> str:
    """Why there is no money of the year to compare with, where neither it nor a source is known."""
    unknown = lacks(row, "annual_amount")
    return f"{unknown.reason if unknown else '年度资金总额没有填写'}，资金来源也不能合计"
