"""The direction of a target: less of costs and complaints, more of satisfaction (V07)."""

from __future__ import annotations

import re
from decimal import Decimal

from perfgoals_xl.form.target import Kind
from perfgoals_xl.form.taxonomy import COST_GROUPS
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.evidence.indicator_text import (
    group_of,
    is_open,
    measured,
    named,
    turned_round,
)
from perfgoals_xl.review.findings import Hit, Verdict
from perfgoals_xl.review.row_rules import JudgedIndicator, indicator_rule

# What nobody wants more of, as the thing that is counted: it ends the name.
_LESS = re.compile(
    r"(?:投诉|死亡|伤亡|受伤|重伤|溺亡|溺水|事故|差错|出错|错误|失误|故障|违规|违纪|负面舆情|舆情|返工|返修|流失|辍学|失学|空置|漏检|漏报"
    r"|误报|延误|逾期|超标|失信|拖欠|损耗|漏损|返贫|超支|火灾|疫情|发病|患病|复发|泄漏|停机|中断|宕机|不合格|退货|致死|病死|差评"
    r"|(?:结转结余|结余结转|结转和结余|年末结转|预算结余|资金闲置)(?:资金)?(?:变动)?|三公[”\"]?经费(?:变动|增长))"
    r"(?:事件|案件|问题|情况)?(?:的)?(?:发生)?(?:率|人数|起数|次数|件数|例数|宗数|数量|总数|数|时长|占比|比例)?$"
)
# Rates nobody wants to rise, of what is no mishap one by one: a high one may well be the state
# of things (近视率 60%), so that only its sign is told.
_LESS_RATE = re.compile(
    r"(?:不良(?:贷款|资产|反应|事件)?|近视|肥胖|超重|龋齿|龋患|贫血|低体重(?:儿)?|贫困|失业|闲置|撂荒|抛荒|荒芜"
    r"|破损|损坏|缺陷|次品|废品|坏账|呆账|欠费|弃管|缺岗|缺勤|感染|传染|致残|致贫|犯罪|发案|投诉|信访|污染"
    r"|(?<!业务)(?<!交易)(?<!行为)(?<!习惯)发生)(?:发生)?率$"
)
_MORE = re.compile(
    r"(?:满意|合格|通过|完成|覆盖|达标|及时|准确|完好|优良|优秀|到位|普及|知晓|出勤|就业|成活|出苗|整改|修复|办结|响应"
    r"|处置|处理|入学|巩固|参与|参保|兑现|发放|合规|落实|公开|公示|入户|到户|可用|在线|正常|受理|回访|回复|好评|治愈|接种"
    r"|检出|结业|毕业|升学|签约|转化|受益|认可|建成|竣工|开工|投用)(?:率|度)$"
)
_NOT_MORE = re.compile(
    r"不(?:满意|合格|通过|达标|及时|准确|到位|公开|合规|正常)|未|非|无|误|异常|滞后|逾期"
)
# Costs for which a floor makes sense: what people get, what is saved or raised.
_FLOORED_COST = re.compile(
    r"标准|补助|补贴|救助|供养|低保|待遇|资助|生均|奖励|奖补|工资|节约|降低|减少|收入|自筹|投资|社会资本|配套|争取|引资|筹集|投入"
)
# What ends in one of these is spent and not received, whatever it is spent for: 资助政策宣传费.
_SPENT = re.compile(
    r"(?:宣传|培训|印刷|印制|制作|采购|购置|监理|设计|勘察|维修|维护|运维|运行|检测|检查|评估|审计|办公|差旅|会议|租赁|水电|管理"
    r"|工作|劳务|施工|工程|安装|咨询|审核)(?:费|费用|经费|成本|支出)$"
)
# What should be over soon: how long somebody waits, or by when a thing is done.
_SOONER = re.compile(
    r"(?:响应|办结|办理|审批|修复|抢修|维修|排除|恢复|处置|处理|等候|等待|排队|到达|到场|送达|反馈|回复|答复|受理|交付|审核|审理"
    r"|出具|报送|中断|延误|停机|停水|停电|完成|完工|竣工|验收)(?:的)?(?:平均)?(?:时间|时限|时长|期限|天数|用时|周期)$"
)
_TIME_UNIT = re.compile(r"(?:小时|分钟|秒|天|日|月|年|周)$")
# What is done, of which nobody wants to do less; other counts may well be held down.
_DONE = re.compile(
    r"^(?!.*(?:会议|接待|出国|出境|差旅|公务|用车|能耗|用水|用电|耗|控制|压减|编制内|补助|救助|资助|补贴|事故|投诉|问题|缺))"
    r"(?:(?:新建|改造|维修|修复|养护|种植|培训|受益|服务|惠及|检查|巡查|巡检|举办|开展|宣传|演出|监测|培育|发放|印制|购置)"
    r".*|.*(?:培训|受益|服务|惠及|宣传|巡查|检查))(?:人数|人次|户数|次数|场次|期数|个数|数量|面积|里程|长度|公里数)$"
)
# A share of mishaps that is as good as all of them.
_MUCH = 50
_SAVED = re.compile(r"节约|节省|降低|减少|压减|压缩")
_FALLS = re.compile(r"减少|降低|下降|压减|降幅|减幅")
_WHOLE = 100


