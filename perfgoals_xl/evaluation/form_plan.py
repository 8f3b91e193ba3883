"""What the forms made from a declaration say before anybody fills them in, project by project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from perfgoals_xl.declaration import (
    Amount,
    Declaration,
    IndicatorRow,
    ProjectOrigin,
    ProjectRow,
    file_name,
    target_of,
)
from perfgoals_xl.evaluation.point_distribution import (
    PointPlan,
    distribute,
    is_cost,
    is_indicator,
)
from perfgoals_xl.form.amounts import parse_amount
from perfgoals_xl.form.evaluation.scoring import Method, Scoring, accumulates, method_of
from perfgoals_xl.form.evaluation.scoring_labels import (
    ABOUT_SHEET,
    LISTS_SHEET,
    OVERVIEW_SHEET,
    SETTINGS_SHEET,
)
from perfgoals_xl.form.points import points_behind, read_points
from perfgoals_xl.form.target import Bound, TargetValue
from perfgoals_xl.form.taxonomy import level1_of, read_level
from perfgoals_xl.form.text import strip_markup
from perfgoals_xl.workbooks.kit.sheet_names import sheet_names

OTHER_SHEETS = (OVERVIEW_SHEET, SETTINGS_SHEET, ABOUT_SHEET, LISTS_SHEET, "History")
_LOCAL = (
    ("财政拨款", "local_appropriation"),
    ("上年结转资金", "local_carryover"),
    ("其他资金", "local_other"),
)
_TRANSFERRED = (
    ("转移市县（区）·中央资金", "transfer_central"),
    ("转移市县（区）·自治区资金", "transfer_regional"),
)


@dataclass(frozen=True)
class FundLine:
    """A source of the money: its label and what was declared."""

    label: str
    amount: Amount


@dataclass(frozen=True)
class PlannedIndicator:
    """An indicator with how it is scored and its points."""

    row: IndicatorRow
    target: TargetValue
    method: Method
    weight: Decimal

    @property
    def counts(self) -> bool:
        """Whether it is to be filled in, and not only a group that has no indicator."""
        return is_indicator(self.row)

    @property
    def bounds(self) -> tuple[Bound, Bound]:
        """The bounds that a result is held against; a ceiling has no lower one."""
        low = self.target.low
        if self.method is Method.REVERSE or (
            self.method is Method.DAY and self.target.operator in ("", "=")
        ):
            low = None
        return low, self.target.high

    @property
    def grows(self) -> bool:
        """Whether its value grows over the year."""
        return accumulates(self.target, self.row["level3"])


@dataclass(frozen=True)
class PlannedForm:
    """The form of one project: the name of its sheet, and what to fill in."""

    sheet: str
    project: ProjectRow
    year: int | None
    unit: str
    total: Amount
    funds: tuple[FundLine, ...]
    indicators: tuple[PlannedIndicator, ...]
    goal: str | None
    notes: tuple[str, ...]
    file: str
    sha256: str

    @property
    def adds_up(self) -> bool:
        """Whether the sources make the total, so that it may be a sum."""
        amounts = [line.amount for line in self.funds if line.amount is not None]
        numbers = [amount for amount in amounts if isinstance(amount, Decimal)]
        if not numbers or len(numbers) != len(amounts):
            return False
        return self.total is None or sum(numbers, Decimal(0)) == self.total


def planned_forms(
    declarations: Sequence[Declaration], scoring: Scoring, year: int | None = None
) -> list[PlannedForm]:
    """The forms of all projects of the declarations, in their order.

    ``year`` stands in where a declaration states none. A project that is itself a 自评表 or a
    监控表 is left out.
    """
    found = []
    for declaration in declarations:
        rows: dict[int, list[IndicatorRow]] = defaultdict(list)
        for row in declaration.indicators.records():
            rows[row["project"]].append(row)
        for number, project in enumerate(declaration.projects.records()):
            if number not in declaration.evaluated_projects:
                found.append((declaration, declaration.origin(number), project, rows[number]))
    names = sheet_names((project["project_name"] for _, _, project, _ in found), OTHER_SHEETS)
    return [
        _planned(name, declaration, origin, project, rows, scoring, year)
        for name, (declaration, origin, project, rows) in zip(names, found, strict=True)
    ]


def _planned(
    sheet: str,
    declaration: Declaration,
    origin: ProjectOrigin,
    project: ProjectRow,
    rows: Sequence[IndicatorRow],
    scoring: Scoring,
    year: int | None,
) -> PlannedForm:
    plan: PointPlan = distribute(rows, scoring, _stated_levels(origin))
    unit = project["amount_unit"] or declaration.amount_unit
    indicators = []
    for row, weight in zip(rows, plan.weights, strict=True):
        target = target_of(row)
        indicators.append(
            PlannedIndicator(row, target, method_of(target, cost=is_cost(row)), weight)
        )
    return PlannedForm(
        sheet=sheet,
        project=project,
        year=next((y for y in (declaration.year, project["year"], year) if y is not None), None),
        unit=unit,
        total=project["annual_amount"],
        funds=tuple(_funds(project, origin, unit)),
        indicators=tuple(indicators),
        goal=strip_markup(project["annual_goal"] or "") or None,
        notes=plan.notes,
        file=file_name(declaration),
        sha256=declaration.sha256,
    )


def _funds(project: ProjectRow, origin: ProjectOrigin, unit: str) -> Iterable[FundLine]:
    """The three sources of every form, and what else the declaration has."""
    values: dict[str, Amount] = {
        name: value for name, value in project.items() if isinstance(value, Decimal | str)
    }
    local = values.get("local_appropriation")
    if local is None and all(values.get(name) is None for _, name in _LOCAL[1:]):
        # A form that has one amount for all of the local money.
        local = values.get("local_total")
    yield FundLine(_LOCAL[0][0], local)
    for label, name in _LOCAL[1:]:
        yield FundLine(label, values.get(name))
    transferred = [FundLine(label, values.get(name)) for label, name in _TRANSFERRED]
    given = [line for line in transferred if line.amount]
    whole = values.get("transfer_total")
    if given:
        yield from given
    elif whole:
        yield FundLine("转移市县（区）资金", whole)
    for label, text in origin.other_sources.items():
        with suppress(ValueError):
            if amount := parse_amount(text, unit):
                yield FundLine(label, amount)


def _stated_levels(origin: ProjectOrigin) -> dict[str, Decimal]:
    found = {}
    for key, cell in origin.group_points.items():
        term = read_level(key) if key else None
        points = points_behind(cell.value)
        points = read_points(cell.value) if points is None else points
        if term is not None and term.key1 is not None and points is not None:
            found[level1_of(term.key1)] = points
    return found
