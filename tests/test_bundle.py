"""The bundle for PCs without internet, with small made-up wheels and a made-up Python."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

import pytest

from perfgoals_xl._version import __version__
from perfgoals_xl.resources import TEMPLATE_NAME
from tests.excel.fake_pc import XLWINGS, fake_addin
from tools import bundle, windows_wheels
from tools.bundle import ADDIN_IN_WHEEL, PROJECT, Packages, stage, write_zip
from tools.embedded_python import check_embedded, embedded_version, unpack_embedded, unpack_wheel
from tools.manual_html import as_html
from tools.windows_wheels import (
    BundleError,
    Pin,
    download,
    needed,
    pins_for,
    read_lock,
    read_wheel,
    supported_pythons,
)

INSTALL = PROJECT / "addin" / "install"
SCRIPTS = ("install.cmd", "perfgoals.cmd", "uninstall.cmd")
PYTHONS = ["3.11", "3.12", "3.13"]


def fake_wheel(folder, name, version="1.0", requires=(), files=(), tags="py3-none-any"):
    """A wheel that holds its metadata, a licence and ``files``."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{name.replace('-', '_')}-{version}"
    metadata = [f"Name: {name}", f"Version: {version}", "License-Expression: MIT"]
    metadata += [f"Requires-Dist: {text}" for text in requires]
    path = folder / f"{stem}-{tags}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            archive.writestr(file.format(stem=stem), f"# {name} {file}\n")
        archive.writestr(f"{stem}.dist-info/METADATA", "\n".join(metadata) + "\n\n")
        archive.writestr(f"{stem}.dist-info/licenses/LICENSE", f"licence of {name}")
    return read_wheel(path)


def own_wheel(folder, requires=()):
    files = ("perfgoals_xl/__main__.py", ADDIN_IN_WHEEL)
    return fake_wheel(folder, "perfgoals-xl", __version__, requires, files)


def windows_wheels_for(folder, python):
    """xlwings and pywin32 with the files that Excel and Python look for."""
    digits = python.replace(".", "")
    tags = f"cp{digits}-cp{digits}-win_amd64"
    dlls = [f"{{stem}}.data/data/xlwings{bits}-{XLWINGS}.dll" for bits in (32, 64)]
    modules = ("win32/lib/pywin32_bootstrap.py", "win32/lib/pywintypes.py", "pywin32.pth")
    system = [f"pywin32_system32/{name}{digits}.dll" for name in ("pywintypes", "pythoncom")]
    return [
        fake_wheel(
            folder, "pywin32", "312", (), (*modules, *system, "{stem}.data/scripts/x.py"), tags
        ),
        fake_wheel(
            folder, "xlwings", XLWINGS, (), ("{stem}.data/platlib/xlwings/a.py", *dlls), tags
        ),
    ]


def program(machine=0x8664):
    """The first bytes of a Windows program for ``machine``."""
    start = b"MZ" + bytes(0x3A) + struct.pack("<I", 0x40)
    return start + b"PE\0\0" + struct.pack("<H", machine)


def fake_embedded(path, digits="312", machine=0x8664, leave_out=(), add=()):
    names = ["python.exe", "pythonw.exe", f"python{digits}.dll", "vcruntime140.dll", "LICENSE.txt"]
    names += [f"python{digits}.zip", f"python{digits}._pth", *add]
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            if name in leave_out:
                continue
            text = f"python{digits}.zip\r\n.\r\n\r\n# Uncomment to run site\r\n#import site\r\n"
            archive.writestr(name, text if name.endswith("_pth") else program(machine))
    return path


@pytest.fixture
def packages(tmp_path):
    others = {python: windows_wheels_for(tmp_path / python, python) for python in PYTHONS}
    return Packages(own_wheel(tmp_path / "own"), others)


@pytest.fixture(autouse=True)
def addin(tmp_path_factory, monkeypatch):
    path = fake_addin(tmp_path_factory.mktemp("shipped") / "perfgoals.xlam")
    monkeypatch.setattr(bundle, "addin_path", lambda: path)
    return path


