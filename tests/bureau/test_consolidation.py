"""The bureau's book: what is in it, whatever the files, the engine and the end of the program."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import perfgoals_xl as pg
from perfgoals_xl.api import load, validate
from perfgoals_xl.bureau import consolidation
from perfgoals_xl.bureau.consolidation import consolidate_departments
from perfgoals_xl.bureau.source_files import source_files
from perfgoals_xl.declaration import Reason
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.fields import AMOUNT_FIELDS, label_of
from tests.bureau.departments import (
    UNREADABLE,
    department_text,
    good_bytes,
    write_county,
    write_text,
    write_unreadable,
    write_workbook,
)
from tests.support.commands import listing
from tests.support.steps import OTHER_PROJECT, PROJECT

pytestmark = pytest.mark.usefixtures("in_this_process")

READ_AT = dt.datetime(2026, 3, 2, 9, 30)


def consolidated(folder: Path, output: Path, **options: object) -> Path:
    consolidate_departments(source_files([folder]), output, read_at=READ_AT, **options)
    return output


def rows(path: Path, sheet: str) -> list[dict[str, object]]:
    """The lines of a list of the book, by header."""
    lines = list(openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))
    header = [str(name) for name in lines[2]]
    return [dict(zip(header, line, strict=True)) for line in lines[3:]]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Eight departments, one of them twice, one of them copied, and files of no use."""
    folder = write_county(tmp_path / "县", 8)
    more = write_text(folder / "2局（补报）.txt", "青岚县第2局", more=50)
    # Other projects of the same department.
    text = more.read_text(encoding="utf-8")
    for name in (PROJECT, OTHER_PROJECT):
        text = text.replace(name, f"{name}（二期）")
    more.write_text(text, encoding="utf-8")
    (folder / "3局 副本.txt").write_bytes((folder / "3局.txt").read_bytes())
    write_unreadable(folder)
    return folder


def test_a_row_for_every_file_and_all_projects_and_indicators(county, tmp_path):
    book = consolidated(county, tmp_path / "汇总.xlsx")
    *departments, total = rows(book, "部门汇总")
    assert len(departments) == 8 + 2 + UNREADABLE
    read = [row for row in departments if row["状态"] in ("可报送", "退回")]
    assert [row["文件"] for row in read] == [
        *("1局.txt", "2局.txt", "2局（补报）.txt", "3局 副本.txt"),
        *("4局.xlsx", "5局.txt", "6局.txt", "7局.txt", "8局.xlsx"),
    ]
    projects, indicators = rows(book, "项目汇总"), rows(book, "指标明细")
    assert (total["项目数"], total["指标数"]) == (len(projects), len(indicators)) == (18, 198)
    for row, file in zip(read, (county / str(row["文件"]) for row in read), strict=True):
        declaration = load(file)
        own = [line for line in projects if line["部门序号"] == row["序号"]]
        assert [line["项目名称"] for line in own] == list(
            declaration.projects.values["project_name"]
        )
        for name in AMOUNT_FIELDS:
            amounts = [a for a in declaration.projects.values[name] if isinstance(a, Decimal)]
            expected = float(sum(amounts)) if amounts else None
            assert row[label_of(name)] == expected, (file, name)
        targets = [line["指标值"] for line in indicators if line["部门序号"] == row["序号"]]
        assert targets == list(declaration.indicators.values["target_value"])


def test_findings_and_states_are_those_of_validate(county, tmp_path):
    (county / "9局.txt").write_text(
        department_text("青岚县第9局").replace("指标1：补播改良面积", "指标1：").replace("≥80%", "")
    )
    book = consolidated(county, tmp_path / "汇总.xlsx")
    findings = rows(book, "校验结果")
    for row in rows(book, "部门汇总")[:-1]:
        if row["状态"] not in ("可报送", "退回"):
            assert row["错误"] is row["项目数"] is None
            continue
        review = validate(county / str(row["文件"]))
        told = [line for line in findings if line["部门序号"] == row["序号"]]
        assert [(line["规则"], line["单元格"], line["问题"]) for line in told] == [
            (f.rule, f.cell, f.message) for f in review.findings
        ]
        assert (row["错误"], row["警告"], row["提示"]) == tuple(review.counts.values())
        assert row["状态"] == ("退回" if review.has_open_errors else "可报送")


