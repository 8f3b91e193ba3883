"""The indicator table: levels in spite of lost merges, names, values, notes, blank rows."""

from __future__ import annotations

import pytest

from perfgoals_xl.form.fields import AMOUNT_FIELDS
from tests.reading.sheets import (
    Sheet,
    fields,
    lines,
    read_text,
    read_workbook,
    remarks,
    told,
)

HEAD = """
项目名称 | | 渠道清淤项目 | |
年度资金总额 | | 20 | |
年度总体绩效目标 | 清淤渠道30公里。 | | |
"""
# The rows of a table below start in row 4 of the sheet.


def test_levels_are_carried_down(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 指标1：清淤长度 | | 30公里
 | | 指标2：维修闸门 | | 5座
 | 质量指标 | 指标1：验收合格率 | | 100%
效益指标 | 社会效益 | 指标1：受益村数 | | 12个
满意度指标 | 服务对象满意度 | 指标1：灌区农户满意度 | | ≥90%
 | | 指标2：用水协会满意度 | | ≥95%
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 1 | 清淤长度 | 30公里 | E6
        产出指标 数量指标 2 | 维修闸门 | 5座 | E7
        产出指标 质量指标 1 | 验收合格率 | 100% | E8
        效益指标 社会效益 1 | 受益村数 | 12个 | E9
        满意度指标 服务对象满意度 1 | 灌区农户满意度 | ≥90% | E10
        满意度指标 服务对象满意度 2 | 用水协会满意度 | ≥95% | E11
    """)
    indicators = declaration.indicators
    assert indicators.values["indicator"].tolist()[0] == "指标1：清淤长度"
    assert indicators.place(1, "level1").cell == "A6", "the cell that says it, rows above"
    assert indicators.place(1, "level2").cell == "B6"
    assert indicators.place(1, "level3").cell == "C7"
    assert indicators.place(1, "indicator").cell == "C7"
    assert indicators.place(1, "low").cell == "E7"


def test_levels_of_the_ningxia_print_carry_codes(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 绩效值 |
1-产出指标 | 11-数量指标 | 清淤长度 | | 30公里 |
 | 14-成本指标 | 清淤费用 | | ≤20万元 |
2-效益指标 | 21-经济效益 | 无 | | 无 |
 | 24-可持续影响 | 渠道畅通 | | 持续畅通 |
3-满意度指标 | 31-服务对象满意度 | 农户投诉率 | | <5% |
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E6
        产出指标 成本指标 - | 清淤费用 | ≤20万元 | E7
        效益指标 经济效益 - | 无 | 无 | E8
        效益指标 可持续影响 - | 渠道畅通 | 持续畅通 | E9
        满意度指标 服务对象满意度 - | 农户投诉率 | <5% | E10
    """)
    assert declaration.edition == "2015"


def test_vertical_and_horizontal_merges(tmp_path):
    table = f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
 | | 维修闸门 | | 5座
 | 质量指标 | 验收合格率 | | 100%
效益指标 | 社会效益 | 受益村数 | | 12个
满意度指标 | | 农户满意度 | | ≥90%
"""
    merges = ("A6:A8", "B6:B7", "C5:D5", "C6:D6", "C7:D7", "C8:D8", "A10:B10", "C10:D10")
    assert lines(read_workbook(tmp_path, Sheet(table, merges=merges))) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E6
        产出指标 数量指标 - | 维修闸门 | 5座 | E7
        产出指标 质量指标 - | 验收合格率 | 100% | E8
        效益指标 社会效益 - | 受益村数 | 12个 | E9
        满意度指标 服务对象满意度 - | 农户满意度 | ≥90% | E10
    """)


def test_level2_slipped_into_the_first_column(read):
    """A merge above was lost and the whole row moved left by one."""
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 指标1：清淤长度 | | 30公里
成本指标 | 指标1：清淤费用 | | ≤20万元 |
 | 指标2：闸门费用 | | ≤3万元 |
