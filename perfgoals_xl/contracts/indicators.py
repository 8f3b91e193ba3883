"""The contract of the indicators."""

from __future__ import annotations

import pandas as pd

from perfgoals_xl.contracts.table_model import Contract, Relations
from perfgoals_xl.form.fields import Table


class Indicators(Contract, table=Table.INDICATORS):
    """One row per indicator; ``file`` and ``project`` name the project it belongs to.

    >>> Indicators.validate(pd.read_parquet("数据/indicators.parquet"))

    ``kind`` … ``unit`` are how ``target_value`` was read. ``low`` and ``high`` are ``Decimal`` or
    ``datetime.date``; in files they are texts, which the contract turns back. No operator and no
    unit are an empty text, also where a CSV file had NaN for it.

    A CSV file is best read with :func:`perfgoals_xl.contracts.read_csv`. With pandas alone, use
    ``pd.read_csv(path, dtype=str, keep_default_na=False)``: otherwise codes lose their leading
    zeros, words such as ``NA`` become blanks, and a target value 95.0 may become 95. The operator
    ``=`` stands in CSV as ``'=``, guarded against being taken for a formula; the contract takes
    the apostrophe off.

    The flat file that has projects and indicators in one holds the columns of this contract too;
    a project without indicators has a row without ``kind`` there, to be dropped first.
    """

    @classmethod
    def relations(cls, frame: pd.DataFrame) -> Relations:
        """≥ and > have a lower bound alone, ≤ and < an upper one."""
        operator, low, high = frame["operator"], frame["low"], frame["high"]
        wrong_high = operator.isin(["≥", ">"]) & high.notna()
        wrong_low = operator.isin(["≤", "<"]) & low.notna()
        return {"operator": {"operator_fits_bounds": ~(wrong_low | wrong_high)}}
