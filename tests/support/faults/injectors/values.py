"""Faults of single values: masks, words, units, signs, rates, satisfaction."""

from __future__ import annotations

import random
import re

from tests.support.faults.injectors.kinds import Fault, add, fault, kind, name_of, rename, some_row
from tests.support.faults.model import Drawn, Row

_SATISFIED = "服务对象满意度"
_RATED = r"(?:率|比例|占比)$"


def _rate(drawn: Drawn, rng: random.Random, *groups: str) -> Row | None:
    return some_row(rng, drawn.project.of(*(groups or ("质量", "社会效益"))), "%$", _RATED)


@kind("error")
def mask_as_value(drawn: Drawn, rng: random.Random) -> Fault:
    """A value that is still a mask."""
    row = rng.choice(drawn.project.of("质量", "社会效益", _SATISFIED))
    row.value = rng.choice(("≥**%", "***", "≥XX%", "____", "≥***", "XX"))
    return fault("V01", row, also="G04")


@kind("error")
def nothing_as_value(drawn: Drawn, rng: random.Random) -> Fault | None:
    """无 where a rate or a count is asked for."""
    row = _rate(drawn, rng)
    if row is None:
        return None
    row.value = rng.choice(("无", "/", "不涉及", "-", "——"))
    return fault("V02", row)


@kind("error", parts="whole", name_unit="none")
def quantity_in_words(drawn: Drawn, rng: random.Random) -> Fault:
    """A quantity without a number."""
    row = rng.choice(drawn.project.of("数量"))
    row.value = rng.choice(("若干", "按需开展", "完成", "按计划完成", "全部完成", "多次"))
    return fault("V03", row, also="C02 C03 C04 G04")


@kind("warning")
def quality_in_words(drawn: Drawn, rng: random.Random) -> Fault:
    """A quality that nobody can measure."""
    row = rng.choice(drawn.project.of("质量"))
    rename(row, rng.choice(("工作质量", "服务质量", "工程质量情况", "实施质量")))
    row.value = rng.choice(("较高", "显著提高", "符合要求", "按规定执行", "达标", "较好"))
    return fault("V04", row)


@kind("warning")
def timeliness_in_words(drawn: Drawn, rng: random.Random) -> Fault:
    """A time that is none."""
    row = rng.choice(drawn.project.of("时效"))
    rename(row, rng.choice(("项目完成时间", "工作完成时限", "资金支付时间")))
    row.value = rng.choice(("及时", "按时完成", "按计划推进", "按期", "尽快完成", "按规定时间"))
    return fault("V04 T04", row)


@kind("warning", name_unit="none")
def unit_forgotten(drawn: Drawn, rng: random.Random) -> Fault | None:
    """A count without its unit."""
    rows = drawn.project.of("社会效益", "生态效益")
    row = some_row(rng, rows, r"\d+(?:人|户|吨|亩|个)$", r"^(?!.*(?:死亡|失学|流失))")
    if row is None:
        return None
    row.value = f"≥{rng.randint(120, 900)}"
    return fault("V05", row)


@kind("warning")
def rate_in_counts(drawn: Drawn, rng: random.Random) -> Fault | None:
    """A rate in a unit that is no share."""
    row = _rate(drawn, rng)
    if row is None or re.search("违|漏|故障|下降", name_of(row)):
        return None
    row.value = f"≥{rng.randint(80, 98)}" + rng.choice(("次", "人", "个"))
    return fault("V06", row, also="S05 G04")


@kind("warning")
def heads_in_percent(drawn: Drawn, rng: random.Random) -> Fault:
    """A head-count in percent."""
    name = rng.choice(("参与志愿服务人数", "接受咨询人数", "新增从业人数"))
    row = add(drawn.project, "社会效益", name, f"≥{rng.randint(60, 98)}%")
    return fault("V06", row)


@kind("warning")
def satisfaction_with_ceiling(drawn: Drawn, rng: random.Random) -> Fault:
    """Nobody may be more than so satisfied."""
    row = drawn.project.of(_SATISFIED)[0]
    row.value = rng.choice(("≤90%", "≤95%", "<=95%", "不超过95%", "小于等于90%"))
    return fault("V07", row)


@kind("warning")
def accidents_with_floor(drawn: Drawn, rng: random.Random) -> Fault:
    """The more accidents, the better."""
    name = rng.choice(("安全事故起数", "群众投诉件数", "安全生产事故发生起数"))
    unit = "件" if "件" in name else "起"
    return fault("V07", add(drawn.project, "社会效益", name, f"≥{rng.randint(1, 3)}{unit}"))


@kind("warning")
def rate_with_ceiling(drawn: Drawn, rng: random.Random) -> Fault | None:
    """A rate that is better the higher, with ≤."""
    row = some_row(
        rng, drawn.project.of("质量"), "%$", r"(?:合格|通过|完成|达标|完好|覆盖|准确)率$"
    )
    if row is None:
        return None
    row.value = rng.choice(("≤95%", "不高于95%", "≤98%", "<=90%"))
    return fault("V07", row, also="G04")


