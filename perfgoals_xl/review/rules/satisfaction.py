"""Satisfaction: how high, who is asked, and what stands in its place (M rules)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.target import Kind
from perfgoals_xl.form.taxonomy import SATISFACTION
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.evidence.indicator_text import (
    ACCEPTANCE,
    COMPLAINTS,
    bare,
    group_of,
    is_open,
    named,
    short,
    unit_in_brackets,
)
from perfgoals_xl.review.findings import Abstention, Hit, Verdict
from perfgoals_xl.review.row_rules import JudgedIndicator, indicator_rule, threshold_of

_SATISFIED = re.compile(r"满意|好评|认可度|认同度")
# Not the share of complaints that were dealt with.
_COMPLAINT_RATE = re.compile(
    r"(?:投诉|不满意|差评)(?:发生|举报|人数|户数|件数)?(?:率|度|比例|占比)"
)
# The unit of a bare number stands in the name: 群众满意度（%）.
_PERCENT = ("%", "百分比")

# A count, or a rate of what is known or reached: nobody was asked how content he is.
_NO_OPINION = re.compile(
    r"(?:人数|人次|户数|次数|场次|件数|数量|面积)$|(?:知晓|覆盖|参与|受益|完成|普及|就业|出勤|及时|合格|达标|办结|发放|整改)(?:率|度)$"
)

# 宁夏回族自治区应急管理厅 → 应急管理厅; 宁东管委会应急管理局 → 应急管理局.
_REGION = re.compile(r"^.*(?:自治区|自治州|自治县|管委会|委员会(?=.+局)|[省市州盟县旗](?=.{3,}))")
_OFFICE = re.compile(r"(?:委员会|办公室|[局厅委办部])$")
# Letters that are not Latin: a pattern with the range of Chinese characters in it takes a
# millisecond to compile, and every body of a file has its own.
_PLACE = r"[^\W\da-zA-Z_]{0,6}?"
_OURSELVES = (
    r"本(?:单位|部门|机关|局|厅|委|院|校|中心)|我(?:单位|部门|局|厅|委|院|校|中心)"
    r"|[局厅委]机关|(?:单位|部门)?内部"
)
_STAFF = (
    r"(?:机关|全体|所有|内部|综合|工作|相关|各科室|全部|行政|执法|在职|业务)*"
    r"(?:人员|干部职工|干部|职工|同志|员工|科室)"
)


def satisfaction_is_high(row: JudgedIndicator) -> Verdict:
    """M01: satisfaction is at least the floor, complaints at most what the floor leaves."""
    if not is_open(row):
        return None
    text = bare(row["level3"]) + "|" + fold(row["target_value"])
    if _COMPLAINT_RATE.search(text):
        return _few_complaints(row)
    if not _SATISFIED.search(text) or row["operator"] in ("≤", "<"):
        return None  # V07 speaks of the sign.
    is_bare = row["kind"] == Kind.NUMERIC and not row["unit"]
    in_name = is_bare and unit_in_brackets(row["level3"] or "") in _PERCENT
    if not in_name and (row["kind"] != Kind.PERCENT or row["unit"] != "%"):
        # Where acceptance stands in its place, M03 speaks.
        is_wanted = group_of(row) == SATISFACTION and _is_replaced(row) is None
        told = f"“{short(row['level3'])}”的指标值“{short(row['target_value'])}”不是百分比"
        return Abstention(told) if is_wanted else None
    low = row["low"]
    floor = _floor(row)
    if not isinstance(low, Decimal) or low >= floor:
        return None
    return Hit("target_value", {**named(row), "floor": plain(floor)})


def _few_complaints(row: JudgedIndicator) -> Verdict:
    high = row["high"]
    if row["kind"] != Kind.PERCENT or row["unit"] != "%" or not isinstance(high, Decimal):
        return None
    ceiling = 100 - _floor(row)
    if high <= ceiling:
        return None
    return Hit("target_value", {**named(row), "ceiling": plain(ceiling)}, "complaints")


def _floor(row: JudgedIndicator) -> Decimal:
    """The threshold in percent; a setting of 0.9 means 90 too."""
    given = Decimal(str(threshold_of(row, "M01")))
    return given * 100 if given <= 1 else given


def others_are_asked(row: JudgedIndicator) -> Verdict:
    """M02: the respondent is not the department or the unit itself."""
    if group_of(row) != SATISFACTION or not is_open(row):
        return None
    name = bare(row["level3"])
    if _is_replaced(row):
        return None  # M03 speaks of it.
    project = row["of_project"]
    for body in (project["supervising_department"], project["implementing_unit"]):
        if isinstance(body, str) and (pattern := _respondent(body)):
            found = pattern.match(name)
            if found:
                return Hit("indicator", {**named(row), "who": found["who"]})
    found = _ANYBODY.match(name) or _OWN_STAFF.match(name)
    return Hit("indicator", {**named(row), "who": found["who"]}) if found else None


# Staff by their calling: who works there and is not served.
_OWN_STAFF = re.compile(
    r"(?:由|自)?(?P<who>(?:(?:本|我)?(?:单位|部门|机关|局|厅|委|院|所|队|支队|大队|中队|监狱|看守所|派出所)|公安|政法|检察|法院|司法|交警"
    r"|消防|基层|一线|全体|全局|全院|全厅|内部|在职|在编|相关|项目|业务|综合)*"
    r"(?:干警|民警|辅警|警员|警务人员|执法人员|管理人员|机关干部(?:职工)?|干部职工|工作人员"
    r"|(?:机关|单位|部门|本局|内部|全局|全院)(?:职工|员工|人员|干部|同志)))"
    r"(?:的?满意(?!的)|对[^,;。]{0,16}(?:的|服务|保障|工作)?满意)"
)
_ANYBODY = re.compile(rf"(?:由|自)?(?P<who>{_OURSELVES})(?:{_STAFF})?(?:对|的?满意|$)")


@lru_cache(maxsize=1024)
def _respondent(body: str) -> re.Pattern[str] | None:
    """How the head of a name says that ``body`` itself is asked."""
    full = bare(body)
    office = _REGION.sub("", full) or full
    stem = _OFFICE.sub("", office)
    if len(stem) < 2:
        return None
    # 应急管理局 is also called 应急局.
    ending = office[len(stem) :]
    short = f"{stem.removesuffix('管理').removesuffix('服务')}{ending}" if ending else stem
    bodies = "|".join(re.escape(name) for name in dict.fromkeys((full, office, short)))
    own = rf"(?:{_PLACE}(?:{bodies})(?:(?:{_STAFF})?(?=对|的?满意|$)|{_STAFF})"
    staff = rf"|{re.escape(stem)}{_STAFF}(?=对|的?满意|$))" if ending else ")"
    return re.compile(rf"(?:由|自)?(?P<who>{own}{staff})")


def satisfaction_is_asked(row: JudgedIndicator) -> Verdict:
    """M03: neither an acceptance result nor complaints stand in place of satisfaction."""
    if group_of(row) != SATISFACTION or not is_open(row):
        return None
    variant = _is_replaced(row)
    if variant is None:
        return None
    if variant == "complaints":
        return Hit("indicator", named(row), variant, Severity.INFO)
    return Hit("indicator", named(row))


def _is_replaced(row: JudgedIndicator) -> str | None:
    """The variant of M03 that a satisfaction indicator is; None where it asks for satisfaction."""
    name, value = bare(row["level3"]), fold(row["target_value"])
    asks = _SATISFIED.search(COMPLAINTS.sub("", name))
    if COMPLAINTS.search(value) or (COMPLAINTS.search(name) and not asks):
        return "complaints"
    if _SATISFIED.search(value):
        return None
    if ACCEPTANCE.search(value):
        return ""
    if ACCEPTANCE.search(name) and not asks:
        return ""
    return "other" if not asks and _NO_OPINION.search(name) else None


CHECKS = (
    indicator_rule("M01", satisfaction_is_high),
    indicator_rule("M02", others_are_asked),
    indicator_rule("M03", satisfaction_is_asked),
)
