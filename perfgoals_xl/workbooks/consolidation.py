"""``perfgoals consolidate``: review the declarations and write the department's summary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from perfgoals_xl._version import __version__
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.review.catalogue import RULES_VERSION
from perfgoals_xl.review.findings import Review, merge
from perfgoals_xl.review.run import review_many
from perfgoals_xl.workbooks import names
from perfgoals_xl.workbooks.finding_lines import finding_lines
from perfgoals_xl.workbooks.sources_sheet import NotJudgedLine, SourceLine
from perfgoals_xl.workbooks.summary import write_summary

# What stands for the hash of a workbook that was read as it is open, unsaved changes included.
_OPEN = "（取自 Excel 中打开的工作簿，含未保存的修改）"


class Copy(NamedTuple):
    """A file with the same bytes as ``original``, an earlier one of the sources."""

    file: str
    original: str

    @property
    def note(self) -> str:
        """What to tell the person who named both."""
        if self.file == self.original:
            return f"{self.file} 给出了不止一次，只计一次。"
        return f"{self.file} 与 {self.original} 内容相同，只计一次。"


def without_copies(declarations: Sequence[Declaration]) -> tuple[list[Declaration], list[Copy]]:
    """The declarations to be counted, and the files left out because they are copies.

    A declaration without a hash was read from an open workbook and is always kept.
    """
    paired = list(zip(declarations, _originals(declarations), strict=True))
    kept = [declaration for declaration, original in paired if original is None]
    return kept, [Copy(d.file, original) for d, original in paired if original is not None]


def _originals(declarations: Sequence[Declaration]) -> list[str | None]:
    """For each declaration the file that it is a copy of, None for the first of its kind."""
    first: dict[str, str] = {}
    found: list[str | None] = []
    for declaration in declarations:
        found.append(first.get(declaration.sha256))
        if declaration.sha256:
            first.setdefault(declaration.sha256, declaration.file)
    return found


def write_consolidation(
    declarations: Sequence[Declaration],
    output: Path,
    *,
    plan_year: int | None = None,
    read_at: dt.datetime | None = None,
) -> Review:
    """Write the summary of ``declarations`` to ``output`` and return their review.

    A copy of an earlier source (see :func:`without_copies`) is listed under 数据来源 and neither
    counted nor reviewed. ``read_at`` is the time told there, by default now. Raises ``InputError``
    when the output cannot be written.
    """
    kept, _ = without_copies(declarations)
    reviews = review_many(kept, plan_year=plan_year)
    found = merge(reviews)
    moment = (read_at or dt.datetime.now()).strftime("%Y-%m-%d %H:%M:%S")
    versions = f"perfgoals-xl {__version__}，规则 {RULES_VERSION}，模板 {names.TEMPLATE_VERSION}"
    write_summary(
        output,
        kept,
        [
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
                f"与“{original}”内容相同，只计一次" if original is not None else "",
            )
            for declaration, original in zip(declarations, _originals(declarations), strict=True)
        ],
        [NotJudgedLine(e.rule, e.sheet, e.project, e.reason, e.file) for e in found.not_judged],
    )
    return found
