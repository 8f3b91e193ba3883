from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from perfgoals_xl.errors import InputError
from perfgoals_xl.form.fields import FIELDS, Kind, Table, field, label_of
from perfgoals_xl.form.taxonomy import EDITIONS
from perfgoals_xl.resources import TEMPLATE_NAME, data_folder
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.workbooks.build import build_template
from perfgoals_xl.workbooks.findings.layout import position_of
from perfgoals_xl.workbooks.standard.defined_names import TEMPLATE_VERSION
from perfgoals_xl.workbooks.standard.template import write_standard_workbook
from tests.workbooks import samples

RULE_LINES = tuple(RULES.values())


def write(path: Path, **changes: Any) -> Path:
    facts: dict[str, Any] = {
        "department": samples.DEPARTMENT, "code": "215001", "year": 2026, "rules": RULE_LINES,
    }  # fmt: skip
    write_standard_workbook(path, **(facts | changes))
    return path


def rows(path: Path, sheet: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("blank") / "申报.xlsx", projects=3)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "申报.xlsx"
    return write(path, declaration=samples.plain())


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hard") / "申报.xlsx"
    return write(path, declaration=samples.nasty())


def test_the_committed_template_is_current(tmp_path: Path) -> None:
    build_template(tmp_path / "fresh.xlsx")
    committed = data_folder("templates") / TEMPLATE_NAME
    assert committed.read_bytes() == (tmp_path / "fresh.xlsx").read_bytes(), "run: make template"


@pytest.mark.parametrize("make", [samples.plain, samples.nasty])
def test_the_same_input_gives_the_same_bytes(make: Callable[[], Any], tmp_path: Path) -> None:
    first = write(tmp_path / "1.xlsx", declaration=make())
    assert first.read_bytes() == write(tmp_path / "2.xlsx", declaration=make()).read_bytes()


