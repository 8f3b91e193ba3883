"""Whether anybody is there: the server ends by itself when its page has gone.

A page that is open holds a line (``/api/alive``). One that is left says so, and comes back soon if
it was only loaded anew. A line that breaks without a word is a PC that slept, or a tab that the
browser put away: those are waited for much longer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

AFTER_LEAVE = 100.0
"""Tabs that hold no line ask again by a timer, which runs once a minute in the background."""
AFTER_BREAK = 30 * 60.0
_TOGETHER = 5.0
"""Between the word that a page leaves and the end of its line, in either order."""
MOST_LINES = 2
"""Lines that are held open: a browser has six connections for all its tabs."""


class Presence:
    """Counts the pages that are there. Times are those of ``clock``, in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lines = 0
        self._words: list[float] = []
        self._ended: list[float] = []
        self._seen = self._clock()
        self._left = False

    @property
    def has_room(self) -> bool:
        """Whether one more line may be held open."""
        return self._lines < MOST_LINES

    def seen(self) -> None:
        """Somebody asked for something: a page is there."""
        self._seen, self._left = self._clock(), False

    @contextmanager
    def line(self) -> Iterator[None]:
        """A page holds its line inside the block."""
        self._lines += 1
        self.seen()
        try:
            yield
        finally:
            self._lines -= 1
            self._seen = self._clock()
            self._left = self._took(self._words)
            if not self._left:
                self._ended.append(self._seen)

    def leave(self) -> None:
        """A page says that it goes."""
        now = self._clock()
        if self._took(self._ended):
            self._seen, self._left = now, True
        else:
            self._words.append(now)
            if not self._lines:
                # It held no line: there are others, or it could not open one.
                self._seen, self._left = now, True

    def is_over(self) -> bool:
        """Whether everybody has gone, for long enough."""
        if self._lines:
            return False
        waited = self._clock() - self._seen
        return waited >= (AFTER_LEAVE if self._left else AFTER_BREAK)

    def _took(self, waiting: list[float]) -> bool:
        """Takes one of what waits for its counterpart; False where nothing does any more."""
        now = self._clock()
        waiting[:] = [when for when in waiting if now - when <= _TOGETHER]
        if waiting:
            waiting.pop()
            return True
        return False