效益指标 | 经济效益 | 指标1：增产 | | ≥5万公斤
可持续影响 | 指标1：使用年限 | | ≥3年 |
满意度指标 | 服务对象满意度 | 指标1：农户满意度 | | ≥90%
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 1 | 清淤长度 | 30公里 | E6
        产出指标 成本指标 1 | 清淤费用 | ≤20万元 | D7
        产出指标 成本指标 2 | 闸门费用 | ≤3万元 | D8
        效益指标 经济效益 1 | 增产 | ≥5万公斤 | E9
        效益指标 可持续影响 1 | 使用年限 | ≥3年 | D10
        满意度指标 服务对象满意度 1 | 农户满意度 | ≥90% | E11
    """)
    places = declaration.indicators
    assert places.place(1, "level2").cell == "A7"
    assert places.place(1, "level1").cell == "A6"
    assert places.place(1, "level3").cell == "B7"


def test_level2_in_the_first_column_and_the_rest_in_place(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 指标1：清淤长度 | | 30公里
质量指标 | | 指标1：验收合格率 | | 100%
效益指标 | 社会效益 | 指标1：受益村数 | | 12个
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 1 | 清淤长度 | 30公里 | E6
        产出指标 质量指标 1 | 验收合格率 | 100% | E7
        效益指标 社会效益 1 | 受益村数 | 12个 | E8
    """)


def test_level_terms_shifted_right(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值 |
产出指标 | 数量指标 | 清淤长度 | | 30公里 |
 | | 质量指标 | 验收合格率 | | 100%
 | 时效指标 | 完成时间 | | 2026年4月前 |
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E6
        产出指标 质量指标 - | 验收合格率 | 100% | F7
        产出指标 时效指标 - | 完成时间 | 2026年4月前 | E8
    """)


def test_indicator_slipped_into_the_level2_column(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 指标1：清淤长度 | | 30公里
 | 指标2：维修闸门 | | 5座 |
 | 质量指标 | 指标1：验收合格率 | | 100%
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 1 | 清淤长度 | 30公里 | E6
        产出指标 数量指标 2 | 维修闸门 | 5座 | D7
        产出指标 质量指标 1 | 验收合格率 | 100% | E8
    """)


def test_indicator_slipped_into_the_first_column(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 成本指标 | 清淤费用 | | ≤15万元
闸门维修费用，含配件和人工 | | ≤5万元 | |
效益指标 | 社会效益 | 受益村数 | | 12个
""")
    assert lines(declaration) == told("""
        产出指标 成本指标 - | 清淤费用 | ≤15万元 | E6
        产出指标 成本指标 - | 闸门维修费用，含配件和人工 | ≤5万元 | C7
        效益指标 社会效益 - | 受益村数 | 12个 | E8
    """)
    assert declaration.remarks == ()


def test_level1_lost_and_known_from_level2(read):
    """A printed part may begin in the middle of a level, or lack the first column altogether."""
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
 | 数量指标 | 清淤长度 | | 30公里
 | 社会效益 | 受益村数 | | 12个
 | 服务对象满意度 | 农户满意度 | | ≥90%
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E6
        效益指标 社会效益 - | 受益村数 | 12个 | E7
        满意度指标 服务对象满意度 - | 农户满意度 | ≥90% | E8
    """)


def test_level1_alone_on_its_row(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | | | |
 | 数量指标 | | |
 | | 清淤长度 | | 30公里
效益指标 | | | |
 | 社会效益 | 受益村数 | | 12个
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E8
        效益指标 社会效益 - | 受益村数 | 12个 | E10
    """)


def test_group_without_any_indicator_gives_no_line(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
 | 质量指标 | | |
 | 时效指标 | | |
效益指标 | 社会效益 | | |
满意度指标 | 服务对象满意度 | 农户满意度 | | ≥90%
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E6
        满意度指标 服务对象满意度 - | 农户满意度 | ≥90% | E10
    """)
    places = declaration.origins[0].group_places
    assert {key: place.cell for key, place in places.items()} == {
        "": "B5",
        "产出": "A6",
        "数量": "B6",
        "质量": "B7",
        "时效": "B8",
        "效益": "A9",
        "社会效益": "B9",
        "满意度": "A10",
        "服务对象满意度": "B10",
    }


