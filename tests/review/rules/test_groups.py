"""Groups of the taxonomy (S01), their points (S07), projects printed in several tables (P03)."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from perfgoals_xl.api import load, validate
from tests.support.steps import (
    GRASS_2015,
    PROJECT,
    cell_of,
    filled,
    found,
    only,
    review,
    text_of,
)


def without(*keys: str) -> dict[str, None]:
    """Empties the name and the value of each indicator named."""
    return {part: None for key in keys for part in (key, f"{key} 名称")}


@pytest.mark.parametrize(
    ("keys", "findings"),
    [
        (["数量1", "数量2"], ["S01 error B14"]),
        (["成本1", "成本2"], ["S01 error B18"]),
        (["质量1"], ["S01 warning B16"]),
        (["时效1"], ["S01 warning B17"]),
        (["社会效益1"], ["S01 warning B21"]),
        (["可持续影响1"], ["S01 warning B23"]),
        (["满意度1"], ["S01 warning B24"]),
        (["经济效益1"], ["S01 info B20"]),
        (["生态效益1"], ["S01 info B22"]),
        (["经济效益1", "数量1", "数量2"], ["S01 error B14", "S01 info B20"]),
        (["数量1"], []),
    ],
    ids=str,
)
def test_s01_of_2015(tmp_path, keys, findings):
    assert found(filled(tmp_path, without(*keys))) == findings


@pytest.mark.parametrize(
    ("keys", "findings"),
    [
        (["经济成本1", "经济成本2", "社会成本1", "生态环境成本1"], ["S01 error A14"]),
        (["数量1"], ["S01 error B18"]),
        (["质量1"], ["S01 warning B19"]),
        (["时效1"], ["S01 warning B20"]),
        (["经济效益1", "社会效益1", "生态效益1"], ["S01 warning A21"]),
        (["满意度1"], ["S01 warning B24"]),
        # Of the costs and of the benefits any one will do.
        (["社会成本1", "生态环境成本1", "经济效益1", "生态效益1"], []),
    ],
    ids=str,
)
def test_s01_of_2021(tmp_path, keys, findings):
    assert found(filled(tmp_path, without(*keys), edition="2021")) == findings


FORM = """\
项目支出绩效目标申报表
（2026年度）
项目名称|{name}
项目总额|12|年度资金总额|12
年度目标|清淤渠道6公里，投入12万元。
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|清淤长度|≥6公里
|质量指标|验收合格率|≥98%
|时效指标|完工时间|2026年10月底前
|成本指标|清淤费用|≤12万元
{benefits}满意度指标|服务对象满意度指标|农户满意度|≥95%
"""
SOCIAL = "效益指标|社会效益指标|受益农户|≥300户\n"
LASTING = "效益指标|可持续影响指标|渠道使用年限|≥5年\n"
ECONOMIC = "效益指标|经济效益指标|增收金额|≥3万元\n"


def _benefits_told(tmp_path, forms):
    path = tmp_path / "申报.txt"
    told = [
        FORM.format(name=f"渠道清淤项目{n}", benefits=rows).replace("|", "\t")
        for n, rows in enumerate(forms)
    ]
    path.write_text("\n".join(told), encoding="utf-8")
    return [
        f"{f.project[-1]} {f.severity.value} {f.message}"
        for f in validate(path).findings
        if f.rule == "S01" and f.message not in ("没有经济效益指标", "没有生态效益指标")
    ]


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        # What a form does not print may be left out where there is another benefit.
        ([SOCIAL], ["0 info 没有可持续影响指标"]),
        ([ECONOMIC], ["0 info 没有可持续影响指标", "0 info 没有社会效益指标"]),
        ([LASTING], ["0 info 没有社会效益指标"]),
        ([""], ["0 warning 没有效益指标"]),
        # Printed and left blank: it is asked for.
        ([SOCIAL + "|可持续影响指标||\n"], ["0 warning 没有可持续影响指标"]),
        (["|社会效益指标||\n|可持续影响指标||\n"],
         ["0 warning 没有社会效益指标", "0 warning 没有可持续影响指标"]),
        # Filled in most projects of the file: its form asks for it.
        ([SOCIAL + LASTING, SOCIAL + LASTING, SOCIAL], ["2 warning 没有可持续影响指标"]),
        # Filled in half of them: as likely forgotten as not asked for.
        ([SOCIAL + LASTING, SOCIAL], ["1 warning 没有可持续影响指标"]),
        ([SOCIAL, LASTING], ["0 warning 没有可持续影响指标", "1 warning 没有社会效益指标"]),
        ([SOCIAL + LASTING, LASTING], ["1 warning 没有社会效益指标"]),
        ([SOCIAL + LASTING, SOCIAL + LASTING, SOCIAL, SOCIAL],
         ["2 warning 没有可持续影响指标", "3 warning 没有可持续影响指标"]),
        ([SOCIAL + LASTING, ECONOMIC + SOCIAL], ["1 warning 没有可持续影响指标"]),
        # Filled in fewer of them.
        ([SOCIAL + LASTING, SOCIAL, SOCIAL],
         ["1 info 没有可持续影响指标", "2 info 没有可持续影响指标"]),
        ([SOCIAL, SOCIAL], ["0 info 没有可持续影响指标", "1 info 没有可持续影响指标"]),
        ([SOCIAL, SOCIAL, SOCIAL, LASTING, ""],
         ["0 info 没有可持续影响指标", "1 info 没有可持续影响指标",
          "2 info 没有可持续影响指标", "3 warning 没有社会效益指标",
          "4 info 没有可持续影响指标", "4 warning 没有社会效益指标"]),
        ([SOCIAL, SOCIAL, LASTING, ECONOMIC, ECONOMIC, ""],
         ["0 info 没有可持续影响指标", "1 info 没有可持续影响指标",
          "2 info 没有社会效益指标", "3 info 没有可持续影响指标",
          "3 info 没有社会效益指标", "4 info 没有可持续影响指标",
          "4 info 没有社会效益指标", "5 warning 没有效益指标"]),
    ],
)  # fmt: skip
def test_s01_asks_for_the_benefits_that_the_forms_ask_for(tmp_path, forms, expected):
    assert _benefits_told(tmp_path, forms) == expected


def test_s01_is_told_in_full(tmp_path):
    finding = only(filled(tmp_path, without("生态效益1")), "S01")
    assert (finding.project, finding.field, finding.indicator) == (PROJECT, "project", None)
    assert finding.message == "没有生态效益指标"


def test_a_project_without_any_indicator_is_one_finding(tmp_path):
    every = [key for key in _keys() if key[-1].isdigit()]
    path = filled(tmp_path, without(*every))
    (finding,) = review(path).findings
    assert (finding.rule, finding.severity, finding.cell) == ("S01", "error", "B13")
    assert finding.message == (
        "没有填写任何指标（缺 数量指标、质量指标、时效指标、成本指标、社会效益指标、"
        "可持续影响指标、服务对象满意度指标）"
    )


def test_a_group_that_says_there_is_nothing_is_present(tmp_path):
    path = filled(tmp_path, {"生态效益1": "无", "生态效益1 名称": "无"})
    assert found(path) == [f"V02 info {cell_of('生态效益1')}"]


@pytest.mark.parametrize(
    ("label", "spelled"),
    [
        ("数量1 二级", "11-数量指标"),
        ("经济效益1 二级", "经济效益指标（必填）"),
        ("可持续影响1 二级", "可持续影响效益"),
        ("满意度1 二级", "社会公众满意度指标"),
        ("数量1 一级", "项目完成指标"),
        ("经济效益1 一级", "2-项目效益指标"),
    ],
    ids=str,
)
def test_local_spellings_are_the_same_group(tmp_path, label, spelled):
    assert found(filled(tmp_path, {label: spelled})) == []


def _keys():
    from tests.support import steps

    return steps.places("2015")[0]


def _over_a_page_break(tmp_path, *, again: str = "280", tail: str = GRASS_2015):
    """The project's table in two parts: all up to 成本, then the head again and the rest."""
    head, _, rest = tail.partition("效益指标|经济效益")
    second = head[: head.index("产出指标|数量指标")] + "效益指标|经济效益" + rest
    second = second.replace("项目总额||280", f"项目总额||{again}")
    path = tmp_path / "分两页.txt"
    path.write_text((head + "\n" + second).replace("|", "\t"), encoding="utf-8")
    return path


