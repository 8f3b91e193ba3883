"""xlwings' own server for worksheet functions, without Windows: pywin32 is all that is stubbed.

Run as a program it answers JSON on standard input, ``[[function, [argument, ...]], ...]``, with
the list of what Excel would be given. An argument that is no plain value is a dictionary:
``{"range": rows}``, ``{"date": iso}``, ``{"error": scode}``, ``{"money": digits}`` (a cell in a
currency format), ``{"missing": true}``.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import json
import sys
from decimal import Decimal
from importlib.machinery import ModuleSpec
from types import ModuleType
from unittest.mock import MagicMock

MODULE = "perfgoals_xl.excel.udfs"
_MISSING = -2147352572
_RANGE_IID = "{00020846-0000-0000-C000-000000000046}"
_STUBBED = (
    *("pythoncom", "pywintypes", "win32api", "win32con", "win32event", "win32gui", "win32process"),
    *("win32timezone", "win32com", "win32com.client", "win32com.server", "win32com.server.util"),
    *("win32com.server.dispatcher", "win32com.server.policy", "xlwings._win32patch"),
)


class _Stub(ModuleType):
    """A module that has whatever is asked for."""

    __file__ = "stub.dll"

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = MagicMock(name=f"{self.__name__}.{name}")
        setattr(self, name, made)
        return made


class _Dispatch:
    """What pywin32 makes of a range."""

    def __init__(self, rows):
        # Excel gives the value itself for a single cell.
        self.Value = rows[0][0] if len(rows) == len(rows[0]) == 1 else rows
        self.Row = self.Column = 1
        self.Rows, self.Columns = MagicMock(Count=len(rows)), MagicMock(Count=len(rows[0]))
        self._oleobj_ = MagicMock()
        self._oleobj_.GetTypeInfo().GetTypeAttr().iid = _RANGE_IID

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return MagicMock(name=name)


def start():
    """xlwings' server object, with everything of xlwings imported as on Windows."""
    import xlwings

    for name in _STUBBED:
        module = _Stub(name)
        module.__spec__ = ModuleSpec(name, None)
        sys.modules[name] = module
        parent, _, child = name.rpartition(".")
        if parent in sys.modules and parent.startswith("win32com"):
            setattr(sys.modules[parent], child, module)
    sys.modules["pywintypes"].IID = str
    sys.modules["pywintypes"].TimeType = dt.datetime
    sys.modules["pywintypes"].com_error = type("com_error", (Exception,), {})
    sys.modules["pywintypes"].error = type("error", (Exception,), {})
    sys.modules["win32timezone"].TimeZoneInfo.utc = lambda: dt.UTC
    client = sys.modules["win32com.client"]
    for kind in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass"):
        setattr(client, kind, type(kind, (), {}))
    sys.modules["xlwings._win32patch"].CoClassBaseClass = client.CoClassBaseClass
    sys.modules["pythoncom"].TypeIIDs = {sys.modules["pythoncom"].IID_IDispatch: bytearray}

    def unwrap(variant):
        raise TypeError(variant)

    sys.modules["win32com.server.util"].unwrap = unwrap
    ctypes.oledll = ctypes.windll = MagicMock()
    python_dll, ctypes.PyDLL = ctypes.PyDLL, MagicMock()
    from xlwings import _xlwindows

    ctypes.PyDLL = python_dll
    xlwings._xlwindows = _xlwindows
    xlwings.engines.add(xlwings.main.Engine(impl=_xlwindows.engine))
    from xlwings import com_server, udfs

    xlwings.func, xlwings.arg = udfs.xlfunc, udfs.xlarg
    sys.platform = "win32"  # from here on: what is imported above would look for Windows itself
    return com_server.XLPython()


def variant(value):
    """A value of the question as pywin32 hands it over."""
    if not isinstance(value, dict):
        return value
    [(kind, content)] = value.items()
    if kind == "range":
        return _Dispatch(tuple(tuple(map(variant, row)) for row in content))
    if kind == "date":
        return dt.datetime.fromisoformat(content).replace(tzinfo=dt.UTC)
    if kind == "money":
        return Decimal(content)
    return content if kind == "error" else _MISSING


def plain(value):
    """A result as JSON has it, with its type where JSON has none."""
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    return value


def main():
    server = start()
    answers = [
        plain(
            server.CallUDF(
                MODULE, name, tuple(map(variant, arguments)), None, _Dispatch(((None,),))
            )
        )
        for name, arguments in json.load(sys.stdin)
    ]
    function_info = {
        name: getattr(sys.modules[MODULE], name).__xlfunc__
        for name in sys.modules["perfgoals_xl.excel.functions.function_registry"].FUNCTIONS
    }
    described = {
        name: [info["category"], *(argument["doc"] for argument in info["args"])]
        for name, info in function_info.items()
    }
    json.dump({"answers": answers, "described": described}, sys.stdout)


if __name__ == "__main__":
    main()
