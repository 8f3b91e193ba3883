"""Reading of time: the years a text claims, periods, deadlines."""

from __future__ import annotations

import datetime as dt

import pytest

from perfgoals_xl.review.evidence.periods import event_deadline, read_period, says_when, spans
from perfgoals_xl.review.evidence.years import (
    Voice,
    claims,
)

VALUE, NAME, GOAL = Voice.VALUE, Voice.NAME, Voice.GOAL


def years(text, voice):
    return [(claim.first, claim.last) for claim in claims(text, 2026, voice)]


@pytest.mark.parametrize(
    ("text", "voice", "first", "last", "shown"),
    [
        ("2026年11月底前", VALUE, 2026, 2026, "2026年11月底前"),
        ("2025年10月31日前", VALUE, 2025, 2025, "2025年10月31日前"),
        ("２０２５年 １０月", VALUE, 2025, 2025, "2025年10月"),
        ("2025年全年", VALUE, 2025, 2025, "2025年全年"),
        ("2025/7/30", VALUE, 2025, 2025, "2025/7/30"),
        ("2025-12-31", VALUE, 2025, 2025, "2025-12-31"),
        ("20251231", VALUE, 2025, 2025, "2025-12-31"),
        ("2025.12", VALUE, 2025, 2025, "2025.12"),
        ("不超过2025年10月", VALUE, 2025, 2025, "2025年10月"),
        ("截至2025年12月31日", VALUE, 2025, 2025, "2025年12月31日"),
        ("2025年12月底前完成审计整改", VALUE, 2025, 2025, "2025年12月底前"),
        ("费用在预算之内，且25年完成支付", VALUE, 2025, 2025, "25年"),
        ("25年年底前", VALUE, 2025, 2025, "25年年底前"),
        ("26年6月", VALUE, 2026, 2026, "26年6月"),
        ("次年3月底前", VALUE, 2027, 2027, "次年3月底前"),
        ("明年一季度完成", VALUE, 2027, 2027, "明年一季度"),
        ("2025年11月-2026年11月", VALUE, 2025, 2026, "2025年11月-2026年11月"),
        ("2026-2028年", VALUE, 2026, 2028, "2026-2028年"),
        ("2026—2027学年", VALUE, 2026, 2026, "2026—2027"),
        ("2026-2027年采暖季", VALUE, 2026, 2026, "2026-2027年"),
        ("2025年秋季学期", VALUE, 2025, 2025, "2025年"),
        ("2025年度完成校舍维修", NAME, 2025, 2025, "2025年度"),
        ("2025年年底前付清工程款", NAME, 2025, 2025, "2025年年底前"),
        ("举办2025年中学生运动会", NAME, 2025, 2025, "2025年"),
        ("26年完成设备安装", NAME, 2026, 2026, "26年"),
        ("2030年森林覆盖率达到25%", NAME, 2030, 2030, "2030年"),
        ("2025年计划采购救护车3辆", GOAL, 2025, 2025, "2025年"),
        ("2025年全年预计培训教师300人", GOAL, 2025, 2025, "2025年"),
        ("解决今年与明年所需经费", GOAL, 2026, 2027, "今年与明年"),
    ],
)
def test_a_year_is_claimed(text, voice, first, last, shown):
    (claim,) = claims(text, 2026, voice)
    assert (claim.first, claim.last, claim.text) == (first, last, shown)


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        # Documents, standards, plans.
        ("按青政发〔2021〕83号执行", VALUE),
        ("按[2021]83号执行", VALUE),
        ("达到2021年第5号公告要求", VALUE),
        ("符合LY/T 2188—2013", VALUE),
        ("GB 50016-2014", VALUE),
        ("落实《农村供水规划（2021年-2025年）》", VALUE),
        ("落实2021-2025年教育规划", VALUE),
        ("“十四五”（2021—2025年）任务完成", NAME),
        ("三年行动（2023-2025年）完成", NAME),
        # Baselines.
        ("≤2023年", VALUE),
        ("事故起数≤2023年", VALUE),
        ("较2025年下降2.5%", VALUE),
        ("比2025年12月增加3家", VALUE),
        ("与2025年持平", VALUE),
        ("不低于2025年水平", VALUE),
        ("较2021-2023年均值下降10%", VALUE),
        ("2025年基数之上", VALUE),
        ("自2024年起", VALUE),
        ("2024年以来", VALUE),
        # What the indicator is about.
        ("2025年确认的示范校数量", NAME),
        ("兑现2025年公告认定的企业奖励", NAME),
        ("2025年结转资金使用完毕时间", NAME),
        ("2025年底以前结余资金全部上缴", NAME),
        ("2025年度绩效评价完成率", NAME),
        ("支付2025年工程尾款", NAME),
        ("2025年招生计划完成率", NAME),
        ("2025年设备费用", NAME),
        # No year at all.
        ("2000户", VALUE),
        ("2024.12万元", VALUE),
        ("2025人次", VALUE),
        ("使用年限≥25年", VALUE),
        ("20年一遇", VALUE),
        ("管护25年", VALUE),
        ("12月底前", VALUE),
        ("次年复购率", NAME),
        ("比去年下降", VALUE),
        # Goals tell of the past and of the future.
        ("在2024年基础上，2027年见效。", GOAL),
        ("2025年已完成可研，2026年计划开工。", GOAL),
        ("2025年计划完成一期，2026年完成二期。", GOAL),
        ("为明年春耕打下基础。", GOAL),
    ],
)
def test_a_year_is_not_claimed(text, voice):
    assert [c for c in years(text, voice) if c != (2026, 2026)] == []


