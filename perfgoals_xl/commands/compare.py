"""``perfgoals compare``: last year's file against this year's. Cheap to import."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perfgoals_xl.console import tell, tell_hidden
from perfgoals_xl.errors import InputError
from perfgoals_xl.options import Force, IncludeHidden, for_output, output_option

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration


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
    from perfgoals_xl.comparison.change_report import to_json, write_text
    from perfgoals_xl.comparison.comparing import compare_declarations
    from perfgoals_xl.comparison.side_words import is_report

    if output is not None:
        if output.suffix.lower() != ".xlsx":
            raise InputError("对比工作簿应是 .xlsx", hint="请改用这个扩展名。", file=output)
        for_output(context, output, (old, new), force=force)
    before, after = _load(old, include_hidden), _load(new, include_hidden)
    if before.department and after.department and before.department != after.department:
        tell(f"注意：两份申报属于不同部门（{before.department}、{after.department}）。")
    if before.sha256 == after.sha256:
        tell("注意：两份文件的内容完全相同。")
    if before.year and after.year and before.year > after.year:
        tell(
            f"注意：上年文件的年度（{before.year}）晚于本年文件（{after.year}），"
            "两份文件可能放反了：先写上年的，再写本年的。"
        )
    if is_report(before) and not is_report(after) and before.year == after.year:
        tell("注意：先写的是自评表或监控表，后写的是申报表，两份文件可能放反了：先写申报的。")
    comparison = compare_declarations(before, after)
    if output is not None:
        from perfgoals_xl.comparison.sheet import write_comparison

        write_comparison(output, comparison)
        tell(f"已写出 {output}。")
    if form is ComparisonFormat.JSON:
        print(json.dumps(to_json(comparison), ensure_ascii=False, indent=1, allow_nan=False))
        return
    from rich.console import Console

    write_text(comparison, Console(highlight=False, soft_wrap=True))


def _load(source: Path, include_hidden: bool) -> Declaration:
    from perfgoals_xl.reading.load import load

    declaration = load(source, include_hidden=include_hidden)
    tell_hidden(declaration)
    if not len(declaration.projects):
        raise InputError(
            "文件中没有填写项目，无法对比", hint="请换一份填好的申报文件。", file=source
        )
    if declaration.remarks:
        tell(
            f"注意：{declaration.file} 中有 {len(declaration.remarks)} 处内容读到而没有采用，"
            "perfgoals validate 会逐处列出。"
        )
    return declaration
