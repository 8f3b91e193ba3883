"""How much of a drawing was read: every field and every part of an indicator is a point."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from perfgoals_xl.addresses import Place, a1, row_column
from perfgoals_xl.declaration import PROJECT_FIELDS, Declaration, Remark, RemarkKind
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.reading.load import load
from tests.support.layouts.columns import SIGN_WORDS
from tests.support.layouts.drawing import Draw
from tests.support.layouts.files import PLACED, write
from tests.support.layouts.wanted import Want, WantedItem, WantedProject

_PARTS = ("level1", "level2", "level3", "target_value")
_SIGNS = [(text, sign) for sign, texts in SIGN_WORDS.items() for text in texts if len(text) > 1]


class Wrong(NamedTuple):
    """A point that was not won: the field, what was drawn, what was read."""

    field: str
    drawn: str
    read: str
    told: bool = False

    def __str__(self) -> str:
        return f"{self.field}: {self.read or '(blank)'} for {self.drawn or '(blank)'}"


@dataclass
class Score:
    """The points of a draw."""

    right: int = 0
    all: int = 0
    wrongs: list[Wrong] = field(default_factory=list)

    def point(
        self, name: str, drawn: object, read: object, *, right: bool, told: bool = False
    ) -> None:
        """Count one field; ``told`` whether the account names a cell that it was drawn in."""
        self.all += 1
        self.right += right
        if not right:
            self.wrongs.append(Wrong(name, _plain(drawn), _plain(read), told))

    @property
    def told(self) -> int:
        """The points that were lost in a cell that the account names."""
        return sum(wrong.told for wrong in self.wrongs)


def score(draw: Draw, folder: Path) -> Score:
    """Write the drawing into ``folder``, read it and compare."""
    found = Score()
    path = write(draw.pages, draw.layout["format"], folder / "表")
    refusal = ""
    try:
        declaration = load(path)
    except InputError as error:
        declaration = None
        refusal = error.message
        found.wrongs.append(Wrong("refused", "", refusal))
    except Exception as error:  # told as what it is, with the seed, and the run goes on
        declaration = None
        found.wrongs.append(Wrong("crash", "", repr(error)))
    finally:
        path.unlink()
    Comparison(draw, declaration, found).compare()
    # A refusal says of everything that nothing was read, if it says where a form seems to be.
    if _ADDRESS.search(refusal):
        found.wrongs = [wrong._replace(told=True) for wrong in found.wrongs]
    return found


class Comparison:
    """A drawing beside the declaration that was read, None where it was refused."""

    def __init__(self, draw: Draw, declaration: Declaration | None, found: Score) -> None:
        self.draw, self.declaration, self.found = draw, declaration, found
        self.placed = draw.layout["format"] in PLACED
        self.projects = declaration.projects.records() if declaration else []
        self.indicators = declaration.indicators.records() if declaration else []
        told = (*declaration.remarks, *declaration.account) if declaration else ()
        self.remarked = {place for remark in told for place in _named(remark)}
        self.lacking = {remark.field for remark in told if remark.kind is RemarkKind.MISSING}
        # Cells of a page or a document stand where its reader counted them: told by what they say.
        self.quoted = set() if self.placed else {_plain(remark.value) for remark in told} - {""}

    def compare(self) -> None:
        """Count every point."""
        wanted, declaration = self.draw.wanted, self.declaration
        year = declaration.year if declaration else None
        self.found.point("year", wanted.year, year, right=year == wanted.year)
        if wanted.department is not None:
            read = declaration.department if declaration else None
            right = _plain(wanted.department) in _plain(read) if read else False
            self.found.point("department", wanted.department, read, right=right)
        left = list(range(len(self.projects)))
        for project in wanted.projects:
            name = _plain(project.fields["project_name"].value)
            same = [n for n in left if _plain(self.projects[n]["project_name"]) == name]
            # A name that was misread costs its own point and not the whole project.
            if not same and len(left) == len(wanted.projects) == 1:
                same = left
            number = same[0] if same else None
            if number is not None:
                left.remove(number)
            self._fields(project, number)
            self._items(project, number)
        for number in left:
            self.found.point("project", "", self.projects[number]["project_name"], right=False)

    def _fields(self, project: WantedProject, number: int | None) -> None:
        read: dict[str, Any] = dict(self.projects[number]) if number is not None else {}
        unit = read.get("amount_unit") or "万元"
        for name in PROJECT_FIELDS:
            value = read.get(name)
            if name in AMOUNT_FIELDS and isinstance(value, Decimal) and unit == "元":
                value = value.scaleb(-4)
            want = project.fields.get(name)
            if want is None or want.value is None:
                if value is not None:
                    place = self.declaration.projects.place(number, name)  # type: ignore[union-attr, arg-type]
                    told = place in self.remarked
                    self.found.point(f"{name} (not drawn)", "", value, right=False, told=told)
                continue
            right = _same(name, want, value)
            place = None
            if self.declaration is not None and number is not None:
                place = self.declaration.projects.place(number, name)
            self._judge(name, want, value, place, right=right)

    def _judge(
        self, name: str, want: Want, value: object, place: Place | None, *, right: bool
    ) -> None:
        cell = place.cell if place else None
        told = any(remark.cell in want.cells or remark == place for remark in self.remarked)
        told = told or (value is None and name in self.lacking) or _plain(want) in self.quoted
        if right and self.placed and want.cells and cell not in want.cells:
            drawn = "/".join(sorted(want.cells))
            self.found.point(f"{name} (cell)", drawn, cell, right=False, told=told)
        else:
            self.found.point(name, want.value, value, right=right, told=told)

    def _items(self, project: WantedProject, number: int | None) -> None:
        rows = [n for n, row in enumerate(self.indicators) if row["project"] == number]
        for item in project.items:
            best = max(rows, key=lambda n, item=item: self._alike(item, n), default=None)
            if best is None or self._alike(item, best) < 2:
                cells = item.level3.cells | item.target_value.cells
                told = any(remark.cell in cells for remark in self.remarked)
                for name in _PARTS:
                    drawn = item.level3.value
                    self.found.point(f"{name} (no row)", drawn, "", right=False, told=told)
                continue
            rows.remove(best)
            row: dict[str, Any] = dict(self.indicators[best])
            for name, want in self._parts(item, row):
                assert self.declaration is not None
                place = self.declaration.indicators.place(best, name)
                self._judge(name, want, row[name], place, right=_same(name, want, row[name]))
        for n in rows:
            row = dict(self.indicators[n])
            assert self.declaration is not None
            places = [self.declaration.indicators.place(n, name) for name in _PARTS]
            # A row that is none is told by any cell that is its own.
            told = bool(self.remarked.intersection(places[2:]))
            for name in _PARTS:
                self.found.point(f"{name} (row too many)", "", row[name], right=False, told=told)

    def _parts(self, item: WantedItem, row: dict[str, Any]) -> Iterator[tuple[str, Want]]:
        for name in (*_PARTS, "period_target_value", "weight", "standard", "note"):
            want = getattr(item, name)
            if want is not None and name in row:
                yield name, want

    def _alike(self, item: WantedItem, number: int) -> float:
        row: dict[str, Any] = dict(self.indicators[number])
        same = [_same(name, getattr(item, name), row[name]) for name in _PARTS]
        # Of two rows that are alike in as much, that of the name is meant.
        return sum(same) + same[2] * 1.5


_ADDRESS = re.compile(r"(?<![A-Z])([A-Z]{1,3}[1-9]\d*)(?::([A-Z]{1,3}[1-9]\d*))?")


def _named(remark: Remark) -> Iterator[Place]:
    """The cells that a remark names: its own, and those of its message."""
    yield remark.place
    for first, last in _ADDRESS.findall(remark.text):
        (top, left), (bottom, right) = row_column(first), row_column(last or first)
        for row in range(top, bottom + 1):
            yield from (Place(remark.place.sheet, a1(row, at)) for at in range(left, right + 1))


def _same(name: str, want: Want, value: object) -> bool:
    if isinstance(want.value, Decimal):
        return isinstance(value, Decimal) and value == want.value
    read = _normal(name, value)
    return any(read == _normal(name, text) for text in (want.value, *want.also))


def _plain(value: object) -> str:
    if isinstance(value, Want):
        value = value.value
    text = re.sub(r"</?\w+[^<>]*>", "", "" if value is None else str(value))
    return re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text))


def _normal(name: str, value: object) -> str:
    text = _plain(value)
    if name in ("level1", "level2"):
        text = re.sub(r"^\d+[-.、]", "", text)
        return text[:-2] if text.endswith("指标") and len(text) > 2 else text
    if name == "level3":
        return re.sub(r"^指标\d*[:.、]", "", text)
    if name in ("target_value", "period_target_value"):
        for words, sign in _SIGNS:
            if text.startswith(words):
                text = sign + text.removeprefix(words)
        return text.replace(">=", "≥").replace("<=", "≤").removeprefix("=")
    return text
