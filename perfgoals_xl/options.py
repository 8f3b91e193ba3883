"""Options that several commands share, and a look at the output before the work."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from perfgoals_xl.storage.files import refuse_source, refuse_work, replacing
from perfgoals_xl.storage.permissions import withhold


class Language(StrEnum):
    """The languages of messages."""

    ZH = "zh"
    EN = "en"


Sources = Annotated[
    list[Path],
    typer.Argument(
        help="申报文件：工作簿（.xlsx .xlsm .xls .xlsb .ods .fods .et）、文档（.docx .doc）、"
        "网页、PDF、文本（.txt .csv .tsv .md），或装着它们的 .zip。",
        # Else the library tells it, in English.
        readable=False,
    ),
]
Year = Annotated[
    int | None, typer.Option("--year", min=2000, max=2099, help="计划年度，默认取文件中写的年度。")
]
Lang = Annotated[
    Language, typer.Option("--lang", envvar="PERFGOALS_LANG", help="问题的语言：zh 或 en。")
]
IncludeHidden = Annotated[
    bool, typer.Option("--include-hidden", help="隐藏的工作表中的申报表也计入，默认不计入。")
]
Force = Annotated[
    bool,
    typer.Option("--force", help="替换已有的文件，即使不是本程序写出的或写出后有人改过。"),
]


def output_option(meaning: str) -> Any:
    """The option ``-o``. Whether it can be written is told here and not by typer, in English."""
    return typer.Option("-o", "--output", readable=False, help=meaning)


def for_output(
    context: typer.Context,
    output: Path,
    sources: Iterable[Path] = (),
    *,
    force: bool,
    advice: str = "",
) -> None:
    """Raises ``InputError`` where the output is a source, or holds work and is not to be replaced.

    Nothing is made from here on that more people could read than the sources. With ``force``
    outputs may replace anything until the command, whose ``context`` this is, ends.
    """
    sources = list(sources)
    refuse_source(output, sources)
    withhold(sources)
    context.with_resource(replacing(force))
    if not output.is_dir():
        refuse_work(output, advice)
