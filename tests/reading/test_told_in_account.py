"""What is read wrongly or not at all is told, with its cell: a form damaged in one place."""

from __future__ import annotations

import pytest

from tests.reading.sheets import Sheet, read_workbook

FORM = """项目支出绩效目标表（2026年度）
主管部门 | 石桥县水务局 | 实施单位 | 灌区站 |  |
项目名称 | 渠道清淤 | 项目期 | 2026年 | |
年度资金总额 | 12 | 其中：财政拨款 | 12 | |
年度目标 | 清淤6公里。 | | | |
一级指标 | 二级指标 | 三级指标 | 指标值 | 备注 | 评分标准
产出指标 | 数量指标 | 清淤长度 | ≥6公里 | 干渠 | 完成得分
产出指标 | 质量指标 | 验收合格率 | ≥98% | | 按比例
满意度指标 | 服务对象满意度 | 农户满意度 | ≥90% | 问卷 |
"""


def _told(declaration):
    return {r.place.cell: r for r in (*declaration.remarks, *declaration.account)}


def test_the_form_itself_raises_nothing(tmp_path):
    assert _told(read_workbook(tmp_path, FORM)) == {}


@pytest.mark.parametrize(
    ("old", "new", "cell"),
    [
        ("主管部门 | 石桥县水务局", "牵头方 | 石桥县水务局", "B2"),
        ("项目期 |", "办理时段 |", "D3"),
        ("年度资金总额 | 12", "年度资金总额 | 壹拾贰万元整", "B4"),
        ("年度资金总额 | 12", "年度资金总额 | 12 / 5", "B4"),
        ("年度资金总额 | 12", "年度资金总额 | 约12万，另5万", "B4"),
        ("≥6公里 | 干渠", " | ≥6公里", "E7"),
        ("≥98% | | 按比例", " | | ≥98%", "F8"),
        ("≥90% | 问卷 |", " | 90%以上 |", "E9"),
        ("指标值 | 备注", " | 备注", "D6"),
        ("指标值 | 备注", "量 | 备注", "D6"),
        ("产出指标 | 数量指标", "产出指标 | 个头指标", "B7"),
    ],
)
def test_a_damage_is_told_with_its_cell(tmp_path, old, new, cell):
    assert FORM.count(old) == 1
    assert cell in _told(read_workbook(tmp_path, FORM.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("年度资金总额 | 12", "年度资金总额 | 12万元"),
        ("年度资金总额 | 12", "年度资金总额 | "),
        ("年度资金总额 | 12", "年度资金总额 | １２.0"),
        ("≥6公里 | 干渠", "≥6公里 | ≥6公里为干渠"),
        ("≥6公里 | 干渠", "≥6公里 | 5公里"),
        ("≥6公里 | 干渠", " | 干渠"),
    ],
)
def test_what_is_no_damage_is_not_told(tmp_path, old, new):
    assert FORM.count(old) == 1
    assert _told(read_workbook(tmp_path, FORM.replace(old, new))) == {}


@pytest.mark.parametrize("head", ["指标值", " ", "数目"])
@pytest.mark.parametrize("behind", ["备注", "评分标准", " "])
def test_values_under_a_blank_heading_are_read(tmp_path, head, behind):
    form = FORM.replace("指标值 | 备注 | 评分标准", f"{head} | {behind} | 评分标准")
    found = read_workbook(tmp_path, Sheet(form, merges=("B5:F5",)))
    rows = [(r["level3"], r["target_value"]) for r in found.indicators.records()]
    assert rows == [("清淤长度", "≥6公里"), ("验收合格率", "≥98%"), ("农户满意度", "≥90%")]


def test_a_form_without_a_name_above_another_is_told(tmp_path):
    nameless = FORM.replace("项目名称", "办什么")
    found = read_workbook(tmp_path, f"{nameless}\n{FORM.replace('渠道清淤', '泵站维修')}")
    assert [p["project_name"] for p in found.projects.records()] == ["泵站维修"]
    told = _told(found)["A6"]
    assert (told.kind, told.field) == ("unread_form", "project_name")


LIST = "项目名称 | 年度目标 | 年度资金总额 | 一级指标 | 二级指标 | 三级指标 | 指标值\n"
FIRST = "{} | 清淤6公里。 | 12 | 产出指标 | 数量指标 | 清淤长度 | ≥6公里\n"
SECOND = "泵站维修 | 维修2座。 | 5 | 产出指标 | 数量指标 | 维修座数 | 2座\n"


def test_rows_of_a_list_above_the_first_name_are_told(tmp_path):
    found = read_workbook(tmp_path, f"{LIST}{FIRST.format('')} | | | | | 淤泥外运 | 5方\n{SECOND}")
    told = _told(found)
    assert [told[cell].field for cell in ("A2", "A3")] == ["project_name", "project_name"]
    assert "B2:G2" in told["A2"].text
    whole = read_workbook(tmp_path, f"{LIST}{FIRST.format('清淤')}{SECOND}")
    assert _told(whole) == {}


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        ("≥65", "处", "≥65处"),
        ("≥65处；另完成3座", "处", "≥65处；另完成3座"),
        ("95%以上", "%", "95%以上"),
        ("3—5", "年", "3—5年"),
        ("12月底", "月", "12月底"),
    ],
)
def test_a_unit_that_the_number_says_itself_is_not_said_twice(tmp_path, amount, unit, shown):
    found = read_workbook(
        tmp_path,
        f"{FORM.split('一级指标')[0]}一级指标 | 二级指标 | 三级指标 | 指标值 | 计量单位\n"
        f"产出指标 | 数量指标 | 清淤长度 | {amount} | {unit}\n"
        "产出指标 | 质量指标 | 验收合格率 | 98 | %\n",
    )
    assert found.indicators.records()[0]["target_value"] == shown
