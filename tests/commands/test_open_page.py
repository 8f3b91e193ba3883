from __future__ import annotations

import subprocess
import sys

import pytest

WITHOUT = """\
import sys
for name in {missing!r}:
    sys.modules[name] = None
sys.argv = ["perfgoals", "page", *{arguments!r}]
from perfgoals_xl.cli import main
main()
"""


@pytest.mark.parametrize("missing", [["starlette"], ["uvicorn"]])
def test_without_the_extra_it_says_how_to_get_it(missing, tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(missing=missing, arguments=["--no-browser"])],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 2
    assert run.stderr.strip().endswith('pip install "perfgoals-xl[page]"。')
    assert len(run.stderr.strip().splitlines()) == 1


def test_the_right_click_does_without_the_extra(tmp_path):
    path = tmp_path / "空.xlsx"
    path.write_bytes(b"")
    arguments = ["--quiet", str(path)]
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(missing=["starlette"], arguments=arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={"PATH": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert run.returncode == 2
    assert run.stderr.startswith(f"{path}：文件是空的")
