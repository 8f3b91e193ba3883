"""What a column can be: its type in pandas, in Arrow and in words, and the description of one.

Nothing here needs pandas or pandera, so that every writer can ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DIGITS, PLACES = 38, 12
"""Digits of an amount in Parquet, and how many of them stand behind the point."""
NO_YEAR, NO_DEPARTMENT = 0, "未写明部门"
"""What a partitioned dataset says for a blank year and department.

Not Hive's mark of a null: Arrow cannot read a dataset in which every partition has it.
"""


class Type(StrEnum):
    """What a column holds.

    =========== ===================== ==================== ===================================
    type        pandas                Arrow, Parquet       CSV
    =========== ===================== ==================== ===================================
    ``TEXT``    ``str``               string               as it is, guarded against formulas
    ``WHOLE``   ``Int64``             int64                digits
    ``AMOUNT``  ``object``: Decimal   decimal128(38, 12)   digits, no exponent
    ``FIGURE``  ``object``: Decimal   decimal128(38, 12)   digits, no exponent
    ``BOUND``   ``object``: Decimal   string               digits, or an ISO date
                or ``datetime.date``
    =========== ===================== ==================== ===================================
    """

    TEXT = "文本"
    WHOLE = "整数"
    AMOUNT = "金额"
    FIGURE = "数"
    BOUND = "数或日期"


@dataclass(frozen=True)
class Column:
    """One column of a table: what it promises.

    ``title`` is the label that staff know it by, ``unit`` what a number counts. A blank is null
    where ``nullable``, and "" where ``empty``, of which no null is told apart. ``values`` are all
    that may stand there, ``terms`` those that are expected; ``minimum``, ``maximum`` and
    ``pattern`` bound it.
    """

    name: str
    type: Type
    title: str
    description: str
    unit: str = ""
    nullable: bool = True
    empty: bool = False
    values: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    pattern: str = ""

    @property
    def explained(self) -> str:
        """The description with the unit."""
        return self.description + (f"单位：{self.unit}。" if self.unit else "")
