"""The bureau's book: many departments in one workbook, written when their files were read.

The digests wait on disk (:mod:`.settling`), and so do the rows of the long lists, which workers
make; what stays in memory is a line for each file.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from xlsxwriter import Workbook

from perfgoals_xl._version import __version__
from perfgoals_xl.bureau.account import Account
from perfgoals_xl.bureau.book import lists
from perfgoals_xl.bureau.book.cover_page import write_cover
from perfgoals_xl.bureau.book.department_list import SHEET, DepartmentList
from perfgoals_xl.bureau.book.file_rows import Counts, FileRows, Looks, Placed, counts_of
from perfgoals_xl.bureau.book.flat_list import MAX_ROWS, FlatList
from perfgoals_xl.bureau.book.sources_list import write_files
from perfgoals_xl.bureau.book.waiting_rows import WaitingRows
from perfgoals_xl.bureau.digest import Digest
from perfgoals_xl.form.amounts import COMMON_UNIT
from perfgoals_xl.review.catalogue import RULES_VERSION
from perfgoals_xl.workbooks.kit.source_links import SourceLinks
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import add_sheet
from perfgoals_xl.workbooks.summary import cover_sheet, sources_sheet

TITLE = "各部门项目支出绩效目标汇总表"
_PROJECT_NOTE = (
    f"金额单位：{COMMON_UNIT}　　空白是没有填写，不按零计；不是数字的照原样列出，不计入合计。"
    "以元填报的已换算。工作表、单元格指项目名称在来源文件中的位置。"
)
_INDICATOR_NOTE = (
    "指标值一栏照原文；类型、符号、下限、上限、单位由程序从指标值读出，没有读出的留空。"
)
_FINDING_NOTE = (
    "工作表、单元格指所列问题在来源文件中的位置。错误须由部门更正，"
    "或在“说明”一栏写明理由；“部门汇总”的状态随之改变。"
)


class BureauBook:
    """A book under way: files are entered one by one, ``finish`` writes what sums them up.

    The rows of the long lists wait in the folder ``scratch``. ``max_rows`` is what a sheet holds.
    """

    def __init__(self, workbook: Workbook, scratch: Path, *, max_rows: int = MAX_ROWS) -> None:
        self._workbook, self._styles = workbook, Styles(workbook)
        self.account = Account()
        # In the order of the tabs; the first two are written last.
        self._cover = add_sheet(workbook, cover_sheet.SHEET)
        self._departments = add_sheet(workbook, SHEET)
        self._projects, self._indicators, self._findings = self._lists = tuple(
            FlatList(
                workbook,
                self._styles,
                name,
                columns,
                note=note,
                scratch=scratch,
                max_rows=max_rows,
            )
            for name, columns, note in (
                (lists.PROJECTS, lists.PROJECT_COLUMNS, _PROJECT_NOTE),
                (lists.INDICATORS, lists.INDICATOR_COLUMNS, _INDICATOR_NOTE),
                (lists.FINDINGS, lists.FINDING_COLUMNS, _FINDING_NOTE),
            )
        )
        self.looks = Looks(*(listed.look for listed in self._lists))

    def enter(self, digest: Digest) -> Placed | None:
        """Enters a file and makes room for its rows; None where it does not count."""
        line = self.account.take(digest)
        if not line.counts:
            return None
        counts = zip(self._lists, counts_of(digest), strict=True)
        before = Counts(*(listed.reserve(rows) for listed, rows in counts))
        line.first_project, line.first_finding = before.projects, before.findings
        return Placed(digest, line.number, before)

    def add(self, rows: FileRows) -> None:
        """Takes the rows of the next of the files that were entered and count."""
        for listed, written in zip(self._lists, rows, strict=True):
            listed.add(written)

    @property
    def waiting(self) -> list[WaitingRows]:
        """What is to be put into the book once it has been written."""
        return [rows for listed in self._lists for rows in listed.waiting]

    def finish(self, output: Path, read_at: dt.datetime) -> None:
        """Writes the sheets that sum up; ``output`` is where the book will stand."""
        account, styles = self.account, self._styles
        account.finish()
        year = "、".join(f"{year}年" for year in account.years)
        header = f"{year} {TITLE}" if year else TITLE
        for listed, empty in (
            (self._projects, "（没有项目）"),
            (self._indicators, "（没有指标）"),
            (self._findings, "（没有发现问题）"),
        ):
            listed.finish(header, empty=empty)
        departments = DepartmentList(account, self._projects, self._findings)
        links = SourceLinks(output, {line.file for line in account.lines})
        departments.write(self._departments, styles, links, title=f"{year}{TITLE}", header=header)
        sources = add_sheet(self._workbook, sources_sheet.SHEET)
        write_files(sources, styles, account, _versions(), read_at, header=header)
        contents = [
            (SHEET, "每个部门一行：项目数、指标数、各项资金、问题数和状态"),
            *((name, "全部项目的基本信息和各项资金") for name in self._projects.names),
            *((name, "全部指标，指标值拆分为符号、数值和单位") for name in self._indicators.names),
            *((name, "全部问题、建议和部门说明") for name in self._findings.names),
            (sources_sheet.SHEET, "来源文件、校验码、读取时间和版本"),
        ]
        write_cover(self._cover, styles, account, departments, contents, f"{year}\n{TITLE}")


def _versions() -> str:
    return f"perfgoals-xl {__version__}，规则 {RULES_VERSION}"
