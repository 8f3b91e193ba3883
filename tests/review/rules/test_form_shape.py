"""Labels, template version and the funding block (K02, K03, F06)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfgoals_xl.api import load, validate
from perfgoals_xl.declaration import RemarkKind
from tests.support.steps import PROJECT, filled, text_of, told


def found(path, *rules):
    return [told(f) for f in validate(path).findings if f.rule in rules]


def write(tmp_path, text):
    path = tmp_path / "原表.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "labels"),
    [
        ("\t项目期\t1年", "", "“项目期”"),
        ("项目属性\t", "一次性\t", "“项目属性”"),
        ("年度总体绩效目标\t", "补播\t", "“年度总体绩效目标”"),
        ("其中：年度资金总额\t280", "280", "“年度资金总额”"),
        ("\t自治区资金\t50", "\t配套\t50", "“自治区资金”"),
        ("\t结余结转资金\t15\n", "", "“结余结转资金”"),
    ],
)
def test_k02_names_the_label(tmp_path, old, new, labels):
    text = text_of()
    assert old in text
    review = validate(write(tmp_path, text.replace(old, new, 1)))
    assert [(f.severity.value, f.field) for f in review.findings if f.rule == "K02"] == [
        ("warning", "project")
    ]
    (message,) = [f.message for f in review.findings if f.rule == "K02"]
    assert message.startswith("表上找不到标签")
    assert labels.strip("“”") in message


def test_a_correct_form_has_its_labels(tmp_path):
    assert found(write(tmp_path, text_of()), "K02", "K03", "F06") == []
    assert found(filled(tmp_path, every_rule=True), "K02", "K03", "F06") == []


PLAIN = """\
2026年北岭县教育局项目支出绩效目标表
项目名称\t校舍维修项目
主管部门\t北岭县教育局\t实施单位\t北岭县第一中学
项目资金（万元）\t年度资金总额\t60
\t其中：财政拨款\t60
总体目标\t2026年维修校舍3栋，验收合格率100%。
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t维修校舍数量\t3栋
"""


def test_another_layout_lacks_nothing(tmp_path):
    assert found(write(tmp_path, PLAIN), "K02") == []


def test_a_label_that_the_other_forms_have_is_missing(tmp_path):
    forms = [PLAIN.replace("校舍维修", name) for name in ("校舍维修", "操场改造", "宿舍加固")]
    fourth = PLAIN.replace("校舍维修", "食堂改造").replace("\t实施单位\t北岭县第一中学", "")
    path = write(tmp_path, "\n".join([*forms, fourth]))
    assert [f.message for f in validate(path).findings if f.rule == "K02"] == [
        "表上找不到标签“实施单位”"
    ]


def test_a_sheet_without_the_name_is_told(tmp_path):
    path = filled(tmp_path, {"A4": "名  字"}, every_rule=True)
    review = validate(path)
    (finding,) = [f for f in review.findings if f.rule == "K02"]
    assert (finding.sheet, finding.field) == (PROJECT, "workbook")
    assert finding.message == f"工作表“{PROJECT}”像项目表，但没有“项目名称”标签，没有读取"


def test_another_template_version_is_told(tmp_path):
    from perfgoals_xl.api import load

    path = filled(tmp_path, every_rule=True)
    place = load(path).places["template_version"]
    path = filled(tmp_path, {f"{place.sheet}!{place.cell}": "0.9"}, every_rule=True)
    (finding,) = [f for f in validate(path).findings if f.rule == "K03"]
    assert (finding.severity.value, finding.sheet, finding.cell) == ("info", *place)
    assert finding.message == "工作簿的模板版本是 0.9，现行版本是 1"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "其中：年度资金总额\t280\n",
            "其中：年度资金总额\n\t\t\t280\n",
            "“280”填在年度资金总额的下一行，没有计入",
        ),
        ("自治区资金\t50", "自治区资金\t50\t7", "自治区资金后有两个数，第二个“7”没有计入"),
    ],
)
def test_f06(tmp_path, old, new, message):
    text = text_of()
    assert old in text
    review = validate(write(tmp_path, text.replace(old, new, 1)))
    (finding,) = [f for f in review.findings if f.rule == "F06"]
    assert finding.severity.value == "warning"
    assert finding.message.endswith(message.removeprefix("自治区资金"))


def test_a_number_without_label_is_told_at_its_cell(tmp_path):
    line = "\t其他资金\t5\t\t自治区资金\t50\n"
    text = text_of()
    assert line in text
    review = validate(write(tmp_path, text.replace(line, f"{line}\t\t\t\t\t12.0\n", 1)))
    (finding,) = [f for f in review.findings if f.rule == "F06"]
    assert (finding.cell, finding.message) == ("F14", "“12”没有标签，没有计入")


def test_what_a_remark_says_to_people_decides_nothing(tmp_path):
    text = text_of().replace("自治区资金\t50", "自治区资金\t50\t7", 1)
    declaration = load(write(tmp_path, text))
    reworded = tuple(replace(remark, text="换了说法") for remark in declaration.remarks)
    assert [remark.kind for remark in reworded] == [RemarkKind.SECOND]
    assert validate(replace(declaration, remarks=reworded)) == validate(declaration)
    silent = tuple(replace(remark, kind=RemarkKind.OTHER) for remark in reworded)
    assert [
        f for f in validate(replace(declaration, remarks=silent)).findings if f.rule == "F06"
    ] == []


def test_notes_are_no_amounts(tmp_path):
    text = text_of().replace(
        "成本指标\t指标1：草种", "注：按批复方案执行。\n\t成本指标\t指标1：草种", 1
    )
    assert found(write(tmp_path, text), "F06") == []
