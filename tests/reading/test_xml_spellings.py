"""The same workbook as other programs write it, and broken ones."""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from decimal import Decimal

import pytest
import xlsxwriter

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.review.run import review
from tests.reading.sheets import fields, lines
from tests.support.further import one_in
from tests.support.xml_mutations import (
    SPELLINGS,
    mutated_package,
    read_package,
    spelled_otherwise,
    write_package,
)

SHEET, BOOK, RELATIONS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A form with a percentage, a date, an error before an amount, merges and a second sheet."""
    path = tmp_path_factory.mktemp("package") / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("项目表")
        percent = book.add_format({"num_format": "0%"})
        month = book.add_format({"num_format": 'yyyy"年"m"月"'})
        signed = book.add_format({"num_format": '"≥"0"人次"'})
        page.write_row("A1", ["项目名称", "渠道清淤 & <一期>"])
        page.write_formula("A2", "=1/0", None, "#DIV/0!")
        page.write_row("A3", ["项目总额", None, "年度资金总额", 13])
        page.write_formula("B3", "=1/0", None, "#DIV/0!")
        page.write_row("A4", ["年度总体绩效目标", "清淤渠道30公里。"])
        page.write_row("A5", ["一级指标", "二级指标", "三级指标", "指标值"])
        # With a format, so that the blank cells of the area are written too.
        page.merge_range("A6:A8", "产出指标", book.add_format({"border": 1}))
        page.write_row("B6", ["数量指标", "培训"])
        page.write("D6", 120, signed)
        page.write_row("B7", ["质量指标", "合格率"])
        page.write("D7", 0.95, percent)
        page.write_row("B8", ["时效指标", "完成时间"])
        page.write("D8", 46327, month)
        book.add_worksheet("其他").write("A1", "台账")
    return path.read_bytes()


def told(tmp_path, data):
    path = tmp_path / "表.xlsx"
    path.write_bytes(data)
    declaration = load_declaration(path)
    return fields(declaration), lines(declaration)


WANTED = [
    "产出指标 数量指标 - | 培训 | ≥120人次 | D6",
    "产出指标 质量指标 - | 合格率 | 95% | D7",
    "产出指标 时效指标 - | 完成时间 | 2026年11月 | D8",
]


def test_the_workbook_itself(tmp_path, package):
    form, indicators = told(tmp_path, package)
    assert "total_amount | #DIV/0! | B3" in form
    assert "annual_amount | 13 | D3" in form
    assert indicators == WANTED


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_reads_the_same(tmp_path, package, spelling):
    assert told(tmp_path, spelled_otherwise(package, spelling)) == told(tmp_path, package)


def changed(package, name, pattern, new):
    parts = read_package(package)
    before = parts[name]
    parts[name] = re.sub(pattern, new, before)
    assert parts[name] != before
    return write_package(parts)


def moved(package, names):
    return write_package({names.get(n, n): d for n, d in read_package(package).items()})


def elsewhere(package):
    """The workbook's part under another name, which only the relationships tell."""
    book, relations = "data/book.xml", "data/_rels/book.xml.rels"
    parts = read_package(moved(package, {BOOK: book, RELATIONS: relations}))
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"xl/workbook.xml", b"/data/book.xml")
    parts[relations] = parts[relations].replace(b'Target="', b'Target="../xl/')
    return write_package(parts)


def without_content_types(package):
    parts = read_package(package)
    del parts["[Content_Types].xml"]
    return write_package(parts)


@pytest.mark.parametrize(
    "make",
    [
        lambda p: changed(p, SHEET, rb'(<(?:c|row)) r="[A-Z]*\d+"', rb"\1"),
        lambda p: changed(p, SHEET, rb'<row r="\d+"', b"<row"),
        lambda p: changed(p, SHEET, rb'(?<=r=")[A-Z]+(?=\d)', lambda m: m[0].lower()),
        lambda p: changed(p, SHEET, rb'ref="[A-Z0-9:]+(?="/></merge)', lambda m: m[0].lower()),
        lambda p: changed(p, RELATIONS, rb'Target="worksheets', b'Target="/xl/worksheets'),
        lambda p: changed(p, RELATIONS, rb'Target="worksheets', b'Target="./worksheets'),
        lambda p: changed(p, RELATIONS, rb"sheet1\.xml", b"Sheet1.XML"),
        lambda p: moved(p, {BOOK: "XL/Workbook.xml"}),
        lambda p: moved(p, {SHEET: "xl\\worksheets\\sheet1.xml"}),
        elsewhere,
        without_content_types,
    ],
)  # fmt: skip
def test_parts_and_addresses_as_other_programs_have_them(tmp_path, package, make):
    form, indicators = told(tmp_path, make(package))
    assert {"total_amount | #DIV/0! | B3", "annual_amount | 13 | D3"} <= set(form)
    assert indicators == WANTED


def test_a_cell_without_an_address_stands_behind_the_one_before(tmp_path, package):
    data = changed(package, SHEET, rb'(?<=<c) r="[BD][0-9]"', b"")
    assert told(tmp_path, data) == told(tmp_path, package)


def test_a_row_without_a_number_stands_below_the_one_before(tmp_path, package):
    data = changed(package, SHEET, rb'<row r="[578]"', b"<row")
    assert told(tmp_path, data) == told(tmp_path, package)


