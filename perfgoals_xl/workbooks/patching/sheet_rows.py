"""Rows and cells of a worksheet part: found by their addresses, and put where they belong.

Cells are taken as they stand: style, type, formula. A formula that moves keeps pointing at its own
row, as it does when Excel copies a cell.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping

from openpyxl.formula.translate import Translator

from perfgoals_xl.addresses import a1, row_column
from perfgoals_xl.errors import InputError
from perfgoals_xl.workbooks.patching.part_xml import Element

_KEPT_OF_ROW = ("ht", "customHeight")


class Rows:
    """The rows of a sheet, counted from zero, with the cells of each by their columns."""

    def __init__(self, root: Element, tag: Callable[[str], str]) -> None:
        self.tag = tag
        self.rows: dict[int, Element] = {}
        self.cells: dict[int, dict[int, Element]] = {}
        self._shared: dict[str, tuple[str, str]] = {}
        at = -1
        for row in root.iter(tag("row")):
            at = int(row.get("r", at + 2)) - 1
            self.rows[at] = row
            self.cells[at] = dict(self._columns(row))
        for cells in self.cells.values():
            for cell in cells.values():
                formula = cell.find(tag("f"))
                if formula is not None and formula.get("t") == "shared" and formula.text:
                    self._shared[str(formula.get("si"))] = (formula.text, str(cell.get("r")))

    def _columns(self, row: Element) -> Iterator[tuple[int, Element]]:
        column = -1
        for cell in row.iter(self.tag("c")):
            address = cell.get("r")
            column = row_column(address)[1] if address else column + 1
            yield column, cell

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell holds more than its style."""
        cell = self.cells.get(row, {}).get(column)
        return cell is not None and len(cell) > 0

    def copied(self, row: int, column: int, to: int) -> Element | None:
        """A cell as it is to stand in the row ``to``; None where there is none.

        Raises ``InputError`` without a file for a formula that fills several cells.
        """
        cell = self.cells.get(row, {}).get(column)
        if cell is None:
            return None
        made = copy.deepcopy(cell)
        made.tail = None
        made.set("r", a1(to, column))
        formula = made.find(self.tag("f"))
        if formula is None:
            return made
        kind = formula.get("t")
        if kind in ("array", "dataTable"):
            raise InputError(
                "这一格是数组公式，不能跟着问题移动",
                hint="请把它移到别的工作表，再校验。",
                cell=a1(row, column),
            )
        text, origin = formula.text or "", a1(row, column)
        if kind == "shared":
            text, origin = self._shared.get(str(formula.get("si")), (text, origin))
        if kind == "shared" or row != to:
            for name in {"t", "si", "ref"}.intersection(map(str, formula.attrib)):
                del formula.attrib[name]
            # The first argument is a formula with its sign, the result has it too.
            formula.text = Translator(f"={text}", origin).translate_formula(a1(to, column))[1:]
        return made

    def attributes(self, row: int) -> Mapping[str, str]:
        """What the row says of its height."""
        found = self.rows.get(row)
        if found is None:
            return {}
        return {name: str(v) for name in _KEPT_OF_ROW if (v := found.get(name)) is not None}
