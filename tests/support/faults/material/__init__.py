"""What the sectors do, in the words of their own staff: a text for each, and how it is read.

A text begins with 部门, 单位 and 满意 (who is satisfied); ``*`` begins a project, under any of its
names. ``-`` is a piece of work: what the goal says | names of its quantity | least-most unit |
names of its cost | least-most price of one in 万元 or 元 | names of that price. ``+`` is a cost
without a quantity: names | least-most in 万元. Then come indicators, ``group | names | values``,
and 目标, what the goal may end in. Alternatives stand between ；.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

SECTORS: Final = tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.txt")))


@dataclass
class Task:
    """A piece of work: the texts of a ``-`` line."""

    phrase: str
    quantities: list[str]
    least: int
    most: int
    unit: str
    costs: list[str]
    least_price: str
    most_price: str
    price_unit: str
    prices: list[str]


@dataclass
class Topic:
    """A project of a sector."""

    names: list[str]
    tasks: list[Task] = field(default_factory=list)
    lumps: list[tuple[list[str], int, int]] = field(default_factory=list)
    lines: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)

    def of(self, *groups: str) -> list[tuple[str, list[str], list[str]]]:
        """The lines of some groups."""
        return [line for line in self.lines if line[0] in groups]


@dataclass
class Sector:
    """A sector: what its departments and units are called, who is satisfied, what it does."""

    name: str
    departments: list[str]
    units: list[str]
    satisfied: list[str]
    topics: list[Topic] = field(default_factory=list)


@cache
def sector(name: str) -> Sector:
    """The sector of that name."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    heads = dict(line.split(" ", 1) for line in lines[:3])
    made = Sector(name, *(_either(heads[key]) for key in ("部门", "单位", "满意")))
    for line in lines[3:]:
        mark, _, rest = line.partition(" ")
        if mark == "*":
            made.topics.append(Topic(_either(rest)))
        else:
            _add(made.topics[-1], mark, [part.strip() for part in line.split("|")], rest)
    return made


def _add(topic: Topic, mark: str, parts: list[str], rest: str) -> None:
    if mark == "-":
        phrase, quantities, span, costs, price, prices = parts
        bounds, unit = span.split(" ")
        least, most = bounds.split("-")
        price_bounds, price_unit = price.split(" ")
        topic.tasks.append(
            Task(
                phrase.removeprefix("- "),
                _either(quantities),
                int(least),
                int(most),
                unit,
                _either(costs),
                *price_bounds.split("-"),
                price_unit,
                _either(prices),
            )
        )
    elif mark == "+":
        least, most = parts[1].split("-")
        topic.lumps.append((_either(parts[0].removeprefix("+ ")), int(least), int(most)))
    elif mark == "目标":
        topic.ends += _either(rest)
    else:
        topic.lines.append((parts[0], _either(parts[1]), _either(parts[2])))


def _either(text: str) -> list[str]:
    return [part.strip() for part in text.split("；")]
