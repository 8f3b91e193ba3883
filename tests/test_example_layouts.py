"""The old tables of xl/examples/版式 are current, and each is read to the last cell.

``example_layouts.tsv`` says what each declares: file, row of the project, row of the indicator
(blank for what the project says), field, cell, value.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from perfgoals_xl.api import load
from perfgoals_xl.declaration import PROJECT_FIELDS, Declaration, RemarkKind
from perfgoals_xl.workbooks.importing import write_imported
from tools import example_layouts, layout_page
from tools.layout_contents import LAYOUTS, OUTLINE, SPLIT, Layout

KEY = Path(__file__).with_name("example_layouts.tsv")
INDICATOR_FIELDS = (
    "level1",
    "level2",
    "indicator",
    "target_value",
    "period_target_value",
    "weight",
    "standard",
    "note",
)
NAMES = [*(f"{layout.name}.xlsx" for layout in LAYOUTS), f"{example_layouts.OUTLINE_NAME}.txt"]
TOLD = {
    "转移支付绩效目标表.xlsx": {"E8"},
    "绩效目标审批表.xlsx": {"E6", "G6", "B18", "B19"},
    "中期与年度并列.xlsx": {"E7", "E8"},
    "资金分列.xlsx": {"E5", "G5", "E6", "G6", "E7", "G7"},
}
"""The cells of 导入说明, of the files that have any."""
Line = tuple[str, str, str, str, str]


@cache
def declared(name: str) -> Declaration:
    return load(example_layouts.FOLDER / name)


def lines(declaration: Declaration) -> list[Line]:
    """What was read, as the lines of the key without the file."""
    found: list[Line] = []
    projects, indicators = declaration.projects, declaration.indicators
    for number, row in enumerate(projects.records()):
        for field in PROJECT_FIELDS:
            if row[field] is not None:
                place = projects.place(number, field)
                found.append((str(number), "", field, place.cell, str(row[field])))
    for number, row in enumerate(indicators.records()):
        for field in INDICATOR_FIELDS:
            if row[field] is not None:
                place = indicators.place(number, field)
                found.append((str(row["project"]), str(number), field, place.cell, row[field]))
    return found


def key() -> dict[str, list[Line]]:
    wanted = defaultdict(list)
    with KEY.open(encoding="utf-8", newline="") as file:
        for name, *line in csv.reader(file, delimiter="\t"):
            wanted[name].append(tuple(line))
    return wanted


def told_cells(declaration: Declaration) -> set[str]:
    return {remark.place.cell for remark in (*declaration.remarks, *declaration.account)}


def test_the_committed_files_are_current(tmp_path):
    built = {path.name: path.read_bytes() for path in example_layouts.build_all(tmp_path)}
    assert sorted(built) == sorted(NAMES)
    assert {path.name for path in example_layouts.FOLDER.iterdir()} == set(built)
    for name, data in built.items():
        assert (example_layouts.FOLDER / name).read_bytes() == data, f"{name}: make examples"


def test_the_page_is_current():
    assert layout_page.PAGE.read_text(encoding="utf-8") == layout_page.page(), "make examples"


def test_every_picture_is_there_and_small():
    pictures = {path.name: path.stat().st_size for path in example_layouts.PICTURES.iterdir()}
    assert set(pictures) == {f"{layout.picture}.png" for layout in LAYOUTS}
    assert max(pictures.values()) < 60_000


@pytest.mark.parametrize("name", NAMES)
def test_every_field_and_indicator_is_read_from_its_cell(name):
    assert lines(declared(name)) == key()[name]
    assert declared(name).year == 2026


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_unread(name):
    declaration = declared(name)
    kinds = {remark.kind for remark in (*declaration.remarks, *declaration.account)}
    assert kinds <= {RemarkKind.KNOWN, RemarkKind.OTHER}
    assert told_cells(declaration) == TOLD.get(name, set())


@pytest.mark.parametrize("name", NAMES)
def test_an_import_keeps_what_was_read(name, tmp_path):
    write_imported(declared(name), tmp_path / "申报表.xlsx")
    kept = lines(load(tmp_path / "申报表.xlsx"))
    assert [(*line[:3], line[4]) for line in kept] == [
        (*line[:3], line[4]) for line in lines(declared(name))
    ]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_drawn_value_is_read_or_told(layout: Layout):
    """Without the key: what was drawn as a value has its place in the declaration."""
    declaration = declared(f"{layout.name}.xlsx")
    read = {cell: value for _, _, _, cell, value in lines(declaration)}
    parts = "EG" if layout is SPLIT else ""
    for cell in example_layouts.cells(layout):
        address = f"{get_column_letter(cell.left + 1)}{cell.top + 1}"
        if cell.look != "." or cell.value == "" or address in told_cells(declaration):
            continue
        # Sign and unit in columns of their own are read with the value between them.
        if layout.name == "中期与年度并列" and address[0] in "CD" and cell.top > 11:
            continue  # the names of the whole period's half, said once more beside them
        at = f"F{cell.top + 1}" if address[0] in parts and cell.top >= 7 else address
        text = f"{cell.value:g}" if isinstance(cell.value, float) and at[0] == "F" else cell.value
        if cell.value == "定性":
            assert at in read
        elif isinstance(text, float):
            assert float(read[at]) == text
        else:
            # A term of the taxonomy of 2015 is told without 指标.
            said = text.removesuffix("指标") if address[0] in "DE" else text
            assert said.replace("\n", "") in read[at].replace("\n", "")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_staff_can_open_them(layout: Layout):
    book = openpyxl.load_workbook(example_layouts.FOLDER / f"{layout.name}.xlsx")
    assert book.sheetnames == [layout.sheet]
    assert book[layout.sheet].dimensions == example_layouts.area(layout)


def test_the_outline_is_read_from_word_as_well(tmp_path):
    document = docx.Document()
    for line in OUTLINE.splitlines():
        document.add_paragraph(line)
    document.save(tmp_path / "提纲.docx")
    found = lines(load(tmp_path / "提纲.docx"))
    wanted = lines(declared("提纲.txt"))
    assert [(*line[:3], line[4]) for line in found] == [(*line[:3], line[4]) for line in wanted]


def test_a_cell_that_is_none_is_refused():
    wrong = LAYOUTS[0]._replace(cells="* A1:B 项目名称")
    with pytest.raises(ValueError, match="转移支付绩效目标表: "):
        list(example_layouts.cells(wrong))
