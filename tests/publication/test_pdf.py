"""The PDF of a published document, through a real LibreOffice and through broken ones."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from perfgoals_xl.api import load
from perfgoals_xl.errors import InputError
from perfgoals_xl.publication import pdf
from perfgoals_xl.publication.document import write_publication
from perfgoals_xl.resources import example_path
from perfgoals_xl.storage.files import replacing
from tests.support.commands import listing


@pytest.fixture(scope="session")
def writer(tmp_path_factory):
    """A LibreOffice that can open texts: many machines have its spreadsheet only."""
    program = shutil.which("soffice")
    if program is None or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice or pdftotext is not installed")
    folder = tmp_path_factory.mktemp("probe")
    (folder / "a.txt").write_text("a", encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*command, folder / "a.txt"], capture_output=True, timeout=300, check=False)
    if not (folder / "a.pdf").exists():
        pytest.skip("LibreOffice has no Writer here (libreoffice-writer)")


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "公开.docx"
    write_publication([load(example_path())], path)
    return path


def pages(path):
    run = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return run.stdout.decode().split("\f")[:-1]


def test_every_table_is_on_paper(tmp_path, document, writer):
    output = tmp_path / "公开.pdf"
    pdf.write_pdf(document, output)
    declaration = load(document)
    paper = pages(output)
    squeezed = ["".join(page.split()) for page in paper]
    assert len(paper) >= 1 + len(declaration.projects)
    assert "部门整体支出预算绩效目标表" in squeezed[0]
    for record in declaration.projects.records():
        name = "".join(str(record["project_name"]).split())
        assert any(name in page for page in squeezed), name
    for number, page in enumerate(squeezed, start=1):
        assert f"第{number}页共{len(paper)}页" in page
    assert listing(tmp_path) == ["公开.docx", "公开.pdf"]


def test_the_header_of_the_indicators_heads_every_page(tmp_path, writer):
    rows = "\n".join(f"\t\t指标{n}：巡查第{n}段河道\t≥{n}次" for n in range(2, 120))
    text = (
        "2026年云川县水务局项目支出绩效目标表\n单位：万元\n项目名称\t\t巡查项目\n"
        "年度总体绩效目标\t\t巡查河道。\n一级指标\t二级指标\t三级指标\t指标值\n"
        f"产出指标\t数量指标\t指标1：巡查第1段河道\t≥1次\n{rows}\n"
    )
    source = tmp_path / "原表.txt"
    source.write_text(text, encoding="utf-8")
    write_publication([load(source)], tmp_path / "公开.docx")
    pdf.write_pdf(tmp_path / "公开.docx", tmp_path / "公开.pdf")
    paper = pages(tmp_path / "公开.pdf")
    assert len(paper) > 2
    assert all("三级指标" in page for page in paper)


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
@pytest.mark.parametrize("script", ["exit 0", "exit 1", "kill -9 $$"])
def test_a_libreoffice_that_makes_nothing(tmp_path, document, monkeypatch, script):
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    output = tmp_path / "公开.pdf"
    output.write_bytes(b"old")
    with replacing(), pytest.raises(InputError, match="没有转换出 PDF"):
        pdf.write_pdf(document, output)
    assert output.read_bytes() == b"old"
    assert listing(tmp_path) == ["bin", "bin/soffice", "公开.docx", "公开.pdf"]
