"""How the cells of a range look, and the size of their rows and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import formats
from .calls import Remote

if TYPE_CHECKING:
    from .formats import Borders, Font
    from .sheets import Sheet


class Appearance(Remote, shown="Range"):
    """The part of a range that is about looks."""

    _sheet: Sheet
    uno: Any
    document: Any

    @property
    def number_format(self) -> str | None:
        """Excel's code; ``None`` where the cells differ."""
        return formats.number_format(self.document, self.uno)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._sheet._check_open()
        self.uno.NumberFormat = formats.format_key(self.document, value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The fill; ``None`` without one; black where the cells differ, as on Windows."""
        if formats.mixed(self.uno, "CellBackColor"):
            return (0, 0, 0)
        return formats.rgb(self.uno.CellBackColor)

    @color.setter
    def color(self, value: Any) -> None:
        self._sheet._check_open()
        self.uno.CellBackColor = formats.uno_color(value)

    def set_colors(self, colors: Any) -> None:
        """A fill for each cell, ``...`` to leave one as it is."""
        for r, row in enumerate(colors):
            for c, color in enumerate(row):
                if color is not ...:
                    self(r + 1, c + 1).color = color

    @property
    def font(self) -> Font:
        """The font of the cells."""
        return formats.Font(self)

    @property
    def borders(self) -> Borders:
        """The lines around and between the cells."""
        return formats.Borders(self)

    @property
    def wrap_text(self) -> bool | None:
        """Whether long texts go on in a new line; ``None`` where the cells differ."""
        if formats.mixed(self.uno, "IsTextWrapped"):
            return None
        return bool(self.uno.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._sheet._check_open()
        self.uno.IsTextWrapped = bool(value)

    @property
    def horizontal_alignment(self) -> str | None:
        """One of xlwings' words; ``None`` where the cells differ."""
        return formats.horizontal(self.uno)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self._sheet._check_open()
        formats.set_horizontal(self.uno, value)

    @property
    def vertical_alignment(self) -> str | None:
        """One of xlwings' words; ``None`` where the cells differ."""
        return formats.vertical(self.uno)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self._sheet._check_open()
        formats.set_vertical(self.uno, value)

    @property
    def column_width(self) -> float | None:
        """In characters of the normal font; ``None`` where the columns differ."""
        return formats.column_width(self.uno)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._sheet._check_open()
        formats.set_column_width(self.uno, value)

    @property
    def row_height(self) -> float | None:
        """In points; ``None`` where the rows differ."""
        return formats.row_height(self.uno)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self._sheet._check_open()
        formats.set_row_height(self.uno, value)

    @property
    def row_hidden(self) -> bool | None:
        """``None`` where the rows differ."""
        shown = {bool(row.IsVisible) for row in self.uno.Rows}
        return None if len(shown) > 1 else not shown.pop()

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self._sheet._check_open()
        self.uno.Rows.IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        """``None`` where the columns differ."""
        shown = {bool(column.IsVisible) for column in self.uno.Columns}
        return None if len(shown) > 1 else not shown.pop()

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self._sheet._check_open()
        self.uno.Columns.IsVisible = not value

    def autofit(self, axis: str | None = None) -> None:
        """Fits rows and columns to what LibreOffice shows in them."""
        self._sheet._check_open()
        if axis in ("rows", "r", None):
            self.uno.Rows.OptimalHeight = True
        if axis in ("columns", "c", None):
            self.uno.Columns.OptimalWidth = True
