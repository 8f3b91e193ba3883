"""Numbers and units: none, one that does not fit, rates, ranges, about-numbers (V05-V11, V15)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.target import Kind, parse_target
from perfgoals_xl.form.taxonomy import COST_GROUPS
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.evidence.exact_words import names_hour
from perfgoals_xl.review.evidence.indicator_text import (
    NUMBERED_KINDS,
    bare,
    group_of,
    has_number,
    head,
    is_open,
    measured,
    named,
    names_a_count,
    names_a_rate,
    names_a_share,
    unit_in_brackets,
)
from perfgoals_xl.review.findings import Hit, Verdict
from perfgoals_xl.review.row_rules import JudgedIndicator, indicator_rule
from perfgoals_xl.review.rules.targets.target_signs import sign_fits
from perfgoals_xl.review.rules.times import serial_of

# Measures that are plain numbers: coefficients, indices, scores, ranks.
_NO_DIMENSION = re.compile(
    r"(?:系数|指数|比值|倍数|倍率|容积率|分数|得分|评分|分值|总分|积分|排名|名次|位次|ph值?|ph|(?<!占)比)$",
    re.I,
)
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d")

_FITS_RATE = re.compile(r"[%‰‱/]|百分点|基点|^[成倍折]$")
# Points that are said to be points: 满意度（百分制）, 满意率测评≥90分.
_SCORED = re.compile(
    r"百分制|满分|[得评打总均]分|测评|评价|考[核评]|分[值数]|\((?:单位:?)?分\)|每|分钟|时间|时长|响应"
)
_FEE = re.compile(r"(?:(?<![免收消自公缴交])费|费用|经费|金额)$")
_HEADS = re.compile(r"(?:人数|人员数|人员数量)$")
_A_HEAD = re.compile(r"[十百千万亿]{0,4}(?:人|名|位|个|员|例|学)")
_COUNT = re.compile(r"(?<!系)(?<!指)(?<!分)(?<!倍)(?<!参)(?<!岁)(?<!基)数$|数量$")
_LASTS = re.compile(r"(?:年限|时长|工期|天数)$")
_LONGER = re.compile(r"延长|缩短|控制|压缩")
# A rate whose value is a grade: 合格率 = 合格.
_GRADED = re.compile(r"(?:优秀?|良好?|优良|合格|达标|完好|较高|较好|高|及时|到位|全覆盖?)")
# What a length, an area or a count of its name is measured in.
_MEASURED_IN = (
    (
        re.compile(r"面积$"),
        re.compile(r"亩|公顷|平方|平米|㎡|m2|m²|[㎢顷]|方公里|^方$|百分点|块|处|间|座|倍"),
        "面积",
    ),
    (
        re.compile(r"(?:长度|里程)$"),
        re.compile(r"米|里|m$|延|百分点|倍|条|路|段|/"),
        "长度",
    ),
    (re.compile(r"户数$"), re.compile(r"户|家|百分点|倍|人次"), "户数"),
    (re.compile(r"场次$"), re.compile(r"场|次|期|班|届|轮|个|天|年|月|项"), "场次"),
)
_POINTS = re.compile(r"(?:分数|得分|评分|分值)$")
# A count or an amount may well be told by how much it changes.
_CHANGE = re.compile(r"下降|降低|减少|增长|增加|提高|提升|同比|环比|较|压减|节约|增幅|降幅|上升")
_GROWTH = re.compile(
    r"增长|增幅|增加|增速|提高|提升|同比|环比|递增|翻番|超额|产销|复种|保值|增值|毛入学|回报|收益率|利润率|"
    r"拨备|偿付|杠杆|负债|流动比|投入产出|带动|放大"
)
_SIGNED_NUMBER = re.compile(r"[≥≤><=]?\d+(?:\.\d+)?")
# A name that ends so says what its number counts: 培训人数, 巡查次数.
_COUNTED_IN = re.compile(
    r"(?P<unit>人次|人|户|次|场次|场|期|天|家|台|套|辆|册|件|份|起|座|处|个)数$"
)
_ENDS_IN_UNIT = re.compile(r"(?:人|户|车|架|班|台)次$")
_ENGLISH = {
    "百分比": "a percentage",
    "金额": "an amount of money",
    "人数": "a head-count",
    "分数（分）": "points",
    "数量": "a count",
    "时间": "a length of time",
    "面积": "an area",
    "长度": "a length",
    "户数": "households",
    "场次": "a number of events",
}


# Points (分值) typed where the target belongs; 分 is also a minute.
_NO_POINTS = "分值以外的指标值"
_ENGLISH[_NO_POINTS] = "a target, not its points"
_POINTS_ALONE = re.compile(r"\(?\d{1,2}(?:\.\d)?分\)?")
_IN_POINTS = re.compile(
    r"分|评|考核|考试|测试|成绩|排名|指数|满意|质量|水平|等级|绩效|得票|测评|时间|时长|响应|到达|等候|时限|速度|每|间隔|心|率|度"
)


def has_unit(row: JudgedIndicator) -> Verdict:
    """V05: a number stands with its unit, unless it is 0 or has none by nature."""
    if row["kind"] not in (Kind.NUMERIC, Kind.RANGE) or row["unit"] or not is_open(row):
        return None
    numbers = [bound for bound in (row["low"], row["high"]) if isinstance(bound, Decimal)]
    if not any(numbers):
        return None
    name = row["level3"] or ""
    if _NO_DIMENSION.search(head(name)) or _states_unit(name) or _NO_DIMENSION.search(bare(name)):
        return None
    if names_hour(fold(row["target_value"])):
        return None
    if group_of(row) == "时效" and _YEAR_ALONE.fullmatch(fold(row["target_value"])):
        return None  # A year: for the rules about time.
    if serial_of(row) is not None:
        return None  # T06 tells of which date.
    right = _with_unit(row, bare(name))
    if right is None:
        return Hit("target_value", named(row))
    return Hit("target_value", {**named(row), "right": right}, "known")


def _with_unit(row: JudgedIndicator, name: str) -> str | None:
    """The value as it should be written, where the name leaves no doubt about its unit."""
    value = fold(row["target_value"])
    if _SIGNED_NUMBER.fullmatch(value) is None:
        return None
    if names_a_share(name):
        number = row["low"] if isinstance(row["low"], Decimal) else row["high"]
        if isinstance(number, Decimal) and 0 < number <= 1:
            if number == 1 or row["operator"] in ("≤", "<"):
                return None  # 差错率 ≤1 is as well 1%.
            # 0.95 of a cell that is not formatted as a percentage.
            return f"{row['operator'].replace('=', '')}{plain(number * 100)}%"
        return f"{value}%"
    counted = _COUNTED_IN.search(name)
    return f"{value}{counted['unit']}" if counted else None


@lru_cache(maxsize=4096)
def _states_unit(name: str) -> bool:
    """Whether a name ends in its unit: 培训人数（人）, 补贴（单位：元）, 培训医务人员人次."""
    if _ENDS_IN_UNIT.search(bare(name)):
        return True
    unit = unit_in_brackets(name)
    return bool(unit) and parse_target(f"1{unit}").unit == unit


def is_graded_rate(row: JudgedIndicator) -> bool:
    """Whether the value of a rate is a grade (合格率: 合格), which V06 tells."""
    if row["kind"] != Kind.QUALITATIVE or not is_open(row):
        return False
    name = measured(row)
    is_grade = _GRADED.fullmatch(bare(row["target_value"] or "")) is not None
    return is_grade and name.endswith("率") and names_a_share(name)


def unit_fits(row: JudgedIndicator) -> Verdict:
    """V06: 率 is a share, 费 is money, 人数 counts heads, 分数 counts points."""
    kind, unit = row["kind"], row["unit"] or ""
    if "typed_points" in row and not is_blank(row["target_value"]):
        return Hit("target_value", {"arithmetic": row["typed_points"]}, "all_points", once=True)
    if kind == Kind.QUALITATIVE and is_open(row):
        params = {**named(row), "wanted": "百分比", "wanted_en": _ENGLISH["百分比"]}
        return Hit("target_value", params) if is_graded_rate(row) else None
    if (kind not in NUMBERED_KINDS and kind != Kind.DATE) or not is_open(row):
        return None
    if kind in (Kind.NUMERIC, Kind.RANGE) and not unit:
        return None  # V05 speaks of numbers without a unit.
    in_costs = group_of(row) in COST_GROUPS
    if unit == "分" and _SCORED.search(fold(f"{row['level3']}{row['target_value']}")):
        return None  # Satisfaction may also be told in points, where it says so.
    wanted = _misfit(measured(row), row["target_value"] or "", kind, unit, in_costs)
    if wanted is None:
        return None
    params = {**named(row), "wanted": wanted, "wanted_en": _ENGLISH[wanted]}
    return Hit("target_value", params, "points" if wanted == _NO_POINTS else "")


def _misfit(name: str, value: str, kind: str, unit: str, in_costs: bool) -> str | None:
    """What the name asks for, where the value is something else."""
    if unit == "分" and _POINTS_ALONE.fullmatch(fold(value)) and not _IN_POINTS.search(name):
        return _NO_POINTS
    is_percent = kind == Kind.PERCENT or unit in ("%", "‰", "‱")
    is_money = kind == Kind.MONEY or unit.endswith("元")
    if is_money and names_a_count(name) and not in_costs and "/" not in unit:
        return _counted(name)
    if names_a_rate(name):
        if is_percent or not names_a_share(name) or _FITS_RATE.search(unit):
            return None
        return "百分比"
    changes = _CHANGE.search(name) or _CHANGE.search(fold(value))
    if _FEE.search(name):
        # In costs the C rules speak of what is no amount.
        return None if is_money or in_costs or (is_percent and changes) else "金额"
    if _POINTS.search(name):
        return None if unit in ("分", "") or changes else "分数（分）"
    if _HEADS.search(name):
        if kind == Kind.DATE or is_money:
            return None
        return None if _A_HEAD.match(unit) or (is_percent and changes) else "人数"
    for pattern, fitting, wanted in _MEASURED_IN:
        if pattern.search(name) and unit:
            fits = is_percent or is_money or kind == Kind.DATE or fitting.search(unit)
            return None if fits else wanted
    if is_percent and _LASTS.search(name):
        return None if changes or _LONGER.search(name + fold(value)) else "时间"
    if is_percent and _COUNT.search(name):
        return None if changes else "数量"
    return None


def _counted(name: str) -> str:
    """What a name that counts or measures asks for, where its value is money."""
    if _HEADS.search(name):
        return "人数"
    return next((wanted for one, _, wanted in _MEASURED_IN if one.search(name)), "数量")


def rate_is_possible(row: JudgedIndicator) -> Verdict:
    """V08: a rate is at most 100, and never “at least 100”."""
    if row["unit"] != "%" or row["kind"] not in (Kind.PERCENT, Kind.RANGE) or not is_open(row):
        return None
    if _GROWTH.search(bare(row["level3"])) or _GROWTH.search(fold(row["target_value"])):
        return None
    bounds = [bound for bound in (row["low"], row["high"]) if isinstance(bound, Decimal)]
    if any(bound > 100 for bound in bounds):
        return Hit("target_value", named(row))
    if row["operator"] in ("≥", ">") and row["low"] == 100:
        return Hit("target_value", named(row), "open")
    return None


def range_is_a_target(row: JudgedIndicator) -> Verdict:
    """V09: a range does not start at 0, nor a lower bound."""
    low, high = row["low"], row["high"]
    if row["operator"] == "≥" and low == 0 and row["kind"] in NUMBERED_KINDS and is_open(row):
        if sign_fits(row) is not None:
            return None  # V07 tells what to write in its place.
        return Hit("target_value", {**named(row), "high": "0"}, "least")
    if row["kind"] != Kind.RANGE or not isinstance(low, Decimal) or not is_open(row):
        return None
    if low != 0 or not isinstance(high, Decimal):
        return None
    return Hit("target_value", {**named(row), "high": f"{plain(high)}{row['unit'] or ''}"})


def one_target(row: JudgedIndicator) -> Verdict:
    """V11: a cell holds one target."""
    if row["kind"] != Kind.COMPOSITE or not is_open(row):
        return None
    return Hit("target_value", named(row))


_NUMERAL = r"(?:\d[\d,.]*[十百千万亿]{0,3}|[一二两三四五六七八九十百千万亿]{1,6})"
# Words that say that a number is none: 约500人, 近百户, 500余人, 50多家, 十几次, 500人左右.
_ABOUT = re.compile(
    rf"(?:(?<![预节条公合制契履违签相集邀特简])约为?|大约|大概|大致|近似|将近|接近|左右|(?<![附最临就远靠])近)(?={_NUMERAL})"
    rf"|(?<=[\d十百千万亿])(?:余|多(?!媒|功|元化|年生)|来(?=[个人户次家名]))"
    rf"|(?<=[十百千万])几|几(?=[十百千万])"
    rf"|{_NUMERAL}[^,;。、]{{0,6}}(?:左右(?![岸两侧])|上下(?![水浮游]))"
)
_ABOUT_TIME = re.compile(r"^近[一二两三四五六七八九十\d]+个?(?:年|月|周|天)")


def number_is_exact(row: JudgedIndicator) -> Verdict:
    """V15: a count is a number that can be checked, not one that is about right."""
    if not is_open(row):
        return None
    value = fold(row["target_value"])
    if group_of(row) != "数量" and not _A_HEAD.fullmatch(row["unit"] or ""):
        return None
    found = _ABOUT.search(value)
    if found is None or _ABOUT_TIME.search(value[found.start() :]):
        return None
    return Hit("target_value", named(row)) if has_number(row["kind"], value) else None


CHECKS = (
    indicator_rule("V05", has_unit),
    indicator_rule("V06", unit_fits),
    indicator_rule("V08", rate_is_possible),
    indicator_rule("V09", range_is_a_target),
    indicator_rule("V11", one_target),
    indicator_rule("V15", number_is_exact),
)