def test_name_without_value_and_value_without_name(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 指标1：清淤长度 | |
 | 质量指标 | | | 100%
 | 时效指标 | 指标1： | | 2026年4月前
效益指标 | 生态效益 | 不涉及 | |
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 1 | 清淤长度 | - | E6
        产出指标 质量指标 - | - | 100% | E7
        产出指标 时效指标 - | 指标1： | 2026年4月前 | E8
        效益指标 生态效益 - | 不涉及 | - | E9
    """)
    assert declaration.indicators.place(1, "level3").cell == "C7"


def test_notes_and_blank_rows_between_indicators(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值

产出指标 | 数量指标 | 指标1：清淤长度 | | 30公里
注：长度以设计批复为准。 | | | |

 | | 指标2：维修闸门 | | 5座
 | 质量指标 | 指标1：验收合格率 | | 100%
说明：以上指标已与用水协会核对。 | | | |
填报人：办公室 | | 联系电话：0000-000000 | |
备注：本表一式两份 | | | |
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 1 | 清淤长度 | 30公里 | E7
        产出指标 数量指标 2 | 维修闸门 | 5座 | E10
        产出指标 质量指标 1 | 验收合格率 | 100% | E11
    """)
    assert remarks(declaration) == [
        "A8 | 注：长度以设计批复为准。 | - | 0",
        "A12 | 说明：以上指标已与用水协会核对。 | - | 0",
        "A13 | 填报人：办公室 | - | 0",
        "A14 | 备注：本表一式两份 | - | 0",
    ]


def test_merged_note_row_without_the_word_note(tmp_path):
    table = f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
以下为下半年新增任务 | | | |
 | 质量指标 | 验收合格率 | | 100%
"""
    declaration = read_workbook(tmp_path, Sheet(table, merges=("A7:E7",)))
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E6
        产出指标 质量指标 - | 验收合格率 | 100% | E8
    """)
    assert remarks(declaration) == ["A7 | 以下为下半年新增任务 | - | 0"]


def test_header_repeated_inside_one_table(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
一级指标 | 二级指标 | 三级指标 | | 指标值
 | | 维修闸门 | | 5座
 | 质量指标 | 验收合格率 | | 100%
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E6
        产出指标 数量指标 - | 维修闸门 | 5座 | E8
        产出指标 质量指标 - | 验收合格率 | 100% | E9
    """)


def test_header_repeated_in_other_columns(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
一级指标 | 二级指标 | 三级指标 | 指标值 | 备注
 | | 维修闸门 | 5座 | 含配件
 | 质量指标 | 验收合格率 | 100% |
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E6
        产出指标 数量指标 - | 维修闸门 | 5座 | D8 | 含配件
        产出指标 质量指标 - | 验收合格率 | 100% | D9
    """)


def test_names_without_a_heading_stand_behind_level_two(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
 | 质量指标 | 验收合格率 | 100%
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | D6
        产出指标 质量指标 - | 验收合格率 | 100% | D7
    """)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("一级指标 | 二级指标 | 三级指标 | | 指标值", "指标值"),
        ("一级 | 二级 | 三级 | | 绩效值", "绩效值"),
        ("一级绩效指标 | 二级绩效指标 | 三级绩效指标 | | 目标值", "目标值"),
        ("一级指标 | 二级指标 | 指标名称 | | 年度指标值", "年度指标值"),
        ("一级\\n指标 | 二级\\n指标 | 三级\\n指标 | | 指标\\n值", "指标值"),
        ("*一级指标 | *二级指标 | 三级指标（必填） | | 指标值*", "指标值"),
        ("<b>一级指标</b> | 二级指标： | 三 级 指 标 | | 指标值（必填）", "指标值"),
        ("一级指标 | 二级指标 | 三级指标 | | 指标值（2026年）", "指标值"),
        ("一级指标 | 二级指标 | 三级指标 | | 计划指标值", "计划指标值"),
    ],
)
def test_spellings_of_the_header(read, header, value):
    declaration = read(f"""{HEAD}
{header}
产出指标 | 数量指标 | 清淤长度 | | 30公里
 | 质量指标 | 验收合格率 | | 100%
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E6
        产出指标 质量指标 - | 验收合格率 | 100% | E7
    """), value


@pytest.mark.parametrize(
    ("level1", "level2", "expected"),
    [
        ("产出指标", "数量指标", "产出指标 数量指标"),
        ("产出", "数量", "产出指标 数量指标"),
        ("项目完成指标", "数量指标", "产出指标 数量指标"),
        ("项目产出", "产出数量", "产出指标 数量指标"),
        ("1-产出指标", "11-数量指标", "产出指标 数量指标"),
        ("产 出\\n指 标", "数 量 指 标", "产出指标 数量指标"),
        ("<b>产出指标</b>", "<p>数量指标</p>", "产出指标 数量指标"),
        ("产出指标（必填）", "数量指标(必填)", "产出指标 数量指标"),
        ("*产出指标", "数量指标：", "产出指标 数量指标"),
        ("一、产出指标", "（一）数量指标", "产出指标 数量指标"),
        ("项目效益指标", "经济", "效益指标 经济效益"),
        ("效益", "社会效益指标", "效益指标 社会效益"),
        ("项目效果", "生态环境效益指标", "效益指标 生态效益"),
        ("效益指标", "可持续影响指标", "效益指标 可持续影响"),
        ("满意度", "满意度", "满意度指标 服务对象满意度"),
        ("满意度指标", "社会公众或服务对象满意度指标", "满意度指标 服务对象满意度"),
    ],
)
def test_spellings_of_the_levels(read, level1, level2, expected):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
{level1} | {level2} | 指标1：试验 | | 30公里
""")
    assert lines(declaration) == [f"{expected} 1 | 试验 | 30公里 | E6"]


