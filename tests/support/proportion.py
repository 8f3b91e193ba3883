"""Whether work takes as much longer as there is more of it, and no longer, on any machine."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def seconds(work: Callable[..., Any], *arguments: Any) -> float:
    """The least time of three; one that is quick is not measured again."""
    times: list[float] = []
    for _ in range(3):
        begun = time.process_time()
        work(*arguments)
        times.append(time.process_time() - begun)
        if times[-1] < 0.1:
            break
    return min(times)


def assert_in_proportion(work: Callable[..., Any], short: Any, long: Any) -> None:
    """Four times as much takes about four times as long, and not sixteen."""
    took = seconds(work, long)
    assert took < 0.1 or took < 8 * seconds(work, short) + 0.05
