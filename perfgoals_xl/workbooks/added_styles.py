"""The few cell styles and fills that the marked copy adds to a workbook's own.

They are appended, so that every style index of the workbook keeps its meaning; what an earlier
marking appended is used again, so that a workbook does not grow with every validation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from perfgoals_xl.workbooks.highlights import COLOURS
from perfgoals_xl.workbooks.package import Element, Package

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_FONT = "宋体"
_LINE = "BFBFBF"
# The children of styleSheet in the order that the schema wants.
_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)


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


def add_styles(package: Package) -> AddedStyles:
    """Append the styles to the workbook's stylesheet and say where they are."""
    part = package.related("styles") or package.add_part(
        "xl/styles.xml", "styles", _STYLES_TYPE, etree.Element(package.tag("styleSheet"))
    )
    adder = _Adder(package, package.xml(part))
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
    )
    package.put(part, adder.root)
    return added


def _content(element: Element) -> tuple[object, ...]:
    """What two elements that say the same share, however they are written."""
    attributes = sorted((str(key), str(value)) for key, value in element.attrib.items())
    return (element.tag, attributes, *(_content(child) for child in element))


class _Adder:
    def __init__(self, package: Package, root: Element) -> None:
        self.root = root
        self._tag = package.tag

    def _list(self, name: str) -> Element:
        found = self.root.find(self._tag(name))
        if found is not None:
            return found
        made = etree.Element(self._tag(name))
        later = {self._tag(other) for other in _ORDER[_ORDER.index(name) + 1 :]}
        at = next((i for i, child in enumerate(self.root) if child.tag in later), len(self.root))
        self.root.insert(at, made)
        return made

    def complete(self) -> None:
        """Give a bare stylesheet the entries that index 0 stands for in every workbook."""
        if not len(self._list("fonts")):
            self.font(11)
        for pattern in ("none", "gray125"):
            if len(self._list("fills")) < 2:
                fill = self._make("fill")
                self._child(fill, "patternFill", patternType=pattern)
                self._append("fills", fill)
        if not len(self._list("borders")):
            self._append("borders", self._make("border"))
        for name in ("cellStyleXfs", "cellXfs"):
            if not len(self._list(name)):
                style = self._make("xf", numFmtId="0", fontId="0", fillId="0", borderId="0")
                self._append(name, style)
        if not len(self._list("cellStyles")):
            normal = self._make("cellStyle", name="Normal", xfId="0", builtinId="0")
            self._append("cellStyles", normal)

    def _append(self, name: str, element: Element) -> int:
        items = self._list(name)
        wanted = _content(element)
        for index, item in enumerate(items):
            if _content(item) == wanted:
                return index
        items.append(element)
        items.set("count", str(len(items)))
        return len(items) - 1

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
