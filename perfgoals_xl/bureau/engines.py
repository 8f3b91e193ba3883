"""Where the work is done: in this process, in several, or on a Dask cluster.

Every engine gives the results in the order of the items, whatever finishes first, and has only a
few items under way, so that results do not pile up before somebody who is slower than they are.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_MOST = 61 if sys.platform == "win32" else 256
"""How many processes a pool may have; Windows waits for no more of them at once."""
_AHEAD = 4
"""How many items are under way for each worker."""


class Engine(Protocol):
    """Something that does the same work on many items."""

    def map(
        self,
        work: Callable[[Item], Result],
        items: Sequence[Item],
        lost: Callable[[Item], Result],
    ) -> Iterator[Result]:
        """``work`` of every item, in order; ``lost`` stands in for one that ended its worker."""
        ...


def default_jobs() -> int:
    """How many workers this machine has processors for."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class ThisProcess:
    """One item after the other, here: for a process that may not have others.

    An item that ends its process ends this one.
    """

    def map(
        self,
        work: Callable[[Item], Result],
        items: Sequence[Item],
        lost: Callable[[Item], Result],
    ) -> Iterator[Result]:
        """``work`` of every item, in order."""
        return map(work, items)


@dataclass(frozen=True)
class Processes:
    """``jobs`` processes of this machine, which end where this process is killed."""

    jobs: int

    def map(
        self,
        work: Callable[[Item], Result],
        items: Sequence[Item],
        lost: Callable[[Item], Result],
    ) -> Iterator[Result]:
        """``work`` of every item, in order; an item that kills its process costs itself only."""
        waiting = deque(items)
        while waiting:
            # A worker that dies takes the whole pool with it: those under way are done again, each
            # in a pool of its own, and then a new pool goes on.
            under_way: deque[Item] = deque()
            with self._pool(self.jobs) as pool:
                try:
                    yield from _in_order(_starting(pool), work, waiting, under_way, self.jobs)
                except BrokenProcessPool:
                    pass
                finally:
                    pool.shutdown(cancel_futures=True)
            for item in under_way:
                with self._pool(1) as alone:
                    try:
                        result = _starting(alone)(work, item).result()
                    except BrokenProcessPool:
                        result = lost(item)
                yield result

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        # Not forked: a fork of a process with threads, such as that of a progress bar, may hang.
        return ProcessPoolExecutor(min(jobs, _MOST), multiprocessing.get_context("spawn"), _begin)


@dataclass(frozen=True)
class Dask:
    """A Dask cluster: a local one of ``jobs`` processes, or that of the ``scheduler`` named.

    The workers of another machine must have this package and see the files under the same paths.
    A local cluster keeps what it must write in ``scratch``.
    """

    jobs: int
    scheduler: str | None = None
    scratch: Path | None = None

    def map(
        self,
        work: Callable[[Item], Result],
        items: Sequence[Item],
        lost: Callable[[Item], Result],
    ) -> Iterator[Result]:
        """``work`` of every item, in order; one that kills its worker costs itself only."""
        from perfgoals_xl.bureau.dask_cluster import KilledWorker, connected

        with connected(self.jobs, self.scheduler, self.scratch) as (submit, workers):
            waiting: deque[Item] = deque(items)
            under_way: deque[Item] = deque()
            while waiting:
                # A death is laid to all that its worker had before it: who it was shows alone.
                with suppress(KilledWorker):
                    yield from _in_order(submit, work, waiting, under_way, workers)
                while under_way:
                    try:
                        result = submit(work, under_way[0]).result()
                    except KilledWorker:
                        result = lost(under_way[0])
                    under_way.popleft()
                    yield result


def _in_order(
    submit: Callable[[Callable[[Item], Result], Item], Any],
    work: Callable[[Item], Result],
    waiting: deque[Item],
    under_way: deque[Item],
    workers: int,
) -> Iterator[Result]:
    """Results in order; takes items from ``waiting`` and keeps those begun in ``under_way``.

    What ``submit`` returns has a method ``result``, whichever library it is of.
    """
    begun: deque[Any] = deque()
    while waiting or begun:
        while waiting and len(begun) < _AHEAD * workers:
            # In this order, so that an item is never lost between the two.
            under_way.append(waiting[0])
            waiting.popleft()
            with without_interrupts():
                begun.append(submit(work, under_way[-1]))
        result = begun[0].result()
        begun.popleft()
        under_way.popleft()
        yield result


def _starting(pool: ProcessPoolExecutor) -> Callable[[Callable[..., Any], Any], Any]:
    """How to submit work to a pool, whose processes begin when work is submitted."""

    def submit(work: Callable[..., Any], item: Any) -> Any:
        with _without_script(work):
            return pool.submit(work, item)

    return submit


@contextmanager
def _without_script(work: Callable[..., Any]) -> Iterator[None]:
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
    """Holds Ctrl+C back while workers are started: they begin with it held back too.

    Else one that is still importing answers it with a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """What a worker does first: leave Ctrl+C to the parent, and end when the parent has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
