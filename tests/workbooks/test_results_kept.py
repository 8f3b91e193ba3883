"""What staff made of 校验结果 in a file: written by its headings, and all that is theirs kept."""

from __future__ import annotations

import re
import shutil

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.formula import ArrayFormula

from perfgoals_xl.api import load, validate
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.sources.source import read_source
from perfgoals_xl.review.run import review
from perfgoals_xl.storage.files import replacing
from perfgoals_xl.workbooks.findings.highlights import COLOURS
from perfgoals_xl.workbooks.marking import write_marked
from tests.support.further import one_in
from tests.support.results_edits import FileSheet, part_of
from tests.support.steps import PROJECT, cell_of, change, filled, read_parts, write_parts

SHEET = "校验结果"
REASON = "=另行报送"


def mark(source, output=None):
    output = output or source.with_name(f"标-{source.name}")
    declaration = load(source)
    write_marked([source], [declaration], review(declaration), output)
    return output


@pytest.fixture
def copy(tmp_path):
    """A marked workbook with six findings; the second one has a reason."""
    path = mark(
        filled(tmp_path, {"annual_amount": 290, "质量1": None}, other={"annual_amount": 37})
    )
    return change(path, {f"{SHEET}!K6": REASON})


def rows(path):
    found = next(grid for grid in read_source(path).grids if grid.sheet == SHEET).rows
    # The reader keeps a row as far as it is filled.
    width = max(map(len, found))
    return [[*row, *[None] * (width - len(row))] for row in found]


def column(path, heading):
    found = rows(path)
    header = next(row for row in found if "规则" in row)
    at = header.index(heading)
    return [row[at] for row in found[found.index(header) + 1 :]]


def edited(path, edit):
    book = load_workbook(path)
    edit(book[SHEET])
    book.save(path)
    return path


def new_faults(validate_ooxml, before, after):
    """What the validator says of a workbook and did not say of the one that it was made from."""
    known = {(fault["path"], fault["description"]) for fault in validate_ooxml(before)}
    return [f for f in validate_ooxml(after) if (f["path"], f["description"]) not in known]


def areas(path):
    return {
        name: item.attr_text
        for name, item in load_workbook(path).defined_names.items()
        if name.startswith("PG_FINDING_")
    }


@pytest.mark.parametrize("wide", [(11, 13), (1, 12), (12, 16384), (12, 12)])
def test_a_width_for_several_columns_stays_with_those_around_ours(copy, wide):
    sheet = FileSheet(copy)
    sheet.delete_column(11)
    sheet.save()
    parts = read_parts(copy)
    name = part_of(parts, SHEET)
    cols = f'<cols><col min="{wide[0]}" max="{wide[1]}" width="33" customWidth="1"/></cols>'
    place = re.search(rb"<(\w+:)?sheetData", parts[name]).start()
    parts[name] = parts[name][:place] + cols.encode() + parts[name][place:]
    write_parts(copy, parts)
    again = mark(copy)
    assert next(row for row in rows(again) if "规则" in row).index("位置码（已校验）") == 11
    parts = read_parts(again)
    found = etree.fromstring(parts[part_of(parts, SHEET)]).findall(".//{*}cols/{*}col")
    spans = [(int(col.get("min")), int(col.get("max")), col.get("width")) for col in found]
    before, after = (wide[0], 11, "33"), (13, wide[1], "33")
    ours = next(span for span in spans if span[:2] == (12, 12))
    assert spans == [span for span in (before, ours, after) if span[0] <= span[1]]
    assert ours[2] != "33"


