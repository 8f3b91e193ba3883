"""``perfgoals publish``: the tables as they are published. Cheap to import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perfgoals_xl.errors import InputError
from perfgoals_xl.options import Force, IncludeHidden, for_output, output_option


def publish(
    context: typer.Context,
    sources: Annotated[
        list[Path],
        typer.Argument(help="申报文件：工作簿、文档、网页、PDF 或文本。", readable=False),
    ],
    output: Annotated[
        Path,
        output_option("要写出的文件：.docx，或 .pdf（需要 LibreOffice）。"),
    ],
    pdf: Annotated[
        bool, typer.Option("--pdf", help="在 .docx 旁边另存一份 PDF（需要 LibreOffice）。")
    ] = False,
    year: Annotated[
        int | None, typer.Option("--year", min=2000, max=2099, help="标题没写年度时用的年度。")
    ] = None,
    include_hidden: IncludeHidden = False,
    force: Force = False,
) -> None:
    """按公开的格式写成 Word 文档：部门表、项目表、监控表、自评表。 The tables as published."""
    kind = output.suffix.lower()
    if kind not in (".docx", ".pdf"):
        raise InputError("公开文件应是 .docx 或 .pdf", hint="请改用其中一种扩展名。", file=output)
    beside = output.with_suffix(".pdf")
    wanted = [output] if kind == ".pdf" or not pdf else [output, beside]
    for path in wanted:
        for_output(context, path, sources, force=force)
    from perfgoals_xl.actions.handed_on import publication
    from perfgoals_xl.actions.work import Options, Work

    work = context.with_resource(Work(sources, Options(year=year, include_hidden=include_hidden)))
    publication(work, output, pdf_beside=pdf)