def test_unknown_levels_stay_as_typed(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
创新指标 | 技术创新 | 新工艺应用 | | 2项
 | | 专利申请 | | 1件
 | 管理创新 | 制度修订 | | 3项
产出指标 | 数量指标 | 清淤长度 | | 30公里
""")
    assert lines(declaration) == told("""
        创新指标 技术创新 - | 新工艺应用 | 2项 | E6
        创新指标 技术创新 - | 专利申请 | 1件 | E7
        创新指标 管理创新 - | 制度修订 | 3项 | E8
        产出指标 数量指标 - | 清淤长度 | 30公里 | E9
    """)


def test_indicator_named_like_a_level_term(read):
    """服务对象满意度 is a level and, as often, the indicator's own name."""
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
效益指标 | 经济效益 | 经济效益 | | 明显
满意度指标 | 服务对象满意度 | 服务对象满意度 | | ≥90%
 | | 群众满意度 | | ≥92%
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E6
        效益指标 经济效益 - | 经济效益 | 明显 | E7
        满意度指标 服务对象满意度 - | 服务对象满意度 | ≥90% | E8
        满意度指标 服务对象满意度 - | 群众满意度 | ≥92% | E9
    """)


def test_edition_2021(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
成本指标 | 经济成本指标 | 清淤费用 | | ≤20万元
 | 社会成本指标 | 停水影响户数 | | ≤50户
 | 生态环境成本指标 | 淤泥外运污染 | | 0起
产出指标 | 数量指标 | 清淤长度 | | 30公里
 | 质量指标 | 验收合格率 | | 100%
 | 时效指标 | 完成时间 | | 2026年4月前
效益指标 | 经济效益指标 | 增产粮食 | | ≥5万公斤
 | 社会效益 | 受益村数 | | 12个
满意度指标 | 服务对象满意度指标 | 农户满意度 | | ≥90%
""")
    assert declaration.edition == "2021"
    assert [origin.edition for origin in declaration.origins] == ["2021"]
    assert lines(declaration) == told("""
        成本指标 经济成本指标 - | 清淤费用 | ≤20万元 | E6
        成本指标 社会成本指标 - | 停水影响户数 | ≤50户 | E7
        成本指标 生态环境成本指标 - | 淤泥外运污染 | 0起 | E8
        产出指标 数量指标 - | 清淤长度 | 30公里 | E9
        产出指标 质量指标 - | 验收合格率 | 100% | E10
        产出指标 时效指标 - | 完成时间 | 2026年4月前 | E11
        效益指标 经济效益指标 - | 增产粮食 | ≥5万公斤 | E12
        效益指标 社会效益指标 - | 受益村数 | 12个 | E13
        满意度指标 服务对象满意度指标 - | 农户满意度 | ≥90% | E14
    """)