@pytest.mark.parametrize(
    ("edit", "heading"),
    one_in(
        3,
        [
            (lambda s: s.delete_column(9), "说明"),
            (lambda s: s.delete_column(0), "说明"),
            (lambda s: s.delete_column(8), "说明"),
            (lambda s: s.delete_column(11), "说明"),
            (lambda s: s.insert_column(7), "说明"),
            (lambda s: s.move_column(10, 0), "说明"),
            (lambda s: s.write(3, 10, "理由"), "理由"),
            (lambda s: s.insert_row(0), "说明"),
            (lambda s: s.delete_row(0), "说明"),
            (lambda s: s.reverse(4, 9), "说明"),
        ],
    ),
)
def test_the_reason_stays_and_no_other_comes(copy, edit, heading, validate_ooxml, office):
    sheet = FileSheet(copy)
    edit(sheet)
    sheet.save()
    again = mark(mark(copy))
    assert [text for text in column(again, heading) if text] == [REASON]
    assert [(f.rule, f.waiver) for f in validate(again).findings if f.waiver] == [("F02", REASON)]
    assert validate_ooxml(again) == []
    found = rows(again)
    header = next(number for number, row in enumerate(found) if "规则" in row)
    position = "位置码（已校验）"
    for name, key in (("CELLS", "单元格"), ("SEVERITIES", "级别"), ("POSITIONS", position)):
        at = "ABCDEFGHIJKLMNO"[found[header].index(key)]
        assert areas(again)[f"PG_FINDING_{name}"].endswith(
            f"!${at}${header + 2}:${at}${header + 13}"
        )
    with office.open(again) as book:
        book.recalculate()
        assert book.looks(PROJECT)[cell_of("质量1")].fill == COLOURS["错误"]


def test_what_cannot_be_told_is_refused(copy, tmp_path):
    edited(copy, lambda sheet: setattr(sheet["K4"], "value", "备注"))
    declaration = load(copy)
    assert declaration.reasons == ()
    assert "K4" in [remark.place.cell for remark in declaration.remarks]
    output = tmp_path / "出.xlsx"
    with pytest.raises(InputError) as refusal:
        mark(copy, output)
    assert (refusal.value.sheet, refusal.value.cell) == (SHEET, "K4")
    assert not output.exists()


def test_the_copy_that_is_replaced_is_not_dropped_where_its_reasons_cannot_be_read(tmp_path):
    source = filled(tmp_path, {"annual_amount": 290})
    copy = mark(source)
    change(copy, {f"{SHEET}!K5": "理由", f"{SHEET}!K4": "答复"})
    before = copy.read_bytes()
    with pytest.raises(InputError, match="没有替换"):
        mark(source, copy)
    assert copy.read_bytes() == before


def test_what_stands_beside_moves_with_its_finding(copy, validate_ooxml):
    def edit(sheet):
        sheet["M4"] = "责任人"
        for number, value in enumerate(["甲", "001", 3.5, "=ROW()", None, "己"]):
            sheet.cell(5 + number, 13, value)
        sheet["M6"].number_format = "@"
        sheet["M5"].fill = PatternFill("solid", fgColor="00FF00")
        sheet["M5"].comment = Comment("八月前答复", "王")
        sheet["N7"] = '=IF(K7="","未答","已答")'
        sheet.column_dimensions["M"].width = 33

    edited(copy, edit)
    before = dict(zip(column(copy, "问题"), column(copy, "责任人"), strict=True))
    again = mark(change(copy, {"质量1": "≥80%"}))
    messages, names = column(again, "问题"), column(again, "责任人")
    after = dict(zip(messages, names, strict=True))
    # The finding that is mended keeps its row, because something stands beside it.
    assert column(again, "级别")[-1] == "已消除"
    kept = {message: name for message, name in before.items() if name in ("甲", "001", "己", 3.5)}
    assert {message: after[message] for message in kept} == kept
    sheet = load_workbook(again)[SHEET]
    gone = 5 + messages.index(next(m for m, name in kept.items() if name == 3.5))
    assert sheet[f"N{gone}"].value == f'=IF(K{gone}="","未答","已答")'
    assert sheet["M5"].fill.fgColor.rgb == "0000FF00"
    assert sheet["M5"].comment.text == "八月前答复"
    assert sheet.column_dimensions["M"].width == 33
    assert new_faults(validate_ooxml, copy, again) == []
    assert rows(mark(again))[4:] == rows(again)[4:]


