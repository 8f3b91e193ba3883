"""Lists with one row per project, and the department's own 自评表: read, or told plainly."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.errors import InputError
from perfgoals_xl.joining.settled_sources import join_sources
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.load import load
from perfgoals_xl.review.run import review
from perfgoals_xl.workbooks.summarising import write_consolidation
from tests.reading.evaluation import layouts
from tests.reading.sheets import Sheet, write_workbook

LIST = Sheet(
    """
2026年度青岚县林业和草原局项目支出绩效自评情况汇总表
金额单位：万元
序号|项目名称|年初预算数|全年预算数|全年执行数|执行率|自评得分|自评等级|偏差原因及改进措施
1|古树名木保护|120|118.5|112.4|94.85%|96.16|优|两株濒危，移至来年春季实施
2|湿地巡护|35|35|33|94.29%|98|优|
3|防火物资储备|60|60|41|68.33%|78.5|中|招标流标，设备款未支付
合计||215|213.5|186.4|87.31%|||
""",
    "汇总",
)
TWO_ROWS = Sheet(
    """
附件3
部门项目支出绩效自评结果汇总表
（2026年度）
填报单位：青岚县林业和草原局||||||||单位：万元
序号|项目名称|项目主管部门|预算资金||||自评情况||备注
|||年初预算|调整后预算（A）|执行数（B）|执行率（B/A）|得分|等次|
1|古树名木保护|青岚县林业和草原局|120|118.5|112.4|94.85%|96.16|优|
2|湿地巡护|青岚县林业和草原局|35|35|33|94.29%|98|优|
""",
    "表",
    merges=("D5:G5", "H5:I5"),
)
POINTS_ALONE = Sheet(
    """
2026年项目支出绩效自评得分一览表
项目编码|项目名称|项目单位|自评得分|评价等级|存在问题
P001|古树名木保护|县林木站|96.16|优|无
P002|湿地巡护|湿地中心|98|优|
""",
    "一览",
)
MONITORED = Sheet(
    """
2026年1-7月项目支出绩效运行监控情况汇总表
单位：万元
序号|项目名称|年初预算数|全年预算数|1-7月执行数|执行率|全年预计执行数|完成目标可能性|偏差原因分析
1|古树名木保护|120|118.5|62|52.3%|118|确定能|
2|湿地巡护|35|35|11|31.4%|33|有可能|护林员招聘推迟
""",
    "监控汇总",
)
UNTITLED = Sheet(
    """
序号|项目名称|年初预算数|全年预算数|执行数|执行率|自评得分|等级|主要偏差
1|古树名木保护|120|118.5|112.4|94.85%|96.16|优|
2|湿地巡护|35|35|33|94.29%|98|优|
""",
    "Sheet1",
)
LEVELS = Sheet(
    """
2026年度项目绩效自评汇总表（单位：万元）
序号|项目名称|实施单位|预算数|执行数|预算执行率得分|产出指标得分|效益指标得分|满意度指标得分|总分|评价等次
1|古树名木保护|县林木站|118.5|112.4|9.49|46.67|30|10|96.16|优
2|湿地巡护|湿地中心|35|33|9.43|50|28.57|10|98|优
""",
    "汇总2",
)
DEPARTMENT = Sheet(
    """
