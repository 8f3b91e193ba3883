"""From folders and files to the list of files to read, in an order that never changes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from perfgoals_xl.bureau.digest import is_letter
from perfgoals_xl.bureau.letters.letter_settings import FILE_NAME as LETTER_SETTINGS
from perfgoals_xl.errors import InputError
from perfgoals_xl.review.settings import FILE_NAME

# What Excel, WPS, Windows and macOS leave in a folder and nobody handed in.
_LEFT_BEHIND = {"thumbs.db", "desktop.ini", "system volume information", "$recycle.bin"}
# What belongs to this program and is read in another way.
_OURS = {FILE_NAME, LETTER_SETTINGS.casefold()}
_DIGITS = re.compile(r"(\d+)")

_BATCH = 12
"""Files read and reviewed together; twice as many save little more and take twice the memory."""
_BATCH_BYTES = 4 * 1024 * 1024
_SHARES = 2
"""Batches for each worker at least, where there are enough files."""


def source_files(
    sources: Iterable[Path], output: Path | None = None, letters: Path | None = None
) -> list[Path]:
    """The files named, and those in the folders named and the folders below, each once.

    Folders are read in the order of the names, numbers by their size: 2 before 10. Every file in
    them counts, whatever its kind: one that is no declaration is to be told, not passed over. Left
    out are hidden and lock files, the settings beside the workbooks, and ``output``, which may
    stand among them from an earlier run. Raises ``InputError`` for a folder without any file.
    """
    files: dict[Path, Path] = {}
    written = None if output is None else output.resolve()
    posted = set() if letters is None else _letters_in(letters)
    for source in sources:
        found = _in_folder(source) if source.is_dir() else [source]
        found = [
            path
            for path in found
            if not _is_in(resolved := path.resolve(), written) and resolved not in posted
        ]
        if not found:
            raise InputError("文件夹中没有文件", hint="请确认选对了文件夹。", file=source)
        for path in found:
            files.setdefault(path.resolve(), path)
    return list(files.values())


def _letters_in(folder: Path) -> set[Path]:
    """The letters that this program wrote into a folder, resolved."""
    if not folder.is_dir():
        return set()
    return {path.resolve() for path in folder.iterdir() if is_letter(path)}


def without(files: Sequence[Path], others: Iterable[Path | None]) -> list[Path]:
    """The files without those that are read in another way: the last round's book, a list.

    Raises ``InputError`` where nothing is left.
    """
    left_out = {path.resolve() for path in others if path is not None}
    left = [file for file in files if file.resolve() not in left_out]
    if files and not left:
        raise InputError("除了上一轮的汇总表和名单，没有别的文件", hint="请确认选对了文件夹。")
    return left


def _is_in(path: Path, output: Path | None) -> bool:
    """Whether a file is the output, or in one of the datasets of a folder of them."""
    if output is None or output not in (path, *path.parents):
        return False
    return path == output or path.relative_to(output).parts[0].endswith(".parquet")


def in_batches(files: Sequence[Path], workers: int) -> Iterator[list[str]]:
    """The absolute paths of the files in their order, a few at a time for so many workers.

    What is read and reviewed together is in memory together, so large files come in smaller
    batches; and a few files are shared out, so that no worker waits for another.
    """
    most = max(1, min(_BATCH, -(-len(files) // (_SHARES * workers))))
    batch: list[str] = []
    size = 0
    for file in files:
        own = _size(file)
        if batch and (len(batch) == most or size + own > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        # Absolute, so that a worker in another folder finds them.
        batch.append(str(file.absolute()))
        size += own
    if batch:
        yield batch


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0  # whoever reads it tells why


def _in_folder(folder: Path) -> list[Path]:
    found: list[Path] = []

    def refused(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise InputError(
                f"无法打开文件夹（{error.strerror}）", hint="请检查权限。", file=folder
            ) from error
        # Listed like a file that cannot be read: it costs a row and not the book.
        found.append(Path(error.filename))

    for parent, folders, names in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if not _is_left_behind(name)]
        found += [Path(parent, name) for name in names if not _is_left_behind(name)]
    return sorted(found, key=lambda path: [_by_number(part) for part in path.parts])


def _is_left_behind(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _LEFT_BEHIND | _OURS


def _by_number(name: str) -> tuple[list[tuple[int, str]], str]:
    parts = _DIGITS.split(name.casefold())
    # Odd places hold digits; the name itself decides between "01" and "1".
    return [(int(p), "") if n % 2 else (-1, p) for n, p in enumerate(parts)], name
