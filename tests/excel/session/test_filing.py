"""新建申报表, 导入, 生成汇总表, 生成自评表 and 生成监控表: files written and opened."""

from __future__ import annotations

import datetime as dt

import pytest

from perfgoals_xl.excel import macros
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.resources import EXAMPLE_SOURCE, example_path
from tests.excel.session.test_checking import click
from tests.support.steps import PROJECT, cell_of, filled


@pytest.fixture
def empty(excel):
    """What the ribbon sees when no workbook was open: an empty one."""
    book = excel.app.books.add()
    book.set_mock_caller()
    return book


class TestNew:
    def test_a_blank_workbook_for_a_department_and_a_year(self, excel, empty, tmp_path):
        path = tmp_path / "新.xlsx"
        excel.dialogs["InputBox"].extend(["青岚县林业和草原局", "2027年"])
        excel.dialogs["GetSaveAsFilename"].append(str(path))
        told = click(macros.new_workbook, excel)
        assert path.name in told
        assert excel.app.books.active.name == path.name
        declaration = load_declaration(path)
        assert declaration.department == "青岚县林业和草原局"
        assert declaration.year == 2027
        asked = dict(excel.dialogs_shown)
        assert "2027年" in asked["GetSaveAsFilename"]["InitialFilename"] or (
            asked["GetSaveAsFilename"]["InitialFilename"]
            == "青岚县林业和草原局2027年绩效目标申报表.xlsx"
        )

    @pytest.mark.parametrize("answers", [[False], ["某局", False], ["某局", "2027"]])
    def test_cancelling_makes_nothing(self, excel, empty, tmp_path, answers):
        excel.dialogs["InputBox"].extend(answers)
        macros.new_workbook()
        assert excel.alerts == []
        assert list(tmp_path.glob("*.xlsx")) == []

    def test_a_year_that_is_none(self, excel, empty):
        excel.dialogs["InputBox"].extend(["某局", "明年"])
        assert "不是年度" in click(macros.new_workbook, excel)

    def test_an_existing_file_is_not_overwritten(self, excel, empty, tmp_path):
        path = tmp_path / "旧.xlsx"
        path.write_bytes(b"x")
        excel.dialogs["InputBox"].extend(["某局", "2027"])
        excel.dialogs["GetSaveAsFilename"].append(str(path))
        assert "没有覆盖" in click(macros.new_workbook, excel)
        assert path.read_bytes() == b"x"


class TestImport:
    def test_a_text_becomes_the_standard_workbook(self, excel, empty, tmp_path):
        source, path = example_path(EXAMPLE_SOURCE), tmp_path / "导入"
        before = source.read_bytes()
        excel.dialogs["GetOpenFilename"].append((str(source),))
        excel.dialogs["GetSaveAsFilename"].append(str(path))
        told = click(macros.import_files, excel)
        written = tmp_path / "导入.xlsx"
        assert "12 个项目" in told
        assert len(load_declaration(written).projects) == 12
        assert excel.app.books.active.name == written.name
        assert source.read_bytes() == before

    def test_files_of_two_departments_are_refused(self, excel, empty, tmp_path):
        sources = (example_path(EXAMPLE_SOURCE), filled(tmp_path))
        excel.dialogs["GetOpenFilename"].append(tuple(map(str, sources)))
        told = click(macros.import_files, excel)
        assert "不同部门（云川县水务局、青岚县林业和草原局）" in told
        assert "逐个导入" in told
        assert not (tmp_path / "导入.xlsx").exists()

    def test_cancelling_does_nothing(self, excel, empty):
        macros.import_files()
        assert excel.alerts == []

    def test_a_file_that_nobody_can_read(self, excel, empty, tmp_path):
        broken = tmp_path / "坏.xlsx"
        broken.write_bytes(b"PK\x03\x04 nothing")
        excel.dialogs["GetOpenFilename"].append((str(broken),))
        told = click(macros.import_files, excel)
        assert "坏.xlsx" in told
        assert "已损坏" in told
        assert "Traceback" not in told


