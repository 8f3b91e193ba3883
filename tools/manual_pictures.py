"""``make pictures``: the pictures of the manual, made anew by clicking the add-in's buttons.

The buttons are the real entry points; the spreadsheet program is LibreOffice instead of Excel (see
``tests/support/excel_engine``). Each picture is a range of cells with its row and column headings,
printed and cut out. ``python -m tools.manual_pictures FOLDER`` writes elsewhere.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlwings as xw

from perfgoals_xl.excel import macros, udfs
from perfgoals_xl.excel.functions.function_registry import FUNCTIONS
from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from perfgoals_xl.form.own_sheets import RULES_SHEET as RULES
from perfgoals_xl.reading.load import load
from perfgoals_xl.reading.sources.shown import shown
from perfgoals_xl.resources import (
    EXAMPLE_EVALUATION,
    EXAMPLE_MONITORING,
    addin_path,
    example_path,
)
from perfgoals_xl.workbooks.findings.layout import COLUMN_OF, FIRST_ROW
from perfgoals_xl.workbooks.kit.styles import BODY_FONT, HEAD_FILL, LINE
from perfgoals_xl.workbooks.summarising import write_consolidation
from tests.excel.conftest import pg_highlight
from tests.support.excel_engine import ExcelOverLibreOffice
from tests.support.libreoffice import Office
from tests.support.rendering import unavailable
from tools.picture_studio import Camera, Studio

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "images" / "manual"
DEPARTMENT, YEAR = "云川县水务局", "2026"
FIRST_SHEET = "项目01"
# What the forms of the year's other half are shown with.
EVALUATED: dict[str, float | str] = {
    **{"F8": 63.2, "F11": 88, "F12": 29.5, "F16": "16处", "F17": "11.9公里", "F18": "98.6%"},
    **{"F19": "100%", "F20": "2026-11-12", "F21": "3.5小时", "F22": "8.2万元", "F23": "4.4万元"},
    "I17": "施工受阻，已调整线路，下年补齐",
}
MONITORED: dict[str, float | str] = {
    **{"F8": 35, "F11": 40, "F12": 12, "F15": "9处", "G15": "16处", "I15": "确定能"},
    **{"F16": "4公里", "G16": "11公里", "F17": "98.6%", "G17": "98%", "I17": "确定能"},
    **{"H16": "硬件条件保障", "F21": "8.2万元", "F22": "5.4万元"},
}
FILLED = {
    "C4": "节水宣传进校园项目",
    "C5": DEPARTMENT,
    "E5": "云川县节水办公室",
    "C6": "一次性项目",
    "E6": "1年",
    "C7": 30.6,
    "E7": 30.6,
    "C8": 30.6,
    "C9": 28.6,
    "C12": (
        "2026年在全县18所中小学开展节水宣传，举办专题讲座24场，发放宣传手册6000册，"
        "学生节水知识知晓率达到90%以上。"
    ),
    "C14": "举办节水专题讲座",
    "D14": "24",
    "C15": "发放节水宣传手册",
    "D15": "≥6000册",
    "C17": "宣传手册印刷合格率",
    "D17": "≥98%",
    "C20": "宣传活动完成时间",
    "D20": "2026年11月底前",
    "C22": "专题讲座费用",
    "D22": "≤19.2万元",
    "C23": "宣传手册印刷费",
    "D23": "≤11.4万元",
    "C27": "学生节水知识知晓率",
    "D27": "≥90%",
    "C29": "学校年人均节水量",
    "D29": "≥2立方米",
    "C31": "学校节水宣传机制延续年限",
    "D31": "≥3年",
    "C33": "师生满意度",
    "D33": "***%",
}
"""What the manual's first declaration says, with the three faults that it then mends."""
MENDED = {"C10": 2, "D14": "≥24场", "D33": "≥90%"}
REASONS = {"G04": "18所是宣传的范围，不单列指标。", "S01": "公益宣传，不产生经济效益。"}
_MARKED = "节水型社会建设宣传项目"
"""The sheet of the example on which all three colours are seen."""


class Clerk:
    """Clicks buttons and remembers what the message boxes said, by a name for each click."""

    def __init__(self, excel: ExcelOverLibreOffice) -> None:
        self.excel = excel
        self.told: dict[str, str] = {}

    def click(self, button: Callable[[], None], name: str) -> None:
        """Click ``button``; its message is remembered under ``name``."""
        self.excel.alerts.clear()
        button()
        self.told[name] = "\n".join(alert.prompt for alert in self.excel.alerts)

    def front(self, book: xw.Book, sheet: str | None = None, cell: str = "A1") -> xw.Book:
        """Bring a workbook to the front, and a cell of it."""
        book.set_mock_caller()
        if sheet is not None:
            book.sheets[sheet].activate()
            book.sheets[sheet].range(cell).select()
        return book


