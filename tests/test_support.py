"""The engines of tests/support judge rightly: they pass what is good and see what is not."""

from __future__ import annotations

import zipfile

import pytest
import xlsxwriter

from tests.support import libreoffice, ooxml, rendering

RED, BLUE = "#FFC7CE", "#DDEBF7"


@pytest.fixture
def workbook(tmp_path):
    """A form sheet away from A1 with a merge, hidden lines, an error and marked cells."""
    path = tmp_path / "申报〔2026〕.xlsx"
    with xlsxwriter.Workbook(path) as book:
        form = book.add_worksheet("项目1")
        found = book.add_worksheet("校验结果")
        book.add_worksheet("字典").hide()
        red, blue = book.add_format({"bg_color": RED}), book.add_format({"bg_color": BLUE})
        form.write("B2", "≥95% 万元", blue)
        form.merge_range("B3:D4", "总体目标", blue)
        form.write("E3", "右")
        form.write("E4", "下")
        form.write("B5", 2.5)
        form.write_formula("C5", "=B5*2")
        form.write_formula("D5", "=1/0")
        form.write_formula("E5", '="共"&B5')
        form.write("B6", "藏")
        form.set_row(5, None, None, {"hidden": True})
        form.set_column("F:F", None, None, {"hidden": True})
        form.write("G7", 0)
        marked = '=COUNTIFS(校验结果!$A:$A,"项目1",校验结果!$B:$B,ADDRESS(ROW(),COLUMN(),4))>0'
        form.conditional_format("A1:H40", {"type": "formula", "criteria": marked, "format": red})
        for row, address in enumerate(["B3", "E4", "C7"]):
            found.write_row(row, 0, ["项目1", address])
    return path


def test_libreoffice_computes_and_reads(office, workbook):
    with office.open(workbook) as document:
        document.recalculate()
        assert document.sheet_names == ["项目1", "校验结果", "字典"]
        assert document.value("项目1", "C5") == 5
        assert document.value("项目1", "E5") == "共2.5"
        assert document.value("项目1", "G7") == 0
        assert document.value("项目1", "A1") is None
        assert document.formula("项目1", "C5") == "=B5*2"
        assert document.formula("项目1", "B5") == ""
        assert document.error_cells() == [("项目1", "D5", "#DIV/0!")]
        with pytest.raises(libreoffice.OfficeError, match=r"D5 shows #DIV/0!"):
            document.value("项目1", "D5")


def test_libreoffice_types_and_saves(office, workbook, tmp_path):
    before = workbook.read_bytes()
    saved = tmp_path / "存.xlsx"
    with office.open(workbook) as document:
        document.set_value("项目1", "B5", 4)
        assert document.value("项目1", "C5") == 8
        document.set_text("项目1", "A1", "=1+1")
        document.set_formula("项目1", "D5", "=B5+1")
        document.save_as(saved)
    with office.open(saved) as document:
        assert document.value("项目1", "A1") == "=1+1"
        assert document.value("项目1", "D5") == 5
        assert document.error_cells() == []
    assert workbook.read_bytes() == before


def test_libreoffice_shows_conditional_formats(office, workbook):
    with office.open(workbook) as document:
        looks = document.looks("项目1")
        assert looks["B2"] == ("≥95% 万元", BLUE, "#000000")
        assert looks["B3"] == ("总体目标", RED, "#000000")
        assert "C3" not in looks
        assert (looks["E3"].fill, looks["E4"].fill, looks["C7"].fill) == (None, RED, RED)
        assert (looks["B6"].text, looks["G7"].text) == ("藏", "0")
        document.set_text("校验结果", "B2", "E3")
        looks = document.looks("项目1")
        assert (looks["E3"].fill, looks["E4"].fill) == (RED, None)
        assert document.looks("校验结果")["B2"].text == "E3"


def test_libreoffice_refuses_what_is_no_spreadsheet(office, workbook, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(workbook.read_bytes()[:500])
    letter = tmp_path / "letter.html"
    letter.write_text("<p>x</p>")
    for path in (broken, letter):
        with pytest.raises(libreoffice.OfficeError, match=path.name):
            office.open(path)
    with office.open(workbook) as document, pytest.raises(libreoffice.OfficeError, match="无此表"):
        document.value("无此表", "A1")


@pytest.mark.slow
def test_libreoffice_comes_back_after_a_hang(office, workbook):
    with libreoffice.Office() as other:
        document = other.open(workbook)

        def wait():
            with other.answering("wait", seconds=0.1):
                while True:
                    document.component.calculateAll()

        with pytest.raises(libreoffice.OfficeError, match=r"to wait: no answer within 0\.1 s"):
            wait()
        document.close()
        with other.open(workbook) as document:
            assert document.value("项目1", "B5") == 2.5


def test_pages_become_pictures(office, workbook, tmp_path):
    if (reason := rendering.unavailable()) is not None:
        pytest.skip(reason)
    pages = rendering.render_png(workbook, tmp_path / "out", office=office)
    assert [page.name for page in pages] == ["申报〔2026〕-1.png", "申报〔2026〕-2.png"]
    assert all(page.read_bytes().startswith(b"\x89PNG") for page in pages)


def test_validator_passes_a_good_workbook(validate_ooxml, workbook):
    assert validate_ooxml(workbook) == []


def test_validator_names_what_is_wrong(validate_ooxml, workbook, tmp_path):
    bad = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"<sheetData>", b"<nonsense/><sheetData>", 1)
            target.writestr(name, part)
    errors = validate_ooxml(bad)
    assert errors
    assert errors[0]["path"] == "/xl/worksheets/sheet1.xml"
    assert "nonsense" in errors[0]["description"]


def test_validator_does_not_pass_what_it_cannot_open(validate_ooxml, tmp_path):
    empty = tmp_path / "empty.xlsx"
    empty.touch()
    assert validate_ooxml(empty)
    with pytest.raises(FileNotFoundError):
        validate_ooxml(tmp_path / "none.xlsx")


def test_without_the_programs_the_reason_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(ooxml, "_PROGRAM", tmp_path / "none")
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/node" if name == "node" else None)
    assert "libreoffice-calc" in libreoffice.unavailable()
    assert "not installed" in ooxml.unavailable()
    assert "poppler-utils" in rendering.unavailable()
    with pytest.raises(ooxml.ValidatorError, match="not installed"):
        ooxml.validation_errors(tmp_path)
    with pytest.raises(libreoffice.OfficeError, match="libreoffice-calc"):
        libreoffice.Office().start()
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr(rendering, "_has_chinese_font", lambda: False)
    assert "fonts-wqy-microhei" in rendering.unavailable()
