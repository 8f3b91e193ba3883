"""When a file was saved last, to tell the newer of two versions of one declaration.

The time that Excel, WPS or Word wrote into the file comes first: it goes along when the file is
copied, mailed or unpacked, all of which may give it another time in the file system. That time is
the stand-in where the file holds none: a text, an .xls, and a workbook that this program wrote and
nobody saved since, whose inner time is always the same so that the same input gives the same bytes.

A PDF is printed from a file that somebody has: however late it was made, it is older than any
version that can be edited, which says all that it says and more.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from perfgoals_xl.storage.zip_copy import ZIP_ERRORS

# Of a part that is a few lines long in every file that a program wrote.
_LONGEST = 100_000
_PRINTED = b"%PDF-"
# A header of a PDF may have other bytes before it.
_BEFORE_PRINTED = 1024
# Part and element of each format: OOXML, OpenDocument.
_TOLD = {"docProps/core.xml": "modified", "meta.xml": "date"}
OURS = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""The inner time of every file that this program writes."""


class Saved(NamedTuple):
    """When a file was saved, in whole seconds since 1970, and its time in the file system in ns."""

    when: int
    touched: int


def saved_time(path: Path, data: bytes) -> Saved:
    """When the file with these bytes was saved. A path that is gone has no time: 0."""
    try:
        touched = path.stat().st_mtime_ns
    except OSError:
        touched = 0
    if is_printed(data):
        return Saved(0, touched)
    inner = _inner(data)
    return Saved(touched // 10**9 if inner is None else inner, touched)


def is_printed(data: bytes) -> bool:
    """Whether these are the bytes of a PDF."""
    return _PRINTED in data[:_BEFORE_PRINTED] and not data.startswith(b"PK")


def earlier(one: Saved | None, other: Saved | None) -> Saved | None:
    """When the bytes of two equal files were saved: a copy is never older than what it is of."""
    if one is None or other is None:
        return one or other
    return min(one, other)


def _inner(data: bytes) -> int | None:
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part, element in _TOLD.items():
                # The directory is looked up, never searched for: most packages have one of them.
                if part in package.NameToInfo and package.getinfo(part).file_size <= _LONGEST:
                    return _time(package.read(part), element)
    except ZIP_ERRORS:
        return None
    return None


def _time(xml: bytes, name: str) -> int | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:  # nothing in it that could be recovered
        return None
    if root is None:
        return None
    for element in root.iter(f"{{*}}{name}"):
        try:
            found = dt.datetime.fromisoformat((element.text or "").strip())
        except ValueError:
            return None
        if found.tzinfo is None:
            found = found.replace(tzinfo=dt.UTC)
        return None if found == OURS else int(found.timestamp())
    return None
