"""部门汇总: a row per file with its department's totals, counts and state, all live."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from perfgoals_xl.addresses import Area, a1, column_letters
from perfgoals_xl.bureau.account import Account, FileLine, State
from perfgoals_xl.bureau.book import department_formulas as formulas
from perfgoals_xl.bureau.book import lists
from perfgoals_xl.bureau.book.department_columns import (
    AMOUNT_HEADERS,
    BLANK,
    DEPARTMENT_NUMBER,
    DEPARTMENT_STATE,
    FILE,
    FINDINGS_STAND,
    FIRST_ROW,
    HEADER_ROW,
    HIDDEN,
    INDICATOR_COUNT,
    LIVE,
    OLD_TEMPLATE,
    PROJECT_COUNT,
    PROJECTS_STAND,
    READY,
    REMARK,
    RETURNED,
    SHEET,
    STATE,
    UNCOUNTED,
    columns_of,
    state_of,
    state_of_department,
)
from perfgoals_xl.bureau.book.department_formulas import Rows
from perfgoals_xl.bureau.book.department_frame import Frame
from perfgoals_xl.bureau.book.department_since import SinceColumns
from perfgoals_xl.bureau.book.flat_list import FlatList
from perfgoals_xl.form.amounts import COMMON_UNIT
from perfgoals_xl.form.fields import AMOUNT_FIELDS, label_of
from perfgoals_xl.form.own_sheets import SEVERITY_LABELS
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.source_links import SourceLinks
from perfgoals_xl.workbooks.kit.styles import AMBER, BLUE, GREEN, RED, Styles
from perfgoals_xl.workbooks.kit.tables import (
    put_head,
    put_note,
    put_sheet_title,
    set_widths,
    widen,
)
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block, put_formula, put_text

_SIZE = 10
_MOST_NAMED = 5
"""How many other files of its department a line names."""
_NOTE = (
    f"金额单位：{COMMON_UNIT}　　每个来源文件一行，各项合计由“项目汇总”按部门序号加总；"
    "空白是没有填写，不按零计。"
)


class DepartmentList:
    """Writes the sheet, and knows where its figures stand for the cover."""

    def __init__(
        self,
        account: Account,
        projects: FlatList,
        findings: FlatList,
        changes: FlatList | None = None,
    ) -> None:
        self._account = account
        self._projects, self._findings = projects, findings
        self.total_row = FIRST_ROW + len(account.rows)
        self._frame = Frame(columns_of(compares=changes is not None), self.total_row)
        self._columns, self._at = self._frame.columns, self._frame.at
        self._places = _places(account)
        self._groups: dict[int, list[FileLine]] = defaultdict(list)
        for line in account.rows:
            self._groups[line.group].append(line)
        self.since = None
        if changes is not None:
            self.since = SinceColumns(self._frame, findings, changes, self._groups, self._places)

    def total_reference(self, header: str) -> str:
        """The cell of a column's total, as other sheets refer to it."""
        return f"{quoted(SHEET)}!{a1(self.total_row, self._at[header])}"

    def state_range(self) -> str:
        """The cells that tell the states, as other sheets refer to them."""
        return f"{quoted(SHEET)}!{self._frame.area(STATE)}"

    def department_states(self) -> str:
        """The hidden cells that tell the state of each department once."""
        return f"{quoted(SHEET)}!{self._frame.area(DEPARTMENT_STATE)}"

    def states(self) -> dict[str, str]:
        """What every department comes to as it is now, by each name that its files state."""
        return {
            line.department: self._comes_to(lines)
            for group, lines in self._groups.items()
            for line in lines
            if group and line.department
        }

    def departments_in(self, state: str) -> int:
        """How many departments come to a state, as it is now."""
        return sum(self._comes_to(lines) == state for n, lines in self._groups.items() if n)

    def _comes_to(self, lines: Sequence[FileLine]) -> str:
        return state_of_department([state_of(line) for line in lines])

    def write(
        self, sheet: Sheet, styles: Styles, links: SourceLinks, *, title: str, header: str
    ) -> None:
        """Fills the sheet; the number of a department is a link to its first project."""
        columns = self._columns
        last_column = len(columns) - 1
        set_widths(sheet, columns)
        for name in AMOUNT_FIELDS:
            figures = [line.totals.get(name) for line in self._account.counted]
            widen(sheet, columns, self._at[label_of(name)], [*figures, self._account.total(name)])
        hidden = [self._at[header] for header in HIDDEN]
        sheet.set_column(hidden[0], hidden[-1], None, None, {"hidden": True})
        put_sheet_title(sheet, styles, title, last_column)
        put_note(sheet, styles, 1, _NOTE + links.note, last_column)
        put_head(sheet, styles, HEADER_ROW, columns)
        for column, text in zip(hidden, HIDDEN, strict=True):
            put_text(sheet, HEADER_ROW, column, text, styles("cell", "head", "ten"))
        names = shown_names([line.file for line in self._account.lines])
        names += [""] * len(self._account.missing)
        for line, name in zip(self._account.rows, names, strict=True):
            self._write_line(sheet, styles, links, line, name)
        self._write_totals(sheet, styles, last_column)
        self._colour(sheet, styles)
        # The hidden columns too: they must move with their row when the list is sorted.
        sheet.autofilter(HEADER_ROW, 0, self.total_row - 1, hidden[-1])
        sheet.freeze_panes(FIRST_ROW, 2)
        set_page(
            sheet,
            landscape=True,
            last_row=self.total_row,
            last_column=last_column,
            repeat=(HEADER_ROW, HEADER_ROW),
            header=header,
        )

    def _write_line(
        self, sheet: Sheet, styles: Styles, links: SourceLinks, line: FileLine, name: str
    ) -> None:
        row = FIRST_ROW + line.number - 1
        both = styles("cell", "center", "ten"), styles("cell", "center", "link", "ten")
        links.put(sheet, row, 0, line.number, both, (line.file or None, *line.place))
        left, center = (
            styles("cell", "left", "text", "ten"),
            styles("cell", "center", "text", "ten"),
        )
        number = styles("cell", "center", "ten")
        put_text(sheet, row, 1, line.department, left)
        put_text(sheet, row, 2, line.department_code, center)
        if line.year is None:
            sheet.write_blank(row, 3, None, number)
        else:
            sheet.write_number(row, 3, line.year, number)
        written = self._put_live(sheet, styles, row, line) if line.counts else set()
        for header in LIVE:
            if header not in written:
                sheet.write_blank(row, self._at[header], None, number)
        if line.state is not State.READ:
            put_text(sheet, row, self._at[STATE], line.state.value, center)
        if self.since is not None:
            self.since.put(sheet, styles, row, line)
        remark = remark_of(line)
        put_text(sheet, row, self._at[REMARK], remark, left)
        put_text(sheet, row, self._at[FILE], name, left)
        self._put_department_state(sheet, row, line)
        texts = ((line.department, "部门"), (remark, REMARK), (name, FILE))
        height = max(
            height_of(text, self._columns[self._at[at]].width, _SIZE) for text, at in texts
        )
        sheet.set_height(row, min(max(22.0, height), MAX_HEIGHT), fixed=False)

    def _put_department_state(self, sheet: Sheet, row: int, line: FileLine) -> None:
        """Tells what the department comes to, on its first row: the others say it is the same."""
        if not line.group:
            return
        sheet.write_number(row, self._at[DEPARTMENT_NUMBER], line.group)
        if line.group != line.number:
            return
        lines, frame = self._groups[line.group], self._frame
        if len(lines) == 1:
            formula = formulas.department_state(a1(row, self._at[STATE]))
        else:
            keys, key = frame.area(DEPARTMENT_NUMBER), frame.key(row, DEPARTMENT_NUMBER)
            formula = formulas.state_of_several(keys, key, frame.area(STATE))
        sheet.write_formula(row, self._at[DEPARTMENT_STATE], formula, None, self._comes_to(lines))

    def _put_live(self, sheet: Sheet, styles: Styles, row: int, line: FileLine) -> set[str]:
        """Writes what is added up from the lists; returns the headers of what it wrote."""
        number, money = styles("cell", "center", "ten"), styles("cell", "ledger", "ten")
        own = self._frame.rows(
            PROJECTS_STAND, self._projects, line.first_project, line.projects, row
        )
        self._frame.put_standing(sheet, row, PROJECTS_STAND, own)
        live: list[tuple[str, str, Decimal | int | str]] = [
            (PROJECT_COUNT, formulas.row_count(own), line.projects),
            (INDICATOR_COUNT, formulas.total(own, lists.INDICATOR_COUNT), line.indicators),
            *(
                (header, formulas.amount(own, header, self._places), shown(line.totals.get(name)))
                for name, header in zip(AMOUNT_FIELDS, AMOUNT_HEADERS, strict=True)
            ),
            (UNCOUNTED, formulas.uncounted(own, label_of("annual_amount")), line.uncounted),
        ]
        if line.state is State.READ:
            found = self._frame.rows(
                FINDINGS_STAND, self._findings, line.first_finding, line.found, row
            )
            self._frame.put_standing(sheet, row, FINDINGS_STAND, found)
            for severity, label in SEVERITY_LABELS.items():
                if line.found:
                    formula = formulas.matching(found, lists.SEVERITY, label)
                    live.append((label, formula, line.findings.get(severity, 0)))
                else:
                    sheet.write_number(row, self._at[label], 0, number)
            self._put_state(sheet, styles, row, line, found)
        for header, formula, value in live:
            style = money if header in AMOUNT_HEADERS else number
            put_formula(sheet, row, self._at[header], formula, style, value)
        return {header for header, *_ in live} | (
            set(SEVERITY_LABELS.values()) if line.state is State.READ else set()
        )

    def _put_state(
        self, sheet: Sheet, styles: Styles, row: int, line: FileLine, found: Rows
    ) -> None:
        style = styles("cell", "center", "text", "ten")
        if line.blank or not line.found:
            put_text(sheet, row, self._at[STATE], state_of(line), style)
            return
        error = SEVERITY_LABELS["error"]
        count = formulas.unanswered(found, lists.SEVERITY, error, lists.WAIVER)
        good = OLD_TEMPLATE if line.old_template else READY
        formula = f'=IF({count}=0,"{good}","{RETURNED}")'
        put_formula(sheet, row, self._at[STATE], formula, style, state_of(line))

    def _write_totals(self, sheet: Sheet, styles: Styles, last_column: int) -> None:
        row, plain = self.total_row, styles("cell", "total", "ten", "center")
        put_block(sheet, Area(row, 0, row, self._at[PROJECT_COUNT] - 1), "合　计", plain)
        counts = self._account.counted
        values: dict[str, Decimal | int | str] = {
            PROJECT_COUNT: sum(line.projects for line in counts),
            INDICATOR_COUNT: sum(line.indicators for line in counts),
            UNCOUNTED: sum(line.uncounted for line in counts),
        }
        for severity, label in SEVERITY_LABELS.items():
            values[label] = sum(line.findings.get(severity, 0) for line in counts)
        for name in AMOUNT_FIELDS:
            values[label_of(name)] = shown(self._account.total(name))
        for header in LIVE:
            letters = column_letters(self._at[header])
            area = f"{letters}{FIRST_ROW + 1}:{letters}{row}"
            formula, style = f"=SUM({area})", plain
            if header in AMOUNT_HEADERS:
                formula = f'=IF(COUNT({area})=0,"",ROUND(SUM({area}),{self._places}))'
                style = styles("cell", "total", "ledger", "ten")
            put_formula(sheet, row, self._at[header], formula, style, values[header])
        for column in range(self._at[STATE], last_column + 1):
            sheet.write_blank(row, column, None, plain)
        if self.since is not None:
            self.since.put_totals(sheet, styles, self._account)
        # A number that somebody changed in the list would fall out of every row above.
        keys = "+".join(f"COUNT({keys})" for keys in formulas.keys_of(self._projects))
        counted = a1(row, self._at[PROJECT_COUNT])
        formula = f'=IF({counted}={keys},"","有项目的部门序号不在上表，没有计入")'
        put_formula(sheet, row, self._at[REMARK], formula, plain, "")
        sheet.set_height(row, 24)

    def _colour(self, sheet: Sheet, styles: Styles) -> None:
        column = self._at[STATE]
        for value, colour in (
            (READY, GREEN),
            (RETURNED, AMBER),
            (OLD_TEMPLATE, AMBER),
            (BLANK, RED),
            (State.ABSENT.value, RED),
            (State.FAULT.value, RED),
            (State.UNREVIEWED.value, RED),
            (State.COPY.value, BLUE),
            (State.REPLACED.value, BLUE),
            (State.SUMMARY.value, BLUE),
        ):
            options = {
                "type": "cell",
                "criteria": "==",
                "value": f'"{value}"',
                "format": styles.fill(colour),
            }
            sheet.conditional_format(FIRST_ROW, column, self.total_row - 1, column, options)


