"""校验: what the finance bureau would send back, and where it is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from perfgoals_xl.actions.work import Work
from perfgoals_xl.console import tell, tell_joined
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.joining.settled_sources import join_sources
from perfgoals_xl.reading.load import no_form
from perfgoals_xl.review.findings import Review, merge
from perfgoals_xl.review.given_reasons import confirmed
from perfgoals_xl.review.reasons import NOT_TYPED, why_none
from perfgoals_xl.review.run import review_all
from perfgoals_xl.workbooks.earlier_copy import with_earlier_copy
from perfgoals_xl.workbooks.marking import write_marked
from perfgoals_xl.workbooks.report_book import write_report


@dataclass(frozen=True)
class Checked:
    """The declarations that count, and the review of them all."""

    declarations: Sequence[Declaration]
    review: Review

    @property
    def empty(self) -> list[Declaration]:
        """Those that declare nothing."""
        return [declaration for declaration in self.declarations if declaration.is_empty]

    @property
    def is_nothing(self) -> bool:
        """Whether there is no form at all."""
        return len(self.empty) == len(self.declarations)

    def refuse_nothing(self) -> None:
        """Raise ``InputError`` where there is no form at all."""
        if self.is_nothing:
            raise no_form(self.declarations[0], rule="（K01）")


def check(work: Work, *, earlier: Path | None = None) -> Checked:
    """Review the sources together, with the reasons that were given, and tell what is to be told.

    ``earlier`` is the marked copy of the last time, whose reasons are carried over. Raises
    ``InputError`` for a source that cannot be read and for a reason that is none.
    """
    options = work.options
    work.tell_remarks()
    joined = join_sources(work.read)
    tell_joined(joined, rivals=False)
    kept = list(joined.kept)
    review = merge(review_all(kept, plan_year=options.year, language=options.language))
    if earlier is not None and not any(declaration.is_empty for declaration in kept):
        review = with_earlier_copy(review, kept, earlier)
    for gone in review.unmatched_reasons:
        tell(f"注意：{gone.place.sheet} {gone.place.cell} 的说明已没有对应的问题：{gone.text}")
    for none in review.not_reasons:
        tell(f"注意：{none.place.sheet} {none.place.cell}：{why_none(none) or NOT_TYPED}。")
    review, told = confirmed(review, options.reasons)
    for line in told:
        tell(line)
    return Checked(kept, review)


def write_copy(work: Work, checked: Checked, output: Path) -> None:
    """Write the marked copy (标记副本) of what was checked, and tell it.

    What declares nothing has no cells to mark: then that is told and nothing written.
    """
    if checked.empty:
        if not checked.is_nothing:
            tell(f"没有写出 {output}：{checked.empty[0].file} 中没有计入的绩效目标申报表。")
        return
    told = write_marked(
        work.paths_of(checked.declarations),
        checked.declarations,
        checked.review,
        output,
        plan_year=work.options.year,
        knows_earlier=True,
    )
    tell(f"已写出标出问题的工作簿 {output}。")
    for note in told:
        tell(f"注意：{note}")


def marked_copy(work: Work, output: Path) -> None:
    """The marked copy of the sources. Raises ``InputError`` where they declare nothing."""
    checked = check(work, earlier=output)
    checked.refuse_nothing()
    write_copy(work, checked, output)


def report(work: Work, output: Path) -> None:
    """The findings as a workbook of their own (校验报告), nothing of the declaration in it."""
    checked = check(work)
    checked.refuse_nothing()
    write_checked_report(checked, output)


def write_checked_report(checked: Checked, output: Path) -> None:
    """Write the report (校验报告) of what was checked, and tell it."""
    write_report(checked.review, checked.declarations, output)
    tell(f"已写出校验报告 {output}。")
