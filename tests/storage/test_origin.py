"""What this program wrote and nobody changed since is replaced; everything else is not."""

from __future__ import annotations

import io
import shutil
import zipfile

import docx
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from perfgoals_xl.resources import EXAMPLE_WORKBOOK, example_path
from perfgoals_xl.storage import origin
from tests.support.commands import digest, listing, runner
from tests.support.steps import filled, read_parts, write_parts

SOURCE = example_path(EXAMPLE_WORKBOOK)
# Every kind of output, with the name it is written to.
OUTPUTS = {
    "new": ("出.xlsx", ["new", "--department", "某局", "--year", "2026"]),
    "import": ("出.xlsx", ["import", example_path()]),
    "validate": ("出.xlsx", ["validate", SOURCE]),
    "consolidate": ("出.xlsx", ["consolidate", SOURCE]),
    "bureau": ("出.xlsx", ["consolidate", SOURCE.parent, "--jobs", "1"]),
    "compare": ("出.xlsx", ["compare", example_path(), SOURCE]),
    "publish": ("出.docx", ["publish", SOURCE]),
    "json": ("出.json", ["export", SOURCE]),
    "csv": ("出.csv", ["export", SOURCE, "--format", "csv"]),
    "parquet": ("出.parquet", ["export", SOURCE, "--format", "parquet"]),
}


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


@pytest.mark.parametrize("kind", OUTPUTS)
def test_the_same_command_again_replaces_its_output_until_somebody_changed_it(
    perfgoals, tmp_path, kind
):
    name, call = OUTPUTS[kind]
    output = tmp_path / name
    assert perfgoals(*call, "-o", name).code in (0, 1)
    assert perfgoals(*call, "-o", name).code in (0, 1)
    # Somebody's work: saved by another program, or one byte more.
    if name.endswith(".xlsx"):
        book = openpyxl.load_workbook(output)
        book.worksheets[0]["K60"] = "科室补充"
        book.save(output)
    elif name.endswith(".docx"):
        document = docx.Document(str(output))
        document.add_paragraph("科室补充")
        document.save(str(output))
    else:
        output.write_bytes(output.read_bytes() + b" ")
    before = digest(output)
    run = perfgoals(*call, "-o", name)
    assert (run.code, run.out) == (2, "")
    (line,) = run.err.splitlines()
    assert line.startswith(f"{name}：")
    assert "--force" in line
    assert digest(output) == before
    assert listing(tmp_path) == [name]
    assert perfgoals(*call, "-o", name, "--force").code in (0, 1)
    assert origin.is_unchanged(output)


@pytest.fixture
def marked(perfgoals, tmp_path):
    source = filled(tmp_path, {"annual_amount": 290})
    assert perfgoals("validate", source, "-o", "已校验.xlsx").code in (0, 1)
    return source, tmp_path / "已校验.xlsx"


def encrypted(path):
    out = io.BytesIO()
    with path.open("rb") as file:
        OOXMLFile(file).encrypt("pw", out)
    path.write_bytes(out.getvalue())


def packed_anew(path):
    write_parts(path, read_parts(path))


def one_part_changed(path):
    parts = read_parts(path)
    name = next(n for n in parts if n.startswith("xl/worksheets/sheet"))
    write_parts(path, parts | {name: parts[name].replace(b"</worksheet>", b" </worksheet>")})


def one_part_more(path):
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/media/picture.png", b"x")


def one_part_less(path):
    parts = read_parts(path)
    parts.pop("docProps/app.xml")
    write_parts(path, parts)


def seal_of_another(path):
    parts = read_parts(path)
    write_parts(path, parts | {"xl/perfgoals.xml": read_parts(SOURCE)["xl/perfgoals.xml"]})


def two_seals(path):
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("perfgoals.xml", package.read("xl/perfgoals.xml"))


