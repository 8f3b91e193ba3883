"""The bureau's book of the last round, reduced to what is compared and kept on disk until asked.

It is read from its cells, by headings, as it is now: with what a reviewer typed, sorted and
inserted. A book of an earlier version lacks some columns, and then it does not speak of those.
"""

from __future__ import annotations

import pickle
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path, PureWindowsPath
from typing import IO, Any, NamedTuple

from perfgoals_xl.addresses import Place
from perfgoals_xl.bureau.account import State
from perfgoals_xl.bureau.book import lists
from perfgoals_xl.bureau.book.department_columns import FILE, NUMBER, STATE
from perfgoals_xl.bureau.book.department_columns import SHEET as DEPARTMENTS
from perfgoals_xl.bureau.rounds.book_rows import BookRows
from perfgoals_xl.bureau.rounds.department_names import Named
from perfgoals_xl.bureau.rounds.since_round import Earlier
from perfgoals_xl.declaration import Reason
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.fields import AMOUNT_FIELDS, label_of
from perfgoals_xl.form.own_sheets import SEVERITY_OF_LABEL
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.reasons import why_none
from perfgoals_xl.workbooks.findings.layout import FindingLine
from perfgoals_xl.workbooks.summary.sources_sheet import SHEET as SOURCES

NAME, CODE, YEAR = "部门", "部门代码", "年度"
_NEEDED = (NUMBER, NAME, STATE)
_KEY = lists.FILE_NUMBER
_NEEDED_FINDINGS = (_KEY, "级别", "规则", "问题")
_NEEDED_PROJECTS = (_KEY, "项目名称")
_AMOUNTS = {name: fold(label_of(name)) for name in AMOUNT_FIELDS}
_ANOTHER = "请选择 consolidate 上一轮写出的各部门总汇总（.xlsx）。"
_NOT_COUNTED = tuple(str(s) for s in (State.SUMMARY, State.COPY, State.REPLACED))
_NOT_READ = (*_NOT_COUNTED, str(State.FAULT), str(State.ABSENT))
_DIGITS = 15
"""What a number of Excel holds."""


class EarlierProject(NamedTuple):
    """A project of the last round: its name, unit and attribute, and amounts in 万元.

    A text that is no amount is kept as it was, a blank is None.
    """

    name: str
    sheet: str
    unit: str
    attribute: str
    amounts: Mapping[str, Decimal | str | None]


@dataclass
class EarlierDepartment:
    """A department of the last round: its names and files, and where its rows wait on disk."""

    named: Named
    numbers: list[int] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    years: set[int] = field(default_factory=set)
    sums: dict[str, bool] = field(default_factory=dict)
    """The check sums of its files."""

    @property
    def told_states(self) -> list[str]:
        """The states of its files, without copies and older versions beside what counted."""
        counted = [state for state in self.states if state not in _NOT_COUNTED]
        return counted or self.states

    @property
    def was_read(self) -> bool:
        """Whether a file of it was read and counted."""
        return any(state not in _NOT_READ for state in self.states)


