"""The marked copy: the staff's own workbook plus findings, with nothing of theirs lost.

The workbook here is no standard one: a form typed into a sheet, with all that an .xlsx can hold.
"""

from __future__ import annotations

import hashlib
import re
from itertools import zip_longest
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook

from perfgoals_xl.api import load, validate
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.sources.source import read_source
from perfgoals_xl.review.run import review
from perfgoals_xl.storage.files import replacing
from perfgoals_xl.workbooks.findings.highlights import COLOURS
from perfgoals_xl.workbooks.findings.layout import COLUMNS, FIRST_ROW, LOOKED_UP
from perfgoals_xl.workbooks.marking import write_marked
from tests.support.steps import (
    FRAME_RULES,
    OTHER_PROJECT,
    PROJECT,
    change,
    copy_sheet,
    filled,
    read_parts,
    rename_sheet,
    write_parts,
)
from tests.workbooks.staff_workbooks import FORM, MAIN, OTHER, ROWS, write_bare, write_rich_workbook

RED, AMBER = COLOURS["错误"], COLOURS["警告"]


def mark(source: Path, output: Path | None = None) -> Path:
    """What ``validate -o`` writes."""
    output = output or source.with_name(f"标记-{source.name}")
    declaration = load(source)
    write_marked([source], [declaration], review(declaration), output)
    return output


@pytest.fixture(scope="module", params=[".xlsx", ".xlsm"])
def rich(request, tmp_path_factory):
    """The workbook and its marked copy."""
    source = write_rich_workbook(tmp_path_factory.mktemp("rich") / f"申报{request.param}")
    return source, mark(source)


def sheet_part(parts: dict[str, bytes], name: str) -> str:
    relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {item.get("Id"): item.get("Target") for item in relations}
    for sheet in etree.fromstring(parts["xl/workbook.xml"]).iter("{*}sheet"):
        if sheet.get("name") == name:
            key = next(value for tag, value in sheet.attrib.items() if tag.endswith("}id"))
            return "xl/" + targets[key].removeprefix("/xl/")
    raise KeyError(name)


def canonical(root: etree._Element) -> bytes:
    return etree.tostring(root, method="c14n")


def highlights(root: etree._Element) -> list[etree._Element]:
    """The conditional formats that look findings up."""
    return [
        formats
        for formats in root.iter("{*}conditionalFormatting")
        if any(LOOKED_UP["cell"] in (text.text or "") for text in formats.iter("{*}formula"))
    ]


def without_highlights(data: bytes) -> bytes:
    root = etree.fromstring(data)
    for formats in highlights(root):
        formats.getparent().remove(formats)
    return canonical(root)


# --- nothing is lost ------------------------------------------------------------------------------


def test_every_other_part_is_the_same_byte_for_byte(rich):
    before, after = map(read_parts, rich)
    added = "xl/worksheets/sheet4.xml"
    changed = {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        sheet_part(before, FORM),
    }
    assert list(after) == [*before, added, "xl/perfgoals.xml"]
    assert {name for name in before if before[name] != after[name]} == changed
    # What this test is about is there.
    assert {"xl/media/image1.png", "xl/charts/chart1.xml", "xl/comments1.xml", "xl/calcChain.xml",
            "xl/drawings/drawing1.xml", "xl/drawings/vmlDrawing1.vml", "xl/tables/table1.xml",
            "customXml/item1.xml", "docProps/custom.xml"} <= before.keys()  # fmt: skip
    assert ("xl/vbaProject.bin" in before) == (rich[0].suffix == ".xlsm")


def test_the_form_gains_conditional_formats_and_nothing_else(rich):
    before, after = map(read_parts, rich)
    part = sheet_part(before, FORM)
    assert without_highlights(after[part]) == canonical(etree.fromstring(before[part]))
    (formats,) = highlights(etree.fromstring(after[part]))
    assert [rule.get("type") for rule in formats] == ["expression"] * 3
    own = re.findall(rb'priority="(\d+)"', before[part])
    assert min(int(rule.get("priority")) for rule in formats) > max(map(int, own))
    for kept in (b"x14:sparkline", b"x14:dataBar", b"legacyDrawing", b"printOptions", b"pane ",
                 b"dataValidation ", b"oddHeader", b"hyperlink "):  # fmt: skip
        assert (kept in after[part]) == (kept in before[part])


