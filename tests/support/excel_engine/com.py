"""Members of Excel's own objects that xlwings has no words for, by their names there.

What stands here is what the product uses through ``.api``; another name is an AttributeError, as
the sign to add it. Dialogs are imitated: each answers the next value of ``excel.dialogs[name]``, or
``False``, as if cancelled; what it was asked stands in ``excel.dialogs_shown``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import formats, notes
from .calls import ExcelError, Remote

if TYPE_CHECKING:
    from .books import Book
    from .engine import ExcelOverLibreOffice
    from .ranges import Range
    from .sheets import Sheet

_ANNOTATION = 8  # com.sun.star.sheet.CellFlags
_INDENT = 353  # Hundredths of a millimetre: ten points.
VISIBLE, HIDDEN = -1, 0  # Excel's XlSheetVisibility


def _by_rows() -> Any:
    import uno

    return uno.Enum("com.sun.star.table.TableOrientation", "ROWS")


class AppApi(Remote):
    """Application."""

    def __init__(self, excel: ExcelOverLibreOffice) -> None:
        self.excel = excel

    def InputBox(
        self,
        Prompt: str,
        Title: str | None = None,
        Default: Any = None,
        Left: Any = None,
        Top: Any = None,
        HelpFile: Any = None,
        HelpContextID: Any = None,
        Type: int | None = None,
    ) -> Any:
        """What was typed, or ``False``."""
        return self._ask("InputBox", Prompt=Prompt, Title=Title, Default=Default, Type=Type)

    def GetOpenFilename(
        self,
        FileFilter: str | None = None,
        FilterIndex: int | None = None,
        Title: str | None = None,
        ButtonText: str | None = None,
        MultiSelect: bool | None = None,
    ) -> Any:
        """A path, a tuple of paths with MultiSelect, or ``False``."""
        return self._ask(
            "GetOpenFilename",
            FileFilter=FileFilter,
            FilterIndex=FilterIndex,
            Title=Title,
            MultiSelect=MultiSelect,
        )

    def GetSaveAsFilename(
        self,
        InitialFilename: str | None = None,
        FileFilter: str | None = None,
        FilterIndex: int | None = None,
        Title: str | None = None,
        ButtonText: str | None = None,
    ) -> Any:
        """A path, or ``False``."""
        return self._ask(
            "GetSaveAsFilename",
            InitialFilename=InitialFilename,
            FileFilter=FileFilter,
            FilterIndex=FilterIndex,
            Title=Title,
        )

    def _ask(self, name: str, **asked: Any) -> Any:
        self.excel.dialogs_shown.append((name, asked))
        answers = self.excel.dialogs[name]
        return answers.popleft() if answers else False

    @property
    def ActiveWindow(self) -> WindowApi:
        """The window of the active workbook."""
        if self.excel.active is None:
            raise ExcelError("no workbook is open")
        return WindowApi(self.excel.active)

    CopyObjectsWithCells = True

    @property
    def Hwnd(self) -> int:
        """Some window."""
        return 1

    @property
    def Version(self) -> str:
        """As Excel 2016 and all after it."""
        return "16.0"


class WindowApi(Remote):
    """A workbook's window; it shows the sheet in front. Real."""

    def __init__(self, book: Book) -> None:
        self.excel = book.excel
        self._view = book.document.CurrentController

    @property
    def FreezePanes(self) -> bool:
        """Whether the rows and columns of SplitRow and SplitColumn stay in view."""
        return bool(self._view.hasFrozenPanes())

    @FreezePanes.setter
    def FreezePanes(self, value: bool) -> None:
        if value:
            self._view.freezeAtPosition(self._view.SplitColumn, self._view.SplitRow)
        else:
            self._view.freezeAtPosition(0, 0)

    @property
    def SplitRow(self) -> int:
        """How many rows stand above the split."""
        return self._view.SplitRow

    @SplitRow.setter
    def SplitRow(self, value: int) -> None:
        # LibreOffice takes the place of a split that is not frozen in pixels.
        self._view.freezeAtPosition(self._view.SplitColumn, value)

    @property
    def SplitColumn(self) -> int:
        """How many columns stand left of the split."""
        return self._view.SplitColumn

    @SplitColumn.setter
    def SplitColumn(self, value: int) -> None:
        self._view.freezeAtPosition(value, self._view.SplitRow)

    @property
    def DisplayGridlines(self) -> bool:
        """Whether lines are shown between all cells."""
        return bool(self._view.ShowGrid)

    @DisplayGridlines.setter
    def DisplayGridlines(self, value: bool) -> None:
        self._view.ShowGrid = bool(value)

    @property
    def ScrollRow(self) -> int:
        """The first row in view."""
        return self._view.FirstVisibleRow + 1

    @ScrollRow.setter
    def ScrollRow(self, value: int) -> None:
        self._view.FirstVisibleRow = value - 1

    @property
    def ScrollColumn(self) -> int:
        """The first column in view."""
        return self._view.FirstVisibleColumn + 1

    @ScrollColumn.setter
    def ScrollColumn(self, value: int) -> None:
        self._view.FirstVisibleColumn = value - 1


