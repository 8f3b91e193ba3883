"""Rows that a form prints in pairs: 截至2020年底投资完成比例, 截至次年6月底投资完成比例."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from perfgoals_xl.form.text import fold

_UNTIL = re.compile(
    r"^截[至止]到?(?:次年|明年|当年|本年|20\d\d年)(?:度|(?:0?[1-9]|1[0-2])月)?"
    r"(?:\d{1,2}日|[底末前]|之前)?[,:]?"
)


def second_rows(names: Iterable[tuple[int, str | None]]) -> Iterator[int]:
    """The numbers of the rows that tell of one thing by a later day than a row above does.

    ``names`` are their names, with the project that each is of.
    """
    told: set[tuple[int, str]] = set()
    for number, (project, written) in enumerate(names):
        name = fold(written or "")
        until = _UNTIL.match(name) if name.startswith("截") else None
        if until is None or until.end() == len(name):
            continue
        thing = project, name[until.end() :]
        if thing in told:
            yield number
        told.add(thing)
