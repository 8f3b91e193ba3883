"""自评表 and 监控表 of many layouts are read right, to the cell, in every format."""

# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.cell_account import uses_of
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.recognise import find_forms
from perfgoals_xl.reading.sources.source import read_source
from tests.reading.evaluation import layouts
from tests.reading.evaluation.forms import TABLE, funds, indicators, said, write_as
from tests.reading.sheets import Sheet, told, write_workbook

TWO = Sheet(
    layouts.SPLIT.format(name="价格认定") + layouts.SPLIT.format(name="成本调查").lstrip(), "认定"
)
FORMS = {
    "STANDARD": layouts.STANDARD,
    "SPLIT": TWO,
    "POINTS": layouts.POINTS,
    "PAIRS": layouts.PAIRS,
    "PLATFORM": layouts.PLATFORM,
    "TWO_ROWS": layouts.TWO_ROWS,
    "BY_SOURCE": layouts.BY_SOURCE,
    "MONITORING": layouts.MONITORING,
    "TICKED": layouts.TICKED,
    "UNTITLED": layouts.UNTITLED,
    "OFFERED": layouts.OFFERED,
}
LEVELS = ("level1", "level2", "level3", "target_value")
EVALUATED = (*LEVELS, "actual_value", "weight", "score", "reason")
MONITORED = (*LEVELS, "done_value", "forecast_value", "reason", "likelihood", "note")
# Of the last form of a layout: itself, its funds with the cell of what was spent, its indicators.
READ = {
    "STANDARD": (
        r"""
project_name | 古树名木保护 | C4
supervising_department | 青岚县林业和草原局 | C5
implementing_unit | 青岚县林木站 | H5
initial_budget | 120 | D7
annual_budget | 118.5 | E7
executed | 112.4 | F7
execution_weight | 10 | G7
execution_rate | 94.85 | H7
execution_score | 9.49 | I7
annual_goal | 挂牌保护古树40株，复壮12株。 | B12
actual_result | 已挂牌41株，复壮10株。 | F12
total_weight | 100 | G19
total_score | 96.16 | H19
grade | 优 | B20
year | 2026 | A2
""",
        r"""
年度资金总额 | 120 | 118.5 | 112.4 | 10 | 94.85 | 9.49 | F7
财政拨款 | 100 | 98.5 | 92.4 | - | 93.81 | - | F8
上年结转资金 | 20 | 20 | 20 | - | 100 | - | F9
其他资金 | 0 | 0 | 0 | - | - | - | F10
""",
        r"""
产出指标 B14 | 数量指标 C14 | 挂牌保护古树 D14 | ≥40株 E14 | 41株 F14 | 20 G14 | 20 H14 | - I14
产出指标 B14 | 数量指标 C14 | 复壮古树 D15 | 12株 E15 | 10株 F15 | 20 G15 | 16.67 H15 | 两株濒危，移至来年春季实施 I15
产出指标 B14 | 时效指标 C16 | 完成时间 D16 | 2026年10月底前 E16 | 2026年10月 F16 | 10 G16 | 10 H16 | - I16
效益指标 B17 | 生态效益 C17 | 古树成活率 D17 | ≥95% E17 | 97% F17 | 30 G17 | 30 H17 | - I17
满意度指标 B18 | 服务对象满意度 C18 | 群众满意度 D18 | ≥90% E18 | 93% F18 | 10 G18 | 10 H18 | - I18
""",
    ),
    "SPLIT": (
        r"""
project_name | 51000025T1-成本调查 | C22
supervising_department | 青岚县发展和改革局 | C23
implementing_unit | 青岚县价格认定中心 | I23
initial_budget | 30 | D28
annual_budget | 28 | E28
executed | 28 | F28
execution_weight | 10 | H28
execution_rate | 100 | G28
execution_score | 10 | I28
execution_reason | 年中压减2万元 | J28
annual_goal | 完成价格认定200件。 | C25
actual_result | 完成价格认定213件。 | H25
total_weight | 100 | I36
total_score | 96.25 | J36
grade | 项目按期完成，绩效良好。 | B37
problems | 复核环节偏弱。 | B38
measures | 加强复核。 | B39
year | 2025 | A21
""",
        r"""
总额 | 30 | 28 | 28 | 10 | 100 | 10 | F28
财政资金 | 30 | 28 | 28 | - | 100 | - | F29
财政专户管理资金 | 0 | 0 | 0 | - | 0 | - | F30
单位资金 | - | - | - | - | - | - | F31
""",
        r"""
产出指标 B33 | 数量指标 C33 | 价格认定件数 D33 | ≥200件 F33 | 213 H33 | 60 I33 | 60 J33 | - K33
产出指标 B33 | 质量指标 C34 | 认定差错率 D34 | ≤2% F34 | 2.5 H34 | 15 I34 | 11.25 J34 | 复核不严 K34
满意度指标 B35 | 服务对象满意度 C35 | 委托单位满意度 D35 | ≥90% F35 | 95 H35 | 15 I35 | 15 J35 | - K35
""",
    ),
    "POINTS": (
        r"""
project_name | 乡村道路养护 | B2
supervising_department | 青岚县交通运输局 | B3
implementing_unit | 县公路事务中心 | F3
initial_budget | 500 | C5
annual_budget | 480 | D5
executed | 455.28 | E5
execution_weight | 10 | F4
execution_rate | 94.85 | F5
execution_score | 9.5 | G5
annual_goal | 养护县道60公里 | B8
actual_result | 养护县道62公里，一处未完工 | B9
total_weight | 100 | F15
total_score | 98.5 | G15
grade | 良 | B16
problems | 个别路段返工 | B17
measures | 加强监理 | B18
year | 2025 | A1
""",
        r"""
资金总额 | 500 | 480 | 455.28 | 10 | 94.85 | 9.5 | E5
财政资金 | 400 | 380 | 355.28 | - | 93.49 | - | E6
单位资金 | 100 | 100 | 100 | - | 100 | - | E7
""",
        r"""
产出指标 A11 | 数量指标 B11 | 养护里程 C11 | ≥60公里 D11 | 62公里 E11 | 30 F11 | 30 G11 | - H11
产出指标 A11 | 质量指标 B12 | 验收合格率 C12 | 100% D12 | 96% E12 | 20 F12 | 19.2 G12 | 一处返工 H12
效益指标 A13 | 社会效益 B13 | 通行事故下降率 C13 | ≥5% D13 | 5.2% E13 | 30 F13 | 30 G13 | - H13
满意度指标 A14 | 服务对象满意度 B14 | 沿线群众满意度 C14 | ≥90% D14 | 88% E14 | 10 F14 | 9.8 G14 | 雨季积水 H14
""",
    ),
    "PAIRS": (
        r"""
project_name | 校园饮水设施改造 | B3
supervising_department | 青岚县教育局 | B4
implementing_unit | 县教育装备站 | D4
annual_budget | 860000 | C5
executed | 817000 | E5
execution_rate | 95 | G5
annual_goal | 改造学校12所；\n新增饮水点40处。 | C8
actual_result | 改造学校12所；\n新增饮水点38处。 | C9
total_score | 98.25 | A15
year | 2024 | A2
""",
        r"""
- | - | 860000 | 817000 | - | 95 | - | E5
财政拨款 | - | 800000 | 757000 | - | - | - | E6
其他资金 | - | 60000 | 60000 | - | - | - | E7
""",
        r"""
产出指标 A12 | 数量指标 B12 | 改造学校数 C12 | 12所 D12 | 12所 E12 | 25 F12 | 25 G12 | - H12
产出指标 A12 | 数量指标 B12 | 新增饮水点 C13 | 40处 D13 | 38处 E13 | 25 F13 | 23.75 G13 | 两校场地未腾空 H13
效益指标 A14 | 社会效益 B14 | 水质达标率 C14 | ≥98% D14 | 99% E14 | 40 F14 | 40 G14 | - H14
""",
    ),
    "PLATFORM": (
        r"""
project_name | 智慧粮库建设 | B4
supervising_department | 青岚县粮食和物资储备局 | B5
implementing_unit | 县粮食储备中心 | E5
initial_budget | 95.5 | A7
annual_budget | 90 | B7
executed | 88.2 | C7
execution_weight | 10 | D7
execution_rate | 98 | E7
execution_score | 9.8 | F7
annual_goal | 建成粮情监测点30个。 | A10
actual_result | 建成粮情监测点30个。 | D10
year | 2025 | A1
""",
        r"""
- | 95.5 | 90 | 88.2 | 10 | 98 | 9.8 | C7
""",
        r"""
产出指标 B15 | 数量指标 C15 | 粮情监测点 D15 | ≥30个 F15 | 30 H15 | 40 I15 | 40 J15 | - K15
产出指标 B16 | 质量指标 C16 | 设备完好率 D16 | ≥98% F16 | 96 H16 | 20 I16 | 19.6 J16 | 供货延迟 K16
效益指标 B17 | 社会效益 C17 | 储粮损耗率 D17 | ≤0.5% F17 | 0.4 H17 | 30 I17 | 30 J17 | - K17
""",
    ),
    "TWO_ROWS": (
        r"""
project_name | 湿地巡护 | C3
supervising_department | 青岚县林草局 | C4
implementing_unit | 湿地中心 | H4
initial_budget | 100 | C7
annual_budget | 90 | D7
executed | 81 | E7
execution_weight | 10 | G7
execution_rate | 90 | F7
execution_score | 9 | H7
annual_goal | 巡护36次 | B10
actual_result | 巡护40次 | B11
total_weight | 100 | G18
total_score | 98.75 | H18
year | 2025 | A2
""",
        r"""
年度资金总额 | 100 | 90 | 81 | 10 | 90 | 9 | E7
中央补助 | 60 | 60 | 60 | - | 100 | - | E8
地方资金 | 40 | 30 | 21 | - | 70 | - | E9
""",
        r"""
产出指标 B14 | 数量指标 C14 | 巡护次数 D14 | 36次 E14 | 40次 F14 | 50 G14 | 50 H14 | - I14
产出指标 B14 | 数量指标 C14 | 巡护里程 D15 | ≥800公里 E15 | 780公里 F15 | 10 G15 | 9.75 H15 | 道路中断 I15
效益指标 B17 | 生态效益 C17 | 鸟类种数增长率 D17 | ≥5% E17 | 6% F17 | 30 G17 | 30 H17 | - I17
""",
    ),
    "BY_SOURCE": (
        r"""
project_name | 气象灾害预警 | C3
supervising_department | 青岚县气象局 | C4
implementing_unit | 预警中心 | H4
annual_budget | 100 | D6
executed | 90 | D7
execution_rate | 90 | D8
annual_goal | 发布预警36次 | A11
actual_result | 发布预警40次 | E11
total_score | 95.5 | B9
grade | 优 | D9
year | 2025 | A2
""",
        r"""
合计 | - | 100 | 90 | - | 90 | - | D7
财政拨款 | - | 80 | 75 | - | 93.75 | - | E7
其他资金 | - | 20 | 15 | - | 75 | - | F7
""",
        r"""
产出指标 A13 | 数量指标 B13 | 发布预警次数 C13 | 36次 D13 | 40次 E13 | 50 G13 | 50 H13 | - J13
满意度指标 A14 | 服务对象满意度 B14 | 群众满意度 C14 | ≥90% D14 | 95% E14 | 10 G14 | 10 H14 | - J14
""",
    ),
    "MONITORING": (
        r"""
project_name | 河道保洁 | C4
supervising_department | 青岚县水利局 | C5
implementing_unit | 青岚县河湖中心 | H5
month | 7 | F6
initial_budget | 260 | D7
annual_budget | 260 | E7
executed | 143 | F7
execution_rate | 55 | G7
expected_balance | 0 | H7
annual_goal | 保洁河道86公里，水面无漂浮物。 | C10
year | 2026 | A2
""",
        r"""
年度资金总额 | 260 | 260 | 143 | 55 | - | 0 | F7
财政拨款 | 200 | 200 | 110 | 55 | - | 0 | F8
其他资金 | 60 | 60 | 33 | 55 | - | 0 | F9
""",
        r"""
产出指标 B12 | 数量指标 C12 | 保洁河道长度 D12 | ≥86公里 E12 | 86公里 F12 | 86公里 G12 | - H12 | 确定能 I12 | - J12
产出指标 B12 | 质量指标 C13 | 水面清洁率 D13 | ≥98% E13 | 95% F13 | 98% G13 | 汛期漂浮物多 H13 | 有可能 I13 | 加密巡查 J13
满意度指标 B14 | 服务对象满意度 C14 | 群众满意度 D14 | ≥90% E14 | — F14 | 90% G14 | - H14 | 确定能 I14 | - J14
""",
    ),
    "TICKED": (
        r"""
project_name | 数字档案加工 | C3
supervising_department | 061-青岚县档案局 | C4
implementing_unit | 县档案馆 | H4
month | 8 | A2
initial_budget | 80 | D6
executed | 36 | E6
execution_rate | 45 | F6
forecast_executed | 78 | G6
annual_goal | 数字化档案20万页。 | B8
year | 2026 | A2
""",
        r"""
年度资金总额 | 80 | - | 36 | 45 | 78 | - | E6
本年一般公共预算拨款 | 80 | - | 36 | 45 | 78 | - | E7
""",
        r"""
产出指标 B11 | 数量指标 C11 | 加工档案页数 D11 | ≥20万页 E11 | 9万页 F11 | 20万页 G11 | 其他；设备到货晚 J11 | 有可能 M11 | 已加派人手 O11
产出指标 B11 | 质量指标 C12 | 差错率 D12 | ≤0.3% E12 | 0.2% F12 | 0.2% G12 | - H12 | 确定能 L12 | - O12
满意度指标 B13 | 服务对象满意度 C13 | 查档群众满意度 D13 | ≥95% E13 | 97% F13 | 97% G13 | 经费保障：拨付略迟 H13 | 确定能 L13 | - O13
""",
    ),
    "UNTITLED": (
        r"""
project_name | 老旧电梯更新 | B2
implementing_unit | 县市场监管局 | B3
month | 9 | C4
annual_budget | 90 | B5
executed | 60 | C5
execution_rate | 66.67 | D5
annual_goal | 更新电梯15部 | B6
""",
        r"""
合计 | - | 90 | 60 | 66.67 | - | - | C5
""",
        r"""
产出指标 A8 | 数量指标 B8 | 更新电梯数 C8 | 15部 D8 | 10部 E8 | 15部 F8 | - H8 | 能 G8 | -
效益指标 A9 | 社会效益 B9 | 电梯故障下降率 C9 | ≥30% D9 | 20% E9 | 25% F9 | 三部延期交付 H9 | 不能 G9 | -
""",
    ),
    "OFFERED": (
        r"""
project_name | 林场道路 | B2
supervising_department | 青岚县林草局 | D2
month | 6 | A1
initial_budget | 100 | B4
executed | 40 | C4
execution_rate | 40 | D4
annual_goal | 修路36公里 | B5
actual_result | 修路20公里 | D5
problems | 雨季停工 | B9
""",
        r"""
年度资金总额 | 100 | - | 40 | 40 | - | - | C4
""",
        r"""
产出指标 A7 | 数量指标 B7 | 修路里程 C7 | 36公里 D7 | 20公里 E7 | - | - | 确定能 F7 | -
效益指标 A8 | 社会效益 B8 | 受益人口 C8 | ≥500人 D8 | 100人 E8 | - | - | 有可能 F8 | -
""",
    ),
}


