"""A marked copy is looked at before it takes its place: does it open as its source does?

The source may have faults of its own in what nobody touched; the copy has them too and opens as the
source does. What counts is a fault that the source has not.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from pathlib import Path

from lxml import etree

from perfgoals_xl.errors import InputError
from perfgoals_xl.storage.zip_copy import ENTRY_ERRORS
from perfgoals_xl.workbooks.patching.package import Package
from perfgoals_xl.workbooks.patching.package_lists import ContentTypes, Relations
from perfgoals_xl.workbooks.patching.part_names import TYPES_PART, folded, source_of
from perfgoals_xl.workbooks.patching.part_xml import Element, UnreadablePart, elements, parse
from perfgoals_xl.workbooks.patching.schema_order import ORDER, in_order, names_of
from perfgoals_xl.workbooks.patching.sheet_xml import SheetXml


def check_copy(package: Package, copy: Path) -> None:
    """Compare a copy that was written with its source.

    Raises ``InputError`` when it has a fault that the source has not: a part that is lost, broken
    or in the wrong order, a relationship or a content type that is missing, two parts of one name.
    """
    try:
        with zipfile.ZipFile(copy) as made:
            found = _faults(made, package.changed)
            found |= _lost(package, made)
    except zipfile.BadZipFile as error:
        raise _refusal(package, "压缩包不完整") from error
    new = found - _faults(package.source, package.changed) if found else found
    if new:
        raise _refusal(package, min(new))


def _refusal(package: Package, what: str) -> InputError:
    return package.fault("", f"写好的副本没有通过检查：{what}")


def _lost(package: Package, made: zipfile.ZipFile) -> set[str]:
    """Parts that were to stay and did not, by size and checksum."""
    there = {folded(i.filename): (i.CRC, i.file_size) for i in made.infolist()}
    return {
        f"{info.filename} 不见了或变了"
        for key, info in package.untouched().items()
        if there.get(key) != (info.CRC, info.file_size)
    }


def _faults(archive: zipfile.ZipFile, changed: Collection[str]) -> set[str]:
    """What is wrong with a package, as far as the parts in ``changed`` have to do with it."""
    found = set()
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        if not info.is_dir():
            if folded(info.filename) in entries:
                found.add(f"{info.filename} 有两个")
            entries[folded(info.filename)] = info
    try:
        types = ContentTypes(parse(archive.read(entries[folded(TYPES_PART)])))
    except (KeyError, UnreadablePart, *ENTRY_ERRORS):
        return {*found, f"{TYPES_PART} 读不出来"}
    if types.has_doubles():
        found.add(f"{TYPES_PART} 有重复")
    for key in entries.keys() & changed:
        try:
            data = archive.read(entries[key])
            if (types.of(key) or "").endswith(".worksheet+xml"):
                ordered = SheetXml(data).is_in_order
            elif key.endswith(".rels"):
                found |= _faults_of_relations(key, parse(data), entries, types)
                continue
            else:
                ordered = _is_in_order(parse(data))
        except UnreadablePart as error:
            found.add(f"{key} {error}")
        except ENTRY_ERRORS:
            found.add(f"{key} 读不出来")
        else:
            if not ordered:
                found.add(f"{key} 中的次序不对")
    return found


def _is_in_order(root: Element) -> bool:
    kind = etree.QName(root).localname
    return kind not in ORDER or in_order(kind, map(names_of, root))


def _faults_of_relations(
    part: str, root: Element, entries: Collection[str], types: ContentTypes
) -> set[str]:
    relations, found = Relations(root, source_of(part)), set()
    ids = [str(item.get("Id")) for item in elements(root)]
    if len(ids) != len(set(ids)):
        found.add(f"{part} 中有重复的编号")
    for item in relations:
        target = relations.target(item)
        if folded(target) not in entries:
            found.add(f"{part} 指向的 {target} 不存在")
        elif types.of(target) is None:
            found.add(f"{target} 没有内容类型")
    return found
