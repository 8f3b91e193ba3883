"""The worker as the server sees it: a process of its own, started warm, ended at once."""

from __future__ import annotations

import asyncio
import multiprocessing
import secrets
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from perfgoals_xl.bureau.engines import without_interrupts, without_script
from perfgoals_xl.page.tasks import Event, Task
from perfgoals_xl.page.worker import serving
from perfgoals_xl.storage import temporary

_PATIENCE = 5.0
"""Seconds that a process that was ended may take to go."""


class WorkerProcess:
    """A process that reads and writes for the server, with a temporary folder of its own.

    What a file does to it costs the job and not the page. Made in the loop's own thread.
    """

    def __init__(self, folder: Path) -> None:
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._folder = folder / f"worker-{secrets.token_hex(6)}"
        self._folder.mkdir(mode=0o700)
        spawn = multiprocessing.get_context("spawn")
        self._link, theirs = spawn.Pipe()
        # No daemon: it may start processes of its own, which end with it.
        self._process = spawn.Process(
            target=serving.serve, args=(theirs, str(self._folder)), name="perfgoals-page"
        )
        with without_interrupts(), without_script(serving.serve):
            self._process.start()
        theirs.close()
        threading.Thread(target=self._listen, args=(self._link,), daemon=True).start()

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process.is_alive()

    @property
    def pid(self) -> int | None:
        """Its number."""
        return self._process.pid

    def send(self, task: Task) -> None:
        """Gives it a task. Raises ``OSError`` where it has ended."""
        self._link.send(task)

    async def event(self) -> Event | None:
        """The next thing that it tells; None where it has ended."""
        return await self._events.get()

    def end(self) -> None:
        """Ends it at once, and removes what it had under way."""
        self._process.kill()
        self._process.join(_PATIENCE)
        with suppress(OSError):
            self._link.close()
        temporary.remove(self._folder)

    def _listen(self, link: Connection) -> None:
        event: Event | None = None
        while True:
            try:
                event = link.recv()
            except (EOFError, OSError):
                event = None
            # The loop may have ended before the process.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._events.put_nowait, event)
            if event is None:
                return
