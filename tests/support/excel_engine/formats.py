"""How cells look: number formats, fonts, fills, lines, alignment, sizes. Real.

Excel's words and units on the outside, LibreOffice's inside. Alignments that LibreOffice does not
know raise ExcelError; diagonal lines are ignored.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .calls import ExcelError, Remote

if TYPE_CHECKING:
    from .ranges import Range

_UNSET = base_classes._UNSET
_MM100_PER_POINT = 2540 / 72
_MM100_PER_PIXEL = 2540 / 96
_DATE_OR_TIME = 2 | 4  # com.sun.star.util.NumberFormat
_HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "justify": "BLOCK",
    "fill": "REPEAT",
}
_VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}


def mixed(area: Any, name: str) -> bool:
    """Whether the cells differ in a property."""
    return area.getPropertyState(name).value == "AMBIGUOUS_VALUE"


def rgb(color: int) -> tuple[int, int, int] | None:
    """LibreOffice's colour as a tuple; ``None`` for none."""
    if color < 0:
        return None
    return color >> 16 & 255, color >> 8 & 255, color & 255


def uno_color(value: Any) -> int:
    """What xlwings takes for a colour (tuple, ``#rrggbb``, Excel's number, ``None``)."""
    if value is None:
        return -1
    if isinstance(value, str):
        return int(value.removeprefix("#"), 16)
    if isinstance(value, int):
        # Excel's numbers have red in the lowest byte.
        return (value & 255) << 16 | value & 0xFF00 | value >> 16 & 255
    red, green, blue = value
    return red << 16 | green << 8 | blue


def format_key(document: Any, code: str) -> int:
    """LibreOffice's number of Excel's format code, made where it is new."""
    import uno

    formats = document.NumberFormats
    locale = uno.createUnoStruct("com.sun.star.lang.Locale", "en", "US", "")
    if code in ("General", ""):
        return 0
    key = formats.queryKey(code, locale, False)
    if key == -1:
        key = formats.addNew(code, locale)
    return key


def number_format(document: Any, area: Any) -> str | None:
    """Excel's code; ``None`` where the cells differ."""
    if mixed(area, "NumberFormat"):
        return None
    found = document.NumberFormats.getByKey(area.NumberFormat)
    code = found.FormatString
    if found.Type & _DATE_OR_TIME:
        # LibreOffice shows these in capitals; texts in quotes stay.
        code = re.sub(r'"[^"]*"|[YMDHS]+', lambda m: m[0] if m[0][0] == '"' else m[0].lower(), code)
    return code


def horizontal(area: Any) -> str | None:
    """xlwings' word for the alignment; ``None`` where the cells differ."""
    if mixed(area, "HoriJustify"):
        return None
    found = area.HoriJustify.value
    return next(word for word, name in _HORIZONTAL.items() if name == found)


def set_horizontal(area: Any, word: str) -> None:
    """Aligns the cells."""
    import uno

    if word not in _HORIZONTAL:
        raise ExcelError(f"LibreOffice has no alignment {word}")
    area.HoriJustify = uno.Enum("com.sun.star.table.CellHoriJustify", _HORIZONTAL[word])


def vertical(area: Any) -> str | None:
    """xlwings' word for the alignment; ``None`` where the cells differ."""
    if mixed(area, "VertJustify"):
        return None
    return next((word for word, n in _VERTICAL.items() if n == area.VertJustify), "bottom")


def set_vertical(area: Any, word: str) -> None:
    """Aligns the cells."""
    if word not in _VERTICAL:
        raise ExcelError(f"LibreOffice has no alignment {word}")
    area.VertJustify = _VERTICAL[word]


def column_width(area: Any) -> float | None:
    """In characters of Calibri 11, as Excel measures; ``None`` where the columns differ."""
    widths = {column.Width for column in area.Columns}
    if len(widths) > 1:
        return None
    return round(max(widths.pop() / _MM100_PER_PIXEL - 5, 0) / 7, 2)


def set_column_width(area: Any, characters: float) -> None:
    """Raises ExcelError beyond Excel's 255."""
    if not 0 <= characters <= 255:
        raise ExcelError(f"no width of a column: {characters}")
    area.Columns.Width = round((characters * 7 + 5) * _MM100_PER_PIXEL)


def row_height(area: Any) -> float | None:
    """In points; ``None`` where the rows differ."""
    heights = {row.Height for row in area.Rows}
    return None if len(heights) > 1 else round(heights.pop() / _MM100_PER_POINT, 2)


def set_row_height(area: Any, points: float) -> None:
    """Raises ExcelError beyond Excel's 409.5."""
    if not 0 <= points <= 409.5:
        raise ExcelError(f"no height of a row: {points}")
    area.Rows.Height = round(points * _MM100_PER_POINT)


def _font_property(name: str, doc: str, into: Any, out: Any) -> property:
    def get(self: Font) -> Any:
        area = self._range.uno
        return None if mixed(area, f"Char{name}") else out(getattr(area, f"Char{name}"))

    def put(self: Font, value: Any) -> None:
        self._range._sheet._check_open()
        # Chinese characters are drawn with the font for Asian text; Excel has only one.
        for script in ("", "Asian") if name not in ("Color",) else ("",):
            setattr(self._range.uno, f"Char{name}{script}", into(value))

    return property(get, put, doc=doc)


