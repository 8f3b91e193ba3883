"""The sheet 校验结果 as XML, for a workbook that is patched and not written anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from perfgoals_xl.addresses import a1
from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from perfgoals_xl.workbooks.findings.added_styles import AddedStyles
from perfgoals_xl.workbooks.findings.findings_table import (
    HEAD_LOOK,
    HEIGHTS,
    LEAST_HEIGHT,
    SUMMARY_LOOK,
    head_rows,
    height_of_row,
    location_of,
    look_of,
    note_for,
    numbered,
    values_of,
)
from perfgoals_xl.workbooks.findings.layout import (
    BY_KEY,
    COLUMNS,
    FIRST_ROW,
    HEADER_ROW,
    POSITION,
    STANDARD,
    FindingLine,
    area_of,
    position_heading,
    summary_text,
)
from perfgoals_xl.workbooks.findings.plan import Plan
from perfgoals_xl.workbooks.kit.page import A4, FOOTER_MARGIN, MARGINS, PAGES
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import Look
from perfgoals_xl.workbooks.patching.package import Package
from perfgoals_xl.workbooks.patching.part_xml import Element, cell_text, elements
from perfgoals_xl.workbooks.patching.schema_order import insert

# Digits of the workbook's own font that the margins of a cell take.
_MARGIN = 0.625


def findings_sheet(writer: Writer, plan: Plan, sheets: Collection[str]) -> Element:
    """A new worksheet with one row per line of ``plan``, linked to the cells on ``sheets``."""
    root = etree.Element(writer.tag("worksheet"))
    _write_view(writer, root)
    columns = writer.child(root, "cols")
    for key in STANDARD:
        writer.column(columns, key, STANDARD[key])
    data = writer.child(root, "sheetData")
    for number, text, look in head_rows(note_for([*plan.lines, *plan.cut])):
        row = writer.new_row(number - 1, HEIGHTS[number])
        row.append(
            writer.summary(plan, number - 1, 0)
            if text is None
            else writer.text(number - 1, 0, text, look)
        )
        for column in range(1, len(COLUMNS)):
            row.append(writer.text(number - 1, column, None, look))
        data.append(row)
    head = writer.new_row(HEADER_ROW - 1, HEIGHTS[HEADER_ROW])
    for key, column in STANDARD.items():
        head.append(writer.text(HEADER_ROW - 1, column, heading_of(key, plan), HEAD_LOOK))
    data.append(head)
    data.extend(writer.rows(plan, sheets).values())
    _write_tail(writer, root, plan, sheets)
    return root


def heading_of(key: str, plan: Plan) -> str:
    """The heading of the column of that key in a list that was just validated."""
    if key == POSITION.key:
        return position_heading(validated=True, noted=plan.noted)
    return BY_KEY[key].header


def printed_headings() -> dict[str, str]:
    """The name, of a new sheet alone, by which its headings stand on every page."""
    return {"_xlnm.Print_Titles": f"{quoted(RESULTS_SHEET)}!${HEADER_ROW}:${HEADER_ROW}"}


def links_of(plan: Plan, sheets: Collection[str]) -> Iterator[dict[str, object]]:
    """The attributes of the links from the column of cells to the forms."""
    for row, line in enumerate(plan.lines, start=plan.first):
        location = location_of(line, sheets)
        if location is not None:
            ref = a1(row, plan.columns["cell"])
            yield {"ref": ref, "location": location, "display": line.cell}


def _write_view(writer: Writer, root: Element) -> None:
    views = writer.child(root, "sheetViews")
    view = writer.child(views, "sheetView", showGridLines=0, workbookViewId=0)
    writer.child(
        view,
        "pane",
        ySplit=HEADER_ROW,
        topLeftCell=f"A{FIRST_ROW}",
        activePane="bottomLeft",
        state="frozen",
    )
    writer.child(view, "selection", pane="bottomLeft")
    writer.child(root, "sheetFormatPr", defaultRowHeight=13.5)


def _write_tail(writer: Writer, root: Element, plan: Plan, sheets: Collection[str]) -> None:
    right = len(COLUMNS) - 1
    writer.child(root, "autoFilter", ref=f"A{HEADER_ROW}:{a1(plan.last, right)}")
    merged = writer.child(root, "mergeCells", count=3)
    for row in range(1, HEADER_ROW):
        writer.child(merged, "mergeCell", ref=f"A{row}:{a1(row - 1, right)}")
    root.append(writer.severities(plan))
    linked = list(links_of(plan, sheets))
    if linked:
        links = writer.child(root, "hyperlinks")
        for attributes in linked:
            writer.child(links, "hyperlink", **attributes)
    writer.child(root, "printOptions", horizontalCentered=1)
    writer.child(root, "pageMargins", **MARGINS, header=0.3, footer=FOOTER_MARGIN)
    writer.child(root, "pageSetup", paperSize=A4, orientation="landscape", fitToHeight=0)
    footer = writer.child(root, "headerFooter")
    writer.child(footer, "oddFooter").text = PAGES
    properties = etree.Element(writer.tag("sheetPr"))
    writer.child(properties, "pageSetUpPr", fitToPage=1)
    root.insert(0, properties)
    writer.outline(root, plan)


class Writer:
    """Makes the elements of the sheet, in the namespace of the workbook and with its styles."""

    def __init__(self, package: Package, styles: AddedStyles) -> None:
        self.tag = package.tag
        self.styles = styles

    def child(self, parent: Element, name: str, **attributes: object) -> Element:
        """A new last child of ``parent``."""
        texts = {key: str(value) for key, value in attributes.items()}
        return etree.SubElement(parent, self.tag(name), texts)

    def column(self, parent: Element, key: str, number: int) -> Element:
        """The width of our column of that key, which stands in column ``number`` from zero."""
        made = self.child(parent, "col", min=number + 1, max=number + 1)
        made.set("width", str(BY_KEY[key].width + _MARGIN))
        made.set("customWidth", "1")
        if key == POSITION.key:
            made.set("hidden", "1")
        return made

    def new_row(
        self, at: int, height: float | None = None, attributes: Mapping[str, str] | None = None
    ) -> Element:
        """A row without cells, counted from zero; its height, if any, is set by hand."""
        row = etree.Element(self.tag("row"), {"r": str(at + 1), **(attributes or {})})
        if height is not None:
            row.set("ht", str(height))
            row.set("customHeight", "1")
        return row

    def rows(self, plan: Plan, sheets: Collection[str]) -> dict[int, Element]:
        """The rows of the list and the blank ones below it, by their numbers from zero."""
        found = {}
        for at, (number, line) in enumerate(numbered(plan.lines), start=plan.first):
            found[at] = self._row(at, number, line, plan.columns, sheets)
        for at in range(plan.end + 1, plan.last + 1):
            found[at] = self._row(at, None, None, plan.columns, sheets)
        return found

    def _row(
        self,
        at: int,
        number: int | None,
        line: FindingLine | None,
        columns: Mapping[str, int],
        sheets: Collection[str],
    ) -> Element:
        values = {} if line is None else values_of(number, line)
        row = self.new_row(at)
        # A beginning for programs that do not fit rows themselves; not marked as set by hand.
        row.set("ht", str(height_of_row(values) if values else LEAST_HEIGHT))
        if line is not None and line.inside:
            row.set("hidden", "1")
            row.set("outlineLevel", "1")
        group = "" if line is None else line.level
        if group:
            row.set("collapsed", "1")
        for key, column in sorted(columns.items(), key=lambda item: item[1]):
            value = values.get(key)
            linked = key == "cell" and line is not None and location_of(line, sheets) is not None
            look = None if key == POSITION.key else look_of(key, linked=linked, group=group)
            if isinstance(value, int):
                row.append(self._number(at, column, value, look))
            elif look is not None:
                row.append(self.text(at, column, value, look))
        return row

    def outline(self, root: Element, plan: Plan) -> None:
        """What a sheet says of its groups: their rows stand above what they open."""
        if not plan.inside:
            return
        properties = root.find(self.tag("sheetPr"))
        if properties is None:
            properties = etree.Element(self.tag("sheetPr"))
            insert(root, properties)
        outline = properties.find(self.tag("outlinePr"))
        if outline is None:
            outline = etree.Element(self.tag("outlinePr"))
            # Of the children of sheetPr only the colour of the tab stands in front.
            first = next(elements(properties), None)
            behind = first is not None and first.tag == self.tag("tabColor")
            properties.insert(int(behind), outline)
        outline.set("summaryBelow", "0")
        formats = root.find(self.tag("sheetFormatPr"))
        if formats is None:
            formats = etree.Element(self.tag("sheetFormatPr"), defaultRowHeight="13.5")
            insert(root, formats)
        formats.set("outlineLevelRow", "1")

    def severities(self, plan: Plan) -> Element:
        """The conditional format that colours the column of severities."""
        area = area_of("severity", plan.columns, plan.first + 1)
        formats = etree.Element(self.tag("conditionalFormatting"), sqref=area)
        for priority, (label, fill) in enumerate(self.styles.fills.items(), start=1):
            rule = self.child(
                formats, "cfRule", type="cellIs", dxfId=fill, priority=priority, operator="equal"
            )
            self.child(rule, "formula").text = f'"{label}"'
        return formats

    def summary(self, plan: Plan, at: int, column: int, style: str | None = None) -> Element:
        """The cell that counts the findings, live; ``style`` is one it has already."""
        cell = self._cell(at, column, SUMMARY_LOOK)
        if style is not None:
            cell.set("s", style)
        cell.set("t", "str")
        self.child(cell, "f").text = plan.summary_formula[1:]
        self.child(cell, "v").text = summary_text((*plan.lines, *plan.cut))
        return cell

    def text(self, at: int, column: int, text: str | None, look: Look) -> Element:
        """A cell that holds a text that a cell can hold, or nothing; counted from zero."""
        cell = self._cell(at, column, look)
        if not text:
            return cell
        cell.set("t", "inlineStr")
        holder = self.child(self.child(cell, "is"), "t")
        holder.text = cell_text(text)
        holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return cell

    def _number(self, at: int, column: int, number: int, look: Look | None) -> Element:
        cell = self._cell(at, column, look)
        self.child(cell, "v").text = str(number)
        return cell

    def _cell(self, at: int, column: int, look: Look | None) -> Element:
        cell = etree.Element(self.tag("c"), r=a1(at, column))
        if look is not None:
            cell.set("s", str(self.styles.looks[look]))
        return cell