@kind("warning")
def rate_above_all(drawn: Drawn, rng: random.Random) -> Fault | None:
    """A share of more than all."""
    row = some_row(rng, drawn.project.of("质量"), "%$", r"(?:合格|通过|完成|达标|完好|准确)率$")
    if row is None:
        return None
    row.value = rng.choice(("≥120%", "105%", "≥110%", "150%"))
    return fault("V08", row, also="G04")


@kind("warning")
def at_least_all(drawn: Drawn, rng: random.Random) -> Fault | None:
    """At least 100 percent of a share."""
    row = some_row(rng, drawn.project.of("质量"), "%$", r"(?:合格|通过|完成|达标|完好|准确)率$")
    if row is None:
        return None
    row.value = rng.choice(("≥100%", "≥100%", ">=100%", "不低于100%", "100%以上"))
    return fault("V08", row, also="G04")


@kind("warning")
def range_from_zero(drawn: Drawn, rng: random.Random) -> Fault:
    """A range that nothing at all meets."""
    name, unit = rng.choice((("接受咨询人数", "人"), ("辐射带动户数", "户"), ("服务企业数", "家")))
    number = rng.randint(2, 40) * 50
    mark = rng.choice(("-", "～", "至", "—"))
    return fault("V09", add(drawn.project, "社会效益", name, f"0{mark}{number}{unit}"))


@kind("error")
def comparison_without_number(drawn: Drawn, rng: random.Random) -> Fault:
    """Less than last year, but not by how much."""
    name, value = rng.choice(
        (
            ("安全事故起数较上年", "下降"),
            ("信访件数同比变化", "有所减少"),
            ("群众投诉件数", "较上年下降"),
            ("案件发生率较去年下降", "下降"),
            ("事故死亡人数同比", "降低"),
        )
    )
    return fault("V10", add(drawn.project, "社会效益", name, value))


@kind("warning")
def value_repeats_name(drawn: Drawn, rng: random.Random) -> Fault:
    """The value says what the name says."""
    name, value = rng.choice(
        (
            ("改善人居环境质量", "人居环境质量得到改善"),
            ("促进农民持续增收", "促进农民持续增收"),
            ("健全长效管护机制", "长效管护机制健全"),
            ("有效化解矛盾纠纷", "化解矛盾纠纷"),
            ("提升基层治理能力", "提升基层治理能力"),
            ("完善应急联动机制", "应急联动机制完善"),
        )
    )
    return fault("V13", add(drawn.project, "社会效益", name, value), also="V14")


@kind("warning")
def sentence_as_value(drawn: Drawn, rng: random.Random) -> Fault:
    """The value is a sentence."""
    row = rng.choice(drawn.project.of("社会效益"))
    rename(row, rng.choice(("社会影响力", "群众生活水平", "服务保障能力", "行业发展水平")))
    row.value = rng.choice(
        (
            "通过开展培训和宣传，进一步提高群众的安全意识，营造良好的社会氛围",
            "按照有关规定认真组织实施，确保各项工作落实到位，切实维护群众利益",
            "不断完善服务设施，提升服务水平，推动事业健康发展",
            "全年组织培训12期，参训人员达到600人，切实提高业务水平",
        )
    )
    return fault("V14", row)


@kind("warning")
def satisfaction_in_words(drawn: Drawn, rng: random.Random) -> Fault:
    """Satisfied, but how many?"""
    row = drawn.project.of(_SATISFIED)[0]
    row.value = rng.choice(("满意", "基本满意", "比较满意", "非常满意", "较满意"))
    return fault("M01 M04 V04 V13", row)


@kind("warning")
def satisfaction_low(drawn: Drawn, rng: random.Random) -> Fault:
    """Too few need be satisfied."""
    row = drawn.project.of(_SATISFIED)[0]
    row.value = rng.choice(("≥70%", "≥80%", "≥85%", "不低于80%", "75%以上", "≥60%"))
    return fault("M01", row)


@kind("warning")
def acceptance_for_satisfaction(drawn: Drawn, rng: random.Random) -> Fault:
    """The result of an acceptance where satisfaction is asked for."""
    row = drawn.project.of(_SATISFIED)[0]
    rename(row, rng.choice(("项目验收合格率", "验收通过率", "工程验收结果")))
    row.value = "100%" if name_of(row).endswith("率") else "验收合格"
    return fault("M03", row)


@kind("info")
def own_staff_asked(drawn: Drawn, rng: random.Random) -> Fault:
    """The department asks itself."""
    row = drawn.project.of(_SATISFIED)[0]
    who = rng.choice(("本单位职工", "机关干部", "单位工作人员", "本部门干部职工", "执法人员"))
    rename(row, f"{who}满意度")
    return fault("M02", row)


@kind("warning")
def many_complaints_allowed(drawn: Drawn, rng: random.Random) -> Fault:
    """More complaints than the floor of satisfaction leaves."""
    row = drawn.project.of(_SATISFIED)[0]
    rename(row, rng.choice(("群众投诉率", "服务对象投诉率")))
    row.value = rng.choice(("≤20%", "≤30%", "不超过15%"))
    return fault("M01", row, also="M03")
