"""The few cell styles and fills that the marked copy adds to a workbook's own.

They are appended, so that every style index of the workbook keeps its meaning; what an earlier
marking appended is used again, so that a workbook does not grow with every validation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from perfgoals_xl.workbooks.findings.highlights import COLOURS
from perfgoals_xl.workbooks.patching.package import Package
from perfgoals_xl.workbooks.patching.part_xml import Element, UnreadablePart, elements
from perfgoals_xl.workbooks.patching.schema_order import insert

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_FONT = "宋体"
_LINE = "BFBFBF"
# The lists whose entries are known by their number, and what an entry is called.
_ENTRY = {
    "fonts": "font",
    "fills": "fill",
    "borders": "border",
    "cellStyleXfs": "xf",
    "cellXfs": "xf",
    "cellStyles": "cellStyle",
    "dxfs": "dxf",
}
# Excel opens no workbook with more cell formats.
_MOST_CELL_FORMATS = 65_490


@dataclass(frozen=True)
class AddedStyles:
    """Style indexes on the findings sheet, and of the fill for each severity's label."""

    title: int
    note: int
    head: int
    body: int
    centred: int
    link: int
    to_fill: int
    fills: Mapping[str, int]
    own_fills: int
    """How many fills of conditional formats there were before."""


def add_styles(package: Package) -> AddedStyles:
    """Append the styles to the workbook's stylesheet and say where they are.

    Raises ``InputError`` for a stylesheet that cannot be read, or has no room.
    """
    part = package.related("styles")
    if part is None or not package.has(part):
        part = part or "xl/styles.xml"
        package.add_part(part, "styles", _STYLES_TYPE, etree.Element(package.tag("styleSheet")))
    root = package.root(part, "styleSheet")
    try:
        adder = _Adder(root)
        own_fills = adder.count("dxfs")
        adder.complete()
        border = adder.border()
        plain = adder.font(10)
        head_fill, fill_in = adder.fill("D9E1F2"), adder.fill("FFF9E5")
        added = AddedStyles(
            title=adder.style(adder.font(16, bold=True), 0, 0, centred=True),
            note=adder.style(adder.font(9, colour="7F7F7F"), 0, 0),
            head=adder.style(adder.font(10, bold=True), head_fill, border, centred=True),
            body=adder.style(plain, 0, border),
            centred=adder.style(plain, 0, border, centred=True),
            link=adder.style(adder.font(10, colour="0563C1", line=True), 0, border, centred=True),
            to_fill=adder.style(plain, fill_in, border),
            fills={label: adder.highlight(colour) for label, colour in COLOURS.items()},
            own_fills=own_fills,
        )
        if adder.count("cellXfs") > _MOST_CELL_FORMATS:
            raise UnreadablePart("单元格格式太多")
    except UnreadablePart as error:
        raise package.fault(part, str(error)) from error
    package.put(part, root)
    return added


def _content(element: Element) -> tuple[object, ...]:
    """What two elements that say the same share, however they are written."""
    attributes = tuple(sorted((str(key), str(value)) for key, value in element.attrib.items()))
    return (element.tag, attributes, *(_content(child) for child in elements(element)))


