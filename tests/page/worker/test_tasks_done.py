"""The tasks of the worker, done here: whatever a file does, it is told and the others are read."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import openpyxl
import pytest

from perfgoals_xl.page.tasks import Task
from perfgoals_xl.page.worker import dropped_work, tasks_done
from perfgoals_xl.resources import EXAMPLE_SOURCE, example_path
from perfgoals_xl.review.run import RuleFault
from tests.support.steps import filled


@pytest.fixture
def done(tmp_path, monkeypatch):
    """Does a check of the files in a folder; the result, or the fault of the whole."""
    folder = tmp_path / "set" / "files"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path))
    told = []

    def check(*names, **options):
        output = folder.parent / "result.json"
        task = Task(None, str(folder), names, str(output), {"language": "zh", **options})
        event = tasks_done.do(task, told.append)
        if event.kind == "failed":
            return event.text
        return json.loads(output.read_bytes())

    check.folder, check.told = folder, told
    return check


def put(done, name, **changes):
    """A file of one department, of a project of its own."""
    own = {"project_name": f"{name}号项目", "annual_goal": f"完成{name}号工作", **changes}
    filled(done.folder, own).rename(done.folder / f"{name}.xlsx")
    return f"{name}.xlsx"


def faults(told):
    return {source["name"]: source["fault"] for source in told["sources"]}


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (MemoryError(), "内存不足"),
        (OSError(5, "Input/output error"), "磁盘读写出错"),
        (ZeroDivisionError(), "程序内部出错（ZeroDivisionError）"),
        (RecursionError(), "程序内部出错（RecursionError）"),
    ],
)
def test_what_happens_with_one_file_is_told_of_that_one(done, monkeypatch, error, line):
    first, second, third = put(done, "1"), put(done, "2"), put(done, "3")
    read = dropped_work.load_declaration

    def load(path, **options):
        if path.name == second:
            raise error
        return read(path, **options)

    monkeypatch.setattr(dropped_work, "load_declaration", load)
    told = faults(done(first, second, third))
    assert (told[first], told[third]) == (None, None)
    assert line in told[second]
    assert "/set/files" not in told[second].replace(str(done.folder.parents[1]), "")


def test_a_file_that_another_one_takes_the_place_of_is_told(done):
    """It must not look as if it could be handed in."""
    first, other = put(done, "a"), put(done, "b")
    copied = shutil.copy(done.folder / first, done.folder / "a 副本.xlsx").name
    newer = put(done, "c", project_name="a号项目", annual_goal="完成a号工作，并验收")
    os.utime(done.folder / newer, (4e9, 4e9))
    broken = done.folder / "d.xlsx"
    broken.write_bytes(b"")

    def left_out(*names):
        return {source["name"]: source["left_out"] for source in done(*names)["sources"]}

    assert left_out(first, copied)[copied] == f"与“{first}”内容相同，只计一次"
    told = left_out(first, newer)
    assert told[newer] is None
    assert told[first].startswith(f"与“{newer}”是同一份申报")
    assert set(left_out(first, other, broken.name).values()) == {None}
    assert left_out(broken.name) == {broken.name: None}


def test_a_setting_that_nobody_understands_costs_its_file(done):
    good = put(done, "1")
    bad = put(done, "2", **{"规则 F02 启用": "也许"})
    told = done(good, bad)
    assert faults(told)[good] is None
    assert "工作表“校验规则”" in faults(told)[bad]
    assert {finding["file"] for finding in told["review"]["findings"]} <= {good}
    assert [source["name"] for source in told["sources"]] == [good, bad]


def test_a_rule_of_ours_that_fails_on_a_file_costs_that_one(done, monkeypatch):
    good, bad = put(done, "1"), put(done, "2")
    check = tasks_done.review_sources.check

    def failing(work):
        if any(declaration.file == bad for declaration in work.read):
            raise RuleFault("F02", bad) from KeyError("x")
        return check(work)

    monkeypatch.setattr(tasks_done.review_sources, "check", failing)
    told = faults(done(good, bad))
    assert (told[good], told[bad][:17]) == (None, "程序内部出错（KeyError），"[:17])


def test_a_fault_of_ours_in_the_whole_is_one_line(done, monkeypatch):
    monkeypatch.setattr(tasks_done, "result", lambda *given: 1 / 0)
    told = done(put(done, "1"))
    assert told.startswith("程序内部出错（ZeroDivisionError），您的文件没有改动。")


def test_hidden_forms_count_when_that_was_asked(done):
    name = put(done, "1")
    book = openpyxl.load_workbook(done.folder / name)
    for sheet in book.worksheets[1:]:
        sheet.sheet_state = "hidden"
    book.save(done.folder / name)
    [without] = done(name)["sources"]
    [counted] = done(name, include_hidden=True)["sources"]
    assert (without["forms"]["projects"], counted["forms"]["projects"]) == (0, 2)
    assert "没有计入" in without["notes"][0]
    assert "已按要求计入" in counted["notes"][0]


def test_what_is_done_is_told_as_it_goes_on(done):
    names = [put(done, "1"), put(done, "2")]
    done(*names)
    doing = [event.text for event in done.told if event.kind == "doing"]
    assert doing[-1] == "正在校验"
    assert {f"正在读取 {name}" for name in names} <= set(doing)
    steps = [(event.done, event.of) for event in done.told if event.kind == "progress"]
    assert steps == [(0, 2), (1, 2), (2, 2)]


def test_the_files_are_only_read(done):
    name = put(done, "1")
    path = done.folder / name
    path.chmod(0o400)
    before = path.read_bytes(), path.stat().st_mtime_ns
    done(name)
    task = Task("marked_copy", str(done.folder), [name], str(done.folder / "made"), {})
    assert tasks_done.do(task, done.told.append).kind == "done"
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_the_forms_of_the_year_find_what_they_were_made_from_beside_them(done):
    source = Path(shutil.copy(example_path(EXAMPLE_SOURCE), done.folder))
    task = Task("evaluation_form", str(done.folder), [source.name], str(done.folder / "made"), {})
    made = tasks_done.do(task, done.told.append).result
    form = (done.folder / made["path"]).rename(done.folder / "自评表.xlsx")
    alone = done(form.name)
    source.rename(done.folder / "别的名字.txt")
    without = done(form.name)
    told = [{entry["rule"] for entry in one["review"]["not_judged"]} for one in (alone, without)]
    assert told[0] < told[1]


@pytest.mark.parametrize(
    ("source", "called"),
    [("表.xlsx", "表-已校验.xlsx"), ("表.xlsm", "表-已校验.xlsm"), ("表.xltx", "表-已校验.xlsx")],
)
def test_a_copy_keeps_the_kind_of_its_source(done, source, called):
    put(done, "1")
    (done.folder / "1.xlsx").rename(done.folder / source)
    task = Task("marked_copy", str(done.folder), [source], str(done.folder / "made"), {})
    event = tasks_done.do(task, done.told.append)
    assert event.result.get("name") == called, event
