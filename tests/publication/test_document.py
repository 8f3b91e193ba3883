"""What is published is what was declared: written, read back, compared field by field."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import docx
import pytest
from lxml import etree

from perfgoals_xl.api import load
from perfgoals_xl.errors import InputError
from perfgoals_xl.export import to_json
from perfgoals_xl.publication.document import write_publication
from perfgoals_xl.resources import EXAMPLE_SOURCE, EXAMPLE_WORKBOOK, example_path
from perfgoals_xl.storage.saved_time import Saved
from perfgoals_xl.workbooks.standard.template import write_standard_workbook
from tests.support.steps import (
    FIRE_2015,
    GRASS_2015,
    GRASS_2021,
    HEAD,
    PROJECT,
    filled,
    text_of,
)
from tests.test_roundtrip import (
    BLANK_FUNDS,
    DEPARTMENT,
    NASTY,
    TABLE,
    all_nasty,
    imported,
    named,
    read,
    same,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def published(tmp_path, *declarations, year=None, name="公开.docx"):
    path = tmp_path / name
    write_publication(declarations, path, year=year)
    return path


def texts(path):
    return [paragraph.text for paragraph in docx.Document(path).paragraphs]


def xml(path, part="word/document.xml"):
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(part))


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_what_is_published_is_what_was_declared(tmp_path, text):
    declaration = read(tmp_path, DEPARTMENT, text_of(), named(text))
    same(load(published(tmp_path, declaration)), declaration)


def test_the_document_is_valid(tmp_path, validate_ooxml):
    declaration = read(tmp_path, DEPARTMENT, text_of(), all_nasty(), named(GRASS_2021))
    path = published(tmp_path, declaration)
    same(load(path), declaration)
    assert validate_ooxml(path) == []


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_without_a_department_table(tmp_path, text):
    declaration = read(tmp_path, text_of(), named(text))
    same(load(published(tmp_path, declaration)), declaration)


@pytest.mark.parametrize("edition", ["2015", "2021"])
def test_a_standard_workbook(tmp_path, edition):
    """Department, code and year stand on its cover sheet; the document says them in a line."""
    declaration = load(filled(tmp_path, {"annual_goal": "-"}, edition=edition))
    same(load(published(tmp_path, declaration)), declaration)


def test_line_breaks_blanks_and_tabs_inside_a_cell(tmp_path):
    goal = " 一、补播4000亩。\n二、盖度提高\t5个百分点。\n\n三、 不破坏植被。 "
    changes = {"annual_goal": goal, "数量1 名称": "指标1： 补播\n面积", "数量1": "≥\n4000亩"}
    declaration = load(filled(tmp_path, changes))
    again = load(published(tmp_path, declaration))
    same(again, declaration)
    assert again.projects.records()[0]["annual_goal"] == goal


def test_control_characters_are_left_out_and_told(tmp_path):
    changes = {
        "annual_goal": "补\x07播\x00。\x0b盖度",
        "数量1": "4000\x1f亩",
        "质量1": "a\x01b\u2028c",
    }
    declaration = load(filled(tmp_path, changes))
    path = tmp_path / "公开.docx"
    told = write_publication([declaration], path)
    again = load(path)
    assert again.projects.records()[0]["annual_goal"] == "补播。\n盖度"
    lines = {row["level2"]: row["target_value"] for row in reversed(again.indicators.records())}
    assert lines["数量指标"] == "4000亩"
    assert lines["质量指标"] == "ab\u2028c"
    assert told.mended == 3


def test_line_ends_of_other_systems_become_line_breaks(tmp_path):
    declaration = load(filled(tmp_path, {"annual_goal": "一、补播。\r\n二、管护。\r三、验收。"}))
    again = load(published(tmp_path, declaration))
    assert again.projects.records()[0]["annual_goal"] == "一、补播。\n二、管护。\n三、验收。"


def test_amounts_are_printed_in_all_their_digits(tmp_path):
    text = GRASS_2015.replace("|280", "|280.10").replace("其他资金|5|", "其他资金|0.000001|")
    declaration = read(tmp_path, text)
    path = published(tmp_path, declaration)
    cells = {cell.text for row in docx.Document(path).tables[0].rows for cell in row.cells}
    assert {"280.10", "0.000001"} <= cells
    assert load(path).projects.records()[0]["annual_amount"] == Decimal("280.10")


def test_a_zero_is_0_and_a_blank_is_blank(tmp_path):
    text = HEAD.format(name="无经费项目", annual="0") + BLANK_FUNDS + "年度总体绩效目标\n" + TABLE
    declaration = read(tmp_path, text, FIRE_2015)
    path = published(tmp_path, declaration)
    rows = docx.Document(path).tables[0].rows
    assert [cell.text for cell in rows[3].cells][2:] == ["0", "其中：年度\n资金总额", "0", "0"]
    assert [cell.text for cell in rows[4].cells][2] == ""
    same(load(path), declaration)


def test_a_project_in_two_tables_is_published_as_one(tmp_path):
    head, _, rest = GRASS_2015.partition("效益指标|经济效益")
    again = head[: head.index("产出指标|数量指标")] + "效益指标|经济效益" + rest
    declaration = read(tmp_path, head, again, named(FIRE_2015))
    result = load(published(tmp_path, declaration))
    same(result, declaration)
    assert [len(origin.parts) for origin in result.origins] == [1, 1]


def test_every_form_begins_on_a_new_page_the_department_first(tmp_path):
    path = published(tmp_path, read(tmp_path, text_of(), DEPARTMENT, GRASS_2021))
    body = docx.Document(path)
    titles = [p for p in body.paragraphs if p.text.endswith("绩效目标表")]
    assert [t.text for t in titles] == [
        "2026年青岚县林业和草原局部门整体支出预算绩效目标表",
        *["2026年青岚县林业和草原局部门项目支出预算绩效目标表"] * 2,
    ]
    assert [t.paragraph_format.page_break_before for t in titles] == [None, True, True]
    assert texts(path).count("（2026年度）") == texts(path).count("单位：万元") == 2


def test_the_page_is_a4_portrait_with_page_numbers(tmp_path):
    path = published(tmp_path, read(tmp_path, GRASS_2015))
    size = xml(path).find(f".//{W}pgSz").attrib
    assert (size[f"{W}w"], size[f"{W}h"]) == ("11906", "16838")
    (footer,) = [n for n in zipfile.ZipFile(path).namelist() if n.startswith("word/footer")]
    codes = [element.text.strip() for element in xml(path, footer).iter(f"{W}instrText")]
    assert codes == ["PAGE", "NUMPAGES"]


def test_the_header_of_the_indicators_is_repeated_and_rows_stay_whole(tmp_path):
    long = GRASS_2015.replace("2026年补播改良", "2026年" + "补播改良退化草原。" * 200)
    root = xml(published(tmp_path, read(tmp_path, DEPARTMENT, long)))
    tables = list(root.iter(f"{W}tbl"))
    assert [len(list(t.iter(f"{W}tblHeader"))) for t in tables] == [0, 2, 0, 1]
    for table in tables:
        rows = table.findall(f"{W}tr")
        whole = [row for row in rows if row.find(f"{W}trPr/{W}cantSplit") is not None]
        # Only the goal of a page and more may run over one.
        assert len(rows) - len(whole) == (1 if table is tables[2] else 0)


def test_fonts_are_chinese(tmp_path):
    styles = xml(published(tmp_path, read(tmp_path, GRASS_2015)), "word/styles.xml")
    fonts = {
        style.get(f"{W}styleId"): style.find(f".//{W}rFonts").get(f"{W}eastAsia")
        for style in styles.iter(f"{W}style")
        if style.find(f".//{W}rFonts") is not None
    }
    assert fonts["GoalTitle"] == fonts["CellLabel"] == fonts["CellHead"] == "黑体"
    assert fonts["Normal"] == fonts["CellValue"] == fonts["CellText"] == "宋体"
    assert styles.find(f".//{W}rPrDefault//{W}rFonts").get(f"{W}eastAsia") == "宋体"
    assert styles.find(f".//{W}rPrDefault//{W}lang").get(f"{W}eastAsia") == "zh-CN"


def test_the_note_column_stands_where_there_is_a_note(tmp_path):
    plain = read(tmp_path, GRASS_2015)
    with_note = read(tmp_path, NASTY["notes beside the indicators"])
    heads = [
        [cell.text for cell in docx.Document(published(tmp_path, d)).tables[1].rows[0].cells]
        for d in (plain, with_note)
    ]
    assert heads[0] == ["一级指标", "二级指标", "三级指标", "指标值"]
    assert heads[1] == [*heads[0], "备注"]


def test_equal_levels_are_one_merged_cell(tmp_path):
    table = docx.Document(published(tmp_path, read(tmp_path, GRASS_2015))).tables[1]
    first = [table.cell(row, 0)._tc for row in range(1, 8)]
    assert len(set(map(id, first[:6]))) == 1
    assert table.cell(1, 0).text == "产出指标"
    assert table.cell(7, 0).text == "效益指标"


def test_a_project_without_indicators_has_its_groups_printed(tmp_path):
    bare = HEAD.format(name="空表", annual="5") + BLANK_FUNDS + "年度总体绩效目标|做好。\n" + TABLE
    declaration = read(tmp_path, bare)
    path = published(tmp_path, declaration)
    same(load(path), declaration)
    assert "数量指标" in {c.text for r in docx.Document(path).tables[1].rows for c in r.cells}


def test_the_year_that_the_command_names_stands_in_titles_without_one(tmp_path):
    bare = GRASS_2015.replace("2026年青岚县", "青岚县").replace("（2026年度）", "")
    declaration = read(tmp_path, bare)
    assert declaration.year is None
    same(load(published(tmp_path, declaration)), declaration)
    path = published(tmp_path, declaration, year=2027)
    assert load(path).projects.records()[0]["year"] == 2027
    assert "（2027年度）" in texts(path)


def test_the_plan_year_is_kept_where_the_titles_name_another(tmp_path):
    old = NASTY["last year's table"]
    declaration = replace(read(tmp_path, old, named(old)), year=2026)
    path = published(tmp_path, declaration)
    same(load(path), declaration)
    assert texts(path)[0] == "计划年度：\t2026"


def test_files_of_one_department_are_published_together(tmp_path):
    one = read(tmp_path, GRASS_2015)
    other = read(tmp_path, DEPARTMENT, named(FIRE_2015))
    stranger = read(tmp_path, FIRE_2015.replace("青岚县林业和草原局", "云川县水务局"))
    path = tmp_path / "公开.docx"
    told = write_publication([one, stranger, other], path)
    assert (told.departments, told.projects) == (1, 3)
    titles = [text for text in texts(path) if text.endswith("目标表")]
    assert titles == [
        "2026年青岚县林业和草原局部门整体支出预算绩效目标表",
        *["2026年青岚县林业和草原局部门项目支出预算绩效目标表"] * 2,
        "2026年云川县水务局部门项目支出预算绩效目标表",
    ]


def test_two_years_of_a_department_are_two_sets(tmp_path):
    """Goals of one year are never printed under the title of another."""
    old_year = [text.replace("2026", "2025") for text in (DEPARTMENT, text_of())]
    old, new = read(tmp_path, *old_year), read(tmp_path, DEPARTMENT, named(GRASS_2015))
    path = tmp_path / "公开.docx"
    told = write_publication([old, new], path)
    assert (told.departments, told.projects) == (2, 3)
    titles = [text for text in texts(path) if text.endswith("绩效目标表")]
    project = "部门项目支出预算绩效目标表"
    assert titles == [
        "2025年青岚县林业和草原局部门整体支出预算绩效目标表",
        *[f"2025年青岚县林业和草原局{project}"] * 2,
        "2026年青岚县林业和草原局部门整体支出预算绩效目标表",
        f"2026年青岚县林业和草原局{project}",
    ]


def test_a_file_without_a_year_belongs_to_its_department(tmp_path):
    bare = GRASS_2015.replace("2026年青岚县", "青岚县").replace("（2026年度）", "")
    sources = [read(tmp_path, bare), read(tmp_path, DEPARTMENT, named(FIRE_2015))]
    for order in (sources, sources[::-1]):
        told = write_publication(order, tmp_path / "公开.docx")
        assert (told.departments, told.projects) == (1, 2)
        assert texts(tmp_path / "公开.docx")[0].startswith("2026年青岚县")


def test_the_same_source_twice_is_written_once(tmp_path):
    declaration = read(tmp_path, DEPARTMENT, text_of())
    path = tmp_path / "公开.docx"
    told = write_publication([declaration, replace(declaration, file="副本.txt")], path)
    assert told.notes == ["副本.txt 与 原表.txt 内容相同，只计一次。"]
    same(load(path), declaration)


def test_a_project_of_two_sources_is_told(tmp_path):
    both, newer = (
        replace(read(tmp_path, text), file=file, saved=Saved(when, when))
        for text, file, when in ((text_of(), "全.txt", 1), (GRASS_2015, "改.txt", 2))
    )
    told = write_publication([both, newer], tmp_path / "公开.docx")
    assert told.projects == 2
    assert told.notes == [
        f"项目“{PROJECT}”在 全.txt 和 改.txt 中都有，以较新的 改.txt 为准，只计一次。"
    ]
    rival = replace(newer, projects=read(tmp_path, GRASS_2015.replace("280", "290")).projects)
    told = write_publication([both, rival], tmp_path / "公开.docx")
    assert told.projects == 3
    assert "资金不同，按两个项目计，请核对（P01）" in told.notes[0]


def test_no_department_table_is_lost(tmp_path):
    """Each source of a department may carry one; what differs is printed, and told."""
    other = DEPARTMENT.replace("管理全县", "保护全县")
    one, two, three = (
        read(tmp_path, table, named(GRASS_2015, name))
        for table, name in ((DEPARTMENT, "甲"), (other, "乙"), (DEPARTMENT, "丙"))
    )
    path = tmp_path / "公开.docx"
    told = write_publication([one, two, three], path)
    assert (told.departments, told.projects) == (2, 3)
    assert told.notes == ["青岚县林业和草原局有 2 张内容不同的部门表，都已写出，请只保留一张。"]
    cells = {c.text for t in docx.Document(path).tables for r in t.rows for c in r.cells}
    assert {one.duty_goal, two.duty_goal} <= cells


def published_notes(tmp_path, *declarations):
    return list(write_publication(declarations, tmp_path / "公开.docx").notes)


def test_the_same_tables_make_the_same_document(tmp_path):
    declaration = read(tmp_path, DEPARTMENT, text_of())
    paths = [published(tmp_path, declaration, name=name) for name in ("a.docx", "b.docx")]
    parts = []
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            parts.append({name: archive.read(name) for name in archive.namelist()})
    assert parts[0] == parts[1]
    assert not any("thumbnail" in name for name in parts[0])
    assert not any(re.search(rb"python-docx", data) for data in parts[0].values())


def test_nothing_to_publish(tmp_path):
    blank = tmp_path / "空白.xlsx"
    write_standard_workbook(blank, department="某局", code=None, year=2026, rules=())
    with pytest.raises(InputError, match="无可公开"):
        published(tmp_path, load(blank))
    assert not (tmp_path / "公开.docx").exists()


@pytest.mark.parametrize("name", [EXAMPLE_SOURCE, EXAMPLE_WORKBOOK])
def test_the_example(tmp_path, name):
    declaration = load(example_path(name))
    same(load(published(tmp_path, declaration)), declaration)


@pytest.mark.parametrize(("number", "projects", "goals"), [(0, 18, 6), (1, 22, 0)])
def test_the_published_sets(tmp_path, shared_seeds, validate_ooxml, number, projects, goals):
    source = load(shared_seeds[number])
    book = load(imported(tmp_path, source))
    for declaration in (source, book):
        path = published(tmp_path, declaration)
        again = load(path)
        same(again, source)
        assert (len(again.projects), len(again.department_goals)) == (projects, goals)
        assert not again.remarks
    assert validate_ooxml(path) == []
    assert to_json([again])["declarations"][0]["department_code"] == source.department_code
    assert PROJECT not in texts(path)
