"""What of a sheet is the form itself: kept on a blank copy; all else is somebody's."""

from __future__ import annotations

import datetime as dt

import pytest

from perfgoals_xl.addresses import Area, a1, row_column
from perfgoals_xl.excel.session.printed_text import printed
from perfgoals_xl.reading.grid import Grid
from tests.support.steps import GRASS_2015, GRASS_2021

ROWS = [line.split("|") for line in GRASS_2015.splitlines()]
LABELS = 6  # the row of 项目名称, from zero


def grid_of(rows, merges=(), **cells) -> Grid:
    """A grid of these rows, with values set by address."""
    values = [[cell or None for cell in row] + [None] * (14 - len(row)) for row in rows]
    for address, value in cells.items():
        row, column = row_column(address)
        values += [[None] * 14 for _ in range(row + 1 - len(values))]
        values[row][column] = value
    return Grid("表", values, list(merges))


def kept(grid, others=()):
    return {a1(row, column): text for (row, column), text in printed(grid, others).items()}


def said(**cells):
    """What is left of cells beside and below a filled form."""
    found = kept(grid_of(ROWS, **cells))
    return {address: found.get(address) for address in cells}


@pytest.mark.parametrize("text", [GRASS_2015, GRASS_2021], ids=["2015", "2021"])
def test_labels_titles_units_headings_and_levels_stay_and_answers_go(text):
    rows = [line.split("|") for line in text.splitlines()]
    grid = grid_of(rows)
    left = kept(grid)
    names = {cell for row in rows[LABELS:] for cell in row[:1] if cell}
    assert {v for a, v in left.items() if a.startswith("A")} == {
        *names, "2026年青岚县林业和草原局部门项目支出预算绩效目标表", "（2026年度）", "单位：万元",
    }  # fmt: skip
    levels = {row[1] for row in rows if row[0].endswith("指标") and len(row) > 1 and row[1]}
    assert levels <= set(left.values())
    assert {"青岚县林业和草原局", "青岚县草原工作站"} <= set(left.values())
    answers = {"退化草原补播改良项目", "280", "80", "一次性项目", "1年", "≥4000亩", "160万元"}
    assert not answers & set(left.values())
    assert not any("指标1" in value or "补播" in value for value in left.values())


@pytest.mark.parametrize(
    ("value", "rest"),
    [
        ("联系人：张三 13900000000", "联系人："),
        ("填表人：李四　　联系电话：010-1234567", "填表人：　　联系电话："),
        ("填报单位：青岚县草原站　联系人：张三", "填报单位：青岚县草原站　　联系人："),
        ("填报单位：青岚县草原站 13900000000", "填报单位："),
        ("联系电话 13900000000", "联系电话"),
        ("联系电话13900000000", "联系电话"),
        ("金额单位：万元", "金额单位：万元"),
        ("项目负责人（签字）：王五", "项目负责人（签字）："),
        ("负责人：", "负责人："),
        ("填报说明：本项目有历史欠账 200 万元", "填报说明："),
        ("注：内部稿，勿外传", "注："),
        ("备注：待补材料", "备注："),
        ("1. 本项目由张三负责", None),
        ("审核人", "审核人"),
        ("张三", None),
        ("13900000000", None),
        (13900000000, None),
        (200.5, None),
        (True, None),
        (dt.datetime(2026, 3, 1), None),
        ("2026年3月1日", None),
        ("领导批示：先不报", None),
        ("绩效目标已由李局审定，勿改", None),
        ("本级欠拨", None),
    ],
)
@pytest.mark.parametrize("cell", ["A32", "A33", "B40"])
def test_below_the_form(value, rest, cell):
    assert said(**{cell: value}) == {cell: rest}


@pytest.mark.parametrize("cell", ["H7", "I9", "J11", "H15", "G16", "H18", "M3", "H1"])
@pytest.mark.parametrize(
    "value", ["内部备注：待补材料", "内部掌握", 123456, "张三 13900000000", "欠账200", " "]
)
def test_beside_the_form(value, cell):
    assert said(**{cell: value}) == {cell: None}


