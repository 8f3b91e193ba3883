"""Every filled cell of a form has one use, and what nobody took is told with its cell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perfgoals_xl.reading.cell_account import account, uses_of
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.recognise import find_forms
from tests.reading.sheets import Sheet, read_workbook, rows_of

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
