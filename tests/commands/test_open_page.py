from __future__ import annotations

import subprocess
import sys
import time

import pytest

WITHOUT = """\
import sys
import time
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


@pytest.fixture
def boxes(tmp_path):
    """What a program that shows boxes was asked to show; ``PATH`` with nothing else in it."""
    shown, folder = tmp_path / "shown.txt", tmp_path / "bin"
    folder.mkdir()
    (folder / "zenity").write_text(f'#!/bin/sh\necho "$@" >>"{shown}"\n', encoding="utf-8")
    (folder / "zenity").chmod(0o755)
    return folder, shown


@pytest.mark.skipif(sys.platform != "linux", reason="a program of Linux desktops")
@pytest.mark.parametrize(
    ("missing", "arguments", "line"),
    [
        (["starlette"], [], "打开页面需要可选组件 page"),
        ([], ["没有.xlsx"], "找不到"),
        (["perfgoals_xl.page.beside"], ["--quiet", "没有.xlsx"], "程序内部出错"),
    ],
)
def test_what_ends_a_right_click_is_shown_in_a_box(missing, arguments, line, tmp_path, boxes):
    folder, shown = boxes
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(missing=missing, arguments=arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={"PATH": str(folder), "HOME": str(tmp_path)},
    )
    assert line in run.stderr
    told = shown.read_text(encoding="utf-8")
    assert line in told
    assert told.startswith("--error --no-markup")
    assert len(told.splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="a program of Linux desktops")
def test_a_desktop_without_a_browser_is_told_in_a_box_without_the_key(tmp_path, boxes):
    folder, shown = boxes
    run = subprocess.Popen(
        [sys.executable, "-c", WITHOUT.format(missing=[], arguments=[])],
        stderr=subprocess.PIPE,
        text=True,
        env={"PATH": str(folder), "HOME": str(tmp_path)},
    )
    with run:
        assert run.stderr is not None
        address = run.stderr.readline()
        for _ in range(100):
            if shown.exists() and shown.read_text(encoding="utf-8"):
                break
            time.sleep(0.1)
        run.terminate()
    told = shown.read_text(encoding="utf-8")
    assert "没有能打开浏览器" in told
    assert "#key=" in address
    assert "http" not in told
