"""How often Python looks for rings of objects that only hold each other."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW, _YOUNG, _OLD = 50_000, 20, 100


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Looks for garbage in rings a good deal less often while much is read.

    Reading and review keep what they make and make hardly any rings; to go over all of it again and
    again takes a fifth of their time. What nobody holds any more goes at once all the same.
    """
    before = gc.get_threshold()
    gc.set_threshold(_NEW, _YOUNG, _OLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
