"""What was reached, beside what was wanted, and the reasons of deviations (Z rules)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.evaluation.scoring import BANDS, Method, band_of, method_of
from perfgoals_xl.form.target import is_nothing, mask_in
from perfgoals_xl.form.text import UNCALCULATED, fold, is_blank
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.indicator_text import says_nothing, short
from perfgoals_xl.review.evidence.reports.deviation_reasons import (
    gives_reason,
    has_room,
    is_reason,
    keeps_points,
)
from perfgoals_xl.review.evidence.reports.evaluated_forms import Line, Report, label_of_column
from perfgoals_xl.review.evidence.reports.report_sums import HUNDRED, is_same_points
from perfgoals_xl.review.evidence.reports.result_reading import (
    Misfit,
    Outcome,
    comes_later,
    is_count,
    misfit,
    outcome,
    share_of_target,
)
from perfgoals_xl.review.findings import Hit

_FORMS = EvaluationTable.EVALUATIONS
_ASKED = (
    r"(?:实际|年度|全年|偏差|原因|完成|得分|自评|具体|本|该|相关"
    r"|内容|数字|数据|指标|项目|改进|目标)"
)
_FILL_IN = r"(?:请)?(?:在此处?|此处|如实|逐项|逐条|简要)*(?:填写|填报|填列|填入|录入|请填)"
# Folded texts: brackets and colons are half-width.
_INSTRUCTION = re.compile(
    rf"[(【\[<《](?:{_FILL_IN}(?:{_ASKED}[^()\[\]】>》]{{0,25}})?"
    r"|自评得分|必填|选填)[)】\]>》]"
    rf"|^{_FILL_IN}{_ASKED}(?!.*\d)[^,。;]{{0,25}}$"
    r"|^请(?:在此处?|此处|简要|如实|逐条|逐项)*"
    r"(?:概述|简述|说明|描述|写明|分析)[^,。;]{2,40}。?$"
    r"|^(?:示例|样例|填写说明|填报说明|填表说明):"
    # What some provinces print where a text of so many characters belongs.
    r"|[(【\[]?(?:限|控制在|不超过)?\d{2,4}字(?:以内|左右|之内)[)】\]]?[。.]?$"
    r"|^(?:结合|对照|针对)(?:项目|绩效)?(?:自评(?:情况|中)|年度目标)[,，]?(?:发现的问题[,，])?(?:请)?(?:说明|分析|提出)[^\d]*$"
)
_MASK = re.compile(r"(?<![A-Za-z])[×Xx*]{2,}(?![A-Za-z])|_{2,}|□{2,}")
# A word that forms print in front of what is to be filled in.
_TEXTS = {
    "form": ("actual_result", "grade", "problems", "measures", "total_score", "execution_score"),
    "line": ("actual_value", "done_value", "forecast_value", "score", "reason"),
}
# How far bands of other places reach: the second goes down to 50 there.
_LOWEST_SECOND = Decimal(50)
_LEAST_MORE = 1
_SHORT = 20
_LATE = ("效益指标", "满意度指标")


def _done_column(report: Report) -> str:
    return "done_value" if report.is_monitoring else "actual_value"


def results_are_there(collector: Collector) -> None:
    """Z01: every indicator says what was reached."""
    for report in collector.all_reports():
        column = _done_column(report)
        if not report.indicators:
            continue
        if not report.has_column(column):
            collector.abstain_line("Z01", report.form, f"表上没有“{report.label(column)}”一栏")
            continue
        asked = [line for line in report.indicators if _asks(line)]
        empty = [line for line in asked if is_blank(line[column])]
        label = report.label(column)
        if len(empty) == len(asked) > 1 and not any(
            map(_is_marked_blank(collector, column), asked)
        ):
            params = {"count": len(asked), "label": label}
            collector.add_line("Z01", asked[0], Hit(column, params, "all"))
            collector.mark_faulty("Z01", asked)
            continue
        for line in asked:
            value = line[column]
            if not is_blank(value) and not is_nothing(str(value)):
                continue
            if report.is_monitoring and comes_later(line, value):
                continue
            if not is_blank(value) and _may_be_none(line):
                continue
            variant = "" if is_blank(value) else "none"
            params = {"name": short(line.name), "label": label, "value": short(value or "")}
            collector.add_line("Z01", line, Hit(column, params, variant))


def _is_marked_blank(collector: Collector, column: str) -> Callable[[Line], bool]:
    return lambda line: collector.is_blank(line.table, line.number, column)


def _asks(line: Line) -> bool:
    """Whether a row is an indicator that counts: with a name, a target, and points if any."""
    if is_blank(line.name) or says_nothing(line.name) or line.figure("weight") == 0:
        return False
    target = line["target_value"]
    return not (is_blank(target) or is_nothing(str(target)))


def _may_be_none(line: Line) -> bool:
    """Whether 无 may be a result: of what is to be as little as it can."""
    return line.target.operator in ("≤", "<") or line.target.low == 0 or line.is_cost


def deviations_are_explained(collector: Collector) -> None:
    """Z09, Z10, Z11: points fit what was reached, and what was taken off has a reason."""
    for report in collector.reports(_FORMS):
        if not report.has_column("score"):
            _tell_missed(collector, report)
            continue
        untold = False
        for line in report.indicators:
            weight, score = line.figure("weight"), line.figure("score")
            if weight is None or score is None or weight <= 0 or line.is_of_execution:
                continue
            reached = outcome(line, "actual_value", collector.scoring)
            params = _params(line, weight, score)
            full = is_same_points(score, weight)
            if full or score > weight:
                if full and reached is Outcome.SHORT:
                    collector.add_line("Z10", line, _full(line, params))
            elif score >= 0 and not gives_reason(report, line):
                untold = untold or not has_room(report)
                if reached is Outcome.MET:
                    collector.add_line("Z09", line, Hit("score", params))
                elif has_room(report) and not is_blank(line["actual_value"]):
                    collector.add_line("Z11", line, _unexplained(line, params))
        if untold:
            collector.abstain_line("Z11", report.form, "表上没有偏差原因一栏")


def _tell_missed(collector: Collector, report: Report) -> None:
    """Z11 on a form without points (转移支付自评表): what misses its target says why."""
    if not has_room(report):
        return
    for line in report.indicators:
        missed = outcome(line, "actual_value", collector.scoring) is Outcome.SHORT
        if missed and not gives_reason(report, line):
            params = {
                "name": short(line.name),
                "target": short(line["target_value"]),
                "actual": short(line["actual_value"]),
            }
            column = "reason" if line.place("reason") is not None else "actual_value"
            collector.add_line("Z11", line, Hit(column, params, "missed"))


def _params(line: Line, weight: Decimal, score: Decimal) -> dict[str, object]:
    return {
        "name": short(line.name),
        "target": short(line["target_value"]),
        "actual": short(line["actual_value"] or ""),
        "weight": plain(weight),
        "score": plain(score),
        "lost": plain(weight - score),
    }


def _full(line: Line, params: dict[str, object]) -> Hit:
    """Z10: a lesser fault where the row says that it costs no points."""
    return Hit("score", params, severity=Severity.WARNING if keeps_points(line) else None)


def _unexplained(line: Line, params: dict[str, object]) -> Hit:
    column = "reason" if line.place("reason") is not None else "score"
    said = line["reason"]
    if isinstance(said, str) and not is_blank(said) and not is_reason(said):
        return Hit(column, params | {"said": short(said)}, "none")
    return Hit(column, params)


def results_fit_targets(collector: Collector) -> None:
    """Z12: a target with a number has a result with a number, in a unit that measures the same."""
    for report in collector.all_reports():
        column = _done_column(report)
        for line in report.indicators:
            found = misfit(line, column)
            if found is None:
                continue
            params = {
                "name": short(line.name),
                "target": short(line["target_value"]),
                "actual": short(line[column]),
                "unit": line.target.unit or "数字",
                "label": report.label(column),
            }
            variant = "" if found is Misfit.WORD else found.value
            severity = Severity.WARNING if found is Misfit.SIGN else None
            collector.add_line("Z12", line, Hit(column, params, variant, severity))


def bands_hold_their_points(collector: Collector) -> None:
    """Z13: points of a qualitative indicator lie in the band that its result names."""
    for report in collector.reports(_FORMS):
        for line in report.indicators:
            weight, score = line.figure("weight"), line.figure("score")
            band = band_of(line["actual_value"])
            if band is None or not weight or score is None or not 0 <= score <= weight:
                continue
            if method_of(line.target, cost=line.is_cost) is not Method.QUALITATIVE:
                continue
            high, low = collector.scoring.bands[band]
            if not collector.has_own_scoring and band == 1:
                low = min(low, _LOWEST_SECOND)
            share = score / weight * HUNDRED
            if low <= share <= high:
                continue
            params = _params(line, weight, score) | {
                "band": BANDS[band],
                "low": plain(low),
                "high": plain(high),
                "share": plain(round(share, 1)),
            }
            collector.add_line("Z13", line, Hit("score", params))


def targets_were_no_low_ones(collector: Collector) -> None:
    """Z17: far more than the target was done, and nobody says why."""
    most = Decimal(str(collector.limit("Z17")))
    for report in collector.reports(_FORMS):
        for line in report.indicators:
            found = share_of_target(line, "actual_value")
            if found is None or gives_reason(report, line):
                continue
            floor, done = found
            share = done / floor * HUNDRED
            if share < most or (is_count(line) and done - floor <= _LEAST_MORE):
                continue
            params = {
                "name": short(line.name),
                "target": short(line["target_value"]),
                "actual": short(line["actual_value"]),
                "arithmetic": f"{_shown(done)} ÷ {plain(floor)} = {_shown(round(share, 1))}%",
            }
            collector.add_line("Z17", line, Hit("actual_value", params))


def _shown(number: Decimal) -> str:
    return plain(round(number, 4))


def instructions_are_gone(collector: Collector) -> None:
    """Z18: nothing is left over of what the form says about filling it in."""
    for report in collector.all_reports():
        for line, columns in _cells(report):
            for column in columns:
                text = line.values.get(column)
                if isinstance(text, str) and (left := _left_over(text)):
                    params = {
                        "label": label_of_column(line.table, column),
                        "left": short(left),
                        "value": short(text),
                    }
                    collector.add_line("Z18", line, Hit(column, params))
                    collector.mark_blank(line.table, line.number, column)


def _cells(report: Report) -> Iterator[tuple[Line, tuple[str, ...]]]:
    yield report.form, _TEXTS["form"]
    for line in report.funds:
        yield line, ("score",)
    for line in report.indicators:
        yield line, _TEXTS["line"]


def _left_over(text: str) -> str | None:
    """What of a text is an instruction or a mask; None where nothing is."""
    if text == UNCALCULATED:
        return None
    plain_text = fold(text)
    found = _INSTRUCTION.search(plain_text) or _MASK.search(plain_text)
    if found is not None:
        return found[0]
    mask = mask_in(text) if len(plain_text) <= _SHORT else None
    # A sentence may end in dots.
    return None if mask and mask[0] in "…." and plain_text.strip("….") else mask


def result_says_more_than_goal(collector: Collector) -> None:
    """Z23: 实际完成情况 says something, and not the goal word for word."""
    for report in collector.reports(_FORMS):
        form = report.form
        goal, told = form["annual_goal"], form["actual_result"]
        if form.place("actual_result") is None:
            continue
        if is_blank(told) or is_nothing(str(told)):
            collector.add_line("Z23", form, Hit("actual_result"))
        elif goal and _bare(str(told)) == _bare(str(goal)):
            hit = Hit("actual_result", variant="same", severity=Severity.INFO)
            collector.add_line("Z23", form, hit)


def forms_name_their_project(collector: Collector) -> None:
    """Z30: a form says whose it is, and what was to be reached."""
    for report in collector.all_reports():
        form = report.form
        for column, severity in (("project_name", None), ("annual_goal", Severity.WARNING)):
            if form.place(column) is not None and is_blank(form[column]):
                label = label_of_column(form.table, column)
                hit = Hit(column, {"label": label}, severity=severity)
                collector.add_line("Z30", form, hit)


def _bare(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


CHECKS = (
    # What calls a cell blank comes first: it silences the others.
    AcrossRule(("Z18",), instructions_are_gone, always=True),
    AcrossRule(("Z01",), results_are_there, always=True),
    AcrossRule(("Z09", "Z10", "Z11"), deviations_are_explained, always=True),
    AcrossRule(("Z12",), results_fit_targets, always=True),
    AcrossRule(("Z13",), bands_hold_their_points, always=True),
    AcrossRule(("Z17",), targets_were_no_low_ones, always=True),
    AcrossRule(("Z23",), result_says_more_than_goal, always=True),
    AcrossRule(("Z30",), forms_name_their_project, always=True),
)
