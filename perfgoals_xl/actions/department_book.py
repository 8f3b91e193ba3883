"""Many departments in one book (总汇总), from files and folders of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from perfgoals_xl.actions.letters_told import tell_letters
from perfgoals_xl.actions.work import Work
from perfgoals_xl.bureau.book.department_list import remark_of
from perfgoals_xl.bureau.consolidation import Outcome, consolidate_departments
from perfgoals_xl.bureau.digest import is_summary
from perfgoals_xl.bureau.letters.posting import LetterOrder
from perfgoals_xl.bureau.repeated_reports import LABELS
from perfgoals_xl.bureau.rounds.since_round import Standing
from perfgoals_xl.bureau.source_files import source_files, without
from perfgoals_xl.console import tell, with_progress
from perfgoals_xl.errors import InputError
from perfgoals_xl.storage.permissions import withhold


@dataclass(frozen=True)
class Reading:
    """How many files are read: by ``jobs`` processes or by Dask, on ``scheduler`` if given.

    ``labels`` says what files are called that stand under other names than their own.
    """

    jobs: int | None = None
    engine: str = "processes"
    scheduler: str | None = None
    include_hidden: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Round:
    """The round of a review: the last one's book, the list of departments, letters if ordered."""

    previous: Path | None = None
    departments: Path | None = None
    letters: LetterOrder | None = None


def department_book(
    sources: Sequence[Path],
    output: Path,
    reading: Reading,
    *,
    year: int | None = None,
    this_round: Round | None = None,
) -> None:
    """The bureau's book of all files, and of all in the folders among them.

    ``this_round`` says what the files are compared with, and orders return letters.

    A file that cannot be read costs its own row and is told. Raises ``InputError`` where none can
    be read, and where the output cannot be written.
    """
    _refuse_declaration(output, sources)
    asked = this_round or Round()
    letters, beside = asked.letters, [asked.previous, asked.departments]
    folder = None if letters is None else letters.folder
    files = without(source_files(sources, output, folder), beside)
    withhold([*files, *filter(None, beside)])
    outcome = consolidate_departments(
        files,
        output,
        plan_year=year,
        include_hidden=reading.include_hidden,
        jobs=reading.jobs,
        engine=reading.engine,
        scheduler=reading.scheduler,
        watch=with_progress,
        labels=reading.labels,
        previous=asked.previous,
        departments=asked.departments,
        letters=letters,
    )
    for line in outcome.lines:
        if line.reason or line.twins or line.notes:
            tell(f"注意：{line.file}：{remark_of(line)}")
    for line in outcome.missing:
        tell(f"注意：{line.department}：未报送{f'（{line.reason}）' if line.reason else ''}")
    if outcome.other_years:
        years = "、".join(f"{year}年" for year in sorted(outcome.other_years))
        tell(f"注意：{asked.previous}：上一轮的汇总表是 {years}的，与本轮的年度不同，请核对")
    counted = outcome.counted
    reports = "".join(
        f"，{outcome.reports(table)} 份{label}"
        for table, label in LABELS.items()
        if outcome.reports(table)
    )
    projects = sum(line.projects for line in counted)
    left_out = len(outcome.lines) - len(counted)
    rest = f"，{left_out} 个文件没有计入" if left_out else ""
    absent = f"，{len(outcome.missing)} 个部门未报送" if outcome.missing else ""
    tell(
        f"已写出 {output}：{outcome.departments} 个部门，{len(counted)} 个文件，"
        f"{projects} 个项目{reports}{rest}{absent}。{_since(outcome)}"
    )
    tell_letters(letters, outcome.letters)


def _since(outcome: Outcome) -> str:
    """What changed since the last round, in a sentence; "" where that was not asked."""
    told = [line.since for line in outcome.lines if line.since is not None and line.counts]
    if not any(since.earlier is not None for since in told):
        return ""
    counts = {standing: sum(since.counts[standing] for since in told) for standing in Standing}
    solved = sum(since.solved for since in told)
    rest = "，".join(f"{standing} {count} 项" for standing, count in counts.items())
    return f"与上轮相比：已解决 {solved} 项，{rest}。"


def book_of_work(work: Work, output: Path) -> None:
    """The book of the sources of a piece of work. Raises ``InputError`` for a zip of several."""
    files, labels = work.handed_in()
    reading = Reading(include_hidden=work.options.include_hidden, labels=labels)
    department_book(files, output, reading, year=work.options.year)


def _refuse_declaration(output: Path, sources: Iterable[Path]) -> None:
    """In a folder that is read, only a summary of ours is replaced: no declaration, read or not."""
    folders = [source.resolve() for source in sources if source.is_dir()]
    if not output.is_file() or not any(f in output.resolve().parents for f in folders):
        return
    if output.stat().st_size and not is_summary(str(output)):
        raise InputError(
            "输出文件是文件夹中的一份申报文件，没有覆盖", hint="请换一个文件名。", file=output
        )
