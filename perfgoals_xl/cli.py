"""The command ``perfgoals``: reads arguments, calls the package, tells the result.

Exit codes: 0 done (for ``validate``: no error-level finding), 1 ``validate`` found errors, 2 the
input or the call is unusable. Everything heavy is imported inside the commands.
"""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from perfgoals_xl._version import __version__
from perfgoals_xl.commands.addin import addin_app
from perfgoals_xl.commands.compare import compare
from perfgoals_xl.commands.consolidate import (
    EngineName,
    EngineOption,
    Jobs,
    Scheduler,
    consolidate,
)
from perfgoals_xl.commands.desktop import desktop_app
from perfgoals_xl.commands.fill_platform import Into, MapFile, fill_from
from perfgoals_xl.commands.open_page import page
from perfgoals_xl.commands.publish import publish
from perfgoals_xl.commands.results import evaluation_app, monitoring_app
from perfgoals_xl.commands.validate import validate
from perfgoals_xl.console import tell
from perfgoals_xl.errors import InputError
from perfgoals_xl.options import (
    Force,
    IncludeHidden,
    Lang,
    Language,
    Sources,
    Year,
    for_output,
    output_option,
)
from perfgoals_xl.process import run
from perfgoals_xl.storage.files import replacing
from perfgoals_xl.storage.permissions import private_outputs

