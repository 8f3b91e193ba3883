"""A Dask cluster to submit work to; the one module that imports Dask, an optional extra."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from perfgoals_xl._version import __version__
from perfgoals_xl.errors import InputError, extra_hint

try:
    import dask
    from distributed import Client, KilledWorker, LocalCluster
    from distributed.comm import CommClosedError
except ImportError as error:
    raise InputError(
        "--engine dask 需要可选组件 distributed",
        hint=f"{extra_hint('dask')}或去掉 --engine。",
    ) from error

__all__ = ["KilledWorker", "connected"]

Submit = Callable[[Callable[..., Any], Any], Any]
_PATIENCE = 30
"""Seconds to wait for a scheduler, and for its first worker."""


@contextmanager
def connected(
    jobs: int, scheduler: str | None, scratch: Path | None
) -> Iterator[tuple[Submit, int]]:
    """How to submit work, and how many workers there are.

    Without a ``scheduler`` a cluster of ``jobs`` processes is started here and stopped at the end;
    it writes into ``scratch``.
    Raises ``InputError`` where the scheduler cannot be reached, has no workers, or where a worker
    has another version of this package.
    """
    if scheduler is None:
        # What kills a worker would kill the next three too; whoever asks tries again himself.
        settings: dict[str, object] = {"distributed.scheduler.allowed-failures": 0}
        if scratch is not None:
            settings["temporary-directory"] = str(scratch)
        with dask.config.set(settings):
            # Its page for a browser stays on this machine, at whatever port is free.
            cluster = LocalCluster(
                n_workers=jobs,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            )
        with cluster, Client(cluster) as client:
            yield _submitter(client), jobs
        return
    # What goes wrong is told below; the library would print a traceback as well.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    with _client_of(scheduler) as client:
        workers = _workers(client, scheduler)
        try:
            yield _submitter(client), workers
        except (CancelledError, CommClosedError) as error:
            raise InputError(
                f"与调度器 {scheduler} 的连接中断，没有写出",
                hint="请检查调度器和网络，再运行一次。",
            ) from error


def _submitter(client: Any) -> Submit:
    def submit(work: Callable[..., Any], item: Any) -> Any:
        # Not pure in Dask's sense: a file may have changed since the cluster saw it last.
        return client.submit(work, item, pure=False)

    return submit


def _client_of(scheduler: str) -> Any:
    try:
        return Client(scheduler, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise InputError(
            f"连不上调度器 {scheduler}",
            hint="请检查 --scheduler 的地址（如 tcp://主机:8786）和网络。",
        ) from error


def _workers(client: Any, scheduler: str) -> int:
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        raise InputError(
            f"调度器 {scheduler} 没有可用的工作进程", hint="请先启动 dask worker。"
        ) from error
    try:
        versions = client.run(_version)
    except Exception as error:
        raise InputError(
            f"调度器 {scheduler} 的工作进程不能运行 perfgoals-xl",
            hint=f"请在每台机器上安装 perfgoals-xl {__version__}。",
        ) from error
    others = sorted({version for version in versions.values() if version != __version__})
    if others:
        raise InputError(
            f"调度器 {scheduler} 的工作进程装的是 perfgoals-xl {'、'.join(others)}，"
            f"这里是 {__version__}",
            hint="请装成同一版本。",
        )
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))


def _version() -> str:
    return __version__
