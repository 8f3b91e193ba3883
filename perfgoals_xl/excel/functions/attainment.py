"""Whether a year-end result reaches a target value, and what it scores, as cells of Excel."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from perfgoals_xl.excel.functions.arguments import CellError, number_in, text_in
from perfgoals_xl.form.evaluation.reaching import reaches
from perfgoals_xl.form.evaluation.scoring import DEFAULT_SCORING, Equal, Reverse, Scoring, points
from perfgoals_xl.form.evaluation.scoring_labels import EQUAL_WORDS, REVERSE_WORDS
from perfgoals_xl.form.points import read_points
from perfgoals_xl.form.target import Kind, TargetValue, parse_target
from perfgoals_xl.form.text import fold

_METHODS: Final[dict[str, Scoring]] = {
    "": DEFAULT_SCORING,
    REVERSE_WORDS[Reverse.LINEAR]: DEFAULT_SCORING,
    REVERSE_WORDS[Reverse.RATIO]: replace(DEFAULT_SCORING, reverse=Reverse.RATIO),
    EQUAL_WORDS[Equal.ALL_OR_NOTHING]: replace(DEFAULT_SCORING, equal=Equal.ALL_OR_NOTHING),
}


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


def score(target: Any, actual: Any, weight: Any, method: Any) -> Decimal | None:
    """The points of the cell ``actual``; None where they cannot be computed.

    Raises ``CellError`` for points and methods that are none.
    """
    settings = _METHODS.get(fold(text_in(method) or ""))
    most = number_in(weight)
    if most is None:
        most = read_points(text_in(weight) or "")
    if settings is None or most is None or most < 0:
        raise CellError
    return points(read_value(target), read_value(actual), most, settings)
