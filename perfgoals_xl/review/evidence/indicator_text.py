"""What the rules about indicators ask of a row's texts: its name, its value, whether it is open."""

from __future__ import annotations

import re
from functools import lru_cache

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.target import Kind, is_nothing, mask_in
from perfgoals_xl.form.taxonomy import group_key
from perfgoals_xl.form.text import fold, is_blank

NUMBERED_KINDS = frozenset({Kind.NUMERIC, Kind.PERCENT, Kind.MONEY, Kind.RANGE})

_END = "。.;,、:!?·…"
_BRACKETS = re.compile(r"\([^()]*\)$")
_NOT_A_WORD = re.compile(r"[^\w%‰]+|_+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:年度?)?(?!\d)")
_DIGIT = re.compile(r"\d|百分之|[一二两三四五六七八九十]{1,8}(?:成|倍|个百分点)")
# A noun of the value's own, in front of its number: 满意率大于95%, 设备完好率100%.
_OWN_NOUN = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{1,20}?(?:率|度|数|数量|得分|费|费用|金额))"
    r"(?:达到?|为|是|:|应|不|大于|小于|高于|低于|超过|控制|[<>=≤≥]|\d)"
)
_LONGEST_COUNT_UNIT = 4
_BRACKETED_UNIT = re.compile(r"\((?:单位:)?(?P<unit>[^()]{1,8})\)$")
# A name that asks whether something is so, and the answers to it.
_ASKS_WHETHER = re.compile(r"是否|有无|能否")
_ANSWER = re.compile(
    r"是|否|有|无|能|不能|(?:不|未)(?:存在|发生|出现|影响)|没有|存在|正常|已(?:建立|完成|落实)"
)
# What stands in the place of satisfaction: complaints, or what inspectors found.
COMPLAINTS = re.compile(r"投诉|不满意|差评")
ACCEPTANCE = re.compile(r"验收|审计结果|考核结果|评审结果")
# Words that turn a mishap round: what is done about it, or how much of it went away.
_TURNED = re.compile(
    r"减少|降低|下降|防范|化解|避免|处理|处置|查处|整改|排除|排查|消除|调查|打击|受理|办结|挽回|接待|响应|解决"
    r"|举报|救援|抢修|维修|修复|演练|预警|发现|无|零|未|不发生|调解|清偿|治理|隐患|核查|统计|保险|鉴定|回复|应急|审理|审结|办理|侦办|查办"
)


@lru_cache(maxsize=32768)
def _is_open(name: str, value: str) -> bool:
    return not (
        is_blank(name)
        or is_blank(value)
        or says_nothing(name)
        or is_nothing(value)
        or mask_in(value) is not None
    )


_RATE = re.compile(
    r"(?:率|(?:满意|完成|知晓|覆盖|完好|达标|执行|认可|参与|准确|完整|落实|支持|公开|好评|信任|符合|响应|认同)度)$"
)
# 率 that is no share of a hundred: per thousand heads, per second, a state.
_OTHER_RATE = re.compile(
    r"(?:死亡|发病|患病|感染|出生|发案|事故|伤亡|犯罪|刑事|效|频|功|汇|速|心|曲|斜|码|分辨|采样|刷新|排放|强度|产出)率$|每|万人|百万|千人|亿元|单位"
)


def is_open(row: IndicatorRow) -> bool:
    """Whether a row has a real name and a real value: no blank, no 无, no mask.

    Where it has not, S02, V01 or V02 speak of it and the other rules are silent; and so does V06
    of a value that is its points.
    """
    if "typed_points" in row:
        return False
    name, value = row["level3"], row["target_value"]
    return isinstance(name, str) and isinstance(value, str) and _is_open(name, value)


def group_of(row: IndicatorRow) -> str | None:
    """The key of the row's group."""
    return group_at(row["level1"], row["level2"])


