"""The workbook of a comparison: live differences and totals, ready to print."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from perfgoals_xl.comparison import sheet as comparison_sheet
from perfgoals_xl.comparison.comparing import compare_declarations
from perfgoals_xl.comparison.sheet import write_comparison
from tests.workbooks import samples

INDICATORS = (
    ("数量指标", "样地巡查次数", "≥40次", "≥30次"),
    ("质量指标", "疫木清理率", "≥95%", "≥98%"),
    ("时效指标", "普查完成时间", "2025年9月底前", "2026年11月底前"),
)


def declaration(year: int, projects: list[dict[str, Any]], value: int) -> Any:
    rows = [
        samples.indicator(0, "产出指标", item[0], item[1], item[value]) for item in INDICATORS
    ]  # fmt: skip
    return samples.declaration(projects, rows, year=year, file=f"{year}.txt")


def four_projects() -> tuple[Any, Any]:
    """Amounts with six decimals, blanks, a text, a zero, a new and a gone project."""
    old = [
        samples.project("疫木清理项目", annual_amount=Decimal("0.1"), year=2025),
        samples.project("湿地监测设备运行项目", annual_amount=None, year=2025),
        samples.project("古树保护项目", annual_amount=Decimal(0), total_amount="约20万", year=2025),
        samples.project("护林员培训项目", annual_amount=Decimal("33.333333"), year=2025),
    ]
    new = [
        samples.project("疫木清理项目", annual_amount=Decimal("0.3")),
        samples.project("湿地监测设备运行维护项目", annual_amount=Decimal("12.000001")),
        samples.project("古树保护项目", annual_amount=Decimal("5.5"), local_other=None),
        samples.project("=苗木检疫", annual_amount=None),
    ]
    return declaration(2025, old, 2), declaration(2026, new, 3)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("comparison") / "对比.xlsx"
    write_comparison(path, compare_declarations(*four_projects()))
    return path


def rows(path: Path, sheet: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def test_one_row_per_project(written: Path) -> None:
    listed = rows(written, "对比")
    assert [row[1:5] for row in listed[4:9]] == [
        ["有变化", "疫木清理项目", "", ""],
        ["更名", "湿地监测设备运行维护项目", "湿地监测设备运行项目", 0.89],
        ["有变化", "古树保护项目", "", ""],
        ["新增", "=苗木检疫", "", ""],
        ["取消", "护林员培训项目", "", ""],
    ]
    # 上年, 本年, 差额, 增减(%) of 年度资金总额.
    assert [row[9:13] for row in listed[4:9]] == [
        [0.1, 0.3, 0.2, 200],
        ["", 12.000001, "", ""],
        [0, 5.5, 5.5, ""],
        ["—", "", "", ""],
        [33.333333, "—", "", ""],
    ]
    assert listed[9][9:13] == [33.433333, 17.800001, -15.633332, -46.8]
    assert listed[10][9:11] == ["空白 1 项", "空白 1 项"]
    assert listed[10][5:7] == ["非数字 1 项", "无"]
    assert listed[4][13:] == ["", "", 3, 2, 2]


def test_changes_in_detail(written: Path) -> None:
    listed = rows(written, "变化明细")
    assert listed[3][1:] == [
        "疫木清理项目",
        "资金",
        "年度资金总额",
        "改金额",
        0.1,
        0.3,
        0.2,
        200,
        "",
    ]
    assert listed[4][1:] == [
        "疫木清理项目", "数量指标", "样地巡查次数", "改指标值", "≥40次", "≥30次", "", "",
        "目标降低，资金未减",
    ]  # fmt: skip
    assert [row[9] for row in listed[5:7]] == ["目标提高", "目标降低，资金未减"]
    assert listed[7][1:] == [
        "湿地监测设备运行维护项目", "资金", "年度资金总额", "改金额", "", 12.000001, "", "",
        "上年空白，不按零计",
    ]  # fmt: skip
    assert [row[3] for row in listed[8:]] == ["项目总额", "年度资金总额", "本级资金·其他资金"]


def test_formulas_are_live_and_agree_with_libreoffice(written: Path, office: Any) -> None:
    old, new = four_projects()
    amounts = [
        [
            row["annual_amount"]
            for row in side.projects.records()
            if row["annual_amount"] is not None
        ]
        for side in (old, new)
    ]
    with office.open(written) as document:
        document.recalculate()
        assert document.error_cells() == []
        for sheet in ("对比", "变化明细"):
            formulas = openpyxl.load_workbook(written)[sheet]
            shown = rows(written, sheet)
            found = 0
            for line in formulas.iter_rows():
                for cell in line:
                    if cell.data_type == "f":
                        found += 1
                        value = document.value(sheet, cell.coordinate)
                        assert ("" if value is None else value) == pytest.approx(
                            shown[cell.row - 1][cell.column - 1]
                        )
            assert found > 8
        before, after = (sum(side, Decimal(0)) for side in amounts)
        assert document.value("对比", "J10") == pytest.approx(float(before))
        assert document.value("对比", "K10") == pytest.approx(float(after))
        assert document.value("对比", "L10") == pytest.approx(float(after - before))
        document.set_value("对比", "K6", 100)
        document.set_value("对比", "J6", 80)
        document.recalculate()
        assert document.value("对比", "L6") == 20
        assert document.value("对比", "M6") == 25


def test_every_sheet_prints_on_a4_landscape_with_its_headings(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    assert book.sheetnames == ["对比", "变化明细", "说明"]
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_title_rows
        assert "&P" in str(sheet.oddFooter.center.text)
    assert (book["对比"].freeze_panes, book["变化明细"].freeze_panes) == ("D5", "C4")
    assert (book["对比"].print_title_rows, book["变化明细"].print_title_rows) == ("$3:$4", "$3:$3")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / "一.xlsx", tmp_path / "二.xlsx"]
    for path in paths:
        write_comparison(path, compare_declarations(samples.nasty(), samples.plain()))
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_figure_is_never_wider_than_its_column(tmp_path: Path) -> None:
    """A number that does not fit is shown as ####."""
    old = samples.project("湿地", local_total=Decimal("12345678.123456"), year=2025)
    new = samples.project("湿地", local_total=Decimal("1.5"))
    path = tmp_path / "对比.xlsx"
    write_comparison(path, compare_declarations(*map(samples.declaration, ([old], [new]))))
    width = openpyxl.load_workbook(path)["变化明细"].column_dimensions["H"].width
    assert width > len("-12,345,676.623456")


