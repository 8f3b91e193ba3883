"""The tables of a web page: where the cells stand that span columns and rows, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from perfgoals_xl.addresses import Area
from perfgoals_xl.form.column_labels import heads_indicators
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.grid import Told, ToldKind
from perfgoals_xl.reading.sources.budgets import LONGEST_TEXT, Budget
from perfgoals_xl.reading.sources.pages.html_looks import BLOCKS, UNSEEN, Looks

MOST_DEPTH = 250
"""Elements within elements; browsers stop at some 500."""
# No page of a form has more columns, and a span may state any number.
_MOST_COLUMNS = 1_000
_MOST_ROWS = 65_534
# A table in a cell of a form: with fewer rows of several cells it is an aside, text of its cell.
_ROWS_OF_A_FORM = 5
# Elements of one cell that are looked at to see what it is.
_MOST_LOOKED_AT = 20_000
_TYPED = frozenset(
    ("text", "number", "date", "month", "tel", "search", "url", "email", "datetime-local")
)
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")


class TooDeep(ValueError):
    """Elements stand within elements further than in any page."""


@dataclass
class Lines:
    """The rows of a page, one below the other, their merged areas, and what does not count."""

    budget: Budget
    looks: Looks
    sheet: str
    rows: list[list[object]] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    def add_line(self, text: str) -> None:
        """Adds a text outside tables as a row of its own, unless it says nothing."""
        if not is_blank(text):
            self.rows.append([text])
            self.budget.cells(1, self.sheet, len(self.rows))

    def tell(self, row: int, column: int, kind: ToldKind, texts: Iterable[str]) -> None:
        """Notes texts that stand in a cell and do not count."""
        self.told += [Told(row, column, kind, text) for text in texts]


class CellText:
    """Collects what elements say as the page shows it: blanks as one, blocks on their own lines.

    What is hidden or struck out is kept apart.
    """

    def __init__(self, looks: Looks, without: frozenset[etree._Element] = frozenset()) -> None:
        self._looks = looks
        self._without = without
        self._pieces: list[str] = []
        self._length = 0
        self.struck: list[str] = []
        self.hidden: list[str] = []

    @property
    def text(self) -> str:
        """What was collected; lines without blanks around them, none at the ends that is blank."""
        text = "".join(self._pieces)
        lines = [_BLANKS.sub(" ", line).strip() for line in text.split("\n")]
        found: list[str] = []
        for line in lines:
            if line or (found and found[-1]):
                found.append(line)
        return "\n".join(found).strip("\n").replace("\x00", " ")

    def add(self, element: etree._Element, depth: int = 0, *, kept: bool = False) -> None:
        """Adds an element with all in it; ``kept`` where line breaks of its text count."""
        if depth > MOST_DEPTH:
            raise TooDeep
        tag: object = element.tag
        if not isinstance(tag, str) or tag in UNSEEN or element in self._without:
            return
        if self._looks.is_hidden(element):
            self._apart(element, self.hidden)
            return
        if self._looks.is_struck(element):
            self._apart(element, self.struck)
            return
        if tag == "br":
            self._pieces.append("\n")
        elif tag == "input":
            self.say(_typed(element))
        elif tag == "select":
            self.say(_chosen(element))
        else:
            block = tag in BLOCKS and tag not in ("td", "th")
            kept = kept or tag in ("pre", "textarea", "xmp", "listing")
            if block:
                self._break()
            self.say(element.text, kept=kept)
            for child in element:
                self.add(child, depth + 1, kept=kept)
                self.say(child.tail, kept=kept)
            if block:
                self._break()
            elif tag in ("td", "th"):
                self.say(" ")

    def say(self, text: str | None, *, kept: bool = False) -> None:
        """Adds a piece of text; its line breaks are blanks unless they are ``kept``."""
        # What is too long for a cell already is refused: it need not become longer.
        if text and self._length <= 2 * LONGEST_TEXT:
            self._length += len(text)
            self._pieces.append(text if kept else _BLANKS.sub(" ", text))

    def _break(self) -> None:
        if self._pieces and not self._pieces[-1].endswith("\n"):
            self._pieces.append("\n")

    def _apart(self, element: etree._Element, found: list[str]) -> None:
        text = _BLANKS.sub(" ", all_text(element)).strip()
        if text:
            found.append(text)


def all_text(element: etree._Element) -> str:
    """All text in an element, shown or not, but for scripts and styles."""
    pieces: list[str] = []
    length = 0
    for inner in islice(element.iter(etree.Element), _MOST_LOOKED_AT):
        if inner.tag in ("script", "style"):
            piece = ""
        elif inner.tag == "input":
            piece = _typed(inner)
        else:
            piece = inner.text or ""
        if inner is not element:
            piece += inner.tail or ""
        pieces.append(piece)
        length += len(piece)
        if length > LONGEST_TEXT:
            break
    return "".join(pieces)[:LONGEST_TEXT]


def rows_in(table: etree._Element) -> list[etree._Element]:
    """The rows of a table as the page shows them: head, bodies, foot; those of no inner table."""
    parts: dict[str, list[etree._Element]] = {"thead": [], "": [], "tfoot": []}
    for child in table:
        if child.tag == "tr":
            parts[""].append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            parts[child.tag if child.tag in parts else ""] += child.iterchildren("tr")
    return parts["thead"] + parts[""] + parts["tfoot"]


def is_layout(table: etree._Element) -> bool:
    """Whether a table only puts parts of the page beside each other: it frames other tables.

    A table with a row of several cells that say something themselves is a form.
    """
    if next(_inner_tables(table), None) is None:
        return False
    for row in rows_in(table):
        plain = 0
        for cell in row.iterchildren("td", "th"):
            if next(_inner_tables(cell), None) is None and not is_blank(all_text(cell)):
                plain += 1
        if plain > 1:
            return False
    return True


def lay_out(table: etree._Element, lines: Lines, depth: int = 0) -> None:
    """Adds the rows of a table to ``lines``; those of a form in a cell follow the cell's row."""
    if depth > MOST_DEPTH:
        raise TooDeep
    # The last row of the table that the cell above takes of a column.
    taken: dict[int, int] = {}
    # The merged areas by the row of the table in which they end.
    ends: dict[int, list[Area]] = {}
    row = -1
    for element in rows_in(table):
        if lines.looks.is_hidden(element):
            _tell_hidden(element, lines)
            continue
        row += 1
        number = len(lines.rows)
        values: list[object] = []
        forms: list[etree._Element] = []
        column = 0
        for cell in element.iterchildren("td", "th"):
            if lines.looks.is_hidden(cell):
                _tell_hidden(cell, lines)
                continue
            while taken.get(column, -1) >= row:
                column += 1
            right, down = _span(cell, "colspan", 1), _span(cell, "rowspan", 0)
            if column + right > _MOST_COLUMNS:
                raise ValueError("too many columns")
            own = _forms_in(cell)
            forms += own
            value = _value(cell, lines, number, column, own)
            if value is not None:
                values += [None] * (column - len(values))
                values.append(value)
            if down > 1 or right > 1:
                area = Area(number, column, number, column + right - 1)
                ends.setdefault(row + down - 1, []).append(area)
            for covered in range(column, column + right) if down > 1 else ():
                taken[covered] = row + down - 1
            column += right
        lines.rows.append(values)
        lines.budget.cells(sum(v is not None for v in values), lines.sheet, number)
        _close(ends.pop(row, ()), number, lines)
        for form in forms:
            lay_out(form, lines, depth + 1)
    for areas in ends.values():
        _close(areas, len(lines.rows) - 1, lines)


