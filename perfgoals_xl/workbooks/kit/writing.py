"""Opening a workbook with XlsxWriter, and writing cells so that nothing changes its meaning.

Text stays text whatever it starts with; amounts are exact; rows fit themselves to what staff type.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from perfgoals_xl.addresses import Area, a1
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import MOST_IN_CELL, fits_a_cell
from perfgoals_xl.workbooks.kit.styles import BODY_FONT, BODY_SIZE

AUTHOR = "perfgoals-xl"
"""What the properties of every workbook written here name as its author."""

_FONT: dict[str, Any] = {
    "font_name": BODY_FONT,
    "font_size": BODY_SIZE,
    # What Excel writes for Chinese fonts; without "none" the theme's font would win over the name.
    "font_scheme": "none",
    "font_family": 3,
    "font_charset": 134,
}
_OPTIONS: dict[str, Any] = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    # Of the standard font, as Excel in China measures it; column widths are counted in its digits.
    "default_column_width": 72,
    "default_row_height": 18,
}
# The same input gives the same file, so the time of making is no part of it.
_CREATED = datetime(2026, 1, 1)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PREPARED: dict[tuple[str, bool], str] = {}
_MOST_PREPARED = 512
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Sheet(Worksheet):
    """A worksheet whose row heights are a beginning, not a rule.

    XlsxWriter marks every height it is given as set by hand, and Excel then never fits the row to
    a longer text. Only the rows in ``fixed_rows`` keep that mark, which merged cells need.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fixed_rows: set[int] = set()

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        if tag == "row" and int(dict(attributes)["r"]) - 1 not in self.fixed_rows:
            attributes = [item for item in attributes if item[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        # XlsxWriter looks for a hundred functions in every formula, and our sheets have the same.
        key = (formula, expand_future_functions or self.use_future_functions)
        prepared = _PREPARED.get(key)
        if prepared is None:
            if len(_PREPARED) >= _MOST_PREPARED:
                _PREPARED.clear()
            prepare: Callable[[str, bool], str] = super()._prepare_formula
            prepared = _PREPARED[key] = prepare(*key)
        return prepared

    @property
    def shown_name(self) -> str:
        """The name on the tab."""
        return str(self.name)

    def set_height(
        self,
        row: int,
        height: float,
        *,
        fixed: bool = True,
        inside: bool = False,
        closed: bool = False,
    ) -> None:
        """Makes a row ``height`` points high: for good, or until somebody types into it.

        A row ``inside`` a group is out of sight until the one above it, ``closed``, is opened.
        """
        if fixed:
            self.fixed_rows.add(row)
        outline = {"level": 1, "hidden": True} if inside else {"collapsed": True} if closed else {}
        self.set_row(row, height, None, outline)

    def reach(self, row: int, column: int) -> None:
        """Makes the sheet tell that it goes as far as this cell, which is written elsewhere."""
        self._check_dimensions(row, column)


class _Letting(io.FileIO):
    """The file of a workbook, which takes everything and keeps nothing once it is given up.

    XlsxWriter and the zip file that it holds try to complete a file once more when they are
    forgotten: on a full disk that fails once more, and Python prints it.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, "wb")
        self._given_up = False
        self._place = 0

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        written = 0
        # A file without a buffer may take a part, and the next attempt says why.
        while written < len(view) and not self._given_up:
            written += super().write(view[written:]) or 0
        self._place += len(view)
        return len(view)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._place = offset if self._given_up else super().seek(offset, whence)
        return self._place

    def tell(self) -> int:
        return self._place if self._given_up else super().tell()

    def flush(self) -> None:
        if not self._given_up:
            super().flush()

    def let_go(self, workbook: Workbook) -> None:
        """Give up the file, which then stays as it is, and can be removed."""
        self._given_up = True
        workbook.fileclosed = True
        self.close()


@contextmanager
def new_workbook(
    path: Path, title: str, subject: str = "", *, scratch: Path | None = None
) -> Iterator[Workbook]:
    """A workbook that is written to ``path`` when the block ends without an error.

    With a folder ``scratch`` it is streamed: each sheet keeps its last row alone in memory and the
    others there, so the rows of a sheet must be written from top to bottom.
    """
    streamed = {} if scratch is None else {"constant_memory": True, "tmpdir": str(scratch)}
    # XlsxWriter writes into the dictionary of the font, so each workbook gets its own.
    options = _OPTIONS | {"default_format_properties": dict(_FONT)} | streamed
    file = _Letting(path)
    workbook = Workbook(file, options)
    workbook.set_properties(
        {"title": title, "subject": subject, "author": AUTHOR, "created": _CREATED}
    )
    try:
        yield workbook
    except BaseException:
        file.let_go(workbook)
        for sheet in workbook.worksheets():
            # Else its rows stay open, and Windows does not let the folder go.
            rows: IO[str] | None = getattr(sheet, "row_data_fh", None)
            if rows is not None:
                rows.close()
        raise
    try:
        workbook.close()
        file.close()
    except FileCreateError as error:
        file.let_go(workbook)
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else error from None
    except BaseException:
        file.let_go(workbook)
        raise


def add_sheet(workbook: Workbook, name: str) -> Sheet:
    """A new sheet called ``name``, a name that Excel accepts."""
    sheet = workbook.add_worksheet(name, Sheet)
    assert isinstance(sheet, Sheet)
    sheet.hide_gridlines(2)
    return sheet


def put_text(sheet: Sheet, row: int, column: int, text: str | None, style: Format) -> None:
    """A text, or a blank cell for None. Raises InputError for one that no cell can hold."""
    if not text:
        sheet.write_blank(row, column, None, style)
        return
    if not fits_a_cell(text):
        raise InputError(
            f"文字超过 Excel 单元格 {MOST_IN_CELL} 字的上限",
            hint="请缩短这段文字后再试。",
            sheet=sheet.shown_name,
            cell=a1(row, column),
        )
    text = _SURROGATE.sub("\ufffd", text)
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a text for markup of its own; in pieces it is written as it is.
        sheet.write_rich_string(row, column, text[:1], text[1:2], text[2:], style)
    else:
        sheet.write_string(row, column, text, style)


def put_block(sheet: Sheet, area: Area, text: str | None, style: Format) -> None:
    """A text in a merged area, or in one cell where the area is one."""
    if (area.top, area.left) != (area.bottom, area.right):
        sheet.merge_range(*area, "", style)
    put_text(sheet, area.top, area.left, text, style)


def quoting(text: str | None) -> tuple[str, ...]:
    """The style that keeps a text which looks like a formula a text when staff edit it."""
    return ("typed_text",) if text and text[0] in "=+-@'" else ()


def put_amount(
    sheet: Sheet, row: int, column: int, value: Decimal | str | None, style: Format
) -> None:
    """An amount as a number, a text that is no amount as it was typed, a blank cell for None.

    An amount of more digits than a number of Excel holds is written as text, to keep them all.
    """
    if value is None or isinstance(value, str):
        put_text(sheet, row, column, value, style)
    elif is_exact(value):
        sheet.write_number(row, column, float(value), style)
    else:
        put_text(sheet, row, column, f"{value:f}", style)


def is_exact(value: Decimal) -> bool:
    """Whether a number of Excel, which has 15 digits, holds the amount to its last digit."""
    # A float ends at 1E+308.
    return value.adjusted() < 300 and len(value.normalize().as_tuple().digits) <= 15


def put_formula(
    sheet: Sheet,
    row: int,
    column: int,
    formula: str,
    style: Format,
    value: Decimal | int | str,
) -> None:
    """A formula with the value it has now, for programs that do not calculate."""
    if isinstance(value, str):
        value = _UNPRINTABLE.sub(" ", value)
    sheet.write_formula(row, column, formula, style, value)
