"""What lies on a sheet besides its cells: pictures, text boxes, charts, buttons. Real.

LibreOffice knows fewer kinds than Excel; each gets the word that xlwings has for Excel's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .calls import ExcelError, Remote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sheets import Sheet

_KINDS = {
    "GraphicObjectShape": "picture",
    "OLE2Shape": "embedded_ole_object",
    "ControlShape": "form_control",
    "LineShape": "line",
    "ConnectorShape": "line",
    "GroupShape": "group",
    "TextShape": "text_box",
    "CaptionShape": "comment",
    "MediaShape": "media",
}
_SOLID, _PICTURE = 1, 6  # Excel's MsoFillType


class Shapes(Remote):
    """The shapes of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.excel = sheet.excel
        self._sheet = sheet

    @property
    def api(self) -> None:
        """Nothing that xlwings lacks."""
        return None

    def __len__(self) -> int:
        return self._sheet.uno.DrawPage.Count

    def __iter__(self) -> Iterator[Shape]:
        page = self._sheet.uno.DrawPage
        return iter([Shape(self._sheet, page.getByIndex(n)) for n in range(page.Count)])

    def __call__(self, key: int | str) -> Shape:
        for number, shape in enumerate(self, start=1):
            if key in (number, shape._name()):
                return shape
        raise ExcelError(f"no shape {key}")


class Shape(Remote):
    """One of them."""

    def __init__(self, sheet: Sheet, uno: Any) -> None:
        self.excel = sheet.excel
        self._sheet = sheet
        self.uno = uno

    @property
    def api(self) -> ShapeApi:
        """What of Excel's own object is imitated."""
        return ShapeApi(self)

    def _name(self) -> str:
        return self.uno.Name

    @property
    def name(self) -> str:
        """Its name."""
        return self._name()

    @property
    def type(self) -> str:
        """xlwings' word for its kind."""
        kind = _KINDS.get(self.uno.ShapeType.rpartition(".")[2], "auto_shape")
        model = getattr(self.uno, "Model", None) if kind == "embedded_ole_object" else None
        if model is not None and hasattr(model, "Diagram"):
            return "chart"
        return kind

    @property
    def text(self) -> str | None:
        """What it says; None where it says nothing."""
        return getattr(self.uno, "String", "") or None

    def delete(self) -> None:
        """Takes it away."""
        self._sheet._check_open()
        self._sheet.uno.DrawPage.remove(self.uno)


class ShapeApi:
    """Shape: its fill."""

    def __init__(self, shape: Shape) -> None:
        self.Fill = FillApi(shape)


class FillApi:
    """FillFormat: whether it is a picture."""

    def __init__(self, shape: Shape) -> None:
        style = getattr(getattr(shape.uno, "FillStyle", None), "value", "NONE")
        self.Type = _PICTURE if style == "BITMAP" else _SOLID
