"""``make examples``: the example's department a year later, its 自评表 and its 监控表 filled in.

Both are made from the example as staff make them, and filled from ``tools/year_contents.py``;
LibreOffice computes the points, which are put into the cells of the formulas as Excel would leave
them, so that the workbooks can be read without a spreadsheet program.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from lxml import etree

from perfgoals_xl.addresses import Place, a1, row_column
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.evaluation.evaluation_book import write_evaluation_book, write_monitoring_book
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.evaluation.scoring_settings import DEFAULT_SCORING, Scoring
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.load import load
from perfgoals_xl.resources import (
    EXAMPLE_EVALUATION,
    EXAMPLE_MONITORING,
    EXAMPLE_WORKBOOK,
    data_folder,
    example_path,
)
from perfgoals_xl.storage.files import put_whole, replacing
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.patching.cell_bytes import NewCell, SheetCells
from perfgoals_xl.workbooks.patching.package import Package
from perfgoals_xl.workbooks.patching.workbook_part import WorkbookPart
from tests.support.libreoffice import Document, Office, unavailable
from tools.year_contents import APPROVED, MONTH, RESULTS

Typed = dict[tuple[str, str], str | Decimal]
"""What is filled in, by sheet and cell."""
Computed = Callable[[str, str], float | str]
"""The value of a formula, by sheet and cell; a blank one gives no text."""


_APPROVED = "云川县水务局2026年绩效目标批复表.xlsx"


@dataclass
class Outcome:
    """What became of a project: its money by source, its work, its indicators in their order."""

    money: dict[str, list[str]] = field(default_factory=dict)
    work: str = ""
    indicators: list[list[str]] = field(default_factory=list)


def outcomes(text: str = RESULTS) -> dict[str, Outcome]:
    """What ``year_contents`` says, by project."""
    found: dict[str, Outcome] = {}
    outcome = Outcome()
    for line in text.strip().splitlines():
        mark, _, rest = line.partition(" ")
        cells = [cell.strip() for cell in (rest if mark in "#$=" else line).split("|")]
        if mark == "#":
            outcome = found.setdefault(cells[0], Outcome())
        elif mark == "$":
            outcome.money[fold(cells[0])] = cells[1:]
        elif mark == "=":
            outcome.work = cells[0]
        else:
            outcome.indicators.append(cells)
    return found


def approved(folder: Path) -> Declaration:
    """The example as it was approved: its declaration with what was put right, from a file."""
    declared = load(example_path(EXAMPLE_WORKBOOK))
    projects, indicators = declared.projects, declared.indicators
    numbers = {row["project_name"]: number for number, row in enumerate(projects.records())}
    typed: Typed = {}
    for line in APPROVED.strip().splitlines():
        project, indicator, field_name, value = (part.strip() for part in line.split("|"))
        if indicator:
            own = [(row["project"], row["level3"]) for row in indicators.records()]
            place = indicators.place(own.index((numbers[project], indicator)), field_name)
        else:
            place = projects.place(numbers[project], field_name)
        if place is None:
            raise ValueError(line)
        is_amount = isinstance(projects.records()[0].get(field_name), Decimal)
        typed[place.sheet, place.cell] = Decimal(value) if is_amount else value
    path = folder / _APPROVED
    shutil.copyfile(example_path(EXAMPLE_WORKBOOK), path)
    fill(path, typed)
    return load(path)


def make_evaluation(path: Path, scoring: Scoring = DEFAULT_SCORING) -> Typed:
    """Writes the blank 自评表 of the example; returns what is to be filled in."""
    with tempfile.TemporaryDirectory() as scratch:
        write_evaluation_book([approved(Path(scratch))], path, scoring=scoring)
    columns = {"actual_value": 5, "score": 6, "reason": 7}
    return _typed(path, EvaluationTable.EVALUATIONS, {"executed": 2}, columns)


def make_monitoring(path: Path, scoring: Scoring = DEFAULT_SCORING) -> Typed:
    """Writes the blank 监控表 of the example; returns what is to be filled in."""
    with tempfile.TemporaryDirectory() as scratch:
        write_monitoring_book([approved(Path(scratch))], path, MONTH, scoring=scoring)
    columns = {"done_value": 1, "forecast_value": 2, "likelihood": 3, "reason": 4}
    money = {"executed": 0, "expected_balance": 1}
    return _typed(path, EvaluationTable.MONITORINGS, money, columns)


def _typed(
    path: Path, forms: EvaluationTable, money: Mapping[str, int], columns: Mapping[str, int]
) -> Typed:
    kind = forms.value.removesuffix("s")
    evaluated = load(path).evaluated
    funds = evaluated.table(EvaluationTable(f"{kind}_funds"))
    indicators = evaluated.table(EvaluationTable(f"{kind}_indicators"))
    found: Typed = {}

    def put(place: Place | None, text: str, number: bool = False) -> None:
        assert place is not None
        if text:
            found[place.sheet, place.cell] = Decimal(text) if number else text

    year = outcomes()
    for number, form in enumerate(evaluated.table(forms).records()):
        outcome = year[form["project_name"]]
        for row, line in enumerate(funds.records()):
            amounts = outcome.money.get(fold(line["source"]))
            if line["form"] == number and amounts is not None:
                for column, at in money.items():
                    put(funds.place(row, column), amounts[at], number=True)
        if forms is EvaluationTable.EVALUATIONS:
            put(evaluated.evaluations.place(number, "actual_result"), outcome.work)
        own = [row for row, line in enumerate(indicators.records()) if line["form"] == number]
        for row, cells in zip(own, outcome.indicators, strict=True):
            assert cells[0] == (indicators.records()[row]["level3"] or cells[0]), cells
            for column, at in columns.items():
                text = cells[at] if at < len(cells) else ""
                put(indicators.place(row, column), text, number=column == "score")
    return found


def fill(path: Path, typed: Typed) -> None:
    """Puts what is filled in into the cells of a workbook, and makes room for it."""
    package = Package(path)
    for tab in WorkbookPart(package).tabs():
        own = {
            row_column(cell): value for (sheet, cell), value in typed.items() if sheet == tab.name
        }
        if own:
            cells = {at: NewCell(value) for at, value in own.items()}
            root = etree.fromstring(SheetCells(package.read(tab.part)).with_cells(cells))
            _make_room(root, own)
            package.put(tab.part, root)
    package.save(path)


def _make_room(root: etree._Element, own: Mapping[tuple[int, int], str | Decimal]) -> None:
    """Raises the rows of long texts, as a spreadsheet program does while somebody types them."""
    merged = {merge.get("ref", "").partition(":")[0] for merge in root.iter("{*}mergeCell")}
    widths = {
        at: float(column.get("width", "8"))
        for column in root.iter("{*}col")
        for at in range(int(column.get("min", "1")) - 1, int(column.get("max", "1")))
    }
    rows = {int(row.get("r", "0")) - 1: row for row in root.iter("{*}row")}
    for (row, column), value in own.items():
        if isinstance(value, str) and a1(row, column) not in merged and column in widths:
            needed = height_of(value, widths[column])
            if needed > float(rows[row].get("ht", "0")):
                rows[row].set("ht", f"{needed:g}")


def put_values(path: Path, computed: Computed) -> None:
    """Puts what the formulas give into their cells."""
    package = Package(path)
    for tab in WorkbookPart(package).tabs():
        root = etree.fromstring(package.read(tab.part))
        for cell in root.iter("{*}c"):
            if cell.find("{*}f") is not None:
                _put_value(cell, computed(tab.name, cell.get("r")))
        package.put_bytes(
            tab.part, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        )
    package.save(path)


def _put_value(cell: etree._Element, value: float | str) -> None:
    for old in cell.findall("{*}v"):
        cell.remove(old)
    cell.attrib.pop("t", None)
    new = etree.SubElement(cell, f"{{{etree.QName(cell).namespace}}}v")
    if isinstance(value, str):
        cell.set("t", "str")
        new.text = value
    else:
        # Fifteen digits are what Excel keeps.
        new.text = f"{value:.15g}"


MADE = {EXAMPLE_EVALUATION: make_evaluation, EXAMPLE_MONITORING: make_monitoring}
"""The workbooks by their names, and what makes each of them."""


def build_all(folder: Path) -> Iterator[Path]:
    """Writes both workbooks into ``folder``, with their values computed by LibreOffice."""
    with Office() as office, tempfile.TemporaryDirectory() as scratch:
        for name, make in MADE.items():
            path = Path(scratch) / name
            fill(path, make(path))
            with office.open(path) as document:
                document.recalculate()
                put_values(path, computed_by(document))
            with replacing():
                put_whole(path, folder / name)
            yield folder / name


def computed_by(document: Document) -> Computed:
    """What an open workbook shows in its cells, asked for sheet by sheet."""

    @cache
    def values(sheet: str) -> tuple[tuple[float | str, ...], ...]:
        used = document.component.Sheets.getByName(sheet)
        cursor = used.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        area = used.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)
        found: tuple[tuple[float | str, ...], ...] = area.getDataArray()
        return found

    def value(sheet: str, cell: str) -> float | str:
        row, column = row_column(cell)
        return values(sheet)[row][column]

    return value


def main() -> None:
    """Write the examples, and print where."""
    if (reason := unavailable()) is not None:
        sys.exit(f"no 自评表, no 监控表: {reason}")
    for path in build_all(data_folder("examples")):
        print(path)


if __name__ == "__main__":
    main()
