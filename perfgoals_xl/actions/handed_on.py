"""What leaves the department: its summary (部门汇总), the published tables, the data itself."""

from __future__ import annotations

import sys
from pathlib import Path

from perfgoals_xl import export
from perfgoals_xl.actions.letters_told import tell_letters
from perfgoals_xl.actions.work import Work
from perfgoals_xl.bureau.letters.posting import LetterOrder
from perfgoals_xl.bureau.letters.single_letter import write_with_letter
from perfgoals_xl.console import tell, tell_hidden, tell_joined
from perfgoals_xl.errors import InputError
from perfgoals_xl.joining.settled_sources import join_sources
from perfgoals_xl.publication.document import Published, write_publication
from perfgoals_xl.publication.pdf import find_office, write_pdf
from perfgoals_xl.review.reasons import NOT_TYPED, why_none
from perfgoals_xl.review.report import closing_line
from perfgoals_xl.storage.scratch import scratch_folder
from perfgoals_xl.workbooks.summarising import write_consolidation


def summary(work: Work, output: Path, letters: LetterOrder | None = None) -> None:
    """The department's summary workbook (部门汇总), with a return letter where one is ordered.

    Raises ``InputError`` as reading does.
    """
    declarations = work.declared
    work.tell_remarks()
    joined = join_sources(declarations)
    tell_joined(joined, rivals=False)
    # It leaves out what does not count itself, and lists it among the sources.
    year = work.options.year
    if letters is None:
        review, written = write_consolidation(declarations, output, plan_year=year), None
    else:
        review, written = write_with_letter(declarations, joined, output, letters, plan_year=year)
    for reason in review.not_reasons:
        tell(f"注意：{reason.place.sheet} {reason.place.cell}：{why_none(reason) or NOT_TYPED}。")
    projects = sum(len(declaration.projects) for declaration in joined.kept)
    tell(f"已写出 {output}：{projects} 个项目。{closing_line(review)}")
    tell_letters(letters, written)


def publication(work: Work, output: Path, *, pdf_beside: bool = False) -> None:
    """The tables as they are published, as .docx or .pdf; with ``pdf_beside`` as both.

    Raises ``InputError`` where there is nothing to publish, for another suffix, and for a PDF
    without LibreOffice.
    """
    kind = output.suffix.lower()
    if kind not in (".docx", ".pdf"):
        raise InputError("公开文件应是 .docx 或 .pdf", hint="请改用其中一种扩展名。", file=output)
    beside = output.with_suffix(".pdf") if pdf_beside and kind == ".docx" else None
    if beside is not None or kind == ".pdf":
        find_office()  # before anything is written
    for declaration in work.declared:
        tell_hidden(declaration)
    left_out = sum(len(declaration.remarks) for declaration in work.declared)
    if left_out:
        tell(f"注意：来源中有 {left_out} 处内容读到而没有采用，perfgoals validate 会逐处列出。")
    if kind == ".pdf":
        with scratch_folder() as folder:
            document = folder / "公开.docx"
            published = write_publication(work.declared, document, year=work.options.year)
            write_pdf(document, output)
    else:
        published = write_publication(work.declared, output, year=work.options.year)
    _tell_published(published, output)
    if beside is not None:
        write_pdf(output, beside)
        tell(f"已写出 {beside}。")


def _tell_published(published: Published, output: Path) -> None:
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


def data(work: Work, form: str, output: Path | None) -> None:
    """The data itself as ``json``, ``csv`` or ``parquet``, on standard output without ``output``.

    Raises ``InputError`` as :func:`perfgoals_xl.export.write`.
    """
    declarations = work.declared
    work.tell_remarks()
    joined = join_sources(declarations)
    tell_joined(joined)
    export.write(joined.kept, form, output, sys.stdout)
    if output is not None:
        tell(f"已写出 {output}。")


def data_file(work: Work, output: Path) -> None:
    """The data itself in the format that the suffix of ``output`` names."""
    data(work, output.suffix.lower().removeprefix("."), output)
