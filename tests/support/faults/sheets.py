"""The sheet of a project as the form prints it: what stands in which cell, and what each cell is.

The same sheet is read from memory (:mod:`.declared`) and from a workbook (:mod:`.workbooks`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from perfgoals_xl.addresses import Place, a1
from perfgoals_xl.form.taxonomy import level2_of
from tests.support.faults.model import Drawn, Project, Row

# Label and field by row, from column A; "" leaves a column out.
_HEAD: Final = """
项目名称|project_name
主管部门|supervising_department|实施单位|implementing_unit
项目属性|project_attribute|项目期|project_period
项目总额|total_amount|其中：年度资金总额|annual_amount
其中：本级资金|资金总额|local_total|其中：转移市县（区）资金|资金总额|transfer_total
|其中：财政拨款|local_appropriation||其中：中央资金|transfer_central
|其他资金|local_other||自治区资金|transfer_regional
|结余结转资金|local_carryover
年度总体绩效目标|annual_goal
"""
LEVEL1, LEVEL2, NAME, VALUE, WEIGHT = range(5)


@dataclass
class Sheet:
    """The cells of a project's form by row and column from zero, and where everything stands."""

    name: str
    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    fields: dict[str, Place] = field(default_factory=dict)
    groups: dict[str, Place] = field(default_factory=dict)
    rows: list[dict[str, Place]] = field(default_factory=list)
    # The levels of each row as they are printed: None under the row that says the same.
    levels: list[tuple[str | None, str | None]] = field(default_factory=list)

    def put(self, row: int, column: int, value: object) -> Place:
        """Fill a cell and return its place."""
        if value is not None:
            self.cells[row, column] = value
        return Place(self.name, a1(row, column))


def sheets(drawn: Drawn) -> list[Sheet]:
    """The sheets of a declaration, one per project."""
    return [_sheet(drawn, project, f"项目{n}") for n, project in enumerate(drawn.projects, 1)]


def _sheet(drawn: Drawn, project: Project, name: str) -> Sheet:
    sheet = Sheet(name)
    year = drawn.title_year or drawn.year
    sheet.put(0, 0, f"{year}年{drawn.department}部门项目支出绩效目标表")
    sheet.put(1, 0, f"（{year}年度）")
    sheet.put(2, 4, f"单位：{project.unit}")
    row = 3
    for line in _HEAD.strip().split("\n"):
        for column, text in enumerate(line.split("|")):
            if not text:
                continue
            if text.isascii():
                sheet.fields[text] = sheet.put(row, column, project.fields.get(text))
            else:
                sheet.put(row, column, text)
        row += 1
    _table(sheet, project, row)
    return sheet


def _table(sheet: Sheet, project: Project, row: int) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值"]
    if any(one.weight for one in project.rows):
        heads.append("分值")
    for column, text in enumerate(heads):
        sheet.put(row, column, text)
    sheet.groups[""] = Place(sheet.name, a1(row, LEVEL1))
    above: tuple[str | None, str] = ("", "")
    for number, one in enumerate(project.rows):
        row += 1
        level1, level2 = level2_of(one.group, project.edition)
        places = {
            "level1": sheet.put(row, LEVEL1, level1 if level1 != above[0] else None),
            "level2": Place(sheet.name, a1(row, LEVEL2)),
            "indicator": sheet.put(row, NAME, one.name or None),
            "target_value": sheet.put(row, VALUE, one.value or None),
        }
        if number not in project.without_group and level2 != above[1]:
            sheet.put(row, LEVEL2, level2)
            sheet.groups[level2.removesuffix("指标")] = places["level2"]
            above = (level1, level2)
        else:
            above = (level1, above[1])
        places["level3"] = places["indicator"]
        if "分值" in heads:
            places["weight"] = sheet.put(row, WEIGHT, one.weight)
        sheet.rows.append(places)
        sheet.levels.append((above[0], above[1]))


def row_place(drawn: Drawn, made: list[Sheet], row: Row, column: str) -> Place:
    """Where a column of a row stands."""
    for project, sheet in zip(drawn.projects, made, strict=True):
        for number, other in enumerate(project.rows):
            if other is row:
                return sheet.rows[number][column]
    raise LookupError(row)
