"""The Debian package: what is laid out, what its control files say, and what is refused.

With a made-up Python and made-up wheels; ``tools/try_deb.sh`` installs a real one in a bare chroot.
"""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from perfgoals_xl._version import __version__
from perfgoals_xl.desktop.starters import SYSTEM_COMMAND, SYSTEM_PREFIX
from tests.test_bundle import fake_wheel
from tools.deb import package, texts
from tools.deb.machine_code import CodeError, Needs, needs_of
from tools.deb.package import GLIBC, PREFIX, SITE, linux, pack, stage
from tools.windows_wheels import BundleError, needed, pins_for, read_lock

pytestmark = pytest.mark.skipif(
    shutil.which("dpkg-deb") is None or shutil.which("objdump") is None,
    reason="needs dpkg-deb and objdump, which every Debian-based system has",
)
NEEDS = Needs((2, 28), (3, 4, 21), Path("bin/python3.11"))
MENUS = "usr/share/deepin/dde-file-manager/oem-menuextensions"


@pytest.fixture
def python(tmp_path, monkeypatch):
    """What tools/deb/python.sh makes, without a real interpreter in it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    monkeypatch.setattr(package, "PYTHON", f"{sys.version_info[0]}.{sys.version_info[1]}")
    monkeypatch.setattr(package, "SITE", SITE.parents[1] / f"python{package.PYTHON}/site-packages")
    monkeypatch.setattr(package, "needs_of", lambda folder: NEEDS)
    folder = tmp_path / "python"
    home = folder / PREFIX
    program = home / f"bin/python{package.PYTHON}"
    program.parent.mkdir(parents=True)
    program.write_bytes(b"\x7fELF")
    library = home / f"lib/python{package.PYTHON}"
    library.mkdir(parents=True)
    (library / "os.py").write_text("name = 'made up'\n", encoding="ascii")
    (folder / "licences").mkdir()
    (folder / "licences/zlib1g").write_text("licence of zlib", encoding="ascii")
    (folder / "sources.txt").write_text("python3.11 3.11.2-6\nzlib 1:1.2.11\n", encoding="ascii")
    return folder


@pytest.fixture
def staged(tmp_path, python):
    files = ("perfgoals_xl/__main__.py",)
    own = fake_wheel(tmp_path, "perfgoals-xl", __version__, files=files)
    other = fake_wheel(tmp_path, "pandas", "3.0", files=("pandas/tests/a.py", "pandas/b.py"))
    root = tmp_path / "root"
    stage([own, other], python, root, architecture="amd64")
    return root


def names(root):
    return {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}


def control_of(root):
    lines = (root / "DEBIAN/control").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if not line.startswith(" "))


def test_what_the_package_holds(staged):
    found = names(staged)
    assert f"/{PREFIX}" == SYSTEM_PREFIX
    site = f"{PREFIX}/{package.SITE}"
    assert f"{site}/perfgoals_xl/__main__.py" in found
    assert f"{site}/pandas/b.py" in found
    assert not any("pandas/tests" in name for name in found)
    command = found[SYSTEM_COMMAND.removeprefix("/")].read_text(encoding="ascii")
    assert command.endswith(f'python{package.PYTHON} -I -m perfgoals_xl "$@"\n')
    assert "usr/share/icons/hicolor/scalable/apps/perfgoals.svg" in found
    assert "usr/share/icons/hicolor/128x128/apps/perfgoals.png" in found
    assert "usr/share/mime/packages/perfgoals-xl.xml" in found
    assert f"{MENUS}/perfgoals-quiet.desktop" in found
    # No maintainer scripts: the triggers of others make the lists anew.
    assert {name for name in found if name.startswith("DEBIAN/")} == {
        "DEBIAN/control",
        "DEBIAN/md5sums",
    }


def test_the_entries_come_last_and_start_the_command(staged):
    folder = staged / "usr/share/applications"
    entries = sorted(path.name for path in folder.iterdir())
    assert entries == ["zz-perfgoals.desktop", "zz-perfgoals_quiet.desktop"]
    for name in entries:
        text = (folder / name).read_text(encoding="utf-8")
        assert f"Exec={SYSTEM_COMMAND} page" in text
    validate = shutil.which("desktop-file-validate")
    if validate:
        paths = [str(folder / name) for name in entries]
        assert subprocess.run([validate, *paths], capture_output=True, text=True).stdout == ""


def test_modes_and_owners(staged):
    runs = {name for name, path in names(staged).items() if path.stat().st_mode & 0o111}
    assert runs == {"usr/bin/perfgoals", f"{PREFIX}/bin/python{package.PYTHON}"}
    assert {path.stat().st_mode & 0o777 for path in staged.rglob("*") if path.is_dir()} == {0o755}


def test_the_licences_of_all_that_is_inside(staged):
    doc = staged / package.DOC
    assert (doc / "licences/zlib1g/copyright").read_text(encoding="ascii") == "licence of zlib"
    assert (doc / "licences/pandas/LICENSE").read_text(encoding="ascii") == "licence of pandas"
    text = (doc / "copyright").read_text(encoding="utf-8")
    for word in ("pandas 3.0: MIT", "python3.11 3.11.2-6", "zlib 1:1.2.11", "License: MIT"):
        assert word in text
    assert not [line for line in text.split("License: MIT\n")[-1].splitlines() if line[:1] != " "]


def test_changelog_and_manual_page(staged):
    changelog = gzip.decompress((staged / package.DOC / "changelog.gz").read_bytes()).decode()
    assert changelog.startswith(f"perfgoals-xl ({__version__}) ")
    assert re.search(r" -- .+ <.+@.+>  \w{3}, \d\d \w{3} \d{4} [\d:]+ \+0000\n$", changelog)
    page = gzip.decompress((staged / "usr/share/man/man1/perfgoals.1.gz").read_bytes()).decode()
    assert page.startswith(".TH PERFGOALS 1 ")
    assert "perfgoals page" in page


def test_the_control_file(staged):
    control = control_of(staged)
    assert control["Package"] == "perfgoals-xl"
    assert control["Architecture"] == "amd64"
    assert control["Depends"] == "libc6 (>= 2.28), libgcc-s1 | libgcc1, libstdc++6 (>= 5)"
    # No Python and nothing else that an old desktop lacks.
    assert "python" not in control["Depends"]
    assert int(control["Installed-Size"]) > 0
    sums = (staged / "DEBIAN/md5sums").read_text(encoding="utf-8").splitlines()
    assert {line.split("  ", 1)[1] for line in sums} == {
        name for name in names(staged) if not name.startswith("DEBIAN/")
    }


def test_the_package_is_the_same_each_time(staged, tmp_path):
    written = []
    for number in (1, 2):
        output = tmp_path / str(number) / "a.deb"
        for path in staged.rglob("*"):
            path.touch()
        pack(staged, output)
        written.append(output.read_bytes())
    assert written[0] == written[1]
    listed = subprocess.run(
        ["dpkg-deb", "--contents", str(tmp_path / "1/a.deb")], capture_output=True, text=True
    ).stdout
    assert {line.split()[1] for line in listed.splitlines()} == {"root/root"}
    assert [path.name for path in (tmp_path / "1").iterdir()] == ["a.deb"]


def test_a_package_that_dpkg_refuses_leaves_no_file(staged, tmp_path):
    (staged / "DEBIAN/control").write_text("Package: x\n", encoding="ascii")
    with pytest.raises(BundleError, match=r"^dpkg-deb: .+") as caught:
        pack(staged, tmp_path / "out/a.deb")
    assert "\n" not in str(caught.value)
    assert list((tmp_path / "out").iterdir()) == []


# What runs where


def test_the_wheels_are_for_old_systems_too():
    target = linux("amd64")
    assert target.platforms[0] == f"manylinux_{GLIBC[0]}_{GLIBC[1]}_x86_64"
    assert "manylinux2014_x86_64" in target.platforms
    assert not any("2_29" in name or "2_34" in name for name in target.platforms)
    assert all(name.endswith("_aarch64") for name in linux("arm64").platforms)


def test_what_linux_needs_of_the_lock_file(tmp_path):
    pins = pins_for(read_lock(package.PROJECT / "requirements.lock"), "3.11", linux("amd64"))
    versions = {pin.requirement.name for pin in pins}
    assert {"starlette", "uvicorn", "pandas", "xlwings"} <= versions
    assert not {"pywin32", "appscript", "colorama"} & versions
    own = fake_wheel(tmp_path, "x", requires=('a; sys_platform == "linux"', 'b; os_name == "nt"'))
    found = needed(own, [fake_wheel(tmp_path, "a")], "3.11", linux("amd64"), extras=())
    assert [wheel.name for wheel in found] == ["a"]


def test_a_python_that_was_not_made(tmp_path, python):
    (python / PREFIX / f"bin/python{package.PYTHON}").unlink()
    with pytest.raises(BundleError, match=r"run tools/deb/python\.sh"):
        stage([], python, tmp_path / "root", architecture="amd64")


def test_a_program_that_asks_for_a_newer_glibc(tmp_path, python, monkeypatch):
    newer = Needs((2, 34), (0,), Path("lib/x.so"))
    monkeypatch.setattr(package, "needs_of", lambda folder: newer)
    with pytest.raises(BundleError, match=r"lib/x\.so asks for glibc 2\.34"):
        stage([], python, tmp_path / "root", architecture="amd64")


def test_what_a_real_program_asks_for(tmp_path):
    shutil.copyfile("/bin/ls", tmp_path / "ls")
    with pytest.raises(CodeError, match=r"^ls asks for lib\w+\.so\.\d, which nobody brings$"):
        needs_of(tmp_path)
    wanted = re.search(r"NEEDED +(libselinux\S+)", objdump(tmp_path / "ls"))
    if wanted is None:
        pytest.skip("this ls needs no library besides glibc")
    (tmp_path / wanted[1]).write_bytes(b"\x7fELF")
    (tmp_path / wanted[1]).unlink()
    shutil.copyfile("/bin/true", tmp_path / wanted[1])
    needs = needs_of(tmp_path)
    assert needs.glibc[0] == 2
    assert needs.by.name in ("ls", wanted[1])


def objdump(path):
    return subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True).stdout


def test_the_libraries_of_the_compiler(tmp_path):
    # The highest version that is known and not above the one that is asked for.
    depends = {
        wanted: texts.control("x", "1", "amd64", 1, Needs((2, 28), wanted, Path()))
        for wanted in [(3, 4, 21), (3, 4, 23), (3, 4, 25), (0,)]
    }
    assert "libstdc++6 (>= 5)" in depends[(3, 4, 21)]
    assert "libstdc++6 (>= 7)" in depends[(3, 4, 23)]
    assert "libstdc++6 (>= 8)" in depends[(3, 4, 25)]
    assert "libstdc++6 (>= 5)" in depends[(0,)]


def test_another_python_is_told_before_anything_is_built(monkeypatch):
    built = []
    monkeypatch.setattr(package, "_output", lambda *command: "amd64")
    monkeypatch.setattr(package.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(package.subprocess, "run", lambda *command, **_: built.append(command))
    monkeypatch.setattr(package, "PYTHON", "3.9")
    with pytest.raises(SystemExit, match=r"no deb: .*Python 3\.9.*PYTHON=python3\.9"):
        package.main()
    assert built == []
