"""The kinds of faults that staff make, by what they go wrong in."""

from tests.support.faults.injectors import (  # noqa: F401
    costs,
    funds,
    goal_texts,
    rows,
    times,
    values,
)
from tests.support.faults.injectors.kinds import INJECTORS, TABLE, Fault, Kind

__all__ = ["INJECTORS", "TABLE", "Fault", "Kind"]
