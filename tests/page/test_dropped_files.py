"""Sets of files: what is taken, where it stands, what it is called, what goes with it."""

from __future__ import annotations

import re

import pytest

from perfgoals_xl.desktop.file_types import MIME_TYPES
from perfgoals_xl.page import dropped_files, shell
from perfgoals_xl.page.answers import Refusal
from perfgoals_xl.page.dropped_files import FileSets


@pytest.fixture
def sets(tmp_path):
    return FileSets(tmp_path)


@pytest.fixture
def one(sets):
    return sets.new()


def drop(into, name, content=b"x", use="source", modified=None):
    expected = into.expect(name, len(content), use)
    with expected.receiving() as path:
        expected.grow(len(content))
        path.write_bytes(content)
        return expected.keep(path, modified)


def everything(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "name",
    [
        "../../../../tmp/x.xlsx",
        "/etc/passwd.txt",
        "..\\..\\x.docx",
        "CON.xlsx",
        "a\x00b.xlsx",
        "长" * 400 + ".pdf",
        "<b>.html",
        "表.XLSX",
    ],
)
def test_a_file_stands_in_its_folder_whatever_it_is_called(one, tmp_path, name):
    file = drop(one, name)
    assert file.path.parent == one.drop_folder
    assert file.path.suffix.lower() in dropped_files.ENDINGS
    assert file.path.name == file.name
    assert everything(tmp_path) == [str(file.path.relative_to(tmp_path))]


@pytest.mark.parametrize(
    "name",
    ["x.exe", "x.lnk", "x.xlsx.bat", "x.js", "x", "", ".", "x.png", "x.rar", "x.toml", "x.xlsx/"],
)
def test_a_kind_that_nobody_reads_is_refused_before_it_comes(one, name):
    with pytest.raises(Refusal) as refused:
        one.expect(name, 1, "source")
    assert refused.value.status == 415
    assert "不能读取" in refused.value.line


def test_an_option_may_be_settings_and_is_no_source(one):
    file = drop(one, "评分.toml", use="option")
    assert one.sources == []
    assert one.files[file.number] is file
    assert one.to_json(None)["files"] == []


def test_the_settings_stand_beside_the_files_under_their_name(one):
    drop(one, "perfgoals.toml", b"old")
    drop(one, "表.xlsx")
    file = drop(one, "PERFGOALS.toml", b"new")
    assert file.path == one.drop_folder / "perfgoals.toml"
    assert file.path.read_bytes() == b"new"
    assert [source.name for source in one.sources] == ["表.xlsx"]
    assert [told["name"] for told in one.to_json(None)["files"]] == ["表.xlsx", "perfgoals.toml"]


def test_two_files_of_one_name_are_told_apart(one):
    assert [drop(one, "表.xlsx").name, drop(one, "甲/表.xlsx").name] == ["表.xlsx", "表 (2).xlsx"]


def test_the_time_of_a_file_comes_along(one):
    assert drop(one, "表.txt", modified=1_700_000_000.5).path.stat().st_mtime == 1_700_000_000.5
    drop(one, "表.txt", modified=1e300)


@pytest.mark.parametrize(("name", "most"), [("x.xlsx", 200 << 20), ("x.zip", 512 << 20)])
def test_what_is_too_long_by_its_own_word(one, name, most):
    one.expect(name, most, "source")
    with pytest.raises(Refusal, match=r"超过 (200|512) MB") as refused:
        one.expect(name, most + 1, "source")
    assert refused.value.status == 413


def test_what_grows_too_long_whatever_it_said(one, monkeypatch):
    monkeypatch.setattr(dropped_files, "MOST_FILE_BYTES", 100)
    expected = one.expect("x.xlsx", None, "source")
    with expected.receiving() as path:
        path.write_bytes(b"x" * 80)
        expected.grow(80)
        with pytest.raises(Refusal) as refused:
            expected.grow(21)
    assert refused.value.status == 413
    assert (one.size, list(one.folder.glob("coming-*"))) == (0, [])


