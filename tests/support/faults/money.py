"""The money of a project: what its work costs, how the costs are told, where the money is from."""

from __future__ import annotations

import random
from decimal import Decimal

from tests.support.faults.choices import Choices
from tests.support.faults.material import Task, Topic
from tests.support.faults.model import Project, Row, Work
from tests.support.faults.wording import pick, plain, restyled, rounded

_MYRIAD = Decimal(10000)
_LOCAL = ("local_appropriation", "local_other", "local_carryover")
_TRANSFER = ("transfer_central", "transfer_regional")
_PARTS = (("城区", "乡镇"), ("第一批", "第二批"), ("东片区", "西片区"), ("北线", "南线"))
_TOTALS = ("项目总成本", "总成本", "成本合计", "项目总投资控制数")


def make_work(choices: Choices, topic: Topic) -> list[Work]:
    """The work of a project with its quantities and costs, and the costs without a quantity."""
    rng = choices.rng("work")
    tasks = rng.sample(topic.tasks, rng.randint(2, len(topic.tasks)))
    tasks.sort(key=topic.tasks.index)
    works = [_work(choices, number, task) for number, task in enumerate(tasks)]
    if topic.lumps and choices["costs"] != "prices" and rng.random() < 0.6:
        names, least, most = topic.lumps[0]
        amount = Decimal(rng.randint(least * 10, most * 10)) / 10
        works.append(Work("", 0, "", amount, None, "", pick(rng, names)))
    return works


