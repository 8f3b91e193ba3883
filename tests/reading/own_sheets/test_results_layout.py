"""Our columns on 校验结果 are known by their headings, and what is doubtful is told."""

from __future__ import annotations

import pytest

from perfgoals_xl.addresses import Area
from perfgoals_xl.form.own_sheets import RESULT_HEADINGS, RESULTS_SHEET
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.own_sheets.reason_sheet import listed_rows, read_results
from perfgoals_xl.reading.own_sheets.results_layout import find_layout, plain_heading

KEYS = list(RESULT_HEADINGS)
ROW = {
    "number": 1.0,
    "severity": "错误",
    "rule": "F02",
    "sheet": "表",
    "cell": "E7",
    "project": "项目甲",
    "value": "290",
    "message": "多 10 万元",
    "suggestion": "请核对年度资金总额和各项资金来源，使两者相等。",
    "waiver": "上级另行安排",
    "position": 700005.0,
}
TOP = [["绩效目标校验结果"], ["错误 1 项　　警告 0 项　　提示 0 项"], ["单击“单元格”……"]]


def sheet(
    headings=None, *, drop=(), keys=None, top=TOP, name=RESULTS_SHEET, rows=(ROW,), merges=()
):
    """A list with the headings given; ``keys`` is the order of the columns, None a foreign one."""
    keys = [key for key in (keys or KEYS) if key not in drop]
    heads = [(headings or {}).get(key, RESULT_HEADINGS.get(key, key)) for key in keys]
    body = [[row.get(key) for key in keys] for row in rows]
    return Grid(name, [*top, heads, *body], merges)


def texts(*grids):
    return [reason.text for reason in read_results(grids).reasons]


def told(*grids):
    return [f"{r.place.sheet} {r.place.cell} {r.text}" for r in read_results(grids).remarks]


def test_as_it_is_made():
    layout = find_layout(sheet())
    assert layout.columns == {key: number for number, key in enumerate(KEYS)}
    assert (layout.header, layout.rows, layout.own, layout.strays) == (3, (4,), (), ())
    assert layout.summary == (1, 0)
    assert layout.troubles == ()
    assert texts(sheet()) == ["上级另行安排"]


@pytest.mark.parametrize(
    "heading",
    [
        "说明（理由）", "理由", "说明:", "说明：", " 说 明 ", "说\n明", "说明（必填）", "【说明】",
        "说明*",
        "情况说明", "部门说明", "说明理由", "原因说明", "单位的说明", "说明\u200b", "（说明）",
        "说明1", "科室说明",
        "说名", "理由（科室填）", "您的理由", "＊说明＊", "<b>说明</b>", "说明/理由",
    ],
)  # fmt: skip
def test_a_reason_is_read_under_a_heading_that_means_the_same(heading):
    grid = sheet({"waiver": heading})
    assert texts(grid) == ["上级另行安排"]
    assert told(grid) == []


@pytest.mark.parametrize("heading", ["备注", "答复", "", None, "处理情况", "责任人", 2026])
def test_a_heading_that_could_be_anything_is_told_and_no_reason(heading):
    grid = sheet({"waiver": heading})
    assert texts(grid) == []
    (line,) = told(grid)
    assert "K4" in line
    assert "说明" in line
    assert "没有读入" in line


@pytest.mark.parametrize(
    ("key", "heading"),
    [
        ("rule", "规则代码"), ("rule", "规则（代码）"), ("sheet", "工作表名称"),
        ("cell", "单元格地址"),
        ("project", "项目名称"), ("indicator", "三级指标"), ("message", "存在的问题"),
        ("message", "问 题"), ("suggestion", "整改建议"), ("severity", "等级"), ("value", "现值"),
        ("message", "问题描述"), ("message", "问提"), ("suggestion", "建义"),
        ("position", "位置码（已校验）"),
    ],
)  # fmt: skip
def test_the_other_columns_too(key, heading):
    layout = find_layout(sheet({key: heading}))
    assert layout.columns[key] == KEYS.index(key)
    assert layout.troubles == ()


@pytest.mark.parametrize("shift", range(1, 12))
def test_columns_in_any_order(shift):
    keys = KEYS[shift:] + KEYS[:shift]
    assert texts(sheet(keys=keys)) == ["上级另行安排"]
    assert find_layout(sheet(keys=keys)).troubles == ()


@pytest.mark.parametrize("at", range(13))
def test_a_column_of_the_staffs_own_anywhere(at):
    keys = [*KEYS[:at], "责任人", *KEYS[at:]]
    grid = sheet(keys=keys, rows=[ROW | {"责任人": "王五"}])
    layout = find_layout(grid)
    assert layout.own == (at,)
    assert layout.troubles == ()
    assert texts(grid) == ["上级另行安排"]


@pytest.mark.parametrize("key", [key for key in KEYS if key != "waiver"])
def test_a_deleted_column(key):
    grid = sheet(drop=[key])
    assert texts(grid) == ["上级另行安排"]
    assert told(grid) == []
    assert find_layout(grid).missing == {key}


