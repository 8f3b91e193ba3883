"""Forms for money that is handed down: a year within their stated period is no foreign year."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.form.label_patterns import is_transfer_label, is_transfer_title

FORM = """\
{title}
（2026年度）
{name}|农村供水改造|中央主管部门|水务部
主管部门|石桥县水务局|{period}
资金情况（万元）|年度金额|820
|其中：中央补助|820
年度目标|{goal}
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|改造供水工程|≥3处
|质量指标|工程验收合格率|≥98%
|时效指标|{time}
"""
REGION, PROJECT = "水利发展资金区域绩效目标表", "项目支出绩效目标表"
PERIOD = "专项实施期|2025-2027年"
WITHIN = "截至次年6月底投资完成比例|100%"


def told(tmp_path, *, title=REGION, name="专项名称", period=PERIOD, time=WITHIN, goal=None):
    path = tmp_path / "申报.txt"
    goal = goal or "改造供水工程3处，提高供水保证率。"
    text = FORM.format(title=title, name=name, period=period, time=time, goal=goal)
    if title == PROJECT:
        text = text.replace("|中央主管部门|水务部", "")
    path.write_text(text.replace("|", "\t"), encoding="utf-8")
    return [f.rule for f in validate(path).findings if f.rule in ("T01", "T02")]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"time": "完工时间|2027年10月底前"},
        {"time": "项目完成时限|2027年12月", "period": "实施期|2025年1月至2027年12月"},
        {"goal": "2027年将改造供水工程3处，提高供水保证率。"},
        {"title": "农村供水转移支付绩效目标表", "period": "项目期|2026-2027年"},
        {"title": PROJECT, "name": "专项名称"},
        {"title": PROJECT, "name": "转移支付（项目）名称", "period": "实施期|2026年至2027年"},
    ],
    ids=str,
)
def test_a_year_within_the_period(tmp_path, changes):
    assert told(tmp_path, **changes) == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"time": "完工时间|2028年3月底前"}, "T02"),  # beyond the period
        ({"period": "专项实施期|2026年"}, "T02"),
        ({"period": "专项实施期|三年"}, "T02"),  # a period without dates
        ({"period": "联系人|张某"}, "T02"),
        ({"period": "专项实施期|2027-2028年", "time": "完工时间|2028年3月底前"}, "T02"),
        ({"time": "完工时间|2025年10月底前"}, "T01"),  # what is over is no target of this year
        ({"goal": "2028年将改造供水工程3处。", "time": "完工时间|10月底前"}, "T02"),
        ({"title": PROJECT, "name": "项目名称", "period": "项目期|2025-2027年"}, "T02"),
    ],
    ids=str,
)
def test_a_foreign_year(tmp_path, changes, rule):
    assert rule in told(tmp_path, **changes)


@pytest.mark.parametrize(
    ("title", "transfer"),
    [
        ("中央对地方转移支付区域绩效目标表", True),
        ("2026年省级财政水利发展资金绩效目标表", True),
        ("就业补助资金绩效目标申报表", True),
        ("教育专项资金绩效目标表", True),
        ("项目支出绩效目标表", False),
        ("部门整体支出绩效目标表", False),
        ("专项业务费项目绩效目标表", False),
        ("区域协同项目绩效目标表", False),
    ],
)
def test_titles(title, transfer):
    assert is_transfer_title(title) is transfer


@pytest.mark.parametrize(
    ("label", "transfer"),
    [
        ("专项(项目)名称", True),
        ("资金名称", True),
        ("转移支付(项目)名称", True),
        ("中央主管部门", True),
        ("专项实施期", True),
        ("项目名称", False),
        ("转移支付市县资金", False),
        ("主管部门", False),
        ("项目实施期", False),
        ("专项业务", False),
    ],
)
def test_labels(label, transfer):
    assert is_transfer_label(label) is transfer


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("时效指标|截至2026年底投资完成比例|≥80%", "|截至2027年6月底投资完成比例|100%"), []),
        (("时效指标|截至2026年底投资完成比例|≥80%", "|截至次年6月底投资完成比例|100%"), []),
        (("时效指标|截至2027年6月底投资完成比例|100%",), ["T02 warning"]),
        (("时效指标|截至2026年底完成比例|80%", "|截至2027年6月底完成验收率|9%"), ["T02 warning"]),
        (("时效指标|截至2026年底投资完成比例|80%", "|完工时间|2027年6月底"), ["T02 warning"]),
        # What a name asks has an answer.
        (("质量指标|已建工程是否存在质量问题|否",), []),
        (("质量指标|资金管理有无违规|无",), []),
        (("质量指标|管护制度是否健全|是",), []),
        (("质量指标|管护制度是否健全|较好",), ["V04 warning"]),
        (("质量指标|管护制度健全程度|是",), ["V04 warning"]),
        # Rows of the form that are not everybody's.
        (("数量指标|新增灌溉面积|/",), ["V02 info"]),
        (("经济效益指标|新增粮食产能|—",), ["V02 info"]),
        (("数量指标|新增灌溉面积|无",), ["V02 error"]),
    ],
)  # fmt: skip
def test_rows_that_the_form_prints(tmp_path, rows, expected):
    path = tmp_path / "申报.txt"
    text = FORM.format(
        title=REGION, name="专项名称", period="专项实施期|2026年", goal="改造供水工程3处。",
        time="改造完成时间|10月底前",
    ) + "".join(f"|{row}\n" for row in rows)  # fmt: skip
    path.write_text(text.replace("|", "\t"), encoding="utf-8")
    found = validate(path).findings
    assert [f"{f.rule} {f.severity.value}" for f in found if f.rule in ("T02", "V02", "V04")] == (
        expected
    )
