"""A call that cannot be understood, in one Chinese line instead of the library's English box."""

from __future__ import annotations

import re
from typing import Any

_CHOICE = re.compile(r"'(.*)' is not one of (.*?)\.?$", re.S)
_EXTRA = re.compile(r"unexpected extra arguments? ?\(?s?\)? ?\((.*)\)", re.S)
_QUOTED = re.compile(r"'(.*)'", re.S)
_HELP_ENDS = re.compile(r"[：:，；。（、]")


def kind_of(error: BaseException) -> str:
    """``help``, ``usage`` or nothing: by its name, for typer keeps these classes to itself."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if "NoArgsIsHelpError" in names:
        return "help"
    return "usage" if names & {"UsageError", "ClickException"} else ""


def told(error: Any) -> str:
    """What is wrong with the call, and where its help is."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "perfgoals"
    said = " ".join(f"{_told(error)}。可用的写法见 {command} --help。".split())
    return said.encode("utf-8", "backslashreplace").decode()


def _told(error: Any) -> str:
    name = type(error).__name__
    message = str(getattr(error, "message", error))
    if name == "MissingParameter":
        return f"没有给出{_named(error.param)}"
    if name == "NoSuchOption":
        near = "、".join(sorted(getattr(error, "possibilities", None) or ()))
        return f"没有选项 {error.option_name}" + (f"，是不是 {near}" if near else "")
    if name == "BadOptionUsage":
        takes_none = "not take" in message
        return f"选项 {error.option_name} 后面" + ("不能有值" if takes_none else "缺少它的值")
    if name == "BadParameter":
        return f"{_named(error.param)}的值不对：{_wrong_value(error.param, message)}"
    if found := _EXTRA.search(message):
        return f"多出了参数 {found.group(1)}"
    if "No such command" in message and (found := _QUOTED.search(message)):
        return f"没有命令 {found.group(1)}"
    return f"命令的写法不对（{message.rstrip('.')}）"


def _named(parameter: Any) -> str:
    """An option with its meaning, an argument by its meaning: the first words of its help."""
    if parameter is None:
        return "参数"
    meaning = _HELP_ENDS.split(getattr(parameter, "help", None) or "", maxsplit=1)[0].strip()
    if getattr(parameter, "param_type_name", "") == "option":
        option = max(parameter.opts, key=len)
        return f" {option}（{meaning}）" if meaning else f" {option} "
    return meaning or f"参数 {parameter.name}"


def _wrong_value(parameter: Any, message: str) -> str:
    if found := _CHOICE.search(message):
        choices = found.group(2).replace("'", "").replace(", ", "、")
        return f"“{found.group(1)}”不在 {choices} 之中"
    kind = getattr(parameter, "type", None)
    low, high = (
        getattr(parameter, bound, None) if hasattr(parameter, bound) else getattr(kind, bound, None)
        for bound in ("min", "max")
    )
    if low is not None and high is not None:
        return f"应是 {low} 至 {high} 的整数"
    return "应是整数" if "integer" in message else message.rstrip(".")
