"""The pages of a drawing as a file, in every format that the machine can write.

A writer is a function of the pages and the path without its ending; more of them are added to
``WRITERS`` under the name that ``features`` gives the format.
"""

from __future__ import annotations

import csv
import io
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import docx
import openpyxl
import xlsxwriter
from openpyxl.styles import Font

from tests.support.layouts.page import Cell, Page


def write(pages: Sequence[Page], format: str, stem: Path) -> Path:
    """Write the pages and return the path of the file."""
    return WRITERS[format](pages, stem)


def _with_openpyxl(pages: Sequence[Page], stem: Path) -> Path:
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for page in pages:
        sheet = book.create_sheet(page.name)
        sheet.sheet_state = page.hidden
        for (row, column), cell in page.cells.items():
            made = sheet.cell(row + 1, column + 1, cell.value)
            if isinstance(cell.value, str):
                made.data_type = "s"
            if cell.format:
                made.number_format = cell.format
            if cell.strike:
                made.font = Font(strike=True)
        for top, left, bottom, right in page.merges:
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    path = stem.with_suffix(".xlsx")
    book.save(path)
    return path


def _with_xlsxwriter(pages: Sequence[Page], stem: Path) -> Path:
    path = stem.with_suffix(".xlsx")
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    look = {"border": 1, "text_wrap": True, "valign": "vcenter"}
    formats: dict[str | None, object] = {None: book.add_format(look)}
    for page in pages:
        sheet = book.add_worksheet(page.name)
        if page.hidden == "hidden":
            sheet.hide()
        elif page.hidden == "veryHidden":
            sheet.very_hidden()
        # Room for wrapped texts: what is cut off on paper nobody can read.
        sheet.set_column(0, _last(page)[1], 18)
        sheet.set_default_row(48)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for area in page.merges:
            sheet.merge_range(*area, "", formats[None])
        for (row, column), cell in page.cells.items():
            if cell.format not in formats:
                formats[cell.format] = book.add_format({**look, "num_format": cell.format})
            made = formats[cell.format]
            if cell.strike:
                made = book.add_format({**look, "font_strikeout": True})
            sheet.write(row, column, cell.value, made)
    visible = next(n for n, page in enumerate(pages) if page.hidden == "visible")
    book.worksheets()[visible].activate()
    book.worksheets()[visible].set_first_sheet()
    book.close()
    return path


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.2">
<office:automatic-styles><style:style style:name="hidden" style:family="table">
<style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>"""


def _as_ods(pages: Sequence[Page], stem: Path) -> Path:
    path = stem.with_suffix(".ods")
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", _ODS % "".join(map(_ods_table, pages)))
    return path


def _as_fods(pages: Sequence[Page], stem: Path) -> Path:
    path = stem.with_suffix(".fods")
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    flat = _ODS.replace("office:document-content", "office:document")
    flat = flat.replace('office:version="1.2"', f'office:version="1.2" office:mimetype="{kind}"')
    path.write_text(flat % "".join(map(_ods_table, pages)), encoding="utf-8")
    return path


def _spans(page: Page) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """How far each merged area reaches from its first cell, and the cells that it covers."""
    spans = {(t, c): (b - t + 1, r - c + 1) for t, c, b, r in page.merges}
    covered = {
        (row, column)
        for t, c, b, r in page.merges
        for row in range(t, b + 1)
        for column in range(c, r + 1)
    }
    return spans, covered - spans.keys()


def _last(page: Page) -> tuple[int, int]:
    """The last row and the last column of a sheet."""
    last_row = max([row for row, _ in page.cells] + [m[2] for m in page.merges])
    last_column = max([column for _, column in page.cells] + [m[3] for m in page.merges])
    return last_row, last_column


def _ods_table(page: Page) -> str:
    spans, covered = _spans(page)
    style = "" if page.hidden == "visible" else ' table:style-name="hidden"'
    rows = []
    last_row, last_column = _last(page)
    for row in range(last_row + 1):
        cells = "".join(
            _ods_cell(page.cells.get((row, c)), spans.get((row, c)), (row, c) in covered)
            for c in range(last_column + 1)
        )
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    return f"<table:table table:name={quoteattr(page.name)}{style}>{''.join(rows)}</table:table>"


def _ods_cell(cell: Cell | None, span: tuple[int, int] | None, covered: bool) -> str:
    tag = "table:covered-table-cell" if covered else "table:table-cell"
    spanned = ""
    if span is not None:
        spanned = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    if cell is None:
        return f"<{tag}{spanned}/>"
    if isinstance(cell.value, str):
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.value.split("\n"))
        return f'<{tag}{spanned} office:value-type="string">{lines}</{tag}>'
    if isinstance(cell.value, date):
        return (
            f'<{tag}{spanned} office:value-type="date" office:date-value="{cell.value}">'
            f"<text:p>{cell.value}</text:p></{tag}>"
        )
    shown = shown_number(cell)
    kind = "percentage" if "%" in shown else "float"
    return (
        f'<{tag}{spanned} office:value-type="{kind}" office:value="{cell.value}">'
        f"<text:p>{escape(shown)}</text:p></{tag}>"
    )


def shown_number(cell: Cell) -> str:
    """A number as its format shows it; the machine's own formats alone."""
    code, value = cell.format, cell.value
    if not code or not isinstance(value, int | float):
        return str(value)
    lead, trail, digits, quoted = "", "", "", False
    for character in code.removesuffix("_ "):
        if character == '"':
            quoted = not quoted
        elif quoted or character == "%":
            lead, trail = (lead, trail + character) if digits else (lead + character, trail)
        else:
            digits += character
    places = len(digits.partition(".")[2])
    number = value * 100 if "%" in trail else value
    return (
        f"{lead}{number:,.{places}f}{trail}"
        if "," in digits
        else f"{lead}{number:.{places}f}{trail}"
    )


