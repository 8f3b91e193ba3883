"""What the formulas are made of: functions of Excel 2010 alone, whole, and none too long."""

from __future__ import annotations

import re

import openpyxl
import pytest

from perfgoals_xl.evaluation.evaluation_book import write_evaluation_book, write_monitoring_book
from perfgoals_xl.reading.load import load
from tests.evaluation.test_live_scores import VARIED

# Of Excel 2007 and before, in WPS and LibreOffice too.
KNOWN = """
    ABS AND ASC CHOOSE COUNT COUNTIF DATE FIND IF IFERROR INDEX INT ISERROR ISNUMBER LEFT LEN MATCH
    MAX MID MIN MOD MONTH N NOT OR ROUND SUBSTITUTE SUM SUMPRODUCT TRIM VALUE YEAR
"""
ODD = """\
2026年青岚县林业和草原局部门项目支出预算绩效目标表

单位：万元

项目名称\t\t甲'乙[1]*项目：一/二
主管部门\t\t某局\t实施单位\t某站
项目总额\t\t约20\t其中：年度资金总额\t约20
年度总体绩效目标\t=巡护12次。
一级指标\t二级指标\t三级指标\t\t指标值
产出指标\t数量指标\t指标1：巡护次数\t\t=12次
\t\t指标2：\t\t***
\t质量指标\t指标1：\t\t
满意度指标\t服务对象满意度\t指标1：满意度\t\t

2026年青岚县林业和草原局部门项目支出预算绩效目标表

单位：万元

项目名称\t\t没有指标的项目
主管部门\t\t某局\t实施单位\t某站
项目总额\t\t\t其中：年度资金总额\t
年度总体绩效目标\t<p>巡护。</p>
一级指标\t二级指标\t三级指标\t\t指标值
产出指标\t数量指标\t/\t\t/
"""


@pytest.fixture(params=["自评表", "监控表"])
def write(request):
    if request.param == "自评表":
        return write_evaluation_book
    return lambda declarations, path: write_monitoring_book(declarations, path, 7)


def formulas(path):
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            yield from (c.value for c in row if isinstance(c.value, str) and c.value[:1] == "=")
        for area in sheet.conditional_formatting:
            yield from (f"={text}" for rule in area.rules for text in rule.formula)


def test_every_formula_works_in_an_old_excel(tmp_path, write):
    path = tmp_path / "表.xlsx"
    write([load(VARIED)], path)
    book = openpyxl.load_workbook(path)
    names = set(book.defined_names)
    seen = 0
    for formula in formulas(path):
        seen += 1
        bare = re.sub(r'"[^"]*"', '""', formula)
        assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare)) <= set(KNOWN.split()), formula
        assert set(re.findall(r"PG_\w+", bare)) <= names, formula
        deep, deepest = 0, 0
        for character in bare:
            deep += (character == "(") - (character == ")")
            deepest = max(deepest, deep)
            assert deep >= 0, formula
        assert deep == 0, formula
        assert deepest <= 64, formula
        assert len(formula) <= 8192
        assert max(map(len, re.findall(r'"([^"]*)"', formula)), default=0) <= 255
    assert seen > 300


def test_names_are_none_of_excels_cells(tmp_path, write):
    path = tmp_path / "表.xlsx"
    write([load(VARIED)], path)
    for name in openpyxl.load_workbook(path).defined_names:
        assert re.fullmatch(r"PG_[A-Z0-9_]+", name)


def test_odd_declarations(tmp_path, write, office, validate_ooxml):
    (tmp_path / "申报.txt").write_text(ODD, encoding="utf-8")
    path = tmp_path / "表.xlsx"
    first, second = write([load(tmp_path / "申报.txt")], path)
    assert validate_ooxml(path) == []
    assert [one.counts for one in first.indicators] == [True, True, False, True]
    assert second.goal == "巡护。"
    with office.open(path) as document:
        document.recalculate()
        assert document.error_cells() == []
        said = {document.text(first.sheet, f"{c}{r}") for c in "BDE" for r in range(1, 20)}
        assert {"甲'乙[1]*项目：一/二", "约20", "=巡护12次。", "=12次"} <= said
        assert document.text("汇总", "B4") == "甲'乙[1]*项目：一/二"
