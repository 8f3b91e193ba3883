"""The text boxes that float over a worksheet of an .xlsx or .xlsb, and the cell each is tied to."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from perfgoals_xl.reading.sources.archive import Package, local
from perfgoals_xl.reading.sources.budgets import LONGEST_TEXT

# What a box takes, in cells.
_COST = 20
_FOLDER = "xl/drawings/"
_ROWS, _COLUMNS = 1_048_576, 16_384


def text_boxes(package: Package, sheet: str) -> Iterator[tuple[int, int, str]]:
    """The row, column and text of every box on the sheet whose part is called ``sheet``.

    A drawing that is not tied to a cell is told at the first one.
    """
    if not package.has_folder(_FOLDER):
        return
    for relation in package.relations(sheet).values():
        if relation.kind != "drawing":
            continue
        tags = ("{*}twoCellAnchor", "{*}oneCellAnchor", "{*}absoluteAnchor")
        for anchor in package.elements(relation.target, *tags):
            package.count(_COST)
            row = _number(anchor.find("{*}from/{*}row"), _ROWS)
            column = _number(anchor.find("{*}from/{*}col"), _COLUMNS)
            for body in anchor.iter("{*}txBody"):
                # The fallback repeats the choice before it.
                if not any(local(above) == "Fallback" for above in body.iterancestors()):
                    yield row, column, _text(body)


def _text(body: etree._Element) -> str:
    lines = ("".join(t.text or "" for t in p.iter("{*}t")) for p in body.iterchildren("{*}p"))
    return "\n".join(lines).strip()[:LONGEST_TEXT]


def _number(element: etree._Element | None, end: int) -> int:
    text = "" if element is None else (element.text or "").strip()
    return min(int(text), end - 1) if text.isdecimal() and len(text) < 9 else 0
