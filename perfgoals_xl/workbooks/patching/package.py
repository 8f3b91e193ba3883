"""The parts of an .xlsx package, patched one by one: what is not named stays byte for byte.

A workbook of the user's is never loaded and saved by a library that drops what it does not know
(charts, text boxes, form controls, sparklines, x14 formats, macros). Here single parts are read,
changed as XML and put back.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from lxml import etree

from perfgoals_xl.errors import InputError
from perfgoals_xl.storage.zip_copy import ENTRY_ERRORS, copy_stored
from perfgoals_xl.workbooks.patching.package_lists import ContentTypes, Relations
from perfgoals_xl.workbooks.patching.part_names import (
    ROOT_RELATIONS,
    TYPES_PART,
    folded,
    relations_of,
    relative,
)
from perfgoals_xl.workbooks.patching.part_xml import (
    STRICT,
    TRANSITIONAL,
    Element,
    UnreadablePart,
    parse,
    written,
)

RELATION_BASE = {
    TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_MAIN_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ".xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ".xltm": "application/vnd.ms-excel.template.macroEnabled.main+xml",
}
_WITH_MACROS = (".xlsm", ".xltm")
PATCHABLE = {
    ".xlsx": (".xlsx",),
    ".xlsm": (".xlsm",),
    ".xltx": (".xltx", ".xlsx"),
    ".xltm": (".xltm", ".xlsm"),
}
"""Suffix of a source that is patched → what its copy may be: a template makes workbooks."""
# A sheet is read as bytes; what is read as a tree is bounded further.
_MOST_BYTES = 200_000_000
_HINT = "请用 Excel 打开后另存为 .xlsx 再试。"


class Package:
    """An .xlsx or .xlsm opened for patching. Nothing is written before :meth:`save`."""

    def __init__(self, path: Path, *, doing: str = "标记") -> None:
        """Raises ``InputError`` where the package is not one that can be patched.

        ``doing`` is what its refusal says cannot be done.
        """
        self._path, self._doing = path, doing
        self._changed: dict[str, bytes] = {}
        self._new: dict[str, str] = {}  # folded → name, of parts that the source lacks
        self._removed: set[str] = set()
        try:
            self._data = io.BytesIO(path.read_bytes())
            self._archive = zipfile.ZipFile(self._data)
        except (*ENTRY_ERRORS, OSError) as error:
            raise self.fault("", "不是完整的压缩包") from error
        self._infos = self._without_doubles()
        self._entries = {folded(i.filename): i for i in self._infos if not i.is_dir()}
        self.types = self._content_types()
        documents = self._relations("").of_kind("officeDocument")
        if not documents:
            raise self.fault(ROOT_RELATIONS, "没有指向工作簿")
        self.workbook_part = self._relations("").target(documents[0])
        self.workbook = self.root(self.workbook_part, "workbook")
        self.namespace = str(etree.QName(self.workbook).namespace)
        self.relations = self._relations(self.workbook_part)

    def tag(self, name: str) -> str:
        """A tag in the namespace of this workbook, transitional or strict."""
        return f"{{{self.namespace}}}{name}"

    def fault(self, part: str, what: str) -> InputError:
        """The refusal of a package: ``what`` is wrong in ``part``."""
        place = f"（{part}：{what}）" if part else f"（{what}）"
        what = f"工作簿的内部结构有问题，无法{self._doing}{place}"
        return InputError(what, hint=_HINT, file=self._path)

    # --- parts

    def has(self, part: str) -> bool:
        """Whether there is a part of this name."""
        key = folded(part)
        return key in self._changed or (key in self._entries and key not in self._removed)

    def read(self, part: str) -> bytes:
        """The bytes of a part as they stand now. Raises ``InputError`` without it."""
        key = folded(part)
        if key in self._changed:
            return self._changed[key]
        info = self._entries.get(key)
        if info is None or key in self._removed:
            raise self.fault(part, "缺少这个部件")
        if info.file_size > _MOST_BYTES:
            raise self.fault(part, "内容太大")
        try:
            return self._archive.read(info)
        except ENTRY_ERRORS as error:
            raise self.fault(part, "已损坏或加了密，读不出来") from error

    def root(self, part: str, name: str) -> Element:
        """The root element of a part, which is to be ``name`` of the main namespace."""
        root = self._xml(part)
        tag = etree.QName(root)
        if tag.localname != name or tag.namespace not in RELATION_BASE:
            raise self.fault(part, f"不是 {name} 文档")
        return root

    def put(self, part: str, root: Element) -> None:
        """Replace a part, or add one."""
        self.put_bytes(part, written(root))

    def put_bytes(self, part: str, data: bytes) -> None:
        """Replace a part, or add one, by its bytes."""
        key = folded(part)
        self._changed[key] = data
        self._removed.discard(key)
        if key not in self._entries:
            self._new[key] = part

    def _xml(self, part: str) -> Element:
        try:
            return parse(self.read(part))
        except UnreadablePart as error:
            raise self.fault(part, str(error)) from error

    def _content_types(self) -> ContentTypes:
        try:
            return ContentTypes(self._xml(TYPES_PART))
        except UnreadablePart as error:
            raise self.fault(TYPES_PART, str(error)) from error

    def _relations(self, source: str) -> Relations:
        part = relations_of(source)
        try:
            return Relations(self._xml(part), source) if self.has(part) else Relations.none(source)
        except UnreadablePart as error:
            raise self.fault(part, str(error)) from error

    def _without_doubles(self) -> list[zipfile.ZipInfo]:
        """The entries; of two with one name and one content the first.

        Which of two that differ is meant, every program decides in its own way.
        """
        kept: dict[str, zipfile.ZipInfo] = {}
        for info in self._archive.infolist():
            first = kept.setdefault(folded(info.filename) + "/" * info.is_dir(), info)
            if (first.CRC, first.file_size) != (info.CRC, info.file_size):
                raise self.fault(info.filename, "同名的部件有两个，内容不同")
        return list(kept.values())

    # --- other parts of the workbook

    def related(self, kind: str) -> str | None:
        """The part that the workbook relates to as ``kind`` (``styles``), there or not."""
        found = self.relations.of_kind(kind)
        return self.relations.target(found[0]) if found else None

    def relations_from(self, part: str) -> Relations:
        """The relationships of a part, none where it has no list of them."""
        return self._relations(part)

    def add_part(self, part: str, kind: str, content_type: str, root: Element) -> None:
        """Add a part that the workbook relates to as ``kind``."""
        if self.related(kind) is None:
            self.relate(part, kind, content_type, root)
        else:
            self._put_typed(part, content_type, root)

    def relate(self, part: str, kind: str, content_type: str, root: Element) -> str:
        """Add a part with its content type and the workbook's relation to it; returns its id."""
        self._put_typed(part, content_type, root)
        base = RELATION_BASE[self.namespace]
        key = self.relations.add(f"{base}/{kind}", relative(part, self.workbook_part))
        self.put(relations_of(self.workbook_part), self.relations.root)
        return key

    def _put_typed(self, part: str, content_type: str, root: Element) -> None:
        self.put(part, root)
        self.types.set(part, content_type)
        self.put(TYPES_PART, self.types.root)

    def become(self, suffix: str) -> None:
        """Make the package what a file of this suffix is to be: Excel opens no other.

        Raises ``InputError`` for macros in a workbook whose suffix has none.
        """
        kind = self.types.of(self.workbook_part)
        if kind == _MAIN_TYPES[suffix]:
            return
        if suffix not in _WITH_MACROS and self.relations.of_kind("vbaProject"):
            raise InputError(
                f"这是启用宏的工作簿，扩展名却是 {suffix}，Excel 不会打开",
                hint="请把文件的扩展名改为 .xlsm，再试一次。",
                file=self._path,
            )
        self.types.set(self.workbook_part, _MAIN_TYPES[suffix])
        self.put(TYPES_PART, self.types.root)

    # --- what would be wrong in a changed package

    def drop_calculation_chain(self) -> None:
        """Remove the order of calculation, which names cells that may be gone; Excel remakes it."""
        for item in self.relations.of_kind("calcChain"):
            self.remove(self.relations.target(item))
            self.relations.drop(item)
            self.put(relations_of(self.workbook_part), self.relations.root)

    def drop_signatures(self) -> bool:
        """Remove digital signatures, which no changed package has; whether there were any."""
        package = self._relations("")
        origins = package.of_kind("digital-signature/origin")
        for item in origins:
            self._remove_tree(package.target(item))
            package.drop(item)
            self.put(ROOT_RELATIONS, package.root)
        return bool(origins)

    def _remove_tree(self, part: str) -> None:
        """Remove a part and all that it leads to."""
        if folded(part) in self._removed:
            return
        relations = self._relations(part)
        self.remove(part)
        self.remove(relations_of(part))
        for item in relations:
            self._remove_tree(relations.target(item))

    def remove(self, part: str) -> None:
        """Remove a part, there or not, and what is said of its type."""
        key = folded(part)
        self._removed.add(key)
        self._changed.pop(key, None)
        if self.types.names(part):
            self.types.drop(part)
            self.put(TYPES_PART, self.types.root)

    # --- the package that is made

    @property
    def changed(self) -> set[str]:
        """The folded names of the parts that are not those of the source."""
        return set(self._changed)

    def untouched(self) -> dict[str, zipfile.ZipInfo]:
        """Folded name → entry of the parts that stay as they are."""
        gone = self._removed | self._changed.keys()
        return {key: info for key, info in self._entries.items() if key not in gone}

    @property
    def source(self) -> zipfile.ZipFile:
        """The package as it was."""
        return self._archive

    def save(self, path: Path) -> None:
        """Write the package to ``path``: changed parts anew, all others as they were."""
        with zipfile.ZipFile(path, "w") as out:
            for info in self._infos:
                key = folded(info.filename)
                if info.is_dir() or not (key in self._changed or key in self._removed):
                    self._copy(info, out)
                elif key in self._changed:
                    out.writestr(_entry(info.filename, info), self._changed[key])
            for key, part in self._new.items():
                if key in self._changed:
                    out.writestr(_entry(part), self._changed[key])

    def _copy(self, info: zipfile.ZipInfo, out: zipfile.ZipFile) -> None:
        try:
            copy_stored(self._data, info, out)
        except zipfile.BadZipFile as error:
            raise self.fault(info.filename, "已损坏，读不出来") from error


def _entry(name: str, like: zipfile.ZipInfo | None = None) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0) if like is None else like.date_time)
    made.compress_type = zipfile.ZIP_DEFLATED
    if like is not None:
        made.external_attr = like.external_attr
    return made
