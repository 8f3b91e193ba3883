"""The marked copy that is about to be replaced: what the last validation found, and its reasons.

Who validates a source again and again, ``validate 申报表.xlsx -o 已校验.xlsx``, has the findings of
the last time in that copy and nowhere else. Reasons that were typed there are carried over whatever
the copy is of; what changed since is told only where it is of the same projects.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from perfgoals_xl.declaration import Declaration, Reason
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.assemble import assemble
from perfgoals_xl.reading.own_sheets.reason_sheet import read_results
from perfgoals_xl.reading.own_sheets.results_layout import find_layout, without_heading
from perfgoals_xl.reading.sources.source import Source, read_source
from perfgoals_xl.review.changes_since import compare
from perfgoals_xl.review.findings import Review
from perfgoals_xl.review.reasons import answered, pair


def with_earlier_copy(found: Review, declarations: Sequence[Declaration], output: Path) -> Review:
    """The review with what the file at ``output`` knows: its reasons, and what changed since.

    What changed is told from the sources where they list earlier findings themselves. A file that
    is none of ours, or that cannot be read, says nothing. Raises ``InputError`` where the reasons
    in it cannot be told for certain.
    """
    source = _read(output)
    if source is None:
        return found
    answers = _with_reasons(found, source, output)
    if found.since is not None:
        return answers
    earlier = assemble(source, include_hidden=True)
    if earlier.listed is None or not _is_of_same(earlier, declarations):
        return answers
    since = compare(
        earlier.listed,
        answers.findings,
        sheets=frozenset(name for one in declarations for name in one.sheet_order),
        projects=frozenset().union(*map(_projects, declarations)),
    )
    return replace(answers, since=since)


def with_earlier_reasons(found: Review, output: Path) -> Review:
    """The review with the reasons that staff wrote in the copy that is about to be replaced."""
    source = _read(output)
    return found if source is None else _with_reasons(found, source, output)


def _read(output: Path) -> Source | None:
    if not output.is_file() or output.stat().st_size == 0:
        return None
    try:
        return read_source(output)
    except InputError:
        return None  # No workbook stood there, so nobody wrote a reason in it.


def _with_reasons(found: Review, source: Source, output: Path) -> Review:
    for grid in source.grids:
        layout = find_layout(grid)
        trouble = without_heading(grid) if layout is None else next(iter(layout.troubles), None)
        if trouble is not None:
            raise InputError(
                f"{trouble.what}，没有替换这个文件",
                hint=trouble.hint,
                file=output,
                sheet=trouble.place.sheet,
                cell=trouble.place.cell,
            )
    reasons = read_results(source.grids).reasons
    # What the source says already is not said twice: of a finding, or of one that is gone.
    pairs = pair(reasons, found.findings)
    gone = {_about(reason) for reason in found.unmatched_reasons}
    return answered(
        found,
        [
            reason
            for number, reason in enumerate(reasons)
            if _about(reason) not in gone
            and not (number in pairs and found.findings[pairs[number]].waiver == reason.text)
        ],
    )


def _about(reason: Reason) -> tuple[str, ...]:
    return reason.rule, reason.project, reason.indicator, reason.message, reason.text


def _is_of_same(earlier: Declaration, declarations: Sequence[Declaration]) -> bool:
    """Whether a copy was made from these sources, as they were then.

    Projects may have come, gone and been renamed since: half of the fewer are there still, or the
    sheets of all are, in the same department.
    """
    years = {one.year for one in declarations} - {None}
    if earlier.year is not None and years and earlier.year not in years:
        return False
    departments = {fold(one.department) for one in declarations if one.department}
    same_department = bool(earlier.department) and fold(earlier.department or "") in departments
    before, now = _projects(earlier), frozenset().union(*map(_projects, declarations))
    if before and now:
        if 2 * len(before & now) >= min(len(before), len(now)):
            return True
        return same_department and set(_sheets([earlier])) == set(_sheets(declarations))
    return same_department and not before and not now


def _projects(declaration: Declaration) -> frozenset[str]:
    names = declaration.projects.values["project_name"]
    return frozenset(str(name) for name in names if name)


def _sheets(declarations: Sequence[Declaration]) -> Iterator[str]:
    for declaration in declarations:
        yield from (str(row["sheet"]) for row in declaration.projects.records())
