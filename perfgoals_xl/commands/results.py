"""``perfgoals evaluation`` and ``perfgoals monitoring``. Cheap to import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perfgoals_xl.options import Force, IncludeHidden, for_output, output_option

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
    from perfgoals_xl.actions.forms_made import evaluation_form
    from perfgoals_xl.actions.work import Options, Work

    for_output(context, output, sources, force=force)
    options = Options(year=year, include_hidden=include_hidden, scoring=scoring)
    evaluation_form(context.with_resource(Work(sources, options)), output)


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
    from perfgoals_xl.actions.forms_made import monitoring_form
    from perfgoals_xl.actions.work import Options, Work

    for_output(context, output, sources, force=force)
    options = Options(year=year, include_hidden=include_hidden, month=month, scoring=scoring)
    monitoring_form(context.with_resource(Work(sources, options)), output)