部门整体支出绩效自评表
（2026年度）
部门名称||青岚县林业和草原局|||||
年度预算（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额|2150|2230|2188|10|98.1%|9.8
|其中：基本支出|1200|1230|1230|||
|项目支出|950|1000|958|||
年度总体目标|预期目标|||实际完成情况|||
|完成造林1.2万亩，管护天然林20万亩。|||完成造林1.22万亩，管护天然林20万亩。|||
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|造林面积|≥1.2万亩|1.22万亩|30|30|
|质量指标|造林成活率|≥85%|88%|30|30|
效益指标|生态效益|森林覆盖率|≥32%|32.4%|20|20|
满意度指标|服务对象满意度|林农满意度|≥90%|93%|10|10|
总分|||||100|99.8|
""",
    "整体",
)


def said(row, *names):
    return tuple(str(row[name]) if isinstance(row[name], Decimal) else row[name] for name in names)


MONEY = ("initial_budget", "annual_budget", "executed", "execution_rate")
READ = {
    "list": (LIST, ["120 118.5 112.4 94.85", "35 35 33 94.29", "60 60 41 68.33"],
             ["96.16 优", "98 优", "78.5 中"]),
    "two rows of headings": (TWO_ROWS, ["120 118.5 112.4 94.85", "35 35 33 94.29"],
                             ["96.16 优", "98 优"]),
    "points alone": (POINTS_ALONE, ["None None None None"] * 2, ["96.16 优", "98 优"]),
    "without a title": (UNTITLED, ["120 118.5 112.4 94.85", "35 35 33 94.29"],
                        ["96.16 优", "98 优"]),
    "points of levels": (LEVELS, ["None 118.5 112.4 None", "None 35 33 None"],
                         ["96.16 优", "98 优"]),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_row_is_an_evaluation(name, tmp_path):
    sheet, money, scores = READ[name]
    read = load(write_workbook(tmp_path / "汇总.xlsx", sheet))
    forms = read.evaluated.evaluations.records()
    assert [form["project_name"] for form in forms][:2] == ["古树名木保护", "湿地巡护"]
    assert [" ".join(str(v) for v in said(form, *MONEY)) for form in forms] == money
    assert [" ".join(said(form, "total_score", "grade")) for form in forms] == scores
    assert len(read.evaluated.evaluation_indicators) == len(read.indicators) == 0
    assert read.evaluated_projects == frozenset(range(len(forms)))
    # That there are no indicators is told, once.
    missing = [one.text for one in read.account if one.kind is RemarkKind.MISSING]
    assert missing == [f"这是一行一个项目的汇总表，没有指标（共 {len(forms)} 个项目）"]
    assert [one for one in read.account if one.kind is RemarkKind.UNREAD] == []


def test_every_value_has_its_cell(tmp_path):
    read = load(write_workbook(tmp_path / "汇总.xlsx", LIST))
    table = read.evaluated.evaluations
    places = {name: table.place(1, name).cell for name in (*MONEY, "total_score", "grade")}
    assert places == {"initial_budget": "C5", "annual_budget": "D5", "executed": "E5",
                      "execution_rate": "F5", "total_score": "G5", "grade": "H5"}  # fmt: skip
    assert table.records()[2]["execution_reason"] == "招标流标，设备款未支付"
    assert (read.year, read.amount_unit) == (2026, "万元")


def test_what_such_a_list_has_wrong_is_found_at_its_cell(tmp_path):
    table = LIST.table.replace("招标流标，设备款未支付", "").replace("94.29%", "99.9%")
    found = review(load(write_workbook(tmp_path / "汇总.xlsx", Sheet(table, "汇总")))).findings
    told = {(one.rule, one.cell) for one in found}
    assert {("Z06", "F5"), ("Z16", "F6")} <= told, found
    right = review(load(write_workbook(tmp_path / "对.xlsx", LIST))).findings
    assert right == ()


def test_the_list_of_a_monitoring(tmp_path):
    read = load(write_workbook(tmp_path / "监控.xlsx", MONITORED))
    forms = read.evaluated.monitorings.records()
    assert [said(f, "month", "executed", "forecast_executed") for f in forms] == [
        (7, "62", "118"), (7, "11", "33"),
    ]  # fmt: skip
    assert forms[1]["execution_reason"] == "护林员招聘推迟"
    assert len(read.evaluated.evaluations) == 0


def test_the_summary_tells_of_them(tmp_path):
    write_consolidation(
        [load(write_workbook(tmp_path / "汇总.xlsx", LIST))], tmp_path / "部门汇总.xlsx"
    )
    sheet = openpyxl.load_workbook(tmp_path / "部门汇总.xlsx", data_only=True)["项目自评汇总"]
    assert [sheet.cell(row, 2).value for row in (4, 5, 6)] == [
        "古树名木保护", "湿地巡护", "防火物资储备",
    ]  # fmt: skip


def test_a_list_beside_the_forms_adds_nothing(tmp_path):
    read = load(write_workbook(tmp_path / "自评.xlsx", LIST, layouts.STANDARD))
    assert [f["project_name"] for f in read.evaluated.evaluations.records()] == ["古树名木保护"]
    assert read.evaluated.evaluations.records()[0]["sheet"] == layouts.STANDARD.name


def test_the_departments_own_evaluation_is_told_plainly(tmp_path):
    read = load(write_workbook(tmp_path / "整体.xlsx", DEPARTMENT))
    assert len(read.projects) == len(read.evaluated.evaluations) == 0
    assert [g["target_value"] for g in read.department_goals.records()] == [
        "≥1.2万亩", "≥85%", "≥32%", "≥90%",
    ]  # fmt: skip
    told = [one.text for one in read.remarks if "部门整体支出的自评表" in one.text]
    assert len(told) == 1
    assert {one.kind for one in read.account} <= {RemarkKind.KNOWN, RemarkKind.UNREAD}
    assert not [
        one for one in read.account if one.kind is RemarkKind.UNREAD and one not in read.remarks
    ]
    # Beside a 自评表 of a project it takes nothing from it.
    both = load(write_workbook(tmp_path / "两表.xlsx", DEPARTMENT, layouts.STANDARD))
    assert len(both.evaluated.evaluations) == len(both.projects) == 1


NEAR = {
    "execution of the budget": """
