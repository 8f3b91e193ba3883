"""Where things stand on 部门汇总, for those who write parts of it."""

from __future__ import annotations

from collections.abc import Sequence

from perfgoals_xl.addresses import a1, column_letters
from perfgoals_xl.bureau.book.department_columns import FIRST_ROW, HIDDEN
from perfgoals_xl.bureau.book.department_formulas import Rows
from perfgoals_xl.bureau.book.flat_list import FlatList
from perfgoals_xl.workbooks.kit.tables import Column
from perfgoals_xl.workbooks.kit.writing import Sheet


class Frame:
    """The columns, the hidden ones behind them, and the row of the totals."""

    def __init__(self, columns: Sequence[Column], total_row: int) -> None:
        self.columns, self.total_row = columns, total_row
        self.at = {column.header: index for index, column in enumerate(columns)}
        self.at |= {header: len(columns) + number for number, header in enumerate(HIDDEN)}

    def area(self, header: str) -> str:
        """The cells below a header, as the sheet itself names them wherever the formula is."""
        letters = column_letters(self.at[header])
        return f"${letters}${FIRST_ROW + 1}:${letters}${self.total_row}"

    def key(self, row: int, header: str) -> str:
        """The cell of a row below a header."""
        return f"${a1(row, self.at[header])}"

    def rows(self, standing: str, listed: FlatList, first: int, count: int, row: int) -> Rows:
        """The rows of a list that the row of a department adds up."""
        return Rows(listed, first, count, a1(row, 0), self.key(row, standing))

    def put_standing(self, sheet: Sheet, row: int, standing: str, rows: Rows) -> None:
        """Writes whether the rows stand as they were written, where that can be told."""
        formula = rows.standing()
        if formula is not None:
            sheet.write_formula(row, self.at[standing], formula, None, 1)