def damaged(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def cut_off(path):
    path.write_bytes(path.read_bytes()[:-100])


def text(path):
    path.write_text("会议纪要", encoding="utf-8")


CHANGES = [encrypted, one_part_changed, one_part_more, one_part_less, seal_of_another, two_seals]
CHANGES += [damaged, cut_off, text]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_copy_is_kept(perfgoals, marked, change):
    source, copy = marked
    change(copy)
    before = digest(copy)
    run = perfgoals("validate", source, "-o", copy)
    assert (run.code, run.out) == (2, "")
    assert digest(copy) == before
    assert perfgoals("validate", source, "-o", copy, "--force").code in (0, 1)
    assert origin.is_unchanged(copy)


def empty(path):
    path.write_bytes(b"")


def moved(path):
    shutil.copyfile(path, path.with_name("别处.xlsx"))
    path.unlink()
    path.with_name("别处.xlsx").rename(path)


def linked(path):
    path.rename(path.with_name("真.xlsx"))
    path.symlink_to("真.xlsx")


@pytest.mark.parametrize(
    "change", [packed_anew, empty, moved, linked], ids=lambda change: change.__name__
)
def test_what_holds_nobodys_work_is_replaced(perfgoals, marked, change):
    source, copy = marked
    change(copy)
    assert perfgoals("validate", source, "-o", copy).code in (0, 1)
    assert origin.is_unchanged(copy)


def test_a_link_to_somebodys_work_is_kept(perfgoals, marked):
    source, copy = marked
    linked(copy)
    text(copy)
    assert perfgoals("validate", source, "-o", copy).code == 2
    assert copy.read_text(encoding="utf-8") == "会议纪要"


def test_reasons_in_the_copy_stay_with_force(perfgoals, tmp_path):
    source = filled(tmp_path, {"annual_amount": 290})
    perfgoals("validate", source, "-o", "出.xlsx")
    book = openpyxl.load_workbook(tmp_path / "出.xlsx")
    book["校验结果"]["K5"] = "已核实"
    book.save(tmp_path / "出.xlsx")
    assert perfgoals("validate", source, "-o", "出.xlsx").code == 2
    assert perfgoals("validate", source, "-o", "出.xlsx", "--force").code in (0, 1)
    assert openpyxl.load_workbook(tmp_path / "出.xlsx")["校验结果"]["K5"].value == "已核实"


@pytest.mark.parametrize("content", [b"<goals/>", b"", b"\0" * 20_000, b"<seal xmlns='urn:x'/>"])
def test_a_part_of_the_staffs_own_that_is_named_like_the_mark_stays(perfgoals, tmp_path, content):
    source = filled(tmp_path, {"annual_amount": 290})
    parts = read_parts(source)
    parts["customXml/perfgoals.xml"] = content
    write_parts(source, parts)
    for _ in range(2):
        assert perfgoals("validate", source, "-o", "出.xlsx").code == 1
        assert read_parts(tmp_path / "出.xlsx")["customXml/perfgoals.xml"] == content
    text(tmp_path / "出.xlsx")
    assert perfgoals("validate", source, "-o", "出.xlsx").code == 2


def test_without_a_home_files_that_cannot_carry_a_mark_are_kept(perfgoals, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", "/proc/nowhere")
    for name, code in (("出.json", 2), ("出.xlsx", 0)):
        call = ["export", SOURCE] if name.endswith("json") else ["consolidate", SOURCE]
        assert perfgoals(*call, "-o", name).code == 0
        assert perfgoals(*call, "-o", name).code == code


def test_a_changed_file_of_a_folder_keeps_all_of_them(perfgoals, tmp_path):
    for form, part in (("csv", "indicators.csv"), ("parquet", "indicators.parquet")):
        call = ("export", SOURCE, "--format", form, "-o", form)
        assert perfgoals(*call).code == 0
        assert perfgoals(*call).code == 0
        path = next((tmp_path / form).glob(f"{part}/**/*.parquet"), tmp_path / form / part)
        path.write_bytes(path.read_bytes() + b"\n")
        before = {p: digest(tmp_path / p) for p in listing(tmp_path) if (tmp_path / p).is_file()}
        run = perfgoals(*call)
        assert run.code == 2
        assert "--force" in run.err
        assert {p: digest(tmp_path / p) for p in before} == before
        assert perfgoals(*call, "--force").code == 0


def test_demo_keeps_what_staff_typed_into_it(perfgoals, tmp_path):
    assert perfgoals("demo", "-o", "例").code == 0
    text(tmp_path / "例" / "3 部门汇总表.xlsx")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "例").iterdir()}
    assert perfgoals("demo", "-o", "例").code == 2
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "例").iterdir()} == before
    assert perfgoals("demo", "-o", "例", "--force").code == 0


def test_the_mark_is_the_same_every_time_and_valid(perfgoals, tmp_path, validate_ooxml):
    for name, call in (("a.xlsx", ["validate", SOURCE]), ("a.docx", ["publish", SOURCE])):
        perfgoals(*call, "-o", name)
        perfgoals(*call, "-o", f"2{name}")
        assert read_parts(tmp_path / name) == read_parts(tmp_path / f"2{name}")
        assert validate_ooxml(tmp_path / name) == []
