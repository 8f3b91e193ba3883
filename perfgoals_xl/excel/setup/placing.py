"""Files put on a PC and taken off it again, each with a step back for when a later one fails."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.storage.files import replacing, whole_file


def put(path: Path, data: bytes, undo: ExitStack, mode: int | None = None) -> list[Path]:
    """Write ``path`` whole, with its folders; ``undo`` puts back what was there.

    Returns the folders that it made, the outermost first. Raises ``InputError`` where it may not.
    """
    missing = [folder for folder in path.parents if not folder.exists()][::-1]
    for folder in missing:
        try:
            folder.mkdir()
        except OSError:
            raise InputError(
                "没有建立文件夹的权限", hint="请联系本机的管理员。", file=folder
            ) from None
        undo.callback(_quietly, folder.rmdir)
    old = path.read_bytes() if path.is_file() else None
    with replacing(), whole_file(path, remember=False) as temporary:
        temporary.write_bytes(data)
    if old is None:
        undo.callback(_quietly, path.unlink)
    else:
        undo.callback(_quietly, path.write_bytes, old)
    if mode is not None:
        with suppress(OSError):
            path.chmod(mode)
    return missing


def remove(path: Path, undo: ExitStack) -> None:
    """Delete ``path``; ``undo`` puts it back. Raises ``InputError`` where it is in use."""
    old = path.read_bytes()
    try:
        path.unlink()
    except OSError:
        raise InputError(
            "文件正被占用，不能删除", hint="请关闭所有 Excel 窗口，再运行一次。", file=path
        ) from None
    undo.callback(_quietly, path.write_bytes, old)


def _quietly(step: object, *arguments: object) -> None:
    """One step back; where it fails the fault that made us go back is the one to tell."""
    assert callable(step)
    with suppress(OSError):
        step(*arguments)
