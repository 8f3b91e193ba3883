"""The same findings as text for people, as JSON, as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.text import Text

from perfgoals_xl.form.text import spreadsheet_safe
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.findings import Finding, Review, by_sheet

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_CSV_COLUMNS = (
    "rule",
    "severity",
    "file",
    "sheet",
    "cell",
    "project",
    "field",
    "indicator",
    "value",
    "message",
    "suggestion",
    "waiver",
)


def write_text(review: Review, console: Console) -> None:
    """Findings grouped by sheet, with cell, message and suggestion, and a closing count."""
    for (file, sheet), findings in by_sheet(review.findings):
        console.print(Text(f"{file}" + (f"  工作表“{sheet}”" if sheet else ""), style="bold"))
        for finding in findings:
            console.print(_line(finding), soft_wrap=True)
            console.print(Text(f"      → {finding.suggestion}", style="dim"), soft_wrap=True)
        console.print()
    console.print(Text(closing_line(review), style="bold"))


def _line(finding: Finding) -> Text:
    line = Text("  ")
    line.append(finding.severity.label, style=_STYLES[finding.severity])
    line.append(f" {finding.rule} {finding.cell or ''} ", style="dim")
    line.append(finding.message)
    if finding.waiver:
        line.append(f"（已说明：{finding.waiver}）", style="green")
    return line


def closing_line(review: Review) -> str:
    """``错误 3 项，警告 2 项，提示 1 项；另有 5 项因缺少数据未作判断。``"""
    counts = review.counts
    told = "，".join(f"{severity.label} {counts[severity.value]} 项" for severity in Severity)
    if not review.findings:
        told = "没有发现问题"
    rest = f"；另有 {len(review.not_judged)} 项因缺少数据未作判断" if review.not_judged else ""
    return f"{told}{rest}。"


def write_csv(findings: Iterable[Finding], out: TextIO) -> None:
    """One line per finding, with the names of the public JSON as its columns."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_CSV_COLUMNS)
    for finding in findings:
        row = finding.to_json()
        writer.writerow([spreadsheet_safe(row[name] or "") for name in _CSV_COLUMNS])

