"""Links from a summary to the files that it was made from, and to their cells."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from pathlib import Path, PurePath

from xlsxwriter.format import Format

from perfgoals_xl.reading.sources.workbook import SUFFIXES
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_text

# Excel keeps no more links than this on a sheet, and no longer ones.
_MAX_LINKS, _MAX_LENGTH = 65_000, 2_000
# A sheet of another file, as a part of a project names it.
_OF_ANOTHER = re.compile(r"\[(?P<file>[^]]+)\](?P<sheet>.+)", re.S)
# What ends the path of a link, begins an escape in it, or cannot be written into it at all: line
# breaks, and the bytes of a name in another encoding.
_TROUBLE = re.compile(r"[#%\x00-\x1f\ud800-\udfff]")

Place = tuple[str | None, str | None, str | None]
"""File, sheet and cell; None where it is not known."""


class SourceLinks:
    """Where the sources stand as seen from the summary.

    A link is relative, so that it works as long as the files are passed on together. It leads to
    the cell of a workbook, and to the file as a whole where there is no cell to go to: of a text or
    a document, or where no sheet is known. A path that no link can hold stays plain text.
    """

    def __init__(self, summary: Path, files: Collection[str]) -> None:
        folder = summary.resolve().parent
        self._paths = {file: _relative(Path(file), folder) for file in files}

    @property
    def note(self) -> str:
        """What to tell above a table whose numbers are links; "" where there are none."""
        return self._told("单击序号打开来源。")

    @property
    def cell_note(self) -> str:
        """What to tell above a table whose cells are links, and the numbers of rows without."""
        return self._told("单击“单元格”打开来源（没有单元格的，单击序号）。")

    def _told(self, text: str) -> str:
        return text if any(self._paths.values()) else ""

    def put(
        self,
        sheet: Sheet,
        row: int,
        column: int,
        value: str | int | None,
        styles: tuple[Format, Format],
        source: Place,
    ) -> None:
        """Write a short text or a number, linked to ``source`` where that can be.

        ``styles`` are those of a plain cell and of a link. Only short ones: LibreOffice does not
        wrap the text of a link.
        """
        plain, linked = styles
        target = self._target(*source)
        style = plain
        if value not in (None, "") and target is not None and row < _MAX_LINKS:
            sheet.write_url(row, column, target, linked, str(value))
            style = linked
        if isinstance(value, int):
            # In its place, and the link stays: a number that can be sorted and counted.
            sheet.write_number(row, column, value, style)
        elif style is plain:
            put_text(sheet, row, column, value, plain)

    def put_number(
        self, sheet: Sheet, styles: Styles, row: int, number: int, source: Place
    ) -> None:
        """Write the number of a row of a table into its first column, linked to ``source``."""
        both = styles("cell", "center", "ten"), styles("cell", "center", "link", "ten")
        self.put(sheet, row, 0, number, both, source)

    def _named(self, label: str) -> str | None:
        found = [file for file in self._paths if _ends_with(file, label)]
        return found[0] if len(found) == 1 else None

    def _target(self, file: str | None, sheet: str | None, cell: str | None) -> str | None:
        if sheet and (part := _OF_ANOTHER.fullmatch(sheet)):
            # A part of a project that came from another of the files.
            file, sheet = self._named(part["file"]), part["sheet"]
        path = None if file is None else self._paths.get(file)
        if path is None:
            return None
        target = f"external:{path}"
        if sheet and not _TROUBLE.search(sheet) and Path(path).suffix.lower() in SUFFIXES:
            target += f"#{quoted(sheet)}!{cell or 'A1'}"
        return target if len(target) < _MAX_LENGTH else None


def _ends_with(file: str, label: str) -> bool:
    parts = PurePath(label).parts
    return Path(file).parts[-len(parts) :] == parts


def _relative(file: Path, folder: Path) -> str | None:
    if not file.suffix or _TROUBLE.search(str(file)):
        # Without a suffix it is a workbook that was never saved.
        return None
    if any(part.suffix.lower() == ".zip" and part.is_file() for part in file.parents):
        return None  # nothing opens a file that lies in a zip
    try:
        return os.path.relpath(file.resolve(), folder)
    except ValueError:
        # On another drive of Windows.
        return str(file.resolve())
