"""Files that nobody can read: one line that names the file and says what to do."""

from __future__ import annotations

import os
import struct
import zipfile

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration
from tests.reading.sheets import write_workbook

FORM = """
项目名称 | 渠道清淤项目
年度总体绩效目标 | 清淤渠道30公里。
"""


def refusal(path):
    """The one line that tells why a file is refused."""
    with pytest.raises(InputError) as caught:
        load_declaration(path)
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(f"{path}：")
    assert caught.value.hint, "says what to do"
    assert caught.value.hint in line
    return caught.value.message


def compound_file(*names: str) -> bytes:
    """A minimal OLE compound file: header, one FAT sector, one directory sector with the names."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, end, 0, end, 0,
    )  # fmt: skip
    header += struct.pack("<109I", 0, *[free] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, end, *[free] * 126)
    entries = b""
    for number, name in enumerate(("Root Entry", *names)):
        text = (name + "\0").encode("utf-16-le")
        kind, child = (5, 1 if names else free) if number == 0 else (2, free)
        right = number + 1 if 0 < number < len(names) else free
        entries += struct.pack("<64sHBBIII", text, len(text), kind, 1, free, right, child)
        entries += bytes(36) + struct.pack("<IQ", end, 0)
    return header + fat + entries.ljust(512, b"\0")


def test_missing_file(tmp_path):
    assert refusal(tmp_path / "没有.xlsx") == "找不到文件"


def test_directory(tmp_path):
    assert "文件夹" in refusal(tmp_path)


@pytest.mark.parametrize("name", ["空.xlsx", "空.txt", "空.xls"])
@pytest.mark.parametrize("data", [b"", b"\n\n  \r\n"])
def test_empty_file(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    assert "空" in refusal(path)


def test_empty_text_with_a_byte_order_mark(tmp_path):
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        path = tmp_path / "空.txt"
        path.write_bytes(mark)
        assert "空" in refusal(path)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.9, 0.99])
def test_truncated_workbook(tmp_path, share):
    path = write_workbook(tmp_path / "断.xlsx", FORM)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert "损坏" in refusal(path)


def test_workbook_with_a_damaged_part(tmp_path):
    path = write_workbook(tmp_path / "坏.xlsx", FORM)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        broken = tmp_path / "坏2.xlsx"
        with zipfile.ZipFile(broken, "w") as archive:
            for part, data in parts.items():
                archive.writestr(part, data[: len(data) // 2] if part == name else data)
        assert "损坏" in refusal(broken), name


def test_workbook_with_flipped_bytes(tmp_path):
    """Whatever the damage, it is told as damage or read; never another exception."""
    path = write_workbook(tmp_path / "坏.xlsx", FORM)
    data = path.read_bytes()
    for position in range(0, len(data), 97):
        changed = bytearray(data)
        changed[position] ^= 0xFF
        broken = tmp_path / "坏2.xlsx"
        broken.write_bytes(bytes(changed))
        try:
            load_declaration(broken)
        except InputError as error:
            assert str(error).startswith(f"{broken}：")  # noqa: PT017


@pytest.mark.parametrize("name", ["加密.xlsx", "加密.xls", "加密.txt"])
def test_encrypted_workbook(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(compound_file("EncryptionInfo", "EncryptedPackage"))
    assert "密码" in refusal(path)


def test_compound_file_that_is_no_workbook(tmp_path):
    path = tmp_path / "文档.doc"
    path.write_bytes(compound_file("WordDocument"))
    assert refusal(path)


@pytest.mark.parametrize("name", ["表.xlsx", "表.xls", "表.xlsm"])
def test_text_renamed(tmp_path, name):
    path = tmp_path / name
    path.write_text("项目名称\t渠道清淤项目\n", encoding="utf-8")
    assert "不是 Excel 工作簿" in refusal(path)


@pytest.mark.parametrize("name", ["文档.docx", "文档.xlsx"])
def test_word_document_without_a_body(tmp_path, name):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    assert "Word 文档已损坏" in refusal(path)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
        ("表.xlsx", b"%PDF-1.7\n"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
        ("图.jpg", b"\xff\xd8\xff\xe0" + bytes(40)),
        ("表.rar", b"Rar!\x1a\x07\x00" + bytes(40)),
        ("程序.txt", b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256))),
        ("乱码.txt", b"\x80\x81\xff\xfe\xfd\x90" * 40),
    ],
)
def test_other_kinds_of_file(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    assert refusal(path)


def test_utf_16_cut_in_the_middle_of_a_character(tmp_path):
    path = tmp_path / "断.txt"
    path.write_bytes("项目名称\t渠道".encode("utf-16")[:-1])
    assert refusal(path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind here")
def test_file_without_permission(tmp_path):
    path = write_workbook(tmp_path / "锁.xlsx", FORM)
    path.chmod(0)
    assert "无法打开" in refusal(path)
