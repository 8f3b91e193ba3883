"""The functions for people in notebooks, and for the commands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration

if TYPE_CHECKING:
    from perfgoals_xl.review.findings import Review

NO_FORM_HINT = "请确认选对了文件；表中应有“项目名称”“年度总体绩效目标”“一级指标”等标签。"


def load(source: str | Path) -> Declaration:
    """Read the declaration in a workbook or tab-separated text.

    Returns the three tables with the cell of every value (:mod:`perfgoals_xl.declaration` describes
    the columns). Raises ``InputError`` when the file cannot be read or holds no declaration.
    """
    declaration = load_declaration(source)
    if declaration.is_empty:
        raise InputError("文件中没有找到绩效目标申报表", hint=NO_FORM_HINT, file=source)
    return declaration


def validate(source: str | Path | Declaration, *, plan_year: int | None = None) -> Review:
    """Review a file or a loaded declaration.

    Returns a :class:`~perfgoals_xl.review.findings.Review`: ``findings`` in the order of the
    workbook, ``not_judged``, ``counts``; ``to_frame()`` gives the findings as a DataFrame.
    ``plan_year`` is the year the declaration is for, by default what the file itself says.
    """
    from perfgoals_xl.review.run import review

    declaration = source if isinstance(source, Declaration) else load_declaration(source)
    return review(declaration, plan_year=plan_year)


def consolidate(sources: Sequence[str | Path | Declaration], output: str | Path) -> Path:
    """Write the department's summary workbook and return its path.

    ``sources`` are files or loaded declarations. Raises ``InputError`` when one cannot be read,
    holds no declaration, or when the output cannot be written.
    """
    from perfgoals_xl.workbooks.consolidation import write_consolidation

    declarations = [s if isinstance(s, Declaration) else load(s) for s in sources]
    write_consolidation(declarations, Path(output))
    return Path(output)
