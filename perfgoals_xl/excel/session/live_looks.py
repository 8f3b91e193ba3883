"""The looks of written workbooks, put on cells of an open one: a few calls, however many cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from perfgoals_xl.addresses import a1
from perfgoals_xl.excel.session.cell_blocks import runs
from perfgoals_xl.workbooks.kit.styles import BODY_FONT, BODY_SIZE, LINE, Look, properties

_OUTER: Final = ["edge_top", "edge_bottom", "edge_left", "edge_right"]
_UNDERLINED: Final = 2  # Excel's number for a single line.


def wear(sheet: Any, top: int, bottom: int, looks: Mapping[int, Look]) -> None:
    """Give the columns of some rows, counted from zero, each its look.

    One call for each property and each stretch of columns that agree on it.
    """
    worn = {
        column: {"font_name": BODY_FONT, "font_size": BODY_SIZE, **properties(look)}
        for column, look in looks.items()
    }
    for name, put in _PROPERTIES.items():
        agreed: dict[Any, list[int]] = {}
        for column, own in worn.items():
            if name in own:
                agreed.setdefault(own[name], []).append(column)
        for value, columns in agreed.items():
            for left, right in runs(columns):
                put(sheet.range(f"{a1(top, left)}:{a1(bottom, right)}"), value)


def _font(name: str) -> Callable[[Any, Any], None]:
    return lambda cells, value: setattr(cells.font, name, value)


def _underline(cells: Any, value: int) -> None:
    # xlwings has no word for it.
    with suppress(Exception):
        cells.api.Font.Underline = _UNDERLINED * value


def _indent(cells: Any, value: int) -> None:
    with suppress(Exception):
        cells.api.IndentLevel = value


def _lines(cells: Any, value: int) -> None:
    rows, columns = cells.shape
    sides = [*_OUTER]
    sides += ["inside_vertical"] * (columns > 1) + ["inside_horizontal"] * (rows > 1)
    if value:
        cells.borders.set(sides, line_style="continuous", color=LINE)


def _align(cells: Any, value: str) -> None:
    cells.horizontal_alignment = value


def _stand(cells: Any, value: str) -> None:
    cells.vertical_alignment = value.removeprefix("v")


def _wrap(cells: Any, value: bool) -> None:
    cells.wrap_text = value


def _fill(cells: Any, value: str) -> None:
    cells.color = value


def _show(cells: Any, value: str) -> None:
    cells.number_format = value


# In this order: an alignment takes an indent away.
_PROPERTIES: Final[Mapping[str, Callable[[Any, Any], None]]] = {
    "font_name": _font("name"),
    "font_size": _font("size"),
    "bold": _font("bold"),
    "font_color": _font("color"),
    "underline": _underline,
    "bg_color": _fill,
    "border": _lines,
    "align": _align,
    "indent": _indent,
    "valign": _stand,
    "text_wrap": _wrap,
    "num_format": _show,
}
