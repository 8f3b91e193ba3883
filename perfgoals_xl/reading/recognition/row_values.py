"""What the cells of a row of an indicator table say: as shown, or joined from their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from perfgoals_xl.declaration import RemarkKind, TextCell
from perfgoals_xl.form.column_labels import VALUE_PARTS, Column
from perfgoals_xl.form.named_targets import named_target
from perfgoals_xl.form.points import read_points
from perfgoals_xl.form.target import VALUED, parse_target
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header
from perfgoals_xl.reading.recognition.forms import Entry, Form, Line
from perfgoals_xl.reading.recognition.row_notes import ends, left_sum

# Signs and units that say only that there is none.
_NO_PART = ("定性", "描述", "定量", "正向", "反向", "正向指标", "反向指标", "/", "-", "—", "无")


def shown_entry(grid: Grid, row: int, column: int) -> Entry:
    """A cell's value, numbers and dates as the cell shows them, and its place."""
    value = grid.value(row, column)
    if value is not None and not isinstance(value, str):
        value = grid.shown(row, column, value)
    return Entry(value, grid.place(row, column))


# Before each of several indicators in one cell; before a number it is a decimal point.
_NUMBER = r"(?:\d{1,2}\s*[.．、)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九]、)\s*"
_ORDINAL = r"指标\d{1,2}\s*[：:]"  # a part of the name
_LISTED = re.compile(rf"\s*(?:{_NUMBER}|(?={_ORDINAL}))")
# Blanks are taken once: a cell may hold thousands of them.
_PARTING = re.compile(
    rf"\n|[；;。]\s*+(?={_NUMBER}|{_ORDINAL})|(?<!\s)\s++(?={_NUMBER}|{_ORDINAL})"
)
_SECOND = re.compile(r"(?<=[；;。\s])(?:2\s*[.．、)）]|[（(]2[)）]|②|二、|指标2)")
_FEWEST, _SHORTEST_NAME = 2, 4
# A line that ends so, or begins so, is a part of the name before it.
_GOES_ON = re.compile(r"^[)）、，,的和与及]|[、，,（(的和与及：:]$")
_NOT_PARTED = "一格里列了几个指标，与指标值的个数对不上，没有拆开"


def listed(text: object) -> list[str]:
    """The indicators of a cell that lists several: 1.… 2.…, or line by line with their targets.

    [] for any other cell: a long name that was broken is one.
    """
    numbered = _numbered(text)
    lines = numbered or _lines(text)
    sure = numbered or all(named_target(line) is not None for line in lines)
    return lines if len(lines) >= _FEWEST and sure else []


def _numbered(text: object) -> list[str]:
    """What a cell numbers from one on, without the numbers."""
    if not isinstance(text, str) or _SECOND.search(text) is None:
        return []
    parts = [part.strip() for part in _PARTING.split(text) if part and part.strip()]
    if len(parts) < _FEWEST or not all(_LISTED.match(part) for part in parts):
        return []
    return [_LISTED.sub("", part, count=1).strip("；;。 ") for part in parts]


def _lines(text: object) -> list[str]:
    if not isinstance(text, str) or "\n" not in text:
        return []
    return [line.strip() for line in text.split("\n") if line.strip()]


def each_indicator(form: Form, line: Line, *, holds_both: bool) -> Iterator[Line]:
    """The indicators of a row: several where its cells list them one by one.

    ``holds_both``: its name says the target as well. Where name and target list another number of
    things the row stays one, which is told.
    """
    if holds_both:
        whole: list[object] = [line.name.value]
        for text in listed(line.name.value) or whole:
            name, target = parted(line.name._replace(value=text))
            yield line._replace(name=name, target=target)
        return
    names = _numbered(line.name.value)
    targets = _numbered(line.target.value) or _lines(line.target.value)
    if names and all(said.startswith(f"{number}.") for number, said in enumerate(targets, start=1)):
        # 1.11个, 2.8座 beside 1.… 2.…: numbered as the names are, and no decimals.
        targets = [said.partition(".")[2] for said in targets]
    if not names and targets and all(parse_target(said).kind in VALUED for said in targets):
        names = _names(line.name.value)
    if not names or len(names) != len(targets):
        if names and not is_blank(line.target.value):
            form.infer(line.name.place, line.name.value, _NOT_PARTED, RemarkKind.READ_AS)
        yield line
        return
    for number, (called, said) in enumerate(zip(names, targets, strict=True)):
        yield line._replace(
            name=line.name._replace(value=called),
            target=line.target._replace(value=said),
            note=_of_part(line.note, number, len(names)),
            period_target=line.period_target and _of_part(line.period_target, number, len(names)),
            weight=line.weight and _of_part(line.weight, number, len(names)),
            standard=line.standard and _of_part(line.standard, number, len(names)),
        )