def tables_of(declaration):
    """The three tables of the kind that a file has, and the columns of its indicators."""
    if len(declaration.evaluated.monitorings):
        names = (TABLE.MONITORINGS, TABLE.MONITORING_FUNDS, TABLE.MONITORING_INDICATORS)
        return names, MONITORED
    names = (TABLE.EVALUATIONS, TABLE.EVALUATION_FUNDS, TABLE.EVALUATION_INDICATORS)
    return names, EVALUATED


def everything(declaration):
    """All that a file says as reports, as lines."""
    (heads, of_funds, of_rows), columns = tables_of(declaration)
    return [
        (
            said(declaration, heads, form),
            funds(declaration, of_funds, form),
            indicators(declaration, of_rows, *columns, form=form),
        )
        for form in range(len(declaration.evaluated.table(heads)))
    ]


@pytest.mark.parametrize("name", FORMS)
def test_a_layout_is_read_to_the_cell(tmp_path, name):
    declaration = load_declaration(write_workbook(tmp_path / "表.xlsx", FORMS[name]))
    assert everything(declaration)[-1] == tuple(map(told, READ[name]))
    assert len(declaration.evaluated_projects) == len(declaration.projects)
    assert [r for r in declaration.account if r.kind in ("unread", "missing")] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, kind) for name in FORMS for kind in ("docx", "html")),
        *((name, "ods") for name in ("STANDARD", "TICKED")),
        ("POINTS", "txt"),
        ("STANDARD", "csv"),
        ("PLATFORM", "xls"),
    ],
)
def test_every_format_says_the_same(tmp_path, name, kind):
    expected = load_declaration(write_workbook(tmp_path / "表.xlsx", FORMS[name]))
    declaration = load_declaration(write_as(kind, tmp_path, FORMS[name]))
    assert everything(declaration) == everything(expected)


