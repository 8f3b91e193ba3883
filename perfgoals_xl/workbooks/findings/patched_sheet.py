"""The sheet 校验结果 as XML, for a workbook that is patched and not written anew."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from lxml import etree

from perfgoals_xl.addresses import a1
from perfgoals_xl.form.own_sheets import SEVERITY_LABELS
from perfgoals_xl.workbooks.findings.added_styles import AddedStyles
from perfgoals_xl.workbooks.findings.layout import (
    COLUMN_OF,
    COLUMNS,
    FIRST_ROW,
    HEADER_ROW,
    LAST_ROW,
    NOTE,
    NOTE_ROW,
    POSITION_COLUMN,
    POSITION_HEADER,
    SUMMARY_ROW,
    TITLE,
    TITLE_ROW,
    FindingLine,
    left_out,
    position_of,
    summary_text,
)
from perfgoals_xl.workbooks.findings.plan import Plan
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.patching.package import Package
from perfgoals_xl.workbooks.patching.part_xml import Element

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel would read such a text as the character of that code; its own escape is put in front.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MAX_TEXT = 32_767
_MAX_LINKS = 65_000
_SIZE = 10
_CENTRED = ("number", "severity", "rule", "cell")


def findings_sheet(writer: Writer, plan: Plan, sheets: Collection[str]) -> Element:
    """A new worksheet with one row per line of ``plan``, linked to the cells on ``sheets``."""
    root = etree.Element(writer.tag("worksheet"))
    _write_view(writer, root)
    columns = writer.child(root, "cols")
    for number, column in enumerate(COLUMNS, start=1):
        writer.child(columns, "col", min=number, max=number, width=column.width, customWidth=1)
    hidden = POSITION_COLUMN + 1
    writer.child(columns, "col", min=hidden, max=hidden, width=9, hidden=1, customWidth=1)
    data = writer.child(root, "sheetData")
    styles = writer.styles
    writer.row(data, TITLE_ROW, [(0, TITLE, styles.title)], height=34)
    writer.row(data, SUMMARY_ROW, [(0, summary_text((*plan.lines, *plan.cut)), styles.note)])
    writer.row(data, NOTE_ROW, [(0, left_out([*plan.lines, *plan.cut]) or NOTE, styles.note)])
    heads = [(i, column.header, styles.head) for i, column in enumerate(COLUMNS)]
    heads.append((POSITION_COLUMN, POSITION_HEADER, styles.head))
    writer.row(data, HEADER_ROW, heads, height=24)
    for number, line in enumerate(plan.lines, start=1):
        data.append(writer.line(number, line, plan.columns, plan.header + number))
    _write_tail(writer, root, plan.lines, sheets)
    return root


def links_of(
    lines: Sequence[FindingLine], sheets: Collection[str], column: int, first: int
) -> Iterator[dict[str, object]]:
    """The attributes of the links from the column of cells, counted from zero, to the forms."""
    linked = [
        (row, line)
        for row, line in enumerate(lines, start=first)
        if line.cell and line.sheet in sheets
    ]
    for row, line in linked[:_MAX_LINKS]:
        yield {
            "ref": a1(row, column),
            "location": f"{quoted(line.sheet or '')}!{line.cell}",
            "display": line.cell,
        }


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
    writer.child(root, "sheetFormatPr", defaultRowHeight=18)


def _write_tail(
    writer: Writer, root: Element, lines: Sequence[FindingLine], sheets: Collection[str]
) -> None:
    last = FIRST_ROW - 1 + max(1, len(lines))
    right = len(COLUMNS) - 1
    writer.child(root, "autoFilter", ref=f"A{HEADER_ROW}:{a1(last - 1, right)}")
    merged = writer.child(root, "mergeCells", count=3)
    for row in (TITLE_ROW, SUMMARY_ROW, NOTE_ROW):
        writer.child(merged, "mergeCell", ref=f"A{row}:{a1(row - 1, right)}")
    root.append(writer.severities(COLUMN_OF["severity"], FIRST_ROW - 1))
    linked = list(links_of(lines, sheets, COLUMN_OF["cell"], FIRST_ROW - 1))
    if linked:
        links = writer.child(root, "hyperlinks")
        for attributes in linked:
            writer.child(links, "hyperlink", **attributes)
    writer.child(
        root, "pageMargins", left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3
    )
    writer.child(root, "pageSetup", paperSize=9, orientation="landscape", fitToHeight=0)
    footer = writer.child(root, "headerFooter")
    writer.child(footer, "oddFooter").text = "&C第 &P 页 共 &N 页"
    properties = etree.Element(writer.tag("sheetPr"))
    writer.child(properties, "pageSetUpPr", fitToPage=1)
    root.insert(0, properties)


class Writer:
    """Makes the elements of the sheet, in the namespace of the workbook and with its styles."""

    def __init__(self, package: Package, styles: AddedStyles) -> None:
        self.tag = package.tag
        self.styles = styles

    def child(self, parent: Element, name: str, **attributes: object) -> Element:
        """A new last child of ``parent``."""
        texts = {key: str(value) for key, value in attributes.items()}
        return etree.SubElement(parent, self.tag(name), texts)

    def row(
        self,
        data: Element,
        number: int,
        cells: Sequence[tuple[int, str | None, int]],
        height: float | None = None,
    ) -> Element:
        """A new last row of texts, each with its column and style; ``number`` counts from one."""
        row = self.child(data, "row", r=number)
        if height is not None:
            row.set("ht", str(height))
            row.set("customHeight", "1")
        for column, text, style in cells:
            row.append(self.text(number - 1, column, text, style))
        return row

    def new_row(self, at: int, attributes: Mapping[str, str] | None = None) -> Element:
        """A row without cells, counted from zero."""
        return etree.Element(self.tag("row"), {"r": str(at + 1), **(attributes or {})})

    def line(self, number: int, line: FindingLine, columns: Mapping[str, int], at: int) -> Element:
        """The row of one finding, its columns where ``columns`` says; ``at`` counts from zero."""
        texts = line._asdict() | {"severity": SEVERITY_LABELS.get(line.severity, line.severity)}
        row = self.new_row(at)
        heights = [height_of(texts.get(column.key), column.width, _SIZE) for column in COLUMNS[1:]]
        # A beginning for programs that do not fit rows themselves; not marked as set by hand.
        row.set("ht", str(min(MAX_HEIGHT, max(20.0, *heights))))
        for key, column in sorted(columns.items(), key=lambda item: item[1]):
            if key == "number":
                row.append(self._number(at, column, number, self.styles.centred))
            elif key == "position":
                position = position_of(line.cell)
                if position is not None:
                    row.append(self._number(at, column, position, None))
            else:
                row.append(self.text(at, column, texts[key], self._style(key)))
        return row

    def severities(self, column: int, first: int) -> Element:
        """The conditional format that colours the column of severities, from the row ``first``."""
        letters = a1(0, column).rstrip("1")
        last = LAST_ROW - FIRST_ROW + first + 1
        formats = etree.Element(
            self.tag("conditionalFormatting"), sqref=f"{letters}{first + 1}:{letters}{last}"
        )
        for priority, (label, fill) in enumerate(self.styles.fills.items(), start=1):
            rule = self.child(
                formats, "cfRule", type="cellIs", dxfId=fill, priority=priority, operator="equal"
            )
            self.child(rule, "formula").text = f'"{label}"'
        return formats

    def text(self, at: int, column: int, text: str | None, style: int | None) -> Element:
        """A cell that holds a text, or nothing; counted from zero."""
        cell = etree.Element(self.tag("c"), r=a1(at, column))
        if style is not None:
            cell.set("s", str(style))
        if not text:
            return cell
        cell.set("t", "inlineStr")
        holder = self.child(self.child(cell, "is"), "t")
        printable = _UNPRINTABLE.sub("", text)[:_MAX_TEXT]
        holder.text = _ESCAPE.sub("_x005F_", printable)
        holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return cell

    def _number(self, at: int, column: int, number: int, style: int | None) -> Element:
        cell = etree.Element(self.tag("c"), r=a1(at, column))
        if style is not None:
            cell.set("s", str(style))
        self.child(cell, "v").text = str(number)
        return cell

    def _style(self, key: str) -> int:
        if key == "waiver":
            return self.styles.to_fill
        if key == "cell":
            return self.styles.link
        return self.styles.centred if key in _CENTRED else self.styles.body
