"""The cells of one worksheet of an .xlsx, read row by row."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass, field
from math import isfinite
from typing import NoReturn

from lxml import etree

from perfgoals_xl.addresses import Area, a1, row_column
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import UNCALCULATED, is_blank
from perfgoals_xl.reading.sources.archive import Package, damaged, is_true, local
from perfgoals_xl.reading.sources.budgets import LONGEST_TEXT, Budget, too_long_text
from perfgoals_xl.reading.sources.drawings import text_boxes
from perfgoals_xl.reading.sources.sheet_cells import SheetCells, area_of
from perfgoals_xl.reading.sources.xlsx_parts import (
    Runs,
    SheetPart,
    XlsxParts,
    runs_in,
    text_in,
    unescaped,
)

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ROWS, _COLUMNS = 1_048_576, 16_384


def read_xlsx(package: Package, main: str) -> list[SheetCells]:
    """The worksheets of an .xlsx. Raises ``InputError`` for a damaged or too large one."""
    parts = XlsxParts(package, main)
    budget, known = Budget(package.path), _Addresses()
    return [_Sheet(package, parts, sheet, budget, known).read() for sheet in parts.sheets]


@dataclass
class _Addresses:
    """Addresses taken apart: the same ones stand on every sheet."""

    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)


class _Sheet:
    def __init__(
        self,
        package: Package,
        parts: XlsxParts,
        sheet: SheetPart,
        budget: Budget,
        known: _Addresses,
    ) -> None:
        self._package = package
        self._part = sheet.part
        self._texts = parts.texts
        self._formats = parts.formats
        self._places, self._rows, self._areas = known.places, known.rows, known.areas
        # Whether the shared texts are shown as they are.
        self._plain_texts = not self._formats.around and not parts.has_long_text
        self._runs = parts.runs
        # Nearly no workbook has anything that is struck out.
        self._strikes = bool(self._formats.struck or self._runs)
        self._known: dict[str, str | None] = {"": None}
        self._cells = SheetCells(sheet.name, budget, hidden=sheet.hidden)

    def read(self) -> SheetCells:
        """Reads the sheet."""
        row: int = -1
        for element in self._package.elements(self._part, "{*}row", "{*}mergeCell", "{*}col"):
            kind = str(element.tag)[-3:]
            if kind == "row":
                text = element.get("r")
                row = row + 1 if text is None else self._row_number(text)
                self._read_row(element, row)
                if is_true(element.get("hidden")) and len(element):
                    self._cells.hidden_rows.add(row)
            elif kind == "col":
                self._hide_columns(element)
            else:
                self._merge(element.get("ref", ""))
        for row, column, text in text_boxes(self._package, self._part):
            self._cells.leave_out(row, column, "textbox", text)
        return self._cells

    def _hide_columns(self, element: etree._Element) -> None:
        if is_true(element.get("hidden")):
            with suppress(ValueError):
                first = int(element.get("min", "1"))
                self._cells.hide_columns(first - 1, int(element.get("max", str(first))) - 1)

    def _row_number(self, text: str) -> int:
        row = self._rows.get(text)
        if row is None:
            digits = text.strip()
            row = int(digits) - 1 if digits.isdecimal() and len(digits) < 9 else -1
            if not 0 <= row < _ROWS:
                self._refuse(None)
            self._rows[text] = row
        return row

    def _read_row(self, element: etree._Element, row: int) -> None:
        # Every cell of every sheet comes through here: what is looked up often is a local name.
        # The elements of a cell are in whatever namespace the sheet is.
        space = str(element.tag)[:-3]
        c, v, inline = f"{space}c", f"{space}v", f"{space}is"
        places, texts, codes = self._places, self._texts, self._formats.codes
        strikes = self._strikes
        self._package.count(len(element))
        line: list[object] = []
        filled = 0
        for cell in element:
            children = len(cell)
            if not children:
                continue
            reference = cell.get("r")
            if reference is None:
                if cell.tag != c:
                    continue
                self._address(element, row)
                self._read_row(element, row)
                return
            place = places.get(reference) or self._place(reference)
            kind = cell.get("t")
            first = cell[0]
            formula = has_runs = False
            text: str | None
            if children == 1 and first.tag == v:
                text = first.text
            elif cell.tag != c:
                continue
            elif children == 1 and kind == "inlineStr" and first.tag == inline:
                text = text_in(first)
                has_runs = len(first) != 1 or local(first[0]) == "r"
            else:
                has_runs = kind == "inlineStr"
                text, formula = self._parts_of(cell, space, kind)
            value: object
            try:
                if text is None:
                    value = _nothing(kind, formula)
                elif kind == "s":
                    value = texts[_index(text)]
                    if not self._plain_texts and value is not None:
                        value = self._text(str(value), _style(cell), place)
                elif kind is None or kind == "n":
                    style = _style(cell)
                    value = self._number(text, style)
                    if style and codes and codes[style]:
                        self._cells.formats[place] = codes[style]
                else:
                    value = self._other(kind, text, _style(cell), place)
            except (ValueError, IndexError):
                self._refuse(place)
            if value is not None and (strikes or has_runs):
                value = self._seen(cell, text, value, place)
            if value is None:
                continue
            filled += 1
            missing = place[1] - len(line)
            if missing < 0 or place[0] != row:
                # Out of its order: put into its place after those before it.
                self._cells.put_row(row, line)
                line = []
                self._cells.put(*place, value)
            else:
                if missing:
                    line.extend([None] * missing)
                line.append(value)
        if filled:
            self._cells.put_row(row, line)
            self._cells.budget.cells(filled, self._cells.name, row)

    def _address(self, element: etree._Element, row: int) -> None:
        """Gives the cells of a row that have no address that of the place behind the one before."""
        column = -1
        for cell in element.iterchildren("{*}c"):
            reference = cell.get("r")
            column = column + 1 if reference is None else self._place(reference)[1]
            if column >= _COLUMNS:
                self._refuse(None)
            cell.set("r", a1(row, column))

    def _parts_of(
        self, cell: etree._Element, space: str, kind: str | None
    ) -> tuple[str | None, bool]:
        """The text of a cell's value, and whether it is that of a formula."""
        text: str | None = None
        formula = False
        for child in cell:
            if child.tag == f"{space}v":
                text = child.text
            elif child.tag == f"{space}f":
                formula = True
            elif child.tag == f"{space}is" and kind == "inlineStr":
                text = text_in(child)
        return text, formula

    def _number(self, text: str, style: int) -> object:
        """A number; what some programs write in the place of one is kept as it is written."""
        try:
            number = float(text)
        except ValueError:
            return text.strip() or None
        return self._formats.value(number, style) if isfinite(number) else text.strip()

    def _other(self, kind: str, text: str, style: int, place: tuple[int, int]) -> object:
        if kind == "b":
            return text.strip().lower() in ("1", "true")
        if kind == "d":
            return _iso(text)
        if kind == "e":
            error = text.strip() or "#N/A"
            self._cells.leave_out(*place, "error", error)
            return error
        if kind == "str":
            text = unescaped(text) if "_x" in text else text
        elif kind != "inlineStr":
            raise ValueError("unknown kind of cell")
        text = self._text(text, style, place)
        return self._known.setdefault(text, text)

    def _seen(
        self, cell: etree._Element, text: str | None, value: object, place: tuple[int, int]
    ) -> object:
        """What is left of a value without what is struck out of it; None where that is all."""
        style, kind = _style(cell), cell.get("t")
        struck = style in self._formats.struck
        runs: Runs = ()
        if kind == "s":
            runs = self._runs.get(_index(text or ""), ())
        elif kind == "inlineStr":
            runs = tuple(run for inline in cell.iterchildren("{*}is") for run in runs_in(inline))
        if not runs:
            if struck:
                self._cells.strike(*place, value)
            return None if struck else value
        gone = "".join(t for crossed, t in runs if (struck if crossed is None else crossed))
        if not gone:
            return value
        self._cells.leave_out(*place, "struck", gone)
        left = "".join(t for crossed, t in runs if not (struck if crossed is None else crossed))
        return None if is_blank(left) else self._formats.text(left.strip(), style)

    def _text(self, text: str, style: int, place: tuple[int, int]) -> str:
        """A text as the cell shows it. Raises ``InputError`` for one that no cell can hold."""
        if len(text) > LONGEST_TEXT:
            raise too_long_text(self._package.path, len(text), self._cells.name, a1(*place))
        return self._formats.text(text, style)

    def _place(self, reference: str) -> tuple[int, int]:
        """The row and column of an address, once it was found to be one."""
        text = reference.strip().upper()
        found = _REFERENCE.fullmatch(text)
        place = row_column(found[1] + found[2]) if found else (-1, -1)
        if not (0 <= place[0] < _ROWS and 0 <= place[1] < _COLUMNS):
            self._refuse(None)
        self._places[reference] = place
        return place

    def _merge(self, reference: str) -> None:
        area = self._areas.get(reference)
        if area is None:
            corners = reference.strip().split(":")
            if len(corners) > 2:
                self._refuse(None)
            area = self._areas[reference] = area_of(
                *self._place(corners[0]), *self._place(corners[-1])
            )
        self._cells.merge(area)

    def _refuse(self, place: tuple[int, int] | None) -> NoReturn:
        error = damaged(self._package.path)
        raise InputError(
            error.message,
            hint=error.hint,
            file=error.file,
            sheet=self._cells.name,
            cell=a1(*place) if place else None,
        )


def _style(cell: etree._Element) -> int:
    return _index(cell.get("s", "0"))


def _index(text: str) -> int:
    """A number of a style or a text. Raises ``ValueError`` for anything else."""
    number = int(text)
    if number < 0:
        raise ValueError("negative")
    return number


def _nothing(kind: str | None, formula: bool) -> object:
    """What a cell without a value says: the value of a text formula may well be empty."""
    if kind == "e":
        return "#N/A"
    return UNCALCULATED if formula and kind not in ("str", "inlineStr") else None


def _iso(text: str) -> object:
    try:
        moment = dt.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return text
    return moment.date() if moment.time() == dt.time() else moment