def _slant(value: Any) -> Any:
    import uno

    return uno.Enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE")


def _weight(bold: Any) -> float:
    return 150.0 if bold else 100.0


class Font(Remote):
    """The font of a range; a property is ``None`` where the cells differ."""

    def __init__(self, range_: Range) -> None:
        self.excel = range_.excel
        self._range = range_

    @property
    def api(self) -> Font:
        """Truthy."""
        return self

    bold = _font_property("Weight", "Bold or not.", _weight, lambda v: v > 100)
    italic = _font_property("Posture", "Italic or not.", _slant, lambda v: v.value != "NONE")
    size = _font_property("Height", "In points.", float, float)
    name = _font_property("FontName", "The font's name.", str, str)
    color = _font_property("Color", "The colour.", uno_color, lambda v: rgb(max(v, 0)))


_SIDES = {
    "edge_top": "Top",
    "edge_bottom": "Bottom",
    "edge_left": "Left",
    "edge_right": "Right",
    "inside_vertical": "Vertical",
    "inside_horizontal": "Horizontal",
}
_STYLES = {"continuous": 0, "dot": 1, "dash": 2, "double": 3, "dash_dot": 16, "dash_dot_dot": 17}
_WEIGHTS = {"hairline": 2, "thin": 26, "medium": 53, "thick": 88}


class Border(Remote):
    """One side of a range."""

    def __init__(self, range_: Range, side: str) -> None:
        self.excel = range_.excel
        self._range = range_
        self._side = side

    @property
    def api(self) -> Border:
        """Truthy."""
        return self

    def _line(self) -> Any:
        side = _SIDES.get(self._side)
        return None if side is None else getattr(self._range.uno.TableBorder2, f"{side}Line")

    def _has_line(self) -> bool:
        line = self._line()
        return line is not None and (line.LineWidth or line.OuterLineWidth) > 0

    @property
    def line_style(self) -> str | None:
        """xlwings' word; ``None`` without a line."""
        if not self._has_line():
            return None
        found = self._line().LineStyle
        return next((word for word, number in _STYLES.items() if number == found), "continuous")

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        draw(self._range, [self._side], line_style=value)

    @property
    def weight(self) -> str | None:
        """The nearest of xlwings' words; ``None`` without a line."""
        if not self._has_line():
            return None
        width = self._line().LineWidth or self._line().OuterLineWidth
        return min(_WEIGHTS, key=lambda word: abs(_WEIGHTS[word] - width))

    @weight.setter
    def weight(self, value: str) -> None:
        draw(self._range, [self._side], weight=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """``None`` without a line."""
        return rgb(self._line().Color) if self._has_line() else None

    @color.setter
    def color(self, value: Any) -> None:
        draw(self._range, [self._side], color=value)


class Borders(Remote, base_classes.Borders):
    """The lines around and between the cells of a range."""

    def __init__(self, range_: Range) -> None:
        self.excel = range_.excel
        self.parent = range_

    @property
    def api(self) -> Borders:
        """Truthy."""
        return self

    def __getitem__(self, side: str) -> Border:
        return Border(self.parent, side)

    def _common(self, name: str) -> Any:
        found = {getattr(self[side], name) for side in self._grid_sides()}
        return found.pop() if len(found) == 1 else None

    @property
    def line_style(self) -> str | None:
        """What all sides share."""
        return self._common("line_style")

    @property
    def weight(self) -> str | None:
        """What all sides share."""
        return self._common("weight")

    @property
    def color(self) -> tuple[int, int, int] | None:
        """What all sides share."""
        return self._common("color")

    def set(
        self,
        which: list[str],
        *,
        line_style: Any = _UNSET,
        weight: Any = _UNSET,
        color: Any = _UNSET,
    ) -> None:
        """Draws the sides; as in Excel, a weight or colour alone draws a line where none was."""
        draw(self.parent, which, line_style=line_style, weight=weight, color=color)

    def clear(self, which: list[str]) -> None:
        """Removes lines."""
        draw(self.parent, which, line_style=None)


def draw(
    range_: Range,
    sides: list[str],
    *,
    line_style: Any = _UNSET,
    weight: Any = _UNSET,
    color: Any = _UNSET,
) -> None:
    """Changes the named sides of the range, all in one write."""
    range_._sheet._check_open()
    borders = range_.uno.TableBorder2
    names = {_SIDES[side] for side in sides if side in _SIDES}
    for name in (*_SIDES.values(), "Distance"):
        setattr(borders, f"Is{name}{'' if name == 'Distance' else 'Line'}Valid", name in names)
    for name in names:
        line = getattr(borders, f"{name}Line")
        if line_style is None:
            line.LineWidth = line.OuterLineWidth = line.InnerLineWidth = line.LineDistance = 0
        else:
            if not line.LineWidth:
                line.LineWidth, line.LineStyle = _WEIGHTS["thin"], _STYLES["continuous"]
            if color is not _UNSET:
                line.Color = uno_color(color)
            if weight is not _UNSET:
                line.LineWidth = _WEIGHTS[weight]
            if line_style is not _UNSET:
                line.LineStyle = _STYLES.get(line_style, _STYLES["dash_dot"])
            line.OuterLineWidth = line.LineWidth
        setattr(borders, f"{name}Line", line)
    range_.uno.TableBorder2 = borders
