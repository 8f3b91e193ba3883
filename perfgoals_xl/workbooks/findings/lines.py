"""Findings as the rows of a 校验结果 sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfgoals_xl.declaration import Reason
from perfgoals_xl.form.own_sheets import CLEARED as CLEARED
from perfgoals_xl.form.own_sheets import NO_LONGER as NO_LONGER
from perfgoals_xl.review.findings import Finding, Review
from perfgoals_xl.review.reasons import NOT_THERE, WAITING
from perfgoals_xl.workbooks.findings.layout import FindingLine


def finding_lines(review: Review, *, file: str | None = None) -> list[FindingLine]:
    """One row per finding, then the reasons that match no finding any more.

    ``file`` is the file reviewed, for the reasons; a finding knows its own.
    """
    lines = [_line(finding) for finding in review.findings]
    lines += [
        FindingLine(
            NO_LONGER,
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
    return lines


def waiting_lines(
    reasons: Sequence[Reason], department: str, sheets: Mapping[str, str]
) -> list[FindingLine]:
    """Rows for reasons that came along from other files, each until its finding is found again.

    ``sheets`` are the sheets of the projects by their names, ``department`` that of the others.
    """
    lines = [
        FindingLine(
            CLEARED,
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
