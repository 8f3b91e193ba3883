"""The same findings in a new workbook, in the staff's own file and in an open one: one table."""

from __future__ import annotations

import re
from typing import NamedTuple

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell import Cell

from perfgoals_xl.addresses import a1
from perfgoals_xl.excel.session.results_sheet import remember, write_results
from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from perfgoals_xl.form.text import MOST_IN_CELL
from perfgoals_xl.workbooks.findings import layout
from perfgoals_xl.workbooks.findings.layout import COLUMN_OF, STANDARD, FindingLine
from perfgoals_xl.workbooks.findings.lines import NO_LONGER
from perfgoals_xl.workbooks.findings.marked_copy import write_marked_copy
from perfgoals_xl.workbooks.findings.written_sheet import fill_findings
from perfgoals_xl.workbooks.kit.styles import LABEL_FILL, SEVERITY_COLOURS
from perfgoals_xl.workbooks.kit.writing import add_sheet, new_workbook

SHEETS = ("它's", "全部")
LONG = "年度资金总额与各项资金来源之和不一致，" * 12
LINES = [
    FindingLine("error", "F02", "它's", "B2", "项目甲", None, "290", LONG, "请核对", "=另行报送"),
    FindingLine("warning", "V05", "全部", "AC7", "项目甲", "001", "=1+1", "问题", "建议"),
    FindingLine("info", "M01", "全部", "", None, None, None, "没有单元格", "建议"),
    FindingLine("error", "X01", "没有的表", "B2", None, None, None, "没有这张表", "建议"),
    FindingLine("error", "X02", "全部", "D4", "两\n行", "控\x0b制", "内" * 90, "字" * 40_000, "+"),
    FindingLine(NO_LONGER, "F03", "全部", "", "项目乙", None, None, "旧问题", "建议", "旧理由"),
]


class Look(NamedTuple):
    """How a cell looks."""

    font: tuple[object, ...]
    fill: str | None
    border: tuple[object, ...]
    alignment: tuple[object, ...]
    number_format: str


class Table(NamedTuple):
    """A sheet 校验结果 as it was saved."""

    values: dict[str, object]
    formulas: dict[str, object]
    looks: dict[str, Look]
    links: dict[str, str]
    heights: dict[int, float]
    widths: dict[int, float]
    hidden: set[int]
    names: dict[str, str]
    colours: dict[str, set[tuple[str, str]]]


def rgb(colour):
    found = None if colour is None or colour.type != "rgb" else colour.rgb[-6:]
    return None if found == "000000" else found


def look_of(cell):
    font, aligned = cell.font, cell.alignment
    line = cell.border.left
    drawn = (line.style, rgb(line.color)) if line is not None and line.style else ()
    assert all(
        side.style == (drawn[0] if drawn else None)
        for side in (cell.border.right, cell.border.top, cell.border.bottom)
    )
    horizontal = None if aligned.horizontal == "general" else aligned.horizontal
    return Look(
        (font.name, font.sz, bool(font.b), rgb(font.color), font.u),
        rgb(cell.fill.fgColor) if cell.fill.patternType == "solid" else None,
        drawn,
        (horizontal, aligned.vertical, bool(aligned.wrap_text), int(aligned.indent)),
        # LibreOffice names the language of a format.
        re.sub(r"\[\$-\d+\]", "", cell.number_format),
    )


def link_of(cell):
    """Where a click leads: by a link of the sheet, or by the formula of an open workbook."""
    if cell.hyperlink is not None:
        return cell.hyperlink.location
    found = re.match(r'=IFERROR\(HYPERLINK\("#(.+)!"&ADDRESS\(ROW\((.+?)\)', str(cell.value))
    if found is None:
        return None
    sheet, place = found.groups()
    # LibreOffice puts quotes only where they are needed.
    assert sheet in (place.partition("!")[0], f"'{place.partition('!')[0]}'")
    return f"{sheet}!{place.partition('!')[2].replace('$', '')}"


def read(path):
    shown = openpyxl.load_workbook(path, data_only=True)[RESULTS_SHEET]
    book = openpyxl.load_workbook(path)
    sheet = book[RESULTS_SHEET]
    cells = [cell for row in sheet["A1:L20"] for cell in row]
    # One entry may stand for several columns.
    columns = {
        number: column
        for column in sheet.column_dimensions.values()
        for number in range(column.min, min(column.max, 12) + 1)
    }
    return Table(
        {c.coordinate: c.value for row in shown["A1:L20"] for c in row if c.value is not None},
        {c.coordinate: c.value for c in cells if c.data_type == "f"},
        # Of merged cells the first one speaks.
        {c.coordinate: look_of(c) for r in sheet["A1:K16"] for c in r if isinstance(c, Cell)},
        {cell.coordinate: to for cell in cells if (to := link_of(cell)) is not None},
        {row: sheet.row_dimensions[row].height for row in range(1, 17)},
        {number: column.width for number, column in columns.items() if not column.hidden},
        {number for number, column in columns.items() if column.hidden},
        {n: i.attr_text.replace("'", "") for n, i in book.defined_names.items() if "PG_" in n},
        {
            str(area.sqref): {(r.formula[0], rgb(r.dxf.fill.bgColor)) for r in area.rules}
            for area in sheet.conditional_formatting
        },
    )


