"""What a worker does for the book: the rows of a file in the long lists, ready to be stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perfgoals_xl.bureau.book import lists
from perfgoals_xl.bureau.book.row_text import Look, Written, written
from perfgoals_xl.bureau.digest import Digest


class Counts(NamedTuple):
    """How many rows of each of the long lists."""

    projects: int
    indicators: int
    findings: int


class Placed(NamedTuple):
    """A file's digest, its number, and how many rows of the lists stand above its own."""

    digest: Digest
    number: int
    before: Counts


class FileRows(NamedTuple):
    """The rows of a file in each of the long lists."""

    projects: Written
    indicators: Written
    findings: Written


class Looks(NamedTuple):
    """How the long lists of the book look."""

    projects: Look
    indicators: Look
    findings: Look


def counts_of(digest: Digest) -> Counts:
    """How many rows the digest will have in each list."""
    tables = digest.tables
    return Counts(len(tables["projects"]), len(tables["indicators"]), len(digest.findings))


def file_rows(files: Sequence[Placed], looks: Looks) -> list[FileRows]:
    """The rows of each file."""
    return [
        FileRows(
            written(
                looks.projects,
                lists.project_rows(digest, number, before.projects),
                before.projects,
            ),
            written(
                looks.indicators,
                lists.indicator_rows(digest, number, before.indicators, before.projects),
                before.indicators,
            ),
            written(
                looks.findings,
                lists.finding_rows(digest, number, before.findings),
                before.findings,
            ),
        )
        for digest, number, before in files
    ]
