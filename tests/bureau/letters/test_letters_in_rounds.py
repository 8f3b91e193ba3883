"""Letters of a second round: what became of the findings, and who did not hand in again."""

from __future__ import annotations

import pytest

from perfgoals_xl.bureau.letters.letter_settings import LetterSettings
from perfgoals_xl.bureau.letters.letter_words import MEND
from perfgoals_xl.bureau.letters.posting import LetterOrder
from perfgoals_xl.bureau.rounds.previous_book import PreviousBook
from tests.bureau.letters.cases import told_by
from tests.bureau.rounds.filings import filing, finding, project, write_book

pytestmark = pytest.mark.usefixtures("in_this_process")
BUREAU = "青岚县水务局"
P, Q = "渠道维修项目", "防汛物资储备项目"


@pytest.fixture
def letter(monkeypatch, tmp_path):
    """Writes two rounds and returns the letter of the second one to a department."""

    def write(first, second, department=BUREAU, roster=None):
        order = LetterOrder(tmp_path / "意见", LetterSettings(bureau="青岚县财政局"))
        options = {}
        if roster is not None:
            options["departments"] = tmp_path / "名单.txt"
            options["departments"].write_text("\n".join(roster), encoding="utf-8")
        write_book(monkeypatch, tmp_path / "一.xlsx", first)
        previous = tmp_path / "一.xlsx"
        write_book(
            *(monkeypatch, tmp_path / "二.xlsx", second),
            previous=previous,
            letters=order,
            **options,
        )
        return told_by(tmp_path / "意见" / f"{department}审核意见.docx")

    return write


def test_all_files_of_a_department_and_no_hint(letter):
    hint = finding("G05", P, "目标", severity="info")
    before = [hint, finding("S02", P, "里程"), finding("V05", P, "长度", severity="warning")]
    other = [finding("S02", Q, "座数"), finding("V06", Q, "吨数", severity="info")]
    files = {"file": "/县/二.xlsx"}
    told = letter(
        [filing(BUREAU, [project(P)], before), filing(BUREAU, [project(Q)], other, **files)],
        [
            filing(BUREAU, [project(P)], [hint, before[1], finding("C01", P, "成本")]),
            filing(BUREAU, [project(Q)], [other[0]._replace(waiver="按批复执行")], **files),
        ],
    )
    assert "与上一轮审核相比，已解决1项，新增1项，仍存在1项，已说明1项。" in told.text
    assert [row[3][:5] for row in told.rows(MEND)] == ["【仍存在】", "【新增】成"]


def test_only_hints_stand(letter):
    hint = finding("G05", P, "目标", severity="info")
    first = filing(BUREAU, [project(P)], [hint])
    assert "上一轮" not in letter([first], [first]).text


def test_a_form_that_came_back_blank(letter):
    first = filing(BUREAU, [project(P)], [finding("F02", P)])
    told = letter([first], [filing(BUREAU, sha256="0", blank=True)])
    assert "是空白的表" in told.text
    assert "上一轮" not in told.text


@pytest.mark.parametrize(
    ("severity", "told", "asked"),
    [
        ("warning", "上一轮报送的2026年项目支出绩效目标经审核可以报送", "没有修改的不必重新报送"),
        ("error", "尚未收到你单位重新报送的2026年项目支出绩效目标", "请尽快报送"),
    ],
)
def test_who_did_not_hand_in_again(letter, severity, told, asked):
    first = filing(BUREAU, [project(P)], [finding("F02", P, severity=severity)])
    own = letter([first], [filing("青岚县民政局", [project(Q)])])
    assert told in own.text
    assert asked in own.text
    assert ("的函" in own.paragraphs[0]) is (severity == "error")


def test_a_book_that_was_saved_without_its_values(monkeypatch, tmp_path, letter):
    first = [filing(BUREAU, [project(P)])]
    whole = PreviousBook._read_departments

    def without_states(book, rows):
        found = whole(book, rows)
        for department in found:
            department.states = [""] * len(department.states)
        return found

    monkeypatch.setattr(PreviousBook, "_read_departments", without_states)
    assert "尚未收到你单位重新报送的" in letter(first, [filing("青岚县民政局", [project(Q)])]).text


def test_who_never_handed_in(letter):
    now = [filing("青岚县民政局", [project(Q)])]
    told = letter(now, now, roster=[BUREAU, "青岚县民政局"])
    assert "尚未收到你单位报送的2026年项目支出绩效目标。" in told.text


def test_an_unreadable_file_of_a_department_that_is_expected(letter):
    broken = filing(None, fault="文件是空的。请换一份再试。", file="/县/局里.xlsx")
    now = [filing("青岚县民政局", [project(Q)]), broken]
    told = letter([filing(BUREAU, [project(P)], file="/县/局里.xlsx")], now)
    assert told.paragraphs[1] == f"{BUREAU}："
    assert told.paragraphs[0] == f"关于{BUREAU}报送文件的审核意见"
    assert "你单位报送的文件已收悉。经审核，报送的文件需要更正，现予退回" in told.text


def test_one_letter_where_the_list_has_another_name(letter):
    broken = filing(None, fault="文件是空的。请换一份再试。", file="/县/2026水务局.xlsx")
    now = [filing(BUREAU, [project(P)]), broken]
    told = letter(now[:1], now, roster=["水务局"])
    assert told.paragraphs[1] == f"{BUREAU}："
    assert "“2026水务局.xlsx”无法读取" in told.text
