"""In which unit a form's amounts are: every form by itself, whatever the others of the file say."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import load, validate
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.publication.document import write_publication
from perfgoals_xl.workbooks.importing import write_imported
from tests.reading.sheets import read_text, read_workbook, remarks
from tests.reading.sources.test_word import Table, read_document

FORM = """
{above}
项目名称 | | {name} | |
主管部门 | | 云川县水务局 | 实施单位 | 灌溉站
项目总额{total_unit} | | {total} | 其中：年度资金总额{unit} | {annual}
其中：本级资金 | 资金总额 | {annual} | 其中：转移市县（区）资金 | 资金总额
 | 其中：财政拨款 | {annual} | | 其中：中央资金
年度总体绩效目标 | 清淤渠道30公里。 | | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | {indicator} | | ≥30公里
 | 成本指标 | 清淤费用 | | ≤20万元
"""


def form(above="", name="渠道清淤项目", unit="", **other):
    said = {"total": "30", "annual": "20", "indicator": "清淤长度", "total_unit": unit} | other
    return FORM.format(above=above, name=name, unit=unit, **said)


def read_word(tmp_path, table):
    return read_document(tmp_path, Table(table))


@pytest.fixture(params=[read_text, read_workbook, read_word], ids=["text", "xlsx", "docx"])
def read(request, tmp_path):
    return lambda table: request.param(tmp_path, table)


def amounts(declaration):
    """One line per project: name, total, annual amount, unit."""
    return [
        f"{p['project_name']} {plain(p['total_amount'])} {plain(p['annual_amount'])}"
        f" {p['amount_unit']}"
        for p in declaration.projects.records()
    ]


@pytest.mark.parametrize(
    "above",
    [
        "单位：元", "（单位：元）", "单位（元）", "金额单位：人民币元", "单 位 ： 元",
        "单位： | 元", "单位 | 元", "（2026年度） | | | | 单位：元",
        "填报单位：元江县水务局 | | | | 单位：元",
        "填报单位：万元店灌区 | | | | 金额单位：元", "填报日期： | 2026年1月6日 | | | 单位：元",
        "填报单位： | 云川县水务局 | | 单位： | 元", "2026年度 单位：元 填报单位：云川县水务局",
    ],
)  # fmt: skip
def test_a_unit_above_the_form(read, above):
    declaration = read("项目支出绩效目标表\n" + form(above).lstrip("\n"))
    assert amounts(declaration) == ["渠道清淤项目 30 20 元"]
    assert declaration.amount_unit == "元"


@pytest.mark.parametrize(
    "table",
    [
        form(),
        form("填报单位：元江县水务局"),
        form("单位：元江县水务局"),
        form(indicator="户均补助（元）"),
        form(name="户均补助（元）"),
        form(name="补助资金（元）"),
        form("单位：万元", indicator="户均补助资金（元）"),
    ],
)
def test_what_is_no_unit_of_the_form(read, table):
    declaration = read(table)
    assert {p["amount_unit"] for p in declaration.projects.records()} == {"万元"}
    assert declaration.amount_unit == "万元"


@pytest.mark.parametrize(
    "table",
    [
        form(unit="（元）"),
        form(unit="(单位：元)"),
        form().replace("主管部门", "金额单位：元\n主管部门"),
        form().replace("其中：本级资金 |", "项目资金\\n（元） |"),
    ],
)
def test_a_unit_inside_the_form(read, table):
    assert amounts(read(table)) == ["渠道清淤项目 30 20 元"]


def test_a_label_that_states_another_unit_counts_and_is_said(read):
    declaration = read(form("单位：万元", total_unit="（元）", total="300000"))
    assert [p["total_amount"] for p in declaration.projects.records()] == [30]
    assert amounts(declaration)[0].endswith(" 20 万元")
    assert [line.split(" | ", 1)[1] for line in remarks(declaration)] == ["300000 | - | 0"]
    assert "按标签的单位读取" in declaration.remarks[0].text


def test_a_unit_behind_the_number(read):
    declaration = read(form("单位：元", total="280万元", annual="200000"))
    assert amounts(declaration) == ["渠道清淤项目 2800000 200000 元"]


@pytest.mark.parametrize(("unit", "total"), [("千元", "3"), ("百元", "0.3"), ("亿元", "300000")])
def test_a_unit_that_no_form_is_kept_in_is_converted(read, unit, total):
    (project,) = read(form(f"单位：{unit}")).projects.records()
    assert project["amount_unit"] == "万元"
    assert plain(project["total_amount"]) == total


def test_every_form_has_its_own_unit(read):
    declaration = read(
        form(name="渠道清淤项目")
        + form("单位：元", "闸门维修项目", total="300000", annual="200000")
        + form(name="泵站改造项目")
        + form("单位：万元", "机井维修项目", unit="（万元）")
    )
    assert amounts(declaration) == [
        "渠道清淤项目 30 20 万元",
        "闸门维修项目 300000 200000 元",
        "泵站改造项目 30 20 万元",
        "机井维修项目 30 20 万元",
    ]
    assert declaration.amount_unit == "万元"
    wrong = {"F02", "F03", "F04", "C01", "C02", "C03", "F06"}
    assert [f.rule for f in validate(declaration).findings if f.rule in wrong] == []


def test_the_units_outlive_import_and_publication(tmp_path, read):
    declaration = read(
        form(name="渠道清淤项目")
        + form("单位：元", "闸门维修项目", total="300000.5", annual="200000.5")
    )
    write_imported(declaration, tmp_path / "标准.xlsx", year=2026)
    write_publication([declaration], tmp_path / "公开.docx")
    for name in ("标准.xlsx", "公开.docx"):
        assert amounts(load(tmp_path / name)) == amounts(declaration)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("单位：万元", "30", ""), ("单位：元", "300000", "200000"), "30 20 万元"),
        (("单位：元", "300000", ""), ("单位：万元", "30", "20"), "300000 200000 元"),
        (("单位：元", "300000", ""), ("", "300000", "200000"), "300000 200000 元"),
        (("", "300000", ""), ("单位：元", "300000", "200000"), "300000 200000 元"),
    ],
)
def test_the_parts_of_a_project_in_two_units(read, first, second, expected):
    """One project on two pages, its annual amount on the second only."""
    pages = [form(above, total=total, annual=annual) for above, total, annual in (first, second)]
    declaration = read("".join(pages))
    assert amounts(declaration) == [f"渠道清淤项目 {expected}"]
    assert len(declaration.origins[0].parts) == 2
