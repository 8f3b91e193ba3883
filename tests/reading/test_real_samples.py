"""The two real published sets: totals, and the rows whose merges were lost on the way."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.addresses import a1, row_column
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.taxonomy import EDITIONS
from perfgoals_xl.reading.assemble import load_declaration
from tests.reading.sheets import fields, goals, lines, told

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def base(shared_seeds):
    """One department table and 18 projects, 2026."""
    return load_declaration(shared_seeds[0])


@pytest.fixture(scope="module")
def ministry(shared_seeds):
    """29 printed tables of 22 projects, 2024."""
    return load_declaration(shared_seeds[1])


def amounts(declaration, name):
    """The amounts of a column, and how many are blank."""
    values = [record[name] for record in declaration.projects.records()]
    return [v for v in values if v is not None], values.count(None)


def test_totals_of_the_base(base):
    assert len(base.projects) == 18
    assert len(base.department_goals) == 6
    annual, blank = amounts(base, "annual_amount")
    assert (sum(annual), blank) == (Decimal("3352.99687"), 9)
    total, blank = amounts(base, "total_amount")
    assert (sum(total), blank) == (Decimal("5282.19687"), 0)
    assert all(isinstance(value, Decimal) for value in annual + total)
    assert (base.year, base.amount_unit, base.edition) == (2026, "万元", "2015")
    assert base.department_code == "108001"
    assert base.duty_goal.startswith("负责应急管理工作")
    assert all(len(origin.parts) == 1 for origin in base.origins)


def test_lone_amount_of_the_base_is_said_and_not_taken(base):
    assert [(r.place.cell, r.field, r.project, r.value) for r in base.remarks] == [
        ("E125", "annual_amount", 3, "100")
    ]
    assert fields(base, 3, "total_amount", "annual_amount", "local_total") == told("""
        total_amount | 100 | C124
        annual_amount | - | E124
        local_total | 100 | C126
    """)


def test_totals_of_the_ministry(ministry):
    assert len(ministry.projects) == 22
    assert sum(len(origin.parts) for origin in ministry.origins) == 29
    total, blank = amounts(ministry, "total_amount")
    assert (sum(total), blank) == (Decimal("11716.73416"), 0)
    assert amounts(ministry, "annual_amount")[1] == 1
    assert (ministry.year, ministry.amount_unit, ministry.edition) == (2024, "万元", "2015")
    assert len(ministry.department_goals) == 0
    assert ministry.remarks == ()


def test_every_indicator_stands_in_its_group(base, ministry):
    groups = set(EDITIONS["2015"].groups)
    for declaration in (base, ministry):
        found = {(r["level1"], r["level2"]) for r in declaration.indicators.records()}
        assert found <= groups
    assert len(base.indicators) == 218
    assert len(ministry.indicators) == 379


def test_values_stand_in_their_cells_and_none_is_lost(shared_seeds, base, ministry):
    """Every field of the indicator tables is a level, a name, a value or a remark."""
    for path, declaration in zip(shared_seeds, (base, ministry), strict=True):
        rows = [line.split("\t") for line in path.read_text("utf-8").split("\n")]
        taken = {remark.place.cell for remark in declaration.remarks}
        for origin in declaration.origins:
            taken |= {place.cell for place in origin.group_places.values()}
        for number, record in enumerate(declaration.indicators.records()):
            for name in ("indicator", "target_value"):
                cell = declaration.indicators.place(number, name).cell
                row, column = row_column(cell)
                typed = rows[row][column] if column < len(rows[row]) else ""
                assert typed == (record[name] or ""), cell
                taken.add(cell)
            for name in ("level1", "level2"):
                taken.add(declaration.indicators.place(number, name).cell)
        first = row_column(declaration.origins[0].parts[0].cell)[0]
        headers = [n for n, row in enumerate(rows) if row[0] == "一级指标" and n > first]
        assert len(headers) == sum(len(origin.parts) for origin in declaration.origins)
        for header in headers:
            for row in range(header + 1, len(rows)):
                if not any(rows[row]):
                    break
                for column, value in enumerate(rows[row]):
                    assert not value.strip() or a1(row, column) in taken, (a1(row, column), value)


def test_department_goals_of_the_base(base):
    assert [line.rsplit(" | ", 2)[1:] for line in goals(base)] == [
        ["0%", "E9"],
        ["100%", "E10"],
        ["≤5%", "E11"],
        ["0%", "E12"],
        ["≤5%", "E13"],
        ["100%", "E14"],
    ]
    levels = [(r["level1"], r["level2"]) for r in base.department_goals.records()]
    assert [level1 for level1, _ in levels] == ["预算执行绩效目标"] * 6
    assert [level2 for _, level2 in levels] == [
        "结转资金", "结余资金", "预算调剂", "预算调剂", "预算调剂", "绩效目标调整",
    ]  # fmt: skip


def test_funding_in_the_three_layouts(base, ministry):
    assert fields(base, 10, "annual_amount", "local_total", "transfer_central") == told("""
        annual_amount | 750 | F325
        local_total | 750 | C326
        transfer_central | 0 | F327
    """)
    assert fields(base, 17, *AMOUNT_FIELDS) == told("""
        total_amount | 300 | C524
        annual_amount | - | E524
        local_total | 300 | C526
        local_appropriation | 300 | C527
        local_other | - | C528
        local_carryover | - | C529
        transfer_total | - | E526
        transfer_central | - | E527
        transfer_regional | - | E528
    """)
    assert fields(ministry, 13, *AMOUNT_FIELDS) == told("""
        total_amount | 300 | C534
        annual_amount | 200 | G534
        local_total | 200 | C535
        local_appropriation | 200 | C536
        local_other | 0 | C537
        local_carryover | 0 | C538
        transfer_total | 0 | G535
        transfer_central | 0 | G536
        transfer_regional | 0 | G537
    """)


def test_annual_amount_that_only_the_first_part_has(ministry):
    record = ministry.projects.records()[6]
    assert record["annual_amount"] == Decimal(227)
    assert ministry.projects.place(6, "annual_amount").cell == "E230"
    assert [place.cell for place in ministry.origins[6].parts] == ["C227", "C260"]


def test_goals_are_kept_as_typed(base, ministry):
    goal = ministry.projects.records()[3]["annual_goal"]
    assert goal.startswith("绩效目标: 一是灾害发生后")
    assert ministry.projects.place(3, "annual_goal").cell == "B111"
    goal = base.projects.records()[8]["annual_goal"]
    assert goal.startswith("<p>")
    assert goal.endswith("</p>")
    assert base.projects.place(16, "annual_goal").cell == "C503"


# Level-2 names in the first column, indicators in the level-2 or level-1 column, values without
# name or the reverse, ordinals out of order, as the lines of the files show them.
TRICKY_BASE = """
产出指标 数量指标 1 | 安全月、全年宣传片制作、全年宣传资料购买经费 | 98.5万元 | D32
产出指标 成本指标 1 | 控制支出在预算1287万元内 | 1287万元 | D71
效益指标 经济效益 1 | 事故起数较去年下降。 | 今年的事故起数 | E72
效益指标 可持续影响 1 | 安全生产经验输出至企业/机构的次数。 | ≥3次 | D76
满意度指标 服务对象满意度 1 | 辖区企业的满意率 | ≥95% | E77
产出指标 时效指标 2 | 年度经费执行度 | 次年1月底前达100% | E102
产出指标 成本指标 1 | 所有人员年度综合成本 | ≤290万元 | D103
效益指标 可持续影响 3 | 促进矿区安全文化形成。 | 持续稳定向好 | C111
效益指标 社会效益 1 | 高宁东能源化工基地化工企业专业技术人员安全管理能力。 | / | E140
产出指标 时效指标 - | 2025年度完成采购工作，2026年完成支付工作 | 按时完成 | E162
产出指标 质量指标 2 | 《矿山隐蔽致灾因素普查规范 第2部分：煤矿》（KA/T 22.2—2024） | 100% | E240
产出指标 成本指标 1 | 项目总支出控制在预算内 | ≤1000万元 | D245
效益指标 可持续影响 2 | 保障煤矿企业安全生产、减少煤矿生产安全事故。 | 持续稳定向好 | C250
效益指标 生态效益 - | 不涉及 | - | E280
产出指标 成本指标 1 | 预算执行率 | ≤48万元 | D308
效益指标 生态效益 - | 不涉及 | - | E312
效益指标 可持续影响 1 | 系统设计持续运行年限 | - | D313
产出指标 成本指标 1 | 2年内完成项目预算支出 | 100% | D339
效益指标 可持续影响 1 | 无 | 无 | E343
效益指标 生态效益 - | / | / | E398
产出指标 质量指标 2 | 现有15项制度评估 | 15项 | E418
产出指标 时效指标 - | 2026年1月-2026年12月 | 2026年1月-2026年12月 | E507
"""

TRICKY_MINISTRY = """
产出指标 时效指标 - | 无 | 无 | E87
产出指标 成本指标 - | 兑现2023年公告确认的二级安全生产标准化企业(民营)的奖励费用 | 50000元 | D88
产出指标 成本指标 - | 对申请创建二级安全生产标准化的10家其他工贸企业开展现场评审费用 | 25000元 | D89
产出指标 数量指标 - | 损坏房屋救助实际救助户数、间数 | ***户、***间 | E117
产出指标 成本指标 - | 损坏房屋救助: 每间2000元、每户不超过6000元 | 2000-6000元 | C127
产出指标 成本指标 - | 灾害应急救助: 每人330元 | 330元 | C130
效益指标 经济效益 - | 减少群众经济损失 | 减少损失 | E148
产出指标 成本指标 - | 完成油气开采企业指导服务 | 510000元 | C183
产出指标 成本指标 - | 除师资费外培训费标准 | ≤450元 | D211
产出指标 成本指标 - | 培训师资费用 | ≤673500元 | D212
产出指标 数量指标 10 | 地质灾害救援处工作 | 1项 | E237
产出指标 时效指标 1 | 年度业务工作开展时限 | 2024年12月 | D252
产出指标 成本指标 10 | 地质灾害救援处工作经费 | ≤56000元 | E270
效益指标 社会效益 - | 全区安全生产形势 | 持续保持平稳 | E281
效益指标 可持续影响 2 | 防范和化解财务管理风险, 提升单位内部财务收支监管效果 | 持续提升 | C344
产出指标 数量指标 - | 复核评估化工园区（集中区）数量 | 10个 | F415
效益指标 经济效益 - | 0 | 0 | F419
产出指标 成本指标 - | 慰问应急救援队伍资金 | ≤510000元 | C447
产出指标 数量指标 9 | 执法服换发 | 1项 | D484
产出指标 成本指标 9 | 行政执法制式服装换发标准 | ≤51338元 | C518
产出指标 成本指标 2 | 危险化学品安全生产许可证现场核查经费 | ≤1100000元 | C546
效益指标 社会效益 1 | 全区企业安全管理意识 | 持续提升 | E549
效益指标 可持续影响 1 | 全区危化企业安全生产水平 | 稳步提升 | D551
产出指标 成本指标 - | 生活资产保障费 | ≤210000元 | C577
产出指标 成本指标 - | 印刷费 | ≤8000元 | D606
产出指标 数量指标 - | 10·13国际减灾日”宣传、演练项目 | 1项 | E629
产出指标 成本指标 - | 5.12系列活动集中宣传 | ≤567600元 | C635
产出指标 质量指标 - | 等保测评分数 | ≥70% | F665
产出指标 质量指标 - | 服务响应及时率 | ≥80% | D666
产出指标 数量指标 - | 车辆 | ≤1辆 | F751
产出指标 质量指标 - | 按计划完成制卷完成试卷印制、押运、回收、保管 | 完成率100% | G757
产出指标 成本指标 - | 组织考试成本 | ≤17.8万元 | E767
效益指标 可持续影响 - | 提升我区从业人员持证上岗及初级注册安全工程师安全能力和业务水平 | 长期 | D789
产出指标 数量指标 - | 制作应急宣传作品(短视频、动漫、品牌设计等) | ≥8个 | D819
产出指标 时效指标 - | 公益视频在社会载体投放率 | 完成率100% | D824
产出指标 成本指标 - | 制作应急宣传作品(短视频、动漫、品牌设计等) | ≤46万元 | C853
产出指标 成本指标 - | 应急救援现场检测车运行维护费 | 10.05万元 | C884
"""


@pytest.mark.parametrize(
    ("name", "expected"), [("base", TRICKY_BASE), ("ministry", TRICKY_MINISTRY)]
)
def test_tricky_rows(request, name, expected):
    declaration = request.getfixturevalue(name)
    missing = [line for line in told(expected) if line not in lines(declaration)]
    assert missing == []
