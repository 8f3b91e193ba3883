"""Files that would take the memory or the day of whoever reads them: told in one line, or read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import zipfile

import pytest
import xlsxwriter

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.sources import archive as package
from perfgoals_xl.reading.sources import budgets
from perfgoals_xl.reading.sources import word as word_source
from tests.reading.sheets import lines
from tests.support.biff12 import BinarySheet, write_binary
from tests.support.xml_mutations import read_package, write_package

SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
FORM = [
    ["项目名称", "渠道清淤"],
    ["年度资金总额", 13],
    ["年度总体绩效目标", "清淤渠道30公里。"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "清淤长度", "≥30公里"],
]


def workbook(path, *, sheets=1, stray=None, merges=0):
    """A form on every sheet; ``stray`` is the address of a text far out."""
    with xlsxwriter.Workbook(path) as book:
        for number in range(sheets):
            page = book.add_worksheet(f"表{number}")
            for row, values in enumerate(FORM):
                page.write_row(row, 0, [f"{v}{number}" if v == "渠道清淤" else v for v in values])
            if stray:
                page.write(stray, "。")
            for row in range(100, 100 + merges):
                page.merge_range(row, 0, row, 3, "")
    return path


def edited(path, part, pattern, new):
    parts = read_package(path.read_bytes())
    before = parts[part]
    parts[part] = re.sub(pattern, lambda _: new, before, count=1)
    assert parts[part] != before
    path.write_bytes(write_package(parts))
    return path


def refused(path, match):
    """Reads a file that must be refused: in one line that names it, without a long wait."""
    begun = time.process_time()
    with pytest.raises(InputError, match=match) as caught:
        load_declaration(path)
    assert time.process_time() - begun < 10
    assert "\n" not in str(caught.value)
    assert path.name in str(caught.value)
    return caught.value


# -- archives


def test_what_a_package_unpacks_to_counts_for_all_its_parts(tmp_path, monkeypatch):
    path = workbook(tmp_path / "表.xlsx", sheets=3)
    size = sum(map(len, read_package(path.read_bytes()).values()))
    monkeypatch.setattr(budgets, "MOST_PART_BYTES", size)
    assert len(lines(load_declaration(path))) == 3
    monkeypatch.setattr(budgets, "MOST_PART_BYTES", size // 3)
    refused(path, "解压后超过")


def test_a_part_that_lies_about_its_size_is_damage(tmp_path):
    path = workbook(tmp_path / "表.xlsx")
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(SHEET).file_size
    at = data.rindex(SHEET.encode()) - 46 + 24  # the size unpacked, in the directory
    assert int.from_bytes(data[at : at + 4], "little") == size
    data[at : at + 4] = (size // 2).to_bytes(4, "little")
    path.write_bytes(data)
    refused(path, "损坏")


def test_too_many_entries(tmp_path, monkeypatch):
    path = workbook(tmp_path / "表.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(300):
            archive.writestr(f"x/{number}", b"")
    assert len(lines(load_declaration(path))) == 1
    monkeypatch.setattr(budgets, "MOST_PARTS", 300)
    refused(path, "部件太多")


def test_entries_are_counted_before_the_archive_is_taken_apart(tmp_path, monkeypatch):
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"PK\x03\x04" + (package.ENTRY + bytes(42)) * (budgets.MOST_PARTS + 1))

    def never(*_):
        raise AssertionError("taken apart")

    monkeypatch.setattr(zipfile, "ZipFile", never)
    refused(path, "部件太多")


# -- cells, rows, merges


def test_cells_of_all_sheets_count_together(tmp_path, monkeypatch):
    path = workbook(tmp_path / "表.xlsx", sheets=3)
    cells = sum(len(row) for row in FORM)
    monkeypatch.setattr(budgets, "MOST_CELLS", 3 * cells)
    assert len(lines(load_declaration(path))) == 3
    monkeypatch.setattr(budgets, "MOST_CELLS", 3 * cells - 1)
    assert refused(path, "单元格超过").sheet == "表2"


def test_rows_of_all_sheets_count_together(tmp_path, monkeypatch):
    path = workbook(tmp_path / "表.xlsx", sheets=3, stray="A500")
    monkeypatch.setattr(budgets, "MOST_ROWS", 1500)
    assert len(lines(load_declaration(path))) == 3
    monkeypatch.setattr(budgets, "MOST_ROWS", 1499)
    error = refused(path, "一直到 A500|一直到 D500")
    assert error.sheet == "表2"


def test_merges_of_all_sheets_count_together(tmp_path, monkeypatch):
    path = workbook(tmp_path / "表.xlsx", sheets=2, merges=20)
    monkeypatch.setattr(budgets, "MOST_MERGES", 40)
    assert len(lines(load_declaration(path))) == 2
    monkeypatch.setattr(budgets, "MOST_MERGES", 39)
    assert refused(path, "合并的单元格太多").sheet == "表1"


def test_different_texts_count(tmp_path, monkeypatch):
    from perfgoals_xl.reading.sources import xlsx_parts

    path = workbook(tmp_path / "表.xlsx")
    monkeypatch.setattr(xlsx_parts, "MOST_TEXTS", 5)
    refused(path, "文字太多")


@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "XFD9999", "ABC200000"])
@pytest.mark.parametrize("spelling", ["double", "single", "lower", "dollar", "inline"])
def test_a_cell_beyond_every_form_is_refused_whatever_its_spelling(tmp_path, address, spelling):
    path = workbook(tmp_path / "表.xlsx")
    written = {
        "double": '<c r="{}"><v>1</v></c>',
        "single": "<c  r = '{}' ><v>1</v></c>",
        "lower": '<c r="{}"><v>1</v></c>',
        "dollar": '<c r=" {} "><v>1</v></c>',
        "inline": '<c t="inlineStr" r="{}"><is><t>甲</t></is></c>',
    }[spelling].format(address.lower() if spelling == "lower" else address)
    row = re.search(r"\d+", address)[0]
    rows = f"<row r='{row}'>{written}</row></sheetData>"
    error = refused(edited(path, SHEET, rb"</sheetData>", rows.encode()), "范围太大")
    assert error.sheet == "表0"


def test_blank_cells_and_blanks_far_out_are_not_there(tmp_path):
    path = workbook(tmp_path / "表.xlsx")
    rows = b"<row r='1048576'><c r='XFD1048576' s='0'/></row></sheetData>"
    assert len(lines(load_declaration(edited(path, SHEET, rb"</sheetData>", rows)))) == 1


# -- texts and elements


@pytest.mark.parametrize("length", [32_767, 32_768])
@pytest.mark.parametrize("kind", ["shared", "inline", "formula"])
def test_a_text_is_as_long_as_a_cell_holds(tmp_path, kind, length):
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("表")
        for row, values in enumerate(FORM):
            page.write_row(row, 0, values)
        page.write("F1", "放长文")
        if kind == "formula":
            page.write_formula("F1", "=A1", None, "放长文")
    text = "长".encode() * length
    if kind == "inline":
        cell = b'<c r="F1" t="inlineStr"><is><t>' + text + b"</t></is></c>"
        edited(path, SHEET, rb'<c r="F1"[^>]*><v>\d+</v></c>', cell)
    else:
        edited(path, SHEET if kind == "formula" else TEXTS, "放长文".encode(), text)
    if length <= budgets.LONGEST_TEXT:
        assert len(lines(load_declaration(path))) == 1
    else:
        error = refused(path, "有 32768 个字")
        assert (error.sheet, error.cell) == ("表", "F1")


@pytest.mark.parametrize("place", ["<row r='9'>", "<row r='9'><c r='A9'>", ""])
@pytest.mark.parametrize("depth", [300, 100_000])
def test_elements_within_elements(tmp_path, place, depth):
    path = workbook(tmp_path / "表.xlsx")
    ends = "".join(f"</{name}>" for name in reversed(re.findall(r"<(\w+)", place)))
    deep = f"{place}{'<a>' * depth}{'</a>' * depth}{ends}</sheetData>"
    refused(edited(path, SHEET, rb"</sheetData>", deep.encode()), "嵌套过深")


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (one, b"&%c;" % (one - 1) * 10) for one in b"bcdefghij"
)


@pytest.mark.parametrize(
    "declared",
    [
        BOMB + b"]>",
        b'<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE x [<!ENTITY % out SYSTEM "http://127.0.0.1:9/x">%out;]>',
        b"<!DOCTYPE x []>",
    ],
)
@pytest.mark.parametrize("part", [SHEET, TEXTS, "xl/workbook.xml", "xl/styles.xml"])
def test_declared_entities_are_damage_in_every_part(tmp_path, declared, part):
    path = workbook(tmp_path / "表.xlsx")
    refused(edited(path, part, rb"\?>", b"?>" + declared), "损坏")


def test_declared_entities_are_damage_in_large_parts_too(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "_SMALL", 0)
    for part in (SHEET, TEXTS):
        path = workbook(tmp_path / "表.xlsx")
        refused(edited(path, part, rb"\?>", b"?>" + BOMB + b"]>"), "损坏")
        # Also where nothing in the part is what is looked for.
        path = workbook(tmp_path / "表.xlsx")
        refused(edited(path, part, rb"(?s)\?>.*", b"?><!DOCTYPE x []><x/>"), "损坏")


# -- what would fill the memory, with one GB of it


def bomb_of_blanks(path):
    """A sheet of 300 MB of blanks; packed it is small."""
    blanks = b" " * (1 << 20)
    parts = read_package(workbook(path).read_bytes())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            if name != SHEET:
                archive.writestr(name, data)
        with archive.open(SHEET, "w") as part:
            part.write(parts[SHEET])
            for _ in range(300):
                part.write(blanks)
    return path


def long_label(path):
    """A label of 36 MB."""
    text = "长".encode() * (12 << 20)
    return edited(workbook(path), TEXTS, "年度总体绩效目标".encode(), text)


def stray_on_ten_sheets(path):
    return workbook(path, sheets=10, stray="IV65536")


def stray_far_out(path):
    return workbook(path, stray="ZZ99999")


def binary_far_out(path):
    cells = {(r, c): v for r, row in enumerate(FORM) for c, v in enumerate(row)}
    return write_binary(path, BinarySheet(cells | {(99_998, 701): "。"}))


_ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(path, more):
    """An .ods of the form, and ``more`` rows behind it."""

    def cell(value):
        kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
        return (
            f'<table:table-cell office:value-type="{kind}"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )

    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in FORM)
    content = (
        f"<office:document-content {_ODS_SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="表">{rows}{more}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def repeated(rows, columns, inner="", cells=1):
    value = ' office:value-type="string"' if inner else ' table:style-name="ce1"'
    times = f'table:number-columns-repeated="{columns}"'
    cell = f"<table:table-cell{value} {times}>{inner}</table:table-cell>"
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell * cells}</table:table-row>'


def blanks_of_ods(path):
    return ods(path, repeated(1000, 1000, cells=100) * 20 + repeated(1_048_000, 16_384))


def filled_of_ods(path):
    return ods(path, repeated(1_000_000, 16_000, "<text:p>甲</text:p>"))


def many_filled_of_ods(path):
    return ods(path, repeated(1000, 1000, "<text:p>甲</text:p>") * 40)


def deep_ods(path):
    return ods(
        path,
        repeated(1, 1, "<text:p>" + "<text:span>" * 5000 + "</text:span>" * 5000 + "</text:p>"),
    )


READ_WITH_LITTLE = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration
begun = time.process_time()
try:
    told = str(len(load_declaration(sys.argv[1]).projects.records()))
except InputError as error:
    told = str(error)
# Not getrusage: its peak is that of the process that started this one, if that was larger.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([told, int(peak.split()[1]) >> 10, time.process_time() - begun]))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
@pytest.mark.parametrize(
    ("make", "suffix", "told"),
    [
        (bomb_of_blanks, ".xlsx", "解压后超过 256 MB"),
        (long_label, ".xlsx", "有一处文字过长"),
        (stray_on_ten_sheets, ".xlsx", "10"),
        (stray_far_out, ".xlsx", "1"),
        (binary_far_out, ".xlsb", "1"),
        (blanks_of_ods, ".ods", "1"),
        (filled_of_ods, ".ods", "单元格超过|范围太大"),
        (many_filled_of_ods, ".ods", "单元格超过|范围太大"),
        (deep_ods, ".ods", "嵌套过深"),
    ],
)
def test_little_memory_is_enough(tmp_path, make, suffix, told):
    path = make(tmp_path / f"表{suffix}")
    command = [sys.executable, "-c", READ_WITH_LITTLE, str(path)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr[-500:]
    said, peak, seconds = json.loads(run.stdout)
    assert re.search(told, said), said
    assert said == told or path.name in said
    assert peak < 600
    assert seconds < 20


# -- .ods, spelled in many ways


@pytest.mark.parametrize(
    ("more", "match"),
    [
        (repeated("9" * 12, 1), "损坏"),
        (repeated("-5", 1), "损坏"),
        (repeated("１e3", 1), "损坏"),
        (repeated(1_048_576, 1, "<text:p>甲</text:p>"), "损坏|范围太大"),
        (repeated(1, 16_385, "<text:p>甲</text:p>"), "损坏|范围太大"),
        (repeated(1, 1, f"<text:p>{'长' * 32_768}</text:p>"), "有 32768 个字"),
        (repeated(1, 1, '<text:p>甲<text:s text:c="99999999"/></text:p>' ), "个字"),
    ],
)  # fmt: skip
def test_repeats_and_texts_of_ods_have_their_limits(tmp_path, more, match):
    refused(ods(tmp_path / "表.ods", more), match)


def test_what_an_ods_repeats_is_there_as_often(tmp_path):
    again = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/>'
        '<table:table-cell office:value-type="string"><text:p>质量指标</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="2">'
        "<text:p>合格</text:p></table:table-cell></table:table-row>"
    )
    found = lines(load_declaration(ods(tmp_path / "表.ods", again)))
    assert [line.rpartition(" | ")[2] for line in found] == ["D5", "D6", "D7"]


# -- documents and texts


def document(path, text, main="word/document.xml", padding=0):
    """A Word document of one paragraph; ``padding`` blanks stand in its relationships."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relation = f'<Relationship Type="{kind}" Target="{main}"/>'
    relations = f"<Relationships>{' ' * padding}{relation}</Relationships>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("_rels/.rels", relations)
        body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
        archive.writestr(main, f'<w:document xmlns:w="{word}">{body}</w:document>')
    return path


