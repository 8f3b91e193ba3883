"""``perfgoals evaluation new`` and ``perfgoals monitoring new``."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from perfgoals_xl.evaluation.scoring_file import read_scoring
from perfgoals_xl.evaluation.unit_table import conversions
from perfgoals_xl.form.evaluation.scoring import DEFAULT_SCORING, Reverse
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.resources import EXAMPLE_WORKBOOK, example_path, manual_path
from tests.support.commands import runner
from tests.support.steps import OTHER_PROJECT, PROJECT, filled

EVALUATION = ("evaluation", "new", "申报.xlsx", "-o", "自评表.xlsx")
MONITORING = ("monitoring", "new", "申报.xlsx", "-o", "监控表.xlsx", "--month")


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def texts(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_one_sheet_per_project_behind_the_overview(perfgoals, tmp_path):
    source = filled(tmp_path)
    before = source.read_bytes()
    told = perfgoals(*EVALUATION)
    assert (told.code, told.out) == (0, "")
    assert "2 个项目" in told.err
    assert source.read_bytes() == before
    book = openpyxl.load_workbook(tmp_path / "自评表.xlsx")
    assert book.sheetnames == ["汇总", PROJECT, OTHER_PROJECT, "评分设置", "说明", "字典"]
    assert book["字典"].sheet_state == "hidden"
    form = book[PROJECT]
    assert form["A1"].value == "项目支出绩效自评表"
    assert form["A2"].value == "（2026年度）"
    assert form["A3"].value == "金额单位：万元"
    assert {"≥4000亩", "指标1：补播改良面积", "青岚县草原工作站"} <= set(texts(form))
    about = texts(book["说明"])
    assert "申报.xlsx" in about
    assert hashlib.sha256(before).hexdigest() in about
    assert form.print_title_rows is not None
    assert form.page_setup.paperSize == 9


def test_the_same_source_gives_the_same_file_and_an_own_output_is_replaced(perfgoals, tmp_path):
    filled(tmp_path)
    perfgoals(*EVALUATION)
    first = (tmp_path / "自评表.xlsx").read_bytes()
    assert perfgoals(*EVALUATION).code == 0
    assert (tmp_path / "自评表.xlsx").read_bytes() == first


def test_what_staff_filled_in_is_not_replaced(perfgoals, tmp_path):
    filled(tmp_path)
    perfgoals(*EVALUATION)
    path = tmp_path / "自评表.xlsx"
    book = openpyxl.load_workbook(path)
    book[PROJECT]["F16"] = "4000亩"
    book.save(path)
    before = path.read_bytes()
    told = perfgoals(*EVALUATION)
    assert told.code == 2
    assert "没有覆盖" in told.err
    assert path.read_bytes() == before
    assert perfgoals(*EVALUATION, "--force").code == 0


def test_points_of_another_place(perfgoals, tmp_path):
    filled(tmp_path)
    (tmp_path / "本地.toml").write_text(
        'reverse = "ratio"\nexecution_points = 20\nstep = 1\n'
        "[levels]\n产出 = 40\n效益 = 30\n满意度 = 10\n"
        "[levels_with_cost]\n成本 = 10\n产出 = 40\n效益 = 20\n满意度 = 10\n",
        encoding="utf-8",
    )
    assert perfgoals(*EVALUATION, "--scoring", "本地.toml").code == 0
    book = openpyxl.load_workbook(tmp_path / "自评表.xlsx")
    settings = {row[0].value: row[1].value for row in book["评分设置"].iter_rows(min_row=4)}
    assert settings["预算执行率分值"] == 20
    assert settings["反向指标未达标时"] == "按比值"
    weights = [row[6].value for row in book[PROJECT].iter_rows(min_row=14)]
    assert sum(w for w in weights if isinstance(w, int | float)) == 80


def test_the_manual_shows_the_settings_as_they_are(tmp_path):
    text = manual_path().read_text(encoding="utf-8")
    (shown,) = [block for block in re.findall(r"```toml\n(.*?)```", text, re.S) if "bands" in block]
    path = tmp_path / "评分设置.toml"
    path.write_text(shown, encoding="utf-8")
    expected = replace(
        DEFAULT_SCORING,
        reverse=Reverse.RATIO,
        bands=((100, 80), (80, 50), (50, 0)),
    )
    assert read_scoring(path) == expected


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("reverse = ratio", "不是正确的 TOML"),
        ('reverse = "other"', "linear、ratio"),
        ("execution_points = 30", "应为 100"),
        ("[levels]\n过程 = 90", "不认识的一级指标 过程"),
        ("punkte = 1", "不认识的设置 punkte"),
    ],
)
def test_wrong_settings_are_told_in_one_line(perfgoals, tmp_path, content, said):
    filled(tmp_path)
    (tmp_path / "错.toml").write_text(content, encoding="utf-8")
    told = perfgoals(*EVALUATION, "--scoring", "错.toml")
    assert told.code == 2
    [line] = told.err.splitlines()
    assert "错.toml" in line
    assert said in line
    assert not (tmp_path / "自评表.xlsx").exists()


def test_settings_that_are_not_there(perfgoals, tmp_path):
    filled(tmp_path)
    told = perfgoals(*EVALUATION, "--scoring", "没有.toml")
    assert told.code == 2
    assert "没有.toml" in told.err
    assert len(told.err.splitlines()) == 1


def test_the_months_stand_in_the_headings(perfgoals, tmp_path):
    filled(tmp_path)
    told = perfgoals(*MONITORING, "7")
    assert told.code == 0
    form = openpyxl.load_workbook(tmp_path / "监控表.xlsx")[PROJECT]
    said = texts(form)
    assert said[0] == "项目支出绩效运行监控表"
    assert {"1~7月执行数", "1~7月完成值", "全年预计完成值", "预计结余", "预警"} <= set(said)
    assert form.page_setup.orientation == "landscape"


@pytest.mark.parametrize("month", ["0", "13", "七"])
def test_a_month_that_is_none(perfgoals, tmp_path, month):
    filled(tmp_path)
    assert perfgoals(*MONITORING, month).code == 2
    assert not (tmp_path / "监控表.xlsx").exists()


@pytest.mark.parametrize("output", ["自评表.docx", "自评表", "申报.xlsx"])
def test_outputs_that_cannot_be(perfgoals, tmp_path, output):
    source = filled(tmp_path)
    before = source.read_bytes()
    assert perfgoals("evaluation", "new", "申报.xlsx", "-o", output).code == 2
    assert source.read_bytes() == before


def test_a_source_that_declares_nothing(perfgoals, tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "通讯录"
    book.save(tmp_path / "申报.xlsx")
    told = perfgoals(*EVALUATION)
    assert told.code == 2
    assert len(told.err.splitlines()) == 1


def test_departments_are_not_mixed(perfgoals, tmp_path):
    filled(tmp_path)
    example = str(example_path(EXAMPLE_WORKBOOK))
    told = perfgoals("evaluation", "new", "申报.xlsx", example, "-o", "自评表.xlsx")
    assert told.code == 2
    assert "不同部门" in told.err


def test_amounts_in_yuan_stay_in_yuan(perfgoals, tmp_path):
    text = (
        "2026年青岚县林业和草原局部门项目支出预算绩效目标表\n\n单位：元\n\n"
        "项目名称\t\t巡护项目\n主管部门\t\t某局\t实施单位\t某站\n"
        "项目总额\t\t123456.78\t其中：年度资金总额\t123456.78\n"
        "年度总体绩效目标\t巡护12次。\n一级指标\t二级指标\t三级指标\t\t指标值\n"
        "产出指标\t数量指标\t指标1：巡护次数\t\t≥12次\n"
    )
    (tmp_path / "申报.txt").write_text(text, encoding="utf-8")
    told = perfgoals("evaluation", "new", "申报.txt", "-o", "自评表.xlsx")
    assert told.code == 0
    assert "没有效益指标、满意度指标" in told.err
    form = openpyxl.load_workbook(tmp_path / "自评表.xlsx")["巡护项目"]
    assert form["A3"].value == "金额单位：元"
    assert form["D7"].value == 123456.78
    assert form["A6"].value == "项目资金（元）"


@pytest.mark.parametrize(
    ("target", "other", "factor"),
    [
        ("≤20万元", "元", "0.0001"),
        ("≤5000元", "万元", "10000"),
        ("≥5公里", "米", "0.001"),
        ("≥1.2万人次", "人次", "0.0001"),
        ("≤300元/人", "万元/人", "10000"),
        ("≥95%", "‰", "0.1"),
        ("≥3个月", "年", "12"),
        ("≤2小时", "分钟", None),
        ("≥12次", "人", None),
        ("≥12次", "元", None),
        ("≥12", "次", None),
    ],
)
def test_units_that_can_be_converted(target, other, factor):
    read = parse_target(target)
    table = dict(conversions([read]))
    found = table.get(f"{read.unit}|{other}")
    if target == "≤2小时":
        assert abs(float(found) - 1 / 60) < 1e-9
    else:
        assert found == (None if factor is None else Decimal(factor))
