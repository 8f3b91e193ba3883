"""What the year's other forms of a file say: 自评表 and 监控表 as tables, with their cells.

Six tables as those of a declaration (:mod:`perfgoals_xl.declaration`), one row per form, per line
of its funds and per indicator. ``form`` is the row of ``evaluations`` (or ``monitorings``) that a
line belongs to. A blank cell is None. Amounts are ``Decimal`` in the ``amount_unit`` of the form,
points ``Decimal``, rates ``Decimal`` in per cent (94.5 for 94.5%); a text that is no number is kept
as typed. The columns are those of :mod:`perfgoals_xl.form.evaluation.evaluation_fields`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple, TypedDict

from perfgoals_xl.addresses import Place
from perfgoals_xl.data_table import DataTable
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable, evaluation_columns
from perfgoals_xl.form.evaluation.scoring_settings import Scoring
from perfgoals_xl.form.target import Bound, Kind

# A text that is no number is kept as typed.
Figure = Decimal | str | None


class _Form(TypedDict):
    sheet: str
    project_name: str | None
    supervising_department: str | None
    implementing_unit: str | None
    initial_budget: Figure
    annual_budget: Figure
    executed: Figure
    execution_rate: Figure
    execution_reason: str | None
    annual_goal: str | None
    actual_result: str | None
    problems: str | None
    measures: str | None
    amount_unit: str
    year: int | None


class EvaluationRow(_Form):
    """A row of ``evaluations``: one 自评表; its amounts are those of 年度资金总额."""

    execution_weight: Figure
    execution_score: Figure
    total_weight: Figure
    total_score: Figure
    grade: str | None


class MonitoringRow(_Form):
    """A row of ``monitorings``: one 监控表; ``month`` is the last one it is about."""

    month: int | None
    forecast_executed: Figure
    expected_balance: Figure
    light: str | None
    note: str | None


class _Funds(TypedDict):
    form: int
    sheet: str
    source: str | None
    initial_budget: Figure
    annual_budget: Figure
    executed: Figure
    execution_rate: Figure


class EvaluationFundRow(_Funds):
    """A row of ``evaluation_funds``: a line of the funds, the total among them, as labelled."""

    weight: Figure
    score: Figure


class MonitoringFundRow(_Funds):
    """A row of ``monitoring_funds``."""

    forecast_executed: Figure
    expected_balance: Figure


class _Indicator(TypedDict):
    form: int
    sheet: str
    level1: str | None
    level2: str | None
    ordinal: int | None
    indicator: str | None
    level3: str | None
    target_value: str | None
    kind: Kind
    operator: str
    low: Bound
    high: Bound
    unit: str
    reason: str | None
    note: str | None


class EvaluationIndicatorRow(_Indicator):
    """A row of ``evaluation_indicators``."""

    actual_value: str | None
    weight: Figure
    score: Figure
    standard: str | None
    level1_weight: Figure
    level2_weight: Figure


class MonitoringIndicatorRow(_Indicator):
    """A row of ``monitoring_indicators``."""

    done_value: str | None
    forecast_value: str | None
    likelihood: str | None
    light: str | None


class MadeFrom(NamedTuple):
    """The file that a form was made from, and its SHA-256; "" where it was an open workbook."""

    file: str
    sha256: str


@dataclass(frozen=True)
class Evaluated:
    """The tables of all evaluation and monitoring forms of a file; all empty where it has none.

    ``scoring`` is what a sheet 评分设置 says, None without one; ``made_from`` names for each sheet
    of ours the declaration that it was made from.
    """

    evaluations: DataTable[EvaluationRow] = field(default_factory=lambda: _empty("evaluations"))
    evaluation_funds: DataTable[EvaluationFundRow] = field(
        default_factory=lambda: _empty("evaluation_funds")
    )
    evaluation_indicators: DataTable[EvaluationIndicatorRow] = field(
        default_factory=lambda: _empty("evaluation_indicators")
    )
    monitorings: DataTable[MonitoringRow] = field(default_factory=lambda: _empty("monitorings"))
    monitoring_funds: DataTable[MonitoringFundRow] = field(
        default_factory=lambda: _empty("monitoring_funds")
    )
    monitoring_indicators: DataTable[MonitoringIndicatorRow] = field(
        default_factory=lambda: _empty("monitoring_indicators")
    )

    scoring: Scoring | None = None
    made_from: Mapping[str, MadeFrom] = field(default_factory=dict)

    def table(self, name: EvaluationTable) -> DataTable[Any]:
        """The table of a name."""
        table: DataTable[Any] = getattr(self, name)
        return table

    def __bool__(self) -> bool:
        return bool(len(self.evaluations) or len(self.monitorings))

    def places(self) -> Iterator[Place]:
        """Every cell that was read, in no order."""
        for name in EvaluationTable:
            for row in self.table(name).places():
                yield from row


def _empty(name: str) -> DataTable[Any]:
    return DataTable.build(evaluation_columns(EvaluationTable(name)), [], [])


def evaluated_of(
    rows: Mapping[EvaluationTable, Iterable[tuple[Mapping[str, Any], Mapping[str, Place]]]],
) -> Evaluated:
    """The tables made of rows: of each its values and the cells of these, by column."""
    made: dict[str, Any] = {}
    for name, pairs in rows.items():
        listed = list(pairs)
        columns = evaluation_columns(name)
        made[name.value] = DataTable.build(columns, [v for v, _ in listed], [c for _, c in listed])
    return Evaluated(**made)
