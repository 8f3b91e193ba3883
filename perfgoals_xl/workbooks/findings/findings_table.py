"""The table of findings: what its cells hold and lead to and how they look, said once.

Three writers put it on a sheet: ``written_sheet`` into a new workbook, ``patched_sheet`` and
``patch`` into the parts of the staff's own, and the add-in into an open one. A look is the names of
styles of :mod:`~perfgoals_xl.workbooks.kit.styles`. What a writer does otherwise, it says why.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from perfgoals_xl.form.own_sheets import NO_LONGER, SEVERITY_LABELS, SEVERITY_OF_LABEL
from perfgoals_xl.form.text import cut_to_a_cell, shortened
from perfgoals_xl.workbooks.findings.layout import (
    CENTRED,
    COLUMNS,
    HEADER_ROW,
    NOTE,
    NOTE_ROW,
    POSITION,
    SUMMARY_ROW,
    TITLE,
    TITLE_ROW,
    Column,
    FindingLine,
    left_out,
    position_of,
)
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import Look, font_size

TITLE_LOOK: Final[Look] = ("title",)
SUMMARY_LOOK: Final[Look] = ("plain", "bold")
NOTE_LOOK: Final[Look] = ("quiet",)
HEAD_LOOK: Final[Look] = ("cell", "head")
HEIGHTS: Final = {TITLE_ROW: 34, SUMMARY_ROW: 20, NOTE_ROW: 18, HEADER_ROW: 24}
"""The heights of the rows above the list, in points; rows counted from one."""
LEAST_HEIGHT: Final = 20.0
"""The height of a row of the list whose texts take one line, and of a blank one."""
FILE = Column("file", "来源文件", 14)
"""The column for findings of several files; behind the hidden one, which others look into."""

GROUP_LOOK: Final[Look] = ("total",)
"""What a row for a group has on top."""
_BODY: Final[Look] = ("cell", "left", "text", "ten")
_LOOKS: Final[dict[str, Look]] = {
    "number": ("cell", "center", "whole", "ten"),
    "waiver": (*_BODY, "to_fill"),
    **dict.fromkeys((key for key in CENTRED if key != "number"), ("cell", "center", "text", "ten")),
}
# A text of 指标 that takes more is not repeated under 内容.
_ONE_LINE: Final = 15
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def look_of(key: str, *, linked: bool = False, group: str = "") -> Look:
    """The look of a cell of the list in the column of that key.

    ``linked`` where it is a link, ``group`` the word for the level in a row that tells several
    findings together, "" in any other.
    """
    look = _LOOKS.get(key, _BODY)
    if linked:
        look = (*look, "link")
    return (*look, *group_look(key, group)) if group and key != "waiver" else look


def group_look(key: str, level: str) -> Look:
    """What a cell of a row for a group has on top: under 级别 the colour of its level."""
    of_level = SEVERITY_OF_LABEL.get(level) if key == "severity" else None
    return (*GROUP_LOOK, f"level_{of_level}") if of_level else GROUP_LOOK


def numbered(lines: Iterable[FindingLine]) -> Iterator[tuple[int | None, FindingLine]]:
    """The lines with their numbers, which those for groups go without."""
    number = 0
    for line in lines:
        number += not line.is_group
        yield (None if line.is_group else number), line


def values_of(number: int | None, line: FindingLine) -> dict[str, str | int | None]:
    """What the row of a finding says in the column of each key, the hidden one among them.

    ``number`` is that of the finding, from one. A blank cell is None. A text is as long as a cell
    holds and has nothing in it that no cell does; what stands in the form itself, beside the link
    to it, is shortened.
    """
    texts = line._asdict()
    del texts["inside"]
    texts |= {"severity": SEVERITY_LABELS.get(line.severity, line.severity)}
    texts |= {key: shortened(texts[key] or "") for key in ("indicator", "value")}
    if len(texts["value"]) > _ONE_LINE and texts["value"] == texts["indicator"]:
        texts["value"] = ""
    told = {
        key: cut_to_a_cell(_UNPRINTABLE.sub("", text)) or None if text else None
        for key, text in texts.items()
    }
    return {
        "number": number,
        **told,
        POSITION.key: None if line.is_group else position_of(line.cell),
    }


def height_of_row(
    values: dict[str, str | int | None], columns: Iterable[Column] = COLUMNS
) -> float:
    """How high a row of the list is to begin with, for programs that do not fit rows themselves."""
    heights = (
        height_of(text, column.width, font_size(look_of(column.key)))
        for column in columns
        if isinstance(text := values.get(column.key), str)
    )
    return min(MAX_HEIGHT, max([LEAST_HEIGHT, *heights]))


def location_of(line: FindingLine, sheets: Collection[str]) -> str | None:
    """The cell that a finding leads to, as a link names it; None where ``sheets`` has no such."""
    if not line.cell or line.sheet is None or line.sheet not in sheets:
        return None
    return f"{quoted(line.sheet)}!{line.cell}"


LOOKS: Final = tuple(
    dict.fromkeys(
        (
            *(TITLE_LOOK, SUMMARY_LOOK, NOTE_LOOK, HEAD_LOOK),
            *(look_of(column.key) for column in COLUMNS),
            look_of("cell", linked=True),
            *(look_of(column.key, group=NO_LONGER) for column in COLUMNS),
            *(look_of("severity", group=level) for level in SEVERITY_OF_LABEL),
            look_of("cell", linked=True, group=NO_LONGER),
        )
    )
)
"""All looks of the sheet."""


def note_for(lines: Sequence[FindingLine], note: str = NOTE) -> str:
    """The line above the list: ``note``, or that the list does not hold all of ``lines``."""
    return left_out(lines) or note


def head_rows(note: str) -> tuple[tuple[int, str | None, Look], ...]:
    """The rows above the headings, each one cell over all columns: number from one, text, look.

    The text of the row that counts is None: the formula of ``summary_formula`` stands there.
    """
    return (
        (TITLE_ROW, TITLE, TITLE_LOOK),
        (SUMMARY_ROW, None, SUMMARY_LOOK),
        (NOTE_ROW, note, NOTE_LOOK),
    )
