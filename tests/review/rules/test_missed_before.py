"""Values that say nothing, though they look filled: choices, points, aims as shares."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate

FORM = """\
项目支出绩效目标申报表
（2026年度）
项目名称|渠道清淤项目
单位：万元
项目总额|12|年度资金总额|12
财政拨款|{grant}|其他资金|{other}
年度目标|{goal}
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|渠道清淤长度|≥6公里
|质量指标|{quality}
|时效指标|完工时间|2026年10月底前
|成本指标|清淤费用|≤12万元
效益指标|社会效益指标|{benefit}
满意度指标|服务对象满意度指标|农户满意度|≥95%
"""
RIGHT = {
    "goal": "清淤渠道6公里，恢复输水能力。",
    "quality": "工程验收合格率|≥98%",
    "benefit": "受益农户|≥300户",
    "grant": "12",
    "other": "",
}


def told(tmp_path, **changed):
    path = tmp_path / "申报.txt"
    text = FORM.format(**{**RIGHT, **changed}).replace("|", "\t")
    path.write_text(text, encoding="utf-8")
    return [
        f"{f.rule} {f.severity.value}"
        for f in validate(path).findings
        if f.severity.value != "info" or f.rule == "F07"
    ]


@pytest.mark.parametrize(
    "value",
    ["优良中低差", "优良中差", "优/良/中/差", "优、良、中、差", "好坏", "是/否", "合格或不合格",
     "达标/不达标", "好/一般/差", "完成/未完成", "高中低"],
)  # fmt: skip
def test_choices_of_which_none_is_chosen(tmp_path, value):
    assert told(tmp_path, quality=f"工程质量|{value}") == ["V01 error"]
    assert told(tmp_path, benefit=f"管护水平|{value}") == ["V01 error"]


@pytest.mark.parametrize(
    "value", ["优良", "优", "优/良", "良好及以上", "优、良率≥90%", "不差于上年"]
)
def test_a_grade_is_a_choice_that_was_made(tmp_path, value):
    assert "V01 error" not in told(tmp_path, quality=f"工程质量|{value}")


@pytest.mark.parametrize(
    ("quality", "expected"),
    [
        ("救助人数|≥1人/年", ["S05 warning"]),
        ("培训人员|≥30人/月", ["S05 warning"]),
        ("人员配置|≥2人/处", []),
        ("人均培训时长|≥8小时/人", []),
        ("获奖人数|≥1人/年", []),
    ],
)
def test_heads_by_year_are_heads(tmp_path, quality, expected):
    assert told(tmp_path, quality=quality) == expected


@pytest.mark.parametrize(
    ("benefit", "expected"),
    [
        ("确保社会稳定|≥95%", ["N01 warning"]),
        ("有效提升乡镇形象|≥95%", ["N01 warning"]),
        ("提升公共服务水平|100%", ["N01 warning"]),
        ("促进当地经济发展|≥90%", ["N01 warning"]),
        ("保护生态环境卫生|≥95%", ["N01 warning"]),
        ("保障社区正常运转|≥95%", ["N01 warning"]),
        ("经济、环境等方面可持续发展|≥95%", ["N01 warning"]),
        ("推进乡村绿色发展|≥90%", ["N01 warning"]),
        ("设备正常运行率|≥95%", []),
        ("环境卫生达标村占比|≥95%", []),
        ("可持续发展指数增幅|≥5%", []),
        ("社会稳定率|≥95%", []),
        ("群众安全感|≥95%", []),
        ("保障工资按时发放|100%", []),
        ("改善人居环境的村占比|≥90%", []),
        ("确保社会稳定|长期稳定", []),
        ("受益农户|10分", ["V06 warning"]),
        ("受益农户|（10分）", ["V06 warning"]),
        ("受益农户|10 分", ["V06 warning"]),
        ("受益农户|（10）", ["V05 warning"]),
        ("环境评价得分|≥90分", []),
        ("环境考核|90分", []),
        ("应急响应时间|10分", []),
    ],
)
def test_aims_and_points(tmp_path, benefit, expected):
    assert told(tmp_path, benefit=benefit) == expected


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("按时发放村级干部报酬。", ["G03 warning"]),
        ("按时足额支付护林员报酬和工资。", ["G03 warning"]),
        ("按时发放12名护林员报酬。", []),
        ("按时发放护林员报酬，提高巡护能力。", []),
    ],
)
def test_a_goal_that_only_pays_people(tmp_path, goal, expected):
    assert [code for code in told(tmp_path, goal=goal) if code[0] == "G"] == expected


@pytest.mark.parametrize("nil", ["-", "/", "—", "无", "——"])
def test_a_sign_for_no_money_is_none(tmp_path, nil):
    assert told(tmp_path, other=nil) == []
    assert told(tmp_path, grant="11", other=nil) == ["F02 error", "F07 info"]


def test_a_word_where_an_amount_belongs_is_told(tmp_path):
    assert told(tmp_path, other="待定") == ["F07 warning"]
