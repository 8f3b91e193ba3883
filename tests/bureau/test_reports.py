"""自评表 and 监控表 in the bureau's book: their rows, totals, lists, and what stays in memory."""

from __future__ import annotations

import gc
import pickle
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.bureau.account import Account
from perfgoals_xl.bureau.consolidation import consolidate_departments
from perfgoals_xl.bureau.digest import Digest, digest
from perfgoals_xl.bureau.settling import Settled
from perfgoals_xl.bureau.source_files import source_files
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from tests.bureau.reports import declared, evaluation, monitoring, write_reports
from tests.bureau.test_consolidation import READ_AT, consolidated, rows
from tests.reading.evaluation import layouts
from tests.support.commands import runner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("in_this_process")

EVALUATED, MONITORED = "部门自评汇总", "部门监控汇总"
SHEETS = {EVALUATED, MONITORED, "项目自评汇总", "指标完成情况", "监控情况", "指标监控"}


def fill(folder: Path) -> Path:
    """Departments with one, two and three forms, in 元, without points, and an unreadable file."""
    write_reports(
        folder / "1林草.xlsx",
        evaluation(),
        evaluation("湿地巡护", why="", total="总分||||||100|70.5", grade="评价等级|良好"),
    )
    write_reports(folder / "2教育.xlsx", layouts.PAIRS)
    write_reports(
        folder / "3水利.xlsx",
        evaluation("河道保洁", "青岚县水利局", total="总分||||||100|", grade="评价等级|"),
        evaluation("渠道清淤", "青岚县水利局", funds="60|60||10||", grade="评价等级|"),
        evaluation("水库除险", "青岚县水利局", total="总分||||||100|50", grade="评价等级|差"),
    )
    (folder / "4坏.xlsx").write_bytes(b"no workbook")
    write_reports(folder / "5监控.xlsx", monitoring(), monitoring("林区防火"))
    write_reports(folder / "6监控.xlsx", monitoring("灌区维护", "青岚县水利局", month=9))
    return folder


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("a") / "县")


def made(folder: Path, output: Path, **options: Any) -> Path:
    consolidate_departments(source_files([folder]), output, read_at=READ_AT, jobs=1, **options)
    return output


@pytest.fixture(scope="module")
def book(county: Path) -> Path:
    return made(county, county.parent / "总.xlsx")


def by_number(path: Path, sheet: str) -> dict[object, dict[str, object]]:
    return {row["序号"]: row for row in rows(path, sheet)}


def test_a_row_for_every_file_with_evaluations(book: Path) -> None:
    found = by_number(book, EVALUATED)
    # A file that could not be read may be one of them: nothing is declared here.
    assert list(found) == [1, 2, 3, 4, "合　计"]
    heads = ("项目数", "年初预算数", "全年预算数", "全年执行数", "平均分", "最低分",
             "优", "良", "中", "差", "指标数", "达标", "未达标", "缺原因")  # fmt: skip
    said = {number: tuple(row[head] for head in heads) for number, row in found.items()}
    assert said == {
        1: (2, 240, 237, 224.8, 83.33, 70.5, 1, 1, 0, 0, 10, 8, 2, 1),
        # In 元 on the form, and graded by its total.
        2: (1, None, 86, 81.7, 98.25, 98.25, 1, 0, 0, 0, 3, 2, 1, 0),
        # One without a total has no grade; one without what was spent has no rate.
        3: (3, 300, 297, 224.8, 73.08, 50, 1, 0, 0, 1, 15, 12, 3, 0),
        4: (None,) * 14,
        "合　计": (6, 540, 620, 531.3, 82.21, 50, 3, 1, 0, 1, 28, 22, 6, 1),
    }
    rates = [found[number]["执行率"] for number in (1, 2, 3, "合　计")]
    spent = 224.8 + 81.7 + 224.8
    assert rates == pytest.approx([224.8 / 237, 0.95, 224.8 / 237, spent / (237 + 86 + 237)])
    assert "1 个项目没有总分，不计入平均分" in str(found[3]["备注"])
    assert "1 个项目以元填报，已换算为万元" in str(found[2]["备注"])
    assert str(found[4]["备注"]).startswith("无法读取：")
    assert found[1]["备注"] is None


