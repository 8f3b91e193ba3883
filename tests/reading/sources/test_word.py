"""Word documents: tables with merged areas, titles above them, and what staff do to both."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from dataclasses import dataclass

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_xl.addresses import Area, row_column
from perfgoals_xl.api import load
from perfgoals_xl.errors import InputError
from perfgoals_xl.publication.document import write_publication
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.sources.source import read_source
from perfgoals_xl.resources import example_path
from tests.reading.sheets import (
    SHEET,
    Sheet,
    fields,
    goals,
    lines,
    read_workbook,
    remarks,
    rows_of,
    told,
)

TITLES = ("2026年云川县水务局部门项目支出绩效目标表", "（2026年度）", "单位：万元")
FORM = """
项目名称 | | 渠道清淤项目 | | |
主管部门 | | 云川县水务局 | 实施单位 | 灌溉站 |
项目属性 | | 一次性项目 | 项目期 | 1年 |
项目总额 | | 30 | 其中：年度资金总额 | 20 |
其中：\\n本级资金 | 资金总额 | 12 | 其中：\\n转移市县（区）资金 | 资金总额 | 8
 | 其中：财政拨款 | 12 | | 其中：中央资金 | 8
 | 其他资金 | 0 | | 自治区资金 |
 | 结余结转资金 | | | |
年度总体\\n绩效目标 | | 清淤渠道30公里，\\n保障春灌用水。 | | |
一级指标 | 二级指标 | 三级指标 | | 指标值 |
产出指标 | 数量指标 | 指标1：清淤长度 | | ≥30公里 |
 | | 指标2：清理闸口 | | 12座 |
 | 成本指标 | 指标1：机械作业费 | | ≤20万元 |
效益指标 | 社会效益 | 指标1：受益农户 | | ≥800户 |
满意度指标 | 服务对象满意度 | 指标1：农户满意度 | | ≥90% |
"""
_MERGED = (
    "A1:B1 C1:F1 A2:B2 E2:F2 A3:B3 E3:F3 A4:B4 E4:F4 A5:A8 D5:D8 A9:B9 C9:F9 C10:D10 E10:F10 "
    "A11:A13 B11:B12 C11:D11 E11:F11 C12:D12 E12:F12 C13:D13 E13:F13 "
    "C14:D14 E14:F14 C15:D15 E15:F15"
)
MERGES = tuple(_MERGED.split())


@dataclass
class Table:
    """A table of a document: its text as in tests.reading.sheets, and merged areas as A1:B2."""

    table: str
    merges: tuple[str, ...] = ()


def write_document(path, *blocks):
    """A document as python-docx writes it; a text is a paragraph, a Table a table."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            _add(document, block)
    document.save(path)
    return path


def _add(parent, block):
    rows = rows_of(block.table)
    width = max(map(len, rows))
    table = parent.add_table(len(rows), width)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                table.cell(number, column).text = value
    for area in block.merges:
        (top, left), (bottom, right) = map(row_column, area.split(":"))
        table.cell(top, left).merge(table.cell(bottom, right))
    return table


def read_document(tmp_path, *blocks):
    return load_declaration(write_document(tmp_path / f"{SHEET}.docx", *blocks))


def grid_of(path):
    (grid,) = read_source(path).grids
    return grid


def test_a_form_with_its_titles(tmp_path):
    declaration = read_document(tmp_path, "通知正文。", *TITLES, Table(FORM, MERGES))
    assert fields(declaration) == told("""
        project_name | 渠道清淤项目 | C5
        supervising_department | 云川县水务局 | C6
        implementing_unit | 灌溉站 | E6
        project_attribute | 一次性项目 | C7
        project_period | 1年 | E7
        total_amount | 30 | C8
        annual_amount | 20 | E8
        local_total | 12 | C9
        local_appropriation | 12 | C10
        local_other | 0 | C11
        local_carryover | - | C12
        transfer_total | 8 | F9
        transfer_central | 8 | F10
        transfer_regional | - | F11
        annual_goal | 清淤渠道30公里， 保障春灌用水。 | C13
    """)
    assert lines(declaration) == told("""
        产出指标 数量指标 1 | 清淤长度 | ≥30公里 | E15
        产出指标 数量指标 2 | 清理闸口 | 12座 | E16
        产出指标 成本指标 1 | 机械作业费 | ≤20万元 | E17
        效益指标 社会效益 1 | 受益农户 | ≥800户 | E18
        满意度指标 服务对象满意度 1 | 农户满意度 | ≥90% | E19
    """)
    assert declaration.year == 2026
    assert declaration.projects.place(0, "year") == (SHEET, "A2")
    assert declaration.projects.records()[0]["amount_unit"] == "万元"
    assert [origin.typed_amounts for origin in declaration.origins] == [{}]
    assert not declaration.remarks


