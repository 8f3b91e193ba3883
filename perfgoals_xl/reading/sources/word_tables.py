"""The XML of a Word document: what its paragraphs say and how its tables are laid out.

Elements are known by their local names, so that transitional and strict documents read alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from perfgoals_xl.addresses import Area
from perfgoals_xl.form.column_labels import heads_indicators
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.grid import Told

# What stands around paragraphs, rows, cells and runs without being one: content controls,
# insertions, compatibility choices.
_WRAPPERS = frozenset(
    ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice")
)
# What is not printed where it stands, or not at all. The fallback repeats the choice before it.
_LEFT_OUT = frozenset(
    ("del", "moveFrom", "Fallback", "txbxContent", "rt", "pPr", "rPr", "sdtPr", "drawing", "pict")
)
# Signs that people insert from Word's table of symbols: they are kept by font and code only.
_SYMBOLS = {"B3": "≥", "A3": "≤", "B1": "±", "B4": "×", "B0": "°", "B9": "≠", "A5": "∞"}
_CHARACTER = re.compile(r"00[2-9A-F][0-9A-F]|(?!00)[0-9A-C][0-9A-F]{3}")
# Dragging borders leaves columns as narrow as this, in twips (3 mm): nobody sees them.
_UNSEEN = 170
# Word has 63; nested and damaged tables may come to more, and a bomb to millions.
_MOST_COLUMNS = 1_000
_OFF = ("0", "false", "off")


@dataclass
class Laid:
    """Rows of values, one below the other, the merged areas among them, and what does not count."""

    rows: list[list[object]] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


@dataclass
class _Cell:
    """A cell of a table row: its first column, the one behind it, its part in a merge, its text,
    and the indicator tables that stand in it."""

    left: int
    right: int
    continues: bool
    text: str | None
    struck: str = ""
    forms: list[Laid] = field(default_factory=list)


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for a comment."""
    tag: object = element.tag
    return _without_namespace(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=4096)
def _without_namespace(name: str) -> str:
    return name.rpartition("}")[2]


def children(parent: etree._Element, names: Collection[str]) -> Iterator[etree._Element]:
    """The elements called so in ``parent``, also those in content controls and insertions."""
    for child in parent:
        name = local(child)
        if name in names:
            yield child
        elif name in _WRAPPERS:
            yield from children(child, names)