def test_findings_are_those_of_family_z(book: Path, county: Path) -> None:
    found, told = by_number(book, EVALUATED), rows(book, "校验结果")
    for number, name in ((1, "1林草.xlsx"), (2, "2教育.xlsx"), (3, "3水利.xlsx")):
        own = [f for f in validate(county / name).findings if f.rule.startswith("Z")]
        for label, severity in (("错误", "error"), ("警告", "warning")):
            count = sum(f.severity == severity for f in own)
            assert found[number][label] == count
            listed = [r for r in told if r["部门序号"] == number and r["级别"] == label]
            assert sum(str(r["规则"]).startswith("Z") for r in listed) == count
    assert found["合　计"]["错误"]
    per_form = [row["错误"] for row in rows(book, "项目自评汇总") if row["部门序号"] == 1]
    assert per_form[0] == 0 < per_form[1]


def test_lists_name_every_form_and_indicator(book: Path) -> None:
    forms, results = rows(book, "项目自评汇总"), rows(book, "指标完成情况")
    assert [row["项目名称"] for row in forms] == [
        *("古树名木保护", "湿地巡护", "校园饮水设施改造", "河道保洁", "渠道清淤", "水库除险"),
    ]
    assert [(row["评价等级"], row["等级依据"]) for row in forms] == [
        *(("优", "表中所写"), ("良", "表中所写"), ("优", "按总分")),
        *((None, None), ("优", "按总分"), ("差", "表中所写")),
    ]
    assert [row["自评序号"] for row in results] == [1] * 5 + [2] * 5 + [3] * 3 + [
        n for n in (4, 5, 6) for _ in range(5)
    ]
    lacking = [(row["项目"], row["三级指标"]) for row in results if row["原因"] == "缺"]
    assert lacking == [("湿地巡护", "复壮古树")]
    assert results[1]["得分率"] == pytest.approx(16.67 / 20)
    assert (results[1]["工作表"], results[1]["单元格"]) == ("古树名木保护", "E15")
    thresholds = "优 ≥ 90，良 ≥ 80，中 ≥ 60，差 < 60"
    workbook = openpyxl.load_workbook(book)
    assert thresholds in workbook[EVALUATED]["A2"].value
    assert thresholds in workbook["项目自评汇总"]["A2"].value


def test_a_row_for_every_file_with_monitoring(book: Path) -> None:
    found = by_number(book, MONITORED)
    assert list(found) == [5, 6, "合　计"]
    heads = ("监控月份", "项目数", "1~N月执行数", "绿灯", "黄灯", "红灯", "蓝灯", "指标数",
             "黄灯指标", "红灯指标", "预计未达标", "缺原因")  # fmt: skip
    # 3 of 12 trees is red with a reason; of two bad forecasts one has none.
    said = {number: tuple(row[head] for head in heads) for number, row in found.items()}
    assert said == {
        5: (7, 2, 120, 0, 0, 2, 0, 10, 0, 2, 4, 2),
        6: (9, 1, 60, 0, 0, 1, 0, 5, 0, 1, 2, 1),
        "合　计": (None, 3, 180, 0, 0, 3, 0, 15, 0, 3, 6, 3),
    }
    assert found[6]["执行率"] == pytest.approx(60 / 118.5)
    progress = rows(book, "指标监控")
    assert [row["预警"] for row in progress[:5]] == ["蓝灯", "红灯", None, "绿灯", "绿灯"]
    assert [row["预计达标"] for row in progress[:5]] == ["是", "否", "是", "是", "否"]
    assert [row["原因"] for row in progress[:5]] == [None, None, None, None, "缺"]


