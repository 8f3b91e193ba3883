"""Workbooks as platforms hand them out: an import list with codes, and a form with labels.

    path = import_list(tmp_path)  # headings in row 14, rows 15 to 26, totals in row 28
    path = project_form(tmp_path)

Both have what a careless program loses: dropdowns on a hidden dictionary, conditional formats,
formulas, a picture of formats, names, notes, print areas.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation

HEADINGS = (
    "", "序号", "*预算年度", "单位\n代码", "项目名称", "年度预算金额", "一级指标代码", "二级指标",
    "三级指标名称", "指标性质", "指标值", "计量单位", "填报方式", "检查",
)  # fmt: skip
HEADER_ROW, FIRST_ROW, PREPARED = 14, 15, 12
FOOTER_ROW = 28
ADDIN = Path(__file__).parents[2] / "addin" / "perfgoals.xlam"


def import_list(folder, *, name="导入模板.xlsx", footer=True, macros=False, prepared=PREPARED):
    """A platform's import list; returns its path."""
    path = folder / name
    book = xlsxwriter.Workbook(path)
    if macros:
        project = folder / "vbaProject.bin"
        with zipfile.ZipFile(ADDIN) as package:
            project.write_bytes(package.read("xl/vbaProject.bin"))
        book.add_vba_project(str(project))
    sheet = book.add_worksheet("项目绩效目标")
    codes = book.add_worksheet("字典")
    codes.hide()
    codes.write_column("A1", ["01", "02", "03"])
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#DDEBF7", "text_wrap": True})
    text = book.add_format({"border": 1, "num_format": "@"})
    money = book.add_format({"border": 1, "num_format": "#,##0.00"})
    general = book.add_format({"border": 1})
    sheet.merge_range("B1:N1", "项目绩效目标导入模板", book.add_format({"bold": True}))
    sheet.write("B3", "填表说明：不要改动表头；<代码> & 名称见字典。")
    for column, heading in enumerate(HEADINGS):
        sheet.write(HEADER_ROW - 1, column, heading, head)
    for row in range(FIRST_ROW - 1, FIRST_ROW - 1 + prepared):
        for column in range(len(HEADINGS) - 1):
            look = text if column in (0, 3, 6, 10) else money if column == 5 else general
            sheet.write_blank(row, column, None, look)
        sheet.write_formula(row, 13, f'=IF(E{row + 1}="","","已填")', general, "")
    sheet.set_column("A:A", 12, None, {"hidden": True})
    sheet.set_row(FIRST_ROW - 2 + prepared, 33)
    sheet.data_validation("G15:G200", {"validate": "list", "source": "=字典!$A$1:$A$3"})
    sheet.conditional_format("E15:E200", {"type": "duplicate", "format": head})
    if footer:
        sheet.write(FOOTER_ROW - 1, 4, "合计", head)
        sheet.write_formula(FOOTER_ROW - 1, 5, f"=SUM(F15:F{FOOTER_ROW - 1})", money, 0)
        sheet.merge_range(FOOTER_ROW, 1, FOOTER_ROW, 4, "填表人：", general)
    sheet.freeze_panes(HEADER_ROW, 0)
    sheet.write_comment("G14", "代码见字典")
    book.define_name("一级指标字典", "=字典!$A$1:$A$3")
    book.close()
    return path


def project_form(folder, *, name="申报单模板.xlsx"):
    """A platform's form of one project; returns its path."""
    path = folder / name
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "申报单"
    line = Side(style="thin")
    box = Border(left=line, right=line, top=line, bottom=line)
    sheet["A1"] = "项目绩效目标申报单"
    sheet.merge_cells("A1:F1")
    sheet["A1"].font = Font(bold=True, size=16)
    for label, value, row in (
        ("项目名称：", "（请填写）", 2),
        ("主管部门", None, 4),
        ("实施单位", None, 5),
        ("预算年度", None, 6),
        ("年度资金总额\n(万元)", None, 7),
    ):
        sheet[f"A{row}"], sheet[f"C{row}"] = label, value
        sheet.merge_cells(f"A{row}:B{row}")
        sheet.merge_cells(f"C{row}:E{row}")
    sheet["C6"].number_format = "@"
    sheet["C7"].number_format = "0.00"
    sheet["A8"] = "年度总体目标"
    sheet.merge_cells("A8:F8")
    sheet.merge_cells("A9:F10")
    sheet["A9"].alignment = Alignment(wrap_text=True)
    for column, heading in zip("ABCDF", ("序号", "一级", "二级", "名称", "指标值"), strict=True):
        sheet[f"{column}11"] = heading
    for row in range(12, 27):
        sheet.merge_cells(f"D{row}:E{row}")
        for column in "ABCDEF":
            sheet[f"{column}{row}"].border = box
            sheet[f"{column}{row}"].protection = Protection(locked=False)
    sheet["A27"] = "指标个数"
    sheet["B27"] = "=COUNTA(D12:D26)"
    sheet["A28"] = "单位负责人"
    sheet["D28"] = "单位负责人"
    sheet["A12"].comment = Comment("从 1 起", "平台")
    choice = DataValidation(type="list", formula1='"产出指标,效益指标,满意度指标"')
    choice.add("B12:B26")
    sheet.add_data_validation(choice)
    fill = PatternFill(bgColor="FFFF00", fill_type="solid")
    sheet.conditional_formatting.add("F12:F26", FormulaRule(formula=['F12=""'], fill=fill))
    sheet.sheet_view.tabSelected = True
    sheet.print_area = "A1:F28"
    sheet.protection.sheet = True
    book.create_sheet("说明")["A1"] = "每个项目一份"
    book.save(path)
    return path


def parts(path):
    """The parts of a package, by name."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