def test_what_is_not_counted_says_why(county, tmp_path):
    book = consolidated(county, tmp_path / "汇总.xlsx")
    by_file = {row["文件"]: row for row in rows(book, "部门汇总")}
    for path in county.glob("坏*"):
        row = by_file[path.name]
        assert row["状态"] == "无法读取"
        with pytest.raises(InputError) as raised:
            load(path)
        assert str(row["备注"]).startswith(raised.value.message)
    copy = by_file["3局.txt"]
    assert (copy["状态"], copy["年度资金总额"]) == ("重复", None)
    assert copy["备注"] == "与序号 4（3局 副本.txt）内容相同，没有再计入"
    assert "另有序号 3 的文件" in str(by_file["2局.txt"]["备注"])
    assert "另有序号 2 的文件" in str(by_file["2局（补报）.txt"]["备注"])
    told = " ".join(
        str(cell.value) for line in openpyxl.load_workbook(book)["封面"] for cell in line
    )
    assert f"等 {UNREADABLE} 个" not in told
    assert "3局.txt" in told
    assert "2局（补报）.txt" in told
    sources = rows(book, "数据来源")
    assert [row["结果"] for row in sources].count("无法读取") == UNREADABLE
    assert all(len(str(row["SHA-256"])) == 64 for row in sources)


def test_totals_are_live_and_those_of_independent_sums(county, tmp_path, office, validate_ooxml):
    book = consolidated(county, tmp_path / "汇总.xlsx")
    assert validate_ooxml(book) == []
    declared = [
        load(path) for path in county.iterdir() if "坏" not in path.name and "副本" not in path.name
    ]
    annual = sum(sum(d.projects.values["annual_amount"]) for d in declared)
    lines = rows(book, "部门汇总")
    total = f"H{len(lines) + 3}"
    with office.open(book) as document:
        before = document.value("部门汇总", total)
        document.recalculate()
        assert document.error_cells() == []
        assert document.value("部门汇总", total) == before == float(annual)
        assert document.value("封面", "B10") == float(annual)
        # What was written for programs that do not calculate is what the formulas give.
        for number, row in enumerate(lines, start=4):
            for column, header in zip("EFGHIJKLMNOPQRST", list(row)[4:20], strict=True):
                shown = document.value("部门汇总", f"{column}{number}")
                assert shown in (row[header], row[header] or ""), (number, header)
        # Rows that were sorted count as before.
        sorted_from = {name: document.value("部门汇总", name) for name in ("H4", "H5", "E4", "Q4")}
        for column in "BJ":
            one, other = (document.value("项目汇总", f"{column}{row}") for row in (4, 6))
            document.set_value("项目汇总", f"{column}4", other)
            document.set_value("项目汇总", f"{column}6", one)
        for column in "BD":
            one, other = (document.value("校验结果", f"{column}{row}") for row in (4, 8))
            put = document.set_value if column == "B" else document.set_text
            put("校验结果", f"{column}4", other)
            put("校验结果", f"{column}8", one)
        document.recalculate()
        assert document.value("校验结果", "B4") != document.value("校验结果", "B5")
        assert sorted_from == {name: document.value("部门汇总", name) for name in sorted_from}
        assert document.value("部门汇总", f"U{len(lines) + 3}") in ("", None)
        # A blank is not a zero, nor is a text.
        document.set_text("项目汇总", "J6", "")
        document.set_text("项目汇总", "J5", "待定")
        document.recalculate()
        assert document.value("部门汇总", "H4") in ("", None)
        assert document.value("部门汇总", "P4") == 2
        # A project under a number that is no department's is told.
        document.set_value("项目汇总", "B20", 99)
        document.recalculate()
        told = document.value("部门汇总", f"U{len(lines) + 3}")
        assert told == "有项目的部门序号不在上表，没有计入"


