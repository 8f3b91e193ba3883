"""成本核对, 指标结构 and the charts of the cover: live, traceable, equal to the review."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from perfgoals_xl.api import load
from perfgoals_xl.form.taxonomy import group_key
from perfgoals_xl.joining.combining import combine
from perfgoals_xl.joining.settled_sources import join_sources
from perfgoals_xl.resources import EXAMPLE_WORKBOOK, example_path
from perfgoals_xl.review.evidence.reconciliation import Outcome
from perfgoals_xl.workbooks.findings.layout import FindingLine
from perfgoals_xl.workbooks.summarising import write_consolidation
from perfgoals_xl.workbooks.summary.cost_list import cost_lines, shown_verdict
from perfgoals_xl.workbooks.summary.structure_list import structure_lines
from tests.support.steps import cell_of, filled
from tests.workbooks import samples
from tests.workbooks.summary.test_summary import write

FIRST = 3  # the row of the first project, counted from zero


def rows(path, sheet):
    book = CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def consolidated(path, *sources):
    declarations = [load(source) for source in sources]
    write_consolidation(declarations, path)
    return declarations


def by_name(path, sheet):
    head, *listed = rows(path, sheet)[2:]
    return {row[1]: dict(zip(head, row, strict=True)) for row in listed}


class TestCosts:
    @pytest.mark.parametrize(
        ("changes", "verdict", "difference"),
        [
            ({}, "相符", 0),
            ({"成本1": "170万元"}, "多 10 万元", 10),
            ({"成本1": "1599999元"}, "少 0.0001 万元", -0.0001),
            ({"成本1": "***", "成本2": "***"}, "没有成本金额", ""),
        ],
    )
    def test_the_verdict(self, tmp_path, changes, verdict, difference):
        path = tmp_path / "汇总.xlsx"
        consolidated(path, filled(tmp_path, changes))
        line = by_name(path, "成本核对")["退化草原补播改良项目"]
        assert line["结论"] == verdict
        assert line["差额"] == difference

    def test_quantities_stand_in_the_formula(self, tmp_path):
        path = tmp_path / "汇总.xlsx"
        consolidated(path, filled(tmp_path))
        sheet = openpyxl.load_workbook(path)["成本核对"]
        # 24场×1万元 + 6000册×20元, in 万元.
        assert sheet["E5"].value == "=ROUND(24*1+6000*0.002,6)"
        assert sheet["D5"].value == "='项目汇总'!H6"
        assert sheet["F5"].value == "=ROUND(E5-D5,6)"

    def test_a_blank_total_is_not_zero(self, tmp_path):
        path = tmp_path / "汇总.xlsx"
        consolidated(path, filled(tmp_path, {"annual_amount": None}))
        line = by_name(path, "成本核对")["退化草原补播改良项目"]
        assert line["核对依据"].startswith("资金来源合计")
        assert line["依据金额"] == 280

    def test_a_correction_is_followed(self, tmp_path, office):
        path = tmp_path / "汇总.xlsx"
        consolidated(path, filled(tmp_path))
        with office.open(path) as document:
            document.set_value("项目汇总", "H5", 275)
            document.recalculate()
            assert document.value("成本核对", "F4") == 5
            assert document.value("成本核对", "H4") == "多 5 万元"

    def test_long_figures_have_room(self, tmp_path):
        many = Decimal("123456789.123456")
        declaration = samples.declaration(
            [samples.project("甲", annual_amount=many, total_amount=many)],
            [samples.indicator(0, "产出指标", "成本指标", "采购费", f"{many}万元")],
        )
        book = openpyxl.load_workbook(write(tmp_path / "汇总.xlsx", declaration))
        # 123,456,789.123456; equal widths side by side are told of the first column alone.
        for sheet, column in (("项目汇总", "G"), ("成本核对", "D"), ("封面", "B")):
            assert book[sheet].column_dimensions[column].width > 18, sheet

    def test_units_are_those_of_the_project_list(self, tmp_path):
        yuan = samples.declaration(
            [samples.project("元", amount_unit="元", annual_amount=Decimal(200000))],
            [samples.indicator(0, "产出指标", "成本指标", "采购费", "20万元")],
            file="另.txt",
        )
        path = write(tmp_path / "汇总.xlsx", samples.plain(), yuan)
        line = by_name(path, "成本核对")["元"]
        assert (line["依据金额"], line["成本合计"], line["结论"]) == (20, 20, "相符")


def test_the_cover_counts_every_reason_typed_beside_the_findings(tmp_path, office):
    """Formulas know no groups, so each finding has its own row, however many are alike."""
    blank = {f"{cell} 名称": "指标1：同" for cell in ("数量1", "数量2", "质量1")}
    blank |= dict.fromkeys(("数量1", "数量2", "质量1"))
    path = tmp_path / "汇总.xlsx"
    consolidated(path, filled(tmp_path, blank, other=blank))
    listed = rows(path, "校验结果")[4:]
    levels = [row[1] for row in listed if row[2]]
    assert levels.count("错误") >= 6
    assert set(levels) <= {"错误", "警告", "提示"}
    assert "×" not in rows(path, "校验结果")[2][0]
    state = [row[4] for row in rows(path, "封面")].index("审核状态") + 1
    with office.open(path) as document:
        for number, row in enumerate(listed, start=5):
            assert document.value("封面", f"F{state}").startswith("草稿") or row[1] != "错误"
            if row[1] == "错误":
                document.set_text("校验结果", f"K{number}", "统一说明")
                document.recalculate()
        assert document.value("封面", f"F{state}") == "可报送：没有未处理的错误"


class TestStructure:
    def test_counts_are_live_and_gaps_are_coloured(self, tmp_path, office):
        path = tmp_path / "汇总.xlsx"
        source = filled(tmp_path, {"时效1 名称": None, "时效1": None})
        consolidated(path, source)
        line = by_name(path, "指标结构")["退化草原补播改良项目"]
        assert (line["数量指标"], line["时效指标"], line["成本指标"]) == (2, 0, 2)
        with office.open(path) as document:
            document.recalculate()
            shown = {
                header: document.looks("指标结构")[f"{column}4"]
                for column, header in zip("DEFG", ("数量", "质量", "时效", "成本"), strict=True)
            }
        assert shown["时效"].fill.upper() == "#FFE699"
        assert shown["数量"].fill is None

    def test_both_editions_in_one_book(self, tmp_path):
        path = tmp_path / "汇总.xlsx"
        consolidated(
            path,
            filled(tmp_path, name="旧版.xlsx"),
            filled(tmp_path, {"project_name": "另一项目"}, edition="2021", name="新版.xlsx"),
        )
        head = rows(path, "指标结构")[2]
        assert head.count("经济效益") + head.count("经济效益指标") == 1
        old, _, new = rows(path, "指标结构")[FIRST : FIRST + 3]
        assert (old[2], new[2]) == ("2015", "2021")
        assert old[head.index("经济效益")] == new[head.index("经济效益")] == 1
        assert new[head.index("社会成本指标")] == 1

    def test_a_cost_that_names_no_kind_is_no_gap(self, tmp_path, office):
        declaration = samples.declaration(
            [samples.project("甲")],
            [samples.indicator(0, "成本指标", None, "采购费", "285.5万元")],
            edition="2021",
        )
        path = write(tmp_path / "汇总.xlsx", declaration)
        line = by_name(path, "指标结构")["甲"]
        assert (line["经济成本指标"], line["其他"], line["合计"]) == (1, 0, 1)
        with office.open(path) as document:
            document.recalculate()
            assert document.value("指标结构", "D4") == 1
            assert document.value("指标结构", "N4") == 0
            looks = document.looks("指标结构")
        assert looks["D4"].fill is None
        assert looks["G4"].fill.upper() == "#FFC7CE"

    def test_the_columns_are_added_up(self, tmp_path, office):
        path = write(tmp_path / "汇总.xlsx", samples.plain())
        head, *listed = rows(path, "指标结构")[2:]
        assert listed[-1][0] == "合　计"
        assert listed[-1][head.index("数量指标")] == 4
        sheet = openpyxl.load_workbook(path)["指标结构"]
        assert sheet.auto_filter.ref == "A3:N5"
        with office.open(path) as document:
            document.recalculate()
            for column, value in zip("DEFGHIJKLMN", listed[-1][3:], strict=True):
                assert document.value("指标结构", f"{column}6") == value

    def test_terms_of_nobody_are_counted_apart(self, tmp_path):
        path = write(tmp_path / "汇总.xlsx", samples.nasty())
        head, *listed = rows(path, "指标结构")[2:]
        assert listed[0][head.index("其他")] == 1
        assert listed[0][head.index("合计")] == 4


class TestCharts:
    def test_three_native_charts(self, tmp_path):
        path = tmp_path / "汇总.xlsx"
        consolidated(path, example_path(EXAMPLE_WORKBOOK))
        with zipfile.ZipFile(path) as package:
            charts = [n for n in package.namelist() if re.match(r"xl/charts/chart\d+", n)]
            kinds = [
                kind
                for name in charts
                for kind in ("barChart", "doughnutChart")
                if kind in package.read(name).decode()
            ]
        assert sorted(kinds) == ["barChart", "barChart", "doughnutChart"]

    def test_their_figures_are_live(self, tmp_path, office):
        path = tmp_path / "汇总.xlsx"
        consolidated(path, filled(tmp_path))
        table = {row[7]: n for n, row in enumerate(rows(path, "封面"), start=1) if len(row) > 8}
        with office.open(path) as document:
            document.recalculate()
            assert document.value("封面", f"I{table['退化草原补播改良项目']}") == 280
            assert document.value("封面", f"I{table['转移市县（区）资金 中央资金']}") == 150
            document.set_value("项目汇总", "H5", 300)
            document.recalculate()
            assert document.value("封面", f"I{table['退化草原补播改良项目']}") == 300

    def test_nothing_to_draw(self, tmp_path, office):
        path = write(tmp_path / "汇总.xlsx", samples.declaration(), findings=[], sources=[])
        with office.open(path) as document:
            document.recalculate()
            assert document.error_cells() == []


class TestLinks:
    def test_every_row_leads_to_its_cell(self, tmp_path):
        folder = tmp_path / "汇总"
        folder.mkdir()
        source, path = filled(tmp_path, name="申报 表.xlsx"), folder / "汇总.xlsx"
        consolidated(path, source)
        book = openpyxl.load_workbook(path)
        for sheet, cell, place in (
            ("项目汇总", "A5", cell_of("project_name")),
            ("指标明细", "O4", cell_of("数量1")),
            ("成本核对", "A4", cell_of("annual_amount")),
            ("指标结构", "A4", cell_of("project_name")),
        ):
            link = book[sheet][cell].hyperlink
            assert link.target.replace("%20", " ").replace("\\", "/") == "../申报 表.xlsx"
            assert isinstance(book[sheet]["A5"].value, int)
            assert link.location == f"'退化草原补播改良项目'!{place}"

    def test_every_numbered_row_of_the_example_is_linked(self, tmp_path):
        path = tmp_path / "汇总.xlsx"
        source = example_path(EXAMPLE_WORKBOOK)
        consolidated(path, source)
        seen = set()
        for sheet in openpyxl.load_workbook(path):
            for row in sheet.iter_rows():
                if isinstance(row[0].value, int):
                    seen.add(sheet.title)
                    links = [cell.hyperlink for cell in row if cell.hyperlink]
                    assert links, (sheet.title, row[0].coordinate)
                    assert links[0].target.endswith(".xlsx")
        assert seen == {
            "项目汇总", "指标明细", "成本核对", "指标结构", "部门整体", "校验结果", "未判定事项",
            "数据来源",
        }  # fmt: skip

    def test_a_finding_leads_to_its_cell_or_sheet_or_file(self, tmp_path):
        places = [("项目一", "E7"), ("项目一", None), (None, None)]
        findings = [
            FindingLine(
                "error", "F02", sheet, cell, "甲", None, "1", "不等", "请核对", file="表.xlsx"
            )
            for sheet, cell in places
        ]
        declaration = samples.declaration([samples.project("甲")], file="表.xlsx")
        path = write(tmp_path / "汇总.xlsx", declaration, findings=findings)
        sheet = openpyxl.load_workbook(path)["校验结果"]
        links = [sheet[cell].hyperlink for cell in ("E5", "A6", "A7")]
        assert [link.location for link in links] == ["'项目一'!E7", "'项目一'!A1", None]
        assert all(link.target.endswith("表.xlsx") for link in links)
        assert sheet["A5"].hyperlink is None
        assert [sheet[f"A{row}"].value for row in (5, 6, 7)] == [1, 2, 3]
        assert "单击“单元格”打开来源（没有单元格的，单击序号）" in sheet["A3"].value

    def test_a_text_is_opened_as_a_whole(self, tmp_path):
        path = write(tmp_path / "汇总.xlsx", samples.plain())
        book = openpyxl.load_workbook(path)
        assert book["项目汇总"]["A5"].value == 1
        link = book["项目汇总"]["A5"].hyperlink
        assert (link.target.endswith("云岭.txt"), link.location) == (True, None)

    @pytest.mark.parametrize("file", ["工作簿1", "50%.xlsx", "一#二.xlsx"])
    def test_what_no_link_can_hold_is_plain(self, tmp_path, file):
        path = write(
            tmp_path / "汇总.xlsx", samples.declaration([samples.project("甲")], file=file)
        )
        sheet = openpyxl.load_workbook(path)["项目汇总"]
        assert sheet["A5"].value == 1
        assert sheet["A5"].hyperlink is None

    def test_findings_of_several_files_name_theirs(self, tmp_path):
        path = tmp_path / "汇总.xlsx"
        sources = [filled(tmp_path, {"annual_goal": None}, name=f"{n}.xlsx") for n in "甲"]
        other = filled(tmp_path, {"project_name": None}, name="乙.xlsx")
        consolidated(path, *sources, other)
        sheet = openpyxl.load_workbook(path)["校验结果"]
        assert sheet["M4"].value == "来源文件"
        last = sheet.max_row
        files = {sheet[f"M{row}"].value for row in range(5, last + 1)}
        assert {"甲.xlsx", "乙.xlsx"} <= {str(file).rsplit("/", 1)[-1] for file in files}
        assert sheet.auto_filter.ref.startswith("A4:M")
        assert "$M$" in sheet.print_area
        # The columns that other programs look into stay where they are.
        assert sheet["L4"].value == "位置码（已校验）"

    def test_one_file_needs_no_column_for_it(self, tmp_path):
        path = tmp_path / "汇总.xlsx"
        consolidated(path, filled(tmp_path, {"annual_goal": None}))
        sheet = openpyxl.load_workbook(path)["校验结果"]
        assert sheet["M4"].value is None
        assert sheet.auto_filter.ref.startswith("A4:K")


class TestCopies:
    def test_the_same_file_twice_is_counted_once(self, tmp_path):
        source = filled(tmp_path, {"annual_goal": None}, name="申报表.xlsx")
        copy = tmp_path / "副本.xlsx"
        copy.write_bytes(source.read_bytes())
        once, twice = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
        consolidated(once, source)
        consolidated(twice, source, copy)
        for sheet in ("项目汇总", "指标明细", "校验结果"):
            assert rows(once, sheet) == rows(twice, sheet)
        listed = rows(twice, "数据来源")
        assert [row[1] for row in listed if str(row[1]).endswith(".xlsx")] == [
            str(source), str(copy), str(source), str(copy),
        ]  # fmt: skip
        assert f"与“{source}”内容相同，只计一次" in [row[4] for row in listed]

    def test_who_is_left_out_and_what_is_told(self):
        a, b, c = (
            samples.declaration(file=file, sha256="1") for file in ("a.xlsx", "b.xlsx", "a.xlsx")
        )
        other = samples.declaration(file="c.xlsx", sha256="2", department="别的局")
        joined = join_sources([a, b, c, other])
        assert joined.kept == [a, other]
        assert joined.notes == [
            "b.xlsx 与 a.xlsx 内容相同，只计一次。",
            "a.xlsx 给出了不止一次，只计一次。",
        ]


@pytest.mark.shared
@pytest.mark.exhaustive
def test_real_samples(shared_seeds, tmp_path, office, validate_ooxml):
    for number, seed in enumerate(shared_seeds):
        path = tmp_path / f"{number}.xlsx"
        declaration = combine(consolidated(path, seed))
        assert validate_ooxml(path) == []
        costs, structure = cost_lines([declaration]), structure_lines([declaration])
        with office.open(path) as document:
            document.recalculate()
            assert document.error_cells() == []
            for line in costs:
                row = FIRST + line.number
                assert document.value("成本核对", f"H{row}") == shown_verdict(line.result, "万元")
                if line.result.outcome is Outcome.EQUAL:
                    assert document.value("成本核对", f"F{row}") == 0
            for number_, line in enumerate(structure, start=1):
                row = FIRST + number_
                assert document.value("指标结构", f"D{row}") == line.counts[group_key("数量指标")]
                assert document.value("指标结构", f"N{row}") == line.counts.total()


def test_the_cells_named_are_those_of_the_form(tmp_path):
    """The sums are about the cells that staff filled in."""
    path = tmp_path / "汇总.xlsx"
    consolidated(path, filled(tmp_path, {"成本1": "161万元"}))
    line = by_name(path, "成本核对")["退化草原补播改良项目"]
    assert line["算式"] == "161万元 + 120万元 = 281 万元"
    assert cell_of("成本1")