def test_sheets_in_order(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    assert book.sheetnames == [
        "填报说明", "部门整体", "项目01", "项目02", "项目03", "字典", "校验规则", "校验结果",
    ]  # fmt: skip
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["字典"]


def test_named_cells(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)

    def named(name: str) -> Any:
        ((sheet, cell),) = book.defined_names[name].destinations
        return book[sheet][cell].value

    assert named("PG_YEAR") == 2026
    assert named("PG_DEPARTMENT") == samples.DEPARTMENT
    assert named("PG_DEPARTMENT_CODE") == "215001"
    assert named("PG_EDITION") == "2015"
    assert named("PG_TEMPLATE_VERSION") == TEMPLATE_VERSION


def test_titles_of_a_blank_form_follow_the_facts_on_the_first_sheet(blank: Path) -> None:
    title = openpyxl.load_workbook(blank)["项目02"]["A1"].value
    assert title.startswith("=")
    assert "PG_YEAR" in title
    assert "PG_DEPARTMENT" in title
    # Programs that do not calculate see the same.
    assert rows(blank, "项目02")[0][0] == "2026年云岭市林草局部门项目支出预算绩效目标表"
    assert rows(blank, "部门整体")[2][2] == "云岭市林草局（215001）"


@pytest.mark.parametrize("edition", list(EDITIONS))
def test_every_label_and_group_of_the_form_is_printed(edition: str, tmp_path: Path) -> None:
    path = write(tmp_path / "申报.xlsx", edition=edition, amount_unit="元")
    cells = [str(value).replace("\n", "") for row in rows(path, "项目01") for value in row]
    for item in FIELDS:
        if item.table in (Table.PROJECTS, Table.INDICATORS) and item.name != "period_goal":
            assert item.label in cells or f"其中：{item.label}" in cells, item.name
    assert "单位：元" in cells
    assert "其中：转移市县（区）资金" in cells
    for level2 in EDITIONS[edition].level2_terms:
        assert level2 in cells


def test_hints_dropdowns_and_number_checks(blank: Path) -> None:
    sheet = openpyxl.load_workbook(blank)["项目01"]
    found = {rule.promptTitle: rule for rule in sheet.data_validations.dataValidation}
    for item in FIELDS:
        if item.table in (Table.PROJECTS, Table.INDICATORS) and item.name != "period_goal":
            assert found[label_of(item.name)].prompt == item.hint
        if item.kind is Kind.AMOUNT:
            rule = found[label_of(item.name)]
            assert (rule.type, rule.operator, rule.formula1) == (
                "decimal",
                "greaterThanOrEqual",
                "0",
            )
            assert rule.errorStyle in (None, "stop")
    assert found["一级指标"].formula1 == "PG_LEVEL1"
    assert found["二级指标"].formula1 == "PG_LEVEL2"
    assert found["项目属性"].formula1 == "PG_ATTRIBUTES"


def test_dropdown_lists_are_those_of_the_edition(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write(tmp_path / "申报.xlsx", edition="2021"))
    ((sheet, area),) = book.defined_names["PG_LEVEL2"].destinations
    terms = [cell.value for (cell,) in book[sheet][area]]
    assert terms == list(EDITIONS["2021"].level2_terms)


def test_texts_typed_into_the_form_stay_texts(blank: Path) -> None:
    sheet = openpyxl.load_workbook(blank)["项目01"]
    formats = {cell.value: cell.number_format for cell in sheet[14]}
    assert sheet["C14"].number_format == sheet["D14"].number_format == "@", formats


def test_a_filled_form_says_what_was_declared(filled: Path) -> None:
    form = rows(filled, "松材线虫病普查项目")
    flat = {str(row[0]).replace("\n", ""): row for row in form}
    assert form[0][0] == "2026年云岭市林草局部门项目支出预算绩效目标表"
    assert form[1][0] == "（2026年度）"
    assert flat["项目名称"][2] == "松材线虫病普查项目"
    assert flat["项目属性"][2] == "02-经常性项目"
    assert flat["项目总额"][2] == 685.59687
    assert flat["项目总额"][4] == 285.5
    assert flat["其中：本级资金"][2] == 123
    assert flat["其中：本级资金"][5] == 162.5
    assert form[13][:4] == ["产出指标", "数量指标", "指标1：样地巡查次数", "≥10次"]
    assert form[14][:4] == ["", "", "指标2：样地巡查次数", "≥20次"]
    assert [row[4] for row in rows(filled, "部门整体")[6:9]] == ["100%", "100%", "≤5%"]


def test_groups_are_merged_in_runs(filled: Path, hard: Path) -> None:
    merged = {
        str(area)
        for area in openpyxl.load_workbook(filled)["松材线虫病普查项目"].merged_cells.ranges
    }
    assert {"A14:A21", "B14:B15", "A22:A29", "A30:A31"} <= merged
    # A group that comes back has a run of its own.
    form = rows(hard, "普查 防治 二期")
    assert [row[0] for row in form[13:17]] == [
        "产出指标",
        "",
        "自定义的很长很长很长的一级名称",
        "产出指标",
    ]


def test_blank_amounts_stay_blank_and_bad_ones_text(hard: Path) -> None:
    form = rows(hard, "=SUM(A1)")
    assert form[6][2] == "约 200 万"
    assert form[6][4] == ""
    assert form[7][2] == ""
    assert form[2][0] == "单位：元"
    # More digits than a number of Excel has.
    assert rows(hard, "History(2)")[10][2] == "1234567890123.123456"


def test_no_text_becomes_a_formula(hard: Path) -> None:
    book = openpyxl.load_workbook(hard)
    ours = ("PG_", "COUNT")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert any(word in str(cell.value) for word in ours), (sheet.title, cell)
    form = rows(hard, "普查 防治 二期")
    assert form[13][2:5] == ["=1+1", "-5", "@备注"]
    assert form[14][2:4] == ["@点名", "+3"]
    assert rows(hard, "=SUM(A1)")[3][2] == "'=SUM(A1)'"
    assert rows(hard, "=SUM(A1)")[11][:3] == ["项目期总体绩效目标", "", "+三年目标"]
    assert rows(hard, "=SUM(A1)")[12][2] == '=HYPERLINK("x")'


def test_control_characters_and_markup_survive(hard: Path) -> None:
    form = rows(hard, "<r><t>标记< t>< r>")
    assert form[3][2] == "<r><t>标记</t></r>"
    assert form[5][4].replace("\r", "") == "\x01控制\n字符_x0001_"
    # The year of this one is not known.
    assert form[0][0] == "云岭市林草局部门项目支出预算绩效目标表"


def test_live_checks_hold_their_values(filled: Path, hard: Path) -> None:
    assert [row[8:10] for row in rows(filled, "松材线虫病普查项目")[5:9]] == [
        [0, "符合"], [0, "符合"], [0, "符合"], [400.09687, "符合"],
    ]  # fmt: skip
    assert [row[8:10] for row in rows(hard, "=SUM(A1)")[5:9]] == [
        ["", "未填"], ["", "未填"], [0, "符合"], ["", "非数字"],
    ]  # fmt: skip


def test_the_check_block_is_not_printed(filled: Path) -> None:
    sheet = openpyxl.load_workbook(filled)["松材线虫病普查项目"]
    assert sheet.print_area.replace("$", "").endswith("!A1:F31")
    assert sheet.print_title_rows == "$13:$13"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)


def test_highlights_look_up_the_findings_of_their_own_sheet(filled: Path) -> None:
    sheet = openpyxl.load_workbook(filled)["湿地监测设备运行项目"]
    formulas = [
        rule.formula[0]
        for area in sheet.conditional_formatting
        for rule in area.rules
        if "PG_FINDING_CELLS" in rule.formula[0]
    ]
    assert len(formulas) == 3
    for formula, label in zip(formulas, ("错误", "警告", "提示"), strict=True):
        assert '"=湿地监测设备运行项目"' in formula
        assert f'"{label}"' in formula