def test_a_reason_makes_a_department_ready(tmp_path, office):
    folder = tmp_path / "县"
    folder.mkdir()
    (folder / "a.txt").write_text(department_text().replace("≥80%", ""))
    book = consolidated(folder, tmp_path / "汇总.xlsx")
    assert rows(book, "部门汇总")[0]["状态"] == "退回"
    findings = rows(book, "校验结果")
    with office.open(book) as document:
        for number, row in enumerate(findings, start=4):
            if row["级别"] == "错误":
                document.set_text("校验结果", f"M{number}", "已说明")
        document.recalculate()
        assert document.value("部门汇总", "T4") == "可报送"
        assert document.value("封面", "B20") == "1 个文件"


@pytest.mark.slow
def test_every_engine_writes_the_same_bytes(county, tmp_path):
    made = {
        name: consolidated(county, tmp_path / "汇总.xlsx", **options).read_bytes()
        for name, options in (
            ("here", {"jobs": 1}),
            ("processes", {"jobs": 3}),
            ("dask", {"jobs": 2, "engine": "dask"}),
        )
    }
    assert made["here"] == made["processes"] == made["dask"]


@pytest.mark.parametrize("size", [1, 3, 100])
def test_how_files_are_put_together_shows_nowhere(county, tmp_path, monkeypatch, size):
    from perfgoals_xl.bureau import source_files

    as_usual = consolidated(county, tmp_path / "汇总.xlsx").read_bytes()
    monkeypatch.setattr(source_files, "_BATCH", size)
    monkeypatch.setattr(source_files, "_SHARES", 0.001)
    monkeypatch.setattr(consolidation, "_TOGETHER", size)
    assert consolidated(county, tmp_path / "汇总.xlsx").read_bytes() == as_usual


@pytest.mark.exhaustive
def test_a_list_longer_than_a_sheet_goes_on_on_the_next(county, tmp_path, office, validate_ooxml):
    book = consolidated(county, tmp_path / "汇总.xlsx", max_rows=60)
    whole = consolidated(county, tmp_path / "全.xlsx")
    assert validate_ooxml(book) == []
    names = openpyxl.load_workbook(book).sheetnames
    parts = [name for name in names if name.startswith("指标明细")]
    assert parts == ["指标明细", "指标明细(2)", "指标明细(3)", "指标明细(4)"]
    assert [row for name in parts for row in rows(book, name)] == rows(whole, "指标明细")
    small = consolidated(county, tmp_path / "小.xlsx", max_rows=10)
    with office.open(small) as document:
        document.recalculate()
        assert document.error_cells() == []
        for number, row in enumerate(rows(whole, "部门汇总"), start=4):
            for column, header in (("E", "项目数"), ("H", "年度资金总额"), ("Q", "错误")):
                shown = document.value("部门汇总", f"{column}{number}")
                assert shown in (row[header], row[header] or "")


def test_yuan_are_converted_and_said(tmp_path):
    folder = tmp_path / "县"
    folder.mkdir()
    text = department_text().replace("单位：万元", "单位：元").replace("\t280", "\t2800000.01")
    (folder / "a.txt").write_text(text)
    write_text(folder / "b.txt", "青岚县水务局")
    book = consolidated(folder, tmp_path / "汇总.xlsx")
    first = rows(book, "部门汇总")[0]
    assert first["年度资金总额"] == 280.000001 + 0.0036
    assert "2 个项目以元填报，已换算为万元" in str(first["备注"])


def test_a_setting_that_cannot_be_understood_costs_the_review_alone(tmp_path):
    folder = tmp_path / "县"
    folder.mkdir()
    write_text(folder / "a.txt", "青岚县水务局")
    (folder / "乙").mkdir()
    write_text(folder / "乙" / "b.txt", "青岚县民政局")
    (folder / "乙" / "perfgoals.toml").write_text("[rules.M01]\nthreshold = 'viel'\n")
    book = consolidated(folder, tmp_path / "汇总.xlsx")
    states = [(row["文件"], row["状态"], row["项目数"]) for row in rows(book, "部门汇总")[:-1]]
    assert states[1:] == [("乙/b.txt", "未校验", 2)]


