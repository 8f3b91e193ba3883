"""How a workbook shows its numbers, and which cells have no value to show.

The fast reader gives bare values: 0.95 for a cell that shows 95%, nothing for a formula that was
never calculated. For the few cells where that matters the parts of the .xlsx are asked.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from decimal import Decimal
from functools import cached_property
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.grid import row_column

# A cell with its style; the two attributes may come in either order.
_STYLED = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*?\br="([A-Z]+[0-9]+)")[^>]*?\bs="(\d+)"')
# A cell that is an error, or a formula without a value behind it.
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+[0-9]+)"[^>]*?\st="e"[^>]*>(.*?)</(?:\w+:)?c>', re.S
)
# The value of a text formula (t="str") may well be empty: ="" was calculated. The first look ahead
# leaves the many cells without a formula at once.
_UNVALUED = re.compile(
    rb'<(?:c|\w+:c)\s(?=[^>]*>\s*<(?:f|\w+:f)[\s/>])(?![^>]*\bt="str")'
    rb'[^>]*?r="([A-Z]+[0-9]+)"[^>]*>'
    rb"\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
# A cell far to the right or far down: one of these is worth a look at all cells.
_FAR = re.compile(rb'r="(?:[A-Z]{3}|[A-Z]{1,2}[0-9]{6})')
_FILLED = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+[0-9]+)"(?:[^>/]|/(?!>))*>(?!</)')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_MONTH = 'yyyy"年"m"月"'
_BUILT_IN = {9: "0%", 10: "0.00%", 14: "yyyy/m/d", 17: "mmm-yy", 27: _MONTH, 57: _MONTH}
UNCALCULATED = "（公式未计算）"
# What zipfile and zlib raise for the many ways in which an archive can be broken.
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError
)  # fmt: skip


def damaged(path: Path) -> InputError:
    """The refusal of a workbook that is broken."""
    return InputError(
        "工作簿已损坏或不完整，无法读取",
        hint="请在 Excel 中打开并修复后另存为 .xlsx，或换一份完整的文件。",
        file=path,
    )


def part_names(path: Path, data: bytes) -> set[str]:
    """The names of the parts of a package. Raises ``InputError`` when it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return set(archive.namelist())
    except _ZIP_ERRORS as error:
        raise damaged(path) from error


class WorkbookParts:
    """The parts of one .xlsx or .xlsm, opened only when asked.

    Every method raises ``InputError`` when the part it needs is damaged: a 0.95 that should read
    95% is worse than a file that is refused.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._data = data
        # Of the last sheet only: sheets are asked for one after the other.
        self._xml: tuple[str, bytes] | None = None
        self._styles: tuple[str, dict[str, int]] | None = None

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        # From memory: a handle on the file would keep Excel from saving it on Windows.
        return zipfile.ZipFile(io.BytesIO(self._data))

    def _part(self, name: str) -> bytes:
        """The bytes of a part; empty if the package has none of that name."""
        try:
            return self._archive.read(name)
        except KeyError:
            return b""
        except (*_ZIP_ERRORS, OSError) as error:
            raise damaged(self._path) from error

    def _tree(self, name: str) -> ElementTree.Element:
        try:
            return ElementTree.fromstring(self._part(name) or b"<none/>")
        except ElementTree.ParseError as error:
            raise damaged(self._path) from error

    @cached_property
    def _parts(self) -> dict[str, str]:
        """Sheet name → part name."""
        relations = self._tree("xl/_rels/workbook.xml.rels")
        targets = {r.get("Id"): r.get("Target", "") for r in relations}
        parts = {}
        for sheet in self._tree("xl/workbook.xml").iter():
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
        codes = dict(_BUILT_IN)
        formats: list[str] = []
        try:
            for element in self._tree("xl/styles.xml").iter():
                tag = element.tag.rpartition("}")[2]
                if tag == "numFmt":
                    codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
                elif tag == "cellXfs":
                    formats = [codes.get(int(xf.get("numFmtId", "0")), "") for xf in element]
        except ValueError as error:
            raise damaged(self._path) from error
        return formats

    def xml(self, sheet: str) -> bytes:
        """The XML of a sheet; empty if the package has none for it."""
        if self._xml is None or self._xml[0] != sheet:
            self._xml = sheet, self._part(self._parts[sheet]) if sheet in self._parts else b""
        return self._xml[1]

    def number_format(self, sheet: str, address: str) -> str:
        """The number format code of a cell; empty for General."""
        if self._styles is None or self._styles[0] != sheet:
            found = _STYLED.finditer(self.xml(sheet))
            self._styles = sheet, {match[1].decode(): int(match[2]) for match in found}
        style = self._styles[1].get(address, 0)
        return self._formats[style] if style < len(self._formats) else ""

    def far_corner(self, sheet: str) -> tuple[int, int] | None:
        """The last row and the last column with a value; None for a sheet of usual size."""
        xml = self.xml(sheet)
        if _FAR.search(xml) is None:
            return None
        filled = [row_column(match[1].decode()) for match in _FILLED.finditer(xml)]
        if not filled:
            return None
        return max(row for row, _ in filled), max(column for _, column in filled)

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
