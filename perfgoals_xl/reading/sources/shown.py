"""How a cell shows its number, date or truth value.

A target value counts as people see it: 95% for a stored 0.95, ≥120人次 for a 120 whose number
format prints the sign and the unit. A format that only arranges the digits changes nothing, and no
digit that somebody typed is lost: a cost of 12.345678 in a cell that shows 12.35 stays whole.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from perfgoals_xl.reading.sources.number_format import Kind, Piece, Section, sections

_DECIMALS_TYPED = 6
"""Amounts have no more decimals; what has more was calculated, and counts as the cell rounds it."""
# The largest number of a spreadsheet has 309 digits, and a format may ask for many decimals.
_EXACT = Context(prec=1000, rounding=ROUND_HALF_UP)
# The texts of a date that only part its numbers.
_DATE_MARKS = frozenset("年月日/-. ,:号时分秒\u3000")
_DAY_SECONDS = 86_400
_NUMBERS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_LONGEST_NUMBER = 100
_LARGEST_POWER = 12
_PRINTED_POINT = Piece(Kind.TEXT, ".")


def shown(value: object, number_format: str) -> str:
    """A number, date or truth value as a cell with this format shows it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date):
        return _shown_date(value, number_format)
    if isinstance(value, dt.time):
        seconds = Decimal(value.hour * 3600 + value.minute * 60 + value.second)
        return _clock(sections(number_format)[0], seconds) or str(value)
    if isinstance(value, dt.timedelta):
        return _clock(sections(number_format)[0], Decimal(value.total_seconds())) or str(value)
    if isinstance(value, int | float):
        number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
        return _shown_number(number, number_format) if number.is_finite() else str(value)
    return str(value)


@lru_cache(maxsize=2048)
def may_scale(code: str) -> bool:
    """Whether a number format shows some numbers in another power of ten."""
    return any(_power(section) for section in sections(code))