def test_a_name_with_two_years_claims_both():
    assert years("2025年度完成采购，2026年完成支付", NAME) == [(2025, 2025), (2026, 2026)]


@pytest.mark.parametrize(
    ("text", "months", "start", "end"),
    [
        ("1年", 12, None, None),
        ("一年", 12, None, None),
        ("两年", 24, None, None),
        ("99 年", 1188, None, None),
        ("3个月", 3, None, None),
        ("十二个月", 12, None, None),
        ("1-3年", 36, None, None),
        ("2026年", 12, dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("2026年1月-12月", 12, dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("2025-2027年", 36, dt.date(2025, 1, 1), dt.date(2027, 12, 31)),
        ("2025年3月至2027年12月", 34, dt.date(2025, 3, 1), dt.date(2027, 12, 31)),
        ("2026.1-2026.12", 12, dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("20260101-20261231", 12, dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("2026-01-01至2026-06-30", 6, dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
        ("2026年8月1日起，至2027年7月31日止", 12, dt.date(2026, 8, 1), dt.date(2027, 7, 31)),
        ("25年7月-26年6月", 12, dt.date(2025, 7, 1), dt.date(2026, 6, 30)),
    ],
)
def test_a_period_is_read(text, months, start, end):
    period = read_period(text)
    assert (round(period.months, 1), period.start, period.end) == (months, start, end)


@pytest.mark.parametrize(
    "text", ["长期", "", "待定", "2026年12月底前", "2027年1月至2026年1月", "2026年2月30日至3月1日"]
)
def test_no_period(text):
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("name", "value", "months", "shown"),
    [
        ("一年", "合同期12个月", 12, "合同期12个月"),
        ("2年内完成校舍建设", "100%", 24, "2年内"),
        ("18个月内建成率", "≥50%", 18, "18个月内"),
        ("服务期限", "24个月", 24, "24个月"),
        ("施工工期", "≤180天", 6, "≤180天"),
        ("项目实施周期为三年", "100%", 36, "实施周期为三年"),
    ],
)
def test_a_span_of_work(name, value, months, shown):
    (span,) = spans(name, value)
    assert (round(span.months), span.text) == (months, shown)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("建成后3年内完好率", "100%"),
        ("未来五年内完成率", "100%"),
        ("近3年内完成项目数", "5个"),
        ("质保期", "3年"),
        ("过渡期补助（90天以内）", "每天50元"),
        ("设备使用年限", "≥10年"),
        ("救护车到场时间", "≤30分钟"),
        ("3年内不发生返工", "0次"),
    ],
)
def test_no_span_of_work(name, value):
    assert spans(name, value) == ()


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("合同签订后30日", "合同签订后30日"),
        ("合同签订之日起15个工作日内", "合同签订之日起15个工作日内"),
        ("资金下达后30日内拨付", "资金下达后30日内"),
        ("自合同生效起90天内完成", "自合同生效起90天内"),
        ("接到报警后30分钟内到场", None),
        ("受理申请后5个工作日内办结", None),
        ("灾情发生后2天内", None),
        ("验收合格后", None),
        ("2026年9月后", None),
    ],
)
def test_a_deadline_that_counts_from_an_event(text, deadline):
    assert event_deadline(text) == deadline


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026年6月底前", True),
        ("合同期12个月", True),
        ("≤24小时", True),
        ("每季度1次", True),
        ("春灌前完成支渠改造比例", True),
        ("汛期前检修比例", True),
        ("资金拨付及时率", True),
        ("疫苗按时接种率", True),
        ("故障修复时间", True),
        ("工作任务执行进度", False),
        ("预算执行进度", False),
        ("任务完成率", False),
        ("100%", False),
        ("≥90分", False),
        ("三级医院达标率", False),
    ],
)
def test_whether_a_text_says_when(text, when):
    assert says_when(text) is when


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20280000元", []),
        ("20251105元", []),
        ("20251200株", []),
        ("20251105.50", []),
        ("≤20251201万元", []),
        ("20251105", [(2025, 2025)]),
        ("20251105前完成", [(2025, 2025)]),
    ],
)
def test_eight_digits_are_a_date_unless_a_unit_makes_a_number_of_them(text, expected):
    assert years(text, VALUE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年，建设助餐点5个，老年人获得感增强。", [(2025, 2025)]),
        ("投入102万元。2025年，设置地名标志380块。", [(2025, 2025)]),
        ("2025年，获得省级奖励3项。", []),
        ("本年度计划投入28万元。2025年，为6所学校更换门窗。", [(2025, 2025)]),
        ("总投资9万元。2025年，给520名高龄老人配发手环。", [(2025, 2025)]),
        # The year in the middle of a sentence.
        ("1.保障2025年不动产登记系统稳定运行；2.故障率低于1%。", [(2025, 2025)]),
        ("保障机关2025年正常运转。", [(2025, 2025)]),
        ("完成2025年度城区绿化养护任务。", [(2025, 2025)]),
        ("储备物资，做好2025年防汛备汛工作。", [(2025, 2025)]),
        ("（二）确保2025年度全县供水安全。", [(2025, 2025)]),
        ("确保2025年底前完成管网改造12公里。", [(2025, 2025)]),
        ("力争2025年12月底前全部竣工。", [(2025, 2025)]),
        ("保障2025年机关运转，2026年新建档案库。", []),
        ("保障2025年退役士兵安置工作。", []),
        ("完成2025年高标准农田建设项目管护。", []),
        ("完成2025年度绩效评价工作。", []),
        ("做好2025年度工作总结。", []),
        ("完成2025年任务的后续管护。", []),
        ("保障2025年公益岗位工资补发。", []),
        ("截至2025年底前建成养老中心3个，新建2个。", []),
        ("已于2025年12月底前完成招标，现实施建设。", []),
        ("按照2025年工作安排，培训村干部300人。", []),
        ("落实2025年中央一号文件精神，培训村干部300人。", []),
        ("“十四五”期间，到2025年森林覆盖率达到35%。", []),
        ("2025年空气优良天数比例82%，今年提高到84%。", []),
        ("2025年计划生育家庭扶助政策延续，扶助32户。", []),
    ],
)
def test_the_year_of_the_work_in_a_goal(text, expected):
    assert years(text, GOAL) == expected
