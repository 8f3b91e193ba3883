"""A copy of a platform's workbook with our values in it, and nothing else changed."""

from __future__ import annotations

import dataclasses
import json
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from perfgoals_xl.api import load
from perfgoals_xl.data_table import DataTable
from perfgoals_xl.errors import InputError
from perfgoals_xl.export import to_json
from perfgoals_xl.platform_sheets.filling import RECALCULATE, file_names, fill_template
from perfgoals_xl.platform_sheets.map_reading import read_map
from perfgoals_xl.resources import example_path
from perfgoals_xl.storage.files import replacing
from tests.support.commands import digest, listing, runner
from tests.support.platform_templates import (
    FIRST_ROW,
    FOOTER_ROW,
    HEADER_ROW,
    PREPARED,
    import_list,
    parts,
    project_form,
)

EXAMPLES = example_path().parent / "平台映射"
SIGNS = {"≥": "1", "≤": "2", "=": "3", ">": "4", "<": "5", "": "6"}
LEVELS = {"产出指标": "01", "效益指标": "02", "满意度指标": "03"}
LIST = f"""\
sheet = "项目绩效目标"
table = "indicators"
header_row = {HEADER_ROW}
first_row = {FIRST_ROW}
where.project_name = "抗旱应急送水保障项目"
"""
NAMES = '[columns]\n"三级指标名称" = "level3"\n'


@pytest.fixture(scope="module")
def declaration():
    return load(example_path())


@pytest.fixture(scope="module")
def document(declaration):
    return json.loads(json.dumps(to_json([declaration]), default=str))["declarations"][0]


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def fill(folder, template, text, declarations, output="填好.xlsx"):
    """The template filled by a map; returns the copy and what was told."""
    path = folder / "映射.toml"
    path.write_text(text, encoding="utf-8")
    out = folder / output
    filled = fill_template(template, read_map(path), declarations, out)
    return out, filled


def without(data, addresses):
    """The bytes of a sheet without these cells."""
    names = b"|".join(address.encode() for address in addresses)
    return re.sub(rb'<c r="(?:' + names + rb')"[^>]*?(?:/>|>.*?</c>)', b"", data)


def new_faults(template, out, validate_ooxml):
    """What the validator finds in a copy, and not in styles that are the template's own bytes."""
    assert parts(out)["xl/styles.xml"] == parts(template)["xl/styles.xml"]
    return [e for e in validate_ooxml(out) if not e["path"].endswith("/styles.xml")]


def test_an_import_list_by_the_example(tmp_path, perfgoals, document, declaration):
    template = import_list(tmp_path, footer=False)
    before = {path: digest(path) for path in (template, example_path())}
    run = perfgoals(
        "export", example_path(), "--into", template, "--map", EXAMPLES / "导入清单.toml",
        "-o", "填好.xlsx",
    )  # fmt: skip
    assert run.code == 0, run.err
    indicators = [(p, i) for p in document["projects"] for i in p["indicators"]]
    assert f"已写出 填好.xlsx：{len(indicators)} 行" in run.err
    assert before == {path: digest(path) for path in before}
    out = tmp_path / "填好.xlsx"
    sheet = openpyxl.load_workbook(out)["项目绩效目标"]
    for number, (project, indicator) in enumerate(indicators):
        row = sheet[FIRST_ROW + number]
        money = project["annual_amount"]
        assert row[0].value == (
            "0310010001" if project["project_name"] == "农村供水工程维修养护项目" else None
        )
        assert (row[1].value, row[2].value) == (number + 1, 2026)
        assert (row[3].value, row[3].data_type) == (document["department_code"], "s")
        assert row[4].value == project["project_name"]
        assert row[5].value == (None if money is None else float(Decimal(str(money)) * 10_000))
        assert row[6].value == LEVELS[indicator["level1"]]
        assert row[7].value == indicator["level2"]
        assert row[8].value == indicator["level3"]
        sign = indicator["operator"] or ("=" if indicator["low"] is not None else "")
        if indicator["kind"] != "range":
            assert row[9].value == SIGNS[sign]
        assert row[10].data_type == "s" or not indicator["target_value"]
        assert (row[11].value or "") == indicator["unit"]
        assert row[12].value == "手工导入"
    # Rows behind the prepared ones look as the last of these.
    last = FIRST_ROW + PREPARED - 1
    for at in (last + 1, FIRST_ROW + len(indicators) - 1):
        assert sheet.row_dimensions[at].height == sheet.row_dimensions[last].height == 33
        for column in range(1, 15):
            assert sheet.cell(at, column)._style == sheet.cell(last, column)._style
    assert sheet.max_row == last + len(indicators) - PREPARED