def test_rows_below_stay_below(copy, validate_ooxml):
    def edit(sheet):
        sheet["A13"] = "审核人："
        sheet["B14"] = "007"
        sheet.merge_cells("B14:D14")
        sheet["A1"] = "本单位的清单"

    edited(copy, edit)
    names = (
        "时效1",
        "数量1",
        "数量2",
        "成本1",
        "社会效益1",
        "生态效益1",
        "经济效益1",
        "可持续影响1",
    )
    again = mark(change(copy, dict.fromkeys(names)))
    found = rows(again)
    last = max(n for n, row in enumerate(found) if row[1] in ("错误", "警告", "提示"))
    assert last > 12
    assert found[0][0] == "本单位的清单"
    assert [row[0] for row in found[last + 1 :] if row[0]] == ["审核人："]
    sheet = load_workbook(again)[SHEET]
    (merge,) = [str(area) for area in sheet.merged_cells.ranges if area.min_row > 4]
    assert sheet[merge.split(":")[0]].value == "007"
    assert new_faults(validate_ooxml, copy, again) == []


def test_a_formula_of_several_cells_is_told(copy):
    def edit(sheet):
        sheet["M4"] = "编"
        sheet["M6"] = ArrayFormula("M6:M7", "=ROW(A6:A7)")
        sheet["M5"] = "甲"

    edited(copy, edit)
    with pytest.raises(InputError, match="数组公式") as refusal:
        mark(change(copy, {"annual_amount": 280}))
    assert refusal.value.sheet == SHEET


def test_hidden_columns_and_filters_stay_as_they_are(copy):
    def edit(sheet):
        sheet.column_dimensions["J"].hidden = True
        sheet.row_dimensions[4].hidden = True
        sheet.row_dimensions[6].hidden = True
        sheet.auto_filter.ref = "A4:K10"
        sheet.auto_filter.add_filter_column(1, ["警告"])

    again = mark(edited(copy, edit))
    sheet = load_workbook(again)[SHEET]
    assert sheet.column_dimensions["J"].hidden
    assert sheet.row_dimensions[4].hidden
    # What a filter hid is listed in sight again, because other findings may stand there now.
    assert not sheet.row_dimensions[6].hidden
    assert sheet.auto_filter.ref == "A4:K16"
    assert not sheet.auto_filter.filterColumn
    assert column(again, "说明")[1] == REASON


def test_copies_of_the_sheet_do_not_pile_up(copy):
    book = load_workbook(copy)
    book.copy_worksheet(book[SHEET]).title = "校验结果 (2)"
    book["校验结果 (2)"]["K8"] = "只写在副本上"
    book.save(copy)
    assert [r.text for r in load(copy).remarks if r.place.sheet == "校验结果 (2)"]
    again = mark(mark(copy))
    assert [text for text in column(again, "说明") if text] == [REASON]
    assert load_workbook(again)["校验结果 (2)"]["K8"].value == "只写在副本上"


def test_texts_of_ours_are_taken_out_of_the_column_of_reasons(copy, tmp_path):
    """As an earlier version left them where a column was deleted."""
    suggestions = [text for text in column(copy, "建议") if text]
    for number, text in enumerate(suggestions):
        change(copy, {f"{SHEET}!K{5 + number}": text})
    found = review(load(copy))
    assert [f.waiver for f in found.findings] == [None] * len(suggestions)
    assert len(found.not_reasons) == len(suggestions)
    assert [text for text in column(mark(copy), "说明") if text] == []
    formula = (
        "=IFERROR(HYPERLINK(\"#'表'!\"&ADDRESS(ROW('表'!$E$7),COLUMN('表'!$E$7),4),1),\"已删除\")"
    )
    change(
        copy, {f"{SHEET}!K5": formula, f"{SHEET}!K6": "=ROW('表'!$E$7)*100000+COLUMN('表'!$E$7)"}
    )
    assert not any(f.waiver for f in validate(copy).findings)


def test_the_source_stays_as_it_is(copy, tmp_path):
    before = copy.read_bytes()
    shutil.copy(copy, tmp_path / "原.xlsx")
    mark(copy, tmp_path / "出.xlsx")
    assert copy.read_bytes() == before


def exchange(sheet, one, other):
    for number in range(3, len(sheet.rows())):
        row = sheet.rows()[number]
        row[one], row[other] = row[other], row[one]


def shift_right(sheet, at):
    """Cells inserted in front of a column of the list, below the headings."""
    for number in range(4, len(sheet.rows())):
        sheet.rows()[number].insert(at, None)


