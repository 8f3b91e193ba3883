"""The commands: exit codes, what goes to which stream, and files that appear whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import Workbook, load_workbook

from perfgoals_xl import cli
from perfgoals_xl._version import __version__
from perfgoals_xl.api import load
from perfgoals_xl.review.catalogue import RULES
from tests.support.steps import PROJECT, cell_of, filled, read_parts, text_of, write_parts

COMMANDS = ("new", "import", "validate", "consolidate", "export", "target", "rules", "demo")
READING = {
    "import": ("import", "-o", "出.xlsx"),
    "validate": ("validate",),
    "validate json": ("validate", "--format", "json"),
    "validate csv": ("validate", "--format", "csv"),
    "validate -o": ("validate", "-o", "出.xlsx"),
    "consolidate": ("consolidate", "-o", "出.xlsx"),
    "export": ("export",),
    "export csv": ("export", "--format", "csv"),
    "export -o": ("export", "-o", "出.json"),
    "export parquet": ("export", "--format", "parquet", "-o", "出.parquet"),
}


class Run(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    """Runs the command in this process, in ``tmp_path``, with a home of its own."""
    home = tmp_path.parent / f"{tmp_path.name}-home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Run:
        monkeypatch.setattr(sys, "argv", ["perfgoals", *map(str, arguments)])
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = end.code or 0
        return Run(code, *capsys.readouterr())

    return run


def in_a_process(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "perfgoals_xl", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=120,
        check=False,
    )


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def listing(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


# --- help, version, imports -----------------------------------------------------------------------


def test_every_command_of_the_contract_is_there():
    names = {command.name or command.callback.__name__ for command in cli.app.registered_commands}
    assert names >= set(COMMANDS)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help(perfgoals, command):
    run = perfgoals(*command.split(), "--help")
    assert (run.code, run.err) == (0, "")
    assert "Usage" in run.out
    assert perfgoals(*command.split(), "-h").out == run.out


def test_without_arguments_the_help_is_shown(perfgoals):
    run = perfgoals()
    assert all(command in run.out + run.err for command in COMMANDS)


def test_the_version(perfgoals):
    assert perfgoals("--version") == (0, f"perfgoals {__version__}\n", "")


@pytest.mark.parametrize("arguments", [["--help"], ["target", "≥95%"], ["rules"], ["--version"]])
def test_light_commands_import_nothing_heavy(tmp_path, arguments):
    ask = (
        "import sys\n"
        "from perfgoals_xl.cli import main\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        "    pass\n"
        "heavy = {'pandas', 'numpy', 'pandera', 'openpyxl', 'xlsxwriter', 'lxml', 'xlwings'}\n"
        "print('HEAVY', sorted(heavy & sys.modules.keys()))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", ask, *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert run.stdout.splitlines()[-1] == "HEAVY []"


# --- exit codes and streams -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, 0),
        ({"project_period": None}, 0),
        ({"生态效益1": "无", "生态效益1 名称": "无"}, 0),
        ({"annual_goal": None}, 1),
        ({"annual_goal": None, "规则 H02 级别": "警告"}, 0),
        ({"annual_goal": None, "规则 H02 启用": "否"}, 0),
    ],
    ids=str,
)
def test_validate_ends_with_1_where_there_are_errors(perfgoals, tmp_path, changes, code):
    path = filled(tmp_path, changes)
    for form in ("text", "json", "csv"):
        assert perfgoals("validate", path, "--format", form).code == code


def test_validate_json_is_the_contract(perfgoals, tmp_path):
    path = filled(tmp_path, {"annual_amount": 290, "total_amount": 290})
    run = perfgoals("validate", path, "--format", "json")
    document = json.loads(run.out)
    assert run.err == ""
    assert document.keys() == {
        "format_version", "rules_version", "counts", "findings", "not_judged",
    }  # fmt: skip
    assert document["format_version"] == 1
    assert document["counts"] == {"error": 1, "warning": 1, "info": 0}
    assert document["findings"][0] == {
        "rule": "F02",
        "severity": "error",
        "file": str(path),
        "sheet": PROJECT,
        "cell": "E7",
        "project": PROJECT,
        "field": "annual_amount",
        "indicator": None,
        "value": "290",
        "message": "年度资金总额 290 万元 ≠ 资金来源合计 280 万元"
        "（本级资金 80 + 转移市县（区）资金 200），来源少 10 万元",
        "suggestion": "请核对年度资金总额和各项资金来源，使两者相等。",
        "waiver": None,
    }
    assert document["findings"][1]["indicator"] == "指标1：草种采购费"
    assert document["not_judged"] == []


def test_not_judged_is_told_apart(perfgoals, tmp_path):
    path = filled(tmp_path, {"annual_amount": None})
    document = json.loads(perfgoals("validate", path, "--format", "json").out)
    assert [{k: entry[k] for k in ("rule", "sheet", "project", "reason")}
            for entry in document["not_judged"]] == [
        {"rule": rule, "sheet": PROJECT, "project": PROJECT, "reason": "年度资金总额没有填写"}
        for rule in ("F02", "F04")
    ]  # fmt: skip


def test_validate_csv(perfgoals, tmp_path):
    run = perfgoals("validate", filled(tmp_path, {"annual_goal": None}), "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(run.out))
    assert (row["rule"], row["cell"], row["waiver"]) == ("H02", "C12", "")


def test_validate_text(perfgoals, tmp_path):
    run = perfgoals("validate", filled(tmp_path, {"annual_goal": None}))
    assert "错误 H02 C12 年度总体绩效目标没有填写" in run.out
    assert run.out.splitlines()[-1] == "错误 1 项，警告 0 项，提示 0 项。"
    assert run.err == ""


def test_the_plan_year_can_be_given(perfgoals, tmp_path):
    path = filled(tmp_path)
    assert perfgoals("validate", path).code == 0
    run = perfgoals("validate", path, "--year", "2027")
    assert (run.code, run.out.count("H04")) == (1, 2)


def test_what_was_seen_and_not_taken_goes_to_standard_error(perfgoals, tmp_path):
    path = tmp_path / "原表.txt"
    text = text_of().replace("其中：年度资金总额\t280", "其中：年度资金总额", 1)
    text = text.replace("其中：本级资金", "\t\t\t\t280\n其中：本级资金", 1)
    path.write_text(text, encoding="utf-8")
    for command in (("export",), ("validate", "--format", "json")):
        run = perfgoals(*command, path)
        json.loads(run.out)
        (line,) = run.err.splitlines()
        assert "原表.txt" in line
        assert "E11" in line
        assert "280" in line


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
    ],
    ids=str,
)
def test_output_is_utf8_whatever_the_terminal_says(tmp_path, environment):
    path = filled(tmp_path, {"annual_goal": None})
    run = in_a_process("validate", path.name, "--format", "json", cwd=tmp_path, **environment)
    assert run.returncode == 1
    document = json.loads(run.stdout.decode("utf-8"))
    assert document["findings"][0]["message"] == "年度总体绩效目标没有填写"
    run = in_a_process("target", "--format", "json", "不超过20万元", cwd=tmp_path, **environment)
    assert json.loads(run.stdout.decode("utf-8"))[0]["unit"] == "万元"
    run = in_a_process("export", "没有.xlsx", cwd=tmp_path, **environment)
    assert (run.returncode, run.stdout) == (2, b"")
    assert "没有.xlsx：找不到文件" in run.stderr.decode("utf-8")


def test_target_json_is_a_list_in_order(perfgoals):
    run = perfgoals("target", "--format", "json", "≥120次", "95%以上", "2026年12月底前", "无")
    assert run.code == 0
    assert json.loads(run.out) == [
        {
            "text": "≥120次",
            "kind": "numeric",
            "operator": "≥",
            "low": 120,
            "high": None,
            "unit": "次",
        },
        {
            "text": "95%以上",
            "kind": "percent",
            "operator": "≥",
            "low": 95,
            "high": None,
            "unit": "%",
        },
        {
            "text": "2026年12月底前",
            "kind": "date",
            "operator": "≤",
            "low": None,
            "high": "2026-12-31",
            "unit": "",
        },
        {
            "text": "无",
            "kind": "placeholder",
            "operator": "",
            "low": None,
            "high": None,
            "unit": "",
        },
    ]


def test_target_text(perfgoals):
    assert perfgoals("target", "150-4500元", "=1+1").out.splitlines() == [
        "150-4500元\trange\t\t150～4500\t元",
        "=1+1\ttext\t\t\t",
    ]


def test_rules(perfgoals):
    assert [r["code"] for r in json.loads(perfgoals("rules", "--format", "json").out)["rules"]] == [
        *RULES
    ]
    assert len(perfgoals("rules").out.splitlines()) == len(RULES)
    assert perfgoals("rules", "--format", "md").out.startswith("| 规则 |")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["validate"],
        ["validate", "--format", "xml", "x"],
        ["new", "-o", "x.xlsx"],
        ["new", "-o", "x.xlsx", "--department", "局", "--year", "26"],
        ["new", "-o", "x.xlsx", "--department", "局", "--year", "2026", "--edition", "2019"],
        ["new", "-o", "x.xlsx", "--department", "局", "--year", "2026", "--projects", "0"],
        ["target"],
        ["rules", "extra"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_2(perfgoals, tmp_path, arguments):
    run = perfgoals(*arguments)
    assert (run.code, run.out) == (2, "")
    assert run.err
    assert "Traceback" not in run.err
    assert listing(tmp_path) == []


# --- input nobody can use -------------------------------------------------------------------------


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


# --- output ---------------------------------------------------------------------------------------

WRITING = {name: call for name, call in READING.items() if "-o" in call}


@pytest.mark.parametrize("command", WRITING)
def test_the_output_is_never_the_source(perfgoals, tmp_path, command):
    source = filled(tmp_path, {"annual_goal": None})
    link = tmp_path / "链接.xlsx"
    link.symlink_to(source)
    before = digest(source)
    call = [item for item in WRITING[command] if not item.startswith("出")]
    call.remove("-o")
    for output in (source, Path(source.name), tmp_path / "." / source.name, link):
        run = perfgoals(*call, source, "-o", output)
        assert (run.code, run.out) == (2, "")
        (line,) = run.err.splitlines()
        assert str(output) in line
    assert digest(source) == before
    assert listing(tmp_path) == sorted([source.name, link.name])


@pytest.mark.parametrize("command", WRITING)
def test_a_missing_folder_is_told(perfgoals, tmp_path, command):
    source = filled(tmp_path)
    *call, output = WRITING[command]
    run = perfgoals(*call, tmp_path / "没有" / output, source)
    assert (run.code, run.out) == (2, "")
    (line,) = run.err.splitlines()
    assert line.startswith(str(tmp_path / "没有" / output))
    assert listing(tmp_path) == [source.name]


@pytest.mark.parametrize("command", [name for name in WRITING if "csv" not in name])
def test_a_folder_in_place_of_the_output_is_told(perfgoals, tmp_path, command):
    source = filled(tmp_path)
    *call, output = WRITING[command]
    (tmp_path / output).mkdir()
    run = perfgoals(*call, output, source)
    assert (run.code, run.out) == (2, "")
    assert len(run.err.splitlines()) == 1
    assert listing(tmp_path) == sorted([source.name, output])


@pytest.mark.parametrize("command", READING)
def test_no_command_changes_its_source(perfgoals, tmp_path, command):
    source = filled(tmp_path, {"annual_goal": None})
    before = digest(source), source.stat().st_mtime_ns
    run = perfgoals(*READING[command], source)
    assert run.code in (0, 1)
    assert (digest(source), source.stat().st_mtime_ns) == before
    written = {source.name, *(item for item in READING[command] if item.startswith("出"))}
    assert set(listing(tmp_path)) == written


def test_new_writes_a_blank_workbook(perfgoals, tmp_path):
    call = ("new", "-o", "新.xlsx", "--department", "青岚县林业和草原局", "--year", "2027")
    run = perfgoals(*call, "--projects", "3", "--edition", "2021", "--code", "213001")
    assert (run.code, run.out) == (0, "")
    assert "新.xlsx" in run.err
    declaration = load(tmp_path / "新.xlsx")
    assert (len(declaration.blank_forms), declaration.edition) == (3, "2021")
    assert (declaration.department, declaration.department_code) == ("青岚县林业和草原局", "213001")
    assert declaration.year == 2027


@pytest.mark.parametrize("command", ["new", "import"])
def test_filled_work_is_not_overwritten(perfgoals, tmp_path, command):
    source, output = filled(tmp_path), tmp_path / "出.xlsx"
    call = {
        "new": ("new", "-o", output, "--department", "青岚县林业和草原局", "--year", "2026"),
        "import": ("import", source, "-o", output),
    }[command]
    output.write_bytes(b"somebody's work")
    run = perfgoals(*call)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(str(output))
    assert "--force" in run.err
    assert output.read_bytes() == b"somebody's work"
    assert perfgoals(*call, "--force").code == 0
    assert load(output)
    # An empty file that a program made beforehand is nobody's work.
    output.write_bytes(b"")
    assert perfgoals(*call).code == 0


def test_import_joins_sources(perfgoals, tmp_path):
    first, second = (
        filled(tmp_path, name="甲.xlsx"),
        filled(tmp_path, edition="2015", name="乙.xlsx"),
    )
    run = perfgoals("import", first, second, "-o", "出.xlsx")
    assert run.code == 0
    assert "4 个项目，44 个指标" in run.err


def test_import_needs_a_year(perfgoals, tmp_path):
    path = tmp_path / "原表.txt"
    text = text_of().replace("2026年青岚县", "青岚县").replace("（2026年度）", "")
    path.write_text(text, encoding="utf-8")
    run = perfgoals("import", path, "-o", "出.xlsx")
    assert run.code == 2
    assert "--year" in run.err
    assert listing(tmp_path) == [path.name]
    assert perfgoals("import", path, "-o", "出.xlsx", "--year", "2028").code == 0
    assert load(tmp_path / "出.xlsx").year == 2028


@pytest.mark.parametrize("output", ["出.xls", "出.xlsm", "出.txt", "出"])
def test_a_marked_copy_keeps_the_kind_of_workbook(perfgoals, tmp_path, output):
    run = perfgoals("validate", filled(tmp_path), "-o", output)
    assert (run.code, run.out) == (2, "")
    assert output in run.err
    assert listing(tmp_path) == ["申报.xlsx"]


def test_a_text_is_marked_as_a_standard_workbook(perfgoals, tmp_path):
    path = tmp_path / "原表.txt"
    path.write_text(text_of().replace("≥80%", ""), encoding="utf-8")
    run = perfgoals("validate", path, "-o", "出.xlsx", "--format", "json")
    assert run.code == 1
    assert [f["cell"] for f in json.loads(run.out)["findings"]] == ["E20"]
    book = load_workbook(tmp_path / "出.xlsx")
    assert (book["校验结果"]["D5"].value, book["校验结果"]["E5"].value) == (PROJECT, "D16")


@pytest.mark.parametrize("sign", "=+-@")
def test_texts_stay_texts(perfgoals, tmp_path, sign):
    text = f"{sign}1+cmd"
    keys = ("project_name", "annual_goal", "质量1 名称", "implementing_unit")
    source = filled(tmp_path, dict.fromkeys(keys, text) | {"质量1": None})
    assert perfgoals("import", source, "-o", "标准.xlsx").code == 0
    assert perfgoals("validate", source, "-o", "标记.xlsx").code == 1
    for name in ("标准.xlsx", "标记.xlsx"):
        for part, data in read_parts(tmp_path / name).items():
            if part.startswith("xl/worksheets/"):
                assert f"<f>{text[1:]}".encode() not in data
        book = load_workbook(tmp_path / name)
        formulas = [
            cell.coordinate
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f" and text[1:] in str(cell.value)
        ]
        assert formulas == []
        assert load(tmp_path / name).projects.records()[0]["annual_goal"] == text
    rows = list(csv.DictReader(io.StringIO(perfgoals("export", source, "--format", "csv").out)))
    assert rows[0]["annual_goal"] == f"'{text}"
    document = json.loads(perfgoals("export", source).out)
    assert document["declarations"][0]["projects"][0]["annual_goal"] == text


def test_an_unknown_reason_is_told(perfgoals, tmp_path):
    lines = {
        "C5": "H02",
        "D5": PROJECT,
        "F5": PROJECT,
        "I5": "年度总体绩效目标没有填写",
        "K5": "已补",
    }
    path = filled(tmp_path, {f"校验结果!{cell}": text for cell, text in lines.items()})
    run = perfgoals("validate", path, "-o", "出.xlsx")
    assert run.code == 0
    assert any("已补" in line and "K5" in line for line in run.err.splitlines())
    # It is kept on the sheet of the copy.
    book = load_workbook(tmp_path / "出.xlsx")
    assert (book["校验结果"]["B5"].value, book["校验结果"]["K5"].value) == ("已消除", "已补")


# --- our own faults -------------------------------------------------------------------------------


def test_a_fault_of_ours_is_told_in_one_line(perfgoals, tmp_path, monkeypatch):
    def fail(*arguments, **options):
        raise RuntimeError("a plan of our own")

    monkeypatch.setattr("perfgoals_xl.review.run.review", fail)
    source = filled(tmp_path)
    run = perfgoals("validate", source, "-o", "出.xlsx")
    assert (run.code, run.out) == (70, "")
    (line,) = run.err.splitlines()
    assert "Traceback" not in line
    log = Path(line.partition("日志 ")[2].partition(" 发给")[0])
    assert log.is_relative_to(Path.home())
    assert "a plan of our own" in log.read_text(encoding="utf-8")
    assert listing(tmp_path) == [source.name]


def test_a_fault_while_writing_leaves_nothing_behind(perfgoals, tmp_path, monkeypatch):
    def fail(*arguments, **options):
        raise RuntimeError("disk")

    monkeypatch.setattr("perfgoals_xl.workbooks.package.Package.save", fail)
    source, output = filled(tmp_path), tmp_path / "出.xlsx"
    output.write_bytes(b"the copy of yesterday")
    assert perfgoals("validate", source, "-o", output).code == 70
    assert output.read_bytes() == b"the copy of yesterday"
    assert listing(tmp_path) == sorted([source.name, output.name])


def test_a_reader_that_goes_away_is_no_fault(tmp_path):
    path = filled(tmp_path)
    command = f"'{sys.executable}' -m perfgoals_xl export '{path}' | head -1"
    run = subprocess.run(
        ["sh", "-c", command], capture_output=True, encoding="utf-8", cwd=tmp_path, check=False
    )
    assert (run.stdout, run.stderr) == ("{\n", "")


def test_cells_are_named_as_in_the_source(perfgoals, tmp_path):
    path = filled(tmp_path, {"质量1": None})
    document = json.loads(perfgoals("validate", path, "--format", "json").out)
    assert [f["cell"] for f in document["findings"]] == [cell_of("质量1")]
