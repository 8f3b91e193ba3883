"""Every filled cell of a form has one use, and what nobody took is told with its cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import Remark, RemarkKind
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.account_lines import account_lines
from perfgoals_xl.reading.assemble import assemble
from perfgoals_xl.reading.cell_account import account, uses_of
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.load import load
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.recognise import find_forms
from perfgoals_xl.reading.sources.source import Source
from perfgoals_xl.resources import EXAMPLE_SOURCE, EXAMPLE_WORKBOOK, example_path
from tests.reading.sheets import Sheet, read_workbook, rows_of
from tests.support.proportion import assert_in_proportion

FORM = """项目支出绩效目标申报表
（2026年度）
项目名称 | 渠道清淤项目 | 项目负责人 | 陈某
主管部门 | 石桥县水务局 | 实施单位 | 石桥县灌区站
年度资金总额 | 12
今年的天气 | 晴
年度目标 | 清淤6公里。
一级指标 | 二级指标 | 三级指标 | 指标值 | 得分
产出指标 | 数量指标 | 清淤长度 | ≥6公里 | 9
 | 质量指标 | 验收合格率 | ≥98% | 8
注：长度以批复为准。
"""


def grid_of(table):
    return Grid("表", rows_of(table))


def test_the_use_of_every_cell():
    grid = grid_of(FORM)
    uses = uses_of(grid, find_forms(grid))
    filled = {(row, column) for row in grid.filled() for column, _ in grid.cells(row)}
    assert uses.keys() == filled
    named = {grid.place(*at).cell: use for at, use in uses.items()}
    assert named["A1"] is Use.TITLE
    assert named["B3"] is Use.VALUE
    assert named["D3"] is Use.KNOWN
    assert named["A6"] is named["B6"] is Use.UNREAD
    assert named["A9"] is named["B10"] is Use.GROUP
    assert named["E9"] is Use.KNOWN
    assert named["A11"] is Use.NOTE


@pytest.mark.parametrize(
    ("heading", "number", "use"),
    [
        ("序号", "1", Use.LABEL),
        ("编　号", "１２", Use.LABEL),
        ("NO.", "3", Use.LABEL),
        ("No", "3.0", Use.LABEL),
        ("序号", "12345", Use.UNREAD),
        ("人数", "3", Use.UNREAD),
    ],
)
def test_a_number_under_a_heading_of_numbers_is_a_label(heading, number, use):
    grid = grid_of(FORM.replace("今年的天气 | 晴", f"今年的天气 | 晴 | | | | | {heading}"))
    at = next(row for row in grid.filled() if grid.value(row, 6) == heading) + 1
    assert grid.value(at, 6) is None
    grid.rows[at] = (*[*grid.rows[at], *([None] * 7)][:6], number)
    assert uses_of(grid, find_forms(grid))[at, 6] is use


def test_the_account_of_a_long_list_takes_no_longer_for_every_row():
    def account(count):
        rows = "".join(f" | | 指标{n} | {n} | | | {n}\n" for n in range(count))
        grid = grid_of(FORM.replace("得分", "得分 | | 序号") + rows)
        return grid, find_forms(grid)

    assert_in_proportion(lambda made: uses_of(*made), account(2_000), account(8_000))


def test_what_is_told(tmp_path):
    declaration = read_workbook(tmp_path, FORM, Sheet("物资 | 数量\n编织袋 | 300", "物资"))
    told = [(str(r.kind), r.place.sheet, r.place.cell, r.value) for r in declaration.account]
    first = declaration.projects.records()[0]["sheet"]
    assert told == [
        ("filled_down", first, "A9", "产出指标"),
        ("known", first, "D3", "陈某"),
        ("unread", first, "A6", "今年的天气"),
        ("unread", first, "B6", "晴"),
        ("known", first, "E9", "9"),
        ("known", first, "E10", "8"),
        ("no_form", "物资", "A1", "物资"),
    ]


EMPTY = assemble(Source(Path("表.xlsx"), "", []))
WORDS = """
    项目名称 年度资金总额 年度目标 一级指标 二级指标 三级指标 指标值 产出指标 数量指标
    ≥6公里 清淤长度
    合计 注：说明 得分 财政部门意见 2026年度 单位：万元