def test_a_text_too_long_for_a_cell_costs_its_file_alone(tmp_path):
    folder = tmp_path / "县"
    folder.mkdir()
    long = department_text("青岚县水务局").replace("植被盖度提高5个百分点。", "植被" * 20_000)
    (folder / "a.txt").write_text(long)
    write_text(folder / "b.txt", "青岚县民政局")
    book = consolidated(folder, tmp_path / "汇总.xlsx")
    first, second, _ = rows(book, "部门汇总")
    assert (first["状态"], second["状态"]) == ("无法读取", "可报送")
    assert "单元格 B15：一段文字有 40028 个字" in str(first["备注"])


@pytest.mark.parametrize("where", ["a rule", "the review", "the reading"])
def test_a_fault_of_ours_costs_its_file_alone(county, tmp_path, monkeypatch, where):
    from perfgoals_xl.reading import load
    from perfgoals_xl.review import run

    def failing(whole):
        def planted(first, *rest, **options):
            for one in first if isinstance(first, list) else [first]:
                if str(getattr(one, "file", one)).endswith("5局.txt"):
                    raise ZeroDivisionError("planted")
            return whole(first, *rest, **options)

        return planted

    def failing_case(case):
        if case.collector.declaration.file.endswith("5局.txt"):
            fault = run.RuleFault("P01", case.collector.declaration.file)
            fault.__cause__ = ZeroDivisionError("planted")
            return fault
        return finished(case)

    finished = run._Case.finished
    monkeypatch.setenv("HOME", str(tmp_path))
    if where == "a rule":
        monkeypatch.setattr(run._Case, "finished", failing_case)
    elif where == "the review":
        monkeypatch.setattr(run, "review_each", failing(run.review_each))
    else:
        monkeypatch.setattr(load, "load", failing(load.load))
    book = consolidated(county, tmp_path / "汇总.xlsx", jobs=1)
    by_file = {row["文件"]: row for row in rows(book, "部门汇总")}
    assert by_file["5局.txt"]["状态"] == "无法读取"
    assert [row["文件"] for row in rows(book, "部门汇总") if row["状态"] == "无法读取"] != []
    log = next((tmp_path / ".perfgoals" / "logs").iterdir())
    assert "程序内部出错（ZeroDivisionError）" in str(by_file["5局.txt"]["备注"])
    assert str(log) in str(by_file["5局.txt"]["备注"])
    told = [name for name, row in by_file.items() if "程序内部" in str(row["备注"])]
    assert told == ["5局.txt"]


def test_our_own_books_among_the_files_are_no_fault(tmp_path):
    folder = write_county(tmp_path / "县", 2)
    consolidated(folder, folder / "总表.xlsx")
    book = consolidated(folder, tmp_path / "汇总.xlsx")
    by_file = {row["文件"]: row for row in rows(book, "部门汇总")}
    assert by_file["总表.xlsx"]["状态"] == "汇总表"
    assert list(by_file) == ["1局.txt", "2局.txt", "总表.xlsx", None]


def test_totals_of_many_decimals_are_exact(tmp_path, office):
    folder = tmp_path / "县"
    folder.mkdir()
    for name, amount in (("水务", "316.1234567"), ("民政", "0.00000008")):
        text = department_text(f"青岚县{name}局").replace("\t280", f"\t{amount}")
        (folder / f"{name}.txt").write_text(text)
    book = consolidated(folder, tmp_path / "汇总.xlsx")
    total = rows(book, "部门汇总")[-1]["年度资金总额"]
    assert total == float(Decimal("316.1234567") + Decimal("0.00000008") + 72)
    with office.open(book) as document:
        document.recalculate()
        assert document.value("部门汇总", "H6") == total


def test_sorting_the_departments_takes_their_hidden_columns_along(county, tmp_path):
    sheet = openpyxl.load_workbook(consolidated(county, tmp_path / "汇总.xlsx"))["部门汇总"]
    first, last = sheet.auto_filter.ref.split(":")
    assert (first, last.rstrip("0123456789")) == ("A3", "AA")
    assert [sheet[f"{column}4"].value[:9] for column in "WX"] == ["=IF(COUNT"] * 2
    hidden = sheet.column_dimensions["W"]
    assert (hidden.hidden, hidden.min, hidden.max) == (True, 23, 27)
    assert "$W4=1" in sheet["H4"].value