def test_all_else_is_byte_for_byte(tmp_path, declaration):
    template = import_list(tmp_path)
    out, filled = fill(
        tmp_path,
        template,
        LIST + '[columns]\n"A" = "\'007"\n"预算年度" = "year"\n"指标值" = "target_value"\n'
        '"三级指标名称" = "level3"\n',
        [declaration],
    )
    assert filled.lines == 10
    old, new = parts(template), parts(out)
    sheet = "xl/worksheets/sheet1.xml"
    assert old.keys() == new.keys()
    changed = {name for name in old if old[name] != new[name]}
    # The workbook's own part says that formulas are to be worked out anew.
    assert changed == {sheet, "xl/workbook.xml"}
    assert b'fullCalcOnLoad="1"' in new["xl/workbook.xml"]
    written = [f"{c}{r}" for c in "ACKI" for r in range(FIRST_ROW, FIRST_ROW + 10)]
    assert without(old[sheet], written) == without(new[sheet], written)
    assert filled.notes == [RECALCULATE]
    read = openpyxl.load_workbook(out)["项目绩效目标"]
    assert (read["A15"].value, read["A15"].number_format) == ("007", "@")
    assert read["C15"].data_type == "n"
    assert read[f"F{FOOTER_ROW}"].value == f"=SUM(F15:F{FOOTER_ROW - 1})"


def test_a_workbook_without_formulas_keeps_its_own_part(tmp_path, declaration):
    template = tmp_path / "平.xlsx"
    with xlsxwriter.Workbook(template) as book:
        book.add_worksheet("清单").write("A1", "名称")
    text = 'table = "projects"\nheader_row = 1\ncolumns."名称" = "project_name"\n'
    out, filled = fill(tmp_path, template, text, [declaration])
    old, new = parts(template), parts(out)
    assert {n for n in old if old[n] != new[n]} == {"xl/worksheets/sheet1.xml"}
    assert filled.notes == []
    names = [cell.value for cell in openpyxl.load_workbook(out)["清单"]["A"]]
    assert names == ["名称", *(r["project_name"] for r in declaration.projects.records())]


def test_macros_are_kept(tmp_path, declaration):
    template = import_list(tmp_path, name="模板.xlsm", macros=True)
    out, _ = fill(tmp_path, template, LIST + NAMES, [declaration], "填好.xlsm")
    old, new = parts(template), parts(out)
    assert new["xl/vbaProject.bin"] == old["xl/vbaProject.bin"]
    assert new["[Content_Types].xml"] == old["[Content_Types].xml"]
    with pytest.raises(InputError, match="应与模板同类"):
        fill(tmp_path, template, LIST + NAMES, [declaration], "没有宏.xlsx")


def test_one_file_per_project_by_the_example(tmp_path, perfgoals, document, validate_ooxml):
    template = project_form(tmp_path)
    run = perfgoals(
        "export", example_path(), "--into", template, "--map", EXAMPLES / "申报单.toml",
        "-o", "出/申报单",
    )  # fmt: skip
    assert run.code == 0, run.err
    files = sorted((tmp_path / "出" / "申报单").iterdir())
    names = [p["project_name"] for p in document["projects"]]
    assert [f.name for f in files] == sorted(f"申报单模板-{name}.xlsx" for name in names)
    for project in document["projects"]:
        path = tmp_path / "出" / "申报单" / f"申报单模板-{project['project_name']}.xlsx"
        sheet = openpyxl.load_workbook(path)["申报单"]
        assert sheet["C2"].value == project["project_name"]
        assert sheet["C4"].value == project["supervising_department"]
        assert (sheet["C6"].value, sheet["C6"].data_type) == ("2026", "s")
        assert sheet["C7"].value == project["annual_amount"]
        assert sheet["A9"].value == project["annual_goal"]
        assert sheet["F3"].value == "部门预算"
        got = [
            [sheet.cell(12 + n, c).value for c in (2, 3, 4, 6)]
            for n in range(len(project["indicators"]))
        ]
        keys = ("level1", "level2", "level3", "target_value")
        assert got == [[i[key] for key in keys] for i in project["indicators"]]
        assert sheet["B27"].value == "=COUNTA(D12:D26)"
        assert sheet.protection.sheet
    assert new_faults(template, path, validate_ooxml) == []
    # Once more over the same files, which are ours; not over one that somebody changed.
    again = ("export", example_path(), "--into", template, "--map", EXAMPLES / "申报单.toml")
    assert perfgoals(*again, "-o", "出/申报单").code == 0
    path.write_bytes(path.read_bytes() + b" ")
    assert perfgoals(*again, "-o", "出/申报单").code == 2


