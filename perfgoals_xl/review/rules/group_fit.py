"""Indicators that stand in the wrong group (S05)."""

from __future__ import annotations

import re
from decimal import Decimal

from perfgoals_xl.form.amounts import convert
from perfgoals_xl.form.target import Kind
from perfgoals_xl.form.taxonomy import BENEFIT_GROUPS
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.evidence.exact_words import names_hour
from perfgoals_xl.review.evidence.indicator_text import (
    bare,
    group_of,
    head,
    is_open,
    named,
    names_a_count,
    names_a_share,
)
from perfgoals_xl.review.findings import Hit, Verdict
from perfgoals_xl.review.row_rules import JudgedIndicator, indicator_rule

_HEAD_COUNT = re.compile(r"[十百千万亿]{0,4}(?:人|名|位)")
_DAYS = re.compile(r"(?:个?工作日|个?自然日|个?日历天|天|日)$")
_TIMES = re.compile(r"(?:小时|分钟|秒钟?|毫秒|年|月|季度|学期|周|旬|天|日)$")
# Sums of money that are an output themselves.
_MONEY_OUTPUT = re.compile(
    r"(?:投资|贷款|融资|授信|引资|到位资金|成交|交易|销售|产值|担保|募集|捐赠|征收|收缴|追缴|清收|执法罚没)"
    r"(?:总?额|金额|规模|总量|总值|收入|资金)?$|产值|贷款|引资"
)
# Counts that do speak of quality: how many passed or won, how many went wrong.
_QUALITY = re.compile(
    r"优|良|合格|通过|获|奖|证|达标|达到|验收|死亡|伤|投诉|差错|错误|失误|缺陷|故障|事故|返工|返修|录取|上线|晋级|违规|违纪"
    r"|问题|[国省市区县校]级|一级|二级|三级|甲|专利|发表|期刊|核心|引用|采纳|批示|包含|包括|涵盖|不良|浓度|含量|强度|精度|误差"
)
_HOW_GOOD = re.compile(
    r"优|良|合格|通过|获|奖|证|达标|死亡|伤|投诉|差错|失误|事故|录取|晋级|违规|违纪|问题|零|无"
)
# Time that a thing lasts or keeps, which is how good it is; not the days that people work.
_LASTING = re.compile(
    r"存储|储存|保存|留存|存档|质保|保修|保质|有效期|续航|耐[久用磨]|使用(?:期|年限)|寿命|无故障"
)
_ACTIVITY = re.compile(
    r"评估|编制|调研|培训|采购|检查|评审|演练|制作|印制|建设|开展|完成|宣传|巡查|监测|走访|举办|购置|发放|维修|聘请|配备"
)
_LATE = re.compile(r"延误|逾期|超期|超时|投诉|故障|中断|滞后|拖延|迟")
_FREQUENCY = re.compile(r"每|频次|频率|周期|间隔|次/|/次|/年|/月|/日|/天|/周|/季")
_ATTENDANCE = re.compile(r"到岗|出勤|值班|服务天数|服务日|在岗|驻[点场村企]|上岗")
# Days that are what is delivered, not how long it takes.
_COUNTED_DAYS = re.compile(
    r"(?:培训|授课|教学|研修|值班|值守|服务|开放|巡查|巡护|演练|驻村|展出|展览|演出|运行|供水|供暖|供餐|监测|观测|活动|会议|考察)"
    r"(?:总|累计|时间)?(?:的)?(?:天数|日数|工日|人天)$"
)
_BY_THEN = re.compile(r"前(?:完[成工]|建成|竣工|到位|投入使用|投用|发放|交付|通水|通车|开工)")
_SPENDING = re.compile(
    r"(?:控制|压缩|不超|限额)[^,;]{0,100}(?:支出|预算|成本|费用|经费)|(?:支出|费用|成本|经费)[^,;]{0,100}(?:控制|不超)"
)
_GAIN = re.compile(
    r"增加|增收|产值|收入|投资|带动|撬动|减少|挽回|损失|利润|税|收益|效益|产出|销售|节约(?:了|资金|成本|费用|支出|财政|开支|金额|经费)"
    r"|节省|降低"
)
# Income and turnover, and what is none of those that a project brings about.
_INCOME = re.compile(
    r"(?:收入|产值|产出|销售|营业|营收|消费|利润|税收|纳税|增收|创收)(?:总|增加|增长|提高|金)?(?:额|值|量|金额|总额|总量)?$"
)
# A wish (促进农民持续增收) is no measure of it.
_EARNED_MORE = re.compile(
    r"^(?!促进|推动|助力|实现|保障|持续|有效).*(?:增收|创收)(?:效果|情况|幅度|金?额|率|增长率?|水平|作用|程度)?$"
)
_NO_INCOME = re.compile(
    r"低收入|负担|损失|减少|减轻|减免|免除|挽回|追回|保障|救助|补助|支出|差距|罚|捐|公平|分配|促进[^,;]{0,12}机制"
)
# Rates that no benefit is: how satisfied somebody is, how good and how timely the work is.
_SATISFACTION = re.compile(r"(?<!不)满意[度率]$")
_ACCEPTED = re.compile(r"(?:验收|竣工|交工|完工|工程质量|设备|物资)(?:一次性?)?(?:合格|通过)率$")
_IN_TIME = re.compile(
    r"(?:项目|工程|任务|资金|补贴|补助|经费|采购|拨付|发放|支付|完成|完工|开工|工作)(?:完成|发放|拨付|支付|实施|按时完成)?"
    r"(?:及时|按时完成|按期完成|按时|按期)率$"
)