RUNS = "<r><t>十</t></r><r><t>三</t></r><rPh sb='0' eb='1'><t>shi</t></rPh>"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<c r='B3' t='e'><v>#REF!</v></c>", "#REF!"),
        ("<c t = 'e'\n r='B3' ><v> #NUM! </v></c>", "#NUM!"),
        ("<c r='B3' t='e'/>", None),
        ("<c r='B3' t='e'><v/></c>", "#N/A"),
        ("<c r='B3' t='e'><f>1/0</f></c>", "#N/A"),
        ("<c r='B3' t='e' vm='1'><v>#VALUE!</v><x><v>7</v></x></c>", "#VALUE!"),
        ("<c r='B3'><f>C9</f></c>", "（公式未计算）"),
        ("<c r='B3' t='str'><f>C9</f><v></v></c>", None),
        ("<c r='B3'/>", None),
        ("", None),
        ("<c r='b3' t='n'><v>1.3E1</v></c>", "13"),
        (f"<c r='B3' t='inlineStr'><is>{RUNS}</is></c>", "十三"),
    ],
)  # fmt: skip
def test_no_cell_takes_the_value_of_the_next(tmp_path, package, written, read):
    pattern = rb'<c r="B3".*?</c>'
    form, indicators = told(tmp_path, changed(package, SHEET, pattern, written.encode()))
    total = [line for line in form if line.startswith("total_amount")]
    assert total == [f"total_amount | {read or '-'} | B3"]
    assert "annual_amount | 13 | D3" in form
    assert indicators == WANTED


@pytest.mark.parametrize("seed", range(12))
def test_several_spellings_at_once_read_the_same(tmp_path, package, seed):
    chance = random.Random(seed)
    # What rewrites tags takes neither a comment nor another encoding: these come last.
    others = [n for n in SPELLINGS if n not in ("comments", "CDATA", "UTF-16", "byte order mark")]
    last = chance.choice((["comments"], ["comments", "UTF-16"], ["CDATA"], ["byte order mark"]))
    data = package
    for spelling in [*chance.sample(others, 4), *last]:
        data = spelled_otherwise(data, spelling, seed)
    assert data != package
    assert told(tmp_path, data) == told(tmp_path, package)


def test_days_since_1904(tmp_path, package):
    data = changed(package, BOOK, rb"<workbookPr", b"<workbookPr date1904='1'")
    assert told(tmp_path, data)[1][2].endswith("2030年11月 | D8")


@pytest.mark.parametrize(
    ("name", "pattern", "new"),
    [
        (SHEET, rb"</row>", b"</bow>"),
        (SHEET, rb'<c r="D3"', b'<c r="ABCD3"'),
        (SHEET, rb'(<c r="A1"[^>]*><v>)\d+', rb"\g<1>99999"),
        (SHEET, rb'(<c r="D7") s="\d+"', rb'\1 s="9999"'),
        (RELATIONS, rb"sheet1\.xml", b"sheet9.xml"),
        (BOOK, rb"<workbook ", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook '),
    ],
)
def test_damage_is_refused_in_one_line(tmp_path, package, name, pattern, new):
    with pytest.raises(InputError, match="损坏"):
        told(tmp_path, changed(package, name, pattern, new))


def test_of_two_parts_of_one_name_the_last_counts_without_a_word(tmp_path, package, recwarn):
    import zipfile

    path = tmp_path / "表.xlsx"
    path.write_bytes(package)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/styles.xml", read_package(package)["xl/styles.xml"])
    recwarn.clear()
    assert lines(load_declaration(path)) == WANTED
    assert not recwarn.list


@pytest.mark.parametrize("broken", [b"", b" ", b"<", b"<a/>", b"\0\xff", b"<?xml version='1.0'?>"])
def test_what_is_wrong_about_the_author_does_not_matter(tmp_path, package, broken):
    parts = read_package(package) | {"docProps/core.xml": broken}
    assert told(tmp_path, write_package(parts)) == told(tmp_path, package)


_CASES, _BATCHES = 1200, 8


@pytest.mark.slow
@pytest.mark.parametrize("batch", one_in(3, range(_BATCHES)))
def test_whatever_is_done_to_the_xml_it_is_read_or_refused(tmp_path, package, batch):
    path = tmp_path / "表.xlsx"
    parts = r"docProps/core\.xml|xl/(workbook|styles|sharedStrings|.*sheet1)\.xml|.*\.rels"
    for seed in range(batch, _CASES, _BATCHES):
        case = mutated_package(package, seed, parts=parts)
        path.write_bytes(case.package)
        begun = time.process_time()
        try:
            review(load_declaration(path)).to_json()
        except InputError as error:
            assert "\n" not in str(error), (seed, case.kind)  # noqa: PT017
        except Exception as error:
            raise AssertionError((seed, case.part, case.kind)) from error
        assert time.process_time() - begun < 20, (seed, case.part, case.kind)
    if sys.platform == "linux":
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1024 * 1024


def test_mutations_are_the_same_for_the_same_seed(package):
    for seed in random.Random(1).sample(range(10_000), 20):
        assert mutated_package(package, seed) == mutated_package(package, seed)


def test_amounts_stay_the_stored_number(tmp_path):
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        money = book.add_format({"num_format": '"约"0"万元"'})
        page.write_row("A1", ["项目名称", "渠道清淤"])
        page.write("A2", "年度资金总额")
        page.write("B2", 12.345678, money)
        page.write_row("A3", ["年度总体绩效目标", "清淤。"])
    assert load_declaration(path).projects.records()[0]["annual_amount"] == Decimal("12.345678")


@pytest.mark.parametrize("text", [b"abc", b"NaN", b"1e400", b"True", "十三".encode()])
def test_what_is_no_number_is_kept_as_it_is_written(tmp_path, package, text):
    path = tmp_path / "表.xlsx"
    path.write_bytes(changed(package, SHEET, rb'<c r="D3"><v>13', b'<c r="D3"><v>' + text))
    project = load_declaration(path).projects.records()[0]
    assert project["annual_amount"] == text.decode()
