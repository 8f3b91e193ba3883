"""When a file was saved: inside the file where it says so, else in the file system."""

from __future__ import annotations

import datetime as dt
import os
import zipfile

import openpyxl
import pytest

from perfgoals_xl.storage.saved_time import saved_time
from perfgoals_xl.workbooks.kit.writing import _CREATED
from tests.support.steps import filled

TOUCHED = 1_780_000_000
CORE = '<cp:coreProperties xmlns:cp="c" xmlns:dcterms="d"><dcterms:modified>{}</dcterms:modified></cp:coreProperties>'  # fmt: skip  # noqa: E501


def saved(path, **parts):
    if parts:
        with zipfile.ZipFile(path, "w") as package:
            for name, text in parts.items():
                package.writestr(name, text)
    os.utime(path, (TOUCHED, TOUCHED))
    return saved_time(path, path.read_bytes())


def test_what_excel_wrote_counts(tmp_path):
    path = filled(tmp_path)
    book = openpyxl.load_workbook(path)
    book.save(path)
    when = dt.datetime.fromtimestamp(saved(path).when, dt.UTC)
    assert abs(when - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)


def test_a_workbook_as_this_program_wrote_it_has_the_time_of_the_file(tmp_path):
    assert dt.datetime(2026, 1, 1) == _CREATED
    assert saved(filled(tmp_path)) == (TOUCHED, TOUCHED * 10**9)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("docProps/core.xml", CORE.format("2026-03-01T08:00:00Z"), 1772352000),
        ("docProps/core.xml", CORE.format("2026-03-01T16:00:00+08:00"), 1772352000),
        ("docProps/core.xml", CORE.format("2026-03-01T08:00:00"), 1772352000),
        ("docProps/core.xml", CORE.format("去年"), TOUCHED),
        ("docProps/core.xml", CORE.format(""), TOUCHED),
        ("docProps/core.xml", "没有结束 <", TOUCHED),
        ("docProps/core.xml", "<a/>", TOUCHED),
        ("docProps/core.xml", CORE.format("x" * 200_000), TOUCHED),
        ("meta.xml", '<m xmlns:dc="d"><dc:date>2026-03-01T08:00:00</dc:date></m>', 1772352000),
        ("xl/workbook.xml", "<a/>", TOUCHED),
    ],
)
def test_packages(tmp_path, name, text, expected):
    assert saved(tmp_path / "a.xlsx", **{name: text}).when == expected


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", "项目名称".encode()])
def test_other_files(tmp_path, data):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert saved(path).when == TOUCHED


def test_a_file_that_is_gone(tmp_path):
    assert saved_time(tmp_path / "没有.txt", b"") == (0, 0)


@pytest.mark.parametrize(
    ("data", "when"),
    [
        (b"%PDF-1.7\n...", 0),
        (b"\xef\xbb\xbf\r\n%PDF-1.4 ", 0),
        (b"%PDS-1.7", TOUCHED),
        ("说明：%PDF".encode(), TOUCHED),
        (b" " * 2000 + b"%PDF-1.7", TOUCHED),
    ],
)
def test_what_was_printed_is_older_than_what_can_be_edited(tmp_path, data, when):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert saved(path).when == when
