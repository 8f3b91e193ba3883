"""The same findings as text for people and as CSV, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text as Line

from perfgoals_xl.review.catalogue import Severity, Text
from perfgoals_xl.review.findings import Finding, NotJudged, Review, by_sheet
from perfgoals_xl.storage import csv_text

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_SHEET = Text("工作表“{}”", "sheet “{}”")
_ANSWERED = Text("（已说明：{}）", " (answered: {})")
_NOT_JUDGED = Text("因缺少数据未作判断：", "Not judged for want of an input:")
_COUNTS = {
    Severity.ERROR: Text("错误 {} 项", "{} errors"),
    Severity.WARNING: Text("警告 {} 项", "{} warnings"),
    Severity.INFO: Text("提示 {} 项", "{} hints"),
}
_CLEAN = Text("没有发现问题", "No findings")
_REST = Text("；另有 {} 项因缺少数据未作判断", "; {} checks not judged")
_SHARE = Text(
    "。{} 个指标中 {} 个没有问题（{}%）。", ". {1} of {0} indicators without a finding ({2}%)."
)
_COMMA, _STOP = Text("，", ", "), Text("。", ".")
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


def write_text(review: Review, console: Console, language: str = "zh") -> None:
    """Findings grouped by sheet, what was not judged, and a closing count."""
    for (file, sheet), findings in by_sheet(review.findings):
        place = f"{file}  {_SHEET.say(language).format(sheet)}" if sheet else file
        console.print(Line(place, style="bold"))
        for finding in findings:
            console.print(_line(finding, language), soft_wrap=True)
            console.print(Line(f"      → {finding.suggestion}", style="dim"), soft_wrap=True)
        console.print()
    if review.not_judged:
        console.print(Line(_NOT_JUDGED.say(language), style="bold"))
        for line in _abstentions(review.not_judged):
            console.print(Line(line, style="dim"), soft_wrap=True)
        console.print()
    console.print(Line(closing_line(review, language), style="bold"))


def _line(finding: Finding, language: str) -> Line:
    line = Line("  ")
    word = finding.severity.value if language == "en" else finding.severity.label
    line.append(word, style=_STYLES[finding.severity])
    line.append(f" {finding.rule} {finding.cell or ''} ", style="dim")
    line.append(finding.message)
    if finding.waiver:
        line.append(_ANSWERED.say(language).format(finding.waiver), style="green")
    return line


def _abstentions(entries: Iterable[NotJudged]) -> Iterator[str]:
    """One line for all rules that one reason keeps from judging one thing."""
    rules: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        named = " ".join((entry.project or entry.sheet or entry.file).split())
        rules.setdefault((named, entry.reason), []).append(entry.rule)
    for (named, reason), codes in rules.items():
        yield f"  {'、'.join(dict.fromkeys(codes))} {named}：{reason}"


def closing_line(review: Review, language: str = "zh") -> str:
    """``错误 3 项，警告 2 项，提示 1 项；另有 5 项因缺少数据未作判断。…个指标没有问题。``"""
    counts = review.counts
    told = _COMMA.say(language).join(
        text.say(language).format(counts[severity.value]) for severity, text in _COUNTS.items()
    )
    if not review.findings:
        told = _CLEAN.say(language)
    if review.not_judged:
        told += _REST.say(language).format(len(review.not_judged))
    if not review.indicators:
        return told + _STOP.say(language)
    share = 100 * review.faultless // review.indicators
    return told + _SHARE.say(language).format(review.indicators, review.faultless, share)


def write_csv(findings: Iterable[Finding], out: TextIO) -> None:
    """One line per finding, with the names of the public JSON as its columns."""
    lines = (finding.to_json() for finding in findings)
    csv_text.write_csv([_CSV_COLUMNS], out)
    csv_text.write_csv(([line[name] for name in _CSV_COLUMNS] for line in lines), out)
