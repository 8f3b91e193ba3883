"""Workbooks as two libraries write them, read by ours and by calamine: both find the same."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from perfgoals_xl.reading.sources.workbook import read_workbook

DATED = "yyyy/m/d h:mm"
FORMATS = ("General", "0%", "0.00", "#,##0.00", '"≥"0"人次"', DATED, "yyyy/m/d", 'yyyy"年"m"月"')
_MOMENTS = frozenset(FORMATS[5:])

texts = st.text(
    st.one_of(
        st.sampled_from("项目绩效目标总额产出 \n\t<>&\"'=_x000D≥％①𠮷\u3000"),
        st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_categories=("Cs", "Cn")),
    ),
    min_size=1,
    max_size=12,
)
numbers = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 6)),
)
moments = st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2099, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
values = st.one_of(
    st.tuples(texts, st.just("General")),
    st.tuples(numbers, st.sampled_from([f for f in FORMATS if f not in _MOMENTS])),
    st.tuples(st.booleans(), st.just("General")),
    st.tuples(moments, st.just(DATED)),
    st.tuples(st.integers(1000, 60_000), st.sampled_from(FORMATS[6:])),
)
places = st.tuples(st.integers(0, 30), st.integers(0, 28))
pages = st.tuples(
    st.dictionaries(places, values, max_size=25),
    # Areas far enough apart not to meet each other or a value.
    st.sets(st.integers(0, 8), max_size=3),
    st.booleans(),
)
books = st.lists(pages, min_size=1, max_size=3)


def _areas(numbers):
    return [(40 + 3 * n, n, 40 + 3 * n + 1, n + 2) for n in sorted(numbers)]


def by_xlsxwriter(book, *, inline=False):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": inline, "in_memory": True}) as made:
        styles = {code: made.add_format({"num_format": code}) for code in FORMATS}
        for number, (cells, merged, hidden) in enumerate(book):
            page = made.add_worksheet(f"表{number}")
            if hidden and number:
                page.hide()
            for (row, column), (value, code) in sorted(cells.items()):
                if isinstance(value, str):
                    page.write_string(row, column, value)
                elif isinstance(value, bool):
                    page.write_boolean(row, column, value)
                elif isinstance(value, dt.datetime):
                    page.write_datetime(row, column, value, styles[code])
                else:
                    page.write_number(row, column, value, styles[code])
            for area in _areas(merged):
                page.merge_range(*area, "合")
    return out.getvalue()


def by_openpyxl(book):
    made = openpyxl.Workbook()
    del made[made.sheetnames[0]]
    for number, (cells, merged, hidden) in enumerate(book):
        page = made.create_sheet(f"表{number}")
        if hidden and number:
            page.sheet_state = "veryHidden"
        for (row, column), (value, code) in cells.items():
            cell = page.cell(row + 1, column + 1)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
            cell.number_format = code
        for top, left, bottom, right in _areas(merged):
            page.cell(top + 1, left + 1, "合")
            page.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def plain(value):
    """A value as both would tell it: calamine has floats for numbers, a time for each day."""
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time()).isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return value


def filled(rows):
    return {
        (row, column): plain(value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value is not None and value != "" and not (isinstance(value, str) and not value.strip())
    }


def ours(data):
    grids = read_workbook(Path("表.xlsx"), data)
    return [(g.sheet, g.hidden, sorted(map(tuple, g.merges)), filled(g.rows)) for g in grids]


def theirs(data):
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = []
    for sheet in book.sheets_metadata:
        page = book.get_sheet_by_name(sheet.name)
        merges = sorted((*first, *last) for first, last in page.merged_cell_ranges or ())
        hidden = sheet.visible is not SheetVisibleEnum.Visible
        rows = page.to_python(skip_empty_area=False)
        found.append((sheet.name, hidden, merges, filled(rows)))
    return found


@settings(max_examples=60)
@given(books)
@example([({(0, 0): ("_x000D_", "General"), (0, 1): (" 前后 \n", "General")}, {0}, True)])
@example([({(5, 27): (0.95, "0%"), (5, 2): (45_000, "yyyy/m/d")}, set(), False)])
def test_both_find_the_same(book):
    for data in (by_xlsxwriter(book), by_xlsxwriter(book, inline=True), by_openpyxl(book)):
        assert ours(data) == theirs(data)
