"""What of a form's reading a person should look at: doubts that its cells show afterwards.

The recogniser says itself what it put elsewhere. Here the finished form is laid beside its cells:
a group that no edition knows, a row without one, a group filled down over blank cells, a goal that
swallowed a heading, and what was taken for a value that no field holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from perfgoals_xl.addresses import Area, Place, a1, row_column
from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.amounts import parse_amount
from perfgoals_xl.form.fields import AMOUNT_FIELDS, label_of
from perfgoals_xl.form.target import VALUED, parse_target
from perfgoals_xl.form.taxonomy import read_level
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.forms import Entry, Form, Line, Stray
from perfgoals_xl.reading.recognition.labels import head_role, misspelt_role, unknown_label
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.row_notes import ends

LOST = "读到了，但没有归入任何一项，未采用"
_GOALS = ("annual_goal", "period_goal", "duty_goal")
_LEVEL_NAMES = ("一级指标", "二级指标")
_MOST_NAMED = 8
_FEWEST_COLUMNS = 2
# Characters; a longer text inside a goal is a part of it.
_LONGEST_HEADING, _LONGEST_VALUE = 14, 24


def doubts(form: Form, apart: Sequence[tuple[int, int]]) -> Iterator[Stray]:
    """Every doubt about a form, with the cell that raises it; ``apart`` as for `lost_values`."""
    if not form.is_department:
        yield from _unknown_levels(form)
        yield from _without_level(form)
        yield from _filled_down(form)
        yield from _values_elsewhere(form)
        yield from _no_amounts(form)
    yield from _swallowed(form, apart)


def values_apart(form: Form) -> list[tuple[int, int]]:
    """The cells that were taken for values and stand in no row of an indicator, in their order."""
    of_lines = _rows_of(form)
    values = (at for at, use in form.ledger.items() if use is Use.VALUE)
    return sorted(at for at in values if at[0] not in of_lines)


def lost_values(form: Form, apart: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The values ``apart`` from the rows of indicators that no field holds either."""
    own = (entry for entry in form.entries.values() if entry.place.sheet == form.grid.sheet)
    of_fields = {row_column(entry.place.cell) for entry in own}
    held = form.report.cells if form.report is not None else ()
    left = [at for at in apart if at not in of_fields and at not in held]
    if not left:
        return set()
    texts = [fold(str(entry.value)) for entry in form.entries.values() if not is_blank(entry.value)]
    grid = form.grid
    return {at for at in left if not _is_sum(grid, at[0]) and not _is_part(grid, at, texts)}


def _is_sum(grid: Grid, row: int) -> bool:
    """Whether a row is a sum or a note below a table."""
    _, first = next(grid.cells(row), (0, None))
    return isinstance(first, str) and ends(first)


def _own_lines(form: Form) -> list[Line]:
    """The lines on the form's own sheet; those of a sheet that goes on with it are for that one."""
    return [line for line in form.lines if line.name.place.sheet == form.grid.sheet]


def _rows_of(form: Form) -> set[int]:
    """The rows of the form's sheet that its lines hold something of."""
    sheet = form.grid.sheet
    cells = {entry.place.cell for entry in _said(form.lines) if entry.place.sheet == sheet}
    return {row_column(cell)[0] for cell in cells}


def _said(lines: Sequence[Line]) -> Iterator[Entry]:
    for line in lines:
        yield from (line.name, line.target, line.note)
        further = (line.policy_goal, line.budget_goal, line.period_target)
        more = (line.weight, line.standard)
        yield from (entry for entry in (*further, *more) if entry is not None)


def _is_part(grid: Grid, at: tuple[int, int], texts: Sequence[str]) -> bool:
    """Whether a cell is one of several that a field's text was put together from."""
    value = grid.value(*at)
    text = fold(value if isinstance(value, str) else grid.shown(*at, value))
    return any(text in whole for whole in texts) or fold(str(value)) in texts


