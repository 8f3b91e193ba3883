"""What goes between the server and its worker: tasks one way, what becomes of them the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Task:
    """What the worker is to do: check the files, or an action with them.

    ``folder`` is where the files stand under these names, ``output`` the path to write: the result
    of a check, or what the action makes, without its ending. ``options`` are those of the check,
    ``given`` those of the action; ``reasons`` the answers that were typed.
    """

    action: str | None
    folder: str
    files: Sequence[str]
    output: str
    options: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    reasons: Sequence[Any] = ()


class Event(NamedTuple):
    """Something that the worker tells: ready, progress, doing, note, done or failed.

    ``tired`` goes with the last one: the worker has grown and is to be followed by a new one.
    """

    kind: str
    text: str = ""
    done: int = 0
    of: int = 0
    result: Mapping[str, Any] = {}
    tired: bool = False
