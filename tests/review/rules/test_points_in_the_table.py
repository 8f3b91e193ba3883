"""Points where the targets belong (V06), and tables that have other points than the rest (S07)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate

TRANSFER = """\
区域绩效目标表
（2026年度）
专项（项目）名称|草原生态修复治理补助资金
中央主管部门|国家林业和草原局|专项实施期|2026年
资金情况（万元）|年度金额：|1200
|其中：中央补助|1200
年度目标|治理退化草原，提高植被盖度，牧区群众满意。
绩效指标|一级指标|二级指标|三级指标|指标值
|产出指标|数量指标|退化草原治理面积（万亩）|{0}
||质量指标|任务验收合格率（%）|{1}
||时效指标|当期任务完成率（%）|{2}
||成本指标|治理补助标准|{3}
|效益指标|社会效益指标|受益牧户（户）|{4}
||生态效益指标|草原植被盖度提高（百分点）|{5}
||可持续影响指标|草原服务功能|{6}
|满意度指标|服务对象满意度指标|牧民满意度（%）|{7}
"""
REAL = "≥1|≥95|100|1200万元|≥300|≥0.2|良好及以上|≥90"


def warned(tmp_path, *texts):
    path = tmp_path / "申报.txt"
    path.write_text("\n".join(texts).replace("|", "\t"), encoding="utf-8")
    return [f for f in validate(path).findings if f.severity.value != "info"]


@pytest.mark.parametrize(
    "values",
    ["20|10|10|10|10|10|20|10", "15|10|10|5|10|10|20|10", "20分|10分|10分|10分|10分|10分|20分|10分",
     "10|10|5|5|20|10|10|10", "12.5|12.5|10|15|10|10|20|10"],
)  # fmt: skip
def test_all_values_of_a_table_are_its_points(tmp_path, values):
    told = [f for f in warned(tmp_path, TRANSFER.format(*values.split("|"))) if f.rule[0] in "VTM"]
    assert [f"{f.rule} {f.cell}" for f in told] == ["V06 E9"]
    assert values.split("|")[0].removesuffix("分") in told[0].message


@pytest.mark.parametrize(
    "values",
    [REAL, REAL.replace("≥1|", "20|"), "20%|10%|10%|10%|10%|10%|20%|10%",
     "≥20|10|10|10|10|10|20|10",
     "20|10|10|10|10|10|20|11", "50|10|5|5|5|5|10|10", "20亩|10|10|10|10|10|20|10"],
)  # fmt: skip
def test_values_that_are_not(tmp_path, values):
    found = warned(tmp_path, TRANSFER.format(*values.split("|")))
    assert not [f for f in found if "像是分值：" in f.message]


def test_a_right_transfer_form_is_quiet(tmp_path):
    assert warned(tmp_path, TRANSFER.format(*REAL.split("|"))) == []


@pytest.mark.parametrize(
    ("blank", "expected"),
    [
        (("牧民满意度（%）|{7}",), {"没有服务对象满意度指标"}),
        (("退化草原治理面积（万亩）|{0}",), {"没有数量指标"}),
        (
            ("受益牧户（户）|{4}", "草原植被盖度提高（百分点）|{5}", "草原服务功能|{6}"),
            {"没有社会效益指标", "没有可持续影响指标"},
        ),
    ],
)
def test_a_printed_group_without_an_indicator(tmp_path, blank, expected):
    form = TRANSFER
    for cells in blank:
        form = form.replace(cells, "|")
    found = warned(tmp_path, form.format(*REAL.split("|")))
    assert {f.message for f in found if f.rule == "S01"} == expected


FORM = """\
项目支出绩效目标申报表
（2026年度）
项目名称|{name}
单位：万元
项目总额|{amount}|年度资金总额|{amount}
财政拨款|{amount}|其他资金|
年度目标|{name}：清淤渠道{amount}公里。
一级指标|二级指标|三级指标|指标值|分值
产出指标|数量指标|渠道清淤长度|≥{amount}公里|{first}
|质量指标|工程验收合格率|≥98%|20
|时效指标|完工时间|2026年10月底前|10
|成本指标|清淤费用|≤{amount}万元|10
效益指标|社会效益指标|受益农户|≥300户|20
满意度指标|服务对象满意度指标|农户满意度|≥95%|10
"""


def pointed(tmp_path, totals):
    forms = [
        FORM.format(name=f"{number}号渠清淤项目", amount=12 + number, first=total - 70)
        for number, total in enumerate(totals)
    ]
    return [f.message for f in warned(tmp_path, *forms) if f.rule == "S07"]


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ((90, 90, 80), ["本文件多数表的分值合计 90 分"]),
        ((80, 90, 90, 90), ["本文件多数表的分值合计 90 分"]),
        ((100, 100, 90), ["本文件多数表的分值合计 100 分"]),
        ((90, 90, 100, 90), ["本文件多数表的分值合计 90 分"]),
        ((90, 90, 85), ["本文件多数表的分值合计 90 分"]),
        ((90, 90, 95), ["本文件多数表的分值合计 90 分"]),
        ((95,), ["各项分值合计应为 100 分"]),
        ((90, 90, 90), []),
        ((80, 80), []),
        ((90, 80), []),
        ((90, 90, 80, 80), []),
        ((100,), []),
    ],
)
def test_a_table_has_the_points_of_the_others(tmp_path, totals, expected):
    told = pointed(tmp_path, totals)
    assert [
        message[: len(begin)] for message, begin in zip(told, expected, strict=True)
    ] == expected


@pytest.mark.parametrize(
    ("total", "below", "expected"),
    [
        (95, "注：权重合计90分，预算执行率10分另计。", "总分写明 90 分，各项分值 95，多 5 分"),
        (95, "备注：各项分值合计应为90分。", "总分写明 90 分，各项分值 95，多 5 分"),
        (85, "说明：三级指标分值之和为90分", "总分写明 90 分，各项分值 85，少 5 分"),
        (100, "注：权重总和=90", "总分写明 90 分，各项分值 100，多 10 分"),
        (90, "合计||||100", "总分写明 100 分，各项分值 90，少 10 分"),
        (95, "注：满分90分", "总分写明 90 分，各项分值 95，多 5 分"),
        (90, "注：指标权重合计90分，预算执行率10分由系统计算。", None),
        (90, "合计||||90", None),
        (90, "注：分值合计100分，其中预算执行率10分。", None),
        (90, "预算执行率（10分）\n合计||||100", None),
        (100, "合计||||100", None),
        (90, "注：满意度不低于90分的为优，培训合计100人。", None),
        (100, "注：受益农户共计90户。", None),
    ],
)  # fmt: skip
def test_the_total_that_a_form_prints_comes_first(tmp_path, total, below, expected):
    form = FORM.format(name="支渠清淤项目", amount=12, first=total - 70)
    told = [f.message for f in warned(tmp_path, form, below) if f.rule == "S07"]
    parts = f"{total - 70} + 20 + 10 + 10 + 20 + 10 = {total}"
    assert told == ([expected.replace(f"分值 {total}", f"分值 {parts}")] if expected else [])


@pytest.mark.parametrize(
    ("label", "stated", "expected"),
    [
        ("合计（预算执行率另占10分）", "90", "总分写明 90 分"),
        ("合计", "90", "总分写明 90 分"),
        ("总分（不含预算执行）", "90", "总分写明 90 分"),
        ("总计：", "90分", "总分写明 90 分"),
        ("小计", "90", "总分写明 90 分"),
        ("合计（预算执行率另占10分）", "85", None),
        # No sum of the points: nothing is stated, or not by a row of the sum.
        ("合计", "", "各项分值合计应为 100 分"),
        ("合计", "—", "各项分值合计应为 100 分"),
        ("填报人", "90", "各项分值合计应为 100 分"),
        ("备注", "90", "各项分值合计应为 100 分"),
    ],
)
def test_a_sum_left_of_the_table_states_its_total(tmp_path, label, stated, expected):
    """合计 stands below 绩效指标, in the column that is no part of the table."""
    head, title, table = FORM.partition("一级指标")
    rows = "\n".join(f"|{row}" for row in f"{title}{table}".strip().split("\n"))
    form = f"{head}绩效指标{rows}\n{label}|||||{stated}\n"
    form = form.format(name="支渠清淤项目", amount=12, first=15)
    told = [f.message for f in warned(tmp_path, form) if f.rule == "S07"]
    assert [message.split("，")[0] for message in told] == ([expected] if expected else [])
