"""The script that an analyst would write for the same book, with openpyxl and pandas.

One process, one file after the other, whole workbooks in memory, a ``try`` around each. It reads
the forms by their labels, makes the same tables (部门汇总, 项目汇总, 指标明细), adds up the amounts
every department and writes them without any format. It does less than ``perfgoals consolidate``:
nothing is reviewed, no target value is taken apart, no duplicate is found, no total is live.

As a program: ``plain_departments.py FOLDER OUTPUT``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

Row = list[Any]

TEXTS = ("项目名称", "主管部门", "实施单位", "项目属性", "项目期", "年度总体绩效目标")
AMOUNTS = (
    "项目总额",
    "年度资金总额",
    "本级资金",
    "本级财政拨款",
    "本级其他资金",
    "结余结转资金",
    "转移资金",
    "中央资金",
    "自治区资金",
)
# 资金总额 and 其他资金 stand in the left or the right half of the funding block.
LEFT = {"资金总额": "本级资金", "财政拨款": "本级财政拨款", "其他资金": "本级其他资金"}
RIGHT = {"资金总额": "转移资金"}
HALF = 3


def cleaned(value: Any) -> str:
    """A label without blanks and without 其中."""
    return "".join(str(value).split()).removeprefix("其中：")


def value_beside(row: Row, column: int) -> Any:
    """The value right of a label, behind the cells that the label is merged over."""
    for value in row[column + 1 : column + 3]:
        if value is not None:
            return value
    return None


def read_project(rows: list[Row]) -> dict[str, Any] | None:
    """The header and the amounts of a project's form; None where the sheet is none."""
    project: dict[str, Any] = {}
    for row in rows:
        for column, value in enumerate(row):
            label = cleaned(value)
            if label == "一级指标":
                return project if "项目名称" in project else None
            label = (LEFT if column < HALF else RIGHT).get(label, label)
            if label in TEXTS or label in AMOUNTS:
                project[label] = value_beside(row, column)
    return None


def read_indicators(rows: list[Row]) -> list[dict[str, Any]]:
    """The rows below the header 一级指标, with the levels filled down."""
    start = next(number for number, row in enumerate(rows) if row and row[0] == "一级指标")
    level1 = level2 = None
    indicators = []
    for row in rows[start + 1 :]:
        level1, level2 = row[0] or level1, row[1] or level2
        if row[2] is not None:
            indicators.append(
                {
                    "一级指标": level1,
                    "二级指标": level2,
                    "三级指标": row[2],
                    "指标值": row[3],
                    "备注": row[4],
                }
            )
    return indicators


def read_cover(sheet: Worksheet) -> dict[str, Any]:
    """Department, code and year from the sheet 填报说明."""
    stated = {str(row[0]): row[1] for row in sheet.iter_rows(max_col=2, values_only=True)}
    return {
        "部门": stated["填报部门"],
        "代码": stated["填报部门代码"],
        "年度": stated["计划年度"],
    }


def read_file(path: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The projects and the indicators of one file."""
    book = openpyxl.load_workbook(path, data_only=True)
    cover = read_cover(book["填报说明"])
    projects, indicators = [], []
    for sheet in book.worksheets:
        rows = [list(row) for row in sheet.iter_rows(max_col=6, values_only=True)]
        project = read_project(rows)
        if project is None:
            continue
        place = {"文件": path.name, **cover, "工作表": sheet.title}
        projects.append({**place, **project})
        indicators += [
            {**place, "项目名称": project["项目名称"], **row} for row in read_indicators(rows)
        ]
    if not projects:
        raise ValueError("no form")
    return projects, indicators


def main() -> None:
    folder, output = map(Path, sys.argv[1:])
    projects: list[dict[str, Any]] = []
    indicators: list[dict[str, Any]] = []
    broken = []
    for path in sorted(folder.iterdir()):
        try:
            own, rows = read_file(path)
        except Exception as error:
            broken.append({"文件": path.name, "原因": f"{type(error).__name__}: {error}"})
            continue
        projects += own
        indicators += rows
    table = pd.DataFrame(projects)
    for name in AMOUNTS:
        table[name] = pd.to_numeric(table[name], errors="coerce")
    keys = ["文件", "部门", "代码", "年度"]
    departments = table.groupby(keys)[list(AMOUNTS)].sum().reset_index()
    departments.insert(len(keys), "项目数", table.groupby(keys).size().to_numpy())
    with pd.ExcelWriter(output) as book:
        pd.concat([departments, pd.DataFrame(broken)]).to_excel(
            book, sheet_name="部门汇总", index=False
        )
        table.to_excel(book, sheet_name="项目汇总", index=False)
        pd.DataFrame(indicators).to_excel(book, sheet_name="指标明细", index=False)
    print(f"{len(departments)} files, {len(broken)} broken, {len(table)} projects", file=sys.stderr)


if __name__ == "__main__":
    main()
