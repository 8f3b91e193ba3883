"""Findings as the rows of a 校验结果 sheet."""

from __future__ import annotations

from perfgoals_xl.review.findings import Finding, Review
from perfgoals_xl.review.reasons import NOT_THERE
from perfgoals_xl.workbooks.findings_layout import FindingLine

# A reason whose finding is gone keeps its row under this word, so that staff can move or delete it.
NO_LONGER = "已消除"


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