def test_the_grid_counts_paragraphs_and_rows(tmp_path):
    path = write_document(
        tmp_path / "a.docx",
        "",
        "标题",
        "  ",
        Table("a | b\nc | d", ("A1:A2",)),
        "注：\t说明",
        Table("e"),
    )
    grid = grid_of(path)
    assert grid.rows == [["标题"], ["a\nc", "b"], [None, "d"], ["注：", "说明"], ["e"]]
    assert grid.merges == [Area(1, 0, 2, 0)]
    assert grid.sheet == "a"


STAFF = {
    "as printed": Table(FORM, MERGES),
    "every merge lost": Table(FORM),
    "no vertical merges": Table(
        FORM, tuple(m for m in MERGES if m not in ("A5:A8", "D5:D8", "A11:A13", "B11:B12"))
    ),
    "labels with line breaks and blanks": Table(
        FORM.replace("项目名称", "项 目\\n名 称").replace("二级指标", "二 级\\n指 标")
        .replace("主管部门", "主管\\n部门").replace("项目总额", "项目\\n总额")
    ),
    "a value one row below its label": Table(
        FORM.replace("清淤渠道30公里，\\n保障春灌用水。", "").replace(
            "一级指标", " | | 清淤渠道30公里。 | | |\n一级指标", 1
        )
    ),
    "a name one row below its label": Table("""
项目名称 | |
 | | 渠道清淤项目
年度总体绩效目标 | | 清淤渠道30公里。
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | ≥30公里
"""),
    "levels slipped to the left": Table("""
项目名称 | 渠道清淤项目
年度总体绩效目标 | 清淤渠道30公里。
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | ≥30公里
质量指标 | 清淤合格率 | ≥95%
 | 清淤达标率 | ≥90%
"""),
    "split values and weights": Table("""
项目名称 | 渠道清淤项目 | | | | |
年度总体绩效目标 | 清淤渠道30公里。 | | | | |
一级指标 | 二级指标 | 三级指标 | 指标值 | | | 权重
 | | | 符号 | 数值 | 单位 |
产出指标 | 数量指标 | 清淤长度 | ≥ | 30 | 公里 | 20
 | 质量指标 | 清淤合格率 | ≥ | 95 | % | 10
""", ("A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4", "B1:G1", "B2:G2")),
    "notes and blank rows between": Table(
        FORM.replace(" | 成本指标", " | | | | |\n注：以下为成本 | | | | |\n | 成本指标")
    ),
    "a column of numbers before the table": Table(
        "\n".join(f"{n} | {row}" for n, row in enumerate(FORM.strip().split("\n"), start=1))
    ),
    "two forms in one table": Table(
        FORM.strip() + "\n" + FORM.strip().replace("渠道清淤项目", "闸口维修项目")
    ),
    "a department table": Table("""
部门名称及代码 | 云川县水务局（215001） | | | |
部门职责绩效目标 | 保障供水。 | | | |
一级指标 | 二级指标 | 三级指标 | | | 备注
 | | 财政政策性绩效目标 | 部门预算绩效目标 | 部门指标值 |
预算执行绩效目标 | 支出进度 | 达到序时进度 | 9月底执行率 | ≥75% | 按月
 | 政府采购 | 不超预算 | 超预算起数 | 0起 |
""", ("B1:F1", "B2:F2", "A3:A4", "B3:B4", "C3:E3", "F3:F4", "A5:A6")),
}  # fmt: skip


def said(declaration):
    """Everything that was read, and where in the table it stood."""
    projects = range(len(declaration.projects))
    return {
        "fields": [fields(declaration, number) for number in projects],
        "lines": lines(declaration),
        "goals": goals(declaration),
        "remarks": remarks(declaration),
        "edition": declaration.edition,
    }


@pytest.mark.parametrize("table", STAFF.values(), ids=STAFF.keys())
def test_a_table_reads_as_the_same_table_of_a_workbook(tmp_path, table):
    in_word = read_document(tmp_path, table)
    in_excel = read_workbook(tmp_path, Sheet(table.table, merges=table.merges))
    assert not in_word.is_empty
    assert said(in_word) == said(in_excel)


