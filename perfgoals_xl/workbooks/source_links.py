"""Links from a summary to the cells of the workbooks that it was made from."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from xlsxwriter.format import Format

from perfgoals_xl.reading.workbook_source import SUFFIXES
from perfgoals_xl.workbooks.book import Sheet, put_text
from perfgoals_xl.workbooks.sheet_names import quoted

# Excel keeps no more links than this on a sheet, and no longer ones.
_MAX_LINKS, _MAX_LENGTH = 65_000, 2_000
# What ends the path of a link, or begins an escape in it.
_TROUBLE = "#%"

Place = tuple[str, str | None, str | None]
"""File, sheet and cell; None where it is not known."""


class SourceLinks:
    """Where the sources stand as seen from the summary.

    A link is relative, so that it works as long as the files are passed on together. A text has no
    cells to go to, and a name that no link can hold is not linked; both stay plain text.
    """

    def __init__(self, summary: Path, files: Collection[str]) -> None:
        folder = summary.resolve().parent
        self._paths = {file: _relative(Path(file), folder) for file in files}

    @property
    def note(self) -> str:
        """What to tell above a table whose numbers are links; "" where there are none."""
        return "单击序号打开来源。" if any(self._paths.values()) else ""

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

    def _target(self, file: str, sheet: str | None, cell: str | None) -> str | None:
        path = self._paths.get(file)
        if path is None or not sheet:
            return None
        target = f"external:{path}#{quoted(sheet)}!{cell or 'A1'}"
        return target if len(target) < _MAX_LENGTH and not set(sheet) & set(_TROUBLE) else None


def _relative(file: Path, folder: Path) -> str | None:
    if file.suffix.lower() not in SUFFIXES or set(str(file)) & set(_TROUBLE):
        return None
    try:
        return os.path.relpath(file.resolve(), folder)
    except ValueError:
        # On another drive of Windows.
        return str(file.resolve())
