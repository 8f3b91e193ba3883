"""Projects of several years: what the whole is to reach and to cost, beside this year's."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate

FORM = """\
项目支出绩效目标申报表
（2026年度）
单位：万元
项目名称|渠道清淤项目|项目属性|延续性项目|项目期|{period}
主管部门|石桥县水务局|实施单位|石桥县灌区站
项目总额|{total}|年度资金总额|12
年度目标|清淤渠道6公里，恢复输水能力。
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|清淤长度|≥6公里
|质量指标|工程验收合格率|≥98%
|时效指标|{time}
|成本指标|{cost}
效益指标|社会效益指标|受益农户|≥300户
满意度指标|服务对象满意度指标|农户满意度|≥95%
"""
SEVERAL = "2025年1月至2028年12月"


def told(
    tmp_path, *, period=SEVERAL, total=36, time="完工时间|2026年10月", cost="清淤费用|≤12万元"
):
    path = tmp_path / "申报.txt"
    text = FORM.format(period=period, total=total, time=time, cost=cost)
    path.write_text(text.replace("|", "\t"), encoding="utf-8")
    return [
        f"{f.rule} {f.severity.value}"
        for f in validate(path).findings
        if f.severity.value != "info"
    ]


@pytest.mark.parametrize(
    ("time", "of_several", "of_one"),
    [
        ("完工时间|2028年12月底前完工，2026年完成主体", [], ["T02 warning"]),
        ("完工时间|2028年12月底前完工，本年完成30%", [], ["T02 warning"]),
        ("项目整体完工时间|2028年12月底前", [], ["T02 warning"]),
        ("2028年全面完工|2026年完成30%", [], ["T02 warning"]),
        ("完工时间|2026年完成30%，2027年完成60%，2028年完工", [], ["T02 warning"]),
        ("建设时间|2026年-2028年", [], ["T02 warning"]),
        ("开工时间|2025年3月开工，2026年12月底前完成二期", [], ["T01 error"]),
        # Nothing says that it is the whole project's.
        ("完工时间|2028年12月底前", ["T02 warning"], ["T02 warning"]),
        ("完工时间|2025年10月底前", ["T01 error"], ["T01 error"]),
        ("项目整体完工时间|2025年10月底前", ["T01 error"], ["T01 error"]),
        # Not within the period.
        ("项目整体完工时间|2029年10月底前", ["T02 warning"], ["T02 warning"]),
        ("开工时间|2024年3月开工，2026年12月底前完成二期", ["T01 error"], ["T01 error"]),
    ],
)
def test_times_of_the_whole_project(tmp_path, time, of_several, of_one):
    assert told(tmp_path, time=time) == of_several
    found = told(tmp_path, time=time, period="2026年", total=12)
    assert [code for code in found if code[:2] != "T0" or code in of_one] == of_one


@pytest.mark.parametrize(
    ("cost", "expected"),
    [
        ("清淤费用|≤36万元\n||2026年清淤费用|≤12万元", []),
        ("2026-2028年清淤费用|≤36万元\n||当年清淤费用|≤12万元", []),
        ("中期清淤成本|≤36万元\n||渠首清淤费|≤5万元\n||渠尾清淤费|≤7万元", []),
        ("项目总投资|≤36万元\n||年度投资|≤12万元", []),
        ("清淤成本|总投资36万元，其中2026年12万元", []),
        ("清淤成本|三年共36万元，本年120000元", []),
        # The year's money does not stand beside it.
        ("清淤费用|≤36万元", ["C02 error"]),
        ("清淤费用|≤36万元\n||2026年清淤费用|≤11万元", ["C02 error"]),
        ("清淤成本|总投资36万元，其中2026年13万元", ["C02 error"]),
        ("清淤费用|≤40万元\n||2026年清淤费用|≤12万元", ["C02 warning"]),
    ],
)
def test_costs_of_the_whole_project(tmp_path, cost, expected):
    found = told(tmp_path, cost=cost)
    assert [code for code in found if code[0] == "C"] == expected
