from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import Declaration, Remark
from perfgoals_xl.workbooks.findings.layout import FindingLine
from perfgoals_xl.workbooks.summary.goal_list import SHEET as GOALS
from perfgoals_xl.workbooks.summary.sources_sheet import NotJudgedLine, SourceLine
from perfgoals_xl.workbooks.summary.summary import write_summary
from tests.workbooks import samples

FINDINGS = [
    FindingLine("error", "F02", "来源", "E7", "湿地", None, "285.5", "多 0.1 万元", "请核对。"),
    FindingLine(
        "error", "H02", "部门整体", "C12", "湿地", None, None, "空白", "请填写。", "已批准"
    ),
    FindingLine("warning", "V07", None, None, "湿地", "指标1", "≤90%", "=方向反了", "+改"),
]
SOURCES = [SourceLine("云岭.txt", "ab" * 32, "2026-02-03 10:20", "程序 0.1.0，规则 2026.1")]


def write(path: Path, *declarations: Declaration, **changes: Any) -> Path:
    facts: dict[str, Any] = {"findings": FINDINGS, "sources": SOURCES}
    write_summary(path, declarations, **(facts | changes))
    return path


def rows(path: Path, sheet: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def four_projects() -> Declaration:
    return samples.declaration(
        [
            samples.project("甲", annual_amount=Decimal("0.1")),
            samples.project("乙", annual_amount=Decimal("0.2"), local_other=None),
            samples.project("丙", annual_amount=None, local_other=None),
            samples.project("丁", annual_amount="约20万", local_other=None),
        ],
        [
            samples.indicator(0, "产出指标", "数量指标", "=名称", "≥10次", ordinal=2,
                              kind="numeric", operator="≥", low=Decimal(10), unit="次"),
            samples.indicator(1, "产出指标", "时效指标", "完成时间", "2026年12月底前", kind="date",
                              operator="≤", high="2026-12-31", unit=""),
        ],
        [samples.goal("结转资金")],
        remarks=(Remark(Place("来源", "E9"), "没有标签的金额", value="100"),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(
        tmp_path_factory.mktemp("summary") / "汇总.xlsx",
        four_projects(),
        not_judged=[NotJudgedLine("F02", "来源", "丙", "年度资金总额空白", "云岭.txt")],
    )


def test_sheets_in_order(summary: Path) -> None:
    assert openpyxl.load_workbook(summary).sheetnames == [
        "封面", "项目汇总", "指标明细", "成本核对", "指标结构", "部门整体", "校验结果",
        "未判定事项", "数据来源",
    ]  # fmt: skip


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write(tmp_path / f"{n}.xlsx", samples.nasty()) for n in (1, 2))
    assert first.read_bytes() == second.read_bytes()


def test_totals_are_exact_and_live(summary: Path) -> None:
    listed = rows(summary, "项目汇总")
    head = listed[2].index("年度资金总额")
    assert [row[head] for row in listed[4:8]] == [0.1, 0.2, "", "约20万"]
    assert listed[8][head] == 0.3
    assert listed[9][head] == "空白 1 项，非数字 1 项"
    formula = openpyxl.load_workbook(summary)["项目汇总"].cell(9, head + 1).value
    assert "SUM(H5:H8)" in formula


def test_a_column_nobody_filled_has_no_total(summary: Path) -> None:
    listed = rows(summary, "项目汇总")
    column = listed[3].index("结余结转资金")
    assert [row[column] for row in listed[4:10]] == ["", "", "", "", "", "空白 4 项"]
    column = listed[2].index("项目总额")
    assert listed[8][column] == 2742.38748
    assert listed[9][column] == "无"


def test_mixed_units_are_shown_in_ten_thousands_and_said_so(tmp_path: Path) -> None:
    yuan = samples.declaration(
        [samples.project("元", amount_unit="元", total_amount=Decimal("6855968.7"))],
        file="另.txt",
        department="云岭市水务局",
    )
    listed = rows(write(tmp_path / "汇总.xlsx", samples.plain(), yuan), "项目汇总")
    assert "1 个项目的申报表以元填报，已换算为万元" in listed[1][0]
    assert listed[6][listed[2].index("项目总额")] == 685.59687
    assert listed[6][-1] == "另.txt"
    assert listed[0][0].startswith("2026年云岭市林草局、云岭市水务局")


def test_one_unit_is_left_as_it_is(tmp_path: Path) -> None:
    yuan = samples.declaration([samples.project("元", amount_unit="元")])
    listed = rows(write(tmp_path / "汇总.xlsx", yuan), "项目汇总")
    assert listed[1][0].startswith("金额单位：元")
    assert "换算" not in listed[1][0]
    assert listed[4][6] == 685.59687


def test_indicators_are_flat_and_split(summary: Path) -> None:
    listed = rows(summary, "指标明细")
    assert listed[2] == [
        "序号", "项目", "一级指标", "二级指标", "指标序号", "三级指标", "指标值", "类型",
        "符号", "下限", "上限", "单位", "备注", "工作表", "单元格", "项目序号",
    ]  # fmt: skip
    assert listed[3] == [
        1, "甲", "产出指标", "数量指标", 2, "=名称", "≥10次", "数量",
        "≥", 10, "", "次", "", "来源", "D1", 1,
    ]  # fmt: skip
    assert listed[4][7:11] == ["时间", "≤", "", "2026-12-31"]


def test_amounts_that_are_not_in_a_total_are_named(summary: Path) -> None:
    listed = rows(summary, "项目汇总")
    assert listed[10][0] == (
        "年度资金总额未计入合计 2 项：第 3 项 丙（空白）；第 4 项 丁（非数字“约20万”）"
    )
    sheet = openpyxl.load_workbook(summary)["项目汇总"]
    assert sheet.auto_filter.ref == "A4:P8"
    assert sheet.print_area.endswith("$P$11")
    # Every 项目总额 is filled in, and other columns are often blank by right.
    assert sheet.max_row == 11


def test_the_names_end_after_twenty(tmp_path: Path, office: Any) -> None:
    many = [samples.project(f"第{n}座水库", total_amount=None) for n in range(1, 31)]
    path = write(tmp_path / "汇总.xlsx", samples.declaration(many))
    text = rows(path, "项目汇总")[36][0]
    assert text.startswith("项目总额未计入合计 30 项：第 1 项 第1座水库（空白）；")
    assert text.endswith("第 20 项 第20座水库（空白） 等")
    with office.open(path) as document:
        document.recalculate()
        assert document.value("项目汇总", "A37") == text


def test_names_and_colours_follow_what_is_filled_in(summary: Path, office: Any) -> None:
    line = rows(summary, "项目汇总")[10][0]
    with office.open(summary) as document:
        document.recalculate()
        assert document.value("项目汇总", "A11") == line
        looks = document.looks("项目汇总")
        for cell, fill in (("H5", None), ("H7", "#FFF2CC"), ("H8", "#FFF2CC"), ("K7", None)):
            shown = looks[cell].fill
            assert (shown and shown.upper()) == fill, cell
        document.set_value("项目汇总", "H7", 5)
        document.recalculate()
        assert document.value("项目汇总", "A11") == (
            "年度资金总额未计入合计 1 项：第 4 项 丁（非数字“约20万”）"
        )
        document.set_value("项目汇总", "H8", 0)
        document.recalculate()
        assert document.value("项目汇总", "A11") == "年度资金总额已全部计入合计"
        assert document.value("项目汇总", "H9") == 5.3
        assert document.looks("项目汇总")["H7"].fill is None


def test_findings_of_nowhere_are_listed_without_links(summary: Path) -> None:
    listed = rows(summary, "校验结果")
    assert listed[1][0] == "错误 2 项　　警告 1 项　　提示 0 项"
    assert listed[4][:5] == [1, "错误", "F02", "来源", "E7"]
    assert listed[6][6:10] == ["指标1", "≤90%", "=方向反了", "+改"]
    # 部门整体 is a sheet here too, but the finding means that of a source, and which is not known.
    assert openpyxl.load_workbook(summary)["校验结果"]["E6"].hyperlink is None


def test_the_cover_says_what_is_left_to_do(summary: Path) -> None:
    cover = {row[at]: row[at + 1 :] for row in rows(summary, "封面") for at in (0, 4)}
    assert cover["填报部门"][0] == "云岭市林草局（215001）"
    assert cover["项目个数"][0] == "4 个"
    assert cover["年度资金总额"][:2] == [0.3, "空白 1 项，非数字 1 项"]
    assert cover["错误"][0] == "2 项"
    assert cover["未判定"][0].startswith("1 项")
    assert cover["审核状态"][0] == "草稿：1 项错误既未更正，也未写明理由"


def test_sources_name_file_and_check_sum(summary: Path) -> None:
    cells = [value for row in rows(summary, "数据来源") for value in row]
    for text in ("云岭.txt", "ab" * 32, "2026-02-03 10:20", "来源 E9", "没有标签的金额"):
        assert text in cells


def test_every_page_is_a4_landscape_with_header_and_number(summary: Path) -> None:
    for sheet in openpyxl.load_workbook(summary):
        assert sheet.page_setup.paperSize == 9
        assert "&P" in str(sheet.oddFooter.center.text)
        assert "云岭市林草局 2026年" in str(sheet.oddHeader.right.text)
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows or sheet.title == "封面"


def test_lists_have_filters_and_their_heads_stay_in_sight(summary: Path) -> None:
    for sheet in openpyxl.load_workbook(summary):
        if sheet.title not in ("封面", "数据来源"):
            head = sheet.auto_filter.ref.partition(":")[0]
            below = int(head[1:]) + 1
            assert sheet.freeze_panes.lstrip("ABC") == str(below), sheet.title


def test_nothing_to_summarise(tmp_path: Path) -> None:
    empty = samples.declaration(department=None, department_code=None, year=None, duty_goal=None)
    path = write(tmp_path / "汇总.xlsx", empty, findings=[], sources=[])
    assert rows(path, "项目汇总")[4][0] == "（没有项目）"
    assert "未判定事项" not in openpyxl.load_workbook(path).sheetnames


def test_the_open_xml_validator_finds_nothing(
    summary: Path, tmp_path: Path, validate_ooxml: Callable[[Path], list[Any]]
) -> None:
    assert validate_ooxml(summary) == []
    assert validate_ooxml(write(tmp_path / "汇总.xlsx", samples.nasty(), samples.plain())) == []


def test_libreoffice_calculates_the_same(summary: Path, office: Any) -> None:
    listed = rows(summary, "项目汇总")
    with office.open(summary) as document:
        document.recalculate()
        assert document.error_cells() == []
        for column in range(6, 15):
            letter = "ABCDEFGHIJKLMNO"[column]
            assert document.value("项目汇总", f"{letter}9") in (listed[8][column], None)
            assert document.value("项目汇总", f"{letter}10") == listed[9][column]
        cover = rows(summary, "封面")
        for row, values in enumerate(cover, start=1):
            if values[0] in ("项目个数", "指标条数", "部门整体目标", "年度资金总额"):
                assert document.value("封面", f"B{row}") == values[1]
            if values[4] in ("错误", "未判定", "审核状态"):
                assert document.value("封面", f"F{row}") == values[5]
        state = [row[4] for row in cover].index("审核状态") + 1
        document.set_text("校验结果", "K5", "另有批复")
        document.recalculate()
        assert document.value("封面", f"F{state}") == "可报送：没有未处理的错误"


@pytest.mark.parametrize(
    ("goals", "blocks"),
    [
        (["治水", None, None], ["治水"]),
        ([None, "治水", None], ["治水"]),
        ([None, None], [None]),
        (["治水", "治山"], ["治水", "治山"]),
        (["治水", "\u3000"], ["治水"]),
    ],
)
def test_a_department_without_a_duty_goal_stands_once(goals, blocks, tmp_path):
    several = [samples.declaration(duty_goal=goal) for goal in goals]
    path = write(tmp_path / "汇总.xlsx", *several)
    sheet = openpyxl.load_workbook(path)[GOALS]
    labels = [c for (c,) in sheet.iter_rows(max_col=1) if "部门职责绩效目标" in str(c.value)]
    assert [sheet.cell(label.row, 3).value for label in labels] == blocks
