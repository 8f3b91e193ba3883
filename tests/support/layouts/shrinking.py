"""A draw that is read wrongly, made as plain as it can be."""

from __future__ import annotations

from pathlib import Path

from tests.support.layouts.content import Content
from tests.support.layouts.drawing import Draw, draw
from tests.support.layouts.scoring import score


def shrunk(
    seed: int, field: str, folder: Path, content: Content | None = None, **forced: str
) -> Draw:
    """The plainest drawing of the seed in which ``field`` is still wrong."""
    plain: set[str] = set()
    items: int | None = None

    def still(plain: set[str], items: int | None) -> bool:
        found = score(draw(seed, content, plain=plain, items=items, **forced), folder)
        return any(wrong.field == field for wrong in found.wrongs)

    for fewer in (2, 4):
        if still(plain, fewer):
            items = fewer
            break
    for _ in range(3):
        before = len(plain)
        for name in draw(seed, content, plain=plain, items=items, **forced).layout.unusual:
            if still(plain | {name}, items):
                plain.add(name)
        if len(plain) == before:
            break
    return draw(seed, content, plain=plain, items=items, **forced)
