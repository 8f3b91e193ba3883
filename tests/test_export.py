"""The data itself: JSON to the letter of the public contract, CSV, Parquet."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pandas as pd
import pytest

from perfgoals_xl.api import load
from perfgoals_xl.errors import InputError
from perfgoals_xl.export import dumps, flat, frames, to_json, write
from tests.support.steps import OTHER_PROJECT, PROJECT, cell_of, filled, places, text_of

DECLARATION_KEYS = {
    "file", "department", "department_code", "year", "amount_unit", "edition", "duty_goal",
    "department_goals", "department_forms", "projects", "evaluations", "monitorings",
    "remarks",
}  # fmt: skip
PROJECT_KEYS = {
    "sheet", "project_name", "supervising_department", "implementing_unit", "project_attribute",
    "project_period", "total_amount", "annual_amount", "local_total", "local_appropriation",
    "local_other", "local_carryover", "transfer_total", "transfer_central", "transfer_regional",
    "annual_goal", "amount_unit", "year", "cells", "indicators",
}  # fmt: skip
INDICATOR_KEYS = {
    "level1", "level2", "ordinal", "level3", "target_value", "kind", "operator", "low", "high",
    "unit", "note", "cell", "weight", "standard", "period_target_value",
}  # fmt: skip
GOAL_KEYS = {
    "level1", "level2", "level3", "policy_goal", "budget_goal", "target_value", "note", "sheet",
    "cell", "weight",
}  # fmt: skip

DEPARTMENT = """\
2026年青岚县林业和草原局部门整体支出预算绩效目标表

部门名称及代码\t青岚县林业和草原局（213001）
部门职责绩效目标\t管理全县林草资源，森林覆盖率稳定在21%以上。
一级指标\t二级指标\t三级指标\t\t\t备注
\t\t财政政策性绩效目标\t部门预算绩效目标\t部门指标值
预算执行绩效目标\t支出进度\t达到序时要求\t9月底预算执行率\t≥75%\t按月通报
\t政府采购\t\t超预算采购起数\t0起