class BookApi(Remote):
    """Workbook."""

    def __init__(self, book: Book) -> None:
        self.excel = book.excel
        self._book = book

    def Windows(self, index: int) -> WindowApi:
        """Its one window."""
        if index != 1:
            raise ExcelError(f"no window {index}")
        return WindowApi(self._book)

    @property
    def Saved(self) -> bool:
        """Whether nothing has changed since it was opened or saved."""
        return not self._book.document.isModified()

    @Saved.setter
    def Saved(self, value: bool) -> None:
        self._book.document.setModified(not value)

    @property
    def ProtectStructure(self) -> bool:
        """Whether sheets may not be added, renamed or removed."""
        return bool(self._book.document.isProtected())

    @property
    def FullName(self) -> str:
        """The path, or the name where it has never been saved."""
        return self._book._fullname()

    @property
    def Name(self) -> str:
        """The file name."""
        return self._book._name()

    @property
    def Path(self) -> str:
        """The folder; "" where it has never been saved."""
        return str(Path(self._book._fullname()).parent) if self._book.document.URL else ""

    @property
    def ReadOnly(self) -> bool:
        """Whether it was opened to read only."""
        return bool(self._book.document.isReadonly())


class SheetApi(Remote):
    """Worksheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.excel = sheet.excel
        self._sheet = sheet

    @property
    def ProtectContents(self) -> bool:
        """Whether the sheet is protected."""
        return bool(self._sheet.uno.isProtected())

    @property
    def Hyperlinks(self) -> HyperlinksApi:
        """The links in its cells."""
        return HyperlinksApi(self._sheet)

    @property
    def Outline(self) -> OutlineApi:
        """How groups are told."""
        return OutlineApi(self._sheet)

    @property
    def Visible(self) -> int:
        """-1 visible, 0 hidden; LibreOffice does not know "very hidden", which is 2."""
        return VISIBLE if self._sheet.uno.IsVisible else HIDDEN

    @Visible.setter
    def Visible(self, value: int) -> None:
        self._sheet.visible = value

    @property
    def Name(self) -> str:
        """The sheet's name."""
        return self._sheet.uno.Name


class OutlineApi(Remote):
    """Outline: LibreOffice keeps where the summary stands to itself."""

    def __init__(self, sheet: Sheet) -> None:
        self.excel = sheet.excel
        self.SummaryRow = 1


class HyperlinksApi(Remote):
    """Hyperlinks."""

    def __init__(self, sheet: Sheet) -> None:
        self.excel = sheet.excel
        self._sheet = sheet

    @property
    def Count(self) -> int:
        """How many."""
        return len(self._cells())

    def __call__(self, index: int) -> HyperlinkApi:
        """The one with this number, from 1."""
        return HyperlinkApi(self._sheet, self._cells()[index - 1])

    def _cells(self) -> list[Any]:
        used = self._sheet.used_range.uno
        return [cell for cell in notes.cells_of(used) if notes.links_in(cell)]


