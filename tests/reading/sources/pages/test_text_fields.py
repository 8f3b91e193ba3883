"""Texts parted by tabs, commas, upright lines: what parts them, quotes, where cells stand."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.sources.pages.text_fields import separator_of, text_rows
from perfgoals_xl.reading.sources.text_file import read_text
from tests.reading.sheets import lines, rows_of, told

FORM = """
项目名称 | 渠道清淤项目 | | |
年度总体绩效目标 | 清淤渠道30公里，\\n保障"春灌"用水。 | | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | ≥1,200米
 | 质量指标 | 合格率 | | ≥95%
"""
READ = told("""
    产出指标 数量指标 - | 清淤长度 | ≥1,200米 | E4
    产出指标 质量指标 - | 合格率 | ≥95% | E5
""")
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]


def written(rows, sign):
    """Rows as Python's csv module writes them, quoted where a field needs it."""
    text = io.StringIO()
    csv.writer(text, delimiter=sign, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def grid_of(tmp_path, text, name="a.txt", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    (grid,) = read_text(path, path.read_bytes())
    return grid


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("sign", "name"), [("\t", "表.txt"), (",", "表.csv"), (",", "表.txt")])
def test_a_form_with_quoted_fields_in_every_encoding(tmp_path, encoding, sign, name):
    path = tmp_path / name
    path.write_bytes(written(rows_of(FORM), sign).encode(encoding))
    declaration = load_declaration(path)
    assert lines(declaration) == READ
    (record,) = declaration.projects.records()
    assert record["annual_goal"] == '清淤渠道30公里，\n保障"春灌"用水。'


@pytest.mark.libreoffice
@pytest.mark.parametrize("token", ["44,34,UTF-8", "9,34,UTF-16", "44,34,GB18030", "9,34,76"])
def test_texts_that_a_spreadsheet_program_saves(tmp_path, token):
    from tests.reading.sheets import write_workbook
    from tests.support.converting import converted

    path = write_workbook(tmp_path / "表.xlsx", FORM)
    saved = converted(path, f"csv:Text - txt - csv (StarCalc):{token}")
    assert lines(load_declaration(saved)) == READ


@pytest.mark.parametrize(
    ("text", "commas", "sign"),
    [
        ("甲\t乙\n丙\t丁", False, "\t"),
        ("甲\t1,200\n丙\t3,400\n丁\t5", False, "\t"),
        ("甲,乙\n丙,丁", False, ","),
        ("甲;乙\n丙;丁", True, ";"),
        ("甲\t乙\n丙\t丁", True, "\t"),
        ("1,甲\t乙,3\n2,丙,4\n3,丁,5\n4,戊,6\n", True, ","),
        # Prose, and figures that a comma groups, are parted by nothing.
        ("清淤30公里, 保障春灌。\n各单位:\n请按时报送, 不得迟延, 特此通知。\n", False, "\t"),
        ("总额1,200元", False, "\t"),
        ("一行\n两行", False, "\t"),
        ("", False, "\t"),
    ],
)
def test_what_parts_a_text(text, commas, sign):
    assert separator_of(text, commas=commas) == sign


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('"甲\n乙"\t丙\n丁', [["甲\n乙", "丙"], ["丁"]]),
        ('"甲\r\n乙"\t"丙"\r\n丁', [["甲\n乙", "丙"], ["丁"]]),
        ('"他说""好"""\t乙', [['他说"好"', "乙"]]),
        # Marks that somebody typed: nothing is lost to one that is not closed where a field ends.
        ('"春灌"用水\t乙', [['"春灌"用水', "乙"]]),
        ('"甲\t乙\n丙"\t丁', [['"甲', "乙"], ['丙"', "丁"]]),
        ('保障"春灌"\t乙', [['保障"春灌"', "乙"]]),
        ('"甲\t乙', [['"甲', "乙"]]),
        ('甲\t"', [["甲", '"']]),
        ('""\t甲', [[None, "甲"]]),
        ("甲\t\t乙\t\n\n丙", [["甲", None, "乙", None], [None], ["丙"]]),
        ("sep=;\n甲;乙\n", [["甲", "乙"], [None]]),
        ("甲\n", [["甲"], [None]]),
    ],
)
def test_fields(text, rows):
    assert text_rows(text) == rows


@given(
    st.lists(st.lists(st.text('甲乙5 ,"\n\t'), min_size=2, max_size=4), min_size=1, max_size=6),
)
def test_what_a_csv_module_writes_is_read_as_it_was(rows):
    rows = [[field.replace("\r", "") for field in row] for row in rows]
    read = text_rows("sep=,\n" + written(rows, ","))
    assert [[field or "" for field in row] for row in read[:-1]] == rows


@settings(max_examples=300)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.csv", "a.md"]))
def test_any_bytes_are_read_or_refused(tmp_path_factory, data, name):
    path = tmp_path_factory.getbasetemp() / name
    try:
        (grid,) = read_text(path, data)
    except InputError:
        return
    assert all(isinstance(value, str | None) for row in grid.rows for value in row)


@pytest.mark.parametrize("data", [b"\0\1\2\3" * 50, b"MZ\x90\0\3\0\0\0\4\0", bytes(range(256)) * 9])
def test_bytes_that_are_no_text(tmp_path, data):
    with pytest.raises(InputError, match="不是工作簿"):
        read_text(tmp_path / "a.txt", data)


def test_half_a_mark_of_utf_16_is_refused(tmp_path):
    with pytest.raises(InputError):
        read_text(tmp_path / "a.txt", b"\xff\xfe\x00")


MARKDOWN = """# 2026年某县水务局项目支出绩效目标表

| 项目名称 | 渠道清淤项目 | |
|:--|---|---|
| 年度总体绩效目标 | 清淤渠道30公里，<br>保障春灌。 | |

一级指标 | 二级指标 | 三级指标 | 指标值
---|---|---|---
产出指标 | 数量指标 | **清淤**长度 | ≥30公里
 | 质量指标 | 甲\\|乙 | ~~≥90%~~ ≥95%
5 * 8 = 40 | 结束
"""


@pytest.mark.parametrize("name", ["表.md", "表.txt"])
def test_tables_of_markdown(tmp_path, name):
    grid = grid_of(tmp_path, MARKDOWN, name)
    assert grid.rows[0] == ["2026年某县水务局项目支出绩效目标表"]
    assert grid.rows[2] == ["项目名称", "渠道清淤项目", None]
    assert grid.rows[3] == []
    assert grid.rows[4][1] == "清淤渠道30公里，\n保障春灌。"
    assert grid.rows[8] == ["产出指标", "数量指标", "清淤长度", "≥30公里"]
    assert grid.rows[9][2:] == ["甲|乙", "≥95%"]
    assert grid.told == [(9, 3, "struck", "≥90%")]
    assert lines(load_declaration(tmp_path / name))[0].endswith("| ≥30公里 | D9")


@pytest.mark.parametrize("text", ["甲|乙\n丙|丁\n", "甲\n---\n乙|丙\n", "| --- |\n甲\n"])
def test_upright_lines_alone_are_no_table(tmp_path, text):
    grid = grid_of(tmp_path, text)
    assert [row[0] for row in grid.rows] == [line or None for line in text.split("\n")]
