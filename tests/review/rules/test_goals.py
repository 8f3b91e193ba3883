"""Goals: the year's budget (G01, G02), paying (G03), indicators (G04), no figure (G05)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.evidence.goals.goal_match import compare
from perfgoals_xl.review.evidence.goals.goal_reading import read_goal
from perfgoals_xl.review.findings import Abstention, Hit
from perfgoals_xl.review.rules import goals
from tests.review.evidence.test_reconciliation import indicators
from tests.support.steps import cell_of, only, told
from tests.support.steps import filled as made


def filled(tmp_path, changes):
    return made(tmp_path, changes, every_rule=True)


def found(path, rules):
    return [told(f) for f in validate(path).findings if f.rule in rules]


GOALS = ("G01", "G02", "G03", "G04", "G05", "G06")
GOAL = cell_of("annual_goal")


def judged(judge, goal, annual=115, **amounts):
    """``E`` for a finding, ``?`` for not judged, ``-`` for neither."""
    row = dict.fromkeys(AMOUNT_FIELDS) | {"annual_amount": annual} | amounts
    row = {k: Decimal(str(v)) if isinstance(v, int | float) else v for k, v in row.items()}
    row |= {"annual_goal": goal, "amount_unit": "万元", "year": 2026, "plan_year": 2026}
    verdict = judge(row)
    return "E" if isinstance(verdict, Hit) else "?" if isinstance(verdict, Abstention) else "-"


@pytest.mark.parametrize(
    ("goal", "amounts", "expected"),
    [
        ("2026年计划投入110万元，改造校舍3栋。", {}, "E"),
        ("本项目年度安排资金1150万元，改造校舍3栋。", {}, "E"),
        ("2026年项目资金115.5万元。", {}, "E"),
        ("2026年预算安排资金150万元。", {"total_amount": 150}, "E"),
        ("本年度计划投入不超过100万元。", {}, "E"),
        ("2026年计划投入110万元。", {"annual_amount": None, "local_total": 115}, "E"),
        ("2026年计划投入115万元，改造校舍3栋。", {}, "-"),
        ("2026年计划投入1150000元。", {}, "-"),
        ("2026年计划投入115万元。", {"annual_amount": None, "local_total": 115}, "-"),
        ("本年度计划投入不超过120万元。", {}, "-"),
        ("2026年计划投入约115万元。", {"annual_amount": 114.8}, "-"),
        # The project as a whole.
        ("本项目总计安排150万元。", {"total_amount": 150}, "-"),
        # A part, another year, several years, a source, a price, what comes of it.
        ("2026年安排宣传经费20万元。", {}, "-"),
        ("2025年安排资金80万元，2026年继续改造校舍3栋。", {}, "-"),
        ("2025年至2027年计划投入资金900万元。", {}, "-"),
        ("2026年申请中央资金60万元，自治区资金55万元。", {}, "-"),
        ("对困难学生每人安排资金500元。", {}, "-"),
        ("2026年带动社会投入资金900万元。", {}, "-"),
        ("2026年计划投入65万元用于校舍，计划投入50万元用于操场。", {}, "-"),
        # Which one it is cannot be told.
        ("2026年计划投入65万元用于校舍，计划投入40万元用于操场。", {}, "?"),
        ("2026年计划投入110万元。", {"annual_amount": None}, "?"),
        ("2026年计划投入110万元。", {"annual_amount": "待定"}, "?"),
    ],
)
def test_g01(goal, amounts, expected):
    assert judged(goals.states_the_budget, goal, **amounts) == expected


ONE_YEAR = {"project_period": "1年"}
SEVERAL = {"project_period": "2025年1月至2027年12月"}


@pytest.mark.parametrize(
    ("goal", "row", "expected"),
    [
        ("维修校舍3栋，总投资50万元，改善办学条件。", {}, "E"),
        ("维修校舍3栋，项目总投资50万元。", SEVERAL, "E"),
        ("安排资金50万元，维修校舍3栋，改善办学条件。", {}, "E"),
        ("计划投入150万元，维修校舍3栋。", ONE_YEAR, "E"),
        ("维修校舍3栋，项目资金150万元，改善办学条件。", ONE_YEAR, "E"),
        ("投入财政资金50万元。", {}, "E"),
        ("维修校舍3栋（项目总预算50万元）。", {}, "E"),
        # It is the money of the form, or of several years, or may be.
        ("维修校舍3栋，总投资115万元。", {}, "-"),
        ("维修校舍3栋，总投资约114.8万元。", {"annual_amount": 114.84}, "-"),
        ("维修校舍3栋，总投资900万元。", {"total_amount": 900}, "-"),
        ("维修校舍3栋，总投资900万元。", {}, "-"),
        ("三年总投资50万元，维修校舍3栋。", {}, "-"),
        ("安排资金900万元，维修校舍3栋。", SEVERAL, "-"),
        ("安排资金100万元，维修校舍3栋。", {"local_appropriation": 100, "local_other": 15}, "-"),
        # A part, a source, a price, what comes of it, of another.
        ("维修校舍3栋，投入50万元，培训教师100人。", {}, "-"),
        ("安排资金50万元用于宣传，维修校舍3栋。", {}, "-"),
        ("1.安排资金50万元，维修校舍3栋；2.培训教师100人。", {}, "-"),
        ("安排资金50万元，维修校舍3栋；安排资金60万元，培训教师100人。", {}, "-"),
        ("争取上级资金50万元，维修校舍3栋。", {}, "-"),
        ("每校安排资金50万元，维修校舍3栋。", {}, "-"),
        ("带动社会投资50万元，维修校舍3栋。", {}, "-"),
        ("完成投资50万元，维修校舍3栋。", {}, "-"),
        ("安排资金不超过120万元，维修校舍3栋。", {}, "-"),
        ("安排资金50万元，维修校舍3栋。", {"annual_amount": None}, "-"),
    ],
)
def test_g01_of_money_without_a_year(goal, row, expected):
    assert judged(goals.states_the_budget, goal, **row) == expected


def test_money_without_a_year_is_a_warning(tmp_path):
    goal = "完成补播改良草原4000亩，总投资210万元，提高草原植被盖度。"
    finding = only(filled(tmp_path, {"annual_goal": goal}), "G01")
    assert finding.severity is Severity.WARNING
    assert finding.message == (
        "目标中的项目资金“210万元”没有写明年度，与年度资金总额 280 万元相差 70 万元"
    )


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("计划投入115万元，分别用于被服（5.3万元）、租车（15.2万元）及装备（95.2万元）。", "E"),
        ("2026年计划投入115万元，其中设备购置80万元，人员培训20万元。", "E"),
        ("2026年计划投入115万元，其中设备购置80万元，人员培训20万元，宣传30万元。", "E"),
        # A county's share of a grant is a part like the others; its funds are a source.
        ("2026年计划投入115万元，其中：养老金县级补助100万元、制卡费10万元。", "E"),
        ("2026年计划投入115万元，其中：高标准农田建设投资95万元、管道铺设费30万元。", "E"),
        ("2026年计划投入115万元，其中：养老金县级补助100万元、制卡费15万元。", "-"),
        ("2026年计划投入115万元，其中：低保县级配套资金100万元、代缴补贴15万元。", "-"),
        ("计划投入115万元，分别用于被服（5万元）、租车（15万元）及装备（95万元）。", "-"),
        ("计划投入115万元，分别用于被服（约5.3万元）、租车（约109.66万元）。", "-"),
        # What a part is made of, and two listings of the whole.
        (
            "2026年计划投入115万元，其中设备购置80万元（含服务器50万元、终端30万元），培训35万元。",
            "-",
        ),
        (
            "2026年计划投入115万元，其中一期60万元、二期55万元，分别用于设备100万元、培训15万元。",
            "-",
        ),
        # No list of parts.
        ("2026年计划投入115万元，带动增收20万元，节约成本30万元。", "-"),
        ("2026年计划投入115万元，其中设备购置80万元。", "-"),
        ("2026年计划投入115万元，设备购置80万元，人员培训20万元。", "-"),
        # A list with an open end, or with a price.
        ("2026年计划投入115万元，其中设备购置80万元，人员培训20万元等。", "?"),
        ("2026年计划投入115万元，其中设备80万元，培训20万元，其余用于宣传。", "?"),
        ("2026年计划投入115万元，其中设备80万元，培训20万元，每户补助500元。", "?"),
    ],
)
def test_g02(goal, expected):
    assert judged(goals.parts_make_the_budget, goal) == expected


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("支付2025年信息化项目尾款。", "E"),
        ("用于支付办公楼物业服务费、水电费。", "E"),
        ("本年度目标是够付两年所需经费。", "E"),
        ("按合同约定及时支付工程质保金，确保资金按时支付到位。", "E"),
        ("主要目标是计划投入20万元经费，用于法律顾问等服务，以保障工作开展。", "E"),
        # What a fee is for stands in its name and is not done by paying it.
        ("本项目经费主要用于培训费、宣传费、会议费、差旅费等支出。", "E"),
        ("用于支付安全培训费、宣传印刷费及办公设备采购款。", "E"),
        ("培训费10万元，宣传费5万元，差旅费3万元。", "E"),
        ("主要用于单位培训经费、宣传经费支出。", "E"),
        ("支付检查工作经费和监测费用。", "E"),
        ("用于支付拖拉机购置补贴、农机手培训费用。", "E"),
        ("本项目资金用于支付灵活就业社保补贴、公益性岗位补贴。", "E"),
        ("本项目资金用于支付特困人员供养金、临时救助金。", "E"),
        ("支付社保补贴，稳定重点群体就业。", "-"),
        ("为农户发放农机购置补贴，提高机械化水平。", "-"),
        ("支付宣传费，开展防火宣传，增强群众意识。", "-"),
        ("安排培训经费，培训教师200人。", "-"),
        ("支付设备采购款，完成设备安装并投入使用。", "-"),
        ("支付维修费用，保障办公楼正常运转。", "-"),
        ("及时发放救助资金，保障困难群众基本生活。", "-"),
        ("支付校舍维修工程款，改善3所学校办学条件。", "-"),
        ("支付物业服务费，保障办公楼正常运转。", "-"),
        ("为120名编外教师按月发放工资。", "-"),
        ("支付采购款，购置检验设备。", "-"),
        ("2026年计划安排87万元，用于宣传经费支出，降低事故发生。", "-"),
        ("改造农村公路，保障群众安全出行。", "-"),
    ],
)
def test_g03(goal, expected):
    assert judged(goals.speaks_of_a_result, goal) == expected


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("加强免疫规划管理，提高接种质量。", "E"),
        ("按照卫发〔2025〕3号文件，2026年12月底前完成病区改造。", "E"),
        ("1.完成普查。2.编制方案。", "E"),
        ("接种疫苗2万剂次。", "-"),
        ("新建三所幼儿园。", "-"),
        ("接种率达到95%。", "-"),
        ("本年度安排200万元，提高接种质量。", "-"),
        # A mask stands for a figure, and G03 speaks of a goal that only pays.
        ("接种疫苗XX万剂次。", "-"),
        ("支付物业服务尾款。", "-"),
        (None, "-"),
    ],
)
def test_g05(goal, expected):
    assert judged(goals.has_a_figure, goal) == expected


CASES = [
    ("维修水源10处。", "数量 | 维修水源数量 | 12处", "clash"),
    ("换装节水器具600户。", "数量 | 换装节水器具户数 | ≥500户", "clash"),
    ("出厂水质检测合格率达到98%以上。", "质量 | 出厂水质检测合格率 | ≥95%", "clash"),
    ("开展应急演练4场。", "数量 | 应急演练场次 | 3次", "clash"),
    ("群众满意度达到95%以上。", "满意度 | 受益居民满意度 | ≥90%", "clash"),
    ("满意度达到90%。", "满意度 | 受益居民满意度 | ≥95%", ""),
    ("到2028年建成学校10所。", "数量 | 建成学校数量 | 3所", ""),
    ("现有学校20所，2026年改造学校3所。", "数量 | 改造学校数量 | 3所", ""),
    ("培训合格率达到95%。", "质量 | 设备合格率 | ≥98%", "loose"),
    ("维修水源10处。", "数量 | 维修水源数量 | ≥10处", ""),
    ("检测学校不少于20家。", "数量 | 检测学校数量 | ≥25家", ""),
    ("复核2个园区和8个集中区。", "数量 | 复核评估园区（集中区）数量 | 10个", ""),
    ("惠及1.35万名居民。", "社会效益 | 受益居民人数 | ≥1.35万人", ""),
    ("培训教师200人，其中骨干教师50人。", "数量 | 培训教师人数 | 200人", "loose"),
    ("维修水源10处。", "数量 | 新建泵站数量 | 3座", "loose"),
    ("维修水源约10处。", "数量 | 维修水源数量 | 12处", "loose"),
    ("24小时内响应，10个工作日办结。", "数量 | 办件数量 | 300件", ""),
    ("为10个社区每个给予4万元。", "数量 | 社区数量 | 10个\n成本 | 奖补资金 | 40万元", ""),
    # Short names, other orders of words, units that are nobody's list.
    ("改造学校6所。", "数量 | 学校数量 | 7所\n数量 | 教研活动 | 6次", "clash"),
    ("举办培训4期，每期50人。", "数量 | 培训期数 | 5期\n数量 | 每期培训人数 | 50人", "clash"),
    ("发放补助1200户。", "数量 | 补助户数 | 1300户", "clash"),
    ("巡查河道320公里。", "数量 | 河道巡查长度 | 230公里", "clash"),
    ("为30所学校配备教师。", "数量 | 配备学校数 | 28所", "clash"),
    ("加固桥梁1座，全长156.8延米。", "数量 | 桥梁 | 1座\n数量 | 桥梁全长 | 165.8延米", "clash"),
    ("加固桥梁1座，全长156.8延米。", "数量 | 桥梁 | 1座\n数量 | 桥梁全长 | 156.8延米", ""),
    ("保障监控运行，其中监控租赁费186万元。", "成本 | 监控租赁费 | ≤176万元", "clash"),
    ("保障监控运行，其中监控租赁费176万元。", "成本 | 监控租赁费 | ≤176万元", ""),
    # In another order, with another word, with the unit in the name: the one left over is meant.
    ("清淤干渠42公里。", "数量 | 干渠清淤长度 | ≥52公里", "clash"),
    ("新建小桥涵91座。", "数量 | 新建桥涵数量 | ≥11座", "clash"),
    ("安装安防监控55个。", "数量 | 监控点位数 | ≥75个", "clash"),
    ("发放宣传手册46000册。", "数量 | 印制宣传手册数（册） | ≥36000", "clash"),
    ("开展健康体检25800人。", "数量 | 老年人健康体检人数 | ≥15800人", "clash"),
    ("购置彩超9台，生化仪2台。", "数量 | 彩超购置 | 5台\n数量 | 生化仪 | 2台", "clash"),
    ("培训骨干教师50人。", "数量 | 培训教师人数 | ≥200人", "loose"),
    ("覆盖乡镇10个。", "数量 | 举办培训班 | 20个", "loose"),
    ("购置彩超7台，生化仪3台。", "数量 | 急救设备 | 5台\n数量 | 体检设备 | 2台", "loose"),
    # A limit is not contradicted by less, a part of a thing not by the whole.
    ("保障监控运行，其中监控租赁费170万元。", "成本 | 监控租赁费 | ≤176万元", "loose"),
    ("培训骨干教师50人。", "数量 | 教师人数 | 200人", "loose"),
    ("维修学校9所。", "数量 | 学校厕所座数 | 8座", "loose"),
    ("采购图书2.3万册。", "数量 | 图书采购册数 | 23000册", ""),
    # Sums of indicators.
    ("救助困难群众500户。", "数量 | 低保户 | 300户\n数量 | 特困户 | 200户", ""),
    ("培训农技员120人、大户80人。", "数量 | 培训人数 | ≥200人", ""),
    (
        "计划投入115万元，分别用于被服（5万元）、车辆租赁（15万元）及装备（95万元）。",
        "成本 | 被服费 | 5万元\n成本 | 租车经费 | 12万元\n成本 | 装备费 | 95万元",
        "clash",
    ),
    (
        "计划投入115万元，其中命题50万元，制卷40万元，阅卷25万元。",
        "成本 | 命题和制卷费 | 90万元\n成本 | 阅卷费 | 25万元",
        "",
    ),
    (
        "计划投入115万元，其中设备80万元，培训35万元。",
        "成本 | 总成本 | 115万元",
        "",
    ),
]


@pytest.mark.parametrize(("goal", "lines", "expected"), CASES)
def test_g04(goal, lines, expected):
    result = compare(read_goal(goal, 2026), indicators(lines))
    told = ("clash" if result.clashes else "") + ("loose" if result.loose else "")
    assert told == expected


@pytest.mark.parametrize(
    ("goal", "findings"),
    [
        ("2026年计划投入260万元，补播改良退化草原4000亩。", ["G01 error"]),
        ("2026年计划投入280万元，补播改良退化草原4000亩。", []),
        (
            "2026年计划投入280万元，其中草种160万元、机械110万元，补播4000亩。",
            ["G02 error", "G04 warning"],
        ),
        ("2026年计划投入280万元，其中草种160万元、机械120万元，补播4000亩。", []),
        ("支付2025年补播改良工程尾款。", ["G03 warning"]),
        ("2026年补播改良面积3500亩。", ["G04 warning"]),
        ("2026年补播改良面积4000亩，发放草种30吨。", ["G04 info"]),
        ("2026年补播改良面积4000亩。", []),
        ("补播改良退化草原，提高植被盖度。", ["G05 info"]),
        ("一是补播草原4000亩；二是修建储草棚。", ["G06 info"]),
        ("一是补播4000亩；二是开展退化草原普查。", ["G06 warning"]),
        ("一是补播4000亩；二是培训牧户；三是提高植被盖度。", []),
    ],
)
def test_on_a_workbook(tmp_path, goal, findings):
    path = filled(tmp_path, {"annual_goal": goal})
    assert found(path, rules=GOALS) == [f"{finding} {GOAL}" for finding in findings]


@pytest.mark.parametrize(
    ("sources", "is_told"),
    [
        ("其中中央资金180万元、省级资金60万元、市级资金30万元", True),
        ("其中：中央补助200万元，地方配套75万元", True),
        ("其中上级资金150万元、本级财政资金135万元", True),
        ("包括专项债券200万元、自筹资金60万元", True),
        ("（其中：省级财政补助资金100万元、县级配套资金155万元）", True),
        ("其中中央资金180万元、省级资金60万元、市级资金40万元", False),
        ("其中上级资金240万元（中央180万元、省级60万元）、市级资金40万元", False),
        ("其中中央资金120万元、省级资金60万元", False),  # the rest is the department's own
        ("中央资金180万元、省级资金60万元已下达", False),
        ("其中中央资金约180万元、省级资金约60万元、市级资金约39万元", False),
        ("其中上级资金180万元，其余为县级配套资金90万元", False),
    ],
)
def test_the_sources_that_a_goal_lists_make_its_budget(tmp_path, sources, is_told):
    goal = f"2026年计划投入280万元，{sources}，补播改良面积4000亩。"
    told = found(filled(tmp_path, {"annual_goal": goal}), rules=("G02",))
    assert told == ([f"G02 error {GOAL}"] if is_told else [])


def test_messages(tmp_path):
    path = filled(tmp_path, {"annual_goal": "2026年计划投入260万元，补播改良面积3500亩。"})
    assert only(path, "G01").message == (
        "目标中的年度预算“260万元”与年度资金总额 280 万元不一致，少 20 万元"
    )
    assert only(path, "G04").message == (
        "目标中的“补播改良面积3500亩”与指标“指标1：补播改良面积”的指标值“≥4000亩”"
        f"（{cell_of('数量1')}）不一致"
    )
    goal = "2026年计划投入280万元，其中草种160万元、机械110万元，补播4000亩。"
    finding = only(filled(tmp_path, {"annual_goal": goal}), "G02")
    assert finding.message == (
        "目标中的分项金额 160万元 + 110万元 = 270 万元，与所写的年度预算“280万元”不一致，少 10 万元"
    )


def test_the_sources_stand_in(tmp_path):
    goal = "2026年计划投入260万元，补播改良面积4000亩。"
    path = filled(tmp_path, {"annual_goal": goal, "annual_amount": None})
    assert "资金来源合计（年度资金总额未填） 280 万元" in only(path, "G01").message


def test_a_blank_goal_is_told_once(tmp_path):
    assert found(filled(tmp_path, {"annual_goal": None}), rules=(*GOALS, "H02")) == [
        f"H02 error {GOAL}"
    ]


def test_the_samples(shared_seeds):
    told = [
        (f.rule, f.cell)
        for path in shared_seeds
        for f in validate(path).findings
        if f.rule in GOALS and f.severity != "info"
    ]
    assert told == [
        ("G03", "B30"),
        ("G02", "B360"),
        ("G03", "B360"),
        ("G04", "B360"),
        ("G03", "B386"),
    ]


def test_the_funds_of_the_project_are_taken_up():
    goal = read_goal("落实中央资金60万元、自治区资金20万元，另筹集12万元，维修水源12处。", 2026)
    rows = indicators("数量 | 维修水源数量 | 12处")
    assert compare(goal, rows, {Decimal(600000), Decimal(200000)}).loose in ((), ("12万元",))


@pytest.mark.parametrize(
    "goal",
    ["2025年投入80万元，为全县学校维修校舍。", "2025年，项目预算80万元，为全县学校维修校舍。"],
)
def test_a_year_left_over_switches_nothing_off(goal):
    assert judged(goals.states_the_budget, goal, annual=70) == "E"
    assert judged(goals.states_the_budget, goal, annual=80) == "-"


def test_a_figure_of_a_year_left_over_is_compared():
    goal = read_goal("2025年，为30所学校配备教师。", 2026)
    assert compare(goal, indicators("数量 | 配备学校数 | 28所")).clashes
    past = read_goal("2025年已为30所学校配备教师，2026年为28所学校配备教师。", 2026)
    assert not compare(past, indicators("数量 | 配备学校数 | 28所")).clashes
