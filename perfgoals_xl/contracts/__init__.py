"""What the exported tables promise, for everybody who works with them.

>>> from perfgoals_xl import contracts
>>> contracts.Indicators.validate(pd.read_parquet("数据/indicators.parquet"))

``Projects``, ``Indicators`` and ``DepartmentGoals`` are pandera models with every column: type,
vocabulary, range, unit, whether it may be blank, its title and description in Chinese; so are
``Evaluations`` and ``Monitorings``, with ``…Funds`` and ``…Indicators``, of 自评表 and 监控表.
``validate`` takes all together, ``read_csv`` reads a CSV file as it should be. All of it is
told in docs/数据说明.md; docs/contracts/ has the models as YAML and JSON Schema.

A contract says what a table promises, a rule of the review what the bureau would send back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfgoals_xl.contracts.department_goals import DepartmentGoals
    from perfgoals_xl.contracts.indicators import Indicators
    from perfgoals_xl.contracts.projects import Projects
    from perfgoals_xl.contracts.table_set import read_csv, validate
    from perfgoals_xl.contracts.year_forms import (
        EvaluationFunds,
        EvaluationIndicators,
        Evaluations,
        MonitoringFunds,
        MonitoringIndicators,
        Monitorings,
    )

__all__ = [
    "DepartmentGoals",
    "EvaluationFunds",
    "EvaluationIndicators",
    "Evaluations",
    "Indicators",
    "MonitoringFunds",
    "MonitoringIndicators",
    "Monitorings",
    "Projects",
    "read_csv",
    "validate",
]

# Looked up when first used: writers need the columns alone, and pandera takes long to import.
_HOMES = {
    "DepartmentGoals": "department_goals",
    "EvaluationFunds": "year_forms",
    "EvaluationIndicators": "year_forms",
    "Evaluations": "year_forms",
    "Indicators": "indicators",
    "MonitoringFunds": "year_forms",
    "MonitoringIndicators": "year_forms",
    "Monitorings": "year_forms",
    "Projects": "projects",
    "read_csv": "table_set",
    "validate": "table_set",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