def test_the_workbook_part_gains_a_tab_and_names(rich):
    before, after = (etree.fromstring(read_parts(path)["xl/workbook.xml"]) for path in rich)
    sheets = [sheet.get("name") for sheet in after.iter("{*}sheet")]
    assert sheets == [FORM, OTHER, "校验规则", "校验结果"]
    ids = [sheet.get("sheetId") for sheet in after.iter("{*}sheet")]
    assert len(set(ids)) == 4
    added = str(sheets.index("校验结果"))
    for sheet in after.iter("{*}sheet"):
        if sheet.get("name") == "校验结果":
            sheet.getparent().remove(sheet)
    names = [item.get("name") for item in before.iter("{*}definedName")]
    assert "本级合计" in names
    for item in list(after.iter("{*}definedName")):
        if item.get("name").startswith("PG_FINDING_") or item.get("localSheetId") == added:
            item.getparent().remove(item)
    assert canonical(after) == canonical(before)


def test_styles_keep_their_numbers(rich):
    before, after = (etree.fromstring(read_parts(path)["xl/styles.xml"]) for path in rich)
    for name in ("fonts", "fills", "borders", "cellXfs", "dxfs"):
        old, new = before.find(f"{{*}}{name}"), after.find(f"{{*}}{name}")
        assert [canonical(item) for item in new][: len(old)] == [canonical(item) for item in old]
        assert new.get("count") == str(len(new))


def test_the_copy_is_as_valid_as_the_original(rich, validate_ooxml):
    assert validate_ooxml(rich[0]) == []
    assert validate_ooxml(rich[1]) == []


def test_the_source_is_not_touched(tmp_path):
    source = write_rich_workbook(tmp_path / "申报.xlsx")
    before = hashlib.sha256(source.read_bytes()).hexdigest(), source.stat().st_mtime_ns
    mark(source)
    assert (hashlib.sha256(source.read_bytes()).hexdigest(), source.stat().st_mtime_ns) == before


def test_the_copy_reads_as_the_source_does(rich):
    source, copy = rich
    assert [f.to_json() | {"file": ""} for f in validate(copy).findings] == [
        f.to_json() | {"file": ""} for f in validate(source).findings
    ]


# --- what is shown --------------------------------------------------------------------------------


def rows_of(path: Path) -> list[dict[str, object]]:
    """The lines of 校验结果 by header."""
    grid = next(grid for grid in read_source(path).grids if grid.sheet == "校验结果")
    heads = grid.rows[FIRST_ROW - 2]
    rows = [dict(zip_longest(heads, row[: len(heads)])) for row in grid.rows[FIRST_ROW - 1 :]]
    return [row for row in rows if row["规则"] in FRAME_RULES]


def test_the_findings_stand_on_the_sheet(rich):
    source, copy = rich
    told = validate(source).findings
    rows = rows_of(copy)
    assert [row["序号"] for row in rows] == [1, 2]
    for finding, row in zip(told, rows, strict=True):
        assert (row["级别"], row["规则"]) == (finding.severity.label, finding.rule)
        assert (row["工作表"], row["单元格"]) == (FORM, finding.cell)
        assert (row["项目"], row["指标"]) == (finding.project, finding.indicator)
        assert (row["问题"], row["建议"]) == (finding.message, finding.suggestion)
        assert row["说明"] is None
    parts = read_parts(copy)
    root = etree.fromstring(parts[sheet_part(parts, "校验结果")])
    links = [link.get("location") for link in root.iter("{*}hyperlink")]
    sheet = FORM.replace("'", "''")
    assert links == [f"'{sheet}'!{finding.cell}" for finding in told]


def test_the_heads_are_those_of_the_layout(rich):
    assert list(rows_of(rich[1])[0])[: len(COLUMNS)] == [column.header for column in COLUMNS]


@pytest.mark.parametrize("rich", [".xlsx"], indirect=True)
def test_libreoffice_fills_the_cells_with_findings(office, rich):
    source, copy = rich
    errors = {f.cell for f in validate(source).findings if f.severity == "error"}
    warnings = {f.cell for f in validate(source).findings if f.severity == "warning"}
    assert (errors, warnings) == ({"E19"}, {"E8"})
    with office.open(source) as book:
        before = book.looks(FORM)
    with office.open(copy) as book:
        book.recalculate()
        assert book.error_cells() == []
        assert book.sheet_names[-1] == "校验结果"
        after = book.looks(FORM)
    fills = {cell: look.fill for cell, look in after.items() if look.fill != before[cell].fill}
    assert fills == {"E19": RED, "E8": AMBER}
    assert {cell: look.text for cell, look in after.items()} == {
        cell: look.text for cell, look in before.items()
    }


def test_a_mended_workbook_shows_nothing(office, tmp_path):
    source = change(mark(filled(tmp_path, {"质量1": None})), {"质量1": "≥80%"})
    again = mark(source)
    assert rows_of(again) == []
    with office.open(again) as book:
        book.recalculate()
        assert RED not in {look.fill for look in book.looks(PROJECT).values()}


