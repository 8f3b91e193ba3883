"""The sheet 校验结果, written with XlsxWriter: empty in a template, filled elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from perfgoals_xl.form.own_sheets import SEVERITY_LABELS
from perfgoals_xl.workbooks.findings.highlights import COLOURS
from perfgoals_xl.workbooks.findings.layout import (
    BLANK_ROWS,
    CENTRED,
    COLUMN_OF,
    COLUMNS,
    FIRST_ROW,
    HEADER_ROW,
    LAST_ROW,
    NOTE,
    NOTE_ROW,
    POSITION_COLUMN,
    POSITION_HEADER,
    SUMMARY_ROW,
    TITLE,
    TITLE_ROW,
    FindingLine,
    left_out,
    listed,
    looked_up_ranges,
    position_of,
    summary_formula,
    summary_text,
)
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_formula, put_text

if TYPE_CHECKING:
    from perfgoals_xl.workbooks.kit.source_links import SourceLinks

_SMALL = 10
# Excel keeps no more links than this on a sheet.
_MAX_LINKS = 65_000
# Behind the hidden column, so that the columns that other programs look into stay where they are.
_FILE_COLUMN, _FILE_HEADER, _FILE_WIDTH = POSITION_COLUMN + 1, "来源文件", 14.0


def fill_findings(
    workbook: Workbook,
    sheet: Sheet,
    lines: Sequence[FindingLine] = (),
    *,
    styles: Styles | None = None,
    link_to: Collection[str] | None = None,
    links: SourceLinks | None = None,
    files: bool = False,
    note: str = NOTE,
    header: str = "",
) -> None:
    """Writes title, counts, header and one row per finding.

    The cell of a finding is a link to it if its sheet is one of ``link_to``, by default every
    sheet that ``workbook`` has by now. Where the findings belong to other files, ``links`` leads
    there instead: from the cell, or from the number of a finding without one; ``files`` adds the
    column that names the file. ``note`` is the line above the table, ``header`` that of every page.
    The names that the highlights of the workbook look into are defined here.
    """
    make = styles or Styles(workbook)
    note, every, lines = left_out(lines) or note, lines, listed(lines)
    targets = set(workbook.sheetnames) if link_to is None else set(link_to)
    last_column = _FILE_COLUMN if files else len(COLUMNS) - 1
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
    _write_head(sheet, make, every, note, last_column)
    if files:
        sheet.set_column(_FILE_COLUMN, _FILE_COLUMN, _FILE_WIDTH)
        put_text(sheet, HEADER_ROW - 1, _FILE_COLUMN, _FILE_HEADER, make("cell", "head"))
    for number, line in enumerate(lines, start=1):
        linked = links is None and line.sheet in targets and number <= _MAX_LINKS
        _write_line(sheet, make, number, line, linked, files)
        if links is not None:
            _link_source(sheet, make, number, line, links)
    last = FIRST_ROW - 1 + max(len(lines), BLANK_ROWS) - 1
    for row in range(FIRST_ROW - 1 + len(lines), last + 1):
        _write_blank_line(sheet, make, row, files)
    for name, area in looked_up_ranges(len(lines)).items():
        workbook.define_name(name, f"={area}")
    _finish(sheet, make, last, last_column, header)


def _write_head(
    sheet: Sheet, styles: Styles, lines: Sequence[FindingLine], note: str, last: int
) -> None:
    sheet.merge_range(TITLE_ROW - 1, 0, TITLE_ROW - 1, last, "", styles("title"))
    put_text(sheet, TITLE_ROW - 1, 0, TITLE, styles("title"))
    sheet.set_height(TITLE_ROW - 1, 34)
    text = summary_text(lines)
    sheet.merge_range(SUMMARY_ROW - 1, 0, SUMMARY_ROW - 1, last, "", styles("plain", "bold"))
    put_formula(sheet, SUMMARY_ROW - 1, 0, summary_formula(), styles("plain", "bold"), text)
    sheet.merge_range(NOTE_ROW - 1, 0, NOTE_ROW - 1, last, "", styles("quiet"))
    put_text(sheet, NOTE_ROW - 1, 0, note, styles("quiet"))
    sheet.set_height(SUMMARY_ROW - 1, 20)
    sheet.set_height(NOTE_ROW - 1, 18)
    for index, column in enumerate(COLUMNS):
        put_text(sheet, HEADER_ROW - 1, index, column.header, styles("cell", "head"))
    put_text(sheet, HEADER_ROW - 1, POSITION_COLUMN, POSITION_HEADER, styles("cell", "head"))
    sheet.set_column(POSITION_COLUMN, POSITION_COLUMN, None, None, {"hidden": True})
    sheet.set_height(HEADER_ROW - 1, 24)


def _write_line(
    sheet: Sheet, styles: Styles, number: int, line: FindingLine, linked: bool, files: bool
) -> None:
    row = FIRST_ROW - 2 + number
    texts = line._asdict() | {"severity": SEVERITY_LABELS.get(line.severity, line.severity)}
    height = 20.0
    for index, column in enumerate(COLUMNS):
        style = styles(*_style_of(column.key))
        if column.key == "number":
            sheet.write_number(row, index, number, style)
            continue
        text = texts[column.key]
        if column.key == "cell" and linked and text:
            target = f"internal:{quoted(str(line.sheet))}!{text}"
            link = styles("cell", "center", "link", "ten")
            sheet.write_url(row, index, target, link, text)
        else:
            put_text(sheet, row, index, text, style)
        height = max(height, height_of(text, column.width, _SMALL))
    if files:
        put_text(sheet, row, _FILE_COLUMN, line.file, styles(*_style_of("file")))
        height = max(height, height_of(line.file, _FILE_WIDTH, _SMALL))
    position = position_of(line.cell)
    if position is not None:
        sheet.write_number(row, POSITION_COLUMN, position)
    sheet.set_height(row, min(height, MAX_HEIGHT), fixed=False)


def _link_source(
    sheet: Sheet, styles: Styles, number: int, line: FindingLine, links: SourceLinks
) -> None:
    row, place = FIRST_ROW - 2 + number, (line.file, line.sheet, line.cell)
    key = "cell" if line.cell else "number"
    plain = _style_of(key)
    both = styles(*plain), styles(*plain, "link")
    links.put(sheet, row, COLUMN_OF[key], line.cell or number, both, place)


def _write_blank_line(sheet: Sheet, styles: Styles, row: int, files: bool) -> None:
    for index, column in enumerate(COLUMNS):
        sheet.write_blank(row, index, None, styles(*_style_of(column.key)))
    if files:
        sheet.write_blank(row, _FILE_COLUMN, None, styles(*_style_of("file")))
    sheet.set_height(row, 20, fixed=False)


def _style_of(key: str) -> tuple[str, ...]:
    if key == "number":
        return ("cell", "center", "whole", "ten")
    if key == "waiver":
        return ("cell", "left", "text", "ten", "to_fill")
    return ("cell", "center" if key in CENTRED else "left", "text", "ten")


def _finish(sheet: Sheet, styles: Styles, last: int, last_column: int, header: str) -> None:
    severity = COLUMN_OF["severity"]
    for label, colour in COLOURS.items():
        sheet.conditional_format(
            FIRST_ROW - 1,
            severity,
            LAST_ROW - 1,
            severity,
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{label}"',
                "format": styles.fill(colour),
            },
        )
    sheet.autofilter(HEADER_ROW - 1, 0, last, last_column)
    sheet.freeze_panes(HEADER_ROW, 0)
    set_page(
        sheet,
        landscape=True,
        last_row=last,
        last_column=last_column,
        repeat=(HEADER_ROW - 1, HEADER_ROW - 1),
        header=header,
    )
