"""Whether a year-end result reaches a target value, both as cells of Excel."""

from __future__ import annotations

from typing import Any

from perfgoals_xl.excel.functions.arguments import number_in, text_in
from perfgoals_xl.form.evaluation.reaching import reaches
from perfgoals_xl.form.target import Kind, TargetValue, parse_target


def meets(target: Any, actual: Any) -> bool | None:
    """Whether the cell ``actual`` reaches the cell ``target``; None where it cannot be judged.

    What is not judged says :func:`~perfgoals_xl.form.evaluation.reaching.reaches`. Raises
    ``CellError`` for a number that is not finite.
    """
    return reaches(read_value(target), read_value(actual))


def read_value(cell: Any) -> TargetValue:
    """What a cell says as a value. Raises ``CellError`` for a number that is not finite."""
    number = number_in(cell)
    if number is None:
        return parse_target(text_in(cell))
    # Not by its text: 20260630 may be money, and is a date only beside a date.
    return TargetValue(str(cell), Kind.NUMERIC, "", number, number)
