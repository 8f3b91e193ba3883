"""Which cells of an area are formatted alike, and which are merged, listed inside LibreOffice.

Each question over UNO takes a millisecond of both processes, and a form has sixty groups of cells:
a few lines of Basic in LibreOffice itself ask them all and answer with one text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.libreoffice import Office

_LIBRARY, _MODULE = "Standard", "PerfgoalsGroups"
_BASIC = """
Function FormatGroups(oArea As Object) As String
    Dim oGroups As Object, oGroup As Object, aFirst As Object, i As Long, sFound As String
    aFirst = oArea.getRangeAddress()
    oGroups = oArea.getUniqueCellFormatRanges()
    For i = 0 To oGroups.getCount() - 1
        oGroup = oGroups.getByIndex(i)
        sFound = sFound & oGroup.NumberFormat & Places(oGroup, aFirst.StartRow, aFirst.StartColumn)
    Next i
    FormatGroups = sFound
End Function

Function MergedGroups(oSheet As Object) As String
    Dim oGroups As Object, oGroup As Object, aPlaces As Variant, oCell As Object, oCursor As Object
    Dim aSize As Object, i As Long, sFound As String
    oGroups = oSheet.getUniqueCellFormatRanges()
    For i = 0 To oGroups.getCount() - 1
        oGroup = oGroups.getByIndex(i)
        aPlaces = oGroup.getRangeAddresses()
        oCell = oSheet.getCellByPosition(aPlaces(0).StartColumn, aPlaces(0).StartRow)
        If oCell.getIsMerged() Then
            oCursor = oSheet.createCursorByRange(oCell)
            oCursor.collapseToMergedArea()
            aSize = oCursor.getRangeAddress()
            sFound = sFound & (aSize.EndRow - aSize.StartRow) & " "
            sFound = sFound & (aSize.EndColumn - aSize.StartColumn) & Places(oGroup, 0, 0)
        End If
    Next i
    MergedGroups = sFound
End Function

Function Places(oGroup As Object, nRow As Long, nColumn As Long) As String
    Dim aPlaces As Variant, j As Long, sFound As String
    aPlaces = oGroup.getRangeAddresses()
    For j = 0 To UBound(aPlaces)
        sFound = sFound & " " & (aPlaces(j).StartRow - nRow)
        sFound = sFound & " " & (aPlaces(j).StartColumn - nColumn)
        sFound = sFound & " " & (aPlaces(j).EndRow - nRow)
        sFound = sFound & " " & (aPlaces(j).EndColumn - nColumn)
    Next j
    Places = sFound & Chr(10)
End Function
"""
_scripts: dict[str, Any] = {}


class Part(NamedTuple):
    """A rectangle of cells counted from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def cells(self) -> Iterator[tuple[int, int]]:
        """All (row, column)."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column


class Group(NamedTuple):
    """Cells that are formatted alike: the key of their number format, and where they are."""

    number_format: int
    parts: list[Part]


def install(office: Office) -> None:
    """Puts the Basic into this LibreOffice, which all questions go to from now on."""
    services = office.services
    libraries = services.createInstance("com.sun.star.script.ApplicationScriptLibraryContainer")
    if not libraries.hasByName(_LIBRARY):
        libraries.createLibrary(_LIBRARY)
    libraries.loadLibrary(_LIBRARY)
    library = libraries.getByName(_LIBRARY)
    if not library.hasByName(_MODULE):
        library.insertByName(_MODULE, _BASIC)
    factory = services.createInstance("com.sun.star.script.provider.MasterScriptProviderFactory")
    provider = factory.createScriptProvider("")
    for name in ("FormatGroups", "MergedGroups"):
        _scripts[name] = provider.getScript(
            f"vnd.sun.star.script:{_LIBRARY}.{_MODULE}.{name}?language=Basic&location=application"
        )


def format_groups(area: Any) -> list[Group]:
    """The groups of equally formatted cells of an area, counted from its first cell."""
    return [Group(number, _parts(places)) for number, *places in _asked("FormatGroups", area)]


def merged_areas(sheet: Any) -> list[Part]:
    """The merged areas of a sheet."""
    # How far a merge goes is a part of the format, so all cells of a group go as far.
    return [
        Part(row, column, row + down, column + across)
        for down, across, *places in _asked("MergedGroups", sheet)
        for part in _parts(places)
        for row, column in part.cells()
    ]


def parts(ranges: Any, first: Any = None) -> list[Part]:
    """The rectangles of UNO's ``ranges``; relative to the UNO address ``first`` if there is one."""
    row, column = (first.StartRow, first.StartColumn) if first else (0, 0)
    return [
        Part(at.StartRow - row, at.StartColumn - column, at.EndRow - row, at.EndColumn - column)
        for at in ranges.RangeAddresses
    ]


def _asked(question: str, cells: Any) -> list[list[int]]:
    answer = _scripts[question].invoke((cells,), (), ())[0]
    return [[int(number) for number in line.split()] for line in answer.splitlines()]


def _parts(numbers: list[int]) -> list[Part]:
    return [Part(*numbers[at : at + 4]) for at in range(0, len(numbers), 4)]