@pytest.mark.parametrize(
    ("edit", "cell"),
    [
        # The headings of two columns, and what stands below them or not.
        (lambda s: (s.write(3, 9, "说明"), s.write(3, 10, "建议")), "K6"),
        (lambda s: (s.write(3, 8, "说明"), s.write(3, 10, "问题")), "K6"),
        (lambda s: (s.write(3, 9, "理由"), s.write(3, 10, "整改建议")), "K6"),
        (lambda s: (exchange(s, 9, 10), s.write(3, 9, "建议"), s.write(3, 10, "说明")), "J6"),
        (lambda s: shift_right(s, 9), "L6"),
        (lambda s: shift_right(s, 3), "I5"),
    ],
)
def test_a_reason_under_another_heading_of_ours_is_not_written_over(copy, tmp_path, edit, cell):
    change(copy, {f"{SHEET}!K6": "经局务会研究"})
    sheet = FileSheet(copy)
    edit(sheet)
    sheet.save()
    assert not any(f.waiver for f in validate(copy).findings)
    with pytest.raises(InputError, match="换了位置") as refusal:
        mark(copy, tmp_path / "出.xlsx")
    assert refusal.value.cell == cell
    assert not (tmp_path / "出.xlsx").exists()


@pytest.mark.parametrize(
    "edit",
    [
        lambda s: None,
        lambda s: exchange(s, 9, 10),
        lambda s: exchange(s, 8, 10),
        lambda s: s.move_column(10, 9),
        lambda s: s.delete_column(9),
        # Words of their own in a column that is written anew each time, as the manual says.
        lambda s: s.write(5, 9, "已与财务核对"),
    ],
)
def test_columns_that_were_moved_with_their_headings_are_no_fault(copy, edit):
    sheet = FileSheet(copy)
    edit(sheet)
    sheet.save()
    again = mark(copy)
    assert [text for text in column(again, "说明") if text] == [REASON]


def test_a_reason_said_twice_reaches_both_findings(tmp_path):
    """The same words in the source and, for another finding, in the copy that is replaced."""
    source = mark(filled(tmp_path, {"annual_amount": 290, "质量1": None}))
    change(source, {f"{SHEET}!K5": "见附件1"})
    copy = mark(source, tmp_path / "出.xlsx")
    change(copy, {f"{SHEET}!K6": "见附件1", f"{SHEET}!K7": "见附件2"})
    for _ in range(2):
        with replacing():
            mark(source, copy)
        assert column(copy, "说明")[:3] == ["见附件1", "见附件1", "见附件2"]
        assert "已消除" not in column(copy, "级别")


def test_a_clean_result_is_told_from_one_that_nobody_asked_for(tmp_path):
    source = filled(tmp_path)
    blank = load_workbook(source, data_only=True)[SHEET]
    assert (blank["A2"].value, blank["L4"].value) == ("尚未校验", "位置码")
    once = mark(source)
    for path in (once, mark(once)):
        sheet = load_workbook(path, data_only=True)[SHEET]
        assert sheet["A2"].value.startswith("错误 0 项")
        assert sheet["L4"].value == "位置码（已校验）"
    assert validate(once).to_json()["since"] == {"solved": 0, "new": 0, "standing": 0}


def test_what_the_list_says_of_notes_in_the_cells_stays(tmp_path):
    once = mark(filled(tmp_path))
    change(once, {f"{SHEET}!L4": "位置码（已校验、批注）"})
    sheet = load_workbook(mark(once))[SHEET]
    assert sheet["L4"].value == "位置码（已校验、批注）"


def test_a_reason_stays_with_an_indicator_that_is_shown_short(tmp_path):
    long = "指标1：" + "组织开展草原生态保护与修复技术培训并逐户登记" * 8
    once = mark(filled(tmp_path, {"数量1 名称": long, "数量1": None}))
    listed = [text for text in column(once, "指标") if text]
    assert f"{long[:47]}…" in listed
    assert all(len(text) <= 48 for text in listed)
    row = 5 + [rule for rule in column(once, "规则") if rule].index("S02")
    change(once, {f"{SHEET}!K{row}": REASON})
    again = mark(mark(once))
    [found] = [f for f in validate(again).findings if f.rule == "S02"]
    assert (found.waiver, found.indicator) == (REASON, long)
    assert validate(again).to_json()["since"]["new"] == 0
