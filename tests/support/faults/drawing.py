"""Draws a right declaration from a seed."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Final

from tests.support.faults.choices import Choices
from tests.support.faults.goals import write_goal
from tests.support.faults.material import SECTORS, Sector, Topic, sector
from tests.support.faults.model import Drawn, Project, Row
from tests.support.faults.money import add_costs, annual_of, funds, in_unit, make_work
from tests.support.faults.wording import pick, value_text

_PLACES = ("云川县", "青岭县", "白石市", "桃源区", "河湾县", "南屏市")
_ORDER_2015: Final = "数量 质量 时效 成本 经济效益 社会效益 生态效益 可持续影响 服务对象满意度"
_ORDER_2021: Final = (
    "经济成本 社会成本 生态环境成本 数量 质量 时效 经济效益 社会效益 生态效益 服务对象满意度"
)
_ORDER: Final = {"2015": _ORDER_2015.split(), "2021": _ORDER_2021.split()}
# Effects that no figure tells.
_IN_WORDS = {
    "经济效益": (("带动相关产业发展", "作用明显"), ("对当地经济的拉动作用", "逐步增强")),
    "社会效益": (
        ("群众获得感", "有所增强"),
        ("公共服务水平", "稳步提升"),
        ("社会稳定状况", "良好"),
    ),
    "生态效益": (("区域生态环境质量", "持续改善"), ("环境保护意识", "明显增强")),
    "可持续影响": (
        ("长效管理机制", "基本健全"),
        ("相关制度体系", "健全完善"),
        ("服务能力", "持续提升"),
    ),
}
_EFFECTS = {"经济": "经济效益", "社会": "社会效益", "生态": "生态效益", "持续": "可持续影响"}


def draw(
    seed: int,
    *,
    sector_name: str | None = None,
    without: Collection[tuple[str, str]] = (),
    **forced: str,
) -> tuple[Choices, Drawn]:
    """The declaration of a fictional department, and the variants that it was drawn with."""
    choices = Choices(seed, without, **forced)
    rng = choices.rng("sector")
    found = sector(sector_name or rng.choice(SECTORS))
    department = pick(rng, _PLACES) + pick(rng, found.departments)
    year = rng.choice((2024, 2025, 2026, 2026, 2026, 2027))
    topics = rng.sample(found.topics, 2 if choices["projects"] == "two" else 1)
    projects = [_project(choices, found, topic, department, year) for topic in topics]
    return choices, Drawn(department, year, projects)


def _project(choices: Choices, found: Sector, topic: Topic, department: str, year: int) -> Project:
    rng = choices.rng(f"project/{topic.names[0]}")
    unit = "元" if choices["unit"] == "yuan" else "万元"
    project = Project(choices["edition"], year, unit, {}, works=make_work(choices, topic))
    annual = annual_of(project.works)
    fields: dict[str, object] = {
        "project_name": pick(rng, topic.names),
        "supervising_department": department,
        "implementing_unit": department[:3] + pick(rng, found.units),
    }
    fields |= _period(choices, year)
    years = 1 if choices["period"] in ("year", "months") else 3
    total = annual if years == 1 else (annual * years).quantize(Decimal("0.1")) + rng.randint(1, 9)
    fields["total_amount"] = total
    fields |= funds(choices, annual)
    project.fields = {name: in_unit(unit, value) for name, value in fields.items()}
    _fill(choices, project, found, topic)
    project.fields["annual_goal"] = write_goal(choices, project, topic)
    if choices["ordinals"] == "numbered":
        number_rows(project)
    if choices["weights"] != "none":
        _weigh(project, 100 if choices["weights"] == "hundred" else 90)
    return project


def _period(choices: Choices, year: int) -> dict[str, object]:
    rng = choices.rng("period")
    texts = {
        "year": ("1年", "一年", f"{year}年", f"{year}年度"),
        "months": (
            f"{year}年1月至{year}年12月",
            f"{year}年1月-12月",
            f"{year}.01-{year}.12",
            f"{year}年1月1日至{year}年12月31日",
        ),
        "years": ("3年",),
        "long": (f"{year - 1}年1月至{year + 1}年12月", f"{year - 1}-{year + 1}年"),
    }[choices["period"]]
    many = choices["period"] in ("years", "long")
    attributes = ("延续性项目", "经常性项目") if many else ("一次性项目", "经常性项目")
    mark = "" if rng.random() < 0.7 else "02-"
    return {
        "project_attribute": mark + rng.choice(attributes),
        "project_period": rng.choice(texts),
    }


def _fill(choices: Choices, project: Project, found: Sector, topic: Topic) -> None:
    """The rows of all groups, in the order of the edition."""
    made: list[Row] = [row for work in project.works for row in work.quantities]
    rng = choices.rng("rows")
    for group in ("质量", "时效"):
        lines = topic.of(group)
        for line in rng.sample(lines, rng.randint(1, len(lines))):
            made.append(_row(choices, project, *line))
    for group in ("社会成本", "生态环境成本") if project.edition == "2021" else ():
        if (lines := topic.of(group)) and rng.random() < 0.6:
            made.append(_row(choices, project, *lines[0]))
    for short, key in _EFFECTS.items():
        lines = topic.of(short)
        if not lines or (key == "可持续影响" and project.edition == "2021"):
            continue
        optional = key in ("经济效益", "生态效益")
        if optional and rng.random() < 0.3:
            continue
        name_values = rng.choice(lines)[1:]
        if choices["effects"] == "words" and rng.random() < 0.5:
            made.append(Row(key, *rng.choice(_IN_WORDS[key])))
        else:
            made.append(_row(choices, project, key, *name_values))
    respondents = 2 if choices["respondents"] == "two" else 1
    for name in rng.sample(found.satisfied, respondents):
        made.append(_row(choices, project, "服务对象满意度", [name], ["≥{90-98}%"]))
    order = _ORDER[project.edition]
    project.rows = sorted(made, key=lambda row: order.index(row.group))
    add_costs(choices, project)
    project.rows.sort(key=lambda row: order.index(row.group))


def _row(
    choices: Choices, project: Project, group: str, names: list[str], values: list[str]
) -> Row:
    rng = choices.rng(f"line/{names[0]}")
    name = pick(rng, names)
    return Row(group, name, value_text(choices, name, pick(rng, values), project.year))


def number_rows(project: Project) -> None:
    """指标1：, 指标2：, … in front of the names, anew in each group."""
    counts: dict[str, int] = {}
    for row in project.rows:
        if row.name.startswith("其中"):
            continue
        counts[row.group] = counts.get(row.group, 0) + 1
        row.name = f"指标{counts[row.group]}：{row.name}"


def _weigh(project: Project, total: int) -> None:
    """Points that add up to ``total``."""
    each, rest = divmod(total, len(project.rows))
    for number, row in enumerate(project.rows):
        row.weight = each + (number < rest)
