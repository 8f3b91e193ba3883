"""Declarations and the year's other forms stay apart: in one workbook, and over several sources."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_xl.addresses import Place
from perfgoals_xl.export import frames, to_json
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.joining.combining import combine
from perfgoals_xl.joining.settled_sources import join_sources
from perfgoals_xl.reading.assemble import load_declaration
from tests.reading.evaluation import layouts
from tests.reading.sheets import Sheet, write_workbook

DECLARED = Sheet(
    """
项目支出绩效目标表
（2027年度）
项目名称|古树名木保护|主管部门|青岚县林业和草原局
年度资金总额|120
年度绩效目标|挂牌保护古树40株，复壮12株。
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|挂牌保护古树|≥40株
""",
    "目标",
)


def names(declaration):
    return [row["project_name"] for row in declaration.projects.records()]


def evaluated(declaration):
    return [row["project_name"] for row in declaration.evaluated.evaluations.records()]


def test_only_the_declaration_is_a_project(tmp_path):
    book = write_workbook(tmp_path / "a.xlsx", layouts.STANDARD, DECLARED, layouts.POINTS)
    declaration = load_declaration(book)
    assert names(declaration) == ["古树名木保护"]
    assert declaration.projects.place(0, "project_name") == Place("目标", "B3")
    assert [row["target_value"] for row in declaration.indicators.records()] == ["≥40株"]
    assert evaluated(declaration) == ["古树名木保护", "乡村道路养护"]
    assert declaration.evaluated_projects == frozenset()
    # The year is the declaration's, whatever the evaluations are of.
    assert declaration.year == 2027
    years = [row["year"] for row in declaration.evaluated.evaluations.records()]
    assert years == [2026, 2025]


def test_an_evaluation_counts_before_the_monitoring_of_its_project(tmp_path):
    same = Sheet(layouts.MONITORING.table.replace("河道保洁", "古树名木保护", 1), "监控")
    book = write_workbook(tmp_path / "a.xlsx", same, layouts.STANDARD, layouts.TICKED)
    declaration = load_declaration(book)
    assert sorted(names(declaration)) == ["古树名木保护", "数字档案加工"]
    assert declaration.evaluated_projects == {0, 1}
    assert len(declaration.evaluated.monitorings) == 2


def test_a_declaration_in_another_source(tmp_path):
    declared = load_declaration(
        write_workbook(
            tmp_path / "目标.xlsx", Sheet(DECLARED.table.replace("2027", "2026"), "目标")
        )
    )
    report = load_declaration(
        write_workbook(tmp_path / "自评.xlsx", layouts.STANDARD, layouts.TICKED)
    )
    for order in ([declared, report], [report, declared]):
        joined = join_sources(order)
        assert sorted(n for one in joined.kept for n in names(one)) == [
            "古树名木保护",
            "数字档案加工",
        ]
        assert [n for one in joined.kept for n in evaluated(one)] == ["古树名木保护"]
        (note,) = joined.notes
        assert note == ("自评.xlsx 中有项目“古树名木保护”的自评表，项目以 目标.xlsx 的申报为准。")
        left = next(one for one in joined.kept if one.file.endswith("自评.xlsx"))
        assert left.evaluated_projects == {0}
        assert [row["project"] for row in left.indicators.records()] == [0, 0, 0]


def test_a_monitoring_is_no_older_version_of_the_evaluation(tmp_path):
    table = layouts.MONITORING.table.replace("河道保洁", "古树名木保护")
    table = table.replace("青岚县水利局", "青岚县林业和草原局")
    files = [
        write_workbook(tmp_path / f"{month}月.xlsx", Sheet(table.replace("1~7月", f"1~{month}月")))
        for month in (7, 9)
    ]
    files.append(write_workbook(tmp_path / "自评.xlsx", layouts.STANDARD))
    for order in (files, files[::-1]):
        joined = join_sources([load_declaration(path) for path in order])
        months = [
            row["month"] for one in joined.kept for row in one.evaluated.monitorings.records()
        ]
        assert sorted(months) == [7, 9]
        assert [n for one in joined.kept for n in evaluated(one)] == ["古树名木保护"]
        # The project counts once, as the evaluation has it.
        assert [n for one in joined.kept for n in names(one)] == ["古树名木保护"]
        assert sorted(joined.notes) == [
            f"{month}月.xlsx 中有项目“古树名木保护”的监控表，项目以 自评.xlsx 的自评表为准。"
            for month in (7, 9)
        ]


def test_projects_reported_alike_are_told_in_one_line(tmp_path):
    projects = [f"第{number}片古树保护" for number in range(5)]
    declared, report = (
        write_workbook(
            tmp_path / f"{name}.xlsx",
            *(Sheet(table.replace("古树名木保护", p).replace("2027", "2026"), p) for p in projects),
        )
        for name, table in (("目标", DECLARED.table), ("自评", layouts.STANDARD.table))
    )
    joined = join_sources([load_declaration(declared), load_declaration(report)])
    (note,) = joined.notes
    assert note == (
        "自评.xlsx 中有项目“第0片古树保护”“第1片古树保护”“第2片古树保护”等 5 个的自评表，"
        "项目以 目标.xlsx 的申报为准。"
    )


def test_of_two_versions_of_an_evaluation_one_counts(tmp_path):
    first = write_workbook(tmp_path / "a.xlsx", layouts.STANDARD, layouts.TICKED)
    changed = Sheet(layouts.STANDARD.table.replace("|41株|", "|43株|"), "古树")
    second = write_workbook(tmp_path / "b.xlsx", changed)
    joined = join_sources([load_declaration(first), load_declaration(second)])
    values = [
        row["actual_value"]
        for one in joined.kept
        for row in one.evaluated.evaluation_indicators.records()
    ]
    assert values[0] == "43株"
    assert len(values) == 5
    assert sum(len(one.evaluated.monitorings) for one in joined.kept) == 1


def test_several_sources_as_one(tmp_path):
    one = load_declaration(write_workbook(tmp_path / "a.xlsx", layouts.STANDARD))
    two = load_declaration(write_workbook(tmp_path / "b.xlsx", layouts.POINTS, layouts.MONITORING))
    both = combine([one, two])
    assert evaluated(both) == ["古树名木保护", "乡村道路养护"]
    forms = [row["form"] for row in both.evaluated.evaluation_indicators.records()]
    assert forms == [0] * 5 + [1] * 4
    assert both.evaluated.evaluation_indicators.place(5, "actual_value") == Place("养护", "E11")
    assert [row["form"] for row in both.evaluated.monitoring_funds.records()] == [0, 0, 0]
    assert both.evaluated_projects == {0, 1, 2}


LAYOUTS = ("STANDARD", "POINTS", "PAIRS", "TWO_ROWS", "MONITORING", "TICKED", "UNTITLED")


@settings(max_examples=6)
@given(st.lists(st.sampled_from(LAYOUTS), min_size=1, max_size=4, unique=True), st.booleans())
def test_every_row_is_exported_once(tmp_path_factory, chosen, declared):
    folder = tmp_path_factory.mktemp("a")
    sheets = [getattr(layouts, name) for name in chosen] + [DECLARED] * declared
    declaration = load_declaration(write_workbook(folder / "a.xlsx", *sheets))
    tables = frames([declaration])
    told = to_json([declaration])["declarations"][0]
    for table in EvaluationTable:
        head, _, part = table.value.partition("_")
        forms = told[f"{head.rstrip('s')}s"]
        rows = forms if not part else [row for form in forms for row in form[part]]
        assert len(rows) == len(declaration.evaluated.table(table))
        assert len(rows) == len(tables.get(table.value, ()))
        figures = ("executed", "score", "total_score", "execution_rate")
        for name in figures:
            if name in tables.get(table.value, {}):
                values = tables[table.value][name].dropna()
                assert sum(map(float, values)) == sum(row[name] or 0 for row in rows)


def monitored(name="古树名木保护"):
    """A 监控表 of the project that STANDARD evaluates."""
    table = layouts.TICKED.table.replace("数字档案加工", name)
    return Sheet(table.replace("061-青岚县档案局", "青岚县林业和草原局"), "监控")


def test_an_evaluation_is_no_version_of_the_monitoring_of_its_project(tmp_path):
    evaluation = load_declaration(write_workbook(tmp_path / "自评.xlsx", layouts.STANDARD))
    monitoring = load_declaration(write_workbook(tmp_path / "监控.xlsx", monitored()))
    for order in ([evaluation, monitoring], [monitoring, evaluation]):
        joined = join_sources(order)
        assert len(joined.kept) == 2
        # The project counts once, the forms are both there.
        assert [n for one in joined.kept for n in names(one)] == ["古树名木保护"]
        assert [len(one.evaluated.evaluations) for one in joined.kept].count(1) == 1
        assert [len(one.evaluated.monitorings) for one in joined.kept].count(1) == 1
        assert joined.notes == [
            "监控.xlsx 中有项目“古树名木保护”的监控表，项目以 自评.xlsx 的自评表为准。"
        ]


def test_of_two_monitorings_of_a_project_one_counts(tmp_path):
    changed = Sheet(monitored().table.replace("7月", "9月"), "监控")
    several = [
        load_declaration(write_workbook(tmp_path / name, sheet))
        for name, sheet in (("a.xlsx", monitored()), ("b.xlsx", changed))
    ]
    joined = join_sources(several)
    assert sum(len(one.evaluated.monitorings) for one in joined.kept) == 1


def test_both_forms_in_one_workbook_are_one_project(tmp_path):
    path = write_workbook(tmp_path / "两表.xlsx", layouts.STANDARD, monitored())
    joined = join_sources([load_declaration(path)])
    (kept,) = joined.kept
    assert (names(kept), joined.notes) == (["古树名木保护"], [])
    assert (len(kept.evaluated.evaluations), len(kept.evaluated.monitorings)) == (1, 1)
    # Those of two projects stay two.
    path = write_workbook(tmp_path / "两个.xlsx", layouts.STANDARD, layouts.TICKED)
    (kept,) = join_sources([load_declaration(path)]).kept
    assert len(names(kept)) == 2
