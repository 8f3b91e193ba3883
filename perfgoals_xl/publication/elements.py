"""Word's tables from rows of cells: built as XML, because merging cells one by one is slow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

_PIECE = re.compile(r"[\n\t]|[^\n\t]+")
_LINE_END = re.compile(r"\r\n|[\r\x0b]")
# What XML cannot hold at all.
_UNPRINTABLE = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BORDER = {"val": "single", "sz": "4", "space": "0", "color": "000000"}
# A row of more text than this may run over a page; others are kept whole.
_WHOLE_ROW = 700


class Cell(NamedTuple):
    """A cell: its text, its paragraph style, the columns it spans, its part in a vertical merge.

    ``down`` is "restart" for the first row of a merged cell, "continue" for the others, None for a
    cell of one row.
    """

    text: str | None
    style: str
    span: int = 1
    down: str | None = None


@dataclass(frozen=True)
class Row:
    """A row: its cells, its least height in twips, and whether it heads every page."""

    cells: tuple[Cell, ...]
    height: int = 385
    repeated: bool = False


def row(*cells: Cell, height: int = 385, repeated: bool = False) -> Row:
    """A row of these cells."""
    return Row(cells, height, repeated)


def printable(text: str) -> str:
    """``text`` as a document can hold it: line ends are ``\\n``, control characters are gone."""
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub("", _LINE_END.sub("\n", text))


def table(rows: Sequence[Row], widths: Sequence[int], *, goes_on: bool = False) -> etree._Element:
    """A ``w:tbl`` with thin borders; ``widths`` of its columns in twips.

    One that ``goes_on`` leaves its lower border to the table below the seam.
    """
    built = OxmlElement("w:tbl")
    properties = _add(built, "w:tblPr")
    _add(properties, "w:tblW", w=str(sum(widths)), type="dxa")
    _add(properties, "w:jc", val="center")
    borders = _add(properties, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = {"val": "nil"} if goes_on and side == "bottom" else _BORDER
        _add(borders, f"w:{side}", **line)
    # As wide as said, whatever stands in the cells.
    _add(properties, "w:tblLayout", type="fixed")
    margins = _add(properties, "w:tblCellMar")
    for side, width in (("top", 17), ("left", 70), ("bottom", 17), ("right", 70)):
        _add(margins, f"w:{side}", w=str(width), type="dxa")
    grid = _add(built, "w:tblGrid")
    for width in widths:
        _add(grid, "w:gridCol", w=str(width))
    for item in rows:
        built.append(_row(item, widths))
    return built


def seam() -> etree._Element:
    """What keeps two tables apart that are printed as one: a paragraph nobody sees."""
    paragraph = OxmlElement("w:p")
    properties = _add(paragraph, "w:pPr")
    _add(properties, "w:pStyle", val=SEAM)
    return paragraph


SEAM = "TableSeam"


def field(code: str) -> Iterator[etree._Element]:
    """The runs of a field such as PAGE, which Word fills in."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("result", "1"), ("end", "")):
        run = OxmlElement("w:r")
        if kind == "":
            _text(run, f" {text} ", "w:instrText")
        elif kind == "result":
            _text(run, text)
        else:
            _add(run, "w:fldChar", fldCharType=kind)
        yield run


def _row(item: Row, widths: Sequence[int]) -> etree._Element:
    built = OxmlElement("w:tr")
    properties = _add(built, "w:trPr")
    if sum(len(cell.text or "") for cell in item.cells) <= _WHOLE_ROW:
        _add(properties, "w:cantSplit")
    _add(properties, "w:trHeight", val=str(item.height), hRule="atLeast")
    if item.repeated:
        _add(properties, "w:tblHeader")
    column = 0
    for cell in item.cells:
        end = column + cell.span
        built.append(_cell(cell, sum(widths[column:end])))
        column = end
    return built


def _cell(cell: Cell, width: int) -> etree._Element:
    built = OxmlElement("w:tc")
    properties = _add(built, "w:tcPr")
    _add(properties, "w:tcW", w=str(width), type="dxa")
    if cell.span > 1:
        _add(properties, "w:gridSpan", val=str(cell.span))
    if cell.down is not None:
        _add(properties, "w:vMerge", val=cell.down)
    _add(properties, "w:vAlign", val="center")
    paragraph = _add(built, "w:p")
    _add(_add(paragraph, "w:pPr"), "w:pStyle", val=cell.style)
    if cell.text is not None and cell.down != "continue":
        _fill(_add(paragraph, "w:r"), printable(cell.text))
    return built


def _fill(run: etree._Element, text: str) -> None:
    # A line break, not a paragraph: what stands in one cell is one text.
    for piece in _PIECE.findall(text):
        if piece in ("\n", "\t"):
            _add(run, "w:br" if piece == "\n" else "w:tab")
        else:
            _text(run, piece)


def _text(run: etree._Element, text: str, tag: str = "w:t") -> None:
    element = _add(run, tag)
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.text = text


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    # Not OxmlElement, which parses a piece of XML for every element.
    named = {qn(f"w:{key}"): value for key, value in attributes.items()}
    return etree.SubElement(parent, qn(tag), named)
