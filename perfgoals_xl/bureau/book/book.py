"""The bureau's book: many departments in one workbook, written when their files were read.

The digests wait on disk (:mod:`.settling`) and the long lists are streamed; what stays in memory is
a line for each file.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from xlsxwriter import Workbook

from perfgoals_xl._version import __version__
from perfgoals_xl.bureau.account import Account, FileLine
from perfgoals_xl.bureau.book import lists
from perfgoals_xl.bureau.book.cover_page import write_cover
from perfgoals_xl.bureau.book.department_list import SHEET, DepartmentList
from perfgoals_xl.bureau.book.flat_list import MAX_ROWS, FlatList
from perfgoals_xl.bureau.book.sources_list import write_files
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
    """A book under way: digests are added one by one, ``finish`` writes what sums them up.

    ``max_rows`` is what a sheet holds.
    """

    def __init__(self, workbook: Workbook, *, max_rows: int = MAX_ROWS) -> None:
        self._workbook, self._styles = workbook, Styles(workbook)
        self.account = Account()
        # In the order of the tabs; the first two are written last.
        self._cover = add_sheet(workbook, cover_sheet.SHEET)
        self._departments = add_sheet(workbook, SHEET)
        self._projects, self._indicators, self._findings = (
            FlatList(workbook, self._styles, name, columns, note=note, max_rows=max_rows)
            for name, columns, note in (
                (lists.PROJECTS, lists.PROJECT_COLUMNS, _PROJECT_NOTE),
                (lists.INDICATORS, lists.INDICATOR_COLUMNS, _INDICATOR_NOTE),
                (lists.FINDINGS, lists.FINDING_COLUMNS, _FINDING_NOTE),
            )
        )

    def add(self, digest: Digest) -> FileLine:
        """Lists what a file declares, unless it is a copy of an earlier one."""
        line = self.account.take(digest)
        if line.counts:
            before = line.first_project = self._projects.count
            line.first_finding = self._findings.count
            for row in lists.project_rows(digest, line, before):
                self._projects.add(row)
            for row in lists.indicator_rows(digest, line, self._indicators.count, before):
                self._indicators.add(row)
            for row in lists.finding_rows(digest, line, self._findings.count):
                self._findings.add(row)
        return line

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
