"""Ctrl+C and being ended from outside: leave by the doors that take half-written files along.

The first signal ends the work, further ones find it ending already: what clears up is not cut off.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

# The second one is that of a window that is closed, the last one of a console of Windows.
_SIGNALS = ("SIGINT", "SIGHUP", "SIGTERM", "SIGBREAK")


class _State:
    signal: int | None = None
    holding = 0
    waiting = False


_state = _State()


def code() -> int | None:
    """The exit code that the signal asks for, 130 for Ctrl+C; None where none has come."""
    return None if _state.signal is None else 128 + _state.signal


@contextmanager
def listening() -> Iterator[None]:
    """Answers signals by raising ``SystemExit``, once."""
    # From the first handler on until all stand, one that comes waits.
    _state.signal, _state.waiting, _state.holding = None, False, 1
    before: dict[int, Any] = {}
    try:
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            # One that was switched off before the start (nohup, a job in the background) stays so.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, _answer)
        _state.holding = 0
        yield
    finally:
        ignore()
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def held() -> Iterator[None]:
    """Keeps signals waiting over a step that must not be cut in two."""
    _state.holding += 1
    try:
        yield
    finally:
        _state.holding -= 1
    if _state.waiting and not _state.holding:
        _state.waiting = False
        _leave()


def ignore() -> None:
    """From here on nothing interrupts; what comes is known by :func:`code` alone."""
    _state.holding += 1


def _answer(number: int, frame: FrameType | None) -> None:
    if _state.signal is not None:
        return
    _state.signal = number
    if _state.holding:
        _state.waiting = True
        return
    _leave()


def _leave() -> None:
    # Not KeyboardInterrupt: one that passes through an exec() in a library makes Python end itself
    # by the signal in the end, whoever caught it.
    raise SystemExit(code())
