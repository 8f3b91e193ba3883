"""How a sheet 校验结果 that is there already is written anew, with what staff made of it kept.

Each of our columns is written where its heading stands. What staff wrote beside the list moves with
its finding, what they wrote below it stays below it, and where that cannot be done for certain
nothing is written at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from perfgoals_xl.addresses import Area, a1
from perfgoals_xl.declaration import Reason
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.own_sheets import RESULT_HEADINGS, RESULTS_SHEET
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.own_sheets.group_rows import group_label, without_places
from perfgoals_xl.reading.own_sheets.reason_sheet import listed_rows
from perfgoals_xl.reading.own_sheets.results_layout import (
    Cells,
    Layout,
    Trouble,
    find_layout,
    is_summary,
    without_heading,
)
from perfgoals_xl.review.reasons import NOT_THERE_EITHER, is_own_text, pair
from perfgoals_xl.workbooks.findings.layout import (
    BLANK_ROWS,
    EARLIER_NOTES,
    FLAGS,
    HEADER_ROW,
    NOTE,
    STANDARD,
    SUMMARY_ROW,
    TITLE,
    FindingLine,
    fitting,
    listed,
    summary_formula,
)
from perfgoals_xl.workbooks.findings.lines import NO_LONGER

# Staff may do without these columns: nothing is found again by them.
_SPARED = {"number", "value", "suggestion"}


@dataclass(frozen=True)
class Plan:
    """Where everything goes; rows and columns count from zero.

    ``columns`` says where each key is written, ``added`` which of them get a heading and a column
    of their own again. ``own`` are columns of the staff's own and ``own_moves`` the rows that they
    are to move, old row → new row, with none where all that they hold stays where it is.
    ``stray_moves`` says it of whole rows that list nothing. ``old_flags`` are rows above the hidden
    column in which an earlier version left its flags, ``old_groups`` those that told several
    findings together so far; ``noted`` says that cells may have notes of ours. ``width`` is the
    number of columns in use, ``bottom`` the last row in use so far, ``cut`` the lines that the
    sheet has no room for.
    """

    lines: tuple[FindingLine, ...]
    header: int = HEADER_ROW - 1
    columns: Mapping[str, int] = field(default_factory=lambda: STANDARD)
    added: tuple[str, ...] = ()
    own: tuple[int, ...] = ()
    own_moves: Mapping[int, int] = field(default_factory=dict)
    stray_moves: Mapping[int, int] = field(default_factory=dict)
    summary: tuple[int, int] | None = (SUMMARY_ROW - 1, 0)
    old_flags: tuple[int, ...] = ()
    merged: bool = False
    width: int = len(STANDARD)
    bottom: int = HEADER_ROW - 1
    cut: tuple[FindingLine, ...] = ()
    old_groups: tuple[int, ...] = ()
    noted: bool = False

    @classmethod
    def of(cls, lines: Sequence[FindingLine]) -> Plan:
        """The plan for a sheet that is made anew."""
        lines = fitting(lines)
        kept = listed(lines)
        return cls(tuple(kept), cut=_cut(lines, kept))

    @property
    def first(self) -> int:
        """The first row of the list."""
        return self.header + 1

    @property
    def end(self) -> int:
        """The last row that lists something; the row of the headings where nothing is listed."""
        return self.header + len(self.lines)

    @property
    def last(self) -> int:
        """The last row that looks like one of the list; it goes not into what staff wrote below."""
        spare = self.header + max(len(self.lines), BLANK_ROWS)
        return max(self.end, min([spare, *(row - 1 for row in self.stray_moves.values())]))

    @property
    def groups(self) -> list[int]:
        """The rows that tell several findings together."""
        return [row for row, line in enumerate(self.lines, self.first) if line.is_group]

    @property
    def inside(self) -> list[int]:
        """The rows that are to be seen when the one of their group is opened."""
        return [row for row, line in enumerate(self.lines, self.first) if line.inside]

    @property
    def summary_formula(self) -> str:
        """The formula that counts what is listed, and what there was no room for."""
        return summary_formula(self.columns, self.first + 1, self.cut)

    @property
    def visible(self) -> dict[str, int]:
        """The columns that people see."""
        return {key: column for key, column in self.columns.items() if key != "position"}


def plan_for(
    grid: Grid, lines: Sequence[FindingLine], *, file: str | Path, gone: str = NO_LONGER
) -> Plan | None:
    """The plan for writing ``lines`` on the sheet that ``grid`` shows.

    ``gone`` is the word under 级别 for a row that is kept for what staff wrote beside it. None for
    a sheet that holds no list and nothing that could be one. Raises ``InputError`` where a column
    cannot be told for certain, or what staff merged cannot be moved.
    """
    lines, layout = fitting(lines), find_layout(grid)
    if layout is None:
        trouble = without_heading(grid) or _without_list(grid)
        if trouble is None:
            return None
        raise _refusal(trouble, file)
    for trouble in (*layout.troubles, *_misplaced(grid, layout)):
        raise _refusal(trouble, file)
    all_lines, moves = _with_own_rows(grid, layout, listed(lines), gone)
    columns = dict(layout.columns)
    width = 1 + max((c for row in range(len(grid.rows)) for c, _ in grid.cells(row)), default=0)
    width = max(width, 1 + max(columns.values()))
    added = tuple(key for key in RESULT_HEADINGS if key not in columns and key not in _SPARED)
    for key in added:
        columns[key] = width
        width += 1
    plan = Plan(
        tuple(all_lines),
        layout.header,
        columns,
        added,
        layout.own,
        moves,
        _stray_moves(layout, layout.header + len(all_lines)),
        layout.summary,
        old_flags(grid, layout),
        False,
        width,
        max(layout.header, len(grid.rows) - 1),
        _cut(lines, listed(lines)),
        old_groups=tuple(
            row
            for row, line in zip(layout.rows, listed_rows(grid, layout), strict=True)
            if line.group
        ),
        noted=_is_noted(grid, layout),
    )
    return _with_merges(plan, grid, layout, file)


def _misplaced(grid: Grid, layout: Layout) -> Iterator[Trouble]:
    """Rows where a text of ours stands as the reason, and a text of staff in a column of ours.

    Headings were changed over, or cells were moved within their row: written as the headings say,
    the staff's text would be gone.
    """
    columns = layout.columns
    if "waiver" not in columns:
        return
    cells = Cells(grid)
    for row, line in zip(layout.rows, listed_rows(grid, layout), strict=True):
        if not line.text or not is_own_text(line):
            continue
        for key in ("message", "suggestion", "position"):
            text = cells.text(row, columns.get(key))
            if text and not _is_ours(key, text, line):
                what = (
                    f"“{RESULT_HEADINGS['waiver']}”一栏里是本程序写的文字，"
                    f"这一格（“{RESULT_HEADINGS[key]}”一栏）里却不是，像是两栏的标题或内容换了位置"
                )
                yield Trouble(
                    grid.place(row, columns[key]), what, "请把标题或内容换回来，再校验。", key
                )


def _is_ours(key: str, text: str, line: Reason) -> bool:
    if key == "position":
        return text == RESULT_HEADINGS[key] or not any(letter.isalpha() for letter in text)
    return is_own_text(line._replace(text=text, message=""))


def _is_noted(grid: Grid, layout: Layout) -> bool:
    column = layout.columns.get("position")
    rows = (layout.header, *old_flags(grid, layout))
    return column is not None and any(FLAGS[0] in str(grid.value(row, column)) for row in rows)


def old_flags(grid: Grid, layout: Layout) -> tuple[int, ...]:
    """The rows above the hidden column that hold a flag and nothing else."""
    column = layout.columns.get("position")
    if column is None:
        return ()
    return tuple(row for row in range(layout.header) if grid.value(row, column) in FLAGS)


def _cut(lines: Sequence[FindingLine], kept: Sequence[FindingLine]) -> tuple[FindingLine, ...]:
    """The lines for which the sheet has no room."""
    if len(lines) == len(kept):
        return ()
    known = set(map(id, kept))
    return tuple(line for line in lines if id(line) not in known)


def _without_list(grid: Grid) -> Trouble | None:
    """The trouble of a sheet that holds something, and no list to write in place of."""
    for row in range(len(grid.rows)):
        for column, value in grid.cells(row):
            if value not in (TITLE, NOTE, *EARLIER_NOTES, *FLAGS) and not is_summary(value):
                what = "这张表上没有清单的标题行，却有别的内容"
                hint = f"请把这张表改名或删除，再校验，程序会重新建立“{RESULTS_SHEET}”。"
                return Trouble(grid.place(row, column), what, hint)
    return None


def _with_own_rows(
    grid: Grid, layout: Layout, lines: list[FindingLine], gone: str
) -> tuple[list[FindingLine], dict[int, int]]:
    """The lines, those of rows that are kept for what stands beside them added; and the moves."""
    if not layout.own:
        return lines, {}
    known = dict(zip(layout.rows, listed_rows(grid, layout), strict=True))
    moves = {row: layout.header + 1 + at for row, at in _follow(known, lines).items()}
    held = [row for row in known if any(not is_blank(grid.value(row, c)) for c in layout.own)]
    for row in held:
        if row not in moves:
            lines.append(_kept(known[row], gone))
            moves[row] = layout.header + len(lines)
    return lines, moves if any(moves[row] != row for row in held) else {}


def _follow(listed: Mapping[int, Reason], lines: Sequence[FindingLine]) -> dict[int, int]:
    """The line that each row is about now; a row with a reason first asks for its reason."""
    found: dict[int, int] = {}
    for text, group in [
        *dict.fromkeys((line.text, False) for line in listed.values() if line.text),
        (None, False),
        (None, True),
    ]:
        rows = [
            row
            for row, line in listed.items()
            if row not in found and text in (None, line.text) and bool(line.group) == group
        ]
        offered = [
            number
            for number, line in enumerate(lines)
            if number not in found.values()
            and text in (None, line.waiver)
            and line.is_group == group
        ]
        pairs = pair([listed[row] for row in rows], [_Line(lines[number]) for number in offered])
        found |= {rows[asking]: offered[answer] for asking, answer in pairs.items()}
    return found


class _Line:
    """A line as what its finding is known by."""

    def __init__(self, line: FindingLine) -> None:
        self.rule, self.sheet, self.project = line.rule, line.sheet, line.project
        self.indicator, self.cell = line.indicator, line.cell
        self.message = without_places(line.message) if line.is_group else line.message


def _kept(line: Reason, gone: str) -> FindingLine:
    return FindingLine(
        group_label(gone, line.group),
        line.rule,
        line.sheet,
        "",
        line.project or None,
        line.indicator or None,
        None,
        line.message,
        NOT_THERE_EITHER,
    )


def _stray_moves(layout: Layout, end: int) -> dict[int, int]:
    """Rows below the list stay where they are as long as the list does not reach them."""
    moves, free = {}, end + 2
    for row in layout.strays:
        moves[row] = max(row, free)
        free = moves[row] + 1
    return moves


def _with_merges(plan: Plan, grid: Grid, layout: Layout, file: str | Path) -> Plan:
    """The plan, knowing whether cells of the list are merged. Raises ``InputError`` as above."""
    ours = set(plan.columns.values())
    merged = False
    for area in grid.merges:
        if area.bottom < plan.header or area.top > plan.bottom:
            continue
        if area.top <= plan.header:
            if area.bottom > plan.header:
                raise _cannot_move(grid, area, "标题行与下面的行合并在一起", file)
            continue
        if all(row in layout.strays for row in range(area.top, area.bottom + 1)):
            continue
        columns = set(range(area.left, area.right + 1))
        if columns <= ours:
            merged = True
        elif columns & ours or plan.own_moves:
            raise _cannot_move(grid, area, "清单旁边的单元格合并在一起，不能跟着问题移动", file)
    return replace(plan, merged=merged)


def _cannot_move(grid: Grid, area: Area, what: str, file: str | Path) -> InputError:
    return InputError(
        f"{what}（{area.address}），没有改写这张表",
        hint="请先取消合并，再校验。",
        file=file,
        sheet=grid.sheet,
        cell=a1(area.top, area.left),
    )


def _refusal(trouble: Trouble, file: str | Path) -> InputError:
    return InputError(
        f"{trouble.what}，没有改写这张表",
        hint=trouble.hint,
        file=file,
        sheet=trouble.place.sheet,
        cell=trouble.place.cell,
    )
