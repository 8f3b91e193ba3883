"""Sources in a zip, as a department mails them: each is read as if it lay in a folder.

A zip is only read. Its files are unpacked into a temporary folder under names of our own, so that
no entry can write anywhere else, within bounds that are checked before and while it grows. What
programs leave in a zip by themselves is passed over; what cannot be a source is told in a line.
"""

from __future__ import annotations

import errno
import re
import stat
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.sources.archive import ENTRY
from perfgoals_xl.reading.sources.budgets import MOST_FILE_BYTES, too_large
from perfgoals_xl.storage.zip_copy import ZIP_ERRORS

MOST_ENTRIES = 2_000
MOST_BYTES = 512 * 1024 * 1024
_MOST_LIST_BYTES = 64 * 1024 * 1024
_CHUNK = 1 << 20
# What a workbook or a document has at its root: such a zip is one source and not many.
_PACKAGES = ("[content_types].xml", "mimetype", "content.xml")
_JUNK_FOLDERS = ("__MACOSX", ".git", "$RECYCLE.BIN")
_JUNK = ("thumbs.db", "desktop.ini")
_UTF8, _ENCRYPTED = 0x800, 0x1
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_LONGEST_NAME = 80
_OF_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EIO)


class Source(NamedTuple):
    """A file to read: where it is, what to call it, and whether it came out of a zip."""

    path: Path
    shown: str
    zipped: bool = False


class Refused(NamedTuple):
    """What a zip holds and nobody can read, as one line."""

    told: str


@contextmanager
def unzipped(sources: Iterable[Path]) -> Iterator[list[Source | Refused]]:
    """The sources with every zip among them unpacked, for as long as the context lasts.

    Raises ``InputError`` for a zip that is damaged or holds more than any department sends.
    """
    with tempfile.TemporaryDirectory() as name:
        found: list[Source | Refused] = []
        for number, path in enumerate(sources):
            if is_zip_of_sources(path):
                found += _unpacked(path, Path(name) / str(number))
            else:
                found.append(Source(path, str(path)))
        yield found


def is_zip_of_sources(path: Path) -> bool:
    """Whether a path is a zip of files, and no workbook or document that is called .zip."""
    if path.suffix.lower() != ".zip" or not path.is_file():
        return False
    _refuse_large(path)
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower() for name in archive.namelist()[:MOST_ENTRIES]}
    except ZIP_ERRORS:
        return True  # told as a broken zip
    return not names.intersection(_PACKAGES)


def _unpacked(path: Path, folder: Path) -> Iterator[Source | Refused]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise too_large(path, f"压缩包里的文件超过 {MOST_ENTRIES} 个")
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise too_large(path, f"压缩包解压后超过 {MOST_BYTES >> 20} MB")
            found = list(_members(archive, path, folder))
    except ZIP_ERRORS as error:
        if _is_of_disk(error):
            raise
        raise InputError(
            "压缩包已损坏或不完整，无法读取", hint="请重新压缩或重新传输后再试。", file=path
        ) from error
    if not any(isinstance(one, Source) for one in found):
        told = f"（{'；'.join(one.told for one in found if isinstance(one, Refused))}）"
        raise InputError(
            f"压缩包里没有可以读取的文件{told if found else ''}",
            hint="请把申报表放进压缩包，或直接指定申报表。",
            file=path,
        )
    yield from found


def _refuse_large(path: Path) -> None:
    """Refuse what is too large before ``zipfile`` reads its list of entries.

    A list of millions of entries would fill the memory before anybody could count it.
    """
    if path.stat().st_size > MOST_BYTES:
        raise too_large(path, f"压缩包超过 {MOST_BYTES >> 20} MB")
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _MOST_LIST_BYTES))
        if file.read().count(ENTRY) > MOST_ENTRIES * 10:
            raise too_large(path, f"压缩包里的文件超过 {MOST_ENTRIES} 个")


def _members(archive: zipfile.ZipFile, path: Path, folder: Path) -> Iterator[Source | Refused]:
    left = MOST_BYTES
    seen: set[str] = set()
    for number, entry in enumerate(archive.infolist()):
        name = name_of(entry)
        if entry.is_dir() or _is_junk(name):
            continue
        shown = f"{path}/{_unlike(name, seen)}"
        why = _why_not(entry, name)
        if why is None:
            # A folder for each: two folders of the zip may hold files of one name.
            target = folder / str(number) / _file_name(name)
            target.parent.mkdir(parents=True)
            try:
                left -= _write(archive, entry, target, min(left, MOST_FILE_BYTES))
            except (_TooLong, *ZIP_ERRORS) as error:
                if _is_of_disk(error):
                    raise
                target.unlink(missing_ok=True)
                why = _why_broken(error)
        if why is None:
            yield Source(target, shown, zipped=True)
        else:
            yield Refused(f"{shown}：{why}，没有读取")


def _unlike(name: str, seen: set[str]) -> str:
    """A name unlike those before: sources are told apart by it, and a zip may hold one twice."""
    path, unlike, number = PurePosixPath(name), name, 1
    while unlike in seen:
        number += 1
        unlike = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    seen.add(unlike)
    return unlike


def _is_of_disk(error: Exception) -> bool:
    """Whether the disk refused to take what was unpacked: that is no fault of the zip."""
    return isinstance(error, OSError) and error.errno in _OF_DISK


def _why_broken(error: Exception) -> str:
    """Why an entry could not be unpacked."""
    if isinstance(error, _TooLong):
        return "太大"
    if isinstance(error, NotImplementedError):
        return "用了不支持的压缩方式，请用普通的 zip 重新压缩"
    if isinstance(error, RuntimeError):
        return "有密码"
    return "已损坏，解压不出来"


def name_of(entry: zipfile.ZipInfo) -> str:
    """The name of an entry: of programs that write no UTF-8, in GBK where it is that."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding) or name
                break
            except UnicodeDecodeError:
                continue
    parts = [p for p in PurePosixPath(name.replace("\\", "/")).parts if p not in ("/", "..", ".")]
    return "/".join(parts)


def _is_junk(name: str) -> bool:
    """Whether a program left a file in the zip by itself: Mac, Windows, or Excel while it ran."""
    parts = PurePosixPath(name).parts
    if not parts or any(part in _JUNK_FOLDERS for part in parts[:-1]):
        return True
    return parts[-1].startswith(("~$", ".")) or parts[-1].lower() in _JUNK


def _why_not(entry: zipfile.ZipInfo, name: str) -> str | None:
    mode = entry.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "是一个链接"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "不是普通文件"
    if entry.flag_bits & _ENCRYPTED:
        return "有密码"
    if name.lower().endswith((".zip", ".rar", ".7z", ".gz")):
        return "是压缩包里的压缩包，请先解压"
    return None


def _file_name(name: str) -> str:
    """The last part of a name as every system takes it, with its suffix, which says what it is."""
    last = PurePosixPath(_NOT_IN_NAMES.sub("_", name.rsplit("/", 1)[-1]))
    stem = last.stem.encode("utf-8")[:_LONGEST_NAME].decode("utf-8", "ignore").rstrip(" .")
    return f"{stem or '文件'}{last.suffix[:12]}"


class _TooLong(Exception):
    pass


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, most: int) -> int:
    """Unpack one entry; the size that the list of entries states may be a lie."""
    written = 0
    with archive.open(entry) as read, target.open("wb") as file:
        while chunk := read.read(_CHUNK):
            written += len(chunk)
            if written > most:
                raise _TooLong
            file.write(chunk)
    return written
