"""Web pages and the .xls that is one inside: tables, layout around them, hidden and struck text."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_xl.addresses import Area
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.sources import budgets
from perfgoals_xl.reading.sources.source import read_source
from tests.reading.sheets import Sheet, fields, lines, rows_of, told, write_workbook
from tests.support.converting import converted

FORM = """
项目名称 | | 渠道清淤项目 | |
主管部门 | | 云川县水务局 | 实施单位 | 灌溉站
项目总额 | | 30 | 年度资金总额 | 20
年度总体绩效目标 | | 清淤渠道30公里，\\n保障春灌。 | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | ≥30公里
 | | 清理闸口 | | 12座
 | 质量指标 | 合格率 | | ≥95%
"""
MERGES = ("A1:B1", "C1:E1", "C4:E4", "A6:A8", "B6:B7", "C5:D5")
LINES = told("""
    产出指标 数量指标 - | 清淤长度 | ≥30公里 | {0}
    产出指标 数量指标 - | 清理闸口 | 12座 | {1}
    产出指标 质量指标 - | 合格率 | ≥95% | {2}
""")


def at(*cells):
    return [line.format(*cells) for line in LINES]


def table(text=FORM, spans=None):
    """A table of HTML; ``spans`` has (columns, rows) by place, and what they cover is left out."""
    spans = spans or {}
    covered = {
        (row + down, column + right)
        for (row, column), (columns, rows) in spans.items()
        for down in range(rows)
        for right in range(columns)
        if down or right
    }
    page = ""
    for row, values in enumerate(rows_of(text)):
        page += "<tr>"
        for column, value in enumerate(values):
            if (row, column) not in covered:
                columns, rows = spans.get((row, column), (1, 1))
                said = (value or "").replace("\n", "<br>")
                page += f"<td colspan={columns} rowspan='{rows}'>{said}</td>"
        page += "</tr>"
    return f"<table border=1>{page}</table>"


SPANS = {(0, 0): (2, 1), (0, 2): (3, 1), (3, 2): (3, 1), (5, 0): (1, 3), (5, 1): (1, 2)}


def page_of(tmp_path, body, name="表.html", encoding="utf-8", head=""):
    path = tmp_path / name
    text = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    path.write_bytes(text.encode(encoding))
    return path


def grid_of(tmp_path, body, **options):
    (grid,) = read_source(page_of(tmp_path, body, **options)).grids
    return grid


@pytest.mark.parametrize("name", ["表.html", "表.htm", "表.xls", "表.et", "表.txt", "表"])
def test_a_form_whatever_the_file_is_called(tmp_path, name):
    declaration = load_declaration(page_of(tmp_path, table(spans=SPANS), name=name))
    assert lines(declaration) == at("E6", "E7", "E8")
    assert fields(declaration, 0, "project_name", "annual_amount") == told("""
        project_name | 渠道清淤项目 | C1
        annual_amount | 20 | E3
    """)
    assert declaration.projects.records()[0]["annual_goal"] == "清淤渠道30公里，\n保障春灌。"


@pytest.mark.parametrize(
    ("encoding", "stated"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("utf-16-le", ""), ("gb18030", ""),
     ("gbk", '<meta charset="gb2312">'), ("utf-8", "<meta charset=gbk>"),
     ("gb18030", '<meta http-equiv=Content-Type content="text/html; charset=utf-8">'),
     ("big5", "<meta charset='big5'>"), ("utf-8", "<meta charset=nonsense>")],
)  # fmt: skip
def test_encodings_stated_or_not_or_wrongly(tmp_path, encoding, stated):
    body = table("一級指標 | 目標\n產出 | 5" if encoding == "big5" else FORM)
    grid = grid_of(tmp_path, body, encoding=encoding, head=stated)
    assert grid.rows[0][0] in ("项目名称", "一級指標")


@pytest.mark.libreoffice
def test_pages_that_spreadsheet_and_word_programs_save(tmp_path):
    book = write_workbook(tmp_path / "表.xlsx", Sheet(FORM, merges=MERGES))
    for made in ("html", "xhtml"):
        saved = converted(book, made)
        assert [line.rpartition("|")[0] for line in lines(load_declaration(saved))] == [
            line.rpartition("|")[0] for line in LINES
        ]


def test_a_page_of_pandas(tmp_path):
    frame = pd.DataFrame(
        rows_of(FORM)[5:], columns=["一级指标", "二级指标", "三级指标", "", "指标值"]
    )
    path = tmp_path / "a.xls"
    title = "<p>项目名称：渠道清淤项目</p>"
    path.write_text(title + frame.ffill().fillna("").to_html(index=False), encoding="utf-8")
    (grid,) = read_source(path).grids
    assert grid.rows[0] == ["项目名称：渠道清淤项目"]
    assert grid.rows[-1] == ["产出指标", "质量指标", "合格率", None, "≥95%"]


def test_text_around_and_between_tables_is_rows_of_its_own(tmp_path):
    body = f"<h1>2026年某县水务局项目支出<br>绩效目标表</h1><p>单位：<b>万</b>元{table()}注：略"
    grid = grid_of(tmp_path, body + table("甲 | 乙"))
    assert grid.rows[:3] == [["2026年某县水务局项目支出"], ["绩效目标表"], ["单位：万元"]]
    assert grid.rows[-2:] == [["注：略"], ["甲", "乙"]]
    assert lines(load_declaration(page_of(tmp_path, body))) == at("E9", "E10", "E11")


@pytest.mark.parametrize(
    "frame",
    [
        "<table><tr><td>{}</td></tr></table>",
        "<table><tr><td><table><tr><td>菜单</td></tr></table></td><td>{}</td></tr></table>",
        "<table><tr><td>首页 通知</td></tr><tr><td>&nbsp;</td><td><div>{}</div></td></tr></table>",
        "<table><tr><td><table><tr><td><table><tr><td>{}</table></table></table>",
        "<center><form><div><section>{}</section></div></form></center>",
    ],
)
def test_tables_that_only_lay_the_page_out(tmp_path, frame):
    declaration = load_declaration(page_of(tmp_path, frame.format(table(spans=SPANS))))
    assert [line.rpartition("|")[0] for line in lines(declaration)] == [
        line.rpartition("|")[0] for line in LINES
    ]


def test_a_table_of_indicators_inside_the_form(tmp_path):
    head, rows = FORM.split("一级指标 |")
    inner = table("一级指标 |" + rows)
    body = table(head).replace("</table>", f"<tr><td>绩效指标<td colspan=4>{inner}</table>")
    assert lines(load_declaration(page_of(tmp_path, body))) == at("E7", "E8", "E9")


def test_a_small_table_inside_a_cell_is_its_text(tmp_path):
    body = table("甲 | 目标X | 丙").replace("X", table("清淤 | 30公里\n清理 | 12座"))
    assert grid_of(tmp_path, body).rows == [["甲", "目标\n清淤 30公里\n清理 12座", "丙"]]


@pytest.mark.parametrize(
    ("inner", "value"),
    [
        ("甲 \n 乙", "甲 乙"),
        ("&nbsp;甲&nbsp;&nbsp;", "甲"),
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("甲<br>乙<br/>丙", "甲\n乙\n丙"),
        ("<div>甲<span>乙</span></div>丙", "甲乙\n丙"),
        ("<ul><li>甲<li>乙</ul>", "甲\n乙"),
        ("<pre>甲\n乙</pre>", "甲\n乙"),
        ("≥5 &lt; 8 &#x2265; 3", "≥5 < 8 ≥ 3"),
        ("<input value='5公里'>", "5公里"),
        ("<input type=hidden value=5>甲", "甲"),
        ("<textarea>甲\n乙</textarea>", "甲\n乙"),
        ("<select><option>甲<option selected>乙</select>", "乙"),
        ("<script>x</script><style>y</style>甲<!-- 注 --><noscript>z</noscript>", "甲"),
        ("<font color=red>≥</font><sub>5</sub>", "≥5"),
        ("", None),
        ("&nbsp;<br>", None),
    ],
)
def test_what_a_cell_says(tmp_path, inner, value):
    row = grid_of(tmp_path, f"<table><tr><td>{inner}</td><td>旁</td></tr></table>").rows[0]
    assert row == [value, "旁"]


HIDING = ["style='color:red; DISPLAY : none'", "hidden", "class='a h'", "style='mso-hide:all'",
          "style=visibility:hidden"]  # fmt: skip
STRIKING = ["style='text-decoration: underline line-through'", "class='x b'",
            "style='text-line-through:single'"]  # fmt: skip
STYLE = "<style><!-- .h, .k {display:none} td.x{mso-x:1;text-decoration:line-through} --></style>"


@pytest.mark.parametrize("how", HIDING)
def test_what_is_hidden_does_not_count_and_is_told(tmp_path, how):
    body = f"<table><tr><td>甲</td><td>乙<span {how}>丙</span></td></tr><tr {how}><td>丁</table>"
    grid = grid_of(tmp_path, f"{body}<p {how}>戊</p>", head=STYLE)
    assert grid.rows == [["甲", "乙"]]
    assert list(grid.told) == [
        (0, 1, "hidden", "丙"),
        (1, 0, "hidden", "丁"),
        (1, 0, "hidden", "戊"),
    ]


@pytest.mark.parametrize("how", STRIKING)
def test_struck_out_text_does_not_count_and_is_told(tmp_path, how):
    body = f"<table><tr><td>甲</td><td {how}>9公里</td><td>乙<s>丙</s><del>丁</del></table>"
    grid = grid_of(tmp_path, body, head=STYLE)
    assert grid.rows == [["甲", None, "乙"]]
    assert list(grid.told) == [
        (0, 1, "struck", "9公里"),
        (0, 2, "struck", "丙"),
        (0, 2, "struck", "丁"),
    ]


@pytest.mark.parametrize(
    "how",
    ["style='display:block'", "class=hh", "class=x", "hid=1", "style='text-line-through:none'"],
)
def test_what_only_looks_hidden_or_struck_counts(tmp_path, how):
    grid = grid_of(tmp_path, f"<table><tr><th>甲<p {how}>乙</p></table>", head=STYLE)
    assert (grid.rows, grid.told) == ([["甲\n乙"]], ())


def test_spans_that_miss_the_table(tmp_path):
    body = "<tr><td rowspan=9>甲<td colspan=0 rowspan=x>乙<tr><td>丙<tr><td rowspan=0>丁"
    grid = grid_of(tmp_path, f"<table>{body}</table><table><tr><td>戊<td>己</table>")
    assert grid.rows == [["甲", "乙"], [None, "丙"], [None, "丁"], ["戊", "己"]]
    assert grid.merges == [Area(0, 0, 2, 0)]


def test_head_and_foot_stand_where_they_are_shown(tmp_path):
    foot = "<tfoot><tr><td>合计</tfoot><tbody><tr><td>甲</tbody><thead><tr><th>名称</thead>"
    grid = grid_of(tmp_path, f"<table><caption>标题</caption>{foot}</table>")
    assert grid.rows == [["标题"], ["名称"], ["甲"], ["合计"]]


@pytest.mark.parametrize(
    ("body", "match"),
    [
        ("", "没有文字"),
        ("<table><tr><td>&nbsp;</table>", "没有文字"),
        ("<script>render()</script><div id=app></div>", "脚本"),
        ("<frameset><frame src='a.files/sheet001.htm'></frameset>", "框架"),
        ("<div>" * 100_000 + "甲", "嵌套过深"),
        ("<table><tr><td>" * 3_000 + "甲", "嵌套过深"),
        ("<table><tr><td colspan=900>甲<td colspan=900>乙</table>", "列数太多"),
        ("<p>" + "甲" * 40_000, "超过单元格的上限"),
        ("<p>" + "甲" * 4_000_000, "文字过长"),
        ("<b></b>" * 600_001, "内容太多"),
    ],
    ids=[
        "empty",
        "blank",
        "script",
        "frames",
        "deep",
        "deep tables",
        "wide",
        "long",
        "huge",
        "tags",
    ],
)
def test_pages_that_are_refused_at_once(tmp_path, body, match):
    path = page_of(tmp_path, body)
    start = time.process_time()
    with pytest.raises(InputError, match=match):
        read_source(path)
    assert time.process_time() - start < 5


def test_cells_and_merges_have_their_limits(tmp_path, monkeypatch):
    path = page_of(tmp_path, "<table>" + "<tr><td colspan=2>甲<td>乙" * 60 + "</table>")
    read_source(path)
    monkeypatch.setattr(budgets, "MOST_MERGES", 50)
    with pytest.raises(InputError, match="合并"):
        read_source(path)
    monkeypatch.undo()
    monkeypatch.setattr(budgets, "MOST_CELLS", 50)
    with pytest.raises(InputError, match="单元格超过"):
        read_source(path)


def test_rows_that_all_are_spanned_take_no_time(tmp_path):
    body = f"<table><tr>{'<td rowspan=65000>甲' * 900}</tr>{'<tr>' * 60_000}</table>"
    start = time.process_time()
    grid = grid_of(tmp_path, body)
    assert (len(grid.rows), len(grid.merges)) == (60_001, 900)
    assert time.process_time() - start < 5


def test_entities_are_not_declared_by_a_page(tmp_path):
    path = tmp_path / "a.html"
    path.write_text('<!DOCTYPE html [<!ENTITY a "bbbb">]><p>&a;</p>', encoding="utf-8")
    assert not any("bbbb" in str(value) for row in read_source(path).grids[0].rows for value in row)


TAGS = st.sampled_from(
    ["<table>", "</table>", "<tr>", "</tr>", "<td>", "<td colspan=3 rowspan=2>", "</td>", "<th>",
     "<p>", "</p>", "<s>", "</s>", "<div hidden>", "</div>", "<br>", "<input value=5>", "甲", "≥5",
     "<thead>", "<tfoot>", "<!--", "-->", "<style>", "</style>", ".a{", "<select><option selected>",
     "&nbsp;", "&#0;", "\0", "<caption>", "<pre>", "<td rowspan=0>", "一级指标"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(TAGS, max_size=60).map("".join))
def test_any_page_is_read_or_refused(tmp_path_factory, body):
    path = tmp_path_factory.getbasetemp() / "fuzz.html"
    path.write_text(body, encoding="utf-8")
    try:
        (grid,) = read_source(path).grids
    except InputError:
        return
    for area in grid.merges:
        assert area.top <= area.bottom < len(grid.rows)
    taken = [
        (row, column)
        for area in grid.merges
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
    assert len(taken) < 100_000
