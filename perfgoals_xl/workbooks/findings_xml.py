"""The sheet 校验结果 as XML, for a workbook that is patched and not written anew."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from lxml import etree

from perfgoals_xl.reading.grid import a1
from perfgoals_xl.workbooks.added_styles import AddedStyles
from perfgoals_xl.workbooks.findings_layout import (
    COLUMN_OF,
    COLUMNS,
    FIRST_ROW,
    HEADER_ROW,
    LAST_ROW,
    NOTE,
    NOTE_ROW,
    POSITION_COLUMN,
    POSITION_HEADER,
    SEVERITY_LABELS,
    SUMMARY_ROW,
    TITLE,
    TITLE_ROW,
    FindingLine,
    left_out,
    listed,
    position_of,
    summary_text,
)
from perfgoals_xl.workbooks.package import Package
from perfgoals_xl.workbooks.part_xml import Element
from perfgoals_xl.workbooks.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.sheet_names import quoted

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel would read such a text as the character of that code; its own escape is put in front.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MAX_TEXT = 32_767
_MAX_LINKS = 65_000
_SIZE = 10
_CENTRED = ("number", "severity", "rule", "cell")


def findings_sheet(
    package: Package,
    styles: AddedStyles,
    lines: Sequence[FindingLine],
    sheets: Collection[str],
) -> Element:
    """The worksheet with one row per finding, linked to the cells on ``sheets``."""
    told = left_out(lines)
    lines = listed(all_lines := lines)
    writer = _Writer(package, styles)
    root = etree.Element(package.tag("worksheet"))
    _write_view(writer, root)
    columns = writer.child(root, "cols")
    for number, column in enumerate(COLUMNS, start=1):
        writer.child(columns, "col", min=number, max=number, width=column.width, customWidth=1)
    hidden = POSITION_COLUMN + 1
    writer.child(columns, "col", min=hidden, max=hidden, width=9, hidden=1, customWidth=1)
    data = writer.child(root, "sheetData")
    writer.row(data, TITLE_ROW, [(0, TITLE, styles.title)], height=34)
    writer.row(data, SUMMARY_ROW, [(0, summary_text(all_lines), styles.note)])
    writer.row(data, NOTE_ROW, [(0, told or NOTE, styles.note)])
    heads = [(i, column.header, styles.head) for i, column in enumerate(COLUMNS)]
    heads.append((POSITION_COLUMN, POSITION_HEADER, styles.head))
    writer.row(data, HEADER_ROW, heads, height=24)
    for number, line in enumerate(lines, start=1):
        writer.finding(data, number, line)
    _write_tail(writer, root, lines, sheets)
    return root


def _write_view(writer: _Writer, root: Element) -> None:
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
    writer: _Writer, root: Element, lines: Sequence[FindingLine], sheets: Collection[str]
) -> None:
    last = FIRST_ROW - 1 + max(1, len(lines))
    right = len(COLUMNS) - 1
    writer.child(root, "autoFilter", ref=f"A{HEADER_ROW}:{a1(last - 1, right)}")
    merged = writer.child(root, "mergeCells", count=3)
    for row in (TITLE_ROW, SUMMARY_ROW, NOTE_ROW):
        writer.child(merged, "mergeCell", ref=f"A{row}:{a1(row - 1, right)}")
    severity = a1(0, COLUMN_OF["severity"]).rstrip("1")
    formats = writer.child(
        root, "conditionalFormatting", sqref=f"{severity}{FIRST_ROW}:{severity}{LAST_ROW}"
    )
    for priority, (label, fill) in enumerate(writer.styles.fills.items(), start=1):
        rule = writer.child(
            formats, "cfRule", type="cellIs", dxfId=fill, priority=priority, operator="equal"
        )
        writer.child(rule, "formula").text = f'"{label}"'
    linked = [
        (row, line)
        for row, line in enumerate(lines, start=FIRST_ROW)
        if line.cell and line.sheet in sheets
    ][:_MAX_LINKS]
    if linked:
        links = writer.child(root, "hyperlinks")
        for row, line in linked:
            writer.child(
                links,
                "hyperlink",
                ref=a1(row - 1, COLUMN_OF["cell"]),
                location=f"{quoted(line.sheet or '')}!{line.cell}",
                display=line.cell,
            )
    writer.child(
        root, "pageMargins", left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3
    )
    writer.child(root, "pageSetup", paperSize=9, orientation="landscape", fitToHeight=0)
    footer = writer.child(root, "headerFooter")
    writer.child(footer, "oddFooter").text = "&C第 &P 页 共 &N 页"
    properties = etree.Element(writer.tag("sheetPr"))
    writer.child(properties, "pageSetUpPr", fitToPage=1)
    root.insert(0, properties)


class _Writer:
    def __init__(self, package: Package, styles: AddedStyles) -> None:
        self.tag = package.tag
        self.styles = styles

    def child(self, parent: Element, name: str, **attributes: object) -> Element:
        texts = {key: str(value) for key, value in attributes.items()}
        return etree.SubElement(parent, self.tag(name), texts)

    def row(
        self,
        data: Element,
        number: int,
        cells: Sequence[tuple[int, str | None, int]],
        height: float | None = None,
    ) -> Element:
        row = self.child(data, "row", r=number)
        if height is not None:
            row.set("ht", str(height))
            row.set("customHeight", "1")
        for column, text, style in cells:
            self._text(row, number, column, text, style)
        return row

    def finding(self, data: Element, number: int, line: FindingLine) -> None:
        texts = line._asdict() | {"severity": SEVERITY_LABELS.get(line.severity, line.severity)}
        cells = [
            (i, texts.get(column.key), self._style(column.key)) for i, column in enumerate(COLUMNS)
        ]
        at = FIRST_ROW - 1 + number
        row = self.row(data, at, cells[1:])
        heights = [height_of(texts.get(column.key), column.width, _SIZE) for column in COLUMNS[1:]]
        # A beginning for programs that do not fit rows themselves; not marked as set by hand.
        row.set("ht", str(min(MAX_HEIGHT, max(20.0, *heights))))
        position = position_of(line.cell)
        if position is not None:
            self.child(self.child(row, "c", r=a1(at - 1, POSITION_COLUMN)), "v").text = str(
                position
            )
        first = etree.Element(self.tag("c"), r=f"A{at}", s=str(self.styles.centred))
        self.child(first, "v").text = str(number)
        row.insert(0, first)

    def _text(self, row: Element, number: int, column: int, text: str | None, style: int) -> None:
        cell = self.child(row, "c", r=a1(number - 1, column), s=style)
        if not text:
            return
        cell.set("t", "inlineStr")
        holder = self.child(self.child(cell, "is"), "t")
        printable = _UNPRINTABLE.sub("", text)[:_MAX_TEXT]
        holder.text = _ESCAPE.sub("_x005F_", printable)
        holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _style(self, key: str) -> int:
        if key == "waiver":
            return self.styles.to_fill
        if key == "cell":
            return self.styles.link
        return self.styles.centred if key in _CENTRED else self.styles.body
