"""How much a source may hold: a small file must not take the memory or the day of whoever reads it.

Every limit is far beyond any declaration, and what is beyond it is refused in one line that says
where it stands and what to do. They count for the whole file, not for each sheet.
"""

from __future__ import annotations

from pathlib import Path

from perfgoals_xl.addresses import a1
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import MOST_IN_CELL

MOST_FILE_BYTES = 200 * 1024 * 1024
"""What is larger is an image of a disk or a film."""
MOST_TEXT_BYTES = 40 * 1024 * 1024
"""Of a tab-separated text."""
MOST_PART_BYTES = 256 * 1024 * 1024
"""What the parts of a package that are read may come to, unpacked."""
MOST_PARTS = 100_000
MOST_ELEMENTS = 5_000_000
"""Rows, cells, merged areas and texts that a package lists, whether they say anything or not."""
MOST_PIECE_BYTES = 12 * 1024 * 1024
"""Of XML between two rows, cells or texts: one of these is held in memory at a time."""
MOST_CELLS = 3_000_000
"""Filled cells of a workbook."""
MOST_TEXTS = 3_000_000
"""Different texts of a workbook."""
MOST_AREA = 100_000_000
"""Rows times columns of a sheet up to its last value."""
MOST_ROWS = 1_000_000
"""Of all sheets up to their last values."""
LONGEST_TEXT = MOST_IN_CELL
"""Characters; what no cell of Excel holds."""
MOST_MERGES = 200_000
"""Merged areas of a workbook."""
MOST_COVERED_ROWS = 20_000_000
"""Rows of all merged areas of a sheet down to its last value: areas that overlap come to more."""


class Budget:
    """What one workbook has used so far of what it may hold."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._cells = 0
        self._rows = 0
        self._merges = 0

    def cells(self, count: int, sheet: str, row: int) -> None:
        """Counts filled cells, in the row given. Raises ``InputError`` beyond the limit."""
        self._cells += count
        if self._cells > MOST_CELLS:
            raise InputError(
                f"工作簿里有内容的单元格超过 {MOST_CELLS // 10_000} 万个（到第 {row + 1} 行），"
                "不像申报表",
                hint="请删除与申报无关的数据表后再试。",
                file=self._path,
                sheet=sheet,
            )

    def area(self, row: int, column: int, sheet: str) -> None:
        """Looks at the last row and column with a value. Raises ``InputError`` beyond the limit."""
        if row >= MOST_ROWS or (row + 1) * (column + 1) > MOST_AREA:
            raise self._vast(row, column, sheet)

    def rows(self, row: int, column: int, sheet: str) -> None:
        """Counts the rows of a sheet that was read. Raises ``InputError`` beyond the limit."""
        self._rows += row + 1
        if self._rows > MOST_ROWS:
            raise self._vast(row, column, sheet)

    def merge(self, sheet: str) -> None:
        """Counts a merged area. Raises ``InputError`` beyond the limit."""
        self._merges += 1
        if self._merges > MOST_MERGES:
            raise self.too_many_merges(sheet)

    def too_many_merges(self, sheet: str) -> InputError:
        """The refusal of merged areas without end."""
        return InputError(
            "工作簿里合并的单元格太多，不像申报表",
            hint="请删除与申报无关的工作表后再试。",
            file=self._path,
            sheet=sheet,
        )

    def _vast(self, row: int, column: int, sheet: str) -> InputError:
        return InputError(
            f"表里的内容一直到 {a1(row, column)}，范围太大，无法读取",
            hint="请删除表格以外多余的行和列（内容、空格也算），保存后再试。",
            file=self._path,
            sheet=sheet,
        )


def too_long_text(
    path: Path, length: int, sheet: str | None = None, cell: str | None = None
) -> InputError:
    """The refusal of a text that no cell can hold; ``length`` in characters."""
    return InputError(
        f"一段文字有 {length} 个字，超过单元格的上限 {LONGEST_TEXT} 字",
        hint="请缩短或分成几处填写后再试。",
        file=path,
        sheet=sheet,
        cell=cell,
    )


def too_large(path: Path, what: str) -> InputError:
    """The refusal of a file that holds more than any declaration; ``what`` says of what."""
    return InputError(
        f"{what}，不像申报表",
        hint="请确认选对了文件；如果是，请删除与申报无关的内容后另存再试。",
        file=path,
    )
