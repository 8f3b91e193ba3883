"""Forms for bonds: the quota that is asked for this year is the year's amount."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.reading.sheets import read_text

FORM = """\
政府专项债券项目绩效目标申报表（2026年度） 单位：万元
项目名称 | 河西污水处理厂二期 | 主管部门 | 石桥县水务局
{funds}
年度目标 | 完成厂区主体结构施工，铺设管网12公里。
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 铺设管网长度 | ≥12公里
 | 质量指标 | 验收合格率 | ≥98%
"""


def amounts(tmp_path, funds):
    declaration = read_text(tmp_path, FORM.format(funds=funds))
    (row,) = declaration.projects.records()
    return row["annual_amount"], row["total_amount"], dict(declaration.origin(0).other_sources)


@pytest.mark.parametrize(
    ("funds", "annual", "total", "sources"),
    [
        ("项目总投资 | 480 | 本年度申请专项债券额度 | 120", 120, 480, {}),
        ("项目总投资 | 480\n其中：本年申请债券资金（万元） | 120", 120, 480, {}),
        ("项目总投资 | 480\n2026年申请专项债券额度 | 120", 120, 480, {}),
        ("本年度拟发行专项债券额度 | 120", 120, None, {}),
        (
            "项目总投资 | 480\n已发行专项债券额度 | 80\n本年度申请专项债券额度 | 120",
            120,
            480,
            {"已发行专项债券额度": "80"},
        ),
        # Beside the year's amount, filled or blank, it is one of the sources.
        ("年度资金总额 | 200\n本年申请债券资金 | 120", 200, None, {"本年申请债券资金": "120"}),
        ("年度资金总额 | \n本年申请债券资金 | 120", None, None, {"本年申请债券资金": "120"}),
        ("资金总额 | 200\n本年申请债券资金 | 120", 200, None, {"本年申请债券资金": "120"}),
        # What was issued, is owed or is wanted for the whole project is not the year's.
        ("项目总投资 | 480\n专项债券余额 | 120", None, 480, {"专项债券余额": "120"}),
        ("项目总投资 | 480\n债券发行总额 | 120", None, 480, {"债券发行总额": "120"}),
        ("项目总投资 | 480\n申请专项债券额度 | 120", None, 480, {"申请专项债券额度": "120"}),
    ],
)
def test_the_quota_of_the_year(tmp_path, funds, annual, total, sources):
    found = amounts(tmp_path, funds)
    assert found == (
        None if annual is None else Decimal(annual),
        None if total is None else Decimal(total),
        sources,
    )
