"""A declaration from a file that must hold one."""

from __future__ import annotations

from pathlib import Path

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration

NO_FORM_HINT = "请确认选对了文件；表中应有“项目名称”“年度总体绩效目标”“一级指标”等标签。"


def load(source: str | Path) -> Declaration:
    """Read the declaration in a workbook, a Word document or tab-separated text.

    Returns the three tables with the cell of every value (:mod:`perfgoals_xl.declaration` describes
    the columns). Raises ``InputError`` when the file cannot be read or holds no declaration.
    """
    declaration = load_declaration(source)
    if declaration.is_empty:
        raise InputError("文件中没有找到绩效目标申报表", hint=NO_FORM_HINT, file=source)
    return declaration
