from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.workbooks.standard.funding_checks import Amounts, Check, funding_checks

CELLS = {
    "total_amount": "C7", "annual_amount": "E7",
    "local_total": "C8", "local_appropriation": "C9", "local_other": "C10",
    "local_carryover": "C11", "transfer_total": "F8", "transfer_central": "F9",
    "transfer_regional": "F10",
}  # fmt: skip
DIFFERENCES = ("I1", "I2", "I3", "I4")


def checks(**amounts: str | None) -> list[Check]:
    read: Amounts = {name: Decimal(text) for name, text in amounts.items() if text is not None}
    return funding_checks(CELLS, read, DIFFERENCES)


def verdicts(**amounts: str | None) -> list[str]:
    return [check.verdict for check in checks(**amounts)]


def test_everything_blank_is_not_filled_in() -> None:
    assert verdicts() == ["未填"] * 4
    assert {check.difference for check in checks()} == {None}


def test_a_zero_is_no_blank() -> None:
    assert verdicts(annual_amount="0", local_total="0", total_amount="0") == [
        "符合", "未填", "未填", "符合",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("total", "difference", "verdict"),
    [("280.1", Decimal("0.1"), "不符"), ("280", Decimal(0), "符合"), ("279", Decimal(-1), "不符")],
)
def test_sources_against_the_year(total: str, difference: Decimal, verdict: str) -> None:
    check = checks(annual_amount="280", local_total=total)[0]
    assert (check.difference, check.verdict) == (difference, verdict)


def test_parts_stand_in_for_a_total_that_is_blank() -> None:
    sums = checks(annual_amount="3", local_appropriation="1", transfer_total="2")
    assert (sums[0].difference, sums[0].verdict) == (0, "符合")
    assert sums[1].verdict == "未填"


def test_the_whole_project_may_cost_more_than_the_year() -> None:
    assert verdicts(annual_amount="2", total_amount="5")[3] == "符合"
    assert verdicts(annual_amount="5", total_amount="2")[3] == "不符"


def test_a_text_is_no_number() -> None:
    found = funding_checks(CELLS, {"annual_amount": "约 20 万", "local_total": None}, DIFFERENCES)
    assert [check.verdict for check in found] == ["非数字", "未填", "未填", "非数字"]