def names(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


# What is needed


def test_the_supported_pythons():
    assert supported_pythons(PROJECT / "pyproject.toml") == PYTHONS


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_file_for_windows(python):
    pins = pins_for(read_lock(PROJECT / "requirements.lock"), python)
    versions = {pin.requirement.name: str(pin.requirement.specifier) for pin in pins}
    assert len(versions) == len(pins)
    assert {"pywin32", "colorama", "xlwings", "pandas", "numpy"} <= versions.keys()
    assert {"starlette", "uvicorn", "anyio", "h11", "idna"} <= versions.keys()
    assert not {"appscript", "psutil"} & versions.keys()
    assert versions["xlwings"] == f"=={XLWINGS}"
    for pin in pins:
        assert re.fullmatch(r"[\w.-]+==\S+( --hash=sha256:[0-9a-f]{64})+", pin.line)


def test_a_line_without_hashes(tmp_path):
    path = tmp_path / "requirements.lock"
    path.write_text("# a comment\na==1 \\\n    --hash=sha256:0\nb==2 ; os_name == 'nt'\n")
    with pytest.raises(BundleError, match=r"no hash for b==2"):
        read_lock(path)


def test_pip_is_asked_for_windows(tmp_path, monkeypatch):
    asked = {}

    class Done:
        returncode = 0

    def run(command, check):
        asked["command"] = command
        asked["lines"] = Path(command[command.index("--requirement") + 1]).read_text()
        return Done

    monkeypatch.setattr(windows_wheels.subprocess, "run", run)
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "a==1 ; sys_platform == 'win32' \\\n    --hash=sha256:0 \\\n    --hash=sha256:1\n"
    )
    pins = read_lock(lock)
    assert all(isinstance(pin, Pin) for pin in pins)
    assert download(pins, "3.12", tmp_path / "wheels") == []
    assert asked["lines"] == "a==1 --hash=sha256:0 --hash=sha256:1\n"
    text = " ".join(asked["command"])
    assert "--platform win_amd64 --python-version 3.12 --implementation cp" in text
    assert "--no-deps --require-hashes --only-binary :all:" in text
    Done.returncode = 1
    with pytest.raises(BundleError, match=r"Python 3\.12 could not be downloaded"):
        download(pins, "3.12", tmp_path / "wheels")


def test_only_what_windows_needs_is_taken(tmp_path):
    own = own_wheel(
        tmp_path,
        (
            "a[fast]>=1",
            'mac-only; sys_platform == "darwin"',
            'win-only; sys_platform == "win32"',
            'extra-only; extra == "parquet"',
            'page-only>=2; extra == "page"',
        ),
    )
    others = [
        fake_wheel(tmp_path, "a", "1.5", ('b<3; extra == "fast"', 'c; extra == "slow"')),
        fake_wheel(tmp_path, "b", "2.0", ("a",)),
        fake_wheel(tmp_path, "page-only", "2.1", ("below-it",)),
        fake_wheel(tmp_path, "below-it", "1"),
        fake_wheel(tmp_path, "Win.Only", "1", ('backport; python_version < "3.12"',)),
        fake_wheel(tmp_path, "backport", "1", ('late; python_full_version < "3.11.3"',)),
        fake_wheel(tmp_path, "late", "1"),
        fake_wheel(tmp_path, "hatchling", "1"),
    ]
    found = [wheel.name for wheel in needed(own, others, "3.12")]
    # The page comes along: an office PC cannot fetch it later.
    assert found == ["a", "b", "below-it", "page-only", "win-only"]
    found = [wheel.name for wheel in needed(own, others, "3.11")]
    assert found == ["a", "b", "backport", "below-it", "late", "page-only", "win-only"]
    plain = [wheel.name for wheel in needed(own, others, "3.12", extras=())]
    assert plain == ["a", "b", "win-only"]


@pytest.mark.parametrize(
    ("requires", "told"),
    [("missing>=1", "not in the lock file"), ("a>=2", "needs a>=2, and it is 1.0")],
)
def test_a_set_that_is_not_whole(tmp_path, requires, told):
    own = own_wheel(tmp_path, (requires,))
    with pytest.raises(BundleError, match=told):
        needed(own, [fake_wheel(tmp_path, "a")], "3.12")


# The zip


