"""Parts told with 其中 that do not add up to what they are parts of (V16).

They stand as rows below the row of the whole (其中：线上培训人数), or behind it in one text
(培训500人，其中线上200人、线下250人). 其中 may well name some of the parts alone: parts that are
less than the whole are only told where they are most of it, so that they were meant to be all.
What is open-ended (等, 主要, 重点) proves nothing, unless the parts are more than their whole, or
the last of them is the rest of it (等其他对象); figures in other units are no parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgoals_xl.declaration import IndicatorRow, target_of
from perfgoals_xl.form.amounts import convert, plain
from perfgoals_xl.form.target import Kind, parse_target
from perfgoals_xl.form.taxonomy import COST_GROUPS, group_key
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.evidence.goals.goal_reading import Figure, read_goal
from perfgoals_xl.review.evidence.indicator_text import count_unit, group_of
from perfgoals_xl.review.evidence.quantities import likeness

NumberedRow = tuple[int, IndicatorRow]

_FIRST = re.compile(r"^[(\[]?(?:其中|#其中|其中的)[:,)\]]?")
_IN_TEXT = re.compile(r"其中|(?<!不)(?:包括|包含)")
# Parts that are told as some of many.
_SOME = re.compile(r"等|主要|重点|部分|至少|不少于|以上|(?:其他|其余|剩余)(?![^,;。、]{0,8}\d)")
# The last part that is all the others.
_REST = re.compile(r"其[他它余]|剩余")
_TOTAL = re.compile(
    r"^(?:本|该|项目|工程|年度?|经济)*(?:总成本|成本总额|成本合计|总费用|总投资|总支出|费用合计|合计|总计|预算总额|总预算)"
)
_AT_MOST = ("≤", "<")
# What one is beside other things, so that parts called so overlap.
_SORTS_OF_PEOPLE = re.compile(
    r"女性?|党员|团员|民族|残疾|脱贫|贫困|困难|低保|特困|老年|高龄|慢病|患者|青年|青少年|妇女|儿童|留守|返乡|退役|骨干|农民工|移民|岁"
)
_HEADS = frozenset({"人", "名", "户", "家", "人次", "位"})
_COUNTED = frozenset({Kind.NUMERIC, Kind.MONEY})
_SENTENCE = re.compile(r"[。!\n]")
_CLAUSE = re.compile(r"[,;。、:]")
_JOINED = re.compile(r"[、和及与]")
_NOT_A_NAME = re.compile(r"其中|包括|包含|[^\u4e00-\u9fff]")
_LEAST_ALIKE = 0.15
# How far behind the last part a word still says that there are more.
_BEHIND = 8
_BRACKETED = re.compile(r"\([^()]*\)")
# The share of the whole from which several parts were meant to be all of it.
_MOST_OF_IT, _MOST_OF_TEXT = Decimal("0.5"), Decimal("0.75")
# Upper bounds of costs may leave a smaller one out: 其中 the two largest of four purchases.
_MOST_OF_COSTS = Decimal("0.9")


@dataclass(frozen=True, slots=True)
class PartGap:
    """Parts that do not make their whole: the row to tell it at, and the figures as shown."""

    row: int
    name: str
    whole: Decimal
    parts: tuple[Decimal, ...]
    unit: str
    is_plain: bool = True
    """False where it may well be right: some of the parts alone (money, or an upper bound, above
    parts that are less), or heads that count in more than one part."""

    @property
    def total(self) -> Decimal:
        """What the parts add up to."""
        return sum(self.parts, Decimal(0))

    @property
    def arithmetic(self) -> str:
        """The sum as it is shown."""
        shown = " + ".join(map(plain, self.parts))
        return f"{shown} = {plain(self.total)}" if len(self.parts) > 1 else shown


def row_gaps(rows: Sequence[NumberedRow]) -> Iterator[PartGap]:
    """The rows of one project whose parts, in the rows below, do not add up to them."""
    at = 0
    while at < len(rows):
        end = at + 1
        if end < len(rows) and is_part(rows[end][1]) and not is_part(rows[at][1]):
            group = group_of(rows[at][1])
            while end < len(rows) and group_of(rows[end][1]) == group and is_part(rows[end][1]):
                end += 1
            marked = end - at - 1
            while end < len(rows) and group_of(rows[end][1]) == group:
                end += 1
            found = _gap_of_rows(rows[at], rows[at + 1 : end], marked)
            if found is not None:
                yield found
            end = at + 1 + marked
        at = end


def is_part(row: IndicatorRow) -> bool:
    """Whether a row is told with 其中 as part of the one above it."""
    name = row["level3"]
    return isinstance(name, str) and _FIRST.match(fold(name)) is not None


def _gap_of_rows(whole: NumberedRow, below: Sequence[NumberedRow], marked: int) -> PartGap | None:
    number, row = whole
    amount, unit = _value(row)
    if amount is None:
        return None
    parts: list[Decimal] = []
    names = [str(row["level3"]) for _, row in below]
    for _, part in below[:marked]:
        value, own = _value(part)
        if value is None:
            return None
        if own != unit:
            converted = _in_unit(value, own, unit)
            if converted is None:
                return None
            value = converted
        parts.append(value)
    if not parts:
        return None
    # 等, 主要: they may be less than their whole, but not more, and not where the rest is told.
    told = [fold(name) for name in names[:marked]]
    is_some = any(_SOME.search(name) for name in told)
    if is_some and _REST.search(told[-1]) is None:
        if sum(parts, Decimal(0)) <= amount:
            return None
        return PartGap(
            number,
            str(row["level3"]),
            amount,
            tuple(parts),
            unit,
            not _may_overlap(unit, parts, amount, "".join(told)),
        )
    # Rows behind the last 其中 may be parts as well, where they are called alike or all are costs.
    of_costs = _is_total_cost(row)
    for position, (_, further) in enumerate(below[marked:], start=marked):
        value, own = _value(further)
        if value is not None and own != unit and of_costs:
            value = _in_unit(value, own, unit)
        if value is None or (own != unit and not of_costs):
            break
        if not of_costs and likeness(names[0], names[position]) < _LEAST_ALIKE:
            break
        if sum(parts, Decimal(0)) >= amount:
            break
        parts.append(value)
    if not _differ(parts, amount, _MOST_OF_IT):
        return None
    is_open = row["kind"] == Kind.MONEY or row["operator"] in _AT_MOST
    # 总成本 in front of all other costs of its group is what these are to make.
    is_all = of_costs and len(parts) == len(below) > 1
    is_plain = sum(parts, Decimal(0)) > amount or not is_open
    most = _MOST_OF_COSTS if row["operator"] in _AT_MOST else _MOST_OF_TEXT
    is_plain = is_plain or (is_all and sum(parts, Decimal(0)) >= most * amount)
    return PartGap(number, str(row["level3"]), amount, tuple(parts), unit, is_plain)


def _is_total_cost(row: IndicatorRow) -> bool:
    """Whether a row is the total of the costs by its name: 总成本, 项目成本合计."""
    name = fold(str(row["level3"] or ""))
    is_money = row["kind"] == Kind.MONEY and "/" not in (row["unit"] or "")
    return is_money and group_key(row["level2"]) in COST_GROUPS and _TOTAL.search(name) is not None


def _differ(parts: Sequence[Decimal], whole: Decimal, most: Decimal) -> bool:
    """Whether parts are more than their whole, or were meant to be all of it and are less."""
    total = sum(parts, Decimal(0))
    return total > whole or (len(parts) > 1 and most * whole <= total < whole)


def _value(row: IndicatorRow) -> tuple[Decimal | None, str]:
    target = target_of(row)
    if target.kind not in _COUNTED:
        return None, ""
    value = target.low if isinstance(target.low, Decimal) else target.high
    return (value if isinstance(value, Decimal) else None), target.unit


def _in_unit(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """Money in the unit of its whole; None for what cannot be put in it."""
    try:
        return convert(value, unit, wanted)
    except ValueError:
        return None


def text_gap(text: object) -> PartGap | None:
    """The first whole in a text whose parts, told behind it with 其中, do not add up."""
    if not isinstance(text, str) or _IN_TEXT.search(text) is None:
        return None  # Most texts name no parts; reading them would take most of the time.
    told = read_goal(text, None)
    for mark in _IN_TEXT.finditer(told.text):
        end = _SENTENCE.search(told.text, mark.end())
        stop = end.start() if end else len(told.text)
        before = [f for f in told.figures if f.start < mark.start() and f.unit]
        start = max((m.end() for m in _SENTENCE.finditer(told.text, 0, mark.start())), default=0)
        if not before or before[-1].start < start:
            continue
        whole = before[-1]
        following = [f for f in told.figures if mark.end() <= f.start < stop]
        parts: list[Figure] = []
        for figure in following:
            if figure.unit != whole.unit or figure.is_range:
                break
            if parts and not _goes_on(told.text, parts[0], parts[-1], figure):
                break
            parts.append(figure)
        numbers = [part.number for part in parts]
        stop = parts[-1].start if parts else stop
        if any(sum(numbers[:n], Decimal(0)) == whole.number for n in range(1, len(numbers) + 1)):
            continue
        is_all = sum(numbers, Decimal(0)) > whole.number or _REST.search(
            _CLAUSE.split(told.text[mark.start() : stop])[-1]
        )
        behind = "" if is_all else told.text[mark.start() : stop + _BEHIND]
        if not _proves(whole, parts, behind):
            continue
        if _differ(numbers, whole.number, _MOST_OF_TEXT):
            said = told.text[mark.start() : parts[-1].start]
            overlap = _may_overlap(whole.unit, numbers, whole.number, said)
            return PartGap(0, whole.written, whole.number, tuple(numbers), whole.unit, not overlap)
    return None


def _may_overlap(unit: str, parts: Sequence[Decimal], whole: Decimal, said: str) -> bool:
    """Whether the same heads may count twice: 女性 300人, 党员 250人 of 500; 其他 are others."""
    return (
        unit in _HEADS
        and _REST.search(said) is None
        and max(parts) <= whole < sum(parts)
        and _SORTS_OF_PEOPLE.search(said) is not None
    )


def _goes_on(text: str, first: Figure, last: Figure, figure: Figure) -> bool:
    """Whether a figure is one more part: joined by 、, or called like the first part."""
    between = text[last.start + len(last.written) : figure.start]
    if _JOINED.match(between):
        return True
    return bool(_name_of(first) & _name_of(figure))


def _name_of(figure: Figure) -> frozenset[str]:
    """The characters of what a figure counts."""
    return frozenset(_NOT_A_NAME.sub("", figure.subject.replace(figure.unit, "")))


def _proves(whole: Figure, parts: Sequence[Figure], behind: str) -> bool:
    """Whether figures are told as all the parts of one whole."""
    if not parts or whole.unit == "%" or whole.is_range or whole.is_elsewhere:
        return False
    if whole.bound not in ("", "≥") or any(p.bound not in ("", "≥") for p in parts):
        return False
    return _SOME.search(behind) is None


# What is not added up over places: the same is asked of each, or it is measured and no sum.
_NO_SUM = re.compile(
    r"率$|度$|比例|占比|标准|单价|均|每|等级|指数|系数|浓度|水平|程度|时间|时限|期限|工期|天数|年限|时长|人均|户均"
)


def share_gap(number: int, row: IndicatorRow, shares: Sequence[str]) -> PartGap | None:
    """What the columns that a target is shared out over (上坪乡 | 溪口镇) make of its sum, 合计.

    None where they make it, or where the value is one that every place has alike.
    """
    name = fold(str(row["level3"] or ""))
    if _NO_SUM.search(_BRACKETED.sub("", name)) or row["kind"] not in _COUNTED:
        return None
    whole = row["low"] if row["low"] is not None else row["high"]
    targets = [parse_target(text) for text in shares]
    bounds = [target.low if target.low is not None else target.high for target in targets]
    parts = tuple(bound for bound in bounds if isinstance(bound, Decimal))
    if (
        not isinstance(whole, Decimal)
        or row["low"] not in (None, whole)
        or len(parts) < len(bounds)
    ):
        return None
    if any(target.kind not in _COUNTED for target in targets):
        return None
    unit = row["unit"] or ""
    if {target.unit for target in targets} - {unit, ""}:
        return None
    total = sum(parts, Decimal(0))
    may_be_more = row["operator"] in ("≥", ">") and total > whole
    may_be_less = row["operator"] in _AT_MOST and total < whole
    # 合计 may well repeat what each place has, or say the most of them.
    if total == whole or whole in parts or may_be_more or may_be_less:
        return None
    return PartGap(number, str(row["level3"]), whole, parts, unit or count_unit(name))