def _close(areas: Iterable[Area], bottom: int, lines: Lines) -> None:
    for area in areas:
        if area.top < bottom or area.left < area.right:
            lines.budget.merge(lines.sheet)
            lines.merges.append(area._replace(bottom=bottom))


def _value(
    cell: etree._Element, lines: Lines, row: int, column: int, forms: list[etree._Element]
) -> str | None:
    collected = CellText(lines.looks, without=frozenset(forms))
    collected.add(cell)
    lines.tell(row, column, "struck", collected.struck)
    lines.tell(row, column, "hidden", collected.hidden)
    return collected.text or None


def _tell_hidden(element: etree._Element, lines: Lines) -> None:
    text = _BLANKS.sub(" ", all_text(element)).strip()
    if text:
        lines.tell(len(lines.rows), 0, "hidden", [text])


def _forms_in(cell: etree._Element) -> list[etree._Element]:
    return [inner for inner in _inner_tables(cell) if _is_form(inner)]


def _is_form(table: etree._Element) -> bool:
    several = 0
    for row in rows_in(table):
        texts: list[object] = [all_text(cell) for cell in row.iterchildren("td", "th")]
        if heads_indicators(texts):
            return True
        several += sum(not is_blank(text) for text in texts) > 1
    return several >= _ROWS_OF_A_FORM


def _inner_tables(element: etree._Element) -> Iterator[etree._Element]:
    """The tables in an element, without those inside them."""
    waiting = list(reversed(element))
    while waiting:
        inner = waiting.pop()
        if inner.tag == "table":
            yield inner
        else:
            waiting += reversed(inner)


def _span(cell: etree._Element, name: str, least: int) -> int:
    text = (cell.get(name) or "1").strip()
    if not (text.isascii() and text.isdigit()):
        return 1
    # No rows means all that are left.
    return min(int(text[:6]), _MOST_ROWS) or (_MOST_ROWS if least == 0 else 1)


def _typed(element: etree._Element) -> str:
    """What somebody typed into a field of a web form."""
    typed = (element.get("type") or "text").lower() in _TYPED
    return (element.get("value") or "") if typed else ""


def _chosen(element: etree._Element) -> str:
    options = list(element.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    return "、".join(all_text(option).strip() for option in chosen)
