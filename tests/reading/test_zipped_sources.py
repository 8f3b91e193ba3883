"""Sources in a zip: each is read, what programs leave in a zip is not, and the rest is told."""

from __future__ import annotations

import errno
import lzma
import stat
import struct
import zipfile
import zlib

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading import zipped_sources
from perfgoals_xl.reading.zipped_sources import Refused, Source, unzipped
from tests.support.commands import runner

FORM = """项目支出绩效目标申报表
（2026年度）
项目名称\t{name}
主管部门\t石桥县水务局
年度资金总额\t12
年度目标\t清淤6公里。
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t清淤长度\t≥6公里
"""


def form(name):
    return FORM.format(name=name).encode()


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


@pytest.fixture
def zipped(tmp_path):
    def write(entries, name="材料.zip"):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, data in entries.items():
                archive.writestr(entry, data)
        return path

    return write


def opened(path):
    with unzipped([path]) as found:
        return [
            (one.shown, one.path.read_bytes()) if isinstance(one, Source) else one.told
            for one in found
        ]


def test_files_in_folders_under_their_names(zipped):
    path = zipped({"一科/表.txt": b"1", "二科/表.txt": b"2", "空/": b""})
    assert opened(path) == [(f"{path}/一科/表.txt", b"1"), (f"{path}/二科/表.txt", b"2")]


def test_one_name_twice(zipped):
    names = ("一科/表.txt", "../一科/表.txt", "一科/表 (2).txt", "表.txt")
    path = zipped({name: name.encode() for name in names})
    shown = [f"{path}/{name}" for name in ("一科/表", "一科/表 (2)", "一科/表 (2) (2)", "表")]
    assert opened(path) == [
        (f"{name}.txt", own.encode()) for name, own in zip(shown, names, strict=True)
    ]


def test_names_in_gbk(tmp_path):
    path = tmp_path / "旧.zip"
    raw = "渠道清淤.txt".encode("gb18030")
    # A name of the same length, so that nothing else of the zip moves.
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x" * len(raw), b"1")
    data = path.read_bytes().replace(b"x" * len(raw), raw)
    path.write_bytes(data)
    assert opened(path) == [(f"{path}/渠道清淤.txt", b"1")]


@pytest.mark.parametrize(
    "junk",
    ["__MACOSX/._表.txt", "~$表.xlsx", "一科/~$表.xlsx", ".DS_Store", "一科/Thumbs.db"],
)
def test_what_programs_leave_in_a_zip(zipped, junk):
    path = zipped({junk: b"x", "表.txt": b"1"})
    assert opened(path) == [(f"{path}/表.txt", b"1")]


def test_what_cannot_be_a_source_is_told(zipped, tmp_path):
    link = zipfile.ZipInfo("链接.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = zipped({link: b"/etc/passwd", "内.zip": b"PK", "表.txt": b"1"})
    assert opened(path) == [
        f"{path}/链接.txt：是一个链接，没有读取",
        f"{path}/内.zip：是压缩包里的压缩包，请先解压，没有读取",
        (f"{path}/表.txt", b"1"),
    ]


@pytest.mark.parametrize("name", ["../../坏.txt", "/etc/坏.txt", "..\\坏.txt", "C:\\坏.txt"])
def test_nothing_is_written_outside(zipped, tmp_path, name):
    path = zipped({name: b"1"})
    with unzipped([path]) as found:
        (one,) = found
        assert isinstance(one, Source)
        assert one.path.name.endswith("坏.txt")
        folder = one.path.parents[2]
        assert folder.is_dir()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("bound", "most", "told"),
    [("MOST_ENTRIES", 1, "超过 1 个"), ("MOST_BYTES", 1 << 20, "超过 1 MB")],
)
def test_bounds(zipped, monkeypatch, bound, most, told):
    monkeypatch.setattr(zipped_sources, bound, most)
    path = zipped({"甲.txt": b"0" * (1 << 20), "乙.txt": b"0" * (1 << 20)})
    with pytest.raises(InputError, match=told):
        opened(path)


def test_a_broken_zip_and_an_empty_one(tmp_path, zipped):
    broken = tmp_path / "坏.zip"
    broken.write_bytes(b"PK\x03\x04 nothing else")
    with pytest.raises(InputError, match="压缩包已损坏"):
        opened(broken)
    with pytest.raises(InputError, match="没有可以读取的文件"):
        opened(zipped({"~$表.xlsx": b"x"}))


def test_a_workbook_called_zip_is_a_workbook(zipped):
    path = zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    with unzipped([path]) as found:
        assert found == [Source(path, str(path))]
    assert not any(isinstance(one, Refused) for one in found)


