"""The sheet 校验结果, written with XlsxWriter: empty in a template, filled elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from perfgoals_xl.workbooks.findings.findings_table import (
    FILE,
    HEAD_LOOK,
    HEIGHTS,
    LEAST_HEIGHT,
    head_rows,
    height_of_row,
    location_of,
    look_of,
    note_for,
    numbered,
    values_of,
)
from perfgoals_xl.workbooks.findings.highlights import COLOURS
from perfgoals_xl.workbooks.findings.layout import (
    COLUMN_OF,
    COLUMNS,
    FIRST_ROW,
    HEADER_ROW,
    LAST_ROW,
    NOTE,
    POSITION,
    POSITION_COLUMN,
    STANDARD,
    FindingLine,
    looked_up_ranges,
    position_heading,
    summary_text,
)
from perfgoals_xl.workbooks.findings.plan import Plan
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_formula, put_text

if TYPE_CHECKING:
    from perfgoals_xl.workbooks.kit.source_links import SourceLinks

_FILE_COLUMN = POSITION_COLUMN + 1


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
    validated: bool = True,
) -> None:
    """Writes title, counts, header and one row per finding.

    The cell of a finding is a link to it if its sheet is one of ``link_to``, by default every
    sheet that ``workbook`` has by now. Where the findings belong to other files, ``links`` leads
    there instead: from the cell, or from the number of a finding without one; ``files`` adds the
    column that names the file. ``note`` is the line above the table, ``header`` that of every page.
    ``validated`` is false where nobody sought findings yet, which the sheet then says.
    The names that the highlights of the workbook look into are defined here.
    """
    make, plan = styles or Styles(workbook), Plan.of(lines)
    targets = set(workbook.sheetnames) if link_to is None else set(link_to)
    columns = (*COLUMNS, FILE) if files else COLUMNS
    at = COLUMN_OF | {FILE.key: _FILE_COLUMN}
    last_column = at[columns[-1].key]
    for column in columns:
        sheet.set_column(at[column.key], at[column.key], column.width)
    _write_head(sheet, make, plan, note_for(lines, note), last_column, validated=validated)
    for column in (*columns, POSITION):
        where = STANDARD.get(column.key, _FILE_COLUMN)
        flagged = position_heading(validated=validated) if column is POSITION else column.header
        put_text(sheet, HEADER_ROW - 1, where, flagged, make(*HEAD_LOOK))
    for row, (number, line) in enumerate(numbered(plan.lines), start=plan.first):
        values = values_of(number, line)
        target = None if links is not None else location_of(line, targets)
        for column in columns:
            value = values[column.key]
            _put(sheet, make, row, at[column.key], column.key, value, target, group=line.level)
        if links is not None and number is not None:
            _link_source(sheet, make, row, number, line, links)
        if isinstance(position := values[POSITION.key], int):
            sheet.write_number(row, POSITION_COLUMN, position)
        height = height_of_row(values, columns)
        sheet.set_height(row, height, fixed=False, inside=line.inside, closed=line.is_group)
    for row in range(plan.end + 1, plan.last + 1):
        for column in columns:
            _put(sheet, make, row, at[column.key], column.key, None, None)
        sheet.set_height(row, LEAST_HEIGHT, fixed=False)
    for name, area in looked_up_ranges(len(plan.lines)).items():
        workbook.define_name(name, f"={area}")
    _finish(sheet, make, plan.last, last_column, header)


def _write_head(
    sheet: Sheet, styles: Styles, plan: Plan, note: str, last: int, *, validated: bool
) -> None:
    counts = summary_text((*plan.lines, *plan.cut), validated=validated)
    for number, text, look in head_rows(note):
        style = styles(*look)
        sheet.merge_range(number - 1, 0, number - 1, last, "", style)
        if text is None:
            put_formula(sheet, number - 1, 0, plan.summary_formula, style, counts)
        else:
            put_text(sheet, number - 1, 0, text, style)
    for number, height in HEIGHTS.items():
        sheet.set_height(number - 1, height)
    # Hidden, so that its width is not seen.
    sheet.set_column(POSITION_COLUMN, POSITION_COLUMN, None, None, {"hidden": True})


def _put(
    sheet: Sheet,
    styles: Styles,
    row: int,
    column: int,
    key: str,
    value: str | int | None,
    target: str | None,
    *,
    group: str = "",
) -> None:
    """A cell of the list; that of the place is a link to ``target``, where there is one."""
    if key == "cell" and target is not None:
        style = styles(*look_of(key, linked=True, group=group))
        sheet.write_url(row, column, f"internal:{target}", style, str(value))
    elif isinstance(value, int):
        sheet.write_number(row, column, value, styles(*look_of(key)))
    else:
        put_text(sheet, row, column, value, styles(*look_of(key, group=group)))


def _link_source(
    sheet: Sheet, styles: Styles, row: int, number: int, line: FindingLine, links: SourceLinks
) -> None:
    key = "cell" if line.cell else "number"
    both = styles(*look_of(key)), styles(*look_of(key, linked=True))
    place = (line.file, line.sheet, line.cell)
    links.put(sheet, row, COLUMN_OF[key], line.cell or number, both, place)


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
    # The row of a group stands above what it opens.
    sheet.outline_settings(True, False, True, False)
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
