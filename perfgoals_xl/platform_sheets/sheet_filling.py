"""Values on one sheet: which cell each goes into, and what must not be written over.

What the template holds is never overwritten unasked, and a formula never: a footer, totals, samples
are refused with their cell. A map that says how many rows the list has (``rows``), or ``replace``,
gives the constants in them away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from perfgoals_xl.addresses import a1, column_letters, row_column
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import fits_a_cell, fold, shortened
from perfgoals_xl.platform_sheets.column_map import At, SheetMap, ValueSpec
from perfgoals_xl.platform_sheets.source_rows import SourceRow
from perfgoals_xl.platform_sheets.template_sheet import TemplateSheet
from perfgoals_xl.platform_sheets.value_forms import UnfitValue, for_cell, shaped
from perfgoals_xl.workbooks.patching.cell_bytes import NewCell

_LETTERS = re.compile("[A-Za-z]{1,3}")
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_LAST_COLUMN, _LAST_ROW = 16_383, 1_048_575
_HINT = "要换掉它，请在映射的这张表里写 replace = true。"


class SheetFilling:
    """The cells that are to be written on one sheet; ``told`` is what people should know."""

    def __init__(self, sheet: TemplateSheet) -> None:
        self.sheet = sheet
        self.told: list[str] = []
        self.lines = 0
        self._cells: dict[tuple[int, int], NewCell] = {}
        self._by: dict[tuple[int, int], str] = {}
        self._like: dict[int, int] = {}

    def put(self) -> None:
        """Put the sheet with its values into the package."""
        part = self.sheet.tab.part
        data = self.sheet.cells.with_cells(self._cells, self._like)
        self.sheet.book.package.put_bytes(part, data)

    @property
    def written(self) -> int:
        """How many cells get a value."""
        return sum(cell.value is not None for cell in self._cells.values())

    # --- single cells

    def fill_cells(self, given: SheetMap, row: SourceRow) -> None:
        """Write the values of single cells. Raises ``InputError`` as said above."""
        for spec in given.cells:
            at = self._place_of(spec)
            self._write(at, spec, row, replace=given.replace)

    def _place_of(self, spec: ValueSpec) -> tuple[int, int]:
        address = _ADDRESS.fullmatch(spec.target)
        if address:
            at = row_column((address[1] + address[2]).upper())
        else:
            label = self.sheet.labelled(spec.target)
            below = spec.at is At.BELOW
            at = (label.bottom + 1, label.left) if below else (label.top, label.right + 1)
        if at[0] > _LAST_ROW or at[1] > _LAST_COLUMN:
            raise self.sheet.fault(f"映射的 {spec.where}：工作表里没有这个单元格")
        return self.sheet.home(*at)

    # --- lists

    def fill_list(self, given: SheetMap, rows: Sequence[SourceRow]) -> None:
        """Write a row for every row of the source. Raises ``InputError`` as said above."""
        assert given.first_row is not None
        first = given.first_row - 1
        if given.rows is not None and len(rows) > given.rows:
            last = given.first_row + given.rows - 1
            raise self.sheet.fault(
                f"只有 {given.rows} 行可写（第 {given.first_row} 至 {last} 行），"
                f"要写的有 {len(rows)} 行",
                "请在映射里改 rows，或向平台要行数更多的模板。",
            )
        if first + len(rows) - 1 > _LAST_ROW:
            raise self.sheet.fault(f"放不下 {len(rows)} 行")
        columns = [(self._column(given, spec), spec) for spec in given.columns]
        self._refuse_doubles(columns)
        mapped = {column for column, _ in columns}
        last = self._last_prepared(given, first, mapped)
        for number, row in enumerate(rows):
            at = first + number
            if given.rows is None:
                self._refuse_footer(at, first, mapped)
            if last >= first and at > last:
                self._continue_row(at, last)
            for column, spec in columns:
                home = self.sheet.home(at, column)
                if home[0] != at or self.sheet.area(*home).bottom != at:
                    raise self.sheet.fault(
                        "这一格和上下的行合并在一起，不能一行写一个值",
                        "请在模板里取消合并，或不写这一列。",
                        home,
                    )
                count = number + 1 if spec.counts else None
                replace = given.replace or given.rows is not None
                self._write(home, spec, row, replace=replace, count=count)
        self.lines += len(rows)
        self._tell(given, first, first + len(rows), last, mapped)

    def _column(self, given: SheetMap, spec: ValueSpec) -> int:
        header = None if given.header_row is None else given.header_row - 1
        found = None if header is None else self.sheet.heading(header, spec.target)
        if found is not None:
            return found
        if _LETTERS.fullmatch(spec.target):
            column = row_column(f"{spec.target.upper()}1")[1]
            if column <= _LAST_COLUMN:
                return column
        if header is None:
            what = f"映射的 {spec.where}：没有写 header_row，这里只能写列号，如 C"
            raise self.sheet.fault(what, "请补上表头在第几行，或改写列号。")
        raise self.sheet.no_heading(header, spec.target)

    def _refuse_doubles(self, columns: Sequence[tuple[int, ValueSpec]]) -> None:
        seen: dict[int, ValueSpec] = {}
        for column, spec in columns:
            other = seen.setdefault(column, spec)
            if other is not spec:
                raise self.sheet.fault(
                    f"映射的“{other.target}”和“{spec.target}”是同一列 {column_letters(column)}"
                )

    def _last_prepared(self, given: SheetMap, first: int, mapped: set[int]) -> int:
        """The last row that the template made ready for the list; before the first for none."""
        at = first
        most = _LAST_ROW if given.rows is None else first + given.rows - 1
        while at <= most:
            there = self.sheet.cells.rows.get(at)
            if there is None or not mapped & there.cells.keys():
                break
            if given.rows is None and self._foreign(at, first, mapped) is not None:
                break
            at += 1
        return at - 1

    def _foreign(self, at: int, first: int, mapped: set[int]) -> int | None:
        """A column in which a row holds what no row of the list would.

        What the template prepares beside the list is alike from row to row: a number, a formula,
        the same text. A list that has reached a footer meets something else.
        """
        there = self.sheet.cells.rows.get(at)
        for column in () if there is None else sorted(there.cells):
            if not self.sheet.holds(at, column):
                continue
            if column in mapped or self._sort(at, column) != self._sort(first, column):
                return column
        return None

    def _sort(self, row: int, column: int) -> str:
        cell = self.sheet.cells.cell(row, column)
        if cell is None:
            return ""
        if cell.has_formula:
            return "="
        text = fold(self.sheet.text(row, column))
        return "1" if text.isdecimal() else text

    def _refuse_footer(self, at: int, first: int, mapped: set[int]) -> None:
        column = self._foreign(at, first, mapped)
        if column is None or column in mapped:
            return  # what stands in a cell of ours is refused when it is written
        raise self.sheet.fault(
            f"清单写到这一行，这里已有内容“{self._shown((at, column))}”，没有覆盖",
            "请用行数更多的模板，或在映射里写 rows（清单有几行）。",
            (at, column),
        )

    def _continue_row(self, at: int, last: int) -> None:
        """Give a row behind the prepared ones the looks of the last of them."""
        self._like[at] = last
        for column, cell in self.sheet.cells.rows[last].cells.items():
            if cell.style is not None and self.sheet.cells.cell(at, column) is None:
                self._cells.setdefault((at, column), NewCell(None, cell.style))

    def _tell(self, given: SheetMap, first: int, end: int, last: int, mapped: set[int]) -> None:
        name = self.sheet.tab.name
        if first <= last < end - 1:
            made = f"模板备好的行到第 {last + 1} 行为止，后面 {end - 1 - last} 行照它的样式接着写"
            self.told.append(f"工作表“{name}”：{made}；下拉列表、公式和合并没有延伸")
        most = end if given.rows is None else first + given.rows
        left = [
            a1(*home)
            for at in range(end, min(most, max(self.sheet.cells.rows, default=0) + 1))
            for column in sorted(mapped)
            if self.sheet.holds(*(home := self.sheet.home(at, column)))
        ]
        if left:
            self.told.append(
                f"工作表“{name}”：写完的行下面还有模板原来的内容（{left[0]} 等 {len(left)} 格），"
                "没有动"
            )

    # --- one value

    def _write(
        self,
        at: tuple[int, int],
        spec: ValueSpec,
        row: SourceRow,
        *,
        replace: bool,
        count: int | None = None,
    ) -> None:
        there = self.sheet.cells.cell(*at)
        if there is not None and there.has_formula:
            raise self.sheet.fault("这里是公式，不能写值", f"请改正映射的 {spec.where}。", at)
        if self.sheet.holds(*at) and not replace:
            what = f"这里已有内容“{self._shown(at)}”，没有覆盖（映射的 {spec.where}）"
            raise self.sheet.fault(what, _HINT, at)
        other = self._by.setdefault(at, spec.where)
        if other != spec.where:
            raise self.sheet.fault(f"映射的 {other} 和 {spec.where} 写到同一格", at=at)
        continued = self._cells.get(at)
        style = self.sheet.style(*at) if continued is None else continued.style
        value = self._value(spec, row, count, self.sheet.number_format(style))
        if value is not None or (there is not None and there.holds):
            self._cells[at] = NewCell(value, style)

    def _value(
        self, spec: ValueSpec, row: SourceRow, count: int | None, number_format: str
    ) -> str | Decimal | None:
        try:
            given = Decimal(count) if count is not None else shaped(spec, row)
            value = for_cell(given, number_format, from_1904=self.sheet.book.from_1904)
            if isinstance(value, str) and not fits_a_cell(value):
                raise UnfitValue("太长，一格放不下")
        except UnfitValue as error:
            column = spec.column or ""
            place = row.place(column)
            raise InputError(
                f"“{shortened(str(row.value(column) or ''))}”{error}（映射的 {spec.where}）",
                hint="请改正这一格，或改映射。",
                file=row.file,
                sheet=place and place.sheet,
                cell=place and place.cell,
            ) from error
        return value

    def _shown(self, at: tuple[int, int]) -> str:
        cell = self.sheet.cells.cell(*at)
        if cell is not None and cell.has_formula:
            return "公式"
        return shortened(self.sheet.text(*at))