def _unknown_levels(form: Form) -> Iterator[Stray]:
    """Groups that no edition has: kept as typed, and told."""
    seen: set[tuple[int, str]] = set()
    for line in _own_lines(form):
        pairs = ((line.level1, line.level1_place), (line.level2, line.level2_place))
        for number, (said, place) in enumerate(pairs):
            if said is None or (number, said) in seen or read_level(said) is not None:
                continue
            seen.add((number, said))
            text = f"不是通用的{_LEVEL_NAMES[number]}，按原文读作{_LEVEL_NAMES[number]}"
            yield Stray(place, said, None, text, RemarkKind.READ_AS)


def _without_level(form: Form) -> Iterator[Stray]:
    """Indicators that belong to no group, once a form."""
    lines = _own_lines(form)
    without = [line for line in lines if line.level1 is None or line.level2 is None]
    if not without:
        return
    first = without[0]
    said = ([line.level1 for line in without], [line.level2 for line in without])
    missing = [n for n, levels in zip(_LEVEL_NAMES, said, strict=True) if None in levels]
    cells = [line.name.place.cell for line in without]
    name = None if first.name.value is None else str(first.name.value)
    text = f"没有找到指标所属的{'和'.join(missing)}（{_listed(cells)}）"
    yield Stray(first.name.place, name, None, text, RemarkKind.MISSING)


def _listed(cells: Sequence[str]) -> str:
    more = f" 等 {len(cells)} 格" if len(cells) > _MOST_NAMED else ""
    return f"{'、'.join(cells[:_MOST_NAMED])}{more}"


def _values_elsewhere(form: Form) -> Iterator[Stray]:
    """Rows without a value beside whose name another column holds what looks like one."""
    for line in _own_lines(form):
        if not is_blank(line.target.value) or is_blank(line.name.value):
            continue
        for entry in (line.note, line.period_target, line.standard):
            if entry is None or entry.place == line.name.place or not _is_value(entry.value):
                continue
            text = f"指标值（{line.target.place.cell}）空白，这一格像指标值，未当作指标值"
            yield Stray(entry.place, entry.value, None, text, RemarkKind.OTHER)


def _is_value(value: object) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= _LONGEST_VALUE
        and parse_target(value).kind in VALUED
    )


def _no_amounts(form: Form) -> Iterator[Stray]:
    """Amounts that are no number: kept as they were typed."""
    for name in AMOUNT_FIELDS:
        entry = form.entries.get(name)
        if entry is None or entry.place.sheet != form.grid.sheet:
            continue
        try:
            parse_amount(entry.value)
        except ValueError:
            text = f"“{label_of(name)}”不是一个金额，照录"
            yield Stray(entry.place, entry.value, name, text, RemarkKind.READ_AS)


def _filled_down(form: Form) -> Iterator[Stray]:
    """Groups that stand once above several rows and whose cells are not merged over them.

    Told once a form. In a text, where merges are lost, every group stands so.
    """
    grid = form.grid
    if grid.is_text:
        return
    filled: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    merged: list[Area] | None = None
    for line in _own_lines(form):
        row = row_column(line.name.place.cell)[0]
        for place, level in ((line.level1_place, line.level1), (line.level2_place, line.level2)):
            at = row_column(place.cell)
            if level is None or row <= at[0] or grid.area(*at).bottom >= row:
                continue
            if not is_blank(grid.value(row, at[1])):
                continue
            if merged is None:
                # Of a sheet with many forms only the areas of this one.
                merged = [a for a in grid.merges if a.bottom > form.rows[0] and a.bottom > a.top]
                merged = [area for area in merged if area.top < form.rows[1]]
            if _is_under(merged, row, at[1]):
                continue
            filled.setdefault(place.cell, []).append(a1(row, at[1]))
            said[place.cell] = level
    if filled:
        first = next(iter(filled))
        cells = list(dict.fromkeys(chain.from_iterable(filled.values())))
        text = f"空白的级别按上面最近的一格读取（{_listed(cells)}）"
        place = Place(grid.sheet, first)
        yield Stray(place, said[first], None, text, RemarkKind.FILLED_DOWN)


def _is_under(merged: Sequence[Area], row: int, column: int) -> bool:
    """Whether a blank cell is covered by a merged area that begins above it."""
    return any(
        area.left <= column <= area.right and area.top < row <= area.bottom for area in merged
    )