@lru_cache(maxsize=1024)
def group_at(level1: str | None, level2: str | None) -> str | None:
    """The key of the group at two levels; a first level without a second (成本) counts too."""
    return group_key(level2) or ("成本" if not level2 and level1 == "成本指标" else None)


@lru_cache(maxsize=16384)
def bare(name: str) -> str:
    """A name or value in half width without blanks and without punctuation at its end."""
    return fold(name).rstrip(_END)


@lru_cache(maxsize=16384)
def letters(text: str) -> str:
    """``text`` in half width, without any punctuation: what two spellings share."""
    return _NOT_A_WORD.sub("", fold(text))


def head(name: str) -> str:
    """A name without the punctuation and the brackets at its end."""
    return _BRACKETS.sub("", bare(name)).rstrip(_END)


@lru_cache(maxsize=16384)
def _measured(name: str, value: str) -> str:
    own = _OWN_NOUN.match(fold(value))
    return own["noun"] if own else head(name)


def measured(row: IndicatorRow) -> str:
    """What the row's number measures: the noun in front of it, else the indicator's name."""
    return _measured(row["level3"], row["target_value"])


@lru_cache(maxsize=16384)
def without_years(text: str) -> str:
    """``text`` in half width without years."""
    return _YEAR.sub("", fold(text))


def has_number(kind: str, value: str) -> bool:
    """Whether a value of this kind holds a number that is not a year."""
    if kind in NUMBERED_KINDS or kind == Kind.COMPOSITE:
        return True
    return _DIGIT.search(without_years(value)) is not None


def short(text: object, limit: int = 40) -> str:
    """``text`` in one line of at most ``limit`` characters, for a message."""
    line = " ".join(str(text).split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def named(row: IndicatorRow) -> dict[str, object]:
    """The name, the value and the group as messages show them."""
    return {
        "name": short(row["level3"]),
        "value": short(row["target_value"]),
        "group": row["level2"] or row["level1"] or "该组",
    }


@lru_cache(maxsize=16384)
def answers(name: str, value: str) -> bool:
    """Whether a value is the answer to a name that asks: 是否存在质量问题 | 否."""
    asks = _ASKS_WHETHER.search(name) is not None
    return asks and _ANSWER.fullmatch(bare(value)) is not None


_COUNTS = re.compile(
    r"(?:人数|人员数量?|人次数?|户数|场次|次数|台数|套数|件数|辆数|个数|册数|期数|面积|长度|里程|公里数|亩数)$"
)


def names_a_rate(name: str) -> bool:
    """Whether a name ends as a rate does: 完成率, 满意度."""
    return _RATE.search(name) is not None


def names_a_share(name: str) -> bool:
    """Whether it is a rate in the hundred: 合格率; not 死亡率, 容积率, 效率."""
    return names_a_rate(name) and _OTHER_RATE.search(name) is None


@lru_cache(maxsize=16384)
def names_a_count(name: str) -> bool:
    """Whether a name ends in what is counted or measured, so that no amount is its value."""
    return _COUNTS.search(head(name)) is not None


def says_nothing(text: object) -> bool:
    """Whether a name or value says that there is nothing: 无, /, 不涉及, or 0 as a name."""
    return isinstance(text, str) and (is_nothing(text) or fold(text) == "0")


@lru_cache(maxsize=16384)
def turned_round(name: str) -> bool:
    """Whether a name speaks of what is done about mishaps, or of how much less there are."""
    return _TURNED.search(name) is not None


@lru_cache(maxsize=16384)
def unit_in_brackets(name: str) -> str:
    """What stands in brackets behind a name, as its unit may: 培训人数（人）; "" without any."""
    found = _BRACKETED_UNIT.search(bare(name))
    return found["unit"] if found else ""


def count_unit(name: str) -> str:
    """The same where it may be the unit of a count: short, and without digits."""
    unit = unit_in_brackets(name)
    return unit if len(unit) <= _LONGEST_COUNT_UNIT and not re.search(r"\d", unit) else ""
