"""The workbook's own part: its tabs and its defined names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from perfgoals_xl.workbooks.patching.package import RELATION_BASE, Package
from perfgoals_xl.workbooks.patching.part_names import folded, relations_of
from perfgoals_xl.workbooks.patching.part_xml import Element, elements
from perfgoals_xl.workbooks.patching.schema_order import insert

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# Excel takes no sheetId above.
_HIGHEST_SHEET_ID = 65_534
_NUMBER = re.compile("[0-9]{1,9}")
_Q = "'"


class Tab(NamedTuple):
    """A tab of the workbook: its name, its part, and whether that is a worksheet."""

    name: str
    part: str
    is_worksheet: bool


class WorkbookPart:
    """The part ``workbook`` of a package; every change is put into the package at once."""

    def __init__(self, package: Package) -> None:
        """Raises ``InputError`` for a workbook without a list of sheets."""
        self._package = package
        self.root = package.workbook
        if self.root.find(package.tag("sheets")) is None:
            raise package.fault(package.workbook_part, "没有工作表清单")

    def tabs(self) -> list[Tab]:
        """The tabs, in their order; an invalid workbook may have two of one name."""
        relations = self._package.relations.by_id()
        found = []
        for sheet in self._sheets():
            key = next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
            relation = relations.get(key)
            part = "" if relation is None else self._package.relations.target(relation)
            kind = "" if relation is None else str(relation.get("Type", ""))
            is_worksheet = kind.endswith("/worksheet") and self._package.has(part)
            found.append(Tab(str(sheet.get("name", "")), part, is_worksheet))
        return found

    def _sheets(self) -> list[Element]:
        tag = self._package.tag("sheet")
        sheets = [s for s in elements(self._sheet_list()) if s.tag == tag]
        if len(sheets) != sum(1 for _ in self.root.iter(tag)):
            # Alternatives for programs of different age: which tabs there are, each decides.
            raise self._package.fault(self._package.workbook_part, "工作表清单里夹有别的内容")
        return sheets

    def _sheet_list(self) -> Element:
        found = self.root.find(self._package.tag("sheets"))
        assert found is not None  # seen to when the package was opened
        return found

    def add_sheet(self, name: str, root: Element) -> Tab:
        """Add a worksheet as the last tab. Raises ``InputError`` when no number is left for it."""
        package, part = self._package, self._free_part()
        key = package.relate(part, "worksheet", _SHEET_TYPE, root)
        sheet = etree.Element(package.tag("sheet"))
        sheet.set("name", name)
        sheet.set("sheetId", str(self._free_id()))
        sheet.set(f"{{{RELATION_BASE[package.namespace]}}}id", key)
        self._sheet_list().append(sheet)
        package.put(package.workbook_part, self.root)
        return Tab(name, part, True)

    def _free_part(self) -> str:
        package = self._package
        targets = {folded(package.relations.target(item)) for item in package.relations}
        return next(
            part
            for part in (f"xl/worksheets/sheet{n}.xml" for n in itertools.count(1))
            # A name that is spoken of is not free, whether or not the part is there.
            if not (package.has(part) or package.types.names(part) or folded(part) in targets)
        )

    def _free_id(self) -> int:
        """A number above those of the other tabs, or where that is too high, any that is free."""
        texts = (str(sheet.get("sheetId", "")).strip() for sheet in self._sheets())
        taken = {int(text) for text in texts if _NUMBER.fullmatch(text)}
        highest = max(taken, default=0)
        if highest < _HIGHEST_SHEET_ID:
            return highest + 1
        free = next((n for n in range(1, _HIGHEST_SHEET_ID) if n not in taken), None)
        if free is None:
            raise self._package.fault(self._package.workbook_part, "工作表太多")
        return free

    def calculate_on_load(self) -> None:
        """Have Excel work out every formula when it opens the workbook: their values are old."""
        found = self.root.find(self._package.tag("calcPr"))
        if found is None:
            found = etree.Element(self._package.tag("calcPr"))
            insert(self.root, found)
        found.set("fullCalcOnLoad", "1")
        self._package.put(self._package.workbook_part, self.root)

    def replace_sheet(self, tab: Tab, root: Element) -> None:
        """Write a worksheet anew: what its cells led to goes with them."""
        self._package.put(tab.part, root)
        self._package.remove(relations_of(tab.part))
        self._package.drop_calculation_chain()
        self._forget_areas(tab.name)

    def patch_sheet(self, tab: Tab, root: Element) -> None:
        """Put a worksheet back whose rows were written anew, and that keeps all else."""
        self._package.put(tab.part, root)
        self._package.drop_calculation_chain()
        self._forget_areas(tab.name)

    def defined_names(self) -> set[str]:
        """The defined names of the workbook and of its sheets."""
        return {str(item.get("name")) for item in self.root.iter(self._package.tag("definedName"))}

    def define_names(self, areas: Mapping[str, str], sheet: str | None = None) -> None:
        """Give names these areas (no equals sign), new names at the end.

        They are names of the whole workbook, or of a sheet alone.
        """
        own = {} if sheet is None else {"localSheetId": self._position(sheet)}
        tag = self._package.tag("definedName")
        names = self.root.find(self._package.tag("definedNames"))
        if names is None:
            names = etree.Element(self._package.tag("definedNames"))
            insert(self.root, names)
        # Excel tells names apart without case; those of a single sheet are names of their own.
        known: dict[str, list[Element]] = {}
        for item in names.iter(tag):
            if item.get("localSheetId") == own.get("localSheetId"):
                known.setdefault(str(item.get("name")).casefold(), []).append(item)
        for name, area in areas.items():
            items = known.get(name.casefold())
            for item in items or [etree.SubElement(names, tag, {"name": name, **own})]:
                del item[:]
                item.text = area
        self._package.put(self._package.workbook_part, self.root)

    def copy_own_names(self, sheet: str, to: str) -> None:
        """Give a copy of a sheet the names that the sheet has alone, such as its print area."""
        names = self.root.find(self._package.tag("definedNames"))
        if names is None:
            return
        own, new = self._position(sheet), self._position(to)
        spelled = "|".join(re.escape(text) for text in (sheet, f"'{sheet.replace(_Q, _Q * 2)}'"))
        itself = re.compile(rf"(?<![\w.'])(?:{spelled})(?=!)")
        there = f"'{to.replace(_Q, _Q * 2)}'"
        for item in [i for i in elements(names) if i.get("localSheetId") == own]:
            made = etree.SubElement(names, item.tag)
            for key, value in item.attrib.items():
                made.set(key, value)
            made.set("localSheetId", new)
            made.text = itself.sub(lambda _: there, item.text or "")
        self._package.put(self._package.workbook_part, self.root)

    def _position(self, sheet: str) -> str:
        return str([tab.name for tab in self.tabs()].index(sheet))

    def _forget_areas(self, sheet: str) -> None:
        """Drop the print and filter areas of a sheet whose rows were written anew."""
        names = self.root.find(self._package.tag("definedNames"))
        if names is None:
            return
        position = self._position(sheet)
        for item in list(elements(names)):
            is_area = item.get("name") in ("_xlnm.Print_Area", "_xlnm._FilterDatabase")
            if is_area and item.get("localSheetId") == position:
                names.remove(item)
        self._package.put(self._package.workbook_part, self.root)
