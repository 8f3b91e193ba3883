"""The list of the departments that are to hand in."""

from __future__ import annotations

import openpyxl
import pytest

from perfgoals_xl.bureau.rounds.department_names import Named
from perfgoals_xl.bureau.rounds.roster import read_roster
from perfgoals_xl.errors import InputError


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.txt", "甲局\n乙局\n", [("甲局", ""), ("乙局", "")]),
        ("a.txt", "2026年部门名单\n1. 甲局\n2、乙局\n\n合计\n", [("甲局", ""), ("乙局", "")]),
        ("a.txt", "部门\t代码\n甲局\t007\n甲局\t007\n", [("甲局", "007")]),
        ("a.txt", "# 去年的\n甲局\n", [("甲局", "")]),
        ("a.csv", "序号,单位名称,联系人\n1,甲局,王某\n2,乙局,\n", [("甲局", ""), ("乙局", "")]),
        ("a.csv", "预算部门,部门代码\n甲局,101\n", [("甲局", "101")]),
        ("a.csv", "部门,代码\n甲局,\n甲局,7\n甲局,8\n", [("甲局", "7"), ("甲局", "8")]),
        (
            "a.csv",
            "序号,单位,序号,单位\n1,甲局,3,丙局\n2,乙局,,\n",
            [("甲局", ""), ("乙局", ""), ("丙局", "")],
        ),
        (
            "a.txt",
            "1 甲局\n（二）乙局\n三、丙局\n120急救中心\n",
            [("甲局", ""), ("乙局", ""), ("丙局", ""), ("120急救中心", "")],
        ),
        ("a.csv", "101,甲局\n102,乙局\n", [("甲局", ""), ("乙局", "")]),
        ("a.csv", "主管部门,单位\n某办,甲局\n某办,乙局\n", [("甲局", ""), ("乙局", "")]),
    ],
)
def test_lists_as_texts(tmp_path, name, text, expected):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert [(one.name, one.code) for one in read_roster(path)] == expected


def test_a_list_from_a_text_of_old(tmp_path):
    path = tmp_path / "名单.txt"
    path.write_bytes("青岚县水务局\r\n青岚县民政局\r\n".encode("gb18030"))
    assert [one.name for one in read_roster(path)] == ["青岚县水务局", "青岚县民政局"]


def test_a_workbook_with_a_title_and_codes_that_are_numbers(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("应报送部门",),
        ("序号", "部门代码", "预算部门", "联系人", "电话"),
        (1, 101, "甲局", "王某", "0900-1"),
        (2, "0102", "乙局", None, None),
        ("合计", None, 2),
    ):
        sheet.append(row)
    book.save(tmp_path / "名单.xlsx")
    assert read_roster(tmp_path / "名单.xlsx") == [
        Named("甲局", "101", contact="王某"),
        Named("乙局", "0102"),
    ]


def test_the_book_of_the_last_round_as_a_list(tmp_path):
    book = openpyxl.Workbook()
    for row in (("部门", "2 个"), ("来源文件", "3 个")):
        book.active.append(row)
    sheet = book.create_sheet("部门汇总")
    for row in (("汇总表",), (), ("序号", "部门", "部门代码"), (1, "甲局", "7"), ("合计",)):
        sheet.append(row)
    book.save(tmp_path / "总汇总.xlsx")
    assert read_roster(tmp_path / "总汇总.xlsx") == [Named("甲局", "7")]


@pytest.mark.parametrize("text", ["1\n2\n3\n", "部门名单\n", "部门,代码\n"])
def test_a_list_that_names_nobody(tmp_path, text):
    (tmp_path / "名单.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="没有读到部门"):
        read_roster(tmp_path / "名单.csv")
