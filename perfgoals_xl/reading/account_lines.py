"""The account of a source as people read it: one line for cells that stand together.

Programs get every cell (``remarks``). A table inside a form that the standard workbook has no place
for would be a line for each of its cells; people are told its range, once. Where a source is no
workbook there are no cells to name: its lines are counted instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from perfgoals_xl.addresses import Place, a1, row_column
from perfgoals_xl.declaration import Declaration, Remark, RemarkKind

_TEXTS = (".txt", ".csv", ".tsv", ".md", ".markdown")
_DOCUMENTS = (".docx", ".doc", ".docm", ".wps", ".rtf", ".pdf", ".html", ".htm", ".mht", ".mhtml")
# What is told of cell by cell and may be told of together.
_TOGETHER = (RemarkKind.KNOWN, RemarkKind.UNREAD)
_MOST_APART = 2
_MOST_VALUES = 4


class AccountLine(NamedTuple):
    """What is told of a cell, or of several that stand together: where, and what stands there."""

    kind: RemarkKind
    sheet: str
    where: str
    value: str | None
    text: str
    cells: int = 1
    # What the source is called, where it is one of several.
    file: str = ""


def account_lines(
    declaration: Declaration, remarks: Iterable[Remark] | None = None
) -> list[AccountLine]:
    """All remarks of a declaration, or only ``remarks`` of it, in their order."""
    told = (*declaration.remarks, *declaration.account) if remarks is None else remarks
    lines: list[AccountLine] = []
    together: dict[tuple[str, RemarkKind, str], list[Remark]] = {}
    for remark in dict.fromkeys(told):
        if remark.kind in _TOGETHER:
            key = (remark.place.sheet, remark.kind, remark.text)
            together.setdefault(key, []).append(remark)
        else:
            lines.append(_line(declaration.file, [remark]))
    for remarks_alike in together.values():
        lines += [_line(declaration.file, block) for block in _blocks(remarks_alike)]
    return lines


def _blocks(remarks: Sequence[Remark]) -> list[list[Remark]]:
    """Remarks of one sort, those of neighbouring cells together."""
    columns: list[list[Remark]] = []
    for remark in sorted(remarks, key=lambda r: tuple(reversed(row_column(r.place.cell)))):
        row, column = row_column(remark.place.cell)
        last = row_column(columns[-1][-1].place.cell) if columns else (-9, -9)
        if column == last[1] and row - last[0] <= _MOST_APART:
            columns[-1].append(remark)
        else:
            columns.append([remark])
    blocks: list[list[Remark]] = []
    for run in columns:
        (top, column), bottom = row_column(run[0].place.cell), row_column(run[-1].place.cell)[0]
        # What stands alone is told alone: two cells of a row are two answers.
        for block in blocks if len(run) > 1 else ():
            cells = [row_column(r.place.cell) for r in block]
            rows = (min(r for r, _ in cells), max(r for r, _ in cells))
            beside = column - max(c for _, c in cells) <= _MOST_APART
            if beside and abs(rows[0] - top) <= 1 and abs(rows[1] - bottom) <= 1:
                block += run
                break
        else:
            blocks.append(list(run))
    return sorted(blocks, key=lambda block: row_column(block[0].place.cell))


def _line(file: str, remarks: Sequence[Remark]) -> AccountLine:
    first = remarks[0]
    cells = [row_column(remark.place.cell) for remark in remarks]
    top, left = min(r for r, _ in cells), min(c for _, c in cells)
    bottom, right = max(r for r, _ in cells), max(c for _, c in cells)
    where = place_words(file, first.place)
    value = first.value
    if len(remarks) > 1:
        last = Place(first.place.sheet, a1(bottom, right))
        where = range_words(file, Place(first.place.sheet, a1(top, left)), last)
        said = list(dict.fromkeys(remark.value for remark in remarks if remark.value))
        more = "……" if len(said) > _MOST_VALUES else ""
        value = "、".join(said[:_MOST_VALUES]) + more
    return AccountLine(first.kind, first.place.sheet, where, value, first.text, len(remarks))


def place_words(file: str, place: Place) -> str:
    """Where a place stands: its cell in a workbook, the line and the field of a text."""
    row, column = row_column(place.cell)
    suffix = Path(file).suffix.lower()
    if suffix in _TEXTS:
        return f"第{row + 1}行第{column + 1}项"
    if suffix in _DOCUMENTS:
        return f"文中第{row + 1}行第{column + 1}格"
    return place.cell


def range_words(file: str, first: Place, last: Place) -> str:
    """Where cells stand together: a range of a workbook, the lines of a text."""
    if Path(file).suffix.lower() not in (*_TEXTS, *_DOCUMENTS):
        return f"{first.cell}:{last.cell}"
    top, bottom = row_column(first.cell)[0], row_column(last.cell)[0]
    return f"第{top + 1}行" if top == bottom else f"第{top + 1}至{bottom + 1}行"


def is_sheet(file: str) -> bool:
    """Whether what a place names as its sheet has a tab; that of a text is only its file's name."""
    return Path(file).suffix.lower() not in (*_TEXTS, *_DOCUMENTS)
