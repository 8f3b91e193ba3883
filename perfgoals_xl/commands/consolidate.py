"""``perfgoals consolidate``: a department's summary, or the bureau's book. Cheap to import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from perfgoals_xl.console import read_each, tell, tell_joined, tell_remarks, with_progress
from perfgoals_xl.errors import InputError
from perfgoals_xl.options import Force, IncludeHidden, for_output, output_option
from perfgoals_xl.storage.files import refuse_source
from perfgoals_xl.storage.permissions import withhold

if TYPE_CHECKING:
    from perfgoals_xl.bureau.consolidation import Outcome
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


Previous = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        help="上一轮写出的总汇总（.xlsx）：逐个部门比较问题、项目和金额的变化。",
        readable=False,
    ),
]
Departments = Annotated[
    Path | None,
    typer.Option(
        "--departments",
        help="应报送的部门名单（每行一个的文本、.csv 或有“部门”一列的 .xlsx），列出未报送的部门。",
        readable=False,
    ),
]


class _Beside(NamedTuple):
    """What the files are compared with."""

    previous: Path | None
    departments: Path | None


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
    previous: Previous = None,
    departments: Departments = None,
    force: Force = False,
) -> None:
    """生成部门汇总工作簿；给出文件夹或多个部门的文件时，生成财政部门的总汇总。 Summary workbook."""
    for_output(context, output, sources, force=force)
    asked = engine is EngineName.DASK or scheduler is not None
    asked = asked or previous is not None or departments is not None
    refuse_source(output, [path for path in (previous, departments) if path is not None])
    if not asked and not any(source.is_dir() for source in sources):
        from perfgoals_xl.reading.zipped_sources import unzipped

        opened = context.with_resource(unzipped(sources))
        declarations = _of_one_department(opened, include_hidden)
        if declarations is not None:
            _write_summary(declarations, output, year)
            return
        _refuse_zipped(opened)
    beside = _Beside(previous, departments)
    _write_book(sources, output, year, jobs, engine, scheduler, include_hidden, beside)


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


def _write_summary(declarations: list[Declaration], output: Path, year: int | None) -> None:
    from perfgoals_xl.joining.settled_sources import join_sources
    from perfgoals_xl.review.reasons import NOT_TYPED, why_none
    from perfgoals_xl.review.report import closing_line
    from perfgoals_xl.workbooks.summarising import write_consolidation

    joined = join_sources(declarations)
    tell_joined(joined, rivals=False)
    # It leaves out what does not count itself, and lists it among the sources.
    review = write_consolidation(declarations, output, plan_year=year)
    for reason in review.not_reasons:
        tell(f"注意：{reason.place.sheet} {reason.place.cell}：{why_none(reason) or NOT_TYPED}。")
    projects = sum(len(declaration.projects) for declaration in joined.kept)
    tell(f"已写出 {output}：{projects} 个项目。{closing_line(review)}")


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
    beside: _Beside,
) -> None:
    from perfgoals_xl.bureau.book.department_list import remark_of
    from perfgoals_xl.bureau.consolidation import consolidate_departments
    from perfgoals_xl.bureau.repeated_reports import LABELS
    from perfgoals_xl.bureau.source_files import source_files, without

    _refuse_declaration(output, sources)
    files = without(source_files(sources, output), beside)
    withhold([*files, *filter(None, beside)])
    outcome = consolidate_departments(
        files,
        output,
        plan_year=year,
        include_hidden=include_hidden,
        jobs=jobs,
        engine=engine.value,
        scheduler=scheduler,
        watch=with_progress,
        previous=beside.previous,
        departments=beside.departments,
    )
    for line in outcome.lines:
        if line.reason or line.twins or line.notes:
            tell(f"注意：{line.file}：{remark_of(line)}")
    for line in outcome.missing:
        tell(f"注意：{line.department}：未报送{f'（{line.reason}）' if line.reason else ''}")
    if outcome.other_years:
        years = "、".join(f"{year}年" for year in sorted(outcome.other_years))
        tell(f"注意：{beside.previous}：上一轮的汇总表是 {years}的，与本轮的年度不同，请核对")
    counted = outcome.counted
    reports = "".join(
        f"，{outcome.reports(table)} 份{label}"
        for table, label in LABELS.items()
        if outcome.reports(table)
    )
    projects = sum(line.projects for line in counted)
    left_out = len(outcome.lines) - len(counted)
    rest = f"，{left_out} 个文件没有计入" if left_out else ""
    absent = f"，{len(outcome.missing)} 个部门未报送" if outcome.missing else ""
    tell(
        f"已写出 {output}：{outcome.departments} 个部门，{len(counted)} 个文件，"
        f"{projects} 个项目{reports}{rest}{absent}。{_since(outcome)}"
    )


def _since(outcome: Outcome) -> str:
    """What changed since the last round, in a sentence; "" where that was not asked."""
    from perfgoals_xl.bureau.rounds.since_round import Standing

    told = [line.since for line in outcome.lines if line.since is not None and line.counts]
    if not any(since.earlier is not None for since in told):
        return ""
    counts = {standing: sum(since.counts[standing] for since in told) for standing in Standing}
    solved = sum(since.solved for since in told)
    rest = "，".join(f"{standing} {count} 项" for standing, count in counts.items())
    return f"与上轮相比：已解决 {solved} 项，{rest}。"
