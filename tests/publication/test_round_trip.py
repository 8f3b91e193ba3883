"""Any declaration that was read is the same after it was published and read again."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from perfgoals_xl.api import load
from perfgoals_xl.form.taxonomy import EDITIONS
from perfgoals_xl.publication.document import write_publication
from perfgoals_xl.publication.elements import printable
from perfgoals_xl.reading.assemble import assemble
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.sources.source import Source
from perfgoals_xl.workbooks.importing import write_imported
from tests.test_roundtrip import document, raw

DEPARTMENT = "云川县水务局"
TEXTS = st.one_of(
    st.none(),
    st.sampled_from(
        ["灌溉站", "<b>标记</b>", "图标🚰", "=1+1", "@甲", "长" * 180, "甲\n乙", "  前后空格 ",
         "甲\t乙", "甲\r\n乙", "甲\u3000乙", "甲\u200b乙", "甲\x07乙", "]]>&amp;<w:t>", "无",
         "/", "-", "〔2021〕83号", "1.5", "100%", "2026-01-01"]
    ),
    st.text(
        alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z")), max_size=12
    ).map("项".__add__),
)  # fmt: skip
AMOUNTS = st.sampled_from(
    [None, 0, "0", 12.5, "280.123456", "280.10", "1,234.5", "１２３．４５", "0.000001", "-3",
     "约5万", "待定", "5000元", "¥5", 123456789.123456, 1e15]
)  # fmt: skip
NAMES = st.sampled_from(
    ["指标1：清淤长度", "清理\n闸口", "2、完成率", "（1）巡查次数", "指标：合格率",
     "指标12：\n丙", "1.5米管道", "长" * 300, "图标🚰", "<b>甲</b>", "无", None]
)  # fmt: skip
VALUES = st.sampled_from(
    ["≥95%", "12座", "20万元", "2026年12月底前", "***", "无", "/", None, "0", "≥\n5", "２０％",
     12, 0.95, "准确率≥95%；完整性≥98%", "长" * 200, "2026-12-31"]
)  # fmt: skip
FUNDS = ("资金总额", "其中：财政拨款", "其他资金", "结余结转资金")
OTHER_FUNDS = ("资金总额", "其中：中央资金", "自治区资金", None)


@st.composite
def forms(draw, number):
    """The rows of a project form, as a reader meets them."""
    year = draw(st.sampled_from([2025, 2026]))
    amounts = [draw(AMOUNTS) for _ in range(9)]
    rows = [
        [f"{year}年{DEPARTMENT}部门项目支出预算绩效目标表"],
        [f"（{year}年度）"],
        [f"单位：{draw(st.sampled_from(['万元', '元']))}"],
        ["项目名称", None, f"{draw(TEXTS) or '渠道'}{number}"],
        ["主管部门", None, DEPARTMENT, "实施单位", draw(TEXTS)],
        ["项目属性", None, draw(TEXTS), "项目期", draw(TEXTS)],
        ["项目总额", None, amounts[7], "其中：年度资金总额", amounts[8]],
    ]
    for row, (left, right) in enumerate(zip(FUNDS, OTHER_FUNDS, strict=True)):
        first = ("其中：本级资金", "其中：转移市县（区）资金") if row == 0 else (None, None)
        value = amounts[row + 4] if right else None
        rows.append([first[0], left, amounts[row], first[1], right, value])
    rows.append(["年度总体绩效目标", None, draw(TEXTS)])
    noted = draw(st.booleans())
    rows.append(["一级指标", "二级指标", "三级指标", None, "指标值", *(["备注"] if noted else [])])
    above = None
    for level1, level2 in EDITIONS[draw(st.sampled_from(["2015", "2021"]))].groups:
        for line in range(draw(st.integers(1, 3))):
            # Some forms print level 1 in every row, and level 2 in the first of its rows only.
            level = None if level1 == above and draw(st.booleans()) else level1
            above = level1
            row = [level, None if line else level2, draw(NAMES), None, draw(VALUES)]
            rows.append([*row, draw(st.sampled_from([None, "按批复", "=甲"]))] if noted else row)
    return rows


def cleaned(value):
    """What a document can hold of a value."""
    if isinstance(value, dict):
        return {key: cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    return printable(value) if isinstance(value, str) else value


@given(st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_declaration_comes_back(tmp_path_factory, data):
    drawn = [data.draw(forms(number)) for number in range(data.draw(st.integers(1, 2)))]
    sheets = [Grid(f"项目{number}", rows) for number, rows in enumerate(drawn)]
    declaration = assemble(Source(Path("原表.xlsx"), "0" * 64, sheets))
    assume(len(declaration.projects) == len(drawn))
    path = tmp_path_factory.mktemp("published") / "公开.docx"
    write_publication([declaration], path)
    again = load(path)
    assert document(again) == cleaned(document(declaration))
    assert raw(again) == cleaned(raw(declaration))


LEVELS1 = st.sampled_from([None, "预算执行绩效目标", "资产管理绩效目标", "政府采购"])
LEVELS2 = st.sampled_from([None, "结转资金", "预算调剂", "资产配置"])
GOALS = st.sampled_from([None, "不发生预算追加", "=甲", "甲\n乙", "无", "100%", "社会效益"])
GOAL_VALUES = st.sampled_from([None, "≥75%", "0台", 0, "***"])


@st.composite
def department_rows(draw):
    """The rows of a department's form, any of its cells blank."""
    rows = [
        ["2026年云川县水务局部门整体支出预算绩效目标表"],
        ["部门名称及代码", f"{DEPARTMENT}（215001）"],
        ["部门职责绩效目标", draw(st.sampled_from([None, "保障供水。"]))],
        ["一级指标", "二级指标", "三级指标", None, None, "备注"],
        [None, None, "财政政策性绩效目标", "部门预算绩效目标", "部门指标值"],
    ]
    for _ in range(draw(st.integers(1, 5))):
        goals = [draw(GOALS), draw(GOALS), draw(GOAL_VALUES)]
        rows.append([draw(LEVELS1), draw(LEVELS2), *goals, draw(st.sampled_from([None, "按月"]))])
    return rows


@given(department_rows())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_a_department_table_comes_back(tmp_path_factory, rows):
    declaration = assemble(Source(Path("原表.xlsx"), "0" * 64, [Grid("部门整体", rows)]))
    assume(len(declaration.department_goals))
    folder = tmp_path_factory.mktemp("department")
    write_publication([declaration], folder / "公开.docx")
    write_imported(declaration, folder / "标准.xlsx", year=2026)
    for path in folder.iterdir():
        again = load(path)
        assert document(again) == document(declaration), path.name
        assert raw(again) == raw(declaration), path.name
