"""When a target asks for less than last year's."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_xl.comparison.judging import Verdict, judge
from perfgoals_xl.comparison.year_targets import Target

LEVEL1 = {"成本指标": "产出指标", "服务对象满意度": "满意度指标", "社会效益": "效益指标"}
TEXTS = [
    "≥95%", "95%以上", "≥90%", "＞90%", "95%", "60%", "0.9", "120人次", "≥120人次", "≤120人次",
    "100-120人次", "90-130人次", "5000元", "0.5万元", "≤0.6万元", "20元/册", "25元/册", "≤20元/册",
    "2025年7月底前", "2026年7月底前", "2026年8月底前", "2025年12月31日", "2027年6月", "12月底前",
    "30日内", "1个月", "≤2小时", "持续提升", "无", "", "≤2023年", "准确率≥95%；完整性≥98%", "及时",
    "2025年", "2026年", "2024年2月", "2025年2月28日前", "2000人", "2025人次", "2026人次",
]  # fmt: skip
GROUPS = ["数量指标", "质量指标", "时效指标", "成本指标", "社会效益", "服务对象满意度"]
NAMES = ["补播合格率", "群众投诉率", "采购费", "培训人次", "每册印制费", "一般情况"]


def row(value: str | None, name: str = "一般情况", group: str = "社会效益") -> dict[str, Any]:
    level1 = LEVEL1.get(group, "产出指标")
    return {"level1": level1, "level2": group, "level3": name, "target_value": value}


def told(
    old: str | None,
    new: str | None,
    name: str = "一般情况",
    group: str = "社会效益",
    *,
    years: tuple[int | None, int | None] = (2025, 2026),
    money: tuple[int | None, int | None] = (None, None),
) -> str:
    funds = [None if amount is None else Decimal(amount) for amount in money]
    judged = judge(
        Target(row(old, name, group), years[0], funds[0]),
        Target(row(new, name, group), years[1], funds[1]),
    )
    return "" if judged is None else judged.verdict.value


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("≥95%", "95%以上"),
        ("≥ 95％", "≥95%"),
        ("5000元", "0.5万元"),
        ("≥30天", "≥30日"),
        ("无", "/"),
        (None, ""),
        ("2025年7月底前", "2026年7月底前"),
        ("2025年7月底前", "2026年7月31日"),
        ("2024年2月底前", "2025年2月底前"),
        ("2025年12月31日", "2025年12月31日"),
        ("12月底前", "2026年12月底前"),
        ("年底前", "2026年12月31日前"),
        ("2025年任务全部完成", "2026年任务全部完成"),
        ("25年完成支付，共两笔", "26年完成支付，共两笔"),
        ("按2023年标准执行", "按2023年标准执行"),
    ],
)
def test_what_says_the_same_is_no_change(old: str | None, new: str | None) -> None:
    years = (2024, 2025) if "2024年2月" in str(old) else (2025, 2026)
    assert told(old, new, years=years) == ""


@pytest.mark.parametrize(
    ("old", "new", "name", "group"),
    [
        ("≥95%", "≥90%", "一般情况", "社会效益"),
        ("≥95%", "＞90%", "一般情况", "社会效益"),
        ("100%", "≥98%", "一般情况", "社会效益"),
        ("≥0.5吨", "≥400公斤", "一般情况", "社会效益"),
        ("≤2小时", "≤150分钟", "一般情况", "社会效益"),
        ("≤3起", "≤5起", "一般情况", "社会效益"),
        ("<3起", "≤3起", "一般情况", "社会效益"),
        ("0起", "1起", "森林火灾起数", "社会效益"),
        ("95%", "90%", "补播合格率", "社会效益"),
        ("120人次", "100人次", "培训人次", "数量指标"),
        ("100-120人次", "90-110人次", "培训人次", "数量指标"),
        ("0-2000户", "0-1500户", "受益户数", "数量指标"),
        ("100%", "95%", "一般情况", "质量指标"),
        ("95分", "90分", "一般情况", "服务对象满意度"),
        ("≤20万元", "≤25万元", "采购费", "成本指标"),
        ("20元/册", "25元/册", "宣传册印制费", "成本指标"),
        ("2025年7月底前", "2026年8月底前", "完成时间", "时效指标"),
        ("2025年7月", "2026年9月15日前", "完成时间", "时效指标"),
        ("6月底前", "9月底前", "完成时间", "时效指标"),
        ("2027年6月", "2027年9月", "完成时间", "时效指标"),
        ("2025年12月底前", "2027年12月底前", "完成时间", "时效指标"),
        ("≤30日", "≤45天", "办结时限", "时效指标"),
        ("合同签订后30日内", "合同签订后60日内", "完成时间", "时效指标"),
    ],
)
def test_lowered_and_the_other_way_round_raised(old: str, new: str, name: str, group: str) -> None:
    assert told(old, new, name, group) == "lowered"
    assert told(new, old, name, group, years=(2026, 2025)) == "raised"


@pytest.mark.parametrize(
    ("old", "new", "name", "group"),
    [
        ("持续提升", "明显提升", "一般情况", "社会效益"),
        ("≥95%", "持续提升", "一般情况", "社会效益"),
        ("≥120人次", "≥6场", "培训", "数量指标"),
        ("≥95%", "≥0.9", "一般情况", "社会效益"),
        ("≥95%", "≤90%", "一般情况", "社会效益"),
        ("≥5%", "≥3%", "群众投诉率", "社会效益"),
        ("≥95%", "无", "一般情况", "社会效益"),
        ("≥95%", None, "一般情况", "社会效益"),
        ("12", "10", "一般情况", "社会效益"),
        ("0.3%", "0.2%", "一般情况", "质量指标"),
        ("160万元", "170万元", "采购费", "成本指标"),
        ("90-130人次", "100-120人次", "培训人次", "数量指标"),
        ("准确率≥95%；完整性≥98%", "准确率≥90%；完整性≥98%", "一般情况", "质量指标"),
        ("工期12个月", "工期10个月", "合同期", "时效指标"),
        ("30日内", "2026年7月底前", "完成时间", "时效指标"),
        ("≥2次/月", "≥20次/年", "巡查次数", "数量指标"),
        ("≤5元/公斤", "≤4000元/吨", "运输单价", "成本指标"),
    ],
)
def test_what_cannot_be_judged_is_only_listed(
    old: str, new: str | None, name: str, group: str
) -> None:
    assert told(old, new, name, group) == "not_judged"


def test_another_sign_with_the_same_bound_is_the_same_level() -> None:
    assert told("50家", "≥50家", "检查企业", "数量指标") == "same"
    assert told("160万元", "≤160万元", "采购费", "成本指标") == "same"


@pytest.mark.parametrize(
    ("money", "verdict"),
    [
        ((100, 100), "lowered"),
        ((100, 110), "lowered"),
        ((100, 120), "not_judged"),
        ((100, 150), "not_judged"),
        ((100, 90), "lowered"),
        ((None, 100), "lowered"),
    ],
)
def test_a_bound_of_cost_may_follow_the_money(
    money: tuple[int | None, int | None], verdict: str
) -> None:
    assert told("≤50万元", "≤60万元", "采购费", "成本指标", money=money) == verdict


def test_without_a_plan_year_a_deadline_is_not_judged() -> None:
    assert told("2025年7月底前", "2026年8月底前", years=(None, 2026)) == "not_judged"


def test_a_number_that_looks_like_a_year_is_a_number() -> None:
    assert told("≥2025人次", "≥2026人次") == "raised"


SIDES = st.tuples(
    st.sampled_from(TEXTS),
    st.sampled_from([2024, 2025, 2026, None]),
    st.sampled_from([None, 0, 50, 100, 120]),
)


@given(SIDES, SIDES, st.sampled_from(NAMES), st.sampled_from(GROUPS))
def test_swapping_the_years_turns_the_verdict_round(
    old: tuple[Any, ...], new: tuple[Any, ...], name: str, group: str
) -> None:
    def target(side: tuple[Any, ...]) -> Target:
        text, year, money = side
        return Target(row(text, name, group), year, None if money is None else Decimal(money))

    there, back = judge(target(old), target(new)), judge(target(new), target(old))
    if there is None or back is None:
        assert there is back
        return
    turned = {Verdict.LOWERED: Verdict.RAISED, Verdict.RAISED: Verdict.LOWERED}
    assert back.verdict is turned.get(there.verdict, there.verdict)
    assert back.reason == there.reason
