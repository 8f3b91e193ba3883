"""Work that ends its process: in a module of its own, since every worker imports it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfgoals_xl.bureau.digest import Digest


def deadly_three(item: int) -> int:
    """Ends its process for 3, as a fault in a library written in C or Rust does."""
    if item == 3:
        os.abort()
    return item


def deadly_digest(path: str, **options: object) -> Digest:
    """The digest of a file; one that is called 害 ends its process."""
    if "害" in os.path.basename(path):  # noqa: PTH119 - the worker needs nothing else
        os.abort()
    from perfgoals_xl.bureau.digest import digest

    return digest(path, **options)
