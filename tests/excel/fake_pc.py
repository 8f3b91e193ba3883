"""A PC of its own for the tests of the add-in: folders, a registry and programs that run."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfgoals_xl._version import __version__
from perfgoals_xl.excel.setup.machine import MACOS, WINDOWS, Machine
from perfgoals_xl.excel.setup.places import Places, places
from perfgoals_xl.excel.setup.shell_link import ShellLink

if TYPE_CHECKING:
    import pytest

XLWINGS = "0.37.8"
SECURITY = "HKCU\\Software\\Microsoft\\Office\\16.0\\Excel\\Security"
LOCATIONS = f"{SECURITY}\\Trusted Locations"
POLICY = "HKCU\\Software\\Policies\\Microsoft\\Office\\16.0\\Excel\\Security"
COM = "HKCR\\Excel.Application"
SERVER = "HKCR\\CLSID\\{1}\\LocalServer32"
APP_PATHS = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths"
EXCEL_16: dict[str, dict[str, object]] = {
    "HKCU\\Software\\Microsoft\\Office\\16.0\\Excel\\Options": {"Font": "等线,11"},
    f"{COM}\\CLSID": {"": "{1}"},
    f"{COM}\\CurVer": {"": "Excel.Application.16"},
    SERVER: {"": '"C:\\Program Files\\Microsoft Office\\Root\\Office16\\EXCEL.EXE" /automation'},
    "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration": {"Platform": "x64"},
    f"{APP_PATHS}\\excel.exe": {"": "C:\\Program Files\\Microsoft Office\\EXCEL.EXE"},
}
WITHOUT_EXCEL: dict[str, dict[str, object]] = {
    f"{APP_PATHS}\\et.exe": {"": "C:\\Program Files\\WPS Office\\et.exe"},
}


class FakeRegistry:
    """A registry made of a dictionary: key -> values by name."""

    def __init__(self, keys: Mapping[str, Mapping[str, object]]) -> None:
        self.keys = {key: dict(values) for key, values in keys.items()}

    def values(self, key: str) -> Mapping[str, object]:
        return self.keys.get(key, {})

    def subkeys(self, key: str) -> Sequence[str]:
        below = (name.removeprefix(f"{key}\\") for name in self.keys if name.startswith(f"{key}\\"))
        return list(dict.fromkeys(name.split("\\")[0] for name in below))


@dataclass
class Pc:
    """A fake PC; ``changed`` gives one with other properties of its machine."""

    machine: Machine
    running: set[str] = field(default_factory=set)

    @property
    def where(self) -> Places:
        return places(self.machine)

    @property
    def registry(self) -> dict[str, dict[str, object]]:
        assert isinstance(self.machine.registry, FakeRegistry)
        return self.machine.registry.keys

    def changed(self, **fields: Any) -> Pc:
        return Pc(replace(self.machine, **fields), self.running)

    def settings(self) -> list[str]:
        return self.where.settings.read_bytes().decode(self.machine.ansi_encoding).splitlines()

    def files(self) -> dict[str, bytes]:
        """Every file and folder of the PC."""
        root = self.machine.home.parent
        return {
            str(path.relative_to(root)): path.read_bytes() if path.is_file() else b"<folder>"
            for path in sorted(root.rglob("*"))
        }


def fake_link(link: ShellLink) -> bytes:
    """What stands for a ``.lnk``: its parts as text, in UTF-16 as the shell writes them."""
    return "\n".join(map(str, astuple(link))).encode("utf-16-le")


def windows_pc(folder: Path, *, user: str = "张三", layout: str = "venv", excel: bool = True) -> Pc:
    """Windows with Excel 16 (64 bit) and a Python: ``venv``, or ``embedded`` beside its DLLs.

    Without ``excel`` it has WPS alone.
    """
    home = folder / user
    python = home / "AppData" / "Local" / "perfgoals" / "python"
    programs = python / "Scripts" if layout == "venv" else python
    programs.mkdir(parents=True)
    for name in ("python.exe", "pythonw.exe"):
        (programs / name).touch()
    for bits in (32, 64):
        (python / f"xlwings{bits}-{XLWINGS}.dll").write_bytes(b"MZ%d" % bits)
    (home / "AppData" / "Roaming").mkdir(parents=True)
    (home / "Desktop").mkdir()
    running: set[str] = set()
    machine = Machine(
        platform=WINDOWS,
        environ={"USERPROFILE": str(home), "APPDATA": str(home / "AppData" / "Roaming")},
        home=home,
        executable=programs / "python.exe",
        prefix=python,
        base_prefix=folder / "Python312",
        python_version="3.12.9",
        bits=64,
        ansi_encoding="gbk",
        registry=FakeRegistry(EXCEL_16 if excel else WITHOUT_EXCEL),
        processes=lambda: frozenset(running),
        com_fault=lambda: None,
        xlwings_version=XLWINGS,
        xlwings_files=(),
        which=lambda name: None,
        ask=lambda command: None,
        shell_link=fake_link,
    )
    return Pc(machine, running)


def mac(folder: Path) -> Pc:
    """A Mac with Excel and a Python in a virtual environment."""
    home = folder / "someone"
    programs = home / "venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").touch()
    script = home / "venv" / "lib" / f"xlwings-{XLWINGS}.applescript"
    script.parent.mkdir()
    script.write_text("on VbaHandler(parameters)\n", encoding="utf-8")
    (home / "Library" / "Containers" / "com.microsoft.Excel" / "Data").mkdir(parents=True)
    (home / "Desktop").mkdir()
    (home / "Applications" / "Microsoft Excel.app").mkdir(parents=True)
    running: set[str] = set()
    machine = Machine(
        platform=MACOS,
        environ={},
        home=home,
        executable=programs / "python",
        prefix=home / "venv",
        base_prefix=folder / "python",
        python_version="3.12.9",
        bits=64,
        ansi_encoding="mac_roman",
        registry=FakeRegistry({}),
        processes=lambda: frozenset(running),
        com_fault=lambda: None,
        xlwings_version=XLWINGS,
        xlwings_files=(script,),
        which=lambda name: None,
        ask=lambda command: None,
    )
    return Pc(machine, running)


def linux(folder: Path, *programs: str, desktop: str = "桌面") -> Pc:
    """A Linux desktop with a virtual environment and ``programs``."""
    home = folder / "someone"
    python = home / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    if desktop:
        (home / desktop).mkdir()
        (home / ".config").mkdir()
        text = f'# a comment\nXDG_DESKTOP_DIR="$HOME/{desktop}"\nXDG_MUSIC_DIR="$HOME/"\n'
        (home / ".config" / "user-dirs.dirs").write_text(text, encoding="utf-8")
    machine = Machine(
        platform="linux",
        environ={},
        home=home,
        executable=python,
        prefix=home / "venv",
        base_prefix=folder / "python",
        python_version="3.11.2",
        bits=64,
        ansi_encoding="utf-8",
        registry=FakeRegistry({}),
        processes=lambda: frozenset(),
        com_fault=lambda: None,
        xlwings_version=XLWINGS,
        xlwings_files=(),
        which=lambda name: f"/usr/bin/{name}" if name in programs else None,
        ask=lambda command: None,
    )
    return Pc(machine)


def fake_addin(path: Path, package: str = __version__, xlwings: str = XLWINGS) -> Path:
    """A file that tells the versions as a built add-in does, and holds nothing else."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/"
    values = {"PG_ADDIN_VERSION": package, "PG_XLWINGS_VERSION": xlwings}
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f'<vt:lpwstr xmlns:vt="{kind}docPropsVTypes">{value}</vt:lpwstr></property>'
        for pid, (name, value) in enumerate(values.items(), start=2)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "docProps/custom.xml",
            f'<Properties xmlns="{kind}custom-properties">{properties}</Properties>',
        )
    return path


def ships(monkeypatch: pytest.MonkeyPatch, addin: Path) -> None:
    """Lets the installation carry ``addin`` as its ready-made one."""

    def addin_path() -> Path:
        if not addin.is_file():
            raise FileNotFoundError(addin)
        return addin

    monkeypatch.setattr("perfgoals_xl.resources.addin_path", addin_path)
