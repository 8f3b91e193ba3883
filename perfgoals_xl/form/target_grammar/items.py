"""From tokens to items: each quantity or date with its comparison, its range and its words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perfgoals_xl.form.target_grammar.dates import Grain
from perfgoals_xl.form.target_grammar.lexicon import BASE, COMPARED, REFERENCE, TIMELY
from perfgoals_xl.form.target_grammar.tokens import Token, Type
from perfgoals_xl.form.target_grammar.units import SCALES, Family, family

Bound = Decimal | dt.date | None

FLIPPED: Final = {"≥": "≤", "≤": "≥", ">": "<", "<": ">", "=": "=", "": ""}

_JOINS: Final = re.compile(r"(?:且|并且|而且|同时|以及|和|及|与|但|并|又|或)(?!以)")
_UNTIL: Final = re.compile(r"(?:截[至止](?:到|至)?|(?<!达)[至到])$")
_COUNTED: Final = re.compile(r"(?:数|数量|次数|频次)(?:为|是|达|达到|:)?$")
_MYRIADS_OF: Final = re.compile(r"(?:人|数|量|次|户|人口|面积|率)(?:为|是|达|达到|约|:)?$")


@dataclass(slots=True)
class Item:
    """A quantity or a date, with what is said of it."""

    low: Bound
    high: Bound
    unit: str
    family: Family | None  # None: a date
    clause: int
    before: str  # the words between it and the last item or break
    after: str = ""  # the words between it and the next item or break
    sign: str = ""
    ranged: bool = False
    suffixed: bool = False  # the sign comes from behind: 以上, 以内
    enclosed: bool = False  # it stands in front of a sign: the 90% of 90%≤合格率≤95%
    grain: Grain = Grain.POINT

    @property
    def when(self) -> bool:
        """Whether it is a date or a number of days, months, years."""
        return self.family is None or self.family is Family.DURATION


@dataclass(slots=True)
class Folded:
    """What a text says: its items, and what is left besides them."""

    items: list[Item]
    words: int = 0  # characters that belong to no item
    sign: str = ""  # the first comparison
    referred: bool = False  # a year is compared with: ≤2023年


def fold(tokens: list[Token]) -> Folded:
    """The items of a tokenised text."""
    return _Folder(tokens).run()


class _Folder:
    __slots__ = ("at", "clause", "fresh", "gap", "left", "mark", "out", "sign", "tokens")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.out = Folded([])
        self.clause = 0
        self.gap = ""  # the words since the last item or break
        self.mark = 0  # how many of them stand in front of the pending comparison
        self.sign: Token | None = None  # a comparison that waits for its number
        self.left: Item | None = None  # the item right in front of that comparison
        self.fresh = False  # nothing stood behind the last item yet

    def run(self) -> Folded:
        tokens, size = self.tokens, len(self.tokens)
        while self.at < size:
            token = tokens[self.at]
            self.at += 1
            if token.type is Type.QUANTITY or token.type is Type.DATE:
                self._item(token)
            elif token.type is Type.OPERATOR:
                self._operator(token)
            elif token.type is Type.BREAK:
                self._break()
            else:
                self._words(token.text)
        self._break()
        return self.out

    def _words(self, words: str) -> None:
        self.out.words += len(words)
        if self.out.items and self.out.items[-1].clause == self.clause:
            joined = _JOINS.match(words) if self.fresh else None
            if joined is not None:
                self.clause += 1
                words = words[joined.end() :]
            else:
                self.out.items[-1].after += words
        self.fresh = False
        self.gap += words

    def _break(self) -> None:
        if self.left is not None and self.sign is not None:
            # 95%≤满意度: the sign belongs to the number in front of it.
            self._compare(self.left, FLIPPED[self.sign.sign] if self.gap else self.sign.sign)
        self.clause += 1
        self.sign, self.left, self.gap, self.mark, self.fresh = None, None, "", 0, False

    def _operator(self, token: Token) -> None:
        out = self.out
        out.sign = out.sign or token.sign
        if self.left is not None and self.sign is not None:
            self._compare(self.left, FLIPPED[self.sign.sign])
            self.left.enclosed, self.left = True, None
        elif self.fresh and out.items and not out.items[-1].sign:
            self.left = out.items[-1]
        if self.sign is None or self.gap[self.mark :] or token.sign:
            self.sign, self.mark = token, len(self.gap)
        self.fresh = False

    def _item(self, token: Token) -> None:
        suffix = self._suffix()
        if self._is_base(token, suffix):
            self.out.referred = True
            self.out.words += len(token.text)
            self.gap, self.mark, self.sign, self.left = "", 0, None, None
            self.fresh = False
            return
        item = self._single(token)
        if self._joined(item, token.type):
            suffix = self._suffix()
            item.suffixed = suffix is not None
        else:
            self._sign_item(item, suffix)
        self.out.items.append(item)
        self.gap, self.mark, self.sign, self.left, self.fresh = "", 0, None, None, True

    def _suffix(self) -> Token | None:
        if self.at < len(self.tokens) and self.tokens[self.at].type is Type.SUFFIX:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def _is_base(self, token: Token, suffix: Token | None) -> bool:
        """Whether a year is something to compare with: ≤2023年, 较2023年下降."""
        if token.date is None or token.date.grain is not Grain.YEAR or suffix is not None:
            return False
        signed = self.sign is not None and len(self.gap) == self.mark
        if signed and self.sign is not None and not TIMELY.search(self.sign.text):
            return True
        ahead = self.tokens[self.at] if self.at < len(self.tokens) else None
        if ahead is not None and ahead.type is Type.WORDS and BASE.match(ahead.text):
            return True
        return bool(COMPARED.search(self.gap))

    def _single(self, token: Token) -> Item:
        if token.date is not None:
            date = token.date
            return Item(date.low, date.high, "", None, self.clause, self.gap, grain=date.grain)
        measures = family(token.unit)
        noun = self.gap[: self.mark] if self.sign is not None else self.gap
        noun = noun or self.gap
        if (measures is Family.DURATION and _COUNTED.search(noun)) or (
            token.unit in SCALES and not noun.endswith("¥") and _MYRIADS_OF.search(noun)
        ):
            measures = Family.COUNT
        return Item(token.value, token.value, token.unit, measures, self.clause, self.gap)

    def _joined(self, item: Item, type_: Type) -> bool:
        """Takes in the second half of a range; False where there is none."""
        if self.at + 1 >= len(self.tokens) or self.tokens[self.at + 1].type is not type_:
            return False
        link = self.tokens[self.at]
        tolerance = link.type is Type.WORDS and link.text == "±"
        if link.type is not Type.DASH and not tolerance:
            return False
        second = self._single(self.tokens[self.at + 1])
        if type_ is Type.DATE:
            _join_dates(item, second)
        elif not _join_numbers(item, second, tolerance):
            return False
        item.ranged = True
        self.at += 2
        return True

    def _sign_item(self, item: Item, suffix: Token | None) -> None:
        sign = ""
        if self.sign is not None:
            sign = self.sign.sign
            behind = self.gap[self.mark :]
            word = self.sign.text[0] not in "<>=≤≥"
            if word and behind and REFERENCE.search(behind) and not behind.endswith("的"):
                sign = ""  # 低于上年5%: lower than last year, by 5 %
            if suffix is not None and (self.sign.text == "控制在" or sign == "="):
                sign = ""  # =2026年11月底前, of a column of signs that has to be filled
        elif item.family is None and _UNTIL.search(self.gap):
            sign = "≤"
        if not sign and suffix is not None:
            sign, item.suffixed = suffix.sign, True
        if not sign and isinstance(item.high, Decimal) and self.gap.endswith("±"):
            item.high = item.high.copy_abs()
            item.low, item.ranged = item.high.copy_negate(), True
        self._compare(item, sign)

    @staticmethod
    def _compare(item: Item, sign: str) -> None:
        if item.ranged:
            return
        item.sign = sign
        if sign in ("≥", ">"):
            item.high = None
        elif sign in ("≤", "<"):
            item.low = None


def _join_dates(first: Item, second: Item) -> None:
    """Makes ``first`` the period from one date to the other; without bounds if one has no year."""
    begins, ends = (first, second)
    if isinstance(first.low, dt.date) and isinstance(second.low, dt.date):
        if second.low < first.low:
            begins, ends = ends, begins
        first.low, first.high, first.grain = begins.low, ends.high, Grain.POINT
    else:
        first.low, first.high, first.grain = None, None, Grain.RECURRING


def _join_numbers(first: Item, second: Item, tolerance: bool) -> bool:
    """Makes ``first`` the range between both, or around it (22±2℃); False if the units differ."""
    unit = common_unit(first.unit, second.unit)
    if unit is None or not isinstance(first.low, Decimal) or not isinstance(second.low, Decimal):
        return False
    if unit != first.unit:
        first.unit, first.family = unit, second.family
    ends = (first.low, second.low)
    if tolerance:
        ends = (first.low - second.low, first.low + second.low)
    first.low, first.high = min(ends), max(ends)
    return True


def common_unit(first: str, second: str) -> str | None:
    """The unit of a range whose bounds are written with these; None where they do not agree.

    10万—20万元 is a range in 万元, 100元-500元/人 one in 元/人. 5000元—1万元 is none: the unit is
    kept as written, and there is no one unit that is written there.
    """
    if first == second or not first:
        return second
    if not second:
        return first
    if second.startswith(first) and (first in SCALES or second[len(first)] in "/·"):
        return second
    return None