def test_cost_leading_a_2015_form_is_not_the_2021_edition(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
成本指标 | 清淤费用 | | ≤20万元 |
产出指标 | 数量指标 | 清淤长度 | | 30公里
效益指标 | 可持续影响 | 使用年限 | | ≥3年
""")
    assert declaration.edition == "2015"
    assert lines(declaration) == told("""
        产出指标 成本指标 - | 清淤费用 | ≤20万元 | D6
        产出指标 数量指标 - | 清淤长度 | 30公里 | E7
        效益指标 可持续影响 - | 使用年限 | ≥3年 | E8
    """)


def test_sign_number_and_unit_in_columns_of_their_own(read):
    declaration = read("""
项目名称 | 渠道清淤项目 | | | |
年度资金总额 | 20 | | | |
一级指标 | 二级指标 | 三级指标 | 符号 | 数值 | 单位
产出指标 | 数量指标 | 清淤长度 | ≥ | 30 | 公里
 | 质量指标 | 验收合格率 | = | 100 | %
 | 时效指标 | 完成时间 | | 2026年4月前 |
效益指标 | 社会效益 | 用水秩序 | 定性 | 明显改善 |
满意度指标 | 服务对象满意度 | 农户满意度 | ≥ | 90% | ％
 | | 协会满意度 | ≥ | |
 | | 村委会满意度 | | |
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | ≥30公里 | E4
        产出指标 质量指标 - | 验收合格率 | =100% | E5
        产出指标 时效指标 - | 完成时间 | 2026年4月前 | E6
        效益指标 社会效益 - | 用水秩序 | 明显改善 | E7
        满意度指标 服务对象满意度 - | 农户满意度 | ≥90% | E8
        满意度指标 服务对象满意度 - | 协会满意度 | - | E9
        满意度指标 服务对象满意度 - | 村委会满意度 | - | E10
    """)


def test_sign_number_and_unit_under_the_value(tmp_path):
    table = """
项目名称 | 渠道清淤项目 | | | |
年度资金总额 | 20 | | | |
一级指标 | 二级指标 | 三级指标 | 指标值 | |
 | | | 符号 | 数值 | 单位
产出指标 | 数量指标 | 清淤长度 | ≥ | | 公里
 | 质量指标 | 验收合格率 | = | |
"""
    sheet = Sheet(
        table,
        merges=("A3:A4", "B3:B4", "C3:C4", "D3:F3"),
        cells={"E5": 30, "E6": 1},
        formats={"E6": "0%"},
    )
    assert lines(read_workbook(tmp_path, sheet)) == told("""
        产出指标 数量指标 - | 清淤长度 | ≥30公里 | E5
        产出指标 质量指标 - | 验收合格率 | =100% | E6
    """)


@pytest.mark.parametrize("unit", ["单位", "计量单位", "度量单位"])
def test_value_that_is_only_the_number(read, unit):
    declaration = read(f"""
项目名称 | 渠道清淤项目 | | | |
年度资金总额 | 20 | | | |
一级指标 | 二级指标 | 三级指标 | 符号 | 指标值 | {unit}
产出指标 | 数量指标 | 清淤长度 | ≥ | 30 | 公里
 | 质量指标 | 验收合格率 | ≥ | ≥98% | %
 | 时效指标 | 完成时间 | ≤ | 4月底 | /
效益指标 | 社会效益 | 用水秩序 | 定性 | 明显改善 | 无
满意度指标 | 服务对象满意度 | 农户满意度 | ≥ | | %
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | ≥30公里 | E4
        产出指标 质量指标 - | 验收合格率 | ≥98% | E5
        产出指标 时效指标 - | 完成时间 | ≤4月底 | E6
        效益指标 社会效益 - | 用水秩序 | 明显改善 | E7
        满意度指标 服务对象满意度 - | 农户满意度 | - | E8
    """)


def test_values_of_several_years_side_by_side(read):
    declaration = read("""
2026年项目支出绩效目标表 | | | | |
项目名称 | 渠道清淤项目 | | | |
年度总体绩效目标 | 清淤渠道30公里。 | | | |
一级指标 | 二级指标 | 三级指标 | 2024年实际值 | 2025年目标值 | 2026年目标值
产出指标 | 数量指标 | 清淤长度 | 20公里 | 25公里 | 30公里
 | 质量指标 | 验收合格率 | 98% | 99% |
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | F5
        产出指标 质量指标 - | 验收合格率 | - | F6
    """)
    assert declaration.projects.records()[0]["annual_goal"] == "清淤渠道30公里。"


# The national form for projects of several years: each half has names and values of its own.
HALVES = """
项目支出绩效目标表
（2026年度）
项目名称 | | 渠道清淤项目 | | | | |
主管部门及代码 | | 云川县水务局 | | | 实施单位 | | 灌溉站
项目资金（万元） | | 中期资金总额： | | 90 | 年度资金总额： | | 30
 | | 其中：财政拨款 | | 80 | 其中：财政拨款 | | 25
 | | 其他资金 | | 10 | 其他资金 | | 5
总体目标 | 中期目标（2026年—2028年） | | | | 年度目标 | |
 | 清淤渠道90公里。 | | | | 清淤渠道30公里。 | |
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
 | 产出指标 | 数量指标 | 指标1：清淤 | 90公里 | 数量指标 | 指标1：清淤长度 | 30公里
 | | | 指标2：闸门 | 15座 | | 指标2：维修闸门 | 5座
 | | 质量指标 | 指标1：合格率 | 100% | 质量指标 | 指标1：验收合格率 | ≥98%
 | 效益指标 | 社会效益指标 | 指标1：受益村 | 30个 | 社会效益指标 | |
 | 满意度指标 | 服务对象满意度指标 | 满意度 | ≥90% | 服务对象满意度指标 | 农户满意度 | ≥91%
"""


def test_halves_for_the_period_and_for_the_year(read):
    declaration = read(HALVES)
    assert lines(declaration) == told("""
        产出指标 数量指标 1 | 清淤长度 | 30公里 | H11
        产出指标 数量指标 2 | 维修闸门 | 5座 | H12
        产出指标 质量指标 1 | 验收合格率 | ≥98% | H13
        满意度指标 服务对象满意度 - | 农户满意度 | ≥91% | H15
    """)
    assert fields(declaration, 0, *AMOUNT_FIELDS, "period_goal", "annual_goal") == told("""
        total_amount | 90 | E5
        annual_amount | 30 | H5
        local_appropriation | 25 | H6
        local_other | 5 | H7
        period_goal | 清淤渠道90公里。 | B9
        annual_goal | 清淤渠道30公里。 | F9
    """)
    assert declaration.remarks == ()


def test_tables_for_the_period_and_for_the_year_one_below_the_other(read):
    declaration = read("""
项目名称 | | 渠道清淤项目 | |
年度资金总额 | | 20 | |
长期绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值
 | 产出指标 | 数量指标 | 清淤长度 | 90公里
 | | 质量指标 | 验收合格率 | 95%
年度绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值
 | 产出指标 | 数量指标 | 清淤长度 | 30公里
 | 满意度指标 | 服务对象满意度 | 农户满意度 | ≥90%
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E7
        满意度指标 服务对象满意度 - | 农户满意度 | ≥90% | E8
    """)
    assert declaration.origins[0].group_places["数量"].cell == "C7"
    assert declaration.origins[0].group_places[""].cell == "C6"


def test_values_of_the_period_and_of_the_year_side_by_side(read):
    declaration = read("""
项目名称 | 渠道清淤项目 | | |
年度资金总额 | 20 | | |
一级指标 | 二级指标 | 三级指标 | 中期指标值 | 年度指标值
产出指标 | 数量指标 | 清淤长度 | 90公里 | 30公里
 | 质量指标 | 验收合格率 | 100% |
 | 时效指标 | 完成时间 | | 2026年4月前
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E4
        产出指标 质量指标 - | 验收合格率 | - | E5
        产出指标 时效指标 - | 完成时间 | 2026年4月前 | E6
    """)


def test_values_of_the_year_before_those_of_the_period(read):
    declaration = read("""
项目名称 | 渠道清淤项目 | | |
年度资金总额 | 20 | | |
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 中期指标值
产出指标 | 数量指标 | 清淤长度 | 30公里 | 90公里
 | 质量指标 | 验收合格率 | | 100%
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | D4
        产出指标 质量指标 - | 验收合格率 | - | D5
    """)


def test_values_of_the_period_and_of_the_year_under_one_heading(tmp_path):
    table = """
项目名称 | 渠道清淤项目 | | |
年度资金总额 | 20 | | |
一级指标 | 二级指标 | 三级指标 | 指标值 |
 | | | 中期 | 年度
产出指标 | 数量指标 | 清淤长度 | 90公里 | 30公里
 | 质量指标 | 验收合格率 | 100% |
"""
    expected = told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E5
        产出指标 质量指标 - | 验收合格率 | - | E6
    """)
    merges = ("A3:A4", "B3:B4", "C3:C4", "D3:E3")
    assert lines(read_workbook(tmp_path, Sheet(table, merges=merges))) == expected
    assert lines(read_text(tmp_path, table)) == expected


