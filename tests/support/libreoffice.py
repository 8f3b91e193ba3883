"""A real LibreOffice, without a window, that opens, changes, recalculates and saves workbooks.

    with Office() as office, office.open(path) as document:
        document.recalculate()
        assert document.value("项目清单", "F20") == 3352.99687

Each ``Office`` is a process with a profile and a pipe of its own, so several may run side by side.
"""

from __future__ import annotations

import builtins
import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType, TracebackType

_DEBIAN_PACKAGES = Path("/usr/lib/python3/dist-packages")
_START_SECONDS = 90
_CALL_SECONDS = 180

_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".pdf": "calc_pdf_Export",
    ".html": "HTML (StarCalc)",
}


class OfficeError(Exception):
    """LibreOffice could not be started, did not answer, or refused; with what it printed."""


class ErrorCell(NamedTuple):
    """A cell whose formula ends in an error, and the error as shown (``#DIV/0!``)."""

    sheet: str
    cell: str
    text: str


class Look(NamedTuple):
    """How a cell shows: its text; fill and text colour as ``#RRGGBB``, ``None`` for no fill."""

    text: str
    fill: str | None
    color: str | None


def unavailable() -> str | None:
    """Why no ``Office`` can be started here, or ``None`` where it can."""
    if shutil.which("soffice") is None:
        return "LibreOffice is not installed (make test installs libreoffice-calc where it may)"
    try:
        _uno()
    except ImportError as error:
        return f"python3-uno cannot be imported by Python {sys.version.split()[0]}: {error}"
    return None


def _uno() -> ModuleType:
    """The ``uno`` module of the system's python3-uno, importable by any CPython of its version."""
    if "uno" in sys.modules:
        return sys.modules["uno"]
    # Only for this import: no other package of the system may stand in for one of the venv. And uno
    # puts a hook of its own in the place of __import__, for names that are not used here.
    own_import = builtins.__import__
    sys.path.append(str(_DEBIAN_PACKAGES))
    try:
        import uno
    finally:
        sys.path.remove(str(_DEBIAN_PACKAGES))
        builtins.__import__ = own_import
    return uno