def _work(choices: Choices, order: int, task: Task) -> Work:
    rng = choices.rng(f"work/{task.phrase}")
    number = rounded(rng, task.least, task.most)
    price = _price(rng, task)
    by_price = {"prices": True, "mixed": rng.random() < 0.5}.get(choices["costs"], False)
    cost_name = pick(rng, task.prices if by_price else task.costs)
    if by_price and choices["months"] == "wages" and "年" in cost_name:
        price = max(price // 12, Decimal(1)) * 12
    amount = price * number / (1 if task.price_unit == "万元" else _MYRIAD)
    work = Work(
        task.phrase, number, task.unit, amount, price, task.price_unit, cost_name, by_price=by_price
    )
    name = pick(rng, task.quantities)
    if choices["parts"] == "split" and order == 0 and number > 3:
        first = number // 3
        where = rng.choice(_PARTS)
        for part, count in zip(where, (first, number - first), strict=True):
            work.quantities.append(_quantity(choices, rng, f"{name}（{part}）", count, task.unit))
    else:
        work.quantities.append(_quantity(choices, rng, name, number, task.unit))
    return work


def _price(rng: random.Random, task: Task) -> Decimal:
    least, most = Decimal(task.least_price), Decimal(task.most_price)
    for limit, step in ((5000, 500), (1000, 100), (100, 10), (20, 1), (0, Decimal("0.1"))):
        if most > limit:
            return Decimal(rng.randint(int(least / step), int(most / step))) * step
    raise AssertionError(task)


def _quantity(choices: Choices, rng: random.Random, name: str, number: int, unit: str) -> Row:
    sign = rng.choice(("≥", "≥", "", "="))
    if choices["name_unit"] == "brackets" and not name.endswith("）"):
        text = restyled(choices, name, f"{sign}{number}") if sign != "=" else str(number)
        return Row("数量", f"{name}（{unit}）", text, parts=("", str(number), ""))
    text = f"{sign}{number}{unit}"
    return Row("数量", name, restyled(choices, name, text), parts=(sign, str(number), unit))


def annual_of(works: list[Work]) -> Decimal:
    """What all the work costs in 万元."""
    return sum((work.amount for work in works), Decimal(0))


def add_costs(choices: Choices, project: Project) -> None:
    """The rows of the costs: sums, unit prices, one total, or all with their total."""
    rng, group = choices.rng("costs"), "经济成本" if project.edition == "2021" else "成本"
    annual = annual_of(project.works)
    if choices["costs"] == "one":
        project.add_behind(_sum_row(choices, group, pick(rng, _TOTALS[:2]), annual))
        return
    for work in project.works:
        if work.by_price:
            work.cost = _price_row(choices, group, work)
        else:
            work.cost = _sum_row(choices, group, work.cost_name, work.amount)
        project.add_behind(work.cost)
        if choices["of_which"] == "one" and work is project.works[0] and _has_parts(work):
            for part in _of_which(work.cost):
                project.add_behind(part)
    if any(work.by_price and _wages(choices, work) is not None for work in project.works):
        project.add_behind(Row("数量", "保障月数", "12个月"))
    if choices["costs"] == "with_total":
        row = _sum_row(choices, group, pick(rng, _TOTALS), annual)
        if rng.random() < 0.5:
            project.add_behind(row)
        else:
            project.rows.insert(project.rows.index(project.costs[0]), row)


def _sum_row(choices: Choices, group: str, name: str, amount: Decimal) -> Row:
    rng = choices.rng(f"sum/{name}")
    sign = rng.choice(("≤", "≤", "≤", ""))
    if choices["name_unit"] == "brackets" and choices["cost_unit"] == "wan":
        return Row(
            group,
            f"{name}（万元）",
            restyled(choices, name, f"{sign}{plain(amount)}"),
            parts=(sign, plain(amount), ""),
        )
    unit, number = ("万元", amount)
    if choices["cost_unit"] == "yuan":
        unit, number = "元", amount * _MYRIAD
    text = restyled(choices, name, f"{sign}{plain(number)}{unit}")
    return Row(group, name, text, parts=(sign, plain(number), unit))


def _has_parts(work: Work) -> bool:
    return not work.by_price and work.amount > 10 and work.cost_name.endswith(("费", "费用", "款"))


def _of_which(row: Row) -> list[Row]:
    """The parts of a sum, told below it as 其中."""
    assert row.parts is not None
    sign, number, unit = row.parts
    whole = Decimal(number)
    first = (whole * 6 / 10).quantize(Decimal("0.1") if unit != "元" else Decimal(1))
    mark = "（万元）" if row.name.endswith("（万元）") else ""
    parts = ((f"其中：材料购置{mark}", first), (f"其中：人工费用{mark}", whole - first))
    return [
        Row(row.group, name, f"{sign}{plain(part)}{unit}", parts=(sign, plain(part), unit))
        for name, part in parts
    ]


def _wages(choices: Choices, work: Work) -> tuple[str, Decimal] | None:
    """The name and the monthly sum of what a person gets for a year, where it goes into months."""
    if choices["months"] != "wages" or "年" not in work.cost_name or work.price is None:
        return None
    if work.unit not in ("人", "个") or work.price_unit != "元" or work.price % 12:
        return None
    return work.cost_name.replace("年", "月"), work.price / 12


def _price_row(choices: Choices, group: str, work: Work) -> Row:
    rng = choices.rng(f"price/{work.cost_name}")
    assert work.price is not None
    if (wages := _wages(choices, work)) is not None:
        name, monthly = wages
        return Row(group, name, f"{plain(monthly)}元/{work.unit}·月")
    sign = rng.choice(("≤", "≤", ""))
    if "标准" in work.cost_name or "补" in work.cost_name:
        sign = rng.choice(("", "="))
    unit = work.price_unit
    says_it = any(word in work.cost_name for word in ("每", "均", "单价", "单张", "单台", "单座"))
    if choices["price_unit"] == "slash" or not says_it:
        unit += f"/{work.unit}"
    text = f"{sign}{plain(work.price)}{unit}"
    return Row(
        group,
        work.cost_name,
        restyled(choices, work.cost_name, text),
        parts=(sign, plain(work.price), unit),
    )


def funds(choices: Choices, annual: Decimal) -> dict[str, object]:
    """The annual amount by source; what a project does not get is blank or 0."""
    rng = choices.rng("sources")
    nothing = None if choices["blanks"] == "blank" else Decimal(0)
    found: dict[str, object] = dict.fromkeys((*_LOCAL, *_TRANSFER), nothing)
    names = {
        "local": [*rng.sample(_LOCAL, rng.randint(1, 2))],
        "mixed": ["local_appropriation", rng.choice(_TRANSFER)],
        "transfer": list(_TRANSFER),
        "regional": ["transfer_regional"],
    }[choices["sources"]]
    for name, part in zip(names, _split(rng, annual, len(names)), strict=True):
        found[name] = part
    for total, parts in (("local_total", _LOCAL), ("transfer_total", _TRANSFER)):
        filled = [found[part] for part in parts if isinstance(found[part], Decimal)]
        found[total] = sum(filled, Decimal(0)) if filled else nothing
    found["annual_amount"] = annual
    return found


def _split(rng: random.Random, amount: Decimal, count: int) -> list[Decimal]:
    """An amount in round parts."""
    parts = []
    for _ in range(count - 1):
        share = (amount * rng.randint(2, 6) / 10).quantize(Decimal("0.1"))
        parts.append(share)
        amount -= share
    return [*parts, amount]


def in_unit(unit: str, amount: object) -> object:
    """An amount in 万元 in the unit of the form."""
    if not isinstance(amount, Decimal):
        return amount
    return amount * _MYRIAD if unit == "元" else amount
