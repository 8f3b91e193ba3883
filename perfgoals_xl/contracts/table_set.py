"""The tables together, and the way to read one from CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from perfgoals_xl.contracts.conversion import unguarded
from perfgoals_xl.contracts.department_goals import DepartmentGoals
from perfgoals_xl.contracts.indicators import Indicators
from perfgoals_xl.contracts.projects import Projects
from perfgoals_xl.contracts.table_model import Contract, Relations, require
from perfgoals_xl.contracts.year_forms import (
    EvaluationFunds,
    EvaluationIndicators,
    Evaluations,
    MonitoringFunds,
    MonitoringIndicators,
    Monitorings,
)

CONTRACTS: Mapping[str, type[Contract]] = {
    "projects": Projects,
    "indicators": Indicators,
    "department_goals": DepartmentGoals,
    "evaluations": Evaluations,
    "evaluation_funds": EvaluationFunds,
    "evaluation_indicators": EvaluationIndicators,
    "monitorings": Monitorings,
    "monitoring_funds": MonitoringFunds,
    "monitoring_indicators": MonitoringIndicators,
}
_PARTS = {
    "evaluations": ("evaluation_funds", "evaluation_indicators"),
    "monitorings": ("monitoring_funds", "monitoring_indicators"),
}
_FORM_KEY = ["file", "form"]
_KEY = ["file", "project"]


def validate(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables of an export, each by its contract: ``projects``, ``indicators`` and others.

    And together: a project is there once (``project_is_there_once``), the project of every
    indicator exists (``project_exists``) and is named as there (``named_as_in_projects``).
    Of the tables of 自评表 and 监控表 each form is there once (``form_is_there_once``), and the
    form of every line of funds and of every indicator exists (``form_exists``). These tables may
    be missing, and so may ``department_goals``, since many departments declare none.

    Returns the frames in the order and types of the contracts. Raises
    ``pandera.errors.SchemaErrors`` for the first table that breaks its contract, with all that is
    wrong in it, and ``KeyError`` for a table that is missing or unknown.
    """
    if unknown := sorted(set(tables) - set(CONTRACTS)):
        raise KeyError(f"no contract for {unknown[0]!r}; there are {', '.join(CONTRACTS)}")
    if missing := {"projects", "indicators"} - set(tables):
        raise KeyError(f"the table {min(missing)!r} is missing")
    valid: dict[str, pd.DataFrame] = {
        name: CONTRACTS[name].validate(frame) for name, frame in tables.items()
    }
    projects, indicators = valid["projects"], valid["indicators"]
    once = ~projects.duplicated(_KEY, keep=False)
    require(projects, {"project": {"project_is_there_once": once}}, Projects.__name__)
    require(indicators, _across(projects, indicators), Indicators.__name__)
    for name, parts in _PARTS.items():
        _require_forms(valid, name, parts)
    return valid


def _require_forms(valid: Mapping[str, pd.DataFrame], name: str, parts: Sequence[str]) -> None:
    if name not in valid:
        return
    forms = valid[name][_FORM_KEY]
    once = ~forms.duplicated(keep=False)
    require(valid[name], {"form": {"form_is_there_once": once}}, CONTRACTS[name].__name__)
    for part in parts:
        if part in valid:
            own = valid[part]
            found = own[_FORM_KEY].merge(forms.assign(known=True), on=_FORM_KEY, how="left")
            known = found["known"].notna().set_axis(own.index)
            require(own, {"form": {"form_exists": known}}, CONTRACTS[part].__name__)


def _across(projects: pd.DataFrame, indicators: pd.DataFrame) -> Relations:
    named = projects[[*_KEY, "project_name"]].assign(known=True)
    found = indicators[_KEY].merge(named, on=_KEY, how="left").set_axis(indicators.index)
    known = found["known"].notna()
    names, expected = indicators["project_name"], found["project_name"]
    same = (names == expected).astype(bool) | (names.isna() & expected.isna())
    return {
        "project": {"project_exists": known},
        "project_name": {"named_as_in_projects": same | ~known},
    }


def read_csv(path: str | Path, contract: type[Contract]) -> pd.DataFrame:
    """An exported CSV file as the contract has it: nothing guessed, nothing lost.

    Every cell is read as text, so that codes keep their zeros and only an empty cell is blank, and
    the apostrophe that guards a text against being taken for a formula is taken off; then the
    contract gives the types. A text that began with an apostrophe and a formula sign when it was
    typed loses that apostrophe: a CSV file does not tell the two apart.

    Raises ``pandera.errors.SchemaErrors`` as ``contract.validate`` does.
    """
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return contract.validate(frame.map(unguarded))
