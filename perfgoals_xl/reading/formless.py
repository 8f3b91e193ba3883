"""What a sheet without any form lacks, where it is laid out like one: in words, with its cells."""

from __future__ import annotations

from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import find_header
from perfgoals_xl.reading.recognition.labels import OTHER, marks, misspelt_role

_NAMES = ("project_name", "department")
_REACH = 60
# Labels; fewer stand on any list.
_FEWEST = 3
_MOST_SHOWN, _LONGEST_SHOWN = 4, 12


def what_it_lacks(grid: Grid) -> str | None:
    """Why a sheet that looks like a form is none; None for any other sheet."""
    end = min(len(grid.rows), _REACH)
    labels: set[str] = set()
    named: str | None = None
    for row in grid.filled(0, end):
        for column, value, role, heading in marks(grid, row):
            name = role.name if role is not None else None
            if name is None and (slip := misspelt_role(value)) is not None:
                name = slip[0].name
            if name in _NAMES and named is None:
                named = grid.place(row, column).cell
            if name not in (None, OTHER) or heading is not None:
                labels.add(name if name is not None and name != OTHER else str(heading))
    header = find_header(grid, 0, end)
    if header is None and len(labels) < _FEWEST:
        return None
    if named is None:
        unknown = _unknown_headings(grid, header.row if header is not None else None)
        text = "没有认出“项目名称”的标签或栏目"
        return f"像申报表或清单，但{text}{unknown}"
    if header is None:
        return f"像申报表（{named} 是项目名称），但没有找到年度目标，也没有认出指标表的表头"
    return f"像申报表或清单（{named} 是项目名称），但没有读到项目和指标"


def _unknown_headings(grid: Grid, row: int | None) -> str:
    """The words in the header that no list holds, as one of them may be what is missing."""
    if row is None:
        return ""
    said = [
        f"{grid.place(row, column).cell}“{fold(value)[:_LONGEST_SHOWN]}”"
        for column, value, role, heading in marks(grid, row)
        if isinstance(value, str) and role is None and heading is None
    ]
    return f"（不认识的有 {'、'.join(said[:_MOST_SHOWN])}）" if said else ""
