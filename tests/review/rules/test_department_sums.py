"""The department's own sums (D03), and its tasks with money and without an indicator (D04)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from tests.reading.sheets import Sheet, write_workbook

FORM = """
部门整体支出绩效目标申报表
（2026年度）
部门（单位）名称 | 云川县水务局 | | | | |
{money}
年度总体目标 | 治理河道36公里，改造水厂2座，群众用水更有保障。 | | | | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 治理河道长度 | ≥36公里
 | | 改造水厂数量 | 2座
 | 质量指标 | 水质合格率 | ≥95%
效益指标 | 社会效益指标 | 农村自来水普及率 | ≥92%
满意度指标 | 服务对象满意度指标 | 用水群众满意度 | ≥92%
"""
# Income and expenditure side by side, in rows one below the other, over their amounts, in texts.
BESIDE = """\
收入合计 | {income} | 支出合计 | {spent}
财政拨款 | {grant} | 基本支出 | {basic}
其他资金 | {other} | 项目支出 | {projects}"""
BELOW = """\
收入构成 | 一般公共预算拨款 | {grant}
 | 事业收入 | {other}
 | 合计 | {income}
支出构成 | 人员类及运转类项目支出 | {basic}
 | 特定目标类项目支出 | {projects}
 | 合计 | {spent}"""
OVER = """\
财政拨款 | 其他资金 | 收入合计 | 基本支出 | 项目支出 | 支出合计
{grant} | {other} | {income} | {basic} | {projects} | {spent}"""
TEXTS = """\
年度预算申请 | 收入总额：{income}万元；支出总额：{spent}万元
 | 一般公共预算：{grant}\\n其他资金：{other} | 基本支出：{basic}\\n项目支出：{projects}"""
NUMBERED = """\
1.收入预算合计（万元） | {income} | 2.支出预算合计（万元） | {spent}
（1）当年财政拨款 | {grant} | （1）基本支出 | {basic}
（2）单位资金 | {other} | （2）项目支出 | {projects}"""
LAYOUTS = {"beside": BESIDE, "below": BELOW, "over": OVER, "texts": TEXTS, "numbered": NUMBERED}
RIGHT = {"income": 800, "grant": 700, "other": 100, "spent": 800, "basic": 300, "projects": 500}


def told(tmp_path, money, *rules):
    path = write_workbook(tmp_path / "整体.xlsx", Sheet(FORM.format(money=money)))
    findings = validate(path).findings
    assert all(f.cell and f.message and f.project is None for f in findings)
    codes = rules or ("D03", "D04")
    return [
        f"{f.rule} {f.severity.value} {f.cell} {f.message}" for f in findings if f.rule in codes
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, []),
        ({"income": "800", "spent": "800.00"}, []),
        ({"other": 0, "grant": 800}, []),
        ({"income": 820}, ["820 万元，而", "少 20 万元"]),
        ({"spent": 780}, ["780 万元，而", "多 20 万元"]),
        ({"spent": 820, "projects": 520}, ["800 万元 ≠ 支出", "820 万元，相差 20 万元"]),
        ({"grant": 700.5, "income": 800.5}, ["800.5 万元 ≠ 支出", "相差 0.5 万元"]),
    ],
)
def test_income_and_expenditure(tmp_path, layout, changed, said):
    found = told(tmp_path, LAYOUTS[layout].format(**{**RIGHT, **changed}))
    assert len(found) == bool(said), found
    assert all(text in found[0] for text in said)
    assert all(line.startswith("D03 error") for line in found)


@pytest.mark.parametrize(
    "money",
    [
        # What was carried over is in the total, or beside it.
        "收入合计 | 800 | 支出合计 | 800\n财政拨款 | 700 | 基本支出 | 300\n"
        "上年结转 | 100 | 项目支出 | 500",
        "本年收入合计 | 700 | 支出合计 | 800\n财政拨款 | 700 | 基本支出 | 300\n"
        "上年结转 | 100 | 项目支出 | 500",
        # Parts of parts.
        "收入合计 | 800 | 支出合计 | 800\n财政拨款 | 800 | 基本支出 | 300\n"
        "其中：一般公共预算 | 700 | 人员经费 | 250\n政府性基金 | 100 | 公用经费 | 50\n"
        " | | 项目支出 | 500",
        # One part alone, and parts that are still blank.
        "部门预算总额 | 800 | 其中：财政拨款 | 700",
        "收入合计 | 800 | 财政拨款 | 700 | 其他资金 |",
        # Other years beside the plan year.
        "项目 | 2024年 | 2025年 | 2026年\n收入合计 | 600 | 650 | 800\n"
        "财政拨款 | 600 | 650 | 800\n支出合计 | 590 | 650 | 800",
        "部门资金 | 上年预算数 | 本年预算数\n收入合计 | 700 | 800\n支出合计 | 690 | 800",
        # What is no part of a sum.
        "支出合计 | 800 | 三公经费 | 12\n基本支出 | 300 | 政府采购 | 90\n"
        "项目支出 | 500 | 在职人数 | 52",
        # A label that nobody knows: not judged.
        "收入合计 | 800 | 财政拨款 | 700\n其他资金 | 60 | 调入调节金 | 40",
        "部门预算总额：800万元 | 基本支出：300万元 | 项目支出：500万元",
    ],
)
def test_what_may_well_be_right(tmp_path, money):
    assert told(tmp_path, money) == []


def test_an_unknown_amount_is_not_judged_and_said(tmp_path):
    money = "收入合计 | 800 | 财政拨款 | 700\n其他资金 | 60 | 调入调节金 | 50"
    path = write_workbook(tmp_path / "整体.xlsx", Sheet(FORM.format(money=money)))
    told = [entry for entry in validate(path).not_judged if entry.rule == "D03"]
    assert [entry.reason for entry in told] == ["部门收支中的“调入调节金”不知道属于哪一项"]


TASKS = """\
任务名称 | 主要内容 | 预算金额（万元） | |
 | | 总额 | 财政拨款 | 其他资金
