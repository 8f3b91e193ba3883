"""Excel's part for the VBA of a built add-in: pyOpenVBA's model of Excel and its interpreter.

    host = VbaHost(addin)
    host.open_book()
    host.click("PgValidateBook")
    assert host.commands == ["import perfgoals_xl.excel.macros as m; m.validate_book()"]

All modules of the add-in are read from the file and run, xlwings' own one too: up to where it loads
its DLL, makes a COM object or reads its settings file. There it is handed over to this host.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.apps.excel._model import Application, Workbook, Workbooks
from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    NULL,
    Interpreter,
    VBAArray,
    VBADate,
    VBAErrorValue,
    VBAInt,
    VBAObject,
    member,
    method,
    to_text,
)

from tests.support.vba_modules import runnable_modules

# XlCVError: what CVErr makes of Excel's constants.
EXCEL_ERRORS = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?",
    2036: "#NUM!", 2042: "#N/A",
}  # fmt: skip


class VbaHost:
    """A running Excel with the add-in in it and no workbook open; RunPython only notes commands."""

    def __init__(self, addin: Path) -> None:
        self.commands: list[str] = []
        """What RunPython had Python run."""
        self.servers: list[str] = []
        """The command lines with which Python was started; the DLL starts one Python for each."""
        self.popups: list[str] = []
        """What xlwings itself showed."""
        self.imported: list[str] = []
        """The modules that VBA had Python import."""
        self.run_python: Callable[[str], Any] = lambda command: None
        """Called with each command; may raise ``failure``."""
        self.import_module: Callable[[str], Any] = lambda name: None
        """Called with each module's name; may raise ``failure``."""
        self.take_message: Callable[[], str] = lambda: ""
        """What Python has to say when a command has been run."""
        self.settings_path = r"C:\Users\user\.perfgoals\perfgoals.conf"
        self.settings = {
            "INTERPRETER_WIN": r"C:\Python\python.exe",
            "UDF MODULES": "perfgoals_xl.excel.udfs",
            "USE UDF SERVER": "True",
            "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        }
        self.files: dict[str, dict[str, str]] = {
            self.settings_path: self.settings,
            r"C:\Python\python.exe": {},
        }
        """The files that are on this PC; of a settings file the settings."""
        self.caller: Any = None
        """The workbook that is ``Book.caller()`` for Python."""
        self.scheduled: list[tuple[VBADate, str]] = []
        """What OnTime has still to run."""
        self.described: dict[str, dict[str, Any]] = {}
        """What MacroOptions was given for each function."""
        self.excel = _Excel(self)
        for name, source in runnable_modules(addin).items():
            self.excel.add_module(source, name=name)
        self.application: Any = self.excel.application
        self.application._this_workbook = Workbook(self.application, addin.name)

    def open_book(self) -> Any:
        """A new workbook, now the active one, with one sheet: ``host.excel.sheet(1)``."""
        return self.excel.add_workbook()

    def click(self, callback: str) -> None:
        """Calls a callback as the ribbon does. An error that VBA does not catch is raised."""
        self.excel.run(f"PgRibbon.{callback}", _Control(callback))

    def call(self, name: str, *arguments: Any) -> Any:
        """The result of a procedure of the add-in; error values as their text (``#N/A``)."""
        return _shown(self.excel.run(name, *arguments))

    def range(self, address: str) -> Any:
        """A range of the active workbook's first sheet, as an argument of a worksheet function."""
        return self.excel.sheet(1).sheet.vba_get("Range", [address])

    def pass_time(self) -> None:
        """Runs what is scheduled now; what that schedules stays."""
        due, self.scheduled = self.scheduled, []
        for _, procedure in due:
            self.excel.run(procedure.rpartition("!")[2])

    @property
    def messages(self) -> list[str]:
        """The text of every MsgBox."""
        return [text for _, text, _, _ in self.excel.dialogs]

    def call_udf(self, module: str, name: str, arguments: Sequence[Any]) -> Any:
        """As xlwings' server calls a function whose arguments are read with ``ndim=2``."""
        function = getattr(importlib.import_module(module), name)
        parameters = list(inspect.signature(function).parameters.values())
        values = [
            _default(parameter) if given is MISSING else _rows(_sent(given))
            for parameter, given in zip(parameters, arguments, strict=True)
        ]
        rows = _rows(function(*values))
        if len(rows) > 1:
            return _received(rows)
        return _received(rows[0] if len(rows[0]) > 1 else rows[0][0])


def failure(description: str, number: int = 1000) -> Exception:
    """What a fault behind ``XLPy`` is in VBA; ``On Error`` catches it."""
    return VBARuntimeError(number, description)


class _Host(VBAObject):
    """PgHost: the COM objects of xlwings' module and the settings file."""

    vba_type_name = "PgHost"

    def __init__(self, host: VbaHost) -> None:
        self.host = host

    @method
    def HasSetting(self, path: object = MISSING, key: object = MISSING) -> object:
        return to_text(key) in self.host.files[to_text(path)]

    @method
    def Setting(self, path: object = MISSING, key: object = MISSING) -> object:
        return self.host.files[to_text(path)][to_text(key)]

    # WScript.Shell.

    @method
    def ExpandEnvironmentStrings(self, text: object = MISSING) -> object:
        return to_text(text)

    @method
    def Popup(
        self,
        text: object = MISSING,
        seconds: object = MISSING,
        title: object = MISSING,
        kind: object = MISSING,
    ) -> object:
        self.host.popups.append(to_text(text))
        return EMPTY

    @method
    def Server(self, command_line: object = MISSING) -> object:
        if to_text(command_line) not in self.host.servers:
            self.host.servers.append(to_text(command_line))
        return self

    # xlwings.com_server.XLPython.

    @method
    def Module(self, name: object = MISSING) -> object:
        self.host.imported.append(to_text(name))
        self.host.import_module(to_text(name))
        return self

    @method
    def Call(self, target: object = MISSING, name: object = MISSING) -> object:
        assert to_text(name) == "take_message"
        return self.host.take_message()

    @method
    def Str(self, item: object = MISSING) -> object:
        return item

    @method
    def SetAttr(
        self, target: object = MISSING, name: object = MISSING, value: object = MISSING
    ) -> object:
        assert to_text(name) == "BOOK_CALLER"
        self.host.caller = value
        return EMPTY

    @method
    def Exec(self, command: object = MISSING) -> object:
        self.host.commands.append(to_text(command))
        self.host.run_python(to_text(command))
        return EMPTY

    @method
    def CallUDF(
        self, module: object = MISSING, name: object = MISSING, arguments: object = MISSING
    ) -> object:
        assert isinstance(arguments, VBAArray)
        given = list(arguments.elements())
        try:
            return self.host.call_udf(to_text(module), to_text(name), given)
        except Exception as error:
            raise failure(f"Unexpected Python Error: {error}") from error


class _Control(VBAObject):
    """An IRibbonControl."""

    vba_type_name = "IRibbonControl"

    def __init__(self, name: str) -> None:
        self.name = name

    @member
    def Id(self) -> object:
        return self.name


class _Workbooks(Workbooks):
    @method
    def Add(self, Template: object = MISSING) -> object:
        book = super().Add(Template)
        # As in Excel, where a new workbook asks for nothing when it is closed.
        book.saved = True
        return book


class _Application(Application):
    """With the two members that only an Excel on a screen has."""

    def __init__(self, host: VbaHost) -> None:
        super().__init__()
        self.workbooks_ = _Workbooks(self)
        self.host = host

    @method
    def OnTime(
        self,
        EarliestTime: object = MISSING,
        Procedure: object = MISSING,
        LatestTime: object = MISSING,
        Schedule: object = MISSING,
    ) -> object:
        assert isinstance(EarliestTime, VBADate)
        entry = (EarliestTime, to_text(Procedure))
        if Schedule is MISSING or Schedule:
            self.host.scheduled.append(entry)
        else:
            kept = [e for e in self.host.scheduled if e[1] != entry[1]]
            if kept == self.host.scheduled:
                raise failure("Method 'OnTime' of object '_Application' failed", 1004)
            self.host.scheduled = kept
        return EMPTY

    @method
    def MacroOptions(
        self,
        Macro: object = MISSING,
        Description: object = MISSING,
        HasMenu: object = MISSING,
        MenuText: object = MISSING,
        HasShortcutKey: object = MISSING,
        ShortcutKey: object = MISSING,
        Category: object = MISSING,
        StatusBar: object = MISSING,
        HelpContextID: object = MISSING,
        HelpFile: object = MISSING,
        ArgumentDescriptions: object = MISSING,
    ) -> object:
        if self.active_book is None:
            raise failure("Cannot edit a macro on a hidden workbook.", 1004)
        assert isinstance(ArgumentDescriptions, VBAArray)
        self.host.described[to_text(Macro)] = {
            "description": to_text(Description),
            "category": to_text(Category),
            "arguments": [to_text(text) for text in ArgumentDescriptions.elements()],
        }
        return EMPTY


class _Bridge(ExcelBridge):
    def __init__(self, application: _Application) -> None:
        super().__init__(application)
        self._host = _Host(application.host)

    def global_object(self, name: str) -> object:
        return self._host if name == "pghost" else super().global_object(name)


class _Excel(ExcelApplication):
    def __init__(self, host: VbaHost) -> None:
        self.application = _Application(host)
        self.interpreter = Interpreter(_Bridge(self.application))
        self.application.interpreter = self.interpreter
        # These two the interpreter leaves to the PC that it does not have.
        self.interpreter._intrinsics = {
            **self.interpreter._intrinsics,
            "environ": lambda _, arguments, named: _environment(to_text(arguments[0])),
            "getattr": lambda _, arguments, named: _attributes(host, to_text(arguments[0])),
        }


def _environment(name: str) -> str:
    known = {"userprofile": r"C:\Users\user", "systemroot": r"C:\Windows"}
    return known.get(name.lower(), "")


def _attributes(host: VbaHost, path: str) -> VBAInt:
    if path not in host.files:
        raise failure("File not found", 53)
    return VBAInt(0, "Integer")


def _default(parameter: inspect.Parameter) -> Any:
    return None if parameter.default is inspect.Parameter.empty else parameter.default


def _rows(value: Any) -> list[list[Any]]:
    """As xlwings' ``ndim=2`` sees a value: always rows of cells."""
    if not isinstance(value, list):
        return [[value]]
    return value if value and isinstance(value[0], list) else [value]


def _sent(value: Any) -> Any:
    """A value of VBA as pywin32 gives it to Python."""
    if isinstance(value, VBAArray):
        if value.dimensions == 1:
            return [_sent(item) for item in value.elements()]
        (top, bottom), (left, right) = value.bounds
        return [
            [_sent(value.get([row, column])) for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]
    if value is EMPTY or value is NULL:
        return None
    assert not isinstance(value, VBAErrorValue | VBAObject), f"COM would make a number of {value}"
    if isinstance(value, VBADate):
        return value.to_datetime()
    if isinstance(value, bool | str | Decimal):
        return value
    return float(value)


def _received(value: Any) -> Any:
    """A value of Python as pywin32 gives it to VBA."""
    if isinstance(value, list):
        if value and isinstance(value[0], list):
            height, width = len(value), len(value[0])
            columns = [_received(row[column]) for column in range(width) for row in value]
            return VBAArray([(0, height - 1), (0, width - 1)], items=columns)
        return VBAArray([(0, len(value) - 1)], items=[_received(item) for item in value])
    if value is None:
        return NULL
    if isinstance(value, dt.date):
        day = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
        return VBADate((day - VBADate.EPOCH) / dt.timedelta(days=1))
    return value


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return [_shown(item) for item in value]
    if isinstance(value, VBAErrorValue):
        return EXCEL_ERRORS[value.number]
    return value
