"""The list of the departments that are to hand in: a text, a CSV file or a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

from perfgoals_xl.bureau.rounds.department_names import Named
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import clean, fold
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.sources.source import read_source

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": (
        *("部门名称", "部门", "单位名称", "单位", "预算部门", "预算部门名称", "预算单位"),
        *("预算单位名称", "主管部门", "填报部门", "填报单位", "名称"),
    ),
    "code": (
        *("部门代码", "单位代码", "预算部门代码", "预算单位代码"),
        *("代码", "编码", "部门编码", "单位编码"),
    ),
    "contact": ("联系人", "联系方式", "经办人", "联系电话", "电话"),
}  # fmt: skip
_DEPARTMENTS = "部门汇总"
_REACH = 10
"""Rows in which the headings are sought."""
_TOTALS = ("合计", "总计", "小计")
_TITLES = ("名单", "一览表", "清单", "名册")
_NUMBERED = re.compile(
    r"^\s*(?:\d{1,4}(?:\s*[.、．)）]|\s)|[(（]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})[)）、])\s*"
)


def read_roster(path: Path) -> list[Named]:
    """The departments that a list names, each once, in its order.

    A column is found by its heading (部门, 单位, 预算部门 …); without any heading the first column
    that holds words counts, a line for each department. Raises ``InputError`` for a file that
    cannot be read or that names nobody.
    """
    # The cover of the last round's book names no departments, though it counts them.
    for grid in sorted(read_source(path).grids, key=lambda grid: grid.sheet != _DEPARTMENTS):
        if not grid.hidden and (found := _of_grid(grid)):
            return found
    raise InputError(
        "名单里没有读到部门",
        hint="请每行写一个部门，或在表里用“部门”作列名。",
        file=path,
    )


def _of_grid(grid: Grid) -> list[Named]:
    rows = [
        {at: text for at, value in grid.cells(row) if (text := clean(grid.shown(row, at, value)))}
        for row in range(len(grid.rows))
    ]
    top, columns = _columns(rows)
    found: dict[tuple[str, str], Named] = {}
    # A long list stands in several columns side by side.
    for beside, cells in product(range(len(columns["name"])), rows[top:]):
        told = {
            key: _word(cells.get(places[beside], ""))
            for key, places in columns.items()
            if beside < len(places)
        }
        name = _NUMBERED.sub("", told.get("name", ""))
        if not any(map(str.isalpha, name)) or name.startswith("#") or _is_heading(fold(name)):
            continue
        code = told.get("code", "")
        found.setdefault((fold(name), fold(code)), Named(name, code, (), told.get("contact", "")))
    with_code = {name for name, code in found if code}
    # The same one again, without its code, is no other of that name.
    return [one for (name, code), one in found.items() if code or name not in with_code]


def _columns(rows: Sequence[Mapping[int, str]]) -> tuple[int, dict[str, list[int]]]:
    """The first row below the headings, and the columns of each thing."""
    for number, cells in enumerate(rows[:_REACH]):
        columns: dict[str, list[int]] = {}
        for key, words in _HEADINGS.items():
            at = [c for c, text in cells.items() if _bare(text) in words]
            if at:
                # The word that names it best, not the one that stands first.
                best = min((_bare(cells[c]) for c in at), key=words.index)
                columns[key] = [c for c in at if _bare(cells[c]) == best]
        if "name" in columns:
            return number + 1, columns
    wordy = [at for cells in rows for at, text in cells.items() if any(map(str.isalpha, text))]
    return 0, {"name": [min(wordy, default=0)]}


def _is_heading(name: str) -> bool:
    """Whether a line is a title or a total, and nobody's name."""
    return name in _TOTALS or name.endswith(_TITLES)


def _bare(heading: str) -> str:
    return fold(heading).rstrip("*:").replace("(必填)", "")


def _word(text: str) -> str:
    """A code that a spreadsheet took for a number, without its decimals."""
    return text[:-2] if text.endswith(".0") and text[:-2].isdecimal() else text
