"""One thing looked at on a PC: what was found, how bad it is, what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum


class State(StrEnum):
    """How a check came out; only a fault keeps the add-in from working."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True)
class Check:
    """One thing looked at: ``key`` is its lasting name, ``name`` the one for staff.

    ``found`` says what is there, ``todo`` what to do about it (empty where nothing is to do); each
    is one line.
    """

    key: str
    name: str
    state: State
    found: str
    todo: str = ""

    def to_json(self) -> dict[str, str]:
        """The check as JSON; the names of the fields are part of the public contract."""
        return {key: str(value) for key, value in asdict(self).items()}


def as_lines(found: list[Check]) -> Iterator[str]:
    """The checks as text for people, with the counts at the end."""
    words = {State.OK: "正常", State.WARNING: "注意", State.FAULT: "故障"}
    for check in found:
        yield f"[{words[check.state]}] {check.name}：{check.found}"
        if check.todo:
            yield f"       处理：{check.todo}"
    counts = "，".join(
        f"{sum(check.state is state for check in found)} 项{word}" for state, word in words.items()
    )
    yield f"{counts}。"


def has_fault(found: Iterable[Check]) -> bool:
    """Whether something keeps the add-in from working."""
    return any(check.state is State.FAULT for check in found)


def asked(key: str, name: str, ask: Callable[[], Check]) -> Check:
    """What ``ask`` finds; where it fails itself, that as a warning."""
    try:
        return ask()
    except Exception as error:
        # The other checks are still worth reading, and this is no place to fail.
        return warning(key, name, f"没能检查（{type(error).__name__}: {error}）")


def ok(key: str, name: str, found: str, todo: str = "") -> Check:
    """All is well."""
    return Check(key, name, State.OK, found, todo)


def warning(key: str, name: str, found: str, todo: str = "") -> Check:
    """Worth reading; it keeps nothing from working."""
    return Check(key, name, State.WARNING, found, todo)


def fault(key: str, name: str, found: str, todo: str) -> Check:
    """It keeps something from working."""
    return Check(key, name, State.FAULT, found, todo)
