"""Declarations written by hand, as short texts.

A block is ``edition year unit``, then ``name | department | unit | attribute | period``, then the
funds ``total | annual | 财政拨款 | 其他 | 结转 | 中央 | 自治区`` (``-`` where a cell is blank), the
lines of the goal behind ``>``, and the indicators ``group | name | value``. Blocks stand apart by a
blank line.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.support.faults.model import Drawn, Project, Row

_HEAD = (
    *("project_name", "supervising_department", "implementing_unit"),
    *("project_attribute", "project_period"),
)
_LOCAL = ("local_appropriation", "local_other", "local_carryover")
_TRANSFER = ("transfer_central", "transfer_regional")


def read(path: Path) -> list[Drawn]:
    """The declarations of a file."""
    return [_declaration(block) for block in path.read_text(encoding="utf-8").split("\n\n")]


def _declaration(block: str) -> Drawn:
    first, head, funds, *lines = block.strip().split("\n")
    edition, year, unit = first.split()
    fields: dict[str, object] = dict(zip(_HEAD, _cells(head), strict=True))
    amounts = ("total_amount", "annual_amount", *_LOCAL, *_TRANSFER)
    numbers = (None if text == "-" else Decimal(text) for text in _cells(funds))
    fields |= dict(zip(amounts, numbers, strict=True))
    for total, parts in (("local_total", _LOCAL), ("transfer_total", _TRANSFER)):
        filled = [value for part in parts if isinstance(value := fields[part], Decimal)]
        fields[total] = sum(filled, Decimal(0)) if filled else None
    fields["annual_goal"] = "\n".join(line[2:] for line in lines if line.startswith("> "))
    rows = [Row(*_cells(line)) for line in lines if not line.startswith("> ")]
    project = Project(edition, int(year), unit, fields, rows)
    return Drawn(str(fields["supervising_department"]), int(year), [project])


def _cells(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]
