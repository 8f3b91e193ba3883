"""The review of declarations, batch after batch: ours → shape → required → value → across.

The rows of all declarations are judged together, one table after the other; what compares rows and
tables looks at one declaration at a time. What calls a cell blank is asked before what would read
it, and silences it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.fields import Table
from perfgoals_xl.joining.settlement import one_set
from perfgoals_xl.review.changes_since import compared
from perfgoals_xl.review.collector import Collector
from perfgoals_xl.review.declared_beside import declarations_of, declares
from perfgoals_xl.review.findings import Hit, Review
from perfgoals_xl.review.reasons import answered
from perfgoals_xl.review.row_rules import Answer, Fault
from perfgoals_xl.review.rules.registry import ACROSS_RULES, ROW_RULES
from perfgoals_xl.review.settings import Settings, read_settings


class RuleFault(Exception):
    """A check that raised where it was to answer: a fault of ours, with its rule and its row.

    The exception that it raised is the cause.
    """

    def __init__(
        self, code: str, file: str, table: Table | None = None, row: object = None
    ) -> None:
        self.code, self.file, self.table, self.row = code, file, table, row
        where = "" if table is None else f", row {row} of {table.value}"
        super().__init__(f"rule {code} failed on {file}{where}")


def review(
    declaration: Declaration, *, plan_year: int | None = None, language: str = "zh"
) -> Review:
    """Review a declaration: :func:`review_many` of one."""
    [only] = review_many([declaration], plan_year=plan_year, language=language)
    return only


def review_all(
    declarations: Sequence[Declaration], *, plan_year: int | None = None, language: str = "zh"
) -> list[Review]:
    """As :func:`review_many`, for several sources that were joined.

    Each is reviewed beside those before it of its department and year, whose projects no project
    of it may repeat.
    """
    keys = [(n, d.department, d.year) for n, d in enumerate(declarations)]
    before: list[Sequence[Declaration]] = [()] * len(declarations)
    for members in one_set(keys):
        for at, number in enumerate(members):
            before[number] = [declarations[other] for other in members[:at]]
    return _told(
        review_each(declarations, before, plan_year=plan_year, language=language, together=True)
    )


def review_many(
    declarations: Sequence[Declaration], *, plan_year: int | None = None, language: str = "zh"
) -> list[Review]:
    """Review declarations, each for itself, in much less time than one after the other.

    ``plan_year`` is the year the declarations are for; without it each one's own plan year, or the
    year most of its titles name. ``language`` is that of the messages, ``zh`` or ``en``. Raises
    ``InputError`` for the first whose 校验规则 sheet, or ``perfgoals.toml`` beside it, holds a
    setting that cannot be understood: :func:`review_each` reviews the others all the same.
    """
    return _told(review_each(declarations, plan_year=plan_year, language=language))


def _told(results: Sequence[Review | InputError | RuleFault]) -> list[Review]:
    """The reviews; raises the first fault."""
    reviews: list[Review] = []
    for result in results:
        if isinstance(result, Exception):
            raise result
        reviews.append(result)
    return reviews


def review_each(
    declarations: Sequence[Declaration],
    before: Sequence[Sequence[Declaration]] = (),
    *,
    plan_year: int | None = None,
    language: str = "zh",
    together: bool = False,
) -> list[Review | InputError | RuleFault]:
    """As :func:`review_many`, but what is wrong with one declaration costs that one alone.

    The list has, in the order given, the review of each declaration or why there is none: an
    ``InputError`` for its settings, a ``RuleFault`` where a check of ours failed on it. ``before``
    has for each the other sources of its department that stand before it, where there are any.
    ``together`` says that they were given together, so that one may be the declaration that
    another one's 自评表 was made from.
    """
    given = [one for one in declarations if declares(one)] if together else []
    started = [
        _started(declaration, earlier, given, plan_year, language)
        for declaration, earlier in zip(declarations, chain(before, repeat(())), strict=False)
    ]
    cases = [case for case in started if isinstance(case, _Case)]
    for table in Table:
        _judge_rows(cases, table)
    return [case.finished() if isinstance(case, _Case) else case for case in started]


@dataclass
class _Case:
    """One declaration under review: what was found in it so far."""

    collector: Collector
    settings: Settings
    fault: RuleFault | None = None

    def take(self, code: str, table: Table, row: int, answer: Answer) -> None:
        """Take what a rule says of a row; the first fault is the one that is told."""
        if isinstance(answer, Fault):
            self._fail(answer.error, code, table, row)
            return
        self.collector.add(code, table, row, answer)
        if isinstance(answer, Hit) and ROW_RULES[table][code].says_blank:
            self.collector.mark_blank(table, row, answer.column)

    def finished(self) -> Review | RuleFault:
        """Look across rows and tables, and make the review."""
        declaration = self.collector.declaration
        for rule in ACROSS_RULES:
            if rule.always or len(declaration.projects):
                try:
                    rule.check(self.collector)
                except Exception as error:
                    self._fail(error, "/".join(rule.codes))
        if self.fault is not None:
            return self.fault
        found = self.collector.review(self.settings.severities)
        return compared(answered(found, declaration.reasons), declaration)

    def _fail(
        self, error: Exception, code: str, table: Table | None = None, row: int | None = None
    ) -> None:
        if self.fault is None:
            self.fault = RuleFault(code, self.collector.declaration.file, table, row)
            self.fault.__cause__ = error


def _started(
    declaration: Declaration,
    before: Sequence[Declaration],
    given: Sequence[Declaration],
    plan_year: int | None,
    language: str,
) -> _Case | InputError:
    try:
        settings = read_settings(declaration)
    except InputError as error:
        return error
    year = plan_year if plan_year is not None else declaration.year
    others = [one for one in given if one is not declaration]
    declared, why = declarations_of(declaration, others)
    collector = Collector(declaration, language, settings.thresholds, year, before, declared, why)
    return _Case(collector, settings)


def _judge_rows(cases: Sequence[_Case], table: Table) -> None:
    """Judge the rows of one table of all declarations as one frame.

    The label of a row is the number at which its declaration starts, plus its number there.
    """
    tables = [case.collector.rows[table] for case in cases]
    starts = list(accumulate(map(len, tables), initial=0))
    if not starts[-1]:
        return
    # Imported late: pandera takes longer to import than most declarations to review.
    from perfgoals_xl.review.schemas import judged

    for code, label, answer in judged(table, [row for rows in tables for row in rows]):
        # Of declarations that start at one label, all but the last are without rows.
        number = bisect_right(starts, label) - 1
        cases[number].take(code, table, label - starts[number], answer)
