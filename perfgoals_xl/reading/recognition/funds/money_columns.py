"""Funds in columns: 年初预算, 调整后预算数 and 执行数 side by side, with their sources below.

The budget as it was last adjusted counts; what was spent is known and not declared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from perfgoals_xl.form.column_labels import plain_label, time_heading
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.labels import head_role
from perfgoals_xl.reading.recognition.money_units import label_unit

# The words of the columns; of budgets the first that a form has counts.
_BUDGETS = (
    ("调整后预算数", "调整后预算", "调整预算数", "调整后金额", "调整数"),
    (
        "全年预算数",
        "全年预算",
        "年度预算数",
        "年度预算",
        "本年预算数",
        "当年预算数",
        "预算数",
        "预算金额",
    ),
    ("年初预算数", "年初预算", "年初批复数", "批复数", "预算批复数"),
    ("金额", "资金金额", "资金数额", "资金额", "数额"),
)
_LONGEST = 30
# The rank of the plan year's own column.
_OF_THE_YEAR = 1
# What heads the column of the sources; beside it one column of amounts is a table as well.
_SOURCES = frozenset(
    (
        "资金来源",
        "来源项目",
        "资金来源项目",
        "项目资金来源",
        "资金项目",
        "资金类型",
        "资金渠道",
        "资金构成",
        "资金性质",
    )
)
_SPENT = frozenset(
    (
        *("全年执行数", "执行数", "预算执行数", "实际执行数", "实际支出数", "支出数", "决算数"),
        *("预算执行率", "执行率", "资金执行率", "分值", "权重", "得分", "原因", "到位数", "到位率"),
        *("实际到位数", "偏差原因", "全年执行数(b)", "预算执行率(b/a)", "执行率(b/a)", "结余数"),
    )
)
# The same by their build: 1～7月执行数, 半年（程）计划执行数, 全年预计执行数, 截至6月底支付率.
_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
_SPENT_BUILD = re.compile(
    rf"(?:截至|截止)?(?:{_MONTH}(?:月份?)?(?:[-~—－至到]{_MONTH})?月(?:底|末|份)?|(?:上|下)?半年(?:\(程\))?"
    r"|前?[一二三四1-4]季度|全年|本年度?|当年|年度|累计)?(?:预计|计划|实际|预算|资金|累计)*"
    r"(?:执行|支出|支付|到位|使用|完成|结余|结转)(?:数|率|额|金额|资金|情况|进度|比例)?(?:\([a-d/]+\))?"
)


@dataclass(frozen=True)
class MoneyColumns:
    """The columns of a table of funds: the row of its head, the budget that counts, the others."""

    row: int
    budget: int
    others: frozenset[int]
    unit: str | None = None
    # The column of the whole project's amounts, where one stands beside the years'.
    total: int | None = None


def find_money_columns(
    grid: Grid, start: int, end: int, year: int | None = None
) -> MoneyColumns | None:
    """The head of a table of funds in the rows ``start`` to ``end`` (exclusive).

    Of columns for several years that of ``year`` counts.
    """
    for row in grid.filled(start, end):
        budgets: dict[int, int] = {}
        spent: set[int] = set()
        named = False
        total: int | None = None
        for column, value in grid.cells(row):
            said = _heading(value) if isinstance(value, str) and len(value) <= _LONGEST else None
            if said is None:
                continue
            named = named or said.of_sources
            if said.rank is not None:
                budgets[column] = said.rank
            elif said.year is not None and year is not None and _leads_rows(grid, row):
                if said.year == year:
                    budgets[column] = _OF_THE_YEAR
                else:
                    spent.add(column)
            elif said.is_total:
                total = column
            elif said.is_spent:
                spent.add(column)
        if budgets and (named or len(budgets) + len(spent) > 1):
            found = _chosen(grid, row, budgets, spent)
            if found is not None and _OF_THE_YEAR in budgets.values() and total is not None:
                return replace(found, others=found.others | {total}, total=total)
            if found is not None:
                return found
    return None


class _Heading(NamedTuple):
    """What a text says over a column: the rank of a budget, a year, the total, what was spent."""

    of_sources: bool
    rank: int | None
    year: int | None
    is_total: bool
    is_spent: bool


_NO_HEADING = _Heading(of_sources=False, rank=None, year=None, is_total=False, is_spent=False)


@lru_cache(maxsize=8192)
def _heading(text: str) -> _Heading | None:
    word, role, time = plain_label(text)[0], head_role(text), time_heading(text)
    found = _Heading(
        word in _SOURCES,
        next((rank for rank, words in enumerate(_BUDGETS) if word in words), None),
        time[1] if time is not None else None,
        role is not None and role.name == "total_amount",
        word in _SPENT or _is_spent(text, labelled=role is not None),
    )
    return found if found != _NO_HEADING else None


def _is_spent(value: str, *, labelled: bool) -> bool:
    text = fold(value).lower()
    if text in _SPENT:
        return True
    return not labelled and _SPENT_BUILD.fullmatch(text) is not None


def _leads_rows(grid: Grid, row: int) -> bool:
    """Whether the row below begins with the label of its amounts."""
    if row + 1 >= len(grid.rows):
        return False
    _, first = next(grid.cells(row + 1), (0, None))
    return first is not None and head_role(first) is not None


def _chosen(grid: Grid, row: int, budgets: dict[int, int], spent: set[int]) -> MoneyColumns | None:
    """The budget that counts: the best of those that hold a number in the row below."""
    below = row + 1
    if below >= len(grid.rows):
        return None
    held = {c for c, v in grid.cells(below) if isinstance(v, int | float) or _is_number(v)}
    columns = sorted((rank, column) for column, rank in budgets.items() if column in held)
    if not columns:
        return None
    budget = columns[0][1]
    others = frozenset(c for c in (*budgets, *spent) if c != budget)
    return MoneyColumns(row, budget, others, label_unit(grid.value(row, budget)))


def _is_number(value: object) -> bool:
    text = str(value).strip().replace(",", "")
    return text.replace(".", "", 1).isdigit()
