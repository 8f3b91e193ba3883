"""The engine that xlwings activates, and the session a test opens with it."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import numbers
import shutil
import tempfile
from collections import defaultdict, deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlwings as xw

from tests.support.libreoffice import properties

from . import format_groups
from .app import Alert, App
from .calls import Counting, ExcelError
from .com import AppApi
from .macros import Macros
from .merges import Merges
from .values import ERROR_TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from tests.support.libreoffice import Office

    from .books import Book
    from .calls import Calls


class ExcelOverLibreOffice:
    """An "Excel" for the time of a ``with`` block; one at a time in a process.

    ``addin`` is the path of a built ``.xlam`` whose macros ``App.run`` finds. A test prepares and
    reads: ``answers`` (what ``app.alert`` returns, in turn), ``dialogs`` (answers of
    ``app.api.InputBox`` and the file dialogs, by their name), ``alerts`` and ``dialogs_shown``
    (what was shown), ``status_history`` and ``macros`` (Python stand-ins by macro name, each called
    as ``function(app, *arguments)``).
    """

    def __init__(self, office: Office, addin: Path | None = None) -> None:
        self.office = office
        self.merges = Merges()
        self.calls = Counting(moved=self.merges.forget)
        self.books: list[Book] = []
        self.active: Book | None = None
        self.macros: dict[str, Callable[..., Any]] = {}
        self.answers: deque[str] = deque()
        self.alerts: list[Alert] = []
        self.dialogs: defaultdict[str, deque[Any]] = defaultdict(deque)
        self.dialogs_shown: list[tuple[str, dict[str, Any]]] = []
        self.status_history: list[str | None] = []
        self.folder = Path()
        self._addin = addin
        self._new_books = 0

    def __enter__(self) -> ExcelOverLibreOffice:
        if _ENGINE.session is not None:
            raise RuntimeError("an ExcelOverLibreOffice is open already")
        self.desktop = self.office.desktop
        format_groups.install(self.office)
        self.folder = Path(tempfile.mkdtemp(prefix="perfgoals-excel-")).resolve()
        self.impl = App(self)
        self.api = AppApi(self)
        # Before any workbook: the document opened last is Basic's ActiveWorkbook.
        self.basic = Macros(self, self._addin)
        _ENGINE.session = self
        self._engine_before = xw.engines.active
        if "excel" not in xw.engines.engines_by_name:
            xw.engines.add(xw.Engine(impl=_ENGINE))
        xw.engines["excel"].activate()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _ENGINE.session = None
        xw.engines.active = self._engine_before
        with contextlib.suppress(AttributeError):
            del xw.Book._mock_caller
        for book in list(self.books):
            with contextlib.suppress(Exception):
                self.close(book)
        self.basic.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def app(self) -> xw.App:
        """The application as xlwings gives it out."""
        return xw.App(impl=self.impl)

    def open(self, path: Path | str) -> xw.Book:
        """Opens a private copy of the file in :attr:`folder` and makes it the active workbook."""
        copy = self.folder / Path(path).name
        if any(book._name().lower() == copy.name.lower() for book in self.books):
            raise ExcelError(f"a workbook {copy.name} is open already")
        shutil.copyfile(path, copy)
        self.merges.forget()
        return xw.Book(impl=self.load(copy))

    def counting(self) -> contextlib.AbstractContextManager[Calls]:
        """``with excel.counting() as calls``: the calls into Excel made inside."""
        return self.calls.counting()

    def load(self, path: Path) -> Book:
        """Opens the file in its place. Raises ExcelError where it is no workbook."""
        from .books import Book

        if not path.is_file():
            raise ExcelError(f"no file {path}")
        with self.office.answering(f"open {path.name}"):
            document = self.desktop.loadComponentFromURL(
                # Not hidden: Basic's Workbooks knows only documents that have a window.
                path.as_uri(),
                "_blank",
                0,
                properties(Hidden=False, MacroExecutionMode=4),
            )
        if document is None or not hasattr(document, "Sheets"):
            raise ExcelError(f"cannot open {path.name}")
        # As Excel does with a file that another program wrote.
        document.calculateAll()
        document.setModified(False)
        return self._opened(Book(self, document))

    def new(self) -> Book:
        """A workbook that has never been saved."""
        from .books import Book

        with self.office.answering("make a workbook"):
            document = self.desktop.loadComponentFromURL(
                "private:factory/scalc", "_blank", 0, properties(Hidden=False)
            )
        self._new_books += 1
        document.setTitle(f"工作簿{self._new_books}")
        return self._opened(Book(self, document))

    def _opened(self, book: Book) -> Book:
        self.books.append(book)
        self.activate(book)
        return book

    def activate(self, book: Book) -> None:
        """Makes the workbook the active one, for Basic's ``ActiveWorkbook`` too."""
        self.active = book
        book.document.CurrentController.Frame.activate()

    def close(self, book: Book) -> None:
        """Closes without saving; another workbook becomes the active one."""
        self.books.remove(book)
        book.document.close(True)
        if self.active is book:
            self.active = None
            if self.books:
                self.activate(self.books[-1])


class Engine:
    """What xlwings calls for values on their way, and for the running applications.

    It is called "excel", as the one for Windows: xlwings and the product know that name.
    """

    name = "excel"
    type = "desktop"

    def __init__(self) -> None:
        self.session: ExcelOverLibreOffice | None = None

    @property
    def apps(self) -> Apps:
        """The one application while a session is open."""
        return Apps(self.session)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """A value on its way into a cell; as on Windows, ``None`` and NaN become blank."""
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return ""
        return value

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        """Cell values on their way out: dates, blanks, numbers and error values as asked for."""

        def clean(value: Any) -> Any:
            if value is None or value == "":
                return empty_as
            if isinstance(value, dt.datetime):
                return datetime_builder(
                    year=value.year,
                    month=value.month,
                    day=value.day,
                    hour=value.hour,
                    minute=value.minute,
                    second=value.second,
                    microsecond=value.microsecond,
                    tzinfo=None,
                )
            if isinstance(value, float):
                return number_builder(value) if number_builder else value
            if isinstance(value, numbers.Integral) and value in ERROR_TEXTS:
                return ERROR_TEXTS[int(value)] if err_to_str else None
            return value

        return [[clean(value) for value in row] for row in data]


class Apps:
    """xlwings' collection of applications: none, or the one of the open session."""

    def __init__(self, session: ExcelOverLibreOffice | None) -> None:
        self._apps = [] if session is None else [session.impl]

    def __iter__(self) -> Any:
        return iter(self._apps)

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        for app in self._apps:
            if app.pid == pid:
                return app
        raise KeyError(pid)

    def keys(self) -> list[int]:
        """The process numbers."""
        return [app.pid for app in self._apps]

    def add(self, **options: Any) -> Any:
        """No second Excel can be started: the product must use the caller's."""
        raise ExcelError("there is one Excel only")

    @staticmethod
    def cleanup() -> None:
        """Nothing is left behind."""


_ENGINE = Engine()
