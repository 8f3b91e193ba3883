"""What other provinces do otherwise: points beside the levels, adjusted budgets, boxes to tick."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.form.evaluation.evaluation_labels import Below, FundPart, below_part, fund_part
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.review.run import review
from tests.reading.evaluation.forms import TABLE, indicators
from tests.reading.sheets import Sheet, write_workbook

HEAD = """
2025年度项目支出绩效自评表
项目名称|河道清淤
主管部门|青岚县水利局|实施单位|县河道管理站
"""


def read(tmp_path, *sheets):
    return load_declaration(write_workbook(tmp_path / "表.xlsx", *sheets))


# The points of every level in a column of their own, merged down over its indicators.
BESIDE = """
一级指标|分值|二级指标|分值|三级指标|分值|年度指标值|全年完成值|得分|偏差原因
产出指标|50|数量指标|30|清淤长度|20|≥12公里|12公里|20
||||清淤方量|10|≥3万立方米|3.1万立方米|10
||质量指标|20|验收合格率|20|100%|100%|20
效益指标|30分|生态效益指标|30|断面水质达标率|30|≥90%|92%|30
满意度指标|10|服务对象满意度指标|10|沿河群众满意度|10|≥90%|91%|10
总分|||||100|||90
"""
WEIGHTS = ("weight", "score", "level1_weight", "level2_weight")
LEVEL_POINTS = {
    "of every level": (
        BESIDE,
        ["20 F5 | 20 I5 | 50 B5 | 30 D5", "10 F6 | 10 I6 | 50 B5 | 30 D5",
         "20 F7 | 20 I7 | 50 B5 | 20 D7", "30 F8 | 30 I8 | 30 B8 | 30 D8",
         "10 F9 | 10 I9 | 10 B9 | 10 D9"],
    ),
    "of the first level alone": (
        """
一级指标|权重|二级指标|三级指标|年度指标值|实际完成值|得分
产出指标|50|数量指标|清淤长度|≥12公里|12公里|25
|||清淤方量|≥3万立方米|3.1万立方米|25
效益指标|40|生态效益指标|断面水质达标率|≥90%|92%|40
""",
        ["- | 25 G5 | 50 B5 | -", "- | 25 G6 | 50 B5 | -", "- | 40 G7 | 40 B7 | -"],
    ),
    # Points of every indicator may stand before its name.
    "of the indicators, left of them": (
        """
一级指标|二级指标|分值|三级指标|年度指标值|实际完成值|得分
产出指标|数量指标|20|清淤长度|≥12公里|12公里|20
||30|清淤方量|≥3万立方米|3.1万立方米|30
效益指标|生态效益指标|40|断面水质达标率|≥90%|92%|40
""",
        ["20 C5 | 20 G5 | - | -", "30 C6 | 30 G6 | - | -", "40 C7 | 40 G7 | - | -"],
    ),
    # 权重 and 分值 of one indicator: the first counts.
    "two of the indicator": (
        """
