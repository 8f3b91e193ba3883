"""Counts what would be a call into Excel, and turns LibreOffice's refusals into one error.

Every class that stands for an object of Excel derives from :class:`Remote`. Its public methods and
properties are then calls: each one made from outside the engine counts once, whatever it does
inside. That is what a call over COM costs; xlwings on Windows makes more than one of them for a
few properties (``Range.shape``), so that the count here is a lower bound.
"""

from __future__ import annotations

import contextlib
import functools
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Looking at the objects that stand for a call's own parts costs Excel nothing.
_FREE = frozenset({"api", "engine", "excel", "pid", "options", "uno", "document", "coords"})
_MOVING = frozenset(
    f"{cls}.{name}"
    for cls, names in {
        "App": ("run", "quit"),
        "Books": ("open", "add"),
        "Book": ("close",),
        "Sheets": ("add",),
        "Sheet": ("copy", "delete", "move", "clear", "clear_formats"),
        "Range": ("insert", "delete", "copy", "merge", "unmerge", "clear", "clear_formats"),
    }.items()
    for name in names
)
_OPERATORS = frozenset({"__call__", "__len__", "__iter__", "__contains__", "__getitem__"})


class ExcelError(Exception):
    """What Excel would refuse, or what LibreOffice could not do (COM raises one type for all)."""


class Calls:
    """Calls made inside a ``counting`` block: ``total``, and how often each (``by_name``).

    Names are ``Range.raw_value`` for reading, ``Range.raw_value=`` for writing, ``Range.insert``
    for a method and ``Sheets()`` for an index.
    """

    def __init__(self) -> None:
        self.by_name: Counter[str] = Counter()

    @property
    def total(self) -> int:
        """All calls."""
        return sum(self.by_name.values())

    def __repr__(self) -> str:
        return f"<{self.total} calls: {dict(self.by_name.most_common())}>"


class Counting:
    """Knows the open ``counting`` blocks and whether a call is being served.

    ``moved`` is called after every call that may have moved or merged cells.
    """

    def __init__(self, moved: Callable[[], None]) -> None:
        self._open: list[Calls] = []
        self._serving = False
        self._moved = moved

    @contextlib.contextmanager
    def counting(self) -> Iterator[Calls]:
        """Counts the calls until the block ends; blocks may lie inside one another."""
        calls = Calls()
        self._open.append(calls)
        try:
            yield calls
        finally:
            self._open.remove(calls)

    def serve(self, name: str, function: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Calls the function as the call ``name``; inside another call it is a part of that."""
        if self._serving:
            return function(*args, **named)
        for calls in self._open:
            calls.by_name[name] += 1
        self._serving = True
        try:
            return function(*args, **named)
        except Exception as error:
            # The types of pyuno are made while running; all of them live in these modules.
            if type(error).__name__.startswith("com.sun.star.") or hasattr(error, "typeName"):
                raise ExcelError(f"{name}: {_text(error)}") from error
            raise
        finally:
            self._serving = False
            if name in _MOVING:
                self._moved()

    @contextlib.contextmanager
    def outside(self) -> Iterator[None]:
        """Inside, calls count again: a stand-in for a macro uses xlwings like anybody else."""
        before, self._serving = self._serving, False
        try:
            yield
        finally:
            self._serving = before


def _text(error: Exception) -> str:
    return str(getattr(error, "Message", "") or error).strip() or type(error).__name__


class Remote:
    """An object in Excel. Public members are calls, except those that stand in ``_FREE``."""

    excel: Any

    def __init_subclass__(cls, shown: str | None = None, **named: Any) -> None:
        """``shown`` is the class that its calls are counted for, where it is not its own name."""
        super().__init_subclass__(**named)
        for name, member in list(vars(cls).items()):
            if name in _FREE or (name.startswith("_") and name not in _OPERATORS):
                continue
            label = (shown or cls.__name__) + ("()" if name in _OPERATORS else f".{name}")
            if isinstance(member, property):
                setattr(cls, name, _counted_property(label, member))
            elif callable(member) and not isinstance(member, type):
                setattr(cls, name, _counted(label, member))


def _counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(self: Remote, *args: Any, **named: Any) -> Any:
        return self.excel.calls.serve(name, function, self, *args, **named)

    return call


def _counted_property(name: str, member: property) -> property:
    return property(
        _counted(name, member.fget) if member.fget else None,
        _counted(f"{name}=", member.fset) if member.fset else None,
        doc=member.__doc__,
    )