def test_files_that_are_none_and_giants_cost_their_row(tmp_path, monkeypatch):
    folder = write_county(tmp_path / "县", 1)
    os.mkfifo(folder / "管道.xlsx")
    with (folder / "光盘.iso").open("wb") as giant:
        giant.truncate(300 * 1024 * 1024)
    book = consolidated(folder, tmp_path / "汇总.xlsx")
    told = {row["文件"]: str(row["备注"]) for row in rows(book, "部门汇总")}
    assert "超过 200 MB" in told["光盘.iso"]
    assert "不是普通文件" in told["管道.xlsx"]


def test_a_department_of_many_files_names_a_few(tmp_path):
    folder = tmp_path / "县"
    folder.mkdir()
    for number in range(9):
        write_text(folder / f"{number}.txt", more=number)
    told = str(rows(consolidated(folder, tmp_path / "汇总.xlsx"), "部门汇总")[0]["备注"])
    assert told.startswith("同一部门同一年度另有序号 2、3、4、5、6 等 8 个文件")


def test_a_name_in_another_encoding_is_no_fault(tmp_path):
    folder = write_county(tmp_path / "县", 1)
    named = os.fsencode(folder) + "/水务局".encode("gbk") + b".xlsx"
    with open(named, "wb") as file:  # noqa: PTH123
        file.write(good_bytes())
    book = consolidated(folder, tmp_path / "汇总.xlsx")
    read = rows(book, "部门汇总")[:-1]
    assert [row["项目数"] for row in read] == [2, 2], [row["备注"] for row in read]


def test_nothing_readable_is_told_and_nothing_written(tmp_path):
    folder = tmp_path / "县"
    folder.mkdir()
    write_unreadable(folder)
    with pytest.raises(InputError, match=f"{UNREADABLE} 个文件都不能读出"):
        consolidated(folder, tmp_path / "汇总.xlsx")
    (tmp_path / "一个").mkdir()
    (tmp_path / "一个" / "空.xlsx").touch()
    with pytest.raises(InputError, match="文件是空的") as raised:
        consolidated(tmp_path / "一个", tmp_path / "汇总.xlsx")
    assert str(raised.value.file).endswith("空.xlsx")
    assert not (tmp_path / "汇总.xlsx").exists()