def test_a_table_broken_in_two_by_the_page(tmp_path):
    rows = FORM.strip().split("\n")
    declaration = read_document(
        tmp_path, *TITLES, Table("\n".join(rows[:12])), "", Table("\n".join(rows[12:]))
    )
    assert [row["level3"] for row in declaration.indicators.records()] == [
        *("清淤长度", "清理闸口", "机械作业费", "受益农户", "农户满意度")
    ]
    assert len(declaration.projects) == 1


def test_several_forms_each_with_its_titles(tmp_path):
    other = FORM.replace("渠道清淤项目", "闸口维修项目")
    second = ("2025年云川县水务局部门项目支出绩效目标表", "单位：元")
    declaration = read_document(tmp_path, *TITLES, Table(FORM), *second, Table(other))
    records = declaration.projects.records()
    assert [(row["project_name"], row["year"], row["amount_unit"]) for row in records] == [
        ("渠道清淤项目", 2026, "万元"),
        ("闸口维修项目", 2025, "元"),
    ]


def put(xml):
    """An element of WordprocessingML."""
    return parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))


def one_cell(tmp_path, inner, document=None):
    """The value that the reader gives a cell with this XML in it."""
    document = document or docx.Document()
    table = document.add_table(1, 2)
    cell = table.cell(0, 0)._tc
    for paragraph in list(cell.p_lst):
        cell.remove(paragraph)
    for child in put(f"<w:tc>{inner}</w:tc>"):
        cell.append(child)
    table.cell(0, 1).text = "旁"
    document.save(tmp_path / "cell.docx")
    return grid_of(tmp_path / "cell.docx").rows[-1][0]


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def prompt(content, shown=""):
    properties = f"<w:sdtPr><w:showingPlcHdr {shown}/></w:sdtPr>"
    return f"<w:sdt>{properties}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


ENDLESS = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
DELETED_LINE = f"<w:p>{ENDLESS}<w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"


