"""The letters of a consolidation: files are entered one by one, and wait on disk until all are.

In memory stays a place for each file; a department's letter is put together when it is written.
"""

from __future__ import annotations

import functools
import hashlib
import os
import pickle
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from perfgoals_xl.bureau.account import FileLine, State
from perfgoals_xl.bureau.digest import Digest
from perfgoals_xl.bureau.engines import Engine
from perfgoals_xl.bureau.letters.letter_names import letter_names
from perfgoals_xl.bureau.letters.letter_settings import LetterSettings
from perfgoals_xl.bureau.letters.shares import Letter, Share, share_of
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import fold
from perfgoals_xl.storage.files import refuse_source, refuse_work
from perfgoals_xl.storage.whole_folder import whole_folder

_TOGETHER = 4
"""How many letters a worker is given at once."""
_SHORTEST = 4
"""Letters of a department's name that may stand in the name of a file by chance no longer."""
_NUMBERED = re.compile(r"序号 (\d{1,9})（")
_EMPTY = hashlib.sha256().hexdigest()
_ELSEWHERE = "也可以另选一个存放审核意见的文件夹；"


@dataclass(frozen=True)
class LetterOrder:
    """That letters are wanted: in which folder, and what they say of the bureau."""

    folder: Path
    settings: LetterSettings = field(default_factory=LetterSettings)


class Letters(NamedTuple):
    """How many letters were written; ``returned`` of them ask to hand in again."""

    written: int
    returned: int
    reminders: int = 0

    @property
    def told(self) -> str:
        """The counts in words."""
        rest = self.written - self.returned - self.reminders
        parts = (f"退回 {self.returned} 份", f"可报送 {rest} 份")
        more = [f"未报送 {self.reminders} 份"] if self.reminders else []
        return "、".join([*parts, *more])


@dataclass
class _Department:
    """Whom a letter is for, and where on disk what goes into it waits."""

    name: str | None
    files: list[tuple[int, FileLine]] = field(default_factory=list)
    state: str = ""
    before: str = ""


class Posting:
    """Letters under way: what waits is written to the folder ``scratch``."""

    def __init__(self, order: LetterOrder, scratch: Path) -> None:
        self._order, self._scratch = order, scratch
        self._spool_path, self._made = scratch / "shares", scratch / "letters"
        self._departments: dict[str, _Department] = {}
        self._nameless: list[tuple[int, FileLine]] = []
        self._names: list[str] = []
        self._others = Share("")

    def take(self, digest: Digest, line: FileLine, since: Sequence[str] = ()) -> None:
        """Enters a file; ``since`` says of each finding what became of it since the last round."""
        if line.state is State.SUMMARY:
            return  # a department's own summary, or an earlier letter: nothing to be reviewed
        with self._spool_path.open("ab") as spool:
            entry = spool.tell(), line
            share = share_of(digest, line, since)
            pickle.dump(share, spool, pickle.HIGHEST_PROTOCOL)
        self._others = self._others.beside(share)
        # A name that stands on a list alone may be another than that of its other files.
        if line.department and line.department != line.expected_as:
            self._of(line.department).files.append(entry)
        else:
            self._nameless.append(entry)

    def expect(self, department: str, before: str = "") -> None:
        """Asks for a letter to a department whether it handed in anything or not.

        ``before`` is its state in the last round's book, empty where it had handed in nothing.
        """
        self._of(department).before = before

    def tell(self, department: str, *, state: str) -> None:
        """Says what the book says of a department that has a file here or is expected."""
        own = self._departments.get(fold(department))
        if own is not None:
            own.state = state

    def write(
        self, engine: Engine, lines: Sequence[FileLine], sources: Collection[Path]
    ) -> Letters:
        """Makes the documents with the engine, when ``lines`` tells how all the files fared.

        Raises ``InputError``, before any is made, where one would take the place of a source or of
        somebody's work.
        """
        departments = self._addressed(lines)
        self._names = letter_names(_called(one) for one in departments)
        resolved = {path.resolve() for path in sources}
        for name in self._names:
            target = self._order.folder / name
            if target.resolve() in resolved:
                refuse_source(target, [target])
            refuse_work(target, _ELSEWHERE)
        self._made.mkdir()
        returned = reminders = 0
        work = functools.partial(_documents, settings=self._order.settings)

        def letters() -> Iterator[Letter]:
            nonlocal returned, reminders
            for letter in self._put_together(departments, lines):
                returned += letter.returned
                reminders += not letter.shares
                yield letter

        documents = engine.map(work, _by_few(letters()), lambda letter: work([letter])[0])
        for name, document in zip(self._names, documents, strict=True):
            (self._made / name).write_bytes(document)
        return Letters(len(self._names), returned, reminders)

    @contextmanager
    def delivered(self) -> Iterator[None]:
        """The letters stand in their folder when the block ends without an error, else none."""
        with whole_folder(self._order.folder, self._names) as folder:
            for name in self._names:
                (folder / name).write_bytes((self._made / name).read_bytes())
            yield

    def _of(self, department: str) -> _Department:
        return self._departments.setdefault(fold(department), _Department(department))

    def _addressed(self, lines: Sequence[FileLine]) -> list[_Department]:
        """Whom the letters are for, in the order of their first files."""
        known = _Whereabouts(lines)
        found = [(entry, known.department_of(entry[1])) for entry in self._nameless]
        # Copies go where one of them does; all files without content are alike, and no copies.
        whose = {_content(line): name for (_, line), name in found if name}
        apart: dict[str, _Department] = {}
        for entry, own in found:
            name = own or whose.get(_content(entry[1]))
            if name is not None:
                self._of(name).files.append(entry)
            else:
                apart.setdefault(_content(entry[1]), _Department(None)).files.append(entry)
        departments = [*self._departments.values(), *apart.values()]
        for department in departments:
            department.files.sort(key=lambda entry: entry[1].number)
        return sorted(
            departments,
            key=lambda one: [line.number for _, line in one.files[:1]] or [len(lines) + 1],
        )

    def _put_together(
        self, departments: Sequence[_Department], lines: Sequence[FileLine]
    ) -> Iterator[Letter]:
        names = {line.number: Path(line.file).name for line in lines}
        if not self._spool_path.exists():
            self._spool_path.touch()
        with self._spool_path.open("rb") as spool:
            for department in departments:
                shares = [_read(spool, place) for place, _ in department.files]
                told = tuple(
                    _told(share, line, names)
                    for share, (_, line) in zip(shares, department.files, strict=True)
                )
                yield Letter(
                    department.name,
                    told,
                    state=department.state,
                    before=department.before,
                    others=self._others,
                )


