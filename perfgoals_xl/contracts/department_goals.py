"""The contract of the department's own goals."""

from __future__ import annotations

from perfgoals_xl.contracts.table_model import Contract
from perfgoals_xl.form.fields import Table


class DepartmentGoals(Contract, table=Table.DEPARTMENT_GOALS):
    """One row per goal of the table of the whole department (部门整体支出绩效目标表).

    >>> DepartmentGoals.validate(pd.read_parquet("数据/department_goals.parquet"))

    A CSV file is best read with :func:`perfgoals_xl.contracts.read_csv`; see
    :class:`~perfgoals_xl.contracts.indicators.Indicators`.
    """
