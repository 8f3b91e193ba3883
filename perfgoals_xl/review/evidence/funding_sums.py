"""What the funding of a project adds up to: its blocks, its sources, what a sum lacks."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.amounts import convert, parse_amount, plain
from perfgoals_xl.form.fields import (
    AMOUNT_FIELDS,
    BLOCK_NAMES,
    Block,
    fields_of,
    label_key,
    label_of,
)
from perfgoals_xl.form.fields import Table as FormTable
from perfgoals_xl.form.label_patterns import is_source_of_funds
from perfgoals_xl.form.namings import ALIASES, OTHER_SOURCES
from perfgoals_xl.form.target import is_nothing
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.origins import BuildUp
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.findings import Hit
from perfgoals_xl.review.row_rules import AnyRow, lacks

_ALSO = (*ALIASES["local_other"], *ALIASES["transfer_central"], *ALIASES["local_carryover"])
_GRANTED = "财政拨款"
_KNOWN = frozenset(map(label_key, (*OTHER_SOURCES, *ALIASES["transfer_regional"], *_ALSO)))
# What 财政拨款 may consist of, and what by its name is the sum of others.
_MAY_BE_PART = re.compile(
    r"上级|中央|省|自治区|市级|一般公共|政府性基金|国有资本|债券|专户|转移|本级资金"
)
_IS_SUM = re.compile(r"财政拨款|地方|上级|资金总额|小计|合计|转移")
_MOST_SOURCES, _MOST_SHOWN = 10, 12
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


def source_label(row: Mapping[str, Any], name: str) -> str:
    """What a source is called: by the form itself, where that is known (省级资金)."""
    printed: str | None = row.get("amount_labels", {}).get(name)
    return printed or _short_label(name)


def _short_label(name: str) -> str:
    """The label of a field without that of its block."""
    return label_of(name).split("·")[-1]


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
        shown.append(f"{source_label(row, name)} {plain(value)}")
    return SourceSum(total, " + ".join(shown)) if shown else SourceSum(None, "")


def unread_sources(row: Mapping[str, Any], names: Collection[str]) -> str | None:
    """Why the sum of these fields is not all the money; None where nothing says so.

    A form may name sources that are no field (单位资金), and where the label of a field was not
    found, a number that stands among the funds without one may be that field's.
    """
    others = [label for label, value in row.get("other_sources", {}).items() if _is_money(value)]
    if others:
        return f"资金来源中的{''.join(f'“{label}”' for label in others)}没有计入，合计不全"
    return _stray(row, names)


def only_other_money(row: Mapping[str, Any]) -> bool:
    """Whether 其他资金 is all that is told, on a form without a label for what is granted."""
    told = [name for name in SOURCES if not is_nil(row[name])]
    lacking = row.get("missing_labels", frozenset())
    if told != ["local_other"] or "local_appropriation" not in lacking:
        return False
    return not any(one.amount for one in _other_amounts(row) or ())


def _stray(row: Mapping[str, Any], names: Collection[str]) -> str | None:
    if not row.get("missing_labels", frozenset()).intersection(names):
        return None
    strays = [remark.value for remark in row["remarks"] if remark.kind is RemarkKind.UNLABELLED]
    found = next((value for value in strays if _is_money(value)), None)
    return None if found is None else f"资金中的“{found}”没有标签，没有计入，合计不全"


def all_sources(row: Mapping[str, Any]) -> SourceSum:
    """The sum of the fields and of the sources that are no field, where it is known what adds up.

    地方资金 40 beside 省级资金 30 and 市县资金 10 is their sum and counts alone. What may be a part
    of 财政拨款 without being told so (上级资金, 一般公共预算) makes no sum that is known.
    """
    fields = sources_sum(row)
    others = _other_amounts(row)
    if fields.unreadable or others is None or _stray(row, SOURCES):
        return SourceSum(None, "", fields.unreadable)
    if not any(one.amount for one in others):
        return fields
    counted = _without_parts([*_field_amounts(row), *others])
    is_granted = any(one.name == _GRANTED and one.amount for one in counted)
    if is_granted and any(
        _MAY_BE_PART.search(one.name) and one.amount for one in counted if one.name != _GRANTED
    ):
        return SourceSum(None, "")
    shown = [f"{one.shown} {plain(one.amount)}" for one in counted]
    return SourceSum(sum((one.amount for one in counted), Decimal(0)), " + ".join(shown))


def may_make(row: Mapping[str, Any], annual: Decimal) -> bool:
    """Whether some of the sources make an amount, where some of them are no field.

    Which of them are parts of others is not told.
    """
    others = _other_amounts(row)
    if not others or not any(one.amount for one in others):
        return False
    amounts = [one.amount for one in (*_field_amounts(row), *others) if one.amount]
    if len(amounts) > _MOST_SOURCES:
        return True  # Among so many some always do.
    sums = {Decimal(0)}
    for amount in amounts:
        sums |= {amount + one for one in sums}
    return annual in sums


class _Source(NamedTuple):
    """A source of money: by what name it is known here, and what its form calls it."""

    name: str
    amount: Decimal
    shown: str


def _field_amounts(row: AnyRow) -> list[_Source]:
    """The amounts of both blocks: the total of a block, or its parts where it states none."""
    found: list[_Source] = []
    for block in Block:
        total_name, part_names = BLOCKS[block]
        total = row[total_name]
        if isinstance(total, Decimal):
            found.append(_Source(BLOCK_NAMES[block], total, BLOCK_NAMES[block]))
            continue
        for name in part_names:
            value = row[name]
            if isinstance(value, Decimal):
                found.append(_Source(_short_label(name), value, source_label(row, name)))
    return found


def _other_amounts(row: Mapping[str, Any]) -> list[_Source] | None:
    """The sources that are no field, in the unit of the form; None where one is not understood."""
    found: list[_Source] = []
    for label, value in row.get("other_sources", {}).items():
        if is_nil(value):
            continue
        try:
            amount = parse_amount(value, row["amount_unit"])
        except ValueError:
            return None
        if amount and not (label in _KNOWN or is_source_of_funds(label)):
            return None  # What nobody knows may be no source at all.
        found.append(_Source(label, amount or Decimal(0), label))
    return found


def _without_parts(amounts: list[_Source]) -> list[_Source]:
    """The amounts without those that one of them, by its name a sum, is made of."""
    for whole in amounts:
        if not whole.amount or _IS_SUM.search(whole.name) is None:
            continue
        others = [one for one in amounts if one.name != whole.name and one.amount]
        others = others[:_MOST_SOURCES]
        for many in range(1, len(others) + 1):
            for parts in combinations(others, many):
                if sum((one.amount for one in parts), Decimal(0)) == whole.amount:
                    return [one for one in amounts if one not in parts]
    return amounts


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


def build_up_gap(block: BuildUp, record: AnyRow) -> Hit | None:
    """What F02 tells where the items make neither their total nor an amount of the project."""
    unit = str(record["amount_unit"])
    parts = [convert(amount, block.unit, unit) for _, amount in block.items]
    made = sum(parts, Decimal(0))
    if block.total is not None:
        total, place = convert(block.total[0], block.unit, unit), block.total[1]
        if total != made:
            params = _params(block, parts, total, unit)
            return Hit("project", params, "items_total", place=place)
    annual = record["annual_amount"]
    if not isinstance(annual, Decimal):
        return None  # F01 speaks of it.
    # What is built up may be the whole period's money or that of one source; an amount that is
    # typed in the other unit is told elsewhere.
    others = {value for name in AMOUNT_FIELDS if isinstance(value := record[name], Decimal)}
    if made in others or made in (annual * 10000, annual / 10000):
        return None
    whole = record["total_amount"]
    severity = Severity.WARNING if isinstance(whole, Decimal) and whole != annual else None
    return Hit("annual_amount", _params(block, parts, annual, unit), "items", severity)


def _params(block: BuildUp, parts: list[Decimal], told: Decimal, unit: str) -> dict[str, object]:
    made = sum(parts, Decimal(0))
    shown = " + ".join(map(plain, parts[:_MOST_SHOWN]))
    return {
        "label": block.label,
        "annual": plain(told),
        "sources": plain(made),
        "arithmetic": shown + (" + ……" if len(parts) > _MOST_SHOWN else ""),
        "difference": f"{'多' if made > told else '少'} {plain(abs(made - told))} {unit}",
        "gap": plain(abs(made - told)),
        "unit": unit,
    }
