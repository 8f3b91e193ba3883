"""What is drawn: the projects of a department, made up or taken from a declaration."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from decimal import Decimal

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.taxonomy import EDITIONS, read_level
from perfgoals_xl.form.text import fold
from tests.support.layouts import topics

_SPLIT = re.compile(r"([≥≤=><]?)(\d+(?:\.\d+)?)([^\d\s（(，,。；;、～~至—-]{0,8})")
_TEXTS = (
    "project_name",
    "supervising_department",
    "implementing_unit",
    "project_attribute",
    "project_period",
    "period_goal",
    "annual_goal",
)


@dataclass(frozen=True)
class Value:
    """A target value: in parts where it has a number, in words else."""

    text: str
    sign: str = ""
    number: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Item:
    """An indicator; ``level1`` and ``level2`` are standard terms of the edition."""

    level1: str
    level2: str
    name: str
    value: Value
    period: Value
    last: Value
    standard: str = ""
    note: str | None = None


@dataclass
class Project:
    """A project's fields by name (amounts in 万元) and its indicators."""

    fields: dict[str, str | Decimal | None]
    items: list[Item] = field(default_factory=list)


@dataclass
class Content:
    """All that one file declares."""

    department: str
    year: int
    edition: str
    projects: list[Project]


def made_up(rng: random.Random, edition: str, projects: int) -> Content:
    """A fictional department with so many projects."""
    year = rng.choice((2024, 2025, 2026, 2027))
    place = rng.choice(topics.PLACES)
    chosen = rng.sample(topics.TOPICS, projects)
    department = place + chosen[0].department
    made = [_project(rng, topic, edition, year, place, department) for topic in chosen]
    return Content(department, year, edition, made)


def _project(
    rng: random.Random, topic: topics.Topic, edition: str, year: int, place: str, department: str
) -> Project:
    amounts = _amounts(rng)
    first = rng.choice((year, year - 1))
    ends = year + rng.choice((0, 1, 2))
    period = f"{first}年{rng.randint(1, 6)}月至{ends}年12月"
    figure = rng.randint(2, 80)
    fields: dict[str, str | Decimal | None] = {
        "project_name": rng.choice(("", place)) + topic.name + rng.choice(topics.ACTIONS),
        "supervising_department": department,
        "implementing_unit": place + topic.unit,
        "project_attribute": rng.choice(("经常性项目", "一次性项目", "延续性项目")),
        "project_period": period,
        **amounts,
        "period_goal": f"{first}年至{ends}年，{topic.goal}累计完成{figure * 3}处。",
        "annual_goal": f"{topic.goal}本年完成{figure}处，发现问题及时整改。",
    }
    return Project(fields, _items(rng, topic, edition, year))


def _amounts(rng: random.Random) -> dict[str, Decimal]:
    places = rng.choice((0, 0, 1, 2, 4))

    def amount(largest: int) -> Decimal:
        return Decimal(rng.randint(1, largest * 10**places)).scaleb(-places)

    own, other, carried = amount(400), amount(60), amount(30)
    central, regional = amount(300), amount(200)
    local, transfer = own + other + carried, central + regional
    annual = local + transfer
    return {
        "total_amount": annual + rng.choice((Decimal(0), amount(500))),
        "annual_amount": annual,
        "local_total": local,
        "local_appropriation": own,
        "local_other": other,
        "local_carryover": carried,
        "transfer_total": transfer,
        "transfer_central": central,
        "transfer_regional": regional,
    }


def _items(rng: random.Random, topic: topics.Topic, edition: str, year: int) -> list[Item]:
    lines = list(topic.lines)
    if edition == "2021":
        lines += [c for c in topics.COSTS_OF_2021 if rng.random() < 0.6]
    items = []
    groups = EDITIONS[edition].groups
    for level1, level2 in groups:
        for group, *rest in lines:
            term = "经济成本" if edition == "2021" and group == "成本" else group
            if edition == "2021" and group == "可持续影响":
                continue
            key = "服务对象满意度" if term == "满意度" else term
            if _key(level2) == key and (rng.random() < 0.9 or key in ("数量", "服务对象满意度")):
                items.append(_item(rng, level1, level2, rest, year))
    return items


def _key(level2: str) -> str | None:
    term = read_level(level2)
    return term.key2 if term else None


def _item(rng: random.Random, level1: str, level2: str, line: list[str], year: int) -> Item:
    name, *rest = line
    if len(rest) == 1:
        words = rest[0].format(y=year)
        value = period = last = Value(words)
        period = Value(words.replace(str(year), str(year + 2)))
        last = Value(words.replace(str(year), str(year - 1)))
    else:
        sign, low, high, unit = rest
        value, period, last = (_number(rng, sign, low, high, unit) for _ in range(3))
    standard = f"达到目标得满分，每低1{value.unit or '项'}扣1分"
    note = rng.choice((None, None, "按合同约定", "以验收单为准"))
    return Item(level1, level2, name, value, period, last, standard, note)


def _number(rng: random.Random, sign: str, low: str, high: str, unit: str) -> Value:
    places = max(len(n.partition(".")[2]) for n in (low, high))
    scale = 10**places
    number = rng.randint(int(float(low) * scale), int(float(high) * scale))
    shown = f"{Decimal(number) / scale:f}"
    sign = "" if sign == "=" and rng.random() < 0.5 else sign
    return Value(f"{sign}{shown}{unit}", sign, shown, unit)


def of_declaration(declaration: Declaration) -> list[Content]:
    """What a declaration that was read holds, a content for each of its projects.

    Projects without a name, an annual amount or a goal, and indicators outside the taxonomy, are
    left out: what is missing cannot be drawn.
    """
    indicators = declaration.indicators.records()
    found = []
    for number, row in enumerate(declaration.projects.records()):
        fields = {name: row[name] for name in (*_TEXTS, *AMOUNT_FIELDS)}  # type: ignore[literal-required]
        in_unit = Decimal(1) if row["amount_unit"] == "万元" else Decimal("0.0001")
        for name in AMOUNT_FIELDS:
            amount = fields[name]
            fields[name] = amount * in_unit if isinstance(amount, Decimal) else None
        items = [
            Item(
                str(record["level1"]),
                str(record["level2"]),
                fold(record["level3"]),
                _value(record["target_value"]),
                _value(record["target_value"]),
                _value(record["target_value"]),
            )
            for record in indicators
            if record["project"] == number
            and record["level3"]
            and record["target_value"]
            and _drawable(record["level3"], record["target_value"])
            and (record["level1"], record["level2"]) in EDITIONS[declaration.edition].groups
        ]
        order = EDITIONS[declaration.edition].groups
        items.sort(key=lambda item: order.index((item.level1, item.level2)))
        needed = ("project_name", "annual_amount", "annual_goal")
        if items and all(fields[name] is not None for name in needed):
            named = {k: fold(v) if k in _TEXTS and v else v for k, v in fields.items()}
            project = Project(named, items)
            department = declaration.department or "云川县水务局"
            found.append(
                Content(department, declaration.year or 2026, declaration.edition, [project])
            )
    return found


def _drawable(name: str, target: str) -> bool:
    """Whether a row can be told from the form around it: no label, no blank in it."""
    return read_level(name) is None and "\n" not in f"{name}{target}" and len(fold(target)) > 0


def _value(text: str) -> Value:
    found = _SPLIT.fullmatch(fold(text))
    return Value(fold(text), *found.groups()) if found else Value(fold(text))