def test_p03_one_project_in_two_tables(tmp_path):
    path = _over_a_page_break(tmp_path)
    finding = only(path, "P03")
    assert (finding.severity, finding.sheet, finding.cell) == ("info", "分两页", "C30")
    assert (finding.project, finding.field) == (PROJECT, "project_name")
    assert finding.message == (f"项目“{PROJECT}”分在 2 张表中（C7、C30），已合并，资金只计一次")
    # Merged: no group is missing in either part, and the money is there once.
    assert found(path) == ["P03 info C30"]
    assert len(load(path).projects) == 1


def test_p03_leaves_two_projects_of_one_name_alone(tmp_path):
    path = _over_a_page_break(tmp_path, again="300")
    assert [f.rule for f in validate(path).findings if f.rule == "P03"] == []
    assert len(load(path).projects) == 2


def test_p03_leaves_two_projects_of_one_total_alone(tmp_path):
    path = tmp_path / "两个项目.txt"
    path.write_text(
        text_of().replace("林草防火宣传项目", "草原监测项目") + "\n" + text_of(), encoding="utf-8"
    )
    merged = [f for f in validate(path).findings if f.rule == "P03"]
    assert [f.project for f in merged] == [PROJECT]


def test_p03_names_the_sheets_where_there_are_several(tmp_path):
    from tests.support import steps

    path = filled(tmp_path)
    steps.copy_sheet(path, PROJECT, "续表")
    finding = only(path, "P03")
    assert finding.message == (
        f"项目“{PROJECT}”分在 2 张表中（{PROJECT}!C4、续表!C4），已合并，资金只计一次"
    )
    assert (finding.sheet, finding.cell) == ("续表", "C4")


