"""The errors that reach a person.

``InputError`` says that a file or a call is at fault: it is told in one line, without a traceback,
and ends a command with exit code 2. Any other exception is a fault of ours.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path


class InputError(Exception):
    """A fault of the user's input: what is wrong, where, and what to do about it.

    ``message`` says what is wrong, ``hint`` what to do; ``file``, ``sheet`` and ``cell`` say where
    and may be missing. ``str()`` is the one line that staff read.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        file: str | Path | None = None,
        sheet: str | None = None,
        cell: str | None = None,
    ) -> None:
        self.message = message
        self.hint = hint
        self.file = None if file is None else str(file)
        self.sheet = sheet
        self.cell = cell
        super().__init__(message)

    def __str__(self) -> str:
        place = " ".join(
            part
            for part in (
                self.file,
                f"工作表“{self.sheet}”" if self.sheet else None,
                f"单元格 {self.cell}" if self.cell else None,
            )
            if part
        )
        line = f"{place}：{self.message}" if place else self.message
        if self.hint:
            line = f"{line.rstrip('。')}。{self.hint}"
        return " ".join(line.split())


def extra_hint(extra: str) -> str:
    """What to do where the packages of an optional part are not installed.

    A Python that came inside a package or a bundle has no pip, and one elsewhere does not reach it.
    """
    if importlib.util.find_spec("pip") is None:
        return f"这里自带的 Python 不能添加组件；请在用 pip 安装的 perfgoals-xl[{extra}] 里做。"
    return f'请先运行 pip install "perfgoals-xl[{extra}]"。'