def group_fits(row: JudgedIndicator) -> Verdict:
    """S05: amounts, counts, days and the control of spending stand in their own groups."""
    if not is_open(row):
        return None
    group = group_of(row)
    if group == "数量":
        return _quantity(row)
    if group == "质量":
        return _quality(row)
    if group == "时效":
        return _timeliness(row)
    if group in BENEFIT_GROUPS:
        found = _of_another(row)
        if found is not None:
            return found
    if group == "社会效益":
        return _society(row)
    return _economy(row) if group == "经济效益" else None


def _of_another(row: JudgedIndicator) -> Verdict:
    """What under a benefit says how satisfied people are, how good or timely work is."""
    name = bare(row["level3"])
    if _SATISFACTION.search(name):
        return _hit(row, "满意度", "satisfaction", "满意度指标")
    if row["kind"] != Kind.PERCENT:
        return None
    if _ACCEPTED.search(name):
        return _hit(row, "质量", "quality", "质量指标")
    return _hit(row, "时效", "timeliness", "时效指标") if _IN_TIME.search(name) else None


def _is_money(row: JudgedIndicator) -> bool:
    return row["kind"] == Kind.MONEY or (
        row["kind"] == Kind.RANGE and (row["unit"] or "").endswith("元")
    )


def _quantity(row: JudgedIndicator) -> Verdict:
    if _is_money(row):
        if names_a_count(row["level3"] or "") and "/" not in (row["unit"] or ""):
            return None  # V06: the unit is wrong, not the group.
        # An investment that is held down is spent, not brought in.
        is_ceiling = row["operator"] in ("≤", "<")
        if _MONEY_OUTPUT.search(bare(row["level3"])) and not is_ceiling:
            return None
        return _hit(row, "金额", "an amount of money", "成本指标")
    if row["kind"] == Kind.PERCENT:
        return _hit(row, "比率", "a rate", "质量指标", Severity.INFO)
    return None


