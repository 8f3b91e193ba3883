"""What a bureau says in all its letters: who it is, until when, whom to call, from which day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perfgoals_xl.errors import InputError
from perfgoals_xl.storage.toml_file import read_toml

FILE_NAME = "审核设置.toml"
"""The file that is read without being named, in the folder of the letters or of the sources."""
_HINT = "写法见用户手册“审核意见”一节。"
# Both names of each setting, the Chinese one first: that is what messages call it.
_SETTINGS: Mapping[str, tuple[str, str]] = {
    "bureau": ("落款单位", "from"),
    "contact": ("联系方式", "contact"),
    "deadline": ("修改期限", "deadline"),
    "date": ("落款日期", "date"),
}
_NAMED = {name: setting for setting, names in _SETTINGS.items() for name in names}
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_BEFORE = re.compile(r"[之以]?前$")
_LONGEST = 120


@dataclass(frozen=True)
class LetterSettings:
    """The settings; an empty text is left out of the letter.

    ``deadline`` is a date, or words such as 收到本意见后5个工作日内.
    """

    bureau: str = ""
    contact: str = ""
    deadline: dt.date | str = ""
    date: dt.date = field(default_factory=dt.date.today)

    @property
    def until(self) -> str:
        """Until when, as it goes on behind 请: ``于2026年12月10日前``; empty without a deadline."""
        if isinstance(self.deadline, dt.date):
            return f"于{in_words(self.deadline)}前"
        if not self.deadline:
            return ""
        return (
            f"于{self.deadline}前" if self.deadline.endswith(("日", "号")) else f"在{self.deadline}"
        )


def in_words(date: dt.date) -> str:
    """A date as a letter writes it."""
    return f"{date.year}年{date.month}月{date.day}日"


def letter_settings(path: Path | None = None, **options: str | None) -> LetterSettings:
    """The settings of a file, with those of ``options`` by their English names in their place.

    Raises ``InputError`` for a file that cannot be read, a setting that is none or that cannot be
    understood, and a deadline before the day of the letter.
    """
    chosen: dict[str, Any] = {}
    if path is not None:
        for name, value in read_toml(path, hint=_HINT).items():
            if name not in _NAMED:
                known = "、".join(own for own, _ in _SETTINGS.values())
                raise InputError(f"不认识的设置“{name}”，可用的有 {known}", hint=_HINT, file=path)
            chosen[_NAMED[name]] = _read(name, value, path)
    for name, text in options.items():
        if text is not None:
            chosen[name] = _read(_SETTINGS[name][0], text, None)
    settings = LetterSettings(**chosen)
    if isinstance(settings.deadline, dt.date) and settings.deadline < settings.date:
        raise InputError(
            f"修改期限 {in_words(settings.deadline)} 早于落款日期 {in_words(settings.date)}",
            hint="请核对这两个日期。",
            file=path,
        )
    return settings


def settings_file(folders: Iterable[Path]) -> Path | None:
    """The file of settings in the first of the folders that has one."""
    files = (folder / FILE_NAME for folder in folders)
    return next((file for file in files if file.is_file()), None)


def _read(name: str, value: object, path: Path | None) -> str | dt.date:
    setting = _NAMED[name]
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date) and setting in ("deadline", "date"):
        return value
    if not isinstance(value, str):
        raise _fault(name, "应写成引号里的文字", path)
    text = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    if len(text) > _LONGEST:
        raise _fault(name, f"太长，最多 {_LONGEST} 字", path)
    if setting not in ("deadline", "date"):
        return text
    words = _BEFORE.sub("", text)
    if (found := _DATE.fullmatch(words)) is not None:
        try:
            return dt.date(*map(int, found.groups()))
        except ValueError:
            raise _fault(name, f"没有“{text}”这一天", path) from None
    if setting == "date":
        raise _fault(name, f"“{text}”不是日期，应写成 2026-12-10 这样", path)
    return words


def _fault(name: str, what: str, path: Path | None) -> InputError:
    return InputError(f"“{name}”{what}", hint=_HINT if path else "", file=path)
