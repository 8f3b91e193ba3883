"""A built add-in open in LibreOffice, whose Basic knows most of VBA.

with opened_addin(office, path) as addin:
    assert addin.run("PgGuard.PgFirstLine", "a") == "a"
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.libreoffice import properties
from tests.support.vba_modules import NOT_OURS

if TYPE_CHECKING:
    from tests.support.libreoffice import Office

_ADDIN_FILTER = "Calc MS Excel 2007 VBA XML"  # LibreOffice opens an .xlam with no other
_LIBRARY = "VBAProject"


@contextlib.contextmanager
def opened_addin(office: Office, addin: Path) -> Iterator[OpenedAddin]:
    """The add-in open in LibreOffice."""
    if not office._alive():
        office.stop()
        office.start()
    with office.answering(f"open {addin.name}"):
        component = office._desktop.loadComponentFromURL(
            addin.as_uri(),
            "_blank",
            0,
            properties(Hidden=True, ReadOnly=True, FilterName=_ADDIN_FILTER, MacroExecutionMode=4),
        )
    assert component is not None
    try:
        yield OpenedAddin(office, component)
    finally:
        component.close(True)


class OpenedAddin:
    """An add-in that LibreOffice has open."""

    def __init__(self, office: Office, component: Any) -> None:
        self._office = office
        self.component = component

    @property
    def modules(self) -> dict[str, str]:
        """The modules of its VBA project with the source that LibreOffice made of them."""
        library = self.component.BasicLibraries.getByName(_LIBRARY)
        return {name: library.getByName(name) for name in library.ElementNames}

    def drop_xlwings(self) -> None:
        """Takes xlwings' modules out of the open copy.

        LibreOffice cannot compile their ``#Const``, and then runs no procedure of any module.
        """
        library = self.component.BasicLibraries.getByName(_LIBRARY)
        for name in NOT_OURS:
            library.removeByName(name)

    def run(self, procedure: str, *arguments: Any) -> Any:
        """The result of ``Module.Procedure``; ``None`` also where it ends with an error."""
        address = f"vnd.sun.star.script:{_LIBRARY}.{procedure}?language=Basic&location=document"
        with self._office.answering(f"run {procedure}"):
            script = self.component.getScriptProvider().getScript(address)
            result, _, _ = script.invoke(arguments, (), ())
        return result
