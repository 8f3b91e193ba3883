"""Documents of the old Word (.doc, WPS .wps), RTF and OpenDocument (.odt), through LibreOffice.

They become a .docx in a temporary folder, which is then read; where no LibreOffice is installed,
one line says so.
"""

from __future__ import annotations

import struct
from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.sources.budgets import too_large
from perfgoals_xl.storage.libreoffice import convert, installed_office

OLD, RICH, OPEN = "旧版 Word 文档（.doc）", "RTF 文档", "OpenDocument 文档（.odt）"
_SUFFIX = {OLD: ".doc", RICH: ".rtf", OPEN: ".odt"}
_HINT = "请用 Word 或 WPS 打开，另存为 .docx 再试。"
# A cold start takes ten seconds on a slow machine; what takes longer than all this is no form.
_SECONDS = 60
# What is larger is full of pictures, and opens slowly.
_MOST_BYTES = 50_000_000
# Of the head of a document: its mark, and the flag that it has a password.
_MARK, _ENCRYPTED = b"\xec\xa5", 0x0100


def as_docx(path: Path, data: bytes, kind: str) -> bytes:
    """The document as .docx; ``kind`` is one of those above.

    Raises ``InputError`` where it is damaged, has a password or is too large, where no LibreOffice
    is installed, and where it makes nothing of it.
    """
    if kind == OLD:
        _refuse_unusable(path, data)
    if len(data) > _MOST_BYTES:
        raise too_large(path, f"文档超过 {_MOST_BYTES // 1_000_000} MB")
    office = installed_office()
    if office is None:
        raise InputError(f"这是{kind}，本机没有安装 LibreOffice，无法读取", hint=_HINT, file=path)
    made = convert(office, data, _SUFFIX[kind], "docx:MS Word 2007 XML", seconds=_SECONDS)
    if made is None:
        raise InputError(f"这是{kind}，LibreOffice 没有读出来", hint=_HINT, file=path)
    return made


def _refuse_unusable(path: Path, data: bytes) -> None:
    """Raises ``InputError`` for what is no old document or has a password: no program is needed."""
    # Only an old document needs it.
    from xlrd.compdoc import CompDoc  # type: ignore[import-untyped,unused-ignore]

    stream: bytes | None
    try:
        memory, begin, length = CompDoc(data, logfile=_Nowhere()).locate_named_stream(
            "WordDocument"
        )
        stream = memory[begin : begin + length] if memory else None
    except Exception:  # the library reports damage in as many ways as there are records
        stream = None
    if stream is None or not stream.startswith(_MARK) or len(stream) < 12:
        raise InputError(f"这是{OLD}，已损坏或不完整", hint=_HINT, file=path)
    (flags,) = struct.unpack_from("<H", stream, 10)
    if flags & _ENCRYPTED:
        raise InputError(
            "Word 文档设有打开密码", hint="请在 Word 中取消密码后另存再试。", file=path
        )


class _Nowhere:
    """Takes the library's remarks about the file."""

    def write(self, text: str) -> int:
        return len(text)
