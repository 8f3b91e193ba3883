"""A sheet being drawn: cells, merged areas, number formats."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfgoals_xl.addresses import a1


@dataclass(frozen=True)
class Cell:
    """A value as a file holds it, and its number format."""

    value: object
    format: str | None = None
    strike: bool = False


@dataclass
class Page:
    """The cells of a sheet by row and column, from zero, and its merged areas.

    ``origin`` is added to every place: a form is drawn without knowing where it will stand.
    What stands left of the column ``bounded`` is another form's and no bottom of this one.
    """

    name: str
    hidden: str = "visible"
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    origin: tuple[int, int] = (0, 0)
    bounded: int = 0

    def put(
        self,
        row: int,
        column: int,
        value: object,
        *,
        down: int = 1,
        across: int = 1,
        format: str | None = None,
        strike: bool = False,
    ) -> str:
        """Write a cell, merged over so many rows and columns; its address."""
        at = (row + self.origin[0], column + self.origin[1])
        if value is not None and value != "":
            assert at not in self.cells, (at, value, self.cells[at])
            self.cells[at] = Cell(value, format, strike)
        if down > 1 or across > 1:
            self.merges.append((*at, at[0] + down - 1, at[1] + across - 1))
        return a1(*at)

    @property
    def bottom(self) -> int:
        """The first row below everything, without the origin."""
        last = [row for row, column in self.cells if column >= self.bounded]
        last += [area[2] for area in self.merges if area[1] >= self.bounded]
        return max([*last, self.origin[0] - 1]) + 1 - self.origin[0]

    @property
    def right(self) -> int:
        """The first column right of everything, without the origin."""
        last = [column for _, column in self.cells] + [area[3] for area in self.merges]
        return max([*last, self.origin[1] - 1]) + 1 - self.origin[1]

    def rows(self) -> list[list[Cell | None]]:
        """All rows from the first of the sheet, each as wide as the sheet."""
        height = max((row for row, _ in self.cells), default=-1) + 1
        width = max((column for _, column in self.cells), default=-1) + 1
        return [[self.cells.get((r, c)) for c in range(width)] for r in range(height)]

    def told(self) -> str:
        """The sheet as text: a line for each row, ``|`` between columns, without what is blank."""
        lines = []
        for number, row in enumerate(self.rows(), start=1):
            shown = ["" if cell is None else _shown(cell) for cell in row]
            lines.append(f"{number:3} " + " | ".join(shown).rstrip(" |"))
        merged = ", ".join(f"{a1(t, left)}:{a1(b, right)}" for t, left, b, right in self.merges)
        return "\n".join([f"[{self.name}] {self.hidden}", *lines, f"merged: {merged}"])


def _shown(cell: Cell) -> str:
    text = str(cell.value).replace("\n", "\\n") if isinstance(cell.value, str) else repr(cell.value)
    return f"{text} as {cell.format}" if cell.format else text
