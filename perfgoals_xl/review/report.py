"""The same findings as text for people and as CSV, in Chinese or English."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text as Line

from perfgoals_xl.review.catalogue import Severity, Text
from perfgoals_xl.review.findings import Finding, NotJudged, Review, Since
from perfgoals_xl.review.grouping import Group, grouped
from perfgoals_xl.storage import csv_text

_SEVERAL = "\0"
"""Stands for the sheet of what is found on several; no sheet has such a name."""
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_SHEET = Text("工作表“{}”", "sheet “{}”")
_ANSWERED = Text("（已说明：{}）", " (answered: {})")
_GROUP_PLACES = Text("（共 {} 处：{}）", " ({} places: {})")
_GROUP_ANSWERED = Text("（其中 {} 处已说明）", " ({} of them answered)")
_NEW = Text("（新增）", " (new)")
_SOME_NEW = Text("（其中 {} 处新增）", " ({} of them new)")
_SEVERAL_SHEETS = Text("几张工作表共有", "several sheets")
_UNTOLD = Text("，逐条见 --format csv 或“校验结果”表", ", all of them in --format csv")
_SOLVED, _MORE_SOLVED = Text("已解决", "solved"), Text("……另有 {} 项", "… {} more")
_MOST_SOLVED = 5
_WIDE = 100_000
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
    """What changed, the findings sheet by sheet, what was not judged, and a closing count.

    What is equal is told once with all its places, and of the hints of a project a handful.
    """
    if review.since is not None:
        _write_since(review.since, console, language)
    new = frozenset(review.since.new if review.since is not None else ())
    for (file, sheet), items in _by_sheet(review.findings):
        place = f"{file}  {_SHEET.say(language).format(sheet)}" if sheet else file
        if sheet == _SEVERAL:
            place = f"{file}  {_SEVERAL_SHEETS.say(language)}"
        console.print(Line(place, style="bold"))
        for item in items:
            line = _line(item, language)
            line.append(_newness(item, new, language), style="magenta")
            console.print(line, soft_wrap=True)
            advice = item.suggestion if isinstance(item, Finding) else item.suggestion(language)
            if advice:
                console.print(Line(f"      → {advice}", style="dim"), soft_wrap=True)
        console.print()
    if review.not_judged:
        console.print(Line(_NOT_JUDGED.say(language), style="bold"))
        for text in _abstentions(review.not_judged):
            console.print(Line(text, style="dim"), soft_wrap=True)
        console.print()
    console.print(Line(closing_line(review, language), style="bold"))


def text_of(review: Review, language: str = "zh") -> str:
    """The same as one text without colours, to be copied and printed."""
    out = io.StringIO()
    write_text(review, Console(file=out, highlight=False, color_system=None, width=_WIDE), language)
    return out.getvalue()


def _by_sheet(
    findings: Sequence[Finding],
) -> Iterator[tuple[tuple[str, str | None], list[Finding | Group]]]:
    """What is told, by file and sheet; what stands on several sheets of a file goes first."""
    found: dict[tuple[str, str | None], list[Finding | Group]] = {}
    files = dict.fromkeys(finding.file for finding in findings)
    items = grouped(findings)
    for file in files:
        for item in items:
            own = item if isinstance(item, Finding) else item.findings[0]
            if own.file != file:
                continue
            spread = isinstance(item, Group) and len({f.sheet for f in item.findings}) > 1
            found.setdefault((file, _SEVERAL if spread else own.sheet), []).append(item)
    order = sorted(found, key=lambda key: (list(files).index(key[0]), key[1] != _SEVERAL))
    for key in order:
        yield key, found[key]


def _write_since(since: Since, console: Console, language: str) -> None:
    console.print(Line(since.told(language) + _STOP.say(language), style="bold"))
    for line in since.solved[:_MOST_SOLVED]:
        place = " ".join(filter(None, (line.sheet, line.cell)))
        told = f"  {_SOLVED.say(language)} {line.rule} {place} {line.message}"
        console.print(Line(told, style="green"), soft_wrap=True)
    if len(since.solved) > _MOST_SOLVED:
        more = _MORE_SOLVED.say(language).format(len(since.solved) - _MOST_SOLVED)
        console.print(Line(f"  {more}", style="green"))
    console.print()


def _newness(item: Finding | Group, new: frozenset[Finding], language: str) -> str:
    if isinstance(item, Finding):
        return _NEW.say(language) if item in new else ""
    count = sum(finding in new for finding in item.findings)
    if not count:
        return ""
    every = count == len(item.findings)
    return _NEW.say(language) if every else _SOME_NEW.say(language).format(count)


def _line(item: Finding | Group, language: str) -> Line:
    line = Line("  ")
    word = item.severity.value if language == "en" else item.severity.label
    line.append(word, style=_STYLES[item.severity])
    if isinstance(item, Finding):
        line.append(f" {item.rule} {item.cell or ''} ", style="dim")
        line.append(item.message)
        if item.waiver:
            line.append(_ANSWERED.say(language).format(item.waiver), style="green")
        return line
    line.append("".join(f" {part}" for part in (item.rule, item.cell) if part) + " ", style="dim")
    line.append(item.message(language))
    if item.rest:
        line.append(_UNTOLD.say(language), style="dim")
    elif item.cell is None:
        places = item.places(language)
        line.append(_GROUP_PLACES.say(language).format(len(item.findings), places))
    if item.answered:
        line.append(_GROUP_ANSWERED.say(language).format(item.answered), style="green")
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
