"""Work that ends its process: in a module of its own, since every worker imports it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfgoals_xl.bureau.digest import Digest


def deadly_threes(batch: list[int]) -> list[int]:
    """Ends its process for 3, as a fault in a library written in C or Rust does."""
    if 3 in batch:
        os.abort()
    return batch


def deadly_digests(paths: list[str], **options: object) -> list[Digest]:
    """The digests of files; one that is called 害 ends its process."""
    if any("害" in os.path.basename(path) for path in paths):  # noqa: PTH119 - needs nothing else
        os.abort()
    from perfgoals_xl.bureau.digest import digests

    return digests(paths, **options)
