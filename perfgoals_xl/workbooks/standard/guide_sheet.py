"""The sheet 填报说明: whose workbook it is, how to fill it in, and where everything stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xlsxwriter import Workbook

from perfgoals_xl.addresses import a1
from perfgoals_xl.form.own_sheets import IMPORT_SHEET, RESULTS_SHEET, SEVERITY_LABELS
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import SEVERITY_COLOURS, Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_text
from perfgoals_xl.workbooks.standard import defined_names as names
from perfgoals_xl.workbooks.standard.headings import Heading

SHEET = "填报说明"
_WIDTHS = (14, 42, 42)
_LAST = len(_WIDTHS) - 1
_EDITIONS = {
    "2015": "产出（含成本）、效益、满意度三类一级指标",
    "2021": "成本单列，成本、产出、效益、满意度四类一级指标",
}
_STEPS = (
    "先在上表选定计划年度，填好填报部门及代码。",
    "填写“部门整体”：概括部门职责和本年度要达到的结果，逐行写明政策要求、衡量指标和指标值。",
    "每个项目一张表。先填名称、单位、属性、期限，再填资金。金额按表头所示单位填写，最多六位小数；"
    "没有的留空，确实为零才填 0。表右侧的“核对”会自动加总，不符时变红。",
    "写总体目标：说清这笔钱本年度要办成什么事、达到什么效果，尽量用数字，不要只写支付哪些费用。",
    "逐条填写指标：一、二级从下拉列表中选，三级只写衡量什么，指标值写明方向、数字和单位，"
    "如“≥120次”“≥95%”“≤40万元”“10月底前”。能量化的都要量化。",
    "行不够时，点“绩效目标”选项卡上的“插入指标行”；没有这个选项卡时，复制表内任意一行，再用"
    "“插入复制的单元格”。表内原有的行不要删除，栏目名称不要改动。项目不够时，点“新增项目表”，"
    "或复制整张项目表后改名。",
    "填完后保存并校验。有问题的单元格会着色，逐条说明列在“校验结果”；错误须更正，"
    "确有原因的在“说明”一栏写明理由。",
)
_MEANINGS = {"error": "须更正", "warning": "请核实", "info": "供参考"}


class Entry(NamedTuple):
    """A line of the table of contents: a sheet and what it is for."""

    sheet: str
    purpose: str


def write_guide(
    workbook: Workbook,
    sheet: Sheet,
    styles: Styles,
    heading: Heading,
    *,
    year: int,
    edition: str,
    contents: Sequence[Entry],
) -> None:
    """Fills the sheet and defines the names of year, department, edition and template version."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, _LAST, "", styles("title"))
    put_text(sheet, 0, 0, "绩效目标申报表　填报说明", styles("title"))
    sheet.set_height(0, 38)
    row = _write_facts(workbook, sheet, styles, heading, year, edition)
    row = _write_steps(sheet, styles, row + 1)
    last = _write_contents(sheet, styles, row + 1, contents)
    set_page(sheet, last_row=last, last_column=_LAST)


