"""Costs that do not add up to the budget, or are no costs."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from tests.support.faults.injectors.kinds import Fault, fault, kind, name_of, rename
from tests.support.faults.model import Drawn, Row
from tests.support.faults.wording import plain


def _number_off(rng: random.Random, row: Row, low: int, high: int) -> None:
    """Change the number of a row by so many percent."""
    assert row.parts is not None
    sign, number, unit = row.parts
    changed = Decimal(number) * (100 + rng.randint(low, high)) / 100
    digits = Decimal(1) if changed > 1000 else Decimal("0.1")
    changed = max(changed.quantize(digits), digits)
    step = digits if high > 0 else -digits
    number = plain(changed if changed != Decimal(number) else changed + step)
    row.value = f"{sign}{number}{unit}"


def _cost(drawn: Drawn, rng: random.Random, *, by_price: bool) -> Row | None:
    rows = [work.cost for work in drawn.project.works if work.cost and work.by_price is by_price]
    return rng.choice(rows) if rows else None


@kind("error", of_which="none", months="none", costs="sums", parts="whole")
def sums_over(drawn: Drawn, rng: random.Random) -> Fault | None:
    """A sum that makes the costs more than the budget."""
    row = _cost(drawn, rng, by_price=False)
    if row is None:
        return None
    _number_off(rng, row, 10, 60)
    return fault("C02 C04", *drawn.project.costs, "annual_amount", also="G04")


@kind("warning", of_which="none", months="none", costs="sums", parts="whole")
def sums_below(drawn: Drawn, rng: random.Random) -> Fault | None:
    """A sum that leaves money unexplained."""
    row = _cost(drawn, rng, by_price=False)
    if row is None:
        return None
    _number_off(rng, row, -60, -10)
    return fault("C03 C04", *drawn.project.costs, "annual_amount", also="G04")


def _wrong_price(drawn: Drawn, rng: random.Random, low: int, high: int) -> Fault | None:
    """Exact prices and quantities, one price wrong by so many percent."""
    row = _cost(drawn, rng, by_price=True)
    if row is None:
        return None
    for one in (*drawn.project.costs, *drawn.project.of("数量")):
        assert one.parts is not None
        one.parts = ("", *one.parts[1:])
        one.value = "".join(one.parts)
    _number_off(rng, row, low, high)
    codes = "C02 C04" if low > 0 else "C03 C04"
    return fault(codes, *drawn.project.costs, "annual_amount")


def _is_in_doubt(drawn: Drawn) -> bool:
    """Whether two quantities have one unit: which price is whose is told by the names alone."""
    units = [work.unit for work in drawn.project.works]
    return len(set(units)) < len(units)


@kind("error", of_which="none", months="none", costs="prices", parts="whole", signs="signs")
def prices_over(drawn: Drawn, rng: random.Random) -> Fault | None:
    """Prices times quantities are more than the budget."""
    return None if _is_in_doubt(drawn) else _wrong_price(drawn, rng, 40, 90)


@kind("warning", of_which="none", months="none", costs="prices", parts="whole", signs="signs")
def prices_below(drawn: Drawn, rng: random.Random) -> Fault | None:
    """Prices times quantities are less than the budget."""
    return None if _is_in_doubt(drawn) else _wrong_price(drawn, rng, -70, -40)


@kind("info", of_which="none", months="none", costs="prices", parts="whole", signs="signs")
def prices_in_doubt(drawn: Drawn, rng: random.Random) -> Fault | None:
    """As the two above where the pairs can be doubted: a hint will do."""
    if not _is_in_doubt(drawn):
        return None
    found = _wrong_price(drawn, rng, 40, 90)
    return found and replace(found, codes=found.codes | {"C03"})


@kind("warning", of_which="none", months="none", costs="sums", parts="whole")
def cost_forgotten(drawn: Drawn, rng: random.Random) -> Fault | None:
    """One cost was left out."""
    project = drawn.project
    if len(project.costs) < 2:
        return None
    gone = rng.choice(project.costs)
    project.rows.remove(gone)
    return fault("C03 C04", *project.costs, *project.of("数量"), also="G04")


@kind(
    "warning", of_which="none", months="none", costs="with_total", parts="whole", goal_money="none"
)
def total_row_off(drawn: Drawn, rng: random.Random) -> Fault:
    """The row of the total says another sum than the rows and the budget."""
    project = drawn.project
    works = {work.cost for work in project.works}
    [row] = [row for row in project.costs if row not in works]
    _number_off(rng, row, 10, 60)
    return fault("C02 C03 C04 V16", *project.costs, "annual_amount")


@kind("error", of_which="none", months="none", costs="one")
def no_amount(drawn: Drawn, rng: random.Random) -> Fault:
    """The cost is held to no amount."""
    row = drawn.project.costs[0]
    rename(row, "项目总成本")
    row.value = rng.choice(("控制在预算范围内", "不超预算", "严格控制", "按预算执行"))
    return fault("C01", row, also="V04")


@kind("error", of_which="none", months="none", costs="sums")
def cost_is_a_rate(drawn: Drawn, rng: random.Random) -> Fault | None:
    """A rate among costs that are amounts."""
    project = drawn.project
    if len(project.costs) < 2:
        return None
    row = rng.choice(project.costs)
    rename(row, rng.choice(("成本控制率", "预算执行率", "资金使用率")))
    row.value = rng.choice(("≤100%", "100%", "≥95%"))
    return fault("C06", row, also="C03 C04 V07 G04")


@kind("warning", of_which="none", months="none", costs="sums", name_unit="none", cost_unit="wan")
def cost_without_unit(drawn: Drawn, rng: random.Random) -> Fault:
    """The unit of an amount was forgotten."""
    row = rng.choice(drawn.project.costs)
    assert row.parts is not None
    row.value = "".join(row.parts[:2])
    return fault("V05", row, also="C01 C02 C03 C04 C06 G04")


@kind("warning", of_which="none", months="none", costs="sums", name_unit="none")
def cost_with_floor(drawn: Drawn, rng: random.Random) -> Fault | None:
    """The more it costs, the better."""
    rows = [row for row in drawn.project.costs if name_of(row).endswith(("费", "费用", "经费"))]
    if not rows:
        return None
    row = rng.choice(rows)
    assert row.parts is not None
    row.value = "≥" + "".join(row.parts[1:])
    return fault("V07", row, also="C03")


@kind(
    "warning",
    of_which="none",
    months="none",
    costs="sums",
    parts="whole",
    name_unit="none",
    goal_money="none",
)
def cost_under_quantity(drawn: Drawn, rng: random.Random) -> Fault | None:
    """An amount of money stands under 数量."""
    project = drawn.project
    if len(project.costs) < 2:
        return None
    row = rng.choice(project.costs)
    project.rows.remove(row)
    row.group = "数量"
    project.add_behind(row)
    return fault("S05", row, also="C02 C03 C04")


@kind(
    "warning",
    of_which="none",
    months="none",
    costs="sums",
    parts="whole",
    name_unit="none",
    goal_money="none",
)
def of_which_off(drawn: Drawn, rng: random.Random) -> Fault | None:
    """The parts of a cost (其中) are more than the whole."""
    project = drawn.project
    row = _cost(drawn, rng, by_price=False)
    if row is None or row.parts is None:
        return None
    whole, unit = Decimal(row.parts[1]), row.parts[2]
    digits = Decimal(1) if whole > 100 else Decimal("0.01")
    first = (whole * rng.randint(6, 7) / 10).quantize(digits)
    second = (whole * rng.randint(5, 8) / 10).quantize(digits)
    at = project.rows.index(row) + 1
    parts = [
        Row(row.group, f"其中：{name}", f"{plain(part)}{unit}")
        for name, part in (("材料购置支出", first), ("人工支出", second))
    ]
    project.rows[at:at] = parts
    return fault("V16", row, *parts, also="C02 C03 C04")
