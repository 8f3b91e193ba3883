"""自评表 and 监控表 that a platform exports as one list, a row for every indicator."""

from __future__ import annotations

import pytest

from perfgoals_xl.reading.assemble import load_declaration
from tests.reading.evaluation.forms import TABLE, funds, indicators, said, write_as
from tests.reading.sheets import Sheet, write_workbook

EVALUATED = """
2025年度项目绩效自评情况
序号|主管部门|项目名称|年初预算数|全年预算数|全年执行数|执行率|执行率得分|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因|自评总分|自评等级
1|青岚县水利局|河道清淤|100|90|81|90%|9|产出指标|数量指标|清淤长度|≥12公里|12.5公里|50|50||98.5|优
2|青岚县水利局|河道清淤|100|90|81|90%|9|效益指标|生态效益指标|断面达标率|≥90%|89%|40|39.5|汛期浑浊|98.5|优
3|青岚县水利局|泵站养护|60|60|60|100%|10|产出指标|数量指标|养护泵站|8座|8座|50|50||100|优
4|青岚县水利局|泵站养护|60|60|60|100%|10|效益指标|社会效益指标|排涝受益村|≥20个|22个|40|40||100|优
"""
MERGED = """
项目绩效监控台账（2025年1-8月）
项目名称|全年预算数（万元）|1-8月执行数（万元）|执行率（%）|一级指标|二级指标|三级指标|年度指标值|1-8月完成值|全年预计完成值|完成目标可能性|偏差原因
河道清淤|90|45|50|产出指标|数量指标|清淤长度|≥12公里|8公里|12公里|确定能|
||||效益指标|生态效益指标|断面达标率|≥90%|88%|90%|有可能|汛期浑浊
泵站养护|60|39|65|产出指标|数量指标|养护泵站|8座|5座|8座|确定能|
"""
AREAS = tuple(f"{column}3:{column}4" for column in "ABCD")


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html", "csv"])
def test_a_list_of_evaluations(tmp_path, kind):
    found = load_declaration(write_as(kind, tmp_path, Sheet(EVALUATED, "自评")))
    rows = found.evaluated.evaluations.records()
    assert [row["project_name"] for row in rows] == ["河道清淤", "泵站养护"]
    first = rows[0]
    assert (first["initial_budget"], first["annual_budget"], first["executed"]) == (100, 90, 81)
    assert (first["execution_rate"], first["execution_score"]) == (90, 9)
    assert (str(first["total_score"]), first["grade"], first["year"]) == ("98.5", "优", 2025)
    lines = found.evaluated.evaluation_indicators.records()
    assert [row["form"] for row in lines] == [0, 0, 1, 1]
    assert [row["reason"] for row in lines] == [None, "汛期浑浊", None, None]
    assert [str(row["score"]) for row in lines] == ["50", "39.5", "50", "40"]


def test_every_value_has_its_cell(tmp_path):
    found = load_declaration(write_workbook(tmp_path / "表.xlsx", Sheet(EVALUATED, "自评")))
    assert "total_score | 100 | Q5" in said(found, TABLE.EVALUATIONS, 1)
    assert "executed | 60 | F5" in said(found, TABLE.EVALUATIONS, 1)
    columns = ("level3", "actual_value", "weight", "score")
    assert indicators(found, TABLE.EVALUATION_INDICATORS, *columns)[:2] == [
        "清淤长度 K3 | 12.5公里 M3 | 50 N3 | 50 O3",
        "断面达标率 K4 | 89% M4 | 40 N4 | 39.5 O4",
    ]


def test_a_list_of_monitorings_with_merged_projects(tmp_path):
    sheet = Sheet(MERGED, "台账", merges=AREAS)
    found = load_declaration(write_workbook(tmp_path / "表.xlsx", sheet))
    rows = found.evaluated.monitorings.records()
    assert [(row["project_name"], row["month"], row["executed"]) for row in rows] == [
        ("河道清淤", 8, 45),
        ("泵站养护", 8, 39),
    ]
    assert [row["execution_rate"] for row in rows] == [50, 65]
    columns = ("done_value", "forecast_value", "likelihood", "reason")
    assert indicators(found, TABLE.MONITORING_INDICATORS, *columns)[1] == (
        "88% I4 | 90% J4 | 有可能 K4 | 汛期浑浊 L4"
    )
    assert funds(found, TABLE.MONITORING_FUNDS, 0)


@pytest.mark.parametrize(
    "heading",
    ["上年完成值|上年得分", "考核责任人|得分标准", "上年执行数|上年执行率", "备注|是否核心"],
)
def test_a_list_of_declarations_stays_one(tmp_path, heading):
    table = f"""
2026年项目支出绩效目标
项目名称|年度资金总额|一级指标|二级指标|三级指标|指标值|{heading}
河道清淤|90|产出指标|数量指标|清淤长度|≥12公里|11公里|20
河道清淤|90|效益指标|生态效益指标|断面达标率|≥90%|88%|20
"""
    found = load_declaration(write_workbook(tmp_path / "表.xlsx", Sheet(table, "目标")))
    assert len(found.projects) == 1
    assert len(found.evaluated.evaluations) == len(found.evaluated.monitorings) == 0