def test_a_set_has_a_bound_that_files_on_their_way_count_for(one, monkeypatch):
    monkeypatch.setattr(dropped_files, "MOST_SET_BYTES", 100)
    drop(one, "甲.xlsx", b"x" * 60)
    coming = one.expect("乙.xlsx", 30, "source")
    coming.grow(30)
    with pytest.raises(Refusal, match="一共超过"):
        one.expect("丙.xlsx", 20, "source")
    with coming.receiving():
        pass
    drop(one, "丙.xlsx", b"x" * 40)
    with pytest.raises(Refusal, match="一共超过"):
        one.expect("丁.xlsx", 1, "source")


def test_a_set_holds_so_many_files(one, monkeypatch):
    monkeypatch.setattr(dropped_files, "MOST_FILES", 2)
    for name in ("甲.xlsx", "乙.xlsx"):
        drop(one, name)
    with pytest.raises(Refusal, match="最多放 2 个文件"):
        one.expect("丙.xlsx", 1, "source")


def test_a_file_that_is_taken_out_is_gone_and_its_number_with_it(one, tmp_path):
    first = drop(one, "甲.xlsx")
    one.checked = {"year": None}
    one.remove(first.number)
    assert (everything(tmp_path), one.checked) == ([], None)
    assert drop(one, "乙.xlsx").number == first.number + 1
    with pytest.raises(Refusal, match="没有这个文件"):
        one.remove(first.number)


def test_a_set_goes_with_all_that_is_in_it(sets, one, tmp_path):
    drop(one, "甲.xlsx")
    other = sets.new()
    drop(other, "乙.xlsx")
    sets.remove(one.id)
    assert [path.name for path in tmp_path.rglob("*.xlsx")] == ["乙.xlsx"]
    with pytest.raises(Refusal, match="重新放入"):
        sets.get(one.id)
    assert sets.get(other.id) is other


def test_of_too_many_sets_the_one_used_longest_ago_goes(sets, monkeypatch):
    monkeypatch.setattr(dropped_files, "MOST_SETS", 3)
    first, second, third = (sets.new() for _ in range(3))
    sets.get(first.id)
    sets.new()
    assert sets.get(first.id) is first
    assert sets.get(third.id) is third
    with pytest.raises(Refusal):
        sets.get(second.id)
    assert not second.folder.exists()


def test_names_of_sets_cannot_be_guessed(sets):
    names = {sets.new().id for _ in range(20)}
    assert len(names) == 20
    assert all(len(name) >= 16 for name in names)


def test_what_is_made_keeps_its_number_and_its_name(one):
    made = one.drop_folder / "made-1.xlsx"
    made.write_bytes(b"abc")
    output = one.add_output(made, "表-汇总.xlsx")
    assert (output.to_json()["name"], output.size) == ("表-汇总.xlsx", 3)
    assert output.path.read_bytes() == b"abc"
    assert not made.exists()


def test_a_named_file_is_copied_with_the_settings_beside_it(one, tmp_path):
    office = tmp_path / "办公室"
    office.mkdir()
    (office / "表.txt").write_text("甲", encoding="utf-8")
    (office / "perfgoals.toml").write_text("", encoding="utf-8")
    one.copy(office / "表.txt")
    [source] = one.sources
    assert source.name == "表.txt"
    assert source.path.read_text(encoding="utf-8") == "甲"
    assert source.path.stat().st_mtime == (office / "表.txt").stat().st_mtime
    assert (one.drop_folder / "perfgoals.toml").is_file()


def test_a_full_disk_is_told(sets, monkeypatch):
    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.mkdir", full)
    with pytest.raises(Refusal, match="磁盘空间不足") as refused:
        sets.new()
    assert refused.value.status == 507


def test_what_the_desktop_offers_and_the_page_lists_is_taken():
    assert set(MIME_TYPES) <= dropped_files.ENDINGS
    script = (shell.FOLDER / "intake.js").read_text(encoding="utf-8")
    [listed] = re.findall(r"SUFFIXES = `(.+?)`", script, re.DOTALL)
    assert {*listed.split()} == {*dropped_files.ENDINGS, ".toml"}
