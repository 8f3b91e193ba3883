"""What the 校验结果 sheet holds and where: for everything that writes, reads or refers to it.

The findings of a workbook stand on this sheet alone. The other sheets look up in it which of their
cells to fill, so that nobody's own fills and borders are touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from perfgoals_xl.addresses import column_letters, row_column
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.own_sheets import (
    NOT_VALIDATED,
    RESULT_HEADINGS,
    SEVERITY_LABELS,
    VALIDATED,
)
from perfgoals_xl.form.own_sheets import RESULTS_SHEET as SHEET
from perfgoals_xl.reading.own_sheets.group_rows import group_level, group_size
from perfgoals_xl.workbooks.kit.sheet_names import quoted

TITLE_ROW, SUMMARY_ROW, NOTE_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4, 5
LAST_ROW = 20_004
"""Rows counted from one; formulas look no further than ``LAST_ROW``."""


class Column(NamedTuple):
    """A column of the sheet: its key in :class:`FindingLine`, its header, its width."""

    key: str
    header: str
    width: float


COLUMNS = (
    Column("number", RESULT_HEADINGS["number"], 6),
    Column("severity", RESULT_HEADINGS["severity"], 7),
    Column("rule", RESULT_HEADINGS["rule"], 7),
    Column("sheet", RESULT_HEADINGS["sheet"], 14),
    Column("cell", RESULT_HEADINGS["cell"], 8),
    Column("project", RESULT_HEADINGS["project"], 14),
    Column("indicator", RESULT_HEADINGS["indicator"], 17),
    Column("value", RESULT_HEADINGS["value"], 14),
    Column("message", RESULT_HEADINGS["message"], 31),
    Column("suggestion", RESULT_HEADINGS["suggestion"], 23),
    Column("waiver", RESULT_HEADINGS["waiver"], 16),
)
CENTRED = ("number", "severity", "rule", "cell")
"""The keys of the columns whose texts stand in the middle."""
COLUMN_OF = {column.key: index for index, column in enumerate(COLUMNS)}
POSITION = Column("position", RESULT_HEADINGS["position"], 9)
"""A hidden column behind the others: the cell of each finding as a number, see ``position_of``."""
POSITION_COLUMN = len(COLUMNS)
BY_KEY = {column.key: column for column in (*COLUMNS, POSITION)}
FLAGS = ("批注", VALIDATED)
"""What the heading of the hidden column says besides: cells have notes of ours; was validated."""
_POSITIONS = "PG_FINDING_POSITIONS"
# More than a sheet has columns, so that every cell has a number of its own.
_ROW_FACTOR = 100_000

LOOKED_UP = {
    "sheet": "PG_FINDING_SHEETS",
    "cell": "PG_FINDING_CELLS",
    "severity": "PG_FINDING_SEVERITIES",
}
"""The columns that highlights look into, and the defined names they go by."""
STANDARD: Mapping[str, int] = {**COLUMN_OF, "position": POSITION_COLUMN}
"""The column of every key on a sheet as it is made."""
BLANK_ROWS = 12
"""How many rows an empty sheet shows."""


TITLE = "绩效目标校验结果"
EARLIER_NOTES = (
    "单击“单元格”一栏可跳到出处。错误须更正，或在“说明”一栏写明理由；"
    "重新校验会改写本表，并保留已写的说明。",
)
"""What the line above the list was in earlier versions."""
NOTE = (
    f"{EARLIER_NOTES[0]}级别写“×6”的行合并 6 处相同的问题，点左边的“+”展开，说明可以只写在这一行。"
)


class FindingLine(NamedTuple):
    """One finding as the sheet shows it; ``severity`` is error, warning or info.

    ``sheet`` and ``cell`` name the place, if there is one; ``value`` is what stands there,
    ``waiver`` the reason that the department wrote against the finding. ``file`` is where the place
    is to be sought; it has a column only where findings of several files stand together. A line for
    several findings counts them in ``severity`` (see ``group_label``); theirs follow it, and with
    ``inside`` they are to be seen when it is opened.
    """

    severity: str
    rule: str
    sheet: str | None
    cell: str | None
    project: str | None
    indicator: str | None
    value: str | None
    message: str
    suggestion: str
    waiver: str | None = None
    file: str | None = None
    inside: bool = False

    @property
    def is_group(self) -> bool:
        """Whether the line tells several findings together."""
        return group_size(self.severity) > 0

    @property
    def level(self) -> str:
        """The word for how grave the findings are that the line tells together; else ""."""
        return group_level(self.severity)

    @property
    def label(self) -> str:
        """What the column 级别 says; a word of our own where it is no severity."""
        return SEVERITY_LABELS.get(self.severity, self.severity)


def fitting(lines: Sequence[FindingLine]) -> list[FindingLine]:
    """The lines, those for groups left out where there is no room for all of them."""
    if len(lines) <= LAST_ROW - FIRST_ROW + 1:
        return list(lines)
    return [line._replace(inside=False) for line in lines if not line.is_group]


def listed(lines: Sequence[FindingLine]) -> list[FindingLine]:
    """The lines that the sheet has room for, in their order.

    Where there are too many, reasons that somebody wrote are all kept, then the gravest findings.
    """
    room = LAST_ROW - FIRST_ROW + 1
    if len(lines) <= room:
        return list(lines)
    gravity = {severity: rank for rank, severity in enumerate(SEVERITY_LABELS)}

    def weight(number: int) -> tuple[bool, int]:
        line = lines[number]
        return not line.waiver, gravity.get(line.severity, len(gravity))

    kept = sorted(sorted(range(len(lines)), key=weight)[:room])
    return [lines[number] for number in kept]


def left_out(lines: Sequence[FindingLine]) -> str | None:
    """What staff are told where the sheet does not list all lines; None where it does."""
    room, lines = LAST_ROW - FIRST_ROW + 1, fitting(lines)
    if len(lines) <= room:
        return None
    return f"共有 {len(lines)} 项，本表只能列出 {room} 项（先列错误），改正后请再校验一次。"


def position_heading(*, validated: bool, noted: bool = False) -> str:
    """The heading of the hidden column with the flags: was validated, cells have notes of ours."""
    flags = "、".join([VALIDATED] * validated + [FLAGS[0]] * noted)
    return f"{POSITION.header}（{flags}）" if flags else POSITION.header


def summary_text(lines: Sequence[FindingLine], *, validated: bool = True) -> str:
    """The line that counts the findings of each severity, or says that nobody sought any yet."""
    counts = Counter(line.severity for line in lines)
    if not validated and not any(counts[severity] for severity in SEVERITY_LABELS):
        return NOT_VALIDATED
    return "　　".join(f"{label} {counts[s]} 项" for s, label in SEVERITY_LABELS.items())


def summary_formula(
    columns: Mapping[str, int] = STANDARD,
    first_row: int = FIRST_ROW,
    cut: Sequence[FindingLine] = (),
) -> str:
    """The formula, with its equals sign, that keeps ``summary_text`` current.

    ``cut`` are the findings that the sheet has no room for, which no formula could count.
    """
    area = range_of("severity", columns, first_row)
    unlisted = Counter(line.severity for line in cut)
    counts = {
        label: f'COUNTIF({area},"{label}")' + (f"+{unlisted[s]}" if unlisted[s] else "")
        for s, label in SEVERITY_LABELS.items()
    }
    told = '&"　　"&'.join(f'"{label} "&{count}&" 项"' for label, count in counts.items())
    flags = f"{quoted(SHEET)}!${column_letters(columns['position'])}${first_row - 1}"
    # Also where the hidden column is gone: what is listed was found.
    none = f'AND({"+".join(counts.values())}=0,ISERROR(SEARCH("{VALIDATED}",{flags})))'
    return f'=IF({none},"{NOT_VALIDATED}",{told})'


def range_of(key: str, columns: Mapping[str, int] = STANDARD, first_row: int = FIRST_ROW) -> str:
    """The cells under a header, as an absolute reference that other sheets can use."""
    letters = column_letters(columns[key])
    last = LAST_ROW - FIRST_ROW + first_row
    return f"{quoted(SHEET)}!${letters}${first_row}:${letters}${last}"


def area_of(key: str, columns: Mapping[str, int] = STANDARD, first_row: int = FIRST_ROW) -> str:
    """The cells under a header, as the sheet itself names them."""
    letters = column_letters(columns[key])
    return f"{letters}{first_row}:{letters}{LAST_ROW - FIRST_ROW + first_row}"


def count_formula(severity: str) -> str:
    """The formula, with its equals sign, that counts the findings of one severity."""
    return f'=COUNTIF({range_of("severity")},"{SEVERITY_LABELS[severity]}")'


def highlight_formulas(sheet_name: str) -> list[tuple[str, str]]:
    """Severity label and formula of each conditional format of a sheet, the gravest first.

    A formula has no equals sign and is true in a cell that has a finding of that severity. It is
    the same for every cell, so one format serves the whole form.
    """
    # With "=" in front a name such as ">5" is a text and no comparison; "~" would escape what
    # follows it; a quote is doubled as in every text of a formula.
    sheet = sheet_name.replace("~", "~~").replace('"', '""')
    return [
        (
            label,
            # Comparing numbers is cheap and settles nearly every cell; comparing Chinese texts made
            # LibreOffice take minutes to draw a workbook of 18 projects.
            f"IF(COUNTIF({_POSITIONS},ROW()*{_ROW_FACTOR}+COLUMN())=0,0,"
            f'COUNTIFS({LOOKED_UP["sheet"]},"={sheet}",'
            f"{LOOKED_UP['cell']},ADDRESS(ROW(),COLUMN(),4),"
            f'{LOOKED_UP["severity"]},"{label}")>0)',
        )
        for label in SEVERITY_LABELS.values()
    ]


def looked_up_ranges(
    findings: int, columns: Mapping[str, int] = STANDARD, first_row: int = FIRST_ROW
) -> dict[str, str]:
    """Defined name → the rows that hold findings now, for whoever writes the sheet.

    ``columns`` says where each key stands and ``first_row``, counted from one, where the list
    begins. The highlights of every cell of every form look here, so the ranges end with the
    findings.
    """
    last = first_row - 1 + min(max(findings, BLANK_ROWS), LAST_ROW - FIRST_ROW + 1)
    named = {name: columns[key] for key, name in LOOKED_UP.items()}
    named[_POSITIONS] = columns["position"]
    return {
        name: f"{quoted(SHEET)}!${letters}${first_row}:${letters}${last}"
        for name, letters in ((name, column_letters(index)) for name, index in named.items())
    }


def is_ours(defined_names: Collection[str]) -> bool:
    """Whether a workbook with these names has a 校验结果 sheet that this program wrote."""
    return not set(LOOKED_UP.values()).isdisjoint(defined_names)


def foreign_sheet(file: str | Path) -> InputError:
    """The refusal to write over a sheet of that name which is somebody else's."""
    return InputError(
        f"已有一张名为“{SHEET}”的工作表，不是本程序写的，没有覆盖",
        hint="请先给它改名，再校验。",
        file=file,
        sheet=SHEET,
    )


def position_of(cell: str | None) -> int | None:
    """The number that highlights look up for a cell; None without one."""
    if not cell:
        return None
    row, column = row_column(cell)
    return (row + 1) * _ROW_FACTOR + column + 1


def position_formula(place: str) -> str:
    """``position_of`` as a formula, without its equals sign, for a reference to the cell."""
    return f"ROW({place})*{_ROW_FACTOR}+COLUMN({place})"
