"""The build of the add-in: what is in it, nothing else, and the same each time."""

from __future__ import annotations

import difflib
import importlib.metadata
import re
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from perfgoals_xl import __version__
from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.functions.function_registry import Argument, WorksheetFunction
from perfgoals_xl.excel.setup import addin_build
from perfgoals_xl.excel.setup.addin_build import (
    ADDIN_NAME,
    SOURCES,
    addin_modules,
    addin_versions,
    build_addin,
)
from perfgoals_xl.excel.setup.vba_writer import TEXTS, functions_module, texts_module
from perfgoals_xl.excel.setup.xlwings_changes import CHANGES
from perfgoals_xl.resources import template_path

XLWINGS = importlib.metadata.distribution("xlwings")
FROM_XLWINGS = {"xlwings", "Dictionary"}


@pytest.fixture(scope="module")
def addin(tmp_path_factory) -> Path:
    pytest.importorskip("pyopenvba", reason="building the add-in needs pyOpenVBA")
    return build_addin(tmp_path_factory.mktemp("addin") / ADDIN_NAME)


@pytest.fixture
def sources(tmp_path) -> Path:
    """A copy of the add-in's sources to spoil."""
    return Path(shutil.copytree(SOURCES, tmp_path / "addin"))


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlwings_source(name: str) -> str:
    return Path(XLWINGS.locate_file(f"xlwings/{name}")).read_bytes().decode("ascii")


# --- the same each time ---------------------------------------------------------------------------


def test_two_builds_are_equal(addin, tmp_path):
    assert build_addin(tmp_path / "other.xlam").read_bytes() == addin.read_bytes()


def test_the_line_ends_of_the_checkout_do_not_matter(addin, sources, tmp_path):
    for path in (*sources.rglob("*.bas"), *sources.rglob("*.xml")):
        data = path.read_bytes().replace(b"\r\n", b"\n")
        path.write_bytes(data.replace(b"\n", b"\r\n"))
    assert build_addin(tmp_path / ADDIN_NAME, sources=sources).read_bytes() == addin.read_bytes()


def test_the_committed_addin_is_a_fresh_build(addin):
    committed, fresh = parts(SOURCES / ADDIN_NAME), parts(addin)
    assert list(committed) == list(fresh)
    stale = [name for name in fresh if committed[name] != fresh[name]]
    assert stale == [], "run: make addin"


# --- what is in it --------------------------------------------------------------------------------


def test_excel_accepts_the_package_and_the_ribbon(addin, validate_ooxml):
    assert validate_ooxml(addin) == []


def test_a_broken_ribbon_would_be_seen(addin, validate_ooxml, tmp_path):
    spoilt = tmp_path / "spoilt.xlam"
    with zipfile.ZipFile(spoilt, "w") as archive:
        for name, data in parts(addin).items():
            archive.writestr(name, data.replace(b"onAction=", b"onActoin="))
    assert validate_ooxml(spoilt) != []


def test_olevba_reads_the_sources_back(addin):
    olevba = pytest.importorskip("oletools.olevba", reason="reading VBA back needs oletools")
    parser = olevba.VBA_Parser(str(addin))
    try:
        found = {
            Path(name).stem: code.replace("\r\n", "\n")
            for _, _, name, code in parser.extract_macros()
        }
    finally:
        parser.close()
    expected = {module.name: module.source.replace("\r\n", "\n") for module in addin_modules()}
    assert set(found) == {*expected, "ThisWorkbook", "Sheet1"}
    for name in expected.keys() - {"Dictionary"}:
        assert found[name].rstrip() == expected[name].rstrip(), name
    # A class loses the head of its file.
    body = expected["Dictionary"].partition("Option Explicit")[2]
    assert found["Dictionary"].rstrip().endswith(body.rstrip())


def test_our_own_modules_are_the_files(addin):
    own = {path.stem: path.read_text("ascii") for path in (SOURCES / "vba").glob("*.bas")}
    built = {module.name: module.source.replace("\r\n", "\n") for module in addin_modules()}
    assert {name: built[name] for name in own} == own
    assert set(built) == {*own, *FROM_XLWINGS, "PgFunctions", "PgTexts"}


