"""A file that is a zip of parts, as .xlsx, .xlsb and .ods are, read within a budget.

Names are compared without case, parts are found by the relationships between them and not by fixed
names, and XML is read by the one parser that is as tolerant as XML is: quotes, blanks, prefixes and
encodings do not matter. A part that is no XML, or that declares entities, is damage: no spreadsheet
program writes any, and Excel refuses them too.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.sources import budgets
from perfgoals_xl.storage.zip_copy import ZIP_ERRORS

_CHUNK = 1 << 18
# Bytes; what is smaller is parsed at once, which is twice as fast as row by row.
_SMALL = 1 << 21
ENTRY: Final = b"PK\x01\x02"
"""What every entry of a package's list of parts begins with."""
_OPTIONS: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}


def damaged(path: Path) -> InputError:
    """The refusal of a workbook that is broken."""
    return InputError(
        "工作簿已损坏或不完整，无法读取",
        hint="请在 Excel 中打开并修复后另存为 .xlsx，或换一份完整的文件。",
        file=path,
    )


@dataclass(frozen=True)
class Relation:
    """What a part refers to: the last word of the kind (``worksheet``) and the part's name."""

    kind: str
    target: str


class Package:
    """The parts of a zip. Every method raises ``InputError`` for what is damaged or too large."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        if data.count(ENTRY) > budgets.MOST_PARTS:
            raise budgets.too_large(path, "文件里的部件太多")
        try:
            # From memory: a handle on the file would keep Excel from saving it on Windows.
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_ERRORS as error:
            raise damaged(path) from error
        # Of two entries of one name the last counts, as for whoever unpacks the file.
        self._entries = {_key(info.filename): info for info in self._archive.infolist()}
        self._folders: dict[str, bool] = {}
        self._unpacked = 0
        self._counted = 0
        self._parser = etree.XMLParser(**_OPTIONS)

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    def has_folder(self, name: str) -> bool:
        """Whether a part stands in the folder of this name, which ends in a slash."""
        if name not in self._folders:
            self._folders[name] = any(part.startswith(name) for part in self._entries)
        return self._folders[name]

    def find(self, *ends: str) -> str | None:
        """The name of the first part that ends in one of ``ends``."""
        return next((name for name in self._entries if name.endswith(ends)), None)

    def count(self, elements: int) -> None:
        """Counts what was read, blank or not. Raises ``InputError`` for more than any form has."""
        self._counted += elements
        if self._counted > budgets.MOST_ELEMENTS:
            raise budgets.too_large(self.path, "文件里的行、单元格或文字太多")

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece; none if the package has no such part."""
        info = self._entries.get(_key(name))
        if info is None:
            return
        self._unpacked += info.file_size
        if self._unpacked > budgets.MOST_PART_BYTES:
            size = budgets.MOST_PART_BYTES >> 20
            raise budgets.too_large(self.path, f"文件解压后超过 {size} MB")
        try:
            with self._archive.open(info) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except ZIP_ERRORS as error:
            raise damaged(self.path) from error

    def read(self, name: str) -> bytes:
        """The bytes of a part; empty if the package has no such part."""
        return b"".join(self.chunks(name))

    def elements(self, name: str, *tags: str, starts: bool = False) -> Iterator[etree._Element]:
        """The elements of a part that are called so, each when it is complete, and then forgotten.

        ``tags`` are written as ``{*}row``. With ``starts`` every one comes twice: when it begins
        (``len()`` and text say nothing yet), and complete. A part that is missing has none.
        """
        if name not in self:
            return
        if not starts and self._entries[_key(name)].file_size <= _SMALL:
            root = self.tree(name)
            if root is not None:
                found = list(root.iter(*tags))
                self.count(len(found))
                yield from found
            return
        parser = etree.XMLPullParser(("start", "end") if starts else ("end",), tag=tags, **_OPTIONS)
        events: Any = parser.read_events()
        waiting, checked = 0, False
        try:
            for chunk in self.chunks(name):
                parser.feed(chunk)
                waiting += len(chunk)
                for event, element in events:
                    if not checked:
                        self._refuse_entities(element)
                        checked = True
                    # A row without cells takes longer than a cell.
                    self.count(2)
                    yield element
                    if event == "end":
                        waiting = 0
                        _forget(element)
                if waiting > budgets.MOST_PIECE_BYTES:
                    raise budgets.too_large(self.path, "文件里有一处内容过长")
            root = parser.close()
        except etree.XMLSyntaxError as error:
            raise self._no_xml(error) from error
        if not checked and root is not None:
            self._refuse_entities(root)

    def tree(self, name: str) -> etree._Element | None:
        """The root of a small part; None if the package has no such part."""
        if name not in self:
            return None
        data = self.read(name)
        if len(data) > budgets.MOST_PIECE_BYTES:
            raise budgets.too_large(self.path, "文件里有一个部件过大")
        try:
            root = etree.fromstring(data, self._parser)
        except etree.XMLSyntaxError as error:
            raise self._no_xml(error) from error
        self._refuse_entities(root)
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part (or, for ``""``, the package) refers to, by the identifier it uses."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for element in () if root is None else root.iter("{*}Relationship"):
            if element.get("TargetMode", "Internal").lower() != "external":
                kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
                target = _resolved(folder, element.get("Target", ""))
                found[element.get("Id", "")] = Relation(kind, target)
        return found

    def _no_xml(self, error: etree.XMLSyntaxError) -> InputError:
        # What the parser would read only with its option HUGE, and says so.
        said = str(error.msg).lower()
        if "huge" in said:
            what = "有一处内容嵌套过深" if "depth" in said else "有一处文字过长"
            return budgets.too_large(self.path, f"文件里{what}")
        return damaged(self.path)

    def _refuse_entities(self, element: etree._Element) -> None:
        # The declaration of a type is where entities, a way to blow up memory, are declared.
        if element.getroottree().docinfo.internalDTD is not None:
            raise damaged(self.path)


def flat_package(path: Path, name: str, data: bytes) -> Package:
    """The package of a document that is one XML file: ``data`` is its only part, ``name``."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, data)
    return Package(path, packed.getvalue())


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its name without namespace; None where there is none."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def is_true(text: str | None) -> bool:
    """Whether an attribute says yes."""
    return text is not None and text.strip().lower() in ("1", "true", "on")


def _forget(element: etree._Element) -> None:
    """Drops an element that was read, and all that stands before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _resolved(folder: str, target: str) -> str:
    target = unquote(target.replace("\\", "/"))
    joined = target if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined).lstrip("/")