def test_two_forms_of_one_sheet_are_two(tmp_path):
    declaration = load_declaration(write_workbook(tmp_path / "表.xlsx", TWO))
    first, second = declaration.evaluated.evaluations.records()
    assert (first["project_name"], second["project_name"]) == (
        "51000025T1-价格认定",
        "51000025T1-成本调查",
    )
    rows = declaration.evaluated.evaluation_indicators.records()
    assert [row["form"] for row in rows] == [0, 0, 0, 1, 1, 1]
    assert declaration.evaluated_projects == {0, 1}


def test_points_behind_the_levels(tmp_path):
    declaration = load_declaration(write_workbook(tmp_path / "表.xlsx", layouts.POINTS))
    lines = indicators(
        declaration, TABLE.EVALUATION_INDICATORS, "level1_weight", "level2_weight", "note"
    )
    assert lines == ["50 A11 | 30 B11 | - I11", "50 A11 | 20 B12 | 年底复验 I12",
                     "30 A13 | - | - I13", "10 A14 | - | - I14"]  # fmt: skip


def test_a_light_is_kept(tmp_path):
    declaration = load_declaration(write_workbook(tmp_path / "表.xlsx", layouts.MONITORING))
    lines = indicators(declaration, TABLE.MONITORING_INDICATORS, "light")
    assert lines == ["- K12", "黄 K13", "- K14"]


