"""Entries of an archive, copied as they are stored: neither unpacked nor judged.

A part that nobody touches may be encrypted, packed in a way that Python does not know or damaged on
its way here; in the copy it is what it was.
"""

from __future__ import annotations

import copy
import lzma
import struct
import zipfile
import zlib
from typing import BinaryIO, Final

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED, _DESCRIPTOR = 0x01, 0x08
_ZIP64_EXTRA = 1
_CHUNK = 1 << 20


def copy_stored(source: BinaryIO, info: zipfile.ZipInfo, out: zipfile.ZipFile) -> None:
    """Copy the entry ``info`` of the archive ``source`` to the end of ``out``.

    Raises ``BadZipFile`` where the archive does not hold what its directory says.
    """
    source.seek(info.header_offset)
    head = source.read(_LOCAL_HEADER.size)
    if len(head) < _LOCAL_HEADER.size or not head.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile(f"no entry at {info.header_offset}")
    _, name, extra = _LOCAL_HEADER.unpack(head)
    source.seek(name + extra, 1)
    kept = copy.copy(info)
    kept.extra = _without_zip64(info.extra)
    # The sizes are known and stand in front; but the password of an encrypted entry is checked
    # against another field where they follow the data.
    if not kept.flag_bits & _ENCRYPTED:
        kept.flag_bits &= ~_DESCRIPTOR
    assert out.fp is not None
    out.fp.seek(out.start_dir)
    kept.header_offset = out.fp.tell()
    out.fp.write(kept.FileHeader(zip64=False))
    left = info.compress_size
    while left:
        data = source.read(min(left, _CHUNK))
        if not data:
            # What was written of it is no entry yet, and the next one takes its place.
            raise zipfile.BadZipFile(f"{info.filename} is cut off")
        out.fp.write(data)
        left -= len(data)
    if kept.flag_bits & _DESCRIPTOR:
        sizes = struct.pack("<LLL", info.CRC, info.compress_size, info.file_size)
        out.fp.write(b"PK\x07\x08" + sizes)
    out.filelist.append(kept)
    out.NameToInfo[kept.filename] = kept
    out.start_dir = out.fp.tell()


def _without_zip64(extra: bytes) -> bytes:
    """Extra fields without the sizes of an entry above 4 GB, which none of a workbook's is."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind != _ZIP64_EXTRA:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept


# What zipfile and zlib raise for an entry that is damaged, encrypted or packed in an unknown way.
ENTRY_ERRORS: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError,
    RuntimeError,
)  # fmt: skip
# And for the many ways in which an archive as a whole can be broken.
ZIP_ERRORS: Final = (*ENTRY_ERRORS, ValueError, OSError)
