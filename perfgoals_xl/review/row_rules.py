"""What a check of one row is, and what a row brings with it.

A *judge* is a function from a row to a verdict. Its row is one of the table
(:mod:`perfgoals_xl.declaration`) with what besides it a judge may ask for: see ``JudgedProject``,
``JudgedIndicator`` and ``JudgedGoal``. A rule is one or more judges under one code; a judge takes
the row of its own table, which the makers of rules below hold it to. A row with a text of which
only the beginning is judged has it whole in ``uncut``, by column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict, TypeVar, overload

from perfgoals_xl.declaration import (
    PROJECT_FIELDS,
    Declaration,
    DepartmentGoalRow,
    IndicatorRow,
    ProjectRow,
    Remark,
)
from perfgoals_xl.form.fields import Table, label_of
from perfgoals_xl.form.points import typed_as_targets
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.review.findings import Abstention, Hit, Verdict
from perfgoals_xl.review.paired_rows import second_rows


class _Context(TypedDict):
    """What every row has: the plan year, and the thresholds that staff chose, by rule."""

    plan_year: int | None
    thresholds: Mapping[str, float]
    uncut: NotRequired[Mapping[str, str]]
    # The blanks before the names of several rows, which show their level in the list.
    indents: NotRequired[frozenset[str]]


class JudgedProject(ProjectRow, _Context):
    """A project with the fields its form has no label for, and what the reader did not take."""

    missing_labels: frozenset[str]
    other_sources: Mapping[str, str]
    # What its form calls its amounts, where that is known.
    amount_labels: NotRequired[Mapping[str, str]]
    remarks: Sequence[Remark]
    # Whether its form is ours, and offers our terms only.
    of_template: NotRequired[bool]
    # Whether it is a 自评表 or 监控表, whose budget may not be the one that was planned with.
    is_report: NotRequired[bool]
    # Whether it is about money handed down, which is spent over the years of its period.
    is_transfer: NotRequired[bool]


class JudgedIndicator(IndicatorRow, _Context):
    """An indicator with the row of its project.

    ``typed_points`` is the sum of its table's values, where those are points and no targets.
    """

    of_project: JudgedProject
    typed_points: NotRequired[str]
    is_second: NotRequired[bool]  # of two rows that the form prints for two days


class JudgedGoal(DepartmentGoalRow, _Context):
    """A goal of the department table, and once asked for, the indicator that it is."""

    of_department: NotRequired[str | None]
    typed_points: NotRequired[str]
    as_indicator: NotRequired[JudgedIndicator]


# A row whose columns are chosen at run time, of whichever table.
AnyRow: TypeAlias = Mapping[str, object]
ProjectJudge: TypeAlias = Callable[[JudgedProject], Verdict]
IndicatorJudge: TypeAlias = Callable[[JudgedIndicator], Verdict]
GoalJudge: TypeAlias = Callable[[JudgedGoal], Verdict]
AnyJudge: TypeAlias = Callable[[AnyRow], Verdict]


@dataclass(frozen=True)
class RowRule:
    """One rule over the rows of one table.

    A rule that looks at several cells has a judge for each. ``says_blank``: a hit calls its cell
    blank and silences every other finding of that cell.
    """

    code: str
    table: Table
    judges: tuple[Callable[[Any], Verdict], ...]
    says_blank: bool = False


def project_rule(code: str, *judges: ProjectJudge, says_blank: bool = False) -> RowRule:
    """A rule over the rows of ``projects``."""
    return RowRule(code, Table.PROJECTS, judges, says_blank)


def indicator_rule(code: str, *judges: IndicatorJudge, says_blank: bool = False) -> RowRule:
    """A rule over the rows of ``indicators``."""
    return RowRule(code, Table.INDICATORS, judges, says_blank)


def department_goal_rule(code: str, *judges: GoalJudge, says_blank: bool = False) -> RowRule:
    """A rule over the rows of ``department_goals``."""
    return RowRule(code, Table.DEPARTMENT_GOALS, judges, says_blank)


def threshold_of(row: _Context, code: str) -> float:
    """The threshold of a rule that has one: what staff chose, else the catalogue's."""
    chosen = row["thresholds"].get(code, RULES[code].threshold)
    assert chosen is not None, code
    return chosen


