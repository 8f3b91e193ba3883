"""Several outputs in one folder, put in place together or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from perfgoals_xl import interrupts
from perfgoals_xl.errors import InputError
from perfgoals_xl.storage import origin, temporary
from perfgoals_xl.storage.files import put_in_place, refuse_work, telling_disk_faults


@contextmanager
def whole_folder(folder: Path, names: Sequence[str], *, seal: bool = True) -> Iterator[Path]:
    """A temporary folder whose files or folders ``names`` stand in ``folder`` when the block ends.

    A folder that is missing is made with all above it. After an error everything is as it was.
    Raises ``InputError`` for a folder that cannot be written, and where one of the names holds what
    this program did not write or what was changed since (see ``files.refuse_work``). Packages are
    marked by a part of their own, if ``seal`` (see ``files.whole_file``).
    """
    with telling_disk_faults(folder):
        if folder.exists() and not folder.is_dir():
            raise InputError("输出位置已有同名文件", hint="请另选一个文件夹。", file=folder)
        folder_there = folder.is_dir()
        target = folder.resolve()
    for name in names:
        refuse_work(folder / name)
    # Missing folders are made inside the temporary one, and come into being with one rename.
    missing = [target]
    while not missing[-1].parent.is_dir() and missing[-1].parent != missing[-1]:
        missing.append(missing[-1].parent)
    beside = target if folder_there else missing[-1].parent
    with telling_disk_faults(folder):
        temporary.sweep(beside)
        unfinished = temporary.beside(beside)
        try:
            unfinished.mkdir()
            made = unfinished / target.relative_to(missing[-1]) if not folder_there else unfinished
            made.mkdir(parents=True, exist_ok=True)
            yield made
            for name in names:
                origin.mark(made / name, seal=seal)
            if folder_there:
                _put_all(made, folder, names)
            else:
                put_in_place(unfinished, missing[-1], folder)
        finally:
            temporary.forget(unfinished)


def _put_all(made: Path, folder: Path, names: Sequence[str]) -> None:
    """Renames all names into the folder; where one does not go, the others go back."""
    old = made / ".old"
    old.mkdir()
    done: list[str] = []
    # Quick, and never cut off between the first and the last.
    with interrupts.held():
        try:
            for name in names:
                done.append(name)
                if (folder / name).exists():
                    put_in_place(folder / name, old / name, folder / name)
                put_in_place(made / name, folder / name, folder / name)
        except BaseException:
            for name in done:
                if not (made / name).exists():
                    (folder / name).replace(made / name)
                if (old / name).exists():
                    (old / name).replace(folder / name)
            raise
