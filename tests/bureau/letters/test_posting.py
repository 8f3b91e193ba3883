"""Letters of a consolidation: one for each department, all in place or none, never over work."""

from __future__ import annotations

import datetime as dt
import pickle
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from perfgoals_xl.bureau import consolidation
from perfgoals_xl.bureau.account import Account, FileLine, State
from perfgoals_xl.bureau.digest import digest, is_letter
from perfgoals_xl.bureau.engines import ThisProcess
from perfgoals_xl.bureau.letters.letter_words import ANSWER, MEND
from perfgoals_xl.bureau.letters.posting import LetterOrder, Posting
from perfgoals_xl.bureau.source_files import source_files
from perfgoals_xl.errors import InputError
from perfgoals_xl.resources import EXAMPLE_WORKBOOK, example_path
from perfgoals_xl.storage.files import replacing
from perfgoals_xl.workbooks.standard.template import write_standard_workbook
from tests.bureau.departments import write_county, write_text
from tests.bureau.letters.cases import DEPARTMENT, digest_with, finding, told_by
from tests.bureau.reports import OWNER, declared, evaluation, monitoring, write_reports

pytestmark = pytest.mark.usefixtures("in_this_process")


def consolidated(folder: Path, letters: Path, output: Path | None = None):
    output = output or folder.parent / "总汇总.xlsx"
    files = source_files([folder], output, letters)
    return consolidation.consolidate_departments(
        files, output, jobs=1, letters=LetterOrder(letters)
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def county(tmp_path):
    return write_county(tmp_path / "县", 2)


def test_every_department_gets_one_letter(county, tmp_path):
    shutil.copy(example_path(EXAMPLE_WORKBOOK), county / "水务.xlsx")
    write_text(county / "又一份.txt", "青岚县 第１局", more=7)
    outcome = consolidated(county, tmp_path / "意见")
    assert names(tmp_path / "意见") == [
        "云川县水务局审核意见.docx",
        "青岚县第1局审核意见.docx",
        "青岚县第2局审核意见.docx",
    ]
    assert (outcome.letters.written, outcome.letters.returned) == (3, 3)
    assert outcome.letters.told == "退回 3 份、可报送 0 份"
    told = told_by(tmp_path / "意见" / "青岚县第1局审核意见.docx")
    assert "同一年度报送了2个文件（“1局.txt”、“又一份.txt”）" in told.text
    # Where a file is told with its number in the book, a department is told its name.
    assert "序号 " not in told.text
    assert "“又一份.txt”" in told.text


def test_the_letter_has_what_the_digest_found(county, tmp_path):
    path = example_path(EXAMPLE_WORKBOOK)
    shutil.copy(path, county / "水务.xlsx")
    consolidated(county, tmp_path / "意见")
    told = told_by(tmp_path / "意见" / "云川县水务局审核意见.docx")
    found = digest(str(path)).findings
    for severity, name in (("error", MEND), ("warning", ANSWER)):
        lines = [line for line in found if line.severity == severity]
        assert Counter(told.cells(f"{name}（")) == Counter(line.cell for line in lines)
        assert f"{name}（{len(lines)} 项）" in " ".join(told.tables)
    hints = {line.message for line in found if line.severity == "info"}
    assert hints
    assert not any(hint in str(told) for hint in hints)


def test_the_book_is_the_same_with_and_without_letters(county, tmp_path):
    books = [tmp_path / "甲" / "总.xlsx", tmp_path / "乙" / "总.xlsx"]
    for book, order in zip(books, (None, LetterOrder(tmp_path / "意见")), strict=True):
        book.parent.mkdir()
        consolidation.consolidate_departments(
            source_files([county]), book, jobs=1, letters=order, read_at=dt.datetime(2026, 11, 28)
        )
    assert books[0].read_bytes() == books[1].read_bytes()


def test_files_that_do_not_say_whose_they_are(tmp_path):
    folder = tmp_path / "报送"
    for department in ("青岚县林业局", "青岚县林业局种苗站", "青岚县民政局"):
        (folder / department).mkdir(parents=True)
        write_text(folder / department / "表.txt", department)
    (folder / "青岚县民政局" / "附件").mkdir()
    (folder / "青岚县民政局" / "附件" / "坏.xlsx").touch()
    (folder / "青岚县林业局种苗站补报.xlsx").write_bytes(b"PK")
    (folder / "通知.txt").write_text("各单位：", encoding="utf-8")
    (folder / "通知（副本）.txt").write_text("各单位：", encoding="utf-8")
    consolidated(folder, tmp_path / "意见")
    assert names(tmp_path / "意见") == [
        "通知审核意见.docx",
        "青岚县林业局审核意见.docx",
        "青岚县林业局种苗站审核意见.docx",
        "青岚县民政局审核意见.docx",
    ]
    told = {name: told_by(tmp_path / "意见" / name).text for name in names(tmp_path / "意见")}
    assert "“坏.xlsx”无法读取" in told["青岚县民政局审核意见.docx"]
    assert "补报.xlsx”无法读取" in told["青岚县林业局种苗站审核意见.docx"]
    assert "无法读取" not in told["青岚县林业局审核意见.docx"]
    assert "通知（副本）.txt" in told["通知审核意见.docx"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # In the folder of everybody's files nothing tells whose a file is.
        ({"a.txt": "甲水务局", "坏.xlsx": None}, None),
        ({"a/a.txt": "甲水务局", "b/坏.xlsx": None}, None),
        ({"a/a.txt": "甲水务局", "a/坏.xlsx": None, "b/b.txt": "乙民政局"}, "甲水务局"),
        ({"a/a.txt": "甲水务局", "a/b.txt": "乙民政局", "a/坏.xlsx": None, "c/c.txt": "丙"}, None),
        ({"a.txt": "甲水务局", "甲水务局.xlsx": None, "b.txt": "乙民政局"}, "甲水务局"),
        ({"a.txt": "甲水务局", "甲水务局和乙民政局.xlsx": None, "b.txt": "乙民政局"}, None),
        ({"a.txt": "水务", "水务费用.xlsx": None, "b.txt": "乙民政局"}, None),
    ],
)
def test_whose_a_file_is(tmp_path, files, expected):
    posting = Posting(LetterOrder(tmp_path / "意见"), tmp_path)
    lines = []
    for number, (file, department) in enumerate(files.items(), start=1):
        state = State.READ if department else State.FAULT
        lines.append(FileLine(number, f"/报送/{file}", str(number), state, department=department))
        posting.take(digest_with([]), lines[-1])
    posting.write(ThisProcess(), lines, [])
    with posting.delivered():
        pass
    own = [name for name in names(tmp_path / "意见") if name.startswith(("坏", "水务费用"))]
    alone = len(names(tmp_path / "意见")) == len(files)
    assert alone == (expected is None), own


