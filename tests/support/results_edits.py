"""What people do to the sheet 校验结果, for a workbook as a file and for an open one.

A sheet is edited through one small interface; rows and columns count from zero.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Protocol

import xlwings as xw
from lxml import etree

from perfgoals_xl.addresses import a1, column_letters
from perfgoals_xl.reading.sources.source import read_source
from tests.support.steps import copy_sheet, read_parts, rename_sheet, write_parts

SHEET = "校验结果"


class Editor(Protocol):
    """The sheet as a person has it in front; ``copies`` counts those that were made of it."""

    copies: int

    def rows(self) -> list[list[object]]: ...
    def write(self, row: int, column: int, value: str) -> None: ...
    def insert_column(self, at: int) -> None: ...
    def delete_column(self, at: int) -> None: ...
    def move_column(self, old: int, new: int) -> None: ...
    def insert_row(self, at: int) -> None: ...
    def delete_row(self, at: int) -> None: ...
    def reverse(self, first: int, last: int) -> None: ...
    def rename(self, name: str) -> None: ...
    def copy(self, name: str) -> None: ...


class FileSheet:
    """The sheet of a workbook on the disk; ``save`` writes it, without links and merges."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = SHEET
        self.copies = 0
        grid = next(grid for grid in read_source(path).grids if grid.sheet == SHEET)
        self.cells = [list(row) for row in grid.rows]
        width = max(map(len, self.cells))
        for row in self.cells:
            row += [None] * (width - len(row))

    def rows(self) -> list[list[object]]:
        return self.cells

    def write(self, row: int, column: int, value: str) -> None:
        while len(self.cells) <= row:
            self.cells.append([None] * len(self.cells[0]))
        for line in self.cells:
            line += [None] * (column + 1 - len(line))
        self.cells[row][column] = value

    def insert_column(self, at: int) -> None:
        for row in self.cells:
            row.insert(at, None)

    def delete_column(self, at: int) -> None:
        for row in self.cells:
            del row[at : at + 1]

    def move_column(self, old: int, new: int) -> None:
        for row in self.cells:
            row.insert(new, row.pop(old))

    def insert_row(self, at: int) -> None:
        self.cells.insert(at, [None] * len(self.cells[0]))

    def delete_row(self, at: int) -> None:
        del self.cells[at : at + 1]

    def reverse(self, first: int, last: int) -> None:
        self.cells[first : last + 1] = self.cells[first : last + 1][::-1]

    def rename(self, name: str) -> None:
        self.save()
        rename_sheet(self.path, self.name, name)
        self.name = name

    def copy(self, name: str) -> None:
        self.save()
        copy_sheet(self.path, self.name, name)

    def save(self) -> None:
        parts = read_parts(self.path)
        part = part_of(parts, self.name)
        root = etree.fromstring(parts[part])
        for name in ("mergeCells", "hyperlinks", "autoFilter", "dimension", "cols"):
            for item in root.findall(f"{{*}}{name}"):
                root.remove(item)
        data = root.find("{*}sheetData")
        space = etree.QName(data).namespace
        data[:] = []
        for number, row in enumerate(self.cells):
            line = etree.SubElement(data, f"{{{space}}}row", r=str(number + 1))
            for column, value in enumerate(row):
                if value is None:
                    continue
                cell = etree.SubElement(line, f"{{{space}}}c", r=a1(number, column))
                if isinstance(value, str):
                    cell.set("t", "inlineStr")
                    holder = etree.SubElement(cell, f"{{{space}}}is")
                    etree.SubElement(holder, f"{{{space}}}t").text = value
                else:
                    etree.SubElement(cell, f"{{{space}}}v").text = repr(value)
        parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        write_parts(self.path, parts)


def part_of(parts: dict[str, bytes], sheet: str) -> str:
    """The part of a sheet."""
    relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {item.get("Id"): item.get("Target") for item in relations}
    for item in etree.fromstring(parts["xl/workbook.xml"]).iter("{*}sheet"):
        if item.get("name") == sheet:
            key = next(value for name, value in item.attrib.items() if name.endswith("}id"))
            return "xl/" + targets[key].removeprefix("/xl/")
    raise KeyError(sheet)


class OpenSheet:
    """The sheet of an open workbook."""

    def __init__(self, book: xw.Book) -> None:
        self.book = book
        self.copies = 0
        self.sheet = book.sheets[SHEET]

    def rows(self) -> list[list[object]]:
        last = self.sheet.used_range.last_cell
        return self.sheet.range((1, 1), (last.row, last.column)).options(ndim=2).value

    def write(self, row: int, column: int, value: str) -> None:
        self.sheet.range(a1(row, column)).value = value

    def insert_column(self, at: int) -> None:
        self._column(at).insert(shift="right")

    def delete_column(self, at: int) -> None:
        self._column(at).delete()

    def move_column(self, old: int, new: int) -> None:
        # As by cutting and inserting: a place is made, filled, and the old one taken away.
        to = new if new < old else new + 1
        self.insert_column(to)
        self._column(old + (to <= old)).copy(self.sheet.range(a1(0, to)))
        self.delete_column(old + (to <= old))

    def insert_row(self, at: int) -> None:
        self.sheet.range(f"{at + 1}:{at + 1}").insert(shift="down")

    def delete_row(self, at: int) -> None:
        self.sheet.range(f"{at + 1}:{at + 1}").delete()

    def reverse(self, first: int, last: int) -> None:
        width = len(self.rows()[0])
        area = self.sheet.range(f"A{first + 1}:{a1(last, width - 1)}")
        values = area.options(ndim=2).value
        area.value = [list(row) for row in reversed(values)]

    def rename(self, name: str) -> None:
        self.sheet.name = name

    def copy(self, name: str) -> None:
        self.sheet.copy(after=self.sheet, name=name)

    def _column(self, at: int) -> xw.Range:
        letters = column_letters(at)
        return self.sheet.range(f"{letters}:{letters}")


def heading(editor: Editor, text: str) -> tuple[int, int]:
    """Row and column of a heading."""
    for number, row in enumerate(editor.rows()):
        if "规则" in row and text in row:
            return number, row.index(text)
    raise KeyError(text)


def copied(rows: list[list[object]]) -> list[list[object]]:
    """The rows as they are now, whatever is done to the sheet afterwards."""
    return copy.deepcopy([list(row) for row in rows])