def _write_facts(
    workbook: Workbook, sheet: Sheet, styles: Styles, heading: Heading, year: int, edition: str
) -> int:
    """Writes the facts about the workbook and returns the row behind them."""
    follow = "；各表标题随之改变。" if heading.live else "。"
    # The labels must not be labels of the form: the reader knows a table by its labels.
    facts = (
        (names.YEAR, "计划年度", year, f"从下拉列表中选择{follow}"),
        (names.DEPARTMENT, "填报部门", heading.department, f"一级预算部门的全称{follow}"),
        (names.DEPARTMENT_CODE, "填报部门代码", heading.code, "预算部门代码，没有可以留空。"),
        (names.EDITION, "指标体系", edition, f"{_EDITIONS[edition]}。"),
        (names.VERSION, "模板版本", names.TEMPLATE_VERSION, "由程序填写，请勿修改。"),
    )
    first = 1
    for row, (name, label, value, remark) in enumerate(facts, start=first):
        put_text(sheet, row, 0, label, styles("cell", "label"))
        own = name in (names.YEAR, names.DEPARTMENT, names.DEPARTMENT_CODE)
        look = ("to_fill", "bold") if own else ("grey",)
        if isinstance(value, int):
            sheet.write_number(row, 1, value, styles("cell", "left", "whole", *look))
        else:
            put_text(sheet, row, 1, value, styles("cell", "left", "text", *look))
        put_text(sheet, row, 2, remark, styles("cell", "left", "grey", "ten"))
        sheet.set_height(row, max(24.0, height_of(remark, _WIDTHS[2], 10)), fixed=False)
        column, digits = a1(row, 1)[0], a1(row, 1)[1:]
        workbook.define_name(name, f"={quoted(SHEET)}!${column}${digits}")
    options = {
        "validate": "list",
        "source": f"={names.YEAR_LIST}",
        "error_type": "warning",
        "error_title": "年度不在列表中",
        "error_message": "请填四位数的年度。确定要使用这个年度吗？",
    }
    sheet.data_validation(first, 1, first, 1, options)
    return first + len(facts)


def _write_steps(sheet: Sheet, styles: Styles, row: int) -> int:
    put_text(sheet, row, 0, "填报步骤", styles("heading"))
    sheet.set_height(row, 26)
    for number, step in enumerate(_STEPS, start=1):
        row += 1
        sheet.merge_range(row, 0, row, _LAST, "", styles("paragraph"))
        text = f"{number}. {step}"
        put_text(sheet, row, 0, text, styles("paragraph"))
        sheet.set_height(row, height_of(text, sum(_WIDTHS)))
    row += 1
    for column, (severity, meaning) in enumerate(_MEANINGS.items()):
        text = f"{SEVERITY_LABELS[severity]}：{meaning}"
        put_text(sheet, row, column, text, styles.swatch(SEVERITY_COLOURS[severity]))
    sheet.set_height(row, 30)
    return row + 1


def _write_contents(sheet: Sheet, styles: Styles, row: int, contents: Sequence[Entry]) -> int:
    """Writes the table of contents and returns its last row."""
    put_text(sheet, row, 0, "工作表目录", styles("heading"))
    sheet.set_height(row, 26)
    row += 1
    put_text(sheet, row, 0, "序号", styles("cell", "head"))
    put_text(sheet, row, 1, "工作表", styles("cell", "head"))
    put_text(sheet, row, 2, "内容", styles("cell", "head"))
    sheet.set_height(row, 22)
    for number, entry in enumerate(contents, start=1):
        row += 1
        sheet.write_number(row, 0, number, styles("cell", "center", "whole"))
        target = f"internal:{quoted(entry.sheet)}!A1"
        sheet.write_url(row, 1, target, styles("cell", "left", "link"), entry.sheet)
        put_text(sheet, row, 2, entry.purpose, styles("cell", "left"))
        needed = max(height_of(entry.sheet, _WIDTHS[1]), height_of(entry.purpose, _WIDTHS[2]))
        sheet.set_height(row, max(20.0, needed), fixed=False)
    return row


def contents_of(
    projects: Sequence[tuple[str, str | None]], department: str, rules: str, *, imported: bool
) -> list[Entry]:
    """The table of contents: ``projects`` are sheet and project name, then the other sheets.

    ``imported`` where the workbook tells what an import made of its sources.
    """
    return [
        Entry(department, "部门整体支出绩效目标"),
        *(Entry(sheet, name or "项目支出绩效目标") for sheet, name in projects),
        Entry(rules, "校验用的规则，可以调整级别、阈值和启用"),
        Entry(RESULTS_SHEET, "最近一次校验的结果"),
        *[Entry(IMPORT_SHEET, "导入时怎样读懂来源文件，哪些内容没有读入")] * imported,
    ]
