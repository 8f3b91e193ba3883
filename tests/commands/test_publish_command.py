"""``perfgoals publish`` as it is called: what it writes, what it tells, what it refuses."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from perfgoals_xl.api import load
from perfgoals_xl.commands.publish import publish
from perfgoals_xl.errors import InputError
from perfgoals_xl.resources import EXAMPLE_WORKBOOK, example_path
from perfgoals_xl.storage import libreoffice
from tests.support.commands import digest, listing
from tests.support.steps import GRASS_2015, filled
from tests.test_roundtrip import DEPARTMENT, same


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "原表.txt"
    path.write_text(f"{DEPARTMENT}\n{GRASS_2015}".replace("|", "\t"), encoding="utf-8")
    return path


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the command in ``tmp_path``; a refusal is raised."""
    app = typer.Typer()
    app.command()(publish)
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if isinstance(result.exception, InputError):
            raise result.exception
        return result

    return call


@pytest.fixture
def no_office(monkeypatch):
    monkeypatch.setattr(libreoffice, "_ELSEWHERE", ())
    monkeypatch.setenv("PATH", "")


def test_it_tells_what_it_wrote(run, source, tmp_path):
    result = run(source, "-o", "公开.docx")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "已写出 公开.docx：1 张部门表，1 个项目。\n"
    same(load(tmp_path / "公开.docx"), load(source))


def test_several_sources(run, source, tmp_path):
    result = run(source, example_path(), "-o", "公开.docx")
    assert "2 张部门表，13 个项目" in result.stderr
    assert "没有采用，perfgoals validate 会逐处列出" in result.stderr
    assert len(load(tmp_path / "公开.docx").projects) == 13


def test_a_copy_among_the_sources_is_told(run, source, tmp_path):
    (tmp_path / "副本.txt").write_bytes(source.read_bytes())
    result = run(source, "副本.txt", "-o", "公开.docx")
    assert result.stderr.splitlines() == [
        "注意：副本.txt 与 原表.txt 内容相同，只计一次。",
        "已写出 公开.docx：1 张部门表，1 个项目。",
    ]


def test_published_again_it_is_the_same(run, tmp_path):
    run(example_path(EXAMPLE_WORKBOOK), "-o", "一.docx")
    run("一.docx", "-o", "二.docx")
    same(load(tmp_path / "二.docx"), load(example_path(EXAMPLE_WORKBOOK)))


def test_control_characters_are_told(run, tmp_path):
    path = filled(tmp_path, {"annual_goal": "补播\x07。"})
    assert "1 处文字含有文档存不下的控制字符" in run(path, "-o", "公开.docx").stderr


def test_left_over_markup_is_told(run, tmp_path):
    changes = {"annual_goal": "<p>补播。</p>", "数量1": "≥<b>5</b>亩", "质量1": "<5%"}
    path = filled(tmp_path, changes)
    assert "2 处文字带有残留的网页标记" in run(path, "-o", "公开.docx").stderr
    again = load(tmp_path / "公开.docx").projects.records()[0]["annual_goal"]
    assert again == "<p>补播。</p>"


def test_an_earlier_publication_is_replaced_where_nobody_changed_it(run, source, tmp_path):
    run(source, "-o", "公开.docx")
    run(source, "-o", "公开.docx")
    (tmp_path / "公开.docx").write_text("旧的", encoding="utf-8")
    with pytest.raises(InputError, match="--force"):
        run(source, "-o", "公开.docx")
    assert (tmp_path / "公开.docx").read_text(encoding="utf-8") == "旧的"
    run(source, "-o", "公开.docx", "--force")
    assert len(load(tmp_path / "公开.docx").projects) == 1


@pytest.mark.parametrize("output", ["公开.doc", "公开", "公开.xlsx"])
def test_another_kind_of_file_is_refused(run, source, tmp_path, output):
    with pytest.raises(InputError, match=r"应是 \.docx 或 \.pdf"):
        run(source, "-o", output)
    assert listing(tmp_path) == ["原表.txt"]


def test_the_source_is_never_the_output(run, source, tmp_path):
    run(source, "-o", "公开.docx")
    before = digest(tmp_path / "公开.docx")
    with pytest.raises(InputError, match="来源文件本身"):
        run("公开.docx", "-o", "公开.docx")
    assert digest(tmp_path / "公开.docx") == before


def test_a_year_for_titles_without_one(run, tmp_path):
    path = tmp_path / "原表.txt"
    text = GRASS_2015.replace("2026年青岚县", "青岚县").replace("（2026年度）", "")
    path.write_text(text.replace("|", "\t"), encoding="utf-8")
    run(path, "-o", "公开.docx", "--year", 2027)
    assert load(tmp_path / "公开.docx").year == 2027


@pytest.mark.parametrize("call", [("-o", "公开.pdf"), ("-o", "公开.docx", "--pdf")])
def test_without_libreoffice_nothing_is_written(run, source, tmp_path, no_office, call):
    with pytest.raises(InputError, match="没有找到 LibreOffice") as raised:
        run(source, *call)
    assert "\n" not in str(raised.value)
    assert listing(tmp_path) == ["原表.txt"]


def test_no_such_folder(run, source, tmp_path):
    with pytest.raises(InputError, match="输出文件夹不存在"):
        run(source, "-o", "无此文件夹/公开.docx")


def test_a_file_without_a_form(run, tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text("通知\n", encoding="utf-8")
    with pytest.raises(InputError, match="没有找到绩效目标申报表"):
        run(path, "-o", "公开.docx")
