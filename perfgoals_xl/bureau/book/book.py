"""The bureau's book: many departments in one workbook, written when their files were read.

The digests wait on disk (:mod:`.settling`), and so do the rows of the long lists, which workers
make; what stays in memory is a line for each file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Set
from dataclasses import replace
from pathlib import Path

from xlsxwriter import Workbook

from perfgoals_xl._version import __version__
from perfgoals_xl.bureau.account import Account, FileLine, State
from perfgoals_xl.bureau.book import lists
from perfgoals_xl.bureau.book.change_list import CHANGES
from perfgoals_xl.bureau.book.cover_page import write_cover
from perfgoals_xl.bureau.book.department_columns import SHEET
from perfgoals_xl.bureau.book.department_list import DepartmentList
from perfgoals_xl.bureau.book.file_rows import (
    LISTS_OF,
    LONG_LISTS,
    FileRows,
    Placed,
    counts_of,
    names_of,
)
from perfgoals_xl.bureau.book.flat_list import MAX_ROWS, FlatList
from perfgoals_xl.bureau.book.reporting_list import KINDS, ReportingList
from perfgoals_xl.bureau.book.sources_list import write_files
from perfgoals_xl.bureau.book.waiting_rows import WaitingRows
from perfgoals_xl.bureau.digest import Digest
from perfgoals_xl.bureau.digest_parts import declared_part
from perfgoals_xl.bureau.rounds.last_round import Missing, Rounds
from perfgoals_xl.form.evaluation.evaluation_fields import FORM_TABLES, EvaluationTable
from perfgoals_xl.review.catalogue import RULES_VERSION
from perfgoals_xl.workbooks.kit.source_links import SourceLinks
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import add_sheet
from perfgoals_xl.workbooks.summary import cover_sheet, sources_sheet

TITLE = "各部门项目支出绩效目标汇总表"


class BureauBook:
    """A book under way: files are entered one by one, ``finish`` writes what sums them up.

    The rows of the long lists wait in the folder ``scratch``. ``max_rows`` is what a sheet holds.
    ``states`` are what the departments come to, once it is finished.
    ``forms`` are the year's other forms that the files have: sheets of their own are for those
    alone. Where some file ``declares``, projects that are only reported on are none of the
    declared ones. ``rounds`` is what the files are compared with, if they are.
    """

    def __init__(
        self,
        workbook: Workbook,
        scratch: Path,
        *,
        max_rows: int = MAX_ROWS,
        forms: Set[EvaluationTable] = frozenset(),
        declares: bool = True,
        rounds: Rounds | None = None,
    ) -> None:
        self._rounds = rounds
        self.states: Mapping[str, str] = {}
        compares = rounds is not None and rounds.previous is not None
        self._workbook, self._styles = workbook, Styles(workbook)
        self.account = Account(declares=declares)
        # In the order of the tabs; those that sum up are written last.
        self._cover = add_sheet(workbook, cover_sheet.SHEET)
        self._departments = add_sheet(workbook, SHEET)
        self._reporting = {
            table: add_sheet(workbook, KINDS[table].sheet)
            for table in FORM_TABLES
            if table in forms
        }
        self._lists = {
            name: FlatList(
                workbook,
                self._styles,
                name,
                (compares and LONG_LISTS[name].columns_since) or LONG_LISTS[name].columns,
                note=LONG_LISTS[name].note,
                scratch=scratch,
                max_rows=max_rows,
            )
            for name in names_of(forms, compares=compares)
        }
        self.looks = {name: listed.look for name, listed in self._lists.items()}

    def enter(self, digest: Digest) -> Placed | None:
        """Enters a file and makes room for its rows; None where it does not count."""
        number, rounds = len(self.account.lines), self._rounds
        if self.account.declares:
            digest = declared_part(digest)
        if rounds is not None:
            digest = rounds.of(number, digest)
        line = self.account.take(digest)
        line.expected_as = rounds.other_name(number) if rounds is not None else None
        if line.state is State.FAULT:
            # Known by its file alone: it is to be found, and the next round to know of it.
            line.department = line.expected_as
        line.extra = line.counts and rounds is not None and rounds.is_extra(number)
        if not line.counts:
            return None
        return self._placed(digest, line)

    def miss(self, missing: Missing) -> Placed:
        """Enters a department that did not hand in, behind all files."""
        named, since = missing
        line = self.account.miss(named.title, named.code, since)
        return self._placed(Digest("", department=named.title, since=since), line)

    def _placed(self, digest: Digest, line: FileLine) -> Placed:
        """Makes room for the rows of a line."""
        before = {
            name: self._lists[name].reserve(rows)
            for name, rows in counts_of(digest, self._lists).items()
        }
        line.first_project, line.first_finding = before[lists.PROJECTS], before[lists.FINDINGS]
        for table, report in line.reports.items():
            forms, indicators = LISTS_OF[table]
            report.first_form, report.first_indicator = before[forms], before[indicators]
        if line.since is not None and CHANGES in before:
            line.since = replace(line.since, first_change=before[CHANGES])
        return Placed(digest, line.number, before)

    def add(self, rows: FileRows) -> None:
        """Takes the rows of the next of the files that were entered and count."""
        for name, written in rows.items():
            self._lists[name].add(written)

    @property
    def waiting(self) -> list[WaitingRows]:
        """What is to be put into the book once it has been written."""
        return [rows for listed in self._lists.values() for rows in listed.waiting]

    def finish(self, output: Path, read_at: dt.datetime) -> None:
        """Writes the sheets that sum up; ``output`` is where the book will stand."""
        account, styles = self.account, self._styles
        account.finish(*([self._rounds.department_of] if self._rounds is not None else []))
        year = "、".join(f"{year}年" for year in account.years)
        name = TITLE if account.declares or not self._reporting else self._report_title()
        header = f"{year} {name}" if year else name
        headers = {
            own: f"{account.years_of_reports(table)} {KINDS[table].title}".strip()
            for table in self._reporting
            for own in LISTS_OF[table]
        }
        for listed_name, listed in self._lists.items():
            own_header = headers.get(listed_name, header)
            listed.finish(own_header, empty=LONG_LISTS[listed_name].empty)
        projects, findings = self._lists[lists.PROJECTS], self._lists[lists.FINDINGS]
        departments = DepartmentList(account, projects, findings, self._lists.get(CHANGES))
        self.states = departments.states()
        links = SourceLinks(output, {line.file for line in account.lines})
        departments.write(self._departments, styles, links, title=f"{year}{TITLE}", header=header)
        reporting = {}
        for table, sheet in self._reporting.items():
            forms, indicators = (self._lists[own] for own in LISTS_OF[table])
            reporting[table] = ReportingList(account, table, forms, indicators)
            reporting[table].write(sheet, styles, links, header=headers[LISTS_OF[table][0]])
        sources = add_sheet(self._workbook, sources_sheet.SHEET)
        write_files(sources, styles, account, _versions(), read_at, header=header)
        contents = [
            (SHEET, "每个部门一行：项目数、指标数、各项资金、问题数和状态"),
            *((KINDS[table].sheet, KINDS[table].purpose) for table in reporting),
            *(
                (sheet_name, LONG_LISTS[listed_name].purpose)
                for listed_name, listed in self._lists.items()
                for sheet_name in listed.names
            ),
            (sources_sheet.SHEET, "来源文件、校验码、读取时间和版本"),
        ]
        title = f"{year}\n{name}"
        write_cover(
            self._workbook,
            self._cover,
            styles,
            account,
            departments,
            reporting,
            contents,
            title,
            self._rounds,
        )

    def _report_title(self) -> str:
        """The title of a book in which nothing is declared."""
        words = "和".join(KINDS[table].word for table in self._reporting)
        return f"各部门项目支出绩效{words}汇总表"


def _versions() -> str:
    return f"perfgoals-xl {__version__}，规则 {RULES_VERSION}"