@pytest.mark.parametrize("name", FORMS)
def test_every_cell_has_its_use_and_every_value_is_held(tmp_path, name):
    path = write_workbook(tmp_path / "表.xlsx", FORMS[name])
    grid = read_source(path).grids[0]
    forms = find_forms(grid)
    uses = uses_of(grid, forms)
    assert set(uses) == {(row, c) for row in grid.filled() for c, _ in grid.cells(row)}
    assert Use.UNREAD not in uses.values()
    declaration = load_declaration(path)
    whole = fold(str(everything(declaration)))
    held = {place.cell for place in declaration.evaluated.places()}
    for form in forms:
        for at in form.report.cells:
            text = fold(str(grid.shown(*at, grid.value(*at))))
            assert grid.place(*at).cell in held or text == "√" or text in whole, at


RATES = [
    ("94.85%", None, "94.85"),
    (0.9485, "0.00%", "94.85"),
    (0.9485, None, "94.85"),
    (94.85, None, "94.85"),
    ("94.85", None, "94.85"),
    (1, "0%", "100"),
    (1, None, "100"),
    ("—", None, "None"),
    ("未执行", None, "未执行"),
]


@pytest.mark.parametrize(("value", "format", "rate"), RATES)
def test_a_rate_in_whatever_way_it_is_written(tmp_path, value, format, rate):
    sheet = Sheet(layouts.STANDARD.table, cells={"H7": value})
    sheet.formats |= {} if format is None else {"H7": format}
    if rate == "100":
        sheet.cells |= {"F7": 118.5}
    declaration = load_declaration(write_workbook(tmp_path / "表.xlsx", sheet))
    assert str(declaration.evaluated.evaluations.records()[0]["execution_rate"]) == rate


