"""Amounts of money as ``Decimal``: read from the cells of a form, converted between 元 and 万元.

An amount in another currency, in Chinese numerals (一百万元), with a comparison (≤20) or with a
word before or behind it (约20) is not one that can be added up: it is refused, not guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from numbers import Integral, Real
from types import MappingProxyType
from typing import Final

from perfgoals_xl.form.target_grammar.spelling import normalise
from perfgoals_xl.form.text import is_blank

# Every unit is a power of ten of 元, so that converting only moves the decimal point.
_POWERS: Final = {
    "元": 0,
    "百元": 2,
    "千元": 3,
    "万元": 4,
    "十万元": 5,
    "百万元": 6,
    "千万元": 7,
    "亿元": 8,
    "万": 4,
    "百万": 6,
    "千万": 7,
    "亿": 8,
}
UNIT_IN_YUAN: Final[Mapping[str, Decimal]] = MappingProxyType(
    {unit: Decimal(10**power) for unit, power in _POWERS.items()}
)
"""What one of each unit is in 元: ``UNIT_IN_YUAN["万元"] == 10000``."""

COMMON_UNIT: Final = "万元"
"""The unit of a form that states none, and of amounts that were in different ones."""
KEPT_UNITS: Final = (COMMON_UNIT, "元")
"""The units that amounts are kept in; those of any other are converted."""
# Characters; what is longer is no amount, and looking for one takes long.
_LONGEST: Final = 500
_MONEY: Final = re.compile(
    r"(?:人民币|RMB|CNY)?[¥]?\s*"
    r"([-+]?)[¥]?\s*((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*"
    rf"({'|'.join(sorted(_POWERS, key=len, reverse=True))})?整?"
)


def parse_amount(value: object, form_unit: str = "万元") -> Decimal | None:
    """The amount of money that a cell of the form holds, in ``form_unit``.

    A number is taken to be in ``form_unit`` already; a float counts with its 15 significant
    digits, as Excel shows it (0.1 + 0.2 is 0.3). A text may hold thousands separators, full-width
    characters, blanks, ¥ and its own unit, which is converted: ``"5000元"`` is 0.5 万元. A blank is
    None, never zero.

    Raises ValueError for everything else: words, Chinese numerals, a percentage, a truth value,
    NaN and infinity; and for a ``form_unit`` that is not in ``UNIT_IN_YUAN``.
    """
    if form_unit not in UNIT_IN_YUAN:
        raise ValueError(f"不认识的金额单位：{form_unit!r}")
    if is_blank(value):
        return None
    if isinstance(value, str):
        return _from_text(value, form_unit)
    # Of the abstract numbers are NumPy's, and to ask them takes long.
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Real):
        raise ValueError(f"不是金额：{value!r}")
    if not math.isfinite(value):
        raise ValueError(f"不是金额：{value!r}")
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) or (not isinstance(value, float) and isinstance(value, Integral)):
        return Decimal(int(value))
    return Decimal(format(float(value), ".15g"))


def convert(amount: Decimal, unit: str, to: str) -> Decimal:
    """``amount`` in ``unit``, expressed in ``to``; exact for any number of digits.

    Raises ValueError for an amount that is not finite and for a unit not in ``UNIT_IN_YUAN``.
    """
    try:
        shift = _POWERS[unit] - _POWERS[to]
    except KeyError as error:
        raise ValueError(f"不认识的金额单位：{error.args[0]!r}") from None
    sign, digits, exponent = amount.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError(f"不是金额：{amount!r}")
    # Not amount * factor: that would round to the 28 digits of the decimal context.
    exponent += shift
    if 0 < exponent <= max(_POWERS.values()):
        # 12000 rather than 1.2E+4: str() of it is read by people too.
        digits, exponent = (*digits, *(0,) * exponent), 0
    return Decimal((sign, digits, exponent))


def plain(amount: Decimal) -> str:
    """``amount`` in digits, without exponent and trailing zeros: ``3352.99687``, ``100``.

    Raises ValueError for an amount that is not finite.
    """
    if not amount.is_finite():
        raise ValueError(f"不是金额：{amount!r}")
    digits = format(amount, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def _from_text(text: str, form_unit: str) -> Decimal:
    found = _MONEY.fullmatch(normalise(text)) if len(text) <= _LONGEST else None
    if found is None:
        raise ValueError(f"不是金额：{text!r}")
    sign, number, unit = found.groups()
    amount = Decimal(sign + number.replace(",", "").replace(" ", ""))
    return convert(amount, unit, form_unit) if unit else amount


def in_common_unit(amount: Decimal | str | None, unit: str) -> Decimal | str | None:
    """An amount in 万元; what is no amount stays as it is."""
    if isinstance(amount, Decimal) and unit != COMMON_UNIT:
        return convert(amount, unit, COMMON_UNIT)
    return amount
