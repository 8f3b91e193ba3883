"""What the units of the targets can be converted from: for the formulas of the forms to look up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from perfgoals_xl.form.amounts import UNIT_IN_YUAN
from perfgoals_xl.form.measures import KNOWN_UNITS, POWERS, measure_of
from perfgoals_xl.form.target import Kind, TargetValue
from perfgoals_xl.form.text import fold

_PERCENTS = "%‰‱"
_SCALES = ("", *POWERS, "十万", "百万", "千万")


def conversions(targets: Iterable[TargetValue]) -> list[tuple[str, Decimal]]:
    """``unit of the target|unit of a result`` and what to multiply the result by, sorted.

    All units that measure the same as one of the targets' are there, but for the unit itself.
    """
    found: dict[str, Decimal] = {}
    for unit, kind in sorted({(target.unit, target.kind) for target in targets if target.unit}):
        own = measure_of(_of(unit, kind))
        if not own[0]:
            continue
        for other in _candidates(unit):
            base, factor = measure_of(_of(other, kind))
            if base == own[0] and other != unit:
                found[f"{unit}|{other}"] = factor / own[1]
    return sorted(found.items())


def _candidates(unit: str) -> Sequence[str]:
    head, per, tail = fold(unit).partition("/")
    ends = f"{per}{tail}"
    counted = head.lstrip("十百千万亿")
    words = dict.fromkeys((*KNOWN_UNITS, *UNIT_IN_YUAN, "元整", "万元整"))
    words |= dict.fromkeys(
        f"{scale}{word}" for scale in _SCALES for word in (counted, *_like(counted))
    )
    return [
        f"{word}{ends}"
        for word in words
        if word and (word in _PERCENTS or word[-1] not in _PERCENTS)
    ]


def _like(word: str) -> Sequence[str]:
    """The units of the same line as a word, which may stand behind 万 as well."""
    base = measure_of(_of(word, Kind.NUMERIC))
    return [one for one in KNOWN_UNITS if measure_of(_of(one, Kind.NUMERIC)) == base]


def _of(unit: str, kind: Kind) -> TargetValue:
    return TargetValue("", kind, "", Decimal(1), Decimal(1), unit)
