"""How much of a text is judged: of a text as long as no form prints, the beginning.

A cell holds up to 32,767 characters, the longest goals of real forms some 3,000. What stands
further back is read, kept and published, and told as not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from perfgoals_xl.form.fields import Table, label_of

LONGEST_GOAL = 6_000
LONGEST_OTHER = 1_000
"""Characters that are judged of a goal, and of any other text."""
_GOALS = frozenset({"annual_goal", "period_goal", "duty_goal", "policy_goal", "budget_goal"})
# The rule that judges the whole wording of a column's text; any other by the rule of its table.
_RULES = {
    Table.PROJECTS: {"annual_goal": "G04"},
    Table.INDICATORS: {"target_value": "V14"},
    Table.DEPARTMENT_GOALS: {},
}
_OTHERS = {Table.PROJECTS: "H08", Table.INDICATORS: "N01", Table.DEPARTMENT_GOALS: "D01"}


def cut(table: Table, records: Sequence[Any]) -> Iterator[tuple[int, str, str]]:
    """Shortens the long texts of the rows of a table to what is judged of them.

    Gives the number of each such row, the rule that judges only a part, and why. A row that was
    shortened keeps its texts as they are in ``uncut``, by column.
    """
    for number, record in enumerate(records):
        for column, value in list(record.items()):
            if not isinstance(value, str) or len(value) <= LONGEST_OTHER:
                continue
            most = LONGEST_GOAL if column in _GOALS else LONGEST_OTHER
            if len(value) > most:
                record.setdefault("uncut", {})[column] = value
                record[column] = value[:most]
                rule = _RULES[table].get(column, _OTHERS[table])
                yield number, rule, f"“{_label(column)}”有 {len(value)} 字，只核对前 {most} 字"


def _label(column: str) -> str:
    try:
        return label_of("level3" if column == "indicator" else column)
    except KeyError:  # a column that no cell of the form fills
        return "文字"
