"""The findings of a letter as its tables tell them: by project, equal ones in one row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perfgoals_xl.bureau.letters.shares import Letter
from perfgoals_xl.publication.elements import printable
from perfgoals_xl.reading.account_lines import is_sheet
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.findings import Finding
from perfgoals_xl.review.grouping import Group, grouped, ranges
from perfgoals_xl.workbooks.findings.layout import FindingLine

_LONGEST_VALUE, _LONGEST_NAME, _LONGEST_TEXT = 60, 60, 600
_MOST_RANGES = 4
"""So many ranges of cells stand in the narrow column; more go behind the message."""

# What turns the direction of the text around it, or is not to be seen.
_TURNING = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")

_BETWEEN = re.compile(r"(?<=[0-9])、(?=[A-Z])")


class Item(NamedTuple):
    """A row: the cells, what stands there, what is wrong, what to do; it tells ``size`` findings.

    ``reason`` is what the department says to it.
    """

    cell: str
    value: str
    message: str
    suggestion: str
    size: int = 1
    reason: str = ""


class Band(NamedTuple):
    """The rows of one place under its heading."""

    title: str
    items: list[Item]

    @property
    def size(self) -> int:
        """How many findings the rows tell."""
        return sum(item.size for item in self.items)


_Place = tuple[str, str | None, str | None]
_SPREAD = "\0"
"""Stands for the project of what several share; no project has such a name."""


def bands(letter: Letter, lines: Sequence[FindingLine]) -> list[Band]:
    """The rows of these of the letter's findings, in the order of the files and their sheets.

    What stands in several projects of a file comes first there.
    """
    since = {
        id(n): w
        for share in letter.shares
        for n, w in zip(share.findings, share.since, strict=False)
    }
    words: dict[int, str] = {}
    # By what the department says to them, so that a row has one reason.
    by_reason: dict[str, list[Finding]] = {}
    order: dict[int, int] = {}
    for number, line in enumerate(lines):
        finding = _finding(line)
        words[id(finding)] = since.get(id(line), "")
        order[id(finding)] = number
        by_reason.setdefault(finding.waiver or "", []).append(finding)
    items = [item for findings in by_reason.values() for item in grouped(findings)]
    items.sort(key=lambda item: order[id(_first(item))])
    found: dict[_Place, list[Item]] = {}
    for item in items:
        found.setdefault(_place(item), []).append(_item(item, words))
    files = {share.file: number for number, share in enumerate(letter.shares)}
    named = sum(bool(share.findings) for share in letter.shares) > 1
    places = sorted(found, key=lambda place: (files.get(place[0], 0), place[1] != _SPREAD))
    return [Band(_title(place, named=named), found[place]) for place in places]


def short(text: str | None, most: int = _LONGEST_TEXT) -> str:
    """A text in one line, no longer than a letter has room for."""
    line = " ".join(_TURNING.sub("", printable(text or "")).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _finding(line: FindingLine) -> Finding:
    # What tells equal findings together reads findings of a review.
    return Finding(
        line.rule,
        Severity(line.severity),
        line.file or "",
        line.sheet or None,
        line.cell or None,
        line.project,
        "",
        line.indicator,
        line.value,
        line.message,
        line.suggestion,
        (line.waiver or "").strip() or None,
    )


def _first(item: Finding | Group) -> Finding:
    return item if isinstance(item, Finding) else item.findings[0]


def _place(item: Finding | Group) -> _Place:
    own = _first(item)
    if isinstance(item, Group) and len({(f.project, f.sheet) for f in item.findings}) > 1:
        return own.file, _SPREAD, None
    return own.file, own.project, own.sheet


def _item(item: Finding | Group, words: Mapping[int, str]) -> Item:
    own = _first(item)
    reason = short(own.waiver, 300)
    if isinstance(item, Finding):
        message = _marked(short(item.message), [words[id(item)]])
        return Item(
            item.cell or "",
            short(item.value, _LONGEST_VALUE),
            message,
            short(item.suggestion),
            reason=reason,
        )
    size = len(item.findings)
    message = short(item.message())
    cells = ranges([finding.cell for finding in item.findings if finding.cell])
    one_place = len({(f.project, f.sheet) for f in item.findings}) == 1
    places = _apart("、".join(cells) if one_place else item.places())
    # The number of them stands where the cells would; they are told whole, however many they are.
    few = one_place and 0 < len(cells) <= _MOST_RANGES
    cell = f"{places}（{size} 处）" if few else f"{size} 处"
    if places and not few:
        message = f"{message}（{places}）"
    values = {finding.value for finding in item.findings}
    value = short(values.pop(), _LONGEST_VALUE) if len(values) == 1 else ""
    message = _marked(message, [words[id(finding)] for finding in item.findings])
    return Item(cell, value, message, short(item.suggestion()), size, reason)


def _apart(places: str) -> str:
    """Addresses with a blank between them: else some programs break a line within one."""
    return _BETWEEN.sub("、 ", places)


def _marked(message: str, words: Sequence[str]) -> str:
    """The message with what became of the finding since the last round."""
    told = {word: words.count(word) for word in dict.fromkeys(words) if word}
    if not told:
        return message
    if len(told) == 1 and sum(told.values()) == len(words):
        return f"【{next(iter(told))}】{message}"
    return f"【{'，'.join(f'{word} {count} 处' for word, count in told.items())}】{message}"


def _title(place: _Place, *, named: bool) -> str:
    file, project, sheet = place
    tab = sheet if sheet and is_sheet(file) else None
    if project == _SPREAD:
        told = "几处共有的问题"
    elif project:
        told = f"项目“{short(project, _LONGEST_NAME)}”"
        # Sheets are named by their projects, as far as there is room.
        if tab and tab != project:
            told += f"（工作表“{short(tab)}”）"
    else:
        told = f"工作表“{short(tab)}”" if tab else "项目以外的内容"
    name = short(file.replace("\\", "/").rpartition("/")[2], _LONGEST_NAME)
    return f"{told}　　{name}" if named else told
