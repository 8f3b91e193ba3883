"""What a check of one row is, and the context a row brings with it.

A *judge* is a function from a row to a verdict. A row is a dictionary with the columns of its table
(:mod:`perfgoals_xl.declaration`) and, besides, for every table ``plan_year`` (int or None) and
``thresholds`` (rule code → the threshold that staff chose, where they chose one); for ``projects``
``missing_labels`` (the fields its form has no label for) and ``remarks`` (what the reader saw there
and did not take); for ``indicators`` ``of_project`` (the row of its project). A row
with a text of which only the beginning is judged has it whole in ``uncut``, by column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from perfgoals_xl.review.findings import Verdict

Row = Mapping[str, Any]
Judge = Callable[[Row], Verdict]


@dataclass(frozen=True)
class RowRule:
    """One rule over the rows of one table.

    A rule that looks at several cells has a judge for each. ``says_blank``: a hit calls its cell
    blank and silences every other finding of that cell. ``abstains``: a judge may find that an
    input is missing, so every row is asked and not only those that failed.
    """

    code: str
    judges: tuple[Judge, ...]
    says_blank: bool = False
    abstains: bool = False