2026年预算执行情况表
项目名称|预算数|执行数|执行率
古树名木保护|118.5|112.4|94.85%
""",
    "points of persons": """
2026年考核得分表
姓名|部门|得分|等级
张三|县林木站|96|优
""",
    "a plan": """
2026年绩效自评工作安排
项目名称|责任人|完成时间
古树名木保护|县林木站|3月
""",
    "goods": """
采购项目评分表
项目名称|供应商|报价得分|技术得分
苗木采购|某公司|30|55
""",
    "blank": """
2026年度项目支出绩效自评情况汇总表
项目名称|全年预算数|全年执行数|自评得分|等级
||||
""",
}


@pytest.mark.parametrize("name", NEAR)
def test_what_is_no_such_list(name, tmp_path):
    path = write_workbook(tmp_path / "表.xlsx", Sheet(NEAR[name], "Sheet1"))
    assert len(load_declaration(path).projects) == 0
    with pytest.raises(InputError):
        load(path)


OF_DEPARTMENT = "项目名称|主管部门|"


def test_a_list_in_another_file_gives_way_to_the_form(tmp_path):
    """Whichever is newer or first: the form has the indicators."""
    table = LIST.table.replace("项目名称|", OF_DEPARTMENT).replace("合计|", "合计||")
    for name in ("古树名木保护", "湿地巡护", "防火物资储备"):
        table = table.replace(f"{name}|", f"{name}|青岚县林业和草原局|")
    listed = load_declaration(write_workbook(tmp_path / "汇总.xlsx", Sheet(table, "汇总")))
    form = load_declaration(write_workbook(tmp_path / "自评.xlsx", layouts.STANDARD))
    for order in ([listed, form], [form, listed]):
        joined = join_sources(order)
        told = [
            (one["project_name"], one["sheet"])
            for kept in joined.kept
            for one in kept.evaluated.evaluations.records()
        ]
        assert sorted(told) == [
            ("古树名木保护", "古树"), ("湿地巡护", "汇总"), ("防火物资储备", "汇总"),
        ]  # fmt: skip
        assert sum(len(kept.evaluated.evaluation_indicators) for kept in joined.kept) == 5
        assert sum(len(kept.projects) for kept in joined.kept) == 3
        assert joined.notes == [
            "项目“古树名木保护”在 汇总.xlsx 和 自评.xlsx 中都有，"
            "以有指标的 自评.xlsx 为准，只计一次。"
        ]


def test_headings_merged_down(tmp_path):
    merges = ("A5:A6", "B5:B6", "C5:C6", "D5:G5", "H5:I5", "J5:J6")
    read = load(write_workbook(tmp_path / "汇总.xlsx", Sheet(TWO_ROWS.table, "表", merges=merges)))
    forms = read.evaluated.evaluations.records()
    assert [said(form, "annual_budget", "executed", "total_score") for form in forms] == [
        ("118.5", "112.4", "96.16"), ("35", "33", "98"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("主要产出和效果", True),
        ("完成情况", True),
        ("取得的成效", True),
        ("主要绩效", True),
        ("项目效益情况", True),
        ("绩效目标", False),
        ("产出指标", False),
        ("备注", False),
    ],
)
def test_what_a_project_brought_is_kept(heading, told, tmp_path):
    table = LIST.table.replace("自评等级|", f"自评等级|{heading}|").replace(
        "|优|", "|优|放苗9万尾|"
    )
    table = table.replace("|中|", "|中|储备点3处|")
    forms = load(write_workbook(tmp_path / "a.xlsx", Sheet(table, "汇总"))).evaluated.evaluations
    results = [form["actual_result"] for form in forms.records()]
    assert results == (["放苗9万尾", "放苗9万尾", "储备点3处"] if told else [None] * 3)
