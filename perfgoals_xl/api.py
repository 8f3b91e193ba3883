"""The functions for people in notebooks, and for the commands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.permissions import no_wider_than
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.load import load

if TYPE_CHECKING:
    from perfgoals_xl.bureau.consolidation import Outcome
    from perfgoals_xl.review.findings import Review

__all__ = ["consolidate", "consolidate_departments", "load", "validate"]


def validate(source: str | Path | Declaration, *, plan_year: int | None = None) -> Review:
    """Review a file or a loaded declaration.

    Returns a :class:`~perfgoals_xl.review.findings.Review`: ``findings`` in the order of the
    workbook, ``not_judged``, ``counts``; ``to_frame()`` gives the findings as a DataFrame.
    ``plan_year`` is the year the declaration is for, by default what the file itself says.
    """
    from perfgoals_xl.review.run import review

    declaration = source if isinstance(source, Declaration) else load_declaration(source)
    return review(declaration, plan_year=plan_year)


def consolidate(sources: Sequence[str | Path | Declaration], output: str | Path) -> Path:
    """Write one department's summary workbook and return its path.

    ``sources`` are files or loaded declarations. Raises ``InputError`` when one cannot be read,
    holds no declaration, or when the output cannot be written.
    """
    from perfgoals_xl.workbooks.consolidation import write_consolidation

    declarations = [s if isinstance(s, Declaration) else load(s) for s in sources]
    with no_wider_than(declaration.file for declaration in declarations):
        write_consolidation(declarations, Path(output))
    return Path(output)


def consolidate_departments(
    sources: Sequence[str | Path], output: str | Path, *, jobs: int = 1
) -> Outcome:
    """Write the bureau's book of many departments and return what became of each file.

    ``sources`` are files and folders of files. One that cannot be read costs its own row:
    ``outcome.lines`` tells every file with its state and reason. With ``jobs`` above 1 other
    processes read too; a script must then keep its own work under ``if __name__ == "__main__":``.
    Raises ``InputError`` where no file can be read or the output cannot be written.
    """
    from perfgoals_xl.bureau import consolidation
    from perfgoals_xl.bureau.source_files import source_files

    files = source_files(map(Path, sources), Path(output))
    with no_wider_than(files):
        return consolidation.consolidate_departments(files, Path(output), jobs=jobs)
