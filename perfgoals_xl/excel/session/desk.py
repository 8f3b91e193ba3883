"""The Excel in front of the person who clicked: messages, questions, the status bar, quiet work."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from perfgoals_xl.errors import InputError

TITLE = "绩效目标"
_TEXT = 2  # The type of answer that Excel's InputBox is to take.
# A message box of Windows grows beyond the screen with a longer text.
_MAX_MESSAGE = 900
# Excel takes no more than 255 characters.
_SOURCES = (
    "申报材料（工作簿、文档、网页、PDF、文本）,"
    "*.xlsx;*.xlsm;*.xls;*.xlsb;*.ods;*.fods;*.et;*.docx;*.doc;*.pdf;*.htm;*.html;"
    "*.txt;*.csv;*.tsv;*.md,所有文件 (*.*),*.*"
)
_WORKBOOK = "Excel 工作簿 (*.xlsx),*.xlsx"


def shortened(text: str) -> str:
    """A message cut to what a message box can show."""
    return text if len(text) <= _MAX_MESSAGE else text[: _MAX_MESSAGE - 1] + "…"


class Desk:
    """An open workbook (``xlwings.Book``) and the Excel it is open in."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.app = book.app

    def say(self, text: str, *, title: str = TITLE, fault: bool = False) -> None:
        """Show a message until it is confirmed."""
        text = shortened(text)
        # Asked anew for its window: that of another workbook may be in front by now.
        self.book.app.alert(text, title, "ok", "critical" if fault else "info")

    def agree(self, question: str) -> bool:
        """Ask a question that is answered with yes or no."""
        return bool(self.book.app.alert(question, TITLE, "yes_no", "info") == "yes")

    def ask(self, prompt: str, default: str = "") -> str | None:
        """Ask for a text; None when it is cancelled or left blank."""
        answer = self._dialogs().InputBox(Prompt=prompt, Title=TITLE, Default=default, Type=_TEXT)
        return answer.strip() or None if isinstance(answer, str) else None

    def ask_sources(self, title: str) -> list[Path]:
        """Ask for files to read; an empty list when it is cancelled."""
        chosen = self._dialogs().GetOpenFilename(
            FileFilter=_SOURCES, FilterIndex=1, Title=title, MultiSelect=True
        )
        return [Path(path) for path in chosen] if isinstance(chosen, tuple | list) else []

    def ask_where(self, title: str, suggested: str) -> Path | None:
        """Ask where a new workbook is to be saved; None when it is cancelled.

        Raises ``InputError`` for a file that exists: the add-in overwrites nothing.
        """
        chosen = self._dialogs().GetSaveAsFilename(
            InitialFilename=suggested, FileFilter=_WORKBOOK, FilterIndex=1, Title=title
        )
        if not isinstance(chosen, str):
            return None
        path = Path(chosen) if chosen.lower().endswith(".xlsx") else Path(f"{chosen}.xlsx")
        if path.exists():
            raise InputError("文件已存在，没有覆盖", hint="请换一个文件名。", file=path)
        if path.name.lower() in [str(book.name).lower() for book in self.app.books]:
            # Excel opens no second workbook of the same name.
            raise InputError("已打开一个同名的工作簿", hint="请换一个文件名。", file=path)
        return path

    @property
    def selection(self) -> Any | None:
        """The selected cells; None where a chart, a picture or nothing is selected."""
        try:
            return self.app.selection
        except Exception:
            # What is selected then has no address, and COM has several ways of saying so.
            return None

    def _dialogs(self) -> Any:
        if sys.platform == "darwin":
            raise InputError(
                "Mac 上的 Excel 不能从这里弹出对话框",
                hint="请在终端用 perfgoals new 或 perfgoals import。",
            )
        return self.app.api

    def status(self, text: str) -> None:
        """Tell in the status bar what is being done."""
        self.app.status_bar = text

    @contextmanager
    def quiet(self, text: str) -> Iterator[None]:
        """Work without redrawing, recalculating or the workbook's own event macros.

        Whatever happens, all of it is as before behind the block, the status bar is Excel's again,
        and the same sheet and cells are selected.
        """
        app, book = self.app, self.book
        before = {
            name: getattr(app, name) for name in ("screen_updating", "enable_events", "calculation")
        }
        sheet, selection = book.sheets.active, self.selection
        selected = None if selection is None else selection.address
        self.status(text)
        try:
            app.screen_updating = False
            app.enable_events = False
            app.calculation = "manual"
            yield
        finally:
            # One refusal must not keep the others from being put back.
            with suppress(Exception):
                if book.sheets.active.name != sheet.name:
                    sheet.activate()
                    if selected is not None:
                        sheet.range(selected).select()
            for name, value in reversed(before.items()):
                with suppress(Exception):
                    setattr(app, name, value)
            with suppress(Exception):
                app.status_bar = False
