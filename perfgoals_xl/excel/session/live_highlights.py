"""Highlights in an open workbook: the conditional formats that look up findings on 校验结果.

Fills and borders of the staff stay theirs. A sheet that has our formats for its present name is
left alone, unless the form has grown beyond them; a copied or renamed sheet still asks for the
findings of its old name and gets new ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from perfgoals_xl.addresses import Area
from perfgoals_xl.excel.session.sheet_layout import macro
from perfgoals_xl.workbooks.findings.highlights import COLOURS, LEAST, spacious
from perfgoals_xl.workbooks.findings.layout import LOOKED_UP, highlight_formulas

_MARKER = LOOKED_UP["cell"]
# The orders of so many sheets stay below the length of text that Excel takes at once.
_AT_ONCE = 40
_FAILED = "?"  # As in addin/vba/PgLayout.bas; no sheet can have this name.


def highlight(book: Any, areas: Mapping[str, Area]) -> list[str]:
    """See to it that sheets of an open workbook show their findings, in their areas.

    Returns the names of the sheets that refused because they are protected.
    """
    if not areas:
        return []
    orders = [_order(name, area) for name, area in areas.items()]
    try:
        told = [_told(book, orders[at : at + _AT_ONCE]) for at in range(0, len(orders), _AT_ONCE)]
    except Exception:
        # No add-in answers, or it could not; the same is done from here, in more calls.
        return [
            name for name, area in areas.items() if not _highlight_sheet(book.sheets[name], area)
        ]
    return [name for names in told for name in names]


def _told(book: Any, orders: Sequence[str]) -> list[str]:
    """Have the add-in do it; the sheets that refused."""
    refused = macro(book, "PgHighlight")(book.name, _MARKER, "\n".join(orders))
    if refused == _FAILED:
        raise RuntimeError("PgHighlight")
    return str(refused).split("\t") if refused else []


def remove_highlights(sheet: Any) -> None:
    """Take our conditional formats off a sheet; those of the staff stay."""
    for item in _ours(sheet, LEAST):
        item.delete()


def _formats(name: str) -> list[tuple[str, str]]:
    """Colour and formula of each format, the gravest first."""
    return [(COLOURS[label], f"={formula}") for label, formula in highlight_formulas(name)]


def _order(name: str, area: Area) -> str:
    """The line that addin/vba/PgLayout.bas takes for a sheet."""
    parts = [name, spacious(area).address, area.address]
    for colour, formula in _formats(name):
        red, green, blue = bytes.fromhex(colour.lstrip("#"))
        parts += [str(red + 256 * green + 65536 * blue), formula]
    return "\t".join(parts)


def _highlight_sheet(sheet: Any, area: Area) -> bool:
    wanted = _formats(sheet.name)
    formulas = sorted(formula for _, formula in wanted)
    covered = spacious(area)
    ours = _ours(sheet, covered)
    # Each is on one rectangle from A1, so where the last cell has them, all have.
    last = _ours(sheet, Area(area.bottom, area.right, area.bottom, area.right))
    if all(sorted(item.formula for item in some) == formulas for some in (ours, last)):
        return True
    try:
        for item in ours:
            item.delete()
        # Each is put before the others, so the gravest comes last.
        for colour, formula in reversed(wanted):
            formats = sheet.range(covered.address).conditional_formats
            formats.add_custom(formula, fill_color=colour)
    except Exception:
        # A protected sheet refuses in the words of its engine.
        return False
    return True


def _ours(sheet: Any, area: Area) -> list[Any]:
    formats = list(sheet.range(area.address).conditional_formats)
    # From the last to the first: deleting one moves those behind it.
    return [item for item in reversed(formats) if _MARKER in (item.formula or "")]
