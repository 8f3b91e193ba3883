"""Whether a file is what this program wrote and nobody has changed since.

An Office package (.xlsx, .docx) says so itself: a small part holds a hash over all other parts.
Whatever saves it anew changes the hash or drops the part. Of other files, which have no room for
such a mark (CSV, JSON, PDF, Parquet), the hashes are kept in ``~/.perfgoals/written``.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import posixpath
import re
import shutil
import stat
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO

from perfgoals_xl.storage import temporary
from perfgoals_xl.storage.zip_copy import ENTRY_ERRORS, copy_stored

_TYPES = "[Content_Types].xml"
# Another number where somebody has a part of that name.
_SEAL = re.compile(r"perfgoals\d*\.xml")
_SEAL_TYPE = "application/vnd.perfgoals.seal+xml"
_NAMESPACE = "https://perfgoals-xl.invalid/seal"
_RELATION = f"{_NAMESPACE}/relationship"
RELATIONS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_CHUNK = 1 << 16
# What the sizes of a plain zip entry can hold, with some room.
_LARGE = 0xFFFF_0000
_MOST_LINES = 20_000
_LARGEST_SEAL = 10_000


def mark(path: Path, *, seal: bool = True) -> None:
    """Marks a file, or a folder of files, that has just been completed as ours.

    The same content gets the same mark. Raises ``OSError`` where the file cannot be written.
    """
    main = _main_part(path) if seal and path.is_file() and zipfile.is_zipfile(path) else None
    if main is None:
        _remember(_digest_of(path))
    else:
        _seal(path, main)


def is_unchanged(path: Path) -> bool:
    """Whether what stands at ``path`` was written by this program and is as it was then."""
    # Damaged packages fail in every way there is; what cannot be read is not known to be ours.
    with suppress(Exception):
        if path.is_file() and zipfile.is_zipfile(path) and (found := _sealed(path)) is not None:
            return found
        return _digest_of(path) in _remembered()
    return False


def _sealed(path: Path) -> bool | None:
    """Whether the seal of a package is whole; None where it has none."""
    with zipfile.ZipFile(path) as package:
        seals = [info.filename for info in package.infolist() if _is_seal(package, info)]
        if not seals:
            return None
        seal = _seal_text(_digest_of_parts(package, seals[0]))
        # What was damaged since is not as it was, although its directory may be.
        return len(seals) == 1 and package.read(seals[0]) == seal and package.testzip() is None


def _is_seal(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether a part is our seal; one of that name that somebody else put there is theirs."""
    if not _SEAL.fullmatch(posixpath.basename(info.filename)):
        return False
    if info.file_size > _LARGEST_SEAL:
        return False
    # One that cannot be unpacked says nothing.
    with suppress(*ENTRY_ERRORS):
        return _NAMESPACE.encode() in package.read(info)
    return False