class HyperlinkApi(Remote):
    """Hyperlink."""

    def __init__(self, sheet: Sheet, cell: Any) -> None:
        self.excel = sheet.excel
        self._sheet = sheet
        self._cell = cell

    @property
    def Address(self) -> str:
        """Where it leads outside of the workbook."""
        url = notes.hyperlink_of(self._cell)
        return "" if url.startswith("#") else url

    @property
    def SubAddress(self) -> str:
        """Where it leads in the workbook."""
        url = notes.hyperlink_of(self._cell)
        return url[1:] if url.startswith("#") else ""

    @property
    def Range(self) -> RangeApi:
        """Its cell."""
        from .ranges import Range

        return RangeApi(Range(self._sheet, self._cell))


class FontApi(Remote):
    """Font."""

    def __init__(self, range_: Range) -> None:
        self.excel = range_.excel
        self._range = range_

    @property
    def Underline(self) -> int:
        """A single line (2) or none (-4142)."""
        return 2 if self._range.uno.CharUnderline else -4142

    @Underline.setter
    def Underline(self, value: int) -> None:
        self._range._sheet._check_open()
        self._range.uno.CharUnderline = int(value == 2)


class RangeApi(Remote):
    """Range."""

    def __init__(self, range_: Range) -> None:
        self.excel = range_.excel
        self._range = range_

    @property
    def Text(self) -> str:
        """What the first cell shows."""
        return self._range.uno.getCellByPosition(0, 0).String

    @property
    def Value2(self) -> Any:
        """The first cell's value, dates and currency as plain numbers."""
        value = self._range.uno.getCellByPosition(0, 0).getDataArray()[0][0]
        return None if value == "" else value

    @property
    def Row(self) -> int:
        """The first row, from 1."""
        return self._range.coords[1]

    @property
    def Column(self) -> int:
        """The first column, from 1."""
        return self._range.coords[2]

    def Group(self) -> None:
        """Groups whole rows."""
        self._range._sheet._check_open()
        self._range._sheet.uno.group(self._range.uno.RangeAddress, _by_rows())

    def ClearOutline(self) -> None:
        """Takes the groups of rows away; a range without any is left as it is."""
        self._range._sheet._check_open()
        self._range._sheet.uno.ungroup(self._range.uno.RangeAddress, _by_rows())

    def ClearHyperlinks(self) -> None:
        """Leaves the text without its links."""
        self._range._sheet._check_open()
        for cell in notes.cells_of(self._range.uno):
            if notes.links_in(cell):
                cell.String = cell.String

    def ClearComments(self) -> None:
        """Removes the notes."""
        self._range._sheet._check_open()
        self._range.uno.clearContents(_ANNOTATION)

    @property
    def Font(self) -> FontApi:
        """The font of the cells."""
        return FontApi(self._range)

    @property
    def IndentLevel(self) -> int:
        """How far the texts of the first cell stand from its edge, in widths of three blanks."""
        return round(self._range.uno.ParaIndent / _INDENT)

    @IndentLevel.setter
    def IndentLevel(self, value: int) -> None:
        self._range._sheet._check_open()
        self._range.uno.ParaIndent = value * _INDENT

    @property
    def Locked(self) -> bool | None:
        """Whether protection of the sheet holds for the cells; ``None`` where they differ."""
        if formats.mixed(self._range.uno, "CellProtection"):
            return None
        return bool(self._range.uno.CellProtection.IsLocked)

    @Locked.setter
    def Locked(self, value: bool) -> None:
        protection = self._range.uno.CellProtection
        protection.IsLocked = bool(value)
        self._range.uno.CellProtection = protection


class NameApi:
    """Name: what LibreOffice does not know of it, whether Excel's list shows it."""

    Visible = True
