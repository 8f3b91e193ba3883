"""The command ``page``: the page on this PC, or, quietly, the marked copy beside a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perfgoals_xl.errors import InputError
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
    if quiet:
        from perfgoals_xl.page.beside import copies_beside

        if not copies_beside(files or [], language=lang.value):
            raise typer.Exit(2)
        return
    try:
        from perfgoals_xl.page.server import serve
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        raise InputError(
            "打开页面需要可选组件 page", hint='请先运行 pip install "perfgoals-xl[page]"。'
        ) from error
    serve(files or [], browser=not no_browser, language=lang.value)
