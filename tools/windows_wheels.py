"""The wheels that a Windows PC (64 bit) needs for each Python, resolved and downloaded here.

The lock file holds every platform's packages behind markers, and what only builds the package.
pip evaluates markers for the machine that it runs on, so they are evaluated here for the PC that is
meant (Windows, or for the Debian package a Linux with an old glibc); what the package does not need
in the end is found from the metadata of the downloaded wheels.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

EXTRAS = ("page",)
"""What an office PC gets besides the package itself."""


@dataclass(frozen=True)
class Target:
    """A kind of PC: the platforms of the wheels that run there, and the variables of markers."""

    platforms: tuple[str, ...]
    markers: Mapping[str, str]


WINDOWS = Target(
    ("win_amd64",),
    {
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_release": "10",
        "platform_system": "Windows",
        "platform_version": "10.0.19045",
        "sys_platform": "win32",
    },
)


class BundleError(Exception):
    """Something that the bundle needs is missing or does not fit: one line for the maintainer."""


@dataclass(frozen=True)
class Pin:
    """One line of the lock file: ``name==version ; marker`` and the hashes of its files."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def line(self) -> str:
        """The line without its marker, for pip."""
        name, version = self.requirement.name, self.requirement.specifier
        return " ".join((f"{name}{version}", *(f"--hash={value}" for value in self.hashes)))


@dataclass(frozen=True)
class Wheel:
    """A wheel file and what its metadata says."""

    path: Path
    name: str
    version: str
    requires: tuple[Requirement, ...]
    licence: str


def supported_pythons(pyproject: Path) -> list[str]:
    """The versions that the classifiers of the package name, such as ``3.11``."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    found = (
        re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", text)
        for text in project["classifiers"]
    )
    return [match[1] for match in found if match]


def read_lock(path: Path) -> list[Pin]:
    """The pins of a lock file in pip's format. Raises ``BundleError`` for a line without hashes."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    pins = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        if not hashes:
            raise BundleError(f"{path.name}: no hash for {requirement}")
        pins.append(Pin(Requirement(requirement), tuple(hashes)))
    return pins


def environments(python: str, target: Target = WINDOWS) -> tuple[dict[str, str], ...]:
    """The markers' variables on ``target`` for the first and the last release of ``python``."""
    fixed = {
        **target.markers,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "python_version": python,
    }
    return tuple(
        {**fixed, "implementation_version": full, "python_full_version": full}
        for full in (f"{python}.0", f"{python}.99")
    )


def pins_for(pins: Iterable[Pin], python: str, target: Target = WINDOWS) -> list[Pin]:
    """The pins whose markers hold on ``target`` with ``python``."""
    there = environments(python, target)
    return [pin for pin in pins if any(_holds(pin.requirement, one) for one in there)]


def download(
    pins: Iterable[Pin], python: str, folder: Path, target: Target = WINDOWS
) -> list[Path]:
    """Download the wheels of ``pins`` into ``folder``, checked against their hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        wanted = Path(temporary) / "requirements.txt"
        wanted.write_text("".join(f"{pin.line}\n" for pin in pins), encoding="utf-8")
        _pip(
            f"the packages for Python {python} could not be downloaded",
            "download",
            *("--no-deps", "--require-hashes", "--only-binary", ":all:"),
            *(word for name in target.platforms for word in ("--platform", name)),
            *("--python-version", python, "--implementation", "cp"),
            *("--dest", str(folder), "--requirement", str(wanted)),
        )
    return sorted(folder.glob("*.whl"))


def build_wheel(project: Path, folder: Path) -> Path:
    """Build the project's own wheel into ``folder``."""
    _pip(
        "the package's own wheel could not be built",
        "wheel",
        *("--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(project)),
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


def read_wheel(path: Path) -> Wheel:
    """What the metadata of a wheel says."""
    name, version, _, _ = parse_wheel_filename(path.name)
    with zipfile.ZipFile(path) as archive:
        inside = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        headers = BytesHeaderParser().parsebytes(archive.read(inside))
    classifiers = [
        text.rpartition(" :: ")[2]
        for text in headers.get_all("Classifier", [])
        if text.startswith("License :: ")
    ]
    # An old metadata may hold the whole text of the licence here.
    told = (headers["License"] or "").strip()
    licence = headers["License-Expression"] or (told if "\n" not in told else "")
    return Wheel(
        path=path,
        name=name,
        version=str(version),
        requires=tuple(Requirement(text) for text in headers.get_all("Requires-Dist", [])),
        licence=licence or ", ".join(classifiers) or "see the files",
    )


def needed(
    own: Wheel,
    wheels: Iterable[Wheel],
    python: str,
    target: Target = WINDOWS,
    extras: Iterable[str] = EXTRAS,
) -> list[Wheel]:
    """Those of ``wheels`` that ``own`` with ``extras`` needs on ``target``, through all the others.

    Raises ``BundleError`` where one is missing or has a version that does not fit.
    """
    by_name = {wheel.name: wheel for wheel in (*wheels, own)}
    reached: set[str] = set()
    for environment in environments(python, target):
        waiting = [(own.name, ""), *((own.name, extra) for extra in extras)]
        seen: set[tuple[str, str]] = set()
        while waiting:
            name, extra = waiting.pop()
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            for requirement in by_name[name].requires:
                if not _holds(requirement, environment, extra):
                    continue
                other = canonicalize_name(requirement.name)
                wheel = by_name.get(other)
                if wheel is None or not requirement.specifier.contains(
                    wheel.version, prereleases=True
                ):
                    there = f"it is {wheel.version}" if wheel else "it is not in the lock file"
                    raise BundleError(
                        f"Python {python}: {name} needs {requirement.name}"
                        f"{requirement.specifier}, and {there}"
                    )
                waiting += [(other, ""), *((other, wanted) for wanted in requirement.extras)]
        reached |= {name for name, _ in seen}
    return sorted((by_name[name] for name in reached - {own.name}), key=lambda wheel: wheel.name)


def _holds(requirement: Requirement, environment: dict[str, str], extra: str = "") -> bool:
    marker = requirement.marker
    return marker is None or marker.evaluate({**environment, "extra": extra})


def _pip(fault: str, command: str, *arguments: str) -> None:
    run = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", command),
            *("--quiet", *arguments),
        ],
        check=False,
    )
    if run.returncode:
        raise BundleError(f"{fault}: pip says why above")
