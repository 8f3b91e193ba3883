"""The sheet 校验结果 of an open workbook: a fixed number of calls, however many findings.

Only this sheet is written. After an error it is as it was before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.grid import Grid, column_letters, row_column
from perfgoals_xl.workbooks.findings_layout import (
    BLANK_ROWS,
    COLUMN_OF,
    COLUMNS,
    FIRST_ROW,
    HEADER_ROW,
    LAST_ROW,
    LOOKED_UP,
    NOTE,
    NOTE_ROW,
    POSITION_COLUMN,
    POSITION_HEADER,
    SEVERITY_LABELS,
    SHEET,
    SUMMARY_ROW,
    TITLE,
    TITLE_ROW,
    FindingLine,
    foreign_sheet,
    is_ours,
    listed,
    looked_up_ranges,
    position_formula,
    summary_formula,
)
from perfgoals_xl.workbooks.highlights import COLOURS
from perfgoals_xl.workbooks.sheet_names import quoted
from perfgoals_xl.workbooks.styles import BODY_FONT, HEAD_FILL, HEAD_FONT, LINE, LINK

_LAST = column_letters(len(COLUMNS) - 1)
_HIDDEN = column_letters(POSITION_COLUMN)
GONE = "已删除"
"""What stands for the address of a finding whose cell was deleted."""
_NOTED, _VALIDATED = "批注", "已校验"
_TO_FILL = "#FFFBE6"
# Excel refuses a block of values with a longer text in it.
_MAX_TEXT = 8_000
_A4, _LANDSCAPE = 9, 2  # Excel's numbers for them.
_CENTRED = ("number", "severity", "rule", "cell")


def write_results(
    book: Any, lines: Sequence[FindingLine], *, file: Path, sheets: Collection[str]
) -> None:
    """Put ``lines`` on the sheet 校验结果 of ``book``, in place of what it lists.

    ``sheets`` are the names of the workbook's sheets, known from reading it. The sheet is made
    behind the others where it is missing. Raises ``InputError`` when a sheet of that name is
    somebody else's or protected, or when the workbook takes no new sheets; ``file`` is named in
    the message.
    """
    shown = listed(lines)
    sheet = results_sheet(book, file=file, sheets=sheets)
    if sheet is None:
        with _new_sheet(book, file) as made:
            _write_head(made)
            _write_lines(made, shown, FIRST_ROW - 1, sheets)
            _define_names(book, len(shown))
        return
    if getattr(sheet.api, "ProtectContents", False):
        raise InputError("工作表受保护，无法写入", hint="请先撤销保护。", file=file, sheet=SHEET)
    if getattr(sheet.api, "FilterMode", False):
        # Excel writes a block into the rows that a filter shows, one after the other.
        sheet.api.ShowAllData()
    old_last = last_row(sheet)
    with _restored(sheet, old_last):
        _write_lines(sheet, shown, old_last, sheets)
        _define_names(book, len(shown))


def last_row(sheet: Any) -> int:
    """The last row that may list something, counted from one."""
    # A formatted column makes a used range of a million rows.
    return min(LAST_ROW, max(FIRST_ROW, int(sheet.used_range.last_cell.row)))


def results_sheet(book: Any, *, file: Path, sheets: Collection[str]) -> Any | None:
    """The sheet 校验结果 of ``book``, whose sheets are ``sheets``; None where there is none.

    Raises ``InputError`` when there is one that this program did not write.
    """
    if SHEET not in sheets:
        return None
    if not is_ours([name for name in LOOKED_UP.values() if name in book.names]):
        raise foreign_sheet(file)
    return book.sheets[SHEET]


def has_notes(grid: Grid | None) -> bool:
    """Whether the sheet, as it was read, says that there are notes of ours in the workbook."""
    return grid is not None and grid.value(0, POSITION_COLUMN) == _NOTED


def was_validated(grid: Grid | None) -> bool:
    """Whether the sheet, as it was read, says that it lists what the last validation found."""
    return grid is not None and grid.value(1, POSITION_COLUMN) == _VALIDATED


def remember(book: Any, *, validated: bool, noted: bool) -> None:
    """Keep on the sheet, out of sight, what ``was_validated`` and ``has_notes`` tell."""
    flags = [[_NOTED if noted else ""], [_VALIDATED if validated else ""]]
    book.sheets[SHEET].range(f"{_HIDDEN}1:{_HIDDEN}2").raw_value = flags


def add_sheet(book: Any, name: str) -> Any:
    """A new sheet behind all that are to be seen."""
    # Of a group of sheets Excel would add as many; behind a hidden one it adds none.
    book.sheets.active.select()
    last = [sheet for sheet in book.sheets if is_shown(sheet)][-1]
    return book.sheets.add(name, after=last)


def is_shown(sheet: Any) -> bool:
    """Whether a sheet has a tab: xlwings calls a very hidden one (2) visible too."""
    return sheet.visible in (True, -1)


@contextmanager
def _new_sheet(book: Any, file: Path) -> Iterator[Any]:
    if getattr(book.api, "ProtectStructure", False):
        raise InputError(
            f"工作簿的结构受保护，无法添加“{SHEET}”工作表", hint="请先撤销工作簿保护。", file=file
        )
    sheet = add_sheet(book, SHEET)
    try:
        yield sheet
    except BaseException:
        with book.app.properties(display_alerts=False):
            sheet.delete()
        raise


@contextmanager
def _restored(sheet: Any, last: int) -> Iterator[None]:
    """What the sheet holds is put back when the block fails."""
    area = sheet.range(f"A1:{_HIDDEN}{last}")
    before = area.formula
    try:
        yield
    except BaseException:
        sheet.range(f"A{FIRST_ROW}:{_HIDDEN}{max(last, last_row(sheet))}").clear_contents()
        cells = column_letters(COLUMN_OF["cell"])
        # Into a cell of texts a formula would go as a text.
        sheet.range(f"{cells}{FIRST_ROW}:{cells}{last}").number_format = "General"
        area.formula = before
        raise


def _write_head(sheet: Any) -> None:
    for row, text in ((TITLE_ROW, TITLE), (NOTE_ROW, NOTE)):
        sheet.range(f"A{row}").value = text
    for row in (TITLE_ROW, SUMMARY_ROW, NOTE_ROW):
        sheet.range(f"A{row}:{_LAST}{row}").merge()
    sheet.range(f"A{HEADER_ROW}:{_HIDDEN}{HEADER_ROW}").value = [
        *(column.header for column in COLUMNS),
        POSITION_HEADER,
    ]
    for index, column in enumerate(COLUMNS):
        letters = column_letters(index)
        sheet.range(f"{letters}:{letters}").column_width = column.width
    sheet.range(f"{_HIDDEN}:{_HIDDEN}").column_hidden = True
    sheet.range(f"A{TITLE_ROW}").font.name = HEAD_FONT
    sheet.range(f"A{TITLE_ROW}").font.size = 16
    sheet.range(f"A{TITLE_ROW}").horizontal_alignment = "center"
    sheet.range(f"A{SUMMARY_ROW}").font.bold = True
    head = sheet.range(f"A{HEADER_ROW}:{_LAST}{HEADER_ROW}")
    head.font.bold = True
    head.color = HEAD_FILL
    head.horizontal_alignment = "center"
    sides = ["edge_top", "edge_bottom", "edge_left", "edge_right", "inside_vertical"]
    head.borders.set(sides, line_style="continuous", color=LINE)
    for row, height in ((TITLE_ROW, 34), (SUMMARY_ROW, 20), (NOTE_ROW, 18), (HEADER_ROW, 24)):
        sheet.range(f"{row}:{row}").row_height = height
    severity = column_letters(COLUMN_OF["severity"])
    formats = sheet.range(f"{severity}{FIRST_ROW}:{severity}{LAST_ROW}").conditional_formats
    for label, colour in COLOURS.items():
        formats.add_cell_value("equal_to", f'="{label}"', fill_color=colour)
    _set_view(sheet)


def _set_view(sheet: Any) -> None:
    """Headings that stay in sight and on every page; A4 landscape, as wide as the paper."""
    # xlwings has no words for these on a desktop, only Excel on Windows understands them, and
    # without a printer it refuses the page. The list is as good without.
    with suppress(Exception):
        window = sheet.book.app.api.ActiveWindow
        window.SplitColumn, window.SplitRow = 0, HEADER_ROW
        window.FreezePanes = True
    with suppress(Exception):
        page = sheet.api.PageSetup
        page.PaperSize, page.Orientation = _A4, _LANDSCAPE
        page.PrintTitleRows = f"${HEADER_ROW}:${HEADER_ROW}"
        page.Zoom = False
        page.FitToPagesWide, page.FitToPagesTall = 1, False


def _write_lines(
    sheet: Any, lines: Sequence[FindingLine], old_last: int, sheets: Collection[str]
) -> None:
    last = FIRST_ROW - 1 + max(len(lines), BLANK_ROWS)
    bottom = max(last, old_last)
    cell = column_letters(COLUMN_OF["cell"])
    sheet.range(f"{FIRST_ROW}:{bottom}").row_hidden = False
    sheet.range(f"A{FIRST_ROW}:{_HIDDEN}{bottom}").clear_contents()
    # A sheet that was written as a file has links of its own in this column.
    sheet.range(f"{cell}{FIRST_ROW}:{cell}{bottom}").clear()
    body = sheet.range(f"A{FIRST_ROW}:{_LAST}{last}")
    _format(sheet, body, last)
    if lines:
        end = FIRST_ROW - 1 + len(lines)
        # Range.value asks for sheet and book many times while it writes.
        sheet.range(f"A{FIRST_ROW}:{_LAST}{end}").raw_value = [
            _values(number, line) for number, line in enumerate(lines, start=1)
        ]
        links = sheet.range(f"{cell}{FIRST_ROW}:{cell}{end}")
        links.formula = [[_link(line, sheets)] for line in lines]
        positions = sheet.range(f"{_HIDDEN}{FIRST_ROW}:{_HIDDEN}{end}")
        positions.formula = [[_position(line, sheets)] for line in lines]
    body.rows.autofit()
    # Typed anew, it counts anew in a workbook that is not calculated automatically, too.
    sheet.range(f"A{SUMMARY_ROW}").formula = summary_formula()
    # Without a printer Excel knows no pages.
    with suppress(Exception):
        sheet.page_setup.print_area = f"$A$1:${_LAST}${last}"


def _values(number: int, line: FindingLine) -> list[object]:
    texts = line._asdict() | {"severity": SEVERITY_LABELS.get(line.severity, line.severity)}
    return [number if column.key == "number" else _cut(texts[column.key]) for column in COLUMNS]


def _cut(text: str | None) -> str:
    if text is None or len(text) <= _MAX_TEXT:
        return text or ""
    return text[: _MAX_TEXT - 1] + "…"


def _link(line: FindingLine, sheets: Collection[str]) -> str:
    """What the column 单元格 shows: a link that follows its cell when rows come and go above it.

    Formulas make all the links one write. ``sheets`` are those that a reference may name.
    """
    place = _reference(line, sheets)
    if place is None:
        return line.cell or ""
    address = f"ADDRESS(ROW({place}),COLUMN({place}),4)"
    target = f"#{place.partition('!')[0]}!".replace('"', '""')
    return f'=IFERROR(HYPERLINK("{target}"&{address},{address}),"{GONE}")'


def _position(line: FindingLine, sheets: Collection[str]) -> str:
    """What the highlights look up: the place as a number, which follows its cell too."""
    place = _reference(line, sheets)
    return "" if place is None else f"={position_formula(place)}"


def _reference(line: FindingLine, sheets: Collection[str]) -> str | None:
    if not line.cell or line.sheet is None or line.sheet not in sheets:
        return None
    row, column = row_column(line.cell)
    return f"{quoted(line.sheet)}!${column_letters(column)}${row + 1}"


def _format(sheet: Any, body: Any, last: int) -> None:
    body.font.name = BODY_FONT
    body.font.size = 10
    body.wrap_text = True
    body.vertical_alignment = "center"
    body.borders.set("all", line_style="continuous", color=LINE)
    # A text such as "=1" or "001" on a form stays the text that it is.
    before, behind = (column_letters(COLUMN_OF["cell"] + step) for step in (-1, 1))
    for block in (f"B{FIRST_ROW}:{before}{last}", f"{behind}{FIRST_ROW}:{_LAST}{last}"):
        sheet.range(block).number_format = "@"
    for key in _CENTRED:
        letters = column_letters(COLUMN_OF[key])
        column = sheet.range(f"{letters}{FIRST_ROW}:{letters}{last}")
        column.horizontal_alignment = "center"
        if key == "cell":
            column.font.color = LINK
    reasons = column_letters(COLUMN_OF["waiver"])
    sheet.range(f"{reasons}{FIRST_ROW}:{reasons}{last}").color = _TO_FILL


def _define_names(book: Any, findings: int) -> None:
    for name, area in looked_up_ranges(findings).items():
        if name in book.names:
            book.names[name].refers_to = f"={area}"
        else:
            book.names.add(name, f"={area}")
