"""Writes small .xlsb workbooks, record by record: no library of ours writes them.

A cell is a value (text, number, truth value) or a :class:`Cell`, which also says how it is kept: a
number may stand in eight bytes or in four, a text in its cell or in the list of all texts.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_NAMESPACE = "http://schemas.openxmlformats.org"
_OFFICE = f"{_NAMESPACE}/officeDocument/2006/relationships"
_PACKAGE = f"{_NAMESPACE}/package/2006"
_KIND = "application/vnd.ms-excel"
ERRORS = {
    "#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D,
    "#NUM!": 0x24, "#N/A": 0x2A,
}  # fmt: skip
_FIRST_OWN_FORMAT = 164
_FORMULA = struct.pack("<HII", 0, 0, 0)  # flags, and no tokens


@dataclass(frozen=True)
class Cell:
    """A value, the number of its style, and how it is kept.

    ``kind`` is ``real``, ``rk`` (an integer), ``rk/100``, ``text``, ``shared``, ``rich``, ``error``
    or ``blank``; left out, it is the plainest for the value. ``formula`` makes it the result of
    one; ``short`` leaves the column out, which is that behind the cell before.
    """

    value: object = None
    style: int = 0
    kind: str = ""
    formula: bool = False
    short: bool = False


@dataclass(frozen=True)
class BinarySheet:
    """A worksheet; merges as (top, left, bottom, right), all counted from 0."""

    cells: Mapping[tuple[int, int], object]
    name: str = "项目表"
    merges: Sequence[tuple[int, int, int, int]] = ()
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    # Each the first and the last of some that are hidden.
    hidden_columns: Sequence[tuple[int, int]] = ()


@dataclass
class _Texts:
    """The list of all texts, some of them with runs of another font."""

    items: list[tuple[str, bool]] = field(default_factory=list)

    def number_of(self, text: str, *, rich: bool) -> int:
        self.items.append((text, rich))
        return len(self.items) - 1


def write_binary(
    path: Path,
    *sheets: BinarySheet,
    formats: Sequence[str | int] = (),
    from_1904: bool = False,
) -> Path:
    """Writes the workbook. Style 0 is General, style n has the n-th of ``formats``: a code of its
    own, or the number of a built-in one.
    """
    texts = _Texts()
    pages = [_sheet(sheet, texts) for sheet in sheets]
    book = record(131) + record(153, struct.pack("<II", int(from_1904), 0) + wide("")) + record(143)
    for number, sheet in enumerate(sheets, 1):
        state = struct.pack("<II", int(sheet.hidden), number)
        book += record(156, state + wide(f"rId{number}") + wide(sheet.name))
    book += record(144) + record(132)
    relations = [
        (f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(pages) + 1)
    ]
    relations += [("rIdS", "styles", "styles.bin"), ("rIdT", "sharedStrings", "sharedStrings.bin")]
    parts = {
        "[Content_Types].xml": _content_types(len(pages)),
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": _relations(relations),
        "xl/styles.bin": _styles(formats),
        "xl/sharedStrings.bin": _shared(texts),
    }
    parts |= {f"xl/worksheets/sheet{n}.bin": page for n, page in enumerate(pages, 1)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def record(kind: int, data: bytes = b"") -> bytes:
    """A record: its kind and its length in groups of seven bits, then what it holds."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(data)
    while length >= 0x80:
        head += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + bytes([length]) + data


def wide(text: str) -> bytes:
    """A text behind its length."""
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _sheet(sheet: BinarySheet, texts: _Texts) -> bytes:
    places = sorted(sheet.cells)
    last = (max(r for r, _ in places), max(c for _, c in places)) if places else (0, 0)
    data = record(129) + record(148, struct.pack("<4I", 0, last[0], 0, last[1]))
    if sheet.hidden_columns:
        columns = (struct.pack("<4IH", *ends, 2048, 0, 0x0001) for ends in sheet.hidden_columns)
        data += record(390) + b"".join(record(60, column) for column in columns) + record(391)
    data += record(145)
    row = -1
    for place in places:
        if place[0] != row:
            row = place[0]
            flags = 0x10 if row in sheet.hidden_rows else 0
            data += record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, flags, 0, 0))
        found = sheet.cells[place]
        data += _cell(found if isinstance(found, Cell) else Cell(found), place[1], texts)
    data += record(146)
    if sheet.merges:
        areas = (struct.pack("<4I", t, b, left, r) for t, left, b, r in sheet.merges)
        data += record(177, struct.pack("<I", len(sheet.merges)))
        data += b"".join(record(176, area) for area in areas) + record(178)
    return data + record(130)


