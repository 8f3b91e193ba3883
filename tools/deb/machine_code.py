"""What the programs and libraries of a folder ask of the system, by their headers.

Read with ``objdump`` (binutils), which does not run them.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# Part of glibc, or of the compiler's run-time libraries: dependencies of the package.
GLIBC_LIBRARIES = frozenset(
    f"lib{name}.so.{number}"
    for name, number in {"c": 6, "m": 6, "dl": 2, "pthread": 0, "rt": 1, "util": 1}.items()
)
LOADERS = ("ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1")
COMPILER_LIBRARIES = {"libstdc++.so.6": "GLIBCXX", "libgcc_s.so.1": "GCC"}


class CodeError(Exception):
    """A library that nobody brings: one line for the maintainer."""


@dataclass(frozen=True)
class Needs:
    """The highest versions that anything asks for, and ``by`` whom the one of glibc is asked."""

    glibc: tuple[int, ...]
    glibcxx: tuple[int, ...]
    by: Path


def needs_of(folder: Path) -> Needs:
    """The needs of everything in ``folder``. Raises ``CodeError`` for a library that is nowhere."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_elf(path)]
    inside = {path.name for path in found}
    glibc, glibcxx, by = (0,), (0,), folder
    for path in found:
        text = _headers(path)
        known = inside | GLIBC_LIBRARIES | COMPILER_LIBRARIES.keys() | set(LOADERS)
        for name in re.findall(r"NEEDED\s+(\S+)", text):
            if name not in known:
                raise CodeError(f"{path.relative_to(folder)} asks for {name}, which nobody brings")
        wanted = _highest(re.findall(r"\bGLIBC_([\d.]+)", text))
        if wanted > glibc:
            glibc, by = wanted, path.relative_to(folder)
        if path.name not in COMPILER_LIBRARIES:
            glibcxx = max(glibcxx, _highest(re.findall(r"\bGLIBCXX_([\d.]+)", text)))
    return Needs(glibc, glibcxx, by)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _headers(path: Path) -> str:
    # The section "Version References" names every version that is asked for.
    run = subprocess.run(["objdump", "-p", str(path)], capture_output=True, check=True)
    return run.stdout.decode("utf-8", errors="replace")


def _highest(versions: Iterable[str]) -> tuple[int, ...]:
    return max((tuple(map(int, version.split("."))) for version in versions), default=(0,))
