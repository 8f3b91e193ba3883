"""Texts as files: encodings, line ends, and where line and field are told as a cell."""

from __future__ import annotations

import pytest

from perfgoals_xl.reading.assemble import load_declaration
from tests.reading.sheets import SHEET, fields, lines, told, write_text

FORM = """
2026年云川县水务局项目支出绩效目标表
单位：万元

项目名称 | | 渠道清淤项目 | |
主管部门 | | 云川县水务局 | 实施单位 | 灌溉站
项目总额 | | 30 | 年度资金总额 | 20
年度总体绩效目标 | 清淤渠道30公里，保障“春灌”用水——不误农时。 | | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | ≥30公里
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_line_ends(tmp_path, encoding, newline):
    table = FORM.replace("——", "") if encoding == "gb2312" else FORM
    path = write_text(tmp_path / f"{SHEET}.txt", table, encoding, newline)
    declaration = load_declaration(path)
    assert fields(declaration, 0, "project_name", "implementing_unit", "annual_amount") == told("""
        project_name | 渠道清淤项目 | C4
        implementing_unit | 灌溉站 | E5
        annual_amount | 20 | E6
    """)
    assert declaration.projects.records()[0]["annual_goal"].startswith("清淤渠道30公里，保障“春灌”")
    assert lines(declaration) == told("产出指标 数量指标 - | 清淤长度 | ≥30公里 | E9")
    assert declaration.year == 2026


def test_utf_16_big_endian(tmp_path):
    path = tmp_path / "a.txt"
    text = write_text(tmp_path / "b.txt", FORM).read_text("utf-8")
    path.write_bytes(b"\xfe\xff" + text.encode("utf-16-be"))
    assert lines(load_declaration(path)) == told("产出指标 数量指标 - | 清淤长度 | ≥30公里 | E9")


def test_the_row_is_the_line_and_the_column_the_field(tmp_path):
    """Blank lines, empty leading fields and the missing last line end all count as they stand."""
    path = tmp_path / f"{SHEET}.txt"
    path.write_text(
        "\n\n\n\t\t项目名称\t\t渠道清淤项目\n\n\t\t年度总体绩效目标\t清淤渠道。\t\t\t\n"
        "\t\t一级指标\t二级指标\t三级指标\t\t指标值\n\t\t产出指标\t数量指标\t清淤\t\t30公里",
        encoding="utf-8",
    )
    declaration = load_declaration(path)
    assert fields(declaration) == told("""
        project_name | 渠道清淤项目 | E4
        annual_goal | 清淤渠道。 | D6
    """)
    assert lines(declaration) == told("产出指标 数量指标 - | 清淤 | 30公里 | G8")
    assert declaration.projects.place(0, "project_name").sheet == SHEET


def test_other_line_breaks_are_part_of_a_field(tmp_path):
    """str.splitlines would count a form feed or U+2028 as a line and shift every address below."""
    path = tmp_path / "a.txt"
    path.write_bytes("项目名称\t渠道\u2028清淤\x0b项目\x0c\n年度总体绩效目标\t清淤。\n".encode())
    declaration = load_declaration(path)
    assert declaration.projects.records()[0]["project_name"] == "渠道\u2028清淤\x0b项目\x0c"
    assert fields(declaration, 0, "annual_goal") == ["annual_goal | 清淤。 | B2"]


def test_text_without_any_form(tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text("关于报送绩效目标的通知\n各单位：\n请于月底前报送。\n", encoding="utf-8")
    assert load_declaration(path).is_empty


def test_source_is_named_and_hashed(tmp_path):
    path = write_text(tmp_path / f"{SHEET}.txt", FORM)
    declaration = load_declaration(path)
    assert declaration.file == str(path)
    assert len(declaration.sha256) == 64
    assert declaration.sheet_order == {SHEET: 0}


@pytest.mark.parametrize("suffix", [".txt", ".tsv", ".md", ""])
def test_the_name_of_a_text_does_not_matter(tmp_path, suffix):
    path = write_text(tmp_path / f"表{suffix}", FORM)
    assert len(load_declaration(path).projects) == 1