def test_one_sheet_per_project(tmp_path, document, declaration, validate_ooxml, office):
    template = project_form(tmp_path)
    text = (EXAMPLES / "申报单.toml").read_text("utf-8").replace('"file"', '"sheet"', 1)
    out, _ = fill(tmp_path, template, text, [declaration])
    assert new_faults(template, out, validate_ooxml) == []
    book = openpyxl.load_workbook(out)
    count = len(document["projects"])
    names = ["申报单", *(f"申报单 ({n})" for n in range(2, count + 1))]
    assert book.sheetnames == ["申报单", "说明", *names[1:]]
    first = book["申报单"]
    for name, project in zip(names, document["projects"], strict=True):
        sheet = book[name]
        assert sheet["C2"].value == project["project_name"]
        assert sheet["D12"].value == project["indicators"][0]["level3"]
        assert sheet.merged_cells == first.merged_cells
        assert sheet.print_area == f"'{name}'!$A$1:$F$28"
        assert sheet["A12"].comment.text == "从 1 起"
        assert len(sheet.data_validations.dataValidation) == 1
        assert len(sheet.conditional_formatting) == 1
        assert bool(sheet.sheet_view.tabSelected) == (name == "申报单")
    listed = import_list(tmp_path)
    other, _ = fill(tmp_path, listed, LIST + NAMES, [declaration], "清单.xlsx")
    assert validate_ooxml(other) == []
    with office.open(out) as opened:
        assert opened.sheet_names == book.sheetnames
        last = document["projects"][-1]
        assert opened.value(names[-1], "C2") == last["project_name"]
        assert opened.value(names[-1], "B27") == len(last["indicators"])
        assert opened.error_cells() == []
    with office.open(other) as opened:
        assert (
            opened.value("项目绩效目标", "I15")
            == document["projects"][8]["indicators"][0]["level3"]
        )
        assert opened.error_cells() == []


def test_a_sheet_with_a_chart_is_not_copied_by_halves(tmp_path, declaration):
    template = tmp_path / "图.xlsx"
    with xlsxwriter.Workbook(template) as book:
        sheet = book.add_worksheet("单")
        sheet.write("A1", "项目名称")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=单!$B$2:$B$4"})
        sheet.insert_chart("D2", chart)
    text = 'table = "projects"\nper_project = "sheet"\n[cells]\n"项目名称" = "project_name"\n'
    with pytest.raises(InputError, match=r"里有图表，不能逐个项目复制.*per_project") as caught:
        fill(tmp_path, template, text, [declaration])
    assert caught.value.sheet == "单"
    fill(tmp_path, template, text.replace('"sheet"', '"file"'), [declaration], "出")
    assert len(listing(tmp_path / "出")) == 12


def test_a_list_and_single_cells_of_the_department(tmp_path, declaration):
    template = import_list(tmp_path)
    text = """\
    [[sheets]]
    sheet = "项目绩效目标"
    table = "department_goals"
    first_row = 15
    columns.I = "budget_goal"
    columns.K = "target_value"
    [sheets.cells]
    D4 = "department_code"
    D5 = "duty_goal"
    [[sheets]]
    sheet = 2
    table = "projects"
    first_row = 10
    columns.B = "project_name"
    columns.C = { column = "total_amount", amount_unit = "元" }
    """
    out, _ = fill(tmp_path, template, text, [declaration])
    book = openpyxl.load_workbook(out)
    goals = declaration.department_goals.records()
    sheet = book["项目绩效目标"]
    assert sheet["D4"].value == declaration.department_code
    assert sheet["D5"].value == declaration.duty_goal
    assert [sheet.cell(15 + n, 11).value for n in range(len(goals))] == [
        row["target_value"] for row in goals
    ]
    projects = declaration.projects.records()
    assert book["字典"].sheet_state == "hidden"
    assert [book["字典"].cell(10 + n, 2).value for n in range(len(projects))] == [
        row["project_name"] for row in projects
    ]