def play(excel: ExcelOverLibreOffice, take: Camera, folder: Path) -> dict[str, str]:
    """Everything the manual tells of, in its order; returns what the message boxes said.

    Workbooks are written into ``folder``. The message of each click stands under a name of its own.
    """
    clerk = Clerk(excel)
    clerk.front(xw.Book(impl=excel.new()))
    book = _first_declaration(clerk, take, folder)
    _more_room(clerk, take, book)
    book = _imported(clerk, take, folder)
    _whole_workbook(clerk, take, book)
    year_in_summary(excel, take, folder)
    _functions(excel, take)
    return clerk.told


def _first_declaration(clerk: Clerk, take: Camera, folder: Path) -> xw.Book:
    path = folder / f"{DEPARTMENT}{YEAR}年绩效目标申报表.xlsx"
    clerk.excel.dialogs["InputBox"].extend([DEPARTMENT, YEAR])
    clerk.excel.dialogs["GetSaveAsFilename"].append(str(path))
    clerk.click(macros.new_workbook, "new_workbook")
    book = clerk.front(clerk.excel.app.books[path.name], FIRST_SHEET)
    take(book, FIRST_SHEET, "A1:I34", "new-workbook")
    sheet = book.sheets[FIRST_SHEET]
    clerk.front(book, RULES)
    clerk.click(macros.validate_sheet, "validate_sheet_elsewhere")
    clerk.front(book, FIRST_SHEET, "C5")
    clerk.click(macros.insert_indicator_row, "insert_indicator_row_elsewhere")
    for cell, value in FILLED.items():
        sheet.range(cell).value = value
    clerk.click(macros.validate_sheet, "validate_sheet")
    take(book, FIRST_SHEET, "A1:I34", "first-marked")
    clerk.click(macros.next_finding, "next_finding")
    book.sheets[RULES].range("I3").value = "是"
    clerk.click(macros.validate_sheet, "validate_sheet_noted")
    clerk.told["note"] = sheet.range("C8").note.text
    book.sheets[RULES].range("I3").value = "否"
    for cell, value in MENDED.items():
        sheet.range(cell).value = value
    clerk.click(macros.validate_sheet, "validate_sheet_mended")
    take(book, FIRST_SHEET, "A1:I34", "first-mended")
    clerk.click(macros.validate_book, "validate_book")
    results = book.sheets[RESULTS_SHEET]
    rows = results.range(f"A{FIRST_ROW}:K{FIRST_ROW + 1}").value
    for number, row in enumerate(rows):
        reason = REASONS[row[COLUMN_OF["rule"]]]
        results.range((FIRST_ROW + number, COLUMN_OF["waiver"] + 1)).value = reason
    clerk.click(macros.validate_book, "validate_book_answered")
    take(book, RESULTS_SHEET, "A1:K6", "first-reasons", width=1200)
    clerk.click(macros.next_finding, "next_finding_none")
    clerk.click(macros.consolidate, "consolidate_first")
    return clerk.front(book)


def _more_room(clerk: Clerk, take: Camera, book: xw.Book) -> None:
    clerk.front(book, FIRST_SHEET, "C16")
    clerk.click(macros.insert_indicator_row, "insert_indicator_row")
    take(book, FIRST_SHEET, "A13:F22", "insert-indicator-row")
    clerk.click(macros.add_project_sheet, "add_project_sheet")
    take(book, book.sheets.active.name, "A1:F13", "add-project-sheet")


def _imported(clerk: Clerk, take: Camera, folder: Path) -> xw.Book:
    source = example_path()
    path = folder / f"{source.stem}（标准格式）.xlsx"
    clerk.excel.dialogs["GetOpenFilename"].append((str(source),))
    clerk.excel.dialogs["GetSaveAsFilename"].append(str(path))
    clerk.click(macros.import_files, "import_files")
    book = clerk.front(clerk.excel.app.books[path.name])
    take(book, book.sheets[2].name, "A1:F27", "import-files")
    return book


