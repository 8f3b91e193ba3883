"""部门自评汇总 and 部门监控汇总: a row per file with what its forms come to, all live."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfgoals_xl.addresses import Area, a1, column_letters
from perfgoals_xl.bureau.account import Account, FileLine, State
from perfgoals_xl.bureau.book import department_formulas as formulas
from perfgoals_xl.bureau.book.department_formulas import Rows
from perfgoals_xl.bureau.book.department_list import shown_names
from perfgoals_xl.bureau.book.flat_list import FlatList
from perfgoals_xl.bureau.book.report_lists import LACKING_COUNT, SEVERITIES
from perfgoals_xl.bureau.book.reporting_columns import FORM_COUNT, KINDS, Live
from perfgoals_xl.bureau.report_account import ReportLine, together
from perfgoals_xl.form.amounts import COMMON_UNIT
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.text import fold
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.source_links import SourceLinks
from perfgoals_xl.workbooks.kit.styles import AMBER, RED, Styles
from perfgoals_xl.workbooks.kit.tables import (
    LEDGER,
    Column,
    put_head,
    put_note,
    put_sheet_title,
    set_widths,
    widen,
)
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block, put_formula, put_text

__all__ = ["KINDS", "ReportingList", "remark_on_reports"]

_HEADER, _FIRST = 2, 3
_SIZE = 10
_MOST_NAMED = 3
_HEAD = (
    Column("序号", 6, "center"),
    Column("部门", 20),
    Column("部门代码", 9, "center"),
    Column("年度", 9, "center"),
)
_MONTH = Column("监控月份", 7, "center")
_REMARK, _FILE = Column("备注", 28), Column("文件", 22)


class ReportingList:
    """Writes the sheet of one kind of form, and knows where its totals stand for the cover."""

    def __init__(
        self, account: Account, table: EvaluationTable, forms: FlatList, indicators: FlatList
    ) -> None:
        self._account, self._table = account, table
        self._forms, self._indicators = forms, indicators
        self._kind = KINDS[table]
        self._lines = account.listed_with(table)
        own = [line.reports[table] for line in account.reporting(table)]
        self.total = together(own)
        head = (*_HEAD, _MONTH) if self._is_monitoring else _HEAD
        live = [Column(live.header, live.width, live.look) for live in self._kind.columns]
        self._columns = (*head, *live, _REMARK, _FILE)
        self._at = {column.header: index for index, column in enumerate(self._columns)}
        # Hidden, behind the others: whether the rows of both lists stand as written.
        self._standing = (len(self._columns), len(self._columns) + 1)
        self.total_row = _FIRST + len(self._lines)
        sums = (total for line in own for total in line.amounts.values() if total)
        exponents = [total.normalize().as_tuple().exponent for total in sums]
        self._places = max([6, *(-e for e in exponents if isinstance(e, int))])

    @property
    def _is_monitoring(self) -> bool:
        return self._table is EvaluationTable.MONITORINGS

    def total_reference(self, header: str) -> str:
        """The cell of a column's total, as other sheets refer to it."""
        return f"{quoted(self._kind.sheet)}!{a1(self.total_row, self._at[header])}"

    def total_value(self, header: str) -> Decimal | int | str:
        """The value that a column's total has now."""
        return next(live for live in self._kind.columns if live.header == header).value(self.total)

    def write(self, sheet: Sheet, styles: Styles, links: SourceLinks, *, header: str) -> None:
        """Fills the sheet; the number of a file, as on 部门汇总, is a link to its first form."""
        last_column = len(self._columns) - 1
        set_widths(sheet, self._columns)
        for live in self._kind.columns:
            if live.look == LEDGER:
                lines = [self.total, *(r.reports[self._table] for r in self._lines if r.reports)]
                figures = [v for own in lines if isinstance(v := live.value(own), Decimal)]
                widen(sheet, self._columns, self._at[live.header], figures)
        sheet.set_column(*self._standing, None, None, {"hidden": True})
        years = self._account.years_of_reports(self._table)
        put_sheet_title(sheet, styles, f"{years}{self._kind.title}", last_column)
        note = f"金额单位：{COMMON_UNIT}　　{self._kind.note}"
        put_note(sheet, styles, 1, note + links.note, last_column)
        put_head(sheet, styles, _HEADER, self._columns)
        for column, text in zip(self._standing, ("项目行未变", "指标行未变"), strict=True):
            put_text(sheet, _HEADER, column, text, styles("cell", "head", "ten"))
        names = shown_names([line.file for line in self._account.lines])
        for row, line in enumerate(self._lines, start=_FIRST):
            self._write_line(sheet, styles, links, row, line, names[line.number - 1])
        self._write_totals(sheet, styles)
        self._colour(sheet, styles)
        # The hidden columns too: they must move with their row when the list is sorted.
        sheet.autofilter(_HEADER, 0, self.total_row - 1, self._standing[-1])
        sheet.freeze_panes(_FIRST, 2)
        set_page(
            sheet,
            landscape=True,
            last_row=self.total_row,
            last_column=last_column,
            repeat=(_HEADER, _HEADER),
            header=header,
        )

    def _write_line(
        self,
        sheet: Sheet,
        styles: Styles,
        links: SourceLinks,
        row: int,
        line: FileLine,
        name: str,
    ) -> None:
        report = line.reports.get(self._table)
        both = styles("cell", "center", "ten"), styles("cell", "center", "link", "ten")
        place = report.place if report else (None, None)
        links.put(sheet, row, 0, line.number, both, (line.file, *place))
        left = styles("cell", "left", "text", "ten")
        put_text(sheet, row, 1, line.department, left)
        put_text(sheet, row, 2, line.department_code, styles("cell", "center", "text", "ten"))
        self._put_numbers(sheet, styles, row, 3, report.years if report else ())
        if self._is_monitoring:
            self._put_numbers(sheet, styles, row, 4, report.months if report else ())
        if report is None:
            for live in self._kind.columns:
                sheet.write_blank(row, self._at[live.header], None, styles("cell", "center", "ten"))
        else:
            self._put_live(sheet, styles, row, report, reviewed=line.state is State.READ)
        remark = remark_on_reports(line, self._table, self._account)
        put_text(sheet, row, self._at[_REMARK.header], remark, left)
        put_text(sheet, row, self._at[_FILE.header], name, left)
        texts = ((line.department, _HEAD[1]), (remark, _REMARK), (name, _FILE))
        height = max(height_of(text, column.width, _SIZE) for text, column in texts)
        sheet.set_height(row, min(max(22.0, height), MAX_HEIGHT), fixed=False)

    def _put_numbers(
        self, sheet: Sheet, styles: Styles, row: int, column: int, numbers: Sequence[int]
    ) -> None:
        if len(numbers) == 1:
            sheet.write_number(row, column, numbers[0], styles("cell", "center", "ten"))
        else:
            text = "、".join(map(str, numbers)) or None
            put_text(sheet, row, column, text, styles("cell", "center", "text", "ten"))

    def _put_live(
        self, sheet: Sheet, styles: Styles, row: int, report: ReportLine, *, reviewed: bool
    ) -> None:
        """Writes what is added up from the two lists; no findings of what was not reviewed."""
        own = [
            Rows(listed, first, count, a1(row, 0), f"${a1(row, column)}")
            for listed, first, count, column in (
                (self._forms, report.first_form, report.forms, self._standing[0]),
                (self._indicators, report.first_indicator, report.indicators, self._standing[1]),
            )
        ]
        for rows, column in zip(own, self._standing, strict=True):
            if (formula := rows.standing()) is not None:
                sheet.write_formula(row, column, formula, None, 1)
        for live in self._kind.columns:
            style = styles("cell", live.look, "ten")
            if not reviewed and live.header in SEVERITIES.values():
                sheet.write_blank(row, self._at[live.header], None, style)
                continue
            formula = live.formula(own[0], own[1], self._places)
            put_formula(sheet, row, self._at[live.header], formula, style, live.value(report))

    def _write_totals(self, sheet: Sheet, styles: Styles) -> None:
        row, plain = self.total_row, styles("cell", "total", "ten", "center")
        first_live = self._at[self._kind.columns[0].header]
        put_block(sheet, Area(row, 0, row, first_live - 1), "合　计", plain)
        for live in self._kind.columns:
            style = styles("cell", "total", live.look, "ten")
            column = self._at[live.header]
            formula = self._total(live, column)
            put_formula(sheet, row, column, formula, style, live.value(self.total))
        # A number that somebody changed in the list would fall out of every row above.
        keys = "+".join(f"COUNT({keys})" for keys in formulas.keys_of(self._forms))
        counted = a1(row, self._at[FORM_COUNT])
        formula = f'=IF({counted}={keys},"","有表的部门序号不在上面，没有计入")'
        put_formula(sheet, row, self._at[_REMARK.header], formula, plain, "")
        sheet.write_blank(row, self._at[_FILE.header], None, plain)
        sheet.set_height(row, 24)

    def _total(self, live: Live, column: int) -> str:
        if live.total is not None:
            return live.total(self._forms)
        letters = column_letters(column)
        area = f"{letters}{_FIRST + 1}:{letters}{self.total_row}"
        if live.look == LEDGER:
            return f'=IF(COUNT({area})=0,"",ROUND(SUM({area}),{self._places}))'
        return f"=SUM({area})"

    def _colour(self, sheet: Sheet, styles: Styles) -> None:
        last = max(_FIRST, self.total_row - 1)
        for header, colour in ((LACKING_COUNT, AMBER), (SEVERITIES["error"], RED)):
            column = self._at[header]
            criteria = f"=N({a1(_FIRST, column)})>0"
            rule = {"type": "formula", "criteria": criteria, "format": styles.fill(colour)}
            sheet.conditional_format(_FIRST, column, last, column, rule)


