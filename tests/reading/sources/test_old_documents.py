"""Documents that only LibreOffice reads: the old Word, RTF, OpenDocument; and none installed."""

from __future__ import annotations

import shutil

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.sources.source import read_source
from perfgoals_xl.storage import libreoffice
from tests.reading.sheets import lines, told
from tests.reading.sources.test_word import FORM, MERGES, TITLES, Table, write_document
from tests.reading.test_bad_input import compound_file
from tests.support.converting import converted

LINES = told("""
    产出指标 数量指标 1 | 清淤长度 | ≥30公里 | E15
    产出指标 数量指标 2 | 清理闸口 | 12座 | E16
    产出指标 成本指标 1 | 机械作业费 | ≤20万元 | E17
    效益指标 社会效益 1 | 受益农户 | ≥800户 | E18
    满意度指标 服务对象满意度 1 | 农户满意度 | ≥90% | E19
""")
RICH = b"{\\rtf1\\ansi 123 }"


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """The same document as .doc, .rtf and .odt, saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("documents")
    path = write_document(
        folder / "表.docx", "通知正文。", *TITLES, Table(FORM, MERGES), "注：略。"
    )
    return {to: converted(path, to) for to in ("doc", "rtf", "odt")}


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.parametrize(
    ("to", "name"), [("doc", "表.doc"), ("doc", "表.wps"), ("rtf", "表.doc"), ("odt", "表.odt")]
)
def test_a_form_in_a_document(tmp_path, documents, to, name):
    path = tmp_path / name
    shutil.copyfile(documents[to], path)
    before = path.read_bytes()
    declaration = load_declaration(path)
    assert [line.rpartition("|")[0] for line in lines(declaration)] == [
        line.rpartition("|")[0] for line in LINES
    ]
    assert declaration.year == 2026
    assert declaration.file == str(path)
    assert (path.read_bytes(), [p.name for p in tmp_path.iterdir()]) == (before, [name])


@pytest.mark.libreoffice
@pytest.mark.parametrize("to", ["doc", "rtf", "odt"])
def test_without_libreoffice_one_line_says_so(documents, monkeypatch, to):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(libreoffice, "_ELSEWHERE", ())
    with pytest.raises(InputError, match="没有安装 LibreOffice") as raised:
        read_source(documents[to])
    assert "另存为 .docx" in str(raised.value)


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
@pytest.mark.parametrize("script", ["exit 0", "exit 1", "kill -9 $$"])
def test_a_libreoffice_that_makes_nothing(tmp_path, monkeypatch, script):
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    (tmp_path / "a.rtf").write_bytes(RICH)
    with pytest.raises(InputError, match="LibreOffice 没有读出来"):
        read_source(tmp_path / "a.rtf")


@pytest.mark.libreoffice
def test_a_document_with_a_password_or_cut_off_is_not_handed_over(tmp_path, documents, monkeypatch):
    monkeypatch.setattr(libreoffice, "convert", None)
    data = documents["doc"].read_bytes()
    path = tmp_path / "a.doc"
    at = data.index(b"\xec\xa5")
    path.write_bytes(data[: at + 11] + bytes([data[at + 11] | 1]) + data[at + 12 :])
    with pytest.raises(InputError, match="打开密码"):
        read_source(path)
    for broken in (data[:600], data[:at] + bytes(len(data) - at), compound_file("WordDocument")):
        path.write_bytes(broken)
        with pytest.raises(InputError, match="损坏"):
            read_source(path)
