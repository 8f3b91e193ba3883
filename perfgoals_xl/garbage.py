"""How often Python looks for rings of objects that only hold each other."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_NEW, _YOUNG, _OLD = 50_000, 20, 100
# The thresholds are those of the process: whoever begins first keeps them for whoever ends last.
_lock = threading.Lock()
_begun: list[tuple[int, int, int]] = []


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Looks for garbage in rings a good deal less often while much is read.

    Reading and review keep what they make and make hardly any rings; to go over all of it again and
    again takes a fifth of their time. What nobody holds any more goes at once all the same.
    """
    with _lock:
        _begun.append(_begun[0] if _begun else gc.get_threshold())
        gc.set_threshold(_NEW, _YOUNG, _OLD)
    try:
        yield
    finally:
        with _lock:
            before = _begun.pop()
            if not _begun:
                gc.set_threshold(*before)
