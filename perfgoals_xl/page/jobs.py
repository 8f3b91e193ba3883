"""The work that the page asks for: one after the other, told while it goes on, and stopped."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from perfgoals_xl.page.answers import Refusal
from perfgoals_xl.page.tasks import Event, Task
from perfgoals_xl.storage import place_faults
from perfgoals_xl.storage.fault_log import told_fault

_MOST_KEPT = 200
"""Jobs that have ended and may still be asked after."""
_MOST_WAITING = 50
LOST = "处理文件的进程意外终止，可能是文件损坏或过大；请移除它再试。"
LOST_AT = "{} 时进程意外终止，可能是文件损坏或过大；请移除它再试。"
NO_WORKER = "系统暂时没有资源，没有开始。请关闭一些程序，再试一次。"
OVER = ("done", "stopped", "failed")


class Worker(Protocol):
    """A process that does one task at a time."""

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""

    def send(self, task: Task) -> None:
        """Gives it a task."""

    async def event(self) -> Event | None:
        """The next thing that it tells; None where it has ended."""

    def end(self) -> None:
        """Ends it at once, and removes what it had under way."""


@dataclass
class Job:
    """One piece of work for a set, and how far it is."""

    set: str
    task: Task
    finish: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    state: str = "waiting"
    seq: int = 1
    done: int = 0
    of: int = 0
    doing: str = ""
    error: str | None = None
    output: Mapping[str, Any] | None = None
    told: list[str] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in OVER

    def update(self, **news: Any) -> None:
        """Takes news, and wakes whoever waits for some."""
        for name, value in news.items():
            setattr(self, name, value)
        self.seq += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def news(self, since: int, seconds: float) -> None:
        """Waits until there is something newer than ``since``, no longer than so many seconds."""
        if self.seq > since or self.is_over:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), seconds)

    def to_json(self) -> dict[str, Any]:
        """The job as the page knows it."""
        return {
            "state": self.state,
            "seq": self.seq,
            "done": self.done,
            "of": self.of,
            "doing": self.doing,
            "error": self.error,
            "output": self.output,
            "told": self.told,
        }


class Jobs:
    """All jobs of this start. ``start`` makes a new worker, warm as soon as it can be."""

    def __init__(self, start: Callable[[], Worker]) -> None:
        self._start = start
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[Job] = deque()
        self._wake = asyncio.Event()
        self._worker: Worker | None = None
        self._running: Job | None = None

    def submit(
        self, of: str, task: Task, finish: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    ) -> Job:
        """Takes a task for a set. ``finish`` makes the job's output of what the worker returns.

        Raises :class:`Refusal` where too much is waiting.
        """
        if len(self._waiting) >= _MOST_WAITING:
            raise Refusal(429, "正在等待的工作太多，请稍后再试。")
        job = Job(of, task, finish)
        self._jobs[job.id] = job
        over = [one.id for one in self._jobs.values() if one.is_over]
        for old in over[: max(0, len(self._jobs) - _MOST_KEPT)]:
            del self._jobs[old]
        self._waiting.append(job)
        self._wake.set()
        return job

    def get(self, name: str) -> Job:
        """The job of that name. Raises :class:`Refusal` where there is none."""
        if name not in self._jobs:
            raise Refusal(404, "没有这项工作，可能页面已重新启动。")
        return self._jobs[name]

    def of_set(self, name: str) -> Job | None:
        """The last job of a set that is waiting or running."""
        mine = [job for job in self._jobs.values() if job.set == name and not job.is_over]
        return mine[-1] if mine else None

    def stop(self, job: Job) -> None:
        """Stops a job: one that runs takes its worker along."""
        if job.is_over:
            return
        job.update(state="stopped", doing="")
        if job is self._running and self._worker is not None:
            self._worker.end()

    def stop_set(self, name: str) -> None:
        """Stops all jobs of a set."""
        for job in list(self._jobs.values()):
            if job.set == name:
                self.stop(job)

    async def run(self) -> None:
        """Does the jobs in their order, for as long as it is let."""
        try:
            self._renew()
            while True:
                while not self._waiting:
                    self._wake.clear()
                    await self._wake.wait()
                job = self._waiting.popleft()
                if not job.is_over:
                    try:
                        await self._do(job)
                    except Exception as error:
                        # Whatever it was, the jobs behind it are not at fault.
                        self._our_fault(job, error)
        finally:
            if self._worker is not None:
                self._worker.end()

    async def _do(self, job: Job) -> None:
        if self._worker is None or not self._worker.is_alive:
            self._renew()
        worker = self._worker
        if worker is None:
            job.update(state="failed", error=NO_WORKER)
            return
        self._running = job
        job.update(state="running")
        try:
            worker.send(job.task)
            while (event := await worker.event()) is not None:
                if self._take(job, event):
                    break
            else:
                self._lost(job)
        except OSError:
            self._lost(job)
        finally:
            self._running = None

    def _our_fault(self, job: Job, error: Exception) -> None:
        told = f"程序内部出错（{type(error).__name__}），您的文件没有改动。{told_fault()}"
        job.update(state="failed", error=told, doing="")
        self._renew()

    def _lost(self, job: Job) -> None:
        """The worker has ended in the middle of a job, by itself or because it was stopped."""
        if not job.is_over:
            line = LOST_AT.format(job.doing) if job.doing else LOST
            job.update(state="failed", error=line, doing="")
        self._renew()

    def _renew(self) -> None:
        """Puts a new worker in the place of the one there is; none where none can be started."""
        if self._worker is not None:
            self._worker.end()
        self._worker = None
        with suppress(OSError):
            self._worker = self._start()

    def _take(self, job: Job, event: Event) -> bool:
        """What the worker tells of a job. Returns whether it has done with it."""
        if job.is_over:
            pass  # Stopped, and this was on its way.
        elif event.kind == "progress":
            job.update(done=event.done, of=event.of)
        elif event.kind == "doing":
            job.update(doing=event.text)
        elif event.kind == "note":
            job.told.append(event.text)
        elif event.kind == "failed":
            job.update(state="failed", error=event.text, doing="")
        elif event.kind == "done":
            self._finish(job, event)
        if event.kind not in ("failed", "done"):
            return False
        if event.tired:
            self._renew()
        return True

    def _finish(self, job: Job, event: Event) -> None:
        try:
            output = job.finish(event.result)
        except Refusal as error:
            job.update(state="failed", error=error.line, doing="")
        except OSError as error:
            line = str(place_faults.input_error(error))
            job.update(state="failed", error=line, doing="")
        else:
            job.update(state="done", output=output, doing="")
