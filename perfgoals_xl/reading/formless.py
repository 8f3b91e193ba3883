"""What a sheet without any form lacks, where it is laid out like one: in words, with its cells."""

from __future__ import annotations

from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import find_header
from perfgoals_xl.reading.recognition.labels import (
    OTHER,
    labelled_text,
    marks,
    misspelt_role,
    misspelt_text,
)
from perfgoals_xl.reading.recognition.outline import ACROSS, lies_across
from perfgoals_xl.reading.recognition.recognise import INSTRUCTION

_NAMES = ("project_name", "department")
_REACH = 60
# Rows with a label.
_FEWEST = 3
_MOST_SHOWN, _LONGEST_SHOWN = 4, 12


def what_it_lacks(grid: Grid) -> str | None:
    """Why a sheet that looks like a form is none; None for any other sheet."""
    if lies_across(grid, 0, len(grid.rows)):
        return ACROSS
    end = min(len(grid.rows), _REACH)
    labelled: set[int] = set()
    named: str | None = None
    for row in grid.filled(0, end):
        for column, value, role, *_ in marks(grid, row):
            name = role.name if role is not None else _name_in(value)
            if name in _NAMES and named is None:
                named = grid.place(row, column).cell
            if name not in (None, OTHER):
                labelled.add(row)
    header = find_header(grid, 0, end)
    # A list has its labels side by side, and many a list is no business of ours.
    if header is None and len(labelled) < _FEWEST:
        return None
    if named is None:
        unknown = _unknown_headings(grid, header.row if header is not None else None)
        text = "没有认出“项目名称”的标签或栏目"
        return f"像申报表或清单，但{text}{unknown}"
    if header is None:
        return f"像申报表（{named} 是项目名称），但没有找到年度目标，也没有认出指标表的表头"
    return f"像申报表或清单（{named} 是项目名称），但没有读到项目和指标"


def _name_in(value: object) -> str | None:
    """The field of a cell that holds label and value, or a label with a wrong character."""
    both = labelled_text(value)
    if both is not None and not INSTRUCTION.match(both[1]):
        return both[0].name
    slip = misspelt_role(value) or misspelt_text(value) if both is None else None
    return slip[0].name if slip is not None else None


def _unknown_headings(grid: Grid, row: int | None) -> str:
    """The words in the header that no list holds, as one of them may be what is missing."""
    if row is None:
        return ""
    said = [
        f"{grid.place(row, column).cell}“{fold(value)[:_LONGEST_SHOWN]}”"
        for column, value, role, heading, *_ in marks(grid, row)
        if isinstance(value, str) and role is None and heading is None
    ]
    return f"（不认识的有 {'、'.join(said[:_MOST_SHOWN])}）" if said else ""
