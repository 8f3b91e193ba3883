"""Labels by their build and with a wrong character, and words that must stay what they are."""

from __future__ import annotations

import pytest

from perfgoals_xl.form.label_patterns import field_by_pattern, misspelt


@pytest.mark.parametrize(
    ("word", "field"),
    [
        ("本项目年度总体目标", "annual_goal"),
        ("部门项目绩效目标内容", None),
        ("单位工作目标", "annual_goal"),
        ("中期发展目标", "period_goal"),
        ("实施期工作目标内容", "period_goal"),
        ("财政专项资金名称", "project_name"),
        ("市级项目名称", "project_name"),
        ("业务主管机关", "supervising_department"),
        ("项目承办单位", "implementing_unit"),
        ("项目建设起止时间", "project_period"),
        ("项目总投入", "total_amount"),
        ("本年度预算安排数", "annual_amount"),
        ("本年项目资金总额", "annual_amount"),
        ("本年度申请专项债券额度", "annual_amount"),
        ("本年申请债券资金", "annual_amount"),
        ("当年拟发行专项债券额度", "annual_amount"),
        ("本次申请地方政府专项债券金额", "annual_amount"),
        ("本年度专项债券需求", "annual_amount"),
        ("本年新增债券规模", "annual_amount"),
    ],
)
def test_labels_that_no_list_holds(word, field):
    assert field_by_pattern(word) == field


@pytest.mark.parametrize(
    "word",
    [
        "年度目标完成情况",
        "上年预算安排",
        "绩效指标值",
        "部门整体目标",
        "采购项目名称",
        "子项目名称",
        "中央主管部门",
        "年度预算执行率",
        "资金分配依据",
        "目标",
        "债券发行总额",
        "专项债券余额",
        "申请专项债券额度",
        "以前年度申请债券资金",
        "以前年度申请资金",
        "累计申请专项债券额度",
        "上年申请专项债券额度",
        "本年度已发行专项债券额度",
        "本年债券还本付息",
        "本年度专项债券",
        "债券期限",
    ],
)
def test_words_that_are_no_label_of_a_field(word):
    assert field_by_pattern(word) is None


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("项目名秤", "项目名称"),
        ("项日名称", "项目名称"),
        ("主菅部门", "主管部门"),
        ("实施单住", "实施单位"),
        ("年度资金总颔", "年度资金总额"),
    ],
)
def test_one_wrong_character(word, meant):
    assert misspelt(word)[1] == meant


@pytest.mark.parametrize(
    "word",
    ["季度目标", "上级资金", "项目名称", "名称", "主管单位部门", "季度资金总额", "项目各称呼"],
)
def test_another_word_is_no_misspelling(word):
    assert misspelt(word) is None