class TestConsolidate:
    def test_beside_the_workbook_under_a_dated_name_with_unsaved_changes(
        self, excel, opened, office, tmp_path
    ):
        book = opened(filled(tmp_path))
        book.sheets[PROJECT].range(cell_of("annual_amount")).value = 281.5
        told = click(macros.consolidate, excel)
        stem = f"申报-汇总-{dt.date.today():%Y%m%d}"
        path = excel.folder / f"{stem}.xlsx"
        assert str(path) in told
        assert excel.app.books.active.name == path.name
        with office.open(path) as document:
            document.recalculate()
            assert document.error_cells() == []
            shown = {
                document.text(sheet, f"{column}{row}")
                for sheet in document.sheet_names
                for column in "ABCDEFGHIJ"
                for row in range(1, 12)
            }
        assert any(text.startswith("281.5") for text in shown)

    def test_an_existing_summary_is_not_overwritten(self, excel, opened, tmp_path):
        book = opened(filled(tmp_path))
        macros.consolidate()
        first = next(excel.folder.glob("申报-汇总-*.xlsx"))
        before = first.read_bytes()
        book.activate()
        book.set_mock_caller()
        macros.consolidate()
        assert first.read_bytes() == before
        assert len(list(excel.folder.glob("申报-汇总-*.xlsx"))) == 2

    def test_open_errors_are_told(self, excel, opened, tmp_path):
        opened(filled(tmp_path, {"annual_amount": 290}))
        assert "报送前请处理" in click(macros.consolidate, excel)

    def test_a_workbook_that_was_never_saved_asks_where(self, excel, empty, tmp_path):
        sheet = empty.sheets[0]
        sheet.range("A1").value = [["项目名称", "渠道清淤"], ["年度资金总额", 12]]
        sheet.range("A3").value = ["一级指标", "二级指标", "三级指标", "指标值"]
        sheet.range("A4").value = ["产出指标", "数量指标", "清淤长度", "≥3公里"]
        path = tmp_path / "汇总.xlsx"
        excel.dialogs["GetSaveAsFilename"].append(str(path))
        assert str(path) in click(macros.consolidate, excel)
        assert path.is_file()


class TestOtherForms:
    """自评表 and 监控表 of the open workbook, unsaved changes included."""

    def test_the_evaluation_beside_the_workbook(self, excel, opened, office, tmp_path):
        book = opened(filled(tmp_path))
        before = book.sheets[PROJECT].range("A1:F40").formula
        book.sheets[PROJECT].range(cell_of("数量1")).value = "≥4100亩"
        told = click(macros.new_evaluation, excel)
        path = excel.folder / f"申报-自评-{dt.date.today():%Y%m%d}.xlsx"
        assert str(path) in told
        assert "2 个项目" in told
        assert excel.app.books.active.name == path.name
        with office.open(path) as document:
            document.recalculate()
            assert document.error_cells() == []
            assert document.sheet_names[0] == "汇总"
            assert {"评分设置", "说明", PROJECT} <= set(document.sheet_names)
            values = [document.text(PROJECT, f"E{row}") for row in range(1, 40)]
        assert "≥4100亩" in values
        book.sheets[PROJECT].range(cell_of("数量1")).value = "≥4000亩"
        assert book.sheets[PROJECT].range("A1:F40").formula == before

    def test_the_monitoring_of_a_month(self, excel, opened, office, tmp_path):
        opened(filled(tmp_path))
        excel.dialogs["InputBox"].append("6月")
        told = click(macros.new_monitoring, excel)
        path = excel.folder / f"申报-监控-{dt.date.today():%Y%m%d}.xlsx"
        assert str(path) in told
        with office.open(path) as document:
            texts = [document.text(PROJECT, f"F{row}") for row in range(1, 30)]
        assert "1~6月执行数" in texts
        assert "1~6月完成值" in texts

    @pytest.mark.parametrize("answer", ["13", "零", "0", "七八月"])
    def test_a_month_that_is_none(self, excel, opened, tmp_path, answer):
        opened(filled(tmp_path))
        excel.dialogs["InputBox"].append(answer)
        assert "不是月份" in click(macros.new_monitoring, excel)
        assert list(excel.folder.glob("*监控*")) == []

    def test_cancelling_makes_nothing(self, excel, opened, tmp_path):
        opened(filled(tmp_path))
        excel.dialogs["InputBox"].append(False)
        macros.new_monitoring()
        assert excel.alerts == []

    def test_an_existing_form_is_not_overwritten(self, excel, opened, tmp_path):
        book = opened(filled(tmp_path))
        macros.new_evaluation()
        (first,) = excel.folder.glob("申报-自评-*.xlsx")
        before = first.read_bytes()
        book.activate()
        book.set_mock_caller()
        macros.new_evaluation()
        assert first.read_bytes() == before
        assert len(list(excel.folder.glob("申报-自评-*.xlsx"))) == 2

    def test_a_workbook_without_a_form(self, excel, empty):
        empty.sheets[0].range("A1").value = "通讯录"
        assert "没有绩效目标申报表" in click(macros.new_evaluation, excel)
