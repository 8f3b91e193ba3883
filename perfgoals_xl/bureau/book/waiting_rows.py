"""Rows that wait on disk while a book is written, and are put into its sheets afterwards."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from perfgoals_xl.storage.packed import Packed, Total, pack, store_packed
from perfgoals_xl.storage.zip_copy import copy_stored

_END = b"</sheetData>"
_CHUNK = 1 << 20


class WaitingRows:
    """The rows of the sheet in the part ``part``, packed, in a file of their own at ``path``."""

    def __init__(self, part: str, path: Path) -> None:
        self.part, self._path = part, path
        self._length = 0
        self.total = Total()

    def add(self, piece: Packed) -> None:
        """Takes the next rows."""
        # Opened for each: a book of many sheets would have many files open.
        with self._path.open("ab") as file:
            file.write(piece.data)
        self._length += len(piece.data)
        self.total = self.total.with_piece(piece.size, piece.crc)

    def between(self, head: bytes, tail: bytes) -> tuple[Total, Iterator[bytes], int]:
        """What a part holds with text around the rows, its packed bytes, and how many they are."""
        first, last = pack(head), pack(tail, last=True)
        total = Total().with_piece(first.size, first.crc)
        total = total.with_piece(self.total.size, self.total.crc)
        total = total.with_piece(last.size, last.crc)
        length = len(first.data) + self._length + len(last.data)
        return total, self._around(first.data, last.data), length

    def _around(self, head: bytes, tail: bytes) -> Iterator[bytes]:
        yield head
        if self._length:
            with self._path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        yield tail


def put_rows(book: Path, output: Path, rows: Sequence[WaitingRows]) -> None:
    """Copies the workbook ``book`` to ``output`` with the rows at the end of their sheets.

    Every other part is copied as it is stored.
    """
    of_part = {waiting.part: waiting for waiting in rows}
    with (
        book.open("rb") as source,
        zipfile.ZipFile(source) as package,
        zipfile.ZipFile(output, "w") as out,
    ):
        for info in package.infolist():
            waiting = of_part.get(info.filename)
            if waiting is None:
                copy_stored(source, info, out)
                continue
            head, end, tail = package.read(info).rpartition(_END)
            total, data, length = waiting.between(head, end + tail)
            store_packed(out, info, total, data, length)
