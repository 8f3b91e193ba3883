"""The files that a person dropped, each set of them in a folder of its own.

A file stands there under its label (:mod:`.file_labels`) and a known ending, beside the others and
the settings (perfgoals.toml), as in an office's folder: so what belongs together is found.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from perfgoals_xl.errors import InputError
from perfgoals_xl.page.answers import Refusal
from perfgoals_xl.page.file_labels import label
from perfgoals_xl.reading.sources.budgets import MOST_FILE_BYTES
from perfgoals_xl.reading.zipped_sources import MOST_BYTES, MOST_ENTRIES
from perfgoals_xl.review.settings import FILE_NAME
from perfgoals_xl.storage import place_faults, temporary

SETTINGS = FILE_NAME
MOST_SETTINGS_BYTES = 1024 * 1024
MOST_SET_BYTES = 2 * MOST_BYTES
"""Of all files of a set together."""
MOST_FILES = MOST_ENTRIES
MOST_SETS = 24
"""Tabs that were opened and not closed; the one used longest ago goes first."""
_ENDINGS = """
.xlsx .xlsm .xltx .xltm .xls .xlt .xlsb .ods .ots .fods .et .ett
.docx .docm .dotx .dotm .doc .dot .wps .wpt .rtf .odt .ott
.pdf .html .htm .xhtml .shtml .mht .mhtml .txt .csv .tsv .md .markdown .zip
"""
ENDINGS = frozenset(_ENDINGS.split())
"""What is taken. The reader looks at the content, and tells what is called otherwise than it is."""
_OPTION_ENDINGS = (".toml",)


@dataclass(frozen=True)
class DroppedFile:
    """One file: its number, its label, where it stands. ``use`` is source, option or settings."""

    number: int
    name: str
    path: Path
    size: int
    use: str = "source"

    def to_json(self) -> dict[str, Any]:
        """The file as the page knows it."""
        return {"file": self.number, "name": self.name, "size": self.size}


@dataclass(frozen=True)
class Output:
    """A file that was made of a set, and what it is to be called."""

    number: int
    name: str
    path: Path
    size: int

    def to_json(self) -> dict[str, Any]:
        """The output as the page knows it."""
        return {"number": self.number, "name": self.name, "size": self.size}


@dataclass
class FileSet:
    """The files of one tab, what was found in them, and what was made of them.

    ``checked`` holds the options of the last check that came to an end, ``remembered`` every reason
    that was typed by what it answers, which outlives a check: a page that is loaded anew gives it
    to the findings of the next one.
    """

    id: str
    folder: Path
    files: dict[int, DroppedFile] = field(default_factory=dict)
    outputs: dict[int, Output] = field(default_factory=dict)
    checked: Mapping[str, Any] | None = None
    reasons: list[Mapping[str, Any]] = field(default_factory=list)
    remembered: dict[tuple[str | None, ...], str] = field(default_factory=dict)
    waiting_bytes: int = 0
    _numbers: int = 0

    @property
    def sources(self) -> list[DroppedFile]:
        """The files to be read, in the order in which they came."""
        return [file for file in self.files.values() if file.use == "source"]

    @property
    def size(self) -> int:
        """The bytes of all files, those that are still coming included."""
        return sum(file.size for file in self.files.values()) + self.waiting_bytes

    @property
    def drop_folder(self) -> Path:
        """Where the files stand."""
        return self.folder / "files"

    def number(self) -> int:
        """A number that this set never had."""
        self._numbers += 1
        return self._numbers

    def to_json(self, running: str | None) -> dict[str, Any]:
        """The set as the page knows it, with the job that is running for it."""
        return {
            "files": [file.to_json() for file in self.files.values() if file.use != "option"],
            "job": running,
            "checked": self.checked is not None,
            "options": dict(self.checked or {}),
            "reasons": [{"of": of, "text": text} for of, text in self.remembered.items()],
        }

    def expect(self, name: str, size: int | None, use: str) -> ExpectedFile:
        """A file that is about to come. Raises :class:`Refusal` for one that is not taken."""
        settings = PurePath(name.replace("\\", "/")).name.casefold() == SETTINGS
        ending = PurePath(label(name)).suffix.lower()
        if settings and use == "source":
            use = "settings"
        known = ENDINGS if use == "source" else (*ENDINGS, *_OPTION_ENDINGS)
        if ending not in known:
            raise Refusal(415, _unknown(label(name), ending))
        if len(self.files) >= MOST_FILES:
            raise Refusal(413, f"一次最多放 {MOST_FILES} 个文件，请分几次。")
        most = MOST_SETTINGS_BYTES if use == "settings" else most_bytes(ending)
        expected = ExpectedFile(self, name, ending, use, most)
        expected.refuse_beyond(size or 0)
        return expected

    def copy(self, file: Path) -> None:
        """Takes a copy of a file of this PC, and of the settings beside it.

        Raises :class:`Refusal` for one that is not taken, ``OSError`` for one that cannot be read.
        """
        if file.exists() and not file.is_file():
            raise Refusal(415, f"“{label(file.name)}”不是普通文件，没有读取。")
        beside = file.parent / SETTINGS
        for one in (file, *([beside] if beside.is_file() else [])):
            found = one.stat()
            expected = self.expect(one.name, found.st_size, "source")
            with expected.receiving() as path:
                shutil.copyfile(one, path)
                expected.keep(path, found.st_mtime)

    def remove(self, number: int) -> None:
        """Takes a file out. Raises :class:`Refusal` where there is none of that number."""
        file = self.files.pop(number, None)
        if file is None:
            raise Refusal(404, "没有这个文件，可能已经移除。")
        temporary.remove(file.path)
        self.checked = None

    def add_output(self, made: Path, name: str) -> Output:
        """Keeps a file that was made in this set, under a number."""
        number = self.number()
        place = self.folder / f"output-{number}{made.suffix}"
        made.replace(place)
        output = Output(number, label(name), place, place.stat().st_size)
        self.outputs[number] = output
        return output


@dataclass
class ExpectedFile:
    """A file on its way: what it will be called, and how long it may be."""

    of: FileSet
    name: str
    ending: str
    use: str
    most: int
    size: int = 0

    def refuse_beyond(self, size: int) -> None:
        """Raise :class:`Refusal` where the file, or with it its set, would be too long."""
        if size > self.most:
            raise Refusal(413, f"“{label(self.name)}”超过 {self.most >> 20} MB，没有读取。")
        if self.of.size - self.size + size > MOST_SET_BYTES:
            raise Refusal(413, f"放入的文件一共超过 {MOST_SET_BYTES >> 20} MB，请分几次。")

    def grow(self, size: int) -> None:
        """So many bytes more have come. Raises :class:`Refusal` beyond the limits."""
        self.refuse_beyond(self.size + size)
        self.size += size
        self.of.waiting_bytes += size

    @contextmanager
    def receiving(self) -> Iterator[Path]:
        """A path to write to; what does not become a file of the set is gone after the block."""
        path = self.of.folder / f"coming-{secrets.token_hex(6)}"
        try:
            yield path
        finally:
            self.of.waiting_bytes -= self.size
            temporary.remove(path)

    def keep(self, path: Path, modified: float | None) -> DroppedFile:
        """Makes what has come a file of the set. ``modified`` is when it was saved, if known."""
        taken = self.of
        number = taken.number()
        if self.use == "settings":
            for old in [one for one in taken.files.values() if one.use == "settings"]:
                del taken.files[old.number]
            name = SETTINGS
        else:
            name = label(self.name, [SETTINGS, *(file.name for file in taken.files.values())])
        place = taken.drop_folder / name
        path.replace(place)
        if modified is not None:
            with suppress(OSError, OverflowError, ValueError):
                os.utime(place, (modified, modified))
        file = DroppedFile(number, name, place, place.stat().st_size, self.use)
        taken.files[number] = file
        if self.use != "option":
            taken.checked = None
        return file


class FileSets:
    """All sets of this start, in a folder that goes with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sets: dict[str, FileSet] = {}

    def new(self) -> FileSet:
        """A new set without files. Raises :class:`Refusal` where the disk takes no more."""
        while len(self._sets) >= MOST_SETS:
            self.remove(next(iter(self._sets)))
        name = secrets.token_urlsafe(12)
        made = FileSet(name, self._folder / f"set-{secrets.token_hex(6)}")
        with telling_full():
            for folder in (made.folder, made.drop_folder):
                folder.mkdir(mode=0o700)
        self._sets[name] = made
        return made

    def get(self, name: str) -> FileSet:
        """The set of that name. Raises :class:`Refusal` where there is none."""
        found = self._sets.pop(name, None)
        if found is None:
            raise Refusal(404, "这些文件已经移除，请重新放入。")
        self._sets[name] = found  # used last
        return found

    def remove(self, name: str) -> None:
        """Removes a set with its files and outputs."""
        gone = self._sets.pop(name, None)
        if gone is not None:
            temporary.remove(gone.folder)


@contextmanager
def telling_full() -> Iterator[None]:
    """What the disk does not take, as a :class:`Refusal`."""
    try:
        yield
    except OSError as error:
        told = place_faults.input_error(error)
        line = str(InputError(told.message, hint=told.hint))
        raise Refusal(507, line) from error


def most_bytes(ending: str) -> int:
    """How long a file with such an ending may be."""
    return MOST_BYTES if ending == ".zip" else MOST_FILE_BYTES


def _unknown(name: str, ending: str) -> str:
    what = f"{ending} 文件" if ending else "没有扩展名的文件"
    return (
        f"“{name}”是{what}，不能读取。请放入工作簿（.xlsx、.xls、.et 等）、"
        "Word 文档、PDF、网页、文本，或装着它们的 .zip。"
    )
