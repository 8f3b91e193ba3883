"""Python's embeddable zip for Windows made ready to run perfgoals, without running it here.

The folder becomes what ``pip install`` would make of an ordinary Python: packages in
``Lib/site-packages``, the data files of the wheels (the DLLs of xlwings) beside ``python.exe``.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from tools.windows_wheels import BundleError, Wheel

SITE_PACKAGES = PurePosixPath("Lib/site-packages")
_AMD64 = 0x8664


def embedded_version(path: Path, supported: Iterable[str]) -> str:
    """The version, such as ``3.12``, of the embeddable zip at ``path``.

    Raises ``BundleError`` for anything that is not an embeddable Python for Windows x64 in a
    supported version.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            dll = next((n for n in names if re.fullmatch(r"python3\d\d\.dll", n)), None)
            expected = {"python.exe", "pythonw.exe", "vcruntime140.dll"}
            if dll is None or not expected <= names:
                raise BundleError(f"not an embeddable Python for Windows: {path}")
            if any("/" in name or "\\" in name for name in names):
                raise BundleError(f"an embeddable Python has no folders inside: {path}")
            base = dll.removesuffix(".dll")
            if not {f"{base}._pth", f"{base}.zip"} <= names:
                raise BundleError(f"no {base}._pth and {base}.zip in {path}")
            if not all(_is_amd64(archive.read(name)) for name in ("python.exe", dll)):
                raise BundleError(f"not for Windows x64 (take the one named amd64): {path}")
    except (OSError, zipfile.BadZipFile) as error:
        raise BundleError(f"PYTHON_EMBED cannot be read: {path} ({error})") from error
    version = f"3.{base.removeprefix('python3')}"
    if version not in supported:
        raise BundleError(f"Python {version} is not supported, only {', '.join(supported)}: {path}")
    return version


def unpack_embedded(path: Path, version: str, root: Path) -> None:
    """Unpack the embeddable zip into ``root`` and let it see ``Lib/site-packages``."""
    root.mkdir(parents=True)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(root)
    paths = root / f"python{version.replace('.', '')}._pth"
    kept = [
        line.strip()
        for line in paths.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.strip().startswith(("#", "import"))
    ]
    # "import site" runs the .pth files: pywin32's names its folders and makes its DLLs found.
    # The folder of the workbook and the variables of the PC stay outside, as in all such Pythons.
    lines = [*kept, str(SITE_PACKAGES).replace("/", "\\"), "import site"]
    paths.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\r\n")


def unpack_wheel(wheel: Path, root: Path, site: PurePosixPath = SITE_PACKAGES) -> None:
    """Put the files of a wheel where an installation into ``root`` has them.

    ``site`` is the folder of the packages in there. Programs of the wheel are left out: they would
    hold a path of this machine.
    """
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            target = _target(PurePosixPath(entry.filename), site)
            if entry.is_dir() or target is None:
                continue
            if target.is_absolute() or ".." in target.parts:
                raise BundleError(f"{wheel.name} holds a path outside of itself: {entry.filename}")
            file = root / target
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(archive.read(entry))


def check_embedded(root: Path, version: str, wheels: Iterable[Wheel]) -> None:
    """Raises ``BundleError`` where something is not where Excel or Python will look for it."""
    versions = {wheel.name: wheel.version for wheel in wheels}
    digits = version.replace(".", "")
    expected = [
        "pythonw.exe",
        # The VBA of xlwings looks beside the interpreter and one folder up.
        *(f"xlwings{bits}-{versions.get('xlwings')}.dll" for bits in (64, 32)),
        *(
            str(SITE_PACKAGES / name)
            for name in (
                "perfgoals_xl/__main__.py",
                "perfgoals_xl/_data/addin/perfgoals.xlam",
                # Named by pywin32.pth, which stands beside them: a search path for the modules,
                # and the module that makes the folder of the DLLs known.
                "pywin32.pth",
                "win32/lib/pywin32_bootstrap.py",
                "win32/lib/pywintypes.py",
                f"pywin32_system32/pywintypes{digits}.dll",
                f"pywin32_system32/pythoncom{digits}.dll",
            )
        ),
    ]
    for name in expected:
        if not (root / name).is_file():
            raise BundleError(f"the Python of the bundle lacks {name}")


def _target(name: PurePosixPath, site: PurePosixPath) -> PurePosixPath | None:
    if not name.parts[0].endswith(".data"):
        return site / name
    kind, rest = name.parts[1], PurePosixPath(*name.parts[2:])
    if kind in ("purelib", "platlib"):
        return site / rest
    return rest if kind == "data" else None


def _is_amd64(program: bytes) -> bool:
    if program[:2] != b"MZ" or len(program) < 0x40:
        return False
    (offset,) = struct.unpack_from("<I", program, 0x3C)
    return program[offset : offset + 6] == b"PE\0\0" + struct.pack("<H", _AMD64)
