"""The sheets of the summary that tell what 监控表 say, and what the cover says of both forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from perfgoals_xl.api import load
from perfgoals_xl.resources import (
    EXAMPLE_EVALUATION,
    EXAMPLE_MONITORING,
    EXAMPLE_WORKBOOK,
    example_path,
)
from perfgoals_xl.workbooks.summarising import write_consolidation
from tests.reading.evaluation import layouts
from tests.reading.evaluation.test_kept_apart import DECLARED
from tests.reading.sheets import Sheet, write_workbook
from tests.workbooks.summary.test_evaluated_lists import column
from tests.workbooks.summary.test_summary import rows

if TYPE_CHECKING:
    from collections.abc import Callable

SHEETS = ["监控情况", "指标监控", "监控偏差"]
LATER = [*SHEETS, "项目自评汇总", "指标完成情况", "偏差原因"]
# Without a light of its own, behind the months, without a reason; and amounts in 元.
BEHIND = Sheet(
    layouts.TICKED.table.replace("数字档案加工", "档案修复")
    .replace("|9万页|20万页|||√|设备到货晚||√||已加派人手", "|3万页|18万页|||||√||")
    .replace("80|36|45%|78", "800000|360000|45%|"),
    "修复",
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a")
    sources = [example_path(n) for n in (EXAMPLE_MONITORING, EXAMPLE_EVALUATION, EXAMPLE_WORKBOOK)]
    write_consolidation([load(source) for source in sources], folder / "汇总.xlsx")
    return folder / "汇总.xlsx"


def test_a_row_per_project(written: Path) -> None:
    listed = rows(written, SHEETS[0])
    assert column(listed, "项目名称", 2) == ["农村供水工程维修养护项目", "河湖健康评价项目"]
    assert column(listed, "截至月份", 12) == [7] * 12
    assert column(listed, "执行数", 2) == [104, 29.3]
    assert column(listed, "执行率", 2) == pytest.approx([104 / 186.4, 0.5])
    assert column(listed, "预计结余", 8)[5:] == [12, 0, 3]
    assert column(listed, "预计执行数", 8)[5:] == [408.125, 36.8, 72.6]
    assert column(listed, "项目预警", 4) == ["绿灯", "红灯", "绿灯", "黄灯"]
    lights = [column(listed, light, 13)[12] for light in ("红灯", "黄灯", "绿灯", "蓝灯")]
    assert lights == [4, 1, 125, 0]
    assert column(listed, "缺原因", 13)[12] == 1
    assert "项目预警：红灯 3，黄灯 1，绿灯 8，蓝灯 0" in listed[16]


def test_indicators_and_deviations(written: Path) -> None:
    listed = rows(written, SHEETS[1])
    assert column(listed, "完成值", 2) == ["9处", "6.9公里"]
    assert column(listed, "完成比例", 2) == [0.5625, 0.5476]
    assert column(listed, "预警", 5) == ["绿灯", "绿灯", "绿灯", "绿灯", ""]
    deviations = rows(written, SHEETS[2])
    assert column(deviations, "三级指标", 6) == [
        "评价湖泊数量", "组织避险演练场次", "安装安全监测设施数量", "蓄水验收时间",
        "安装在线计量设施", "接入县级平台取水口数量",
    ]  # fmt: skip
    assert column(deviations, "原因", 6) == ["", "", "缺", "", "", ""]
    link = openpyxl.load_workbook(written)[SHEETS[2]].cell(4, 13).hyperlink
    assert link.location == "'河湖健康评价项目'!F14"


def test_the_cover_says_what_they_come_to(written: Path) -> None:
    said = {row[0]: row[1] for row in rows(written, "封面")}
    said |= {row[4]: row[5] for row in rows(written, "封面") if len(row) > 5}
    assert said["自评项目"] == "12 个"
    assert said["平均得分"] == "97.01 分"
    assert said["评价等级"] == "优 10，良 2，中 0，差 0"
    assert said["等级界限"] == "优 ≥ 90，良 ≥ 80，中 ≥ 60，差 < 60"
    assert said["监控项目"] == "12 个，截至 7 月"
    assert said["项目预警"] == "红灯 3，黄灯 1，绿灯 8，蓝灯 0"
    assert said["未达标或扣分"] == "9 条，其中没有说明原因 1 条"
    assert said["预计不达标"] == "2 条，有偏差而没有说明原因 1 条"


def test_every_figure_is_live(written: Path, office: Any) -> None:
    book = openpyxl.load_workbook(written)
    with office.open(written) as document:
        document.recalculate()
        assert document.error_cells() == []
        for sheet in ("封面", *LATER):
            shown, found = rows(written, sheet), 0
            for line in book[sheet].iter_rows():
                for cell in line:
                    if cell.data_type == "f":
                        found += 1
                        value = document.value(sheet, cell.coordinate)
                        stored = shown[cell.row - 1][cell.column - 1]
                        same = stored if isinstance(stored, str) else pytest.approx(stored)
                        assert ("" if value is None else value) == same, (sheet, cell.coordinate)
            assert sheet not in (SHEETS[0], "封面") or found > 20
        # A light that is put right is put right everywhere.
        light = next(c for c in book[SHEETS[1]][3] if c.value == "预警").column_letter
        assert document.value(SHEETS[1], f"{light}19") == "红灯"
        document.set_text(SHEETS[1], f"{light}19", "绿灯")
        document.recalculate()
        assert document.value(SHEETS[0], "K5") == "绿灯"
        texts = [str(document.value("封面", f"F{row}")) for row in range(20, 45)]
        assert "红灯 2，黄灯 1，绿灯 9，蓝灯 0" in texts


def test_valid(written: Path, validate_ooxml: Callable[[Path | str], list[Any]]) -> None:
    assert validate_ooxml(written) == []


def test_another_layout_without_lights(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "监控.xlsx", layouts.TICKED, BEHIND)
    write_consolidation([load(book)], tmp_path / "汇总.xlsx")
    listed = rows(tmp_path / "汇总.xlsx", SHEETS[0])
    assert column(listed, "截至月份", 2) == [8, 8]
    # 预计执行数 as the form says; it has no 预计结余.
    assert column(listed, "预计执行数", 2) == [78, ""]
    assert column(listed, "预计结余", 2) == ["", ""]
    assert column(listed, "项目预警", 2) == ["黄灯", "红灯"]
    deviations = rows(tmp_path / "汇总.xlsx", SHEETS[2])
    assert column(deviations, "预计达标", 2) == ["是", "否"]
    assert column(deviations, "原因", 2) == ["", "缺"]
    names = openpyxl.load_workbook(tmp_path / "汇总.xlsx").sheetnames
    assert set(names) & set(LATER) == set(SHEETS)


def test_only_monitoring_and_only_evaluation_have_a_cover_of_their_own(tmp_path: Path) -> None:
    for name, sheet, has in (
        ("监控", layouts.TICKED, "监控项目"),
        ("自评", layouts.STANDARD, "自评项目"),
    ):
        book = write_workbook(tmp_path / f"{name}.xlsx", sheet)
        write_consolidation([load(book)], tmp_path / f"{name}汇总.xlsx")
        labels = {row[0] for row in rows(tmp_path / f"{name}汇总.xlsx", "封面")}
        assert labels & {"监控项目", "自评项目"} == {has}


def test_a_declaration_alone_has_none_of_it(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "申报.xlsx", DECLARED)
    write_consolidation([load(book)], tmp_path / "汇总.xlsx")
    assert not set(LATER) & set(openpyxl.load_workbook(tmp_path / "汇总.xlsx").sheetnames)
    said = {cell for row in rows(tmp_path / "汇总.xlsx", "封面") for cell in row}
    assert not said & {"自评情况", "监控情况"}
