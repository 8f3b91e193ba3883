"""``perfgoals consolidate``: review the declarations and write the department's summary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from perfgoals_xl._version import __version__
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.joining.settled_sources import join_sources
from perfgoals_xl.review.catalogue import RULES_VERSION
from perfgoals_xl.review.findings import Review, merge
from perfgoals_xl.review.run import review_all
from perfgoals_xl.workbooks.findings.lines import finding_lines
from perfgoals_xl.workbooks.standard import defined_names as names
from perfgoals_xl.workbooks.summary.sources_sheet import NotJudgedLine, SourceLine
from perfgoals_xl.workbooks.summary.summary import write_summary

# What stands for the hash of a workbook that was read as it is open, unsaved changes included.
_OPEN = "（取自 Excel 中打开的工作簿，含未保存的修改）"


def write_consolidation(
    declarations: Sequence[Declaration],
    output: Path,
    *,
    plan_year: int | None = None,
    read_at: dt.datetime | None = None,
) -> Review:
    """Write the summary of ``declarations`` to ``output`` and return their review.

    A copy or an older version of another source (see :func:`join_sources`) is listed under 数据来源
    and neither counted nor reviewed. ``read_at`` is the time told there, by default now. Raises
    ``InputError`` when the output cannot be written.
    """
    joined = join_sources(declarations)
    kept = joined.kept
    reviews = review_all(kept, plan_year=plan_year)
    found = merge(reviews)
    moment = (read_at or dt.datetime.now()).strftime("%Y-%m-%d %H:%M:%S")
    versions = f"perfgoals-xl {__version__}，规则 {RULES_VERSION}，模板 {names.TEMPLATE_VERSION}"
    write_summary(
        output,
        kept,
        [
            # Each for itself: what is typed there is read by formulas alone, which know no groups.
            line
            for declaration, own in zip(kept, reviews, strict=True)
            for line in finding_lines(own, file=declaration.file)
        ],
        [
            SourceLine(
                declaration.file,
                declaration.sha256 or _OPEN,
                moment,
                versions,
                remark,
            )
            for declaration, remark in zip(declarations, joined.remarks, strict=True)
        ],
        [NotJudgedLine(e.rule, e.sheet, e.project, e.reason, e.file) for e in found.not_judged],
        joined.notes,
    )
    return found
