"""Where our columns stand on a sheet 校验结果 as it is now, whatever staff did to it.

Columns are known by their headings: moved, inserted, deleted, spelled with blanks, line breaks or
brackets, or renamed to a word that means the same. A column that cannot be told for certain is a
:class:`Trouble`: whoever reads passes it on, whoever writes refuses.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from perfgoals_xl.addresses import Place, a1
from perfgoals_xl.form.own_sheets import (
    CLEARED,
    NO_LONGER,
    NOT_VALIDATED,
    RESULT_HEADINGS,
    RESULTS_SHEET,
    RULE_CODE,
    SEVERITY_LABELS,
)
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.own_sheets.group_rows import group_size

LABELS = (*SEVERITY_LABELS.values(), NO_LONGER, CLEARED)
"""What the column 级别 says of a finding, and of a reason that is kept without one."""
_ALIASES: Mapping[str, str] = {
    "number": "编号 序 行号 No",
    "severity": "等级 严重程度 问题级别 严重级别",
    "rule": "规则代码 规则编号 规则号 规则代号 代码",
    "sheet": "工作表名 工作表名称 所在工作表 所在表 表名",
    "cell": "单元格地址 单元格位置 所在单元格 位置 地址",
    "project": "项目名称 所属项目 项目名",
    "indicator": "指标名称 三级指标 指标名",
    "value": "现内容 当前内容 填写内容 原内容 现值 填报内容",
    "message": "问题描述 问题说明 存在问题 存在的问题 具体问题 问题内容 发现的问题",
    "suggestion": "修改建议 整改建议 处理建议 建议措施 意见建议 整改意见 修改意见",
    "waiver": "理由 原因 解释 说明理由 理由说明 情况说明 部门说明 单位说明 科室说明 说明原因"
    " 原因说明 解释说明 说明情况 填写说明 说明及理由 说明和理由 说明或理由 说明与理由",
    "position": "位置编码",
}
_EXACT = {heading: key for key, heading in RESULT_HEADINGS.items()}
_MEANT = {word: key for key, words in _ALIASES.items() for word in words.split()}
# These words in a heading say that a column is for reasons, whatever else it says.
_REASONS = ("说明", "理由")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|{[^{}]*}|<[^<>]*>")
_SIGNS = re.compile(r"[\W_]+")
_SUMMARY = re.compile(rf"{NOT_VALIDATED}$|错误\s*\d+\s*项\s*警告\s*\d+\s*项")
# A heading stands near the top; the forms of a workbook are not searched to their ends.
_REACH = 20
# How many headings make a list: on the sheet of this name, on another with those that no other
# sheet has together, on another without them.
_FEWEST, _FEWEST_ELSEWHERE, _TELLING_ELSEWHERE = 4, 5, 7
_NEEDED_ELSEWHERE = {"rule", "sheet", "message"}
_LONGEST_HEADING = 40


@dataclass(frozen=True)
class Trouble:
    """Why a sheet cannot be written safely: where, what is wrong, what to do.

    ``key`` is the column of ours that is in question, empty where it is the list as a whole.
    """

    place: Place
    what: str
    hint: str
    key: str = ""


@dataclass(frozen=True)
class Layout:
    """The list on a sheet; rows and columns count from zero.

    ``header`` is the row of the headings, ``columns`` the column of each key that is there,
    ``rows`` the rows that list something. ``own`` are the columns of the staff's own that hold
    something beside the list, ``strays`` the rows below the heading that hold something and list
    nothing, ``summary`` the cell that counts the findings.
    """

    header: int
    columns: Mapping[str, int]
    rows: tuple[int, ...] = ()
    own: tuple[int, ...] = ()
    strays: tuple[int, ...] = ()
    summary: tuple[int, int] | None = None
    troubles: tuple[Trouble, ...] = ()

    @property
    def missing(self) -> frozenset[str]:
        """The keys that no column is known for."""
        return frozenset(RESULT_HEADINGS.keys() - self.columns.keys())


def find_layout(grid: Grid) -> Layout | None:
    """The layout of the list on a sheet; None for a sheet without one."""
    header = _header_row(grid)
    if header is None:
        return None
    columns, troubles = _columns(grid, header)
    cells = Cells(grid)
    listed = tuple(row for row in range(len(grid.rows)) if _lists(cells, row, header, columns))
    above = [row for row in listed if row < header]
    if above:
        troubles.append(
            Trouble(
                grid.place(header, min(columns.values(), default=0)),
                f"标题行在清单的中间或下方（第 {header + 1} 行）",
                "请把标题行移到清单上方，再校验。",
            )
        )
    ours = set(columns.values())
    held = {column for row in listed for column, _ in grid.cells(row)}
    # A number alone is what is left of a row whose other cells were emptied.
    quiet, of_list = {columns.get("number"), columns.get("position")}, set(listed)
    strays = tuple(
        row
        for row in range(header + 1, len(grid.rows))
        if row not in of_list and any(c not in quiet or _is_word(v) for c, v in grid.cells(row))
    )
    return Layout(
        header,
        columns,
        listed,
        tuple(sorted(held - ours)),
        strays,
        _summary_cell(grid, header),
        tuple(troubles),
    )


def without_heading(grid: Grid) -> Trouble | None:
    """The trouble of a sheet of this name that lists something under no headings."""
    if grid.sheet != RESULTS_SHEET:
        return None
    for row in range(len(grid.rows)):
        for column, value in grid.cells(row):
            if isinstance(value, str) and RULE_CODE.fullmatch(fold(value)):
                names = "、".join(
                    f"“{RESULT_HEADINGS[key]}”" for key in ("rule", "message", "waiver")
                )
                return Trouble(
                    grid.place(row, column),
                    f"清单上方没有标题行（应有{names}等）",
                    "请补上标题行，再校验。",
                )
    return None


class Cells:
    """The values of a sheet, where a cell merged over several rows speaks for each of them."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        # An area over several columns speaks for its corner alone: what it covered is gone.
        self._top = {
            (row, area.left): area.top
            for area in grid.merges
            if area.left == area.right
            for row in range(area.top, min(area.bottom + 1, len(grid.rows)))
        }

    def text(self, row: int, column: int | None) -> str:
        """What a cell says, as it shows it; empty where it is blank or there is no column."""
        if column is None:
            return ""
        row = self._top.get((row, column), row)
        value = self.grid.value(row, column)
        if is_blank(value):
            return ""
        return value if isinstance(value, str) else self.grid.shown(row, column, value)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and not value.strip().isdecimal()


