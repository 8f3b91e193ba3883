"""Cases of which ``make test`` runs some and ``make test-all`` the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable


def one_in(number: int, cases: Iterable[Any], ids: Iterable[str | None] | None = None) -> list[Any]:
    """The cases for ``parametrize``: the first, and one in so many after it, are not marked.

    The others are ``exhaustive``. A case that is a tuple has an argument in each of its places;
    ``ids`` are the names of the cases where their values are none.
    """
    listed = list(cases)
    names = [None] * len(listed) if ids is None else list(ids)
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            id=name,
            marks=[pytest.mark.exhaustive] if at % number else [],
        )
        for at, (case, name) in enumerate(zip(listed, names, strict=True))
    ]
