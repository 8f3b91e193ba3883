"""What the page tells and makes is what the commands tell and make of the same files."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile

import openpyxl
import pytest

from perfgoals_xl.actions.action_list import ACTIONS
from perfgoals_xl.resources import (
    EXAMPLE_EVALUATION,
    EXAMPLE_MONITORING,
    EXAMPLE_SOURCE,
    EXAMPLE_WORKBOOK,
    example_path,
)
from tests.support.commands import runner
from tests.support.further import one_in
from tests.support.steps import filled

# What the command is for each action, beside the sources; {出} is the output.
CALLS = {
    "marked_copy": ("validate", "{来源}", "-o", "{出}"),
    "standard_workbook": ("import", "{来源}", "-o", "{出}"),
    "summary": ("consolidate", "{来源}", "-o", "{出}"),
    "report": ("validate", "{来源}", "--report", "{出}"),
    "monitoring_form": ("monitoring", "new", "{来源}", "--month", "7", "-o", "{出}"),
    "evaluation_form": ("evaluation", "new", "{来源}", "-o", "{出}"),
    "publication_word": ("publish", "{来源}", "-o", "{出}"),
    "data_json": ("export", "{来源}", "-o", "{出}"),
    "data_csv": ("export", "{来源}", "--format", "csv", "-o", "{出}"),
}
TIME = re.compile(rb"20\d\d-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?")
GIVEN = {"monitoring_form": {"month": 7}}


def parts(content):
    """The parts of a package, without the times at which it was made; of another file, itself.

    The seal is over the time as well.
    """
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if name != "xl/perfgoals.xml"]
        return {name: TIME.sub(b"", package.read(name)) for name in names}


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


@pytest.fixture
def example(tmp_path):
    return shutil.copy(example_path(EXAMPLE_WORKBOOK), tmp_path / EXAMPLE_WORKBOOK)


def document(run, *sources):
    return json.loads(run("validate", *(s.name for s in sources), "--format", "json").out)


def test_every_action_is_compared_here_or_below():
    known = {action.name for action in ACTIONS}
    assert known - CALLS.keys() == {"publication_pdf", "comparison", "department_book"}
    assert CALLS.keys() <= known


@pytest.mark.parametrize("name", one_in(2, [EXAMPLE_WORKBOOK, EXAMPLE_EVALUATION, EXAMPLE_SOURCE]))
def test_the_findings_are_those_of_the_command(client, run, tmp_path, name):
    path = shutil.copy(example_path(name), tmp_path / name)
    told = client.checked(client.dropped(path))
    assert told["review"] == document(run, path)
    assert sorted(n for group in told["groups"] for n in group) == list(
        range(len(told["review"]["findings"]))
    )
    assert told["rules"].keys() == {f["rule"] for f in told["review"]["findings"]}
    assert told["report"] == run("validate", name).out


def test_in_english(client, run, example):
    told = client.checked(client.dropped(example), language="en")
    assert told["review"] == json.loads(
        run("validate", example.name, "--format", "json", "--lang", "en").out
    )
    assert told["rules"]["P05"]["title"].isascii()


def test_what_was_read_is_told_by_file_and_project(client, example):
    [source] = client.checked(client.dropped(example))["sources"]
    assert source["department"] == "云川县水务局"
    assert (source["year"], source["edition"], source["fault"]) == (2026, "2015", None)
    assert source["forms"] == {
        "projects": 12, "evaluations": 0, "monitorings": 0, "department_forms": 1,
    }  # fmt: skip
    assert (source["amount"], source["indicators"]) == ("2795.000214 万元", 144)
    first = source["projects"][0]
    assert (first["annual_amount"], first["unit"], first["cell"]) == ("186.4", "万元", "C4")
    assert sum(project["indicators"] for project in source["projects"]) == 144


def test_the_counts_of_a_project_are_those_of_its_findings(client, example):
    told = client.checked(client.dropped(example))
    by_project = {}
    for finding in told["review"]["findings"]:
        if finding["project"]:
            counts = by_project.setdefault(finding["project"], {})
            counts[finding["severity"]] = counts.get(finding["severity"], 0) + 1
    [source] = told["sources"]
    assert by_project == {
        project["project_name"]: {k: v for k, v in project["findings"].items() if v}
        for project in source["projects"]
        if any(project["findings"].values())
    }


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [(EXAMPLE_EVALUATION, "evaluations", 12), (EXAMPLE_MONITORING, "monitorings", 12)],
)
def test_the_other_forms_of_the_year(client, name, kind, count):
    told = client.checked(client.dropped(example_path(name)))
    [source] = told["sources"]
    assert source["forms"][kind] == count
    # There is nothing declared that others could be made for.
    assert not {"monitoring_form", "evaluation_form"} & {*told["actions"]}
    assert "summary" in told["actions"]


@pytest.mark.parametrize("name", one_in(3, CALLS))
def test_what_an_action_makes_is_what_the_command_makes(client, run, example, tmp_path, name):
    one = client.dropped(example)
    client.checked(one)
    called, content, _ = client.made(one, name, **GIVEN.get(name, {}))
    told = run(*(w.format(来源=example.name, 出=called) for w in CALLS[name]))
    assert told.code in (0, 1)
    assert parts((tmp_path / called).read_bytes()) == parts(content)


def test_the_choices_of_the_check_hold_for_the_actions(client, run, example, tmp_path):
    one = client.dropped(example)
    client.checked(one, language="en", year=2027)
    called, content, _ = client.made(one, "report")
    run("validate", example.name, "--report", called, "--lang", "en", "--year", "2027")
    assert parts((tmp_path / called).read_bytes()) == parts(content)


def test_what_is_told_of_an_action_names_no_place_of_ours(client, running, example):
    one = client.dropped(example)
    for action in ("marked_copy", "data_json"):
        _, _, told = client.made(one, action)
        assert told
        assert not [line for line in told if str(running.temporary) in line]


def test_settings_that_are_dropped_count(client, run, example, tmp_path):
    settings = tmp_path / "perfgoals.toml"
    settings.write_text("[rules.P05]\nenabled = false\n", encoding="utf-8")
    told = client.checked(client.dropped(example, settings))
    assert told["review"] == document(run, example)
    assert "P05" not in told["rules"]


def test_settings_that_nobody_understands_are_told(client, example, tmp_path):
    settings = tmp_path / "perfgoals.toml"
    settings.write_text("[rules.X99]\n", encoding="utf-8")
    one = client.dropped(example, settings)
    told = client.over(client.post(f"/api/sets/{one}/check")["job"])
    assert told["state"] == "failed"
    assert told["error"].startswith("perfgoals.toml：第 1 行")


@pytest.fixture
def mixed(tmp_path):
    """A department's file, another one's, a broken and an empty one, in the middle."""
    folder = tmp_path / "收到"
    folder.mkdir()
    text = example_path(EXAMPLE_SOURCE).read_text(encoding="utf-8")
    (folder / "1水务局.txt").write_text(text, encoding="utf-8")
    (folder / "2坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    (folder / "3空.docx").write_bytes(b"")
    (folder / "4别的.txt").write_text("今天的会议记录", encoding="utf-8")
    other = text.replace("云川县水务局", "云川县教育局").replace("215001", "205001")
    (folder / "5教育局.txt").write_text(other, encoding="utf-8")
    return sorted(folder.iterdir())


def test_a_broken_file_costs_itself(client, mixed):
    told = client.checked(client.dropped(*mixed))
    faults = {source["name"]: source["fault"] for source in told["sources"]}
    assert list(faults) == [path.name for path in mixed]
    assert [name for name, fault in faults.items() if not fault] == ["1水务局.txt", "5教育局.txt"]
    assert "已损坏" in faults["2坏.xlsx"]
    assert "空的" in faults["3空.docx"]
    assert "没有找到绩效目标申报表" in faults["4别的.txt"]
    assert not any("/" in fault for fault in faults.values() if fault)
    assert told["departments"] == 2
    files = {finding["file"] for finding in told["review"]["findings"]}
    assert files == {"1水务局.txt", "5教育局.txt", "4别的.txt"}


def test_of_several_departments_a_book_is_made_and_no_summary(client, run, monkeypatch, mixed):
    one = client.dropped(*mixed)
    possible = client.checked(one)["actions"]
    assert "department_book" in possible
    assert not {"marked_copy", "summary", "standard_workbook"} & set(possible)
    called, content, told = client.made(one, "department_book")
    assert told[-1].startswith(f"已写出 {called}：2 个部门")
    monkeypatch.chdir(mixed[0].parent)
    run("consolidate", *(path.name for path in mixed), "-o", called)
    mine, theirs = parts(content), parts(mixed[0].with_name(called).read_bytes())
    # The command tells where the files stand.
    assert {name for name in theirs if mine[name] != theirs[name]} == {"xl/worksheets/sheet6.xml"}
    listed = openpyxl.load_workbook(io.BytesIO(content))["数据来源"]
    assert [row[0].value for row in listed["B4:B8"]] == [path.name for path in mixed]


def test_one_department_in_several_files_is_one_workbook(client, tmp_path):
    paths = []
    for number, name in enumerate(("甲项目", "乙项目"), 1):
        path = filled(tmp_path, {"project_name": name, "annual_goal": f"完成{name}全部任务"})
        paths.append(path.rename(tmp_path / f"{number}.xlsx"))
    one = client.dropped(*paths)
    assert "marked_copy" in client.checked(one)["actions"]
    called, content, _ = client.made(one, "marked_copy")
    assert called == "1-已校验.xlsx"
    (tmp_path / "出.xlsx").write_bytes(content)
    assert {"甲项目", "乙项目"} <= set(openpyxl.load_workbook(tmp_path / "出.xlsx").sheetnames)


def test_a_zip_is_opened_and_what_is_hostile_in_it_is_told(client, running, mixed, tmp_path):
    path = tmp_path / "报送.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.write(mixed[0], "水务局/申报表.txt")
        link = zipfile.ZipInfo("链接.txt")
        link.external_attr = 0o120777 << 16
        package.writestr(link, "/etc/passwd")
        package.write(mixed[4], "../../../教育局.txt")
        package.writestr("压缩包.zip", b"PK")
    told = client.checked(client.dropped(path))
    faults = {source["name"]: source["fault"] for source in told["sources"]}
    assert faults == {
        "报送.zip/水务局/申报表.txt": None,
        "报送.zip/链接.txt": "是一个链接，没有读取",
        "报送.zip/教育局.txt": None,
        "报送.zip/压缩包.zip": "是压缩包里的压缩包，请先解压，没有读取",
    }
    assert not list(running.temporary.glob("教育局*"))


@pytest.mark.parametrize("kind", ["bomb", "lie", "many", "broken"])
def test_a_zip_that_would_fill_the_disk_is_refused(client, tmp_path, kind, mixed):
    path = tmp_path / "报送.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        if kind == "bomb":
            package.writestr("1.txt", b"\0" * (1 << 20))
        elif kind == "many":
            for number in range(2100):
                package.writestr(f"{number}.txt", b"")
        else:
            package.writestr("表.txt", b"\0" * (1 << 20))
    if kind == "broken":
        path.write_bytes(path.read_bytes()[:-30])
    if kind in ("lie", "bomb"):
        data = bytearray(path.read_bytes())
        stated = 100 if kind == "lie" else 600 << 20
        for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            start = data.index(mark) + at
            data[start : start + 4] = stated.to_bytes(4, "little")
        path.write_bytes(data)
    told = client.checked(client.dropped(path, mixed[0]))
    bad, good = told["sources"]
    assert bad["fault"]
    assert (good["name"], good["fault"]) == ("1水务局.txt", None)


def test_nothing_but_broken_files(client, mixed):
    one = client.dropped(mixed[1])
    told = client.checked(one)
    assert (told["departments"], told["actions"], told["review"]["findings"]) == (0, [], [])
    asked = client.post(f"/api/sets/{one}/actions/report", {"options": {}})
    over = client.over(asked["job"])
    assert over["state"] == "failed"
    assert over["error"].startswith("2坏.xlsx：工作簿已损坏")


def test_two_years_are_compared(client, run, tmp_path):
    text = example_path(EXAMPLE_SOURCE).read_text(encoding="utf-8")
    before, now = tmp_path / "2025.txt", tmp_path / "2026.txt"
    before.write_text(text.replace("2026年", "2025年"), encoding="utf-8")
    now.write_text(text, encoding="utf-8")
    one = client.dropped(now, before)
    assert "comparison" in client.checked(one)["actions"]
    called, content, _ = client.made(one, "comparison")
    run("compare", before.name, now.name, "-o", called)
    assert parts((tmp_path / called).read_bytes()) == parts(content)


def test_the_points_of_another_place_are_those_of_its_settings(client, run, example, tmp_path):
    settings = tmp_path / "评分设置.toml"
    settings.write_text('reverse = "ratio"\ngrades = [95, 85, 70]\n', encoding="utf-8")
    one = client.dropped(example)
    given = client.drop(one, settings.name, settings.read_bytes(), "&use=option")
    called, content, _ = client.made(one, "evaluation_form", scoring=json.loads(given.body)["file"])
    call = ("evaluation", "new", example.name, "--scoring", settings.name, "-o", called)
    assert run(*call).code == 0
    assert parts((tmp_path / called).read_bytes()) == parts(content)
    # It is no source, and it changes something.
    assert len(client.checked(one)["sources"]) == 1
    assert parts(client.made(one, "evaluation_form")[1]) != parts(content)


@pytest.mark.parametrize("month", [0, 13, "7", None, True, 7.5])
def test_an_option_that_is_none_is_refused(client, example, month):
    one = client.dropped(example)
    asked = {"options": {"month": month}}
    told = client.ask("POST", f"/api/sets/{one}/actions/monitoring_form", asked)
    assert (told.status, "12 月" in told.line) == (400, True)


def test_the_actions_are_told_once_with_what_they_ask_for(client):
    told = client.get("/api/actions")
    assert [action["name"] for action in told] == [action.name for action in ACTIONS]
    assert [action["name"] for action in told if action["primary"]] == ["marked_copy"]
    asked = {action["name"]: [o["name"] for o in action["options"]] for action in told}
    assert asked["monitoring_form"] == ["month", "scoring"]
    assert asked["evaluation_form"] == ["scoring"]
    assert all(action["label_en"].isascii() for action in told)


def test_no_text_of_a_file_is_lost_or_changed_on_its_way(client, tmp_path):
    name = '<script>alert("1")</script>&amp;'
    path = filled(tmp_path, {"project_name": name, "annual_amount": "<b>许多</b>"})
    told = client.checked(client.dropped(path))
    assert told["sources"][0]["projects"][0]["project_name"] == name
    assert any(f["value"] == "<b>许多</b>" for f in told["review"]["findings"])
