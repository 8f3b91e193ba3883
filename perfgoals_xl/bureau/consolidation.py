"""``perfgoals consolidate`` over many departments: read with an engine, written as one book."""

from __future__ import annotations

import datetime as dt
import functools
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from perfgoals_xl.bureau.account import FileLine, State
from perfgoals_xl.bureau.book.book import TITLE, BureauBook
from perfgoals_xl.bureau.book.file_rows import Placed, file_rows
from perfgoals_xl.bureau.book.flat_list import MAX_ROWS
from perfgoals_xl.bureau.book.waiting_rows import put_rows
from perfgoals_xl.bureau.digest import Digest, digests, lost
from perfgoals_xl.bureau.digest_parts import declared_part
from perfgoals_xl.bureau.engines import Dask, Engine, Processes, ThisProcess, default_jobs
from perfgoals_xl.bureau.letters.posting import LetterOrder, Letters, Posting, refuse_folder
from perfgoals_xl.bureau.rounds.last_round import Rounds
from perfgoals_xl.bureau.rounds.previous_book import PreviousBook
from perfgoals_xl.bureau.rounds.roster import read_roster
from perfgoals_xl.bureau.settling import Settled
from perfgoals_xl.bureau.source_files import in_batches
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.storage.files import check_writable, put_whole, telling_disk_faults
from perfgoals_xl.storage.scratch import scratch_folder
from perfgoals_xl.workbooks.kit.writing import new_workbook

LOST = "读取这个文件的进程意外终止，可能是文件损坏或过大；请换一份再试"
"""What is told of a file that ended its worker."""

_TOGETHER = 4
"""How many files' rows a worker is given at once."""

Watch = Callable[[Iterable[Digest], int], Iterable[Digest]]
"""Something that passes digests on and shows how many of how many there have been."""


@dataclass(frozen=True)
class Outcome:
    """What became of the files, in their order."""

    lines: Sequence[FileLine]
    departments: int
    missing: Sequence[FileLine] = ()
    """The departments that were to hand in and did not."""
    states: Mapping[str, str] = field(default_factory=dict)
    """What every department comes to: 可报送, 退回, 旧版模板, 空白模板 or 未报送."""
    other_years: frozenset[int] = frozenset()
    """The years of the last round's book, where it is of other years than the files."""
    letters: Letters | None = None

    def reports(self, table: EvaluationTable) -> int:
        """How many 自评表 or 监控表 are in the book."""
        return sum(line.reports[table].forms for line in self.counted if table in line.reports)

    @property
    def counted(self) -> list[FileLine]:
        """The files whose projects are in the book."""
        return [line for line in self.lines if line.counts]


def consolidate_departments(
    files: Sequence[Path],
    output: Path,
    *,
    plan_year: int | None = None,
    include_hidden: bool = False,
    jobs: int | None = None,
    engine: str = "processes",
    scheduler: str | None = None,
    read_at: dt.datetime | None = None,
    watch: Watch | None = None,
    max_rows: int = MAX_ROWS,
    labels: Mapping[str, str] | None = None,
    letters: LetterOrder | None = None,
    previous: Path | None = None,
    departments: Path | None = None,
) -> Outcome:
    """Writes the bureau's book of ``files`` to ``output``, whole or not at all.

    A file that cannot be read costs its own row. Forms on hidden sheets are told and not counted,
    unless ``include_hidden``. ``engine`` is ``processes`` or ``dask``, ``jobs``
    the number of workers, by default one for each processor; ``scheduler`` the address of a Dask
    cluster. ``watch`` shows progress, ``read_at`` is the time told under 数据来源, ``max_rows``
    what a sheet holds, ``labels`` what files are called that stand under other names than their
    own, by absolute path. ``previous`` is the book of the last round, with which every department
    is compared, ``departments`` a list of those that are to hand in. With ``letters`` every
    department gets its letter; book and letters are written together or not at all. Raises
    ``InputError`` where no file can be read, where the output cannot be written, where one of those
    two cannot be read, or where the engine is not to be had.
    """
    check_writable(output)
    if letters is not None:
        refuse_folder(letters.folder)
    with telling_disk_faults(output), scratch_folder() as scratch:
        workers = jobs or default_jobs()
        chosen = engine_of(engine, jobs, scheduler, len(files), scratch)
        # Before the work: whoever named the wrong file wants to know at once.
        roster = None if departments is None else read_roster(departments)
        last = None if previous is None else PreviousBook(previous, scratch)
        bare, made = scratch / "bare.xlsx", scratch / "book.xlsx"
        with chosen, new_workbook(bare, TITLE, scratch=scratch) as workbook:
            work = functools.partial(digests, plan_year=plan_year, include_hidden=include_hidden)
            read: Iterable[Digest] = chosen.map(
                work, in_batches(files, workers), functools.partial(lost, reason=LOST)
            )
            if labels:
                read = (replace(one, file=labels.get(one.file, one.file)) for one in read)
            if watch is not None:
                read = watch(read, len(files))
            settled = Settled(read, scratch, numbered=True)
            declares = settled.declares or not settled.forms
            rounds = None
            if last is not None or roster is not None:
                rounds = Rounds(settled, last, roster, declared_part if declares else _as_it_is)
            book = BureauBook(
                workbook,
                scratch,
                max_rows=max_rows,
                forms=settled.forms,
                declares=declares,
                rounds=rounds,
            )
            posting = None if letters is None else Posting(letters, scratch)
            _enter_all(book, settled, chosen, rounds, posting)
            if not book.account.counted:
                raise _nothing(book.account.lines)
            book.finish(output, read_at or dt.datetime.now())
            lines = book.account.lines
            if posting is not None:
                _address(posting, book)
            written = None if posting is None else posting.write(chosen, lines, files)
        put_rows(bare, made, book.waiting)
        with posting.delivered() if posting is not None else nullcontext():
            put_whole(made, output)
        account = book.account
        years = rounds.other_years(account.years) if rounds is not None else set()
        return Outcome(
            lines,
            account.departments,
            account.missing,
            book.states,
            frozenset(years),
            written,
        )


