"""What changed since, and the reasons, from the marked copy that is replaced."""

from __future__ import annotations

import json
import shutil

import pytest
from openpyxl import load_workbook

from perfgoals_xl.api import load
from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from tests.support.commands import digest, runner
from tests.support.steps import PROJECT, filled, text_of

FAULTS = {"满意度1": "≥80%", "时效1": "2027年7月底前"}


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def faulty_text():
    return text_of().replace("≥90%", "≥80%", 1).replace("2026年7月底前", "2027年7月底前")


def source_of(tmp_path, changes=FAULTS, name="申报.xlsx"):
    made = filled(tmp_path, changes, every_rule=True)
    path = tmp_path / name
    if path != made:
        shutil.move(made, path)
    return path


def checked(perfgoals, *call):
    """The counts of ``since`` and the answered findings, and what stands on standard error."""
    run = perfgoals("validate", *call, "--format", "json")
    assert run.code in (0, 1), run.err
    told = json.loads(run.out)
    since = told.get("since")
    reasons = {f["rule"]: f["waiver"] for f in told["findings"] if f["waiver"]}
    return (tuple(since.values()) if since else None), reasons, run.err


def edit(path, change):
    book = load_workbook(path)
    change(book)
    book.save(path)


def typed(book, rule="M01", text="往年如此"):
    """Type a reason against a rule's first finding, as staff do."""
    sheet = book[RESULTS_SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "说明" in row)
    column = head.index("说明") + 1
    at = next(n for n, row in enumerate(rows, 1) if rule in row)
    sheet.cell(at, column).value = text


def test_the_copy_knows_the_last_time(perfgoals, tmp_path):
    source, copy = source_of(tmp_path), tmp_path / "已校验.xlsx"
    assert checked(perfgoals, source, "-o", copy)[:2] == (None, {})
    assert checked(perfgoals, source, "-o", copy)[0] == (0, 0, 2)
    source = source_of(tmp_path, {"满意度1": "≥80%", "质量1": "很好"})
    solved, new, standing = checked(perfgoals, source, "-o", copy)[0]
    assert (solved, standing) == (1, 1)
    assert new > 0
    run = perfgoals("validate", source, "-o", copy)
    assert run.out.startswith(f"与上次校验相比：已解决 0 项，新增 0 项，仍有 {new + 1} 项。")


def test_reasons_typed_into_the_copy_are_in_the_new_copy_and_in_the_report(perfgoals, tmp_path):
    source, copy = source_of(tmp_path), tmp_path / "已校验.xlsx"
    checked(perfgoals, source, "-o", copy)
    edit(copy, typed)
    refused = perfgoals("validate", source, "-o", copy)
    assert refused.code == 2
    assert "--force" in refused.err
    since, reasons, _ = checked(perfgoals, source, "-o", copy, "--force")
    assert (since, reasons) == ((0, 0, 2), {"M01": "往年如此"})
    assert [reason.text for reason in load(copy).reasons] == ["往年如此"]


def test_a_reason_whose_finding_is_gone_is_told_and_kept(perfgoals, tmp_path):
    source, copy = source_of(tmp_path), tmp_path / "已校验.xlsx"
    checked(perfgoals, source, "-o", copy)
    edit(copy, typed)
    source = source_of(tmp_path, {"时效1": "2027年7月底前"})
    since, reasons, err = checked(perfgoals, source, "-o", copy, "--force")
    assert (since, reasons) == ((1, 0, 1), {})
    assert "的说明已没有对应的问题：往年如此" in err
    assert [reason.text for reason in load(copy).reasons] == ["往年如此"]


def test_a_sheet_was_renamed_and_rows_were_inserted(perfgoals, tmp_path):
    source, copy = source_of(tmp_path), tmp_path / "已校验.xlsx"
    checked(perfgoals, source, "-o", copy, "--reason", "M01=按批复执行")

    def change(book):
        book[PROJECT].insert_rows(1, 3)
        book[PROJECT].title = "草原"

    edit(copy, change)
    since, reasons, _ = checked(perfgoals, source, "-o", copy, "--force")
    assert (since, reasons) == ((0, 0, 2), {"M01": "按批复执行"})


def test_a_source_that_is_a_text_has_its_copy_too(perfgoals, tmp_path):
    source, copy = tmp_path / "原表.txt", tmp_path / "已校验.xlsx"
    source.write_text(faulty_text(), encoding="utf-8")
    _, first, _ = checked(perfgoals, source, "-o", copy, "--reason", "M01=按批复执行")
    assert first == {"M01": "按批复执行"}
    source.write_text("\n\n\n" + faulty_text(), encoding="utf-8")
    since, reasons, _ = checked(perfgoals, source, "-o", copy)
    assert since is not None
    assert since[:2] == (0, 0)
    assert reasons == {"M01": "按批复执行"}