def power_of(value: object, code: str) -> int:
    """The power of ten in which a number format shows a number: -4 for a 120000 shown as 12.0.

    0 where it shows it in none, and for what is no number. Percentages are numbers of their own.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not value:
        return 0
    return _power(_section_for(Decimal(value), sections(code))[0])


def power_by_text(number: float, text: str) -> int:
    """The power of ten in which a text shows a number, for a file that has the text alone.

    0 where the text shows the number as it is (rounded or not), or something else.
    """
    found = _NUMBERS.findall(text) if len(text) <= _LONGEST_NUMBER else []
    if len(found) != 1 or "%" in text or not number or not math.isfinite(number):
        return 0
    told = Decimal(found[0].replace(",", ""))
    exponent = told.as_tuple().exponent
    stored = abs(Decimal(f"{number:.15g}"))
    if not told or not isinstance(exponent, int) or abs(stored.adjusted()) > _LARGEST_POWER:
        return 0
    # Less than a thousand is no size that people count in, and a slip would be one.
    powers: tuple[int, ...] = (0, *range(3, _LARGEST_POWER))
    for power in powers:
        scaled = stored.scaleb(-power)
        rounded = scaled.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP, context=_EXACT)
        if told in (scaled, rounded):
            return -power
    return 0


def _power(section: Section) -> int:
    """Commas behind the last digit divide by a thousand; a point that is only printed by ten for
    every digit behind it."""
    if section.is_date or _is_fraction(section):
        return 0
    pieces = section.pieces
    kinds = [piece.kind for piece in pieces]
    if Kind.DIGIT not in kinds or Kind.POWER in kinds:
        return 0
    point = kinds.index(Kind.POINT) if Kind.POINT in kinds else len(pieces)
    whole = [n for n, kind in enumerate(kinds[:point]) if kind is Kind.DIGIT]
    if not whole:
        return 0
    power: int = -3 * kinds[whole[-1] + 1 :].count(Kind.GROUP)
    printed = [n for n in range(whole[0], whole[-1]) if pieces[n] == _PRINTED_POINT]
    if len(printed) == 1 and point == len(pieces):
        power -= sum(n > printed[0] for n in whole)
    return power


def _shown_number(number: Decimal, code: str) -> str:
    if not code or code == "General":
        return _plain(number)
    section, is_abs = _section_for(number, sections(code))
    kinds = {piece.kind for piece in section.pieces}
    if section.is_date or Kind.POWER in kinds or _is_fraction(section):
        return _plain(number)
    if not section.says_more and not _power(section):
        if Kind.PERCENT not in kinds:
            return _plain(_rounded(number, _decimals(section)) if Kind.DIGIT in kinds else number)
        return f"{_plain(_rounded(number * 100, _decimals(section)))}%"
    if not kinds & {Kind.DIGIT, Kind.GENERAL}:
        return section.words.strip()
    text = _written(abs(number), section)
    return text if number >= 0 or is_abs else f"-{text}"


def _section_for(number: Decimal, found: tuple[Section, ...]) -> tuple[Section, bool]:
    """The section that a number is shown by, and whether it says by itself that it is negative."""
    numeric = [s for s in found[:3] if not any(p.kind is Kind.AT for p in s.pieces)] or [found[0]]
    if any(section.sign for section in numeric):
        for place, section in enumerate(numeric):
            # Behind a condition on positive numbers the second section is that of the negative.
            implied = place == 1 and not section.sign and len(numeric) > 2
            if section.holds(number) and not (implied and number >= 0):
                return section, implied
        return numeric[-1], False
    if number < 0 and len(numeric) > 1:
        return numeric[1], True
    if number == 0 and len(numeric) > 2:
        return numeric[2], True
    return numeric[0], False


def _is_fraction(section: Section) -> bool:
    """Whether it writes ``1 1/2``."""
    kinds = "".join(
        "0" if p.kind is Kind.DIGIT else "/" if p.text == "/" else " " for p in section.pieces
    )
    return "0/0" in kinds


def _decimals(section: Section) -> int:
    kinds = [piece.kind for piece in section.pieces]
    if Kind.POINT not in kinds:
        return 0
    return kinds[kinds.index(Kind.POINT) :].count(Kind.DIGIT)


def _rounded(number: Decimal, decimals: int) -> Decimal:
    """As the format rounds a quotient; the digits that somebody typed are kept."""
    exponent = number.as_tuple().exponent
    typed = -exponent if isinstance(exponent, int) else 0
    if typed <= max(decimals, _DECIMALS_TYPED):
        return number
    return number.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)


def _written(number: Decimal, section: Section) -> str:
    """A number that is not negative, digit by digit into the places of a section."""
    pieces = section.pieces
    if any(piece.kind is Kind.GENERAL for piece in pieces):
        texts = (_plain(number) if p.kind is Kind.GENERAL else p.text for p in pieces)
        return "".join(texts).strip()
    places = [n for n, piece in enumerate(pieces) if piece.kind is Kind.DIGIT]
    first, last = places[0], places[-1]
    kinds = [piece.kind for piece in pieces]
    point = kinds.index(Kind.POINT) if Kind.POINT in kinds else len(pieces)
    whole_places = [n for n in places if n < point]
    # Commas behind the last digit divide by a thousand, one between two digits groups them.
    end = max(whole_places, default=first)
    thousands = sum(kind is Kind.GROUP for kind in kinds[end + 1 :])
    grouped = any(kinds[n] is Kind.GROUP for n in range(first, end))
    number = number.scaleb(2 * kinds.count(Kind.PERCENT) - 3 * thousands)
    parted = any(kinds[n] is Kind.TEXT for n in range(first, last))
    decimals = len(places) - len(whole_places)
    if thousands or parted:
        number = number.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
    else:
        number = _rounded(number, decimals)
    whole, _, rest = f"{number:f}".partition(".")
    digits = _whole_digits(whole, [pieces[n].text for n in whole_places], grouped)
    fraction = _fraction_digits(rest, [pieces[n].text for n in places if n > point])
    return _joined(pieces, dict(zip(whole_places, digits, strict=True)), fraction, point, end)


def _joined(
    pieces: tuple[Piece, ...], digits: dict[int, str], fraction: str, point: int, end: int
) -> str:
    text, told = "", False
    for number, piece in enumerate(pieces):
        if number in digits:
            text += digits[number]
            if number == end and point == len(pieces) and fraction:
                # Digits that the format hides.
                text += f".{fraction}" if digits[number] else f"0.{fraction}"
        elif piece.kind is Kind.POINT and not told:
            text += f".{fraction}" if fraction else ""
            told = True
        elif piece.kind in (Kind.TEXT, Kind.PERCENT):
            text += piece.text
    return text.strip()


def _whole_digits(whole: str, places: list[str], grouped: bool) -> list[str]:
    """The digits for each place before the point; the first takes all that are left over."""
    if not places:
        return []
    whole = whole.lstrip("0")
    needed = len(places) - (places.index("0") if "0" in places else len(places))
    whole = whole.rjust(needed, "0")
    digits = list(whole)
    if grouped:
        behind = range(len(digits) - 1, -1, -1)
        digits = [
            f"{d}," if left and left % 3 == 0 else d for d, left in zip(digits, behind, strict=True)
        ]
    over = max(0, len(digits) - len(places) + 1)
    taken = ["".join(digits[:over]), *digits[over:]] if over else digits
    return [""] * (len(places) - len(taken)) + taken


def _fraction_digits(rest: str, places: list[str]) -> str:
    """The digits behind the point: as many as the places ask for, and those typed beyond."""
    needed = len(places)
    while needed and places[needed - 1] != "0" and len(rest.rstrip("0")) < needed:
        needed -= 1
    return rest.rstrip("0").ljust(needed, "0")


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _shown_date(value: dt.date, code: str) -> str:
    section = sections(code)[0]
    parts = {p.text[0] for p in section.pieces if p.kind is Kind.DATE}
    year, month, day = "y" in parts or "e" in parts, "m" in parts, "d" in parts
    if (year or month or day) and not _DATE_MARKS.issuperset(section.words):
        return _date_written(value, section)
    if parts & {"h", "s"} or not (year or month or day) or (year and day):
        spelled = "年" in section.words and not parts & {"h", "s"}
        if spelled:
            return f"{value.year}年{value.month}月{value.day}日"
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
    # What the cell does not show was not typed: a day without a year is of no year.
    return "".join((
        f"{value.year}年" if year else "",
        f"{value.month}月" if month else "",
        f"{value.day}日" if day else "",
    ))  # fmt: skip


def _date_written(value: dt.date, section: Section) -> str:
    """A date piece by piece, for a format that says more than the date."""
    text = ""
    for piece in section.pieces:
        letter, width = piece.text[:1], len(piece.text)
        if piece.kind is Kind.TEXT:
            text += piece.text
        elif letter in ("y", "e"):
            text += f"{value.year:04d}"
        elif letter == "m":
            text += f"{value.month:02d}" if width == 2 else str(value.month)
        elif letter == "d":
            text += f"{value.day:02d}" if width == 2 else str(value.day)
    return text.strip()


def _clock(section: Section, seconds: Decimal) -> str:
    """A time of day or a span of time, piece by piece; "" where the format writes none."""
    if not section.is_date:
        return ""
    total = int(seconds)
    spans = {p.text[0] for p in section.pieces if p.kind is Kind.ELAPSED}
    half = any(p.text in ("am/pm", "a/p", "上午/下午") for p in section.pieces)
    text, before = "", ""
    for number, piece in enumerate(section.pieces):
        letter, width = piece.text[:1], len(piece.text.partition(".")[0])
        if piece.kind is Kind.TEXT:
            text += piece.text
            continue
        if piece.text in ("am/pm", "a/p", "上午/下午"):
            late = total % _DAY_SECONDS >= _DAY_SECONDS // 2
            text += "下午" if late else "上午"
        elif letter == "h":
            hours = total // 3600 if "h" in spans else total % _DAY_SECONDS // 3600
            hours = (hours % 12 or 12) if half else hours
            text += f"{hours:0{min(width, 2)}d}"
        elif letter == "m" and (before == "h" or "m" in spans or _seconds_follow(section, number)):
            minutes = total // 60 if "m" in spans else total // 60 % 60
            text += f"{minutes:0{min(width, 2)}d}"
        elif letter == "s":
            text += f"{total if 's' in spans else total % 60:0{min(width, 2)}d}"
        before = letter
    return text.strip()


def _seconds_follow(section: Section, number: int) -> bool:
    behind = (p.text[0] for p in section.pieces[number + 1 :] if p.kind is not Kind.TEXT)
    return next(behind, "") == "s"