class _Adder:
    """Appends to the lists of a stylesheet; an entry that is there already is used again."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._namespace = etree.QName(root).namespace
        self._known: dict[str, dict[tuple[object, ...], int]] = {}
        self._counts: dict[str, int] = {}

    def _tag(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"

    def _list(self, name: str) -> Element:
        found = self._root.find(self._tag(name))
        if found is None:
            found = etree.Element(self._tag(name))
            insert(self._root, found)
        return found

    def _entries(self, name: str) -> list[Element]:
        """The entries of a list, which count from 0: comments and the like have no number."""
        parent, tag = self._list(name), self._tag(_ENTRY[name])
        entries = [child for child in elements(parent) if child.tag == tag]
        if any(e.getparent() is not parent for e in parent.iter(tag)):
            # Alternatives for programs of different age: each counts in its own way.
            raise UnreadablePart(f"{name} 里夹有别的内容")
        return entries

    def count(self, name: str) -> int:
        """How many entries a list has."""
        if name not in self._counts:
            found = self._root.find(self._tag(name)) is not None
            self._counts[name] = len(self._entries(name)) if found else 0
        return self._counts[name]

    def complete(self) -> None:
        """Give a bare stylesheet the entries that index 0 stands for in every workbook."""
        if not self.count("fonts"):
            self.font(11)
        for pattern in ("none", "gray125"):
            if self.count("fills") < 2:
                fill = self._make("fill")
                self._child(fill, "patternFill", patternType=pattern)
                self._append("fills", fill)
        if not self.count("borders"):
            self._append("borders", self._make("border"))
        for name in ("cellStyleXfs", "cellXfs"):
            if not self.count(name):
                style = self._make("xf", numFmtId="0", fontId="0", fillId="0", borderId="0")
                self._append(name, style)
        if not self.count("cellStyles"):
            normal = self._make("cellStyle", name="Normal", xfId="0", builtinId="0")
            self._append("cellStyles", normal)

    def _append(self, name: str, element: Element) -> int:
        parent = self._list(name)
        if name not in self._known:
            known: dict[tuple[object, ...], int] = {}
            for index, entry in enumerate(self._entries(name)):
                known.setdefault(_content(entry), index)
            self._known[name] = known
        index = self._known[name].setdefault(_content(element), self.count(name))
        if index == self.count(name):
            parent.append(element)
            self._counts[name] = index + 1
            parent.set("count", str(index + 1))
        return index

    def _make(self, name: str, /, **attributes: str) -> Element:
        return etree.Element(self._tag(name), attributes)

    def _child(self, parent: Element, name: str, **attributes: str) -> Element:
        return etree.SubElement(parent, self._tag(name), attributes)

    def font(self, size: int, *, bold: bool = False, colour: str = "", line: bool = False) -> int:
        font = self._make("font")
        if bold:
            self._child(font, "b")
        if line:
            self._child(font, "u")
        self._child(font, "sz", val=str(size))
        if colour:
            self._child(font, "color", rgb=f"FF{colour}")
        self._child(font, "name", val=_FONT)
        self._child(font, "charset", val="134")
        return self._append("fonts", font)

    def fill(self, colour: str) -> int:
        fill = self._make("fill")
        pattern = self._child(fill, "patternFill", patternType="solid")
        self._child(pattern, "fgColor", rgb=f"FF{colour}")
        self._child(pattern, "bgColor", indexed="64")
        return self._append("fills", fill)

    def border(self) -> int:
        border = self._make("border")
        for side in ("left", "right", "top", "bottom"):
            self._child(self._child(border, side, style="thin"), "color", rgb=f"FF{_LINE}")
        self._child(border, "diagonal")
        return self._append("borders", border)

    def style(self, font: int, fill: int, border: int, *, centred: bool = False) -> int:
        # Number format 49 is text: nothing staff type beside a finding becomes a formula.
        style = self._make(
            "xf",
            numFmtId="49",
            fontId=str(font),
            fillId=str(fill),
            borderId=str(border),
            xfId="0",
            applyNumberFormat="1",
            applyFont="1",
            applyFill="1",
            applyBorder="1",
            applyAlignment="1",
        )
        self._child(
            style,
            "alignment",
            horizontal="center" if centred else "left",
            vertical="center",
            wrapText="1",
        )
        return self._append("cellXfs", style)

    def highlight(self, colour: str) -> int:
        dxf = self._make("dxf")
        pattern = self._child(self._child(dxf, "fill"), "patternFill", patternType="solid")
        self._child(pattern, "fgColor", rgb=f"FF{colour.lstrip('#')}")
        self._child(pattern, "bgColor", rgb=f"FF{colour.lstrip('#')}")
        return self._append("dxfs", dxf)
