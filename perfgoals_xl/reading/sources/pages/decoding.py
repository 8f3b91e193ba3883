"""The text in the bytes of a file whose encoding nobody states, or states wrongly."""

from __future__ import annotations

import re
from pathlib import Path

from perfgoals_xl.errors import InputError

# A byte order mark decides; without one UTF-8 is tried first because GB18030 reads almost anything.
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What a file says of itself means more than the name says: every GBK text is one of GB18030.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
          "cp936": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252"}  # fmt: skip
# Bytes looked at for the line ends and digits of UTF-16 without a mark.
_LOOKED_AT = 4096
# Nobody types these, and what is no text has them in whatever way it is read.
_NO_SIGNS = re.compile("[\0-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def decoded(path: Path, data: bytes, stated: str | None = None) -> str:
    """The text of ``data``: by its mark, as ``stated``, as UTF-16, UTF-8 or GB18030.

    An encoding that is stated and does not fit is taken for a slip. Raises ``InputError`` for bytes
    that are no text in any of them.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _read_as(data, encoding) or _none(path, data[len(mark) :])
    wide = _wide(data)
    if wide is not None:
        text = _read_as(data, wide)
        if text is None or _NO_SIGNS.search(text):
            raise no_text(path)
        return text
    named = _WIDER.get((stated or "").lower(), stated or "utf-8")
    for encoding in dict.fromkeys((named, "utf-8", "gb18030")):
        text = _read_as(data, encoding)
        if text is not None:
            return text
    raise no_text(path)


def no_text(path: Path) -> InputError:
    """The refusal of a file that is neither a workbook nor a text."""
    return InputError(
        "文件不是工作簿，也不是可识别编码的文本",
        hint="请用 Excel 打开后另存为 .xlsx，或另存为 UTF-8 文本再试。",
        file=path,
    )


def _none(path: Path, rest: bytes) -> str:
    if rest:
        raise no_text(path)
    return ""


def _wide(data: bytes) -> str | None:
    """Which UTF-16 a text without a mark is in: its line ends and digits have a zero on one side.

    None where there is no zero byte. What has zeros on both sides is tried too, and is no text.
    """
    zero = data.find(b"\0")
    if zero < 0:
        return None
    begin = max(0, zero - _LOOKED_AT) & ~1
    part = data[begin : begin + 2 * _LOOKED_AT]
    return "utf-16-be" if part[::2].count(0) > part[1::2].count(0) else "utf-16-le"


def _read_as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
