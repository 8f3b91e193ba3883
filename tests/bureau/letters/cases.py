"""Findings, files and letters made by hand, and what a letter's document says."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import docx

from perfgoals_xl.addresses import a1, row_column
from perfgoals_xl.bureau.account import Account
from perfgoals_xl.bureau.digest import COLUMNS, Digest
from perfgoals_xl.bureau.letters.letter_document import letter_document
from perfgoals_xl.bureau.letters.letter_settings import LetterSettings
from perfgoals_xl.bureau.letters.shares import Letter, Share, share_of
from perfgoals_xl.workbooks.findings.layout import FindingLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DEPARTMENT = "青岚县水务局"
_CELLS = re.compile(r"(?<![A-Z0-9])([A-Z]{1,3}[0-9]{1,7})(?::([A-Z]{1,3}[0-9]{1,7}))?")


def finding(
    message: str = "年度资金总额没有填写",
    severity: str = "error",
    cell: str | None = "E7",
    project: str | None = "河道治理",
    sheet: str | None = "项目01",
    **rest: str | None,
) -> FindingLine:
    told = {"rule": "F01", "indicator": None, "value": None, "suggestion": "请补填。"} | rest
    return FindingLine(severity, sheet=sheet, cell=cell, project=project, message=message, **told)


def digest_with(
    findings: Sequence[FindingLine], file: str = "/报送/a.xlsx", *, projects: int = 1
) -> Digest:
    row = dict.fromkeys(COLUMNS["projects"])
    row |= {"project_name": "河道治理", "amount_unit": "万元", "sheet": "项目01", "cell": "C4"}
    tables = {name: [] for name in COLUMNS}
    tables["projects"] = [tuple(row.values())] * projects
    return Digest(
        file, file, department=DEPARTMENT, year=2026, tables=tables, findings=tuple(findings)
    )


def share_with(
    findings: Sequence[FindingLine] = (), file: str = "/报送/a.xlsx", since: Sequence[str] = ()
) -> Share:
    digest = digest_with(findings, file)
    return share_of(digest, Account().take(digest), since)


def letter_with(*findings: FindingLine, **rest: object) -> Letter:
    return Letter(DEPARTMENT, (share_with(findings),), **rest)


@dataclass
class Told:
    """What stands in a letter: its paragraphs, and the rows of each table under its heading."""

    paragraphs: list[str] = field(default_factory=list)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    document: object = None

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    def rows(self, name: str) -> list[list[str]]:
        """The rows of findings, without header and the headings of places."""
        own = next((rows for heading, rows in self.tables.items() if name in heading), [])
        return [row for row in own[1:] if len(set(row)) > 1]

    def bands(self, name: str) -> list[str]:
        own = next((rows for heading, rows in self.tables.items() if name in heading), [])
        return [row[0] for row in own[1:] if len(set(row)) == 1]

    def cells(self, name: str) -> list[str]:
        """Every cell that the rows of a table name, in a narrow column or behind a message."""
        return sorted(
            cell
            for row in self.rows(name)
            for cell in spread(row[1]) or spread(row[-2].rpartition("（")[2])
        )


def spread(text: str) -> list[str]:
    """The single cells that a text names, those of ranges as well."""
    found = []
    for top, bottom in _CELLS.findall(text):
        first, column = row_column(top)
        last = row_column(bottom or top)[0]
        found += [a1(row, column) for row in range(first, last + 1)]
    return found


def told_by(source: bytes | Path | Letter, settings: LetterSettings | None = None) -> Told:
    if isinstance(source, Letter):
        source = letter_document(source, settings or LetterSettings())
    document = docx.Document(io.BytesIO(source) if isinstance(source, bytes) else source)
    told = Told(document=document)
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            rows = [[cell.text for cell in row.cells] for row in item.rows]
            told.tables[told.paragraphs[-1]] = rows
        elif item.text:
            told.paragraphs.append(item.text)
    return told
