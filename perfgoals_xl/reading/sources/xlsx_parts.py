"""The parts of an .xlsx or .xlsm: which sheets there are, its texts and its number formats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from perfgoals_xl.reading.sources.archive import Package, attribute, damaged, is_true, local
from perfgoals_xl.reading.sources.budgets import LONGEST_TEXT, MOST_TEXTS, too_large
from perfgoals_xl.reading.sources.sheet_cells import Formats, format_codes

# How a character that XML cannot hold is written into a text.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


Runs = tuple[tuple[bool | None, str], ...]


@dataclass(frozen=True)
class SheetPart:
    """A worksheet: its name, the name of its part, and whether its tab is hidden."""

    name: str
    part: str
    hidden: bool


class XlsxParts:
    """What the sheets of one workbook have in common; ``main`` is the name of its main part.

    Everything raises ``InputError`` when the part it needs is damaged: a 0.95 that should read 95%
    is worse than a file that is refused.
    """

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._main = main
        root = package.tree(main)
        if root is None or local(root) != "workbook":
            raise damaged(package.path)
        self._root = root
        self._relations = package.relations(main)
        self._runs: dict[int, Runs] = {}

    @cached_property
    def sheets(self) -> list[SheetPart]:
        """The worksheets in the order of their tabs; charts and macro sheets are left out."""
        found = []
        for sheet in self._root.iterfind("{*}sheets/{*}sheet"):
            relation = self._relations.get(attribute(sheet, "id") or "")
            if relation is None or relation.target not in self._package:
                # A sheet that cannot be found might be the one that matters.
                raise damaged(self._package.path)
            if relation.kind == "worksheet":
                hidden = (sheet.get("state") or "visible").strip().lower() != "visible"
                found.append(SheetPart(sheet.get("name", ""), relation.target, hidden))
        return found

    @property
    def runs(self) -> dict[int, Runs]:
        """The runs of the shared texts that have several looks, where one may be struck out."""
        _ = self.texts  # they are found on the way
        return self._runs

    @cached_property
    def texts(self) -> list[str | None]:
        """The shared texts; None for one that says nothing."""
        found: list[str | None] = []
        # The same text may well be kept twice: as one object it is faster to compare.
        known: dict[str, str | None] = {"": None}
        part = self._part("sharedStrings")
        for item in self._package.elements(part, "{*}si") if part else ():
            if local(item) == "si":
                text = text_in(item)
                if len(item) > 1 or local(item[0] if len(item) else item) == "r":
                    runs = runs_in(item)
                    if runs and (self.formats.struck or any(struck for struck, _ in runs)):
                        self._runs[len(found)] = runs
                found.append(known.setdefault(text, text))
                if len(found) > MOST_TEXTS:
                    raise too_large(self._package.path, "工作簿里的文字太多")
        return found

    @cached_property
    def has_long_text(self) -> bool:
        """Whether one of the shared texts is longer than a cell can hold."""
        return any(text is not None and len(text) > LONGEST_TEXT for text in self.texts)

    @cached_property
    def formats(self) -> Formats:
        """The number format of every cell style."""
        own: dict[int, str] = {}
        numbers: list[int] = []
        fonts: list[int] = []
        part = self._part("styles")
        root = self._package.tree(part) if part else None
        try:
            for element in () if root is None else root.iterfind("{*}numFmts/{*}numFmt"):
                own[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
            for element in () if root is None else root.iterfind("{*}cellXfs/{*}xf"):
                numbers.append(int(element.get("numFmtId", "0")))
                fonts.append(int(element.get("fontId", "0")))
        except ValueError as error:
            raise damaged(self._package.path) from error
        found = () if root is None else root.iterfind("{*}fonts/{*}font")
        crossed = {number for number, font in enumerate(found) if _is_struck(font)}
        struck = frozenset(style for style, font in enumerate(fonts) if font in crossed)
        codes = format_codes(own, numbers)
        return Formats(codes, from_1904=self._from_1904, struck=struck)

    @property
    def _from_1904(self) -> bool:
        return any(is_true(p.get("date1904")) for p in self._root.iterfind("{*}workbookPr"))

    def _part(self, kind: str) -> str | None:
        return next((r.target for r in self._relations.values() if r.kind == kind), None)


def text_in(item: etree._Element) -> str:
    """The text of a shared or inline string: its runs without the readings printed above them."""
    if len(item) == 1 and local(item[0]) == "t":
        text = item[0].text or ""
    else:
        pieces = []
        for child in item:
            name = local(child)
            if name == "t":
                pieces.append(child.text or "")
            elif name == "r":
                pieces += [t.text or "" for t in child if local(t) == "t"]
        text = "".join(pieces)
    return unescaped(text) if "_x" in text else text


def runs_in(item: etree._Element) -> Runs:
    """The runs of a text with several looks: whether each is struck out, and what it says.

    None for a run without a look of its own, which has that of its cell.
    """
    runs: list[tuple[bool | None, str]] = []
    for child in item:
        if local(child) == "r":
            looks = child.find("{*}rPr")
            text = "".join(t.text or "" for t in child if local(t) == "t")
            text = unescaped(text) if "_x" in text else text
            runs.append((None if looks is None else _is_struck(looks), text))
    return tuple(runs)


def _is_struck(looks: etree._Element) -> bool:
    return any(
        struck.get("val", "1").strip().lower() not in ("0", "false", "off")
        for struck in looks.iterchildren("{*}strike")
    )


def unescaped(text: str) -> str:
    """``_x000D_`` as the character that it stands for."""
    return _ESCAPED.sub(lambda found: _character(int(found[1], 16), found[0]), text)


def _character(code: int, written: str) -> str:
    # Halves of a pair stand for nothing alone.
    return written if 0xD800 <= code < 0xE000 else chr(code)