def _of_part(entry: Entry, number: int, count: int) -> Entry:
    """What a cell beside says of one of ``count`` indicators; said once, it is the first's."""
    parts = _numbered(entry.value) or _lines(entry.value)
    if len(parts) == count:
        return entry._replace(value=parts[number])
    return entry._replace(value=None) if number else entry


def _names(text: object) -> list[str]:
    """The lines of a cell of names without numbers, none of which goes on with the one before."""
    lines = _lines(text)
    whole = all(len(fold(line)) >= _SHORTEST_NAME for line in lines)
    return lines if whole and not any(_GOES_ON.search(line) for line in lines) else []


def parted(entry: Entry) -> tuple[Entry, Entry]:
    """Name and target of a cell that says both; a text that says no target is the name."""
    found = named_target(entry.value) if isinstance(entry.value, str) else None
    name, target = found or (entry.value, None)
    return Entry(name, entry.place), Entry(target, entry.place)


# What makes a value one that has a sign and a unit; X and * stand for what is still to come.
_COUNTS = re.compile(
    r"[\dXx*_…]|若干|^(?:[≥≤<>=]|不[少低高多]于|不?超过)*[零〇一二两三四五六七八九十百千万亿半]+$"
)
_IS_DATE = re.compile(r"\d\s*[年月日号/.\-]\s*(?:\d|$|[前底末])")
_OF_DATE = re.compile(r"[年月日]{2,3}|日期|时间")


def joined_target(
    grid: Grid, header: Header, row: int, cells: Mapping[int, object], slip: int = 0
) -> Entry:
    """Sign, number and unit as one text, for a ``header`` that splits the value.

    ``cells`` are those of the row that belong to the table, ``slip`` how far they slipped. A sign
    such as 定性 only says that there is no number.
    """
    parts = {}
    for part in VALUE_PARTS:
        column = header.columns.get(part, -1)
        value = cells.get(column + slip) if column >= 0 else None
        text = "" if value is None else str(shown_entry(grid, row, column + slip).value).strip()
        parts[part] = text if part is Column.NUMBER or text not in _NO_PART else ""
    sign, amount, unit = parts.values()
    told = amount in _NO_PART and bool(sign or unit)
    if told:
        amount = ""  # 定性 | 满意: the value is in the other part
    # What was typed beside the number as well is not said twice.
    if fold(amount).startswith(fold(sign)):
        sign = ""
    if fold(unit) in fold(amount):
        unit = ""
    if amount and not _COUNTS.search(fold(amount)):
        sign = unit = ""  # =健全项: a value in words has no sign and no unit
    elif _IS_DATE.search(amount) and _OF_DATE.fullmatch(fold(unit)):
        unit = ""
    # A sign and a unit alone are what the form offers, not what somebody filled in.
    joined = f"{sign}{amount}{unit}" if amount or len(sign) > 2 or len(unit) > 4 or told else ""
    return Entry(joined or None, grid.place(row, header.columns[Column.NUMBER] + slip))


def target_of_parts(grid: Grid, header: Header, row: int, found: Mapping[str, int]) -> Entry:
    """Sign, number and unit of a row as one text; ``found`` is where each part was found."""
    parts: Mapping[int, object] = {
        header.columns[part]: grid.value(row, found[part])
        for part in VALUE_PARTS
        if part in found and found[part] == header.columns.get(part)
    }
    number = found.get(Column.NUMBER)
    if number is not None and number != header.columns[Column.NUMBER]:
        return shown_entry(grid, row, number)
    return joined_target(grid, header, row, parts)


def take_total(form: Form, header: Header, row: int, cells: Sequence[tuple[int, object]]) -> None:
    """Keep the points of the whole table, where the row of its sum states them."""
    at = header.columns.get(Column.WEIGHT)
    _, told = left_sum(form.grid.cells(row), header.left) or cells[0]
    if at is None or not ends(str(told)):
        return
    entry = shown_entry(form.grid, row, at)
    if entry.value is not None and read_points(str(entry.value)) is not None:
        form.group_points[""] = TextCell(str(entry.value), entry.place)
