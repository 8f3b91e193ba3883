"""Amounts in a sentence: ``项目总投资120万元，本年安排80万元。``"""

from __future__ import annotations

import re

_AMOUNT = r"(\d[\d,]*(?:\.\d+)?)\s*(万元|千元|百万元|亿元|元)"
_ANNUAL = re.compile(rf"(?:本年|当年|年度|今年|20\d\d年)[^，。；、\d]{{0,10}}{_AMOUNT}")
_TOTAL = re.compile(
    rf"(?:总投资|总预算|总资金|项目总额|资金总额|总概算|总金额)[^，。；、\d]{{0,6}}{_AMOUNT}"
)
_LONGEST = 400


def amounts_said(text: str) -> dict[str, str]:
    """The year's amount and the total that a sentence states, by their fields."""
    if len(text) > _LONGEST or "元" not in text:
        return {}
    found = {"annual_amount": _ANNUAL.search(text), "total_amount": _TOTAL.search(text)}
    return {name: f"{match[1]}{match[2]}" for name, match in found.items() if match is not None}