def is_summary(value: object) -> bool:
    """Whether a value is the line that counts the findings, or says that there are none yet."""
    return isinstance(value, str) and _SUMMARY.match(value) is not None


@lru_cache(maxsize=4096)
def plain_heading(text: str) -> str:
    """A heading without blanks, line breaks, brackets and signs: ``说 明（必填）：`` → ``说明``."""
    folded = fold(text)
    bare = _SIGNS.sub("", _BRACKETS.sub("", folded))
    return bare or _SIGNS.sub("", folded)


def _header_row(grid: Grid) -> int | None:
    named = grid.sheet == RESULTS_SHEET
    best: tuple[int, int] | None = None
    for row in range(len(grid.rows)):
        if row >= _REACH and (best is not None or not named):
            break
        if sum(1 for _ in grid.cells(row)) < (_FEWEST if named else _FEWEST_ELSEWHERE):
            continue
        keys = set(_known(grid, row))
        fewest = _FEWEST_ELSEWHERE if keys >= _NEEDED_ELSEWHERE else _TELLING_ELSEWHERE
        if len(keys) < (_FEWEST if named else fewest):
            continue
        if best is None or len(keys) > best[0]:
            best = len(keys), row
    return None if best is None else best[1]


def _known(grid: Grid, row: int) -> Iterator[str]:
    for _, value in grid.cells(row):
        if isinstance(value, str) and len(value) <= _LONGEST_HEADING:
            word = plain_heading(value)
            key = _EXACT.get(word) or _MEANT.get(word)
            if key is not None:
                yield key


