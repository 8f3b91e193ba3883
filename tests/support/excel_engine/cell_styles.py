"""Cell styles that conditional formats of LibreOffice need: one for each look, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.libreoffice import properties

if TYPE_CHECKING:
    from .engine import ExcelOverLibreOffice

_SHEET = "engine-style"


def style_with(excel: ExcelOverLibreOffice, document: Any, look: dict[str, Any]) -> str:
    """The name of the document's style with these properties of UNO (``CellBackColor``, …)."""
    name = "Condition " + " ".join(f"{key}={look[key]}" for key in sorted(look))
    if not document.StyleFamilies.getByName("CellStyles").hasByName(name):
        if any(sheet.isProtected() for sheet in document.Sheets):
            _bring_along(excel, document, name, look)
        else:
            _make(document, name, look)
    return name


def _make(document: Any, name: str, look: dict[str, Any]) -> None:
    made = document.createInstance("com.sun.star.style.CellStyle")
    document.StyleFamilies.getByName("CellStyles").insertByName(name, made)
    for key, value in look.items():
        setattr(made, key, value)


def _bring_along(
    excel: ExcelOverLibreOffice, document: Any, name: str, look: dict[str, Any]
) -> None:
    """Makes it elsewhere and imports a sheet that uses it, which goes again.

    LibreOffice lets no style be changed while any sheet of the workbook is protected.
    """
    other = excel.desktop.loadComponentFromURL(
        "private:factory/scalc", "_blank", 0, properties(Hidden=True)
    )
    try:
        _make(other, name, look)
        sheet = other.Sheets.getByIndex(0)
        sheet.Name = _SHEET
        sheet.getCellRangeByName("A1").CellStyle = name
        document.Sheets.importSheet(other, _SHEET, document.Sheets.Count)
        document.Sheets.removeByName(_SHEET)
    finally:
        other.close(True)
