"""The cells of a worksheet part as bytes: which there are, and some of them written anew.

Rows and cells are cut and put in where they belong, by their addresses; every other byte of the
sheet stays. Formulas are never touched here: whoever writes looks first whether there is one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from xml.parsers import expat
from xml.sax.saxutils import escape

from perfgoals_xl.addresses import Area, a1, row_column
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.text import printable
from perfgoals_xl.workbooks.patching.part_xml import (
    STRICT,
    TRANSITIONAL,
    UnreadablePart,
    cell_text,
    in_utf_8,
)

_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_SPANS = re.compile(rb"\s+spans\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_REF = re.compile(rb"(\sref\s*=\s*)(?:\"[^\"]*\"|'[^']*')")
_AREA = re.compile(r"([A-Z]{1,3}[0-9]{1,7})(?::([A-Z]{1,3}[0-9]{1,7}))?")
# What no XML may hold; Excel writes its code.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_KEPT_OF_ROW = ("ht", "customHeight", "s", "customFormat")


@dataclass
class Cell:
    """A cell as it stands: its bytes, its style's index, and what it holds as the part has it.

    ``kind`` is the type (``s`` is the number of a shared string), ``text`` the value or the inline
    text; ``has_formula`` whether it is worked out.
    """

    start: int
    end: int
    style: str | None
    kind: str
    text: str = ""
    has_formula: bool = False

    @property
    def holds(self) -> bool:
        """Whether the cell holds more than its style."""
        return self.has_formula or bool(self.text)


@dataclass
class Row:
    """A row: where its tag and its cells are, and what it says of itself."""

    start: int
    inside: int
    end: int
    attributes: dict[str, str]
    cells: dict[int, Cell] = field(default_factory=dict)
    is_empty_tag: bool = False


@dataclass(frozen=True)
class NewCell:
    """What a cell is to hold: a text, a number, nothing; and its style, None for what it has."""

    value: str | Decimal | None
    style: str | None = None


class SheetCells:
    """The cells of a worksheet, counted from zero.

    ``merged`` are its merged areas, ``column_styles`` the styles of whole columns as (first, last,
    style).
    """

    def __init__(self, data: bytes) -> None:
        """Raises :class:`UnreadablePart` for anything but the well-formed XML of a worksheet."""
        self._data = in_utf_8(data)
        self.rows: dict[int, Row] = {}
        self.merged: list[Area] = []
        self.column_styles: list[tuple[int, int, str]] = []
        self.table = Row(0, 0, 0, {})
        self.prefix = ""
        self.dimension: tuple[int, int, Area] | None = None
        _Reader(self._data, self)

    def cell(self, row: int, column: int) -> Cell | None:
        """A cell of the sheet, None where the part has none."""
        found = self.rows.get(row)
        return None if found is None else found.cells.get(column)

    def with_cells(
        self, cells: Mapping[tuple[int, int], NewCell], like: Mapping[int, int] | None = None
    ) -> bytes:
        """The sheet with these cells, by row and column.

        A row that is not there yet gets the height and format of the row that ``like`` names.
        """
        by_row: dict[int, dict[int, NewCell]] = {}
        for (row, column), new in cells.items():
            by_row.setdefault(row, {})[column] = new
        edits: list[tuple[int, int, bytes]] = []
        behind = self.table.inside
        before = sorted(self.rows)
        fresh: dict[int, list[bytes]] = {}
        for row in sorted(by_row):
            there = self.rows.get(row)
            if there is not None:
                edits += self._in_row(row, there, by_row[row])
                continue
            above = [number for number in before if number < row]
            at = self.rows[above[-1]].end if above else behind
            fresh.setdefault(at, []).append(
                self._new_row(row, by_row[row], self.rows.get((like or {}).get(row, -1)))
            )
        if self.table.is_empty_tag and fresh:
            tag = self._data[self.table.start : self.table.inside]
            name = self._name("sheetData").encode()
            rows = b"".join(piece for pieces in fresh.values() for piece in pieces)
            opened = tag[:-2].rstrip() + b">"
            edits.append((self.table.start, self.table.inside, opened + rows + b"</" + name + b">"))
        else:
            edits += [(at, at, b"".join(pieces)) for at, pieces in fresh.items()]
        edits += self._dimension(cells)
        return self._edited(edits)

    def _edited(self, edits: list[tuple[int, int, bytes]]) -> bytes:
        pieces, position = [], 0
        for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
            pieces += [self._data[position:start], new]
            position = end
        return b"".join([*pieces, self._data[position:]])

    def _in_row(
        self, row: int, there: Row, cells: Mapping[int, NewCell]
    ) -> list[tuple[int, int, bytes]]:
        edits: list[tuple[int, int, bytes]] = []
        added: dict[int, list[bytes]] = {}
        for column, new in sorted(cells.items()):
            old = there.cells.get(column)
            if old is None:
                before = [there.cells[c].end for c in there.cells if c < column]
                added.setdefault(max(before, default=there.inside), []).append(
                    self._cell(row, column, new, new.style)
                )
            else:
                style = old.style if new.style is None else new.style
                edits.append((old.start, old.end, self._cell(row, column, new, style)))
        if not added:
            return edits
        tag = self._data[there.start : there.inside]
        # What it says of the columns in use is a hint, and no longer true.
        opened = _SPANS.sub(b"", tag)
        if there.is_empty_tag:
            name = self._name("row").encode()
            content = b"".join(piece for pieces in added.values() for piece in pieces)
            opened = opened[:-2].rstrip() + b">" + content + b"</" + name + b">"
            return [(there.start, there.inside, opened)]
        if opened != tag:
            edits.append((there.start, there.inside, opened))
        return edits + [(at, at, b"".join(pieces)) for at, pieces in added.items()]

    def _new_row(self, row: int, cells: Mapping[int, NewCell], like: Row | None) -> bytes:
        kept = {} if like is None else like.attributes
        shown = "".join(
            f' {name}="{escape(kept[name], _QUOTES)}"' for name in _KEPT_OF_ROW if name in kept
        )
        name = self._name("row")
        made = b"".join(self._cell(row, c, new, new.style) for c, new in sorted(cells.items()))
        return f'<{name} r="{row + 1}"{shown}>'.encode() + made + f"</{name}>".encode()

    def _cell(self, row: int, column: int, new: NewCell, style: str | None) -> bytes:
        name = self._name("c")
        shown = f'{name} r="{a1(row, column)}"'
        if style is not None:
            shown += f' s="{style}"'
        if new.value is None:
            return f"<{shown}/>".encode()
        if isinstance(new.value, Decimal):
            value = self._name("v")
            return f"<{shown}><{value}>{plain(new.value)}</{value}></{name}>".encode()
        holder, text = self._name("is"), self._name("t")
        written = _UNWRITABLE.sub(
            lambda match: f"_x{ord(match[0]):04X}_", cell_text(printable(new.value))
        )
        # Excel breaks lines with a line feed alone.
        written = escape(written.replace("\r\n", "\n").replace("\r", "\n"))
        return (
            f'<{shown} t="inlineStr"><{holder}><{text} xml:space="preserve">{written}</{text}>'
            f"</{holder}></{name}>"
        ).encode()

    def _dimension(self, cells: Mapping[tuple[int, int], NewCell]) -> list[tuple[int, int, bytes]]:
        """The used area as the sheet states it, where it grows."""
        if self.dimension is None or not cells:
            return []
        start, end, area = self.dimension
        rows, columns = zip(*cells, strict=True)
        grown = Area(
            min(area.top, *rows),
            min(area.left, *columns),
            max(area.bottom, *rows),
            max(area.right, *columns),
        )
        if grown == area:
            return []
        new = _REF.sub(rb'\1"' + grown.address.encode() + b'"', self._data[start:end])
        return [(start, end, new)]

    def _name(self, name: str) -> str:
        return f"{self.prefix}:{name}" if self.prefix else name


_QUOTES = {'"': "&quot;"}


class _Reader:
    """Fills a :class:`SheetCells` with what the parser tells."""

    def __init__(self, data: bytes, sheet: SheetCells) -> None:
        self._data, self._sheet = data, sheet
        self._path: list[str] = []
        self._namespace = ""
        self._row, self._column = -1, -1
        self._cell: Cell | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.namespace_prefixes = True
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            self._parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            if isinstance(error, UnreadablePart):
                raise
            raise UnreadablePart("不是完好的 XML") from error
        if not sheet.table.inside:
            raise UnreadablePart("没有单元格")

    def _refuse_doctype(self, *_: object) -> None:
        raise UnreadablePart("带有 DOCTYPE 声明")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        parts = tag.split(" ")
        namespace, name = (parts[0], parts[1]) if len(parts) > 1 else ("", parts[0])
        if not self._path:
            if name != "worksheet" or namespace not in (TRANSITIONAL, STRICT):
                raise UnreadablePart("不是 worksheet 文档")
            self._namespace = namespace
        level = len(self._path)
        self._path.append(name if namespace == self._namespace else "")
        path, sheet = self._path, self._sheet
        if path[1:] == ["sheetData"]:
            sheet.prefix = parts[2] if len(parts) > 2 else ""
            sheet.table = self._row_at({})
        elif level == 2 and path[1:] == ["sheetData", "row"]:
            self._row = self._number(attributes.get("r"), self._row + 2) - 1
            self._column = -1
            sheet.rows[self._row] = self._row_at(attributes)
        elif level == 3 and path[1:] == ["sheetData", "row", "c"]:
            self._start_cell(attributes)
        elif path[1:] == ["dimension"]:
            area = self._area(attributes.get("ref", ""))
            found = self._tag()
            sheet.dimension = area and (found.start(), found.end(), area)
        elif path[1:] == ["mergeCells", "mergeCell"]:
            area = self._area(attributes.get("ref", ""))
            sheet.merged += [area] if area else []
        elif path[1:] == ["cols", "col"] and "style" in attributes:
            first, last = (self._number(attributes.get(n), 1) - 1 for n in ("min", "max"))
            sheet.column_styles.append((first, last, attributes["style"]))
        elif self._cell is not None and path[4:5] == ["f"]:
            self._cell.has_formula = True
        elif self._cell is not None and (path[4:] == ["v"] or self._is_inline_text()):
            self._parser.CharacterDataHandler = self._text

    def _start_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        if address is None:
            self._column += 1
        elif _AREA.fullmatch(address):
            self._column = row_column(address)[1]
        else:
            raise UnreadablePart("单元格的地址不对")
        start = self._parser.CurrentByteIndex
        self._cell = Cell(start, start, attributes.get("s"), attributes.get("t", "n"))
        self._sheet.rows[self._row].cells[self._column] = self._cell

    def _is_inline_text(self) -> bool:
        # Not the reading aid of a text, which stands beside it.
        return self._path[4:] in (["is", "t"], ["is", "r", "t"])

    def _text(self, text: str) -> None:
        if self._cell is not None:
            self._cell.text += text

    def _end(self, _: str) -> None:
        level = len(self._path) - 1
        if level == 3 and self._cell is not None:
            self._cell.end = self._end_of(self._cell.start)
            self._cell = None
        elif level == 2 and self._path[1:] == ["sheetData", "row"]:
            row = self._sheet.rows[self._row]
            row.end = self._end_of(row.start)
        self._parser.CharacterDataHandler = None
        self._path.pop()

    def _row_at(self, attributes: dict[str, str]) -> Row:
        found = self._tag()
        empty = found[0].endswith(b"/>")
        return Row(found.start(), found.end(), found.end(), attributes, is_empty_tag=empty)

    def _tag(self) -> re.Match[bytes]:
        return self._tag_at(self._parser.CurrentByteIndex)

    def _tag_at(self, at: int) -> re.Match[bytes]:
        found = _TAG.match(self._data, at)
        if found is None:  # in an encoding in which bytes and characters are not the same
            raise UnreadablePart("编码不常见")
        return found

    def _end_of(self, start: int) -> int:
        tag = self._tag_at(start)
        if tag[0].endswith(b"/>"):
            return tag.end()
        return self._tag_at(self._parser.CurrentByteIndex).end()

    @staticmethod
    def _number(text: str | None, otherwise: int) -> int:
        return int(text) if text and text.isascii() and text.isdecimal() else otherwise

    @staticmethod
    def _area(text: str) -> Area | None:
        match = _AREA.fullmatch(text)
        if match is None:
            return None
        return Area(*row_column(match[1]), *row_column(match[2] or match[1]))