def test_what_the_bundle_holds(packages, tmp_path, addin):
    folder = tmp_path / "bundle"
    stage(packages, folder)
    found = names(folder)
    assert {*SCRIPTS, "perfgoals.xlam", TEMPLATE_NAME, "先读我.txt"} <= set(found)
    assert sum(name.startswith("wheels/") for name in found) == 7
    assert not any(name.startswith("python/") for name in found)
    assert (folder / "perfgoals.xlam").read_bytes() == addin.read_bytes()
    licence = folder / "licences" / f"xlwings-{XLWINGS}" / "LICENSE"
    assert licence.read_text() == "licence of xlwings"
    listed = (folder / "licences" / "README.txt").read_text(encoding="utf-8-sig")
    assert listed.count("pywin32 312: MIT") == 1
    readme = (folder / "先读我.txt").read_bytes()
    assert readme.startswith(b"\xef\xbb\xbf")
    assert readme.count(b"\n") == readme.count(b"\r\n")
    text = readme.decode("utf-8-sig")
    assert __version__ in text
    assert "3.11、3.12、3.13 中的一种" in text
    assert not re.search(r"[{}]", text)


def test_the_zip_is_the_same_each_time(packages, tmp_path):
    written = []
    for number in (1, 2):
        folder = tmp_path / f"bundle{number}"
        stage(packages, folder)
        output = tmp_path / str(number) / "perfgoals-xl-9-offline.zip"
        write_zip(folder, output)
        written.append(output)
    assert written[0].read_bytes() == written[1].read_bytes()
    with zipfile.ZipFile(written[0]) as archive:
        entries = archive.namelist()
        assert archive.testzip() is None
    assert entries == sorted(entries)
    assert {name.split("/")[0] for name in entries} == {"perfgoals-xl-9"}
    assert "perfgoals-xl-9/install.cmd" in entries


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A checkout of its own, so that no dist of ours is touched."""
    root = tmp_path / "checkout"
    root.mkdir()
    for name in ("pyproject.toml", "requirements.lock"):
        (root / name).write_bytes((PROJECT / name).read_bytes())
    monkeypatch.setattr(bundle, "PROJECT", root)
    monkeypatch.delenv("PYTHON_EMBED", raising=False)
    return root


def test_a_python_that_is_not_there(project, monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHON_EMBED", str(tmp_path / "none.zip"))
    with pytest.raises(SystemExit, match=r"^no bundle: PYTHON_EMBED cannot be read: .*none\.zip"):
        bundle.main()
    assert not (project / "dist").exists()


def test_a_wheel_without_the_addin(project, monkeypatch, tmp_path):
    bare = fake_wheel(tmp_path, "perfgoals-xl", __version__)
    monkeypatch.setattr(bundle, "build_wheel", lambda *_: bare.path)
    with pytest.raises(SystemExit, match="run make addin"):
        bundle.main()
    assert not (project / "dist").exists()


@pytest.mark.parametrize("versions", [("0.0.9", XLWINGS), (__version__, "0.0.1")])
def test_an_addin_of_another_version(project, monkeypatch, tmp_path, addin, versions):
    fake_addin(addin, *versions)
    monkeypatch.setattr(bundle, "build_wheel", lambda *_: own_wheel(tmp_path).path)
    with pytest.raises(SystemExit, match=r"the add-in is .*0\.0\."):
        bundle.main()
    assert not (project / "dist").exists()


def test_the_scripts_have_the_line_ends_of_windows(packages, tmp_path):
    stage(packages, tmp_path / "bundle")
    for name in SCRIPTS:
        data = (tmp_path / "bundle" / name).read_bytes()
        assert data.isascii()
        assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")


def test_every_message_has_its_text_and_every_text_its_message(packages, tmp_path):
    used = {
        key
        for name in SCRIPTS
        for key in re.findall(
            r"call :tell (\w+) |messages\\(\w+)\.txt", (INSTALL / name).read_text()
        )
        for key in key
        if key
    }
    stage(packages, tmp_path / "bundle")
    texts = tmp_path / "bundle" / "messages"
    assert {path.stem for path in texts.iterdir()} == used
    for path in texts.iterdir():
        data = path.read_bytes()
        assert data.startswith(b"\xff\xfe")
        assert data.decode("utf-16").endswith("\r\n")


# Python inside


def test_a_python_ready_to_run(packages, tmp_path):
    folder = tmp_path / "bundle"
    stage(packages, folder, fake_embedded(tmp_path / "python-3.12.9-embed-amd64.zip"))
    root = folder / "python"
    paths = (root / "python312._pth").read_bytes()
    assert paths == b"python312.zip\r\n.\r\nLib\\site-packages\r\nimport site\r\n"
    found = set(names(root))
    # Beside the interpreter, where the VBA of xlwings looks.
    assert {"pythonw.exe", f"xlwings64-{XLWINGS}.dll", f"xlwings32-{XLWINGS}.dll"} <= found
    site = "Lib/site-packages"
    # The folders that pywin32.pth names stand beside it.
    assert {f"{site}/pywin32.pth", f"{site}/win32/lib/pywin32_bootstrap.py"} <= found
    assert f"{site}/pywin32_system32/pythoncom312.dll" in found
    assert f"{site}/xlwings/a.py" in found
    assert f"{site}/{ADDIN_IN_WHEEL}" in found
    assert not any("scripts" in name or ".data/" in name for name in found)
    # The wheels stay for PCs that have a Python.
    assert len(list((folder / "wheels").iterdir())) == 7
    assert (folder / "licences" / "python-3.12" / "LICENSE.txt").is_file()
    assert "自带 Python 3.12" in (folder / "先读我.txt").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"machine": 0x14C}, "not for Windows x64"),
        ({"digits": "310"}, r"Python 3\.10 is not supported"),
        ({"leave_out": ("pythonw.exe",)}, "not an embeddable"),
        ({"leave_out": ("python312.dll",)}, "not an embeddable"),
        ({"leave_out": ("python312._pth",)}, r"no python312\._pth"),
        ({"add": ("Lib/os.py",)}, "no folders inside"),
        ({"add": ("../evil.exe",)}, "no folders inside"),
    ],
)
def test_another_zip_than_an_embeddable_python(tmp_path, options, told):
    path = fake_embedded(tmp_path / "python.zip", **options)
    with pytest.raises(BundleError, match=told):
        embedded_version(path, PYTHONS)


def test_no_zip_at_all(tmp_path):
    path = tmp_path / "python.zip"
    path.write_bytes(b"not a zip")
    with pytest.raises(BundleError, match="cannot be read"):
        embedded_version(path, PYTHONS)


def test_a_python_that_lacks_a_file_is_told(tmp_path):
    root = tmp_path / "python"
    unpack_embedded(fake_embedded(tmp_path / "python.zip"), "3.12", root)
    pywin32, xlwings = windows_wheels_for(tmp_path, "3.12")
    unpack_wheel(xlwings.path, root)
    unpack_wheel(own_wheel(tmp_path).path, root)
    with pytest.raises(BundleError, match=r"lacks Lib/site-packages/pywin32\.pth"):
        check_embedded(root, "3.12", [pywin32, xlwings])


def test_a_wheel_that_writes_outside(tmp_path):
    wheel = fake_wheel(tmp_path, "evil", files=("../../evil.py",))
    with pytest.raises(BundleError, match="outside of itself"):
        unpack_wheel(wheel.path, tmp_path / "python")


# The manual


def test_the_manual_as_one_page(tmp_path):
    (tmp_path / "图 1.png").write_bytes(b"picture")
    path = tmp_path / "用户手册.md"
    path.write_text(
        "# 安装 (一)\n\n![图](图%201.png)\n\n[规则](规则说明.md#k01) [节](#安装-一)\n\n"
        "|a|b|\n|-|-|\n|1|2|\n",
        encoding="utf-8",
    )
    html = as_html(path, ["用户手册.md", "规则说明.md"]).decode("utf-8")
    assert '<h1 id="安装-一">' in html
    assert 'src="data:image/png;base64,cGljdHVyZQ=="' in html
    assert 'href="规则说明.html#k01"' in html
    assert "<td>2</td>" in html
    assert '<meta charset="utf-8">' in html


def test_links_to_pages_that_do_not_come_along_are_words(tmp_path):
    path = tmp_path / "用户手册.md"
    path.write_text(
        "见[旧表](旧表版式.md#提纲)、[**规则**](规则说明.md)、[节](#安装)、[网页](https://a.cn/b.md)。",
        encoding="utf-8",
    )
    html = as_html(path, ["规则说明.md"]).decode("utf-8")
    assert "<p>见旧表、<a" in html
    assert re.findall('href="(.+?)"', html) == [
        "规则说明.html",
        "#%E5%AE%89%E8%A3%85",
        "https://a.cn/b.md",
    ]


def test_a_picture_that_is_missing(tmp_path):
    path = tmp_path / "用户手册.md"
    path.write_text("![图](none.png)", encoding="utf-8")
    with pytest.raises(BundleError, match=r"missing: none\.png"):
        as_html(path, [])
