"""A 自评表 or 监控表 with its lines: what the rules about them (family Z) look at.

A :class:`Report` is one form; its lines are the rows of the tables of
:mod:`perfgoals_xl.evaluated` that belong to it. A column that the form has no cell for is unknown
and never blank.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import Declaration, target_of
from perfgoals_xl.evaluated import Evaluated
from perfgoals_xl.form.evaluation.evaluation_fields import EVALUATION_FIELDS, EvaluationTable
from perfgoals_xl.form.target import TargetValue, is_nothing
from perfgoals_xl.form.taxonomy import COST_GROUPS
from perfgoals_xl.form.text import UNCALCULATED, fold, is_blank
from perfgoals_xl.review.evidence.indicator_text import group_at

_TABLES = {
    EvaluationTable.EVALUATIONS: (
        EvaluationTable.EVALUATION_FUNDS,
        EvaluationTable.EVALUATION_INDICATORS,
    ),
    EvaluationTable.MONITORINGS: (
        EvaluationTable.MONITORING_FUNDS,
        EvaluationTable.MONITORING_INDICATORS,
    ),
}
_ALL_FUNDS = re.compile(r"总额|合计|总计|小计|资金总数|预算总数|^(?:年度|项目)?(?:预算|总)?资金$")
_EXECUTION = re.compile(
    r"预算执行|(?:预算|资金|经费)(?:执行|支出|使用|完成)(?:进度|率)|^(?:执行率|执行率得分)$"
)


@dataclass(frozen=True)
class Line:
    """A row of one of the tables: its number there, what it says, and in which cells."""

    table: EvaluationTable
    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, Place | None]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def place(self, column: str) -> Place | None:
        """The cell of a value; None where the form has none for it."""
        return self.cells.get(column)

    def figure(self, column: str) -> Decimal | None:
        """The number of a column; None where it holds none."""
        value = self.values.get(column)
        return value if isinstance(value, Decimal) and value.is_finite() else None

    def is_unread(self, column: str) -> bool:
        """Whether a column that should hold a number holds something else: not 无, not a blank."""
        value = self.values.get(column)
        return isinstance(value, str) and not is_blank(value) and not is_nothing(value)

    @property
    def key(self) -> Hashable:
        """What the row is known by: the cell of its indicator."""
        return self.cells.get("indicator") or (self.table, self.number)

    @property
    def target(self) -> TargetValue:
        """The target value of an indicator as it was read."""
        return target_of(self.values)  # type: ignore[arg-type]  # its rows have the same parts

    @property
    def is_cost(self) -> bool:
        """Whether an indicator stands among the costs."""
        return group_at(self.values["level1"], self.values["level2"]) in COST_GROUPS

    @property
    def name(self) -> str:
        """The name of an indicator, without its ordinal."""
        return str(self.values["level3"] or self.values["indicator"] or "")

    @property
    def is_of_execution(self) -> bool:
        """Whether an indicator is the execution of the budget, scored among the others."""
        said = (self.values["level1"], self.values["level2"], self.name)
        return any(_EXECUTION.search(fold(str(text))) for text in said if text)

    @property
    def is_of_all_funds(self) -> bool:
        """Whether a line of the funds is their total."""
        return _ALL_FUNDS.search(fold(str(self.values["source"] or ""))) is not None


@dataclass(frozen=True)
class Report:
    """One form: what it says of the project, and its lines in the order of the form."""

    form: Line
    funds: tuple[Line, ...]
    indicators: tuple[Line, ...]

    @property
    def is_monitoring(self) -> bool:
        """Whether the form is a 监控表."""
        return self.form.table is EvaluationTable.MONITORINGS

    @property
    def unit(self) -> str:
        """The unit of its amounts."""
        return str(self.form["amount_unit"] or "万元")

    def label(self, column: str) -> str:
        """What the form calls a column of its indicators, or one of its own."""
        table = self.form.table
        if column not in self.form.values and self.indicators:
            table = self.indicators[0].table
        label = label_of_column(table, column)
        month = self.form.values.get("month")
        return label if month is None else label.replace("1~N月", f"1~{month}月")

    def has_column(self, column: str) -> bool:
        """Whether its table of indicators has such a column."""
        return any(line.place(column) is not None for line in self.indicators)

    def sources(self) -> list[Line]:
        """The lines of the funds beside their total, which the form itself holds."""
        own = {self.form.place(c) for c in ("initial_budget", "annual_budget", "executed")}
        own -= {None}
        return [
            line
            for line in self.funds
            if not line.is_of_all_funds and own.isdisjoint(line.cells.values())
        ]


def indicator_keys(declaration: Declaration) -> list[Hashable]:
    """Of every row of ``indicators`` what it is known by, beside the lines of its form.

    A 自评表 that stands for its declaration has its indicators in both tables, in the same cells.
    """
    table, reports = declaration.indicators, declaration.evaluated_projects
    return [
        (reports and row["project"] in reports and table.place(number, "indicator")) or number
        for number, row in enumerate(table.records())
    ]


def reports_of(evaluated: Evaluated, table: EvaluationTable) -> list[Report]:
    """The forms of a file that are rows of ``table``, in their order."""
    forms = _lines(evaluated, table)
    funds, indicators = (_by_form(_lines(evaluated, name), len(forms)) for name in _TABLES[table])
    return [
        Report(form, tuple(funds[number]), tuple(indicators[number]))
        for number, form in enumerate(forms)
    ]


def _lines(evaluated: Evaluated, name: EvaluationTable) -> list[Line]:
    table = evaluated.table(name)
    pairs = zip(table.records(), table.cell_records(), strict=True)
    return [Line(name, number, values, cells) for number, (values, cells) in enumerate(pairs)]


def _by_form(lines: list[Line], forms: int) -> list[list[Line]]:
    found: list[list[Line]] = [[] for _ in range(forms)]
    for line in lines:
        found[line["form"]].append(line)
    return found


def says_something(value: object) -> bool:
    """Whether a cell holds a word or a number: no blank, no 无, no formula without a value."""
    if not isinstance(value, str):
        return value is not None
    return not is_blank(value) and not is_nothing(value) and value != UNCALCULATED


def label_of_column(table: EvaluationTable, column: str) -> str:
    """What the form calls a column."""
    return next(item.label for item in EVALUATION_FIELDS[table] if item.name == column)
