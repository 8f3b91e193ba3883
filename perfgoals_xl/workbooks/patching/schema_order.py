"""The order that the schema wants among the children of a workbook, a worksheet, a stylesheet.

A new child goes behind the last one that belongs before it. Comments, processing instructions and
elements of extensions have no place of their own; mc:AlternateContent stands where its content
would.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from lxml import etree

from perfgoals_xl.workbooks.patching.part_xml import COMPATIBILITY, Element, elements, is_element

ORDER = {
    "workbook": (
        "fileVersion",
        "fileSharing",
        "workbookPr",
        "workbookProtection",
        "bookViews",
        "sheets",
        "functionGroups",
        "externalReferences",
        "definedNames",
        "calcPr",
        "oleSize",
        "customWorkbookViews",
        "pivotCaches",
        "smartTagPr",
        "smartTagTypes",
        "webPublishing",
        "fileRecoveryPr",
        "webPublishObjects",
        "extLst",
    ),
    "worksheet": (
        "sheetPr",
        "dimension",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetData",
        "sheetCalcPr",
        "sheetProtection",
        "protectedRanges",
        "scenarios",
        "autoFilter",
        "sortState",
        "dataConsolidate",
        "customSheetViews",
        "mergeCells",
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
        "hyperlinks",
        "printOptions",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "rowBreaks",
        "colBreaks",
        "customProperties",
        "cellWatches",
        "ignoredErrors",
        "smartTags",
        "drawing",
        "legacyDrawing",
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    ),
    "styleSheet": (
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
    ),
}
"""Root element → its children in order."""

_RANK = {root: {name: n for n, name in enumerate(names)} for root, names in ORDER.items()}


def rank(root: str, names: Collection[str]) -> int | None:
    """Where a child of ``root`` belongs that is, or holds alternatives of, these elements."""
    known = [_RANK[root][name] for name in names if name in _RANK[root]]
    return min(known, default=None)


def place(root: str, name: str, children: Sequence[Collection[str]]) -> int:
    """The index at which a new child ``name`` goes among ``children``.

    Of each child the names that :func:`rank` wants are given.
    """
    wanted = _RANK[root][name]
    before = [
        index
        for index, names in enumerate(children, start=1)
        if (at := rank(root, names)) is not None and at <= wanted
    ]
    return max(before, default=0)


def insert(parent: Element, child: Element) -> None:
    """Put a child into a workbook, worksheet or stylesheet at its place."""
    root, name = etree.QName(parent).localname, etree.QName(child).localname
    parent.insert(place(root, name, [names_of(other) for other in parent]), child)


def names_of(child: Element) -> frozenset[str]:
    """The elements that a child is, or of which it holds alternatives; none for a comment."""
    if not is_element(child):
        return frozenset()
    name = etree.QName(child)
    if (name.namespace, name.localname) == (COMPATIBILITY, "AlternateContent"):
        branches = elements(child)
        return frozenset(etree.QName(e).localname for b in branches for e in elements(b))
    parent = child.getparent()
    same = parent is not None and name.namespace == etree.QName(parent).namespace
    return frozenset([name.localname]) if same else frozenset()


def in_order(root: str, children: Iterable[Collection[str]]) -> bool:
    """Whether no child stands behind one that belongs after it; given as in :func:`place`."""
    ranks = [at for names in children if (at := rank(root, names)) is not None]
    return ranks == sorted(ranks)
