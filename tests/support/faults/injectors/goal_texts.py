"""Faults of the goal: its figures, its money, its year, what it leaves out."""

from __future__ import annotations

import random
import re

from tests.support.faults.injectors.funds import amount
from tests.support.faults.injectors.kinds import Fault, fault, kind
from tests.support.faults.model import Drawn

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(?=万元)")


def _goal(drawn: Drawn) -> str:
    return str(drawn.project.fields["annual_goal"])


def _set(drawn: Drawn, text: str) -> None:
    drawn.project.fields["annual_goal"] = text


def _other(rng: random.Random, number: str) -> str:
    """Another number: one digit is another."""
    places = [n for n, sign in enumerate(number) if sign.isdigit()]
    at = places[0] if len(places) == 1 or rng.random() < 0.5 else rng.choice(places[:2])
    digits = [digit for digit in "123456789" if digit != number[at]]
    return number[:at] + rng.choice(digits) + number[at + 1 :]


@kind("error", goal_money="budget")
def goal_budget_off(drawn: Drawn, rng: random.Random) -> Fault | None:
    """The goal's budget is not the annual amount."""
    found = _AMOUNT.search(_goal(drawn))
    if found is None:
        return None
    text = _goal(drawn)
    _set(drawn, text[: found.start()] + _other(rng, found[0]) + text[found.end() :])
    return fault("G01", "annual_goal", also="G02 G04")


@kind("error", goal_money="parts", costs="sums")
def goal_parts_off(drawn: Drawn, rng: random.Random) -> Fault | None:
    """The parts that the goal lists do not make its budget."""
    text = _goal(drawn)
    found = list(_AMOUNT.finditer(text))
    if len(found) < 3:
        return None
    one = rng.choice(found[1:])
    _set(drawn, text[: one.start()] + _other(rng, one[0]) + text[one.end() :])
    return fault("G02", "annual_goal", also="G04")


@kind("warning", parts="whole", goal_figures="plain")
def goal_figure_off(drawn: Drawn, rng: random.Random) -> Fault:
    """The goal gives another figure than the indicator of the same thing."""
    project = drawn.project
    order = rng.choice(list(project.said))
    work = project.works[order]
    said = project.said[order]
    number = str(work.number)
    wrong = work.phrase.replace("{n}", _other(rng, number) + work.unit)
    _set(drawn, _goal(drawn).replace(said, wrong))
    return fault("G04", "annual_goal", *work.quantities)


@kind("warning", costs="sums")
def goal_pays(drawn: Drawn, rng: random.Random) -> Fault:
    """The goal says what is paid for."""
    names = "、".join(work.cost_name for work in drawn.project.works[:2])
    text = rng.choice(
        (
            f"本项目资金用于支付{names}。",
            f"用于支付{names}等费用，按合同约定及时支付。",
            f"保障{names}等经费支付。",
        )
    )
    _set(drawn, text)
    return fault("G03", "annual_goal")


@kind("error", goal="sentence")
def goal_of_last_year(drawn: Drawn, rng: random.Random) -> Fault:
    """Last year's goal was kept."""
    year = str(drawn.year)
    _set(drawn, _goal(drawn).replace(year, str(drawn.year - 1)))
    return fault("T01", "annual_goal")


@kind("error")
def goal_blank(drawn: Drawn, rng: random.Random) -> Fault:
    """The goal was forgotten."""
    drawn.project.fields["annual_goal"] = None
    return fault("H02", "annual_goal")


@kind("warning")
def goal_cut_off(drawn: Drawn, rng: random.Random) -> Fault:
    """The goal stops in the middle."""
    ends = ("，进一步", "，切实", "，确保", "，并且", "，完善和", "，", "、")
    _set(drawn, _goal(drawn).rstrip("。") + rng.choice(ends))
    return fault("H08", "annual_goal")


@kind("error", goal_figures="plain")
def goal_mask(drawn: Drawn, rng: random.Random) -> Fault:
    """A figure of the goal is still a mask."""
    project = drawn.project
    order = rng.choice(list(project.said))
    work = project.works[order]
    mask = rng.choice(("***", "XX", "**", "____", "×××"))
    said = work.phrase.replace("{n}", mask + work.unit)
    _set(drawn, _goal(drawn).replace(project.said[order], said))
    return fault("V01", "annual_goal")


@kind("info", goal="listed")
def goal_task_alone(drawn: Drawn, rng: random.Random) -> Fault:
    """A task of the goal that no indicator takes up."""
    task = rng.choice(("编制发展规划1部", "建设档案库房2间", "拍摄宣传片3部", "召开推进会议5次"))
    _set(drawn, _goal(drawn).rstrip("。") + f"；五是{task}。")
    return fault("G04 G06", "annual_goal")


@kind("error", projects="two")
def goal_copied(drawn: Drawn, rng: random.Random) -> Fault:
    """The goal is another project's."""
    drawn.projects[1].fields["annual_goal"] = _goal(drawn)
    return fault("P02", (1, "annual_goal"), "annual_goal", also="G01 G02 G04 G06")


@kind("warning", projects="two", goal="sentence", goal_money="none")
def goal_nearly_copied(drawn: Drawn, rng: random.Random) -> Fault:
    """The goal is another project's but for a few words."""
    text = _goal(drawn).replace("，", "，全面", 1)
    drawn.projects[1].fields["annual_goal"] = text
    return fault("P02", (1, "annual_goal"), "annual_goal", also="G01 G02 G04 G06")


@kind("error", projects="two")
def project_name_twice(drawn: Drawn, rng: random.Random) -> Fault | None:
    """Two projects of one name with other funds."""
    first, second = drawn.projects
    if amount(first, "annual_amount") == amount(second, "annual_amount"):
        return None
    second.fields["project_name"] = first.fields["project_name"]
    return fault("P01", (1, "project_name"), "project_name", also="P02 P04")