def test_an_output_that_cannot_be_written_is_told_before_the_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(consolidation, "digests", None)
    folder = write_county(tmp_path / "县", 1)
    with pytest.raises(InputError, match="输出文件夹不存在"):
        consolidated(folder, tmp_path / "没有" / "汇总.xlsx")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("how", "engine"),
    [
        (signal.SIGKILL, "processes"),
        (signal.SIGTERM, "processes"),
        (signal.SIGINT, "processes"),
        (signal.SIGKILL, "dask"),
    ],
)
def test_killed_in_the_middle_it_leaves_nothing_behind(tmp_path, how, engine):
    folder = write_county(tmp_path / "县", 60)
    scratch, out = tmp_path / "临时", tmp_path / "出"
    scratch.mkdir()
    out.mkdir()
    (out / "汇总.xlsx").write_text("上一次的")
    before = listing(folder)
    command = [sys.executable, "-m", "perfgoals_xl", "consolidate", str(folder)]
    command += ["-o", str(out / "汇总.xlsx"), "--jobs", "2", "--engine", engine]
    environment = os.environ | {"TMPDIR": str(scratch)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process:
        # The lists are written once the first file has been read.
        while process.poll() is None and not written(scratch):
            time.sleep(0.02)
        process.send_signal(how)
        process.communicate(timeout=60)
    assert process.returncode != 0
    for _ in range(100):
        if not list(scratch.iterdir()):
            break
        time.sleep(0.1)
    assert listing(scratch) == []
    assert listing(out) == ["汇总.xlsx"]
    assert (out / "汇总.xlsx").read_text() == "上一次的"
    assert listing(folder) == before


def written(scratch: Path) -> bool:
    return any(path.stat().st_size > 10_000 for path in scratch.glob("perfgoals-*/*"))


@pytest.mark.exhaustive
@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")
def test_memory_does_not_grow_with_the_number_of_files(tmp_path):
    peaks = []
    for files in (20, 120):
        folder = tmp_path / str(files)
        folder.mkdir()
        for number in range(files):
            write_text(folder / f"{number}.txt", f"青岚县第{number}局", more=number)
        peaks.append(peak_of_main(folder, tmp_path / f"{files}.xlsx"))
    # A line for each file is kept, and that is all: a hundred files are less than 2 MB.
    assert peaks[1] - peaks[0] < 2_000, peaks


def peak_of_main(folder: Path, output: Path) -> int:
    """The peak memory, in KiB, of the process that writes the book."""
    program = (
        "import sys; from pathlib import Path\n"
        "from perfgoals_xl.bureau.consolidation import consolidate_departments\n"
        "from perfgoals_xl.bureau.source_files import source_files\n"
        "if __name__ == '__main__':\n"
        "    files = source_files([Path(sys.argv[1])])\n"
        "    consolidate_departments(files, Path(sys.argv[2]), jobs=2)\n"
        "    status = Path('/proc/self/status').read_text()\n"
        "    print(status.split('VmHWM:')[1].split()[0])\n"
    )
    path = output.with_suffix(".py")
    path.write_text(program)
    run = subprocess.run(
        [sys.executable, str(path), str(folder), str(output)],
        check=True,
        capture_output=True,
        text=True,
    )
    return int(run.stdout)


def test_links_lead_to_the_first_project_of_the_department(tmp_path):
    folder = tmp_path / "县"
    folder.mkdir()
    path = write_workbook(folder / "水务.xlsx", "青岚县水务局")
    book = consolidated(folder, tmp_path / "汇总.xlsx")
    link = openpyxl.load_workbook(book)["部门汇总"]["A4"].hyperlink
    place = load(path).projects.place(0, "project_name")
    assert link.target.replace("\\", "/") == "县/水务.xlsx"
    assert link.location == f"'{place.sheet}'!{place.cell}"


def test_the_real_samples_in_one_book(shared_seeds, tmp_path, office, validate_ooxml):
    book = tmp_path / "汇总.xlsx"
    consolidate_departments(list(shared_seeds), book, read_at=READ_AT)
    assert validate_ooxml(book) == []
    *departments, total = rows(book, "部门汇总")
    assert [(row["年度"], row["项目数"], row["指标数"]) for row in departments] == [
        (2026, 18, 218),
        (2024, 22, 379),
    ]
    declared = [load(path) for path in shared_seeds]
    for header, name in ((label_of(n), n) for n in AMOUNT_FIELDS):
        amounts = [a for d in declared for a in d.projects.values[name] if isinstance(a, Decimal)]
        assert total[header] == float(sum(amounts))
    with office.open(book) as document:
        document.recalculate()
        assert document.error_cells() == []


def test_from_a_notebook(county, tmp_path):
    outcome = pg.consolidate_departments([county], tmp_path / "汇总.xlsx")
    assert len(outcome.lines) == 8 + 2 + UNREADABLE
    assert len(outcome.counted) == 9
    assert outcome.departments == 8
    faults = [line.reason for line in outcome.lines if line.state == "无法读取"]
    assert len(faults) == UNREADABLE
    assert all(faults)
    assert len(rows(tmp_path / "汇总.xlsx", "部门汇总")) == len(outcome.lines) + 1


def test_a_reason_whose_finding_is_gone_is_listed(tmp_path, monkeypatch):
    from perfgoals_xl.reading import load as loading

    declaration = load(write_text(tmp_path / "a.txt", "青岚县水务局"))
    place = declaration.projects.place(0, "project_name")
    reason = Reason("F01", "表", "退化草原补播改良项目", "", "没有填写", "已另行说明", place)
    monkeypatch.setattr(
        loading, "load", lambda source, **_: replace(declaration, reasons=(reason,))
    )
    consolidate_departments([tmp_path / "a.txt"], tmp_path / "汇总.xlsx", jobs=1)
    *_, last = rows(tmp_path / "汇总.xlsx", "校验结果")
    assert (last["级别"], last["说明"]) == ("已消除", "已另行说明")
    assert rows(tmp_path / "汇总.xlsx", "部门汇总")[0]["状态"] == "可报送"
