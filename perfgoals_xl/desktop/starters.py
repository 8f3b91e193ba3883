"""What links, menu entries and scripts start, and what they are called.

Two starters, the same everywhere: one opens the page with the chosen files read, the other writes
the marked copy beside each file and opens it, without a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from perfgoals_xl.excel.setup.machine import Machine
from perfgoals_xl.excel.setup.places import windowless

SYSTEM_PREFIX, SYSTEM_COMMAND = "/usr/lib/perfgoals-xl/python", "/usr/bin/perfgoals"
"""The Python that the Debian package brings, and the command that it puts on the path."""
ICON_NAME = "perfgoals"
"""The icon's name in a theme of icons."""


@dataclass(frozen=True)
class Starter:
    """One thing that a click does: its names and the arguments behind the command."""

    key: str
    label: str
    label_en: str
    comment: str
    comment_en: str
    arguments: tuple[str, ...]


OPEN = Starter(
    "open",
    "校验绩效目标",
    "Check performance goals",
    "在本机页面里读取、校验、汇总绩效目标表，不联网",
    "Read, check and consolidate performance goal tables on a page of this PC",
    ("page",),
)
QUIET = Starter(
    "quiet",
    "校验绩效目标（直接生成校验副本）",
    "Check performance goals (marked copy beside the file)",
    "在文件旁边写出校验副本并打开，原文件不改",
    "Write the marked copy beside the file and open it; the file itself is not changed",
    ("page", "--quiet"),
)
STARTERS = (OPEN, QUIET)
DESKTOP_LABEL = "绩效目标校验"
"""The link on the desktop, which opens the page without a file."""


def command(machine: Machine) -> tuple[str, ...]:
    """What starts this program on ``machine``, without a console window where that can be.

    By the interpreter and not by the script beside it: a script holds the path of its interpreter
    in the code page of the PC, and in a folder with a blank or a long name it does not start.
    """
    if str(machine.prefix) == SYSTEM_PREFIX:
        return (SYSTEM_COMMAND,)
    # -P: no module beside the chosen file is imported in place of an installed one.
    return (str(windowless(machine)), "-P", "-m", "perfgoals_xl")


def icon_file(suffix: str, size: int | None = None) -> Path:
    """The icon as ``.svg``, ``.ico`` or, of a ``size``, ``.png``."""
    name = f"{ICON_NAME}-{size}{suffix}" if size else f"{ICON_NAME}{suffix}"
    return Path(__file__).parent / "icons" / name