def test_leading_column_with_the_name_of_the_table(tmp_path):
    table = """
项目名称 | | 渠道清淤项目 | |
年度资金总额 | | 20 | |
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值
 | 产出指标 | 数量指标 | 清淤长度 | 30公里
 | | 质量指标 | 验收合格率 | 100%
 | 满意度指标 | 服务对象满意度 | 农户满意度 | ≥90%
"""
    expected = told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E4
        产出指标 质量指标 - | 验收合格率 | 100% | E5
        满意度指标 服务对象满意度 - | 农户满意度 | ≥90% | E6
    """)
    assert lines(read_workbook(tmp_path, Sheet(table, merges=("A3:A6",)))) == expected
    assert lines(read_text(tmp_path, table)) == expected


def test_leading_column_whose_label_stands_below_the_header(tmp_path):
    """The merged label was split and its text fell into the first row of the table."""
    table = """
项目名称 | | 渠道清淤项目 | |
年度资金总额 | | 20 | |
 | 一级指标 | 二级指标 | 三级指标 | 指标值
绩效指标 | 产出指标 | 数量指标 | 清淤长度 | 30公里
 | | 质量指标 | 验收合格率 | 100%
"""
    expected = told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E4
        产出指标 质量指标 - | 验收合格率 | 100% | E5
    """)
    assert lines(read_workbook(tmp_path, Sheet(table, merges=("A4:A5",)))) == expected
    assert lines(read_text(tmp_path, table)) == expected