def _swallowed(form: Form, apart: Sequence[tuple[int, int]]) -> Iterator[Stray]:
    """Goals that were put together from several columns, and headings among their text."""
    goals = {name: form.entries[name] for name in _GOALS if name in form.entries}
    if not any(isinstance(entry.value, str) for entry in goals.values()):
        return
    others = {e.place for name, e in form.entries.items() if name not in _GOALS}
    wholes = {name: fold(str(entry.value or "")) for name, entry in goals.items()}
    pieces: dict[str, list[tuple[int, int]]] = {}
    held = form.report.cells if form.report is not None else ()
    for at in apart:
        if at in held:
            continue
        text = fold(str(form.grid.value(*at)))
        for name, whole in wholes.items():
            if text in whole and text != whole and form.grid.place(*at) not in others:
                pieces.setdefault(name, []).append(at)
    for name, cells in pieces.items():
        headings = [at for at in cells if _looks_like_heading(form.grid.value(*at))]
        if len({column for _, column in cells}) < _FEWEST_COLUMNS and not headings:
            continue
        row, column = headings[0] if headings else cells[0]
        doubt = "其中有像标签的" if headings else "不在同一列"
        text = f"“{label_of_goal(name)}”由几格合成，{doubt}（{_listed([a1(*c) for c in cells])}）"
        value = form.grid.value(row, column)
        yield Stray(form.grid.place(row, column), value, name, text, RemarkKind.READ_AS)


def _looks_like_heading(value: object) -> bool:
    if not isinstance(value, str) or len(fold(value)) > _LONGEST_HEADING:
        return False
    known = head_role(value) is not None or misspelt_role(value) is not None
    return known or (unknown_label(value) is not None and not _ENDS.intersection(value))


_ENDS = frozenset("。，；！？,;:：、0123456789")


def label_of_goal(name: str) -> str:
    """A goal's label, also that of the department's, which is no field of a project."""
    return "年度主要任务" if name == "duty_goal" else label_of(name)


def missing_parts(groups: Sequence[Sequence[Form]]) -> Iterator[Stray]:
    """The parts that every project needs and some do not have, once a sheet and part.

    What is there and blank is a matter of the review; what no label or table was found for is told
    here.
    """
    told: dict[tuple[str, str], Stray] = {}
    counted: Counter[tuple[str, str]] = Counter()
    for parts in groups:
        place = _place_of(parts)
        for field, text in _missing(parts):
            key = (place.sheet, text)
            told.setdefault(key, Stray(place, None, field, text, RemarkKind.MISSING))
            counted[key] += 1
    for key, stray in told.items():
        more = f"（共 {counted[key]} 个项目）" if counted[key] > 1 else ""
        yield stray._replace(text=f"{stray.text}{more}")


def _place_of(parts: Sequence[Form]) -> Place:
    """Where a project begins: its name, else its first label."""
    entries = parts[0].entries
    entry = entries.get("project_name") or next(iter(entries.values()), None)
    return entry.place if entry is not None else parts[0].grid.place(parts[0].rows[0], 0)


_MONEY_NEEDED = ("annual_amount", "total_amount", "local_total", "transfer_total")


def _missing(parts: Sequence[Form]) -> Iterator[tuple[str, str]]:
    names = set(chain.from_iterable(form.entries for form in parts))
    name = next((form.entries["project_name"] for form in parts if "project_name" in names), None)
    if name is None or is_blank(name.value):
        yield "project_name", "没有读到项目名称"
    if all(form.is_listed and form.report is not None for form in parts):
        yield "indicators", "这是一行一个项目的汇总表，没有指标"
        return
    if not any(form.lines for form in parts):
        tables = any("" in form.group_places for form in parts)
        yield "indicators", "指标表中没有读到指标" if tables else "没有找到指标表"
    if not names.intersection(_GOALS):
        yield "annual_goal", "没有找到年度目标"
    spent = any(form.report is not None and form.report.funds for form in parts)
    if not spent and not names.intersection(_MONEY_NEEDED) and not _has_money(names):
        yield "annual_amount", "没有找到项目的金额"


def _has_money(names: Collection[str]) -> bool:
    return any(name.startswith(("local_", "transfer_")) for name in names)
