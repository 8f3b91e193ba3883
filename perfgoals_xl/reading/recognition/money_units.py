"""In which unit a form states its money: in a title, in a line of its own, or in its labels."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfgoals_xl.form.amounts import UNIT_IN_YUAN
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.grid import Grid

DEFAULT = "万元"
"""The unit of a form that states none."""
# The units that a declaration's amounts are kept in; amounts in others are converted.
KEPT = ("万元", "元")

_NAMES = "|".join(sorted((u for u in UNIT_IN_YUAN if u.endswith("元")), key=len, reverse=True))
_MONEY = rf"(?:人民币)?({_NAMES})"
# 编制单位:元江县水务局 names somebody, and so does 单位:元江县水务局.
_NO_PERSON = "".join(
    f"(?<!{word})"
    for word in ("填报", "编制", "申报", "报送", "实施", "主管", "预算", "项目", "填表", "制表")
)
_STATED = re.compile(
    rf"{_NO_PERSON}单位[:/]?\(?{_MONEY}(?:整)?(?![\u4e00-\u9fff])"
    rf"|{_NO_PERSON}单位[:/]?\(?{_MONEY}(?=填报|编制|申报|制表|金额|预算)"
)
_LABEL_ALONE = re.compile(r"(?:金额|货币|计量|计价)?单位:?")
_UNIT_ALONE = re.compile(rf"\(?{_MONEY}\)?")
_LINE_ALONE = re.compile(rf"\(?(?:金额|货币|计量|计价)?单位:\(?{_MONEY}\)?")
_IN_BRACKETS = re.compile(rf"\((?:单位:?)?{_MONEY}\)(?:\((?:必填|选填|可选)\)|[:*])*$")
# A heading over the funding block that is no field: 项目资金（万元）.
_FUNDING_HEAD = re.compile(r"资金|金额|经费|投资|预算")
LONGEST_STATEMENT = 60


def stated_unit(grid: Grid, row: int) -> str | None:
    """The unit that a row above a form states (``单位：元``), in one cell or in two."""
    beside_label = False
    for _, value in grid.cells(row):
        text = fold(str(value))
        found = _STATED.search(text) if len(text) <= LONGEST_STATEMENT else None
        if found:
            return found[1] or found[2]
        alone = _UNIT_ALONE.fullmatch(text)
        if alone and beside_label:
            return alone[1]
        beside_label = _LABEL_ALONE.fullmatch(text) is not None
    return None


def unit_line(grid: Grid, rows: Iterable[int]) -> str | None:
    """The unit that a cell inside the form's head states and that states nothing else."""
    for row in rows:
        for _, value in grid.cells(row):
            if isinstance(value, str) and len(value) <= LONGEST_STATEMENT and "元" in value:
                found = _LINE_ALONE.fullmatch(fold(value))
                if found:
                    return found[1]
    return None


def label_unit(value: object) -> str | None:
    """The unit in brackets behind a label: ``项目总额（元）`` → ``元``."""
    if not isinstance(value, str) or "元" not in value or len(value) > LONGEST_STATEMENT:
        return None
    found = _IN_BRACKETS.search(fold(value))
    return found[1] if found else None


def funding_head_unit(grid: Grid, rows: Iterable[int]) -> str | None:
    """The unit of a heading left of the amounts that labels none itself: ``项目资金（万元）``."""
    for row in rows:
        _, first = next(grid.cells(row), (0, None))
        unit = label_unit(first)
        if unit is not None and _FUNDING_HEAD.search(str(first)):
            return unit
    return None


def is_stated_unit(value: object) -> bool:
    """Whether a cell states nothing but the unit: ``单位：万元``."""
    return (
        isinstance(value, str)
        and len(value) <= LONGEST_STATEMENT
        and _LINE_ALONE.fullmatch(fold(value)) is not None
    )


def unit_alone(value: object) -> str | None:
    """The unit that a cell behind an amount states and nothing else: ``元``."""
    if not isinstance(value, str) or "元" not in value or len(value) > LONGEST_STATEMENT:
        return None
    found = _UNIT_ALONE.fullmatch(fold(value))
    return found[1] if found else None


def is_unit(text: str) -> bool:
    """Whether a folded text is a unit or its label alone (``元``, ``单位：``)."""
    return bool(_UNIT_ALONE.fullmatch(text) or _LABEL_ALONE.fullmatch(text))
