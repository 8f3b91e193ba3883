"""Points of a 自评表: there, within their weights, and adding up (Z rules)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.evaluation.scoring import GRADES, execution_points, grade_of
from perfgoals_xl.form.evaluation.stated_grade import stated_grade
from perfgoals_xl.form.target import is_nothing
from perfgoals_xl.form.text import UNCALCULATED, is_blank
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.indicator_text import short
from perfgoals_xl.review.evidence.reports.evaluated_forms import Line, Report, says_something
from perfgoals_xl.review.evidence.reports.report_sums import (
    HUNDRED,
    ZERO,
    adds_up,
    is_same_points,
    labelled_sum,
    shown_sum,
)
from perfgoals_xl.review.evidence.reports.result_reading import misfit
from perfgoals_xl.review.findings import Hit

_FORMS = EvaluationTable.EVALUATIONS
_EXECUTION = "执行率"
# What the execution of the budget has in places where the form does not say it.
_USUAL_EXECUTION = (ZERO, Decimal(10), Decimal(20))
_FEW = 6
_NEAR = Decimal("0.1")
_OTHER_LIMITS = Decimal(5)
_WHOLE_FORM = Decimal(70)


def points_are_there(collector: Collector) -> None:
    """Z02: what has a weight has points, and they are a number."""
    for report in collector.reports(_FORMS):
        for line, weight, score, name in _scored(report):
            if line.place(score) is None or not (line.figure(weight) or ZERO):
                continue
            value = line[score]
            if value == UNCALCULATED or line.figure(score) is not None:
                continue
            if line is not report.form and is_blank(value) and _lacks_result(line):
                continue  # Z01 and Z12 tell what the points wait for.
            params = {"name": name, "weight": plain(line.figure(weight) or ZERO)}
            if is_blank(value) or is_nothing(str(value)):
                collector.add_line("Z02", line, Hit(score, params))
            else:
                hit = Hit(score, params | {"value": short(value)}, "text")
                collector.add_line("Z02", line, hit)


def _lacks_result(line: Line) -> bool:
    """Whether there is nothing to score: no result, or one that is no number."""
    actual = line["actual_value"]
    lacks = line.place("actual_value") is not None and not says_something(actual)
    return lacks or misfit(line, "actual_value") is not None


def points_stay_within(collector: Collector) -> None:
    """Z03: points are no more than their weight and no less than nothing."""
    for report in collector.reports(_FORMS):
        for line, weight_column, column, name in _scored(report, total=True):
            weight, score = line.figure(weight_column), line.figure(column)
            if score is None:
                continue
            if column == "total_score":
                # What is stated beside it may be the sum of the indicators alone.
                weight = max(weight or HUNDRED, HUNDRED)
            params = {"name": name, "score": plain(score)}
            if score < 0:
                collector.add_line("Z03", line, Hit(column, params | {"weight": ""}, "negative"))
            elif weight is not None and score > weight and not is_same_points(score, weight):
                params |= {"weight": plain(weight), "more": plain(score - weight)}
                collector.add_line("Z03", line, Hit(column, params))


def _scored(report: Report, *, total: bool = False) -> Iterator[tuple[Line, str, str, str]]:
    """Whatever has points: its line, the columns of weight and points, and its name."""
    form = report.form
    yield form, "execution_weight", "execution_score", _EXECUTION
    for line in report.indicators:
        yield line, "weight", "score", short(line.name)
    if total:
        yield form, "total_weight", "total_score", "总分"


def total_is_sum(collector: Collector) -> None:
    """Z04: the points of all rows and of the execution make the total."""
    for report in collector.reports(_FORMS):
        form = report.form
        scores = [(line, line.figure("score")) for line in report.indicators]
        parts = [(line, score) for line, score in scores if score is not None]
        if not parts or form.place("total_score") is None:
            if parts:
                collector.abstain_line("Z04", form, "表上没有“总分”一栏")
            continue
        total, execution = form.figure("total_score"), form.figure("execution_score")
        if total is None and form.is_unread("total_score"):
            collector.abstain_line("Z04", form, "总分不是数字")
            continue
        missing = next((line for line, score in scores if score is None and _counts(line)), None)
        unread = missing is not None or (
            execution is None and (form.figure("execution_weight") or ZERO) > 0
        )
        points = [score for _, score in parts]
        whole = [*points, *([execution] if execution is not None else [])]
        params = {
            "arithmetic": _arithmetic(parts, execution),
            "sum": plain(sum(whole, ZERO)),
            "total": "" if total is None else plain(total),
        }
        if not total:
            if sum(whole, ZERO):
                variant = "blank" if total is None else "zero"
                collector.add_line("Z04", form, Hit("total_score", params, variant))
            continue
        if unread:
            collector.abstain_line("Z04", form, "有的得分没有填写或不是数字，不能合计")
            continue
        within = any(line.is_of_execution for line in report.indicators)
        fits = adds_up(whole, total) or (within and adds_up(points, total))
        fits = fits or (execution is None and _adds_unstated(report, points, total))
        fits = fits or adds_up(_as_they_should_be(collector, report), total)
        if fits:
            continue
        gap = total - sum(whole, ZERO)
        params |= {"difference": f"{'多' if gap > 0 else '少'} {plain(abs(gap))}"}
        params |= {"gap": plain(abs(gap))}
        without = execution is not None and bool(execution) and adds_up(points, total)
        collector.add_line("Z04", form, Hit("total_score", params, "without" if without else ""))


def _as_they_should_be(collector: Collector, report: Report) -> list[Decimal]:
    """The points of all rows where those that are wrong in themselves (Z03, Z07) are right."""
    form = report.form
    right = [
        min(max(score, ZERO), line.figure("weight") or score)
        for line in report.indicators
        if (score := line.figure("score")) is not None
    ]
    own = form.figure("execution_score")
    weight, budget = form.figure("execution_weight"), form.figure("annual_budget")
    due = execution_points(form.figure("executed"), budget, weight or ZERO, collector.scoring)
    return [*right, *([] if own is None else [due if weight and due is not None else own])]


def _adds_unstated(report: Report, points: Sequence[Decimal], total: Decimal) -> bool:
    """Whether a total has points of the execution in it that the form does not state."""
    form = report.form
    executed, budget = form.figure("executed"), form.figure("annual_budget")
    rate = form.figure("execution_rate")
    if executed is not None and budget:
        rate = executed / budget * HUNDRED
    if form.figure("execution_weight") is not None or rate is None:
        return False
    share = min(max(rate, ZERO), HUNDRED) / HUNDRED
    return any(abs(sum(points, ten * share) - total) <= _NEAR for ten in _USUAL_EXECUTION)


def _counts(line: Line) -> bool:
    """Whether a row is to have points: a group without an indicator (无) has none."""
    weight = line.figure("weight")
    return not is_nothing(line.name) if weight is None else weight > 0


def _arithmetic(parts: Sequence[tuple[Line, Decimal]], execution: Decimal | None) -> str:
    """The points that make the total: one by one where they are few, else level by level."""
    more = [] if execution is None else [(_EXECUTION, execution)]
    if len(parts) <= _FEW:
        points = [score for _, score in parts] + [score for _, score in more]
        return shown_sum(points)
    levels: dict[str, Decimal] = {}
    for line, score in parts:
        level = str(line["level1"] or "指标")
        levels[level] = levels.get(level, ZERO) + score
    return labelled_sum([*levels.items(), *more])


def weights_add_up(collector: Collector) -> None:
    """Z05: weights make the points of their level, and all of them 100."""
    for report in collector.reports(_FORMS):
        lines = [line for line in report.indicators if line.figure("weight") is not None]
        if not lines:
            continue
        if any(line.is_unread("weight") for line in report.indicators):
            collector.abstain_line("Z05", report.form, "有的分值不是数字，不能合计")
            continue
        if any(_tell_levels(collector, report, column) for column in ("level2", "level1")):
            continue
        _tell_all(collector, report, lines)


def _tell_levels(collector: Collector, report: Report, column: str) -> bool:
    """Tell the levels whose weights do not make what the form states; whether there are any."""
    groups: dict[tuple[Any, Any], list[Line]] = {}
    for line in report.indicators:
        # A level 2 stands in its own level 1.
        own = None if column == "level1" else line["level2"]
        key = (line["level1"], own)
        groups.setdefault(key, []).append(line)
    told = False
    for key, lines in groups.items():
        stated = next((s for line in lines if (s := line.figure(f"{column}_weight"))), None)
        weights = [w for line in lines if (w := line.figure("weight")) is not None]
        if stated is None or not weights or adds_up(weights, stated):
            continue
        if adds_up(weights, HUNDRED) or (stated <= 1 < sum(weights, ZERO)):
            continue  # Shares of the level.
        blank = len(lines) - len(weights)
        params = {
            "level": key[1] or key[0] or "该级指标",
            "said": plain(stated),
            "arithmetic": shown_sum(weights),
            "gap": plain(abs(sum(weights, ZERO) - stated)),
            "blank": f"（另有 {blank} 个指标没有填分值）" if blank else "",
            "blank_en": f" ({blank} more have none)" if blank else "",
        }
        first = next(line for line in lines if line.figure("weight") is not None)
        place = first.place(f"{column}_weight")
        collector.add_line("Z05", first, Hit("weight", params, place=place))
        told = True
    return told


def _tell_all(collector: Collector, report: Report, lines: Sequence[Line]) -> None:
    form = report.form
    weights = [line.figure("weight") or ZERO for line in lines]
    execution, stated = form.figure("execution_weight"), form.figure("total_weight")
    within = any(line.is_of_execution for line in lines)
    more = [] if execution is None else [execution]
    whole = [*weights, *more]
    params = {
        "arithmetic": _arithmetic(list(zip(lines, weights, strict=True)), execution),
        "sum": plain(sum(whole, ZERO)),
    }
    if stated:
        # The total may be that of the indicators alone, or with the execution that is not stated.
        if adds_up(whole, stated) or adds_up(weights, stated):
            return
        if execution is None and any(adds_up([*weights, ten], stated) for ten in _USUAL_EXECUTION):
            return
        params |= {"said": plain(stated), "gap": plain(abs(sum(whole, ZERO) - stated))}
        collector.add_line("Z05", form, Hit("total_weight", params, "stated"))
        return
    extras = [execution] if execution is not None else list(_USUAL_EXECUTION)
    fits = any(adds_up([*weights, extra], HUNDRED) for extra in extras)
    fits = fits or (within and adds_up(weights, HUNDRED)) or adds_up(weights, Decimal(1))
    fits = fits or (len(lines) < 2 and execution is None) or _within_levels(lines)
    if not fits:
        params |= {"gap": plain(abs(sum(whole, ZERO) - HUNDRED))}
        hit = Hit("weight", params, "whole", severity=Severity.WARNING)
        collector.add_line("Z05", lines[0], hit)


def _within_levels(lines: Sequence[Line]) -> bool:
    """Whether weights are shares of 100 within every level."""
    for column in ("level1", "level2"):
        sums: dict[object, list[Decimal]] = {}
        for line in lines:
            sums.setdefault(line[column], []).append(line.figure("weight") or ZERO)
        if len(sums) > 1 and all(adds_up(parts, HUNDRED) for parts in sums.values()):
            return True
    return False


def no_indicator_bears_all(collector: Collector) -> None:
    """Z21: no single indicator bears half of the points while others stand beside it."""
    most = Decimal(str(collector.limit("Z21")))
    for report in collector.reports(_FORMS):
        lines = [line for line in report.indicators if not line.is_of_execution]
        weights = [line.figure("weight") or ZERO for line in lines]
        whole = sum(weights, ZERO)
        if not _WHOLE_FORM <= whole <= HUNDRED:
            continue  # Other points than those of a form, shares of a level.
        for line, weight in zip(lines, weights, strict=True):
            if weight < most:
                continue
            params = {
                "name": short(line.name),
                "weight": plain(weight),
                "whole": plain(whole),
                "others": len(lines) - 1,
            }
            variant = "all" if weight == whole else ""
            collector.add_line("Z21", line, Hit("weight", params, variant))


def grade_fits_total(collector: Collector) -> None:
    """Z22: the grade is that of the total."""
    scoring = collector.scoring
    for report in collector.reports(_FORMS):
        form, grade = report.form, stated_grade(report.form["grade"])
        total = form.figure("total_score")
        if grade is None or total is None or not 0 < total <= HUNDRED:
            continue
        if grade_of(total, scoring) == grade or grade_of(_sum_of(report), scoring) == grade:
            continue
        near = grade in {grade_of(total + by, scoring) for by in (_OTHER_LIMITS, -_OTHER_LIMITS)}
        lesser = near and not collector.has_own_scoring
        params = {
            "grade": short(form["grade"]),
            "total": plain(total),
            "right": grade_of(total, scoring),
            "limits": "、".join(
                f"{name} ≥ {plain(least)}"
                for name, least in zip(GRADES, scoring.grades, strict=False)
            ),
        }
        severity = Severity.WARNING if lesser else None
        collector.add_line("Z22", form, Hit("grade", params, severity=severity))


def _sum_of(report: Report) -> Decimal:
    """What the points add up to: a wrong total is told by Z04, and the grade may follow either."""
    parts = [line.figure("score") or ZERO for line in report.indicators]
    return sum(parts, report.form.figure("execution_score") or ZERO)


CHECKS = (
    AcrossRule(("Z02",), points_are_there, always=True),
    AcrossRule(("Z03",), points_stay_within, always=True),
    AcrossRule(("Z04",), total_is_sum, always=True),
    AcrossRule(("Z05",), weights_add_up, always=True),
    AcrossRule(("Z21",), no_indicator_bears_all, always=True),
    AcrossRule(("Z22",), grade_fits_total, always=True),
)