CELLS = 'sheet = "申报单"\ntable = "projects"\nper_project = "file"\n[cells]\n'
ALL = LIST.replace("where", "# where")


def heads(value):
    return f"{LIST}[columns]\n{value}\n"


def labels(value, table="projects"):
    return f"{CELLS.replace('projects', table)}{value}\n"


ABOVE = LIST.replace("first_row = 15", "first_row = 14").replace(
    "header_row = 14", "header_row = 2"
)
EVALUATIONS = 'table = "evaluations"\nfirst_row = 15\ncolumns.I = "grade"\n'
CODES = NAMES + '"H" = "level1"\n[values.level1]\n"产出指标" = "1"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # headings and sheets
        (heads('"三级指标" = "level3"'), "第 14 行没有表头“三级指标”，相近的有"),
        (heads('"备注栏" = "note"'), "有的是 序号、*预算年度、单位代码"),
        (heads('"ZZZ" = "level3"'), "没有表头“ZZZ”"),
        (heads('"I" = "level3"\n"三级指标名称" = "level2"'), "是同一列 I"),
        (LIST.replace("14", "13") + NAMES, "那里什么也没有"),
        (LIST.replace("header_row = 14\n", "") + NAMES, "没有写 header_row"),
        (
            LIST.replace("项目绩效目标", "目标") + NAMES,
            "没有工作表“目标”，有的是 项目绩效目标、字典",
        ),
        (LIST.replace('"项目绩效目标"', "3") + NAMES, "没有第 3 张工作表"),
        # what stands there already
        (ALL + NAMES, "单元格 E28：清单写到这一行，这里已有内容“合计”"),
        (ALL + 'columns.E = "project_name"\n', "单元格 E28：这里已有内容“合计”"),
        (ALL + 'columns.F = "project.annual_amount"\n', "单元格 E28：清单写到这一行"),
        (heads('"检查" = "level3"'), "单元格 N15：这里是公式"),
        (ABOVE + 'columns.I = "level3"\n', "单元格 I14：这里已有内容“三级指标名称”"),
        (LIST + "rows = 9\n" + NAMES, "只有 9 行可写（第 15 至 23 行），要写的有 10 行"),
        # values, and what there is to write
        (heads('"指标值" = "target_value:number"'), '不是数（映射的 columns."指标值"）'),
        (LIST + CODES, "“效益指标”在 [values] 对照里没有"),
        (EVALUATIONS, "来源里没有映射要写的内容"),
    ],
)
def test_lists_that_are_refused(tmp_path, declaration, text, told):
    refuse(tmp_path, import_list(tmp_path), text, declaration, "填好.xlsx", told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (labels('"项目的名称" = "project_name"'), "没有标签“项目的名称”，相近的有 项目名称:"),
        (labels('"单位负责人" = "department"'), "标签“单位负责人”出现 2 次（A28、D28）"),
        (labels('"XFE1" = "department"'), "工作表里没有这个单元格"),
        (labels('"项目名称" = "project_name"'), "单元格 C2：这里已有内容“（请填写）”"),
        ("replace = true\n" + labels('"指标个数" = "year"'), "单元格 B27：这里是公式"),
        (labels('"C4" = "department"\n"主管部门" = "year"'), "写到同一格"),
        (labels('"C4" = "grade"', "evaluations"), "来源里没有 evaluations"),
    ],
)
def test_forms_that_are_refused(tmp_path, declaration, text, told):
    refuse(tmp_path, project_form(tmp_path), text, declaration, "出", told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (labels('"C4" = "department"').replace('per_project = "file"\n', ""), "来源里有 12 个"),
        ('table = "projects"\nfirst_row = 9\ncolumns.A = "year"\n', "单元格 A9：这一格和上下的行"),
    ],
)
def test_one_workbook_of_all_is_refused(tmp_path, declaration, text, told):
    refuse(tmp_path, project_form(tmp_path), text, declaration, "填好.xlsx", told)


def refuse(tmp_path, template, text, declaration, output, told):
    before = listing(tmp_path)
    with pytest.raises(InputError) as caught:
        fill(tmp_path, template, text, [declaration], output)
    line = str(caught.value)
    assert told in line
    assert "\n" not in line
    assert listing(tmp_path) == sorted([*before, "映射.toml"])


