"""The few cell styles and fills that the marked copy adds to a workbook's own.

They are appended, so that every style index of the workbook keeps its meaning; what an earlier
marking appended is used again, so that a workbook does not grow with every validation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from perfgoals_xl.workbooks.findings.findings_table import LOOKS
from perfgoals_xl.workbooks.findings.highlights import COLOURS
from perfgoals_xl.workbooks.kit.styles import BODY_FONT, BODY_SIZE, Look, Properties, properties
from perfgoals_xl.workbooks.patching.package import Package
from perfgoals_xl.workbooks.patching.part_xml import Element, UnreadablePart, elements
from perfgoals_xl.workbooks.patching.schema_order import insert

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
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
# The number formats that the looks use, all of which Excel knows by a number.
_FORMATS = {"General": "0", "0": "1", "@": "49"}
_ALIGNED = {"align": "horizontal", "indent": "indent", "text_wrap": "wrapText"}
# Excel opens no workbook with more cell formats.
_MOST_CELL_FORMATS = 65_490


@dataclass(frozen=True)
class AddedStyles:
    """The index of the style of each look, and of the fill for each severity's label."""

    looks: Mapping[Look, int]
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
        added = AddedStyles(
            looks={look: adder.style(properties(look)) for look in LOOKS},
            fills={label: adder.highlight(colour) for label, colour in COLOURS.items()},
            own_fills=own_fills,
        )
        if adder.count("cellXfs") > _MOST_CELL_FORMATS:
            raise UnreadablePart("单元格格式太多")
    except UnreadablePart as error:
        raise package.fault(part, str(error)) from error
    package.put(part, root)
    return added


def _rgb(colour: str) -> str:
    return f"FF{colour.lstrip('#')}"


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
            self.font({})
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

    def font(self, look: Properties) -> int:
        font = self._make("font")
        if look.get("bold"):
            self._child(font, "b")
        if look.get("underline"):
            self._child(font, "u")
        self._child(font, "sz", val=str(look.get("font_size", BODY_SIZE)))
        if "font_color" in look:
            self._child(font, "color", rgb=_rgb(look["font_color"]))
        self._child(font, "name", val=look.get("font_name", BODY_FONT))
        self._child(font, "charset", val="134")
        return self._append("fonts", font)

    def fill(self, look: Properties) -> int:
        if "bg_color" not in look:
            return 0
        fill = self._make("fill")
        pattern = self._child(fill, "patternFill", patternType="solid")
        self._child(pattern, "fgColor", rgb=_rgb(look["bg_color"]))
        self._child(pattern, "bgColor", indexed="64")
        return self._append("fills", fill)

    def border(self, look: Properties) -> int:
        if not look.get("border"):
            return 0
        border = self._make("border")
        for side in ("left", "right", "top", "bottom"):
            line = self._child(border, side, style="thin")
            self._child(line, "color", rgb=_rgb(look["border_color"]))
        self._child(border, "diagonal")
        return self._append("borders", border)

    def style(self, look: Properties) -> int:
        style = self._make(
            "xf",
            numFmtId=_FORMATS[look.get("num_format", "General")],
            fontId=str(self.font(look)),
            fillId=str(self.fill(look)),
            borderId=str(self.border(look)),
            xfId="0",
            applyNumberFormat="1",
            applyFont="1",
            applyFill="1",
            applyBorder="1",
            applyAlignment="1",
        )
        aligned = {
            _ALIGNED[name]: str(int(v) if isinstance(v, bool) else v)
            for name in _ALIGNED
            if (v := look.get(name))
        }
        vertical = {"vertical": "center"} if look.get("valign") == "vcenter" else {}
        self._child(style, "alignment", **aligned, **vertical)
        return self._append("cellXfs", style)

    def highlight(self, colour: str) -> int:
        dxf = self._make("dxf")
        pattern = self._child(self._child(dxf, "fill"), "patternFill", patternType="solid")
        self._child(pattern, "fgColor", rgb=_rgb(colour))
        self._child(pattern, "bgColor", rgb=_rgb(colour))
        return self._append("dxfs", dxf)
