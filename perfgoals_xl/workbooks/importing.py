"""``perfgoals import``: declarations that were read, as one standard workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from perfgoals_xl.data_table import DataTable, RowT
from perfgoals_xl.declaration import DEPARTMENT_GOAL_COLUMNS, INDICATOR_COLUMNS, Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.kept_notes import kept_note
from perfgoals_xl.joining.combining import combine
from perfgoals_xl.reading.account_lines import AccountLine, account_lines
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.review.joined_settings import join_settings
from perfgoals_xl.review.reasons import why_none
from perfgoals_xl.review.settings import Settings
from perfgoals_xl.workbooks.findings.layout import FindingLine
from perfgoals_xl.workbooks.findings.lines import waiting_lines
from perfgoals_xl.workbooks.standard import department_sheet
from perfgoals_xl.workbooks.standard.template import project_sheets, write_standard_workbook


@dataclass(frozen=True)
class Imported:
    """What became of the sources: all of them as one declaration, and what to tell of the rest.

    ``notes`` are lines for the person: reasons and settings that came along, or could not.
    """

    declaration: Declaration
    notes: tuple[str, ...]


def import_declarations(
    declarations: Sequence[Declaration], output: Path, *, year: int | None = None
) -> Imported:
    """Write the declarations to ``output`` as one standard workbook, with their reasons and rules.

    Staff's reasons (说明) wait on 校验结果 for the next validation, and what staff changed about
    the rules is changed on 校验规则; where the sources differ a rule is as by default. Raises
    ``InputError`` as :func:`write_imported`.
    """
    declaration = combine(declarations)
    joined = join_settings(declarations, output.parent)
    why = [(reason, why_none(reason)) for reason in declaration.reasons]
    reasons = [reason for reason, fault in why if not fault]
    left = [f"{item.place.sheet} {item.place.cell}：{fault}。" for item, fault in why if fault]
    names = (record["project_name"] for record in declaration.projects.records())
    sheets = {
        str(name): sheet
        for name, sheet in zip(names, project_sheets(declaration), strict=True)
        if name is not None
    }
    lines = waiting_lines(reasons, department_sheet.SHEET, sheets)
    files = _short_names([each.file for each in declarations])
    account = [
        line._replace(file=file)
        for each, file in zip(declarations, files, strict=True)
        for line in account_lines(each)
    ]
    write_imported(
        declaration, output, year=year, settings=joined.settings, lines=lines, account=account
    )
    changed = len(joined.settings.severities.keys() | joined.settings.thresholds.keys())
    along = [f"说明 {len(lines)} 条"] * bool(lines) + [f"校验规则设置 {changed} 项"] * bool(changed)
    notes = [f"一并带入{'、'.join(along)}。"] if along else []
    return Imported(declaration, (*notes, *(f"注意：{note}" for note in (*joined.notes, *left))))


def _short_names(files: Sequence[str]) -> list[str]:
    """What several sources are called on 导入说明; one alone needs no name there."""
    if len(files) == 1:
        return [""]
    names = [PurePath(file).name for file in files]
    return names if len(set(names)) == len(names) else list(files)


def write_imported(
    declaration: Declaration,
    output: Path,
    *,
    year: int | None = None,
    settings: Settings | None = None,
    lines: Sequence[FindingLine] = (),
    account: Sequence[AccountLine] | None = None,
) -> None:
    """Write ``declaration`` to ``output`` as the standard workbook, one sheet per project.

    ``year`` stands in where the titles name none; ``settings`` are those of its sheet 校验规则,
    ``lines`` what its sheet 校验结果 lists, ``account`` what 导入说明 tells where that is not what
    the declaration itself has. Raises ``InputError`` when no year is known or the
    output cannot be written.
    """
    plan_year = declaration.year if declaration.year is not None else year
    if plan_year is None:
        raise InputError(
            f"标题中没有找到年度，没有写出 {output}",
            hint="请用 --year 指明计划年度，如 --year 2026。",
            file=declaration.file,
        )
    standard = keep_in_notes(declaration)
    write_standard_workbook(
        output,
        department=declaration.department,
        code=declaration.department_code,
        year=plan_year,
        declaration=replace(standard, year=plan_year),
        rules=tuple(RULES.values()),
        settings=settings,
        lines=lines,
        account=account_lines(declaration) if account is None else account,
    )


def keep_in_notes(declaration: Declaration) -> Declaration:
    """What the standard form has no column for, in its 备注: so that an import loses nothing."""
    indicators, goals = declaration.indicators, declaration.department_goals
    notes = [
        kept_note(
            row["note"],
            {
                "weight": row["weight"],
                "standard": row["standard"],
                "period_target_value": row["period_target_value"],
            },
        )
        for row in indicators.records()
    ]
    told = [
        kept_note(
            row["note"],
            {
                "level3": None
                if row["level3"] in (row["policy_goal"], row["budget_goal"])
                else row["level3"],
                "weight": row["weight"],
            },
        )
        for row in goals.records()
    ]
    return replace(
        declaration,
        indicators=_with_notes(indicators, INDICATOR_COLUMNS, notes),
        department_goals=_with_notes(goals, DEPARTMENT_GOAL_COLUMNS, told),
    )


def _with_notes(
    table: DataTable[RowT], columns: Sequence[str], notes: Sequence[str | None]
) -> DataTable[RowT]:
    rows = [dict(row) | {"note": note} for row, note in zip(table.records(), notes, strict=True)]
    places = [
        {name: place for name, place in row.items() if place is not None}
        for row in table.cell_records()
    ]
    return DataTable.build(columns, rows, places)
