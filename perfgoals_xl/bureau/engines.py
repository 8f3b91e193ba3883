"""Where the work is done: in this process, in several, or on a Dask cluster.

Work comes in batches, since much of it costs little more for several items than for one. Every
engine gives the results item by item in their order, whatever finishes first, and has only a few
batches under way, so that results do not pile up before somebody who is slower than they are. A
batch that ends its worker is done again item by item: only the item that ends its worker then is
lost.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar

from perfgoals_xl import interrupts

if TYPE_CHECKING:
    from perfgoals_xl.bureau.dask_cluster import Submit

Item = TypeVar("Item")
Result = TypeVar("Result")
Workers = TypeVar("Workers")

_MOST = 61 if sys.platform == "win32" else 256
"""How many processes a pool may have; Windows waits for no more of them at once."""
_AHEAD = 3
"""How many batches are under way for each worker."""

Work = Callable[[Sequence[Item]], Sequence[Result]]
"""Work on a batch: a result for every item, in their order."""


class Engine(Protocol):
    """Something that does the same work on many batches of items.

    As a context it keeps its workers from one ``map`` to the next; else they end with each.
    """

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...

    def map(
        self,
        work: Work[Item, Result],
        batches: Iterable[Sequence[Item]],
        lost: Callable[[Item], Result],
    ) -> Iterator[Result]:
        """The results of all items in order; ``lost`` stands in for one that ended its worker.

        A batch is taken from ``batches`` only when its turn comes.
        """
        ...


def default_jobs() -> int:
    """How many workers this machine has processors for."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class ThisProcess:
    """One batch after the other, here: for a process that may not have others.

    An item that ends its process ends this one.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None: ...

    def map(
        self,
        work: Work[Item, Result],
        batches: Iterable[Sequence[Item]],
        lost: Callable[[Item], Result],
    ) -> Iterator[Result]:
        """The results of all items in order."""
        return chain.from_iterable(map(work, batches))


class _Keeping(Generic[Workers]):
    """What engines with workers of their own share: how long they keep them."""

    _kept: ExitStack | None = None
    _workers: Workers | None = None

    def __enter__(self) -> Self:
        self._kept = ExitStack().__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        kept, self._kept, self._workers = self._kept, None, None
        if kept is not None:
            kept.__exit__(*error)

    @contextmanager
    def _at_work(self, started: Callable[[], AbstractContextManager[Workers]]) -> Iterator[Workers]:
        """The workers that are kept; else new ones, which are kept or end with the block."""
        if self._kept is None:
            with started() as workers:
                yield workers
            return
        if self._workers is None:
            self._workers = self._kept.enter_context(started())
        yield self._workers


@dataclass
class Processes(_Keeping[ProcessPoolExecutor]):
    """``jobs`` processes of this machine, which end where this process is killed."""

    jobs: int

    def map(
        self,
        work: Work[Item, Result],
        batches: Iterable[Sequence[Item]],
        lost: Callable[[Item], Result],
    ) -> Iterator[Result]:
        """The results of all items in order; one that kills its process costs itself only."""
        waiting = iter(batches)
        while True:
            # A worker that dies takes the whole pool with it: those under way are done again, and
            # then a new pool goes on.
            under_way: deque[Sequence[Item]] = deque()
            with self._at_work(lambda: self._pool(self.jobs)) as pool:
                try:
                    yield from _in_order(_starting(pool), work, waiting, under_way, self.jobs)
                    return
                except BrokenProcessPool:
                    self._workers = None
            with _Alone(self._pool) as alone:
                yield from _again(alone.results, work, under_way, lost)

    @contextmanager
    def _pool(self, jobs: int) -> Iterator[ProcessPoolExecutor]:
        # Not forked: a fork of a process with threads, such as that of a progress bar, may hang.
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(jobs, _MOST), spawn, begin_worker) as pool:
            try:
                yield pool
            finally:
                pool.shutdown(cancel_futures=True)


class _Alone(ExitStack):
    """One process that does one batch at a time, and the next one where it has died."""

    def __init__(self, pool: Callable[[int], AbstractContextManager[ProcessPoolExecutor]]) -> None:
        super().__init__()
        self._new = pool
        self._pool: ProcessPoolExecutor | None = None

    def results(self, work: Work[Item, Result], batch: Sequence[Item]) -> Sequence[Result] | None:
        """The results of a batch; None where it ended its process."""
        if self._pool is None:
            self._pool = self.enter_context(self._new(1))
        try:
            results: Sequence[Result] = _starting(self._pool)(work, batch).result()
        except BrokenProcessPool:
            self._pool = None
            return None
        return results


@dataclass
class Dask(_Keeping[tuple["Submit", int]]):
    """A Dask cluster: a local one of ``jobs`` processes, or that of the ``scheduler`` named.

    The workers of another machine must have this package and see the files under the same paths.
    A local cluster keeps what it must write in ``scratch``.
    """

    jobs: int
    scheduler: str | None = None
    scratch: Path | None = None

    def map(
        self,
        work: Work[Item, Result],
        batches: Iterable[Sequence[Item]],
        lost: Callable[[Item], Result],
    ) -> Iterator[Result]:
        """The results of all items in order; one that kills its worker costs itself only."""
        from perfgoals_xl.bureau.dask_cluster import KilledWorker, connected

        with self._at_work(lambda: connected(self.jobs, self.scheduler, self.scratch)) as (
            submit,
            workers,
        ):

            def results(work: Work[Item, Result], batch: Sequence[Item]) -> Sequence[Result] | None:
                try:
                    told: Sequence[Result] = submit(work, batch).result()
                except KilledWorker:
                    return None
                return told

            waiting = iter(batches)
            while True:
                under_way: deque[Sequence[Item]] = deque()
                # A death is laid to all that its worker had before it: who it was shows alone.
                with suppress(KilledWorker):
                    yield from _in_order(submit, work, waiting, under_way, workers)
                    return
                yield from _again(results, work, under_way, lost)


def _in_order(
    submit: Callable[[Callable[..., Any], Any], Any],
    work: Work[Item, Result],
    waiting: Iterator[Sequence[Item]],
    under_way: deque[Sequence[Item]],
    workers: int,
) -> Iterator[Result]:
    """Results in order; takes batches from ``waiting`` and keeps those begun in ``under_way``.

    What ``submit`` returns has a method ``result``, whichever library it is of.
    """
    begun: deque[Any] = deque()
    while True:
        while len(begun) < _AHEAD * workers and (batch := next(waiting, None)) is not None:
            under_way.append(batch)
            with without_interrupts():
                begun.append(submit(work, batch))
        if not begun:
            return
        results = begun[0].result()
        begun.popleft()
        under_way.popleft()
        yield from results


def _again(
    results: Callable[[Work[Item, Result], Sequence[Item]], Sequence[Result] | None],
    work: Work[Item, Result],
    batches: Iterable[Sequence[Item]],
    lost: Callable[[Item], Result],
) -> Iterator[Result]:
    """Batches that may have ended a worker, each with one of its own; then item by item."""
    for batch in batches:
        done = results(work, batch)
        if done is not None:
            yield from done
            continue
        for item in batch:
            alone = results(work, [item]) if len(batch) > 1 else None
            yield lost(item) if alone is None else alone[0]


def _starting(pool: ProcessPoolExecutor) -> Callable[[Callable[..., Any], Any], Any]:
    """How to submit work to a pool, whose processes begin when work is submitted."""

    def submit(work: Callable[..., Any], item: Any) -> Any:
        with without_script(work):
            return pool.submit(work, item)

    return submit


@contextmanager
def without_script(work: Callable[..., Any]) -> Iterator[None]:
    """Keeps new processes from running the caller's script anew, unless it holds the work.

    A script that calls this package outside ``if __name__ == "__main__"`` would begin again in each
    of them.
    """
    function = getattr(work, "func", work)
    main = sys.modules["__main__"]
    if getattr(function, "__module__", None) == "__main__":
        yield
        return
    before: dict[str, Any] = {
        name: vars(main)[name] for name in ("__spec__", "__file__") if name in vars(main)
    }
    vars(main).update(dict.fromkeys(before))
    try:
        yield
    finally:
        vars(main).update(before)


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Holds signals back while workers are started: they begin with Ctrl+C held back too.

    Else one that is still importing answers it with a traceback, as does one whose parent leaves
    before it has told what there is to do.
    """
    with interrupts.held():
        if not hasattr(signal, "pthread_sigmask"):
            yield
            return
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin_worker() -> None:
    """What a worker does first: leave Ctrl+C to the parent, and end when the parent has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
