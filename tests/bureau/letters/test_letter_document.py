"""The letter as people read it: every error and open warning once, with its cell; never a hint."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as drawn
from hypothesis import strategies as st

from perfgoals_xl.bureau.account import State
from perfgoals_xl.bureau.letters import letter_looks as looks
from perfgoals_xl.bureau.letters.letter_document import chinese, letter_document
from perfgoals_xl.bureau.letters.letter_settings import LetterSettings, letter_settings
from perfgoals_xl.bureau.letters.letter_words import ANSWER, ANSWERED, MEND, amount
from perfgoals_xl.bureau.letters.shares import Letter, Share
from tests.bureau.letters.cases import (
    DEPARTMENT,
    finding,
    letter_with,
    share_with,
    told_by,
)

SETTINGS = LetterSettings(
    "青岚县财政局", "预算绩效科 0951-0000000", dt.date(2026, 12, 10), dt.date(2026, 11, 28)
)


def test_a_letter_says_what_a_bureau_says():
    letter = letter_with(
        finding(),
        finding("没有时效指标", "warning", "B15", suggestion="请补充时效指标。"),
        finding("没有生态效益指标", "info", "B16"),
        finding("项目期太长", "warning", "F6", waiver="按批复执行"),
    )
    told = told_by(letter, SETTINGS)
    assert told.paragraphs[0] == f"关于{DEPARTMENT}\n2026年项目支出绩效目标的审核意见"
    assert told.paragraphs[1] == f"{DEPARTMENT}："
    assert told.paragraphs[2] == (
        "你单位报送的2026年项目支出绩效目标（1个项目，其中1个项目的年度资金总额没有填写或不是数字，"
        "未计入合计）已收悉。经审核，发现须修改的问题1项（涉及1个项目），"
        "须修改或者说明理由的问题1项（涉及1个项目），现予退回，请修改后重新报送。"
        "已作说明的问题1项，由审核人员认定。"
    )
    assert "请于2026年12月10日前将修改后的文件重新报送。" in told.paragraphs[4]
    assert told.paragraphs[4].endswith("联系方式：预算绩效科 0951-0000000。")
    end = told.paragraphs.index("青岚县财政局")
    assert told.paragraphs[end : end + 2] == ["青岚县财政局", "2026年11月28日"]
    assert told.rows(MEND + "（1 项）") == [["1", "E7", "", "年度资金总额没有填写", "请补填。"]]
    assert told.rows(ANSWER) == [["1", "B15", "", "没有时效指标", "请补充时效指标。"]]
    assert told.rows(ANSWERED) == [["1", "F6", "项目期太长", "按批复执行"]]
    assert told.bands(ANSWER) == ["项目“河道治理”（工作表“项目01”）：1 项"]
    assert "生态效益" not in str(told)


def test_nothing_found():
    told = told_by(letter_with(finding("没有生态效益指标", "info")), SETTINGS)
    assert told.tables == {}
    assert "附件" not in told.text
    assert "经审核，没有须修改或者说明理由的问题，可以报送。" in told.text
    assert "12月10日" not in told.text
    assert "联系方式：预算绩效科 0951-0000000" in told.paragraphs


def test_warnings_alone_do_not_hold_a_department_up():
    letter = letter_with(finding(severity="warning"))
    assert not letter.returned
    told = told_by(letter, SETTINGS)
    assert "没有必须修改的问题，可以报送；另有须修改或者说明理由的问题1项" in told.text
    assert "退回" not in told.text


def test_an_error_with_a_reason_is_for_the_reviewer():
    letter = letter_with(finding(waiver="上级文件规定"))
    assert not letter.returned
    told = told_by(letter)
    assert told.rows(ANSWERED) == [["1", "E7", "年度资金总额没有填写", "上级文件规定"]]
    assert told.rows(MEND) == []


@pytest.mark.parametrize("waiver", ["", "  ", "\u3000\n", None])
def test_a_blank_is_no_reason(waiver):
    assert letter_with(finding(waiver=waiver)).returned


def test_without_settings_nothing_is_made_up():
    told = told_by(letter_with(finding()), letter_settings())
    assert "请尽快将修改后的文件重新报送。" in told.text
    assert "联系方式" not in told.text


_FINDINGS = st.lists(
    st.builds(
        finding,
        message=st.sampled_from(["甲", "乙（E7）", "乙（F8）"]),
        severity=st.sampled_from(["error", "warning", "info", "已消除", "已清除"]),
        cell=st.integers(1, 40).map("D{}".format) | st.integers(1, 9).map("E{}".format),
        project=st.sampled_from(["河道治理", "水库除险", None]),
        sheet=st.sampled_from(["项目01", "项目02"]),
        rule=st.sampled_from(["F07", "S01", "V05"]),
        waiver=st.sampled_from([None, None, " ", "按规定", "见附件"]),
    ),
    max_size=40,
)


@drawn(max_examples=25, deadline=None)
@given(_FINDINGS, _FINDINGS)
def test_every_finding_is_told_once_with_its_cell(first, second):
    letter = Letter(
        DEPARTMENT, (share_with(first, "/报送/一.xlsx"), share_with(second, "/报送/二.txt"))
    )
    told = told_by(letter)
    found = first + second
    answered = [f for f in found if (f.waiver or "").strip() and f.severity in ("error", "warning")]
    open_ = [f for f in found if not (f.waiver or "").strip()]
    for name, expected in (
        (MEND + "（", [f for f in open_ if f.severity == "error"]),
        (ANSWER + "（", [f for f in open_ if f.severity == "warning"]),
        (ANSWERED + "（", answered),
    ):
        # Ranges name a cell once, however many findings of a group stand in it.
        cells = told.cells(name)
        assert Counter(cells).keys() == Counter(f.cell for f in expected).keys()
        assert sum(int(title.rpartition("：")[2].split()[0]) for title in told.bands(name)) == len(
            expected
        )
        headings = [heading for heading in told.tables if name in heading]
        assert [h.rpartition("（")[2] for h in headings] == [f"{len(expected)} 项）"] * bool(
            expected
        )


def test_equal_findings_are_one_row():
    cells = ["D12", "D13", "D14", "D20", "D22"]
    letter = letter_with(*(finding("没有单位", "warning", cell, rule="V05") for cell in cells))
    told = told_by(letter)
    assert told.rows(ANSWER) == [
        ["1", "D12:D14、 D20、 D22（5 处）", "", "没有单位", "请补填。"],
    ]


def test_many_places_stand_behind_the_message():
    cells = [f"D{row}" for row in range(2, 122, 2)]
    told = told_by(letter_with(*(finding("没有单位", "error", cell) for cell in cells)))
    [[_, cell, _, message, _]] = told.rows(MEND)
    assert cell == "60 处"
    assert message.startswith("没有单位（D2、 D4、")
    assert told.cells(MEND) == sorted(cells)


def test_what_several_projects_share_comes_first_with_their_sheets():
    lines = [finding("甲", "error", "C3", project="零号", sheet="项目00")]
    lines += [finding("没有单位", "error", "D9", f"项目{n}", f"表{n}") for n in range(5)]
    told = told_by(letter_with(*lines))
    assert told.bands(MEND)[0] == "几处共有的问题：5 项"
    assert "表0 D9；表1 D9" in told.rows(MEND)[0][3]


def test_equal_findings_without_a_cell():
    told = told_by(letter_with(*(finding("没有填", "error", None, sheet=None) for _ in range(6))))
    assert told.rows(MEND) == [["1", "6 处", "", "没有填", "请补填。"]]


def test_reasons_are_not_mixed():
    lines = [
        finding("没有单位", "error", f"D{n}", waiver="甲" if n < 6 else "乙") for n in range(1, 9)
    ]
    told = told_by(letter_with(*lines))
    assert [row[-1] for row in told.rows(ANSWERED)] == ["甲", "乙", "乙", "乙"]


def test_since_the_last_round():
    found = [
        finding("甲", "error", "D1"),
        finding("乙", "error", "D2"),
        *(finding("没有单位", "error", f"E{n}") for n in range(1, 7)),
        finding("提示", "info", "D3"),
    ]
    since = ["新增", "仍存在", *["新增"] * 2, *["仍存在"] * 4, "新增"]
    letter = Letter(DEPARTMENT, (replace(share_with(found, since=since), solved=5),))
    told = told_by(letter)
    assert "与上一轮审核相比，已解决5项，新增3项，仍存在5项。" in told.text
    assert [row[3] for row in told.rows(MEND)] == [
        "【新增】甲",
        "【仍存在】乙",
        "【新增 2 处，仍存在 4 处】没有单位",
    ]


def test_a_state_that_the_book_gives():
    old = Letter(DEPARTMENT, (share_with(),), state="旧版模板")
    assert old.returned
    assert "报送的文件需要更正，现予退回" in told_by(old).text
    # An error is an error, whatever the book says.
    assert Letter(DEPARTMENT, (share_with([finding()]),), state="可报送").returned
    assert not Letter(DEPARTMENT, (share_with(),), state="可报送").returned
    assert not Letter(DEPARTMENT, state="未报送").returned


def test_a_department_that_handed_in_nothing_is_reminded():
    told = told_by(Letter(DEPARTMENT), SETTINGS)
    assert told.paragraphs[0] == "关于报送项目支出绩效目标的函"
    assert "尚未收到你单位报送的项目支出绩效目标" in told.text
    assert "请于2026年12月10日前报送。" in told.text


def test_what_is_wrong_with_files_is_told():
    shares = (
        share_with(),
        Share("/报送/坏.xlsx", State.FAULT, "文件是空的。请换一份再试。"),
        Share("/报送/我.xlsx", State.FAULT, "程序内部出错（KeyError），日志在 /home/x/错误.log"),
        Share("/报送/旧.xlsx", State.REPLACED, "与“a.xlsx”是同一份申报，以较新的为准，没有计入"),
        Share("/报送/空.xlsx"),
        Share("/报送/设置.xlsx", State.UNREVIEWED, "“阈值”应是数字", projects=1),
    )
    letter = Letter(DEPARTMENT, shares)
    assert letter.returned
    told = told_by(letter)
    assert "“坏.xlsx”无法读取：文件是空的。请换一份再试。" in told.text
    assert "“空.xlsx”是空白的表，没有填写项目。请填好后重新报送。" in told.text
    assert "“旧.xlsx”与“a.xlsx”是同一份申报" in told.text
    assert "“设置.xlsx”没有能够审核：“阈值”应是数字。" in told.text
    assert "“我.xlsx”没有能够读出，由审核人员另行核对。" in told.text
    assert "/home" not in told.text


def test_a_fault_of_ours_is_not_held_against_a_department():
    share = Share("/报送/我.xlsx", State.FAULT, "程序内部出错（KeyError），日志在 /x.log")
    assert not Letter(DEPARTMENT, (share_with(), share)).returned


def test_an_old_template_is_told_though_it_is_only_a_hint():
    old = finding("模板是 3 版，现在是 5 版", "info", rule="K03")
    told = told_by(letter_with(old))
    assert "“a.xlsx”：模板是 3 版，现在是 5 版。" in told.text
    raised = told_by(letter_with(old._replace(severity="warning")))
    assert raised.text.count("模板是 3 版") == 0
    assert len(raised.rows(ANSWER)) == 1


def test_a_file_that_names_no_department():
    share = Share("/报送/说明.txt", State.FAULT, "文件中没有找到绩效目标申报表。")
    told = told_by(Letter(None, (share,)))
    assert told.paragraphs[:2] == ["关于“说明.txt”的审核意见", "报送单位："]


NASTY = "甲\x00\x07\ud800<b>&amp;]]></w:t>\u202e\n\t𠮷" + "长" * 40_000


def test_any_text_stays_text(tmp_path, validate_ooxml):
    shares = []
    for project in (NASTY, "<script>alert(1)</script>", "\x01"):
        rough = finding(NASTY, "error", "E7", project, project[:31], value=NASTY, suggestion=NASTY)
        lines = [rough, rough._replace(waiver=NASTY)]
        shares.append(share_with(lines, f"/报送/{project[:40]}.xlsx"))
    path = tmp_path / "意见.docx"
    path.write_bytes(letter_document(Letter(NASTY, tuple(shares)), SETTINGS))
    told = told_by(path)
    assert len(told.rows(MEND)) == len(told.rows(ANSWERED)) == 3
    assert any("<script>" in band for band in told.bands(MEND))
    assert all(len(text) < 1_000 for text in told.paragraphs)
    # What turns the text around it is gone, and so is what no document can hold.
    assert not set("\u202e\x00\x07\x01") & set(told.document.element.xml)
    assert validate_ooxml(path) == []


def test_a_long_letter_is_valid_and_heads_every_page(tmp_path, validate_ooxml):
    lines = [
        finding(
            f"第{n}项问题", "error" if n % 2 else "warning", f"D{n}", f"项目{n % 9}", f"表{n % 9}"
        )
        for n in range(1, 61)
    ]
    letter = Letter(
        DEPARTMENT,
        (replace(share_with(lines), solved=1), share_with(lines[:3], "/报送/b.docx")),
    )
    path = tmp_path / "意见.docx"
    path.write_bytes(letter_document(letter, SETTINGS))
    assert validate_ooxml(path) == []
    told = told_by(path)
    assert len(told.rows(MEND)) + len(told.rows(ANSWER)) == 63
    assert told.tables["一、报送的文件"][1:] == [
        ["a.xlsx", "已审核", "1", "", "30", "30", "0"],
        ["b.docx", "已审核", "1", "", "2", "1", "0"],
    ]
    assert all(
        "w:tblHeader" in table.rows[0]._tr.xml and "w:tblHeader" not in table.rows[1]._tr.xml
        for table in told.document.tables
    )
    assert told.paragraphs[-1].startswith("注：文本和文档没有单元格")


@pytest.mark.parametrize("found", [[finding()], []])
def test_no_signature_stands_alone_on_a_page(found):
    """The last paragraph of the text, the annex and the signature are on one page with the day."""
    paragraphs = told_by(Letter(DEPARTMENT, (share_with(found),)), SETTINGS).document.paragraphs
    day = next(at for at, p in enumerate(paragraphs) if p.text == "2026年11月28日")
    body = next(at for at in range(day, 0, -1) if paragraphs[at].style.style_id == looks.BODY)
    assert all(
        p.paragraph_format.keep_with_next or p.style.paragraph_format.keep_with_next
        for p in paragraphs[body:day]
    )


def test_the_same_letter_is_the_same_document():
    letter = letter_with(finding())
    first, second = (told_by(letter, SETTINGS).document for _ in range(2))
    assert first.element.xml == second.element.xml
    assert first.core_properties.modified == dt.datetime(2026, 11, 28, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, ""),
        (Decimal("0"), "0"),
        (Decimal("2795.000214"), "2,795.000214"),
        (Decimal("-0.5"), "-0.5"),
        (Decimal("-1234567.10"), "-1,234,567.1"),
        (Decimal("1E+3"), "1,000"),
    ],
)
def test_amounts(value, told):
    assert amount(value) == told


@pytest.mark.parametrize(("whose", "lines"), [("青岚县水务局", 1), ("青岚县" * 6, 2)])
def test_long_titles_are_divided(whose, lines):
    told = told_by(Letter(whose, (share_with([finding()]),)))
    [title] = [text for text in told.paragraphs[-2:] if text.endswith("审核问题清单")]
    assert title.count("\n") == lines - 1
    assert f"附件：{whose}绩效目标审核问题清单" in told.paragraphs


@pytest.mark.parametrize(
    ("number", "told"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")],
)
def test_numbers_of_paragraphs(number, told):
    assert chinese(number) == told
