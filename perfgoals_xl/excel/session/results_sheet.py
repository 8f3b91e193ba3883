"""The sheet 校验结果 of an open workbook: a fixed number of calls, however many findings.

Only this sheet is written. After an error it is as it was before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from perfgoals_xl.addresses import a1, column_letters, row_column
from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.session.cell_blocks import moved, put, runs
from perfgoals_xl.excel.session.live_groups import close_groups, open_groups
from perfgoals_xl.excel.session.live_looks import wear
from perfgoals_xl.excel.session.sheet_layout import is_shown
from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.own_sheets.results_layout import find_layout
from perfgoals_xl.workbooks.findings.findings_table import (
    HEAD_LOOK,
    HEIGHTS,
    head_rows,
    location_of,
    look_of,
    note_for,
    numbered,
    values_of,
)
from perfgoals_xl.workbooks.findings.highlights import COLOURS
from perfgoals_xl.workbooks.findings.layout import (
    BLANK_ROWS,
    BY_KEY,
    COLUMNS,
    FIRST_ROW,
    FLAGS,
    HEADER_ROW,
    LAST_ROW,
    LOOKED_UP,
    POSITION,
    STANDARD,
    FindingLine,
    area_of,
    foreign_sheet,
    is_ours,
    looked_up_ranges,
    position_formula,
    position_heading,
)
from perfgoals_xl.workbooks.findings.lines import NO_LONGER
from perfgoals_xl.workbooks.findings.plan import Plan, old_flags, plan_for
from perfgoals_xl.workbooks.kit.page import A4
from perfgoals_xl.workbooks.kit.sheet_names import quoted

GONE = "已删除"
"""What stands for the address of a finding whose cell was deleted."""
_NOTED, _VALIDATED = FLAGS
_LANDSCAPE = 2  # Excel's number for it.
_MOST_COLUMNS = 200


def write_results(
    book: Any,
    lines: Sequence[FindingLine],
    *,
    file: Path,
    sheets: Collection[str],
    grid: Grid | None,
    gone: str = NO_LONGER,
) -> Plan:
    """Put ``lines`` on the sheet 校验结果 of ``book``, in place of what it lists.

    ``sheets`` are the names of the workbook's sheets and ``grid`` is 校验结果, known from reading
    it. Our columns are written where their headings stand; ``gone`` stands under 级别 in rows that
    are kept for what staff wrote beside them. The sheet is made behind the others where it is
    missing. Raises ``InputError`` when a sheet of that name is somebody else's or protected, when
    its columns cannot be told for certain, or when the workbook takes no new sheets; ``file`` is
    named in the message. Returns where everything was put.
    """
    sheet = results_sheet(book, file=file, sheets=sheets)
    if sheet is None:
        with _new_sheet(book, file) as made:
            plan = Plan.of(lines)
            _write_head(made, note_for(lines))
            _write_lines(made, plan, sheets)
            _define_names(book, plan)
            _finish(made, plan)
        return plan
    if getattr(sheet.api, "ProtectContents", False):
        raise InputError(
            "工作表受保护，无法写入", hint="请先撤销保护。", file=file, sheet=RESULTS_SHEET
        )
    found = None if grid is None else plan_for(grid, lines, file=file, gone=gone)
    plan = found or Plan.of(lines)
    if getattr(sheet.api, "FilterMode", False):
        # Excel writes a block into the rows that a filter shows, one after the other.
        sheet.api.ShowAllData()
    if found is None:
        _write_head(sheet, note_for(lines))
    around = moved(
        sheet,
        plan.own,
        plan.own_moves,
        plan.stray_moves,
        width=plan.width,
        first=plan.first,
        bottom=plan.bottom,
    )
    with _restored(sheet, plan), around:
        _write_lines(sheet, plan, sheets)
        _define_names(book, plan)
    _finish(sheet, plan)
    return plan


def results_grid(sheet: Any) -> Grid:
    """The sheet 校验结果 as it is now, in two calls; of merged cells only the corner."""
    last = sheet.used_range.last_cell
    # A formatted column makes a used range of a million rows.
    rows = min(LAST_ROW, max(FIRST_ROW, int(last.row)))
    columns = min(_MOST_COLUMNS, max(len(STANDARD), int(last.column)))
    area = sheet.range(f"A1:{a1(rows - 1, columns - 1)}")
    return Grid(RESULTS_SHEET, area.options(ndim=2, err_to_str=True).value)


def results_sheet(book: Any, *, file: Path, sheets: Collection[str]) -> Any | None:
    """The sheet 校验结果 of ``book``, whose sheets are ``sheets``; None where there is none.

    Raises ``InputError`` when there is one that this program did not write.
    """
    if RESULTS_SHEET not in sheets:
        return None
    if not is_ours([name for name in LOOKED_UP.values() if name in book.names]):
        raise foreign_sheet(file)
    return book.sheets[RESULTS_SHEET]


def has_notes(grid: Grid | None) -> bool:
    """Whether there may be notes of ours in the workbook, by what the sheet says as it was read."""
    return _NOTED in _flags(grid)


def was_validated(grid: Grid | None) -> bool:
    """Whether the sheet, as it was read, says that it lists what the last validation found."""
    return _VALIDATED in _flags(grid)


def _flags(grid: Grid | None) -> str:
    """What ``remember`` left. Where the column is gone, notes may be there nevertheless."""
    layout = None if grid is None else find_layout(grid)
    if grid is None or layout is None:
        return ""
    column = layout.columns.get("position")
    if column is None:
        return _NOTED
    # An earlier version left them in the rows above the heading.
    rows = (layout.header, *old_flags(grid, layout))
    return "".join(str(grid.value(row, column)) for row in rows)


def remember(book: Any, plan: Plan, *, validated: bool, noted: bool) -> None:
    """Keep on the sheet, out of sight, what ``was_validated`` and ``has_notes`` tell.

    It stands in the heading of the hidden column, which goes wherever the list goes.
    """
    told = position_heading(validated=validated, noted=noted)
    sheet, column = book.sheets[RESULTS_SHEET], plan.columns["position"]
    sheet.range(a1(plan.header, column)).raw_value = told
    if plan.summary is not None:
        # Typed anew, it counts anew in a workbook that is not calculated automatically, too.
        sheet.range(a1(*plan.summary)).formula = plan.summary_formula
    for row in plan.old_flags:
        sheet.range(a1(row, column)).clear_contents()


def add_sheet(book: Any, name: str) -> Any:
    """A new sheet behind all that are to be seen."""
    # Of a group of sheets Excel would add as many; behind a hidden one it adds none.
    book.sheets.active.select()
    last = [sheet for sheet in book.sheets if is_shown(sheet)][-1]
    return book.sheets.add(name, after=last)


@contextmanager
def _new_sheet(book: Any, file: Path) -> Iterator[Any]:
    if getattr(book.api, "ProtectStructure", False):
        raise InputError(
            f"工作簿的结构受保护，无法添加“{RESULTS_SHEET}”工作表",
            hint="请先撤销工作簿保护。",
            file=file,
        )
    sheet = add_sheet(book, RESULTS_SHEET)
    try:
        yield sheet
    except BaseException:
        with book.app.properties(display_alerts=False):
            sheet.delete()
        raise


@contextmanager
def _restored(sheet: Any, plan: Plan) -> Iterator[None]:
    """What our columns and the rows above them hold is put back when the block fails."""
    last = max(plan.bottom, plan.first)
    before = sheet.range(f"A1:{a1(last, max(plan.width, 2) - 1)}").formula
    try:
        yield
    except BaseException:
        bottom = max(last, plan.first + max(len(plan.lines), BLANK_ROWS))
        rows = [row for row in range(plan.first, bottom + 1) if row not in plan.stray_moves]
        for left, right in runs(list(plan.columns.values())):
            for top, end in runs([plan.header, *rows]):
                sheet.range(f"{a1(top, left)}:{a1(end, right)}").clear_contents()
                if left <= plan.columns["cell"] <= right:
                    # Into a cell of texts a formula would go as a text.
                    _column(sheet, plan.columns["cell"], top, end).number_format = "General"
                texts = [list(line[left : right + 1]) for line in before[top : end + 1]]
                put(sheet, top, left, texts, "formula")
        if plan.summary is not None:
            row, column = plan.summary
            sheet.range(a1(row, column)).formula = before[row][column]
        raise


def _write_head(sheet: Any, note: str) -> None:
    last = column_letters(len(COLUMNS) - 1)
    for row, text, look in head_rows(note):
        if text is not None:
            sheet.range(f"A{row}").value = text
        sheet.range(f"A{row}:{last}{row}").merge()
        wear(sheet, row - 1, row - 1, {0: look})
    heads = [BY_KEY[key] for key in STANDARD]
    sheet.range(f"A{HEADER_ROW}:{a1(HEADER_ROW - 1, len(heads) - 1)}").value = [
        column.header for column in heads
    ]
    wear(sheet, HEADER_ROW - 1, HEADER_ROW - 1, dict.fromkeys(range(len(heads)), HEAD_LOOK))
    for key, column in STANDARD.items():
        _size_column(sheet, key, column)
    for row, height in HEIGHTS.items():
        sheet.range(f"{row}:{row}").row_height = height
    _colour_severities(sheet, STANDARD, FIRST_ROW)
    _set_view(sheet)


def _size_column(sheet: Any, key: str, column: int) -> None:
    letters = column_letters(column)
    whole = sheet.range(f"{letters}:{letters}")
    whole.column_width = BY_KEY[key].width
    whole.columns.hidden = key == POSITION.key


def _colour_severities(sheet: Any, columns: Mapping[str, int], first_row: int) -> None:
    formats = sheet.range(area_of("severity", columns, first_row)).conditional_formats
    for label, colour in COLOURS.items():
        formats.add_cell_value("equal_to", f'="{label}"', fill_color=colour)


def _add_columns(sheet: Any, plan: Plan) -> None:
    """Headings of columns that somebody deleted and that the list cannot do without."""
    for key in plan.added:
        column = plan.columns[key]
        sheet.range(a1(plan.header, column)).value = BY_KEY[key].header
        wear(sheet, plan.header, plan.header, {column: HEAD_LOOK})
        _size_column(sheet, key, column)
        if key == "severity":
            _colour_severities(sheet, plan.columns, plan.first + 1)


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
        page.PaperSize, page.Orientation = A4, _LANDSCAPE
        page.PrintTitleRows = f"${HEADER_ROW}:${HEADER_ROW}"
        page.Zoom = False
        page.FitToPagesWide, page.FitToPagesTall = 1, False


def _write_lines(sheet: Any, plan: Plan, sheets: Collection[str]) -> None:
    columns, first = plan.columns, plan.first
    bottom = max(plan.last, plan.bottom)
    _add_columns(sheet, plan)
    open_groups(sheet, plan, bottom)
    for left, right in runs(list(columns.values())):
        area = sheet.range(f"{a1(first, left)}:{a1(bottom, right)}")
        if plan.merged:
            area.unmerge()
        area.clear_contents()
    # A sheet that was written as a file has links of its own in this column.
    _column(sheet, columns["cell"], first, bottom).clear()
    _format(sheet, plan)
    if plan.lines:
        _write_texts(sheet, plan)
        links = _column(sheet, columns["cell"], first, plan.end)
        links.formula = [[_link(line, sheets)] for line in plan.lines]
        positions = _column(sheet, columns["position"], first, plan.end)
        positions.formula = [[_position(line, sheets)] for line in plan.lines]


def _finish(sheet: Any, plan: Plan) -> None:
    """Rows as high as their texts, groups closed, and all of the list on the page."""
    sheet.range(f"{a1(plan.first, 0)}:{a1(plan.last, plan.width - 1)}").rows.autofit()
    close_groups(sheet, plan)
    # Without a printer Excel knows no pages.
    with suppress(Exception):
        seen = max([*plan.visible.values(), *plan.own])
        sheet.page_setup.print_area = f"$A$1:${column_letters(seen)}${plan.last + 1}"


def _column(sheet: Any, column: int, first: int, last: int) -> Any:
    return sheet.range(f"{a1(first, column)}:{a1(last, column)}")


def _write_texts(sheet: Any, plan: Plan) -> None:
    key_of = {column: key for key, column in plan.visible.items()}
    rows = [values_of(number, line) for number, line in numbered(plan.lines)]
    for left, right in runs(list(key_of)):
        keys = [key_of[column] for column in range(left, right + 1)]
        put(sheet, plan.first, left, [[row[key] or "" for key in keys] for row in rows])


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
    place = None if line.is_group else _reference(line, sheets)
    return "" if place is None else f"={position_formula(place)}"


def _reference(line: FindingLine, sheets: Collection[str]) -> str | None:
    if location_of(line, sheets) is None:
        return None
    row, column = row_column(line.cell or "")
    return f"{quoted(line.sheet or '')}!${column_letters(column)}${row + 1}"


def _format(sheet: Any, plan: Plan) -> None:
    # All of the column of cells looks like links: to tell those that are none would be a call each.
    looks = {column: look_of(key, linked=key == "cell") for key, column in plan.visible.items()}
    wear(sheet, plan.first, plan.last, looks)
    # Links are formulas here, which a cell of text would show as they are typed.
    _column(sheet, plan.columns["cell"], plan.first, plan.last).number_format = "General"


def _define_names(book: Any, plan: Plan) -> None:
    for name, area in looked_up_ranges(len(plan.lines), plan.columns, plan.first + 1).items():
        if name in book.names:
            book.names[name].refers_to = f"={area}"
        else:
            book.names.add(name, f"={area}")
