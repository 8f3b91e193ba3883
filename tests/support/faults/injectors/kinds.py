"""What an injector is: one kind of fault, and which rules are to find it where.

An injector changes what was drawn and says what must be found, or returns None where the draw has
nothing that this fault could happen to.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.support.faults.model import Drawn, Project, Row

_ORDINAL = re.compile(r"^指标\d+：")
TABLE: Final = "table"
"""The spot of what is missing in the table: its head, or the label of any group."""
TITLE: Final = "year"

# A field of the form, a row (its name or its value), TABLE; by number a field of another project.
Spot = str | Row | tuple[int, str]


@dataclass(frozen=True)
class Fault:
    """What the review must say: any of ``codes`` at any of ``spots``.

    ``also`` are rules that may speak too, wherever they see what follows from the fault.
    """

    codes: frozenset[str]
    spots: tuple[Spot, ...]
    also: frozenset[str]


@dataclass(frozen=True)
class Kind:
    """An injector: its name, how serious its fault is, and the features that it needs."""

    name: str
    severity: str
    forced: dict[str, str]
    inject: Callable[[Drawn, random.Random], Fault | None]


INJECTORS: dict[str, Kind] = {}


def fault(codes: str, *spots: Spot, also: str = "") -> Fault:
    """What must be found: ``fault("F02", "annual_amount", also="C03")``."""
    return Fault(frozenset(codes.split()), spots, frozenset(also.split()))


def kind(
    severity: str, **forced: str
) -> Callable[[Callable[[Drawn, random.Random], Fault | None]], Callable[..., Fault | None]]:
    """Registers an injector under the name of its function."""

    def register(
        inject: Callable[[Drawn, random.Random], Fault | None],
    ) -> Callable[..., Fault | None]:
        name = inject.__name__
        assert name not in INJECTORS, name
        INJECTORS[name] = Kind(name, severity, {"weights": "none"} | forced, inject)
        return inject

    return register


def rename(row: Row, name: str) -> None:
    """Give a row another name and leave its 指标1： in front."""
    mark = _ORDINAL.match(row.name)
    row.name = (mark[0] if mark else "") + name


def name_of(row: Row) -> str:
    """The name of a row without its 指标1：."""
    return _ORDINAL.sub("", row.name)


def add(project: Project, group: str, name: str, value: str) -> Row:
    """Add an indicator at the end of its group."""
    row = Row(group, name, value)
    project.add_behind(row)
    return row


def some_row(rng: random.Random, rows: list[Row], pattern: str = "", name: str = "") -> Row | None:
    """One of the rows whose value and name hold what is asked for."""
    fitting = [
        row for row in rows if re.search(pattern, row.value) and re.search(name, name_of(row))
    ]
    return rng.choice(fitting) if fitting else None


def has_groups(project: Project) -> list[str]:
    """The groups that the project fills, in the order of its form."""
    return list(dict.fromkeys(row.group for row in project.rows))
