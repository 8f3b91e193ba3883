"""How a workbook shows its numbers, and which cells have no value to show.

The fast reader gives bare values: 0.95 for a cell that shows 95%, nothing for a formula that was
never calculated. For the few cells where that matters the parts of the .xlsx are asked.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from decimal import Decimal
from functools import cached_property
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+[0-9]+)"([^>]*)>')
_STYLE = re.compile(rb'\ss="(\d+)"')
# A cell that is an error, or a formula without a value behind it.
_ERROR = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+[0-9]+)"[^>]*?\st="e"[^>]*>(.*?)</(?:\w+:)?c>', re.S)
_UNVALUED = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+[0-9]+)"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_BUILT_IN = {9: "0%", 10: "0.00%", 14: "yyyy/m/d", 17: "mmm-yy", 27: 'yyyy"年"m"月"', 57: 'yyyy"年"m"月"'}
UNCALCULATED = "（公式未计算）"


class WorkbookParts:
    """The parts of one .xlsx or .xlsm, opened only when asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._cells: dict[str, bytes] = {}

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(self._path)

    @cached_property
    def _parts(self) -> dict[str, str]:
        """Sheet name → part name."""
        book = ElementTree.fromstring(self._archive.read("xl/workbook.xml"))
        relations = ElementTree.fromstring(self._archive.read("xl/_rels/workbook.xml.rels"))
        targets = {r.get("Id"): r.get("Target", "") for r in relations}
        parts = {}
        for sheet in book.iter():
            if not sheet.tag.endswith("}sheet"):
                continue
            key = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
            target = targets.get(key, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            parts[sheet.get("name", "")] = str(PurePosixPath(part))
        return parts

    @cached_property
    def _formats(self) -> list[str]:
        """The number format of every cell style."""
        if "xl/styles.xml" not in self._archive.namelist():
            return []
        styles = ElementTree.fromstring(self._archive.read("xl/styles.xml"))
        codes = dict(_BUILT_IN)
        formats: list[str] = []
        for element in styles.iter():
            tag = element.tag.rpartition("}")[2]
            if tag == "numFmt":
                codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
            elif tag == "cellXfs":
                formats = [codes.get(int(xf.get("numFmtId", "0")), "") for xf in element]
        return formats

    def xml(self, sheet: str) -> bytes:
        """The XML of a sheet; empty if the package has none for it."""
        if sheet not in self._cells:
            try:
                self._cells[sheet] = self._archive.read(self._parts[sheet])
            except (KeyError, zipfile.BadZipFile, ElementTree.ParseError):
                self._cells[sheet] = b""
        return self._cells[sheet]

    def number_format(self, sheet: str, address: str) -> str:
        """The number format code of a cell; empty for General."""
        match = re.search(
            rb'<(?:\w+:)?c\s(?:[^>]*\s)?r="%s"[^>]*>' % address.encode(), self.xml(sheet)
        )
        style = _STYLE.search(match[0]) if match else None
        formats = self._formats
        index = int(style[1]) if style else 0
        return formats[index] if index < len(formats) else ""

    def unreadable(self, sheet: str) -> dict[str, str]:
        """Cells that hold an error or a formula never calculated, with a text that says so."""
        xml = self.xml(sheet)
        found: dict[str, str] = {}
        if b't="e"' in xml:
            for match in _ERROR.finditer(xml):
                value = _VALUE.search(match[2])
                found[match[1].decode()] = value[1].decode() if value else "#N/A"
        if b"<f" in xml or b":f>" in xml:
            found |= {m[1].decode(): UNCALCULATED for m in _UNVALUED.finditer(xml)}
        return found


def shown(value: object, number_format: str) -> str:
    """A number, date or truth value as a cell with this format shows it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date):
        return _shown_date(value, number_format)
    if isinstance(value, int | float):
        number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
        code = re.sub(r'"[^"]*"|\\.', "", number_format)
        if "%" in code:
            return f"{_plain(number * 100)}%"
        return _plain(number)
    return str(value)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _shown_date(value: dt.date, number_format: str) -> str:
    code = re.sub(r"\[[^\]]*\]", "", number_format).lower()
    if code and "d" not in code and "y" in code:
        return f"{value.year}年{value.month}月"
    if "年" in code:
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
