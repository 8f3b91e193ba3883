"""Findings as the rows of a 校验结果 sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfgoals_xl.declaration import Reason
from perfgoals_xl.form.own_sheets import CLEARED as CLEARED
from perfgoals_xl.form.own_sheets import NO_LONGER as NO_LONGER
from perfgoals_xl.reading.own_sheets.group_rows import group_label, told_answers, with_places
from perfgoals_xl.review.findings import Finding, Review
from perfgoals_xl.review.grouping import Group, grouped
from perfgoals_xl.review.reasons import NOT_THERE, WAITING
from perfgoals_xl.workbooks.findings.layout import FindingLine


def finding_lines(review: Review, *, file: str | None = None) -> list[FindingLine]:
    """One row per finding, then the reasons that match no finding any more.

    ``file`` is the file reviewed, for the reasons; a finding knows its own.
    """
    return [*map(_line, review.findings), *_left_over(review, file)]


def grouped_lines(review: Review, *, file: str | None = None) -> list[FindingLine]:
    """The same with a row in front of those that are told together, which it opens and closes."""
    lines: list[FindingLine] = []
    for item in grouped(review.findings):
        if isinstance(item, Group):
            lines.append(_group_line(item))
            lines += (_line(finding)._replace(inside=True) for finding in item.findings)
        else:
            lines.append(_line(item))
    return [*lines, *_left_over(review, file)]


def _left_over(review: Review, file: str | None) -> list[FindingLine]:
    return [
        FindingLine(
            group_label(NO_LONGER, reason.group),
            reason.rule,
            reason.sheet,
            "",
            reason.project or None,
            reason.indicator or None,
            None,
            reason.message,
            NOT_THERE,
            reason.text,
            file,
        )
        for reason in review.unmatched_reasons
    ]


def waiting_lines(
    reasons: Sequence[Reason], department: str, sheets: Mapping[str, str]
) -> list[FindingLine]:
    """Rows for reasons that came along from other files, each until its finding is found again.

    ``sheets`` are the sheets of the projects by their names, ``department`` that of the others.
    """
    lines = [
        FindingLine(
            group_label(CLEARED, reason.group),
            reason.rule,
            sheets.get(reason.project, department if not reason.project else ""),
            "",
            reason.project or None,
            reason.indicator or None,
            None,
            reason.message,
            WAITING,
            reason.text,
        )
        for reason in reasons
    ]
    return list(dict.fromkeys(lines))


def _group_line(group: Group) -> FindingLine:
    size, message = len(group.findings), group.message()
    if not group.rest and group.cell is None:
        message = with_places(message, size, group.places())
    return FindingLine(
        group_label(group.severity.label, size),
        group.rule,
        group.sheet or "",
        group.cell or "",
        group.project,
        None,
        None,
        message,
        group.suggestion(),
        told_answers(group.answered, size),
        group.findings[0].file,
    )


def _line(finding: Finding) -> FindingLine:
    return FindingLine(
        finding.severity.value,
        finding.rule,
        finding.sheet or "",
        finding.cell or "",
        finding.project,
        finding.indicator,
        finding.value,
        finding.message,
        finding.suggestion,
        finding.waiver,
        finding.file,
    )
