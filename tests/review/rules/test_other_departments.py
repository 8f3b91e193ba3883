"""What other departments write rightly, and what a reviewer sends back, on a small form."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from perfgoals_xl.api import validate

HEAD = """\
项目支出绩效目标申报表
（2026年度）
单位：万元
项目名称|渠道清淤项目
主管部门|石桥县水务局|实施单位|石桥县灌区站
项目总额|12|年度资金总额|12
{funds}年度目标|清淤渠道6公里，投入12万元。
一级指标|二级指标|三级指标|指标值
"""
ROWS = """\
产出指标|数量指标|清淤长度|≥6公里
|质量指标|工程验收合格率|≥98%
|时效指标|完工时间|2026年10月底前
|成本指标|清淤费用|≤12万元
效益指标|社会效益指标|受益农户|≥300户
|可持续影响指标|渠道使用年限|≥5年
满意度指标|服务对象满意度指标|农户满意度|≥95%
"""


def told(tmp_path, rows=ROWS, funds=""):
    """Errors and warnings, and the hints of F07: code, severity, value."""
    workbook = Workbook()
    lines = (HEAD.format(funds=funds) + rows).splitlines()
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line.split("|"), 1):
            if text:
                workbook.active.cell(number, column, float(text) if text.isdigit() else text)
    path = tmp_path / "申报.xlsx"
    workbook.save(path)
    found = validate(path).findings
    return [
        f"{f.rule} {f.severity.value}"
        for f in found
        if f.severity.value != "info" or f.rule == "F07"
    ]


def test_the_form_is_right(tmp_path):
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # The end of the year is the deadline of the year's plan; others say none.
        ("完工时间|2026年10月底前", "年度投资计划完成率|≥90%", []),
        ("完工时间|2026年10月底前", "全年支出进度|≥92%", []),
        ("完工时间|2026年10月底前", "本年任务完成比例|100%", []),
        ("完工时间|2026年10月底前", "隐患整改率|≥90%", ["T04 warning"]),
        ("完工时间|2026年10月底前", "年度巡查|≥90%", ["T04 warning"]),
        # How many are done by then; a count alone belongs elsewhere.
        ("完工时间|2026年10月底前", "主汛期前完工数|≥10处", []),
        ("完工时间|2026年10月底前", "入冬前竣工数量|≥10处", []),
        ("完工时间|2026年10月底前", "前期准备处数|≥10处", ["S05 warning"]),
        ("完工时间|2026年10月底前", "清淤处数|≥10处", ["S05 warning"]),
        # A rate that is to go down needs a number.
        ("受益农户|≥300户", "溺水事件发生率|下降", ["V10 error"]),
        ("受益农户|≥300户", "渗漏率|逐步降低", ["V10 error"]),
        ("受益农户|≥300户", "灌溉水用量|有所减少", ["V10 error"]),
        ("受益农户|≥300户", "溺水事件发生率|较上年下降≥5%", []),
        ("受益农户|≥300户", "溺水事件发生率|降低≥5个百分点", []),
        ("受益农户|≥300户", "溺水事件发生率|≥5%", ["V07 warning"]),
        ("受益农户|≥300户", "灌溉服务能力|稳步提升", []),
        # The unit of a bare number stands in its name.
        ("农户满意度|≥95%", "农户满意度（%）|≥85", ["M01 warning"]),
        ("农户满意度|≥95%", "农户满意度（单位：%）|85", ["M01 warning"]),
        ("农户满意度|≥95%", "农户满意度（%）|≥95", []),
        # What is judged, heard or handled is wanted; what happens is not.
        ("受益农户|≥300户", "涉水纠纷调解件数|无", ["V02 error"]),
        # A day without its year behind another year's may be of the next one.
        ("完工时间|2026年10月底前", "施工完成时间|2025年12月1日至5月31日", ["T01 error"]),
        # Codes and lengths of life are no dates.
        ("清淤长度|≥6公里", "执行2015-16-20号图集清淤长度|≥6公里", []),
        ("受益农户|≥300户", "15月初次接种幼儿|≥300人", []),
        ("清淤长度|≥6公里", "清淤完成24月底板养护长度|≥6公里", []),
        ("完工时间|2026年10月底前", "完工时间|2026年13月底前", ["T06 warning"]),
        # A sum of products in one cell is all of them.
        ("清淤费用|≤12万元", "清淤费用|500元/人×100人+7万元×1次", []),
        ("清淤费用|≤12万元", "清淤费用|2万元×3次+2万元×2次+2万元", []),
        ("清淤费用|≤12万元", "清淤费用|500元/人×100人+9万元×1次", ["C02 error"]),
        ("清淤长度|≥6公里", "灌溉用水户培训人次|≥500", []),
        ("清淤长度|≥6公里", "巡渠车次|≥500", []),
        ("清淤长度|≥6公里", "清淤层次|≥500", ["V05 warning"]),
        ("清淤长度|≥6公里", "培训农户|≥500", ["V05 warning"]),
    ],
)
def test_indicators(tmp_path, old, new, expected):
    assert old in ROWS
    assert told(tmp_path, ROWS.replace(old, new)) == expected


@pytest.mark.parametrize(
    "below",
    [
        "单位（公章）：|||2025年12月18日",
        "（镇政府盖章）　2025年12月18日",
        "填报单位（盖章）|||2025年12月18日",
        "单位负责人（签字）：|||2025年12月18日",
    ],
)
def test_who_stamped_it_is_no_indicator(tmp_path, below):
    assert told(tmp_path, f"{ROWS}{below}\n") == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("-", []),
        ("—", []),
        ("无", []),
        ("待定", ["F07 warning"]),
        ("约5万", ["F07 warning"]),
    ],
)
def test_a_source_of_which_there_is_none(tmp_path, written, expected):
    assert told(tmp_path, funds=f"其中：财政拨款|12|其他资金|{written}\n") == expected
