"""Findings as notes in the cells of an open workbook, where the setting 单元格批注 asks for them.

A note of ours begins with a mark. Only such notes are ever changed or removed, and a cell that has
a note of the staff's own gets none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from perfgoals_xl.form.own_sheets import SEVERITY_LABELS
from perfgoals_xl.workbooks.findings.layout import FindingLine

MARK = "【校验】"


def write_notes(book: Any, lines: Iterable[FindingLine]) -> None:
    """Note every finding that stands in a cell and has no reason; one note per cell."""
    texts: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        if line.sheet and line.cell and line.severity in SEVERITY_LABELS and not line.waiver:
            told = f"{SEVERITY_LABELS[line.severity]} {line.rule}：{line.message}"
            texts.setdefault((line.sheet, line.cell), []).append(told)
    for (sheet, cell), findings in texts.items():
        target = book.sheets[sheet].range(cell)
        # Where there is a threaded comment, Excel takes no note beside it.
        with suppress(Exception):
            if target.note is None:
                target.add_note(MARK + "\n".join(findings))


def remove_notes(book: Any, sheets: Sequence[str]) -> None:
    """Remove our notes from ``sheets``."""
    for name in sheets:
        for note in list(book.sheets[name].notes):
            # On a protected sheet it stays.
            with suppress(Exception):
                if str(note.text).startswith(MARK):
                    note.delete()