@pytest.mark.parametrize("amount", ["1e300", "1e-300", "1" + "0" * 30])
def test_a_slip_of_many_digits_gives_a_sound_workbook(tmp_path: Path, amount: str) -> None:
    sides = [
        samples.declaration([samples.project("湿地", annual_amount=Decimal(text))])
        for text in ("1", amount)
    ]
    path = tmp_path / "对比.xlsx"
    write_comparison(path, compare_declarations(*sides))
    book = openpyxl.load_workbook(path)
    widths = [d.width for sheet in book for d in sheet.column_dimensions.values()]
    assert max(widths) <= 120
    formulas = [str(c.value) for row in book["对比"].iter_rows() for c in row]
    assert not [f for f in formulas if re.search(r",(?:1[6-9]|[2-9]\d|\d{3,})\)", f)]


def test_a_moved_indicator_is_listed_with_both_groups(tmp_path: Path) -> None:
    rate = [samples.indicator(0, "产出指标", group, "疫木清理率", "≥95%")
            for group in ("数量指标", "质量指标")]  # fmt: skip
    sides = [samples.declaration([samples.project("疫木清理项目")], [line]) for line in rate]
    path = tmp_path / "对比.xlsx"
    write_comparison(path, compare_declarations(*sides))
    assert rows(path, "变化明细")[3][2:7] == [
        "质量指标", "疫木清理率（上年在数量指标）", "改组别", "≥95%", "≥95%",
    ]  # fmt: skip


def test_many_projects_take_time_in_proportion(tmp_path: Path, monkeypatch: Any) -> None:
    calls: list[object] = []
    counted = comparison_sheet._places
    monkeypatch.setattr(
        comparison_sheet, "_places", lambda comparison: (calls.append(0), counted(comparison))[1]
    )
    both = samples.declaration([samples.project(f"第{n}号样地") for n in range(40)])
    write_comparison(tmp_path / "对比.xlsx", compare_declarations(both, both))
    assert len(calls) < 5


def test_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "对比.xlsx"
    write_comparison(path, compare_declarations(samples.plain(), samples.plain()))
    assert rows(path, "变化明细")[3][0] == "（没有变化）"


def test_the_open_xml_validator_finds_nothing(
    written: Path, tmp_path: Path, validate_ooxml: Callable[[Path], list[Any]]
) -> None:
    assert validate_ooxml(written) == []
    path = tmp_path / "对比.xlsx"
    write_comparison(path, compare_declarations(samples.nasty(), samples.plain()))
    assert validate_ooxml(path) == []
    nothing = compare_declarations(samples.nasty(), samples.nasty())
    write_comparison(path, nothing)
    assert validate_ooxml(path) == []


def test_the_real_samples_as_a_workbook(
    shared_seeds: tuple[Path, Path], tmp_path: Path, office: Any
) -> None:
    from perfgoals_xl.api import load

    old, new = map(load, shared_seeds)
    path = tmp_path / "对比.xlsx"
    comparison = compare_declarations(old, new)
    write_comparison(path, comparison)
    total = 4 + len(comparison.projects) + 1
    with office.open(path) as document:
        document.recalculate()
        assert document.error_cells() == []
        for column, side, name in (
            ("F", old, "total_amount"), ("G", new, "total_amount"),
            ("J", old, "annual_amount"), ("K", new, "annual_amount"),
        ):  # fmt: skip
            stated = [row[name] for row in side.projects.records()]
            expected = sum((a for a in stated if isinstance(a, Decimal)), Decimal(0))
            assert document.value("对比", f"{column}{total}") == pytest.approx(float(expected))
