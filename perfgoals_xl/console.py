"""What commands tell people while they work: notes and progress, all on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration

T = TypeVar("T")
_FEW = 3


def tell(text: str) -> None:
    """A note for people; standard output is for the data.

    Where standard error cannot be written there is nobody to tell, and the work goes on.
    """
    try:
        print(text, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        silence(sys.stderr)


def silence(stream: Any) -> None:
    """Lets what could not be written go, which Python would try, and complain, once more."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def with_progress(items: Iterable[T], count: int) -> Iterable[T]:
    """The items, with a bar where a person watches and there are several."""
    if count < _FEW or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, "", count, console=Console(stderr=True), transient=True)


def load_all(sources: Iterable[Path]) -> list[Declaration]:
    """The declarations of the files. Raises ``InputError`` for the first that holds none."""
    from perfgoals_xl.reading.load import load

    declarations = []
    for source in sources:
        declaration = load(source)
        tell_remarks(declaration)
        declarations.append(declaration)
    return declarations


def tell_remarks(declaration: Declaration) -> None:
    """What was read and not taken, a line each."""
    for remark in declaration.remarks:
        place = f"{Path(declaration.file).name} 工作表“{remark.place.sheet}” {remark.place.cell}"
        value = "" if remark.value is None else f"（{remark.value[:40]}）"
        tell(f"注意：{place}：{remark.text}{value}")