一级指标|二级指标|三级指标|权重|年度指标值|实际完成值|分值|得分
产出指标|数量指标|清淤长度|20|≥12公里|12公里|20|20
效益指标|生态效益指标|断面水质达标率|40|≥90%|92%|40|40
""",
        ["20 D5 | 20 H5 | - | -", "40 D6 | 40 H6 | - | -"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LEVEL_POINTS)
def test_points_beside_the_levels(tmp_path, name):
    table, told = LEVEL_POINTS[name]
    found = read(tmp_path, Sheet(HEAD + table.lstrip()))
    assert indicators(found, TABLE.EVALUATION_INDICATORS, *WEIGHTS) == told


FUNDS = {
    FundPart.ANNUAL: ("全年（调整）预算数", "全年预算（调整）数", "全年(调整后)预算数",
                      "调整后预算数（A）", "年度预算调整数"),
    FundPart.INITIAL: ("年初（批复）预算数", "年初预算安排数", "年初预算数"),
    FundPart.WEIGHT: ("执行率分值", "执行率权重（分）", "预算执行率分值", "分值（10分）"),
    FundPart.SCORE: ("执行率得分（分）", "预算执行率得分", "得分"),
    None: ("上年（调整）预算数", "调整说明事项", "分值依据", "得分率排名"),
}  # fmt: skip


@pytest.mark.parametrize("part", FUNDS)
def test_the_headings_of_funds(part):
    assert [fund_part(text) for text in FUNDS[part]] == [part] * len(FUNDS[part])


TOTALS = {
    Below.TOTAL: ("总分合计", "合计（总分）", "总 计 得 分", "自评总分（满分100分）", "总得分合计"),
    Below.NOTE: ("说明", "情况说明", "说明：", "其他需要说明的问题"),
    None: ("合同总分", "合计金额", "总分构成", "说明书份数"),
}


@pytest.mark.parametrize("part", TOTALS)
def test_what_stands_below_the_indicators(part):
    assert [below_part(text) for text in TOTALS[part]] == [part] * len(TOTALS[part])


@pytest.mark.parametrize("label", ["总分合计", "合计（总分）", "总计得分"])
def test_a_total_by_another_name_is_no_indicator(tmp_path, label):
    table = BESIDE.replace("总分|||||100|||90", f"{label}|||||100|||90\n说明||一处河段移交外县。")
    found = read(tmp_path, Sheet(HEAD + table.lstrip(), merges=("A10:E10",)))
    form = found.evaluated.evaluations.records()[0]
    assert (form["total_weight"], form["total_score"]) == (100, 90)
    assert len(found.evaluated.evaluation_indicators) == len(found.indicators) == 5


TICKED = """
2025年度项目支出绩效运行监控表
项目名称|河道清淤
项目资金（万元）|年初预算数|1-6月执行数|执行率
年度资金总额|80|40|50%
年度总体目标|清淤12公里
一级指标|二级指标|三级指标|指标值|完成情况||偏差原因分析|||完成目标可能性
||||1-6月完成值|预计全年完成值|经费保障|人员保障|原因说明|确定能|有可能|完全不可能
产出指标|数量指标|清淤长度|≥12公里|6公里|12公里|□|□||☑|□|□
||清淤方量|≥3万立方米|1万立方米|2.8万立方米|☑|☑|汛期停工|□|☑|□
||清淤断面|≥30个|3个|9个|×|√|进场晚|—|—|√
||清淤船次|≥90次|50次|90次||||√|√|
"""


def test_what_is_not_ticked_is_nothing(tmp_path):
    merges = ("E6:F6", "G6:I6", "J6:L6", "A6:A7", "B6:B7", "C6:C7", "D6:D7")
    found = read(tmp_path, Sheet(TICKED, merges=merges))
    columns = ("done_value", "forecast_value", "likelihood", "reason")
    assert indicators(found, TABLE.MONITORING_INDICATORS, *columns) == [
        "6公里 E8 | 12公里 F8 | 确定能 J8 | - G8",
        "1万立方米 E9 | 2.8万立方米 F9 | 有可能 K9 | 经费保障；人员保障；汛期停工 G9",
        "3个 E10 | 9个 F10 | 完全不可能 L10 | 人员保障；进场晚 H10",
        "50次 E11 | 90次 F11 | 确定能、有可能 J11 | - G11",
    ]


IN_PAIRS = """
2025年度项目绩效自评表
项目名称|河道清淤|预算单位|县河道管理站
年初预算数（万元）|100|全年预算数（万元）|90|全年执行数（万元）|81
预算执行率|90%|自评得分|{score}
年度总体目标|预期目标：清淤12公里。|实际完成情况：清淤12.5公里。
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因
产出指标|数量指标|清淤长度|≥12公里|12.5公里|50|50
效益指标|生态效益指标|断面达标率|≥90%|89%|40|39.5|汛期浑浊
其他需要说明事项|||无
"""


@pytest.mark.parametrize(
    ("score", "whole", "of_execution"), [("98.5", "98.5", None), ("9", None, "9")]
)
def test_points_beside_the_funds(tmp_path, score, whole, of_execution):
    found = read(tmp_path, Sheet(IN_PAIRS.format(score=score)))
    form = found.evaluated.evaluations.records()[0]
    points = [form["total_score"], form["execution_score"]]
    assert [None if one is None else str(one) for one in points] == [whole, of_execution]
    assert (form["annual_budget"], form["executed"], form["execution_rate"]) == (90, 81, 90)


def test_goal_and_result_with_their_labels_in_the_cell(tmp_path):
    found = read(tmp_path, Sheet(IN_PAIRS.format(score="98.5")))
    form = found.evaluated.evaluations.records()[0]
    assert (form["annual_goal"], form["actual_result"]) == ("清淤12公里。", "清淤12.5公里。")
    assert [row["level3"] for row in found.evaluated.evaluation_indicators.records()] == [
        "清淤长度",
        "断面达标率",
    ]


def test_a_goal_with_a_colon_of_its_own_is_whole(tmp_path):
    table = IN_PAIRS.format(score="98.5").replace("预期目标：清淤12公里。", "一是：清淤12公里。")
    form = read(tmp_path, Sheet(table)).evaluated.evaluations.records()[0]
    assert form["annual_goal"] == "一是：清淤12公里。"


@pytest.mark.parametrize(("last", "noted"), [("是否核心指标", False), ("备注", True)])
def test_a_column_of_something_else_is_no_place_for_notes(tmp_path, last, noted):
    table = f"""
