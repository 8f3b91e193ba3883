"""``make deb``: a Debian package that brings its own Python and asks nothing of the network.

    dist/perfgoals-xl_VERSION_ARCHITECTURE.deb

Everything stands in /usr/lib/perfgoals-xl (see tools/deb/python.sh for the Python), the command is
/usr/bin/perfgoals, and the entries of menus are those that ``perfgoals desktop install`` writes
for one person. There are no maintainer scripts: the lists of entries, icons and types are made
anew by the triggers of the packages that own them. The same bytes each time for the same inputs
(``SOURCE_DATE_EPOCH``, by default the time of the last commit). ``DEB_PYTHON=FOLDER`` names a
Python that tools/deb/python.sh has made already.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from perfgoals_xl._version import __version__
from tools.bundle import copy_licences
from tools.deb.machine_code import CodeError, needs_of
from tools.deb.texts import changelog, control, copyright_text, desktop_files, man_page
from tools.embedded_python import unpack_wheel
from tools.windows_wheels import (
    BundleError,
    Target,
    Wheel,
    build_wheel,
    download,
    needed,
    pins_for,
    read_lock,
    read_wheel,
)

PROJECT = Path(__file__).resolve().parents[2]
NAME = "perfgoals-xl"
PYTHON = "3.11"
PREFIX = PurePosixPath("usr/lib/perfgoals-xl/python")
SITE = PurePosixPath(f"lib/python{PYTHON}/site-packages")
DOC = PurePosixPath(f"usr/share/doc/{NAME}")
GLIBC = (2, 28)
"""What the oldest desktop that is served has: UOS 20 and Debian 10."""
_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
_OLDER = (
    *(f"manylinux_2_{minor}" for minor in range(GLIBC[1], 4, -1)),
    *("manylinux2014", "manylinux2010", "manylinux1"),
)
# Only tests of the library itself import these.
_LEFT_OUT = ("pandas/tests",)


def linux(architecture: str) -> Target:
    """The desktops that are served: wheels that run on ``GLIBC`` and every newer one."""
    machine = _MACHINES[architecture]
    return Target(
        tuple(f"{name}_{machine}" for name in _OLDER),
        {
            "os_name": "posix",
            "platform_machine": machine,
            "platform_release": "4.19.0",
            "platform_system": "Linux",
            "platform_version": "#1 SMP",
            "sys_platform": "linux",
        },
    )


def collect(architecture: str, folder: Path) -> list[Wheel]:
    """Our own wheel and, behind it, all that it needs, checked against the lock file's hashes."""
    target = linux(architecture)
    own = read_wheel(build_wheel(PROJECT, folder / "own"))
    pins = pins_for(read_lock(PROJECT / "requirements.lock"), PYTHON, target)
    paths = download(pins, PYTHON, folder / "others", target)
    return [own, *needed(own, map(read_wheel, paths), PYTHON, target)]


def stage(wheels: Iterable[Wheel], python: Path, root: Path, *, architecture: str) -> None:
    """Lay out in ``root`` what the package will hold, with its control files.

    ``python`` is what tools/deb/python.sh has made. Raises ``BundleError`` where a program in it
    asks for more than ``GLIBC``, or for a library that neither the package nor its dependencies
    have.
    """
    wheels = list(wheels)
    made = python / PREFIX
    if not (made / f"bin/python{PYTHON}").is_file():
        raise BundleError(f"no Python in {python}: run tools/deb/python.sh {python}")
    shutil.copytree(made, root / PREFIX, symlinks=True)
    for wheel in wheels:
        unpack_wheel(wheel.path, root / PREFIX, SITE)
        copy_licences(wheel, root / DOC / "licences" / wheel.name)
    for name in _LEFT_OUT:
        shutil.rmtree(root / PREFIX / SITE / name, ignore_errors=True)
    for path in sorted((python / "licences").iterdir()):
        shutil.copyfile(path, _new(root / DOC / "licences" / path.name / "copyright"))
    sources = (python / "sources.txt").read_text(encoding="utf-8").split("\n")
    try:
        needs = needs_of(root / PREFIX)
    except CodeError as error:
        raise BundleError(str(error)) from error
    if needs.glibc > GLIBC:
        raise BundleError(f"{needs.by} asks for glibc {needs.glibc[0]}.{needs.glibc[1]}")
    for path, text in desktop_files().items():
        _new(root / path).write_bytes(text)
    command = root / "usr/bin/perfgoals"
    _new(command).write_text(
        # Isolated: neither variables nor packages of a person's own Python reach this one.
        f'#!/bin/sh\nexec /{PREFIX}/bin/python{PYTHON} -I -m perfgoals_xl "$@"\n',
        encoding="ascii",
    )
    _zipped(root / DOC / "changelog.gz", changelog(NAME, __version__, _epoch()))
    _zipped(root / "usr/share/man/man1/perfgoals.1.gz", man_page(__version__, _epoch()))
    told = [(wheel.name, wheel.version, wheel.licence) for wheel in wheels[1:]]
    licence = (PROJECT / "LICENSE").read_text(encoding="utf-8")
    (root / DOC / "copyright").write_text(
        copyright_text(licence, told, [line for line in sources if line]), encoding="utf-8"
    )
    overrides = PROJECT / "tools/deb/lintian-overrides"
    shutil.copyfile(overrides, _new(root / "usr/share/lintian/overrides" / NAME))
    _compile(root / PREFIX)
    _set_modes(root)
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    _new(root / "DEBIAN/control").write_text(
        control(NAME, __version__, architecture, size, needs), encoding="utf-8"
    )
    sums = (f"{_md5(path)}  {path.relative_to(root)}\n" for path in files)
    (root / "DEBIAN/md5sums").write_text("".join(sums), encoding="utf-8")


