"""``perfgoals compare``: last year's file against this year's. Cheap to import."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perfgoals_xl.console import tell
from perfgoals_xl.errors import InputError
from perfgoals_xl.files import refuse_source
from perfgoals_xl.permissions import withhold

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration


class ComparisonFormat(StrEnum):
    """The formats of a comparison."""

    TEXT = "text"
    JSON = "json"


def compare(
    old: Annotated[Path, typer.Argument(help="上年的申报文件。", metavar="OLD")],
    new: Annotated[Path, typer.Argument(help="本年的申报文件。", metavar="NEW")],
    form: Annotated[
        ComparisonFormat, typer.Option("--format", help="输出格式。")
    ] = ComparisonFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="另存一份对比工作簿（.xlsx）。")
    ] = None,
) -> None:
    """对比两年的申报：项目增减、金额和目标值变化。 Last year against this year."""
    from perfgoals_xl.comparison.build import compare_declarations
    from perfgoals_xl.comparison.report import to_json, write_text

    if output is not None:
        if output.suffix.lower() != ".xlsx":
            raise InputError("对比工作簿应是 .xlsx", hint="请改用这个扩展名。", file=output)
        refuse_source(output, (old, new))
        withhold((old, new))
    before, after = _load(old), _load(new)
    if before.department and after.department and before.department != after.department:
        tell(f"注意：两份申报属于不同部门（{before.department}、{after.department}）。")
    if before.sha256 == after.sha256:
        tell("注意：两份文件的内容完全相同。")
    if before.year and after.year and before.year > after.year:
        tell(
            f"注意：上年文件的年度（{before.year}）晚于本年文件（{after.year}），"
            "两份文件可能放反了：先写上年的，再写本年的。"
        )
    comparison = compare_declarations(before, after)
    if output is not None:
        from perfgoals_xl.workbooks.comparison_sheet import write_comparison

        write_comparison(output, comparison)
        tell(f"已写出 {output}。")
    if form is ComparisonFormat.JSON:
        print(json.dumps(to_json(comparison), ensure_ascii=False, indent=1, allow_nan=False))
        return
    from rich.console import Console

    write_text(comparison, Console(highlight=False, soft_wrap=True))


def _load(source: Path) -> Declaration:
    from perfgoals_xl.api import load

    declaration = load(source)
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
