"""The rounds of a bureau as one book is made: who was expected, who is missing, what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from perfgoals_xl.bureau.digest import Digest
from perfgoals_xl.bureau.rounds.comparing_rounds import absence, compared
from perfgoals_xl.bureau.rounds.department_names import Named, matched
from perfgoals_xl.bureau.rounds.previous_book import EarlierDepartment, PreviousBook
from perfgoals_xl.bureau.rounds.since_round import SinceRound
from perfgoals_xl.bureau.settling import Filing, Settled
from perfgoals_xl.form.text import fold

Prepare = Callable[[Digest], Digest]


class Missing(NamedTuple):
    """A department that was expected and did not hand in; ``since`` where a last round is known."""

    named: Named
    since: SinceRound | None


class Rounds:
    """What the files of now are beside the last round's book and a list of departments.

    Either may be missing. ``prepare`` makes of a digest what of it counts in the book. The files of
    a department are compared together, when the first of them is asked for.
    """

    def __init__(
        self,
        settled: Settled,
        previous: PreviousBook | None,
        roster: Sequence[Named] | None,
        prepare: Prepare = lambda digest: digest,
    ) -> None:
        self.previous, self.has_roster = previous, roster is not None
        self._settled, self._prepare = settled, prepare
        self._roster = list(roster or ())
        earlier = previous.handed_in if previous is not None else []
        on_roster = matched(self._roster, [department.named for department in earlier])
        self._expected, self._earlier = _together(self._roster, earlier, on_roster)
        filings = settled.filings
        self._of_file = matched(self._expected, list(map(_named, filings)))
        self._groups: dict[int, list[int]] = defaultdict(list)
        self._incomplete: set[int] = set()
        for number, (filing, at) in enumerate(zip(filings, self._of_file, strict=True)):
            if at is not None and filing.counts:
                self._groups[at].append(number)
            elif at is not None and filing.fault:
                self._incomplete.add(at)
        self._waiting: dict[int, Digest] = {}

    def of(self, number: int, digest: Digest) -> Digest:
        """The digest of a file that counts, knowing what changed; as it is without a last round."""
        if self.previous is None:
            return digest
        if not self._settled.filings[number].counts:
            return self._unread(number, digest)
        if number in self._waiting:
            return self._waiting.pop(number)
        at = self._of_file[number]
        earlier = None if at is None else self._earlier[at]
        members = [number] if at is None else self._groups[at]
        digests = {
            member: digest if member == number else self._prepare(self._settled.at(member))
            for member in members
        }
        complete = at not in self._incomplete
        changed = compared(digests, self.previous, earlier, complete=complete)
        own = changed.pop(number)
        self._waiting |= changed
        return own

    def _unread(self, number: int, digest: Digest) -> Digest:
        """A file that does not count: it tells the last round where nothing else of them can."""
        at = self._of_file[number]
        earlier = None if at is None else self._earlier[at]
        if at is None or earlier is None or self._groups.get(at) or self.previous is None:
            return digest
        if self._of_file.index(at) != number:
            return digest
        return replace(digest, since=SinceRound(earlier=self.previous.earlier(earlier)))

    def department_of(self, number: int) -> int | None:
        """Which of the expected departments a file is of; None for one that nobody expected."""
        return self._of_file[number]

    def is_extra(self, number: int) -> bool:
        """Whether there is a list of departments, and the file's is not on it."""
        at = self._of_file[number]
        return self.has_roster and (at is None or at >= len(self._roster))

    def other_name(self, number: int) -> str | None:
        """The name by which a file's department is expected, where it is not that of the file."""
        at = self._of_file[number]
        named = None if at is None else self._expected[at].name
        own = self._settled.filings[number].department or ""
        return named if named and fold(named) != fold(own) else None

    def other_years(self, years: Sequence[int]) -> set[int]:
        """The years of the last round's book where it is of none of these ``years``."""
        known = set() if self.previous is None else self.previous.years
        return known if years and known.isdisjoint(years) else set()

    def missing(self) -> list[Missing]:
        """The departments of which there is no file at all, in the order of the list."""
        there = set(self._of_file)
        found = []
        for at, named in enumerate(self._expected):
            if at in there:
                continue
            earlier = self._earlier[at]
            since = None
            if self.previous is not None:
                since = SinceRound()
                if earlier is not None:
                    since = absence(earlier, self.previous.earlier(earlier))
            found.append(Missing(named, since))
        return found


def _named(filing: Filing) -> Named:
    files = () if filing.summary else (filing.file,)
    return Named(filing.department or "", filing.code or "", files)


def _together(
    roster: Sequence[Named],
    earlier: Sequence[EarlierDepartment],
    on_roster: Sequence[int | None],
) -> tuple[list[Named], list[EarlierDepartment | None]]:
    """The departments of the list and those of the last round that it does not name."""
    expected: list[Named] = list(roster)
    known: list[EarlierDepartment | None] = [None] * len(expected)
    for department, at in zip(earlier, on_roster, strict=True):
        if at is None:
            expected.append(department.named)
            known.append(department)
        elif known[at] is None:
            known[at] = department
            name, files = department.named.name, department.named.files
            expected[at] = expected[at]._replace(files=files, also=(name,) if name else ())
    return expected, known