def pack(root: Path, output: Path) -> None:
    """Make the package of ``root``, whole or not at all."""
    output.parent.mkdir(parents=True, exist_ok=True)
    unfinished = output.with_suffix(".unfinished")
    run = subprocess.run(
        # xz: the dpkg of older desktops knows no zstd.
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(unfinished)],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(_epoch())},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        unfinished.unlink(missing_ok=True)
        raise BundleError(f"dpkg-deb: {' '.join(run.stderr.split())}")
    unfinished.replace(output)


def main() -> None:
    """Make the package; a missing part is told in one line and leaves no file."""
    if not shutil.which("dpkg-deb"):
        sys.exit("no deb: dpkg-deb is missing; it is part of every Debian-based system")
    architecture = _output("dpkg", "--print-architecture")
    if architecture not in _MACHINES:
        sys.exit(f"no deb: there are no wheels for {architecture}, only for {', '.join(_MACHINES)}")
    python = Path(os.environ.get("DEB_PYTHON") or PROJECT / "build/deb-python")
    output = PROJECT / "dist" / f"{NAME}_{__version__}_{architecture}.deb"
    try:
        # Before the build and the downloads, which take their time.
        _refuse_other_python()
        if not (python / "sources.txt").is_file():
            made = subprocess.run([PROJECT / "tools/deb/python.sh", python], check=False)
            if made.returncode:
                raise BundleError("tools/deb/python.sh says why above")
        with tempfile.TemporaryDirectory() as temporary:
            root = Path(temporary) / "root"
            stage(
                collect(architecture, Path(temporary) / "wheels"),
                python,
                root,
                architecture=architecture,
            )
            pack(root, output)
    except BundleError as error:
        sys.exit(f"no deb: {error}")
    print(f"{output.relative_to(PROJECT)}  {output.stat().st_size / 1e6:.1f} MB")


def _epoch() -> int:
    named = os.environ.get("SOURCE_DATE_EPOCH")
    return int(named) if named else int(_output("git", "log", "-1", "--format=%ct"))


def _output(*command: str) -> str:
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def _refuse_other_python() -> None:
    if sys.version_info[:2] != tuple(map(int, PYTHON.split("."))):
        raise BundleError(
            f"the package is made by Python {PYTHON}, whose compiled files it holds: "
            f"make distclean, then make deb PYTHON=python{PYTHON}"
        )


def _compile(prefix: Path) -> None:
    """Compiled files, without which each start is slow: the folder belongs to root.

    Unchecked: what dpkg put there only dpkg changes, and no time stands in them.
    """
    _refuse_other_python()
    run = subprocess.run(
        [
            *(sys.executable, "-I", "-m", "compileall", "-q", "-j", "1"),
            *("--invalidation-mode", "unchecked-hash", "-s", str(prefix), "-p", f"/{PREFIX}"),
            # Templates of other versions of Python stand in some packages.
            *("-x", r"[\\/](tests|templates)[\\/]", str(prefix / "lib" / f"python{PYTHON}")),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise BundleError(f"not compiled: {' '.join(run.stdout.split())}")


def _set_modes(root: Path) -> None:
    for path in root.rglob("*"):
        if path.is_symlink():
            continue
        inside = path.relative_to(root).as_posix()
        runs = path.is_dir() or "/bin/" in f"/{inside}"
        path.chmod(0o755 if runs else 0o644)
    root.chmod(0o755)


def _zipped(path: Path, text: str) -> None:
    # Without a time or a name of its own.
    _new(path).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def _new(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


if __name__ == "__main__":
    main()
