"""Running macros: Python stand-ins, and the Basic code of a built add-in inside LibreOffice."""

from __future__ import annotations

import contextlib
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlwings as xw

from tests.support.libreoffice import properties

from .calls import ExcelError

if TYPE_CHECKING:
    from .engine import ExcelOverLibreOffice

_LIBRARY = "VBAProject"
_MISSING = "FormatConditions"
_PROCEDURE = re.compile(
    r"^[ \t]*(?:(?:Public|Private|Static)[ \t]+)*(?P<kind>Sub|Function)[ \t]+(?P<name>\w+)"
    r"(?P<body>.*?)^[ \t]*End (?P=kind)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


class Macros:
    """The add-in, opened in the same LibreOffice.

    A runtime error in Basic ends the function silently with an empty result; Excel would raise. So
    a macro that needs what LibreOffice's Basic does not have is refused, unless it has a stand-in.
    """

    def __init__(self, excel: ExcelOverLibreOffice, addin: Path | None) -> None:
        self._excel = excel
        self._path = addin
        self._document: Any = None
        self._module_of: dict[str, str] = {}
        self._refused: set[str] = set()
        if addin is not None:
            self._open(addin)

    def run(self, macro: str, arguments: tuple[Any, ...]) -> Any:
        """Runs the macro. Raises ExcelError where there is none of that name."""
        book, _, name = macro.rpartition("!")
        if (stand_in := self._excel.macros.get(name)) is not None:
            with self._excel.calls.outside():
                return stand_in(xw.App(impl=self._excel.impl), *arguments)
        module, _, name = name.rpartition(".")
        if self._path is None or (book and book.strip("'").lower() != self._path.name.lower()):
            raise ExcelError(f"no macro {macro}")
        module = module or self._module_of.get(name.lower(), "")
        if not module:
            raise ExcelError(f"no macro {macro}")
        if name.lower() in self._refused:
            raise ExcelError(f"{macro}: LibreOffice's Basic has no {_MISSING}")
        provider = self._document.getScriptProvider()
        script = provider.getScript(
            f"vnd.sun.star.script:{_LIBRARY}.{module}.{name}?language=Basic&location=document"
        )
        with self._excel.office.answering(f"run {macro}"):
            return script.invoke(tuple(map(_argument, arguments)), (), ())[0]

    def close(self) -> None:
        """Closes the add-in."""
        if self._document is not None:
            with contextlib.suppress(Exception):
                self._document.close(True)
            self._document = None

    def _open(self, path: Path) -> None:
        copy = self._excel.folder / "addin" / path.name
        copy.parent.mkdir()
        shutil.copyfile(path, copy)
        with self._excel.office.answering(f"open {copy.name}"):
            self._document = self._excel.desktop.loadComponentFromURL(
                copy.as_uri(),
                "_blank",
                0,
                properties(
                    Hidden=True, FilterName="Calc MS Excel 2007 VBA XML", MacroExecutionMode=4
                ),
            )
        if self._document is None:
            raise ExcelError(f"cannot open {copy.name}")
        library = self._document.BasicLibraries.getByName(_LIBRARY)
        for module in library.ElementNames:
            source = library.getByName(module)
            if "VBA_ModuleType=VBAClassModule" in source or " Declare " in source:
                # While there is one module that it cannot compile, nothing at all runs: those with
                # classes or with functions of Windows, which are xlwings' own.
                library.removeByName(module)
                continue
            procedures = {
                match["name"].lower(): match["body"] for match in _PROCEDURE.finditer(source)
            }
            self._module_of |= dict.fromkeys(procedures, module)
            self._refused |= _using(procedures, _MISSING)


def _using(procedures: dict[str, str], word: str) -> set[str]:
    """The procedures of a module that need the word, themselves or by one that they call."""
    found: set[str] = set()
    wanted = {word.lower()}
    while wanted:
        words = re.compile(r"\b(?:" + "|".join(wanted) + r")\b", re.IGNORECASE)
        wanted = {
            name for name, body in procedures.items() if name not in found and words.search(body)
        }
        found |= wanted
    return found


def _argument(value: Any) -> Any:
    """Basic gets 0 for an integer of pyuno where it wants a Long by reference."""
    if isinstance(value, (list, tuple)):
        return tuple(map(_argument, value))
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
