"""The bounds of a target, as the hidden columns beside an indicator hold them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from perfgoals_xl.evaluation.form_plan import PlannedIndicator
from perfgoals_xl.form.evaluation.scoring import method_of
from perfgoals_xl.form.target import parse_target

NOVEMBER, DECEMBER = dt.date(2026, 11, 30), dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("2026年11月底前", (None, NOVEMBER)),
        ("=2026年11月底前", (None, NOVEMBER)),
        ("2026年12月", (None, DECEMBER)),
        # What is done before its month is not late.
        ("=2026年12月", (None, DECEMBER)),
        ("≥2026年12月", (dt.date(2026, 12, 1), None)),
        ("=12次", (Decimal(12), Decimal(12))),
        ("≤12次", (None, Decimal(12))),
    ],
)
def test_bounds(text, bounds):
    target = parse_target(text)
    assert PlannedIndicator({}, target, method_of(target), Decimal(10)).bounds == bounds
