"""Files and folders that are under way: named so that those of a killed process can be told.

A name holds the machine, the process and when that began. What belongs to a process that has ended
is swept when another one starts; what is of a running one, of another machine or of another person
is never touched.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from perfgoals_xl import interrupts

_NAME = re.compile(r"(?:\.~)?perfgoals-([0-9a-f]{8})-(\d+)-(\d+)-[0-9a-f]{8}(?:\.tmp)?")
_NOTE = ".beside"
_VARIABLES = ("TMPDIR", "TEMP", "TMP")
_STILL_ACTIVE, _QUERY, _ACCESS_DENIED = 259, 0x1000, 5

_live: set[Path] = set()
_own: list[Path] = []


def name() -> str:
    """A new name that says whose it is."""
    return f"perfgoals-{_machine()}-{os.getpid()}-{_started('self')}-{secrets.token_hex(4)}"


def beside(folder: Path) -> Path:
    """A path in ``folder`` for what takes another's place there when it is complete.

    :func:`forget` is to be called when it has gone.
    """
    path = folder / f".~{name()}.tmp"
    _live.add(path)
    if _own:
        # Whoever starts next finds it, whatever folder it works in.
        with suppress(OSError):
            (_own[-1] / f"{secrets.token_hex(4)}{_NOTE}").write_bytes(os.fsencode(path))
    return path


def is_named(path: str) -> bool:
    """Whether a path is, or is in, something temporary of ours."""
    return any(_NAME.fullmatch(part) for part in Path(path).parts)


def forget(path: Path) -> None:
    """Removes what is left of a path that :func:`beside` gave."""
    remove(path)
    _live.discard(path)


def remove(path: Path) -> None:
    """Removes a file or a folder; what does not go stays."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def own_folder() -> Path | None:
    """The folder of this process, while :func:`begin` has made one."""
    return _own[-1] if _own else None


def base() -> Path:
    """The folder of temporary files of this person or machine, which outlasts this process.

    Raises ``OSError`` where there is none.
    """
    return _own[-1].parent if _own else Path(tempfile.gettempdir())


def begin() -> None:
    """Sweeps the temporary files, and makes a folder in which all of this process will stand.

    Libraries and programs started from here write there too. Where no folder can be made, things
    stay as they are.
    """
    # Held, so that no signal comes between a folder that is made and one that is known.
    with interrupts.held(), suppress(OSError):
        place = Path(tempfile.gettempdir())
        sweep(place)
        folder = place / name()
        folder.mkdir(mode=0o700)
        _own.append(folder)
        tempfile.tempdir = str(folder)
        _before.append({variable: os.environ.get(variable) for variable in _VARIABLES})
        os.environ.update(dict.fromkeys(_VARIABLES, str(folder)))


def end() -> None:
    """Removes everything that is under way, and the folder of this process."""
    for path in list(_live):
        forget(path)
    if not _own:
        return
    tempfile.tempdir = None
    _set(_before.pop())
    remove(_own.pop())


_before: list[dict[str, str | None]] = []


@contextmanager
def as_before() -> Iterator[None]:
    """Inside the block, a program that is started has the temporary folder of its person.

    That of this process goes when this process ends, and a browser may well outlive it.
    """
    mine = {variable: os.environ.get(variable) for variable in _VARIABLES}
    _set(_before[-1] if _before else mine)
    try:
        yield
    finally:
        _set(mine)


def _set(variables: Mapping[str, str | None]) -> None:
    for variable, value in variables.items():
        if value is None:
            os.environ.pop(variable, None)
        else:
            os.environ[variable] = value


def sweep(folder: Path) -> None:
    """Removes what processes left in ``folder`` that have ended."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _NAME.fullmatch(entry.name)
            if found and _is_left(found) and _is_ours(entry):
                path = Path(entry.path)
                _sweep_beside(path, found.groups())
                remove(path)


def _sweep_beside(folder: Path, owner: tuple[str, ...]) -> None:
    """Removes what the same process left beside its outputs."""
    for note in folder.glob(f"*{_NOTE}"):
        with suppress(OSError, ValueError):
            path = Path(os.fsdecode(note.read_bytes()))
            found = _NAME.fullmatch(path.name)
            if found and found.groups() == owner:
                remove(path)


def _is_ours(entry: os.DirEntry[str]) -> bool:
    if not hasattr(os, "geteuid"):
        return True
    return entry.stat(follow_symlinks=False).st_uid == os.geteuid()


def _is_left(found: re.Match[str]) -> bool:
    machine, process, started = found.groups()
    if machine != _machine():
        return False
    if started != "0":
        return _started(process) != started
    return not _is_running(int(process))


@lru_cache(maxsize=1)
def _machine() -> str:
    """What tells this machine, and a container on it, from all others."""
    world = ""
    with suppress(OSError):
        world = str(Path("/proc/self/ns/pid").readlink())
    return hashlib.sha256(f"{platform.node()} {world}".encode()).hexdigest()[:8]


def _started(process: str) -> str:
    """When a process began, in ticks since the machine did; 0 where that is not known or gone."""
    try:
        # The name of the program, in brackets, may hold blanks and brackets itself.
        fields = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return "0"
    # A process that has ended and that nobody has asked after is over.
    return "0" if process != "self" and fields[0] in (b"Z", b"X") else fields[19].decode()


def _is_running(process: int) -> bool:
    if sys.platform == "win32":
        return _is_running_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _is_running_on_windows(process: int) -> bool:
    # os.kill(…, 0) would end it there.
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(_QUERY, False, process)
    if not handle:
        denied: bool = ctypes.get_last_error() == _ACCESS_DENIED  # type: ignore[attr-defined,unused-ignore]
        return denied
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == _STILL_ACTIVE
