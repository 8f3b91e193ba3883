"""``--letters`` of ``perfgoals consolidate``: the options."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perfgoals_xl.console import tell
from perfgoals_xl.errors import InputError

if TYPE_CHECKING:
    from perfgoals_xl.bureau.letters.posting import LetterOrder

LettersFolder = Annotated[
    Path | None,
    typer.Option("--letters", help="存放审核意见（Word，每个部门一份）的文件夹。", readable=False),
]
From = Annotated[str | None, typer.Option("--from", help="审核意见的落款单位。")]
Deadline = Annotated[
    str | None,
    typer.Option("--deadline", help="修改期限，如 2026-12-10 或 收到本意见后5个工作日内。"),
]
Contact = Annotated[str | None, typer.Option("--contact", help="审核意见中的联系方式。")]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--letter-settings",
        help="写着这些设置的文件；默认用文件夹里的 审核设置.toml。",
        readable=False,
    ),
]


def letter_order(
    folder: Path | None,
    sources: Sequence[Path],
    settings: Path | None,
    bureau: str | None,
    deadline: str | None,
    contact: str | None,
) -> LetterOrder | None:
    """What the options ask for; None where no letters are wanted.

    Raises ``InputError`` for settings that cannot be understood, and for settings without letters.
    """
    given = (settings, bureau, deadline, contact)
    if folder is None:
        if any(one is not None for one in given):
            raise InputError(
                "--from、--deadline、--contact 和 --letter-settings 是审核意见的设置",
                hint="请加 --letters 文件夹，或去掉这些选项。",
            )
        return None
    from perfgoals_xl.bureau.letters.letter_settings import letter_settings, settings_file
    from perfgoals_xl.bureau.letters.posting import LetterOrder, refuse_folder

    refuse_folder(folder)
    if settings is None:
        folders = [folder, *(source for source in sources if source.is_dir())]
        settings = settings_file(folders)
        if settings is not None:
            tell(f"审核意见按 {settings} 写。")
    chosen = letter_settings(settings, bureau=bureau, deadline=deadline, contact=contact)
    return LetterOrder(folder, chosen)