def _columns(grid: Grid, header: int) -> tuple[dict[str, int], list[Trouble]]:
    """The column of every key, and what cannot be told for certain."""
    told = {
        column: plain_heading(value) if isinstance(value, str) else ""
        for column, value in grid.cells(header)
    }
    columns: dict[str, int] = {}
    troubles: list[Trouble] = []
    doubtful: set[int] = set()
    for match in (_EXACT.get, _MEANT.get, _means_reasons):
        offered: dict[str, list[int]] = {}
        for column, word in told.items():
            key = match(word)
            if key is not None and column not in columns.values() and column not in doubtful:
                offered.setdefault(key, []).append(column)
        for key, found in offered.items():
            if key in columns or any(trouble.key == key for trouble in troubles):
                continue
            if len(found) == 1:
                columns[key] = found[0]
                continue
            doubtful.update(found)
            troubles.append(_twice(grid, header, key, found))
    open_ones = _unknown(grid, header, set(columns.values()) | doubtful)
    doubted = {trouble.key for trouble in troubles}
    for key in RESULT_HEADINGS:
        if key in columns or key in doubted or key == "position":
            continue
        between = _in_place(key, columns, open_ones)
        if between is None:
            continue
        if set(told.get(between, "")) & set(RESULT_HEADINGS[key]):
            columns[key] = between
            open_ones.remove(between)
        else:
            troubles.append(_renamed(grid, header, key, between))
            doubted.add(key)
    if "waiver" not in columns and "waiver" not in doubted and open_ones:
        troubles.append(_renamed(grid, header, "waiver", open_ones[-1]))
    return columns, troubles


def _means_reasons(word: str) -> str | None:
    return "waiver" if any(sign in word for sign in _REASONS) and word not in _MEANT else None


def _unknown(grid: Grid, header: int, known: Collection[int]) -> list[int]:
    """The other columns that hold something in or below the row of the headings."""
    held = {c for row in range(header, len(grid.rows)) for c, _ in grid.cells(row)}
    return sorted(held - set(known))


def _in_place(key: str, columns: Mapping[str, int], open_ones: Collection[int]) -> int | None:
    """The one unknown column that stands between the neighbours of a missing one."""
    order = list(RESULT_HEADINGS)
    at = order.index(key)
    left = columns.get(order[at - 1], None) if at else -1
    right = columns.get(order[at + 1])
    if left is None or right is None:
        return None
    between = [column for column in open_ones if left < column < right]
    return between[0] if len(between) == 1 and right - left == 2 else None


def _twice(grid: Grid, header: int, key: str, found: list[int]) -> Trouble:
    cells = "、".join(a1(header, column) for column in found)
    return Trouble(
        grid.place(header, found[-1]),
        f"有 {len(found)} 栏都像“{RESULT_HEADINGS[key]}”（{cells}），分不清哪一栏是清单的",
        f"请只留一栏叫“{RESULT_HEADINGS[key]}”，给其余的改名，再校验。",
        key,
    )


def _renamed(grid: Grid, header: int, key: str, column: int) -> Trouble:
    value = grid.value(header, column)
    shown = "空的" if is_blank(value) else f"“{str(value).strip()}”"
    return Trouble(
        grid.place(header, column),
        f"找不到“{RESULT_HEADINGS[key]}”一栏的标题，这一格现为{shown}",
        f"如果这一栏就是“{RESULT_HEADINGS[key]}”，请把标题改回来；如果是您自己加的，"
        f"请在标题行空着的一格填上“{RESULT_HEADINGS[key]}”，再校验。",
        key,
    )


def _lists(cells: Cells, row: int, header: int, columns: Mapping[str, int]) -> bool:
    """Whether a row lists a finding, or a reason that is kept without one."""
    if row == header:
        return False
    rule, severity, message = (
        fold(cells.text(row, columns.get(key))) for key in ("rule", "severity", "message")
    )
    if RULE_CODE.fullmatch(rule) or severity in LABELS or group_size(severity):
        return True
    known = "rule" in columns or "severity" in columns
    return not known and row > header and bool(message)


def _summary_cell(grid: Grid, header: int) -> tuple[int, int] | None:
    for row in range(header):
        for column, value in grid.cells(row):
            if is_summary(value):
                return row, column
    return None
