"""The staff's own workbook with the findings in it: the sheet 校验结果, highlights, links.

Only the sheet 校验结果 is written anew; a project sheet gains conditional formats that look its
cells up there, unless it has them already. Everything else stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from perfgoals_xl.addresses import Area
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from perfgoals_xl.reading.sources.source import read_source
from perfgoals_xl.storage.files import whole_file
from perfgoals_xl.workbooks.findings.added_styles import AddedStyles, add_styles
from perfgoals_xl.workbooks.findings.highlights import is_current, spacious
from perfgoals_xl.workbooks.findings.layout import (
    LOOKED_UP,
    FindingLine,
    foreign_sheet,
    highlight_formulas,
    is_ours,
    left_out,
    looked_up_ranges,
)
from perfgoals_xl.workbooks.findings.patch import patch_findings
from perfgoals_xl.workbooks.findings.patched_sheet import Writer, findings_sheet, printed_headings
from perfgoals_xl.workbooks.findings.plan import Plan, plan_for
from perfgoals_xl.workbooks.patching.package import Package
from perfgoals_xl.workbooks.patching.package_check import check_copy
from perfgoals_xl.workbooks.patching.part_xml import UnreadablePart
from perfgoals_xl.workbooks.patching.sheet_xml import Rule, SheetXml
from perfgoals_xl.workbooks.patching.workbook_part import Tab, WorkbookPart

_HIGHEST_PRIORITY = 2_147_483_647
# Excel takes no longer text in a formula; the name of a sheet has 31 characters.
_LONGEST_NAME = 200
UNSIGNED = "原文件带有数字签名，改动后签名不再有效，副本中没有保留。"


def write_marked_copy(
    source: Path, output: Path, lines: Sequence[FindingLine], forms: Mapping[str, Area]
) -> list[str]:
    """Write a copy of ``source`` to ``output`` with ``lines`` on its sheet 校验结果.

    ``forms`` are the sheets that hold forms, with the area in which each is to show highlights.
    Returns what is to be told besides. Raises ``InputError`` when the package cannot be patched or
    the output cannot be written.
    """
    package = Package(source)
    workbook = WorkbookPart(package)
    package.become(output.suffix.lower())
    tabs = workbook.tabs()
    results = next((tab for tab in tabs if tab.name == RESULTS_SHEET), None)
    if results is not None and not (results.is_worksheet and is_ours(workbook.defined_names())):
        raise foreign_sheet(source)
    there = _present_list(source, results, lines)
    styles = add_styles(package)
    writer, sheets = Writer(package, styles), {tab.name for tab in tabs}
    plan = there or Plan.of(lines)
    if results is None:
        workbook.add_sheet(RESULTS_SHEET, findings_sheet(writer, plan, sheets))
    elif there is None:
        workbook.replace_sheet(results, findings_sheet(writer, plan, sheets))
    else:
        list_root = package.root(results.part, "worksheet")
        if list_root.find(package.tag("sheetData")) is None:
            raise package.fault(results.part, "没有单元格")
        try:
            patch_findings(list_root, writer, plan, sheets, name=RESULTS_SHEET)
        except InputError as error:
            raise InputError(
                error.message, hint=error.hint, file=source, sheet=RESULTS_SHEET, cell=error.cell
            ) from error
        workbook.patch_sheet(results, list_root)
    if there is None:
        workbook.define_names(printed_headings(), sheet=RESULTS_SHEET)
    workbook.define_names(looked_up_ranges(len(plan.lines), plan.columns, plan.first + 1))
    marked: set[str] = set()
    for tab in tabs:
        # Of two tabs with one name the first was read.
        if tab.is_worksheet and tab.name in forms.keys() - marked and tab.part:
            marked.add(tab.name)
            _highlight(package, tab.part, tab.name, forms[tab.name], styles)
    told = [note] if (note := left_out(lines)) else []
    told += [UNSIGNED] if package.drop_signatures() else []
    with whole_file(output) as temporary:
        package.save(temporary)
        check_copy(package, temporary)
    return told


def _present_list(source: Path, tab: Tab | None, lines: Sequence[FindingLine]) -> Plan | None:
    """How the list that the source holds is written anew; None where it holds none."""
    if tab is None:
        return None
    grid = next((grid for grid in read_source(source).grids if grid.sheet == RESULTS_SHEET), None)
    return None if grid is None else plan_for(grid, lines, file=source)


def _highlight(package: Package, part: str, name: str, area: Area, styles: AddedStyles) -> None:
    """Give a sheet the highlight formats for its present name, unless it has them already."""
    if len(name) > _LONGEST_NAME:
        return
    try:
        sheet = SheetXml(package.read(part))
    except UnreadablePart as error:
        raise package.fault(part, str(error)) from error
    ours = [r for r in sheet.rules if any(LOOKED_UP["cell"] in text for text in r.formulas)]
    ranges: dict[str, list[str]] = {}
    for rule in ours:
        for formula in rule.formulas:
            ranges.setdefault(formula, []).append(rule.sqref)
    if is_current(ranges, name, area) and all(_has_fill(rule, styles) for rule in ours):
        return
    # A copied or renamed sheet still asks for the findings of its old name; one that has grown is
    # covered in part.
    wanted = highlight_formulas(name)
    rules = [
        {"type": "expression", "dxfId": str(styles.fills[label]), "priority": str(at), "": formula}
        for at, (label, formula) in zip(_priorities(sheet, len(wanted)), wanted, strict=True)
    ]
    package.put_bytes(part, sheet.with_formats(ours, spacious(area).address, rules))


def _has_fill(rule: Rule, styles: AddedStyles) -> bool:
    return rule.style.isdecimal() and int(rule.style) < styles.own_fills


def _priorities(sheet: SheetXml, count: int) -> list[int]:
    """Numbers behind those of the sheet's rules; where there are none, the last that are free."""
    if sheet.highest_priority + count <= _HIGHEST_PRIORITY:
        return [sheet.highest_priority + n for n in range(1, count + 1)]
    found: list[int] = []
    number = _HIGHEST_PRIORITY
    while len(found) < count:
        if number not in sheet.priorities:
            found.insert(0, number)
        number -= 1
    return found