def test_blank_and_finished_ones(tmp_path):
    folder = tmp_path / "报送"
    folder.mkdir()
    write_standard_workbook(
        folder / "空.xlsx", department="青岚县空白局", code=None, year=2026, projects=1
    )
    write_text(folder / "好.txt")
    outcome = consolidated(folder, tmp_path / "意见")
    assert (outcome.letters.written, outcome.letters.returned) == (2, 1)
    blank = told_by(tmp_path / "意见" / "青岚县空白局审核意见.docx")
    assert "“空.xlsx”是空白的表" in blank.text
    good = told_by(tmp_path / "意见" / "青岚县林业和草原局审核意见.docx")
    assert "没有须修改或者说明理由的问题，可以报送" in good.text


def test_what_is_reported_on(tmp_path):
    folder = tmp_path / "报送"
    write_reports(folder / "目标.xlsx", declared())
    write_reports(folder / "自评.xlsx", evaluation(), monitoring())
    write_reports(folder / "民政.xlsx", evaluation("养老服务", "青岚县民政局", year=2025))
    consolidated(folder, tmp_path / "意见")
    both = told_by(tmp_path / "意见" / f"{OWNER}审核意见.docx")
    assert both.paragraphs[0].endswith("2026年项目支出绩效目标、绩效运行监控和绩效自评的审核意见")
    assert "1个项目，年度资金总额合计120万元，1张监控表，1张自评表，全年预算237万元" in both.text
    # How forms and declaration go together asks nothing of the department.
    assert "为准" not in both.text
    alone = told_by(tmp_path / "意见" / "青岚县民政局审核意见.docx")
    assert alone.paragraphs[0].endswith("2025年项目支出绩效自评的审核意见")
    assert "（1张自评表，全年预算118.5万元，已执行112.4万元）" in alone.text


def test_only_forms_of_the_year(tmp_path):
    folder = tmp_path / "报送"
    write_reports(folder / "民政.xlsx", evaluation("养老服务", "青岚县民政局", year=2025))
    write_reports(folder / "水务.xlsx", evaluation("供水", "青岚县水务局", year=2025))
    consolidated(folder, tmp_path / "意见")
    told = told_by(tmp_path / "意见" / "青岚县民政局审核意见.docx")
    assert told.paragraphs[0].endswith("2025年项目支出绩效自评的审核意见")
    assert "个项目" not in told.paragraphs[2].partition("已收悉")[0]


def test_letters_among_the_sources_are_none_of_them(county):
    letters = county / "审核意见"
    first = consolidated(county, letters)
    again = consolidated(county, letters)
    assert len(first.lines) == len(again.lines) == 2
    # One that a department sent back is known, changed or not.
    returned = county / "退回的意见.docx"
    shutil.copy(letters / "青岚县第1局审核意见.docx", returned)
    document = docx.Document(returned)
    document.add_paragraph("已改。")
    document.save(returned)
    assert is_letter(returned)
    third = consolidated(county, letters)
    [line] = [line for line in third.lines if line.file.endswith("意见.docx")]
    assert line.state is State.SUMMARY
    assert line.reason == "这是程序生成的审核意见，不是申报表，没有计入"
    assert third.letters.written == 2


