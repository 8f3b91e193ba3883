"""PDFs with ruled tables: merged cells, page breaks, text around them, scans, and hostile ones."""

from __future__ import annotations

import importlib.util
import io
import random
import subprocess
import sys
import zlib

import docx
import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.sources.pages import pdf_document
from perfgoals_xl.reading.sources.pages.pdf_lines import join_wrapped
from perfgoals_xl.reading.sources.source import read_source
from tests.reading.sheets import fields, lines, told, write_workbook
from tests.reading.sources.test_word import FORM, MERGES, TITLES, Table, write_document
from tests.support.converting import converted
from tests.support.further import one_in

pytest.importorskip("pdfplumber")
LINES = told("""
    产出指标 数量指标 1 | 清淤长度 | ≥30公里 | E15
    产出指标 数量指标 2 | 清理闸口 | 12座 | E16
    产出指标 成本指标 1 | 机械作业费 | ≤20万元 | E17
    效益指标 社会效益 1 | 受益农户 | ≥800户 | E18
    满意度指标 服务对象满意度 1 | 农户满意度 | ≥90% | E19
""")
LONG = "".join(f"第{n}段渠道清淤并运走淤泥，" for n in range(1, 14)) + "保障春灌用水。"


def ruled(path, *blocks, header=None):
    """A document whose tables have rules, as forms have."""
    document = docx.Document(write_document(path, *blocks))
    for table in document.tables:
        table.style = "Table Grid"
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.save(path)
    return path


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """PDFs that LibreOffice printed: a form, one of several pages, a workbook, unruled lines."""
    folder = tmp_path_factory.mktemp("papers")
    many = "".join(f" | | 指标{n}：巡查第{n}段河道 | | ≥{n}次 |\n" for n in range(3, 80))
    head, rows = FORM.split("产出指标 |", 1)
    first, rest = rows.split(" | 成本指标", 1)
    long_form = f"{head}产出指标 |{first}{many} | 成本指标{rest}".replace(
        "清淤渠道30公里，\\n保障春灌用水。", LONG
    )
    unmerged = tuple(m for m in MERGES if int(m.split(":")[0][1:]) <= 9)
    return {
        "form": converted(
            ruled(folder / "表.docx", "通知正文。", *TITLES, Table(FORM, MERGES)), "pdf"
        ),
        "pages": converted(ruled(folder / "长.docx", *TITLES, Table(long_form, unmerged)), "pdf"),
        "book": converted(
            write_workbook(folder / "簿.xlsx", "项目名称 | 渠道清淤项目\n年度目标 | 清淤。"), "pdf"
        ),
    }  # fmt: skip


@pytest.mark.libreoffice
def test_a_form_with_merged_cells_and_titles(papers):
    declaration = load_declaration(papers["form"])
    assert lines(declaration) == LINES
    assert declaration.year == 2026
    assert fields(declaration, 0, "project_name", "transfer_total", "local_other") == told("""
        project_name | 渠道清淤项目 | C5
        transfer_total | 8 | F9
        local_other | 0 | C11
    """)


@pytest.mark.libreoffice
def test_a_table_over_several_pages_is_one(papers):
    declaration = load_declaration(papers["pages"])
    assert [row["level3"] for row in declaration.indicators.records()] == [
        "清淤长度", "清理闸口", *(f"巡查第{n}段河道" for n in range(3, 80)),
        "机械作业费", "受益农户", "农户满意度",
    ]  # fmt: skip
    (record,) = declaration.projects.records()
    assert record["annual_goal"] == LONG


@pytest.mark.libreoffice
def test_text_without_rules_is_rows_with_fields(papers):
    (grid,) = read_source(papers["book"]).grids
    assert grid.rows == [["项目名称", "渠道清淤项目"], ["年度目标", "清淤。"]]


HEADS = ["一级指标\t二级指标\t三级指标\t指标值", "产出指标\t数量指标\t清淤长度"]


@pytest.mark.parametrize(
    ("parts", "refused"),
    [
        ([{"page": 0, "text": text} for text in HEADS], True),
        ([{"page": 0, "text": "数量指标：清淤长度≥6公里"}], False),
        (
            [{"page": 0, "text": HEADS[0]}, {"page": 0, "cells": [[0, 0, 9, 9, "指标值", False]]}],
            False,
        ),
    ],
)
def test_a_table_without_rules_is_refused_in_one_line(tmp_path, monkeypatch, parts, refused):
    monkeypatch.setattr(pdf_document, "_found", lambda path, data: {"parts": parts})
    file = tmp_path / "表.pdf"
    file.write_bytes(b"%PDF-1.7 ")
    if not refused:
        assert read_source(file).grids
        return
    with pytest.raises(InputError, match=r"没有框线.*另存为"):
        read_source(file)


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        ([("清淤渠道", True), ("30公里", False)], "清淤渠道30公里"),
        ([("其中：", False), ("本级", False)], "其中：\n本级"),
        ([("Word", True), ("Excel", True), ("表", False)], "Word Excel表"),
        ([], ""),
    ],
)
def test_lines_that_fill_their_place_go_on(texts, joined):
    assert join_wrapped(texts) == joined


