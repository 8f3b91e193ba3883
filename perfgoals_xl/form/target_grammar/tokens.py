"""From a normalised target value to tokens: comparisons, quantities, dates, dashes, words.

The tokeniser decides what only the neighbouring characters can tell: whether 一 is a number,
where a unit ends, whether ``2024.12`` is a month. What the tokens say together is for the grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from perfgoals_xl.form.target_grammar import dates as _dates
from perfgoals_xl.form.target_grammar import numerals as _numerals
from perfgoals_xl.form.target_grammar.lexicon import OPERATOR, SUFFIX, sign_of
from perfgoals_xl.form.target_grammar.units import ATOMS, read_unit


class Type(Enum):
    """What a token is."""

    WORDS = "words"
    OPERATOR = "operator"  # in front of what it compares
    SUFFIX = "suffix"  # behind it: 以上, 以内; behind a date 前, 后
    QUANTITY = "quantity"
    DATE = "date"
    DASH = "dash"
    BREAK = "break"


@dataclass(slots=True)
class Token:
    """One token. ``sign`` is that of comparisons, ``value`` and ``unit`` belong to quantities."""

    type: Type
    text: str
    sign: str = ""
    value: Decimal | None = None
    unit: str = ""
    date: _dates.Moment | None = None


_TOKEN: Final = re.compile(
    rf"""
      (?P<words>《[^》]{{0,200}}》|“[^”]{{0,200}}”|"[^"]{{0,200}}"|‘[^’]{{0,200}}’|「[^」]{{0,200}}」
        |[〔【\[(][12][0-9]{{3}}[〕】\])]\s?第?[0-9]*号?
        |[A-Z]{{1,8}}(?:/[A-Z]{{1,2}})?[ -]?[0-9]+(?:\.[0-9]+)*[-—–][0-9]{{2,4}}(?![0-9])
        |[A-PR-Za-z][A-Za-z0-9.+\#&-]*|Q(?![1-4](?![0-9]))[A-Za-z0-9]*)
    | (?P<operator>{OPERATOR})
    | (?P<number>[0-9])
    | (?P<date>{_dates.RECURRING})
    | (?P<share>[百千万]分之(?P<of>[0-9.]+|[百{_numerals.NUMERAL[1:-1]}点]+))
    | (?P<numeral>{_numerals.NUMERAL}+(?:点{_numerals.NUMERAL}+)?|半(?=[年天]|个月|小时|个小时))
    | (?P<break>[;,。、!\n])
    | (?P<dash>[-~—–]+|[至到](?=-?[0-9零一二两三四五六七八九十]))
    """,
    re.VERBOSE,
)
_NUMBER: Final = re.compile(
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]{1,24})"
    r"(?:\.[0-9]{1,24})?(?![0-9])"
)
# Digits that count nothing: versions, products, fractions, times of the day, names of things.
_NO_NUMBER: Final = re.compile(
    r"[0-9]+(?:\.[0-9]+){2,}|[0-9.]+[个天]?[*×xX][0-9.]+|[0-9]+/[0-9]+(?![0-9/.百千万亿])"
    r"|1:(?!1(?![0-9.]))[0-9.]+|[0-9]{1,2}:[0-5][0-9](?![0-9])|[0-9]+·[0-9]+|[345]G(?![A-Za-z])|[234]D(?![A-Za-z])"
    r"|[48]K(?![A-Za-z])|[0-9]+(?:号|#)|[1-5]A+级?"
)
_DIGIT: Final = re.compile("[0-9]")
_RATIO: Final = re.compile(r":1(?![0-9.])")
_MINUS_BEHIND: Final = ("为", ":", "(", "率", "幅", "±")

# A remark in brackets says more about the target; its numbers are not the target.
_REMARK: Final = re.compile(r"\(([^()]*)\)")
_QUANTIFIED: Final = re.compile(
    r"[0-9]|[一二两三四五六七八九十百千]{1,16}[万亿个次人家户项件台套名场元年天成份篇条]"
)
# The number of an item of a list: 1. 1、 (1) ① 指标1：
_ENUMERATION: Final = re.compile(
    r"(?<![0-9])\((?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})\)(?=[^0-9%/])|[①-⑳]"
    r"|(?:^|(?<=[;,。]))(?:[0-9]{1,2}[.、)](?=[^0-9\s%])|(?:指标|目标)[0-9一二三四五六]{1,2}[:、])"
)

_NUMERAL_RANGE: Final = re.compile(rf"[-~—–至到]{{1,4}}(?={_numerals.NUMERAL}|[0-9])")
_NEXT_YEAR: Final = re.compile(r"[-~—–至到]{0,4}(?:次年|翌年)")
_HALF: Final = Decimal("0.5")
_HALVED: Final = ("年", "天", "个月", "小时", "个小时", "倍")


def prepare(plain: str) -> str:
    """``plain`` without remarks in brackets and list numbers, its Chinese dates in digits."""
    plain = _ENUMERATION.sub(";", plain)
    if "(" in plain:
        bare = _REMARK.sub(_remark, plain)
        if _QUANTIFIED.search(plain) and not _QUANTIFIED.search(bare):
            bare = plain.replace("(", "").replace(")", "")
        plain = bare
    if "年" in plain or "月" in plain:
        plain = _numerals.spell_dates(plain)
    return plain


def _remark(found: re.Match[str]) -> str:
    inner, before = found[1], found.string[found.start() - 1 : found.start()]
    if before.isdecimal() and inner and read_unit(inner, 0)[1] == len(inner):
        return inner  # 100(人次)
    return found[0] if inner in ATOMS and before and not before.isascii() else ""


def tokenise(plain: str) -> list[Token]:
    """The tokens of a text that :func:`prepare` returned."""
    return _Tokeniser(plain).run()


class _Tokeniser:
    __slots__ = ("at", "plain", "tokens")

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.at = 0
        self.tokens: list[Token] = []

    def run(self) -> list[Token]:
        plain, tokens, size = self.plain, self.tokens, len(self.plain)
        search = _TOKEN.search
        seek = 0
        while seek < size:
            found = search(plain, seek)
            if found is None:
                break
            start, kind = found.start(), found.lastgroup
            seek = found.end()
            if kind == "number":
                seek = self._number(start, negative=False)
            elif kind == "operator":
                self._words_until(start)
                tokens.append(Token(Type.OPERATOR, found[0], sign_of(found[0])))
                self.at = seek
            elif kind == "break":
                self._words_until(start)
                tokens.append(Token(Type.BREAK, found[0]))
                self.at = seek
            elif kind == "dash":
                seek = self._dash(start, seek)
            elif kind == "date":
                self._words_until(start)
                seek = self._date(start, _dates.word(found[0], seek))
            elif kind == "share":
                self._share(start, found)
            elif kind == "numeral":
                seek = self._numeral(start, found[0])
        self._words_until(size)
        return tokens

    def _words_until(self, end: int) -> None:
        if end > self.at:
            self.tokens.append(Token(Type.WORDS, self.plain[self.at : end]))

    def _before(self, start: int) -> str:
        """The words directly in front of ``start``."""
        return self.plain[self.at : start]

    def _dash(self, start: int, end: int) -> int:
        """A range sign, or the sign of a negative number, or both (-5~-3)."""
        plain, before = self.plain, self._before(start)
        minus = plain[end - 1] == "-" and _DIGIT.match(plain, end) is not None
        last = self.tokens[-1].type if self.tokens else None
        ends_item = not before and last in (Type.QUANTITY, Type.DATE, Type.SUFFIX)
        if ends_item:
            minus = minus and plain[end - 2 : end] == "~-"
        elif before:
            minus = minus and before.endswith(_MINUS_BEHIND)
        self._words_until(start)
        self.at = end
        if dash := plain[start : end - 1 if minus else end]:
            self.tokens.append(Token(Type.DASH, dash))
        return self._number(end, negative=True) if minus else end

    def _number(self, start: int, negative: bool) -> int:
        plain, before = self.plain, self._before(start)
        last = self.tokens[-1] if self.tokens else None
        if before.endswith("第"):
            return self._skip_digits(start)
        if not negative:
            signed = last is not None and last.type is Type.OPERATOR and not before
            year = self._joined_year(before) if last is not None else None
            moment = _dates.scan(plain, start, before, signed, year)
            if moment is not None:
                if moment.grain is _dates.Grain.INVALID:
                    return moment.end
                if _NEXT_YEAR.fullmatch(before) and self.tokens:
                    self.tokens.append(Token(Type.DASH, before))
                else:
                    self._words_until(start)
                return self._date(start, moment)
        odd = _NO_NUMBER.match(plain, start)
        if odd is not None:
            return odd.end()
        number = _NUMBER.match(plain, start)
        if number is None:
            return self._skip_digits(start)
        self._words_until(start)
        value = Decimal(number[0].replace(",", "").replace(" ", ""))
        if (ratio := _RATIO.match(plain, number.end())) is not None:
            unit, end = ratio[0], ratio.end()
        else:
            value, unit, end = self._measure(value, number.end())
        value = value.copy_negate() if negative else value
        return self._quantity(start, end, value, unit, before)

    def _measure(self, value: Decimal, at: int) -> tuple[Decimal, str, int]:
        """The number and the unit that stands at ``at``, with the half of 一年半 and 1个半小时."""
        plain = self.plain
        if plain.startswith("个半", at):
            unit, end = read_unit(plain, at + 2)
            if unit in ("月", "小时", "学期", "星期"):
                return value + _HALF, "个" + unit, end
        unit, end = read_unit(plain, at)
        if plain.startswith("半", end) and unit in _HALVED:
            return value + _HALF, unit, end + 1
        return value, unit, end

    def _quantity(self, start: int, end: int, value: Decimal, unit: str, before: str) -> int:
        if before.endswith("¥") and not unit:
            unit = "元"
        self.tokens.append(Token(Type.QUANTITY, self.plain[start:end], "", value, unit))
        self.at = end
        suffix = SUFFIX.match(self.plain, end)
        if suffix is not None:
            sign = "≥" if suffix["least"] else "≤"
            self.tokens.append(Token(Type.SUFFIX, suffix[0], sign))
            self.at = suffix.end()
        return self.at

    def _date(self, start: int, moment: _dates.Moment) -> int:
        self.tokens.append(Token(Type.DATE, self.plain[start : moment.end], date=moment))
        sign, self.at = _dates.read_bound(self.plain, moment.end)
        if sign:
            self.tokens.append(Token(Type.SUFFIX, self.plain[moment.end : self.at], sign))
        return self.at

    def _joined_year(self, before: str) -> int | None:
        """The year of the date to which a dash or 至 joins what stands here."""
        later = 1 if _NEXT_YEAR.search(before) else 0
        joined = bool(later) or before.endswith(("至", "到"))
        for token in reversed(self.tokens):
            if token.type is Type.DATE and token.date is not None:
                return token.date.low.year + later if joined and token.date.low else None
            if token.type is Type.DASH and not before:
                joined = True
            elif token.type not in (Type.SUFFIX, Type.BREAK, Type.WORDS):
                return None
        return None

    def _skip_digits(self, start: int) -> int:
        while start < len(self.plain) and self.plain[start].isdecimal():
            start += 1
        return start

    def _share(self, start: int, found: re.Match[str]) -> None:
        """百分之九十五."""
        unit = {"百": "%", "千": "‰", "万": "‱"}[found[0][0]]
        spelled = found["of"]
        if spelled == "百":
            value: Decimal | None = Decimal(100)
        elif spelled[0].isdecimal():
            number = _NUMBER.fullmatch(spelled)
            value = Decimal(number[0]) if number else None
        else:
            value = _numerals.value(spelled)
        if value is not None:
            before = self._before(start)
            self._words_until(start)
            self._quantity(start, found.end(), value, unit, before)

    def _numeral(self, start: int, numeral: str) -> int:
        """A Chinese numeral, where it is a quantity; elsewhere it stays among the words."""
        plain, end = self.plain, start + len(numeral)
        before = self._before(start)
        idiom = _numerals.idiom(plain, start, numeral)
        if idiom or plain.startswith("分之", end) or _numerals.NO_COUNT_BEHIND.search(before):
            return max(end, idiom)
        if numeral == "半":
            value: Decimal | None = _HALF
        else:
            # 三千万元 is 3000 万元: what is written as a unit stays one.
            scaled = numeral.rstrip("万亿")
            end -= 0 if "万" in scaled or "亿" in scaled else len(numeral) - len(scaled)
            value = _numerals.value(plain[start:end])
        if value is None:
            return start + len(numeral)
        value, unit, behind = self._measure(value, end)
        counted = not unit.isascii() if unit else self._bare_numeral(before, numeral, end)
        if not counted:
            return start + len(numeral)
        self._words_until(start)
        return self._quantity(start, behind, value, unit, before)

    def _bare_numeral(self, before: str, numeral: str, end: int) -> bool:
        """Whether a numeral without a unit is a quantity: 不少于二十, 两到三次."""
        ranged = _NUMERAL_RANGE.match(self.plain, end) is not None
        alone = end == len(self.plain) or SUFFIX.match(self.plain, end) is not None
        last = self.tokens[-1].type if self.tokens else None
        signed = last in (Type.OPERATOR, Type.DASH) or len(numeral) > 1
        return not before and (ranged or (alone and signed))
