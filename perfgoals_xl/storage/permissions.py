"""Who may read what is written: never more people than may read what it was made from.

A declaration that only its owner can read would otherwise be there for everybody, in its marked
copy or in a summary. On Windows a file has the permissions of its folder, and nothing is done here.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

_GROUP, _OTHERS = stat.S_IRWXG, stat.S_IRWXO
_withheld: ContextVar[int] = ContextVar("withheld", default=0)


@contextmanager
def private_outputs() -> Iterator[None]:
    """What :func:`withhold` withholds inside the block is no longer withheld behind it."""
    # There is no way to look at the mask of a process without changing it.
    before = os.umask(_GROUP | _OTHERS)
    os.umask(before)
    token = _withheld.set(_withheld.get())
    try:
        yield
    finally:
        os.umask(before)
        _withheld.reset(token)


def withhold(sources: Iterable[str | Path]) -> None:
    """From here on nothing is made that more people could read than every one of ``sources``.

    It holds from the first moment of a file, for folders, and for what other programs write that
    are started here. Sources that are not there are passed over.
    """
    if os.name == "nt":
        return
    mask = _withheld.get()
    for source in sources:
        with suppress(OSError, ValueError):
            mask |= _kept_from(Path(source).stat())
    _withheld.set(mask)
    os.umask(os.umask(_GROUP | _OTHERS) | mask)


@contextmanager
def no_wider_than(sources: Iterable[str | Path]) -> Iterator[None]:
    """:func:`withhold` for a block."""
    with private_outputs():
        withhold(sources)
        yield


def narrow(path: Path) -> None:
    """Take from a file what :func:`no_wider_than` withholds, whoever gave it."""
    mask = _withheld.get()
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & mask:
        path.chmod(mode & ~mask)


def _kept_from(source: os.stat_result) -> int:
    """The permissions of those who cannot read a source."""
    others = bool(source.st_mode & stat.S_IROTH)
    # What is made here belongs to our group, which may be another one than the source's.
    group = bool(source.st_mode & stat.S_IRGRP) and source.st_gid == os.getegid()
    return (0 if group or others else _GROUP) | (0 if others else _OTHERS)