def test_import_and_validate_and_export(zipped, tmp_path, perfgoals):
    path = zipped({"一科/甲.txt": form("甲"), "乙.txt": form("乙"), "照片.png": b"\x89PNG...."})
    output = tmp_path / "标准.xlsx"
    done = perfgoals("import", path, "-o", output)
    assert done.code == 0, done.err
    assert "2 个项目" in done.err
    assert f"{path}/照片.png：这是图片" in done.err
    checked = perfgoals("validate", path, "--format", "json")
    assert checked.code == 1
    assert f"{path}/一科/甲.txt" in checked.out
    told = perfgoals("export", path)
    assert f"{path}/乙.txt" in told.out
    marked = tmp_path / "标出.xlsx"
    assert perfgoals("validate", path, "-o", marked).code == 1
    assert marked.exists()


def test_a_zip_without_any_declaration(zipped, perfgoals):
    path = zipped({"说明.txt": "今天天气好".encode()})
    done = perfgoals("validate", path)
    assert done.code == 2
    assert "压缩包里没有一份能读出的申报表" in done.err


def _method(path, old, new):
    """The zip with every entry's method of compression replaced, and not its data."""
    data = path.read_bytes()
    for head, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = data.find(head)
        while start >= 0:
            if data[start + at : start + at + 2] == struct.pack("<H", old):
                data = data[: start + at] + struct.pack("<H", new) + data[start + at + 2 :]
            start = data.find(head, start + 4)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("method", "told"),
    [
        (14, "已损坏，解压不出来"),  # LZMA, which the data is not
        (12, "已损坏，解压不出来"),  # bzip2
        (97, "用了不支持的压缩方式，请用普通的 zip 重新压缩"),
    ],
)
def test_an_entry_packed_otherwise_is_told(zipped, method, told):
    path = zipped({"甲.txt": form("甲")})
    _method(path, zipfile.ZIP_DEFLATED, method)
    with pytest.raises(InputError, match=f"甲.txt：{told}"):
        opened(path)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (zipfile.BadZipFile("x"), "已损坏"),
        (NotImplementedError("x"), "不支持的压缩方式"),
        (RuntimeError("password required"), "有密码"),
        (EOFError(), "已损坏"),
        (zlib.error("x"), "已损坏"),
        (lzma.LZMAError("x"), "已损坏"),
        (struct.error("x"), "已损坏"),
        (OSError(errno.EINVAL, "x"), "已损坏"),
    ],
)
def test_every_error_of_an_entry_is_told_in_a_line(zipped, monkeypatch, error, told):
    path = zipped({"甲.txt": form("甲"), "乙.txt": form("乙")})
    open_entry = zipfile.ZipFile.open

    def broken(self, name, *rest):
        if getattr(name, "filename", name) == "甲.txt":
            raise error
        return open_entry(self, name, *rest)

    monkeypatch.setattr(zipfile.ZipFile, "open", broken)
    first, second = opened(path)
    assert told in first
    assert second == (f"{path}/乙.txt", form("乙"))


def test_a_full_disk_is_no_fault_of_the_zip(zipped, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(zipped_sources, "_write", full)
    with pytest.raises(OSError, match="full"):
        opened(zipped({"甲.txt": b"1"}))


def test_a_list_of_entries_is_counted_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "多.zip"
    path.write_bytes(b"PK\x01\x02" * 20_001 + b"PK\x05\x06")

    def read(*_):
        raise AssertionError("read")

    monkeypatch.setattr(zipfile, "ZipFile", read)
    with pytest.raises(InputError, match="压缩包里的文件超过 2000 个"):
        opened(path)


def test_consolidate_of_a_zip(zipped, tmp_path, perfgoals):
    path = zipped({"一科/甲.txt": form("甲"), "乙.txt": form("乙"), "照片.png": b"\x89PNG...."})
    done = perfgoals("consolidate", path, "-o", tmp_path / "汇总.xlsx")
    assert done.code == 0, done.err
    assert "2 个项目" in done.err
    assert f"{path}/照片.png：这是图片" in done.err


def test_a_zip_of_several_departments_is_not_summed_up(zipped, tmp_path, perfgoals):
    other = form("乙").replace("石桥县水务局".encode(), "石桥县教育局".encode())
    done = perfgoals(
        "consolidate", zipped({"甲.txt": form("甲"), "乙.txt": other}), "-o", "汇总.xlsx"
    )
    assert done.code == 2
    assert "不止一个部门" in done.err
    assert not (tmp_path / "汇总.xlsx").exists()


def test_a_broken_zip_is_not_summed_up(tmp_path, perfgoals):
    (tmp_path / "坏.zip").write_bytes(b"PK\x03\x04 nothing else")
    assert perfgoals("consolidate", "坏.zip", "-o", "汇总.xlsx").code == 2