def remark_on_reports(line: FileLine, table: EvaluationTable, account: Account) -> str | None:
    """What is to be told of the forms of a file besides their figures; None where nothing is."""
    if not line.counts:
        return f"{line.state.value}：{line.reason}"
    report, word = line.reports[table], KINDS[table].word
    told = [f"{line.state.value}：{line.reason}"] if line.reason else []
    years = account.report_years(table)
    usual = max(years, key=lambda year: (years[year], year), default=None)
    other = [year for year in report.years if year != usual]
    if other:
        told.append(f"{'、'.join(map(str, other))} 年的{word}，其他文件多为 {usual} 年，请核对")
    if not line.department:
        told.append("文件没有写明部门")
    if not report.years:
        told.append("没有写明年度")
    if report.repeated:
        names = "”“".join(report.repeated[:_MOST_NAMED])
        more = f"等 {len(report.repeated)} 个项目" if len(report.repeated) > _MOST_NAMED else ""
        told.append(f"“{names}”{more}在文件里有几份，都计入了，请核对")
    twins = [str(n.number) for n in account.reporting(table) if _is_twin(n, line, table)]
    if twins:
        rest = f" 等 {len(twins)} 个" if len(twins) > _MOST_NAMED else " 的"
        told.append(f"同一部门另有序号 {'、'.join(twins[:_MOST_NAMED])}{rest}文件")
    # Where its project is declared is told on 部门汇总.
    told += [note for note in line.notes if f"的{word}表" in note and "，项目以" not in note]
    if table is EvaluationTable.EVALUATIONS and report.scores < report.forms:
        told.append(f"{report.forms - report.scores} 个项目没有总分，不计入平均分")
    if report.converted:
        told.append(f"{report.converted} 个项目以元填报，已换算为{COMMON_UNIT}")
    return "；".join(told) or None


def _is_twin(other: FileLine, line: FileLine, table: EvaluationTable) -> bool:
    """Whether two files have forms of one department and of a year that both have."""
    if other is line or not (other.department and line.department):
        return False
    same = fold(other.department) == fold(line.department)
    return same and bool(set(other.reports[table].years) & set(line.reports[table].years))