def test_leading_column_of_numbers(read):
    declaration = read("""
项目名称 | | 渠道清淤项目 | |
年度资金总额 | | 20 | |
序号 | 一级指标 | 二级指标 | 三级指标 | 指标值
1 | 产出指标 | 数量指标 | 清淤长度 | 30公里
2 | | | 维修闸门 | 5座
3 | | 质量指标 | 验收合格率 | 100%
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E4
        产出指标 数量指标 - | 维修闸门 | 5座 | E5
        产出指标 质量指标 - | 验收合格率 | 100% | E6
    """)


@pytest.mark.parametrize(
    "extra", ["权重", "分值", "指标解释", "评分标准", "数据来源", "上年实际值"]
)
def test_extra_columns_are_not_read(read, extra):
    declaration = read(f"""
项目名称 | 渠道清淤项目 | | | |
年度资金总额 | 20 | | | |
一级指标 | 二级指标 | 三级指标 | {extra} | 指标值 | 备注
产出指标 | 数量指标 | 清淤长度 | 10 | 30公里 |
 | 质量指标 | 验收合格率 | 5 | | 待定
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | E4
        产出指标 质量指标 - | 验收合格率 | - | E5 | 待定
    """)


def test_extra_column_behind_the_value(read):
    declaration = read("""
项目名称 | 渠道清淤项目 | | | |
年度资金总额 | 20 | | | |
一级指标 | 二级指标 | 三级指标 | 指标值 | 权重 | 指标解释
产出指标 | 数量指标 | 清淤长度 | 30公里 | 10 | 按设计
 | 质量指标 | 验收合格率 | | 5 | 按规范
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | D4
        产出指标 质量指标 - | 验收合格率 | - | D5
    """)


def test_notes_of_indicators(read):
    declaration = read("""
项目名称 | 渠道清淤项目 | | |
年度资金总额 | 20 | | |
一级指标 | 二级指标 | 三级指标 | 指标值 | 备注
产出指标 | 数量指标 | 清淤长度 | 30公里 | 含支渠
 | 质量指标 | 验收合格率 | 100% |
 | 时效指标 | 完成时间 | | 待定
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | D4 | 含支渠
        产出指标 质量指标 - | 验收合格率 | 100% | D5
        产出指标 时效指标 - | 完成时间 | - | D6 | 待定
    """)
    assert declaration.indicators.place(1, "note").cell == "E5"


