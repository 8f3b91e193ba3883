"""The standard workbook: blank for staff to fill in, or filled from a declaration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfgoals_xl.form import own_sheets
from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from perfgoals_xl.storage.files import whole_file
from perfgoals_xl.workbooks.findings.written_sheet import fill_findings
from perfgoals_xl.workbooks.kit.sheet_names import sheet_names
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, add_sheet, new_workbook
from perfgoals_xl.workbooks.standard import (
    department_sheet,
    guide_sheet,
    import_sheet,
    lists_sheet,
    rules_sheet,
)
from perfgoals_xl.workbooks.standard.headings import Heading
from perfgoals_xl.workbooks.standard.project_sheet import write_project_sheet
from perfgoals_xl.workbooks.standard.rules_sheet import RuleLine

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration
    from perfgoals_xl.reading.account_lines import AccountLine
    from perfgoals_xl.review.settings import Settings
    from perfgoals_xl.workbooks.findings.layout import FindingLine

OTHER_SHEETS = (
    guide_sheet.SHEET,
    department_sheet.SHEET,
    lists_sheet.SHEET,
    own_sheets.RULES_SHEET,
    RESULTS_SHEET,
    own_sheets.IMPORT_SHEET,
)
_TAB_PROJECT, _TAB_FINDINGS, _TAB_OTHER = "#5B9BD5", "#C00000", "#A6A6A6"


def write_standard_workbook(
    path: str | Path,
    *,
    department: str | None,
    code: str | None,
    year: int,
    edition: str = "2015",
    projects: int = 1,
    declaration: Declaration | None = None,
    amount_unit: str = "万元",
    rules: Sequence[RuleLine] = (),
    settings: Settings | None = None,
    lines: Sequence[FindingLine] = (),
    account: Sequence[AccountLine] | None = None,
) -> None:
    """Writes the standard workbook to ``path``, whole or not at all.

    Without ``declaration`` it is blank, with ``projects`` project sheets of ``edition`` in
    ``amount_unit``; the titles follow ``year`` and ``department`` as they stand on 填报说明. With
    one, it has a sheet for each of its projects, in the declaration's own edition and units.
    ``rules`` fill the sheet 校验规则, as ``settings`` has them, ``lines`` the sheet 校验结果, and
    ``account`` the sheet 导入说明, which a workbook has that was made of others.
    Raises InputError where the file cannot be written or a text is too long for a cell.
    """
    if declaration is not None:
        edition = declaration.edition
    forms = _forms(declaration, projects, amount_unit)
    heading = Heading(department, code, year, live=declaration is None)
    with whole_file(path) as temporary, new_workbook(temporary, "绩效目标申报表") as workbook:
        styles = Styles(workbook)
        guide = add_sheet(workbook, guide_sheet.SHEET)
        overall = add_sheet(workbook, department_sheet.SHEET)
        project_sheets = [add_sheet(workbook, form.sheet) for form in forms]
        lists = add_sheet(workbook, lists_sheet.SHEET)
        rule_list = add_sheet(workbook, own_sheets.RULES_SHEET)
        findings = add_sheet(workbook, RESULTS_SHEET)
        told = None if account is None else add_sheet(workbook, own_sheets.IMPORT_SHEET)
        _colour_tabs(project_sheets, findings, (guide, rule_list))

        listed = [(form.sheet, form.values.get("project_name")) for form in forms]
        contents = guide_sheet.contents_of(
            listed,
            department_sheet.SHEET,
            own_sheets.RULES_SHEET,
            imported=told is not None,
        )
        guide_sheet.write_guide(
            workbook, guide, styles, heading, year=year, edition=edition, contents=contents
        )
        _write_department(overall, styles, heading, declaration)
        for sheet, form in zip(project_sheets, forms, strict=True):
            own = heading if declaration is None else form.heading(declaration)
            write_project_sheet(
                sheet,
                styles,
                own,
                edition=edition,
                amount_unit=form.amount_unit,
                project=form.values,
                indicators=form.indicators,
            )
        lists_sheet.write_lists(workbook, lists, styles, year=year, edition=edition)
        rules_sheet.write_rules(workbook, rule_list, styles, rules, settings)
        fill_findings(workbook, findings, lines, styles=styles, validated=False)
        if told is not None and account is not None:
            import_sheet.write_account(told, styles, account)


def project_sheets(declaration: Declaration) -> list[str]:
    """The name of the sheet that each project of a declaration gets, in their order."""
    names = [record["project_name"] for record in declaration.projects.records()]
    return sheet_names(names, OTHER_SHEETS)


class _Form:
    """One project sheet to be: its name, and what to fill in."""

    def __init__(
        self,
        sheet: str,
        values: Mapping[str, Any],
        indicators: Sequence[Mapping[str, Any]],
        amount_unit: str,
    ) -> None:
        self.sheet = sheet
        self.values = values
        self.indicators = indicators
        self.amount_unit = amount_unit

    def heading(self, declaration: Declaration) -> Heading:
        year: int | None = self.values.get("year")
        return Heading(declaration.department, declaration.department_code, year, live=False)


def _forms(declaration: Declaration | None, blank: int, amount_unit: str) -> list[_Form]:
    if declaration is None:
        named = sheet_names([None] * blank, OTHER_SHEETS)
        return [_Form(name, {}, (), amount_unit) for name in named]
    records = declaration.projects.records()
    named = project_sheets(declaration)
    indicators: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for indicator in declaration.indicators.records():
        indicators[indicator["project"]].append(indicator)
    return [
        _Form(name, record, indicators[row], record["amount_unit"] or declaration.amount_unit)
        for row, (name, record) in enumerate(zip(named, records, strict=True))
    ]


def _write_department(
    sheet: Sheet, styles: Styles, heading: Heading, declaration: Declaration | None
) -> None:
    if declaration is None:
        department_sheet.write_department_sheet(sheet, styles, heading)
        return
    own = Heading(declaration.department, declaration.department_code, declaration.year, live=False)
    goals = declaration.department_goals.records()
    department_sheet.write_department_sheet(sheet, styles, own, declaration.duty_goal, goals)


def _colour_tabs(projects: Sequence[Sheet], findings: Sheet, others: Sequence[Sheet]) -> None:
    for sheet in projects:
        sheet.set_tab_color(_TAB_PROJECT)
    for sheet in others:
        sheet.set_tab_color(_TAB_OTHER)
    findings.set_tab_color(_TAB_FINDINGS)