def test_rows_grow_with_what_staff_type(filled: Path) -> None:
    with zipfile.ZipFile(filled) as package:
        xml = package.read("xl/worksheets/sheet3.xml").decode()
    row = {n: xml.split(f'<row r="{n}"')[1].split(">")[0] for n in (12, 14)}
    assert "customHeight" in row[12]  # the goal stands in a merged cell
    assert "ht=" in row[14]
    assert "customHeight" not in row[14]


def test_a_long_goal_takes_as_many_rows_as_it_needs(tmp_path: Path) -> None:
    made = samples.declaration([samples.project("长目标", annual_goal="长" * 3000)])
    sheet = openpyxl.load_workbook(write(tmp_path / "申报.xlsx", declaration=made))["长目标"]
    heights = [sheet.row_dimensions[row].height for row in range(12, 16)]
    assert max(heights) <= 409
    assert "C12:F14" in {str(area) for area in sheet.merged_cells.ranges}


def test_a_text_too_long_for_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "申报.xlsx"
    made = samples.declaration([samples.project("长", annual_goal="😀" * 16_384)])
    with pytest.raises(InputError, match="32767") as caught:
        write(path, declaration=made)
    assert (caught.value.sheet, caught.value.cell) == ("长", "C12")
    assert not list(tmp_path.iterdir())


def test_a_project_without_indicators_gets_the_blank_groups(hard: Path) -> None:
    form = rows(hard, "项目04")
    assert [row[1] for row in form if row[1]][-1] == "服务对象满意度"


def test_rules_are_listed_with_what_staff_may_change(blank: Path) -> None:
    listed = rows(blank, "校验规则")
    assert listed[2][:6] == ["规则", "名称", "级别", "阈值", "启用", "说明"]
    assert [row[0] for row in listed[3:]] == [rule.code for rule in RULE_LINES]
    assert {row[2] for row in listed[3:]} <= {"错误", "警告", "提示"}
    assert {row[4] for row in listed[3:]} == {"是"}


def test_amounts_are_exact(tmp_path: Path) -> None:
    amounts = [
        Decimal("0.000001"),
        Decimal("99999999.999999"),
        Decimal("685.59687"),
        Decimal("1E+3"),
    ]
    made = samples.declaration(
        [samples.project(f"项目{n}", total_amount=amount) for n, amount in enumerate(amounts)]
    )
    path = write(tmp_path / "申报.xlsx", declaration=made)
    for n, amount in enumerate(amounts):
        assert Decimal(repr(rows(path, f"项目{n}")[6][2])) == amount


def test_the_field_spec_fits_excel(blank: Path) -> None:
    assert all(len(item.hint) <= 255 and len(label_of(item.name)) <= 32 for item in FIELDS)
    assert field("level3").label == "三级指标"


@pytest.mark.parametrize("which", ["blank", "filled", "hard"])
def test_the_open_xml_validator_finds_nothing(
    which: str, request: pytest.FixtureRequest, validate_ooxml: Callable[[Path], list[Any]]
) -> None:
    assert validate_ooxml(request.getfixturevalue(which)) == []


@pytest.mark.parametrize("which", ["blank", "filled", "hard"])
def test_libreoffice_calculates_the_same(
    which: str, request: pytest.FixtureRequest, office: Any
) -> None:
    path: Path = request.getfixturevalue(which)
    book = CalamineWorkbook.from_path(str(path))
    with office.open(path) as document:
        document.recalculate()
        assert document.error_cells() == []
        for name in book.sheet_names:
            if name in ("填报说明", "部门整体", "字典", "校验规则", "校验结果"):
                continue
            form = rows(path, name)
            assert document.value(name, "A1") == form[0][0]
            for line in range(6, 10):
                assert (document.value(name, f"I{line}") or "") == (form[line - 1][8] or "")
                assert document.value(name, f"J{line}") == form[line - 1][9]


def test_typing_turns_a_check_red_and_a_finding_colours_its_cell(filled: Path, office: Any) -> None:
    name = "松材线虫病普查项目"
    with office.open(filled) as document:
        document.set_value(name, "E7", 285.6)
        document.set_text("校验结果", "B5", "错误")
        document.set_text("校验结果", "D5", name)
        document.set_text("校验结果", "E5", "D14")
        document.set_value("校验结果", "L5", position_of("D14"))
        document.recalculate()
        looks = document.looks(name)
        assert document.value(name, "J6") == "不符"
        assert looks["J6"].fill == "#FFC7CE"
        assert looks["J7"].fill != "#FFC7CE"
        assert looks["D14"].fill == "#FFC7CE"
        assert looks["D15"].fill is None
        # A whole amount has no point behind it, another has its own decimals.
        assert looks["C8"].text == "123"
        assert looks["C7"].text == "685.59687"


def test_fonts_are_those_named_and_not_those_of_the_theme(blank: Path) -> None:
    with zipfile.ZipFile(blank) as package:
        styles = package.read("xl/styles.xml").decode()
    assert "宋体" in styles
    assert "<scheme" not in styles
