"""The command ``page``: the page on this PC, or, quietly, the marked copy beside a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perfgoals_xl.errors import InputError, extra_hint
from perfgoals_xl.options import Lang, Language

_EXTRA = ("starlette", "uvicorn", "anyio")


def page(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...",
            help="打开页面时就读取的文件；可以不给，在页面上放入。",
            readable=False,
        ),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="不打开浏览器，只显示页面的地址。")
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet", help="不打开页面：在文件旁边写出标出问题的副本，并用电脑上的表格软件打开。"
        ),
    ] = False,
    lang: Lang = Language.ZH,
) -> None:
    """打开本机的校验页面；不需要 Excel，文件不离开这台电脑。 The page on this PC."""
    try:
        done = _opened(files or [], quiet=quiet, browser=not no_browser, language=lang.value)
    except Exception as error:
        # Behind a right click nobody reads the line with which a command ends.
        from perfgoals_xl.page import message_box

        message_box.in_box(_told(error), fault=True)
        raise
    if not done:
        raise typer.Exit(2)


def _opened(files: list[Path], *, quiet: bool, browser: bool, language: str) -> bool:
    if quiet:
        from perfgoals_xl.page.beside import copies_beside

        return copies_beside(files, language=language)
    try:
        from perfgoals_xl.page.server import serve
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        raise InputError("打开页面需要可选组件 page", hint=extra_hint("page")) from error
    serve(files, browser=browser, language=language)
    return True


def _told(error: Exception) -> str:
    if isinstance(error, OSError):
        from perfgoals_xl.storage.place_faults import input_error

        error = input_error(error)
    if isinstance(error, InputError):
        return str(error)
    return "程序内部出错，您的文件没有改动。日志在用户文件夹的 .perfgoals/logs 里，请发给维护人员。"
