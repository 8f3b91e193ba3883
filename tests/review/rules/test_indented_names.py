"""Blanks before the names of a list (H07): layout where they show a level, else left over."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from perfgoals_xl.api import validate

HEAD = ["项目名称", "年度资金总额", "年度目标", "一级指标", "二级指标", "三级指标", "指标值"]
INDICATORS = [
    ("产出指标", "数量指标", "清淤长度", "≥6公里"),
    ("产出指标", "质量指标", "验收合格率", "≥98%"),
    ("满意度指标", "服务对象满意度指标", "农户满意度", "≥95%"),
]


def told(tmp_path, names, indicators=INDICATORS):
    """The cells of H07 on a list of projects, a row for each indicator."""
    workbook = Workbook()
    workbook.active.append(["2026年项目支出绩效目标表"])
    workbook.active.append(HEAD)
    for name in names:
        for number, row in enumerate(indicators):
            first = [name, 12, "清淤渠道6公里。"] if not number else [None, None, None]
            workbook.active.append([*first, *row])
    path = tmp_path / "项目.xlsx"
    workbook.save(path)
    return [f.cell for f in validate(path).findings if f.rule == "H07"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["　　渠道清淤", "　　泵站维修"], []),
        (["    渠道清淤", "    泵站维修", "    闸门更换"], []),
        (["渠道清淤", "　泵站维修", "　闸门更换", "堤防加固"], []),
        # One alone, blanks that differ, and blanks behind.
        (["　　渠道清淤"], ["A3"]),
        (["渠道清淤", "　泵站维修", "闸门更换"], ["A6"]),
        (["　渠道清淤", "　　泵站维修"], ["A3", "A6"]),
        (["　　渠道清淤 ", "　　泵站维修"], ["A3"]),
        (["渠道清淤 ", "泵站维修 "], ["A3", "A6"]),
        (["　　<b>渠道清淤", "　　泵站维修"], ["A3"]),
        (["　　渠道清淤", "　　泵站维修", "闸门更换", "堤防加固", "水库加固"], ["A3", "A6"]),
    ],
)
def test_names_of_projects(tmp_path, names, expected):
    assert told(tmp_path, names) == expected


@pytest.mark.parametrize(
    ("indents", "expected"),
    [(("  ", "  ", "  "), []), (("", "  ", "  "), []), (("", "  ", ""), ["F4"])],
)
def test_names_of_indicators(tmp_path, indents, expected):
    rows = [(a, b, i + c, d) for i, (a, b, c, d) in zip(indents, INDICATORS, strict=True)]
    assert told(tmp_path, ["渠道清淤"], rows) == expected


def test_a_value_is_not_indented(tmp_path):
    rows = [(a, b, c, f"  {d}") for a, b, c, d in INDICATORS]
    assert told(tmp_path, ["渠道清淤"], rows) == ["G3", "G4", "G5"]
