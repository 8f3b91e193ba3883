"""Results and points that can hardly be: above 100 %, twice, far from the share done (Z rules)."""

from __future__ import annotations

import re
from decimal import Decimal

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.target import Kind, parse_target
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.indicator_text import says_nothing, short
from perfgoals_xl.review.evidence.reports.deviation_reasons import keeps_points
from perfgoals_xl.review.evidence.reports.evaluated_forms import Line, Report
from perfgoals_xl.review.evidence.reports.report_sums import HUNDRED
from perfgoals_xl.review.evidence.reports.result_reading import share_of_target
from perfgoals_xl.review.findings import Hit

_FORMS = EvaluationTable.EVALUATIONS
# What is a part of a whole; 完成率, 使用率 and 毛入学率 may be more than all.
_BOUNDED = re.compile(
    r"满意[率度]|(?:合格|覆盖|及时|准确|达标|到位|知晓|出勤|优良|通过|普及|成活|存活|办结|完好|整改"
    r"|合规|规范|回收|保存|抽检|检出|准点|公开|签订|建档|参保|脱贫|发放)率"
)
_GROWS = re.compile(r"增长|提高|提升|增加|增幅|下降|降低|减少|同比|变化|改善|倍")
_MUCH_LESS = Decimal(50)


def rates_are_possible(collector: Collector) -> None:
    """Z25: what is a part of a whole is no more than 100 %."""
    for report in collector.all_reports():
        column = "done_value" if report.is_monitoring else "actual_value"
        for line in report.indicators:
            text, name = line[column], fold(line.name)
            if not isinstance(text, str) or line.target.unit != "%":
                continue
            if not _BOUNDED.search(name) or _GROWS.search(name + fold(text)):
                continue
            reached = parse_target(text)
            of_percent = reached.kind == Kind.PERCENT or (
                reached.kind == Kind.NUMERIC and not reached.unit
            )
            low = reached.low
            if of_percent and isinstance(low, Decimal) and low > HUNDRED:
                label = report.label(column)
                params = {"name": short(line.name), "actual": short(text), "label": label}
                collector.add_line("Z25", line, Hit(column, params))


def indicators_stand_once(collector: Collector) -> None:
    """Z26: no two rows of one group are the same indicator."""
    for report in collector.all_reports():
        seen: dict[tuple[object, ...], Line] = {}
        for line in report.indicators:
            if is_blank(line.name) or says_nothing(line.name):
                continue
            said = (line["level1"], line["level2"], line.name, line["target_value"])
            key = tuple(fold(str(part or "")) for part in said)
            first = seen.setdefault(key, line)
            place = first.place("indicator")
            if first is line or place is None:
                continue
            params = {
                "name": short(line.name),
                "target": short(line["target_value"] or ""),
                "first": place.cell,
            }
            collector.add_line("Z26", line, Hit("indicator", params))


def points_follow_shares(collector: Collector) -> None:
    """Z27: points of a floor that was missed are near the share of it that was done."""
    most = Decimal(str(collector.limit("Z27")))
    for report in collector.reports(_FORMS):
        for line in report.indicators:
            found = _share_missed(report, line)
            if found is None:
                continue
            floor, done, weight, score = found
            share, given = done / floor * HUNDRED, score / weight * HUNDRED
            shown = plain(round(share, 1))
            if given - share >= most:
                variant, severity = "", None
            elif share - given >= _MUCH_LESS:
                variant, severity = "less", Severity.INFO
            else:
                continue
            params = {
                "name": short(line.name),
                "arithmetic": f"{plain(round(done, 4))} ÷ {plain(floor)} = {shown}%",
                "weight": plain(weight),
                "score": plain(score),
                "share": plain(round(given, 1)),
                "right": plain(round(weight * share / HUNDRED, 2)),
            }
            collector.add_line("Z27", line, Hit("score", params, variant, severity))


def _share_missed(report: Report, line: Line) -> tuple[Decimal, Decimal, Decimal, Decimal] | None:
    """The floor, what was done of it, the weight and the points, where the floor was missed."""
    weight, score = line.figure("weight"), line.figure("score")
    if not weight or weight < 0 or score is None or not 0 < score < weight:
        return None
    if line.is_of_execution or keeps_points(line):
        return None
    found = share_of_target(line, "actual_value")
    if found is None or not 0 <= found[1] < found[0]:
        return None
    return *found, weight, score


CHECKS = (
    AcrossRule(("Z25",), rates_are_possible, always=True),
    AcrossRule(("Z26",), indicators_stand_once, always=True),
    AcrossRule(("Z27",), points_follow_shares, always=True),
)
