"""The contracts of 自评表 and 监控表: the year's other forms, their funds and their indicators."""

from __future__ import annotations

from perfgoals_xl.contracts.table_model import Contract
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable


class Evaluations(Contract, table=EvaluationTable.EVALUATIONS):
    """One row per 自评表 of a file; ``file`` and ``form`` are its key.

    >>> Evaluations.validate(pd.read_parquet("数据/evaluations.parquet"))

    Amounts, points and rates are ``Decimal``, a blank is null. What staff typed in place of a
    number breaks the contract, as it does in :class:`~perfgoals_xl.contracts.projects.Projects`;
    JSON and Parquet have null for it.
    """


class EvaluationFunds(Contract, table=EvaluationTable.EVALUATION_FUNDS):
    """One row per line of the funds of a 自评表, that of all sources among them."""


class EvaluationIndicators(Contract, table=EvaluationTable.EVALUATION_INDICATORS):
    """One row per indicator of a 自评表; ``file`` and ``form`` name the form it belongs to."""


class Monitorings(Contract, table=EvaluationTable.MONITORINGS):
    """One row per 监控表 of a file; ``file`` and ``form`` are its key."""


class MonitoringFunds(Contract, table=EvaluationTable.MONITORING_FUNDS):
    """One row per line of the funds of a 监控表, that of all sources among them."""


class MonitoringIndicators(Contract, table=EvaluationTable.MONITORING_INDICATORS):
    """One row per indicator of a 监控表; ``file`` and ``form`` name the form it belongs to."""
