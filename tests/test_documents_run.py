"""What README, its Chinese twin and the manual tell readers to type is typed here, and works.

The commands of a document run in its order, in one folder with the files that they name.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer.main

import perfgoals_xl as pg
from perfgoals_xl import cli
from perfgoals_xl.export import frames
from perfgoals_xl.resources import EXAMPLE_SOURCE, EXAMPLE_WORKBOOK, example_path
from tests.bureau.departments import write_county
from tests.support.commands import runner
from tests.support.platform_templates import import_list
from tests.support.steps import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.commands import Run

ROOT = Path(__file__).parents[1]
README, CHINESE, MANUAL = ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "docs/用户手册.md"
NOT_HERE = {
    "perfgoals addin": "works on the Excel of Windows; tests/excel/setup has a PC for it",
    "perfgoals desktop": "works on the desktop of this person; tests/desktop has homes for it",
    "perfgoals page": "serves until its page has been closed; tests/page opens and closes it",
    "--scheduler": "needs a cluster on other machines",
    "--engine dask": "starts a cluster, which takes seconds; tests/bureau/test_engines.py does it",
    "py -m": "the Python launcher of Windows",
    "cd /d": "the command prompt of Windows",
    "PYTHON_EMBED": "needs Python's embeddable package",
}


def blocks(document: Path, *languages: str) -> list[str]:
    text = document.read_text(encoding="utf-8")
    pattern = rf"^```(?:{'|'.join(languages)})\n(.*?)^```$"
    return re.findall(pattern, text, re.MULTILINE | re.DOTALL)


def commands(document: Path) -> list[str]:
    """What readers are to type: lines of blocks, and commands in the text, in their order."""
    text = document.read_text(encoding="utf-8")
    found = re.findall(
        r"^```(?:sh|bash|bat)\n(.*?)^```$|`((?:perfgoals|make|PYTHON_EMBED=\S+ make|py -m) [^`]+)`",
        text,
        re.MULTILINE | re.DOTALL,
    )
    lines = [line for block, inline in found for line in (block or inline).splitlines()]
    return [line for line in lines if line.strip()]


def typed(line: str) -> list[str]:
    """The words of a command, without the comment behind it."""
    return shlex.split(line, comments=True)


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path) -> Callable[..., Run]:
    """The command, in a folder with the files that the documents name."""
    shutil.copyfile(example_path(EXAMPLE_SOURCE), tmp_path / "旧表.txt")
    shutil.copyfile(example_path(EXAMPLE_WORKBOOK), tmp_path / "旧表.xlsx")
    filled(tmp_path, name="上年.xlsx")
    filled(tmp_path, {"annual_amount": 290}, name="本年.xlsx")
    write_county(tmp_path / "报送文件夹", 3)
    (tmp_path / "部门名单.txt").write_text("青岚县第1局\n青岚县第9局\n", encoding="utf-8")
    for name in ("模板.xlsx", "平台模板.xlsx"):
        import_list(tmp_path, name=name, footer=False)
    example_map = example_path(EXAMPLE_SOURCE).parent / "平台映射" / "导入清单.toml"
    shutil.copyfile(example_map, tmp_path / "列映射.toml")
    settings = re.search(r"^```toml\n(reverse = .*?)^```$", MANUAL.read_text("utf-8"), re.M | re.S)
    assert settings is not None
    (tmp_path / "评分设置.toml").write_text(settings[1], encoding="utf-8")
    return runner(monkeypatch, capsys, tmp_path)


@pytest.mark.parametrize("document", [README, CHINESE, MANUAL], ids=lambda path: path.name)
def test_its_commands_run(perfgoals, tmp_path, document):
    run = []
    for line in dict.fromkeys(commands(document)):
        words = typed(line)
        if any(reason in line for reason in NOT_HERE) or words[0] == "make":
            continue
        ended = perfgoals(*words[1:])
        # Only the review of a workbook with errors ends in another code.
        assert ended.code in ({0, 1} if words[1] == "validate" else {0}), (line, ended.err)
        for option, output in pairwise(words):
            assert option != "-o" or (tmp_path / output).exists(), line
        run.append(words[1])
    assert {"new", "import", "validate", "consolidate", "rules"} <= set(run)


@pytest.mark.parametrize("document", [README, CHINESE], ids=lambda path: path.name)
def test_it_names_every_command_of_the_program(document):
    named = {typed(line)[1] for line in commands(document) if line.startswith("perfgoals ")}
    assert named == set(typer.main.get_command(cli.app).commands)


def test_every_make_command_is_one_of_the_makefile():
    targets = {
        typed(line)[typed(line).index("make") + 1]
        for document in (README, CHINESE, MANUAL, ROOT / "CONTRIBUTING.md")
        for line in commands(document)
        if "make" in typed(line)
    }
    assert {"demo", "test", "bundle", "template", "manual"} <= targets
    for target in sorted(targets):
        # What it would do; an unknown target is exit code 2.
        subprocess.run(
            ["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True, timeout=60
        )


def test_the_snippets_for_a_notebook_run(perfgoals, tmp_path):
    for command in (
        ("import", "旧表.txt", "-o", "申报表.xlsx"),
        ("export", "报送文件夹", "--format", "parquet", "-o", "数据"),
        ("export", "申报表.xlsx", "--format", "csv", "-o", "数据"),
    ):
        assert perfgoals(*command).code == 0
    first, second = blocks(README, "python")
    names: dict[str, object] = {}
    exec(compile(first, README.name, "exec"), names)
    assert (tmp_path / "汇总表.xlsx").exists()
    assert (tmp_path / "总汇总.xlsx").exists()
    exec(compile(second, README.name, "exec"), {"tables": frames([names["declaration"]])})


def test_the_comments_of_the_snippets_are_true(perfgoals):
    assert perfgoals("import", "旧表.txt", "-o", "申报表.xlsx").code == 0
    declaration = pg.load("申报表.xlsx")
    values, cells = declaration.indicators.values, declaration.indicators.cells
    assert values.shape == cells.shape
    assert len(declaration.projects.values) == len(declaration.projects)
    target = pg.parse_target("不超过20万元")
    assert (target.kind, target.operator, target.high, target.unit) == ("money", "≤", 20, "万元")
