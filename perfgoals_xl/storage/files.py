"""Writing a file whole or not at all, and never over work that is not this program's own."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.storage import origin, place_faults, temporary
from perfgoals_xl.storage.permissions import narrow

NOT_WRITTEN = "文件没有写出"
_replacing = ContextVar("replacing", default=False)


@contextmanager
def replacing(wanted: bool = True) -> Iterator[None]:
    """Inside the block, outputs may take the place of anything, if ``wanted``: ``--force``."""
    token = _replacing.set(wanted)
    try:
        yield
    finally:
        _replacing.reset(token)


@contextmanager
def telling_disk_faults(path: str | Path) -> Iterator[None]:
    """What the place does not allow while ``path`` is made (a full disk) as an ``InputError``."""
    try:
        yield
    except OSError as error:
        named = error.filename
        if (
            isinstance(named, str)
            and error.errno not in place_faults.OF_WRITING
            and not temporary.is_named(named)
            and Path(named) != Path(path)
        ):
            # Another file is at fault, such as a source that has been moved away.
            raise place_faults.input_error(error) from error
        raise place_faults.input_error(error, path, doing=NOT_WRITTEN) from error


@contextmanager
def whole_file(path: str | Path, *, seal: bool = True, remember: bool = True) -> Iterator[Path]:
    """A temporary file beside ``path`` that takes its place when the block ends without an error.

    After an error the target is as it was and the temporary file is gone. A target that cannot be
    written (no such folder, a folder in its place, open in Excel, disk full) is an
    :class:`~perfgoals_xl.errors.InputError`, and so is one that holds what this program did not
    write or what somebody changed since, unless :func:`replacing` says otherwise. A package is
    marked as ours by a part of its own, if ``seal`` (see :mod:`~perfgoals_xl.storage.origin`); not
    at all unless ``remember``, as what is installed and nobody's output.
    """
    # A link is followed, so that the file behind it is replaced and not the link.
    target = _target(path)
    _refuse_folder(target, path)
    refuse_work(path)
    known = _signature(target)
    unfinished = _new_beside(target, path)
    try:
        with telling_disk_faults(path):
            yield unfinished
            if remember:
                origin.mark(unfinished, seal=seal)
            if target.exists():
                shutil.copymode(target, unfinished)
                narrow(unfinished)
        if _signature(target) != known:
            # Somebody saved there while we were at work.
            refuse_work(path)
        put_in_place(unfinished, target, path)
    finally:
        temporary.forget(unfinished)


def refuse_work(path: str | Path, advice: str = "") -> None:
    """Raise ``InputError`` where ``path`` holds work that an output must not replace unasked.

    ``advice`` is what else may be done than take another name or replace it.
    """
    target = _target(path)
    if _replacing.get():
        return
    with telling_disk_faults(path):
        if not target.exists() or (target.is_file() and not target.stat().st_size):
            # An empty file that a program made beforehand is nobody's work.
            return
        if origin.is_unchanged(target):
            return
    raise InputError(
        "文件已存在，不是本程序写出的，或写出后有人改过（如填了说明、改了单元格），没有覆盖",
        hint=f"{advice}请换一个文件名（如 {_dated(target)}），或加 --force 替换它。",
        file=path,
    )


def _dated(target: Path) -> str:
    """A name beside the target that is free, with the time in it."""
    now = f"{dt.datetime.now():%Y%m%d-%H%M}"
    ends = ("", *(f"-{number}" for number in range(2, 100)))
    names = (f"{target.stem}-{now}{end}{target.suffix}" for end in ends)
    return next((name for name in names if not target.with_name(name).exists()), target.name)


def check_writable(path: str | Path) -> None:
    """Raise ``InputError`` where :func:`whole_file` would at once, before hours of work."""
    target = _target(path)
    _refuse_folder(target, path)
    refuse_work(path)
    temporary.forget(_new_beside(target, path))
    if os.name == "nt" and target.exists():
        try:
            # Open in Excel it can be read, but neither written nor replaced.
            target.open("r+b").close()
        except PermissionError:
            raise _in_use(path) from None


def put_whole(made: Path, path: str | Path) -> None:
    """Puts a file that was made elsewhere at ``path``, whole or not at all.

    Beside its target stands nothing of it until it is complete: a program that is killed while it
    makes a file for many minutes leaves nothing there.
    """
    with whole_file(path) as unfinished:
        shutil.copyfile(made, unfinished)


def refuse_source(output: Path, sources: Iterable[Path]) -> None:
    """Raise ``InputError`` where the output would take the place of a source."""
    target = _target(output)
    for source in sources:
        same = False
        with suppress(OSError):
            same = output.exists() and source.exists() and output.samefile(source)
        if same or target == _resolved(source):
            raise InputError("输出文件不能是来源文件本身", hint="请换一个文件名。", file=output)


def put_in_place(made: Path, target: Path, path: str | Path) -> None:
    """Renames what was made beside its target. Raises ``InputError`` for a target in use."""
    with telling_disk_faults(path):
        try:
            made.replace(target)
        except PermissionError:
            raise _in_use(path) from None


def _resolved(path: Path) -> Path | None:
    # A link to itself is a RuntimeError, or not, by the version of Python.
    with suppress(OSError, RuntimeError, ValueError):
        return path.resolve()
    return None


def _target(path: str | Path) -> Path:
    """Where an output really stands. Raises ``InputError`` where nothing can stand there."""
    try:
        target = Path(path).resolve()
    except FileNotFoundError as error:
        raise InputError(
            "当前文件夹已被删除", hint="请换到另一个文件夹再运行。", file=path
        ) from error
    except RuntimeError as error:
        raise InputError("链接指回了它自己", hint="请换一个文件名。", file=path) from error
    except ValueError as error:
        raise InputError(
            "文件名中有系统不接受的字符", hint="请换一个文件名。", file=path
        ) from error
    except OSError as error:
        raise place_faults.input_error(error, path, doing=NOT_WRITTEN) from error
    with telling_disk_faults(path):
        try:
            kind = target.stat().st_mode
        except FileNotFoundError:
            return target
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        raise InputError(
            "这不是普通文件，而是设备或管道，不能替换", hint="请换一个文件名。", file=path
        )
    return target


def _signature(target: Path) -> tuple[int, ...] | None:
    with suppress(OSError):
        found = target.stat()
        return (found.st_ino, found.st_size, found.st_mtime_ns)
    return None


def _refuse_folder(target: Path, path: str | Path) -> None:
    with telling_disk_faults(path):
        if target.is_dir():
            raise InputError("这是一个文件夹，不能写成文件", hint="请给出完整的文件名。", file=path)


def _new_beside(target: Path, path: str | Path) -> Path:
    with telling_disk_faults(path):
        if not target.parent.is_dir():
            raise InputError("输出文件夹不存在", hint="请先建立该文件夹，或换一个位置。", file=path)
        # What a killed run left here.
        temporary.sweep(target.parent)
        unfinished = temporary.beside(target.parent)
        try:
            unfinished.open("xb").close()
        except PermissionError:
            raise InputError(
                "没有在该文件夹写文件的权限", hint="请换一个位置。", file=path
            ) from None
    return unfinished


def _in_use(path: str | Path) -> InputError:
    return InputError(
        "文件正被占用或是只读的，不能替换",
        hint="如果它在 Excel 中打开着，请先关闭，再运行一次。",
        file=path,
    )