def _whole_workbook(clerk: Clerk, take: Camera, book: xw.Book) -> None:
    clerk.click(macros.validate_book, "validate_book_example")
    take(book, RESULTS_SHEET, "A1:K13", "validation-results", width=1200)
    take(book, _MARKED, "A1:F25", "validate-book")
    clerk.front(book, "山洪灾害监测预警设施运维项目", "A1")
    clerk.click(macros.next_finding, "next_finding_example")
    take(book, book.sheets.active.name, "A4:F11", "next-finding")
    clerk.click(macros.open_rules, "open_rules")
    take(book, RULES, "A1:I12", "open-rules", width=1100)
    clerk.click(macros.clear_marks, "clear_marks")
    take(book, _MARKED, "A13:F25", "clear-marks")
    clerk.click(macros.consolidate, "consolidate")
    summary = clerk.excel.app.books.active
    take(summary, "封面", "A1:F19", "consolidate-cover", width=1100)
    take(summary, "项目汇总", "A1:P19", "consolidate-projects", width=1200)
    take(summary, "指标明细", "A1:O16", "consolidate-indicators", width=1200)
    clerk.front(book)
    clerk.click(macros.new_evaluation, "new_evaluation")
    _year_later(clerk, take, EVALUATED, "A1:I25", "new-evaluation")
    clerk.front(book)
    clerk.excel.dialogs["InputBox"].append("7")
    clerk.click(macros.new_monitoring, "new_monitoring")
    _year_later(clerk, take, MONITORED, "A1:K25", "new-monitoring")


def _year_later(
    clerk: Clerk, take: Camera, values: dict[str, float | str], area: str, name: str
) -> None:
    """A picture of the first form of the workbook in front, with some results filled in."""
    book = clerk.excel.app.books.active
    sheet = book.sheets[1]
    for cell, value in values.items():
        sheet.range(cell).value = value
    take(book, sheet.name, area, name, width=1100)


def year_in_summary(excel: ExcelOverLibreOffice, take: Camera, folder: Path) -> None:
    """What the summary of the filled forms says: the cover, the projects with points and lights."""
    path = folder / "年度汇总表.xlsx"
    forms = [load(example_path(name)) for name in (EXAMPLE_EVALUATION, EXAMPLE_MONITORING)]
    write_consolidation(forms, path)
    book = xw.Book(impl=excel.app.books.open(str(path)).impl)
    take(book, "封面", "A26:F51", "summary-year", width=1100)
    take(book, "项目自评汇总", "A1:T17", "summary-evaluated", width=1200)
    take(book, "监控情况", "A1:R17", "summary-monitored", width=1200)


def _functions(excel: ExcelOverLibreOffice, take: Camera) -> None:
    """A sheet with every function's example beside what it gives.

    LibreOffice cannot call the functions, so the results are computed here and written as values.
    """
    book = xw.Book(impl=excel.new())
    sheet = book.sheets[0]
    rows = [["公式", "结果"]]
    for function in FUNCTIONS.values():
        rows.append([function.example, shown(computed(function.example), "")])
    table = sheet.range(f"A1:B{len(rows)}")
    table.number_format = "@"
    table.value = rows
    for letters, width in (("A", 56), ("B", 44)):
        sheet.range(f"{letters}:{letters}").column_width = width
    table.font.name, table.font.size = BODY_FONT, 11
    table.wrap_text = True
    table.vertical_alignment = "center"
    table.borders.set("all", line_style="continuous", color=LINE)
    sheet.range("A1:B1").color = HEAD_FILL
    sheet.range("A1:B1").font.bold = True
    table.rows.autofit()
    take(book, sheet.name, f"A1:B{len(rows)}", "show-functions")


def computed(formula: str) -> Any:
    """What the worksheet function of an example gives."""
    name, given = re.fullmatch(r"=(PG_\w+)\((.*)\)", formula).groups()
    # Excel's array {a;b} is a column of two cells.
    given = re.sub(r"\{(.*?)\}", lambda m: f"[[{m[1].replace(';', '],[')}]]", given)
    return getattr(udfs, name)(*ast.literal_eval(f"({given},)"))


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    """Logs and settings of the person who makes the pictures stay out of them."""
    before = dict(os.environ)
    os.environ.update(HOME=str(folder), USERPROFILE=str(folder))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def main(folder: Path = PICTURES) -> None:
    """Write all pictures into ``folder`` and show what the message boxes said."""
    if (reason := unavailable()) is not None:
        sys.exit(f"no pictures: {reason}")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, Office() as office:
        scratch = Path(name)
        books, copies = scratch / "books", scratch / "copies"
        books.mkdir()
        copies.mkdir()
        studio = Studio(office, folder, copies)
        with _home(scratch), ExcelOverLibreOffice(office, addin_path()) as excel:
            excel.macros["PgHighlight"] = pg_highlight
            told = play(excel, studio, books)
    for name, text in told.items():
        print(f"{name}\n{text}\n")
    for picture in studio.taken:
        print(f"{picture.stat().st_size // 1000:5} kB  {picture.name}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
