"""The files that may be dropped on a link or chosen in a menu: their suffixes and MIME types.

Plain texts (``.txt``, ``.md``) are read as well, but nobody wants the entry on every text of a PC.
"""

from __future__ import annotations

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."

MIME_TYPES: dict[str, tuple[str, ...]] = {
    ".xlsx": (f"{_OFFICE}spreadsheetml.sheet", "application/wps-office.xlsx"),
    ".xlsm": ("application/vnd.ms-excel.sheet.macroEnabled.12",),
    ".xls": ("application/vnd.ms-excel", "application/wps-office.xls"),
    ".xlsb": ("application/vnd.ms-excel.sheet.binary.macroEnabled.12",),
    ".et": ("application/wps-office.et",),
    ".ods": (f"{_OPEN}spreadsheet",),
    ".fods": (f"{_OPEN}spreadsheet-flat-xml",),
    ".docx": (f"{_OFFICE}wordprocessingml.document", "application/wps-office.docx"),
    ".doc": ("application/msword", "application/wps-office.doc"),
    ".wps": ("application/wps-office.wps",),
    ".rtf": ("application/rtf",),
    ".odt": (f"{_OPEN}text",),
    ".pdf": ("application/pdf",),
    ".csv": ("text/csv",),
    ".tsv": ("text/tab-separated-values",),
    ".html": ("text/html",),
    ".htm": ("text/html",),
    ".zip": ("application/zip",),
}
"""By suffix: the shared names, and those under which WPS registers the same files for itself."""


def every_type() -> tuple[str, ...]:
    """All MIME types once, in the order of the table."""
    return tuple(dict.fromkeys(name for names in MIME_TYPES.values() for name in names))


def every_suffix() -> tuple[str, ...]:
    """All suffixes without their dot."""
    return tuple(suffix.removeprefix(".") for suffix in MIME_TYPES)