def test_documents_have_their_limits(tmp_path, monkeypatch):
    assert load_declaration(document(tmp_path / "表.docx", "甲", "word/文.xml")).is_empty
    refused(document(tmp_path / "长.docx", "长" * 32_768), "有 32768 个字")
    refused(document(tmp_path / "很长.docx", "a" * (11 << 20)), "有一处文字过长")
    refused(document(tmp_path / "乱.docx", "<w:t>" * 5), "损坏")
    monkeypatch.setattr(word_source, "_MOST_BYTES", 10_000)
    refused(document(tmp_path / "大.docx", "<w:t/>" * 2_000), "文档解压后超过")
    refused(document(tmp_path / "系.docx", "甲", "word/文.xml", padding=10_000), "文档解压后超过")


def test_a_text_file_has_its_limits(tmp_path, monkeypatch):
    path = tmp_path / "表.txt"
    path.write_text("\n".join("\t".join(map(str, row)) for row in FORM), encoding="utf-8")
    size = path.stat().st_size
    assert len(lines(load_declaration(path))) == 1
    for name, most, match in (
        ("MOST_TEXT_BYTES", size - 1, "文本超过"),
        ("MOST_ROWS", 4, "5 行"),
        ("MOST_CELLS", 5, "个字段"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(budgets, name, most)
            refused(path, match)


def test_a_file_as_large_as_a_film_is_not_opened(tmp_path):
    path = tmp_path / "片.xlsx"
    with path.open("wb") as out:
        out.truncate(budgets.MOST_FILE_BYTES + 1)
    refused(path, "文件超过 200 MB")
