"""What a sheet says of itself and what is there; formats as other programs name and write them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile

import pytest

from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.sources.source import read_source
from tests.reading.sheets import Sheet, lines, told, write_workbook
from tests.reading.test_hostile_sources import ODS, packed, workbook
from tests.support.converting import converted

FORM = """
项目名称 | | 渠道清淤项目 | |
年度总体绩效目标 | | 清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | ≥30公里
 | 质量指标 | 合格率 | | X
"""
BOOK = Sheet(
    FORM,
    merges=("A1:B1", "C1:E1", "A4:A5"),
    cells={"E5": 0.95},
    formats={"E5": '"≥"0%'},
)
LINES = told("""
    产出指标 数量指标 - | 清淤长度 | ≥30公里 | E4
    产出指标 质量指标 - | 合格率 | ≥95% | E5
""")
SPACES = "http://schemas.openxmlformats.org/"
STRICT = "http://purl.oclc.org/ooxml/"


def rewritten(path, change):
    """The workbook with every part as ``change(name, text)`` makes it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    return packed(path, {name: change(name, text) for name, text in parts.items()})


@pytest.mark.parametrize("stated", ["A1", "A1:A1", "1:22", "A1:XFD1048576", "Z99", "", "nonsense"])
@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
def test_the_used_range_that_a_sheet_states_does_not_matter(tmp_path, stated, strict):
    def change(name, text):
        if strict:
            for part, other in (
                ("spreadsheetml/2006/", "spreadsheetml/"),
                ("officeDocument/2006/", "officeDocument/"),
            ):
                text = text.replace(SPACES + part, STRICT + other)
        head, mark, rest = text.partition('<dimension ref="')
        return f"{head}{mark}{stated}{rest[rest.index(chr(34)) :]}" if mark else text

    path = rewritten(write_workbook(tmp_path / "a.xlsx", BOOK), change)
    assert lines(load_declaration(path)) == LINES


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("to", "name"), [("xls", "表.et"), ("fods", "表.fods"), ("fods", "表.xml")]
)
def test_workbooks_by_their_content_whatever_they_are_called(tmp_path, to, name):
    made = converted(write_workbook(tmp_path / "a.xlsx", BOOK), to)
    path = tmp_path / name
    shutil.copyfile(made, path)
    assert lines(load_declaration(path)) == LINES


def test_a_workbook_of_wps_that_is_a_zip(tmp_path):
    path = write_workbook(tmp_path / "表.xlsx", BOOK).rename(tmp_path / "表.et")
    assert lines(load_declaration(path)) == LINES


def grown(tmp_path):
    """A sheet that is 600 MB of blanks."""
    path = workbook(tmp_path, "")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            with archive.open(name, "w") as part:
                part.write(data)
                for _ in range(600 if name.endswith("sheet1.xml") else 0):
                    part.write(b" " * 1_000_000)
    return path


def merged(tmp_path):
    areas = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 1_000_001))
    return workbook(tmp_path, "", f"<mergeCells>{areas}</mergeCells>")


def formatted(tmp_path):
    cells = "".join(f'<c r="{column}{{0}}" s="1"/>' for column in "ABCDEFGH")
    rows = "".join(f'<row r="{n}" s="1">{cells.format(n)}</row>' for n in range(1, 100_001))
    return workbook(tmp_path, rows)


def vast(tmp_path):
    row = '<t:table-row t:number-rows-repeated="1048576"><t:table-cell '
    cell = (
        f'{row}t:number-columns-repeated="16384" o:value-type="float" o:value="1"/></t:table-row>'
    )
    return packed(
        tmp_path / "a.ods", {"content.xml": ODS.format("").replace("<t:table-row>", cell, 1)}
    )


MEASURED = """
import resource, sys
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.sources.source import read_source
try:
    read_source(sys.argv[1])
    word = "read"
except InputError:
    word = "refused"
used = resource.getrusage(resource.RUSAGE_SELF)
# Not getrusage: its peak is that of the process that started this one, if that was larger.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(word, used.ru_utime + used.ru_stime, int(peak.split()[1]) >> 10)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="measured as Linux does")
@pytest.mark.parametrize(
    ("make", "word"),
    [(grown, "refused"), (merged, "refused"), (formatted, "read"), (vast, "refused")],
)
def test_what_is_too_much_costs_little(tmp_path, make, word):
    command = [sys.executable, "-c", MEASURED, make(tmp_path)]
    run = subprocess.run(command, capture_output=True, check=True)
    told_as, seconds, megabytes = run.stdout.decode().split()
    assert (told_as, float(seconds) < 20, int(megabytes) < 500) == (word, True, True)


def test_a_sheet_with_prefixes_and_without_addresses(tmp_path):
    path = workbook(tmp_path, "")
    sheet = (
        f'<x:worksheet xmlns:x="{STRICT}spreadsheetml/main"><x:dimension ref="1:22"/>'
        '<x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c/>'
        "<x:c><x:v>5</x:v></x:c></x:row><x:row/><x:row><x:c><x:v>6</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>"
    )

    def change(name, text):
        return sheet if name.endswith("sheet1.xml") else text

    (grid,) = read_source(rewritten(path, change)).grids
    assert grid.rows == [["甲", None, 5], [], [6]]