def refuse_folder(folder: Path) -> None:
    """Raises ``InputError`` where no folder of letters can be, before hours of work."""
    above = folder
    while not above.exists() and above.parent != above:
        above = above.parent
    if not above.is_dir():
        raise InputError("输出位置已有同名文件", hint="请另选一个文件夹。", file=above)
    if not os.access(above, os.W_OK):
        raise InputError("没有在该文件夹写文件的权限", hint="请另选一个文件夹。", file=above)


class _Whereabouts:
    """Which department a file is of that does not say so itself.

    It is the one that the list of departments or the last round knows the file to be of, then the
    one whose name the file is called by, else the only one in its folder, where that is not the
    folder of everybody's files.
    """

    def __init__(self, lines: Sequence[FileLine]) -> None:
        self._names = {fold(line.department): line.department for line in lines if line.department}
        # By the name that it has here, where a list has another.
        self._expected = {
            fold(line.expected_as): line.department
            for line in lines
            if line.expected_as and line.department not in (None, line.expected_as)
        }
        self._in_folder: dict[Path, set[str]] = {}
        for line in lines:
            if line.department:
                for folder in Path(line.file).parents:
                    self._in_folder.setdefault(folder, set()).add(fold(line.department))
        self._everybodys = _common({Path(line.file).parent for line in lines})

    def department_of(self, line: FileLine) -> str | None:
        """The department's name; None where nothing tells it."""
        if line.expected_as:
            return self._expected.get(fold(line.expected_as), line.expected_as)
        called = fold(Path(line.file).stem)
        found = [key for key in self._names if len(key) >= _SHORTEST and key in called]
        # The longest one is meant: 青岚县林业局 stands in 青岚县林业局种苗站 as well.
        longest = [key for key in found if not any(key in o for o in found if o != key)]
        if found:
            return self._names[longest[0]] if len(longest) == 1 else None
        for folder in Path(line.file).parents:
            if folder in self._everybodys:
                return None
            if own := self._in_folder.get(folder):
                return self._names[next(iter(own))] if len(own) == 1 else None
        return None


def _content(line: FileLine) -> str:
    """What two files share that are copies of each other."""
    empty = line.sha256 in ("", _EMPTY)
    return f"序号 {line.number}" if empty else line.sha256


def _common(folders: Collection[Path]) -> set[Path]:
    """The folder that holds all of them, and those above it."""
    shared = [{folder, *folder.parents} for folder in folders]
    return set.intersection(*shared) if shared else set()


def _documents(letters: Sequence[Letter], settings: LetterSettings) -> list[bytes]:
    """What a worker does: the document of each letter."""
    # Imported here: a book without letters does without the library for documents.
    from perfgoals_xl.bureau.letters.letter_document import letter_document

    return [letter_document(letter, settings) for letter in letters]


def _called(department: _Department) -> str:
    return department.name or Path(department.files[0][1].file).stem


def _told(share: Share, line: FileLine, names: Mapping[int, str]) -> Share:
    """The share with what was known only when all files were, and without the book's numbers."""

    def plain(text: str) -> str:
        for number in dict.fromkeys(map(int, _NUMBERED.findall(text))):
            name = names.get(number)
            text = text.replace(f"序号 {number}（{name}）", f"“{name}”")
        return text

    return replace(
        share,
        reason=plain(share.reason),
        notes=tuple(map(plain, share.notes)),
        twins=tuple(names[number] for number in line.twins),
    )


def _read(spool: IO[bytes], place: int) -> Share:
    spool.seek(place)
    share = pickle.load(spool)
    assert isinstance(share, Share)
    return share


def _by_few(letters: Iterator[Letter]) -> Iterator[list[Letter]]:
    while batch := list(islice(letters, _TOGETHER)):
        yield batch
