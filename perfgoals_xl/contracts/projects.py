"""The contract of the projects."""

from __future__ import annotations

from perfgoals_xl.contracts.table_model import Contract
from perfgoals_xl.form.fields import Table


class Projects(Contract, table=Table.PROJECTS):
    """One row per project of a file; ``file`` and ``project`` are its key.

    >>> Projects.validate(pd.read_parquet("数据/projects.parquet"))

    Amounts are ``Decimal`` in the ``amount_unit`` of the row; a blank is null, never zero. What
    staff typed where an amount belongs and is none, or is below zero, breaks the contract: the
    review says so too (F01), and JSON and Parquet have null for a text.

    A CSV file is best read with :func:`perfgoals_xl.contracts.read_csv`. With pandas alone, use
    ``pd.read_csv(path, dtype=str, keep_default_na=False)``: otherwise codes lose their leading
    zeros and words such as ``NA`` become blanks.
    """
