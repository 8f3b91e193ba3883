"""``perfgoals consolidate`` over many departments: read with an engine, written as one book."""

from __future__ import annotations

import datetime as dt
import functools
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from perfgoals_xl.bureau.account import FileLine
from perfgoals_xl.bureau.book.book import TITLE, BureauBook
from perfgoals_xl.bureau.book.file_rows import Placed, file_rows
from perfgoals_xl.bureau.book.flat_list import MAX_ROWS
from perfgoals_xl.bureau.book.waiting_rows import put_rows
from perfgoals_xl.bureau.digest import Digest, digests, lost
from perfgoals_xl.bureau.engines import Dask, Engine, Processes, ThisProcess, default_jobs
from perfgoals_xl.bureau.letters.posting import LetterOrder, Letters, Posting, refuse_folder
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
) -> Outcome:
    """Writes the bureau's book of ``files`` to ``output``, whole or not at all.

    A file that cannot be read costs its own row. Forms on hidden sheets are told and not counted,
    unless ``include_hidden``. ``engine`` is ``processes`` or ``dask``, ``jobs``
    the number of workers, by default one for each processor; ``scheduler`` the address of a Dask
    cluster. ``watch`` shows progress, ``read_at`` is the time told under 数据来源, ``max_rows``
    what a sheet holds, ``labels`` what files are called that stand under other names than their
    own, by absolute path. With ``letters`` every department gets its letter; book and letters are
    written together or not at all. Raises ``InputError`` where no file can be read, where the
    output cannot be written, or where the engine is not to be had.
    """
    check_writable(output)
    if letters is not None:
        refuse_folder(letters.folder)
    with telling_disk_faults(output), scratch_folder() as scratch:
        workers = jobs or default_jobs()
        chosen = engine_of(engine, jobs, scheduler, len(files), scratch)
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
            book = BureauBook(
                workbook,
                scratch,
                max_rows=max_rows,
                forms=settled.forms,
                declares=settled.declares or not settled.forms,
            )
            posting = None if letters is None else Posting(letters, scratch)
            _enter_all(book, settled, chosen, posting)
            if not book.account.counted:
                raise _nothing(book.account.lines)
            book.finish(output, read_at or dt.datetime.now())
            lines = book.account.lines
            written = None if posting is None else posting.write(chosen, lines, files)
        put_rows(bare, made, book.waiting)
        with posting.delivered() if posting is not None else nullcontext():
            put_whole(made, output)
        return Outcome(lines, book.account.departments, written)


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


def _enter_all(
    book: BureauBook, read: Iterable[Digest], engine: Engine, posting: Posting | None
) -> None:
    """Enters the files, whose rows the engine makes, and what goes into their letters."""
    work = functools.partial(file_rows, looks=book.looks)

    def enter(digest: Digest) -> Placed | None:
        placed = book.enter(digest)
        if posting is not None:
            posting.take(digest, book.account.lines[-1])
        return placed

    placed = filter(None, map(enter, read))
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