"""
CELLS = st.one_of(
    st.none(),
    st.sampled_from(WORDS.split()),
    st.integers(0, 10**6),
    st.text(max_size=12),
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=14))
def test_the_uses_add_up_to_the_cells(rows):
    grid = Grid("表", rows)
    forms = find_forms(grid)
    uses = uses_of(grid, forms)
    assert uses.keys() == {(row, c) for row in grid.filled() for c, _ in grid.cells(row)}
    told = {remark.place.cell for remark in account([(grid, forms)])}
    strays = {stray.place.cell for form in forms for stray in form.strays}
    unread = {grid.place(*at).cell for at, use in uses.items() if use is Use.UNREAD}
    assert not forms or unread <= told | strays


def test_what_stands_below_a_period_or_a_goal_is_its_own():
    grid = grid_of(
        "项目名称 | 渠道清淤项目\n项目起止时间 | 2026年1月 | 至 | 2026年12月\n"
        "年度目标 | 清淤6公里。\n项目概况 | 支渠淤积多年。\n项目负责人 | 陈某\n"
        "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 清淤长度 | ≥6公里\n"
    )
    uses = uses_of(grid, find_forms(grid))
    named = {grid.place(*at).cell: use for at, use in uses.items()}
    assert {named[cell] for cell in ("B2", "C2", "D2", "B3")} == {Use.VALUE}
    assert named["B4"] is named["B5"] is Use.KNOWN


HEAD = "项目名称 | 渠道清淤项目\n年度资金总额 | 12\n年度目标 | 清淤6公里。\n"
COLUMNS = "一级指标 | 二级指标 | 三级指标 | 指标值\n"
ROW = "产出指标 | 数量指标 | 清淤长度 | ≥6公里\n"

DOUBTS = {
    "a group that no edition has": (
        HEAD + COLUMNS + "过程指标 | 数量指标 | 清淤长度 | ≥6公里",
        ("read_as", "A5", "不是通用的一级指标"),
    ),
    "indicators without a group": (
        HEAD + "一级指标 | 三级指标 | 指标值\n产出指标 | 清淤长度 | ≥6公里",
        ("missing", "B5", "所属的二级指标（B5）"),
    ),
    "a group filled down": (
        HEAD + COLUMNS + ROW + " |  | 维修闸门 | 5座",
        ("filled_down", "A5", "（A6、B6）"),
    ),
    "a heading inside a goal": (
        "项目名称 | 渠道清淤项目\n年度资金总额 | 12\n年度目标 | 清淤6公里 | 天气情况 | 晴\n"
        + COLUMNS
        + ROW,
        ("read_as", "C3", "由几格合成，其中有像标签的（B3、C3、D3）"),
    ),
    "no goal": (
        "项目名称 | 渠道清淤项目\n年度资金总额 | 12\n" + COLUMNS + ROW,
        ("missing", "B1", "没有找到年度目标"),
    ),
    "no money": (
        "项目名称 | 渠道清淤项目\n年度目标 | 清淤6公里。\n" + COLUMNS + ROW,
        ("missing", "B1", "没有找到项目的金额"),
    ),
    "no table": (HEAD, ("missing", "B1", "没有找到指标表")),
    "a label that no list holds": (
        HEAD.replace("年度目标", "今年的天气 | 晴\n年度目标") + COLUMNS + ROW,
        ("unread", "A3", "不认识的标签"),
    ),
    "a label with a wrong character": (
        HEAD.replace("项目名称", "项目名秤") + COLUMNS + ROW,
        ("read_as", "A1", "按“项目名称”读取"),
    ),
    "a row that slipped": (
        HEAD + COLUMNS + ROW + "质量指标 | 验收合格率 | ≥98%",
        ("slipped", "A6", "A6 读作“二级指标”，B6 读作“三级指标”，C6 读作“指标值”"),
    ),
}


@pytest.mark.parametrize("case", DOUBTS)
def test_a_doubt_is_told_with_its_cell(tmp_path, case):
    table, (kind, cell, words) = DOUBTS[case]
    told = read_workbook(tmp_path, table).account
    assert any((str(r.kind), r.place.cell) == (kind, cell) and words in r.text for r in told), [
        (str(r.kind), r.place.cell, r.text) for r in told
    ]


QUIET = {
    "a standard form": HEAD + COLUMNS + ROW,
    "a goal in two lines": HEAD.replace("清淤6公里。", "清淤6公里。\n | 修闸门5座。")
    + COLUMNS
    + ROW,
    "every group in every row": HEAD + COLUMNS + ROW + ROW.replace("长度", "里程"),
    "a list's numbers": "序号 | 项目名称 | 年度资金总额 | 年度目标 | 一级指标 | 二级指标 | 三级指标"
    " | 指标值\n1 | 渠道清淤项目 | 12 | 清淤6公里。 | 产出指标 | 数量指标 | 清淤长度 | ≥6公里\n"
    "2 | 闸门维修项目 | 3 | 修5座。 | 产出指标 | 数量指标 | 维修闸门 | ≥5座\n",
}


@pytest.mark.parametrize("case", QUIET)
def test_no_doubt_where_nothing_is_doubtful(tmp_path, case):
    told = read_workbook(tmp_path, QUIET[case]).account
    assert [(str(r.kind), r.place.cell, r.text) for r in told] == []


def test_a_refusal_says_what_looked_like_a_form(tmp_path):
    path = tmp_path / "表.txt"
    path.write_text(
        "工程叫什么\t甲\n年度资金总额\t12\n年度目标\t清淤6公里。\n主管部门\t某局\n"
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t清淤长度\t≥6公里\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="从 A1 起像申报表或清单，但没有认出“项目名称”"):
        load(path)


def test_cells_that_stand_together_are_one_line():
    sheet = "表"
    known = [
        Remark(Place(sheet, cell), "未保留", value=cell, kind=RemarkKind.KNOWN)
        for cell in ("D3", "E9", "E10", "F9", "F10", "H3")
    ]
    declaration = replace(EMPTY, account=tuple(known))
    lines = account_lines(declaration)
    assert [(line.where, line.cells) for line in lines] == [("D3", 1), ("H3", 1), ("E9:F10", 4)]
    in_text = account_lines(replace(declaration, file="表.txt"))
    assert [line.where for line in in_text] == ["第3行第4项", "第3行第8项", "第9至10行"]
    in_word = account_lines(replace(declaration, file="表.docx"))
    assert in_word[0].where == "文中第3行第4格"


def test_what_is_right_raises_no_doubts(shared_seeds):
    kinds = [Counter(str(r.kind) for r in load(path).account) for path in shared_seeds]
    assert kinds == [{"slipped": 11, "known": 1}, {"slipped": 52}]


def test_the_example_raises_none_either():
    assert load(example_path(EXAMPLE_WORKBOOK)).account == ()
    kinds = Counter(str(r.kind) for r in load(example_path(EXAMPLE_SOURCE)).account)
    assert kinds == {"slipped": 8}
