"""Which department is which: by name, code and file."""

from __future__ import annotations

import pytest

from perfgoals_xl.bureau.rounds.department_names import Named, matched

KNOWN = [
    Named("青岚县教育局", "101", ("教育.xlsx",)),
    Named("青岚县教育局机关服务中心", "102"),
    Named("青岚县水务局", "201", ("水务局.xlsx",)),
    Named("", "", ("没有名称.xlsx",)),
]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(Named("青岚县教育局"), 0, id="the name"),
        pytest.param(Named(" 青岚县 教育局　"), 0, id="blanks"),
        pytest.param(Named("青岚县教育局", "999"), 0, id="the name counts more than the code"),
        pytest.param(Named("青岚县教育体育局", "101"), 0, id="renamed, with its code"),
        pytest.param(Named("青岚县教育体育局"), None, id="renamed, without a code"),
        pytest.param(Named("青岚县民政局", "301"), None, id="another"),
        pytest.param(Named("", "", ("教育.xlsx",)), 0, id="no name, the file of then"),
        pytest.param(Named("", "", ("2026青岚县水务局 目标.xlsx",)), 2, id="named by its file"),
        pytest.param(
            Named("", "", ("青岚县教育局机关服务中心.txt",)), 1, id="the longer of two names"
        ),
        pytest.param(Named("", "", ("目标表.xlsx",)), None, id="a file that tells nothing"),
        pytest.param(Named("青岚县民政局", "", ("没有名称.xlsx",)), 3, id="it has its name by now"),
        pytest.param(Named("青岚县民政局", "", ("教育.xlsx",)), None, id="a file name of another"),
    ],
)
def test_who_is_meant(asked, expected):
    assert matched(KNOWN, [asked]) == [expected]


def test_a_code_that_several_have_is_nobodys():
    """A template was passed on with the code of the first."""
    asked = [Named("青岚县档案馆", "101"), Named("青岚县图书馆", "101")]
    assert matched(KNOWN, asked) == [None, None]


def test_a_code_is_not_taken_from_who_has_the_name():
    asked = [Named("青岚县教育局", "101"), Named("青岚县体育中心", "101")]
    assert matched(KNOWN, asked) == [0, None]


def test_two_of_one_name_are_told_apart_by_code():
    known = [Named("教育局", "101"), Named("教育局", "102")]
    assert matched(known, [Named("教育局", "102"), Named("教育局", "101")]) == [1, 0]
    assert matched(known, [Named("教育局")]) == [0]


@pytest.mark.parametrize(
    ("known", "asked", "expected"),
    [
        pytest.param(["水务局", "民政局"], ["青岚县水务局"], [0], id="short on the list"),
        pytest.param(["青岚县水务局"], ["水务局"], [0], id="short on the form"),
        pytest.param(["水务局"], ["甲县水务局", "乙县水务局"], [None, None], id="two may be it"),
        pytest.param(["甲县水务局", "乙县水务局"], ["水务局"], [None], id="it may be two"),
        pytest.param(["教育局"], ["教育局机关服务中心"], [None], id="only its beginning"),
        pytest.param(
            ["水务局", "青岚县水务局"], ["青岚县水务局"], [1], id="one has the whole name"
        ),
        pytest.param(["局"], ["水务局"], [None], id="too short to tell"),
    ],
)
def test_a_name_without_its_place(known, asked, expected):
    assert matched([Named(name) for name in known], [Named(name) for name in asked]) == expected


def test_a_name_of_before():
    known = [
        Named("教育体育局", also=("教育局",)),
        Named("文化局"),
        Named("新局", also=("文化局",)),
    ]
    assert matched(known, [Named("教育局"), Named("文化局")]) == [0, 1]


def test_several_files_are_of_one_department():
    assert matched(KNOWN, [Named("青岚县水务局"), Named("青岚县水务局", "201")]) == [2, 2]
