"""Ten ways in which a file that a department sends can be of no use, each made from a good file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from xlsxwriter import Workbook

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET, _TEXTS = "xl/worksheets/sheet3.xml", "xl/sharedStrings.xml"


class Break(NamedTuple):
    """One way: its name, the suffix that the file gets, and what makes its bytes of good ones."""

    name: str
    suffix: str
    make: Callable[[bytes], bytes]


def _with_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package ``data`` with one part changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content, zipfile.ZIP_DEFLATED)
    return changed.getvalue()


def _packed(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def _list_of_staff_cars(data: bytes) -> bytes:
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("车辆台账")
        for row, values in enumerate((("序号", "车型", "里程"), (1, "面包车", 5200 + len(data)))):
            sheet.write_row(row, 0, values)
    return written.getvalue()


BREAKS = (
    Break("empty file", ".xlsx", lambda data: b""),
    Break("workbook cut off in the middle", ".xlsx", lambda data: data[: len(data) // 2]),
    Break("text renamed .xlsx", ".xlsx", lambda data: f"项目名称\t第{len(data)}号项目\n".encode()),
    Break(
        "PDF renamed .xlsx", ".xlsx", lambda data: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + data[-500:]
    ),
    Break(
        "workbook with a password",
        ".xlsx",
        lambda data: _COMPOUND + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + data[-500:],
    ),
    Break("other zip renamed .xlsx", ".xlsx", lambda data: _packed("说明.txt", data[-500:])),
    Break("workbook without a form", ".xlsx", _list_of_staff_cars),
    Break(
        "workbook with a damaged sheet",
        ".xlsx",
        lambda data: _with_part(data, _SHEET, lambda xml: xml[: len(xml) // 2]),
    ),
    Break(
        "workbook with damaged texts",
        ".xlsx",
        lambda data: _with_part(data, _TEXTS, lambda xml: xml.replace(b"</t>", b"<t>", 3)),
    ),
    Break(
        "Word document cut off in the middle",
        ".docx",
        lambda data: _packed("word/document.xml", data[:2000])[:1000],
    ),
)


def write_broken(good: bytes, path: Path, way: int) -> None:
    """Writes the file ``path`` as number ``way`` of the ways to be broken, from 0 on."""
    path.write_bytes(BREAKS[way].make(good))
