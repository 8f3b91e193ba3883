"""The functions for people in notebooks, and for the commands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.load import load
from perfgoals_xl.storage.permissions import no_wider_than

if TYPE_CHECKING:
    import pandas as pd

    from perfgoals_xl.bureau.consolidation import Outcome
    from perfgoals_xl.review.findings import Review

__all__ = ["consolidate", "consolidate_departments", "load", "validate", "validate_frames"]


def validate(
    source: str | Path | Declaration, *, plan_year: int | None = None, include_hidden: bool = False
) -> Review:
    """Review a file or a loaded declaration.

    Returns a :class:`~perfgoals_xl.review.findings.Review`: ``findings`` in the order of the
    workbook, ``not_judged``, ``counts``; ``to_frame()`` gives the findings as a DataFrame.
    ``plan_year`` is the year the declaration is for, by default what the file itself says. Forms on
    hidden sheets of a file are told (K04) and reviewed only with ``include_hidden``.
    """
    from perfgoals_xl.review.run import review

    declaration = (
        source
        if isinstance(source, Declaration)
        else load_declaration(source, include_hidden=include_hidden)
    )
    return review(declaration, plan_year=plan_year)


def validate_frames(
    projects: pd.DataFrame | None,
    indicators: pd.DataFrame | None,
    *,
    plan_year: int | None = None,
    department_goals: pd.DataFrame | None = None,
    language: str = "zh",
    not_judged: bool = False,
) -> pd.DataFrame:
    """The findings of the row rules on frames, such as ``export`` writes them; either may be None.

    ``projects`` needs ``project_name``, ``annual_amount`` and ``annual_goal``; ``indicators`` needs
    ``level2``, ``target_value`` and one of ``indicator`` and ``level3``; ``department_goals`` needs
    ``policy_goal``, ``budget_goal`` and ``target_value``. All other columns of the exported tables
    may be there or not. A rule that asks for a column that is not there does not judge: only a cell
    is blank, never a column. Amounts are in ``amount_unit``, 万元 where there is no such column;
    numbers, texts and NaN are taken as ``pandas.read_csv`` gives them. Indicators belong to the
    project of their ``project``, or of their ``project_name`` where ``projects`` has no such
    column, in the same ``file`` where both tables have that.

    ``plan_year`` is the year of the budget, by default what the column ``year`` says. Returns a
    frame with a line for every finding: ``table``, ``row`` (its label in that frame), ``column``,
    ``rule``, ``severity``, ``message``, ``suggestion``. With ``not_judged`` there is a line of this
    severity for what could not be decided too, without a row where a column is missing.

    Raises ``InputError`` for a frame without a column that it needs.
    """
    from perfgoals_xl.review.frames import validate_frames as found

    return found(
        projects,
        indicators,
        plan_year=plan_year,
        department_goals=department_goals,
        language=language,
        not_judged=not_judged,
    )


def consolidate(sources: Sequence[str | Path | Declaration], output: str | Path) -> Path:
    """Write one department's summary workbook and return its path.

    ``sources`` are files or loaded declarations. Raises ``InputError`` when one cannot be read,
    holds no declaration, or when the output cannot be written.
    """
    from perfgoals_xl.workbooks.summarising import write_consolidation

    declarations = [s if isinstance(s, Declaration) else load(s) for s in sources]
    with no_wider_than(declaration.file for declaration in declarations):
        write_consolidation(declarations, Path(output))
    return Path(output)


def consolidate_departments(
    sources: Sequence[str | Path],
    output: str | Path,
    *,
    jobs: int = 1,
    letters: str | Path | None = None,
    bureau: str | None = None,
    deadline: str | None = None,
    contact: str | None = None,
    previous: str | Path | None = None,
    departments: str | Path | None = None,
) -> Outcome:
    """Write the bureau's book of many departments and return what became of each file.

    ``sources`` are files and folders of files. One that cannot be read costs its own row:
    ``outcome.lines`` tells every file with its state and reason. With ``jobs`` above 1 other
    processes read too; a script must then keep its own work under ``if __name__ == "__main__":``.
    ``letters`` is a folder for a letter (审核意见) to every department, signed by ``bureau``;
    what is not said stands in a file 审核设置.toml there or in a source folder, or is left out.
    ``previous`` is the book of the last round: ``line.since`` then tells what changed, and
    ``outcome.missing`` who did not hand in again. ``departments`` is a list of those that are to
    hand in, a text, a CSV file or a workbook. Raises ``InputError`` where no file can be read,
    where an output cannot be written, or where one of these two is not what it should be.
    """
    from perfgoals_xl.bureau import consolidation
    from perfgoals_xl.bureau.letters.letter_settings import letter_settings, settings_file
    from perfgoals_xl.bureau.letters.posting import LetterOrder
    from perfgoals_xl.bureau.source_files import source_files, without
    from perfgoals_xl.storage.files import refuse_source

    paths = [Path(source) for source in sources]
    folder, last, roster = (
        None if path is None else Path(path) for path in (letters, previous, departments)
    )
    order = None
    if folder is not None:
        said = {"bureau": bureau, "deadline": deadline, "contact": contact}
        order = LetterOrder(folder, letter_settings(settings_file([folder, *paths]), **said))
    beside = [path for path in (last, roster) if path is not None]
    refuse_source(Path(output), beside)
    files = without(source_files(paths, Path(output), folder), beside)
    with no_wider_than([*files, *beside]):
        return consolidation.consolidate_departments(
            files, Path(output), jobs=jobs, letters=order, previous=last, departments=roster
        )
