"""The staff's own workbook with the findings in it: the sheet 校验结果, highlights, links.

Only the sheet 校验结果 is written anew; a project sheet gains conditional formats that look its
cells up there, unless it has them already. Everything else stays as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from lxml import etree

from perfgoals_xl.errors import InputError
from perfgoals_xl.files import whole_file
from perfgoals_xl.reading.sources import read_source
from perfgoals_xl.workbooks.added_styles import add_styles
from perfgoals_xl.workbooks.findings_layout import (
    HIGHLIGHT_AREA,
    LOOKED_UP,
    SHEET,
    FindingLine,
    foreign_sheet,
    highlight_formulas,
    is_ours,
    looked_up_ranges,
)
from perfgoals_xl.workbooks.findings_patch import patch_findings
from perfgoals_xl.workbooks.findings_plan import Plan, plan_for, shown
from perfgoals_xl.workbooks.findings_xml import Writer, findings_sheet
from perfgoals_xl.workbooks.package import Element, Package

# What stands in front of conditionalFormatting in a worksheet, by the schema.
_BEFORE = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
)


def write_marked_copy(
    source: Path, output: Path, lines: Sequence[FindingLine], forms: Collection[str]
) -> None:
    """Write a copy of ``source`` to ``output`` with ``lines`` on its sheet 校验结果.

    ``forms`` are the sheets that hold forms and are to show highlights. Raises ``InputError`` when
    the package cannot be patched or the output cannot be written.
    """
    package = Package(source)
    parts = package.sheet_parts()
    if SHEET in parts and not is_ours(package.defined_names()):
        raise foreign_sheet(source)
    there = _present_list(source, parts, lines)
    styles = add_styles(package)
    writer, plan = Writer(package, styles), there or Plan(shown(lines))
    if there is not None:
        root = package.xml(parts[SHEET])
        try:
            patch_findings(root, writer, plan, parts, name=SHEET)
        except InputError as error:
            raise InputError(
                error.message, hint=error.hint, file=source, sheet=SHEET, cell=error.cell
            ) from error
        package.put(parts[SHEET], root)
    elif SHEET in parts:
        package.put(parts[SHEET], findings_sheet(writer, plan, parts))
        package.drop_relations(parts[SHEET])
    else:
        package.add_sheet(SHEET, findings_sheet(writer, plan, parts))
    if SHEET in parts:
        package.drop_calculation_chain()
        package.forget_areas(SHEET)
    package.define_names(looked_up_ranges(len(plan.lines), plan.columns, plan.first + 1))
    for sheet, part in parts.items():
        if sheet in forms:
            highlighted = _with_highlights(package, package.xml(part), sheet, styles.fills)
            if highlighted is not None:
                package.put(part, highlighted)
    with whole_file(output) as temporary:
        package.save(temporary)


def _present_list(
    source: Path, parts: Collection[str], lines: Sequence[FindingLine]
) -> Plan | None:
    """How the list that the source holds is written anew; None where it holds none."""
    if SHEET not in parts:
        return None
    grid = next((grid for grid in read_source(source).grids if grid.sheet == SHEET), None)
    return None if grid is None else plan_for(grid, lines, file=source)


def _with_highlights(
    package: Package, root: Element, sheet: str, fills: Mapping[str, int]
) -> Element | None:
    """The sheet with the highlight formats for its present name; None if it has them already."""
    wanted = highlight_formulas(sheet)
    ours = [
        rule
        for rule in root.iter(package.tag("cfRule"))
        if any(
            LOOKED_UP["cell"] in (formula.text or "")
            for formula in rule.iter(package.tag("formula"))
        )
    ]
    present = {formula.text for rule in ours for formula in rule.iter(package.tag("formula"))}
    if present == {formula for _, formula in wanted}:
        return None
    # A copied or renamed sheet still asks for the findings of its old name.
    for rule in ours:
        parent = rule.getparent()
        if parent is not None:
            parent.remove(rule)
            if not len(parent):
                root.remove(parent)
    highest = max(
        (int(rule.get("priority", "0")) for rule in root.iter(package.tag("cfRule"))), default=0
    )
    formats = etree.Element(package.tag("conditionalFormatting"), sqref=HIGHLIGHT_AREA)
    for number, (label, formula) in enumerate(wanted, start=1):
        rule = etree.SubElement(formats, package.tag("cfRule"))
        rule.set("type", "expression")
        rule.set("dxfId", str(fills[label]))
        rule.set("priority", str(highest + number))
        etree.SubElement(rule, package.tag("formula")).text = formula
    before = {package.tag(name) for name in _BEFORE}
    at = next((i for i, child in enumerate(root) if child.tag not in before), len(root))
    root.insert(at, formats)
    return root