class Office:
    """A LibreOffice process. Starts with ``with`` or :meth:`start`; ends with the block."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._home: Path | None = None
        self._desktop: Any = None
        self._services: Any = None
        self._late = False

    def __enter__(self) -> Office:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Starts the process and waits for it to answer. Raises OfficeError with its output."""
        if (reason := unavailable()) is not None:
            raise OfficeError(reason)
        self._home = Path(tempfile.mkdtemp(prefix="perfgoals-office-"))
        self._late = False
        pipe = f"perfgoals_{os.getpid()}_{secrets.token_hex(4)}"
        connection = f"pipe,name={pipe};urp;StarOffice.ComponentContext"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    "soffice",
                    "--headless",
                    "--invisible",
                    "--nodefault",
                    "--nofirststartwizard",
                    "--nologo",
                    "--norestore",
                    f"-env:UserInstallation={(self._home / 'profile').as_uri()}",
                    f"--accept={connection}",
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Without UTF-8 it finds no file with a Chinese name.
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                start_new_session=True,
            )
        try:
            self._desktop = self._connect(f"uno:{connection}")
        except OfficeError:
            self.stop()
            raise

    def _connect(self, url: str) -> Any:
        uno = _uno()
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        refused = uno.getClass("com.sun.star.connection.NoConnectException")
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                context = resolver.resolve(url)
                # While it is still starting, a busy LibreOffice answers with nothing.
                if context is not None:
                    break
                raise refused
            except refused:
                if not self._alive():
                    raise self._error("LibreOffice ended while starting") from None
                if time.monotonic() > deadline:
                    raise self._error(
                        f"LibreOffice did not answer within {_START_SECONDS} s"
                    ) from None
                time.sleep(0.05)
        self._services = context.ServiceManager
        return self._services.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    def stop(self) -> None:
        """Ends the process and removes its profile. Does nothing where it does not run."""
        if self._process is None:
            return
        if self._desktop is not None and self._alive():
            # It closes the connection while it answers.
            with contextlib.suppress(Exception):
                self._desktop.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
        self._kill()
        self._process = self._desktop = self._services = None
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)

    @property
    def desktop(self) -> Any:
        """The desktop over UNO; started anew where an earlier call brought LibreOffice down."""
        if not self._alive():
            self.stop()
            self.start()
        return self._desktop

    @property
    def services(self) -> Any:
        """What makes LibreOffice's services, of the process that :attr:`desktop` answers from."""
        return self.desktop and self._services

    def open(self, path: Path | str) -> Document:
        """The workbook at ``path``, as a private copy: the file is neither locked nor changed.

        Starts LibreOffice anew where an earlier call brought it down. Raises OfficeError where it
        cannot open the file as a spreadsheet.
        """
        source = Path(path).resolve(strict=True)
        desktop = self.desktop
        assert self._home is not None
        folder = Path(tempfile.mkdtemp(dir=self._home))
        copy = folder / source.name
        shutil.copyfile(source, copy)
        with self.answering(f"open {source.name}"):
            component = desktop.loadComponentFromURL(
                copy.as_uri(), "_blank", 0, properties(Hidden=True)
            )
        if component is None:
            raise self._error(f"LibreOffice cannot open {source.name}")
        document = Document(self, component, folder)
        if not component.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            document.close()
            raise self._error(f"LibreOffice sees no spreadsheet in {source.name}")
        return document

    @contextlib.contextmanager
    def answering(self, action: str, seconds: float = _CALL_SECONDS) -> Iterator[None]:
        """Ends a process that does not answer in time; errors inside become OfficeError."""
        timer = threading.Timer(seconds, self._give_up)
        timer.start()
        try:
            yield
        except _uno().getClass("com.sun.star.uno.Exception") as error:
            reason = f"no answer within {seconds} s" if self._late else str(error)
            raise self._error(f"LibreOffice failed to {action}: {reason}") from error
        finally:
            timer.cancel()

    def _give_up(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        # The whole group: soffice is a script that starts oosplash that starts soffice.bin.
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)

    def _alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def _log(self) -> Path:
        assert self._home is not None
        return self._home / "output.txt"

    def _error(self, message: str) -> OfficeError:
        output = self._log.read_text("utf-8", "replace").strip()
        return OfficeError(f"{message}\n{output}" if output else message)


