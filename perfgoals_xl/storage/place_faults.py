"""Faults of a place, in our words: a full disk, no permission, a name too long.

They are nobody's bug: whatever ends in an ``OSError`` is told in one line, without a traceback.
"""

from __future__ import annotations

import errno
from pathlib import Path

from perfgoals_xl.errors import InputError

FULL = "磁盘空间不足"
_ELSEWHERE = "请换一个位置再试。"
_PERMISSION = "请检查权限，或先关闭占用它的程序。"
_NAMED = {
    "ENOSPC": (FULL, "请清理磁盘，或换一个位置再试。"),
    "EDQUOT": ("超出了磁盘配额", "请清理磁盘，或换一个位置再试。"),
    "EFBIG": ("文件超过了系统允许的大小", _ELSEWHERE),
    "EROFS": ("磁盘是只读的", _ELSEWHERE),
    "EACCES": ("没有权限", _PERMISSION),
    "EPERM": ("没有权限", _PERMISSION),
    "EBUSY": ("文件正被占用", _PERMISSION),
    "ETXTBSY": ("文件正被占用", _PERMISSION),
    "EIO": ("磁盘读写出错", "请检查磁盘或网络连接，再试一次。"),
    "ESTALE": ("与网络文件夹的连接断开了", "请检查网络，再试一次。"),
    "ETIMEDOUT": ("与网络文件夹的连接断开了", "请检查网络，再试一次。"),
    "EMFILE": ("同时打开的文件太多", "请关闭一些程序，再试一次。"),
    "ENFILE": ("同时打开的文件太多", "请关闭一些程序，再试一次。"),
    "ENOMEM": ("内存不足", "请关闭一些程序，再试一次。"),
    "EAGAIN": ("系统暂时没有资源", "请关闭一些程序，再试一次。"),
    "ENAMETOOLONG": ("文件名或路径太长", "请换一个短一些的名字。"),
    "ELOOP": ("链接指回了它自己", "请给出真正的文件。"),
    "ENOTDIR": ("路径中有一段不是文件夹", "请检查路径。"),
    "EISDIR": ("这是一个文件夹", "请给出完整的文件名。"),
    "ENOENT": ("找不到文件或文件夹", "请检查路径；如果刚被移走或删除，请放回后再试。"),
    "EBADF": ("输出已经关闭，结果没有地方可写", "请用 -o 写到文件，或打开标准输出再试。"),
    "EINVAL": ("系统不接受这个文件或文件名", "请换一个文件名。"),
    "EILSEQ": ("文件名中有系统不接受的字符", "请换一个文件名。"),
}
_WORDS = {getattr(errno, name): told for name, told in _NAMED.items() if hasattr(errno, name)}

OF_WRITING = (errno.ENOSPC, errno.EFBIG, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC))
"""What happens to files that are written alone, whichever of two files an error names."""


def words_of(error: OSError) -> str:
    """What went wrong, in a few words."""
    told = _WORDS.get(error.errno or 0)
    return told[0] if told else f"系统报错：{error.strerror or error}"


def input_error(error: OSError, path: str | Path | None = None, *, doing: str = "") -> InputError:
    """The error as one line about ``path``, or about the file that it names itself.

    ``doing`` says what could not be done, such as 文件没有写出.
    """
    named = path if path is not None else error.filename
    if isinstance(named, bytes):
        named = named.decode("utf-8", "replace")
    what = words_of(error) if not doing else f"{words_of(error)}，{doing}"
    hint = _WORDS.get(error.errno or 0, ("", _ELSEWHERE))[1]
    if named is None and error.errno == errno.ENOENT:
        # Nothing was looked for but the current folder.
        return InputError("当前文件夹已被删除", hint="请换到另一个文件夹再运行。")
    # A number stands for an open file, which says nothing to people.
    file = named if isinstance(named, str | Path) else None
    return InputError(what if file is not None else f"读写没有完成：{what}", hint=hint, file=file)
