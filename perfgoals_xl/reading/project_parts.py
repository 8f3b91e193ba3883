"""The forms that print one project, and the one unit that its amounts are kept in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from perfgoals_xl.form.amounts import convert, parse_amount, plain
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.recognition.forms import Entry, Form
from perfgoals_xl.reading.recognition.money_units import DEFAULT, KEPT
from perfgoals_xl.reading.same_project import Sighting, Verdict, sighting, verdict


def group_parts(forms: Sequence[Form]) -> list[list[Form]]:
    """Forms that are parts of one project: of one name, and one by :func:`verdict`."""
    groups: list[list[Form]] = []
    named: dict[str, list[list[Form]]] = {}
    seen: _Seen = {}
    for form in forms:
        name = fold(str(value_of(form, "project_name") or ""))
        alike = named.setdefault(name, []) if name else []
        own = next((parts for parts in alike if _are_one(parts, form, seen)), None)
        if own is not None:
            own.append(form)
        else:
            groups.append([form])
            alike.append(groups[-1])
    return groups


# The sightings of forms, by the form's identity and the unit its amounts are taken to be in: each
# is compared with all others of its name.
_Seen = dict[tuple[int, str], Sighting]


def _are_one(parts: Sequence[Form], form: Form, seen: _Seen) -> bool:
    told = {_verdict(part, form, seen) for part in parts}
    return Verdict.RIVALS not in told and Verdict.ONE in told


def _verdict(one: Form, other: Form, seen: _Seen) -> Verdict:
    # A table printed on the next page without its titles is in the unit of the first.
    unit = one.amount_unit or other.amount_unit or DEFAULT
    return verdict(
        _sighting(one, one.amount_unit or unit, seen),
        _sighting(other, other.amount_unit or unit, seen),
        on_one_sheet=one.grid.sheet == other.grid.sheet,
    )


def _sighting(form: Form, typed_in: str, seen: _Seen) -> Sighting:
    key = (id(form), typed_in)
    if key not in seen:
        seen[key] = _sighting_of(form, typed_in)
    return seen[key]


def _sighting_of(form: Form, typed_in: str) -> Sighting:
    values: dict[str, object] = {name: text_of(entry) for name, entry in form.entries.items()}
    values |= {name: _amount_in(form, name, typed_in, "元") for name in AMOUNT_FIELDS}
    lines = [
        {"level2": line.level2, "indicator": text_of(line.name), "target_value": line.target.value}
        for line in form.lines
    ]
    return sighting(values, lines, "元")


def unit_of(parts: Sequence[Form]) -> str:
    """The unit that a project's amounts are kept in: 万元 or 元, the first that a part states."""
    stated = next((form.amount_unit for form in parts if form.amount_unit), DEFAULT)
    return stated if stated in KEPT else DEFAULT


def amount_of(form: Form, name: str, unit: str) -> Decimal | str | None:
    """An amount in ``unit``; a text that is no amount stays as it was typed."""
    return _amount_in(form, name, form.amount_unit or unit, unit)


def _amount_in(form: Form, name: str, typed_in: str, unit: str) -> Decimal | str | None:
    entry = form.entries.get(name)
    if entry is None or is_blank(entry.value):
        return None
    own = form.label_units.get(name, typed_in)
    try:
        amount = parse_amount(entry.value, own)
    except ValueError:
        return text_of(entry)
    return amount if amount is None or own == unit else convert(amount, own, unit)


def sources_of(parts: Sequence[Form]) -> dict[str, str]:
    """The amounts of sources that are no field, in the unit of the project; others as typed."""
    unit = unit_of(parts)
    found: dict[str, str] = {}
    for form in parts:
        for source, typed in form.other_sources.items():
            own = form.source_units.get(source, form.amount_unit or unit)
            try:
                amount = parse_amount(typed, own)
            except ValueError:
                amount = None
            is_known = amount is not None and own != unit
            found[source] = plain(convert(amount, own, unit)) if is_known and amount else typed
    return found


def value_of(form: Form, name: str) -> object:
    """What a form says in a field; None where it is blank or has no such label."""
    entry = form.entries.get(name)
    return None if entry is None or is_blank(entry.value) else entry.value


def text_of(entry: Entry | None) -> str | None:
    """An entry as text: dates in ISO, whole numbers without a point; None where it is blank."""
    if entry is None or is_blank(entry.value):
        return None
    value = entry.value
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def is_blank_form(form: Form) -> bool:
    """A form nobody filled in: no name, no amount, no goal, no indicator.

    The departments' names do not count: a new workbook has them printed already.
    """
    told = ("project_name", "annual_goal", "period_goal", *AMOUNT_FIELDS)
    filled = any(not is_blank(form.entries[n].value) for n in told if n in form.entries)
    return not filled and not form.lines
