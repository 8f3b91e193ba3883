"""What is told while work is done: notes and progress, on standard error or to a listener."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration
    from perfgoals_xl.joining.settled_sources import Joined
    from perfgoals_xl.reading.account_lines import AccountLine
    from perfgoals_xl.reading.zipped_sources import Refused, Source

T = TypeVar("T")
_FEW = 3
_SHOWN = 3
INFERRED = {
    "slipped": "错位的行",
    "read_as": "近似的标签或栏目",
    "below_label": "标签下一行的内容",
    "converted": "换算的单位",
    "scaled": "按显示缩放的数",
    "filled_down": "向下填的级别",
}
"""What is told of the kinds of inference, by their kinds."""


class Listener(Protocol):
    """Somebody who is told instead of standard error, as the page on this PC is."""

    def note(self, text: str) -> None:
        """A line for people."""

    def progress(self, done: int, count: int) -> None:
        """So many of so many things are done."""


_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def telling(listener: Listener) -> Iterator[None]:
    """Inside the block, everything is told to ``listener``."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(text: str) -> None:
    """A note for people; standard output is for the data.

    Where standard error cannot be written there is nobody to tell, and the work goes on.
    """
    listener = _listener.get()
    if listener is not None:
        listener.note(text)
        return
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
    listener = _listener.get()
    if listener is not None:
        return _followed(items, count, listener)
    if count < _FEW or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, "", count, console=Console(stderr=True), transient=True)


def _followed(items: Iterable[T], count: int, listener: Listener) -> Iterator[T]:
    for number, item in enumerate(items):
        listener.progress(number, count)
        yield item
    listener.progress(count, count)


def read_each(
    opened: Iterable[Source | Refused], read: Callable[[Path], Declaration]
) -> list[Declaration]:
    """What ``read`` makes of each source, under the name that people know it by.

    A file of a zip that cannot be read, or declares nothing, is told in a line and left out. Raises
    ``InputError`` for any other file, and where nothing is left.
    """
    from dataclasses import replace

    from perfgoals_xl.errors import InputError
    from perfgoals_xl.reading.load import no_form
    from perfgoals_xl.reading.zipped_sources import Source

    declarations: list[Declaration] = []
    left_out: InputError | None = None
    for one in opened:
        if not isinstance(one, Source):
            tell(f"注意：{one.told}。")
            continue
        try:
            declaration = replace(read(one.path), file=one.shown)
            if one.zipped and declaration.is_empty:
                raise no_form(declaration)
        except InputError as error:
            if error.file == str(one.path):
                error.file = one.shown
            if not one.zipped:
                raise
            left_out = error
            tell(f"注意：{error}（没有计入）")
        else:
            declarations.append(declaration)
    if not declarations and left_out is not None:
        raise InputError("压缩包里没有一份能读出的申报表", file=left_out.file) from left_out
    return declarations


def tell_joined(joined: Joined, *, rivals: bool = True) -> None:
    """Which sources and projects do not count, or count together, a line each.

    ``rivals`` are told where nothing is reviewed, which would tell them.
    """
    for note in (*joined.notes, *(joined.rivals if rivals else ())):
        tell(f"注意：{note}")


def tell_remarks(declaration: Declaration) -> None:
    """What was read and not taken, a line each."""
    from perfgoals_xl.reading.account_lines import account_lines, is_sheet

    tell_hidden(declaration)
    for line in account_lines(declaration, declaration.remarks):
        sheet = f"工作表“{line.sheet}” " if is_sheet(declaration.file) else ""
        value = "" if line.value is None else f"（{line.value[:40]}）"
        tell(f"注意：{Path(declaration.file).name} {sheet}{line.where}：{line.text}{value}")


def tell_account(declaration: Declaration) -> None:
    """What was recognised in a source, what was inferred, and what was not understood."""
    from collections import Counter

    from perfgoals_xl.declaration import RemarkKind
    from perfgoals_xl.reading.account_lines import account_lines, is_sheet

    name = Path(declaration.file).name
    tables = f"{len(declaration.projects)} 个项目、{len(declaration.indicators)} 个指标"
    if goals := len(declaration.department_goals):
        tables += f"、部门整体目标 {goals} 条"
    tell(f"{name}：读出 {tables}。")
    counted = Counter(str(remark.kind) for remark in declaration.account)
    inferred = [f"{label} {counted[kind]} 处" for kind, label in INFERRED.items() if counted[kind]]
    if inferred:
        tell(f"　按内容推断：{'、'.join(inferred)}。")
    lines = account_lines(declaration, declaration.account)
    for kinds, label in (
        ((RemarkKind.MISSING,), "没有找到的部分"),
        ((RemarkKind.NO_FORM, RemarkKind.UNREAD_FORM), "没有读取的工作表"),
        ((RemarkKind.UNREAD,), "没有看懂的内容"),
        ((RemarkKind.UNSEEN,), "隐藏而照常读取的内容"),
    ):
        told = [line for line in lines if line.kind in kinds]
        shown = [_shown(line, with_sheet=is_sheet(declaration.file)) for line in told[:_SHOWN]]
        more = f" 等 {len(told)} 处" if len(told) > _SHOWN else ""
        if told:
            tell(f"　{label}：{'、'.join(shown)}{more}。")
    if known := counted[RemarkKind.KNOWN]:
        tell(f"　标准工作簿没有、因此未保留的内容 {known} 处。")


def _shown(line: AccountLine, *, with_sheet: bool) -> str:
    """One line of the account, short: where, and what stands there or is missing there."""
    said = line.text if line.value is None else f"“{line.value[:20]}”"
    return f"{line.sheet} {line.where}{said}" if with_sheet else f"{line.where}{said}"


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
