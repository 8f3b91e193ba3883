"""The VBA inside a built add-in, as text, and made fit for pyOpenVBA's interpreter."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from pyopenvba import ExcelFile

NOT_OURS = ("xlwings", "Dictionary")
"""The modules of the add-in that come from xlwings."""

# What of xlwings' module cannot run here, with what runs in its place.
_REPLACED = {
    "XLPy": """
Function XLPy()
    ' As in the original: what cannot be put together here cannot be started.
    Dim commandLine As String
    commandLine = XLPyCommand()
    Set XLPy = PgHost.Server(commandLine)
End Function""",
    "WScript": """
Function WScript(Optional CreateNew As Boolean) As Object
    Set WScript = PgHost
End Function""",
    "GetConfigFromFile": """
Function GetConfigFromFile(sFile As String, sName As String, Optional sValue As String) As Boolean
    GetConfigFromFile = PgHost.HasSetting(sFile, sName)
    If GetConfigFromFile Then sValue = PgHost.Setting(sFile, sName)
End Function""",
}

# The interpreter finds no label within a block.
_HANDLER = re.compile(
    r"(?s)On Error GoTo err_handling(.*?)GoTo end_err_handling.*?end_err_handling:"
)
_NO_LABEL = r"""On Error Resume Next\1If Err.Number <> 0 Then
                ShowError "", Err.Description
                RunPython = -1
            End If
            On Error GoTo 0"""


@functools.cache
def runnable_modules(addin: Path) -> dict[str, str]:
    """What the interpreter runs; of one and the same file always the same."""
    return {**own_modules(addin), "xlwings": _runnable(_source(addin, "xlwings"))}


def _runnable(source: str) -> str:
    """xlwings' module as the interpreter takes it."""
    # It knows no comments behind conditions.
    source = re.sub(r"(?m)^([ \t]*#(?:Const|If)\b[^'\r\n]*?)[ \t]*'[^\r\n]*", r"\1", source)
    source = source.replace("MAC_OFFICE_VERSION >= 15", "False")
    # Nor does it compare a text with a truth value.
    source = re.sub(r'(GetConfig\("[A-Z_ ]+", False\)) = True', r"CBool(\1)", source)
    source, found = _HANDLER.subn(_NO_LABEL, source)
    assert found == 1
    for name, replacement in _REPLACED.items():
        pattern = rf"(?ms)^Function {name}\(.*?^End Function"
        source, found = re.subn(pattern, lambda _, text=replacement: text.strip(), source)
        assert found == 1, name
    return source


def _source(addin: Path, name: str) -> str:
    with ExcelFile(addin) as package:
        return package.get_module(name)


def own_modules(addin: Path) -> dict[str, str]:
    """The sources of our own standard modules inside a built add-in, by name."""
    with ExcelFile(addin) as package:
        return {
            module.name: module.source
            for module in package.vba_project().modules
            if module.kind.name == "standard" and module.name not in NOT_OURS
        }
