"""Live checks of the funding block, beside the form and outside what is printed.

Each check is a pair of formulas, the difference and a verdict, and knows the values they have now.
A blank amount is no zero: with one missing the verdict is 未填 and there is no difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# They must not be labels of the form: the reader knows a table by its labels.
LABELS = (
    "核对：本级＋转移－年度",
    "核对：本级分项之和－本级",
    "核对：转移分项之和－转移",
    "核对：总额－年度（不小于 0）",
)
"""What the four checks are called on the sheet."""
HOLDS, FAILS, BLANK, NO_NUMBER = "符合", "不符", "未填", "非数字"

LOCAL_PARTS = ("local_appropriation", "local_other", "local_carryover")
TRANSFER_PARTS = ("transfer_central", "transfer_regional")

_STEP = Decimal("0.000001")

Amounts = Mapping[str, Decimal | str | None]


@dataclass(frozen=True)
class Check:
    """One line: what it compares, and both formulas (with equals sign) with their values."""

    label: str
    difference_formula: str
    difference: Decimal | None
    verdict_formula: str
    verdict: str


def funding_checks(
    cells: Mapping[str, str], amounts: Amounts, difference_cells: Sequence[str]
) -> list[Check]:
    """The four checks of a project.

    ``cells`` gives the A1 address of every amount field, ``amounts`` the values, and
    ``difference_cells`` the address at which the difference of each check will stand.
    """
    return [
        _compare(
            LABELS[0],
            _Side(("local_total", "transfer_total"), (LOCAL_PARTS, TRANSFER_PARTS)),
            "annual_amount", cells, amounts, difference_cells[0],
        ),
        _compare(
            LABELS[1],
            _Side((None,), (LOCAL_PARTS,)), "local_total", cells, amounts, difference_cells[1],
        ),
        _compare(
            LABELS[2],
            _Side((None,), (TRANSFER_PARTS,)), "transfer_total", cells, amounts,
            difference_cells[2],
        ),
        _compare(
            LABELS[3],
            _Side(("total_amount",), ((),)), "annual_amount", cells, amounts, difference_cells[3],
            at_least=True,
        ),
    ]  # fmt: skip


@dataclass(frozen=True)
class _Side:
    """A sum of groups: of each its total where one is typed, else the sum of its parts."""

    totals: tuple[str | None, ...]
    parts: tuple[tuple[str, ...], ...]

    @property
    def fields(self) -> list[str]:
        names = [total for total in self.totals if total is not None]
        return names + [part for parts in self.parts for part in parts]

    def formula(self, cells: Mapping[str, str]) -> str:
        terms = []
        for total, parts in zip(self.totals, self.parts, strict=True):
            area = f"SUM({cells[parts[0]]}:{cells[parts[-1]]})" if parts else ""
            if total is None:
                terms.append(area)
            elif parts:
                terms.append(f"IF(COUNT({cells[total]})=1,{cells[total]},{area})")
            else:
                terms.append(cells[total])
        return "+".join(terms)

    def value(self, amounts: Amounts) -> Decimal:
        result = Decimal(0)
        for total, parts in zip(self.totals, self.parts, strict=True):
            own = amounts.get(total) if total is not None else None
            if isinstance(own, Decimal):
                result += own
            else:
                result += sum((a for a in map(amounts.get, parts) if isinstance(a, Decimal)),
                              Decimal(0))  # fmt: skip
        return result


def _compare(
    label: str,
    side: _Side,
    against: str,
    cells: Mapping[str, str],
    amounts: Amounts,
    difference_cell: str,
    *,
    at_least: bool = False,
) -> Check:
    listed = ",".join(cells[name] for name in side.fields)
    everything = f"{listed},{cells[against]}"
    not_numbers = f"COUNTA({everything})>COUNT({everything})"
    missing = f"OR(COUNT({listed})=0,COUNT({cells[against]})=0)"
    holds = f"{difference_cell}>=0" if at_least else f"{difference_cell}=0"

    values = [amounts.get(name) for name in (*side.fields, against)]
    difference: Decimal | None = None
    if any(isinstance(value, str) and value for value in values):
        verdict = NO_NUMBER
    elif values[-1] is None or all(value is None for value in values[:-1]):
        verdict = BLANK
    else:
        own = amounts[against]
        assert isinstance(own, Decimal)
        # As the formula rounds it; an amount of more decimals is a matter for the review.
        difference = (side.value(amounts) - own).quantize(_STEP, ROUND_HALF_UP)
        verdict = HOLDS if (difference >= 0 if at_least else difference == 0) else FAILS
    return Check(
        label,
        f'=IF(OR({not_numbers},{missing}),"",ROUND({side.formula(cells)}-{cells[against]},6))',
        difference,
        f'=IF({not_numbers},"{NO_NUMBER}",IF({missing},"{BLANK}",IF({holds},"{HOLDS}","{FAILS}")))',
        verdict,
    )
