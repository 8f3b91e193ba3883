"""``make bundle``: the zip with which an office PC without internet gets the add-in.

    dist/perfgoals-xl-VERSION-offline.zip

holds install.cmd and uninstall.cmd, the add-in, the wheels for Windows x64 and every supported
Python, the template, the manual and the licences. ``PYTHON_EMBED=path/to/python-3.12.x-embed-
amd64.zip`` in the environment adds that Python, ready to run, for PCs that have none. The zip is
the same bytes each time for the same inputs.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from perfgoals_xl._version import __version__
from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.setup.addin_build import addin_versions
from perfgoals_xl.resources import TEMPLATE_NAME, addin_path, template_path
from perfgoals_xl.storage.files import replacing, whole_file
from tools.embedded_python import (
    check_embedded,
    embedded_version,
    unpack_embedded,
    unpack_wheel,
)
from tools.manual_html import MANUALS, as_html
from tools.windows_wheels import (
    BundleError,
    Wheel,
    build_wheel,
    download,
    needed,
    pins_for,
    read_lock,
    read_wheel,
    supported_pythons,
)

PROJECT = Path(__file__).resolve().parents[1]
ADDIN_IN_WHEEL = "perfgoals_xl/_data/addin/perfgoals.xlam"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_LICENCE_FILES = ("licen", "copying", "notice", "authors")


@dataclass(frozen=True)
class Packages:
    """The package's own wheel and, for each Python, the others that it needs there."""

    own: Wheel
    others: Mapping[str, list[Wheel]]

    def every(self) -> list[Wheel]:
        """All of them once, by file name."""
        found = {self.own.path.name: self.own}
        for wheels in self.others.values():
            found |= {wheel.path.name: wheel for wheel in wheels}
        return [found[name] for name in sorted(found)]


def collect(pythons: Iterable[str], folder: Path) -> Packages:
    """Build and download all wheels into folders below ``folder``."""
    own = read_wheel(build_wheel(PROJECT, folder / "own"))
    _check_addin(own)
    pins = read_lock(PROJECT / "requirements.lock")
    others = {}
    for python in pythons:
        paths = download(pins_for(pins, python), python, folder / python)
        others[python] = needed(own, map(read_wheel, paths), python)
    return Packages(own, others)


def stage(packages: Packages, folder: Path, embedded: Path | None = None) -> None:
    """Lay out in ``folder`` what the zip will hold."""
    pythons = list(packages.others)
    version = embedded_version(embedded, pythons) if embedded else None
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    for wheel in packages.every():
        shutil.copyfile(wheel.path, wheels / wheel.path.name)
        copy_licences(wheel, folder / "licences" / f"{wheel.name}-{wheel.version}")
    (folder / "licences" / "README.txt").write_bytes(_notepad(_licence_list(packages.every())))
    if embedded and version:
        root = folder / "python"
        unpack_embedded(embedded, version, root)
        inside = [packages.own, *packages.others[version]]
        for wheel in inside:
            unpack_wheel(wheel.path, root)
        check_embedded(root, version, inside)
        licence = folder / "licences" / f"python-{version}"
        licence.mkdir()
        if (root / "LICENSE.txt").is_file():
            shutil.copyfile(root / "LICENSE.txt", licence / "LICENSE.txt")
    shutil.copyfile(addin_path(), folder / "perfgoals.xlam")
    shutil.copyfile(template_path(), folder / TEMPLATE_NAME)
    manuals = [name for name in MANUALS if (PROJECT / "docs" / name).is_file()]
    for name in manuals:
        html = as_html(PROJECT / "docs" / name, manuals)
        (folder / name).with_suffix(".html").write_bytes(html)
    _stage_installer(folder, pythons, version, manuals)


