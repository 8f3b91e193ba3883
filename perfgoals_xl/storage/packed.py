"""Pieces of an entry of an archive, packed one by one, perhaps elsewhere, and stored in a row.

A piece is packed without looking back at the one before it, so that pieces made by several
processes make one entry, and nobody unpacks them to add up its check sum.
"""

from __future__ import annotations

import copy
import zipfile
import zlib
from collections.abc import Iterable
from functools import cache
from typing import IO, NamedTuple

_POLYNOMIAL = 0xEDB88320
"""That of CRC-32, the lowest power of x in the highest bit."""
_ONE = 1 << 31
_LEVEL = 6


class Packed(NamedTuple):
    """A piece: the packed bytes, and the length and check sum of what they hold."""

    data: bytes
    size: int
    crc: int


class Total(NamedTuple):
    """What pieces in a row hold together."""

    size: int = 0
    crc: int = 0

    def with_piece(self, size: int, crc: int) -> Total:
        """The same with one more piece behind."""
        return Total(self.size + size, joined_crc(self.crc, crc, size))


def pack(content: bytes, *, last: bool = False) -> Packed:
    """Packs a piece; nothing may follow the ``last``."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = packer.compress(content) + packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)
    return Packed(data, len(content), zlib.crc32(content))


def joined_crc(first: int, second: int, size: int) -> int:
    """The CRC-32 of two pieces in a row; ``size`` is the length of the second.

    What stands in front of n bytes enters their check sum multiplied by x to the 8n.
    """
    shift, power = _ONE, 3  # x to the 8 is x, squared three times
    while size:
        if size & 1:
            shift = _times(_squared(power), shift)
        size, power = size >> 1, power + 1
    return _times(shift, first) ^ second


@cache
def _squared(times: int) -> int:
    """The polynomial x, squared so many times."""
    if not times:
        return _ONE >> 1
    root = _squared(times - 1)
    return _times(root, root)


def _times(a: int, b: int) -> int:
    """The product of two polynomials over the field of two, modulo that of CRC-32."""
    product = 0
    while a:
        if a & _ONE:
            product ^= b
        a = a << 1 & 0xFFFFFFFF
        b = b >> 1 ^ (_POLYNOMIAL if b & 1 else 0)
    return product


def store_packed(
    out: zipfile.ZipFile, like: zipfile.ZipInfo, total: Total, data: Iterable[bytes], length: int
) -> None:
    """Adds an entry of packed bytes, ``length`` of them, called and dated as ``like``.

    ``total`` is what they hold. Larger than 4 GB it is written as ZIP64, which Excel reads.
    """
    info = copy.copy(like)
    info.compress_type, info.flag_bits, info.extra = (
        zipfile.ZIP_DEFLATED,
        like.flag_bits & ~0x08,
        b"",
    )
    info.file_size, info.CRC, info.compress_size = total.size, total.crc, length
    file: IO[bytes] | None = out.fp
    assert file is not None
    file.seek(out.start_dir)
    info.header_offset = file.tell()
    file.write(info.FileHeader(zip64=max(total.size, length) > zipfile.ZIP64_LIMIT))
    for part in data:
        file.write(part)
    out.filelist.append(info)
    out.NameToInfo[info.filename] = info
    out.start_dir = file.tell()