def sign_fits(row: JudgedIndicator) -> Verdict:
    """V07: the sign points the way that the indicator gets better."""
    operator, kind = row["operator"], row["kind"]
    if not is_open(row):
        return None
    name = measured(row)
    if operator not in ("≥", ">", "≤", "<"):
        return _far_off(row, name)
    if operator in ("≥", ">"):
        if kind == Kind.MONEY and group_of(row) in COST_GROUPS:
            floored = _FLOORED_COST.search(row["level3"] or "") is not None
            against = not floored or (
                _SPENT.search(name) is not None and _SAVED.search(name) is None
            )
        else:
            against = kind in (Kind.NUMERIC, Kind.PERCENT) and (
                _is_less(name) or _is_lesser_rate(name)
            )
            # 较上年下降≥5% is so much less of it.
            against = against and _FALLS.search(fold(row["target_value"])) is None
            against = against or (
                kind in (Kind.NUMERIC, Kind.DATE)
                and _SOONER.search(name) is not None
                and (not row["unit"] or _TIME_UNIT.search(row["unit"]) is not None)
            )
        words = ("越小越好", "smaller", "≤")
    else:
        against = kind == Kind.PERCENT and bool(_MORE.search(name)) and not _NOT_MORE.search(name)
        counted = kind == Kind.NUMERIC and group_of(row) not in COST_GROUPS
        against = against or (counted and _DONE.search(name) is not None)
        words = ("越大越好", "greater", "≥")
    if not against:
        return None
    direction, english, sign = words
    params = {**named(row), "direction": direction, "direction_en": english, "sign": sign}
    # “≥100%” would be no better: no rate is above 100.
    is_whole = sign == "≥" and row.get("high") == _WHOLE
    if sign == "≤" and row["low"] == 0:
        return Hit("target_value", params, "nought")
    return Hit("target_value", params, "whole" if is_whole else "")


def _far_off(row: JudgedIndicator, name: str) -> Verdict:
    """What is said of a share that is met by the worst there is: 事故发生率 100%, 合格率 0%."""
    low, high = row["low"], row["high"]
    if row["kind"] != Kind.PERCENT or row["unit"] != "%" or low != high:
        return None
    if not isinstance(low, Decimal):
        return None
    params = {**named(row), "direction": "", "direction_en": "", "sign": ""}
    if low >= _MUCH and _is_less(name) and _FALLS.search(fold(row["target_value"])) is None:
        return Hit("target_value", params, "worst")
    is_nought = low == 0 and _MORE.search(name) and not _NOT_MORE.search(name)
    return Hit("target_value", params, "worst") if is_nought else None


def _is_less(name: str) -> bool:
    found = _LESS.search(name)
    return found is not None and not turned_round(name)


def _is_lesser_rate(name: str) -> bool:
    return _LESS_RATE.search(name) is not None and not turned_round(name)


CHECKS = (indicator_rule("V07", sign_fits),)