class UnknownColumn(KeyError):
    """A judge asked a row for a column that its table does not have: nobody knows what it says."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


@dataclass(frozen=True)
class LacksColumn(Abstention):
    """A judge that could not judge because the table lacks a column."""


@dataclass(frozen=True)
class LacksLabel(Abstention):
    """A judge that could not judge because the form has none of these labels, in their order.

    What the form does not ask for, or the reader did not find, is unknown and never blank.
    """

    labels: tuple[str, ...]

    @classmethod
    def of(cls, labels: Sequence[str]) -> LacksLabel:
        """The abstention for these labels."""
        told = "".join(f"“{label}”" for label in labels)
        return cls(f"表上没有{told}{'一栏' if len(labels) == 1 else '这几栏'}", tuple(labels))


def lacks(row: AnyRow, *columns: str) -> LacksLabel | None:
    """Why a judge cannot ask a project for these columns; None where its form has them all."""
    missing = row.get("missing_labels", frozenset())
    assert isinstance(missing, frozenset)
    labels = [label_of(column) for column in columns if column in missing]
    return LacksLabel.of(labels) if labels else None


REPORTED = "自评表、监控表上的预算可能是调整后的，与申报时的金额不能比较"


def if_planned(judge: ProjectJudge) -> ProjectJudge:
    """Holds a judge of a project's budget from forms whose budget may have been changed."""

    @wraps(judge)
    def check(row: JudgedProject) -> Verdict:
        verdict = judge(row)
        changed = isinstance(verdict, Hit) and row.get("is_report", False)
        return Abstention(REPORTED) if changed else verdict

    return check


_Judge = TypeVar("_Judge", bound=Callable[[Any], Verdict])


def needs(*columns: str) -> Callable[[_Judge], _Judge]:
    """Names the columns of a project without whose labels a judge of its rows is not asked."""

    def hold(judge: _Judge) -> _Judge:
        @wraps(judge)
        def check(row: Any) -> Verdict:
            return lacks(row, *columns) or judge(row)

        return check  # type: ignore[return-value]  # the same judge, seldom asked

    return hold


@dataclass(frozen=True)
class Fault:
    """A judge that raised where it was to answer: a fault of ours."""

    error: Exception


# What is told of a row; nothing is told of one that a judge has nothing against.
Answer: TypeAlias = Hit | Abstention | Fault


def answers(rule: RowRule, rows: Sequence[object]) -> Iterator[tuple[int, Answer]]:
    """Asks every judge of a rule about every row, once; yields row numbers with what was said."""
    for number, row in enumerate(rows):
        for judge in rule.judges:
            try:
                verdict: Answer | None = judge(row)
            except UnknownColumn as unknown:
                verdict = LacksColumn(f"表中没有“{unknown.column}”列")
            except Exception as error:
                verdict = Fault(error)
            if verdict is not None:
                yield number, verdict


def _missing_labels(declaration: Declaration, project: int, row: AnyRow) -> frozenset[str]:
    """The fields of a project whose labels were not found on its forms.

    A value that somebody put there without a form was found, and so was all of a project that has
    no cells at all.
    """
    table = declaration.projects
    absent = frozenset(
        name
        for name in PROJECT_FIELDS
        if table.place(project, name) is None and is_blank(row[name])
    )
    known = any(table.place(project, name) is not None for name in PROJECT_FIELDS)
    return absent if known else frozenset()


INDENTS = " \u3000\xa0"


def indent_of(text: str) -> str:
    """The blanks that a text begins with."""
    return text[: len(text) - len(text.lstrip(INDENTS))]


