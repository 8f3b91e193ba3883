"""``perfgoals compare``: last year's file against this year's. Cheap to import."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from perfgoals_xl.options import Force, IncludeHidden, for_output, output_option


class ComparisonFormat(StrEnum):
    """The formats of a comparison."""

    TEXT = "text"
    JSON = "json"


def compare(
    context: typer.Context,
    old: Annotated[
        Path,
        typer.Argument(
            help="上年的申报文件，或与自评表对比的申报文件。", metavar="OLD", readable=False
        ),
    ],
    new: Annotated[
        Path,
        typer.Argument(help="本年的申报文件，或自评表、监控表。", metavar="NEW", readable=False),
    ],
    form: Annotated[
        ComparisonFormat, typer.Option("--format", help="输出格式。")
    ] = ComparisonFormat.TEXT,
    output: Annotated[
        Path | None,
        output_option("另存一份对比工作簿（.xlsx）。"),
    ] = None,
    include_hidden: IncludeHidden = False,
    force: Force = False,
) -> None:
    """对比两年的申报，或申报与自评：项目增减、金额和目标值变化。 Two years, goal and result."""
    from perfgoals_xl.actions.compare_sources import compared, refuse_suffix, write_compared
    from perfgoals_xl.comparison.change_report import to_json, write_text
    from perfgoals_xl.reading.load import load

    if output is not None:
        refuse_suffix(output)
        for_output(context, output, (old, new), force=force)
    before, after = (load(source, include_hidden=include_hidden) for source in (old, new))
    comparison = compared(before, after)
    if output is not None:
        write_compared(comparison, output)
    if form is ComparisonFormat.JSON:
        print(json.dumps(to_json(comparison), ensure_ascii=False, indent=1, allow_nan=False))
        return
    from rich.console import Console

    write_text(comparison, Console(highlight=False, soft_wrap=True))
