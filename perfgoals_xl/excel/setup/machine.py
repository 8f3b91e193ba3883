"""What the add-in needs to know of the PC: its folders, its registry, what runs on it.

Everything is read through a :class:`Machine`, so that the tests can hand over folders and a
registry of their own.
"""

from __future__ import annotations

import functools
import importlib
import os
import platform
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from perfgoals_xl.excel.setup.shell_link import ShellLink, made_link

WINDOWS, MACOS = "win32", "darwin"


class Registry(Protocol):
    """The Windows registry, read only. Keys are written as ``HKCU\\Software\\...``."""

    def values(self, key: str) -> Mapping[str, object]:
        """The values of ``key`` by name, the default value as ``""``; empty without the key."""

    def subkeys(self, key: str) -> Sequence[str]:
        """The names of the keys below ``key``; empty without the key."""


def _no_answer(command: Sequence[str]) -> str | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Machine:
    """One PC as seen from one Python on it.

    ``platform`` is ``sys.platform``; ``prefix`` and ``base_prefix`` are those of ``sys``;
    ``ansi_encoding`` is the one that VBA reads and writes text files in; ``processes`` gives the
    names of the running programs in lower case, or None where they cannot be listed; ``com_fault``
    tries the COM bridge and gives None or what failed; ``xlwings_files`` are the DLLs and scripts
    of the installed xlwings. ``which`` finds a program by its name, ``ask`` runs one and gives what
    it prints (None where it is missing or fails), ``shell_link`` makes the bytes of a Windows link.
    """

    platform: str
    environ: Mapping[str, str]
    home: Path
    executable: Path
    prefix: Path
    base_prefix: Path
    python_version: str
    bits: int
    ansi_encoding: str
    registry: Registry
    processes: Callable[[], frozenset[str] | None]
    com_fault: Callable[[], str | None]
    xlwings_version: str
    xlwings_files: tuple[Path, ...]
    which: Callable[[str], str | None] = shutil.which
    ask: Callable[[Sequence[str]], str | None] = _no_answer
    shell_link: Callable[[ShellLink], bytes] = made_link

    @classmethod
    def here(cls) -> Machine:
        """This PC and the running Python."""
        version, files = _installed_xlwings()
        return cls(
            platform=sys.platform,
            environ=os.environ,
            home=Path.home(),
            executable=Path(sys.executable),
            prefix=Path(sys.prefix),
            base_prefix=Path(sys.base_prefix),
            python_version=platform.python_version(),
            bits=struct.calcsize("P") * 8,
            # VBA on a Mac reads text files in the Mac code page; mac_roman decodes any byte.
            ansi_encoding={WINDOWS: "mbcs", MACOS: "mac_roman"}.get(sys.platform, "utf-8"),
            registry=_SystemRegistry(),
            # Asked by several checks, and slow to answer on Windows.
            processes=functools.cache(_running_processes),
            com_fault=_com_fault,
            xlwings_version=version,
            xlwings_files=files,
            ask=_answer,
        )

    @property
    def is_windows(self) -> bool:
        """Whether this is Windows."""
        return self.platform == WINDOWS

    @property
    def is_macos(self) -> bool:
        """Whether this is macOS."""
        return self.platform == MACOS

    @property
    def is_store_python(self) -> bool:
        """Whether Python came from the Microsoft Store, which hides what it writes to AppData."""
        return self.is_windows and "windowsapps" in str(self.base_prefix).casefold()

    def excel_is_running(self) -> bool:
        """Whether Excel runs; False also where the programs cannot be listed."""
        name = "excel.exe" if self.is_windows else "microsoft excel"
        return name in (self.processes() or ())


_HIVES = {
    "HKCU": "HKEY_CURRENT_USER",
    "HKLM": "HKEY_LOCAL_MACHINE",
    "HKCR": "HKEY_CLASSES_ROOT",
}


class _SystemRegistry:
    """The registry of this PC; empty where there is none."""

    def values(self, key: str) -> Mapping[str, object]:
        found: dict[str, object] = {}
        # What is not there or not readable is so for Excel as well.
        with suppress(OSError), _opened(key) as (winreg, handle):
            for index in range(winreg.QueryInfoKey(handle)[1]):
                name, value, _ = winreg.EnumValue(handle, index)
                found[name] = value
        return found

    def subkeys(self, key: str) -> Sequence[str]:
        found: list[str] = []
        with suppress(OSError), _opened(key) as (winreg, handle):
            for index in range(winreg.QueryInfoKey(handle)[0]):
                found.append(winreg.EnumKey(handle, index))
        return found


@contextmanager
def _opened(key: str) -> Iterator[tuple[Any, Any]]:
    if sys.platform != WINDOWS:
        raise FileNotFoundError(key)
    winreg: Any = importlib.import_module("winreg")
    hive, _, path = key.partition("\\")
    with winreg.OpenKey(getattr(winreg, _HIVES[hive]), path) as handle:
        yield winreg, handle


def _running_processes() -> frozenset[str] | None:
    if sys.platform == WINDOWS:
        # By its full path: a program of that name in the current folder must not run instead.
        system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
        command = [str(system / "tasklist.exe"), "/fo", "csv", "/nh"]
    else:
        command = ["/bin/ps", "-A", "-o", "comm="]
    try:
        run = subprocess.run(
            command,
            capture_output=True,
            timeout=20,
            check=True,
            # No black window in front of Excel (0 where there is no such flag).
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = run.stdout.decode("utf-8", errors="replace").casefold().splitlines()
    if sys.platform == WINDOWS:
        return frozenset(line.split('"')[1] for line in lines if line.startswith('"'))
    return frozenset(line.strip().rpartition("/")[2] for line in lines)


def _answer(command: Sequence[str]) -> str | None:
    try:
        run = subprocess.run(
            list(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=20,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return run.stdout.decode("utf-8", errors="replace")


def _com_fault() -> str | None:
    if sys.platform != WINDOWS:
        return None
    try:
        for name in ("pywintypes", "pythoncom", "win32com.client"):
            importlib.import_module(name)
    except Exception as error:
        # A DLL that does not load shows as any kind of error; it is what we are here to tell.
        return f"{type(error).__name__}: {error}"
    return None


def _installed_xlwings() -> tuple[str, tuple[Path, ...]]:
    from importlib import metadata

    try:
        found = metadata.distribution("xlwings")
    except metadata.PackageNotFoundError:
        return "", ()
    files = (
        Path(str(file.locate())).resolve()
        for file in found.files or ()
        if file.suffix in (".dll", ".applescript")
    )
    return found.version, tuple(file for file in files if file.is_file())