def _digest_of_parts(package: zipfile.ZipFile, seal: str) -> str:
    """A hash over all parts but the seal, in the order of their names.

    Of a part its name, size and checksum count, as the directory has them: nothing is unpacked, so
    a part that came damaged or encrypted is as good as any other, and a large book takes no longer.
    """
    digest = hashlib.sha256()
    for info in sorted(package.infolist(), key=lambda info: (info.filename, info.header_offset)):
        if info.filename != seal:
            told = f"{info.filename}\0{info.file_size}\0{info.CRC:08x}\n"
            digest.update(told.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _digest_of_stream(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _seal_text(digest: str) -> bytes:
    return (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        f'<seal xmlns="{_NAMESPACE}" sha256="{digest}"/>'
    ).encode()


def _main_part(path: Path) -> str | None:
    """The workbook or the document of a package; None for another kind of zip file."""
    from lxml import etree

    with zipfile.ZipFile(path) as package, suppress(KeyError, etree.XMLSyntaxError):
        names = package.namelist()
        if _as_stored(names, _TYPES) not in names:
            return None
        for relation in etree.fromstring(package.read(_as_stored(names, "_rels/.rels"))):
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                main = _as_stored(names, str(relation.get("Target", "")).lstrip("/"))
                return main if main in names else None
    return None


def _as_stored(names: Iterable[str], name: str) -> str:
    """The name as the package spells it, which may be in other letters: parts have no case."""
    key = name.casefold()
    return next((stored for stored in names if stored.casefold() == key), name)


def _seal(path: Path, main: str) -> None:
    """Puts the seal into a package, in place of an earlier one; other parts stay as they are."""
    folder, name = posixpath.split(main)
    sealed = temporary.beside(path.parent)
    try:
        with (
            path.open("rb") as source,
            zipfile.ZipFile(source) as package,
            zipfile.ZipFile(sealed, "w") as out,
        ):
            names = [i.filename for i in package.infolist() if not _is_seal(package, i)]
            types = _as_stored(names, _TYPES)
            relations = _as_stored(names, posixpath.join(folder, "_rels", f"{name}.rels"))
            part = _free(names, folder)
            changed = {
                types: _with_type(package.read(types), part),
                relations: _with_relation(_read(package, relations), posixpath.basename(part)),
            }
            for info in package.infolist():
                if _is_seal(package, info):
                    continue
                new = changed.pop(info.filename, None)
                if new is None:
                    _copy(source, package, info, out)
                else:
                    out.writestr(_entry(info.filename), new)
            for name, new in changed.items():
                out.writestr(_entry(name), new)
        with zipfile.ZipFile(sealed) as package:
            text = _seal_text(_digest_of_parts(package, part))
        with zipfile.ZipFile(sealed, "a") as out:
            out.writestr(_entry(part), text)
        shutil.copymode(path, sealed)
        sealed.replace(path)
    finally:
        temporary.forget(sealed)


def _free(names: Iterable[str], folder: str) -> str:
    """A name for the seal that no other part has."""
    taken = {name.casefold() for name in names}
    numbers = itertools.chain([""], itertools.count(1))
    found = (posixpath.join(folder, f"perfgoals{number}.xml") for number in numbers)
    return next(name for name in found if name.casefold() not in taken)


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    with suppress(KeyError):
        return package.read(name)
    return f'<Relationships xmlns="{RELATIONS_SPACE}"/>'.encode()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    # What a zip file says of a file that everybody may read.
    entry.external_attr = 0o600 << 16
    return entry


def _copy(
    stored: BinaryIO, package: zipfile.ZipFile, info: zipfile.ZipInfo, out: zipfile.ZipFile
) -> None:
    """One part as it is stored; one above 4 GB packed anew with its own time and attributes."""
    if max(info.file_size, info.compress_size) < _LARGE:
        copy_stored(stored, info, out)
        return
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    entry.compress_type = info.compress_type
    entry.external_attr, entry.create_system = info.external_attr, info.create_system
    entry.file_size = info.file_size
    with package.open(info) as source, out.open(entry, "w") as target:
        shutil.copyfileobj(source, target, _CHUNK)


def _with_type(data: bytes, part: str) -> bytes:
    from lxml import etree

    types = etree.fromstring(data)
    for known in list(types):
        if known.get("PartName") == f"/{part}":
            return data
    etree.SubElement(
        types, f"{{{TYPES_SPACE}}}Override", PartName=f"/{part}", ContentType=_SEAL_TYPE
    )
    return etree.tostring(types, xml_declaration=True, encoding="UTF-8", standalone=True)


def _with_relation(data: bytes, target: str) -> bytes:
    from lxml import etree

    relations = etree.fromstring(data)
    for relation in relations:
        if relation.get("Type") == _RELATION:
            if relation.get("Target") == target:
                return data
            relations.remove(relation)
    # Wherever it stands, and in whatever letters.
    taken = {str(relation.get("Id")).casefold() for relation in relations.iter()}
    key = next(f"rId{n}" for n in itertools.count(1) if f"rid{n}" not in taken)
    etree.SubElement(
        relations, f"{{{RELATIONS_SPACE}}}Relationship", Id=key, Type=_RELATION, Target=target
    )
    return etree.tostring(relations, xml_declaration=True, encoding="UTF-8", standalone=True)


def _digest_of(path: Path) -> str:
    """A hash of a file, or of a folder with the names and contents of its files."""
    if not path.is_dir():
        with path.open("rb") as file:
            return _digest_of_stream(file)
    digest = hashlib.sha256()
    for inside in sorted(path.rglob("*")):
        kind = inside.lstat().st_mode
        if stat.S_ISDIR(kind):
            continue
        own = _digest_of(inside) if stat.S_ISREG(kind) else "?"
        digest.update(os.fsencode(f"{inside.relative_to(path).as_posix()}\0{own}\n"))
    return digest.hexdigest()


def _register() -> Path | None:
    with suppress(RuntimeError, OSError):
        return Path.home() / ".perfgoals" / "written"
    return None


def _remembered() -> set[str]:
    register = _register()
    return set() if register is None else set(register.read_text("ascii", "replace").split())


def _remember(digest: str) -> None:
    """Keeps a hash. Where there is no place for it, the file is replaced only when asked for."""
    register = _register()
    if register is None:
        return
    with suppress(OSError):
        register.parent.mkdir(parents=True, exist_ok=True)
        with register.open("a", encoding="ascii") as file:
            file.write(f"{digest}\n")
        lines = register.read_text("ascii", "replace").splitlines(keepends=True)
        if len(lines) > _MOST_LINES:
            # The oldest go.
            shorter = temporary.beside(register.parent)
            try:
                shorter.write_text("".join(lines[-_MOST_LINES // 2 :]), encoding="ascii")
                shorter.replace(register)
            finally:
                temporary.forget(shorter)