app = typer.Typer(
    name="perfgoals",
    help="项目支出绩效目标表：新建、导入、校验、汇总、导出。 Performance goal tables in Excel.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(addin_app)
app.add_typer(desktop_app)
app.add_typer(evaluation_app)
app.add_typer(monitoring_app)


class EditionName(StrEnum):
    """The editions of the taxonomy, for ``--edition``."""

    E2015 = "2015"
    E2021 = "2021"


class DataFormat(StrEnum):
    """The formats of exported data."""

    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


class ValueFormat(StrEnum):
    """The formats of a parsed target value."""

    TEXT = "text"
    JSON = "json"


class RulesFormat(StrEnum):
    """The formats of the rule catalogue."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


def main() -> None:
    """Run the command; every fault of the input becomes one line and exit code 2."""
    run(app)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"perfgoals {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本。")
    ] = False,
) -> None:
    context.with_resource(private_outputs())


@app.command()
def new(
    context: typer.Context,
    output: Annotated[Path, output_option("要建立的工作簿（.xlsx）。")],
    department: Annotated[str, typer.Option("--department", help="部门名称。")],
    year: Annotated[int, typer.Option("--year", min=2000, max=2099, help="计划年度。")],
    code: Annotated[str | None, typer.Option("--code", help="部门代码。")] = None,
    projects: Annotated[int, typer.Option("--projects", min=1, max=500, help="项目表张数。")] = 1,
    edition: Annotated[
        EditionName, typer.Option("--edition", help="指标体系版式。")
    ] = EditionName.E2015,
    force: Force = False,
) -> None:
    """新建空白的标准申报工作簿。 A blank standard workbook."""
    from perfgoals_xl.review.catalogue import RULES
    from perfgoals_xl.workbooks.standard.template import write_standard_workbook

    for_output(context, output, force=force)
    write_standard_workbook(
        output,
        department=department,
        code=code,
        year=year,
        edition=edition.value,
        projects=projects,
        rules=tuple(RULES.values()),
    )
    tell(f"已建立 {output}（{year} 年，{edition.value} 版，{projects} 张项目表）。")


@app.command("import")
def import_(
    context: typer.Context,
    sources: Sources,
    output: Annotated[Path, output_option("要写出的标准工作簿（.xlsx）。")],
    year: Year = None,
    include_hidden: IncludeHidden = False,
    force: Force = False,
) -> None:
    """读取已有的申报表，写成标准工作簿，每个项目一张表。 Any source to the standard workbook."""
    from perfgoals_xl.actions.forms_made import standard_workbook
    from perfgoals_xl.actions.work import Options, Work

    for_output(context, output, sources, force=force)
    options = Options(year=year, include_hidden=include_hidden)
    standard_workbook(context.with_resource(Work(sources, options)), output)


app.command()(validate)
app.command()(consolidate)


@app.command()
def export(
    context: typer.Context,
    sources: Sources,
    form: Annotated[DataFormat, typer.Option("--format", help="输出格式。")] = DataFormat.JSON,
    output: Annotated[
        Path | None,
        output_option("输出位置；CSV 和 Parquet 可给文件夹或单个文件。"),
    ] = None,
    jobs: Jobs = None,
    engine: EngineOption = EngineName.PROCESSES,
    scheduler: Scheduler = None,
    into: Into = None,
    map_file: MapFile = None,
    include_hidden: IncludeHidden = False,
    force: Force = False,
) -> None:
    """导出数据本身：JSON、CSV 或 Parquet，或填进平台的模板。 The data itself.

    Parquet 写到文件夹时按年度和部门分区，来源可以是存放多个部门文件的文件夹。
    """
    if into is not None or map_file is not None:
        if form is not DataFormat.JSON:
            raise InputError("--into 写的是工作簿，不能再加 --format", hint="请去掉 --format。")
        fill_from(
            context, sources, into, map_file, output, include_hidden=include_hidden, force=force
        )
        return
    if output is not None:
        for_output(context, output, sources, force=force)
        if form is DataFormat.PARQUET and output.suffix.lower() != ".parquet":
            from perfgoals_xl.actions.department_book import Reading
            from perfgoals_xl.actions.export_datasets import export_datasets

            reading = Reading(jobs, engine.value, scheduler, include_hidden)
            export_datasets(sources, output, reading)
            return
    if jobs is not None or scheduler is not None or engine is not EngineName.PROCESSES:
        raise InputError(
            "--jobs、--engine 和 --scheduler 只用于把 Parquet 写到文件夹",
            hint="请加 --format parquet -o 文件夹，或去掉这些选项。",
        )
    folder = next((source for source in sources if source.is_dir()), None)
    if folder is not None:
        raise InputError(
            "文件夹只能导出成按年度和部门分区的 Parquet",
            hint="请加 --format parquet -o 文件夹；要 JSON、CSV 或单个文件，请给出其中的文件。",
            file=folder,
        )
    from perfgoals_xl.actions.handed_on import data
    from perfgoals_xl.actions.work import Options, Work

    work = context.with_resource(Work(sources, Options(include_hidden=include_hidden)))
    data(work, form.value, output)


@app.command()
def target(
    texts: Annotated[list[str], typer.Argument(help="指标值，可给多个。", metavar="TEXT...")],
    form: Annotated[ValueFormat, typer.Option("--format", help="输出格式。")] = ValueFormat.TEXT,
) -> None:
    """显示指标值怎样被读懂。 How a target value is read."""
    from perfgoals_xl.form.target import parse_target

    parsed = [parse_target(text).to_json() for text in texts]
    if form is ValueFormat.JSON:
        print(json.dumps(parsed, ensure_ascii=False, indent=1))
        return
    for value in parsed:
        bounds = "～".join("" if v is None else str(v) for v in (value["low"], value["high"]))
        bounds = "" if bounds == "～" else bounds
        print("\t".join((value["text"], value["kind"], value["operator"], bounds, value["unit"])))


@app.command()
def rules(
    form: Annotated[RulesFormat, typer.Option("--format", help="输出格式。")] = RulesFormat.TEXT,
    lang: Lang = Language.ZH,
) -> None:
    """列出全部校验规则。 The rule catalogue."""
    from perfgoals_xl.review import rule_list

    print(getattr(rule_list, f"as_{form.value}")(lang.value), end="")


app.command()(publish)
app.command()(compare)
app.command()(page)


@app.command()
def demo(
    context: typer.Context,
    output: Annotated[Path, output_option("存放结果的文件夹。")] = Path("perfgoals-demo"),
    force: Force = False,
) -> None:
    """用自带的示例从头到尾走一遍。 The main job on the bundled example."""
    from perfgoals_xl.demo import run_demo

    context.with_resource(replacing(force))
    for line in run_demo(output):
        print(line)