def test_modules_are_ascii_with_crlf_and_lines_that_vba_takes(addin):
    for module in addin_modules():
        assert module.source.isascii()
        assert "\n" not in module.source.replace("\r\n", "")
        assert max(map(len, module.source.splitlines())) <= 1023


def test_no_module_declares_a_public_name_of_another():
    declared: dict[str, str] = {}
    pattern = r"(?mi)^\s*(Private |Public )?(?:Sub|Function|Const) (\w+)"
    for module in addin_modules():
        if module.is_class:
            continue
        names = set()
        for scope, name in re.findall(pattern, module.source):
            if scope.strip().lower() != "private":
                names.add(name.lower())
        for name in names:
            assert name not in declared, f"{name}: {declared.get(name)} and {module.name}"
            declared[name] = module.name


def built_xlwings() -> str:
    return next(m for m in addin_modules() if m.name == "xlwings").source


def test_xlwings_module_is_the_installed_one_but_for_the_changes_that_it_names():
    source = xlwings_source("xlwings_custom_addin.bas").splitlines()
    built = built_xlwings().splitlines()
    notes = [
        "'Changed for perfgoals-xl:",
        *(f"'* {change.why}" for change in CHANGES if change.why),
    ]
    at = built.index(notes[0])
    assert built[at : at + len(notes)] == notes
    assert len(notes) == 7
    rest = built[:at] + built[at + len(notes) :]
    added, removed = [], []
    for line in difflib.ndiff(source, rest, charjunk=None):
        if line.startswith("+ "):
            added.append(line[2:].strip())
        elif line.startswith("- ") and line[2:].strip():
            removed.append(line[2:].strip())
    sheet = 'GetConfig("INTERPRETER", "")'
    shell = (
        'PYTHON_WIN = Environ("SystemRoot") & "\\System32\\cmd.exe " & ConsoleSwitch & " /K " & '
    )
    assert sorted(added) == sorted(
        [
            'Public Const PROJECT_NAME As String = "perfgoals"',
            'AddExcelDir = "false"',
            'AddExcelDir = "false"',
            "OPTIMIZED_CONNECTION = True",
            'PYTHONPATH = AddExcelDir & ";" & ";" & ";" & GetConfig("ONEDRIVE_CONSUMER_WIN")'
            ' & ";" & GetConfig("ONEDRIVE_COMMERCIAL_WIN") & ";" & GetConfig("SHAREPOINT_WIN")'
            ' & ";" & GetConfig("PYTHONPATH")',
            f"PYTHON_WIN = {sheet}",
            f"PYTHON_WIN = {sheet}",
            shell + 'CondaCmd & "python"',
            shell + "Chr(34) & Chr(34) & PYTHON_WIN & Chr(34)",
            'tail = " -B -P -c ""import sys, os;" & LicenseKeyEnvString & "import xlwings.utils;'
            'xlwings.utils.prepare_sys_path(\\""" & PYTHONPATH & "\\"");'
            'sys.path[:]=filter(None,sys.path);import xlwings; xlwings.serve(\'$(CLSID)\')"""',
            'Function GetConfig(configKey As String, Optional default As String = "",'
            ' Optional source As String = "user") As Variant',
        ]
    )
    # What went is what the changes say and nothing else.
    known = {line.strip() for change in CHANGES for line in change.old.splitlines()}
    assert [
        line for line in removed if not any(old and (old in line or line in old) for old in known)
    ] == []


def test_nothing_of_a_workbook_becomes_code_or_a_part_of_a_command_line():
    source = built_xlwings()
    for door in ('".py"', "runpython_embedded_code", "embedded code sheets", "requires a valid"):
        assert door not in source
    assert "ADD_WORKBOOK_TO_PYTHONPATH" not in source
    bodies = dict(
        re.findall(r"(?ms)^(?:Public )?(?:Function|Sub) (\w+)\((.*?)^End (?:Function|Sub)", source)
    )
    # Excel's part of it: the branches for other programs are not compiled.
    assert "ActiveWorkbook.FullName" not in bodies["RunPython"] + bodies["XLPyCommand"]
    assert "ThisWorkbook.FullName" not in bodies["RunPython"] + bodies["XLPyCommand"]
    # What names the workbook to a shell is not called on Windows; PgGuard looks at names on a Mac.
    assert bodies["RunPython"].count("ExecuteWindows") == 1
    assert "OPTIMIZED_CONNECTION = True\r\n" in bodies["RunPython"]


