"""The goal of the year, made of what the works say."""

from __future__ import annotations

import re
from decimal import Decimal

from tests.support.faults.choices import Choices
from tests.support.faults.material import Topic
from tests.support.faults.model import Project, Work
from tests.support.faults.money import annual_of
from tests.support.faults.wording import plain

_RATE = re.compile(r"\d+(?:\.\d+)?%")
_DOCUMENTS = (
    "《关于加强{topic}管理的通知》（云政办发〔{old}〕{number}号）",
    "《{place}“十五五”规划纲要》",
    "{old}年印发的实施方案",
)


def phrase(choices: Choices, work: Work) -> str:
    """What the goal says of a work: ``维修改造农村学校6所``."""
    number, unit = str(work.number), work.unit
    if choices["goal_figures"] == "myriads" and work.number >= 10000 and work.number % 1000 == 0:
        number = f"{work.number / 10000:g}万"
    return work.phrase.replace("{n}", number + unit)


def write_goal(choices: Choices, project: Project, topic: Topic) -> str:
    """The whole text; ``project.said`` remembers what it says of each work."""
    rng = choices.rng("goal")
    said = []
    for order, work in enumerate(project.works):
        if work.phrase:
            project.said[order] = phrase(choices, work)
            said.append(project.said[order])
    if choices["goal_rates"] == "quoted":
        said += _rates(project)[:1]
    end = topic.ends[0] if rng.random() < 0.6 else rng.choice(topic.ends)
    year = project.year
    money = _money(choices, project)
    text = {
        "sentence": f"{year}年，" + "，".join(said) + f"，{end}。",
        "through": f"通过项目实施，{'、'.join(said)}，{end}。",
        "listed": _numbered(said, end, ("一是", "二是", "三是", "四是")),
        "numbered": _numbered(said, end, ("1.", "2.", "3.", "4.")),
        "targets": _targets(said, end),
        "basis": _basis(choices, project) + "，".join(said) + f"，{end}。",
    }[choices["goal"]]
    if not money:
        return text
    return money + text if choices["goal"] != "basis" else f"{text}{money}"


def _rates(project: Project) -> list[str]:
    """What the goal says of the rates that the indicators state: ``工程验收合格率达到98%``."""
    found = []
    for row in project.of("质量"):
        rate = _RATE.search(row.value)
        if row.name.endswith("率") and rate is not None:
            found.append(f"{row.name}达到{rate[0]}")
    return found


def _numbered(said: list[str], end: str, marks: tuple[str, ...]) -> str:
    lines = [f"{mark}{line}；" for mark, line in zip(marks, [*said, end], strict=False)]
    return "".join(lines)[:-1] + "。"


def _targets(said: list[str], end: str) -> str:
    return "\n".join(f"目标{n}：{line}。" for n, line in enumerate([*said, end], start=1))


def _basis(choices: Choices, project: Project) -> str:
    rng = choices.rng("basis")
    document = rng.choice(_DOCUMENTS).format(
        topic=str(project.fields["project_name"])[:6],
        old=project.year - rng.randint(2, 5),
        number=rng.randint(5, 120),
        place="全县",
    )
    return f"根据{document}，{project.year}年计划"


def _money(choices: Choices, project: Project) -> str:
    rng, year = choices.rng("goal money"), project.year
    annual = plain(annual_of(project.works))
    if choices["goal_money"] == "budget":
        return rng.choice(
            (
                f"{year}年安排资金{annual}万元。",
                f"本年度计划投入{annual}万元。",
                f"{year}年项目预算{annual}万元。",
            )
        )
    carried = project.fields.get("local_carryover")
    if choices["goal_money"] == "carried" and isinstance(carried, Decimal) and carried > 0:
        own = plain(carried / 10000 if project.unit == "元" else carried)
        return f"{year}年安排资金{annual}万元（含上年结转资金{own}万元）。"
    by_sum = [work for work in project.works if not work.by_price]
    if choices["goal_money"] == "parts" and len(by_sum) == len(project.works) > 1:
        parts = "、".join(f"{work.cost_name}{plain(work.amount)}万元" for work in by_sum)
        return f"{year}年安排资金{annual}万元，其中：{parts}。"
    return ""
