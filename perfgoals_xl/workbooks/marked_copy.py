"""The staff's own workbook with the findings in it: the sheet 校验结果, highlights, links.

Only the sheet 校验结果 is written anew; a project sheet gains conditional formats that look its
cells up there, unless it has them already. Everything else stays as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from lxml import etree

from perfgoals_xl.files import whole_file
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
from perfgoals_xl.workbooks.findings_xml import findings_sheet
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
    styles = add_styles(package)
    root = findings_sheet(package, styles, lines, parts)
    if SHEET in parts:
        package.put(parts[SHEET], root)
        package.drop_relations(parts[SHEET])
        package.drop_calculation_chain()
        package.forget_areas(SHEET)
    else:
        package.add_sheet(SHEET, root)
    package.define_names(looked_up_ranges(len(lines)))
    for sheet, part in parts.items():
        if sheet in forms:
            highlighted = _with_highlights(package, package.xml(part), sheet, styles.fills)
            if highlighted is not None:
                package.put(part, highlighted)
    with whole_file(output) as temporary:
        package.save(temporary)


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