def test_a_value_that_does_not_fit_names_its_cell(tmp_path, declaration):
    with pytest.raises(InputError) as caught:
        fill(
            tmp_path,
            import_list(tmp_path),
            LIST + '[columns]\n"指标值" = "target_value:number"\n',
            [declaration],
        )
    assert caught.value.file == str(example_path())
    assert (caught.value.sheet, caught.value.cell is not None) == (
        "云川县水务局2026年绩效目标表",
        True,
    )


def test_rows_that_the_map_counts_may_hold_samples(tmp_path, declaration):
    template = tmp_path / "示例.xlsx"
    with xlsxwriter.Workbook(template) as book:
        sheet = book.add_worksheet("清单")
        sheet.write_row("A1", ["序号", "名称"])
        for row in range(1, 16):
            sheet.write_row(row, 0, [row, "示例"])
    text = (
        LIST.replace("14", "1").replace("15", "2").replace('sheet = "项目绩效目标"\n', "")
        + '{}[columns]\n"名称" = "level3"\n'
    )
    with pytest.raises(InputError, match=r"单元格 B2：这里已有内容“示例”.*replace = true"):
        fill(tmp_path, template, text.format(""), [declaration])
    out, filled = fill(tmp_path, template, text.format("rows = 15\n"), [declaration])
    names = [cell.value for cell in openpyxl.load_workbook(out)["清单"]["B"]]
    assert "示例" not in names[:11]
    assert names[11:] == ["示例"] * 5
    assert filled.notes == ["工作表“清单”：写完的行下面还有模板原来的内容（B12 等 5 格），没有动"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--into", "模板.xls", "--map", "映射.toml", "-o", "出.xlsx"), "不能往 .xls 里写"),
        (("--into", "没有.xlsx", "--map", "映射.toml", "-o", "出.xlsx"), "找不到模板"),
        (("--into", "模板.xlsx", "--map", "没有.toml", "-o", "出.xlsx"), "找不到映射文件"),
        (("--into", "坏.xlsx", "--map", "映射.toml", "-o", "出.xlsx"), "无法填写"),
        (("--into", "模板.xlsx", "-o", "出.xlsx"), "还缺 --map"),
        (("--map", "映射.toml", "-o", "出.xlsx"), "还缺 --into"),
        (("--into", "模板.xlsx", "--map", "映射.toml"), "还缺 -o"),
        (("--into", "模板.xlsx", "--map", "映射.toml", "-o", "模板.xlsx"), "不能是来源文件本身"),
        (("--into", "模板.xlsx", "--map", "映射.toml", "-o", "映射.toml"), "不能是来源文件本身"),
        (("--into", "模板.xlsx", "--map", "映射.toml", "-o", "出.csv"), "应与模板同类"),
        (("--into", "模板.xlsx", "--map", "映射.toml", "-o", "出.xlsx", "--format", "csv"),
         "不能再加 --format"),
        (("--into", "模板.xlsx", "--map", "每个.toml", "-o", "出.xlsx"), "-o 应是文件夹"),
    ],
)  # fmt: skip
def test_calls_that_are_refused(tmp_path, perfgoals, arguments, told):
    template = import_list(tmp_path, name="模板.xlsx")
    (tmp_path / "模板.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (tmp_path / "坏.xlsx").write_bytes(template.read_bytes()[:2000])
    (tmp_path / "映射.toml").write_text(LIST + NAMES, encoding="utf-8")
    (tmp_path / "每个.toml").write_text('per_project = "file"\n' + LIST + NAMES, encoding="utf-8")
    before = {name: digest(tmp_path / name) for name in listing(tmp_path)}
    run = perfgoals("export", example_path(), *arguments)
    assert run.code == 2
    assert told in run.err.splitlines()[-1]
    assert {name: digest(tmp_path / name) for name in listing(tmp_path)} == before


def test_nothing_is_written_where_one_file_fails(tmp_path, declaration):
    # The fifteen rows of the form do not hold the last but one project's.
    text = (EXAMPLES / "申报单.toml").read_text("utf-8").replace("rows = 15", "rows = 14")
    template = project_form(tmp_path)
    with pytest.raises(InputError, match="只有 14 行可写"):
        fill(tmp_path, template, text, [declaration], "出")
    assert listing(tmp_path) == sorted(["映射.toml", template.name])


def test_a_source_is_never_written(tmp_path, declaration):
    template, name = project_form(tmp_path), declaration.projects.records()[0]["project_name"]
    source = tmp_path / "出" / f"{template.stem}-{name}.xlsx"
    source.parent.mkdir()
    source.write_bytes(b"source")
    moved = dataclasses.replace(declaration, file=str(source))
    text = (EXAMPLES / "申报单.toml").read_text("utf-8")
    with replacing(), pytest.raises(InputError, match="不能是来源文件本身"):
        fill(tmp_path, template, text, [moved], "出")
    with replacing(), pytest.raises(InputError, match="不能是来源文件本身"):
        fill(tmp_path, template, text.replace("per_project", "# "), [declaration], template.name)
    assert listing(source.parent) == [source.name]


def test_headings_over_several_cells(tmp_path, declaration):
    template = tmp_path / "合并.xlsx"
    with xlsxwriter.Workbook(template) as book:
        sheet = book.add_worksheet("清单")
        sheet.merge_range("B1:B2", "项目\n名称＊")
        sheet.merge_range("C2:D2", "年度资金 总额：")
        for row in range(3, 20):
            sheet.merge_range(f"C{row}:D{row}", None)
        sheet.set_column("B:B", 9, book.add_format({"num_format": "@"}))
        sheet.set_row(3, 20, book.add_format({"num_format": "0.0"}))
    text = """\
    table = "projects"
    header_row = 2
    [columns]
    "项目名称" = "project_name"
    "年度资金总额" = { column = "annual_amount", amount_unit = "万元" }
    """
    out, _ = fill(tmp_path, template, text, [declaration])
    sheet = openpyxl.load_workbook(out)["清单"]
    rows = declaration.projects.records()
    assert [sheet.cell(3 + n, 2).value for n in range(len(rows))] == [
        row["project_name"] for row in rows
    ]
    assert [sheet.cell(3 + n, 3).value for n in range(len(rows))] == [
        None if row["annual_amount"] is None else float(row["annual_amount"]) for row in rows
    ]
    # A cell that was not there looks as its column does, or its row.
    assert (sheet["B3"].number_format, sheet["B4"].number_format) == ("@", "0.0")
    doubled = text + '"D" = "total_amount"\n'
    with pytest.raises(InputError, match="写到同一格"):
        fill(tmp_path, template, doubled, [declaration], "又.xlsx")


def test_amounts_in_different_units_are_not_put_in_one_column(tmp_path, declaration):
    projects = declaration.projects.records()
    other = [{**row, "amount_unit": "元"} for row in projects]
    empty = [{}] * len(other)
    in_yuan = dataclasses.replace(
        declaration,
        file="元.txt",
        projects=DataTable.build(list(other[0]), other, empty),
    )
    text = 'table = "projects"\nsheet = 2\nfirst_row = 10\n[columns]\n"B" = {}\n'
    template = import_list(tmp_path)
    with pytest.raises(InputError, match="来源的金额单位不一样（万元、元）"):
        fill(tmp_path, template, text.format('"annual_amount"'), [declaration, in_yuan])
    wanted = '{ column = "annual_amount", amount_unit = "元" }'
    out, _ = fill(tmp_path, template, text.format(wanted), [declaration, in_yuan])
    sheet = openpyxl.load_workbook(out)["字典"]
    assert (sheet["B10"].value, sheet["B22"].value) == (1864000, 186.4)


def test_names_of_files():
    names = file_names("单", ["甲/乙:丙", "甲 乙 丙", None, "…" * 200, "con.", "CON"], ".xlsx")
    assert names[:3] == ["单-甲 乙 丙.xlsx", "单-甲 乙 丙(2).xlsx", "单-项目03.xlsx"]
    assert names[4:] == ["单-con.xlsx", "单-CON(2).xlsx"]
    assert max(len(name.encode()) for name in names) < 250


def test_a_template_becomes_a_workbook(tmp_path, declaration):
    template = import_list(tmp_path)
    kind = b"spreadsheetml.sheet.main+xml"
    of_template = tmp_path / "模板.xltx"
    with zipfile.ZipFile(of_template, "w") as out:
        for name, data in parts(template).items():
            out.writestr(name, data.replace(kind, b"spreadsheetml.template.main+xml"))
    made, _ = fill(tmp_path, of_template, LIST + NAMES, [declaration])
    assert kind in parts(made)["[Content_Types].xml"]