def engine_of(
    name: str, jobs: int | None, scheduler: str | None, files: int, scratch: Path | None = None
) -> Engine:
    """The engine for so many files; a ``scheduler`` asks for Dask."""
    if name == "dask" or scheduler is not None:
        return Dask(jobs or default_jobs(), scheduler, scratch)
    if multiprocessing.current_process().daemon:
        return ThisProcess()
    # Never here, however few they are: a file that ends the process that reads it costs itself.
    return Processes(max(1, min(jobs or default_jobs(), files)))


def _address(posting: Posting, book: BureauBook) -> None:
    """Tells the letters what the book knows of whole departments, and who else is to get one."""
    for line in book.account.missing:
        earlier = None if line.since is None else line.since.earlier
        # A program that saved the book without its values has left no states in it.
        handed_in = earlier is not None and earlier.handed_in
        before = (earlier.state or str(State.READ)) if earlier is not None and handed_in else ""
        posting.expect(line.department or "", before)
    for department, state in book.states.items():
        posting.tell(department, state=state)


def _as_it_is(digest: Digest) -> Digest:
    return digest


def _enter_all(
    book: BureauBook,
    read: Iterable[Digest],
    engine: Engine,
    rounds: Rounds | None,
    posting: Posting | None,
) -> None:
    """Enters the files, whose rows the engine makes, and behind them who did not hand in.

    What goes into their letters is posted by the way.
    """
    work = functools.partial(file_rows, looks=book.looks)

    def enter(digest: Digest) -> Placed | None:
        placed = book.enter(digest)
        if posting is not None:
            line = book.account.lines[-1]
            entered = digest if placed is None else placed.digest
            told = () if entered.since is None else entered.since.statuses
            posting.take(entered, line, [status or "" for status in told])
        return placed

    # Asked for when the files are through: the engine reads on while it works.
    absent = (book.miss(missing) for missing in (rounds.missing() if rounds is not None else ()))
    placed = chain(filter(None, map(enter, read)), absent)
    for rows in engine.map(work, _by_few(placed), lambda file: work([file])[0]):
        book.add(rows)


def _by_few(placed: Iterator[Placed]) -> Iterator[list[Placed]]:
    while batch := list(islice(placed, _TOGETHER)):
        yield batch


def _nothing(lines: Sequence[FileLine]) -> InputError:
    if len(lines) == 1:
        return InputError(lines[0].reason, file=lines[0].file)
    first = f"{Path(lines[0].file).name}：{lines[0].reason.rstrip('。')}"
    return InputError(
        f"{len(lines)} 个文件都不能读出（如 {first}）",
        hint="请确认选对了文件夹。",
    )
