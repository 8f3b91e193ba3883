"""``perfgoals consolidate``: a department's summary, or the bureau's book. Cheap to import."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from perfgoals_xl.commands.letter_options import (
    Contact,
    Deadline,
    From,
    LettersFolder,
    SettingsFile,
    letter_order,
)
from perfgoals_xl.options import Force, IncludeHidden, for_output, output_option
from perfgoals_xl.storage.files import refuse_source


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
    beside = [path for path in (previous, departments) if path is not None]
    refuse_source(output, beside)
    asked = engine is EngineName.DASK or scheduler is not None or bool(beside)
    if not asked and not any(source.is_dir() for source in sources):
        from perfgoals_xl.actions.handed_on import summary
        from perfgoals_xl.actions.work import Options, Work

        work = context.with_resource(
            Work(sources, Options(year=year, include_hidden=include_hidden))
        )
        if work.of_one_department() is not None:
            summary(work, output, order)
            return
        work.refuse_zipped()
    from perfgoals_xl.actions.department_book import Reading, Round, department_book

    reading = Reading(jobs, engine.value, scheduler, include_hidden)
    round_ = Round(previous, departments, order)
    department_book(sources, output, reading, year=year, this_round=round_)