"""


def document_of(*paths):
    """The JSON document as another program reads it, decimals kept exact."""
    return json.loads(dumps(to_json([load(path) for path in paths])), parse_float=Decimal)


def project_of(path, number=0):
    return document_of(path)["declarations"][0]["projects"][number]


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "原表.txt"
    path.write_text(DEPARTMENT + text_of(), encoding="utf-8")
    return path


def test_the_document(text):
    document = document_of(text)
    assert document.keys() == {"format_version", "declarations"}
    assert document["format_version"] == 1
    (declaration,) = document["declarations"]
    assert declaration.keys() == DECLARATION_KEYS
    assert declaration["file"] == str(text)
    assert declaration["department"] == "青岚县林业和草原局"
    assert declaration["department_code"] == "213001"
    assert (declaration["year"], declaration["edition"]) == (2026, "2015")
    assert declaration["amount_unit"] == "万元"
    assert declaration["duty_goal"] == "管理全县林草资源，森林覆盖率稳定在21%以上。"


def test_department_goals(text):
    first, second = document_of(text)["declarations"][0]["department_goals"]
    assert first.keys() == second.keys() == GOAL_KEYS
    assert first == {
        "level1": "预算执行绩效目标",
        "level2": "支出进度",
        "level3": None,
        "weight": None,
        "policy_goal": "达到序时要求",
        "budget_goal": "9月底预算执行率",
        "target_value": "≥75%",
        "note": "按月通报",
        "sheet": "原表",
        "cell": "E7",
    }
    assert second["policy_goal"] is None
    assert second["note"] is None


def test_a_project(text):
    project = project_of(text)
    assert project.keys() >= PROJECT_KEYS
    assert project.keys() - PROJECT_KEYS <= {"period_goal"}
    assert (project["sheet"], project["project_name"]) == ("原表", PROJECT)
    assert project["supervising_department"] == "青岚县林业和草原局"
    assert project["implementing_unit"] == "青岚县草原工作站"
    assert (project["project_attribute"], project["project_period"]) == ("一次性项目", "1年")
    assert (project["total_amount"], project["annual_amount"]) == (280, 280)
    assert (project["local_total"], project["local_carryover"]) == (80, 15)
    assert (project["transfer_total"], project["transfer_regional"]) == (200, 50)
    assert (project["amount_unit"], project["year"]) == ("万元", 2026)
    assert project["cells"]["project_name"] == "C16"
    assert project["cells"]["annual_amount"] == "E19"
    assert project["cells"]["transfer_regional"] == "F22"


def test_a_blank_is_null_and_a_zero_is_zero(tmp_path):
    path = filled(tmp_path, {"local_other": None, "local_carryover": 0, "annual_goal": "  "})
    project = project_of(path)
    assert project["local_other"] is None
    assert project["local_carryover"] == 0
    assert project["annual_goal"] is None
    # The blank ones have cells too.
    assert project["cells"]["local_other"] == cell_of("local_other")
    other = project_of(path, 1)
    assert [other[name] for name in ("transfer_total", "transfer_central")] == [None, None]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (280.123456, "280.123456"),
        (3352.99687, "3352.99687"),
        (0.1 + 0.2, "0.3"),
        (123456789.123456, "123456789.123456"),
        (0.000001, "0.000001"),
        (-5.5, "-5.5"),
        ("2,800.50", "2800.5"),
        ("５０００元", "0.5"),
        (280, "280"),
        ("280.00", "280"),
    ],
)
def test_amounts_are_exact_numbers(tmp_path, typed, number):
    amount = project_of(filled(tmp_path, {"annual_amount": typed}))["annual_amount"]
    assert Decimal(amount) == Decimal(number)


def test_whole_amounts_have_no_decimals(tmp_path):
    text = dumps(to_json([load(filled(tmp_path))]))
    assert '"annual_amount": 280,' in text


@pytest.mark.parametrize("typed", ["待定", "约280", "***", "=1+1", True])
def test_what_is_no_amount_is_null(tmp_path, typed):
    path = filled(tmp_path, {"annual_amount": typed})
    project = project_of(path)
    assert project["annual_amount"] is None
    assert project["cells"]["annual_amount"] == "E7"


def test_cells_are_those_of_the_sheet(tmp_path):
    project = project_of(filled(tmp_path))
    assert project["sheet"] == PROJECT
    for name, cell in project["cells"].items():
        assert places()[0][name] == (PROJECT, cell)
    assert {"project_name", "annual_amount", "annual_goal"} <= project["cells"].keys()


def test_indicators(tmp_path):
    path = filled(
        tmp_path,
        {
            "数量1 二级": "11-数量指标（必填）",
            "数量1 一级": "1-产出指标",
            "数量1 备注": "按批复",
            "质量1 名称": "补播出苗率",
            "成本1": "100-160万元",
            "时效1": "2026-07-31",
            "可持续影响1": "长期",
        },
    )
    rows = project_of(path)["indicators"]
    assert all(row.keys() >= INDICATOR_KEYS for row in rows)
    by_cell = {row["cell"]: {key: row[key] for key in INDICATOR_KEYS} for row in rows}
    assert by_cell[cell_of("数量1")] == {
        "level1": "产出指标",
        "level2": "数量指标",
        "ordinal": 1,
        "level3": "补播改良面积",
        "target_value": "≥4000亩",
        "kind": "numeric",
        "operator": "≥",
        "low": 4000,
        "high": None,
        "unit": "亩",
        "note": "按批复",
        "weight": None,
        "standard": None,
        "period_target_value": None,
        "cell": "D14",
    }
    quality = by_cell[cell_of("质量1")]
    assert (quality["ordinal"], quality["level3"]) == (None, "补播出苗率")
    assert (quality["kind"], quality["low"], quality["unit"]) == ("percent", 80, "%")
    cost = by_cell[cell_of("成本1")]
    assert (cost["kind"], cost["low"], cost["high"], cost["unit"]) == ("range", 100, 160, "万元")
    date = by_cell[cell_of("时效1")]
    assert (date["kind"], date["low"], date["high"]) == ("date", "2026-07-31", "2026-07-31")
    state = by_cell[cell_of("可持续影响1")]
    assert (state["kind"], state["operator"], state["low"]) == ("qualitative", "", None)
    assert by_cell[cell_of("经济效益1")]["level2"] == "经济效益"


def test_levels_are_spelled_as_the_edition_does(tmp_path):
    project = project_of(filled(tmp_path, edition="2021"))
    levels = list(dict.fromkeys((row["level1"], row["level2"]) for row in project["indicators"]))
    assert levels[:3] == [
        ("成本指标", "经济成本指标"),
        ("成本指标", "社会成本指标"),
        ("成本指标", "生态环境成本指标"),
    ]
    assert levels[-1] == ("满意度指标", "服务对象满意度指标")


def test_texts_are_kept_as_typed(tmp_path):
    goal = "<p>＝补播4000亩，\n 盖度提高5个百分点。</p>"
    assert project_of(filled(tmp_path, {"annual_goal": goal}))["annual_goal"] == goal


def test_the_text_of_the_document_is_plain(text):
    content = dumps(to_json([load(text)]))
    assert "年度" in content or "\\u" not in content
    assert PROJECT in content


def test_several_sources_are_several_declarations(tmp_path):
    first, second = filled(tmp_path, name="甲.xlsx"), filled(tmp_path, name="乙.xlsx")
    declarations = document_of(first, second)["declarations"]
    assert [declaration["file"] for declaration in declarations] == [str(first), str(second)]
    assert [len(declaration["projects"]) for declaration in declarations] == [2, 2]


def test_json_to_a_file(tmp_path, text):
    out = tmp_path / "数据.json"
    write([load(text)], "json", out, io.StringIO())
    assert json.loads(out.read_text(encoding="utf-8")) == to_json([load(text)])


def test_flat_csv_to_a_file(tmp_path):
    path, out = filled(tmp_path, {"annual_amount": 280.5}), tmp_path / "数据.csv"
    write([load(path)], "csv", out, io.StringIO())
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 22
    assert {row["project_name"] for row in rows} == {PROJECT, OTHER_PROJECT}
    first = rows[0]
    assert (first["file"], first["department"]) == (str(path), "青岚县林业和草原局")
    assert (first["annual_amount"], first["local_total"]) == ("280.5", "80")
    assert (first["level2"], first["ordinal"], first["level3"]) == ("数量指标", "1", "补播改良面积")
    assert (first["kind"], first["low"], first["high"], first["cell"]) == (
        "numeric", "4000", "", "D14",
    )  # fmt: skip
    assert rows[-1]["transfer_total"] == ""


def test_flat_csv_to_the_screen(tmp_path):
    out = io.StringIO()
    write([load(filled(tmp_path))], "csv", None, out)
    lines = out.getvalue().split("\n")
    assert lines[0].startswith("file,department,")
    assert "\ufeff" not in out.getvalue()
    assert len(lines) == 1 + 22 + 1


def test_a_project_without_indicators_keeps_its_row(tmp_path):
    gone = {key: None for key in places()[0] if key[-1].isdigit() or key.endswith("名称")}
    frame = flat([load(filled(tmp_path, gone))])
    assert frame["project_name"].tolist() == [PROJECT, *[OTHER_PROJECT] * 11]
    assert pd.isna(frame["level3"].iat[0])


def test_the_same_file_twice_is_told_twice(tmp_path):
    path = filled(tmp_path)
    frame = flat([load(path), load(path)])
    assert len(frame) == 44
    assert frame["level3"].notna().all()


def test_csv_of_three_tables(tmp_path, text):
    folder = tmp_path / "输出" / "数据"
    write([load(text)], "csv", folder, io.StringIO())
    tables = {path.stem: pd.read_csv(path, dtype=str) for path in folder.iterdir()}
    assert {name: len(table) for name, table in tables.items()} == {
        "projects": 2, "indicators": 22, "department_goals": 2,
    }  # fmt: skip
    assert set(tables["indicators"]["project_name"]) == {PROJECT, OTHER_PROJECT}
    assert tables["department_goals"]["cell"].tolist() == ["E7", "E8"]


@pytest.mark.parametrize("sign", "=+-@\t")
def test_csv_is_safe_to_open(tmp_path, sign):
    path = filled(tmp_path, {"质量1 名称": f"{sign}cmd|calc", "annual_amount": -5})
    frame_text = io.StringIO()
    write([load(path)], "csv", None, frame_text)
    rows = list(csv.DictReader(io.StringIO(frame_text.getvalue())))
    quality = next(row for row in rows if row["cell"] == cell_of("质量1"))
    assert quality["indicator"] == f"'{sign}cmd|calc"
    assert quality["annual_amount"] == "-5"  # a number is no formula


def test_csv_of_unreadable_amounts_shows_them(tmp_path):
    out = io.StringIO()
    write([load(filled(tmp_path, {"annual_amount": "待定"}))], "csv", None, out)
    assert next(csv.DictReader(io.StringIO(out.getvalue())))["annual_amount"] == "待定"


@pytest.mark.parametrize("name", ["数据.parquet", "数据"])
def test_parquet(tmp_path, name):
    pytest.importorskip("pyarrow")
    path, out = filled(tmp_path, {"annual_amount": 280.5, "total_amount": "待定"}), tmp_path / name
    write([load(path)], "parquet", out, io.StringIO())
    if out.is_dir():
        tables = {item.stem: pd.read_parquet(item) for item in out.iterdir()}
        assert tables.keys() == {"projects", "indicators", "department_goals"}
        projects, indicators = tables["projects"], tables["indicators"]
    else:
        projects = indicators = pd.read_parquet(out)
    assert projects["annual_amount"].iat[0] == Decimal("280.5")
    assert projects["total_amount"].iat[0] is None
    assert projects["year"].iat[0] == 2026
    assert indicators["ordinal"].iat[0] == 1
    assert indicators["low"].iat[0] == "4000"
    assert len(indicators) == 22


def test_parquet_needs_a_place(tmp_path):
    with pytest.raises(InputError, match="-o"):
        write([load(filled(tmp_path))], "parquet", None, io.StringIO())


def test_without_pyarrow_the_way_out_is_told(tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise ImportError("no pyarrow")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", refuse)
    out = tmp_path / "数据.parquet"
    with pytest.raises(InputError, match="pyarrow"):
        write([load(filled(tmp_path))], "parquet", out, io.StringIO())
    assert not out.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["申报.xlsx"]


def test_a_folder_is_not_put_in_place_of_a_file(tmp_path):
    taken = tmp_path / "数据"
    taken.write_text("旧", encoding="utf-8")
    with pytest.raises(InputError, match="同名"):
        write([load(filled(tmp_path))], "csv", taken, io.StringIO())
    assert taken.read_text(encoding="utf-8") == "旧"


def test_frames_have_a_row_for_every_record(text):
    tables = frames([load(text)])
    assert {name: len(table) for name, table in tables.items()} == {
        "projects": 2, "indicators": 22, "department_goals": 2,
    }  # fmt: skip
    assert all(table.columns[0] == "file" for table in tables.values())
