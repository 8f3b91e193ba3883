"""Ordinary faults of a place and of a call: exit code 2 and one line in our words, never 70."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from perfgoals_xl.resources import EXAMPLE_WORKBOOK, example_path
from tests.support.commands import listing, own_home, runner
from tests.support.further import one_in

SOURCE = example_path(EXAMPLE_WORKBOOK)
linux = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def one_line(run) -> str:
    assert (run.code, run.out) == (2, "")
    (line,) = run.err.splitlines()
    assert re.search("[\u4e00-\u9fff]", line)
    assert "程序内部出错" not in line
    return line


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["validate"], "没有给出申报文件"),
        (["validate", "a", "--yaer", "2026"], "没有选项 --yaer，是不是 --year"),
        (["validate", "a", "--year", "二〇二六"], "应是 2000 至 2099 的整数"),
        (["validate", "a", "--year", "1999"], "--year（计划年度）的值不对"),
        (["validate", "a", "--year"], "选项 --year 后面缺少它的值"),
        (["validate", "a", "--format", "pdf"], "“pdf”不在 text、json、csv 之中"),
        (["consolidate", "a", "-o", "b", "--jobs", "0"], "应是 1 至 256 的整数"),
        (["consolidate", "a"], "没有给出 --output"),
        (["compare", "a", "b", "c"], "多出了参数 c"),
        (["compare", "a"], "没有给出本年的申报文件"),
        (["adin", "install"], "没有命令 adin"),
        (["addin", "nstall"], "没有命令 nstall"),
        (["target"], "没有给出指标值"),
        (["--nope"], "没有选项 --nope"),
    ],
    ids=str,
)
def test_a_wrong_call_is_told_in_one_line(perfgoals, call, told):
    line = one_line(perfgoals(*call))
    assert told in line
    assert "--help" in line


def deep(text: str) -> str:
    return f"a = {text}"


@pytest.mark.parametrize(
    "text",
    [
        *(f"[rules.M01]\nthreshold = {v}" for v in ("nan", "inf", "-inf", "9" * 400, "9" * 5000)),
        *(f"[rules.M01]\nseverity = {v}" for v in ("[1]", "1", "{a = 1}")),
        deep("[" * 5000 + "]" * 5000),
        deep("{a=" * 5000 + "1" + "}" * 5000),
        "[rules]\nM01 = [1]",
        "marks = [1]",
        "[[marks]]",
        "[[rules]]",
    ],
    ids=lambda text: text[:30],
)
def test_a_setting_that_makes_no_sense(perfgoals, tmp_path, text):
    (tmp_path / "a.xlsx").write_bytes(SOURCE.read_bytes())
    (tmp_path / "perfgoals.toml").write_text(text, encoding="utf-8")
    assert "perfgoals.toml" in one_line(perfgoals("validate", "a.xlsx"))


def pipe(path):
    os.mkfifo(path)


def bound(path):
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.close()


def loop(path):
    path.symlink_to(path)


def device(path):
    path.symlink_to("/dev/zero")


@linux
@pytest.mark.parametrize("make", [pipe, bound, loop, device], ids=lambda make: make.__name__)
def test_what_is_no_regular_file(perfgoals, tmp_path, make, monkeypatch):
    # The path of a socket must be short.
    monkeypatch.chdir(tmp_path)
    make(Path("x.xlsx"))
    for call in (
        ["validate", "x.xlsx"],
        ["export", "x.xlsx"],
        ["consolidate", "x.xlsx", "-o", "出.xlsx"],
        ["validate", SOURCE, "-o", "x.xlsx"],
        ["export", SOURCE, "-o", "x.xlsx"],
    ):
        assert "x.xlsx" in one_line(perfgoals(*call))
    assert listing(tmp_path) == ["x.xlsx"]


@pytest.mark.parametrize("name", ["长" * 86 + ".xlsx", "长" * 86 + "/a.xlsx", "a.txt/b.xlsx"])
def test_a_name_that_cannot_be(perfgoals, tmp_path, name):
    (tmp_path / "a.txt").write_text("x")
    for call in (["validate", SOURCE, "-o"], ["export", SOURCE, "--format", "csv", "-o"]):
        one_line(perfgoals(*call, name))
    one_line(perfgoals("validate", name))
    assert listing(tmp_path) == ["a.txt"]


def start(arguments, tmp_path, script=""):
    """The command as a process of a shell that prepares its place."""
    command = f"'{sys.executable}' -m perfgoals_xl {arguments}"
    return subprocess.run(
        ["bash", "-c", f"{script} {command}"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
        env=os.environ | {"SOURCE": str(SOURCE)},
    )


FULL = "磁盘空间不足"
PLACES = {
    "full": ('export "$SOURCE" > /dev/full', "", 2, FULL),
    "full, a report": ('validate "$SOURCE" > /dev/full', "", 2, FULL),
    "full, help": ("--help > /dev/full", "", 2, FULL),
    "closed": ("rules >&-", "", 2, "输出已经关闭"),
    "closed, not needed": ('export "$SOURCE" -o 出.json >&- <&-', "", 0, ""),
    "nobody to tell": ('export "$SOURCE" -o 出.json 2>/dev/full', "", 0, ""),
    "nothing at all": ("rules >&- 2>&- <&-", "", 2, ""),
    "limit": ('validate "$SOURCE" -o 出.xlsx', "ulimit -f 2;", 2, "允许的大小"),
    "files": ('consolidate "$SOURCE" -o 出.xlsx', "ulimit -n 9;", None, ""),
    "gone": ('validate "$SOURCE" -o 出.xlsx', "mkdir x; cd x; rmdir ../x;", 2, "当前文件夹"),
    "no home": ('validate "$SOURCE" -o 出.xlsx', "unset HOME;", 1, ""),
    "no place": ('validate "$SOURCE" -o 出.xlsx', "export TMPDIR=/nowhere;", 1, ""),
    "locale": ('validate "$SOURCE" -o 出.xlsx', "export LC_ALL=C;", 1, ""),
    "bytes": ("validate $'\\xff.xlsx'", "", 2, "找不到文件"),
    "head": ("rules | head -1", "set -o pipefail;", 0, ""),
}


@linux
@pytest.mark.parametrize("place", one_in(4, PLACES))
def test_a_place_that_does_not_allow_it(tmp_path, monkeypatch, place):
    own_home(monkeypatch, tmp_path)
    arguments, script, code, told = PLACES[place]
    run = start(arguments, tmp_path, script)
    assert run.returncode == code if code is not None else run.returncode in (0, 2)
    assert "Traceback" not in run.stderr
    assert len(run.stderr.splitlines()) <= 1
    assert told in run.stderr


@linux
def test_a_name_of_a_file_that_is_no_text(tmp_path, monkeypatch):
    own_home(monkeypatch, tmp_path)
    calls = ["-o a.json", "--format csv -o a.csv", "--format parquet -o a.parquet"]
    calls += ["--format parquet -o sets"]
    script = """cp "$SOURCE" $'\\xff.xlsx';"""
    for call in calls:
        run = start(f"export $'\\xff.xlsx' {call}", tmp_path, script)
        assert run.returncode == 0, run.stderr


@linux
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
@pytest.mark.parametrize("form", one_in(3, ["json", "csv", "parquet"]))
def test_without_permission(tmp_path, monkeypatch, form):
    own_home(monkeypatch, tmp_path)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "a.xlsx").write_bytes(SOURCE.read_bytes())
    (tmp_path / "secret.xlsx").write_bytes(SOURCE.read_bytes())
    (tmp_path / "secret.xlsx").chmod(0)
    (tmp_path / "hidden").chmod(0)
    # Root may do everything until it gives that up.
    drop = "-dac_override,-dac_read_search"
    script = f"setpriv --bounding-set={drop} --inh-caps={drop}"
    for arguments in (
        f'export "$SOURCE" --format {form} -o closed/out',
        f"export hidden/a.xlsx --format {form} -o out",
        f"export secret.xlsx --format {form} -o out",
        f'export "$SOURCE" --format {form} -o hidden/out',
    ):
        run = start(arguments, tmp_path, script)
        assert run.returncode == 2, run.stderr
        (line,) = run.stderr.splitlines()
        assert "权限" in line
    (tmp_path / "hidden").chmod(0o755)
    assert "out" not in listing(tmp_path)
