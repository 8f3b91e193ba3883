"""What may be typed into cells: read, set as a list, or deleted. Real."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import formats, grammar
from .calls import Remote

if TYPE_CHECKING:
    from .ranges import Range

_TYPES = {
    "ANY": "none",
    "WHOLE": "whole_number",
    "DECIMAL": "decimal",
    "DATE": "date",
    "TIME": "time",
    "TEXT_LEN": "text_length",
    "LIST": "list",
    "CUSTOM": "custom",
}


class DataValidation(Remote):
    """The validation of a range."""

    def __init__(self, range_: Range) -> None:
        self.excel = range_.excel
        self._range = range_

    @property
    def api(self) -> None:
        """Nothing that xlwings lacks."""
        return None

    @property
    def type(self) -> str:
        """xlwings' word; ``inconsistent`` where the cells differ."""
        if formats.mixed(self._range.uno, "Validation"):
            return "inconsistent"
        return _TYPES.get(self._range.uno.Validation.Type.value, "unknown")

    @property
    def formula1(self) -> str | None:
        """The source of a list, or what is compared with."""
        text = self._range.uno.Validation.getFormula1()
        return grammar.to_excel(text) if text else None

    @property
    def source(self) -> str | None:
        """The list: ``a,b,c`` or a formula."""
        if self.type != "list":
            return None
        text = self._range.uno.Validation.getFormula1()
        if text.startswith('"'):
            return ",".join(part.strip('"') for part in text.split(";"))
        return "=" + grammar.to_excel(text)

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        """A list of texts, or of the cells of a range."""
        import uno

        self._range._sheet._check_open()
        if isinstance(source, list):
            text = ";".join('"' + value.replace('"', '""') + '"' for value in source)
        else:
            text = source.uno.AbsoluteName
        validation = self._range.uno.Validation
        validation.Type = uno.Enum("com.sun.star.sheet.ValidationType", "LIST")
        validation.setFormula1(text)
        validation.ShowList = int(in_cell_dropdown)
        self._range.uno.Validation = validation

    def delete(self) -> None:
        """Lets anything be typed."""
        import uno

        self._range._sheet._check_open()
        validation = self._range.uno.Validation
        validation.Type = uno.Enum("com.sun.star.sheet.ValidationType", "ANY")
        self._range.uno.Validation = validation
