"""``perfgoals publish``: the tables as they are published. Cheap to import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perfgoals_xl.console import tell, tell_hidden
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
    from perfgoals_xl.publication.document import write_publication
    from perfgoals_xl.publication.pdf import find_office, write_pdf
    from perfgoals_xl.reading.load import load
    from perfgoals_xl.storage.scratch import scratch_folder

    if beside in wanted:
        find_office()  # before anything is written
    declarations = [load(source, include_hidden=include_hidden) for source in sources]
    for declaration in declarations:
        tell_hidden(declaration)
    left_out = sum(len(declaration.remarks) for declaration in declarations)
    if left_out:
        tell(f"注意：来源中有 {left_out} 处内容读到而没有采用，perfgoals validate 会逐处列出。")
    if kind == ".pdf":
        with scratch_folder() as folder:
            document = folder / "公开.docx"
            published = write_publication(declarations, document, year=year)
            write_pdf(document, output)
    else:
        published = write_publication(declarations, output, year=year)
    for note in published.notes:
        tell(f"注意：{note}")
    if published.mended:
        tell(f"注意：{published.mended} 处文字含有文档存不下的控制字符，这些字符没有写出。")
    counted = (
        (published.departments, "张部门表"),
        (published.projects, "个项目"),
        (published.monitorings, "张监控表"),
        (published.evaluations, "张自评表"),
    )
    told = "，".join(f"{count} {word}" for count, word in counted if count)
    tell(f"已写出 {output}：{told}。")
    if kind != ".pdf" and pdf:
        write_pdf(output, beside)
        tell(f"已写出 {beside}。")
