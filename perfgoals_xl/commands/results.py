"""``perfgoals evaluation`` and ``perfgoals monitoring``. Cheap to import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perfgoals_xl.console import load_all, tell, tell_joined
from perfgoals_xl.errors import InputError
from perfgoals_xl.options import Force, IncludeHidden, for_output, output_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals_xl.declaration import Declaration
    from perfgoals_xl.evaluation.form_plan import PlannedForm
    from perfgoals_xl.form.evaluation.scoring import Scoring

evaluation_app = typer.Typer(
    name="evaluation", help="年底的绩效自评表。 Self-evaluation.", no_args_is_help=True
)
monitoring_app = typer.Typer(
    name="monitoring", help="年中的绩效运行监控表。 Monitoring.", no_args_is_help=True
)

_Sources = Annotated[
    list[Path],
    typer.Argument(help="填好的申报文件，可给多个。", metavar="SOURCE...", readable=False),
]
_Year = Annotated[
    int | None, typer.Option("--year", min=2000, max=2099, help="标题没写年度时用的年度。")
]
_ScoringFile = Annotated[
    Path | None,
    typer.Option("--scoring", metavar="FILE.toml", readable=False, help="本地的评分设置。"),
]


@evaluation_app.callback()
def _evaluation() -> None:
    """年底的绩效自评表。 Self-evaluation."""


@monitoring_app.callback()
def _monitoring() -> None:
    """年中的绩效运行监控表。 Monitoring."""


@evaluation_app.command("new")
def new_evaluation(
    context: typer.Context,
    sources: _Sources,
    output: Annotated[Path, output_option("要写出的自评表（.xlsx）。")],
    scoring: _ScoringFile = None,
    year: _Year = None,
    include_hidden: IncludeHidden = False,
    force: Force = False,
) -> None:
    """从申报表生成项目支出绩效自评表，每个项目一张，得分自动计算。 From the declaration."""
    from perfgoals_xl.evaluation.evaluation_book import write_evaluation_book

    declarations, settings = _prepare(context, sources, output, scoring, include_hidden, force)
    forms = write_evaluation_book(declarations, output, scoring=settings, year=year)
    for form in forms:
        for note in form.notes:
            tell(f"{form.sheet}：{note}")
    _tell_written(output, forms)


@monitoring_app.command("new")
def new_monitoring(
    context: typer.Context,
    sources: _Sources,
    month: Annotated[
        int, typer.Option("--month", min=1, max=12, help="监控到几月（1～12），如 7。")
    ],
    output: Annotated[Path, output_option("要写出的监控表（.xlsx）。")],
    scoring: _ScoringFile = None,
    year: _Year = None,
    include_hidden: IncludeHidden = False,
    force: Force = False,
) -> None:
    """从申报表生成项目支出绩效运行监控表，每个项目一张，预警自动计算。 From the declaration."""
    from perfgoals_xl.evaluation.evaluation_book import write_monitoring_book

    declarations, settings = _prepare(context, sources, output, scoring, include_hidden, force)
    forms = write_monitoring_book(declarations, output, month, scoring=settings, year=year)
    _tell_written(output, forms)


def _prepare(
    context: typer.Context,
    sources: Sequence[Path],
    output: Path,
    scoring: Path | None,
    include_hidden: bool,
    force: bool,
) -> tuple[Sequence[Declaration], Scoring]:
    """What is to be made into forms, once what can be told at once was told."""
    from perfgoals_xl.evaluation.scoring_file import read_scoring
    from perfgoals_xl.form.evaluation.scoring import DEFAULT_SCORING
    from perfgoals_xl.joining.one_workbook import refuse_mixed
    from perfgoals_xl.joining.settled_sources import join_sources

    if output.suffix.lower() != ".xlsx":
        raise InputError("要写出的应是 .xlsx", hint="请改用这个扩展名。", file=output)
    for_output(context, output, sources, force=force)
    settings = DEFAULT_SCORING if scoring is None else read_scoring(scoring)
    declarations = load_all(sources, include_hidden=include_hidden)
    refuse_mixed(declarations)
    joined = join_sources(declarations)
    tell_joined(joined)
    return joined.kept, settings


def _tell_written(output: Path, forms: Sequence[PlannedForm]) -> None:
    count = sum(len(form.indicators) for form in forms)
    undated = "" if all(form.year for form in forms) else "标题没有年度，可以用 --year 指明。"
    tell(f"已写出 {output}：{len(forms)} 个项目，{count} 个指标。{undated}")
