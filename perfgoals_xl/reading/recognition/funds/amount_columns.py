"""Amounts in columns, each below its own label: 合计 | 中央 | 省级 over 12 | 5 | 4.

A row of such labels may hold words that no list has; over a number each of them is a label too.
"""

from __future__ import annotations

from perfgoals_xl.form.column_labels import plain_label, time_heading
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.labels import OTHER, head_role

_LEVELS = {
    "transfer_central": "中央 中央财政 中央级",
    "transfer_regional": "省级 省 自治区 省级财政 自治区级 省级安排",
    "local_appropriation": "本级 县级 区级 本级财政 县级财政 区级财政 县(区)级 县区级",
    "block_total": "合计 总计 小计 总额",
}
_BY_LEVEL = {word: name for name, words in _LEVELS.items() for word in words.split()}
_LONGEST = 20


def is_number(value: object) -> bool:
    """Whether a cell holds a number."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return True
    text = fold(str(value)).replace(",", "")
    return text.replace(".", "", 1).isdigit()


def heads_amounts(grid: Grid, row: int) -> bool:
    """Whether a row holds nothing but words, over a row with an amount under two or more."""
    cells = list(grid.cells(row))
    if len(cells) < 2 or row + 1 >= len(grid.rows):
        return False
    if any(not isinstance(v, str) or len(v) > _LONGEST or is_number(v) for _, v in cells):
        return False
    below = list(grid.cells(row + 1))
    amounts = {column for column, value in below if is_number(value)}
    texts = len(below) - len(amounts)
    return len(amounts & {column for column, _ in cells}) > 1 and texts <= 1


def column_label(grid: Grid, row: int, column: int) -> tuple[str, int | None] | None:
    """What a word over an amount labels, and for which year; None where it is over none."""
    value = grid.value(row, column)
    if head_role(value) is not None or not is_number(grid.value(row + 1, column)):
        return None
    word = plain_label(str(value))[0]
    time = time_heading(str(value))
    if time is not None and time[1] is not None:
        return "annual_amount", time[1]
    return _BY_LEVEL.get(word, OTHER), None


def year_of_amount(grid: Grid, row: int, column: int) -> int | None:
    """The year that a cell names beside an amount: 2026年 | 12; None for any other cell."""
    value = grid.value(row, column)
    if not isinstance(value, str) or len(value) > _LONGEST or not value.strip()[:2].isdigit():
        return None
    time = time_heading(value)
    following = next((v for c, v in grid.cells(row) if c > column), None)
    return time[1] if time is not None and is_number(following) else None
