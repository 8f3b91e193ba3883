"""The sheets of the summary that tell what 自评表 say: projects, results, deviations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from perfgoals_xl.api import load
from perfgoals_xl.workbooks.summarising import write_consolidation
from tests.reading.evaluation import layouts
from tests.reading.evaluation.test_kept_apart import DECLARED
from tests.reading.sheets import Sheet, write_workbook
from tests.workbooks.summary.test_summary import rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHEETS = ["项目自评汇总", "指标完成情况", "偏差原因"]
# A lowered score without a reason, a score that is missing, and a text in place of points.
TROUBLED = Sheet(
    layouts.STANDARD.table.replace("古树名木保护", "湿地巡护")
    .replace("两株濒危，移至来年春季实施", "")
    .replace("|97%|30|30", "|97%|30|")
    .replace("|93%|10|10", "|93%|10|待定")
    .replace("120|118.5|112.4|10|94.85%|9.49", "120|118.5||10||")
    .replace("优", "良"),
    "湿地",
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a")
    book = write_workbook(folder / "自评.xlsx", layouts.STANDARD, TROUBLED, layouts.PAIRS)
    write_consolidation([load(book)], folder / "汇总.xlsx")
    return folder / "汇总.xlsx"


def column(listed: list[list[Any]], head: str, count: int) -> list[Any]:
    at = listed[2].index(head)
    return [row[at] for row in listed[3 : 3 + count]]


def test_one_row_per_project(written: Path) -> None:
    listed = rows(written, SHEETS[0])
    assert column(listed, "项目名称", 3) == ["古树名木保护", "湿地巡护", "校园饮水设施改造"]
    # One form is in 元, so all are told in 万元.
    assert column(listed, "全年预算数", 4) == [118.5, 118.5, 86, 323]
    assert column(listed, "全年执行数", 4) == [112.4, "", 81.7, 194.1]
    rates = column(listed, "执行率", 4)
    # Together only of the two that say both.
    assert rates == pytest.approx([112.4 / 118.5, "", 0.95, (112.4 + 81.7) / (118.5 + 86)])
    assert column(listed, "指标得分", 3) == [86.67, 46.67, 88.75]
    assert column(listed, "指标得分率", 3) == pytest.approx([86.67 / 90, 46.67 / 90, 88.75 / 90])
    # A level whose points are partly missing says those that are there; none of all is a blank.
    assert column(listed, "产出", 3) == ["46.67/50", "46.67/50", "48.75/50"]
    assert column(listed, "满意度", 3) == ["10/10", "", ""]
    assert column(listed, "成本", 3) == ["", "", ""]
    assert column(listed, "总分", 4) == [96.16, 96.16, 98.25, 96.86]
    assert column(listed, "指标数", 4) == [5, 5, 3, 13]
    assert column(listed, "偏差", 4) == [1, 1, 1, 3]
    assert column(listed, "缺原因", 4) == [0, 1, 0, 1]
    assert "总分一列是平均分；等级：优 1，良 1，中 0，差 0" in listed[7]


def test_results_and_deviations(written: Path) -> None:
    listed = rows(written, SHEETS[1])
    assert column(listed, "达标", 5) == ["是", "否", "是", "是", "是"]
    assert column(listed, "符号", 2) == ["≥", ""]
    assert column(listed, "得分率", 3) == pytest.approx([1, 16.67 / 20, 1])
    assert column(listed, "得分", 10)[8:] == ["", "待定"]
    assert column(listed, "得分率", 10)[8:] == ["", ""]
    deviations = rows(written, SHEETS[2])
    assert column(deviations, "三级指标", 3) == ["复壮古树", "复壮古树", "新增饮水点"]
    assert column(deviations, "扣分", 3) == [3.33, 3.33, 1.25]
    assert column(deviations, "原因", 3) == ["", "缺", ""]
    assert len(deviations) == 6
    book = openpyxl.load_workbook(written)
    link = book[SHEETS[2]].cell(4, 13).hyperlink
    assert (link.target, link.location) == ("自评.xlsx", "'古树'!F15")


def test_formulas_are_live(written: Path, office: Any) -> None:
    book = openpyxl.load_workbook(written)
    with office.open(written) as document:
        document.recalculate()
        assert document.error_cells() == []
        for sheet in SHEETS:
            shown, found = rows(written, sheet), 0
            for line in book[sheet].iter_rows():
                for cell in line:
                    if cell.data_type == "f":
                        found += 1
                        value = document.value(sheet, cell.coordinate)
                        stored = shown[cell.row - 1][cell.column - 1]
                        same = stored if isinstance(stored, str) else pytest.approx(stored)
                        assert ("" if value is None else value) == same, cell.coordinate
            assert found >= 3
        document.set_value(SHEETS[1], "O4", 15)
        assert document.value(SHEETS[0], "N4") == pytest.approx(81.67)
        assert document.value(SHEETS[0], "S4") == 2
        assert document.value(SHEETS[0], "K4") == "41.67/50"


def test_valid(written: Path, validate_ooxml: Callable[[Path | str], list[Any]]) -> None:
    assert validate_ooxml(written) == []


def test_a_declaration_alone_has_none_of_these_sheets(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "申报.xlsx", DECLARED)
    write_consolidation([load(book)], tmp_path / "汇总.xlsx")
    assert not set(SHEETS) & set(openpyxl.load_workbook(tmp_path / "汇总.xlsx").sheetnames)


def test_declared_and_evaluated_stand_in_one_workbook(tmp_path: Path) -> None:
    one = write_workbook(
        tmp_path / "申报.xlsx", Sheet(DECLARED.table.replace("2027", "2026"), "目标")
    )
    other = write_workbook(tmp_path / "自评.xlsx", layouts.STANDARD)
    write_consolidation([load(one), load(other)], tmp_path / "汇总.xlsx")
    names = openpyxl.load_workbook(tmp_path / "汇总.xlsx").sheetnames
    assert names[6:10] == [*SHEETS, "校验结果"]
    assert len(rows(tmp_path / "汇总.xlsx", "项目汇总")[4:5]) == 1
    assert column(rows(tmp_path / "汇总.xlsx", SHEETS[0]), "项目名称", 1) == ["古树名木保护"]
