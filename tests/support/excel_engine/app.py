"""The application: modes, dialogs and status bar (all imitated), and running macros."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from .calls import ExcelError, Remote

if TYPE_CHECKING:
    from .books import Books
    from .engine import ExcelOverLibreOffice
    from .ranges import Range

_DEFAULT_ANSWERS = {"ok": "ok", "ok_cancel": "ok", "yes_no": "yes", "yes_no_cancel": "yes"}
_POSSIBLE = {name: set(name.split("_")) for name in _DEFAULT_ANSWERS}
_CALCULATION = ("automatic", "manual", "semiautomatic")


class Alert(NamedTuple):
    """A message box that was shown, and what it answered."""

    prompt: str
    title: str | None
    buttons: str
    mode: str | None
    answer: str


def _plain(name: str, doc: str) -> property:
    """A switch of the application that only has to remember what was set."""

    def get(self: App) -> Any:
        return self._state[name]

    def put(self: App, value: Any) -> None:
        self._state[name] = value

    return property(get, put, doc=doc)


class App(Remote):
    """The one application of a session."""

    def __init__(self, excel: ExcelOverLibreOffice) -> None:
        self.excel = excel
        self.xl = excel
        self._state: dict[str, Any] = {
            "screen_updating": True,
            "enable_events": True,
            "display_alerts": True,
            "interactive": True,
            "visible": True,
            "status_bar": False,
            "cut_copy_mode": None,
            "calculation": "automatic",
        }

    screen_updating = _plain("screen_updating", "Remembered only.")
    enable_events = _plain("enable_events", "Remembered only.")
    display_alerts = _plain("display_alerts", "Remembered only.")
    interactive = _plain("interactive", "Remembered only.")
    visible = _plain("visible", "Remembered only.")

    @property
    def api(self) -> Any:
        """Dialogs for which xlwings has no words."""
        return self.excel.api

    @property
    def engine(self) -> Any:
        """The engine itself."""
        from .engine import _ENGINE

        return _ENGINE

    @property
    def pid(self) -> int:
        """The number of this process, so that nobody ends LibreOffice by it."""
        return os.getpid()

    @property
    def hwnd(self) -> int:
        """Some window."""
        return 1

    @property
    def version(self) -> str:
        """As Excel 2016 and all after it."""
        return "16.0"

    @property
    def path(self) -> str:
        """Some folder of programs."""
        return str(self.excel.folder)

    @property
    def startup_path(self) -> str:
        """XLSTART, which is not there."""
        return str(self.excel.folder / "XLSTART")

    @property
    def calculation(self) -> str:
        """``manual`` stops automatic calculation in all open workbooks, as in Excel."""
        return self._state["calculation"]

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in _CALCULATION:
            raise ExcelError(f"no mode of calculation: {value}")
        if not self.excel.books:
            # Excel refuses this while no workbook is open.
            raise ExcelError("Calculation needs an open workbook")
        self._state["calculation"] = value
        for book in self.excel.books:
            book.document.enableAutomaticCalculation(value != "manual")
            if value != "manual":
                book.document.calculate()

    def calculate(self) -> None:
        """Computes what has changed, in every open workbook."""
        for book in self.excel.books:
            book.document.calculate()

    @property
    def status_bar(self) -> str | bool:
        """The text, or ``False`` while Excel has the bar; set texts are in ``status_history``."""
        return self._state["status_bar"]

    @status_bar.setter
    def status_bar(self, value: str | bool | None) -> None:
        shown = False if value is None or value is False else str(value)
        self._state["status_bar"] = shown
        self.excel.status_history.append(shown or None)

    @property
    def cut_copy_mode(self) -> str | None:
        """``copy`` after a copy without destination."""
        return self._state["cut_copy_mode"]

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: Any) -> None:
        self._state["cut_copy_mode"] = value or None

    @property
    def books(self) -> Books:
        """The open workbooks."""
        from .books import Books

        return Books(self.excel)

    @property
    def selection(self) -> Range | None:
        """What is selected in the active workbook; of several areas the first."""
        from .books import selection

        return None if self.excel.active is None else selection(self.excel.active)

    def activate(self, steal_focus: bool = False) -> None:
        """Has no window to bring forward."""

    def calculate_full(self) -> None:
        """Computes every formula of every open workbook."""
        for book in self.excel.books:
            book.document.calculateAll()

    def alert(
        self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: Any
    ) -> str:
        """Records the message; answers the next of ``answers``, else as if Enter were pressed."""
        answer = self.excel.answers.popleft() if self.excel.answers else _DEFAULT_ANSWERS[buttons]
        if answer not in _POSSIBLE[buttons]:
            raise AssertionError(f"a message with the buttons {buttons} cannot answer {answer}")
        self.excel.alerts.append(Alert(prompt, title, buttons, mode, answer))
        return answer

    def run(self, macro: str, args: Any) -> Any:
        """Runs ``'perfgoals.xlam'!Name`` or ``Name``: a stand-in, else the add-in's own code."""
        return self.excel.basic.run(macro, tuple(args))

    def quit(self) -> None:
        """Closes every workbook without saving; LibreOffice goes on."""
        for book in list(self.excel.books):
            self.excel.close(book)

    def kill(self) -> None:
        """Like quit."""
        for book in list(self.excel.books):
            self.excel.close(book)