def paper(*objects, root="<</Type/Catalog/Pages 2 0 R>>"):
    """A PDF of the objects given, numbered from 2 on."""
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n")
    places = []
    for number, content in enumerate([root, *objects], start=1):
        places.append(out.tell())
        content = content if isinstance(content, bytes) else content.encode()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    begin = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, begin))
    return out.getvalue()


def stream(data, more=""):
    packed = zlib.compress(data, 9)
    head = f"<<{more}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode()
    return head + packed + b"\nendstream"


PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
    "/Resources<</Font<</F 5 0 R>>/XObject<</A 6 0 R/B 6 0 R>>>>>>"
)
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
IMAGE = (
    "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
    "/Length 1>>stream\nx\nendstream"
)


def nested(depth):
    """Pictures that each print the next one twice: a page of two to the power of ``depth``."""
    forms = [
        stream(
            b"/A Do /B Do",
            f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
            f"/Resources<</XObject<</A {7 + n} 0 R/B {7 + n} 0 R>>>>",
        )
        for n in range(depth)
    ]
    return paper(PAGES, PAGE, stream(b"/A Do"), FONT, *forms, IMAGE)


RULES = b"".join(b"%d 0 m %d 800 l S " % (n, n + 1) for n in range(600))
HOSTILE = {
    "a page like billions": lambda: nested(40),
    "a page that grows to a gigabyte": lambda: paper(
        PAGES, PAGE, stream(b" " * 400_000_000), FONT, IMAGE
    ),
    "signs without end": lambda: paper(
        PAGES, PAGE, stream(b"BT /F 9 Tf " + b"(abcdefgh) Tj " * 400_000 + b"ET"), FONT, IMAGE
    ),
    "rules without end": lambda: paper(PAGES, PAGE, stream(RULES * 500), FONT, IMAGE),
    "one page many times": lambda: paper(
        f"<</Type/Pages/Kids[{'3 0 R ' * 5_000}]/Count 5000>>", PAGE,
        stream(b"BT /F 9 Tf (a) Tj ET"), FONT, IMAGE,
    ),
    "objects without end": lambda: b"%PDF-1.5\n" + b"1 0 obj\n1\nendobj\n" * 500_000,
}  # fmt: skip
MEASURED = """
import resource, sys
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.sources.source import read_source
try:
    read_source(sys.argv[1])
    print("read", end=" ")
except InputError:
    print("refused", end=" ")
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(sum(u.ru_utime + u.ru_stime for u in used), max(u.ru_maxrss for u in used) // 1024)
"""


@pytest.mark.exhaustive
@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process are those of Linux")
@pytest.mark.parametrize("make", one_in(2, HOSTILE.values(), ids=HOSTILE))
def test_hostile_papers_cost_little(tmp_path, make):
    path = tmp_path / "a.pdf"
    path.write_bytes(make())
    run = subprocess.run([sys.executable, "-c", MEASURED, path], capture_output=True, check=True)
    word, seconds, megabytes = run.stdout.decode().split()
    assert (float(seconds) < 20, int(megabytes) < 1000) == (True, True)
    assert word == ("read" if make is HOSTILE["one page many times"] else "refused")


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"%PDF-1.7\n%%EOF", "损坏"),
        (paper(PAGES, PAGE, stream(b"/A Do"), FONT, IMAGE), "扫描件"),
        (paper(PAGES, PAGE, stream(b""), FONT, IMAGE), "没有文字"),
    ],
    ids=["no paper", "a scan", "blank"],
)
def test_what_cannot_be_read_is_told_in_one_line(tmp_path, data, match):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(InputError, match=match) as raised:
        read_source(path)
    assert "\n" not in str(raised.value)
    assert "另存为 .docx" in str(raised.value)


def test_without_the_library_one_line_says_so(tmp_path, monkeypatch):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "pdfplumber" else find(name)
    )
    with pytest.raises(InputError, match=r"perfgoals-xl\[pdf\]"):
        read_source(path)


@pytest.mark.libreoffice
@pytest.mark.parametrize("seed", range(6))
def test_damaged_papers_are_read_or_refused(tmp_path, papers, seed):
    data = bytearray(papers["form"].read_bytes())
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 60)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path = tmp_path / "a.pdf"
    path.write_bytes(bytes(data[: chance.randint(len(data) // 2, len(data))]))
    try:
        assert read_source(path).grids
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017