def _cell(cell: Cell, column: int, texts: _Texts) -> bytes:
    kind, data = _kept(cell, texts)
    head = struct.pack("<I", cell.style)
    if cell.short:
        return record(kind + 11, head + data)
    return record(kind, struct.pack("<I", column) + head + data)


def _kept(cell: Cell, texts: _Texts) -> tuple[int, bytes]:
    value = cell.value
    kind = cell.kind or _plainest(value)
    if kind == "blank":
        return 1, b""
    if kind == "error":
        data = bytes([ERRORS[str(value)]])
        return (11, data + _FORMULA) if cell.formula else (3, data)
    if kind == "bool":
        data = bytes([bool(value)])
        return (10, data + _FORMULA) if cell.formula else (4, data)
    if kind == "shared" or (kind == "rich" and cell.short):
        return 7, struct.pack("<I", texts.number_of(str(value), rich=kind == "rich"))
    if kind == "rich":
        return 62, _rich(str(value))
    if kind == "text":
        return (8, wide(str(value)) + _FORMULA) if cell.formula else (6, wide(str(value)))
    if kind.startswith("rk"):
        return 2, struct.pack("<i", int(str(value)) << 2 | 2 | (kind == "rk/100"))
    data = struct.pack("<d", float(str(value)))
    return (9, data + _FORMULA) if cell.formula else (5, data)


def _plainest(value: object) -> str:
    if value is None:
        return "blank"
    if isinstance(value, bool):
        return "bool"
    return "text" if isinstance(value, str) else "real"


def _rich(text: str) -> bytes:
    """A text in two fonts, with the reading of its first character."""
    runs = struct.pack("<IHHHH", 2, 0, 0, 1, 1)
    return b"\x01" + wide(text) + runs


def _shared(texts: _Texts) -> bytes:
    data = record(159, struct.pack("<II", len(texts.items), len(texts.items)))
    for text, rich in texts.items:
        data += record(19, _rich(text) if rich else b"\x00" + wide(text))
    return data + record(160)


def _styles(formats: Sequence[str | int]) -> bytes:
    own = {code: _FIRST_OWN_FORMAT + n for n, code in enumerate(formats) if isinstance(code, str)}
    data = record(278)
    if own:
        data += record(615, struct.pack("<I", len(own)))
        for code, number in own.items():
            data += record(44, struct.pack("<H", number) + wide(str(code)))
        data += record(616)
    # The styles of styles come first, and are none of a cell.
    data += record(626, struct.pack("<I", 1)) + _style(9) + record(627)
    data += record(617, struct.pack("<I", len(formats) + 1)) + _style(0)
    data += b"".join(
        _style(own.get(code, code) if isinstance(code, str) else code) for code in formats
    )
    return data + record(618) + record(279)


def _style(number: int | str) -> bytes:
    return record(47, struct.pack("<HH", 0, int(number)) + bytes(12))


def _content_types(sheets: int) -> bytes:
    override = {
        "workbook": "sheet.binary.macroEnabled.main",
        "styles": "styles",
        "sharedStrings": "sharedStrings",
    } | {f"worksheets/sheet{n}": "worksheet" for n in range(1, sheets + 1)}
    lines = "".join(
        f'<Override PartName="/xl/{name}.bin" ContentType="{_KIND}.{kind}"/>'
        for name, kind in override.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="bin" ContentType="{_KIND}.sheet.binary.macroEnabled.main"/>'
        f"{lines}</Types>"
    ).encode()


def _relations(items: Sequence[tuple[str, str, str]]) -> bytes:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in items
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'.encode()
