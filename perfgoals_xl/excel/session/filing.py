"""新建申报表, 导入, 生成汇总表, 自评表, 监控表: workbooks written as files and opened in Excel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.evaluation.evaluation_book import write_evaluation_book, write_monitoring_book
from perfgoals_xl.evaluation.form_plan import PlannedForm
from perfgoals_xl.excel.session.checking import read_open, untaken
from perfgoals_xl.excel.session.desk import Desk
from perfgoals_xl.joining.combining import combine
from perfgoals_xl.joining.one_workbook import refuse_mixed
from perfgoals_xl.joining.settled_sources import join_sources
from perfgoals_xl.reading.load import load
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.review.report import closing_line
from perfgoals_xl.storage.permissions import no_wider_than
from perfgoals_xl.workbooks.importing import import_declarations
from perfgoals_xl.workbooks.standard.template import write_standard_workbook
from perfgoals_xl.workbooks.summarising import write_consolidation

_YEARS = range(2000, 2100)
# Budgets are declared in the second half of the year before.
_NEXT_YEAR_FROM = 7
_MONTHS = range(1, 13)
# What most places ask to monitor.
_LIKELY_MONTH = "7"


def new_workbook(desk: Desk) -> str:
    """Ask for department and year, write a blank standard workbook and open it."""
    department = desk.ask("填报部门的全称：")
    if department is None:
        return ""
    year = _ask_year(desk)
    if year is None:
        return ""
    suggested = f"{_as_file_name(department)}{year}年绩效目标申报表.xlsx"
    path = desk.ask_where("新的申报表保存到哪里", suggested)
    if path is None:
        return ""
    with desk.quiet("正在新建申报表…"):
        rules = tuple(RULES.values())
        write_standard_workbook(path, department=department, code=None, year=year, rules=rules)
    _open(desk, path)
    return f"已建立 {path.name}。请从“填报说明”看起，再逐表填写；项目表不够时点“新增项目表”。"


def import_files(desk: Desk) -> str:
    """Ask for tables that exist already, write them as the standard workbook and open it."""
    sources = desk.ask_sources("选择要导入的申报表（可多选）")
    if not sources:
        return ""
    desk.status("正在读取…")
    declarations = [load(source) for source in sources]
    refuse_mixed(declarations)
    joined = join_sources(declarations)
    declaration = combine(joined.kept)
    year = declaration.year if declaration.year is not None else _ask_year(desk)
    if year is None:
        return ""
    suggested = f"{sources[0].stem}（标准格式）.xlsx"
    path = desk.ask_where("导入的结果保存到哪里", suggested)
    if path is None:
        return ""
    with desk.quiet("正在写出标准工作簿…"), no_wider_than(sources):
        imported = import_declarations(joined.kept, path, year=year)
    _open(desk, path)
    told = (
        f"已导入 {len(declaration.projects)} 个项目、{len(declaration.indicators)} 个指标，"
        f"保存为 {path.name}。原文件没有改动。"
    )
    for note in (*joined.notes, *joined.rivals):
        told += f"\n注意：{note}"
    for hidden in declaration.hidden_forms:
        told += f"\n注意：{hidden.told}，没有导入。"
    told += "".join(f"\n{note}" for note in imported.notes)
    for remark in declaration.remarks:
        value = "" if remark.value is None else f"（{remark.value[:20]}）"
        told += f"\n注意：{remark.place.sheet} {remark.place.cell}：{remark.text}{value}"
    return told


def consolidate(desk: Desk) -> str:
    """Write the summary beside the workbook, under a dated name that is free, and open it."""
    with desk.quiet("正在生成汇总表…"):
        opened = read_open(desk.book)
    path = _path_beside(desk, opened.file, "汇总")
    if path is None:
        return ""
    with desk.quiet("正在生成汇总表…"), no_wider_than([opened.file]):
        found = write_consolidation([opened.declaration], path)
    _open(desk, path)
    told = f"汇总表已生成：{path}\n\n{closing_line(found)}"
    for hidden in opened.declaration.hidden_forms:
        told += f"\n\n注意：{hidden.told}，没有计入汇总表。"
    if found.has_open_errors:
        told += "\n\n仍有错误没有更正或说明，报送前请处理。"
    return told + untaken(opened.declaration, found)


def new_evaluation(desk: Desk) -> str:
    """Write the 自评表 of all projects beside the workbook, and open it."""
    return _other_form(desk, "自评", write_evaluation_book)


def new_monitoring(desk: Desk) -> str:
    """Ask for the month, write the 监控表 of all projects beside the workbook, and open it."""
    month = _ask_month(desk)
    if month is None:
        return ""
    return _other_form(
        desk, "监控", lambda declared, path: write_monitoring_book(declared, path, month)
    )


def _other_form(
    desk: Desk, kind: str, write: Callable[[Sequence[Declaration], Path], Sequence[PlannedForm]]
) -> str:
    """Write a form of the year's other half beside the workbook and open it."""
    with desk.quiet(f"正在生成{kind}表…"):
        opened = read_open(desk.book)
    path = _path_beside(desk, opened.file, kind)
    if path is None:
        return ""
    with desk.quiet(f"正在生成{kind}表…"), no_wider_than([opened.file]):
        forms = write([opened.declaration], path)
    _open(desk, path)
    count = sum(len(form.indicators) for form in forms)
    told = f"{kind}表已生成：{path}\n\n{len(forms)} 个项目，{count} 个指标。请填浅黄色的格。"
    for hidden in opened.declaration.hidden_forms:
        told += f"\n\n注意：{hidden.told}，没有计入。"
    # The same is told of most projects.
    for note in dict.fromkeys(note for form in forms for note in form.notes):
        told += f"\n\n注意：{note}"
    return told


def _path_beside(desk: Desk, book: Path, kind: str) -> Path | None:
    stem = f"{book.stem}-{kind}-{dt.date.today():%Y%m%d}"
    if not book.is_absolute():
        # Never saved, or on a server: there is no folder to stand beside.
        return desk.ask_where(f"{kind}表保存到哪里", f"{stem}.xlsx")
    path, number = book.with_name(f"{stem}.xlsx"), 1
    while path.exists():
        number += 1
        path = book.with_name(f"{stem}-{number}.xlsx")
    return path


def _ask_year(desk: Desk) -> int | None:
    today = dt.date.today()
    likely = today.year + (today.month >= _NEXT_YEAR_FROM)
    answer = desk.ask("计划年度（四位数字）：", str(likely))
    if answer is None:
        return None
    digits = answer.removesuffix("年").strip()
    if not digits.isdecimal() or int(digits) not in _YEARS:
        raise InputError(f"“{answer}”不是年度", hint="请填四位数字，如 2026。")
    return int(digits)


def _ask_month(desk: Desk) -> int | None:
    answer = desk.ask("监控到几月（1～12）：", _LIKELY_MONTH)
    if answer is None:
        return None
    digits = answer.removesuffix("份").removesuffix("月").strip()
    if not digits.isdecimal() or int(digits) not in _MONTHS:
        raise InputError(f"“{answer}”不是月份", hint="请填 1 到 12 的数字，如 7。")
    return int(digits)


def _as_file_name(text: str) -> str:
    return "".join(c for c in text if c not in '\\/:*?"<>|' and c.isprintable()).strip(" .")


def _open(desk: Desk, path: Path) -> None:
    desk.app.books.open(str(path)).activate()