指标名称|计量单位|指标性质|年初指标值|全年完成值|得分系数（%）|指标权重（分）|指标得分（分）|{last}
清淤长度|公里|≥|12|10.8公里|90|50|45|是
断面达标率|%|≥|90|92%|100|40|40|是
"""
    found = read(tmp_path, Sheet(HEAD + table.lstrip()))
    rows = found.evaluated.evaluation_indicators
    assert (rows.place(0, "note") is not None) is noted
    assert [row["target_value"] for row in rows.records()] == ["≥12公里", "≥90%"]
    told = [(one.rule, one.reason) for one in review(found).not_judged]
    assert (("Z11", "表上没有偏差原因一栏") in told) is not noted


TITLED = """
绩效运行监控表（截至2025年9月30日）
项目名称|河道清淤
预算执行|资金性质|年初预算|调整后预算数|1~9月实际支出数|支出进度|预计全年支出|预计年底结余
|合计|80|90|40|44.44%|88|2
|财政拨款|80|90|40|44.44%|88|2
年度总体目标|清淤12公里
目标执行情况|清淤9公里
一级指标|二级指标|三级指标|指标值|1~9月完成值|预计全年完成值|偏差原因|能否完成
产出指标|数量指标|清淤长度|≥12公里|9公里|12公里||确定能
"""


@pytest.mark.parametrize("merges", [("A3:A5",), ()])
@pytest.mark.parametrize("title", ["预算执行", "预算执行情况", "资金使用", "项目资金"])
def test_what_names_the_funds_is_no_column_of_them(tmp_path, merges, title):
    table = TITLED.replace("预算执行|", f"{title}|")
    found = read(tmp_path, Sheet(table, "监控", merges=merges))
    form = found.evaluated.monitorings.records()[0]
    told = ("initial_budget", "annual_budget", "executed", "forecast_executed", "expected_balance")
    assert [form[name] for name in told] == [80, 90, 40, 88, 2]
    assert form["actual_result"] == "清淤9公里"
    assert [row["source"] for row in found.evaluated.monitoring_funds.records()] == [
        "合计",
        "财政拨款",
    ]


def test_what_was_spent_may_be_the_first_column(tmp_path):
    table = TITLED.replace(
        "年初预算|调整后预算数|1~9月实际支出数", "1~9月实际支出数|年初预算|调整后预算数"
    )
    table = table.replace("80|90|40|", "40|80|90|").replace("预算执行|资金性质", "项目资金|")
    form = read(tmp_path, Sheet(table, "监控")).evaluated.monitorings.records()[0]
    assert [form[name] for name in ("initial_budget", "annual_budget", "executed")] == [80, 90, 40]


IN_THE_TABLE = """
2025年度项目支出绩效自评表
项目名称|河道清淤
预算资金（万元）|年初预算|调整预算|实际执行|预算执行率
|80|80|78.4|98%
年度绩效目标|清淤12公里
目标完成情况|清淤12公里
一级指标|二级指标|三级指标|权重|目标值|实际值|得分|扣分原因|备注
预算执行（10分）|预算执行|预算执行率|10|100%|98%|9.8|招标节约|
产出（50分）|产出数量|清淤长度|50|≥12公里|12公里|50||
效益（40分）|社会效益|防洪能力|40|提升|提升|38||
合计|||100|||97.8||优秀
"""
EXECUTION = ("execution_weight", "execution_score", "execution_rate")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("预算执行（10分）|预算执行|预算执行率", "预算执行|资金|资金执行率"),
        ("预算执行（10分）|预算执行|预算执行率", "执行率|执行率|项目预算执行进度"),
        ("预算执行（10分）|预算执行|预算执行率", "投入|预算执行|预算执行情况"),
    ],
)
def test_points_of_the_execution_among_the_indicators(tmp_path, old, new):
    found = read(tmp_path, Sheet(IN_THE_TABLE.replace(old, new) if old else IN_THE_TABLE))
    form = found.evaluated.evaluations.records()[0]
    assert [form[name] for name in EXECUTION] == [10, Decimal("9.8"), 98]
    assert form["execution_reason"] == "招标节约"
    assert (form["total_score"], form["grade"]) == (Decimal("97.8"), "优秀")
    names = [row["level3"] for row in found.evaluated.evaluation_indicators.records()]
    assert names == ["清淤长度", "防洪能力"]
    assert [one.text for one in found.account if one.cell in ("A8", "B8", "C8", "I11")] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("预算执行（10分）|预算执行|预算执行率", "产出（10分）|产出时效|预算执行率"),
        ("预算执行（10分）|预算执行|预算执行率", "预算执行（10分）|预算执行|预算编制完整率"),
        ("预算执行率\n|80|80|78.4|98%", "预算执行率|分值|得分\n|80|80|78.4|98%|10|9.8"),
    ],
)
def test_an_indicator_of_the_execution_is_one(tmp_path, old, new):
    assert old in IN_THE_TABLE
    found = read(tmp_path, Sheet(IN_THE_TABLE.replace(old, new)))
    assert len(found.evaluated.evaluation_indicators) == 3


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ("优", "优"),
        ("良好", "良好"),
        ("等级：中", "中"),
        ("优化流程", None),
        ("无", None),
        ("", None),
    ],
)
def test_a_grade_in_the_row_of_the_total(tmp_path, said, grade):
    found = read(tmp_path, Sheet(IN_THE_TABLE.replace("优秀", said)))
    assert found.evaluated.evaluations.records()[0]["grade"] == grade


def test_a_grade_with_its_label_counts(tmp_path):
    found = read(tmp_path, Sheet(IN_THE_TABLE + "评价等级|良\n"))
    assert found.evaluated.evaluations.records()[0]["grade"] == "良"
