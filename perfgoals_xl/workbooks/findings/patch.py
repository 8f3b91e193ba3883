"""The sheet 校验结果 of a workbook that is patched, written anew where it stands.

Our columns are written under their headings; all else on the sheet stays or moves with its finding:
what staff wrote beside and below the list, the rows above it, widths, notes, their own formats.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Sequence

from lxml import etree

from perfgoals_xl.addresses import a1, row_column
from perfgoals_xl.errors import InputError
from perfgoals_xl.workbooks.findings.findings_table import HEAD_LOOK
from perfgoals_xl.workbooks.findings.layout import BY_KEY
from perfgoals_xl.workbooks.findings.patched_sheet import Writer, heading_of, links_of
from perfgoals_xl.workbooks.findings.plan import Plan
from perfgoals_xl.workbooks.patching.part_xml import Element, elements
from perfgoals_xl.workbooks.patching.schema_order import insert
from perfgoals_xl.workbooks.patching.sheet_rows import Rows

_AREA = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


def patch_findings(
    root: Element, writer: Writer, plan: Plan, sheets: Collection[str], *, name: str
) -> None:
    """Write the lines of ``plan`` into the worksheet ``root``, linked to the cells on ``sheets``.

    Raises ``InputError`` where something beside the list cannot move; ``name`` is the sheet.
    """
    old = Rows(root, writer.tag)
    data = root.find(writer.tag("sheetData"))
    assert data is not None
    try:
        made = _rows(writer, plan, old, sheets)
    except InputError as error:
        raise InputError(error.message, hint=error.hint, sheet=name, cell=error.cell) from error
    data[:] = made
    _forget_dimension(root, writer)
    _set_columns(root, writer, plan)
    _merges(root, writer, plan)
    _links(root, writer, plan, sheets)
    _filter(root, writer, plan)
    writer.outline(root, plan)
    if "severity" in plan.added:
        insert(root, writer.severities(plan))


def _rows(writer: Writer, plan: Plan, old: Rows, sheets: Collection[str]) -> list[Element]:
    """All rows of the sheet as they are to be."""
    found: dict[int, Element] = {}
    for row, element in old.rows.items():
        if row <= plan.header:
            found[row] = element
            element.set("r", str(row + 1))
    head = found.setdefault(plan.header, writer.new_row(plan.header))
    for key in plan.added:
        _set(
            writer, head, writer.text(plan.header, plan.columns[key], BY_KEY[key].header, HEAD_LOOK)
        )
    position = plan.columns["position"]
    there = {column: cell.get("s") for column, cell in _cells(writer, head)}
    heading = writer.text(plan.header, position, heading_of("position", plan), HEAD_LOOK)
    if there.get(position):
        heading.set("s", str(there[position]))
    _set(writer, head, heading)
    if plan.summary is not None:
        row, column = plan.summary
        style = old.cells[row][column].get("s", "0")
        _set(writer, found[row], writer.summary(plan, row, column, style))
    found |= writer.rows(plan, sheets)
    for row, at in plan.stray_moves.items():
        found[at] = writer.new_row(at, attributes=old.attributes(row))
        for column in old.cells.get(row, {}):
            cell = old.copied(row, column, at)
            if cell is not None:
                _set(writer, found[at], cell)
    _set_beside(writer, plan, old, found)
    return [found[at] for at in sorted(found)]


def _set_beside(writer: Writer, plan: Plan, old: Rows, found: dict[int, Element]) -> None:
    """What stands beside the list: with its finding, or where it was as long as nothing moves."""
    ours = set(plan.columns.values())
    # What moves with its finding comes last: its place may have been another one's.
    for row in sorted(old.cells, key=lambda row: (row in plan.own_moves, row)):
        if row <= plan.header or row in plan.stray_moves:
            continue
        at = plan.own_moves.get(row, row)
        for column in old.cells[row]:
            # Also what the reader does not see, such as a formula that nobody calculated yet.
            holds = column in plan.own or old.holds(row, column)
            cell = old.copied(row, column, at) if column not in ours and holds else None
            if cell is not None:
                _set(writer, found.setdefault(at, writer.new_row(at)), cell)


def _set(writer: Writer, row: Element, cell: Element) -> None:
    """Put a cell into its row, in place of the one that is there."""
    column = row_column(str(cell.get("r")))[1]
    at = 0
    for number, (there, other) in enumerate(list(_cells(writer, row))):
        if there == column:
            row.replace(other, cell)
            return
        if there < column:
            at = number + 1
    row.insert(at, cell)
    if row.get("spans") is not None:
        del row.attrib["spans"]


def _cells(writer: Writer, row: Element) -> list[tuple[int, Element]]:
    found, column = [], -1
    for cell in row.iter(writer.tag("c")):
        address = cell.get("r")
        column = row_column(address)[1] if address else column + 1
        found.append((column, cell))
    return found


def _forget_dimension(root: Element, writer: Writer) -> None:
    for item in root.findall(writer.tag("dimension")):
        root.remove(item)


def _set_columns(root: Element, writer: Writer, plan: Plan) -> None:
    """Widths of the columns that are added; those that are there stay as staff made them."""
    if not plan.added:
        return
    columns = root.find(writer.tag("cols"))
    if columns is None:
        columns = etree.Element(writer.tag("cols"))
        insert(root, columns)
    for key in plan.added:
        number = plan.columns[key] + 1
        for item in list(elements(columns)):
            first, last = int(item.get("min", "1")), int(item.get("max", "1"))
            if first <= number <= last:
                # A width for all columns to the end of the sheet is cut in front of ours.
                columns.remove(item)
                for low, high in ((first, number - 1), (number + 1, last)):
                    if low <= high:
                        part = copy.copy(item)
                        columns.append(part)
                        part.set("min", str(low))
                        part.set("max", str(high))
        writer.column(columns, key, plan.columns[key])
    columns[:] = sorted(elements(columns), key=lambda item: int(item.get("min", "1")))


def _merges(root: Element, writer: Writer, plan: Plan) -> None:
    """Merged cells: those above and beside the list stay, those of rows below move with them."""
    merged = root.find(writer.tag("mergeCells"))
    if merged is None:
        return
    ours = set(plan.columns.values())
    for item in list(elements(merged)):
        area = _area(str(item.get("ref")))
        top, left, bottom, right = area
        if bottom <= plan.header:
            continue
        if top in plan.stray_moves:
            down = plan.stray_moves[top] - top
            item.set("ref", f"{a1(top + down, left)}:{a1(bottom + down, right)}")
        elif set(range(left, right + 1)) & ours:
            merged.remove(item)
    merged.set("count", str(len(list(elements(merged)))))
    if not list(elements(merged)):
        root.remove(merged)


def _links(root: Element, writer: Writer, plan: Plan, sheets: Collection[str]) -> None:
    """Links of our own column anew; links in other cells move with their rows."""
    links = root.find(writer.tag("hyperlinks"))
    if links is None:
        links = etree.Element(writer.tag("hyperlinks"))
        insert(root, links)
    ours = set(plan.columns.values())
    for item in list(elements(links)):
        top, left, bottom, _ = _area(str(item.get("ref")))
        if top <= plan.header:
            continue
        moves = plan.stray_moves if top in plan.stray_moves else plan.own_moves
        if top not in plan.stray_moves and left in ours:
            links.remove(item)
        elif top in moves and top == bottom:
            item.set("ref", a1(moves[top], left))
    for attributes in links_of(plan, sheets):
        writer.child(links, "hyperlink", **attributes)
    if not len(links):
        root.remove(links)


def _filter(root: Element, writer: Writer, plan: Plan) -> None:
    """The filter covers the list as it is now, and hides nothing of it."""
    found = root.find(writer.tag("autoFilter"))
    if found is None:
        return
    _, left, _, right = _area(str(found.get("ref")))
    right = max(right, *plan.visible.values())
    found.set("ref", f"{a1(plan.header, left)}:{a1(plan.last, right)}")
    for child in list(found):
        found.remove(child)
    state = root.find(writer.tag("sortState"))
    if state is not None:
        root.remove(state)


def _area(ref: str) -> Sequence[int]:
    match = _AREA.fullmatch(ref)
    if match is None:
        return 0, 0, 0, 0
    top, left = row_column(match[1] + match[2])
    bottom, right = row_column(match[3] + match[4]) if match[3] else (top, left)
    return top, left, bottom, right
