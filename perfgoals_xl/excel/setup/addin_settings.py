"""The settings file that the VBA of xlwings reads: lines ``"KEY","VALUE"`` in the ANSI code page.

The lines of others are kept as they are, byte for byte, also the ones that cannot be read.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from perfgoals_xl.errors import InputError


@dataclass(frozen=True)
class Settings:
    """The lines of a settings file, without their ends."""

    lines: tuple[str, ...] = ()

    def get(self, key: str) -> str | None:
        """The value of ``key`` in any case of letters; the first one, as VBA finds it."""
        for line in self.lines:
            name, value = _pair(line)
            if name == key.upper():
                return value
        return None

    def with_values(self, values: Mapping[str, str]) -> Settings:
        """These settings with ``values``: in the place of the old ones, new ones at the end."""
        waiting = {key.upper(): _line(key, value) for key, value in values.items()}
        ours, lines = set(waiting), []
        for line in self.lines:
            name, _ = _pair(line)
            if name not in ours:
                lines.append(line)
            elif name in waiting:
                lines.append(waiting.pop(name))
        return Settings((*lines, *waiting.values()))

    def without(self, keys: Collection[str]) -> Settings:
        """These settings without the lines of ``keys``."""
        gone = {key.upper() for key in keys}
        return Settings(tuple(line for line in self.lines if _pair(line)[0] not in gone))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left but blank lines."""
        return not any(line.strip() for line in self.lines)

    def to_bytes(self, encoding: str) -> bytes:
        """The file. Raises ``InputError`` where a text cannot be written in ``encoding``."""
        text = "".join(f"{line}\r\n" for line in self.lines)
        try:
            return text.encode(encoding, errors="surrogateescape")
        except UnicodeEncodeError as error:
            value = next(line for line in self.lines if text[error.start] in line)
            raise InputError(
                f"路径中的“{text[error.start]}”不能写进 Excel 的设置文件：{value}",
                hint="请把 Python 装在一个只含英文字母和数字的文件夹里，再运行一次。",
            ) from None


def read_settings(path: Path, encoding: str) -> Settings:
    """The settings in ``path``; none where there is no such file.

    Raises ``InputError`` where the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError:
        raise InputError("设置文件读不出来", hint="请检查它的权限。", file=path) from None
    text = data.decode(encoding, errors="surrogateescape")
    # Not splitlines(): that takes more signs for line ends than VBA does.
    lines = text.replace("\r\n", "\n").split("\n")
    return Settings(tuple(lines if lines[-1] else lines[:-1]))


def _pair(line: str) -> tuple[str, str | None]:
    row = next(csv.reader([line]), [])
    return (row[0].strip().upper(), row[1]) if len(row) >= 2 else ("", None)


def _line(key: str, value: str) -> str:
    if '"' in value:
        # VBA's Input # has no way to write one inside a text.
        raise InputError(
            f"路径中有引号，不能写进 Excel 的设置文件：{value}",
            hint="请把 Python 装在别的文件夹里，再运行一次。",
        )
    return f'"{key}","{value}"'
