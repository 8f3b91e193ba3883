"""The page from its start to its end: a socket, a token, a browser, and nothing left behind."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

import uvicorn

from perfgoals_xl.console import tell
from perfgoals_xl.page import message_box
from perfgoals_xl.page.app import Page
from perfgoals_xl.page.opening import leading_on, open_page
from perfgoals_xl.storage.scratch import scratch_folder

_LOOPBACK = "127.0.0.1"
_TOKEN_BYTES = 32
_PATIENCE = 15.0
"""Seconds in which a browser usually comes."""
_NO_BROWSER = (
    "没有能打开浏览器。请装一个浏览器，或在终端运行 perfgoals page --no-browser，"
    "把显示的地址粘贴到浏览器里。"
)
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def serve(files: Sequence[Path], *, browser: bool = True, language: str = "zh") -> None:
    """Serves the page until its person has gone or says so, or a signal comes.

    ``files`` are read at once. Without ``browser`` the address is told and nobody opens it. Raises
    ``InputError`` for a file that is not taken, ``OSError`` for one that cannot be read.
    """
    for name in ("uvicorn", "uvicorn.error", "asyncio"):
        # What fails is told on the page, and its traceback is in the log of faults.
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    with scratch_folder() as folder, socket.socket() as listening:
        folder.chmod(0o700)
        listening.bind((_LOOPBACK, 0))
        # From here on a browser that is quicker than the server waits for it.
        listening.listen()
        asyncio.run(_serve(files, folder, listening, browser=browser, language=language))


async def _serve(
    files: Sequence[Path],
    folder: Path,
    listening: socket.socket,
    *,
    browser: bool,
    language: str,
) -> None:
    token, port = secrets.token_urlsafe(_TOKEN_BYTES), listening.getsockname()[1]
    address = f"http://{_LOOPBACK}:{port}/#key={token}"
    page = Page(folder, port=port, token=token, language=language)
    if files:
        page.take(files)
    server = _Server(
        uvicorn.Config(
            page.app,
            log_config=None,
            log_level="critical",
            access_log=False,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="on",
            server_header=False,
            date_header=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=1,
        )
    )
    page.ask_to_end = server.leave
    opener = asyncio.create_task(_open(page, address, folder, browser=browser))
    try:
        await server.serve(sockets=[listening])
    finally:
        opener.cancel()
        with suppress(asyncio.CancelledError):
            await opener


async def _open(page: Page, address: str, folder: Path, *, browser: bool) -> None:
    if not browser:
        tell(f"请在浏览器中打开：{address}")
        return
    if await _begun(address, folder):
        tell("已在浏览器中打开页面；关闭页面后程序会自己结束，也可以按 Ctrl+C。")
        with suppress(TimeoutError):
            await asyncio.wait_for(page.asked_for.wait(), _PATIENCE)
            # It has done its work, and holds the token.
            leading_on(folder).unlink(missing_ok=True)
            return
    else:
        # Without the address: what a box shows is on its command line, for all on the PC to read.
        threading.Thread(
            target=message_box.in_box, args=(_NO_BROWSER,), kwargs={"fault": True}, daemon=True
        ).start()
    tell(f"如果浏览器没有打开页面，请自己打开：{address}")


async def _begun(address: str, folder: Path) -> bool:
    """Whether a browser began. One that stays in the foreground does not keep us from ending."""
    loop = asyncio.get_running_loop()
    begun: asyncio.Future[bool] = loop.create_future()

    def tell_once(done: bool) -> None:
        if not begun.done():
            begun.set_result(done)

    def start() -> None:
        done = False
        with suppress(OSError):
            done = open_page(address, folder)
        with suppress(RuntimeError):  # The loop has ended.
            loop.call_soon_threadsafe(tell_once, done)

    threading.Thread(target=start, daemon=True).start()
    return await begun


class _Server(uvicorn.Server):
    """A server that leaves at the first signal, and then lets the command end as it always does."""

    def leave(self) -> None:
        """Ends the server as soon as it can."""
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals end the server in order; whoever listened before is told behind it."""
        before = {}
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            # One that was switched off before the start (nohup) stays so.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, self.handle_exit)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        for number in self._captured_signals[:1]:
            signal.raise_signal(number)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Takes a signal."""
        self._captured_signals.append(sig)
        self.should_exit = True