# --- marked again, renamed, copied ----------------------------------------------------------------


def test_marking_again_does_not_pile_up(rich):
    _, copy = rich
    path = copy
    for _ in range(3):
        path = mark(path, copy.with_name(f"又{path.name}"))
    first, last = read_parts(copy), read_parts(path)
    # The order of calculation goes when 校验结果 is replaced; Excel makes it anew.
    assert set(first) - set(last) == {"xl/calcChain.xml"}
    assert set(last) <= set(first)
    for name in ("xl/styles.xml", "xl/workbook.xml", sheet_part(first, FORM)):
        assert canonical(etree.fromstring(last[name])) == canonical(etree.fromstring(first[name]))
    assert rows_of(path) == rows_of(copy)


def test_a_reason_is_kept_when_the_copy_is_marked_again(tmp_path):
    copy = mark(filled(tmp_path, {"质量1": None, "时效1": None}))
    change(copy, {"校验结果!K6": "=本年不适用"})
    again = mark(copy)
    assert [row["说明"] for row in rows_of(again)] == [None, "=本年不适用"]
    assert load_workbook(again)["校验结果"]["K6"].data_type == "s"


def test_a_reason_without_finding_is_kept_below(tmp_path):
    copy = mark(filled(tmp_path, {"质量1": None, "时效1": None}))
    change(copy, {"校验结果!K6": "本年不适用"})
    again = mark(change(copy, {"时效1": "2026年7月底前"}))
    rows = rows_of(again)
    assert [(row["级别"], row["规则"], row["说明"]) for row in rows] == [
        ("错误", "S02", None),
        ("已消除", "S02", "本年不适用"),
    ]
    # And again, though nothing is found there any more.
    assert [row["说明"] for row in rows_of(mark(again))] == [None, "本年不适用"]


def test_a_renamed_sheet_looks_up_its_new_name(office, tmp_path):
    name = 'a>5 "乙" ~1'
    source = rename_sheet(
        filled(tmp_path, {"质量1": None}), PROJECT, name.replace('"', "&quot;").replace(">", "&gt;")
    )
    copy = mark(source)
    root = etree.fromstring(read_parts(copy)[sheet_part(read_parts(copy), name)])
    (formats,) = highlights(root)
    assert len(formats) == 3
    assert all('"=a>5 ""乙"" ~~1"' in rule[0].text for rule in formats)
    with office.open(copy) as book:
        book.recalculate()
        looks = book.looks(name)
    assert looks["D16"].fill == RED
    assert RED not in {look.fill for cell, look in looks.items() if cell != "D16"}


def test_a_copied_sheet_looks_up_its_own_name(tmp_path):
    source = copy_sheet(filled(tmp_path, {"质量1": None}), PROJECT, "副本")
    parts = read_parts(mark(source))
    for name in (PROJECT, "副本"):
        (formats,) = highlights(etree.fromstring(parts[sheet_part(parts, name)]))
        assert {re.search(r'"=([^"]*)"', rule[0].text)[1] for rule in formats} == {name}


def test_the_sheet_of_a_standard_workbook_is_used(tmp_path, validate_ooxml):
    source = filled(tmp_path, {"质量1": None})
    before, copy = load_workbook(source).sheetnames, mark(source)
    assert load_workbook(copy).sheetnames == before
    assert len(rows_of(copy)) == 1
    assert validate_ooxml(copy) == []
    # Only that sheet is written anew: the forms have their highlights already.
    old, new = read_parts(source), read_parts(copy)
    changed = {name for name in old if old[name] != new.get(name)}
    assert sheet_part(old, "校验结果") in changed
    forms = (PROJECT, OTHER_PROJECT, "部门整体", "字典", "校验规则")
    assert not changed & {sheet_part(old, name) for name in forms}


def test_a_sheet_of_that_name_that_is_the_staffs_own_is_not_overwritten(tmp_path):
    source = write_bare(tmp_path / "申报.xlsx")
    parts = read_parts(source)
    parts["xl/workbook.xml"] = re.sub(
        rb'<sheet name="[^"]*"', '<sheet name="校验结果"'.encode(), parts["xl/workbook.xml"]
    )
    write_parts(source, parts)
    with pytest.raises(InputError, match="改名"):
        mark(source, tmp_path / "出.xlsx")
    assert not (tmp_path / "出.xlsx").exists()


# --- workbooks of other programs ------------------------------------------------------------------


