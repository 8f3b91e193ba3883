"""How values are written: signs as signs or words, dates, numbers that were not made up to fit."""

from __future__ import annotations

import calendar
import random
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from tests.support.faults.choices import Choices

_SPAN = re.compile(r"\{(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)\}")
_DATE = re.compile(r"\{date:(\d+)-(\d+)\}")
_SIGNED = re.compile(r"([≥≤])(\d+(?:\.\d+)?)(\D*.*)")
_COUNTED: Final = re.compile(r"[%‰/]|^(?:年|小时|分钟|个百分点)")


def pick(rng: random.Random, choices: Sequence[str]) -> str:
    """One of some texts."""
    return rng.choice(list(choices))


def plain(number: Decimal) -> str:
    """A decimal as people write it: no zeros at its end, no exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(rng: random.Random, least: int, most: int) -> int:
    """A whole number between two bounds, round where it is large, as plans are."""
    number = rng.randint(least, most)
    for limit, step in ((20000, 1000), (2000, 100), (300, 10), (100, 5)):
        if most > limit:
            return max(number // step * step, step)
    return number


def value_text(choices: Choices, name: str, pattern: str, year: int) -> str:
    """A value of the material in the style of this declaration."""
    rng = choices.rng(f"value/{name}")

    def number(match: re.Match[str]) -> str:
        low, high = match.groups()
        if "." in low or "." in high:
            return plain(Decimal(rng.randint(int(float(low) * 10), int(float(high) * 10))) / 10)
        return str(rounded(rng, int(low), int(high)))

    text = _DATE.sub(lambda match: date_text(rng, year, *map(int, match.groups())), pattern)
    text = _SPAN.sub(number, text).replace("{y}", str(year))
    return restyled(choices, name, text)


def date_text(rng: random.Random, year: int, first: int, last: int) -> str:
    """The time until which something is done, as staff write it."""
    month = rng.randint(first, last)
    day = calendar.monthrange(year, month)[1]
    return rng.choice(
        (
            f"{year}年{month}月底前",
            f"{year}年{month}月底前",
            f"{year}年{month}月{day}日前",
            f"{year}年{month}月{day}日",
            f"{year}年{month}月底",
            f"{year}年{month}月",
            f"{month}月底前",
            f"{year}年{month}月{day}日前完成",
            f"{year}.{month}.{day}前",
            f"≤{year}年{month}月",
            f"{year}年{month}月{rng.choice((10, 15, 20, 25))}日前",
        )
    )


def restyled(choices: Choices, name: str, text: str) -> str:
    """``≥95%`` as this declaration writes it: ``不低于95%``, ``>=95%``, ``95%以上``."""
    found = _SIGNED.fullmatch(text)
    if found is None:
        return text
    sign, number, unit = found.groups()
    style, rng = choices["signs"], choices.rng(f"sign/{name}")
    if style == "mixed":
        style = rng.choice(("signs", "signs", "words", "half", "spaced"))
    if style == "half":
        return {"≥": ">=", "≤": "<="}[sign] + number + unit
    if style == "spaced":
        return f"{sign} {number}{unit}"
    if style == "words":
        return _in_words(rng, sign, number, unit)
    return text


def _in_words(rng: random.Random, sign: str, number: str, unit: str) -> str:
    amount = number + unit
    if sign == "≤":
        texts = [f"不超过{amount}", f"小于等于{amount}", f"不高于{amount}"]
        if unit and "/" not in unit:
            texts.append(f"{amount}以内")
        return rng.choice(texts)
    texts = [f"不低于{amount}", f"大于等于{amount}", f"达到{amount}以上", f"{amount}以上"]
    if not _COUNTED.search(unit):
        texts += [f"不少于{amount}", f"至少{amount}"]
    if "/" in unit:
        texts = texts[:2]
    return rng.choice(texts)
