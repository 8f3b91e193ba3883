"""``perfgoals consolidate``: a department's summary, or the bureau's book. Cheap to import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perfgoals_xl.commands.letter_options import (
    Contact,
    Deadline,
    From,
    LettersFolder,
    SettingsFile,
    letter_order,
    tell_letters,
)
from perfgoals_xl.console import read_each, tell, tell_joined, tell_remarks, with_progress
from perfgoals_xl.errors import InputError
from perfgoals_xl.options import Force, IncludeHidden, for_output, output_option
from perfgoals_xl.storage.permissions import withhold

if TYPE_CHECKING:
    from perfgoals_xl.bureau.letters.posting import LetterOrder
    from perfgoals_xl.declaration import Declaration
    from perfgoals_xl.reading.zipped_sources import Refused, Source


class EngineName(StrEnum):
    """The engines that read many files, for ``--engine``."""

    PROCESSES = "processes"
    DASK = "dask"


Jobs = Annotated[
    int | None, typer.Option("--jobs", min=1, max=256, help="同时读取的进程数，默认同处理器数。")
]
EngineOption = Annotated[
    EngineName, typer.Option("--engine", help="读取多个文件的方式；dask 需要可选组件。")
]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", help="Dask 调度器的地址，如 tcp://主机:8786。")
]


def consolidate(
    context: typer.Context,
    sources: Annotated[
        list[Path],
        typer.Argument(
            help="一个部门的申报文件；或者多个部门的文件、存放它们的文件夹。",
            metavar="SOURCE...",
            readable=False,
        ),
    ],
    output: Annotated[Path, output_option("要写出的汇总工作簿（.xlsx）。")],
    year: Annotated[
        int | None,
        typer.Option("--year", min=2000, max=2099, help="计划年度，默认取文件中写的年度。"),
    ] = None,
    jobs: Jobs = None,
    engine: EngineOption = EngineName.PROCESSES,
    scheduler: Scheduler = None,
    include_hidden: IncludeHidden = False,
    letters: LettersFolder = None,
    bureau: From = None,
    deadline: Deadline = None,
    contact: Contact = None,
    letter_settings: SettingsFile = None,
    force: Force = False,
) -> None:
    """生成部门汇总工作簿；给出文件夹或多个部门的文件时，生成财政部门的总汇总。 Summary workbook."""
    for_output(context, output, sources, force=force)
    order = letter_order(letters, sources, letter_settings, bureau, deadline, contact)
    asked = engine is EngineName.DASK or scheduler is not None
    if not asked and not any(source.is_dir() for source in sources):
        from perfgoals_xl.reading.zipped_sources import unzipped

        opened = context.with_resource(unzipped(sources))
        declarations = _of_one_department(opened, include_hidden)
        if declarations is not None:
            _write_summary(declarations, output, year, order)
            return
        _refuse_zipped(opened)
    _write_book(sources, output, year, jobs, engine, scheduler, include_hidden, order)


def _refuse_zipped(opened: Iterable[Source | Refused]) -> None:
    """The book of several departments links to their files, which nobody can open in a zip."""
    from perfgoals_xl.reading.zipped_sources import Source

    zipped = next((one for one in opened if isinstance(one, Source) and one.zipped), None)
    if zipped is not None:
        raise InputError(
            "压缩包里不止一个部门的申报表，没有汇总",
            hint="请先解压到一个文件夹，再汇总这个文件夹。",
            file=zipped.shown,
        )


def _of_one_department(
    opened: Sequence[Source | Refused], include_hidden: bool
) -> list[Declaration] | None:
    """The declarations; None where they turn out to be of several departments.

    Raises ``InputError`` for a file that cannot be read: a department's summary that lacks a file
    would state wrong totals. What a zip holds besides declarations is told in a line.
    """
    from perfgoals_xl.form.text import fold
    from perfgoals_xl.reading.load import load
    from perfgoals_xl.reading.zipped_sources import Source

    declarations: list[Declaration] = []
    departments: set[str] = set()
    fault: InputError | None = None
    left_out: InputError | None = None

    def read(path: Path) -> Declaration:
        return load(path, include_hidden=include_hidden)

    for one in opened:
        try:
            (declaration,) = read_each([one], read) or (None,)
        except InputError as error:
            if isinstance(one, Source) and one.zipped:
                left_out = error  # told by then
            else:
                fault = fault or error
            continue
        if declaration is None:
            continue
        declarations.append(declaration)
        if declaration.department:
            departments.add(fold(declaration.department))
        if len(departments) > 1:
            return None
    fault = fault or (None if declarations else left_out)
    if fault is not None:
        raise fault
    for declaration in declarations:
        tell_remarks(declaration)
    return declarations


def _write_summary(
    declarations: list[Declaration], output: Path, year: int | None, order: LetterOrder | None
) -> None:
    from perfgoals_xl.joining.settled_sources import join_sources
    from perfgoals_xl.review.reasons import NOT_TYPED, why_none
    from perfgoals_xl.review.report import closing_line

    joined = join_sources(declarations)
    tell_joined(joined, rivals=False)
    # It leaves out what does not count itself, and lists it among the sources.
    if order is None:
        from perfgoals_xl.workbooks.summarising import write_consolidation

        review, letters = write_consolidation(declarations, output, plan_year=year), None
    else:
        from perfgoals_xl.bureau.letters.single_letter import write_with_letter

        review, letters = write_with_letter(declarations, joined, output, order, plan_year=year)
    for reason in review.not_reasons:
        tell(f"注意：{reason.place.sheet} {reason.place.cell}：{why_none(reason) or NOT_TYPED}。")
    projects = sum(len(declaration.projects) for declaration in joined.kept)
    tell(f"已写出 {output}：{projects} 个项目。{closing_line(review)}")
    tell_letters(order, letters)


def _refuse_declaration(output: Path, sources: Iterable[Path]) -> None:
    """In a folder that is read, only a summary of ours is replaced: no declaration, read or not."""
    from perfgoals_xl.bureau.digest import is_summary

    folders = [source.resolve() for source in sources if source.is_dir()]
    if not output.is_file() or not any(f in output.resolve().parents for f in folders):
        return
    if output.stat().st_size and not is_summary(str(output)):
        raise InputError(
            "输出文件是文件夹中的一份申报文件，没有覆盖", hint="请换一个文件名。", file=output
        )


def _write_book(
    sources: list[Path],
    output: Path,
    year: int | None,
    jobs: int | None,
    engine: EngineName,
    scheduler: str | None,
    include_hidden: bool,
    order: LetterOrder | None,
) -> None:
    from perfgoals_xl.bureau.book.department_list import remark_of
    from perfgoals_xl.bureau.consolidation import consolidate_departments
    from perfgoals_xl.bureau.repeated_reports import LABELS
    from perfgoals_xl.bureau.source_files import source_files

    _refuse_declaration(output, sources)
    files = source_files(sources, output, None if order is None else order.folder)
    withhold(files)
    outcome = consolidate_departments(
        files,
        output,
        plan_year=year,
        include_hidden=include_hidden,
        jobs=jobs,
        engine=engine.value,
        scheduler=scheduler,
        watch=with_progress,
        letters=order,
    )
    for line in outcome.lines:
        if line.reason or line.twins or line.notes:
            tell(f"注意：{line.file}：{remark_of(line)}")
    counted = outcome.counted
    reports = "".join(
        f"，{outcome.reports(table)} 份{label}"
        for table, label in LABELS.items()
        if outcome.reports(table)
    )
    projects = sum(line.projects for line in counted)
    left_out = len(outcome.lines) - len(counted)
    rest = f"，{left_out} 个文件没有计入" if left_out else ""
    tell(
        f"已写出 {output}：{outcome.departments} 个部门，{len(counted)} 个文件，"
        f"{projects} 个项目{reports}{rest}。"
    )
    tell_letters(order, outcome.letters)
