"""Chinese numerals as numbers: 二十 → 20, 三千五百 → 3500, 一百二十 → 120, 二〇二六 → "2026".

Whether a numeral *is* a quantity where it stands is not decided here.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

# The formal numerals of invoices (壹贰叁肆伍) are left out: 伍 is far more often that of 队伍.
DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_MYRIADS: Final = {"万": 10_000, "亿": 100_000_000}
_LONGEST: Final = 16

NUMERAL: Final = "[" + "".join([*DIGITS, *_TENS, *_MYRIADS]) + "]"

_YEAR: Final = re.compile(r"(?:一九九|二[〇零○]\S)[〇零○一二三四五六七八九](?=年)")
_MONTH: Final = re.compile(
    r"(?<![零一二三四五六七八九十百千0-9])(十[一二]?|[一二三四五六七八九])月"
)
_DAY: Final = re.compile(
    r"(?<=\d月)(三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[日号])"
)


# What stands in front of a numeral that counts nothing: 第一, 统一, 周五, 逐一.
NO_COUNT_BEHIND: Final = re.compile(r"[第统唯专单同划不逐之初高期周数几多]$|星期$|礼拜$")
_OPENS: Final = "一二两三四五六七八九十零〇半"
_IDIOM: Final = re.compile(
    r"""
      一(?:[般致定体样些点边方流切并律同旦直向味手路度时线起道贯经概举应如带代角多再类期级等口网窗键号面步遇]
        |部分|本[率线]|次性|站|条龙|把手|件事|张[网图表]|盘棋|家亲|门式|系列|项目)
    | 二(?![元年个百千万十]|小时|次(?:$|[;,。以/]))
    | 三(?:[农违方公定北产峡包查保无同线级等期类]|次产|个一|门[峡县]|台县)
    | 四(?:[好风费自害议川级等期类]|个(?:自信|意识|全面))
    | 五(?:[险保金一级等期类]|台[山县]|家渠)
    | 六(?:[稳保税大])
    | 七(?:[一五]|台河)
    | 八[一项]
    | 九(?:年义|大)
    | 十(?:[分佳足大]|[一二三四五六]五)
    | 两(?:[癌不补免会委山房新高法办员违断优型化江岸侧]|个(?:维护|责任|规则))
    | [一二三四五六七八九十]+(?:年(?:行动|规划|计划|滚动|级|制|义务)
        |个(?:统一|确保|维护|意识|自信|坚持|必须|到位|一批))
    """,
    re.VERBOSE,
)
# 一企一档, 一户一策, 五险一金; but 一年两次.
_PAIR: Final = re.compile(
    r"[一二三四五六七八九][^年月周天日季至到零〇一二两三四五六七八九十百千万亿\W0-9_]"
    r"[一二三四五六七八九][^零〇一二两三四五六七八九十百千万亿\W0-9_]"
)


def idiom(plain: str, start: int, numeral: str) -> int:
    """Where the word ends that begins with ``numeral`` and counts nothing (一体化); else 0."""
    if numeral[0] not in _OPENS:
        return start + len(numeral)
    if found := _PAIR.match(plain, start):
        return found.end()
    if found := _IDIOM.match(plain, start):
        return max(found.end(), start + len(numeral))
    return 0


def whole(numeral: str) -> int | None:
    """The number that ``numeral`` spells, or None where it is none: 十四五, 三五, 百千."""
    if not numeral or len(numeral) > _LONGEST:
        return None
    total = section = 0
    digit: int | None = None
    # A ten must follow a greater ten, a myriad a greater myriad: 三百五千 is no number.
    last_ten, last_myriad = 10_000, 10**12
    for position, char in enumerate(numeral):
        if char in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[char]
        elif char in _TENS:
            weight = _TENS[char]
            if weight >= last_ten or (digit is None and (weight != 10 or position)):
                return None
            section += (1 if digit is None else digit) * weight
            digit, last_ten = None, weight
        elif char in _MYRIADS:
            weight = _MYRIADS[char]
            section += digit or 0
            if weight >= last_myriad or not section:
                return None
            total += section * weight
            section, digit, last_ten, last_myriad = 0, None, 10_000, weight
        else:
            return None
    return total + section + (digit or 0)


def value(numeral: str) -> Decimal | None:
    """Like :func:`whole`, with 点 for the decimals: 三点五 → 3.5."""
    before, point, after = numeral.partition("点")
    number = whole(before)
    if number is None or not point:
        return None if number is None else Decimal(number)
    if not after or any(char not in DIGITS for char in after):
        return None
    return Decimal(f"{number}." + "".join(str(DIGITS[char]) for char in after))


def spell_dates(plain: str) -> str:
    """``plain`` with the numerals of its dates as digits: 二〇二六年十二月三日 → 2026年12月3日."""
    if "年" in plain:
        plain = _YEAR.sub(_digits, plain)
    if "月" in plain:
        plain = _MONTH.sub(lambda found: f"{whole(found[1])}月", plain)
        plain = _DAY.sub(lambda found: str(whole(found[1])), plain)
    return plain


def _digits(found: re.Match[str]) -> str:
    numeral = found[0].replace("○", "〇")
    if all(char in DIGITS for char in numeral):
        return "".join(str(DIGITS[char]) for char in numeral)
    return found[0]
