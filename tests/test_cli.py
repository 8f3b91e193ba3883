"""The commands: help, exit codes, what goes to which stream, and in which words."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from perfgoals_xl import cli
from perfgoals_xl._version import __version__
from perfgoals_xl.review.catalogue import RULES
from tests.support.commands import listing, own_home, runner
from tests.support.steps import PROJECT, cell_of, filled, text_of

COMMANDS = ("new", "import", "validate", "consolidate", "export", "target", "rules", "demo")


@pytest.fixture(autouse=True)
def _own_home(monkeypatch, tmp_path):
    own_home(monkeypatch, tmp_path)


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def in_a_process(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "perfgoals_xl", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=120,
        check=False,
    )


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
    assert run.out.splitlines()[-1].startswith("错误 1 项，警告 0 项，提示 0 项。")
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
        assert "第11行第5项" in line
        assert "280" in line


@pytest.mark.parametrize(
    "environment",
    [
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
    assert perfgoals("target", "150-4500元", "=某值", "-").out.splitlines() == [
        "150-4500元\trange\t\t150～4500\t元",
        "=某值\ttext\t\t\t",
        "-\tplaceholder\t\t\t",
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
