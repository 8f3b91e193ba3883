"""The command ``perfgoals`` run inside the tests, and what it leaves behind."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING, NamedTuple

from perfgoals_xl import cli
from perfgoals_xl.bureau import consolidation
from perfgoals_xl.bureau.engines import ThisProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from perfgoals_xl.bureau.engines import Engine

# Every command that reads a source; texts that begin with 出 are files it writes.
READING = {
    "import": ("import", "-o", "出.xlsx"),
    "validate": ("validate",),
    "validate json": ("validate", "--format", "json"),
    "validate csv": ("validate", "--format", "csv"),
    "validate -o": ("validate", "-o", "出.xlsx"),
    "consolidate": ("consolidate", "-o", "出.xlsx"),
    "export": ("export",),
    "export csv": ("export", "--format", "csv"),
    "export -o": ("export", "-o", "出.json"),
    "export parquet": ("export", "--format", "parquet", "-o", "出.parquet"),
}
WRITING = {name: call for name, call in READING.items() if "-o" in call}


class Run(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def runner(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path
) -> Callable[..., Run]:
    """Runs the command in this process, in ``folder`` and with a home beside it.

    A folder of departments is read here as well, unless the call asks for several processes.
    """
    own_home(monkeypatch, folder)
    read_here(monkeypatch)
    monkeypatch.chdir(folder)

    def run(*arguments: object) -> Run:
        monkeypatch.setattr(sys, "argv", ["perfgoals", *map(str, arguments)])
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        return Run(code, *capsys.readouterr())

    return run


def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders are read in this process unless a call asks for several processes or for Dask.

    Outside the tests none is, because a file might end its process; a new one takes seconds to
    start.
    """
    whole = consolidation.engine_of

    def chosen(
        name: str, jobs: int | None, scheduler: str | None, files: int, scratch: Path | None = None
    ) -> Engine:
        if name == "processes" and scheduler is None and jobs in (None, 1):
            return ThisProcess()
        return whole(name, jobs, scheduler, files, scratch)

    monkeypatch.setattr(consolidation, "engine_of", chosen)


def own_home(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Logs and settings of the person who runs the tests stay out of them."""
    home = folder.parent / f"{folder.name}-home"
    home.mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))


def digest(path: Path) -> str:
    """A hash of the file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def listing(folder: Path) -> list[str]:
    """Everything in the folder and below it."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
