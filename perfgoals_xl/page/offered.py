"""The actions as the page offers them, and the options that they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from perfgoals_xl.actions.action_list import ACTIONS, Action, action_named
from perfgoals_xl.page.answers import Refusal
from perfgoals_xl.page.dropped_files import FileSet

_PRIMARY = "marked_copy"
_MONTHS = range(1, 13)
_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "month": {
        "label": "监控到几月",
        "label_en": "Month monitored up to",
        "kind": "month",
        "required": True,
    },
    "scoring": {
        "label": "评分设置（.toml，没有可不选）",
        "label_en": "Scoring settings (.toml, optional)",
        "kind": "file",
        "required": False,
    },
}


def actions() -> list[dict[str, Any]]:
    """All actions, in their order, with what is to be asked before each."""
    return [
        {
            "name": action.name,
            "label": action.label.zh,
            "label_en": action.label.en,
            "hint": action.hint.zh,
            "hint_en": action.hint.en,
            "suffix": action.suffix,
            "group": action.group.value,
            "options": [_option(name) for name in action.asks],
            "primary": action.name == _PRIMARY,
        }
        for action in ACTIONS
    ]


def _option(name: str) -> dict[str, Any]:
    # What most places ask to monitor is the month before this one.
    month = (date.today().month - 2) % 12 + 1
    return {"name": name, **_OPTIONS[name], "default": month if name == "month" else None}


def the_action(name: str) -> Action:
    """The action of a name. Raises :class:`Refusal` where there is none."""
    action = action_named(name)
    if action is None:
        raise Refusal(404, "没有这项操作。")
    return action


def options_of(name: str, given: Any, found: FileSet) -> dict[str, Any]:
    """The options that were given for an action. Raises :class:`Refusal` for what is none."""
    action = the_action(name)
    if given is None:
        given = {}
    if not isinstance(given, dict):
        raise Refusal(400, "请求不是 JSON 对象。")
    return {
        option: _value(option, given.get(option), found)
        for option in action.asks
        if given.get(option) is not None or _OPTIONS[option]["required"]
    }


def _value(option: str, value: Any, found: FileSet) -> Any:
    if option == "scoring":
        file = found.files.get(value) if type(value) is int else None
        if file is None:
            raise Refusal(400, "没有这个文件，请重新选择。")
        return str(file.path)
    if option == "month" and (type(value) is not int or value not in _MONTHS):
        raise Refusal(400, "请选择 1 到 12 月。")
    return value