def _note_indents(rows: Sequence[JudgedProject] | Sequence[JudgedIndicator], column: str) -> None:
    """Note what the names of a sheet's list are indented by: the same blanks in half of the rows.

    Of a sheet with one name alone, and where few names have them, they are blanks and no layout.
    """
    by_sheet: dict[str, Counter[str]] = {}
    for row in rows:
        text = row[column]  # type: ignore[literal-required]  # one of the two names above
        if isinstance(text, str):
            indent = indent_of(text) if text[:1] in INDENTS else ""
            by_sheet.setdefault(row["sheet"], Counter())[indent] += 1
    common = {
        sheet: frozenset(
            indent
            for indent, times in found.items()
            if indent and times > 1 and 2 * times >= found.total()
        )
        for sheet, found in by_sheet.items()
        if len(found) > 1 or "" not in found
    }
    for row in rows:
        if row["sheet"] in common:
            row["indents"] = common[row["sheet"]]


def _note_points(rows: Sequence[JudgedIndicator] | Sequence[JudgedGoal]) -> None:
    """Note where all values of a table are points (分值)."""
    tables: dict[Hashable, list[JudgedIndicator | JudgedGoal]] = {}
    for row in rows:
        tables.setdefault(row.get("project"), []).append(row)
    for table in tables.values():
        points = [str(row.get("weight") or "") for row in table]
        arithmetic = typed_as_targets([row["target_value"] for row in table], points)
        for row in table if arithmetic else ():
            row["typed_points"] = arithmetic or ""


@dataclass(frozen=True)
class JudgedRows:
    """The rows of a declaration's tables as judges see them."""

    projects: list[JudgedProject]
    indicators: list[JudgedIndicator]
    department_goals: list[JudgedGoal]
    plan_year: int | None

    @classmethod
    def of(
        cls, declaration: Declaration, plan_year: int | None, thresholds: Mapping[str, float]
    ) -> JudgedRows:
        """The rows of a declaration with the context that the review gives them."""
        context: _Context = {"plan_year": plan_year, "thresholds": thresholds}
        remarks: dict[int | None, list[Remark]] = {}
        for remark in declaration.remarks:
            remarks.setdefault(remark.project, []).append(remark)
        projects: list[JudgedProject] = [
            {
                **row,
                **context,
                "missing_labels": _missing_labels(declaration, number, row),
                "other_sources": declaration.origin(number).other_sources,
                "amount_labels": declaration.origin(number).amount_labels,
                "remarks": remarks.get(number, []),
                "of_template": declaration.template_version is not None,
                "is_report": declaration.origin(number).is_report,
                "is_transfer": declaration.origin(number).is_transfer,
            }
            for number, row in enumerate(declaration.projects.records())
        ]
        indicators: list[JudgedIndicator] = [
            {**row, **context, "of_project": projects[row["project"]]}  # type: ignore[typeddict-item]
            for row in declaration.indicators.records()
        ]
        goals: list[JudgedGoal] = [
            {**row, **context, "of_department": declaration.department}  # type: ignore[typeddict-item]
            for row in declaration.department_goals.records()
        ]
        _note_indents(projects, "project_name")
        _note_indents(indicators, "indicator")
        for number in second_rows((row["project"], row["level3"]) for row in indicators):
            indicators[number]["is_second"] = True
        _note_points(indicators)
        _note_points(goals)
        return cls(projects, indicators, goals, plan_year)

    @overload
    def __getitem__(self, table: Literal[Table.PROJECTS]) -> list[JudgedProject]: ...
    @overload
    def __getitem__(self, table: Literal[Table.INDICATORS]) -> list[JudgedIndicator]: ...
    @overload
    def __getitem__(self, table: Literal[Table.DEPARTMENT_GOALS]) -> list[JudgedGoal]: ...
    @overload
    def __getitem__(
        self, table: Table
    ) -> list[JudgedProject] | list[JudgedIndicator] | list[JudgedGoal]: ...
    def __getitem__(
        self, table: Table
    ) -> list[JudgedProject] | list[JudgedIndicator] | list[JudgedGoal]:
        """The rows of one table."""
        if table is Table.PROJECTS:
            return self.projects
        return self.indicators if table is Table.INDICATORS else self.department_goals