def test_it_is_an_addin_with_a_ribbon(addin):
    content = parts(addin)
    types = content["[Content_Types].xml"].decode()
    # By this type Excel knows an add-in: IsAddin is true, its sheet is not shown.
    assert "application/vnd.ms-excel.addin.macroEnabled.main+xml" in types
    ribbon = (SOURCES / "ribbon" / "customUI14.xml").read_bytes().replace(b"\r\n", b"\n")
    assert content["customUI/customUI14.xml"] == ribbon
    relations = content["_rels/.rels"].decode()
    assert "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" in relations
    assert 'Target="customUI/customUI14.xml"' in relations


def test_excel_lists_it_by_its_title_and_nobody_by_name(addin):
    content = parts(addin)
    core = content["docProps/core.xml"].decode()
    assert "<dc:title>绩效目标工具</dc:title>" in core
    assert "lastModifiedBy" not in core
    for data in content.values():
        for name in ("William", "Smith"):  # the author of the library's template
            assert name.encode() not in data
            assert name.encode("utf-16-le") not in data


def test_the_vba_project_knows_the_types_it_names(addin):
    from pyopenvba import ExcelFile

    with ExcelFile(addin) as package:
        # Office: IRibbonControl. Excel and VBA themselves are not listed.
        assert [reference.name for reference in package.references()] == ["stdole", "Office"]
        assert "Module1" not in package.module_names()


def test_it_tells_its_versions(addin):
    assert addin_versions(addin) == (__version__, XLWINGS.version)


def test_libreoffice_opens_it_and_runs_its_vba(addin, office):
    from tests.support.vba_office import opened_addin

    with opened_addin(office, addin) as opened:
        assert set(opened.modules) >= {module.name for module in addin_modules()}
        opened.drop_xlwings()
        for name, text in TEXTS.items():
            assert opened.run(f"PgTexts.{name}") == text
        assert opened.run("PgGuard.PgFirstLine", "第一行\r\nTraceback") == "第一行"
        assert opened.run("PgValues.PgResult", "≥") == "≥"
        assert opened.run("PgValues.PgResult", None) == ""
        assert opened.run("PgValues.ShowsPercent", "0.00%") is True
        assert opened.run("PgValues.ShowsPercent", '0"%"') is False


# --- the licence of what is not ours --------------------------------------------------------------


def test_the_notices_travel_along():
    notice = (SOURCES / "LICENSE-xlwings.txt").read_text("utf-8")
    [installed] = [f for f in XLWINGS.files if f.match("licenses/LICENSE.txt")]
    assert Path(XLWINGS.locate_file(installed)).read_text("utf-8").strip() in notice
    head = xlwings_source("addin/Dictionary.cls").partition("Option Explicit")[0]
    version = re.search(r"(?m)^' (Dictionary v\S+)", head)[1]
    author = re.search(r"\(c\) Tim Hall - \S+VBA-Dictionary", head)[0]
    address = re.search(r"@license: MIT \((\S+?)\)?\s*$", head, re.MULTILINE)[1]
    for line in (version, author, address, "Permission is hereby granted, free of charge"):
        assert line in notice


# --- refusals -------------------------------------------------------------------------------------


def test_a_source_that_is_not_ascii_is_refused_with_its_line(sources, tmp_path):
    path = sources / "vba" / "PgRibbon.bas"
    lines = path.read_text("ascii").splitlines()
    lines[4] = "' 校验"
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(InputError, match="第 5 行") as refused:
        build_addin(tmp_path / ADDIN_NAME, sources=sources)
    assert refused.value.file == str(path)
    assert not (tmp_path / ADDIN_NAME).exists()


def test_missing_sources_are_refused(sources, tmp_path):
    for folder in (tmp_path / "nothing", sources):
        shutil.rmtree(sources / "vba", ignore_errors=True)
        with pytest.raises(InputError, match="检出目录"):
            build_addin(tmp_path / ADDIN_NAME, sources=folder)


