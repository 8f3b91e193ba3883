"""What the items of a target value say together: its kind, its comparison, its bounds.

Items that only say what the target is about or when it is due are set aside first (65岁以上 in
front of 覆盖率, a deadline beside a rate); what is left decides.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

from perfgoals_xl.form.target_grammar import lexicon as _lexicon
from perfgoals_xl.form.target_grammar import spelling as _spelling
from perfgoals_xl.form.target_grammar.dates import Grain
from perfgoals_xl.form.target_grammar.items import Bound, Folded, Item, common_unit, fold
from perfgoals_xl.form.target_grammar.tokens import prepare, tokenise
from perfgoals_xl.form.target_grammar.units import Family, read_unit


class Kind(StrEnum):
    """What a target value is."""

    NUMERIC = "numeric"
    PERCENT = "percent"
    MONEY = "money"
    RANGE = "range"
    DATE = "date"
    QUALITATIVE = "qualitative"
    PLACEHOLDER = "placeholder"
    REFERENCE = "reference"
    COMPOSITE = "composite"
    TEXT = "text"


class Reading(NamedTuple):
    """A target value as read: the parsed columns of an indicator."""

    kind: Kind
    operator: str = ""
    low: Bound = None
    high: Bound = None
    unit: str = ""


_KIND_OF: Final = {
    Family.COUNT: Kind.NUMERIC,
    Family.TIME: Kind.NUMERIC,
    Family.PERCENT: Kind.PERCENT,
    Family.MONEY: Kind.MONEY,
    Family.DURATION: Kind.DATE,
    None: Kind.DATE,
}
_LONGEST_MASKED: Final = 12
_LONGEST_SENTENCE: Final = 40
_WORDS_OF_TARGET: Final = 12
# Nobody's target value is longer; reading one takes time that grows with more than its length.
_LONGEST_VALUE: Final = 400

_UNFILLED: Final = re.compile(r"[<>=≤≥]+(?:[%‰个次人家户项件台套元]|[万亿]元)?")
_SIGN_IN_FRONT: Final = re.compile(r"(?:[<>=≤≥]|[大小高低多少等]于|超过|至少|完成|达到)$")
_RATE_NAME: Final = re.compile(
    r"(?:率|度|比例|占比|比重)(?:为|是|应|要|须|均|达|达到|保持在?|提升到?|提高到?|:)*$"
)
_FROM: Final = re.compile(r"[从由自]$")
_TO: Final = re.compile(r"[到至]$")
# Days of doing something are counted; days without it are a period.
_DAYS_OF: Final = re.compile(r"的?(?:值班|值守|培训|开放|巡[查护逻检]|作业|演练|运行|供[水暖热电])")
_ATTRIBUTES: Final = frozenset(["岁", "周岁", "级", "年级"])
_DONE: Final = re.compile(
    r"完成|支付|到位|实施|执行|结束|验收|启动|开展|建成|投入|上线|交付|竣工|办结|发放|拨付|使用|落实"
    r"|开工|投产|兑现|结清|付清|清零|招标|采购|前|内$"
)
_FILLERS: Final = re.compile(
    r"[在于的:为是]|完成时[间限]|时间|时限|期限|日期|年度|截[至止]|预计|计划|力争|确保|项目|合同|[自从至到]"
)


def read(text: str) -> Reading:
    """How the target value ``text`` is read. Never raises."""
    plain = _spelling.normalise(text)
    if not plain or _spelling.says_nothing(plain):
        return Reading(Kind.PLACEHOLDER)
    if len(plain) > _LONGEST_VALUE:
        return Reading(Kind.TEXT)
    mask = _spelling.find_mask(plain)
    if mask is not None and (len(plain) <= _LONGEST_MASKED or _for_number(plain, mask)):
        return Reading(Kind.PLACEHOLDER)
    bare = prepare(plain)
    if _UNFILLED.fullmatch(bare):
        return Reading(Kind.PLACEHOLDER)
    folded = fold(tokenise(bare))
    if not _is_sentence(folded) and (items := _targets(folded.items)):
        return _said(items)
    return _in_words(bare, folded)


def _for_number(plain: str, mask: str) -> bool:
    """Whether ``mask`` stands where a number should: behind a comparison, in front of a unit."""
    before, _, after = plain.partition(mask)
    return bool(_SIGN_IN_FRONT.search(before) or read_unit(after, 0)[0])


def _is_sentence(folded: Folded) -> bool:
    """Whether there are so many words that the numbers among them are no targets."""
    return folded.words > max(_LONGEST_SENTENCE, _WORDS_OF_TARGET * len(folded.items))


def _targets(items: list[Item]) -> list[Item]:
    """The items that are targets."""
    if len(items) > 1:
        items = _without_attributes(items)
    if len(items) > 1:
        items = _without_deadlines(items)
    return [item for item in items if len(items) > 1 or _stands_alone(item)]


def _without_attributes(items: list[Item]) -> list[Item]:
    """Drops numbers that belong to the name of what is measured by the next one."""
    kept = [item for item, behind in pairwise(items) if not _is_attribute(item, behind)]
    return [*kept, items[-1]]


def _is_attribute(item: Item, following: Item) -> bool:
    gap = following.before
    if following.clause != item.clause or item.enclosed:
        return False
    if not gap:
        # 每季度末25日前: the second date says which day of the first.
        vague = item.grain is not Grain.POINT and not item.sign
        return vague and item.family is None and following.family is None
    if item.suffixed and not item.when:
        return True  # 65岁以上老人
    if _FROM.search(item.before) and _TO.search(gap):
        return True  # 由80%提高到95%
    if item.sign:
        return False
    if item.unit in _ATTRIBUTES or (item.unit.isascii() and item.unit.isalpha()):
        return True  # 3级医院, 220kV变电站
    if item.before.endswith("每") and not gap.endswith("每"):
        return True  # 每5公里设1处
    # 30分钟内到场率≥95%
    rate = following.family is Family.PERCENT and item.family is not Family.PERCENT
    return rate and _RATE_NAME.search(gap) is not None


def _without_deadlines(items: list[Item]) -> list[Item]:
    """Drops dates and durations that go along with exactly one target of another kind."""
    for timed in (_is_time, _is_when, _is_weak):
        others = [item for item in items if not timed(item)]
        if len(others) == 1:
            target = others[0]
            return [
                item
                for item in items
                if item is target or not (item.clause == target.clause or _says_only_when(item))
            ]
        if others:
            return [item for item in items if not (timed(item) and _says_only_when(item))]
    return items


def _is_time(item: Item) -> bool:
    return item.when or item.family is Family.TIME


def _is_when(item: Item) -> bool:
    return item.when


def _is_weak(item: Item) -> bool:
    return item.family is None and item.grain in (Grain.YEAR, Grain.WORD)


def _says_only_when(item: Item) -> bool:
    return not _FILLERS.sub("", item.before + item.after)


def _stands_alone(item: Item) -> bool:
    """Whether a lone item is a target. A year, 全年 or 年底 may be what a noun is about."""
    if item.family is not None or item.ranged or item.grain is Grain.POINT:
        return True
    if item.sign and (item.suffixed or item.grain is not Grain.WORD):
        return True
    before = _FILLERS.sub("", item.before)
    if not item.after:
        return True
    return not before and bool(_DONE.search(item.after) or not _FILLERS.sub("", item.after))


def _said(items: list[Item]) -> Reading:
    if len(items) == 1:
        item = items[0]
        if item.unit in ("天", "日") and _DAYS_OF.match(item.after):
            item.family = Family.COUNT
        kind = Kind.RANGE if item.ranged and item.family is not None else _KIND_OF[item.family]
        return Reading(kind, item.sign, item.low, item.high, item.unit)
    if len(items) == 2:
        both = _period(*items) or _between(*items)
        if both is not None:
            return both
    return Reading(Kind.COMPOSITE)


def _period(first: Item, second: Item) -> Reading | None:
    """自2026年7月15日起，至2027年7月14日."""
    if (
        first.family is None
        and second.family is None
        and first.sign in ("≥", "")
        and second.sign == "≤"
        and isinstance(first.low, dt.date)
        and isinstance(second.high, dt.date)
        and (first.sign or _TO.search(second.before))
        and first.low <= second.high
    ):
        return Reading(Kind.DATE, "", first.low, second.high)
    return None


def _between(first: Item, second: Item) -> Reading | None:
    """≥90%且≤95%, 大于3小于5次, 90%≤合格率≤95%: two opposite bounds of one thing."""
    if second.before and not first.enclosed:
        return None
    unit = common_unit(first.unit, second.unit)
    if unit is None or None in (first.family, second.family):
        return None
    low, high = (first, second) if first.sign in ("≥", ">") else (second, first)
    if (
        low.sign in ("≥", ">")
        and high.sign in ("≤", "<")
        and isinstance(low.low, Decimal)
        and isinstance(high.high, Decimal)
        and low.low <= high.high
    ):
        return Reading(Kind.RANGE, "", low.low, high.high, unit)
    return None


def _in_words(bare: str, folded: Folded) -> Reading:
    """A text whose numbers, if it has any, are no targets."""
    if _is_sentence(folded):
        return Reading(Kind.TEXT)
    if folded.referred or _lexicon.REFERENCE.search(bare):
        return Reading(Kind.REFERENCE, folded.sign)
    if folded.sign and all(item.grain is Grain.WORD for item in folded.items):
        words = _lexicon.without_operators(bare)
        if _lexicon.is_grade(words):
            return Reading(Kind.QUALITATIVE)
        if words and folded.sign != "=" and len(words) <= _lexicon.LONGEST_STATE:
            return Reading(Kind.REFERENCE, folded.sign)
        return Reading(Kind.TEXT)
    return Reading(Kind.QUALITATIVE if _lexicon.is_state(bare) else Kind.TEXT)