class Document:
    """An open workbook. Addresses are a sheet name and an A1 address; close it, or use ``with``."""

    def __init__(self, office: Office, component: Any, folder: Path) -> None:
        self.component = component
        self._office = office
        self._folder = folder

    def __enter__(self) -> Document:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the copy without saving; the file it was opened from stays as it was."""
        # A process that is gone has closed it already.
        with contextlib.suppress(Exception):
            self.component.close(True)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def sheet_names(self) -> list[str]:
        """All sheets, hidden ones too, in their order."""
        return list(self.component.Sheets.ElementNames)

    def recalculate(self) -> None:
        """Computes every formula: a file from XlsxWriter holds zeros until this is done."""
        with self._office.answering("recalculate"):
            self.component.calculateAll()

    def value(self, sheet: str, a1: str) -> float | str | None:
        """Number, text, or ``None`` for an empty cell. Raises OfficeError on an error value."""
        cell = self._cell(sheet, a1)
        if cell.getError():
            raise OfficeError(f"{sheet}!{a1} shows {cell.String} from {cell.Formula}")
        kind = cell.Type.value
        if kind == "EMPTY":
            return None
        is_text = kind == "TEXT" or (kind == "FORMULA" and cell.FormulaResultType2 == 2)
        return cell.String if is_text else cell.Value

    def text(self, sheet: str, a1: str) -> str:
        """What the cell shows, number format applied."""
        return self._cell(sheet, a1).String

    def formula(self, sheet: str, a1: str) -> str:
        """The formula with its ``=`` as LibreOffice writes it; "" where the cell has none."""
        cell = self._cell(sheet, a1)
        return cell.Formula if cell.Type.value == "FORMULA" else ""

    def set_value(self, sheet: str, a1: str, number: float) -> None:
        """Types a number; formulas that read it follow at once."""
        self._cell(sheet, a1).Value = float(number)

    def set_text(self, sheet: str, a1: str, text: str) -> None:
        """Types a text, which stays text also where it begins with ``=``; "" empties the cell."""
        self._cell(sheet, a1).String = text

    def set_formula(self, sheet: str, a1: str, formula: str) -> None:
        """Types a formula, ``=`` first, in LibreOffice's own grammar (``$Sheet.A1``, ``;``)."""
        self._cell(sheet, a1).Formula = formula

    def error_cells(self) -> list[ErrorCell]:
        """Every cell of the workbook whose formula ends in an error."""
        error_results = 4  # com.sun.star.sheet.FormulaResult.ERROR
        found = []
        for sheet in self.component.Sheets:
            areas = sheet.queryFormulaCells(error_results)
            for cell in areas.Cells:
                at = cell.CellAddress
                found.append(ErrorCell(sheet.Name, _a1(at.Column, at.Row), cell.String))
        return found

    def looks(self, sheet: str) -> dict[str, Look]:
        """How every cell of the sheet's used area shows, conditional formats applied.

        A merged area stands under the address of its first cell.
        """
        # UNO has no call for this; the HTML export knows it. It leaves out hidden rows and columns
        # and blank margins, so it is taken from a copy that has none.
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            self.save_as(folder / "copy.ods")
            with self._office.open(folder / "copy.ods") as copy:
                copy._show_all(sheet)
                copy.save_as(folder / "copy.html")
            page = html.parse(str(folder / "copy.html"), html.HTMLParser(encoding="utf-8"))
        return _read_looks(page.findall(".//table")[0])

    def save_as(self, path: Path | str) -> None:
        """Saves to ``path``; the suffix says the format (xlsx, xlsm, xls, ods, pdf, html)."""
        target = Path(path).resolve()
        with self._office.answering(f"save {target.name}"):
            self.component.storeToURL(
                target.as_uri(), properties(FilterName=_FILTERS[target.suffix.lower()])
            )

    def to_pdf(self, path: Path | str) -> None:
        """Prints all visible sheets to the PDF ``path``."""
        target = Path(path)
        if target.suffix.lower() != ".pdf":
            raise ValueError(f"not the name of a PDF: {target}")
        self.save_as(target)

    def _sheet(self, name: str) -> Any:
        if name not in self.sheet_names:
            raise OfficeError(f"no sheet {name}; there are {'、'.join(self.sheet_names)}")
        return self.component.Sheets.getByName(name)

    def _cell(self, sheet: str, a1: str) -> Any:
        found = self._sheet(sheet)
        with self._office.answering(f"find {sheet}!{a1}"):
            return found.getCellRangeByName(a1).getCellByPosition(0, 0)

    def _show_all(self, name: str) -> None:
        """Leaves the one sheet, every row and column shown, with a text in both outer corners."""
        sheet = self._sheet(name)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        area = sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)
        area.Rows.IsVisible = area.Columns.IsVisible = True
        for column, row in ((0, 0), (last.EndColumn, last.EndRow)):
            corner = sheet.getCellByPosition(column, row)
            if corner.Type.value == "EMPTY":
                corner.String = "\u00a0"
        # The export writes the visible sheets in their order: this one becomes the first.
        sheet.IsVisible = True
        self.component.Sheets.moveByName(name, 0)


def properties(**values: object) -> tuple[Any, ...]:
    """The arguments of a UNO call that takes named properties."""
    uno = _uno()
    made = []
    for name, value in values.items():
        item = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        item.Name, item.Value = name, value
        made.append(item)
    return tuple(made)


def _read_looks(table: Any) -> dict[str, Look]:
    looks: dict[str, Look] = {}
    covered: set[tuple[int, int]] = set()
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iter("td"):
            while (row, column) in covered:
                column += 1
            across, down = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
            covered.update((row + r, column + c) for r in range(down) for c in range(across))
            font = next((f for f in cell.iter("font") if f.get("color")), None)
            looks[_a1(column, row)] = Look(
                text=cell.text_content().strip(),
                fill=cell.get("bgcolor"),
                color=None if font is None else font.get("color"),
            )
    return looks


def _a1(column: int, row: int) -> str:
    """The address of a column and a row counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
