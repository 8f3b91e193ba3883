"""What the add-in's copy of xlwings' VBA module does otherwise than the original, and why.

Nothing that a workbook, its name or its folder holds may run as code, choose an interpreter or
become a part of a command line. Every change is named at the head of the module.
"""

from __future__ import annotations

from typing import NamedTuple

PROJECT_NAME = "perfgoals"
"""Names the settings: ``%USERPROFILE%\\.perfgoals\\perfgoals.conf``."""


class Change(NamedTuple):
    """``old`` stands in the original ``times`` times; the first line of ``why`` names the change.

    A change without ``why`` belongs to the one before it.
    """

    old: str
    new: str
    why: str = ""
    times: int = 1


_EMBEDDED = """\
    For i = 1 To 2
        If i = 1 Then
            Set wb = ActiveWorkbook
        Else
            Set wb = ThisWorkbook
        End If
        For Each sht In wb.Worksheets
            If Right$(sht.Name, 3) = ".py" Then
                uses_embedded_code = True
                Exit For
            End If
        Next
    Next i

    If uses_embedded_code = True Then
        AddExcelDir = "false"
    Else
        AddExcelDir = GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")
    End If
"""
_EMBEDDED_COMMAND = """\
    ' PythonCommand with embedded code
    If uses_embedded_code = True Then
        licenseKey = GetConfig("LICENSE_KEY")
        If licenseKey = "" Then
            MsgBox "Embedded code requires a valid LICENSE_KEY."
            Exit Function
        Else
            PythonCommand = "import xlwings.pro;xlwings.pro.runpython_embedded_code('" & \
SourcePythonCommand & "')"
        End If
    End If

"""
_EMBEDDED_FUNCTIONS = """\
    ' Automatically add embedded code sheets
    For Each sht In wb.Worksheets
        If Right$(sht.Name, 3) = ".py" Then
            If GetUdfModules = "" Then
                GetUdfModules = Left$(sht.Name, Len(sht.Name) - 3)
            Else
                GetUdfModules = GetUdfModules & ";" & Left$(sht.Name, Len(sht.Name) - 3)
            End If
        End If
    Next

"""
_NAMES = """\
    #If Mac Then
        If InStr(ActiveWorkbook.FullName, "://") = 0 Then
            ActiveFullName = ToPosixPath(ActiveWorkbook.FullName)
            ThisFullName = ToPosixPath(ThisWorkbook.FullName)
        Else
            ActiveFullName = ActiveWorkbook.FullName
            ThisFullName = ThisWorkbook.FullName
        End If
    #Else
        ActiveFullName = ActiveWorkbook.FullName
        ThisFullName = ThisWorkbook.FullName
    #End If
"""

CHANGES = (
    Change(
        'Public Const PROJECT_NAME As String = "myaddin"',
        f'Public Const PROJECT_NAME As String = "{PROJECT_NAME}"',
        "the settings are in a file of our own",
    ),
    Change(
        'Optional default As String = "", Optional source As String = "") As Variant',
        'Optional default As String = "", Optional source As String = "user") As Variant',
        "no workbook and no folder brings settings of its own, such as another interpreter",
    ),
    Change(
        _EMBEDDED,
        '    AddExcelDir = "false"\n',
        "no code is looked for in the sheets of a workbook, nor modules in its folder",
    ),
    Change(_EMBEDDED_COMMAND, ""),
    Change(_EMBEDDED_FUNCTIONS, ""),
    Change(
        'AddExcelDir = GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")',
        'AddExcelDir = "false"',
    ),
    Change(
        'AddExcelDir & ";" & ActiveWorkbook.FullName & ";" & ThisWorkbook.FullName',
        'AddExcelDir & ";" & ";"',
        "no name of a workbook is a part of a command line: there its signs would be commands,"
        " and the DLL starts one Python for each command line",
    ),
    Change(_NAMES, ""),
    Change(
        'OPTIMIZED_CONNECTION = GetConfig("USE UDF SERVER", False)',
        "OPTIMIZED_CONNECTION = True",
    ),
    Change(
        'tail = " -B -c ""import sys, os;"',
        'tail = " -B -P -c ""import sys, os;"',
        "no module of the current folder is imported in place of an installed one",
    ),
    # xlwings puts an empty entry first, which is the current folder, where no PYTHONPATH is set.
    Change(
        '& PYTHONPATH & "\\"");import xlwings; xlwings.serve(',
        '& PYTHONPATH & "\\"");sys.path[:]=filter(None,sys.path);import xlwings; xlwings.serve(',
    ),
    Change(
        'PYTHON_WIN = "cmd.exe " &',
        'PYTHON_WIN = Environ("SystemRoot") & "\\System32\\cmd.exe " &',
        "no program of the current folder is started in place of Windows' own or the Python that"
        " the settings name",
        times=2,
    ),
    Change('GetConfig("INTERPRETER", "pythonw")', 'GetConfig("INTERPRETER", "")', times=2),
)


def adapted(source: str) -> str:
    """xlwings' module (CRLF line ends) with all changes made and named at its head.

    Raises ``ValueError`` with the text that was looked for where the module is not as known.
    """
    notes = ["'Changed for perfgoals-xl:"]
    for change in CHANGES:
        old, new = (text.replace("\n", "\r\n") for text in (change.old, change.new))
        if source.count(old) != change.times:
            raise ValueError(change.old.strip().splitlines()[0].strip())
        source = source.replace(old, new)
        if change.why:
            notes.append(f"'* {change.why}")
    head, separator, rest = source.partition("\r\n'Version:")
    if not separator:
        raise ValueError("'Version:")
    return "\r\n".join([head, *notes]) + separator + rest
