from __future__ import annotations

import pytest

from perfgoals_xl.page.file_labels import label


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("申报表.xlsx", "申报表.xlsx"),
        ("水务局 2026年（定稿）.xlsx", "水务局 2026年（定稿）.xlsx"),
        ("../../etc/passwd.xlsx", "passwd.xlsx"),
        ("..\\..\\Windows\\win.xlsx", "win.xlsx"),
        ("C:\\Users\\a\\表.xlsx", "表.xlsx"),
        ("/", "文件"),
        ("..", "文件"),
        (".xlsx", "文件.xlsx"),
        ("", "文件"),
        ("CON", "文件_CON"),
        ("con.xlsx", "文件_con.xlsx"),
        ("LPT1.tar.xlsx", "文件_LPT1.tar.xlsx"),
        ("CONTRACT.xlsx", "CONTRACT.xlsx"),
        ("a:b?.xlsx", "a_b_.xlsx"),
        ('<img src=x onerror="alert(1)">.xlsx', "_img src=x onerror=_alert(1)__.xlsx"),
        ("表\u202excod.xlsx", "表xcod.xlsx"),
        ("表\u200f\u2066\u2069.xlsx", "表.xlsx"),
        ("表\x00\x1f\n.xlsx", "表.xlsx"),
        ("绩效📊.xlsx", "绩效📊.xlsx"),
        ("cafe\u0301.xlsx", "café.xlsx"),
        ("表. . .xlsx", "表.xlsx"),
        (" 表.xlsx ", "表.xlsx"),
        ("表.xlsx.", "表.xlsx"),
        ("表.xlsx:stream", "表.xlsx_stream"),
        ("..xlsx", "文件.xlsx"),
        ("。.xlsx", "。.xlsx"),
        ("没有扩展名", "没有扩展名"),
        ("2026.绩效目标申报表定稿打印版本二", "2026.绩效目标申报表定稿打印版本二"),
    ],
)
def test_a_label_names_no_place(name, called):
    assert label(name) == called


def test_a_long_name_keeps_its_ending():
    for letter in ("长", "x", "📊", "é"):
        called = label(letter * 300 + ".xlsx")
        assert len(called.encode()) <= 160
        assert called.endswith(f"{letter}.xlsx")


def test_no_two_are_called_alike():
    taken: list[str] = []
    for name in ("表.xlsx", "表.XLSX", "甲/表.xlsx", "表 (2).xlsx", "表.txt", "a.txt", "ａ.txt"):
        taken.append(label(name, taken))
    assert taken == [
        "表.xlsx", "表 (2).XLSX", "表 (3).xlsx", "表 (2) (2).xlsx", "表.txt", "a.txt", "ａ (2).txt",
    ]  # fmt: skip


def test_long_names_that_begin_alike_stay_two():
    first = label("长" * 300 + "甲.xlsx")
    assert label("长" * 300 + "乙.xlsx", [first]) != first