def test_what_stands_above_the_form():
    above = [["内部资料", "", ""], ["附件3"], ["填报人：张三", "", "编制日期：2026年3月1日"]]
    left = kept(grid_of([*above, *ROWS]))
    assert "A1" not in left
    assert left["A2"] == "附件3"
    assert (left["A3"], left["C3"]) == ("填报人：", "编制日期：")


def test_notes_to_those_who_fill_in_stay_where_every_form_has_them():
    notes = {"A32": "填报说明：1. 金额单位为万元；2. 一个项目一张表。", "A33": "3. 附测算依据。"}
    same = grid_of(ROWS, **notes)
    other = grid_of(ROWS, A32="填报说明：另一种说法")
    model = grid_of(ROWS, **notes)
    found = kept(model, [same])
    assert {a: found.get(a) for a in notes} == notes
    found = kept(model, [same, other])
    assert {a: found.get(a) for a in notes} == {"A32": "填报说明：", "A33": None}
    # A person's number is no note, though it stands on every sheet.
    person = {"A34": "张三 13900000000", "C35": "联系人：张三"}
    found = kept(grid_of(ROWS, **person), [grid_of(ROWS, **person)])
    assert {a: found.get(a) for a in person} == {"A34": None, "C35": "联系人："}


def test_the_value_beside_a_label_that_the_reader_does_not_hold_goes():
    rows = [*ROWS[:8], ["联系人", "", "张三", "联系电话", "0991-1234567"], *ROWS[8:]]
    left = kept(grid_of(rows))
    assert (left["A9"], left["D9"]) == ("联系人", "联系电话")
    assert "C9" not in left
    assert "E9" not in left


def test_headings_of_a_goal_are_the_goals():
    at = next(n for n, row in enumerate(ROWS) if row[0] == "年度总体绩效目标")
    rows = [*ROWS[: at + 1], ["", "", "主要内容", "补播4000亩"], *ROWS[at + 1 :]]
    area = Area(at, 0, at + 1, 1)
    left = kept(grid_of(rows, [area]))
    assert f"C{at + 2}" not in left
    assert f"D{at + 2}" not in left


def test_other_columns_of_the_table_keep_their_headings():
    at = next(n for n, row in enumerate(ROWS) if row[0] == "一级指标")
    rows = [list(row) for row in ROWS]
    for number in range(at, len(rows)):
        rows[number] = [*rows[number], *[""] * (5 - len(rows[number])), "x", "y"]
    rows[at][5:7] = ["权重", "李四负责"]
    left = kept(grid_of(rows))
    assert left[f"F{at + 1}"] == "权重"
    assert f"G{at + 1}" not in left
    assert not {"x", "y"} & set(left.values())


def test_levels_of_the_departments_own_stay():
    at = next(n for n, row in enumerate(ROWS) if row[0] == "一级指标")
    rows = [*ROWS[: at + 1], ["履职指标", "服务效能", "办结率", "", "≥95%"], *ROWS[at + 1 :]]
    left = kept(grid_of(rows))
    assert left[f"A{at + 2}"] == "履职指标"
    assert left[f"B{at + 2}"] == "服务效能"
    assert f"C{at + 2}" not in left


def test_two_forms_on_a_sheet():
    left = kept(grid_of([*ROWS, ["内部备注"], *ROWS]))
    second = len(ROWS) + 1
    assert left["A1"] == left[f"A{second + 1}"]
    assert f"A{second}" not in left
    assert left["A7"] == left[f"A{second + 7}"] == "项目名称"
    assert "C7" not in left
    assert f"C{second + 7}" not in left
    first = {a for a in left if row_column(a)[0] < second}
    assert len(left) == 2 * len(first)


def test_two_forms_side_by_side():
    half = [row + [""] * (7 - len(row)) for row in ROWS]
    left = kept(grid_of([row + row for row in half]))
    assert left["A7"] == left["H7"] == "项目名称"
    assert "C7" not in left
    assert "J7" not in left
    levels = [a for a, text in left.items() if text == "数量指标"]
    assert sorted(a[0] for a in levels) == ["B", "I"]


def test_a_sheet_without_a_form_keeps_nothing():
    assert kept(Grid("表", [["名单", "电话"], ["张三", "139"]])) == {}
