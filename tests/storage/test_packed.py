"""Pieces packed one by one, perhaps elsewhere, are one entry that every program unpacks."""

from __future__ import annotations

import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_xl.storage import packed
from perfgoals_xl.storage.packed import Total, joined_crc, pack, store_packed


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_the_check_sum_of_two_pieces_is_that_of_the_whole(first, second):
    assert joined_crc(zlib.crc32(first), zlib.crc32(second), len(second)) == zlib.crc32(
        first + second
    )


@pytest.mark.parametrize("size", [1, 255, 256, 65_535, 1_000_003])
def test_however_long_the_second_piece_is(size):
    first, second = b"first", bytes(range(251)) * (size // 251 + 1)
    second = second[:size]
    assert joined_crc(zlib.crc32(first), zlib.crc32(second), size) == zlib.crc32(first + second)


def stored(path, pieces):
    """An archive with the entry ``a`` made of pieces, between two others."""
    total = Total()
    for piece in pieces:
        total = total.with_piece(piece.size, piece.crc)
    like = zipfile.ZipInfo("a", (2001, 2, 3, 4, 5, 6))
    like.flag_bits |= 0x08
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("before", b"1")
        data = (piece.data for piece in pieces)
        store_packed(out, like, total, data, sum(len(piece.data) for piece in pieces))
        out.writestr("after", b"2")
    return path


@pytest.mark.parametrize("parts", [[b"all"], [b"", b""], [b"a" * 99_999, b"", b"b", b"c" * 70_000]])
def test_an_entry_of_several_pieces_is_read_as_one(tmp_path, parts):
    *most, last = parts
    path = stored(tmp_path / "a.zip", [*map(pack, most), pack(last, last=True)])
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["before", "a", "after"]
        assert archive.read("a") == b"".join(parts)
        assert archive.read("after") == b"2"
        assert archive.getinfo("a").date_time == (2001, 2, 3, 4, 5, 6)
        assert archive.getinfo("a").flag_bits & 0x08 == 0


def test_a_piece_does_not_look_back_at_the_one_before():
    text = b"the same text again " * 50
    assert pack(text).data == pack(text).data
    both = pack(text).data + pack(text, last=True).data
    assert zlib.decompress(both, -zlib.MAX_WBITS) == text + text


def test_an_entry_above_the_sizes_of_a_plain_archive_is_zip64(tmp_path, monkeypatch):
    for module in (packed.zipfile, zipfile):
        monkeypatch.setattr(module, "ZIP64_LIMIT", 1000)
    path = stored(tmp_path / "a.zip", [pack(b"x" * 5000, last=True)])
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("a").extract_version >= 45
        assert archive.read("a") == b"x" * 5000