def test_the_cover_tells_scores_and_grades(book: Path) -> None:
    sheet = openpyxl.load_workbook(book, data_only=True)["封面"]
    told = {line[0]: line[1:3] for line in sheet.iter_rows(values_only=True)}
    assert sheet["A1"].value == "2024年、2026年\n各部门项目支出绩效自评和监控汇总表"
    assert told["平均分"][0] == 82.21
    assert told["评价等级"] == (
        "优 3，良 1，中 0，差 1",
        "优 ≥ 90，良 ≥ 80，中 ≥ 60，差 < 60",
    )
    assert told["项目预警"][0] == "绿灯 0，黄灯 0，红灯 3，蓝灯 0"
    assert told["自评年度不一致"][0] == "2024年 1 个文件、2026年 2 个文件"
    assert {EVALUATED, MONITORED, "指标监控"} <= set(told)


def test_links_lead_to_the_first_form(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    for sheet, cell, target, place in (
        (EVALUATED, "A4", "县/1林草.xlsx", "'古树名木保护'!C4"),
        (MONITORED, "A5", "县/6监控.xlsx", "'灌区维护监控'!B3"),
    ):
        link = workbook[sheet][cell].hyperlink
        assert (link.target.replace("\\", "/"), link.location) == (target, place)


def test_formulas_are_live(book: Path, county: Path, tmp_path: Path, office: Any) -> None:
    """What is written is what LibreOffice computes, in one list, over several, and sorted."""
    small = made(county, tmp_path / "小.xlsx", max_rows=6)
    assert "指标完成情况(5)" in openpyxl.load_workbook(small).sheetnames
    for path in (book, small):
        formulas = openpyxl.load_workbook(path)
        stored = openpyxl.load_workbook(path, data_only=True)
        with office.open(path) as document:
            document.recalculate()
            assert document.error_cells() == []
            for sheet in (EVALUATED, MONITORED, "封面"):
                cells = [c for line in formulas[sheet].iter_rows() for c in line]
                live = [c.coordinate for c in cells if c.data_type == "f"]
                assert len(live) > 20
                for cell in live:
                    value, was = document.value(sheet, cell), stored[sheet][cell].value
                    same = was if isinstance(was, str) else pytest.approx(was)
                    assert (value or was) == same or value == was or not (value or was), cell
            if path == small:
                continue
            heads = [cell.value for cell in stored[EVALUATED][3]]
            columns = {head: stored[EVALUATED].cell(4, n).column_letter
                       for n, head in enumerate(heads, start=1)}  # fmt: skip
            # The rows of the lists in another order: the worst form now is the first file's.
            for row, number in ((5, 3), (9, 1)):
                document.set_value("项目自评汇总", f"B{row}", number)
            for row, number in ((4, 2), (14, 1)):
                document.set_value("指标完成情况", f"B{row}", number)
            document.set_value("项目自评汇总", "M4", 90)
            document.recalculate()
            assert document.error_cells() == []
            shown = {h: document.value(EVALUATED, f"{columns[h]}4") for h in heads[4:21]}
            assert (shown["项目数"], shown["平均分"], shown["最低分"]) == (2, 70, 50)
            assert (shown["优"], shown["良"], shown["差"]) == (1, 0, 1)
            assert shown["执行率"] == pytest.approx(224.8 / 237)
            assert (shown["指标数"], shown["达标"]) == (10, 8)
            assert document.value(EVALUATED, f"{columns['最低分']}8") == 50
            assert document.value(EVALUATED, f"{columns['备注']}8") in ("", None)
            # A form under a number that is no file's is told.
            document.set_value("项目自评汇总", "B4", 99)
            document.recalculate()
            told = document.value(EVALUATED, f"{columns['备注']}8")
            assert told == "有表的部门序号不在上面，没有计入"


def test_valid(county: Path, tmp_path: Path, validate_ooxml: Callable[[Path], list[Any]]) -> None:
    assert validate_ooxml(made(county, tmp_path / "小.xlsx", max_rows=6)) == []


@pytest.mark.parametrize(
    ("sheets", "there"),
    [
        ((declared(),), set()),
        ((evaluation(),), {EVALUATED, "项目自评汇总", "指标完成情况"}),
        ((monitoring(),), {MONITORED, "监控情况", "指标监控"}),
        ((declared(), evaluation(), monitoring()), SHEETS),
    ],
)
def test_sheets_are_there_for_what_there_is(
    tmp_path: Path, sheets: tuple[Any, ...], there: set[str]
) -> None:
    write_reports(tmp_path / "县" / "a.xlsx", *sheets)
    names = openpyxl.load_workbook(consolidated(tmp_path / "县", tmp_path / "总.xlsx")).sheetnames
    assert set(names) & SHEETS == there
    assert names[:2] == ["封面", "部门汇总"]


@pytest.mark.parametrize(("together", "year"), [(True, 2027), (False, 2026), (False, 2027)])
def test_declared_and_evaluated_count_once(tmp_path: Path, together: bool, year: int) -> None:
    folder = tmp_path / "县"
    own = (declared(year=year), evaluation(), monitoring())
    if together:
        write_reports(folder / "a.xlsx", *own)
    else:
        for number, sheet in enumerate(own):
            write_reports(folder / f"{number}.xlsx", sheet)
    # Another's that only evaluates is none of the declared ones either.
    write_reports(folder / "z.xlsx", evaluation("河道保洁", "青岚县水利局"))
    book = consolidated(folder, tmp_path / "总.xlsx")
    *departments, total = rows(book, "部门汇总")
    assert (total["项目数"], total["年度资金总额"], total["指标数"]) == (1, 120, 1)
    assert [row["项目名称"] for row in rows(book, "项目汇总")] == ["古树名木保护"]
    assert "只有自评表或监控表，项目和资金不计入本表" in str(departments[-1]["备注"])
    assert all("金额都计入了合计" not in str(row["备注"]) for row in departments)
    evaluated = rows(book, EVALUATED)
    assert [row["项目数"] for row in evaluated] == [1, 1, 2]
    assert evaluated[-1]["全年执行数"] == 224.8
    assert [row["项目数"] for row in rows(book, MONITORED)] == [1, 1]
    cover = openpyxl.load_workbook(book, data_only=True)["封面"]
    assert cover["A1"].value == f"{year}年\n各部门项目支出绩效目标汇总表"


def test_the_command_tells_what_was_read(tmp_path, monkeypatch, capsys):
    run = runner(monkeypatch, capsys, tmp_path)
    write_reports(tmp_path / "县" / "a.xlsx", evaluation(), evaluation("湿地巡护"))
    write_reports(tmp_path / "县" / "b.xlsx", monitoring("河道保洁", "青岚县水利局"))
    told = run("consolidate", tmp_path / "县", "-o", tmp_path / "总.xlsx")
    assert told.code == 0
    assert "2 个部门，2 个文件，3 个项目，2 份自评表，1 份监控表。" in told.err


def test_a_year_that_is_not_the_others_is_told(tmp_path: Path) -> None:
    for number, year in enumerate((2026, 2025, 2026)):
        sheet = evaluation(owner=f"青岚县第{number}局", year=year)
        write_reports(tmp_path / "县" / f"{number}.xlsx", sheet)
    found = rows(consolidated(tmp_path / "县", tmp_path / "总.xlsx"), EVALUATED)
    assert [row["备注"] for row in found] == [
        None, "2025 年的自评，其他文件多为 2026 年，请核对", None, None,
    ]  # fmt: skip


def test_the_grade_follows_the_settings_of_the_form(tmp_path: Path) -> None:
    from dataclasses import replace

    from perfgoals_xl.bureau.report_marks import marks_of
    from perfgoals_xl.form.evaluation.scoring import DEFAULT_SCORING
    from perfgoals_xl.reading.assemble import load_declaration

    sheet = evaluation(total="总分||||||100|86", grade="评价等级|")
    read = load_declaration(write_reports(tmp_path / "a.xlsx", sheet)).evaluated
    strict = replace(DEFAULT_SCORING, grades=tuple(map(Decimal, (95, 87, 70))))
    for scoring, grade in ((None, "良"), (strict, "中")):
        marks = marks_of(replace(read, scoring=scoring), "a.xlsx")
        assert marks[EvaluationTable.EVALUATIONS] == [(grade, "按总分")]


def test_processes_write_the_same_bytes(county: Path, tmp_path: Path, book: Path) -> None:
    other = county.parent / "又.xlsx"
    consolidate_departments(source_files([county]), other, read_at=READ_AT, jobs=2)
    assert other.read_bytes() == book.read_bytes()


def test_what_stays_of_a_file_does_not_grow_with_its_forms(tmp_path: Path) -> None:
    sizes = []
    for forms in (1, 30):
        sheets = [evaluation(f"第{n}项养护", "青岚县水利局") for n in range(forms)]
        read = digest(str(write_reports(tmp_path / f"{forms}.xlsx", *sheets)))
        line = Account().take(read)
        assert line.reports[EvaluationTable.EVALUATIONS].forms == forms
        sizes.append((len(pickle.dumps(read)), len(pickle.dumps(line))))
    (little, least), (much, most) = sizes
    assert much > 15 * little
    assert most < least + 200


def test_no_more_digests_are_in_memory_than_are_settled_at_once(tmp_path: Path) -> None:
    def made() -> Any:
        own = digest(str(write_reports(tmp_path / "a.xlsx", evaluation())))
        for number in range(60):
            name = f"青岚县第{number}局"
            yield Digest(**{**vars(own), "sha256": str(number), "department": name})

    def alive() -> int:
        return sum(isinstance(one, Digest) for one in gc.get_objects())

    gc.collect()
    before = alive()  # what other tests of this process keep
    settled = Settled(made(), tmp_path, numbered=True)
    assert settled.forms == {EvaluationTable.EVALUATIONS}
    assert not settled.declares
    seen = []
    for number, _ in enumerate(settled):
        if number % 20 == 0:
            seen.append(alive() - before)
    assert max(seen) <= 3


def test_what_was_not_reviewed_has_no_count_of_findings(tmp_path: Path) -> None:
    write_reports(tmp_path / "县" / "a.xlsx", evaluation(owner="青岚县水利局", why=""))
    write_reports(tmp_path / "县" / "乙" / "b.xlsx", evaluation(why=""))
    (tmp_path / "县" / "乙" / "perfgoals.toml").write_text("[rules.M01]\nthreshold = 'viel'\n")
    book = consolidated(tmp_path / "县", tmp_path / "总.xlsx")
    second, first, total = rows(book, EVALUATED)
    assert rows(book, "部门汇总")[1]["状态"] == "未校验"
    assert (first["错误"], first["警告"], first["缺原因"]) == (None, None, 1)
    assert str(first["备注"]).startswith("未校验：")
    assert second["警告"] == total["警告"] == 1


def test_a_summary_of_ours_is_none_of_the_evaluations(tmp_path: Path) -> None:
    """Its lists may read like what they were made from."""
    write_reports(tmp_path / "县" / "a.xlsx", evaluation())
    path = write_reports(tmp_path / "县" / "b.xlsx", evaluation("湿地巡护", "青岚县水利局"))
    workbook = openpyxl.load_workbook(path)
    workbook.create_sheet("项目汇总")
    workbook.properties.creator = "perfgoals-xl"
    workbook.save(path)
    consolidated(tmp_path / "县", tmp_path / "县" / "c.xlsx")
    for _ in range(2):
        book = consolidated(tmp_path / "县", tmp_path / "总.xlsx")
        first, *_, total = rows(book, EVALUATED)
        assert first["项目数"] == total["项目数"] == 1
    assert [row["状态"] for row in rows(book, "部门汇总")[1:3]] == ["汇总表", "汇总表"]
