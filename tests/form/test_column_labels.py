from __future__ import annotations

import pytest

from perfgoals_xl.form.column_labels import (
    LONGEST_LABEL,
    Column,
    column_role,
    heads_indicators,
    labels_of,
    plain_label,
)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("一级指标", "level1"),
        ("二级指标：", "level2"),
        ("指标值", "target_value"),
        ("2026年目标值", "target_value"),
        ("部门指标值", "target_value"),
        ("符号", Column.OPERATOR),
        ("数值", Column.NUMBER),
        ("单位", Column.UNIT),
        ("中期指标值", Column.PERIOD_VALUE),
        ("中期指标值（2026年—2028年）", Column.PERIOD_VALUE),
    ],
)
def test_a_label_names_its_column(label, name):
    assert column_role(label).name == name


@pytest.mark.parametrize("value", [None, 5, "", "2026年", "项目名称", "培训场次"])
def test_other_cells_name_none(value):
    assert column_role(value) is None


def test_the_own_label_ranks_before_the_others():
    for name in ("level1", "level3", "target_value"):
        own, *others = labels_of(name)
        assert column_role(own).rank == 0
        ranks = [column_role(other).rank for other in others if column_role(other).name == name]
        assert ranks == sorted(ranks)
        assert all(ranks)


def test_a_long_text_is_no_label():
    padded = "指标值" + " " * (LONGEST_LABEL - 3)
    assert column_role(padded).name == "target_value"
    assert column_role(padded + " ") is None


def test_years_behind_a_label_do_not_count():
    assert plain_label("中期目标（2026年—2028年）") == ("中期目标", ("2026年—2028年",))
    assert plain_label("年度目标（20XX年）：")[0] == "年度目标"
    assert plain_label("目标（万元）")[0] == "目标"
    assert plain_label("一、项目名称（必填）：")[0] == "项目名称"
    assert plain_label("成本指标（0-20）分")[0] == "成本指标"
    assert plain_label("（一）年度目标（150字内）")[0] == "年度目标"
    assert plain_label("（2026年）") == ("(2026年)", ())


@pytest.mark.parametrize(
    "header",
    [
        ["一级指标", "二级指标"],
        ["二级指标", "三级指标"],
        ["一级指标", "三级指标"],
        ["三级指标", "指标值"],
        ["三级指标", "数值"],
        [None, "绩效指标说明", "一级指标", 3, "二级指标", "三级指标", "指标值"],
    ],
)
def test_the_header_of_an_indicator_table(header):
    assert heads_indicators(header)


@pytest.mark.parametrize(
    "row",
    [[], ["三级指标"], ["二级指标", "指标值"], ["一级指标", "指标值"], ["三级指标", "单位"]],
)
def test_a_row_that_is_none(row):
    assert not heads_indicators(row)