def test_values_that_stand_left_of_their_header(read):
    """The header kept its merges and the rows lost theirs: every value stands one column left."""
    declaration = read("""
项目名称 | | 渠道清淤项目 | |
年度资金总额 | | 20 | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里 |
 | 质量指标 | 验收合格率 | 100% |
""")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | D4
        产出指标 质量指标 - | 验收合格率 | 100% | D5
    """)


def test_values_that_stand_right_of_their_header(read):
    declaration = read("""
项目名称 | | 渠道清淤项目 | | |
年度资金总额 | | 20 | | |
一级指标 | 二级指标 | 三级指标 | | 指标值 |
产出指标 | 数量指标 | 清淤长度 | | 30公里 |
 | 质量指标 | 验收合格率 | | | 100%
""")
    expected = told("产出指标 数量指标 - | 清淤长度 | 30公里 | E4")
    assert lines(declaration)[:1] == expected
    # In a workbook what stands right of the form is not its own.
    assert lines(declaration)[1] in told("""
        产出指标 质量指标 - | 验收合格率 | 100% | F5
        产出指标 质量指标 - | 验收合格率 | - | E5
    """)


@pytest.mark.parametrize(
    ("name", "ordinal", "level3"),
    [
        ("指标3：清淤长度", 3, "清淤长度"),
        ("指标3:清淤长度", 3, "清淤长度"),
        ("指标 3 ： 清淤长度", 3, "清淤长度"),
        ("指标３：清淤长度", 3, "清淤长度"),
        ("指标12、清淤长度", 12, "清淤长度"),
        ("指标：清淤长度", None, "清淤长度"),
        ("指标1清淤长度", 1, "清淤长度"),
        ("（2）清淤长度", 2, "清淤长度"),
        ("2.清淤长度", 2, "清淤长度"),
        ("2、清淤长度", 2, "清淤长度"),
        ("清淤长度", None, "清淤长度"),
        ("2026年清淤长度", None, "2026年清淤长度"),
        ("5.12宣传活动场次", None, "5.12宣传活动场次"),
        ("3公里清淤", None, "3公里清淤"),
        ("指标1", None, "指标1"),
        ("指标体系建设", None, "指标体系建设"),
    ],
)
def test_ordinals(read, name, ordinal, level3):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | {name} | | 30公里
""")
    record = declaration.indicators.records()[0]
    assert (record["ordinal"], record["level3"]) == (ordinal, level3)
    assert record["indicator"] == name


def test_target_values_are_parsed(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | ≥30公里
 | 时效指标 | 完成时间 | | 2026年12月底前
 | 成本指标 | 清淤费用 | | 不超过20万元
""")
    names = ["kind", "operator", "low", "high", "unit"]
    found = [[str(r[n]) for n in names] for r in declaration.indicators.records()]
    assert [row[:2] for row in found] == [["numeric", "≥"], ["date", "≤"], ["money", "≤"]]
    assert found[0][2:] == ["30", "None", "公里"]
    assert found[1][3] == "2026-12-31"
    assert found[2][3:] == ["20", "万元"]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (" | | 竣工时间 | | 2026年", "竣工时间"),
        (" | | 填报份数 | | 填报绩效目标申报表", "填报份数"),
        (" | | 计量 | | 单位：公里", "计量"),
        (" | | 完成年度 | | （2026年度）", "完成年度"),
        (" | | 续表 | | ", None),
        (" | | 项目支出绩效目标表 | | 单位：万元", None),
        (" | | 续表 | | （2026年度）", None),
    ],
)
def test_only_a_row_that_is_printed_again_as_a_whole_is_none(read, row, name):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
{row}
效益指标 | 社会效益 | 受益村数 | | 12个
""")
    names = [record["indicator"] for record in declaration.indicators.records()]
    assert names == ["清淤长度", *([name] if name else []), "受益村数"]


def test_a_year_in_the_column_of_notes_does_not_hide_its_indicator(read):
    declaration = read(f"""{HEAD}
一级指标 | 二级指标 | 三级指标 | 指标值 | 备注
产出指标 | 数量指标 | 清淤长度 | 30公里 |
 | | 维修长度 | ≥2公里 | 2026年度
""")
    assert [r["indicator"] for r in declaration.indicators.records()] == ["清淤长度", "维修长度"]