POINTS = [("10分", "10"), (9.8, "9.8"), ("9.83", "9.83"), (0.1, "10"), ("/", "None"),
          ("优秀", "优秀"), (-2, "-2")]  # fmt: skip


@pytest.mark.parametrize(("value", "points"), POINTS)
def test_points_in_whatever_way_they_are_written(tmp_path, value, points):
    sheet = Sheet(layouts.STANDARD.table, cells={"H14": value})
    sheet.formats |= {"H14": "0%"} if value == 0.1 else {}
    declaration = load_declaration(write_workbook(tmp_path / "表.xlsx", sheet))
    assert str(declaration.evaluated.evaluation_indicators.records()[0]["score"]) == points


def test_amounts_are_in_the_unit_of_the_form(tmp_path):
    table = layouts.STANDARD.table.replace("项目资金（万元）", "项目资金（元）").replace(
        "：万元", "：元"
    )
    table = table.replace("|120|118.5|112.4|", "|1200000|1185000|1124000.5|")
    declaration = load_declaration(write_workbook(tmp_path / "表.xlsx", table))
    row = declaration.evaluated.evaluations.records()[0]
    assert (row["amount_unit"], row["executed"]) == ("元", Decimal("1124000.5"))


def test_subtotals_between_the_indicators_are_none(tmp_path):
    table = layouts.STANDARD.table.replace("\n||时效指标|", "\n|||小计|||40|36.67\n||时效指标|")
    declaration = load_declaration(write_workbook(tmp_path / "表.xlsx", table))
    lines = indicators(declaration, TABLE.EVALUATION_INDICATORS, "level1", "level3", "score")
    assert lines[1:3] == ["产出指标 B14 | 复壮古树 D15 | 16.67 H15",
                          "产出指标 B14 | 完成时间 D17 | 10 H17"]  # fmt: skip
    assert len(lines) == len(declaration.indicators) == 5


