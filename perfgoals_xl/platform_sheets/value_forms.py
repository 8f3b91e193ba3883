"""From a value of a table to what a cell of the platform's sheet is to hold.

First the form that the map asks for (:func:`shaped`), which knows nothing of the cell; then what
the cell's own format makes of it (:func:`for_cell`): a cell that is formatted as text gets text.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from perfgoals_xl.form.amounts import convert, plain
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationKind
from perfgoals_xl.form.target import VALUED, Bound, Kind, TargetValue, parse_target
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.platform_sheets.column_map import (
    ANYTHING,
    BLANK,
    OF_TARGETS,
    ValueForm,
    ValueSpec,
)
from perfgoals_xl.platform_sheets.source_rows import ABOVE, SourceRow, kind_of

TEXT_FORMAT = "@"
# A number in Excel has no more digits than these; more of them are a code or a mistake.
_MOST_DIGITS = 15
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class UnfitValue(ValueError):
    """A value that cannot be written as the map wants it; ``str()`` says why."""


@dataclass(frozen=True)
class Rate:
    """A rate in per cent: 94.5 for 94.5%. As a text it carries its sign, where ``signed``."""

    value: Decimal
    signed: bool = True

    @property
    def text(self) -> str:
        """The rate as it is written."""
        return plain(self.value) + "%" * self.signed


Shaped = str | Decimal | dt.date | Rate | None


def shaped(spec: ValueSpec, row: SourceRow) -> Shaped:
    """What a map wants of a row, None for a blank. Raises :class:`UnfitValue`."""
    if spec.constant is not None or spec.column is None:
        return spec.constant
    kind = kind_of(row.table, spec.column)
    value = _in_unit(spec, row, row.value(spec.column), kind)
    made = None if is_blank(value) else _formed(spec, row, value, kind)
    return made if spec.translation is None else _translated(spec, made)


def _in_unit(spec: ValueSpec, row: SourceRow, value: object, kind: EvaluationKind | None) -> object:
    if spec.amount_unit is None or not isinstance(value, Decimal):
        return value
    return convert(value, row.amount_unit(), spec.amount_unit)


def _formed(spec: ValueSpec, row: SourceRow, value: object, kind: EvaluationKind | None) -> Shaped:
    plain_value = _plain(value)
    if kind is EvaluationKind.PERCENT and isinstance(plain_value, Decimal):
        plain_value = Rate(plain_value)
    form = spec.form
    if form in OF_TARGETS:
        return _of_target(form, parse_target(_text(plain_value)))
    if form is ValueForm.TEXT:
        return _text(plain_value)
    if form is ValueForm.NUMBER:
        return plain_value.value if isinstance(plain_value, Rate) else _number(plain_value)
    if form is ValueForm.PERCENT:
        return _rate(plain_value)
    own = (spec.column or "").removeprefix(ABOVE)
    if own in ("low", "high") and row.value("unit") == "%" and isinstance(plain_value, Decimal):
        return Rate(plain_value, signed=False)
    return plain_value


def _plain(value: object) -> Shaped:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | dt.date):
        return str(value)
    if isinstance(value, dt.date | Decimal):
        return value
    return Decimal(str(value))


def _text(value: Shaped) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Rate):
        return value.text
    return value.isoformat() if isinstance(value, dt.date) else value or ""


def _number(value: Shaped) -> Decimal:
    if isinstance(value, Decimal):
        return value
    text = fold(_text(value))
    if not _NUMBER.fullmatch(text):
        raise UnfitValue("不是数")
    number = Decimal(text.replace(",", ""))
    if len(number.as_tuple().digits) > _MOST_DIGITS:
        raise UnfitValue(f"超过 {_MOST_DIGITS} 位，写成数会丢掉末几位，请用 text")
    return number


def _rate(value: Shaped) -> Rate:
    if isinstance(value, Rate):
        return value
    if isinstance(value, Decimal):
        return Rate(value)
    target = parse_target(_text(value))
    bound = _bound(target)
    if target.kind in (Kind.PERCENT, Kind.NUMERIC) and isinstance(bound, Decimal):
        if target.kind is Kind.PERCENT and target.unit != "%":
            raise UnfitValue(f"是“{target.unit}”，不是百分数")
        if target.kind is Kind.PERCENT or not target.unit:
            return Rate(bound)
    raise UnfitValue("不是百分数")


def _bound(target: TargetValue) -> Bound:
    """The one number of a target; None for none or for two that differ."""
    if target.low is not None and target.high is not None and target.low != target.high:
        return None
    return target.low if target.low is not None else target.high


def _of_target(form: ValueForm, target: TargetValue) -> Shaped:
    if form is ValueForm.OPERATOR:
        # A platform asks for a sign wherever there is a number: one that is to be met exactly.
        is_exact = target.kind in VALUED and _bound(target) is not None
        return target.operator or ("=" if is_exact else None)
    if form is ValueForm.UNIT:
        return target.unit or None
    if form is ValueForm.KIND:
        return target.kind.value
    bound: Bound
    if form is ValueForm.FIGURE:
        bound = _bound(target) if target.kind in VALUED else None
        if bound is None:
            # What has no one number is what the form says.
            return target.text or None
    else:
        bound = target.low if form is ValueForm.LOW else target.high
    if isinstance(bound, Decimal | int | float) and target.unit == "%":
        return Rate(Decimal(str(bound)), signed=False)
    return None if bound is None else _plain(bound)


def _translated(spec: ValueSpec, value: Shaped) -> Shaped:
    assert spec.translation is not None
    key = BLANK if value is None else fold(_text(value))
    found = spec.translation.get(key)
    if found is not None:
        return found
    if value is None:
        return None
    otherwise = spec.translation.get(ANYTHING)
    if otherwise is None:
        known = "、".join(k for k in spec.translation if k not in (BLANK, ANYTHING))
        raise UnfitValue(f"在 [values] 对照里没有，有的是 {known}")
    return value if otherwise == ANYTHING else otherwise


def for_cell(value: Shaped, number_format: str, *, from_1904: bool = False) -> str | Decimal | None:
    """What a cell of this number format holds for a value."""
    if number_format == TEXT_FORMAT and value is not None:
        return _text(value) or None
    if isinstance(value, Rate):
        if "%" in _QUOTED.sub("", number_format):
            return value.value / 100
        return value.value
    if isinstance(value, dt.date):
        if not is_date_format(number_format):
            return value.isoformat()
        epoch = CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900
        return Decimal(str(to_excel(value, epoch=epoch)))  # type: ignore[no-untyped-call]
    return value or None if isinstance(value, str) else value
