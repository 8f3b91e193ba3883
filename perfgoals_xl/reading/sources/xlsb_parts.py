"""The cells of an .xlsb: the records of [MS-XLSB] that hold values, texts, formats and merges."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from perfgoals_xl.addresses import a1
from perfgoals_xl.reading.sources.archive import Package, Relation, damaged
from perfgoals_xl.reading.sources.budgets import (
    LONGEST_TEXT,
    MOST_PIECE_BYTES,
    MOST_TEXTS,
    Budget,
    too_large,
    too_long_text,
)
from perfgoals_xl.reading.sources.drawings import text_boxes
from perfgoals_xl.reading.sources.sheet_cells import (
    Formats,
    SheetCells,
    area_of,
    format_codes,
    parted_by_looks,
)

# The records, named as the specification names them.
_ROW = 0
_BLANK, _RK, _ERROR, _BOOL, _REAL, _ST, _ISST = range(1, 8)
_FMLA_STRING, _FMLA_NUM, _FMLA_BOOL, _FMLA_ERROR = range(8, 12)
_SHORT_BLANK, _SHORT_ISST = 12, 18
_FONT, _STRUCK = 43, 0x0008
_SST_ITEM, _FMT, _XF, _R_STRING = 19, 44, 47, 62
_WB_PROP, _BUNDLE_SHEET, _MERGE = 153, 156, 176
_COLUMN, _COLUMN_FLAGS, _HIDDEN_COLUMN = 60, 16, 0x01
_ROW_FLAGS, _HIDDEN_ROW = 11, 0x10
_BEGIN_CELL_XFS, _END_CELL_XFS = 617, 618
_CELLS = frozenset((*range(_BLANK, _FMLA_ERROR + 1), _R_STRING))
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_ROWS, _COLUMNS = 1_048_576, 16_384


class _Record(NamedTuple):
    kind: int
    data: bytes


def read_xlsb(package: Package, main: str) -> list[SheetCells]:
    """The worksheets of an .xlsb. Raises ``InputError`` for a damaged or too large one."""
    try:
        return _Workbook(package, main).read()
    except (struct.error, IndexError, UnicodeDecodeError, ValueError) as error:
        raise damaged(package.path) from error


class _Workbook:
    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._main = main
        self._relations = package.relations(main)
        self._budget = Budget(package.path)
        self._from_1904 = False
        # Whether each font strikes its text out, and the shared texts of several fonts.
        self._crossed: list[bool] = []
        self._rich: dict[int, list[tuple[int, int]]] = {}

    def read(self) -> list[SheetCells]:
        """The worksheets in the order of their tabs."""
        sheets: list[tuple[str, str, bool]] = []
        for kind, data in self._records(self._main):
            if kind == _WB_PROP:
                self._from_1904 = bool(data[0] & 1)
            elif kind == _BUNDLE_SHEET:
                (state,) = struct.unpack_from("<I", data)
                identifier, at = _text(data, 8)
                name, _ = _text(data, at)
                relation = self._relations.get(identifier)
                if relation is None or relation.target not in self._package:
                    raise ValueError("no such sheet")
                if relation.kind == "worksheet":
                    sheets.append((name, relation.target, state != 0))
        texts, formats = self._texts(), self._formats()
        return [
            self._sheet(part, SheetCells(name, self._budget, hidden=hidden), texts, formats)
            for name, part, hidden in sheets
        ]

    def _texts(self) -> list[str]:
        found: list[str] = []
        for kind, data in self._records(self._part("sharedStrings")):
            if kind == _SST_ITEM:
                text, at = _text(data, 1)
                if data[0] & 1:
                    self._rich[len(found)] = _runs(data, at)
                found.append(text)
                if len(found) > MOST_TEXTS:
                    raise too_large(self._package.path, "工作簿里的文字太多")
        return found

    def _formats(self) -> Formats:
        own: dict[int, str] = {}
        numbers: list[int] = []
        fonts: list[int] = []
        of_cells = False
        for kind, data in self._records(self._part("styles")):
            if kind == _FMT:
                own[struct.unpack_from("<H", data)[0]] = _text(data, 2)[0]
            elif kind == _FONT:
                self._crossed.append(bool(struct.unpack_from("<H", data, 2)[0] & _STRUCK))
            elif kind in (_BEGIN_CELL_XFS, _END_CELL_XFS):
                of_cells = kind == _BEGIN_CELL_XFS
            elif kind == _XF and of_cells:
                number, font = struct.unpack_from("<HH", data, 2)
                numbers.append(number)
                fonts.append(font)
        struck = frozenset(style for style, font in enumerate(fonts) if self._is_struck(font))
        codes = format_codes(own, numbers)
        return Formats(codes, from_1904=self._from_1904, struck=struck)

    def _is_struck(self, font: int) -> bool:
        return font < len(self._crossed) and self._crossed[font]

    def _sheet(
        self, part: str, cells: SheetCells, texts: list[str], formats: Formats
    ) -> SheetCells:
        row, column = 0, -1
        for kind, data in self._records(part):
            if kind == _ROW:
                (row,) = struct.unpack_from("<I", data)
                column = -1
                if row >= _ROWS:
                    raise ValueError("no such row")
                if len(data) > _ROW_FLAGS and data[_ROW_FLAGS] & _HIDDEN_ROW:
                    cells.hidden_rows.add(row)
                continue
            if kind == _COLUMN:
                if len(data) > _COLUMN_FLAGS and data[_COLUMN_FLAGS] & _HIDDEN_COLUMN:
                    cells.hide_columns(*struct.unpack_from("<2I", data))
                continue
            if kind == _MERGE:
                top, bottom, left, right = struct.unpack_from("<4I", data)
                if bottom < _ROWS and right < _COLUMNS:
                    cells.merge(area_of(top, left, bottom, right))
                continue
            if kind in _CELLS:
                column, style = struct.unpack_from("<II", data)
                at = 8
            elif _SHORT_BLANK <= kind <= _SHORT_ISST:
                # The column is the one behind the cell before.
                column, style, at = column + 1, struct.unpack_from("<I", data)[0], 4
                kind -= _SHORT_BLANK - _BLANK
            else:
                continue
            if column >= _COLUMNS:
                raise ValueError("no such column")
            value = _value(kind, data, at, texts)
            if value is None or value == "":
                continue
            place = row, column
            style &= 0xFFFFFF
            if kind in (_ERROR, _FMLA_ERROR):
                cells.leave_out(row, column, "error", str(value))
            else:
                value = self._seen(cells, place, value, style in formats.struck, kind, data, at)
                if value is None:
                    continue
                value = self._formatted(cells, place, value, style, formats)
            if style in formats.struck and not isinstance(value, str):
                cells.strike(row, column, value)
                continue
            cells.budget.cells(1, cells.name, row)
            cells.put(row, column, value)
        for box in text_boxes(self._package, part):
            cells.leave_out(box[0], box[1], "textbox", box[2])
        return cells

    def _seen(
        self,
        cells: SheetCells,
        place: tuple[int, int],
        value: object,
        struck: bool,
        kind: int,
        data: bytes,
        at: int,
    ) -> object:
        """A text without what is struck out of it; None where that is all of it."""
        if not isinstance(value, str):
            return value
        runs: list[tuple[int, int]] = []
        if kind == _ISST:
            runs = self._rich.get(struct.unpack_from("<I", data, at)[0], [])
        elif kind == _R_STRING and data[at] & 1:
            runs = _runs(data, _text(data, at + 1)[1])
        crossed = [(begin, self._is_struck(font)) for begin, font in runs]
        left, gone = parted_by_looks(value, crossed, struck=struck)
        cells.leave_out(*place, "struck", gone)
        return value if not gone else left or None

    def _formatted(
        self,
        cells: SheetCells,
        place: tuple[int, int],
        value: object,
        style: int,
        formats: Formats,
    ) -> object:
        """A number as the day that its cell shows, a text with what the format prints around it."""
        if isinstance(value, float):
            if style < len(formats.codes) and formats.codes[style]:
                cells.formats[place] = formats.codes[style]
            return formats.value(value, style)
        if isinstance(value, str):
            if len(value) > LONGEST_TEXT:
                raise too_long_text(self._package.path, len(value), cells.name, a1(*place))
            return formats.text(value, style)
        return value

    def _part(self, kind: str) -> str:
        none = Relation("", "")
        return next((r for r in self._relations.values() if r.kind == kind), none).target

    def _records(self, part: str) -> Iterator[_Record]:
        """The records of a part; none where there is no such part."""
        waiting, at = b"", 0
        for chunk in self._package.chunks(part):
            waiting, at = waiting[at:] + chunk, 0
            while (found := _header(waiting, at)) is not None:
                kind, begin, length = found
                if length > MOST_PIECE_BYTES:
                    raise ValueError("too long a record")
                if begin + length > len(waiting):
                    break
                self._package.count(1)
                yield _Record(kind, waiting[begin : begin + length])
                at = begin + length
        if at < len(waiting):
            raise ValueError("cut off")


def _header(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Kind, beginning and length of the record at ``at``; None where not all of it is there."""
    if at >= len(data):
        return None
    kind = data[at]
    at += 1
    if kind & 0x80:
        if at >= len(data):
            return None
        kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
        at += 1
    length = 0
    for shift in (0, 7, 14, 21):
        if at >= len(data):
            return None
        byte = data[at]
        at += 1
        length |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return kind, at, length