def test_a_letter_that_somebody_changed_stays(county, tmp_path):
    letters, output = tmp_path / "意见", tmp_path / "总.xlsx"
    consolidated(county, letters, output)
    path = letters / "青岚县第2局审核意见.docx"
    document = docx.Document(path)
    document.add_paragraph("另：请补交依据。")
    document.save(path)
    before = {p: p.read_bytes() for p in (*letters.iterdir(), output)}
    write_text(county / "1局.txt", "青岚县第1局", more=50)
    with pytest.raises(InputError, match=r"没有覆盖.*另选一个存放审核意见的文件夹") as refused:
        consolidated(county, letters, output)
    assert refused.value.file == str(path)
    assert {p: p.read_bytes() for p in (*letters.iterdir(), output)} == before
    with replacing():
        consolidated(county, letters, output)
    assert "请补交依据" not in told_by(path).text


def test_a_source_is_never_a_letter(county):
    shutil.copy(county / "1局.txt", county / "表.txt")
    source = county / "青岚县第1局审核意见.docx"
    document = docx.Document()
    document.add_paragraph("不是意见")
    document.save(source)
    before = source.read_bytes()
    with replacing(), pytest.raises(InputError, match="不能是来源文件"):
        consolidated(county, county)
    assert source.read_bytes() == before


def test_letters_and_book_go_together(county, tmp_path, monkeypatch):
    letters, output = tmp_path / "意见", tmp_path / "总.xlsx"

    def failing(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(consolidation, "put_whole", failing)
    with pytest.raises(InputError, match="磁盘"):
        consolidated(county, letters, output)
    assert not letters.exists()
    assert not output.exists()


@pytest.mark.parametrize("taken", ["意见", "意见/里面"])
def test_a_folder_that_cannot_be(county, tmp_path, taken):
    (tmp_path / "意见").touch()
    with pytest.raises(InputError, match="已有同名文件"):
        consolidated(county, tmp_path / taken)
    assert not (tmp_path / "总汇总.xlsx").exists()


def test_a_folder_that_nobody_may_write_to(county, tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(InputError, match="没有在该文件夹写文件的权限"):
        consolidated(county, tmp_path / "意见")


def test_rounds_and_departments_that_are_expected(tmp_path):
    """What the bureau's rounds tell of a department, and one that handed in nothing."""
    posting = Posting(LetterOrder(tmp_path / "意见"), tmp_path)
    own = digest_with([finding("提示", "info"), finding("甲"), finding("乙", cell="E8")])
    account = Account()
    posting.take(own, account.take(own), ["", "新增", "仍存在"])
    posting.tell("青岚县 水务局", state="退回")
    posting.tell("没有文件也不在名单上的", state="未报送")
    posting.expect(DEPARTMENT)
    posting.expect("青岚县民政局")
    letters = posting.write(ThisProcess(), account.lines, [])
    assert letters.told == "退回 1 份、可报送 0 份、未报送 1 份"
    with posting.delivered():
        pass
    told = told_by(tmp_path / "意见" / f"{DEPARTMENT}审核意见.docx")
    assert [row[3] for row in told.rows(MEND)] == ["【新增】甲", "【仍存在】乙"]
    assert "上一轮" not in told.text
    assert len(names(tmp_path / "意见")) == 2
    reminder = told_by(tmp_path / "意见" / "青岚县民政局审核意见.docx")
    assert "尚未收到" in reminder.text


def test_empty_files_are_no_copies_of_each_other(county, tmp_path):
    """Nor are they of one department: a letter tells nobody of the files of others."""
    for name in ("水务", "民政"):
        (county / f"{name}.xlsx").touch()
    consolidated(county, tmp_path / "意见")
    for name, other in (("水务", "民政"), ("民政", "水务")):
        told = told_by(tmp_path / "意见" / f"{name}审核意见.docx")
        assert f"“{name}.xlsx”无法读取" in told.text
        assert other not in told.text


class _Elsewhere:
    """Stands for workers: what they are given and give back is pickled."""

    def map(self, work, batches, lost):
        for batch in batches:
            made = pickle.loads(pickle.dumps(work))(pickle.loads(pickle.dumps(batch)))
            yield from made[:-1]
            yield lost(batch[-1])  # this one ended its worker


def test_workers_write_the_same_letters(tmp_path):
    found = [finding("甲", "error", "D1"), finding("乙", "warning", "D2", waiver="按规定")]
    written = []
    for engine in (ThisProcess(), _Elsewhere()):
        scratch = tmp_path / type(engine).__name__
        scratch.mkdir()
        posting = Posting(LetterOrder(scratch / "意见"), scratch)
        account = Account()
        for number in range(6):
            own = replace(digest_with(found, f"/{number}.xlsx"), department=f"第{number}局")
            posting.take(own, account.take(own), ["新增", "仍存在"])
        posting.write(engine, account.lines, [])
        with posting.delivered():
            pass
        paths = sorted((scratch / "意见").iterdir())
        written.append([docx.Document(path).element.xml for path in paths])
    assert len(written[0]) == 6
    assert written[0] == written[1]