def _quality(row: JudgedIndicator) -> Verdict:
    name, unit = bare(row["level3"]), row["unit"] or ""
    if _is_money(row):
        return None if _GAIN.search(name) else _hit(row, "金额", "an amount of money", "成本指标")
    is_ceiling = row["operator"] in ("≤", "<") or "平均" in name or bool(_LASTING.search(name))
    if _in_days(unit) and not is_ceiling and _COUNTED_DAYS.search(name):
        return _hit(row, "天数", "a number of days", "数量指标")
    if row["kind"] == Kind.DATE and _in_days(unit) and not is_ceiling:
        return _hit(row, "天数", "a number of days", "时效指标")
    if row["kind"] not in (Kind.NUMERIC, Kind.RANGE) or not unit:
        return None
    # Who came so many times is no quality, whatever the level of what they came to.
    is_attendance = unit.endswith("人次") and _HOW_GOOD.search(name) is None
    if _QUALITY.search(name) and not is_attendance:
        return None
    if names_a_share(name) and (_counts_heads(unit) or _counts_things(unit)):
        return None  # V06: the unit is wrong, not the group.
    if _counts_heads(unit):
        return _hit(row, "人数", "a head-count", "数量指标")
    if is_ceiling:
        return None
    if _in_days(unit):
        return _hit(row, "天数", "a number of days", "数量或时效指标")
    if _ACTIVITY.search(name) and _counts_things(unit):
        return _hit(row, "数量", "a count", "数量指标")
    return None


def _timeliness(row: JudgedIndicator) -> Verdict:
    name, unit = bare(row["level3"]), row["unit"] or ""
    if _is_money(row):
        return _hit(row, "金额", "an amount of money", "成本指标")
    value = fold(row["target_value"])
    if _LATE.search(name) or _FREQUENCY.search(name + value) or names_hour(value):
        return None
    if _BY_THEN.search(name):
        return None  # 主汛期前完工数: how many are done by then.
    if _in_days(unit):
        is_count = row["operator"] in ("≥", ">") and (
            _ATTENDANCE.search(name) or _COUNTED_DAYS.search(name)
        )
        return _hit(row, "天数", "a number of days", "数量指标") if is_count else None
    if row["kind"] != Kind.NUMERIC or not unit or _TIMES.search(unit):
        return None
    if _counts_heads(unit):
        return _hit(row, "人数", "a head-count", "数量指标")
    return _hit(row, "数量", "a count", "数量指标") if _counts_things(unit) else None


def _in_days(unit: str) -> bool:
    """Whether a unit is one of time: 天, 工作日; 件/天 is a pace."""
    return _DAYS.search(unit.partition("/")[0]) is not None


def _counts_heads(unit: str) -> bool:
    """Whether a unit counts people, in all or in a time: 人, 人/年; of others it is a quotient."""
    counted, _, per = unit.partition("/")
    return _HEAD_COUNT.match(counted) is not None and (not per or bool(_TIMES.fullmatch(per)))


def _counts_things(unit: str) -> bool:
    """Whether a unit counts things: no measure, no share, no quotient."""
    return re.fullmatch(r"[十百千万亿]*[\u4e00-\u9fff()]{1,4}", unit) is not None and not re.search(
        r"百分点|小时|分钟|秒|分$|度$|米|克|升|吨|成$|倍$|级$|折$|年$|月$", unit
    )


def _economy(row: JudgedIndicator) -> Verdict:
    name = bare(row["level3"])
    if _GAIN.search(name):
        return None
    if _SPENDING.search(name) or (_is_money(row) and _is_budget(row)):
        return _hit(row, "支出控制", "control of spending", "成本指标")
    return None


def _society(row: JudgedIndicator) -> Verdict:
    """Income and turnover under 社会效益; a rate or words of an income may be of its evenness."""
    name = head(row["level3"] or "")
    if _NO_INCOME.search(name):
        return None
    if _EARNED_MORE.search(name) or (_is_money(row) and _INCOME.search(name)):
        return _hit(row, "收入或产值", "income or turnover", "经济效益指标")
    return None


def _is_budget(row: JudgedIndicator) -> bool:
    """Whether the value is the project's own budget."""
    number = row["high"] if row["high"] is not None else row["low"]
    unit = row["unit"] or ""
    if not isinstance(number, Decimal):
        return False
    project = row["of_project"]
    try:
        amount = convert(
            number, unit if unit.endswith("元") else f"{unit}元", project["amount_unit"]
        )
    except ValueError:
        return False
    return amount > 0 and amount in (project["annual_amount"], project["total_amount"])


def _hit(
    row: JudgedIndicator, what: str, english: str, right: str, severity: Severity | None = None
) -> Hit:
    params = {**named(row), "what": what, "what_en": english, "right": right}
    return Hit("indicator", params, severity=severity)


CHECKS = (indicator_rule("S05", group_fits),)
