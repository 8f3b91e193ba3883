"""The command ``validate``: what the finance bureau would send back, and the marked copy."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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

if TYPE_CHECKING:
    from perfgoals_xl.review.findings import Review

EXIT_FINDINGS = 1


class ReportFormat(StrEnum):
    """The formats of a report."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def validate(
    context: typer.Context,
    sources: Sources,
    form: Annotated[ReportFormat, typer.Option("--format", help="输出格式。")] = ReportFormat.TEXT,
    output: Annotated[
        Path | None,
        output_option("另存一份标出问题的工作簿（原文件不动）。"),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", readable=False, metavar="FILE.xlsx", help="另存一份只列问题的校验报告。"
        ),
    ] = None,
    reason: Annotated[
        list[str] | None,
        typer.Option(
            "--reason",
            metavar="规则=理由",
            help="给一条规则的问题写同一个理由（V08=…），或给一处的（项目01!D17=…）；可写几次。",
        ),
    ] = None,
    year: Year = None,
    lang: Lang = Language.ZH,
    include_hidden: IncludeHidden = False,
    force: Force = False,
) -> None:
    """校验申报表；有错误级问题时退出码为 1。 What the finance bureau would send back."""
    from perfgoals_xl.actions.review_sources import check, write_checked_report, write_copy
    from perfgoals_xl.actions.work import Options, Work
    from perfgoals_xl.review.given_reasons import given_reason

    given = [given_reason(text) for text in reason or ()]
    if given and output is None:
        raise InputError(
            "--reason 的理由写在标出问题的工作簿里", hint="请加 -o 已校验.xlsx，或去掉 --reason。"
        )
    if report is not None:
        for_output(context, report, sources, force=force)
    if output is not None:
        advice = "要接着在它里面做，请校验它本身、另存一份；或者"
        for_output(context, output, sources, force=force, advice=advice)
    options = Options(
        year=year, include_hidden=include_hidden, language=lang.value, reasons=tuple(given)
    )
    work = context.with_resource(Work(sources, options))
    checked = check(work, earlier=output)
    if output is not None:
        write_copy(work, checked, output)
    if report is not None and not checked.is_nothing:
        write_checked_report(checked, report)
    if form is ReportFormat.JSON:
        print(json.dumps(checked.review.to_json(), ensure_ascii=False, indent=1))
    elif not checked.is_nothing:
        _print_report(checked.review, form, lang)
    checked.refuse_nothing()
    if checked.review.has_errors:
        raise typer.Exit(EXIT_FINDINGS)


def _print_report(review: Review, form: ReportFormat, lang: Language) -> None:
    from rich.console import Console

    from perfgoals_xl.review.report import write_csv, write_text

    if form is ReportFormat.CSV:
        write_csv(review.findings, sys.stdout)
    else:
        write_text(review, Console(highlight=False, soft_wrap=True), lang.value)