def text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes anchored in ``element``, without those inside them."""
    for child in element:
        name = local(child)
        if name == "txbxContent":
            yield child
        elif name not in ("Fallback", "del", "moveFrom"):
            yield from text_boxes(child)


def text_of(paragraph: etree._Element) -> str:
    """What a paragraph says: tabs as tabs, line breaks as ``\\n``, nothing deleted or hidden.

    A field that still asks to be filled in (单击此处输入文字) says nothing.
    """
    return "" if _is_unfilled(paragraph) else "".join(_pieces(paragraph))


def struck_text(paragraph: etree._Element) -> str:
    """What is struck out in a paragraph."""
    pieces = []
    for mark in paragraph.iter("{*}strike", "{*}dstrike"):
        properties = mark.getparent()
        run = None if properties is None else properties.getparent()
        if run is not None and local(run) == "r" and _is_on(mark):
            pieces.append("".join(_pieces(run)))
    return "".join(pieces).strip()


def frame_cells(table: etree._Element) -> list[etree._Element]:
    """The cells of a table that only frames others: one column, and a table in it. Else none."""
    rows = [list(children(row, {"tc"})) for row in children(table, {"tr"})]
    if any(len(cells) > 1 for cells in rows):
        return []
    cells = [cell for row in rows for cell in row]
    if not any(True for cell in cells for _ in children(cell, {"tbl"})):
        return []
    return cells


def lay_out(table: etree._Element, laid: Laid) -> None:
    """Adds the rows of a table and its merged areas to ``laid``.

    The rows of an indicator table inside a cell follow the row of that cell.
    """
    rows = [_cells(row) for row in children(table, {"tr"}) if not _is_deleted(row)]
    _leave_out_unseen(table, rows)
    # The areas that may go on in the next row, by their first column.
    growing: dict[int, Area] = {}
    for cells in rows:
        number = len(laid.rows)
        values: list[object] = [None] * max((cell.right for cell in cells), default=0)
        areas: dict[int, Area] = {}
        for cell in cells:
            above = growing.get(cell.left)
            if cell.struck:
                laid.told.append(Told(number, cell.left, "struck", cell.struck))
            if cell.continues and above is not None:
                areas[cell.left] = above._replace(bottom=number)
                if cell.text is not None:
                    laid.told.append(Told(number, cell.left, "covered", cell.text))
                continue
            values[cell.left] = cell.text
            areas[cell.left] = Area(number, cell.left, number, cell.right - 1)
        laid.merges += [a for left, a in growing.items() if _is_closed(a, areas.get(left))]
        growing = areas
        laid.rows.append(values)
        for form in (form for cell in cells for form in cell.forms):
            _append(form, laid)
    laid.merges += [area for area in growing.values() if _is_closed(area, None)]


def _append(form: Laid, laid: Laid) -> None:
    above = len(laid.rows)
    laid.rows += form.rows
    laid.told += [told._replace(row=told.row + above) for told in form.told]
    laid.merges += [a._replace(top=a.top + above, bottom=a.bottom + above) for a in form.merges]


def _is_closed(area: Area, following: Area | None) -> bool:
    """Whether a merged area of several cells ends, because nothing goes on with it."""
    if following is not None and following[:2] == area[:2]:
        return False
    return area.top < area.bottom or area.left < area.right


def _cells(row: etree._Element) -> list[_Cell]:
    column = _number(_properties(row, "trPr").get("gridBefore"), 0)
    cells: list[_Cell] = []
    for cell in children(row, {"tc"}):
        said = _properties(cell, "tcPr")
        right = column + max(1, _number(said.get("gridSpan"), 1))
        if right > _MOST_COLUMNS:
            raise ValueError("too many columns")
        across, down = said.get("hMerge"), said.get("vMerge")
        if cells and across is not None and _value(across) != "restart":
            cells[-1].right = right
        else:
            continues = down is not None and _value(down) != "restart"
            forms = _forms_in(cell)
            text = _cell_text(cell, without=list(forms))
            struck = "\n".join(filter(None, map(struck_text, children(cell, {"p"}))))
            cells.append(_Cell(column, right, continues, text, struck, list(forms.values())))
        column = right
    return cells


def _forms_in(cell: etree._Element) -> dict[etree._Element, Laid]:
    """The tables in a cell that hold indicators; any other is text of its cell."""
    forms = {}
    for table in children(cell, {"tbl"}):
        laid = Laid()
        lay_out(table, laid)
        if any(heads_indicators(values) for values in laid.rows):
            forms[table] = laid
    return forms


def _leave_out_unseen(table: etree._Element, rows: list[list[_Cell]]) -> None:
    """Take columns nobody sees for a part of their neighbours, where no cell is one of them."""
    widths = [
        _width(c) for grid in children(table, {"tblGrid"}) for c in children(grid, {"gridCol"})
    ]
    if not any(0 < width < _UNSEEN for width in widths):
        return
    number, since = 0, 0
    seen = [0]
    for width in widths:
        since += width
        if since >= _UNSEEN or not width:
            number, since = number + 1, 0
        seen.append(number)
    beyond = max((cell.right for cells in rows for cell in cells), default=0) - len(widths)
    seen += range(number + 1, number + 1 + beyond)
    if any(seen[cell.left] == seen[cell.right] for cells in rows for cell in cells):
        return
    for cells in rows:
        for cell in cells:
            cell.left, cell.right = seen[cell.left], seen[cell.right]


def _cell_text(cell: etree._Element, without: Sequence[etree._Element] = ()) -> str | None:
    if _is_unfilled(cell):
        return None
    lines = list(_cell_lines(cell, without))
    # Blank paragraphs at the ends of a cell are Word's habit, nobody's text.
    while lines and is_blank(lines[-1]):
        lines.pop()
    while lines and is_blank(lines[0]):
        lines.pop(0)
    if not lines:
        lines = [line for box in text_boxes(cell) for line in _cell_lines(box)]
    return "\n".join(lines) or None


def _cell_lines(cell: etree._Element, without: Sequence[etree._Element] = ()) -> Iterator[str]:
    begun = ""
    for block in children(cell, {"p", "tbl"}):
        if local(block) == "p":
            begun += text_of(block)
            if not _runs_on(block):
                yield begun
                begun = ""
            continue
        if block in without:
            continue
        for row in children(block, {"tr"}):
            texts = (_cell_text(inner) for inner in children(row, {"tc"}))
            yield " ".join(text for text in texts if text)
    if begun:
        yield begun


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name == "tab":
            yield "\t"
        elif name == "cr" or (name == "br" and _attribute(child, "type") in (None, "textWrapping")):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "sym":
            yield _symbol(child)
        elif name not in _LEFT_OUT and not (
            (name == "r" and _is_out(child)) or (name == "sdt" and _prompts(child))
        ):
            yield from _pieces(child)


def _symbol(element: etree._Element) -> str:
    code = (_attribute(element, "char") or "").upper()
    if _attribute(element, "font") == "Symbol":
        return _SYMBOLS.get(code[-2:], "")
    # Codes from F000 on are pictures of the font; the others are characters of Unicode.
    return chr(int(code, 16)) if _CHARACTER.fullmatch(code) else ""


def _is_out(run: etree._Element) -> bool:
    """Whether a run does not count: hidden, or struck out."""
    said = _properties(run, "rPr")
    return any(_is_on(said.get(name)) for name in ("vanish", "strike", "dstrike"))


def _is_on(mark: etree._Element | None) -> bool:
    return mark is not None and _value(mark) not in _OFF


def _prompts(control: etree._Element) -> bool:
    """Whether a content control shows what to fill in, and nobody has."""
    return _is_on(_properties(control, "sdtPr").get("showingPlcHdr"))


def _is_unfilled(element: etree._Element) -> bool:
    """Whether a cell or paragraph is all that such a control holds."""
    content = element.getparent()
    control = None if content is None or local(content) != "sdtContent" else content.getparent()
    return control is not None and _prompts(control)


def _runs_on(paragraph: etree._Element) -> bool:
    """Whether the end of a paragraph was deleted under revision: the next one follows on."""
    for properties in paragraph.findall("{*}pPr"):
        return not {"del", "moveFrom"}.isdisjoint(_properties(properties, "rPr"))
    return False


def _is_deleted(row: etree._Element) -> bool:
    return "del" in _properties(row, "trPr")


def _properties(element: etree._Element, group: str) -> dict[str, etree._Element]:
    """The settings of an element by name, such as those in the ``tcPr`` of a cell."""
    found = element.find(f"{{*}}{group}")
    return {} if found is None else {local(child): child for child in found}


def _attribute(element: etree._Element, name: str) -> str | None:
    for key, value in element.attrib.items():
        if _without_namespace(str(key)) == name:
            return str(value)
    return None


def _value(element: etree._Element) -> str | None:
    return _attribute(element, "val")


def _number(element: etree._Element | None, default: int) -> int:
    text = "" if element is None else _value(element) or ""
    # Word has 63 columns at most; a damaged number must not cost memory.
    return min(int(text), 63) if text.isascii() and text.isdigit() else default


def _width(element: etree._Element) -> int:
    text = (_attribute(element, "w") or "").partition(".")[0]
    return int(text) if text.isascii() and text.isdigit() else 0
