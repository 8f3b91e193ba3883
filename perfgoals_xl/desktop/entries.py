"""The texts of desktop entries, of the menus of file managers and of scripts. Pure functions.

Desktop entries follow the Desktop Entry Specification 1.5 (quoting of ``Exec`` included); what is
particular to one file manager is named at its function.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence

from perfgoals_xl.desktop.file_types import every_suffix, every_type
from perfgoals_xl.desktop.starters import DESKTOP_LABEL, ICON_NAME, OPEN, STARTERS, Starter
from perfgoals_xl.errors import InputError

_PLAIN = re.compile(r"[A-Za-z0-9_./:@,+=-]+")
_QUOTED = re.compile(r'(["`$\\])')
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def exec_line(command: Sequence[str], *codes: str) -> str:
    """The value of ``Exec``: ``command`` quoted, and field codes such as ``%F`` behind it.

    Raises ``InputError`` where the path of the program has a sign that no entry can hold.
    """
    words = list(command)
    if "%" in words[0] or "=" in words[0]:
        # GLib looks for the program by its name with the percent signs still doubled, and the
        # specification allows no "=" in it. So a program that starts another one; not env, which
        # takes an argument with "=" for a variable.
        words = ["/usr/bin/nice", "-n", "0", *words]
    return " ".join([*map(_argument, words), *codes])


def launcher(command: Sequence[str], starter: Starter, *, menu: bool) -> str:
    """An application that takes files of our types; ``menu``: it also stands in the start menu.

    The one in the menu has the name of the desktop link, since there it is started without a file.
    """
    lines = [
        ("Type", "Application"),
        ("Name", "Performance goals" if menu else starter.label_en),
        ("Name[zh_CN]", DESKTOP_LABEL if menu else starter.label),
        ("Comment", starter.comment_en),
        ("Comment[zh_CN]", starter.comment),
        ("Exec", exec_line([*command, *starter.arguments], "%F")),
        ("Icon", ICON_NAME),
        ("Terminal", "false"),
        ("Categories", "Office;Spreadsheet;"),
        ("Keywords", "budget;performance;绩效;目标;校验;汇总;"),
        ("MimeType", _listed(every_type())),
        ("StartupNotify", "true" if menu else "false"),
    ]
    if not menu:
        lines.append(("NoDisplay", "true"))
    return _group("Desktop Entry", lines)


def desktop_icon(command: Sequence[str]) -> str:
    """The icon on the desktop: the page, and with files dropped on it the page with these."""
    return _group(
        "Desktop Entry",
        [
            ("Type", "Application"),
            ("Name", "Performance goals"),
            ("Name[zh_CN]", DESKTOP_LABEL),
            ("Comment", OPEN.comment_en),
            ("Comment[zh_CN]", OPEN.comment),
            ("Exec", exec_line([*command, *OPEN.arguments], "%F")),
            ("Icon", ICON_NAME),
            ("Terminal", "false"),
        ],
    )


def deepin_menu(command: Sequence[str], starter: Starter) -> str:
    """An entry in the right-click menu of dde-file-manager (deepin, UOS), by the files' suffixes.

    Suffixes and no MIME types: what the system takes an ``.et`` for depends on whether WPS is
    there. ``MultiFileDirs`` is its word for several files.
    """
    return _group(
        "Desktop Entry",
        [
            ("Type", "Application"),
            ("Name", starter.label_en),
            ("Name[zh_CN]", starter.label),
            ("Exec", exec_line([*command, *starter.arguments], "%F")),
            ("Icon", ICON_NAME),
            ("X-DFM-MenuTypes", "SingleFile;MultiFileDirs;"),
            ("X-DFM-SupportSchemes", "file;"),
            ("X-DFM-SupportSuffix", _listed(every_suffix())),
        ],
    )


def kde_menu(command: Sequence[str]) -> str:
    """A service menu of Dolphin (KDE Plasma 5 and 6) with both starters.

    It looks like a desktop entry and is none: the type ``Service`` is KDE's own.
    """
    head = _group(
        "Desktop Entry",
        [
            ("Type", "Service"),
            ("Name", OPEN.label_en),
            ("Name[zh_CN]", OPEN.label),
            # Plasma 5 asks for it, Plasma 6 goes by the folder.
            ("X-KDE-ServiceTypes", "KonqPopupMenu/Plugin"),
            ("MimeType", _listed(every_type())),
            ("Actions", _listed(starter.key for starter in STARTERS)),
        ],
    )
    actions = (
        _group(
            f"Desktop Action {starter.key}",
            [
                ("Name", starter.label_en),
                ("Name[zh_CN]", starter.label),
                ("Icon", ICON_NAME),
                ("Exec", exec_line([*command, *starter.arguments], "%F")),
            ],
        )
        for starter in STARTERS
    )
    return "\n".join([head, *actions])


def menu_script(command: Sequence[str], starter: Starter) -> str:
    """A script for the menu 脚本 of GNOME Files, Nemo, Caja: they hand it the chosen files' names.

    The names are relative to the folder in which it is started and may begin with a dash.
    """
    return f'#!/bin/sh\n# {starter.comment_en}.\nexec {_shell(command, starter)} -- "$@"\n'


def mac_command(command: Sequence[str]) -> str:
    """A ``.command`` file for a Mac's desktop: a double click opens the page."""
    return f"#!/bin/sh\n# {OPEN.comment_en}.\nexec {_shell(command, OPEN)}\n"


def mime_package() -> str:
    """The types of WPS for a PC that has no WPS to declare them, for shared-mime-info.

    Where WPS is there its own declarations weigh more (the default is 50).
    """
    types = {"et": "WPS 表格工作簿", "wps": "WPS 文字文档"}
    parts = "".join(
        f'  <mime-type type="application/wps-office.{suffix}">\n'
        f"    <comment>{name}</comment>\n"
        f'    <glob pattern="*.{suffix}" weight="40"/>\n'
        "  </mime-type>\n"
        for suffix, name in types.items()
    )
    namespace = "http://www.freedesktop.org/standards/shared-mime-info"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<mime-info xmlns="{namespace}">\n'
        f"{parts}</mime-info>\n"
    )


def _shell(command: Sequence[str], starter: Starter) -> str:
    return shlex.join([*command, *starter.arguments])


def _argument(text: str) -> str:
    if _CONTROL.search(text):
        raise InputError(
            "Python 所在的文件夹名中有换行等控制符，菜单项里写不下",
            hint="请把本软件装到另一个文件夹。",
            file=_CONTROL.sub("?", text),
        )
    if not _PLAIN.fullmatch(text):
        # Twice: once inside the quotes, once more as every string of an entry.
        text = '"' + _QUOTED.sub(r"\\\1", text) + '"'
    return text.replace("\\", "\\\\").replace("%", "%%")


def _listed(items: Iterable[str]) -> str:
    return "".join(f"{item};" for item in items)


def _group(name: str, lines: Iterable[tuple[str, str]]) -> str:
    return f"[{name}]\n" + "".join(f"{key}={value}\n" for key, value in lines)
