"""The parts of an .xlsx package, patched one by one: what is not named stays byte for byte.

A workbook of the user's is never loaded and saved by a library that drops what it does not know
(charts, text boxes, form controls, sparklines, x14 formats, macros). Here single parts are read,
changed as XML and put back.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from perfgoals_xl.errors import InputError

Element = etree._Element

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# What stands in front of definedNames in a workbook, by the schema; sheets always do.
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_TYPES_PART = "[Content_Types].xml"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


class Package:
    """An .xlsx or .xlsm opened for patching. Nothing is written before :meth:`save`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._changed: dict[str, bytes] = {}
        self._removed: set[str] = set()
        try:
            with zipfile.ZipFile(path) as archive:
                self._infos = archive.infolist()
            self.workbook_part = self._office_document()
            self.workbook = self.xml(self.workbook_part)
        except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
            raise InputError(
                "工作簿结构不完整，无法标记", hint="请用 Excel 打开后另存为 .xlsx 再试。", file=path
            ) from error
        self.namespace = etree.QName(self.workbook).namespace or ""
        self._relations_part = _relations_of(self.workbook_part)
        self.relations = self.xml(self._relations_part)

    def tag(self, name: str) -> str:
        """A tag in the namespace of this workbook, transitional or strict."""
        return f"{{{self.namespace}}}{name}"

    def read(self, part: str) -> bytes:
        """The bytes of a part as they stand now. Raises KeyError without it."""
        if part in self._changed:
            return self._changed[part]
        with zipfile.ZipFile(self._path) as archive:
            return archive.read(part)

    def xml(self, part: str) -> Element:
        """The root element of a part."""
        return etree.fromstring(self.read(part), _PARSER)

    def put(self, part: str, root: Element) -> None:
        """Replace a part, or add one."""
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._changed[part] = data

    def sheet_parts(self) -> dict[str, str]:
        """Sheet name → part, in the order of the tabs."""
        targets = {str(r.get("Id")): str(r.get("Target", "")) for r in self.relations}
        parts = {}
        for sheet in self.workbook.iter(self.tag("sheet")):
            key = next(v for k, v in sheet.attrib.items() if str(k).endswith("}id"))
            parts[str(sheet.get("name"))] = self._resolve(targets[str(key)])
        return parts

    def related(self, kind: str) -> str | None:
        """The part that the workbook relates to as ``kind`` (``styles``, ``calcChain``)."""
        for relation in self.relations:
            if str(relation.get("Type", "")).endswith(f"/{kind}"):
                return self._resolve(str(relation.get("Target")))
        return None

    def add_sheet(self, name: str, root: Element) -> None:
        """Add a worksheet as the last tab."""
        number = next(n for n in range(1, 10**6) if not self._has(f"xl/worksheets/sheet{n}.xml"))
        part = f"xl/worksheets/sheet{number}.xml"
        key = self._relate(part, "worksheet", _SHEET_TYPE, root)
        sheets = self.workbook.find(self.tag("sheets"))
        assert sheets is not None
        sheet = etree.SubElement(sheets, self.tag("sheet"))
        sheet.set("name", name)
        sheet.set("sheetId", str(1 + max(int(s.get("sheetId", "0")) for s in sheets)))
        sheet.set(f"{{{self._relation_base()}}}id", key)
        self.put(self.workbook_part, self.workbook)

    def add_part(self, part: str, kind: str, content_type: str, root: Element) -> str:
        """Add a part that the workbook relates to as ``kind``; returns its name."""
        self._relate(part, kind, content_type, root)
        return part

    def _relate(self, part: str, kind: str, content_type: str, root: Element) -> str:
        """Add a part with its content type and the workbook's relation to it; returns its id."""
        self.put(part, root)
        types = self.xml(_TYPES_PART)
        etree.SubElement(
            types,
            f"{{{_CONTENT_TYPES}}}Override",
            PartName=f"/{part}",
            ContentType=content_type,
        )
        self.put(_TYPES_PART, types)
        ids = {str(relation.get("Id")) for relation in self.relations}
        key = next(f"rId{n}" for n in range(1, 10**6) if f"rId{n}" not in ids)
        relation = etree.SubElement(self.relations, f"{{{_RELATIONS}}}Relationship")
        relation.set("Id", key)
        relation.set("Type", f"{self._relation_base()}/{kind}")
        relation.set("Target", posixpath.relpath(part, posixpath.dirname(self.workbook_part)))
        self.put(self._relations_part, self.relations)
        return key

    def _relation_base(self) -> str:
        """How the types of this workbook's relations begin, transitional or strict."""
        types = (str(relation.get("Type", "")) for relation in self.relations)
        return next(kind.rpartition("/")[0] for kind in types if kind.endswith("/worksheet"))

    def _has(self, part: str) -> bool:
        return part in self._changed or any(info.filename == part for info in self._infos)

    def defined_names(self) -> set[str]:
        """The defined names of the workbook and of its sheets."""
        return {str(item.get("name")) for item in self.workbook.iter(self.tag("definedName"))}

    def define_names(self, areas: Mapping[str, str]) -> None:
        """Give names of the whole workbook these areas (no equals sign), new names at the end."""
        names = self.workbook.find(self.tag("definedNames"))
        if names is None:
            names = etree.Element(self.tag("definedNames"))
            before = {self.tag(name) for name in _BEFORE_NAMES}
            at = [i for i, child in enumerate(self.workbook, start=1) if child.tag in before]
            self.workbook.insert(max(at), names)
        # Excel tells names apart without case; those of a single sheet are names of their own.
        known = {
            str(item.get("name")).casefold(): item
            for item in names.iter(self.tag("definedName"))
            if item.get("localSheetId") is None
        }
        for name, area in areas.items():
            item = known.get(name.casefold())
            if item is None:
                item = etree.SubElement(names, self.tag("definedName"), name=name)
            item.text = area
        self.put(self.workbook_part, self.workbook)

    def forget_areas(self, sheet: str) -> None:
        """Drop the print and filter areas of a sheet whose rows were written anew."""
        names = self.workbook.find(self.tag("definedNames"))
        position = str(list(self.sheet_parts()).index(sheet))
        if names is None:
            return
        for item in list(names):
            is_area = item.get("name") in ("_xlnm.Print_Area", "_xlnm._FilterDatabase")
            if is_area and item.get("localSheetId") == position:
                names.remove(item)
        self.put(self.workbook_part, self.workbook)

    def drop_calculation_chain(self) -> None:
        """Remove the order of calculation, which names cells that may be gone; Excel remakes it."""
        part = self.related("calcChain")
        if part is None:
            return
        for relation in list(self.relations):
            if str(relation.get("Type", "")).endswith("/calcChain"):
                self.relations.remove(relation)
        self.put(self._relations_part, self.relations)
        types = self.xml(_TYPES_PART)
        for override in list(types):
            if override.get("PartName") == f"/{part}":
                types.remove(override)
        self.put(_TYPES_PART, types)
        self._removed.add(part)

    def drop_relations(self, part: str) -> None:
        """Remove the relations of a part that was replaced as a whole."""
        self._removed.add(_relations_of(part))

    def save(self, path: Path) -> None:
        """Write the package to ``path``: changed parts anew, all others as they were."""
        with zipfile.ZipFile(self._path) as source, zipfile.ZipFile(path, "w") as out:
            written = set()
            for info in self._infos:
                if info.filename in self._removed:
                    continue
                data = self._changed.get(info.filename, None)
                out.writestr(
                    info,
                    source.read(info) if data is None else data,
                    compress_type=info.compress_type,
                )
                written.add(info.filename)
            for part, data in self._changed.items():
                if part not in written and part not in self._removed:
                    entry = zipfile.ZipInfo(part, date_time=(1980, 1, 1, 0, 0, 0))
                    out.writestr(entry, data, compress_type=zipfile.ZIP_DEFLATED)

    def _office_document(self) -> str:
        for relation in self.xml("_rels/.rels"):
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                return str(relation.get("Target")).lstrip("/")
        raise KeyError("officeDocument")

    def _resolve(self, target: str) -> str:
        if target.startswith("/"):
            return target.lstrip("/")
        folder = posixpath.dirname(self.workbook_part)
        return posixpath.normpath(posixpath.join(folder, target))


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