def test_the_copy_itself_is_validated(perfgoals, tmp_path):
    source, copy = source_of(tmp_path), tmp_path / "已校验.xlsx"
    checked(perfgoals, source, "-o", copy)
    edit(copy, typed)
    assert checked(perfgoals, copy)[:2] == ((0, 0, 2), {"M01": "往年如此"})


def other_year(tmp_path):
    made = source_of(tmp_path, name="去年.xlsx")

    def change(book):
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = cell.value.replace("2026", "2025")
                    elif cell.value == 2026:
                        cell.value = 2025

    edit(made, change)
    return made


def other_projects(tmp_path):
    path = tmp_path / "别处.txt"
    path.write_text(
        faulty_text().replace("退化草原补播改良", "城区绿化").replace("林草", "城管"),
        encoding="utf-8",
    )
    return path


def a_summary(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active["A1"] = "别的表"
    path = tmp_path / "别的.xlsx"
    book.save(path)
    return path


def damaged(tmp_path):
    made = source_of(tmp_path, name="坏.xlsx")
    made.write_bytes(made.read_bytes()[:3000])
    return made


def no_workbook(tmp_path):
    path = tmp_path / "文字.xlsx"
    path.write_text("不是工作簿", encoding="utf-8")
    return path


@pytest.mark.parametrize("other", [other_year, other_projects])
def test_a_copy_of_something_else_says_nothing_of_what_changed(perfgoals, tmp_path, other):
    copy = tmp_path / "已校验.xlsx"
    assert checked(perfgoals, other(tmp_path), "-o", copy)[0] is None
    assert checked(perfgoals, source_of(tmp_path), "-o", copy)[0] is None


@pytest.mark.parametrize("other", [a_summary, damaged, no_workbook])
def test_a_file_that_is_no_copy_says_nothing(perfgoals, tmp_path, other):
    copy, source = other(tmp_path), source_of(tmp_path)
    before = digest(copy)
    assert perfgoals("validate", source, "-o", copy).code == 2
    assert digest(copy) == before
    assert checked(perfgoals, source, "-o", copy, "--force")[0] is None


def test_what_the_source_lists_itself_counts(perfgoals, tmp_path):
    source, first = source_of(tmp_path), tmp_path / "一.xlsx"
    checked(perfgoals, source, "-o", first)
    second = tmp_path / "二.xlsx"
    assert checked(perfgoals, source_of(tmp_path, {}), "-o", second)[0] is None
    # The first copy lists two findings, the copy that is replaced none.
    assert checked(perfgoals, first, "-o", second)[0] == (0, 0, 2)


def test_reasons_that_cannot_be_told_for_certain_keep_the_copy(perfgoals, tmp_path):
    source, copy = source_of(tmp_path), tmp_path / "已校验.xlsx"
    checked(perfgoals, source, "-o", copy)

    def change(book):
        typed(book)
        for row in book[RESULTS_SHEET].iter_rows():
            for cell in row:
                if cell.value == "说明":
                    cell.value = "备注"

    edit(copy, change)
    before = digest(copy)
    run = perfgoals("validate", source, "-o", copy, "--force")
    assert (run.code, digest(copy)) == (2, before)
    assert "没有替换这个文件" in run.err


def test_reasons_of_the_call_are_written_and_stay(perfgoals, tmp_path):
    source, copy = source_of(tmp_path), tmp_path / "已校验.xlsx"
    before = digest(source)
    _, reasons, err = checked(
        perfgoals,
        source,
        "-o",
        copy,
        "--reason",
        "M01=按批复执行",
        "--reason",
        f"{PROJECT}!D17=跨年",
    )
    assert reasons == {"M01": "按批复执行", "T02": "跨年"}
    assert "已给 1 项问题写上说明（M01）：按批复执行" in err
    assert digest(source) == before
    assert {(r.rule, r.text) for r in load(copy).reasons} == {
        ("M01", "按批复执行"),
        ("T02", "跨年"),
    }
    # Said again, or said otherwise: what is there stays.
    _, reasons, err = checked(perfgoals, source, "-o", copy, "--reason", "M01=别的理由")
    assert reasons == {"M01": "按批复执行", "T02": "跨年"}
    assert "M01 的 1 项问题都已有说明，没有改动" in err


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("--reason", "M01=按批复执行"), "请加 -o"),
        (("-o", "出.xlsx", "--reason", "M01"), "没有写全"),
        (("-o", "出.xlsx", "--reason", "M01=/"), "不是理由"),
        (("-o", "出.xlsx", "--reason", "Q99@D17=按批复执行"), "没有规则 Q99"),
    ],
)
def test_a_wrong_reason_writes_nothing(perfgoals, tmp_path, call, told):
    run = perfgoals("validate", source_of(tmp_path), *call)
    assert (run.code, run.out) == (2, "")
    (line,) = run.err.splitlines()
    assert told in line
    assert not (tmp_path / "出.xlsx").exists()
