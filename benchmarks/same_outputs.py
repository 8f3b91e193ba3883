"""Compares everything that two checkouts write from the same sources: findings, data, workbooks.

    python benchmarks/same_outputs.py OLD_CHECKOUT NEW_CHECKOUT [SOURCE...]

For a change that must not change what comes out. Every command runs in both checkouts, as a process
with that checkout's own ``.venv`` where it has one, on the bundled example, the benchmark's
workbooks, a folder of departments, and the files or folders that are named. Of JSON, CSV and
Parquet every value is compared; of workbooks every cell (value or formula, look, link, note),
conditional formats, dropdowns, names, widths, heights and charts; of Word documents the text with
its look; of each run what it says and its exit code. Each difference is printed; the exit code is 1
where there is any. Needs the environment of the tests.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import openpyxl
import pandas as pd
from department_files import write_files
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from workload import write_standard, write_values_only

Facts = Iterator[tuple[str, Any]]
_EXAMPLES = Path(__file__).resolve().parent.parent / "xl" / "examples"
_SHEETS, _FILES, _PROJECTS = 12, 14, 2  # the folder's file 13 is a copy of 12, 11 a second of 10
_SHOWN, _LENGTH = 20, 300
_TIMES = re.compile(r"20\d\d[-/]\d\d[-/]\d\d[ T]\d\d:\d\d(:\d\d)?Z?")
_OF_FILES = {
    "export": "export SOURCE -o OUT.json",
    "csv": "export SOURCE --format csv -o OUT.csv",
    "tables": "export SOURCE --format csv -o OUT",
    "validate": "validate SOURCE --format json",
    "report": "validate SOURCE --lang en",
    "marked": "validate SOURCE -o OUT.xlsx",
    "import": "import SOURCE -o OUT.xlsx",
    "consolidate": "consolidate SOURCE -o OUT.xlsx",
    "publish": "publish SOURCE -o OUT.docx",
}
_OF_FOLDERS = {
    "consolidate": "consolidate SOURCE -o OUT.xlsx --jobs 1",
    "datasets": "export SOURCE --format parquet -o OUT",
}


class Side:
    """One checkout, which writes into a folder of its own."""

    def __init__(self, checkout: Path, folder: Path) -> None:
        self._checkout, self._folder = checkout, folder
        own = checkout / ".venv" / "bin" / "python"
        self._python = str(own) if own.exists() else sys.executable

    def facts(self, source: Path) -> dict[str, Any]:
        """What comes of a source, value by value, under a name that tells where it stands."""
        facts: dict[str, Any] = {}
        for name, command in (_OF_FOLDERS if source.is_dir() else _OF_FILES).items():
            out = self._folder / source.name / name
            out.parent.mkdir(exist_ok=True)
            arguments = [
                str(source) if word == "SOURCE" else word.replace("OUT", str(out))
                for word in command.split()
            ]
            done = self._run(arguments)
            facts[f"{name}: exit code"] = done.returncode
            facts |= self._settled(f"{name}: standard error", of_text(done.stderr))
            facts |= self._settled(f"{name}: standard output", of_text(done.stdout))
            for path in sorted(out.parent.glob(f"{name}*")):
                for file in [path] if path.is_file() else sorted(path.rglob("*.*")):
                    where = file.relative_to(out.parent)
                    if file.is_file():
                        facts |= self._settled(f"{where}", READERS[file.suffix](file))
        return facts

    def _run(self, arguments: list[str]) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "HOME": str(self._folder),
            "COLUMNS": "200",
            "PYTHONPATH": str(self._checkout),
        }
        return subprocess.run(
            [self._python, "-m", "perfgoals_xl", *arguments],
            capture_output=True,
            encoding="utf-8",
            cwd=self._folder,
            env=environment,
        )

    def _settled(self, where: str, facts: Facts) -> dict[str, Any]:
        """The facts without what differs from run to run: folders and times."""

        def settled(value: Any) -> Any:
            text = str(value).replace(str(self._folder), "").replace(str(self._checkout), "")
            return _TIMES.sub("TIME", text)

        return {f"{where}: {settled(key)}": settled(value) for key, value in facts}


def of_text(text: str) -> Facts:
    """Of JSON every value by its path, of other texts the lines."""
    try:
        yield from leaves(json.loads(text), "")
    except ValueError:
        yield from ((f"line {number}", line) for number, line in enumerate(text.splitlines(), 1))


def leaves(value: Any, path: str) -> Facts:
    """Every value of a JSON document under its path."""
    if isinstance(value, dict):
        yield f"{path} keys", list(value)
        for key, item in value.items():
            yield from leaves(item, f"{path}/{key}")
    elif isinstance(value, list):
        yield f"{path} length", len(value)
        for number, item in enumerate(value):
            yield from leaves(item, f"{path}/{number}")
    else:
        yield path, repr(value)


def of_workbook(path: Path) -> Facts:
    """What openpyxl finds in a workbook, and the charts and notes as they are written."""
    book = openpyxl.load_workbook(path)
    yield "sheets", [(sheet.title, sheet.sheet_state) for sheet in book]
    yield "names", sorted((name, item.attr_text) for name, item in book.defined_names.items())
    for sheet in book.worksheets:
        yield from ((f"{sheet.title}!{where}", fact) for where, fact in of_sheet(sheet))
    with ZipFile(path) as package:
        yield "parts", sorted(package.namelist())
        for name in sorted(package.namelist()):
            if name.startswith(("xl/charts/", "xl/drawings/", "xl/comments")):
                yield name, package.read(name).decode()


def of_sheet(sheet: Worksheet) -> Facts:
    """What stands on a sheet, cell by cell, and how the sheet is set up."""
    yield "merged", sorted(map(str, sheet.merged_cells.ranges))
    columns = sheet.column_dimensions.items()
    yield "columns", [(key, column.width, column.hidden) for key, column in columns]
    rows = sheet.row_dimensions.items()
    yield "rows", [(key, row.height, row.hidden) for key, row in rows]
    page = (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows, sheet.print_area)
    setup = (sheet.page_setup, sheet.protection, sheet.sheet_properties)
    yield "page", (*page, *map(repr, setup))
    yield "dropdowns", sorted(map(repr, sheet.data_validations.dataValidation))
    for formats in sheet.conditional_formatting:
        yield f"formats of {formats.sqref}", [repr(rule) for rule in formats.rules]
    looks: dict[Any, str] = {}
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if isinstance(cell, Cell) and cell.hyperlink is not None:
            yield f"{cell.coordinate} link", (cell.hyperlink.location, cell.hyperlink.target)
        if cell.comment is not None:
            yield f"{cell.coordinate} note", cell.comment.text
        if cell.value is not None:
            yield cell.coordinate, repr(cell.value)
        if cell.has_style:
            # Many cells have few looks, and each takes long to tell.
            if (style := tuple(cell._style)) not in looks:
                parts = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)
                looks[style] = f"{cell.number_format} {' '.join(map(repr, parts))}"
            yield f"{cell.coordinate} look", looks[style]


def of_document(path: Path) -> Facts:
    """The paragraphs of a Word document as they are written."""
    with ZipFile(path) as package:
        body = package.read("word/document.xml").decode()
    yield from ((f"piece {number}", piece) for number, piece in enumerate(body.split("<w:p>")))


def of_parquet(path: Path) -> Facts:
    """The types and the rows of a Parquet file."""
    frame = pd.read_parquet(path)
    yield "types", dict(frame.dtypes)
    yield from ((f"row {number}", row) for number, row in enumerate(frame.to_dict("records")))


def _of_text_file(path: Path) -> Facts:
    return of_text(path.read_text(encoding="utf-8-sig"))


READERS: dict[str, Callable[[Path], Facts]] = {
    ".json": _of_text_file,
    ".csv": _of_text_file,
    ".xlsx": of_workbook,
    ".xlsm": of_workbook,
    ".docx": of_document,
    ".parquet": of_parquet,
}


def differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Facts of one side that the other has not, or has otherwise."""
    for key in dict.fromkeys((*old, *new)):
        before, after = (str(side.get(key, "-")) for side in (old, new))
        if before != after:
            letters = enumerate(zip_longest(before, after))
            start = max(0, next(n for n, (a, b) in letters if a != b) - 40)
            yield (
                f"{key}\n      before {before[start : start + _LENGTH]}"
                f"\n      after  {after[start : start + _LENGTH]}"
            )


def sources(folder: Path, named: Sequence[Path]) -> list[Path]:
    """The example, the benchmark's files, written into ``folder``, and the files that are named."""
    standard, values = folder / "standard.xlsx", folder / "values.xlsx"
    write_standard(_SHEETS, standard)
    write_values_only(standard, values)
    departments = folder / "departments"
    departments.mkdir()
    write_files(departments, _FILES, _PROJECTS, "standard")
    own = [*sorted(_EXAMPLES.iterdir()), standard, values, departments]
    return [*own, *(path.resolve() for path in named)]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("sources", type=Path, nargs="*")
    options = parser.parse_args(arguments)
    found = 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        sides = []
        for which in ("old", "new"):
            (folder / which).mkdir()
            sides.append(Side(getattr(options, which).resolve(), folder / which))
        (folder / "sources").mkdir()
        for source in sources(folder / "sources", options.sources):
            old, new = (side.facts(source) for side in sides)
            told = list(differences(old, new))
            found += len(told)
            print(f"{source.name}: {len(new)} facts, {len(told)} differ", flush=True)
            for line in told[:_SHOWN]:
                print(f"  {line}")
            if len(told) > _SHOWN:
                print(f"  and {len(told) - _SHOWN} more")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
