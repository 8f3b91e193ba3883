"""Input nobody can use: exit code 2, one line that says what to do, and nothing left behind."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.support.commands import READING, listing, runner
from tests.support.steps import filled, read_parts, text_of, write_parts


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def _truncated(folder: Path) -> bytes:
    data = filled(folder, name="整.xlsx").read_bytes()
    (folder / "整.xlsx").unlink()
    return data[: len(data) // 2]


def _zip(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


def _without(folder: Path, part: str, replacement: bytes | None = None) -> bytes:
    path = filled(folder, name="整.xlsx")
    parts = read_parts(path)
    if replacement is None:
        del parts[part]
    else:
        parts[part] = replacement
    data = write_parts(path, parts).read_bytes()
    path.unlink()
    return data


def _no_form(folder: Path) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["姓名", "工资"])
    book.active.append(["=甲", 1])
    book.save(out)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BAD = {
    "empty": ("空.xlsx", lambda folder: b""),
    "blank": ("空白.txt", lambda folder: b" \r\n\t\n"),
    "truncated": ("半.xlsx", _truncated),
    "encrypted": (
        "密.xlsx",
        lambda folder: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
    ),
    "rubbish as .xls": ("旧.xls", lambda folder: OLE + bytes(range(256)) * 8),
    "text as .xlsx": ("文本.xlsx", lambda folder: text_of().encode()),
    "word as .xlsx": (
        "公文.xlsx",
        lambda folder: _zip(Content_Types="<Types/>", word__document_xml="<document/>"),
    ),
    "empty zip": ("包.xlsx", lambda folder: _zip()),
    "zip header only": ("头.xlsx", lambda folder: b"PK\x03\x04"),
    "no workbook part": ("缺.xlsx", lambda folder: _without(folder, "xl/workbook.xml")),
    "no relations": ("缺.xlsx", lambda folder: _without(folder, "xl/_rels/workbook.xml.rels")),
    "no sheet part": ("缺.xlsx", lambda folder: _without(folder, "xl/worksheets/sheet3.xml")),
    "broken sheet": (
        "坏.xlsx",
        lambda folder: _without(folder, "xl/worksheets/sheet3.xml", b"<worksheet><sheetData>"),
    ),
    "broken strings": (
        "坏.xlsx", lambda folder: _without(folder, "xl/sharedStrings.xml", b"<sst><si>"),
    ),
    "pdf": ("表.pdf", lambda folder: b"%PDF-1.7\n%%EOF"),
    "picture": ("表.png", lambda folder: b"\x89PNG\r\n\x1a\n" + bytes(40)),
    "binary as text": ("表.txt", lambda folder: bytes(range(256))),
    "no form": ("工资.xlsx", _no_form),
    "no form as text": ("通知.txt", lambda folder: "今年的安排\n".encode()),
    "missing": ("没有.xlsx", None),
    "directory": ("文件夹.xlsx", ...),
}  # fmt: skip


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_told_in_one_line(perfgoals, tmp_path, command, kind):
    name, make = BAD[kind]
    path = tmp_path / name
    if make is ...:
        path.mkdir()
    elif make is not None:
        path.write_bytes(make(tmp_path))
    before = listing(tmp_path)
    run = perfgoals(*READING[command], path)
    assert run.code == 2
    (line,) = run.err.splitlines()
    assert line.startswith(str(path))
    assert "Traceback" not in line
    assert line.count("。") >= 1  # what is wrong, and what to do
    if command == "validate json" and kind.startswith("no form"):
        assert [f["rule"] for f in json.loads(run.out)["findings"]] == ["K01"]
    else:
        assert run.out == ""
    assert listing(tmp_path) == before


@pytest.mark.parametrize("command", READING)
def test_one_bad_source_among_good_ones_writes_nothing(perfgoals, tmp_path, command):
    good = filled(tmp_path)
    before = listing(tmp_path)
    run = perfgoals(*READING[command], good, tmp_path / "没有.xlsx")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(str(tmp_path / "没有.xlsx"))
    assert listing(tmp_path) == before


def test_a_source_without_form_beside_a_good_one(perfgoals, tmp_path):
    good = filled(tmp_path)
    other = tmp_path / "通知.txt"
    other.write_text("今年的安排\n", encoding="utf-8")
    run = perfgoals("validate", good, other, "--format", "json", "-o", tmp_path / "出.xlsx")
    assert run.code == 1
    assert [f["rule"] for f in json.loads(run.out)["findings"]] == ["K01"]
    # That no copy was written is said.
    assert not (tmp_path / "出.xlsx").exists()
    assert "出.xlsx" in run.err


def test_a_wrong_setting_is_told_with_its_cell(perfgoals, tmp_path):
    path = filled(tmp_path, {"规则 F02 级别": "严重"})
    run = perfgoals("validate", path, "-o", tmp_path / "出.xlsx")
    assert (run.code, run.out) == (2, "")
    (line,) = run.err.splitlines()
    assert line.startswith(f"{path} 工作表“校验规则” 单元格 ")
    assert not (tmp_path / "出.xlsx").exists()


@pytest.mark.parametrize("call", ["import", "validate", "validate -o", "consolidate", "export -o"])
@pytest.mark.parametrize("part", ["xl/styles.xml", "docProps/core.xml"])
def test_a_part_that_stands_twice_in_a_package_is_no_reason_to_warn(
    perfgoals, tmp_path, call, part
):
    source = filled(tmp_path)
    again = read_parts(source)[part]
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(source, "a") as package:
        package.writestr(part, again)
    command, *options = READING[call]
    run = perfgoals(command, source, *options)
    assert (run.code, "Warning" in run.err) == (0, False), run.err
