"""The formulas of 部门汇总: what a department's rows in the long lists add up to.

A department's rows stand together as they are written, and adding up those is quick. Once somebody
has sorted a list they do not, and then the whole list is searched for the department's number:
right as well, and slow with thousands of departments, so it is done only then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perfgoals_xl.bureau.account import State
from perfgoals_xl.bureau.book import lists
from perfgoals_xl.bureau.book.department_columns import (
    ABSENT,
    BLANK,
    OLD_TEMPLATE,
    READY,
    RETURNED,
)
from perfgoals_xl.bureau.book.flat_list import FlatList

_TO_MEND = (State.FAULT.value, State.UNREVIEWED.value)
_MORE = "1000000"
"""More than any score."""


class Rows(NamedTuple):
    """The rows of one department in a list, its number's cell, and the cell that says they stand.

    The cell ``in_place`` holds 1 while the rows stand together as they were written.
    """

    listed: FlatList
    first: int
    length: int
    key: str
    in_place: str

    def standing(self) -> str | None:
        """The formula of ``in_place``; None where the rows never stand together."""
        block = self.listed.block(self.first, self.length, lists.FILE_NUMBER)
        if block is None:
            return None
        return f"=IF(COUNTIF({block[0]},{self.key})=ROWS({block[0]}),1,0)"

    def choose(self, near: str, far: str, *headers: str) -> str:
        """``near`` of the block of each header while the rows stand, else ``far`` of the list.

        ``{0}`` … in ``near`` are the blocks; in ``far`` ``{0}`` are the department numbers and the
        columns follow. A list of several sheets adds up what each gives.
        """
        parts = self.listed.ranges(lists.FILE_NUMBER, *headers)
        everywhere = "+".join(far.format(*part) for part in parts)
        block = self.listed.block(self.first, self.length, *headers)
        return (
            everywhere
            if block is None
            else f"IF({self.in_place}=1,{near.format(*block)},{everywhere})"
        )


def row_count(rows: Rows) -> str:
    """How many rows there are."""
    return "=" + rows.choose("ROWS({0})", f"COUNTIF({{0}},{rows.key})", lists.FILE_NUMBER)


def total(rows: Rows, header: str) -> str:
    """The sum of a column of counts."""
    return "=" + rows.choose("SUM({0})", f"SUMIFS({{1}},{{0}},{rows.key})", header)


def amount(rows: Rows, header: str, places: int) -> str:
    """The sum of a column of amounts; a text without any length where there is none to add."""
    count = _numbers(rows, header)
    added = rows.choose("SUM({0})", f"SUMIFS({{1}},{{0}},{rows.key})", header)
    return f'=IF({count}=0,"",ROUND({added},{places}))'


def uncounted(rows: Rows, header: str) -> str:
    """How many rows have no amount in a column: a blank, or a text."""
    return f"{row_count(rows)}-{_numbers(rows, header)}"


def matching(rows: Rows, header: str, text: str) -> str:
    """How many rows say ``text`` in a column."""
    return "=" + rows.choose(
        f'COUNTIF({{0}},"{text}")', f'COUNTIFS({{0}},{rows.key},{{1}},"{text}")', header
    )


def unanswered(rows: Rows, header: str, text: str, answer: str) -> str:
    """How many rows say ``text`` in a column and nothing in the column ``answer``."""
    return rows.choose(
        f'COUNTIFS({{0}},"{text}",{{1}},"")',
        f'COUNTIFS({{0}},{rows.key},{{1}},"{text}",{{2}},"")',
        header,
        answer,
    )


def still_open(rows: Rows, *words: str) -> str:
    """How many findings that were there before have no reason by now, whatever was told of them."""
    return "=" + rows.choose(*_without_reason(rows, words), lists.SINCE, lists.WAIVER)


def explained(rows: Rows, *words: str) -> str:
    """How many findings that were there before have a reason by now."""
    near = "+".join(f'COUNTIF({{0}},"{word}")' for word in words)
    far = "+".join(f'COUNTIFS({{0}},{rows.key},{{1}},"{word}")' for word in words)
    open_near, open_far = _without_reason(rows, words)
    return "=" + rows.choose(
        f"{near}-({open_near})", f"{far}-({open_far})", lists.SINCE, lists.WAIVER
    )


def _without_reason(rows: Rows, words: Sequence[str]) -> tuple[str, str]:
    near = "+".join(f'COUNTIFS({{0}},"{word}",{{1}},"")' for word in words)
    far = "+".join(f'COUNTIFS({{0}},{rows.key},{{1}},"{word}",{{2}},"")' for word in words)
    return near, far


def department_state(state: str) -> str:
    """What a department comes to that has one row, with its state in the cell ``state``."""
    to_mend = ",".join(f"{state}={_text(word)}" for word in _TO_MEND)
    return f"=IF(OR({to_mend}),{_text(RETURNED)},{state})"


def state_of_several(keys: str, key: str, states: str) -> str:
    """The same of several rows: those that have the number of ``key`` among ``keys``."""

    def count(state: str) -> str:
        return f"COUNTIFS({keys},{key},{states},{_text(state)})"

    to_mend = "+".join(count(word) for word in (RETURNED, *_TO_MEND))
    rest = _text(ABSENT)
    for word in (BLANK, READY, OLD_TEMPLATE):
        rest = f"IF({count(word)}>0,{_text(word)},{rest})"
    return f"=IF({to_mend}>0,{_text(RETURNED)},{rest})"


def _text(word: str) -> str:
    return f'"{word}"'


def average(rows: Rows, header: str) -> str:
    """The average of a column to two decimals; a text without any length where there is none."""
    count = _numbers(rows, header)
    added = rows.choose("SUM({0})", f"SUMIFS({{1}},{{0}},{rows.key})", header)
    return f'=IF({count}=0,"",ROUND(({added})/({count}),2))'


def lowest(rows: Rows, header: str) -> str:
    """The least number of a column; a text without any length where there is none.

    It is blank too where the rows were sorted and a text stands among them.
    """
    parts = rows.listed.ranges(lists.FILE_NUMBER, header)
    # MINIFS is younger than the Excel that many have, and LibreOffice's AGGREGATE keeps errors.
    least = (
        f"{_MORE}-SUMPRODUCT(MAX(({keys}={rows.key})*ISNUMBER({values})*({_MORE}-{values})))"
        for keys, values in parts
    )
    far = f'IFERROR(ROUND(MIN({",".join(least)}),6),"")'
    block = rows.listed.block(rows.first, rows.length, header)
    found = far if block is None else f"IF({rows.in_place}=1,MIN({block[0]}),{far})"
    return f'=IF({_numbers(rows, header)}=0,"",{found})'


def rate(rows: Rows, budget: str, spent: str) -> str:
    """What was spent of the budget, over the rows that state both."""
    near = "SUMPRODUCT(ISNUMBER({0})*ISNUMBER({1}),{%d})"
    far = f"SUMPRODUCT(({{0}}={rows.key})*ISNUMBER({{1}})*ISNUMBER({{2}}),{{%d}})"
    whole, used = (
        rows.choose(near % column, far % (column + 1), budget, spent) for column in (0, 1)
    )
    return f'=IF(({whole})>0,({used})/({whole}),"")'


def average_of_all(listed: FlatList, header: str) -> str:
    """The average of a column of a whole list."""
    cells = ",".join(part[0] for part in listed.ranges(header))
    return f'=IF(COUNT({cells})=0,"",ROUND(AVERAGE({cells}),2))'


def lowest_of_all(listed: FlatList, header: str) -> str:
    """The least number of a column of a whole list."""
    cells = ",".join(part[0] for part in listed.ranges(header))
    return f'=IF(COUNT({cells})=0,"",MIN({cells}))'


def rate_of_all(listed: FlatList, budget: str, spent: str) -> str:
    """What was spent of the budget in a whole list, over the rows that state both."""
    parts = listed.ranges(budget, spent)
    whole, used = (
        "+".join(f"SUMPRODUCT(ISNUMBER({p[0]})*ISNUMBER({p[1]}),{p[column]})" for p in parts)
        for column in (0, 1)
    )
    return f'=IF(({whole})>0,({used})/({whole}),"")'


def keys_of(listed: FlatList) -> Sequence[str]:
    """The department numbers of a list, sheet by sheet."""
    return [part[0] for part in listed.ranges(lists.FILE_NUMBER)]


def _numbers(rows: Rows, header: str) -> str:
    # Numbers alone: a blank and a text are no amounts.
    far = f'COUNTIFS({{0}},{rows.key},{{1}},">=-1E+300")'
    return rows.choose("COUNT({0})", far, header)