POINTED = """\
项目支出绩效目标申报表（2026年度）
项目名称|渠道清淤工程
主管部门|青岚县水务局|实施单位|青岚县灌溉站
年度资金总额|12
年度总体绩效目标|清淤渠道6公里
一级指标|二级指标|三级指标|指标值|{points}
产出指标{of_output}|数量指标|清淤长度|≥6公里|20
|质量指标|验收合格率|≥98%|15
|时效指标|完工时间|2026年10月底前|{timely}
|成本指标|清淤费用|≤12万元|10
效益指标|社会效益指标|受益农户|≥300户|30
满意度指标|服务对象满意度指标|农户满意度|≥95%|10
{total}
"""


def pointed(tmp_path, points="分值", of_output="", timely=5, total=""):
    book = Workbook()
    text = POINTED.format(points=points, of_output=of_output, timely=timely, total=total)
    for row, line in enumerate(text.splitlines(), 1):
        for column, value in enumerate(line.split("|"), 1):
            if value:
                number = value.isdigit() and column > 1
                book.active.cell(row, column, int(value) if number else value)
    path = tmp_path / "申报.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("form", "cell", "message"),
    [
        (
            {"of_output": "（45分）"},
            "A7",
            "产出指标写明 45 分，各指标分值 20 + 15 + 5 + 10 = 50，多 5 分",
        ),
        ({"total": "合计||||100", "timely": 8}, "E13", "总分写明 100 分"),
        ({"points": "分值（100分）", "timely": 9}, "E6", "总分写明 100 分"),
        ({"points": "权重", "timely": 12}, "E7", "各项分值合计应为 100 分"),
        ({"timely": ""}, "E7", "少 15 分（另有 1 个指标没有填分值）"),
    ],
)
def test_s07(tmp_path, form, cell, message):
    finding = only(pointed(tmp_path, **form), "S07")
    assert (finding.severity, finding.cell) == ("warning", cell)
    assert message in finding.message


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"timely": 15},
        {"of_output": "（50分）"},
        {"total": "合计||||90"},
        {"points": "权重（%）", "timely": 15},
    ],
)
def test_s07_is_silent(tmp_path, form):
    assert [f for f in review(pointed(tmp_path, **form)).findings if f.rule == "S07"] == []


def test_s07_is_not_judged_by_words(tmp_path):
    told = review(pointed(tmp_path, timely="见附件")).not_judged
    assert [n.reason for n in told if n.rule == "S07"] == ["分值“见附件”不是数字"]