def test_a_workbook_of_openpyxl(tmp_path):
    source = tmp_path / "申报.xlsx"
    book = Workbook()
    book.active.title = FORM
    for row in ROWS:
        book.active.append([text or None for text in row])
    book.save(source)
    copy = mark(source)
    assert [row["单元格"] for row in rows_of(copy)] == ["E8", "E19"]
    assert len(highlights(etree.fromstring(read_parts(copy)["xl/worksheets/sheet1.xml"]))) == 1


def test_a_workbook_of_libreoffice(office, tmp_path, validate_ooxml):
    source = tmp_path / "申报.xlsx"
    with office.open(write_rich_workbook(tmp_path / "原.xlsx")) as book:
        book.save_as(source)
    copy = mark(source)
    assert [row["单元格"] for row in rows_of(copy)] == ["E8", "E19"]
    known = [error["description"] for error in validate_ooxml(source)]
    assert [e["description"] for e in validate_ooxml(copy) if e["description"] not in known] == []
    with office.open(copy) as book:
        book.recalculate()
        assert book.looks(FORM)["E19"].fill == RED


def test_a_workbook_with_prefixed_names(tmp_path, validate_ooxml):
    """Some generators write <x:worksheet>."""
    source = filled(tmp_path, {"质量1": None})
    parts = read_parts(source)
    for name in ("xl/workbook.xml", "xl/styles.xml", sheet_part(parts, PROJECT)):
        data = re.sub(rb"<(/?)(?=[A-Za-z0-9]+[\s/>])", rb"<\1x:", parts[name])
        parts[name] = data.replace(b"xmlns=", b"xmlns:x=", 1)
    write_parts(source, parts)
    copy = mark(source)
    assert [row["单元格"] for row in rows_of(copy)] == ["D16"]
    assert validate_ooxml(copy) == []


def test_a_workbook_without_styles(tmp_path, validate_ooxml):
    source = write_bare(tmp_path / "申报.xlsx")
    assert validate_ooxml(source) == []
    copy = mark(source)
    assert [row["单元格"] for row in rows_of(copy)] == ["E8", "E19"]
    assert validate_ooxml(copy) == []
    # Cells without a style look as before.
    styles = load_workbook(copy)[FORM]["A1"]
    assert (styles.font.b, styles.fill.fill_type, styles.number_format) == (False, None, "General")


def test_a_strict_workbook(tmp_path):
    """Excel's "Strict Open XML": the same parts in other namespaces."""
    source = filled(tmp_path, {"质量1": None})
    parts = read_parts(source)
    for name, data in parts.items():
        data = data.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        parts[name] = data.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
    write_parts(source, parts)
    copy = mark(source)
    after = read_parts(copy)
    assert not [
        name for name in ("xl/workbook.xml", "xl/styles.xml") if MAIN.encode() in after[name]
    ]
    assert [f.cell for f in validate(copy).findings] == ["D16"]


def test_texts_stay_texts(tmp_path):
    texts = ["=1+1", "+1", "-1", "@x", "_x0041_乙", "<b>&amp;\x02", " 空 格 ", "换\n行"]
    source = filled(tmp_path, {"质量1": None, "质量1 名称": texts[0]})
    for text in texts[1:]:
        change(source, {"质量1 名称": f"指标1：{text}"})
        row = rows_of(mark(source))[0]
        assert row["指标"] == f"指标1：{text}".replace("\x02", "")
        read_again = load(mark(source)).reasons
        assert read_again == ()


def test_a_long_list_is_written(tmp_path):
    source = filled(tmp_path, {"质量1": None})
    declaration = load(source)
    found = review(declaration)
    many = found.findings * 3000
    output = tmp_path / "多.xlsx"
    write_marked([source], [declaration], type(found)(findings=many), output)
    assert len([row for row in rows_of(output) if row["序号"]]) == 3000


def test_the_kind_of_workbook_is_kept(tmp_path):
    source = write_rich_workbook(tmp_path / "申报.xlsm")
    with pytest.raises(InputError, match="扩展名"):
        mark(source, tmp_path / "出.xlsx")
    with pytest.raises(InputError, match="扩展名"):
        mark(filled(tmp_path), tmp_path / "出.xlsm")
    assert not (tmp_path / "出.xlsx").exists()
    assert not (tmp_path / "出.xlsm").exists()


def test_marking_again_keeps_the_reasons_written_in_the_copy(tmp_path):
    source = filled(tmp_path, {"质量1": None})
    copy = mark(source)
    book = load_workbook(copy)
    book["校验结果"]["K5"] = "另行报送"
    book.save(copy)
    with replacing():
        assert mark(source) == copy
    assert [finding.waiver for finding in validate(copy).findings] == ["另行报送"]
