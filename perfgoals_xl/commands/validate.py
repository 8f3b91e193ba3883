"""The command ``validate``: what the finance bureau would send back, and the marked copy."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from perfgoals_xl.console import read_each, tell, tell_joined, tell_remarks, with_progress
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
    from perfgoals_xl.joining.settled_sources import join_sources
    from perfgoals_xl.reading.assemble import load_declaration
    from perfgoals_xl.reading.load import no_form
    from perfgoals_xl.reading.zipped_sources import Source, unzipped
    from perfgoals_xl.review.findings import merge
    from perfgoals_xl.review.given_reasons import confirmed, given_reason
    from perfgoals_xl.review.reasons import NOT_TYPED, why_none
    from perfgoals_xl.review.run import review_all
    from perfgoals_xl.workbooks.earlier_copy import with_earlier_copy

    given = [given_reason(text) for text in reason or ()]
    if given and output is None:
        raise InputError(
            "--reason 的理由写在标出问题的工作簿里", hint="请加 -o 已校验.xlsx，或去掉 --reason。"
        )
    if output is not None:
        advice = "要接着在它里面做，请校验它本身、另存一份；或者"
        for_output(context, output, sources, force=force, advice=advice)
    opened = context.with_resource(unzipped(sources))
    declarations = read_each(
        with_progress(opened, len(opened)),
        lambda path: load_declaration(path, include_hidden=include_hidden),
    )
    for declaration in declarations:
        tell_remarks(declaration)
    joined = join_sources(declarations)
    tell_joined(joined, rivals=False)
    declarations = list(joined.kept)
    review = merge(review_all(declarations, plan_year=year, language=lang.value))
    empty = [d for d in declarations if d.is_empty]
    if output is not None and not empty:
        review = with_earlier_copy(review, declarations, output)
    for gone in review.unmatched_reasons:
        tell(f"注意：{gone.place.sheet} {gone.place.cell} 的说明已没有对应的问题：{gone.text}")
    for none in review.not_reasons:
        tell(f"注意：{none.place.sheet} {none.place.cell}：{why_none(none) or NOT_TYPED}。")
    review, told_of = confirmed(review, given)
    for line in told_of:
        tell(line)
    if output is not None and not empty:
        from perfgoals_xl.workbooks.marking import write_marked

        unpacked = {one.shown: one.path for one in opened if isinstance(one, Source)}
        counted = [unpacked[declaration.file] for declaration in declarations]
        told = write_marked(
            counted, declarations, review, output, plan_year=year, knows_earlier=True
        )
        tell(f"已写出标出问题的工作簿 {output}。")
        for note in told:
            tell(f"注意：{note}")
    elif output is not None and len(empty) < len(declarations):
        tell(f"没有写出 {output}：{empty[0].file} 中没有计入的绩效目标申报表。")
    if form is ReportFormat.JSON:
        print(json.dumps(review.to_json(), ensure_ascii=False, indent=1))
    elif len(empty) < len(declarations):
        _print_report(review, form, lang)
    if len(empty) == len(declarations):
        raise no_form(empty[0], rule="（K01）")
    if review.has_errors:
        raise typer.Exit(EXIT_FINDINGS)


def _print_report(review: object, form: ReportFormat, lang: Language) -> None:
    from rich.console import Console

    from perfgoals_xl.review.findings import Review
    from perfgoals_xl.review.report import write_csv, write_text

    assert isinstance(review, Review)
    if form is ReportFormat.CSV:
        write_csv(review.findings, sys.stdout)
    else:
        write_text(review, Console(highlight=False, soft_wrap=True), lang.value)
