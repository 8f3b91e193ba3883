"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.permissions import narrow

_DISK_FAULTS = {
    errno.ENOSPC: "磁盘空间不足，文件没有写出",
    errno.EROFS: "磁盘是只读的，文件没有写出",
}


@contextmanager
def telling_disk_faults(path: str | Path) -> Iterator[None]:
    """A full or read-only disk, met while ``path`` is made, as an ``InputError``."""
    try:
        yield
    except OSError as error:
        if error.errno in _DISK_FAULTS:
            raise _told(error, path) from error
        raise


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """A temporary file beside ``path`` that takes its place when the block ends without an error.

    After an error the target is as it was and the temporary file is gone. A target that cannot be
    written (no such folder, a folder in its place, open in Excel, disk full) is an
    :class:`~perfgoals_xl.errors.InputError`.
    """
    # A link is followed, so that the file behind it is replaced and not the link.
    target = Path(path).resolve()
    temporary = _new_beside(target, path)
    try:
        yield temporary
        if target.exists():
            shutil.copymode(target, temporary)
            narrow(temporary)
        _put_in_place(temporary, target, path)
    except OSError as error:
        if error.errno in _DISK_FAULTS:
            raise _told(error, path) from error
        raise
    finally:
        temporary.unlink(missing_ok=True)


def check_writable(path: str | Path) -> None:
    """Raise ``InputError`` where :func:`whole_file` would at once, before hours of work."""
    target = Path(path).resolve()
    _new_beside(target, path).unlink()
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
    with whole_file(path) as temporary:
        shutil.copyfile(made, temporary)


def refuse_source(output: Path, sources: Iterable[Path]) -> None:
    """Raise ``InputError`` where the output would take the place of a source."""
    for source in sources:
        same = output.exists() and source.exists() and output.samefile(source)
        if same or output.resolve() == source.resolve():
            raise InputError("输出文件不能是来源文件本身", hint="请换一个文件名。", file=output)


def _new_beside(target: Path, path: str | Path) -> Path:
    if target.is_dir():
        raise InputError("这是一个文件夹，不能写成文件", hint="请给出完整的文件名。", file=path)
    if not target.parent.is_dir():
        raise InputError("输出文件夹不存在", hint="请先建立该文件夹，或换一个位置。", file=path)
    temporary = target.parent / f".~{secrets.token_hex(6)}.tmp"
    try:
        temporary.open("xb").close()
    except PermissionError:
        raise InputError("没有在该文件夹写文件的权限", hint="请换一个位置。", file=path) from None
    except OSError as error:
        raise _told(error, path) from error
    return temporary


def _put_in_place(temporary: Path, target: Path, path: str | Path) -> None:
    try:
        temporary.replace(target)
    except PermissionError:
        raise _in_use(path) from None


def _in_use(path: str | Path) -> InputError:
    return InputError(
        "文件正被占用或是只读的，不能替换",
        hint="如果它在 Excel 中打开着，请先关闭，再运行一次。",
        file=path,
    )


def _told(error: OSError, path: str | Path) -> InputError:
    message = _DISK_FAULTS.get(error.errno or 0, "文件无法写出")
    return InputError(message, hint="请换一个位置再试。", file=path)
