"""The row rules as pandera schemas: one for each table, built once, with a check for every rule.

A rule is a :class:`RowCheck`. Pandera's own checks answer yes or no, and say which value failed;
a judge says more than that, so the backend of a ``RowCheck`` takes what the judge found as the
failure case, in the column that the judge names. Every judge is asked about every row, once.

A frame has the one column ``row``: rules look at whole rows, with more in them than a frame holds
(:mod:`.row_rules`). What the columns of a table promise is for its contract to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
import pandera.pandas as pa
from pandera.api.base.checks import CheckResult
from pandera.backends.pandas.checks import PandasCheckBackend
from pandera.config import ValidationDepth, config_context

from perfgoals_xl.form.fields import Table
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.review.findings import Hit
from perfgoals_xl.review.row_rules import Answer, RowRule, answers
from perfgoals_xl.review.rules.registry import ROW_RULES

Found = Sequence[tuple[int, Hit]]


class Judged(NamedTuple):
    """What the rule of a code says of the row of a number."""

    code: str
    row: int
    answer: Answer


# Where a run keeps what the judges said. What could not be judged, and judges that raised, have no
# place in pandera's report; and a report of failure cases, a table for every check, takes several
# times as long as all judges, so that a run has pandera say only which checks failed.
_said: ContextVar[list[Judged] | None] = ContextVar("_said", default=None)


class RowCheck(pa.Check):
    """The check of one rule: a failure case is a judge's ``Hit``, in the column that it names."""

    def __init__(self, rule: RowRule) -> None:
        entry = RULES[rule.code]
        super().__init__(
            partial(_hits, rule),
            name=rule.code,
            title=entry.title,
            description=entry.explanation,
            ignore_na=False,
        )


class RowCheckBackend(PandasCheckBackend):
    """Hands pandera the failure cases as the check found them."""

    def apply(self, check_obj: pd.DataFrame) -> Found:
        """Ask the check about the rows of a frame."""
        found: Found = self.check_fn(check_obj)
        return found

    def postprocess(self, check_obj: pd.DataFrame, check_output: Found) -> CheckResult:
        """What was found as a result of pandera's, in the form that its reports take."""
        passed = not check_output
        cases = None if passed or _said.get() is not None else _cases(check_output)
        return CheckResult(passed, passed, check_obj, cases)


RowCheck.register_backend(pd.DataFrame, RowCheckBackend)


def _hits(rule: RowRule, frame: pd.DataFrame) -> Found:
    told = list(answers(rule, frame["row"].tolist()))
    said = _said.get()
    if said is not None:
        said += [Judged(rule.code, number, answer) for number, answer in told]
    return [(number, answer) for number, answer in told if isinstance(answer, Hit)]


def _cases(found: Found) -> pd.DataFrame:
    """The failure cases as pandera passes them through: untouched, one line for each."""
    return pd.DataFrame(
        {
            "column": [hit.column for _, hit in found],
            "index": [number for number, _ in found],
            "failure_case": _objects([hit for _, hit in found]),
        }
    )


def _objects(values: Sequence[Any]) -> pd.Series[Any]:
    return pd.Series(values, dtype=object)


def _schema(table: Table) -> pa.DataFrameSchema:
    checks = [RowCheck(rule) for rule in ROW_RULES[table].values()]
    return pa.DataFrameSchema({"row": pa.Column(object)}, checks=checks, name=table.value)


SCHEMAS: dict[Table, pa.DataFrameSchema] = {table: _schema(table) for table in Table}


def judged(table: Table, rows: Sequence[object]) -> Iterator[Judged]:
    """What the rules of a table say of its rows, rule by rule in the order of the registry.

    ``rows`` are rows as the judges of the table take them.
    """
    said: list[Judged] = []
    token = _said.set(said)
    try:
        _ask(table, rows)
    finally:
        _said.reset(token)
    told: dict[str, list[Judged]] = {code: [] for code in ROW_RULES[table]}
    for entry in said:
        told[entry.code].append(entry)
    for entries in told.values():
        # What was found before what could not be judged, of one row.
        yield from sorted(entries, key=lambda e: (e.row, not isinstance(e.answer, Hit)))


def _ask(table: Table, rows: Sequence[object]) -> None:
    """Ask all judges; what pandera reports and no rule found is a fault of ours and is raised."""
    frame = pd.DataFrame({"row": _objects(rows)})
    try:
        # Whoever has switched pandera's validation off means other tables than these.
        with config_context(
            validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA
        ):
            SCHEMAS[table].validate(frame, lazy=True, inplace=True)
    except pa.errors.SchemaErrors as errors:
        for error in errors.schema_errors:
            # A check that answered, and did not break, failed without cases.
            if not isinstance(error.check, RowCheck) or error.failure_cases is not False:
                raise
