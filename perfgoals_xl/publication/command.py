"""``perfgoals publish``: the tables as they are published. Cheap to import."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from perfgoals_xl.console import tell
from perfgoals_xl.errors import InputError
from perfgoals_xl.files import refuse_source
from perfgoals_xl.permissions import withhold


def publish(
    sources: Annotated[
        list[Path], typer.Argument(help="申报文件：工作簿、Word 文档，或制表符分隔的文本。")
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="要写出的文件：.docx，或 .pdf（需要 LibreOffice）。"),
    ],
    pdf: Annotated[
        bool, typer.Option("--pdf", help="在 .docx 旁边另存一份 PDF（需要 LibreOffice）。")
    ] = False,
    year: Annotated[
        int | None, typer.Option("--year", min=2000, max=2099, help="标题没写年度时用的年度。")
    ] = None,
) -> None:
    """按公开的格式写成 Word 文档：先部门表，再逐个项目。 The tables as they are published."""
    kind = output.suffix.lower()
    if kind not in (".docx", ".pdf"):
        raise InputError("公开文件应是 .docx 或 .pdf", hint="请改用其中一种扩展名。", file=output)
    beside = output.with_suffix(".pdf")
    wanted = [output] if kind == ".pdf" or not pdf else [output, beside]
    for path in wanted:
        refuse_source(path, sources)
    withhold(sources)
    from perfgoals_xl.api import load
    from perfgoals_xl.publication.document import write_publication
    from perfgoals_xl.publication.pdf import find_office, write_pdf

    if beside in wanted:
        find_office()  # before anything is written
    declarations = [load(source) for source in sources]
    left_out = sum(len(declaration.remarks) for declaration in declarations)
    if left_out:
        tell(f"注意：来源中有 {left_out} 处内容读到而没有采用，perfgoals validate 会逐处列出。")
    if kind == ".pdf":
        with tempfile.TemporaryDirectory() as folder:
            document = Path(folder) / "公开.docx"
            published = write_publication(declarations, document, year=year)
            write_pdf(document, output)
    else:
        published = write_publication(declarations, output, year=year)
    for note in published.notes:
        tell(f"注意：{note}")
    if published.mended:
        tell(f"注意：{published.mended} 处文字含有文档存不下的控制字符，这些字符没有写出。")
    tables = "" if not published.departments else f"{published.departments} 张部门表，"
    tell(f"已写出 {output}：{tables}{published.projects} 个项目。")
    if kind != ".pdf" and pdf:
        write_pdf(output, beside)
        tell(f"已写出 {beside}。")
