"""规则设置, 工作表函数, 帮助 and 诊断: what people look up."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import Any

from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.session.desk import Desk
from perfgoals_xl.excel.session.open_book import path_of
from perfgoals_xl.excel.session.results_sheet import add_sheet
from perfgoals_xl.form.own_sheets import NOTES_LABEL, RULE_HEADINGS, RULES_SHEET, SEVERITY_LABELS
from perfgoals_xl.resources import manual_path
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.workbooks.kit.styles import BODY_FONT, HEAD_FILL, LINE
from perfgoals_xl.workbooks.standard.rules_sheet import WIDTHS


def open_rules(desk: Desk) -> str:
    """Show the sheet 校验规则, made where the workbook has none; returns what to tell."""
    book = desk.book
    if RULES_SHEET not in [sheet.name for sheet in book.sheets]:
        if not desk.agree(f"这个工作簿没有“{RULES_SHEET}”工作表。现在添加一张吗？"):
            return ""
        if getattr(book.api, "ProtectStructure", False):
            raise InputError(
                "工作簿的结构受保护，无法添加工作表",
                hint="请先撤销工作簿保护。",
                file=path_of(book),
            )
        with desk.quiet("正在添加校验规则…"):
            _add_rules(book)
    book.sheets[RULES_SHEET].activate()
    return ""


def _add_rules(book: Any) -> None:
    sheet = add_sheet(book, RULES_SHEET)
    rows = [list(RULE_HEADINGS)]
    for rule in RULES.values():
        label = SEVERITY_LABELS[rule.severity.value]
        threshold = "" if rule.threshold is None else rule.threshold
        rows.append([rule.code, rule.title, label, threshold, "是", rule.explanation])  # type: ignore[list-item]
    sheet.range("A1").value = rows
    sheet.range("H1").value = [NOTES_LABEL, "否"]
    last = len(rows)
    body = sheet.range(f"A1:F{last}")
    body.font.name, body.font.size = BODY_FONT, 10
    body.wrap_text = True
    body.vertical_alignment = "center"
    body.borders.set("all", line_style="continuous", color=LINE)
    sheet.range("A1:F1").color = HEAD_FILL
    sheet.range("A1:F1").font.bold = True
    for letters, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.range(f"{letters}:{letters}").column_width = width
    body.rows.autofit()


def show_functions(desk: Desk) -> str:
    """The worksheet functions, one line each."""
    from perfgoals_xl.excel.functions.function_registry import FUNCTIONS

    lines = []
    for function in FUNCTIONS.values():
        names = ", ".join(f"[{a.name}]" if a.optional else a.name for a in function.arguments)
        # The first sentence: a message box is small, and the manual has the rest.
        lines.append(f"{function.name}({names})\n　{function.description.partition('。')[0]}。")
    told = '在单元格中像普通函数一样使用，例如 =PG_AMOUNT(D15,"元")。用法和例子见“帮助”。\n\n'
    if sys.platform == "darwin":
        told = "注意：Mac 上的 Excel 不能使用这些函数。\n\n"
    return told + "\n".join(lines)


def open_help(desk: Desk) -> str:
    """Open the manual in the browser; returns what to tell."""
    del desk
    page = write_manual_page(Path(tempfile.gettempdir()) / "perfgoals-用户手册.html")
    if not webbrowser.open(page.as_uri()):
        return f"请用浏览器打开用户手册：{page}"
    return ""


def write_manual_page(page: Path) -> Path:
    """Write the manual as a page for the browser, its pictures inside."""
    from perfgoals_xl.excel.setup.manual_page import as_html

    page.write_bytes(as_html(manual_path()))
    return page


def diagnose(desk: Desk) -> str:
    """What ``perfgoals addin doctor`` finds on this PC, what needs doing first."""
    from perfgoals_xl.excel.setup.diagnosis import State, as_lines
    from perfgoals_xl.excel.setup.doctor import checks
    from perfgoals_xl.excel.setup.machine import Machine

    desk.status("正在检查安装…")
    found = checks(Machine.here())
    wanting = [check for check in found if check.state is not State.OK]
    *lines, _ = as_lines(wanting)
    fine = [check.name for check in found if check.state is State.OK]
    if fine:
        lines.append(f"[正常] {'、'.join(fine)}")
    *_, counts = as_lines(found)
    return "\n".join([*lines, counts])