def remark_of(line: FileLine) -> str | None:
    """What is to be told of a file besides its figures; None where there is nothing."""
    told = [line.reason] if line.reason else []
    if line.expected_as:
        told.append(f"即名单或上轮中的“{line.expected_as}”")
    if line.extra:
        told.append("不在部门名单中")
    if line.since is not None and line.since.same_file:
        told.append("未重新报送，文件与上轮相同")
    if line.old_template:
        told.append("用的是旧版标准模板，请换用现在的模板")
    if line.counts:
        if line.twins:
            rows = "、".join(str(number) for number in line.twins[:_MOST_NAMED])
            more = f" 等 {len(line.twins)} 个" if len(line.twins) > _MOST_NAMED else " 的"
            told.append(f"同一部门同一年度另有序号 {rows}{more}文件，金额都计入了合计，请核对")
        if not line.department:
            told.append("文件没有写明部门")
        if line.year is None:
            told.append("文件没有写明年度")
        told += line.notes
        if line.only_reports:
            told.append("只有自评表或监控表，项目和资金不计入本表")
        elif not line.projects and not line.notes:
            told.append("没有填写项目")
        if line.converted:
            told.append(f"{line.converted} 个项目以元填报，已换算为{COMMON_UNIT}")
        if line.remarks:
            told.append(f"有 {line.remarks} 处内容读到而没有采用")
    return "；".join([*(text.rstrip("。") for text in told[:-1]), *told[-1:]]) or None


def shown_names(files: Sequence[str]) -> list[str]:
    """The files as seen from the folder that holds them all."""
    try:
        folder = os.path.commonpath([Path(file).parent for file in files])
    except ValueError:
        # On several drives of Windows.
        return list(files)
    return [os.path.relpath(file, folder) for file in files]


def shown(total: Decimal | None) -> Decimal | str:
    """The value that the cell of a total has now."""
    return "" if total is None else total.normalize() + 0


def _places(account: Account) -> int:
    """The decimals of the totals: six, or more where an amount has more."""
    sums = (total for line in account.counted for total in line.totals.values() if total)
    exponents = [total.normalize().as_tuple().exponent for total in sums]
    return max([6, *(-e for e in exponents if isinstance(e, int))])