def write_zip(folder: Path, output: Path) -> None:
    """Zip ``folder`` under the name of ``output``, whole or not at all."""
    output.parent.mkdir(parents=True, exist_ok=True)
    top = output.name.removesuffix(".zip").removesuffix("-offline")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with (
        replacing(),
        whole_file(output, seal=False) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for path in files:
            name = f"{top}/{path.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.external_attr = 0o644 << 16
            # A wheel is a zip already.
            entry.compress_type = (
                zipfile.ZIP_STORED if path.suffix == ".whl" else zipfile.ZIP_DEFLATED
            )
            archive.writestr(entry, path.read_bytes())


def main() -> None:
    """Make the bundle; a missing part is told in one line and leaves no zip."""
    output = PROJECT / "dist" / f"perfgoals-xl-{__version__}-offline.zip"
    pythons = supported_pythons(PROJECT / "pyproject.toml")
    named = os.environ.get("PYTHON_EMBED")
    try:
        embedded = Path(named) if named else None
        if embedded:
            # Before the downloads, which take their time.
            embedded_version(embedded, pythons)
        with tempfile.TemporaryDirectory() as temporary:
            packages = collect(pythons, Path(temporary) / "packages")
            staged = Path(temporary) / "bundle"
            stage(packages, staged, embedded)
            write_zip(staged, output)
            lines = [f"{output.relative_to(PROJECT)}  {_megabytes([output])}"]
            for python, wheels in packages.others.items():
                paths = [wheel.path for wheel in (packages.own, *wheels)]
                lines.append(f"  Python {python}: {len(paths)} wheels, {_megabytes(paths)}")
    except (BundleError, InputError, FileNotFoundError) as error:
        sys.exit(f"no bundle: {error}")
    print("\n".join(lines))


def _megabytes(paths: Iterable[Path]) -> str:
    return f"{sum(path.stat().st_size for path in paths) / 1e6:.1f} MB"


def _check_addin(own: Wheel) -> None:
    with zipfile.ZipFile(own.path) as archive:
        if ADDIN_IN_WHEEL not in archive.namelist():
            raise BundleError(f"the wheel lacks {ADDIN_IN_WHEEL}: run make addin")
    package, xlwings = addin_versions(addin_path())
    if package != __version__:
        raise BundleError(f"the add-in is {package}, the package {__version__}: run make addin")
    pinned = {
        str(pin.requirement.specifier)
        for pin in read_lock(PROJECT / "requirements.lock")
        if pin.requirement.name == "xlwings"
    }
    if pinned != {f"=={xlwings}"}:
        raise BundleError(f"the add-in is for xlwings {xlwings}, the lock file has {pinned}")


def _stage_installer(
    folder: Path, pythons: list[str], embedded: str | None, manuals: list[str]
) -> None:
    source = PROJECT / "addin" / "install"
    for path in sorted(source.glob("*.cmd")):
        # CRLF whatever the checkout has: with LF alone cmd.exe can miss a label.
        text = path.read_text(encoding="ascii")
        (folder / path.name).write_bytes(text.replace("\n", "\r\n").encode("ascii"))
    (folder / "messages").mkdir()
    for path in sorted((source / "messages").glob("*.txt")):
        # UTF-16 with its mark is what TYPE shows right in a console of any code page.
        text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
        (folder / "messages" / path.name).write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    listed = "、".join(pythons)
    readme = (source / "readme.txt").read_text(encoding="utf-8")
    text = readme.format(
        version=__version__,
        versions=listed,
        template=TEMPLATE_NAME,
        python=(
            f"自带 Python {embedded}，电脑上不用另装。"
            if embedded
            else f"电脑上要有 Python {listed} 中的一种（64 位，不能是微软应用商店的）。"
        ),
        embedded="  python                       自带的 Python，已装好程序包\n" if embedded else "",
        manual="".join(f"  {Path(name).stem}.html\n" for name in manuals),
    )
    (folder / "先读我.txt").write_bytes(_notepad(text))


def _notepad(text: str) -> bytes:
    """As every Notepad reads it: UTF-8 with its mark, CRLF."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def copy_licences(wheel: Wheel, folder: Path) -> None:
    """Copy the files about licences that ``wheel`` holds into ``folder``."""
    with zipfile.ZipFile(wheel.path) as archive:
        for name in sorted(archive.namelist()):
            top, _, rest = name.partition("/")
            file = rest.rpartition("/")[2]
            is_licence = rest.startswith("licenses/") or file.casefold().startswith(_LICENCE_FILES)
            if not top.endswith(".dist-info") or not file or not is_licence:
                continue
            target = folder / rest.removeprefix("licenses/").replace("/", "_")
            folder.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))


def _licence_list(wheels: Iterable[Wheel]) -> str:
    lines = dict.fromkeys(f"{wheel.name} {wheel.version}: {wheel.licence}" for wheel in wheels)
    return "\n".join(["本安装包所含软件及其许可", "", *lines, ""])


if __name__ == "__main__":
    main()