MONTHS = [
    ("项目支出绩效运行监控表", "（2026年度1-8月）", 8),
    ("2026年上半年绩效运行监控表", "", 6),
    ("绩效运行监控表", "（截至2026年9月30日）", 9),
    ("2026年三季度绩效运行监控表", "", 9),
    ("绩效运行监控表", "（2026年度）", 7),
]


@pytest.mark.parametrize(("title", "below", "month"), MONTHS)
def test_the_month_is_said_in_the_title_or_in_a_heading(tmp_path, title, below, month):
    table = layouts.MONITORING.table.replace("项目支出绩效运行监控表", title)
    table = table.replace("（2026年度）", below)
    declaration = load_declaration(write_workbook(tmp_path / "表.xlsx", table))
    assert declaration.evaluated.monitorings.records()[0]["month"] == month


def test_a_text_whose_merges_were_lost(tmp_path):
    """The rows of a group begin with the indicator: everything stands further left."""
    lines = [
        "项目支出绩效自评表",
        "项目名称\t护林防火",
        "年度总体目标\t预期目标\t实际完成情况",
        "\t建设防火道20公里\t建成20公里",
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析",
        "产出指标\t数量指标\t防火道里程\t20公里\t20公里\t30\t30\t",
        "巡护次数\t≥36次\t30次\t30\t25\t道路中断",
        "质量指标\t验收合格率\t100%\t100%\t30\t30\t",
        "满意度指标\t服务对象满意度指标\t群众满意度\t≥90%\t92%\t10\t10\t",
    ]
    path = tmp_path / "表.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    declaration = load_declaration(path)
    columns = ("level3", "target_value", "actual_value", "weight", "score", "reason")
    read = indicators(declaration, TABLE.EVALUATION_INDICATORS, *columns)
    assert [line.split(" | ")[:6] for line in read] == [
        ["防火道里程 C6", "20公里 D6", "20公里 E6", "30 F6", "30 G6", "- H6"],
        ["巡护次数 A7", "≥36次 B7", "30次 C7", "30 D7", "25 E7", "道路中断 F7"],
        ["验收合格率 B8", "100% C8", "100% D8", "30 E8", "30 F8", "- G8"],
        ["群众满意度 C9", "≥90% D9", "92% E9", "10 F9", "10 G9", "- H9"],
    ]
