"""项目属性, 项目期, rubbish in texts and texts cut off (H05-H08)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.review.evidence.wording import broken_end, left_over
from tests.support.steps import cell_of_rule, filled, only, told


def found(path, *rules):
    return [told(f) for f in validate(path).findings if f.rule in rules]


@pytest.mark.parametrize(
    "attribute", ["03-多长期延续性项目", "新增项目", "经常", "延续性项目（三年）", "其他"]
)
def test_h05_finds(tmp_path, attribute):
    path = filled(tmp_path, {"project_attribute": attribute}, every_rule=True)
    assert found(path, "H05") == ["H05 info C6"]


@pytest.mark.parametrize(
    "attribute",
    [
        *("经常性项目", "02-经常性项目", "经常性", "一次性", "延续性", "01一次性项目"),
        *("03- 多年期延续性项目", "多年期延续性", "（02）延续性项目", None),
    ],
)
def test_h05_leaves_alone(tmp_path, attribute):
    path = filled(tmp_path, {"project_attribute": attribute}, every_rule=True)
    assert found(path, "H05") == []


@pytest.mark.parametrize(
    ("attribute", "findings", "not_judged"),
    [
        ("新增项目", [], False),  # of another place's list
        ("☑特定目标类 □其他运转类", [], False),
        ("应急类", [], True),  # of a list that nobody here knows
        ("02-应急类项目", ["H05 info B3"], False),  # printed with a code, as our terms are
    ],
)
def test_h05_leaves_the_terms_of_other_forms_alone(tmp_path, attribute, findings, not_judged):
    head = ["项目支出绩效目标表（2026年度）", "项目名称\t渠道清淤", f"项目类型\t{attribute}"]
    table = ["一级指标\t二级指标\t三级指标\t指标值", "产出指标\t数量指标\t清淤长度\t≥6公里"]
    path = tmp_path / "别处的表.txt"
    path.write_text("\n".join([*head, "年度目标\t清淤", *table]), encoding="utf-8")
    assert found(path, "H05") == findings
    told_of = [n for n in validate(path).not_judged if n.rule == "H05"]
    assert bool(told_of) == not_judged


CROSSING = "2026年7月1日起，至2027年6月30日"


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"project_period": "99年", "total_amount": 900}, ["H06 warning E6"]),
        ({"project_period": "2020年1月至2035年12月", "total_amount": 900}, ["H06 warning E6"]),
        ({"project_period": CROSSING}, ["H06 warning E6"]),
        ({"project_period": "2025-2027年"}, ["H06 warning E6"]),
        ({"project_period": CROSSING, "total_amount": 560}, []),
        ({"project_period": "10年", "total_amount": 900}, []),
        ({"project_period": "2026年1月至2026年12月"}, []),
        ({"project_period": "2年"}, []),
        # What lies wholly outside the plan year is told by T01 and T02.
        ({"project_period": "2027年1月至2028年12月"}, []),
    ],
    ids=str,
)
def test_h06(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, every_rule=True), "H06") == findings


def test_h06_says_which(tmp_path):
    changes = {"project_period": "99年", "total_amount": 900}
    long = only(filled(tmp_path, changes, every_rule=True), "H06")
    assert long.message == "项目期“99年”共 99 年，超过 10 年"
    crosses = only(filled(tmp_path, {"project_period": CROSSING}, every_rule=True), "H06")
    assert crosses.message == (
        f"项目期“{CROSSING}”跨出 2026 年，但项目总额与年度资金总额同为 280 万元"
    )


def test_the_longest_period_is_a_setting(tmp_path):
    changes = {"project_period": "5年", "total_amount": 900}
    threshold = {f"校验规则!{cell_of_rule('H06', '阈值')}": 3}
    assert found(filled(tmp_path, changes, every_rule=True), "H06") == []
    assert found(filled(tmp_path, changes | threshold, every_rule=True), "H06") == [
        "H06 warning E6"
    ]


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"annual_goal": "<p>2026年补播4000亩。</p>"}, ["H07 warning C12"]),
        ({"数量1": "<b>≥4000亩</b>"}, ["H07 warning D14"]),
        ({"数量1 名称": "指标1：补播&nbsp;面积"}, ["H07 warning C14"]),
        ({"implementing_unit": "草原工作站 "}, ["H07 warning E5"]),
        ({"数量1 备注": " 按批复方案"}, ["H07 warning E14"]),
        ({"质量1": "≥80%\n"}, ["H07 warning D16"]),
        ({"annual_goal": "2026年补播\n退化草原 4000亩。"}, []),
        ({"质量1": "<5%"}, []),
        ({"成本1": "<160万元"}, []),
    ],
    ids=str,
)
def test_h07(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, every_rule=True), "H07") == findings


@pytest.mark.parametrize(
    ("text", "variant", "shown"),
    [
        ("<p>甲</p>", "", "<p>"),
        ('<span style="x">甲</span>', "", '<span style="x">'),
        ("甲&lt;5%", "", "&lt;"),
        ("甲_x000D_", "", "_x000D_"),
        ("甲\u200b乙", "control", "U+200B"),
        ("甲\x07乙", "control", "U+0007"),
        ("　甲", "blank", ""),
        ("甲\u00a0", "blank", ""),
    ],
)
def test_what_is_left_over_is_shown(text, variant, shown):
    assert left_over(text) == (variant, shown)


@pytest.mark.parametrize("text", ["甲 乙", "甲\n乙", "A<B", "x<5且y>3", "R&D投入", "甲\t乙"])
def test_a_clean_text(text):
    assert left_over(text) is None


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        (
            {"annual_goal": "2026年补播4000亩，培训牧民，提升草原站应急响应和管护能力，以及"},
            ["H08 warning C12"],
        ),
        ({"社会效益1 名称": "指标1：牧户增收、草原管护、"}, ["H08 warning C21"]),
        ({"生态效益1": "补播改良后减少水土流失和草原鼠虫灾害发"}, ["H08 warning D22"]),
        ({"annual_goal": "2026年补播改良退化草原4000亩，使草原植被盖度稳步提高"}, []),
        ({"社会效益1 名称": "指标1：受益牧户数；"}, []),
        ({"时效1": "2026年7月底前，雨季前"}, []),
    ],
    ids=str,
)
def test_h08(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, every_rule=True), "H08") == findings


def test_h08_shows_the_end(tmp_path):
    changes = {"社会效益1 名称": "指标1：牧户增收、草原管护、"}
    finding = only(filled(tmp_path, changes, every_rule=True), "H08")
    assert finding.message == "文字到“…、草原管护、”为止，像是没有写完"


@pytest.mark.parametrize(
    "text",
    [
        "开展乡镇卫生院医护人员培训，提升公共卫生服务能力，促",
        "对全县中小学教师进行集中培训，提升班主任应",
        "为全县农村公路养护工作提供决策依据和技术参",
        "改造老旧小区供水管网，更新二次供水设施，",
        "加强农作物病虫害监测预警，及时发布防治信息，确保",
        "完成县医院门诊楼改造工程，购置的医疗设备包括",
        "严格执行预算管理制度和采购制度，资金支付根据",
    ],
)
def test_a_text_that_breaks_off(text):
    assert broken_end(text, running=True) is not None


@pytest.mark.parametrize(
    "text",
    [
        "保障县域内突发公共卫生事件得到及时响应",
        "推动全县农业科技成果转化和新品种研发",
        "为全县财政资金绩效管理工作提供数据支撑和决策依据",
        "农村义务教育阶段学生营养餐食材实现统一供应",
        "城乡居民基本养老参保人数持续增加",
        "进一步完善学校安全管理制度，校园环境持续改善",
        "购置病房床单被套和病员服以及棉被",
        "群众对社区卫生服务的获得感持续提升；",
        "全县农村公路建设养护质量通过验收",
        "全县中小学教师培训任务全部完成…",
        "网络安全等级保护测评和网站等保",
        "短文，",
    ],
)
def test_a_text_that_is_whole(text):
    assert broken_end(text, running=True) is None