def _as_text(pages: Sequence[Page], stem: Path) -> Path:
    """What a person gets who copies the sheets into a text: tabs, no merges, breaks as blanks."""
    path = stem.with_suffix(".txt")
    path.write_text("\n\n".join(map(_lines, pages)) + "\n", encoding="utf-8")
    return path


def _lines(page: Page) -> str:
    return "\n".join(
        "\t".join("" if c is None else str(c.value).replace("\n", " ") for c in row).rstrip("\t")
        for row in page.rows()
    )


def _as_csv(pages: Sequence[Page], stem: Path) -> Path:
    """As spreadsheets write it: quoted where a text has a comma, a quote or a line break."""
    path = stem.with_suffix(".csv")
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    for page in pages:
        writer.writerows([["" if c is None else c.value for c in row] for row in page.rows()])
    # Excel in China writes the code page of its Windows.
    path.write_bytes(lines.getvalue().encode("gb18030"))
    return path


def _as_html(pages: Sequence[Page], stem: Path) -> Path:
    """A page as a budget system shows it: a table with rowspan and colspan for each sheet."""
    path = stem.with_suffix(".html")
    tables = "".join(map(_html_table, pages))
    path.write_text(
        f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{tables}</body></html>',
        encoding="utf-8",
    )
    return path


def _html_table(page: Page) -> str:
    spans, covered = _spans(page)
    rows = []
    last_row, last_column = _last(page)
    for row in range(last_row + 1):
        cells = []
        for at in [(row, column) for column in range(last_column + 1)]:
            if at in covered:
                continue
            down, across = spans.get(at, (1, 1))
            cell = page.cells.get(at)
            text = "" if cell is None else escape(shown_number(cell)).replace("\n", "<br>")
            span = f' rowspan="{down}"' if down > 1 else ""
            span += f' colspan="{across}"' if across > 1 else ""
            cells.append(f"<td{span}>{text}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1>{''.join(rows)}</table>"


def _with_office(kind: str) -> Callable[[Sequence[Page], Path], Path]:
    """A writer that lets LibreOffice turn a workbook into another kind of file."""

    def written(pages: Sequence[Page], stem: Path) -> Path:
        source = _with_xlsxwriter(pages, stem)
        command = ["soffice", "--headless", "--convert-to", kind, "--outdir", str(stem.parent)]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
        source.unlink()
        return stem.with_suffix(f".{kind}")

    return written


def _as_docx(pages: Sequence[Page], stem: Path) -> Path:
    """Lines with one cell above and below the form as paragraphs, the rest as a table."""
    path = stem.with_suffix(".docx")
    document = docx.Document()
    for page in pages:
        for top, bottom in _blocks(page):
            _add_block(document, page, top, bottom)
    document.save(path)
    return path


def _blocks(page: Page) -> list[tuple[int, int]]:
    """The rows of the page in blocks: every run of rows that hold more than one cell is a table."""
    rows = page.rows()
    lone = [sum(cell is not None for cell in row) <= 1 for row in rows]
    for top, _, bottom, _ in page.merges:
        if bottom > top:
            lone[top : bottom + 1] = [False] * (bottom + 1 - top)
    blocks: list[tuple[int, int]] = []
    # Lines within the form belong to its table.
    first = next((n for n, row in enumerate(lone) if not row), len(lone))
    last = max((n for n, row in enumerate(lone) if not row), default=-1)
    for number in range(len(rows)):
        if number < first or number > last:
            blocks.append((number, number + 1))
        elif number == first:
            blocks.append((first, last + 1))
    return blocks


def _add_block(document: docx.document.Document, page: Page, top: int, bottom: int) -> None:
    rows = page.rows()[top:bottom]
    if bottom - top == 1:
        document.add_paragraph("  ".join(str(c.value) for c in rows[0] if c is not None))
        return
    width = max([len(row) for row in rows] + [m[3] + 1 for m in page.merges if m[0] >= top])
    table = document.add_table(len(rows), width)
    cells = [list(row.cells) for row in table.rows]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                cells[number][column].text = shown_number(cell)
    for area in page.merges:
        if top <= area[0] and area[2] < bottom:
            cells[area[0] - top][area[1]].merge(cells[area[2] - top][area[3]])
            made = cells[area[0] - top][area[1]]
            for extra in made.paragraphs[1:]:
                if not extra.text:
                    extra._p.getparent().remove(extra._p)


WRITERS: dict[str, Callable[[Sequence[Page], Path], Path]] = {
    "xlsx": _with_openpyxl,
    "xlsxwriter": _with_xlsxwriter,
    "ods": _as_ods,
    "docx": _as_docx,
    "txt": _as_text,
    "csv": _as_csv,
    "html": _as_html,
    "fods": _as_fods,
    "xls": _with_office("xls"),
    "pdf": _with_office("pdf"),
}
PLACED = frozenset(("xlsx", "xlsxwriter", "ods", "fods", "txt", "csv", "xls"))
"""The formats in which a cell keeps the address that it was drawn at."""