@pytest.fixture
def tables(excel, tmp_path):
    """What each of the three writers makes of the same lines: written, patched, live."""
    source = tmp_path / "申报.xlsx"
    with xlsxwriter.Workbook(source) as book:
        for name in SHEETS:
            book.add_worksheet(name).write_string(0, 0, "表")

    def made(lines):
        paths = [tmp_path / f"{name}.xlsx" for name in ("写", "补", "开")]
        with new_workbook(paths[0], "试验") as book:
            for name in SHEETS:
                add_sheet(book, name)
            fill_findings(book, add_sheet(book, RESULTS_SHEET), lines)
        write_marked_copy(source, paths[1], lines, {})
        live = excel.open(source)
        plan = write_results(live, lines, file=source, sheets=SHEETS, grid=None)
        remember(live, plan, validated=True, noted=False)
        live.save(str(paths[2]))
        live.close()
        return tuple(map(read, paths))

    return made


def column_of(key):
    return a1(0, STANDARD[key])[:-1]


def test_cells_links_looks_and_sizes(tables):
    written, patched, live = tables(LINES)
    assert written.values["A2"] == "错误 3 项　　警告 1 项　　提示 1 项"
    assert written.values["H9"] == f"{'内' * 47}…"
    assert len(written.values["I9"]) == MOST_IN_CELL
    assert written.values["G9"] == "控制"
    assert patched.values == written.values
    # No position stands where an open workbook has no sheet for it.
    assert live.values == {k: v for k, v in written.values.items() if k != "L8"}

    assert written.links == {"E5": "'它''s'!B2", "E6": "'全部'!AC7", "E9": "'全部'!D4"}
    assert patched.links == live.links == written.links

    assert patched.looks == written.looks
    for address, look in written.looks.items():
        other, row = live.looks[address], int(re.sub(r"\D", "", address))
        if row > layout.HEADER_ROW and address.startswith(column_of("cell")):
            # All of the column looks like links, which are formulas there.
            assert other == written.looks["E5"]._replace(number_format="General"), address
        else:
            assert other == look, address
    assert {look.font[0] for look in written.looks.values()} == {"宋体", "黑体"}

    assert patched.heights == pytest.approx(written.heights, abs=0.5)
    assert max(written.heights.values()) > 100
    for row in range(1, layout.FIRST_ROW):
        assert live.heights[row] == pytest.approx(written.heights[row], abs=0.5)
    # Excel itself fits the rows of an open workbook to their texts.
    assert live.heights[5] > 2 * live.heights[6]
    assert patched.widths == pytest.approx(written.widths)
    # LibreOffice measures in another font.
    shares = [[w / max(t.widths.values()) for w in t.widths.values()] for t in (written, live)]
    assert shares[1] == pytest.approx(shares[0], rel=0.1)
    assert written.hidden == patched.hidden == live.hidden == {1 + STANDARD["position"]}

    assert patched.names == live.names == written.names
    assert patched.colours == live.colours == written.colours
    assert {len(rules) for rules in written.colours.values()} == {3}


def test_headings_stand_on_every_page_of_a_file(tables, tmp_path):
    tables(LINES)
    for name in ("写", "补"):
        sheet = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")[RESULTS_SHEET]
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_margins.left, sheet.page_margins.bottom) == (0.5, 0.65)
        assert sheet.oddFooter.center.text == "第 &P 页　共 &N 页"


def test_the_counts_are_live(tables):
    written, patched, live = tables(LINES[:2])
    assert set(written.formulas) == set(patched.formulas) == {"A2"}
    plain = [table.formulas["A2"].replace("'", "") for table in (written, patched, live)]
    assert plain[0].count("COUNTIF(校验结果!$B$5:$B$20004") == 6
    assert plain[1] == plain[0]
    assert plain[2].replace("$校验结果.", "校验结果!") == plain[0]


@pytest.mark.parametrize("over", [0, 1, 3])
def test_what_there_is_no_room_for_is_counted_and_told(tables, monkeypatch, over):
    monkeypatch.setattr(layout, "LAST_ROW", 8 - over)
    told = {"A2": "错误 2 项　　警告 1 项　　提示 1 项"}
    told["A3"] = layout.left_out(LINES[:4]) or layout.NOTE
    for table in tables(LINES[:4]):
        assert {address: table.values[address] for address in told} == told
        listed = [v for k, v in table.values.items() if k.startswith("C") and int(k[1:]) > 4]
        assert len(listed) == 4 - over
        assert ("本表只能列出" in table.values["A3"]) == (over > 0)


@pytest.mark.parametrize(("word", "level"), [("错误", "error"), ("警告", "warning")])
def test_the_row_of_a_group_has_the_colour_of_its_level(tables, word, level):
    one = FindingLine(level, "F07", "全部", "D4", None, None, None, "问题", "建议", inside=True)
    group = one._replace(severity=f"{word}×2", inside=False)
    for table in tables([group, one, one]):
        assert table.looks["B5"].fill == SEVERITY_COLOURS[level].lstrip("#")
        assert table.looks["I5"].fill == LABEL_FILL.lstrip("#")
        assert table.links["E5"] == "'全部'!D4"
        assert "L5" not in table.values
        assert table.values["L6"] == table.values["L7"] == 400004


def test_a_blank_list_has_the_same_rows(tables):
    written, patched, live = tables([])
    assert COLUMN_OF["waiver"] == 10
    for address in ("A5", "K16"):
        looks = {table.looks[address] for table in (written, patched, live)}
        assert len(looks) == 1
    assert written.looks["K16"].fill is not None
    assert written.names == patched.names == live.names
    assert all(area.endswith("$16") for area in written.names.values())