河道治理 | 治理河道36公里 | {a} | 280 | 20
饮水安全 | 改造水厂2座 | {b} | 200 | 0
金额合计 | | {total} | {grants} | 20"""
ONE_COLUMN = """\
部门预算总额 | 800 | 其中：基本支出 | 300 | 项目支出 | 500
年度主要任务 | 任务名称 | 主要内容 | 拟投入资金（万元）
 | 河道治理 | 治理河道36公里 | {a}
 | 饮水安全 | 改造水厂2座 | {b}
{sum}"""


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        (TASKS.format(a=300, b=200, total=500, grants=480), []),
        (TASKS.format(a=300, b=200, total=520, grants=480), ["D03 error C8"]),
        (TASKS.format(a=300, b=200, total=500, grants=470), ["D03 error D8"]),
        (TASKS.format(a=310, b=200, total=510, grants=480), ["D03 error C6"]),
        (ONE_COLUMN.format(a=300, b=200, sum=" | 合计 | | 500"), []),
        (ONE_COLUMN.format(a=300, b=200, sum=""), []),
        (ONE_COLUMN.format(a=500, b=300, sum=""), []),  # all of the budget
        (ONE_COLUMN.format(a=100, b=120, sum=""), []),  # the main ones of them
        (ONE_COLUMN.format(a=300, b="", sum=" | 合计 | | 500"), []),
        (ONE_COLUMN.format(a=300, b=220, sum=" | 合计 | | 500"), ["D03 error D8"]),
        (ONE_COLUMN.format(a=600, b=220, sum=""), ["D03 error D7"]),
        (ONE_COLUMN.format(a=300, b=190, sum=""), ["D03 warning D7"]),
    ],
)
def test_the_money_of_the_tasks(tmp_path, tasks, expected):
    assert [" ".join(line.split()[:3]) for line in told(tmp_path, tasks)] == expected


@pytest.mark.parametrize(
    ("task", "is_told"),
    [
        ("水文站点 | 更新监测设备12套", True),
        ("防汛物资 | 储备编织袋、冲锋舟", True),
        ("执法装备 | 购置无人机3架", True),
        ("水库除险 | 加固小型水库", True),
        ("节水宣传 | 印发手册", True),
        ("水务信息化 | 升级水务指挥平台", True),  # 水务 is what the department is called
        ("河道保洁 | 清理河道垃圾", False),
        ("管网铺设 | 铺设供水管网2座泵站", False),
        ("水厂改造 | 新建净水间", False),
        ("基本支出 | 在职与离退休人员", False),
        ("机关运转 | 办公用房租赁", False),
        ("人员经费 | 发放津补贴", False),
        ("水质提升 | 购置化验仪器", False),
        ("岸线整修 | 整修岸线36公里", False),
    ],
)
def test_a_task_with_money_has_an_indicator(tmp_path, task, is_told):
    tasks = ONE_COLUMN.format(a=200, b=200, sum=f" | {task} | 100\n | 合计 | | 500")
    found = told(tmp_path, tasks)
    assert [" ".join(line.split()[:3]) for line in found] == ["D04 warning B8"] * is_told
    assert all("100 万元" in line for line in found)


def test_a_task_without_money_asks_for_nothing(tmp_path):
    tasks = ONE_COLUMN.format(a=300, b=200, sum=" | 防汛物资 | 储备编织袋 | 0\n | 合计 | | 500")
    assert told(tmp_path, tasks) == []


# The header of the tasks in the words of several departments, over three tasks of 310 in all.
HEADERS = {
    "one row": " | 任务名称 | 主要内容 | 预算金额（万元）：总额 | 财政拨款 | 其他资金",
    "said thrice": " | 任务名称 | 主要内容 | 预算金额：总额 | 预算金额：财政拨款"
    " | 预算金额：其他资金",
    "margin": "年度主要任务 | 任务名称 | 主要内容 | 预算金额-总额（万元） | 财政拨款 | 自有资金",
    "plain": "年度重点工作 | 工作任务 | 工作内容 | 总额 | 其中：财政拨款 | 其中：其他资金",
    "run together": " | 重点任务 | 任务描述 | 资金安排（万元）合计 | 一般公共预算 | 事业收入",
    "two rows": "年度主要任务 | 任务名称 | 主要内容 | 预算金额（万元） | |\n"
    " | | | 总额 | 财政拨款 | 其他资金",
    "parts below": " | 任务名称 | 主要内容 | 总额 | 其中 |\n | | | | 财政拨款 | 其他资金",
}
OF_HEADER = """\
{header}
 | 河道治理 | 治理河道36公里 | 150 | 140 | 10
 | 饮水安全 | 改造水厂2座 | 90 | 90 | 0
 | 水质监测 | 水质合格率 | 70 | 50 | 20
{name} | {total} | {grants} | 30
预算总额（万元） | 800 | 其中：基本支出 | 490 | 项目支出 | 310"""


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize(
    ("total", "grants", "said"),
    [(310, 280, []), (330, 280, ["330 万元，"]), (310, 290, ["290 万元，"])],
)
def test_the_headers_of_the_tasks(tmp_path, header, total, grants, said):
    # The amounts of the first task are never the department's own income.
    name = " | 项目支出金额合计 | "
    tasks = OF_HEADER.format(header=HEADERS[header], name=name, total=total, grants=grants)
    path = write_workbook(tmp_path / "整体.xlsx", Sheet(FORM.format(money=tasks)))
    result = validate(path)
    assert not [entry for entry in result.not_judged if entry.rule == "D03"]
    found = [f for f in result.findings if f.rule == "D03"]
    assert len(found) >= len(said), found
    assert all(f.severity.value == "error" for f in found)
    assert bool(found) == bool(said)
    assert all(text in found[0].message for text in said)


@pytest.mark.parametrize(
    "tasks",
    [
        # The sum of the projects among the tasks leaves the others out.
        " | 任务名称 | 主要内容 | 总额\n | 人员经费 | 在职人员 | 200\n | 河道治理 | 治理河道 | 90\n"
        " | 项目支出合计 | | 90",
        # A sum of some of them is none of all.
        " | 任务名称 | 主要内容 | 总额 | 财政拨款\n | 河道治理 | 治理河道 | 90 | 80\n"
        " | 饮水安全 | 改造水厂 | 20 | 20\n | 合计 | | 110 | 100",
        # A task without money, and money that is blank in one of the columns.
        " | 任务名称 | 主要内容 | 预算金额：总额 | 财政拨款 | 其他资金\n"
        " | 河道治理 | 治理河道 | 90 | 90 |\n | 饮水安全 | 改造水厂 | | |\n | 合计 | | 90 | 90 |",
        # No column of amounts at all.
        " | 任务名称 | 主要内容 | 责任科室\n | 河道治理 | 治理河道 | 工程科\n"
        "收入合计 | 90 | 支出合计 | 90",
        # A head of labels and values beside the tasks.
        "年度主要任务 | 治理河道36公里 | 预算总额 | 110\n财政拨款 | 90 | 其他资金 | 20",
    ],
)
def test_tasks_that_hold(tmp_path, tasks):
    assert told(tmp_path, tasks, "D03") == []
