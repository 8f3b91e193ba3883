"""Targets that stand in an indicator's name, against the value beside it (V12)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.form.amounts import convert
from perfgoals_xl.form.target import Kind, parse_target
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.evidence.indicator_text import is_open, letters, named
from perfgoals_xl.review.findings import Hit, Verdict
from perfgoals_xl.review.row_rules import JudgedIndicator, indicator_rule

_NUMBER = r"(?<![\d.,第前每*×x/—-])(?P<number>\d[\d,]*(?:\.\d+)?)"
_CHINESE = (
    r"(?<![第每前统进唯之逐零一二两三四五六七八九十百千万])"
    r"(?P<chinese>[一二两三四五六七八九十百]{1,5})"
)
_PERCENT = re.compile(_NUMBER + r"(?P<unit>%)")
_MONEY = re.compile(_NUMBER + r"(?P<unit>(?:万|亿|万亿)?元|[万亿](?=以?内|以下|$))")
_DIGITS = re.compile(r"\d{1,15}(?:\.\d{1,15})?%")
_ANY = re.compile(r"[\d一二两三四五六七八九十]")
_HEADS = ("人", "名", "位")
# The number is a rate only right behind what is rated; else it says what sort of thing is meant.
_RATED = re.compile(
    r"(?:率|度|比例|占比|比重)(?:达到?|为|在|是|打到|至|应|不低于|不少于|不超过|大于|小于|[<>=≤≥:])*$"
)
_UNIT_PRICE = re.compile(r"每|人均|户均|次均|生均|单价|标准|\d(?:元|万元)/")
# The number describes a kind (500人以上企业) or a part (10家试点企业中…), not the target.
_DESCRIBES = re.compile(r"^(?:以上|以下|及以上|及以下|左右|规模|的|级|制|型|版|季|性)")
_PART = re.compile(r"[中里内](?!心|央|小|型|等|期|学|部|容|涝)|其中|之一")
# Said on the side: in brackets, or of another year.
_ASIDE = re.compile(r"\([^()]*$|含|其中|上年|去年|往年|结转|结余|累计|总投资|已(?!建)")
# A target of its own in brackets at the end: 建档率（≥95%）, 培训人数（目标值：不少于200人）.
_OPENED = re.compile(
    r"\((?:(?:目标|指标|年度)?(?:值|目标)?:?)(?:≥|≤|>=|<=|[<>=]|不[低少小]于|不[超多]过?|大于|小于|达到?|至少)*$"
)
_CLOSED = re.compile(r"^(?:及?以[上下内])?\)$")
_COUNTED_DAYS = ("天", "日", "年", "个月", "月")


@dataclass(frozen=True)
class _Inside:
    """A number in a name: as written, its value in the unit of the target, and where it stands."""

    text: str
    number: Decimal
    before: str
    after: str
    is_plain: bool


def name_holds_no_target(row: JudgedIndicator) -> Verdict:
    """V12: the name says what is measured and leaves the target to the value."""
    name, value = row["level3"] or "", row["target_value"] or ""
    if not is_open(row) or not _holds_digits(name) or letters(name) == letters(value):
        return None  # V13 speaks of a value that repeats the name.
    if row["kind"] == Kind.COMPOSITE:
        return _same_rates(row)
    number = row["low"] if row["low"] is not None else row["high"]
    is_exact = row["low"] is None or row["high"] is None or row["low"] == row["high"]
    if not isinstance(number, Decimal) or not is_exact:
        return None
    found = _numbers_inside(fold(name), str(row["kind"]), row["unit"] or "")
    if row["kind"] == Kind.MONEY:
        found = tuple(one for one in found if not _UNIT_PRICE.search(one.before))
    for one in found:
        if one.number == number:
            return _hit(row, one.text, "same")
    if len(found) != 1:
        return None  # Parts, perhaps: they need not be the target one by one.
    return _hit(row, found[0].text, "") if _contradicts(row, found[0]) else None


def _holds_digits(name: str) -> bool:
    return _ANY.search(fold(name)) is not None


def _contradicts(row: JudgedIndicator, one: _Inside) -> bool:
    before = one.before
    opened = _OPENED.search(before) if _CLOSED.match(one.after) else None
    if opened is not None:
        before = before[: opened.start()]
    if not one.is_plain or _ASIDE.search(before):
        return False
    if row["kind"] == Kind.PERCENT:
        return _RATED.search(before) is not None
    if opened is not None:
        return "每" not in before and not (row["kind"] == Kind.MONEY and _UNIT_PRICE.search(before))
    if _DESCRIBES.match(one.after):
        return False
    if row["kind"] == Kind.MONEY:
        return _UNIT_PRICE.search(one.after) is None
    return _PART.search(one.after) is None and "每" not in before


def _hit(row: JudgedIndicator, inside: str, variant: str) -> Hit:
    severity = Severity.INFO if variant == "same" else None
    return Hit("indicator", {**named(row), "inside": inside}, variant, severity)


def _same_rates(row: JudgedIndicator) -> Verdict:
    """Several rates in one cell, and the same in the name."""
    inside = _DIGITS.findall(fold(row["level3"]))
    if inside and inside == _DIGITS.findall(fold(row["target_value"])):
        return _hit(row, "、".join(inside), "same")
    return None


def _numbers_inside(name: str, kind: str, unit: str) -> tuple[_Inside, ...]:
    """The numbers of a name that stand with the unit of the value, in that unit."""
    pattern = _pattern(kind, unit)
    if pattern is None:
        return ()
    found = []
    for match in pattern.finditer(name):
        number = _value(match, unit)
        if number is not None:
            before, after = name[: match.start()], name[match.end() :]
            is_plain = match.groupdict().get("number") is not None
            found.append(_Inside(match[0], number, before, after, is_plain))
    return tuple(found)


def _value(match: re.Match[str], unit: str) -> Decimal | None:
    if "chinese" in match.groupdict() and match["chinese"]:
        bound = parse_target(f"{match['chinese']}个").low
        return bound if isinstance(bound, Decimal) else None
    number = Decimal(match["number"].replace(",", ""))
    if match.re is not _MONEY:
        return number
    written = match["unit"] if match["unit"].endswith("元") else f"{match['unit']}元"
    wanted = unit if unit.endswith("元") else f"{unit}元"
    try:
        return convert(number, written, wanted)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _pattern(kind: str, unit: str) -> re.Pattern[str] | None:
    if kind == Kind.PERCENT and unit == "%":
        return _PERCENT
    if kind == Kind.MONEY:
        return _MONEY
    if kind != Kind.NUMERIC or not unit or unit in _COUNTED_DAYS:
        return None
    classifier = re.escape(unit)
    if unit.startswith(_HEADS):
        classifier = "[人名位]次" if "次" in unit else "[人名位](?!次)"
    return re.compile(rf"(?:{_NUMBER}|{_CHINESE})(?P<unit>{classifier})(?!性|对一|体|致)")


CHECKS = (indicator_rule("V12", name_holds_no_target),)
