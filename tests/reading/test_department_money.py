"""Income, expenditure and tasks above the indicators of a department's form, each with its cell."""

from __future__ import annotations

import pytest

from perfgoals_xl.export import to_json
from tests.reading.sheets import Sheet, read_workbook

FORM = """
部门整体支出绩效目标表
（2026年度）
部门名称 | 云川县水务局 | | | | |
{head}
年度履职目标 | 治理河道36公里。 | | | | |
年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值
 | 产出指标 | 数量指标 | 治理河道长度 | ≥36公里
 | 效益指标 | 社会效益指标 | 群众安全感 | ≥95%
"""


def read(tmp_path, head, *merges):
    declaration = read_workbook(tmp_path, Sheet(FORM.format(head=head), merges=merges))
    assert declaration.duty_goal == "治理河道36公里。"
    assert len(declaration.department_goals) == 2
    (form,) = declaration.department_forms
    return form, declaration


def money(form):
    return [
        f"{line.side.value} {line.share.value} {line.label} {line.amount} {line.place.cell}"
        for line in form.money
    ]


@pytest.mark.parametrize(
    ("head", "merges", "expected"),
    [
        (
            "部门预算支出总额 | 2350 | 其中：基本支出 | 1450 | 项目支出 | 900",
            (),
            [
                "expenses total 部门预算支出总额 2350 B4",
                "expenses part 基本支出 1450 D4",
                "expenses part 项目支出 900 F4",
            ],
        ),
        (
            "收入构成 | 财政拨款 | 700 | 87.5%\n | 合计 | 700 | 100%\n"
            "支出构成 | 人员类 | 300 | \n | 合计 | 700",
            ("A4:A5", "A6:A7"),
            [
                "income part 财政拨款 700 C4",
                "income total 合计 700 C5",
                "expenses part 人员类 300 C6",
                "expenses total 合计 700 C7",
            ],
        ),
        (
            "收入 | | | 支出 | |\n财政拨款 | 其他资金 | 合计 | 基本支出 | 项目支出 | 合计\n"
            "700 | 100 | 800 | 300 | 500 | 800",
            ("A4:C4", "D4:F4"),
            [
                "income part 财政拨款 700 A6",
                "income part 其他资金 100 B6",
                "income total 合计 800 C6",
                "expenses part 基本支出 300 D6",
                "expenses part 项目支出 500 E6",
                "expenses total 合计 800 F6",
            ],
        ),
        (
            "年度预算申请 | 资金总额：8,652.37 |\n | 一般公共预算：8152.37\\n其他资金：500.00 |"
            " 基本支出：5210.37\\n项目支出：3442.00",
            ("A4:A5",),
            [
                "both total 资金总额 8652.37 B4",
                "income part 一般公共预算 8152.37 B5",
                "income part 其他资金 500.00 B5",
                "expenses part 基本支出 5210.37 C5",
                "expenses part 项目支出 3442.00 C5",
            ],
        ),
        (
            "1、资金来源：（1）财政性资金 | 9536.52 | （2）其他资金 | 300\n"
            "2、资金结构：（1）基本支出 | 5120 | （2）项目支出 |",
            (),
            [
                "income part 财政性资金 9536.52 B4",
                "income part 其他资金 300 D4",
                "expenses part 基本支出 5120 B5",
                "expenses part 项目支出 None D5",
            ],
        ),
        (
            "部门预算情况 | 项目 | 2025年 | 2026年\n收入 | 一般公共预算拨款 | 650 | 700\n"
            " | 收入合计 | 650 | 700",
            ("A5:A6",),
            [
                "income part 一般公共预算拨款 700 D5",
                "income total 收入合计 700 D6",
            ],
        ),
        # Nothing of a budget: what else a head may hold.
        ("联系电话 | 0951 | 单位编制数 | 56\n在职人数 | 52 | 内设科室 | 8", (), []),
    ],
)
def test_income_and_expenditure(tmp_path, head, merges, expected):
    form, declaration = read(tmp_path, head, *merges)
    assert money(form) == expected
    taken = {line.place.cell for line in form.money if line.amount is not None}
    told = {r.place.cell for r in (*declaration.remarks, *declaration.account)}
    kinds = {str(r.kind) for r in declaration.account if r.place.cell in taken}
    # They are understood, and no standard workbook has a place for them.
    assert kinds <= {"known"}
    assert taken <= told or not taken


@pytest.mark.parametrize(
    ("head", "merges", "expected", "total"),
    [
        (
            "年度主要任务 | 任务名称 | 主要内容 | 预算金额（万元） | |\n"
            " | | | 总额 | 财政拨款 | 其他资金\n"
            " | 河道治理 | 治理河道36公里 | 300 | 280 | 20\n | 饮水安全 | 改造水厂 | 200 | 200 |\n"
            " | 金额合计 | | 500 | 480 | 20",
            ("A4:A8", "B4:B5", "C4:C5", "D4:F4"),
            [
                "河道治理|治理河道36公里|B6|total 300 D6,财政拨款 280 E6,其他资金 20 F6",
                "饮水安全|改造水厂|B7|total 200 D7,财政拨款 200 E7",
            ],
            "total 500 D8,财政拨款 480 E8,其他资金 20 F8",
        ),
        (
            "任务名称 | 主要内容 | 拟投入资金\n河道治理 | 治理河道 | 300万元\n合计 | | 300",
            (),
            ["河道治理|治理河道|A5|total 300 C5"],
            "total 300 C6",
        ),
        (
            "序号 | 重点工作 | 工作内容 | 资金安排（万元）\n1 | 河道治理 | 治理河道 | 300\n"
            "2 | 饮水安全 | 改造水厂 |",
            (),
            ["河道治理|治理河道|B5|total 300 D5", "饮水安全|改造水厂|B6|"],
            "",
        ),
        ("年度主要任务 | 任务名称 | 主要内容\n | 河道治理 | 治理河道", (), [], ""),
    ],
)
def test_tasks(tmp_path, head, merges, expected, total):
    form, _ = read(tmp_path, head, *merges)

    def amounts(task):
        found = task.amounts.items() if task else ()
        return ",".join(f"{kind} {amount} {place.cell}" for kind, (amount, place) in found)

    tasks = [f"{t.name}|{t.content}|{t.place.cell}|{amounts(t)}" for t in form.tasks]
    assert tasks == expected
    assert amounts(form.tasks_total) == total


def test_both_are_exported(tmp_path):
    head = "收入合计 | 700.5 | 支出合计 | |\n任务名称 | 主要内容 | 金额\n河道治理 | 治理河道 | 300"
    _, declaration = read(tmp_path, head)
    (told,) = to_json([declaration])["declarations"][0]["department_forms"]
    assert told == {
        "sheet": "项目表",
        "amount_unit": "万元",
        "money": [
            {
                "side": side,
                "share": "total",
                "label": label,
                "amount": amount,
                "cell": cell,
            }
            for side, label, amount, cell in (
                ("income", "收入合计", 700.5, "B4"),
                ("expenses", "支出合计", None, "D4"),
            )
        ],
        "tasks": [
            {
                "name": "河道治理",
                "content": "治理河道",
                "amounts": {"total": {"amount": 300, "cell": "C6"}},
            }
        ],
        "tasks_total": None,
    }


def test_what_a_report_says_of_its_budget_is_no_budget(tmp_path):
    form = FORM.replace("绩效目标表", "绩效自评表")
    head = "收入合计 | 800 | 支出合计 | 780"
    declaration = read_workbook(tmp_path, Sheet(form.format(head=head)))
    assert [f.money for f in declaration.department_forms] == [()]
