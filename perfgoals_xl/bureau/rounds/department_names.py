"""Which department is which, by name, then by code, then by the file that came from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from perfgoals_xl.form.text import fold

_SHORTEST = 3
"""Letters that a name has at least which may be the end of another."""


class Named(NamedTuple):
    """What a department is known by; each may be missing.

    ``files`` are names without folders, ``also`` other names that it has had.
    """

    name: str = ""
    code: str = ""
    files: tuple[str, ...] = ()
    contact: str = ""
    also: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """How people are told of it."""
        return self.name or self.code or (self.files[0] if self.files else "")


def matched(known: Sequence[Named], asked: Sequence[Named]) -> list[int | None]:
    """Which of the ``known`` departments each of ``asked`` is, by its number; None where none is.

    Several may be the same: a department sends several files. Names are compared without blanks
    and width. A code decides where the names do not, between one and one: a template that was
    passed on with its code makes no two departments one. Then a name that ends in the other (水务局
    of a list, 青岚县水务局 of a form), again between one and one. What has no name is known by its
    file, which has the name it had before, or one that tells the department.
    """
    found = _by_name(known, asked)
    taken = {at for at in found if at is not None}
    _by_code(known, asked, found, taken)
    _by_short_name(known, asked, found)
    _by_file(known, asked, found)
    return found


def _by_name(known: Sequence[Named], asked: Sequence[Named]) -> list[int | None]:
    named: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(known):
        if one.name:
            named[fold(one.name)].append(number)
    for number, one in enumerate(known):
        for name in map(fold, one.also):
            # Who has the name now is meant before who had it.
            named[name] = named[name] or [number]

    def choose(one: Named) -> int | None:
        numbers = named.get(fold(one.name), []) if one.name else []
        # Two of one name are told apart by their codes.
        same = [number for number in numbers if one.code and _code(known[number]) == _code(one)]
        return next(iter(same or numbers), None)

    return [choose(one) for one in asked]


def _by_code(
    known: Sequence[Named], asked: Sequence[Named], found: list[int | None], taken: set[int]
) -> None:
    of_code: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(known):
        if one.code:
            of_code[_code(one)].append(number)
    names: dict[str, set[str]] = defaultdict(set)
    for one in asked:
        if one.code:
            names[_code(one)].add(fold(one.name))
    for at, one in enumerate(asked):
        code = _code(one)
        numbers = of_code.get(code, []) if code and found[at] is None else []
        if len(numbers) == 1 and numbers[0] not in taken and len(names[code]) == 1:
            found[at] = numbers[0]


def _by_short_name(known: Sequence[Named], asked: Sequence[Named], found: list[int | None]) -> None:
    taken = {at for at in found if at is not None}
    names = {
        fold(one.name) for one, at in zip(asked, found, strict=True) if at is None and one.name
    }
    free = [(at, fold(one.name)) for at, one in enumerate(known) if at not in taken and one.name]
    partners: dict[str, list[int]] = defaultdict(list)
    askers: Counter[int] = Counter()
    for name in names:
        for at, other in free:
            if min(len(name), len(other)) >= _SHORTEST and (
                name.endswith(other) or other.endswith(name)
            ):
                partners[name].append(at)
                askers[at] += 1
    for number, one in enumerate(asked):
        own = partners.get(fold(one.name), []) if found[number] is None and one.name else []
        if len(own) == 1 and askers[own[0]] == 1:
            found[number] = own[0]


def _by_file(known: Sequence[Named], asked: Sequence[Named], found: list[int | None]) -> None:
    of_file: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(known):
        for file in dict.fromkeys(map(_stem, one.files)):
            of_file[file].append(number)
    # The longest first: 教育局 stands in 教育局机关服务中心.
    names = sorted(
        ((fold(one.name), number) for number, one in enumerate(known) if one.name),
        key=lambda item: -len(item[0]),
    )
    for at, one in enumerate(asked):
        if found[at] is not None:
            continue
        same = [n for file in one.files for n in of_file.get(_stem(file), [])]
        if one.name:
            # It has its name by now; what had none may be it, and nothing else.
            same = [n for n in same if not known[n].name]
        stems = [] if one.name else list(map(_stem, one.files))
        told = [n for name, n in names if any(name in stem for stem in stems)]
        if len(set(same)) == 1:
            found[at] = same[0]
        elif told:
            found[at] = told[0]


def _stem(file: str) -> str:
    """The name of a file without its ending: an .xls that was saved as .xlsx is the same one."""
    return fold(PurePath(file).stem)


def _code(one: Named) -> str:
    return fold(one.code).casefold()