def test_a_ribbon_that_is_no_xml_is_refused(sources, tmp_path):
    (sources / "ribbon" / "customUI14.xml").write_text("<customUI>", "utf-8")
    with pytest.raises(InputError, match="XML"):
        build_addin(tmp_path / ADDIN_NAME, sources=sources)


def test_another_version_of_xlwings_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(addin_build, "_xlwings_version", lambda: "0.99.0")
    with pytest.raises(InputError, match=re.escape(XLWINGS.version) + ".*0.99.0"):
        build_addin(tmp_path / ADDIN_NAME)


def test_a_module_of_xlwings_that_looks_different_is_refused(monkeypatch, tmp_path):
    source = xlwings_source("xlwings_custom_addin.bas").replace('"myaddin"', '"yours"')
    (tmp_path / "xlwings_custom_addin.bas").write_text(source, "ascii")
    monkeypatch.setattr(addin_build, "_xlwings_folder", lambda: tmp_path)
    with pytest.raises(InputError, match="PROJECT_NAME"):
        build_addin(tmp_path / ADDIN_NAME)


def test_without_the_library_the_extra_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyopenvba", None)
    with pytest.raises(InputError, match=re.escape("perfgoals-xl[addin]")):
        build_addin(tmp_path / ADDIN_NAME)


def test_a_failed_build_leaves_the_old_file(monkeypatch, tmp_path):
    old = tmp_path / ADDIN_NAME
    old.write_bytes(b"old")
    monkeypatch.setitem(sys.modules, "pyopenvba", None)
    with pytest.raises(InputError):
        build_addin(old)
    assert old.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [old]


@pytest.mark.parametrize("content", [b"", b"no zip"])
def test_what_is_no_addin_has_no_versions(content, tmp_path):
    path = tmp_path / ADDIN_NAME
    path.write_bytes(content)
    with pytest.raises(InputError, match="不是绩效目标工具的加载项"):
        addin_versions(path)


def test_other_workbooks_have_no_versions(tmp_path):
    with pytest.raises(InputError, match="不是绩效目标工具的加载项"):
        addin_versions(template_path())
    with pytest.raises(InputError, match="没有找到"):
        addin_versions(tmp_path / "none.xlam")


# --- the generated modules ------------------------------------------------------------------------

AREA = WorksheetFunction(
    "PG_AREA",
    "说" * 255,
    (Argument("side", "边长" * 100), Argument("other", "另一边", optional=True)),
    "=PG_AREA(2,3)",
    "6",
)


def from_hex(source: str, name: str) -> str:
    digits = "".join(re.findall(rf'{name} = (?:{name} & )?PgFromHex\("([0-9A-F]*)"\)', source))
    return bytes.fromhex(digits).decode("utf-16-be")


def test_a_wrapper_passes_its_arguments_on():
    source = functions_module([AREA])
    assert (
        "Public Function PG_AREA(ByVal side As Variant, Optional ByVal other As Variant)" in source
    )
    assert "Array(PgArg(side), PgArg(other))" in source
    assert "CVErr(xlErrValue)" in source


def test_descriptions_survive_the_way_through_hex():
    source = functions_module([AREA])
    assert source.isascii()
    assert from_hex(source, "about") == AREA.description
    assert [from_hex(source, f"help{n}") for n in (1, 2)] == ["边长" * 100, "另一边"]
    assert max(map(len, source.splitlines())) <= 1023


def test_texts_survive_the_way_through_hex():
    texts = {"TextLong": "绩效𠮷\n" * 200, "TextEmpty": ""}
    source = texts_module(texts)
    assert {name: from_hex(source, name) for name in texts} == texts


@pytest.mark.parametrize("name", ["Loop", "1ST", "面积", "A B", ""])
def test_a_name_that_vba_does_not_take_is_refused(name):
    with pytest.raises(ValueError, match="not a name in VBA"):
        functions_module([WorksheetFunction("PG_X", "说", (Argument(name, "说"),), "", "")])
    with pytest.raises(ValueError, match="not a name in VBA"):
        functions_module([WorksheetFunction(name, "说", (), "", "")])


def test_a_description_that_excel_does_not_take_is_refused():
    with pytest.raises(ValueError, match="255"):
        functions_module([WorksheetFunction("PG_X", "说" * 256, (), "", "")])