class PreviousBook:
    """What the book at ``path`` says; its rows wait in the folder ``scratch``.

    Raises ``InputError`` for a file that is no such book, or is damaged.
    """

    def __init__(self, path: Path, scratch: Path) -> None:
        self.path = path
        # Let go of when all has been read: it holds the file.
        rows = BookRows(path)
        if not rows.has(DEPARTMENTS, _NEEDED):
            raise _foreign(path, rows.names)
        if not rows.has(lists.FINDINGS, _NEEDED_FINDINGS):
            raise InputError(
                f"上一轮的汇总表里没有“{lists.FINDINGS}”表，或它的表头被改过，无法比较",
                hint="请换一份没有改动表头的，再试。",
                file=path,
            )
        self.has_projects = rows.has(lists.PROJECTS, _NEEDED_PROJECTS)
        self.departments = self._read_departments(rows)
        self._of_number = {
            number: department for department in self.departments for number in department.numbers
        }
        self._spool = _Spool(scratch / "previous")
        self._spool.keep("finding", self._read_findings(rows))
        self._spool.keep("project", self._read_projects(rows))
        self._read_sums(rows)

    @property
    def handed_in(self) -> list[EarlierDepartment]:
        """The departments that a name or a form tells: not a file that nobody could read."""
        return [d for d in self.departments if d.named.name or d.was_read]

    @property
    def years(self) -> set[int]:
        """The plan years of its files."""
        return set().union(*(department.years for department in self.departments))

    def findings(self, department: EarlierDepartment) -> list[FindingLine]:
        """What was found, with the reasons that stand there now."""
        return list(self._spool.of("finding", department.numbers))

    def projects(self, department: EarlierDepartment) -> list[EarlierProject]:
        """The projects that counted."""
        return list(self._spool.of("project", department.numbers))

    def earlier(self, department: EarlierDepartment) -> Earlier:
        """The figures of a department."""
        findings, projects = self.findings(department), self.projects(department)
        annual = [
            amount
            for project in projects
            if isinstance(amount := project.amounts["annual_amount"], Decimal)
        ]
        return Earlier(
            tuple(department.told_states),
            len(findings),
            sum(line.severity == "error" and not line.waiver for line in findings),
            len(projects),
            sum(annual, Decimal(0)) if annual else None,
            handed_in=department.was_read,
        )

    def _read_departments(self, rows: BookRows) -> list[EarlierDepartment]:
        found: list[EarlierDepartment] = []
        by_name: dict[str, EarlierDepartment] = {}
        for _, row in rows.rows(DEPARTMENTS, _NEEDED):
            number = _number(row.get(NUMBER))
            if number is None:
                continue  # the total, and what somebody wrote below it
            name, file = row.get(NAME, ""), _base(row.get(FILE, ""))
            key = fold(name) if name else f"\n{file or number}"
            department = by_name.get(key)
            if department is None:
                department = by_name[key] = EarlierDepartment(Named(name, row.get(CODE, "")))
                found.append(department)
            department.numbers.append(number)
            department.states.append(row.get(STATE, ""))
            if file:
                department.files.append(file)
            year = _number(row.get(YEAR))
            if year is not None:
                department.years.add(year)
        for department in found:
            department.named = department.named._replace(files=tuple(department.files))
        return found

    def _read_findings(self, rows: BookRows) -> Iterator[tuple[int, FindingLine]]:
        for _, row in rows.rows(lists.FINDINGS, _NEEDED_FINDINGS):
            number = _number(row.get(_KEY))
            severity = SEVERITY_OF_LABEL.get(row.get("级别", ""))
            if number is None or severity is None:
                continue  # a reason whose finding was gone by then
            line = FindingLine(
                severity,
                fold(row.get("规则", "")),
                row.get("工作表", ""),
                row.get("单元格", ""),
                row.get("项目"),
                row.get("指标"),
                row.get("内容"),
                row.get("问题", ""),
                row.get("建议", ""),
            )
            yield number, line._replace(waiver=self._reason(line, row.get("说明", "")))

    def _reason(self, line: FindingLine, text: str) -> str | None:
        place = Place(lists.FINDINGS, "")
        about = (line.rule, line.sheet or "", line.project or "", line.indicator or "")
        reason = Reason(*about, line.message, text.strip(), place)
        return None if not reason.text or why_none(reason) else reason.text

    def _read_projects(self, rows: BookRows) -> Iterator[tuple[int, EarlierProject]]:
        if not self.has_projects:
            return
        for _, row in rows.rows(lists.PROJECTS, _NEEDED_PROJECTS):
            number = _number(row.get(_KEY))
            if number is None:
                continue
            amounts = {name: _amount(row.get(label)) for name, label in _AMOUNTS.items()}
            yield (
                number,
                EarlierProject(
                    row.get("项目名称", ""),
                    row.get("工作表", ""),
                    row.get("实施单位", ""),
                    row.get("项目属性", ""),
                    amounts,
                ),
            )

    def _read_sums(self, rows: BookRows) -> None:
        for _, row in rows.rows(SOURCES, (NUMBER, fold("SHA-256"))):
            number, total = _number(row.get(NUMBER)), row.get(fold("SHA-256"), "")
            if number in self._of_number and total:
                self._of_number[number].sums[total] = True


class _Spool:
    """Records on disk, found by their kind and number."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[str, dict[int, array[int]]] = {}

    def keep(self, kind: str, records: Iterator[tuple[int, Any]]) -> None:
        """Writes records behind what is there."""
        places: dict[int, array[int]] = defaultdict(lambda: array("q"))
        with self._path.open("ab") as file:
            for number, record in records:
                places[number].append(file.tell())
                # As plain values: the name of a class in each would be half of it.
                pickle.dump((type(record) is FindingLine, tuple(record)), file, -1)
        self._places[kind] = dict(places)

    def of(self, kind: str, numbers: Sequence[int]) -> Iterator[Any]:
        """The records of some numbers in the order in which they were written."""
        places = [self._places[kind].get(number, ()) for number in numbers]
        if not any(places):
            return
        with self._path.open("rb") as file:
            for place in (at for own in places for at in own):
                yield _record(file, place)


def _record(file: IO[bytes], place: int) -> FindingLine | EarlierProject:
    file.seek(place)
    is_finding, values = pickle.load(file)
    return FindingLine(*values) if is_finding else EarlierProject(*values)


def _foreign(path: Path, names: Sequence[str]) -> InputError:
    what = "这不是本程序写出的各部门总汇总"
    if DEPARTMENTS in names:
        what = f"“{DEPARTMENTS}”表的表头被改过，认不出{'、'.join(_NEEDED)}"
    elif lists.PROJECTS in names and lists.FINDINGS in names:
        what = "这是一个部门的汇总表，不是各部门的总汇总"
    return InputError(f"{what}，不能作为上一轮来比较", hint=_ANOTHER, file=path)


def _number(text: str | None) -> int | None:
    with suppress(ValueError, OverflowError):
        number = float(text or "")
        if number == int(number):
            return int(number)
    return None


def _amount(text: str | None) -> Decimal | str | None:
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    # As many digits as Excel shows: the last ones of a number of a computer are no decimals.
    return Decimal(f"{number:.{_DIGITS}g}") if number.is_finite() else text


def _base(file: str) -> str:
    """The name of a file, whichever system wrote its path."""
    return PureWindowsPath(file).name