def _value(kind: int, data: bytes, at: int, texts: list[str]) -> object:
    if kind in (_REAL, _FMLA_NUM):
        return float(struct.unpack_from("<d", data, at)[0])
    if kind == _RK:
        return _rk(struct.unpack_from("<I", data, at)[0])
    if kind in (_ST, _FMLA_STRING):
        return _text(data, at)[0]
    if kind == _R_STRING:
        return _text(data, at + 1)[0]
    if kind == _ISST:
        return texts[struct.unpack_from("<I", data, at)[0]]
    if kind in (_BOOL, _FMLA_BOOL):
        return bool(data[at])
    if kind in (_ERROR, _FMLA_ERROR):
        return _ERRORS.get(data[at], "#N/A")
    return None


def _rk(bits: int) -> float:
    """A number of 30 bits: an integer or the upper part of a float, and perhaps a hundredth."""
    if bits & 2:
        number = float(((bits >> 2) ^ 0x20000000) - 0x20000000)
    else:
        number = struct.unpack("<d", struct.pack("<Q", (bits & 0xFFFFFFFC) << 32))[0]
    return number / 100 if bits & 1 else number


def _runs(data: bytes, at: int) -> list[tuple[int, int]]:
    """Where each run of a rich text begins, and its font."""
    (count,) = struct.unpack_from("<I", data, at)
    return [struct.unpack_from("<HH", data, at + 4 + 4 * n) for n in range(min(count, 32_767))]


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text that is preceded by its length, and where it ends."""
    (length,) = struct.unpack_from("<I", data, at)
    at += 4
    if length == 0xFFFFFFFF:
        return "", at
    end = at + 2 * length
    if end > len(data):
        raise ValueError("cut off")
    return data[at:end].decode("utf-16-le", "surrogatepass"), end
