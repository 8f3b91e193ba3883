"""Writes the workbooks that are part of the repository anew: ``python -m …workbooks.build``.

They are built and never edited by hand; a test says that the committed files are current.
"""

from __future__ import annotations

from pathlib import Path

from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.resources import (
    EXAMPLE_SOURCE,
    EXAMPLE_WORKBOOK,
    TEMPLATE_NAME,
    data_folder,
    example_path,
)
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.storage.files import replacing
from perfgoals_xl.workbooks.importing import write_imported
from perfgoals_xl.workbooks.standard.rules_sheet import RuleLine
from perfgoals_xl.workbooks.standard.template import write_standard_workbook

TEMPLATE_YEAR = 2026
"""The plan year of the bundled template; fixed, so that a build is the same on every day."""


def build_template(path: Path) -> None:
    """Writes the blank template of the default edition to ``path``."""
    write_standard_workbook(path, department=None, code=None, year=TEMPLATE_YEAR, rules=_rules())


def build_example(path: Path) -> None:
    """Writes the bundled example text as a standard workbook to ``path``."""
    write_imported(load_declaration(example_path(EXAMPLE_SOURCE)), path)


def main() -> None:
    """Writes every built file to its place and prints where."""
    built = (
        (data_folder("templates") / TEMPLATE_NAME, build_template),
        (data_folder("examples") / EXAMPLE_WORKBOOK, build_example),
    )
    for path, build in built:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing():
            build(path)
        print(path)


def _rules() -> list[RuleLine]:
    return list(RULES.values())


if __name__ == "__main__":
    main()
