"""A header as it stands above rows: what it is to the headers after it, its columns as slots."""

from __future__ import annotations

from collections.abc import Mapping

from perfgoals_xl.addresses import a1
from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.column_labels import LEVELS, Column
from perfgoals_xl.form.evaluation.evaluation_labels import Part
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.alignment import Slot
from perfgoals_xl.reading.recognition.columns import Header, find_header
from perfgoals_xl.reading.recognition.forms import Form

# What the columns are called to people.
COLUMN_NAMES = {
    **dict(zip(LEVELS, ("一级指标", "二级指标"), strict=True)),
    "levels": "指标类别",
    "level3": "三级指标",
    "target_value": "指标值",
    "note": "备注",
    Column.OPERATOR: "符号",
    Column.NUMBER: "数值",
    Column.UNIT: "计量单位",
    Column.PERIOD_VALUE: "中期指标值",
    Column.WEIGHT: "权重",
    Column.STANDARD: "评分标准",
    "foreign": "不保留的一栏",
    Part.ACTUAL: "实际完成值",
    Part.FORECAST: "全年预计完成值",
    Part.SCORE: "得分",
    Part.REASON: "偏差原因",
    Part.LIKELIHOOD: "完成目标可能性",
    Part.LIGHT: "预警",
}


def tell_header(form: Form, header: Header) -> None:
    """Say which headings were known in spite of a wrong character, or by what stands below them."""
    if header.bottom < header.row:
        return  # that of the sheet before, which has told it
    for (row, column), meant in header.misspelt.items():
        value = form.grid.value(row, column)
        form.infer(form.grid.place(row, column), value, f"按“{meant}”读取", RemarkKind.READ_AS)
    if header.holds_both:
        place = form.grid.place(header.bottom, header.name)
        value = form.grid.value(header.bottom, header.name)
        form.infer(place, value, "指标名称和指标值写在同一格，拆开读取", RemarkKind.READ_AS)
    for part in sorted(header.guessed & header.columns.keys()):
        column = header.columns[part]
        rows = range(header.bottom, header.row - 1, -1)
        at = next((r for r in rows if form.grid.value(r, column) is not None), header.row)
        text = f"这一栏按内容读作“{COLUMN_NAMES.get(part, part)}”"
        place, value = form.grid.place(at, column), form.grid.value(at, column)
        form.infer(place, value, text, RemarkKind.READ_AS)


def tell_slip(form: Form, row: int, moved: Mapping[int, str]) -> None:
    """Say which cells of a row beside their headings were read as which parts."""
    said = [f"{a1(row, at)} 读作“{COLUMN_NAMES.get(part, part)}”" for at, part in moved.items()]
    text = f"这一行与表头错位，按内容归栏：{'，'.join(said)}"
    place, value = form.grid.place(row, min(moved)), form.grid.value(row, min(moved))
    form.infer(place, value, text, RemarkKind.SLIPPED)


def repeated_headers(grid: Grid, start: int, end: int, year: int | None) -> dict[int, Header]:
    """The headers that are printed once more on the next page, by their first row."""
    found: dict[int, Header] = {}
    while (header := find_header(grid, start, end, year)) is not None:
        found[header.row] = header
        start = header.bottom + 1
    return found


def slots_of(header: Header, target: int) -> list[Slot]:
    """The columns of a header from left to right, as rows are put under them."""
    slots = {
        at: Slot(part, at)
        for part, at in header.columns.items()
        if part != "target_value" or at == header.target
    }
    if "target_value" in header.columns:
        slots.pop(header.columns["target_value"], None)
        slots[target] = Slot("target_value", target)
    if header.holds_both:
        slots[header.name] = Slot("level3", header.name)
    levels = [part for part in LEVELS if part in header.columns]
    if len(levels) == 1 and not header.has_goals:
        # One column for both levels: 指标类型 over 产出指标 as well as over 数量指标.
        at = header.columns[levels[0]]
        slots[at] = Slot("levels", at)
    if "level3" not in header.columns:
        slots.setdefault(header.name, Slot("level3", header.name))
    for at in header.foreign:
        slots.setdefault(at, Slot("foreign", at))
    return [slots[at] for at in sorted(slots)]
