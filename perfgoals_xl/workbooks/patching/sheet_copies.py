"""A worksheet of a package once more, as Excel's own "move or copy" makes it.

Only what a second sheet may simply have again is copied: cells, formats, validations, notes,
pictures, print settings. A table, a chart or a control has a name or an owner of its own, so a
sheet with one is refused and not copied by halves.
"""

from __future__ import annotations

import itertools
import posixpath
import re

from lxml import etree

from perfgoals_xl.errors import InputError
from perfgoals_xl.workbooks.patching.package import Package
from perfgoals_xl.workbooks.patching.package_lists import Relations
from perfgoals_xl.workbooks.patching.part_names import TYPES_PART, relations_of, relative
from perfgoals_xl.workbooks.patching.part_xml import UnreadablePart, parse
from perfgoals_xl.workbooks.patching.workbook_part import Tab, WorkbookPart

# Kinds of related parts that become parts of the copy; pictures are shared.
_COPIED = ("printerSettings", "comments", "vmlDrawing", "drawing")
_SHARED = ("image", "hyperlink")
_IN_WORDS = {
    "table": "表格（套用了表格格式的区域）",
    "chart": "图表",
    "pivotTable": "数据透视表",
    "control": "控件",
    "ctrlProp": "控件",
    "oleObject": "嵌入的对象",
    "threadedComment": "批注会话",
}
# A second selected tab would be typed into together with the first; a code name and an identity
# belong to one sheet.
_OF_ONE_SHEET = re.compile(rb"\s(?:tabSelected|codeName|xr:uid)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_DATA = re.compile(rb"<(?:\w+:)?sheetData\b")


class SheetCopier:
    """Copies of one tab, each with the bytes that the tab had when this was made."""

    def __init__(self, package: Package, workbook: WorkbookPart, tab: Tab) -> None:
        """Raises ``InputError`` for a sheet that holds what cannot be there twice."""
        self._package, self._workbook, self._tab = package, workbook, tab
        self._data = package.read(tab.part)
        self._refuse_what_is_single(tab.part)
        name = tab.name.encode()
        if name + b"!" in self._data or name + b"'!" in self._data:
            raise self._refusal("里有公式写着它自己的名字")

    def copy(self, name: str) -> Tab:
        """Add a copy under another name behind all tabs."""
        head = _DATA.search(self._data)
        at = head.start() if head else 0
        data = _OF_ONE_SHEET.sub(b"", self._data[:at]) + self._data[at:]
        try:
            made = self._workbook.add_sheet(name, parse(data))
        except UnreadablePart as error:
            raise self._package.fault(self._tab.part, str(error)) from error
        self._package.put_bytes(made.part, data)
        self._copy_relations(self._tab.part, made.part)
        self._workbook.copy_own_names(self._tab.name, name)
        return made

    def _refuse_what_is_single(self, part: str) -> None:
        relations = self._package.relations_from(part)
        for item in relations:
            kind = _kind(item)
            if kind in _COPIED and self._package.has(relations.target(item)):
                self._refuse_what_is_single(relations.target(item))
            elif kind not in _SHARED:
                raise self._refusal(f"里有{_IN_WORDS.get(kind, kind)}")

    def _refusal(self, what: str) -> InputError:
        refused = self._package.fault("", "")
        return InputError(
            f"工作表{what}，不能逐个项目复制",
            hint='请在映射里改用 per_project = "file"（每个项目一个文件）。',
            file=refused.file,
            sheet=self._tab.name,
        )

    def _copy_relations(self, source: str, to: str) -> None:
        """Give a copy of a part the relationships of its source, to parts of its own."""
        package = self._package
        if not package.has(relations_of(source)):
            return
        relations = Relations(parse(package.read(relations_of(source))), source)
        for item in relations:
            target = relations.target(item)
            if _kind(item) in _COPIED and package.has(target):
                new = self._free(target)
                package.put_bytes(new, package.read(target))
                kind = package.types.of(target)
                if kind is not None and package.types.of(new) != kind:
                    package.types.set(new, kind)
                    package.put(TYPES_PART, package.types.root)
                self._copy_relations(target, new)
                target = new
            item.set("Target", relative(target, to))
        package.put(relations_of(to), relations.root)

    def _free(self, part: str) -> str:
        stem, dot, suffix = part.rpartition(".")
        folder, name = posixpath.split(stem)
        base = name.rstrip("0123456789")
        names = (posixpath.join(folder, f"{base}{n}{dot}{suffix}") for n in itertools.count(2))
        package = self._package
        return next(n for n in names if not (package.has(n) or package.types.names(n)))


def _kind(item: etree._Element) -> str:
    return str(item.get("Type", "")).rpartition("/")[2]
