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
    from perfgoals_xl.joining.settled_sources import Joined

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


def load_all(sources: Iterable[Path], *, include_hidden: bool = False) -> list[Declaration]:
    """The declarations of the files. Raises ``InputError`` for the first that holds none."""
    from perfgoals_xl.reading.load import load

    declarations = []
    for source in sources:
        declaration = load(source, include_hidden=include_hidden)
        tell_remarks(declaration)
        declarations.append(declaration)
    return declarations


def tell_joined(joined: Joined, *, rivals: bool = True) -> None:
    """Which sources and projects do not count, or count together, a line each.

    ``rivals`` are told where nothing is reviewed, which would tell them.
    """
    for note in (*joined.notes, *(joined.rivals if rivals else ())):
        tell(f"注意：{note}")


def tell_remarks(declaration: Declaration) -> None:
    """What was read and not taken, a line each."""
    tell_hidden(declaration)
    for remark in declaration.remarks:
        place = f"{Path(declaration.file).name} 工作表“{remark.place.sheet}” {remark.place.cell}"
        value = "" if remark.value is None else f"（{remark.value[:40]}）"
        tell(f"注意：{place}：{remark.text}{value}")


def tell_hidden(declaration: Declaration) -> None:
    """Which forms stand on hidden sheets, and whether they were counted, a line each sheet."""
    counted = declaration.hidden_counted
    done = (
        "已按 --include-hidden 计入。"
        if counted
        else "没有计入；要计入请取消隐藏，或加 --include-hidden。"
    )
    for hidden in declaration.hidden_forms:
        tell(f"注意：{Path(declaration.file).name}：{hidden.told}，{done}")
