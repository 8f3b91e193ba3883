"""A file comes in: the body of a request, streamed to the disk and bounded while it grows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from perfgoals_xl.page.answers import Refusal
from perfgoals_xl.page.dropped_files import DroppedFile, ExpectedFile, FileSet, telling_full

PATIENCE = 60.0
"""Seconds without a byte after which a file is given up."""
_WRITTEN_AT_ONCE = 1 << 20
_LINGERING, _PASSED_OVER = 2.0, 64 << 20
"""Seconds and bytes."""
_USES = ("source", "option")


async def receive(request: Request, to: FileSet) -> DroppedFile:
    """Takes the body of a request as a file of a set.

    Raises :class:`Refusal` for a kind that nobody reads, for what is too long, and where the disk
    takes no more; ``ClientDisconnect`` where the page has gone. Then nothing of it is left.
    """
    asked = request.query_params
    use = asked.get("use", "source")
    if use not in _USES:
        raise Refusal(400, "没有说明文件的用途。")
    chunks = request.stream()
    try:
        expected = to.expect(asked.get("name", ""), _stated_length(request), use)
        with telling_full(), expected.receiving() as path:
            await _write(chunks, expected, path)
            return expected.keep(path, _saved(asked.get("modified")))
    except Refusal:
        await _let_finish(chunks)
        raise


async def _let_finish(chunks: AsyncIterator[bytes]) -> None:
    """Passes over some of what still comes.

    Who is cut off in the middle of a sentence does not hear why.
    """
    passed = 0
    with suppress(TimeoutError, StopAsyncIteration, ClientDisconnect):
        async with asyncio.timeout(_LINGERING):
            while passed < _PASSED_OVER:
                passed += len(await anext(chunks))


async def _write(chunks: AsyncIterator[bytes], expected: ExpectedFile, path: Path) -> None:
    with path.open("xb") as file:
        held = bytearray()
        async for chunk in _patiently(chunks):
            expected.grow(len(chunk))
            held += chunk
            if len(held) >= _WRITTEN_AT_ONCE:
                await run_in_threadpool(file.write, bytes(held))
                held.clear()
        file.write(held)


async def _patiently(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    while True:
        try:
            yield await asyncio.wait_for(anext(chunks), PATIENCE)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise Refusal(408, "文件没有传完，请重新放入。") from None


def _stated_length(request: Request) -> int | None:
    stated = request.headers.get("content-length", "")
    return int(stated) if stated.isdecimal() else None


def _saved(milliseconds: str | None) -> float | None:
    """When the file was saved, as the browser tells it, in seconds."""
    with suppress(ValueError, OverflowError):
        told = float(milliseconds or "nan") / 1000
        if 0 < told < 1e11:
            return told
    return None