@pytest.mark.parametrize(
    ("inner", "value"),
    [
        (f"<w:p>{run('甲')}{run('乙')}</w:p>", "甲乙"),
        (f"<w:p>{run('甲')}</w:p><w:p>{run('乙')}</w:p>", "甲\n乙"),
        (f"<w:p/><w:p>{run('甲')}</w:p><w:p/>", "甲"),
        (
            "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>",
            "甲\n乙\t丙",
        ),
        (f"<w:p>{run('甲')}<w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>", "甲"),
        (f"<w:p>{run('甲')}<w:moveFrom>{run('移')}</w:moveFrom></w:p>", "甲"),
        (f"<w:p>{run('甲')}<w:ins>{run('增')}</w:ins></w:p>", "甲增"),
        (f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink></w:p>", "链接"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{run('控件')}</w:p></w:sdtContent></w:sdt>", "控件"),
        (f"<w:p><w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt></w:p>", "控件"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>", None),
        ('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显示</w:t></w:r></w:p>', "显示"),
        ('<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t></w:r></w:p>', "≥95%"),
        ('<w:p><w:r><w:sym w:font="宋体" w:char="2265"/><w:t>5</w:t></w:r></w:p>', "≥5"),
        ('<w:p><w:r><w:sym w:font="宋体" w:char="DFFF"/><w:t>5</w:t></w:r></w:p>', "5"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>5</w:t></w:r></w:p>', "5"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>", None),
        ("<w:p><w:r><w:t>5</w:t><w:noBreakHyphen/><w:t>8</w:t></w:r></w:p>", "5-8"),
        ("<w:p/>", None),
        # The end of a paragraph that was deleted under revision, with its text and without.
        (f"<w:p>{run('甲')}</w:p>{DELETED_LINE}<w:p>{run('乙')}</w:p>", "甲\n乙"),
        (f"<w:p>{ENDLESS}{run('甲')}</w:p><w:p>{run('乙')}</w:p>", "甲乙"),
        (f"<w:p>{run('甲')}</w:p><w:p>{ENDLESS}{run('乙')}</w:p>", "甲\n乙"),
        # Controls that ask to be filled in, and have not been.
        (prompt(f"<w:p>{run('单击此处输入文字')}</w:p>"), None),
        (f"<w:p>{run('共')}{prompt(run('选择一项'))}{run('次')}</w:p>", "共次"),
        (prompt(f"<w:p>{run('已填')}</w:p>", "w:val='0'"), "已填"),
    ],
)
def test_what_a_cell_says(tmp_path, inner, value):
    assert one_cell(tmp_path, inner) == value


def test_a_cell_that_still_asks_to_be_filled_in_is_blank_and_in_its_place(tmp_path):
    cells = f"<w:tc><w:p>{run('项目名称')}</w:p></w:tc>"
    cells += prompt(f"<w:tc><w:p>{run('单击此处输入文字')}</w:p></w:tc>")
    cells += f"<w:tc><w:p>{run('旁')}</w:p></w:tc>"
    document = docx.Document()
    document.element.body.insert(0, put(f"<w:tbl><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>"))
    document.save(tmp_path / "a.docx")
    assert grid_of(tmp_path / "a.docx").rows == [["项目名称", None, "旁"]]


BOX = (
    "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
    "<w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>{}</w:p>"
)


def test_a_text_box_is_read_where_it_is_anchored_once(tmp_path):
    document = docx.Document()
    title = "<w:p><w:r><w:t>2026年云川县水务局项目支出绩效目标表</w:t></w:r></w:p>"
    drawing = (
        "<w:p><w:r><mc:AlternateContent xmlns:mc="
        "'http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice Requires='wps'><w:drawing><w:txbxContent>{title}</w:txbxContent></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><w:txbxContent>{title}</w:txbxContent></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>单位：元</w:t></w:r></w:p>"
    )
    document.element.body.insert(0, put(drawing))
    _add(document, Table(FORM))
    document.save(tmp_path / "a.docx")
    grid = grid_of(tmp_path / "a.docx")
    assert grid.rows[:2] == [["2026年云川县水务局项目支出绩效目标表"], ["单位：元"]]
    (record,) = load(tmp_path / "a.docx").projects.records()
    assert (record["year"], record["amount_unit"]) == (2026, "元")


def test_a_form_inside_a_text_box(tmp_path):
    document = docx.Document()
    table = _add(docx.Document(), Table(FORM, MERGES))._tbl
    anchor = put(BOX.format("<w:p/>", ""))
    anchor.find(f".//{qn('w:txbxContent')}").insert(0, table)
    document.element.body.insert(0, anchor)
    document.save(tmp_path / "a.docx")
    assert len(load(tmp_path / "a.docx").indicators) == 5


def test_a_text_box_in_a_blank_cell_is_its_text(tmp_path):
    content = "<w:p><w:r><w:t>框内</w:t></w:r></w:p>"
    assert one_cell(tmp_path, BOX.format(content, "")) == "框内"
    assert one_cell(tmp_path, BOX.format(content, run("正文"))) == "正文"


def test_a_table_that_only_frames_the_form(tmp_path):
    document = docx.Document()
    frame = document.add_table(1, 1).cell(0, 0)
    frame.text = "2026年云川县水务局项目支出绩效目标表"
    _add_nested(frame, Table(FORM, MERGES))
    document.save(tmp_path / "a.docx")
    declaration = load(tmp_path / "a.docx")
    assert declaration.year == 2026
    assert len(declaration.indicators) == 5


def _add_nested(cell, block):
    table = _add(docx.Document(), block)._tbl
    cell._tc.append(table)
    cell.add_paragraph("")


def test_a_small_table_inside_a_cell_is_its_text(tmp_path):
    document = docx.Document()
    table = _add(document, Table(FORM, MERGES))
    _add_nested(table.cell(8, 2), Table("清淤 | 30公里\n清理 | 12座"))
    document.save(tmp_path / "a.docx")
    (record,) = load(tmp_path / "a.docx").projects.records()
    goal = "清淤渠道30公里，\n保障春灌用水。\n清淤 30公里\n清理 12座"
    assert record["annual_goal"] == goal
    assert len(load(tmp_path / "a.docx").indicators) == 5


def test_indicators_in_a_table_inside_the_form(tmp_path):
    head, table = FORM.split("一级指标 |", 1)
    rows = [line.split("|") for line in ("一级指标 |" + table).strip().split("\n")]
    inner = "\n".join("|".join(row[:3] + row[4:5]) for row in rows)
    document = docx.Document()
    outer = _add(document, Table(f"{head.strip()}\n绩效指标 | | | | |\n填表说明 | 略 | | | |"))
    cell = outer.cell(9, 1).merge(outer.cell(9, 5))
    _add_nested(cell, Table(inner, ("A2:A4", "B2:B3")))
    document.save(tmp_path / "a.docx")
    assert lines(load(tmp_path / "a.docx")) == told("""
        产出指标 数量指标 1 | 清淤长度 | ≥30公里 | D12
        产出指标 数量指标 2 | 清理闸口 | 12座 | D13
        产出指标 成本指标 1 | 机械作业费 | ≤20万元 | D14
        效益指标 社会效益 1 | 受益农户 | ≥800户 | D15
        满意度指标 服务对象满意度 1 | 农户满意度 | ≥90% | D16
    """)


def test_tables_in_tables_in_tables_take_no_time(tmp_path):
    """Doubled at every level, 40 levels would never end."""
    inner = f"<w:p>{run('甲')}</w:p>"
    for _ in range(40):
        cells = f"<w:tc>{inner}</w:tc><w:tc><w:p>{run('乙')}</w:p></w:tc>"
        inner = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl><w:p/>"
    document = docx.Document()
    document.element.body.insert(0, put(inner.removesuffix("<w:p/>")))
    document.save(tmp_path / "a.docx")
    ((first, second),) = grid_of(tmp_path / "a.docx").rows
    assert (first.split()[0], second) == ("甲", "乙")


def test_columns_that_dragged_borders_left_behind(tmp_path):
    """Rows whose borders miss each other by a hair are still one column."""

    def row(*cells):
        return "".join(
            f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p>{run(text)}</w:p></w:tc>'
            for text, span in cells
        )

    rows = [
        (("项目名称", 1), ("渠道清淤项目", 5)),
        (("年度总体绩效目标", 2), ("清淤渠道30公里。", 4)),
        (("一级指标", 1), ("二级指标", 2), ("三级指标", 2), ("指标值", 1)),
        (("产出指标", 2), ("数量指标", 1), ("清淤长度", 1), ("≥30公里", 2)),
    ]
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in (1500, 40, 1500, 3000, 25, 2000))
    body = "".join(f"<w:tr>{row(*cells)}</w:tr>" for cells in rows)
    document = docx.Document()
    document.element.body.insert(0, put(f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"))
    document.save(tmp_path / "a.docx")
    declaration = load(tmp_path / "a.docx")
    assert lines(declaration) == told("产出指标 数量指标 - | 清淤长度 | ≥30公里 | D4")


def test_merges_of_old_converters_and_skipped_columns(tmp_path):
    wide = f"<w:tc><w:tcPr><w:hMerge w:val='restart'/></w:tcPr><w:p>{run('宽')}</w:p></w:tc>"
    swallowed = "<w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p/></w:tc>"
    orphan = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p>{run('孤')}</w:p></w:tc>"
    right = f"<w:trPr><w:gridBefore w:val='2'/></w:trPr><w:tc><w:p>{run('右')}</w:p></w:tc>"
    deleted = f"<w:trPr><w:del/></w:trPr><w:tc><w:p>{run('删去的行')}</w:p></w:tc>"
    rows = "".join(f"<w:tr>{row}</w:tr>" for row in (wide + swallowed + orphan, right, deleted))
    xml = f"<w:tbl><w:tblGrid/>{rows}</w:tbl>"
    document = docx.Document()
    document.element.body.insert(0, put(xml))
    document.save(tmp_path / "a.docx")
    grid = grid_of(tmp_path / "a.docx")
    assert grid.rows == [["宽", None, "孤"], [None, None, "右"]]
    assert grid.merges == [Area(0, 0, 0, 1)]


def rezipped(path, changes, drop=()):
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist() if n not in drop}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (parts | changes).items():
            archive.writestr(name, data)
    return path


def test_a_strict_document_and_another_name_of_the_part(tmp_path):
    path = write_document(tmp_path / "a.docx", Table(FORM, MERGES))
    with zipfile.ZipFile(path) as archive:
        main, rels = archive.read("word/document.xml"), archive.read("_rels/.rels")
    strict = main.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    changes = {
        "word/document2.xml": strict,
        "_rels/.rels": rels.replace(b"word/document.xml", b"/word/document2.xml"),
    }
    rezipped(path, changes, drop=("word/document.xml",))
    assert len(load(path).indicators) == 5


@pytest.mark.parametrize("suffix", [".docx", ".docm", ".DOCX", ".zip", ""])
def test_the_content_decides(tmp_path, suffix):
    path = write_document(tmp_path / f"表{suffix}", Table(FORM))
    assert len(load(path).projects) == 1


def test_a_workbook_called_docx_is_still_a_workbook(tmp_path):
    read_workbook(tmp_path, FORM)
    path = (tmp_path / "book.xlsx").rename(tmp_path / "book.docx")
    assert len(load(path).projects) == 1


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def whole_document():
    stream = io.BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return stream.getvalue()


def open_document():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<a/>")
    return stream.getvalue()


BAD = {
    "cut off": ("a.docx", lambda: whole_document()[:9000], "已损坏"),
    "no document part": ("a.docx", lambda: zipped(word__styles="<a/>"), "已损坏"),
    "xml cut off": ("a.docx", lambda: zipped(word__document="<w:document"), "已损坏"),
    "no body": ("a.docx", lambda: zipped(word__document="<a/>"), "已损坏"),
    "another zip": ("a.docx", lambda: zipped(other="<a/>"), "不是 Word"),
    "a text": ("a.docx", lambda: "项目名称\t甲\n".encode(), "不是 Word"),
    "nested without end": (
        "a.docx",
        lambda: zipped(
            word__document="<d><body>" + "<sdt>" * 3000 + "</sdt>" * 3000 + "</body></d>"
        ),
        "已损坏",
    ),
    "encrypted": (
        "a.docx",
        lambda: COMPOUND + "EncryptedPackage".encode("utf-16-le"),
        "Word 文档设有打开密码",
    ),
    "old format": ("a.doc", lambda: COMPOUND, "旧版 Word"),
    "old format of another name": (
        "a.docx",
        lambda: COMPOUND + "WordDocument".encode("utf-16-le"),
        "旧版 Word",
    ),
    "an OpenDocument text": ("a.odt", open_document, "OpenDocument"),
    "an OpenDocument text of another name": ("a.docx", open_document, "OpenDocument"),
    "old format without a name": (
        "a",
        lambda: COMPOUND + "WordDocument".encode("utf-16-le"),
        "旧版 Word",
    ),
}


@pytest.mark.parametrize(("name", "data", "message"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_read_is_told_in_one_line(tmp_path, name, data, message):
    path = tmp_path / name
    path.write_bytes(data())
    with pytest.raises(InputError, match=message) as raised:
        load(path)
    assert "\n" not in str(raised.value)
    assert raised.value.hint
    assert raised.value.file == str(path)


def test_a_document_without_any_form(tmp_path):
    path = write_document(
        tmp_path / "通知.docx", "关于报送绩效目标的通知", Table("序号 | 单位\n1 | 某局")
    )
    assert load_declaration(path).is_empty


texts = st.sampled_from(
    [*(cell for row in rows_of(FORM) for cell in row if cell), "", "≥5%", "指标3：甲", "5.5", "无"]
)


@given(st.data())
@settings(max_examples=40)
def test_random_tables_never_crash(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("fuzz") / "a.docx"
    blocks = []
    for _ in range(data.draw(st.integers(1, 3))):
        height, width = data.draw(st.integers(1, 8)), data.draw(st.integers(1, 6))
        rows = [[data.draw(texts) for _ in range(width)] for _ in range(height)]
        blocks.append(data.draw(texts))
        blocks.append(Table("\n".join(" | ".join(row) for row in rows) or "a"))
    load_declaration(write_document(path, *blocks))


@pytest.fixture(scope="module")
def example_document(tmp_path_factory):
    path = tmp_path_factory.mktemp("example") / "公开.docx"
    write_publication([load(example_path())], path)
    return path


@pytest.mark.parametrize("seed", range(24))
def test_shuffled_elements_never_crash(tmp_path, example_document, seed):
    """What is cut and moved in a good document gives other data, never a crash."""
    path = tmp_path / "a.docx"
    document = docx.Document(example_document)
    chance = random.Random(seed)
    elements = list(document.element.body.iter())[1:]
    for _ in range(40):
        element = chance.choice(elements)
        parent = element.getparent()
        if parent is None or parent is document.element:
            continue
        kind = chance.randrange(3)
        if kind == 0:
            parent.remove(element)
        elif kind == 1:
            element.set(qn("w:val"), chance.choice(["", "-1", "restart", "99999999", "x"]))
        else:
            target = chance.choice(elements)
            if element not in set(target.iterancestors()) and target is not element:
                target.append(element)
    document.save(path)
    load_declaration(path)


@pytest.mark.parametrize("seed", range(24))
def test_damaged_bytes_never_crash(tmp_path, example_document, seed):
    chance = random.Random(seed)
    data = bytearray(example_document.read_bytes())
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(4, len(data))] = chance.randrange(256)
    path = tmp_path / "a.docx"
    path.write_bytes(data[: chance.randrange(len(data) // 2, len(data) + 1)] if seed % 2 else data)
    with contextlib.suppress(InputError):
        load_declaration(path)