def test_a_deleted_column_of_reasons_is_no_reason_to_take_another():
    assert texts(sheet(drop=["waiver"])) == []
    keys = [*KEYS, "负责人"]
    grid = sheet(drop=["waiver"], keys=keys, rows=[ROW | {"负责人": "已与处里说好"}])
    assert texts(grid) == []
    assert "负责人" in told(grid)[0]


def test_two_columns_of_one_name_are_told():
    grid = sheet({"备份": "说明"}, keys=[*KEYS, "备份"], rows=[ROW | {"备份": "另一句"}])
    assert texts(grid) == []
    (line,) = told(grid)
    assert "K4、M4" in line


def test_the_exact_heading_wins_over_one_that_only_means_it():
    grid = sheet({"其他": "领导说明"}, keys=[*KEYS, "其他"], rows=[ROW | {"其他": "同意"}])
    assert texts(grid) == ["上级另行安排"]
    assert find_layout(grid).own == (12,)


@pytest.mark.parametrize("above", [0, 1, 4, 25])
def test_rows_above(above):
    grid = sheet(top=[["内部资料"]] * above + TOP)
    assert texts(grid) == ["上级另行安排"]
    assert find_layout(grid).header == above + 3
    assert texts(sheet(top=[])) == ["上级另行安排"]


def test_a_heading_sorted_into_the_list_is_told_and_the_reasons_are_read():
    grid = sheet()
    rows = [*grid.rows[:3], grid.rows[4], grid.rows[3], grid.rows[4]]
    found = Grid(RESULTS_SHEET, rows)
    assert texts(found) == ["上级另行安排"] * 2
    assert "标题行" in told(found)[0]


def test_a_list_without_headings_is_told():
    grid = sheet()
    found = Grid(RESULTS_SHEET, [row for number, row in enumerate(grid.rows) if number != 3])
    assert texts(found) == []
    assert "没有标题行" in told(found)[0]
    # A sheet of that name that lists nothing is nobody's business.
    assert told(Grid(RESULTS_SHEET, [["处务会记录"]])) == []


def test_a_reason_beside_nothing_is_told():
    stray = {"waiver": "以上都是历史原因", "number": None}
    grid = sheet(rows=[ROW, stray])
    assert texts(grid) == ["上级另行安排"]
    assert "K6" in told(grid)[0]
    assert find_layout(grid).strays == (5,)
    # A number alone is what is left of a row that was merged.
    assert find_layout(sheet(rows=[ROW, {"number": 2.0}])).strays == ()


def test_a_reason_merged_over_several_rows_is_each_rows():
    rows = [ROW, ROW | {"rule": "F04", "waiver": None}, ROW | {"rule": "F03", "waiver": None}]
    grid = sheet(rows=rows, merges=[Area(4, 10, 5, 10)])
    assert [r.text for r in listed_rows(grid, find_layout(grid))] == ["上级另行安排"] * 2 + [""]


class TestSeveralLists:
    def test_a_renamed_sheet_is_read(self):
        assert texts(sheet(name="旧结果")) == ["上级另行安排"]

    def test_a_copy_says_nothing_twice(self):
        assert texts(sheet(), sheet(name="校验结果 (2)")) == ["上级另行安排"]
        assert told(sheet(), sheet(name="校验结果 (2)")) == []

    @pytest.mark.parametrize("reason", ["改过的理由", None])
    def test_the_sheet_speaks_for_what_it_lists(self, reason):
        found = [sheet(name="校验结果 (2)"), sheet(rows=[ROW | {"waiver": reason}])]
        assert texts(*found) == [reason] * (reason is not None)
        assert "校验结果 (2) K5" in told(*found)[0]

    def test_also_when_its_figures_have_changed(self):
        now = ROW | {"message": "多 11.5 万元", "sheet": "改名后", "waiver": None}
        assert texts(sheet(name="校验结果 (2)"), sheet(rows=[now])) == []

    def test_a_copy_speaks_for_what_the_sheet_does_not_list(self):
        other = sheet(rows=[ROW | {"rule": "F04", "waiver": None}])
        assert texts(other, sheet(name="副本")) == ["上级另行安排"]


def test_other_sheets_hold_no_list():
    rules = [
        ["规则", "名称", "级别", "阈值", "启用", "说明"],
        ["F02", "资金", "错误", None, "是", "x"],
    ]
    assert find_layout(Grid("校验规则", rules)) is None
    form = [["项目", "指标", "内容", "问题", "说明"], ["F02", "a", "b", "c", "d"]]
    assert find_layout(Grid("台账", form)) is None
    assert find_layout(Grid(RESULTS_SHEET, [["说明", "规则", "备注"]])) is None


def test_plain_headings():
    assert plain_heading("  说 明 （必填）：") == "说明"
    assert plain_heading("（说明）") == "说明"
    assert plain_heading("ＮＯ．") == "NO"
