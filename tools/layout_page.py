"""docs/旧表版式.md: every example of a layout as a picture, with what is read from it.

``make examples`` writes it anew. What it says was read is what the reader reads, and what it says
of 导入说明 is what an import writes there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import openpyxl

from perfgoals_xl.api import load
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.fields import Table, fields_of
from perfgoals_xl.form.own_sheets import IMPORT_HEADINGS
from perfgoals_xl.workbooks.importing import write_imported
from perfgoals_xl.workbooks.standard.import_sheet import TITLE as IMPORT_SHEET
from tools.example_layouts import FOLDER, PICTURES, ROOT
from tools.layout_contents import LAYOUTS, OUTLINE, OUTLINE_NAME, OUTLINE_TOLD

PAGE = ROOT / "docs" / "旧表版式.md"
_HEAD = """\
# 旧表版式

各地各年的项目绩效目标表样子不同。导入时按栏目的名称认内容，下面这些版式都能读；同一版式挪了位置、换了叫法、
多几列少几列，也一样读。怎样导入、导入后看什么，见[用户手册](用户手册.md)的“把旧表带进来”。

每种版式给出一个例子（部门和项目都是虚构的，文件在 `xl/examples/版式`）、读出的内容和它所在的
单元格，以及导入后工作表“导入说明”列出的内容。所列内容都是程序实际读出的。
"""
_SHOWN = 3  # indicators of each project
_LONGEST = 30
_COLUMNS = (
    ("target_value", "指标值"),
    ("period_target_value", "中期指标值"),
    ("weight", "分值（权重）"),
    ("standard", "评分标准"),
    ("note", "备注"),
)


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for layout in LAYOUTS:
        path = FOLDER / f"{layout.name}.xlsx"
        picture = (PICTURES / f"{layout.picture}.png").relative_to(PAGE.parent).as_posix()
        parts.append(_section(path, layout.told, f"![{layout.name}的例子]({picture})"))
    path = FOLDER / f"{OUTLINE_NAME}.txt"
    parts.append(_section(path, OUTLINE_TOLD, f"```text\n{OUTLINE}```"))
    return "\n".join(parts)


def listed(declaration: Declaration, folder: Path) -> list[list[str]]:
    """The rows of the sheet 导入说明 after an import into ``folder``, as texts."""
    path = folder / "imported.xlsx"
    write_imported(declaration, path)
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        rows = list(book[IMPORT_SHEET].iter_rows(values_only=True))
    finally:
        book.close()
    top = next(i for i, row in enumerate(rows) if row[: len(IMPORT_HEADINGS)] == IMPORT_HEADINGS)
    found = [[str(value or "") for value in row] for row in rows[top + 1 :]]
    return [row for row in found if row[1]]


def _section(path: Path, told: str, example: str) -> str:
    declaration = load(path)
    lines = [f"## {path.stem}", "", told, "", example, "", *_projects(declaration), ""]
    lines += [*_indicators(declaration), ""]
    with tempfile.TemporaryDirectory() as folder:
        account = listed(declaration, Path(folder))
    lines += [*_account(account), ""] if account else ["导入说明里没有要看的内容。", ""]
    return "\n".join(lines)


def _projects(declaration: Declaration) -> Iterator[str]:
    yield "| 栏目 | 读出的内容 | 单元格 |"
    yield "|---|---|---|"
    places = declaration.projects.cell_records()
    for record, cells in zip(declaration.projects.records(), places, strict=True):
        for field in fields_of(Table.PROJECTS):
            value, place = record.get(field.name), cells.get(field.name)
            if value is not None and place is not None:
                unit = "" if isinstance(value, str) else f" {record['amount_unit']}"
                yield f"| {field.label} | {_short(value)}{unit} | {place.cell} |"


def _indicators(declaration: Declaration) -> Iterator[str]:
    records = declaration.indicators.records()
    columns = [(key, label) for key, label in _COLUMNS if any(row[key] for row in records)]
    labels = ["一级指标", "二级指标", "三级指标", *(label for _, label in columns)]
    keys = ["level1", "level2", "indicator", *(key for key, _ in columns)]
    yield f"| {' | '.join(labels)} |"
    yield f"|{'---|' * len(labels)}"
    pairs = zip(records, declaration.indicators.cell_records(), strict=True)
    left = 0
    for _, group in groupby(pairs, key=lambda pair: pair[0]["project"]):
        rows = list(group)
        left += max(0, len(rows) - _SHOWN)
        for record, cells in rows[:_SHOWN]:
            texts = []
            for key in keys:
                value, place = record.get(key), cells[key]
                shown = "" if value is None else _short(value)
                texts.append(f"{shown}（{place.cell}）" if shown and place else shown)
            yield f"| {' | '.join(texts)} |"
    yield ""
    yield f"共 {len(records)} 个指标，其余 {left} 个照此读出。"


def _account(rows: list[list[str]]) -> Iterator[str]:
    yield f"导入说明列出 {len(rows)} 处："
    yield ""
    yield f"| {IMPORT_HEADINGS[0]} | 单元格 | 原文 | 说明 |"
    yield "|---|---|---|---|"
    for (kind, message), group in groupby(rows, key=lambda row: (row[0], row[4])):
        lines = list(group)
        cells = "、".join(row[2] for row in lines)
        texts = "、".join(_short(row[3]) for row in lines)
        yield f"| {kind} | {cells} | {texts} | {message} |"


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"


def main() -> None:
    """Write the page and print where."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(PAGE)


if __name__ == "__main__":
    main()
