"""Project performance goal tables (项目支出绩效目标表) as data: read, validate, consolidate.

>>> import perfgoals_xl as pg
>>> pg.parse_target("不超过20万元").unit
'万元'

``load`` reads a declaration, ``validate`` reviews it, ``validate_frames`` has the row rules for
tables of an analyst's own, ``consolidate`` writes the summary workbook of a department and
``consolidate_departments`` that of many, ``parse_target`` reads one target value. ``contracts`` are
what the exported tables promise. What comes back is a ``Declaration``, a ``Review`` of ``Finding``s
or an ``Outcome``. A file that cannot be used raises ``InputError``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfgoals_xl._version import __version__

if TYPE_CHECKING:
    from perfgoals_xl import contracts
    from perfgoals_xl.api import (
        consolidate,
        consolidate_departments,
        load,
        validate,
        validate_frames,
    )
    from perfgoals_xl.bureau.consolidation import Outcome
    from perfgoals_xl.declaration import Declaration
    from perfgoals_xl.errors import InputError
    from perfgoals_xl.form.target import parse_target
    from perfgoals_xl.review.findings import Finding, Review

__all__ = [
    "Declaration",
    "Finding",
    "InputError",
    "Outcome",
    "Review",
    "__version__",
    "consolidate",
    "consolidate_departments",
    "contracts",
    "load",
    "parse_target",
    "validate",
    "validate_frames",
]

# Looked up when first used, so that the light commands do not wait for pandas.
_HOMES = {
    "Declaration": "perfgoals_xl.declaration",
    "Finding": "perfgoals_xl.review.findings",
    "InputError": "perfgoals_xl.errors",
    "Outcome": "perfgoals_xl.bureau.consolidation",
    "Review": "perfgoals_xl.review.findings",
    "consolidate": "perfgoals_xl.api",
    "consolidate_departments": "perfgoals_xl.api",
    "load": "perfgoals_xl.api",
    "parse_target": "perfgoals_xl.form.target",
    "validate": "perfgoals_xl.api",
    "validate_frames": "perfgoals_xl.api",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "contracts":
        return import_module("perfgoals_xl.contracts")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
