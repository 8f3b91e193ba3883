"""Import, then export: what the standard workbook says is what its source said, field by field."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.api import load, validate
from perfgoals_xl.export import to_json
from perfgoals_xl.workbooks.importing import write_imported
from tests.support.steps import (
    FIRE_2015,
    FRAME_RULES,
    GRASS_2015,
    GRASS_2021,
    HEAD,
    PROJECT,
    filled,
    text_of,
)

# Where a value stands is what import changes.
PLACES = ("file", "sheet", "cell", "cells", "remarks")

DEPARTMENT = """\
2026年青岚县林业和草原局部门整体支出预算绩效目标表

部门名称及代码|青岚县林业和草原局（213001）
部门职责绩效目标|管理全县林草资源；“十五五”末森林覆盖率稳定在21%以上。
一级指标|二级指标|三级指标|||备注
||财政政策性绩效目标|部门预算绩效目标|部门指标值
预算执行绩效目标|支出进度|达到序时要求|9月底预算执行率|≥75%|按月通报
|政府采购||超预算采购起数|0起
资产管理绩效目标||=不超标准|超标准配置数量|0台
"""

LONG = "补播改良退化草原，围栏管护，灌溉施肥；" * 60
BLANK_FUNDS = """\
其中：本级资金|资金总额||其中：转移市县（区）资金|资金总额
|其中：财政拨款|||其中：中央资金
|其他资金|||自治区资金
|结余结转资金
"""
TABLE = """\
一级指标|二级指标|三级指标||指标值|备注
"""

NASTY = {
    "signs, quotes and markup": GRASS_2015.replace("退化草原补播改良项目", '=甲"乙"\'丙\'&<丁>')
    .replace("青岚县草原工作站", "+站@")
    .replace("指标1：补播改良面积", "-面积=@1")
    .replace("≥4000亩", "=4000亩")
    .replace("2026年补播", "<p>2026年“补播”"),
    "a goal of thousands of characters": GRASS_2015.replace("2026年补播改良", f"2026年{LONG}"),
    "six decimals, zeros and blanks": GRASS_2015.replace("|280", "|280.123456")
    .replace("资金总额|80|", "资金总额|80.123456|")
    .replace("其他资金|5|", "其他资金|0|")
    .replace("结余结转资金|15", "结余结转资金|"),
    "amounts that are none": GRASS_2015.replace("年度资金总额|280", "年度资金总额|待定")
    .replace("其他资金|5", "其他资金|约5万"),
    "no amount at all": HEAD.format(name="无经费项目", annual="")
    + BLANK_FUNDS
    + "年度总体绩效目标\n"
    + TABLE
    + "产出指标|数量指标|指标1：巡护次数||≥12次\n",
    "masks, blanks and nothing": GRASS_2015.replace("≥4000亩", "***亩")
    .replace("指标1：亩均干草增产量||≥20公斤", "无||无")
    .replace("指标1：补播出苗率||≥80%", "指标1：补播出苗率")
    .replace("指标1：补播完成时间||2026年7月底前", "||2026年7月底前"),
    "no ordinals, other ordinals, an ordinal alone": GRASS_2015.replace("指标1：草", "草")
    .replace("指标2：机械", "2、机械")
    .replace("指标1：补播改良面积", "指标：补播改良面积")
    .replace("指标1：牧民满意度", "（1）牧民满意度"),
    "codes and local spellings": GRASS_2015.replace("产出指标|", "1-产出指标|")
    .replace("|质量指标|", "|12-质量指标（必填）|")
    .replace("效益指标|经济效益", "项目效益指标|经济效益指标"),
    "a group nobody knows": GRASS_2015.replace("|生态效益|", "|创新效益指标|"),
    "notes beside the indicators": GRASS_2015.replace("一级指标|二级指标|三级指标||指标值",
                                                      "一级指标|二级指标|三级指标||指标值|备注")
    .replace("≥4000亩", "≥4000亩|按批复")
    .replace("120万元", "120万元|=合同价"),
    "a table in 元": GRASS_2015.replace("单位：万元", "单位：元"),
    "last year's table": GRASS_2015.replace("2026年青岚县", "2025年青岚县").replace(
        "（2026年度）", "（2025年度）"
    ),
    "the edition of 2021": GRASS_2021,
    "a goal for the whole period": GRASS_2015.replace(
        "年度总体绩效目标|", "项目期总体绩效目标|三年补播1.2万亩。\n年度总体绩效目标|"
    ),
    "no header but the name": GRASS_2015.replace("青岚县林业和草原局|", "|")
    .replace("青岚县草原工作站", "")
    .replace("一次性项目|", "|")
    .replace("项目期|1年", "项目期|"),
}  # fmt: skip


def said(value):
    """A document without the places of its values, numbers as exact as they are typed."""
    if isinstance(value, dict):
        return {key: said(item) for key, item in value.items() if key not in PLACES}
    return [said(item) for item in value] if isinstance(value, list) else value


def document(declaration):
    return said(to_json([declaration]))


def raw(declaration):
    """The values of all tables as read, also those that the JSON has no number for."""
    return [
        [{key: value for key, value in row.items() if key != "sheet"} for row in table.records()]
        for table in (declaration.projects, declaration.indicators, declaration.department_goals)
    ]


def same(one, other):
    assert document(one) == document(other)
    assert raw(one) == raw(other)


def named(text, name="围栏管护项目"):
    """The text under another name: of the same one it would be a second part of the project."""
    return text.replace(PROJECT, name)


def imported(tmp_path, declaration):
    output = tmp_path / "标准.xlsx"
    write_imported(declaration, output, year=2026)
    return output


def read(tmp_path, *texts):
    path = tmp_path / "原表.txt"
    path.write_text("\n".join(texts).replace("|", "\t"), encoding="utf-8")
    return load(path)


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_what_is_imported_is_what_was_there(tmp_path, text):
    declaration = read(tmp_path, DEPARTMENT, text_of(), named(text))
    assert len(declaration.projects) == 3
    same(load(imported(tmp_path, declaration)), declaration)


def test_a_workbook_is_imported_again(tmp_path):
    path = filled(tmp_path, {"local_other": 0, "数量1": 4000, "质量1": "＝80%", "annual_goal": "-"})
    first = load(path)
    second = load(imported(tmp_path, first))
    same(second, first)
    same(load(imported(tmp_path, second)), first)


def test_line_breaks_and_blanks_inside_a_cell_are_kept(tmp_path):
    goal = " 一、补播4000亩。\n二、盖度提高\t5个百分点。\n\n三、 不破坏植被。 "
    first = load(filled(tmp_path, {"annual_goal": goal, "数量1 名称": "指标1： 补播\n面积"}))
    second = load(imported(tmp_path, first))
    same(second, first)
    assert second.projects.records()[0]["annual_goal"] == goal


def test_projects_whose_names_make_no_sheet_name(tmp_path):
    names = ["填报说明", "a/b*c?[1]:", "长" * 40, "长" * 41, "'引号'", "History", "0"]
    parts = [text_of()]
    for name in names:
        parts += [named(GRASS_2015, name), named(GRASS_2015, name).replace("||280|", "||281|")]
    declaration = read(tmp_path, *parts)
    again = load(imported(tmp_path, declaration))
    same(again, declaration)
    assert len(again.projects) == 2 + 2 * len(names)


def test_a_project_in_two_tables_becomes_one_sheet(tmp_path):
    head, _, rest = GRASS_2015.partition("效益指标|经济效益")
    again = head[: head.index("产出指标|数量指标")] + "效益指标|经济效益" + rest
    declaration = read(tmp_path, head, again, named(FIRE_2015))
    assert [len(origin.parts) for origin in declaration.origins] == [2, 1]
    merged = load(imported(tmp_path, declaration))
    same(merged, declaration)
    assert [len(origin.parts) for origin in merged.origins] == [1, 1]


def all_nasty():
    """One declaration with a project of every kind."""
    return "\n".join(named(text, f"{n}号围栏") for n, text in enumerate(NASTY.values()))


def test_the_review_finds_the_same(tmp_path):
    """But for the fields that only the standard form has a cell for."""
    declaration = read(tmp_path, DEPARTMENT, text_of(), all_nasty())

    def found(item):
        findings = [f for f in validate(item).findings if f.rule in {*FRAME_RULES} - {"H03"}]
        told = {(f.rule, f.project, f.field, f.indicator, f.value, f.severity) for f in findings}
        assert len(told) >= 14  # one of them for all the words without grades of a project
        return told

    assert found(load(imported(tmp_path, declaration))) == found(declaration)


def totals(declaration, name):
    values = [record[name] for record in declaration.projects.records()]
    return sum((value for value in values if isinstance(value, Decimal)), Decimal(0))


def check_workbook(path, declaration, office, validate_ooxml):
    """The workbook is valid, and LibreOffice has no error in it and the same amounts."""
    assert validate_ooxml(path) == []
    with office.open(path) as book:
        book.recalculate()
        assert book.error_cells() == []
        for number, record in enumerate(declaration.projects.records()):
            for name in ("total_amount", "annual_amount", "local_total", "transfer_regional"):
                place = declaration.projects.place(number, name)
                shown, expected = book.value(*place), record[name]
                if isinstance(expected, Decimal):
                    shown, expected = Decimal(str(shown)), Decimal(str(float(expected)))
                assert shown == expected, place


def test_the_workbook_is_valid_and_computes(tmp_path, office, validate_ooxml):
    output = imported(tmp_path, read(tmp_path, DEPARTMENT, text_of(), all_nasty()))
    declaration = load(output)
    assert len(declaration.projects) == 2 + len(NASTY)
    check_workbook(output, declaration, office, validate_ooxml)


@pytest.mark.parametrize(
    ("number", "projects", "goals", "blank", "annual", "total"),
    [
        (0, 18, 6, 9, "3352.99687", "5282.19687"),
        (1, 22, 0, 1, "5221", "11716.73416"),
    ],
    ids=["2026", "2024"],
)
def test_the_published_sets(
    tmp_path, shared_seeds, office, validate_ooxml, number, projects, goals, blank, annual, total
):
    source = load(shared_seeds[number])
    output = imported(tmp_path, source)
    declaration = load(output)
    same(declaration, source)
    assert len(declaration.projects) == projects
    assert totals(declaration, "total_amount") == Decimal(total)
    assert totals(declaration, "annual_amount") == Decimal(annual)
    records = declaration.projects.records()
    assert sum(record["annual_amount"] is None for record in records) == blank
    assert len(declaration.department_goals) == goals
    check_workbook(output, declaration, office, validate_ooxml)


def test_an_amount_beyond_every_number_survives(tmp_path):
    source = tmp_path / "来源.txt"
    source.write_text(GRASS_2015.replace("|280", "|" + "9" * 400).replace("|", "\t"))
    write_imported(load(source), tmp_path / "标准.xlsx")
    amounts = load(tmp_path / "标准.xlsx").projects.values["annual_amount"]
    assert list(amounts) == [Decimal("9" * 400)]
