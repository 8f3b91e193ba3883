"""The columns of 部门汇总 about the last round: solved, new, still there, answered, money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from xlsxwriter.format import Format

from perfgoals_xl.addresses import a1, column_letters
from perfgoals_xl.bureau.account import Account, FileLine, State
from perfgoals_xl.bureau.book import department_formulas as formulas
from perfgoals_xl.bureau.book import lists
from perfgoals_xl.bureau.book.change_list import KIND
from perfgoals_xl.bureau.book.department_columns import (
    CHANGES_STAND,
    DEPARTMENT_NUMBER,
    EARLIER_COUNT,
    EARLIER_STATE,
    EXPLAINED,
    FINDINGS_STAND,
    FIRST_ROW,
    MONEY_CHANGE,
    NEW,
    SINCE_COUNTS,
    SOLVED,
    STANDING,
)
from perfgoals_xl.bureau.book.department_frame import Frame
from perfgoals_xl.bureau.book.flat_list import FlatList
from perfgoals_xl.bureau.rounds.since_round import Standing
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.fields import label_of
from perfgoals_xl.workbooks.kit.column_totals import shown
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_formula, put_text

_AMOUNT = "annual_amount"


class SinceColumns:
    """Writes the columns, row by row; ``groups`` are the rows of each department."""

    def __init__(
        self,
        frame: Frame,
        findings: FlatList,
        changes: FlatList,
        groups: Mapping[int, Sequence[FileLine]],
        places: int,
    ) -> None:
        self._frame, self._at = frame, frame.at
        self._findings, self._changes = findings, changes
        self._groups, self._places = groups, places

    def put(self, sheet: Sheet, styles: Styles, row: int, line: FileLine) -> None:
        """Writes what is told of a file; of its department where it leads that."""
        number, text = styles("cell", "center", "ten"), styles("cell", "center", "text", "ten")
        since = line.since
        earlier = since.earlier if since is not None else None
        put_text(sheet, row, self._at[EARLIER_STATE], earlier.state if earlier else None, text)
        written = self._put_counts(sheet, number, row, line)
        for header in SINCE_COUNTS:
            if header not in written:
                sheet.write_blank(row, self._at[header], None, number)
        self._put_money(sheet, styles("cell", "ledger", "ten"), row, line)

    def put_totals(self, sheet: Sheet, styles: Styles, account: Account) -> None:
        """Writes the row of the totals."""
        row = self._frame.total_row
        for header in (*SINCE_COUNTS, MONEY_CHANGE):
            is_money = header == MONEY_CHANGE
            style = styles("cell", "total", "ledger" if is_money else "center", "ten")
            letters = column_letters(self._at[header])
            total = f"SUM({letters}{FIRST_ROW + 1}:{letters}{row})"
            formula = f"=ROUND({total},{self._places})" if is_money else f"={total}"
            put_formula(sheet, row, self._at[header], formula, style, self.total(account, header))

    def total(self, account: Account, header: str) -> Decimal | int | str:
        """The total of a column as it is now."""
        if header == MONEY_CHANGE:
            changes = [self.money_change(line) for line in account.rows]
            return shown(sum((change for change in changes if change is not None), Decimal(0)))
        return sum(count_of(line, header) or 0 for line in account.rows)

    def money_change(self, line: FileLine) -> Decimal | None:
        """By how much the department of a line that leads it has changed its money of the year.

        None where there is no last round, where it did not hand in, and where neither has an
        amount.
        """
        earlier = line.since.earlier if line.since is not None else None
        lines = [one for one in self._groups[line.group] if one.counts]
        if earlier is None or not earlier.handed_in or not lines:
            return None
        told = [amount for one in lines if (amount := one.totals.get(_AMOUNT)) is not None]
        if earlier.annual is None and not told:
            return None
        return sum(told, Decimal(0)) - (earlier.annual or Decimal(0))

    def _put_counts(self, sheet: Sheet, style: Format, row: int, line: FileLine) -> set[str]:
        """Writes the counts; returns the headers of those that there are."""
        live: dict[str, str] = {}
        since = line.since
        if since is not None and line.state is State.READ:
            frame = self._frame
            changes = self._changes, since.first_change, since.changes
            own = frame.rows(CHANGES_STAND, *changes, row)
            frame.put_standing(sheet, row, CHANGES_STAND, own)
            found = frame.rows(FINDINGS_STAND, self._findings, line.first_finding, line.found, row)
            if since.solved:
                live[SOLVED] = formulas.matching(own, KIND, SOLVED)
            if line.found:
                live |= {
                    NEW: formulas.matching(found, lists.SINCE, NEW),
                    STANDING: formulas.still_open(found, STANDING, EXPLAINED),
                    EXPLAINED: formulas.explained(found, STANDING, EXPLAINED),
                }
        written = set()
        for header in SINCE_COUNTS:
            count = count_of(line, header)
            if count is None:
                continue
            if header in live:
                put_formula(sheet, row, self._at[header], live[header], style, count)
            else:
                sheet.write_number(row, self._at[header], count, style)
            written.add(header)
        return written

    def _put_money(self, sheet: Sheet, style: Format, row: int, line: FileLine) -> None:
        change, since = self.money_change(line), line.since
        if change is None or since is None or since.earlier is None:
            sheet.write_blank(row, self._at[MONEY_CHANGE], None, style)
            return
        header, before = label_of(_AMOUNT), since.earlier.annual or Decimal(0)
        amount = f"N({a1(row, self._at[header])})"
        if len(self._groups[line.group]) > 1:
            keys, key = self._frame.area(DEPARTMENT_NUMBER), self._frame.key(row, DEPARTMENT_NUMBER)
            amount = f"SUMIFS({self._frame.area(header)},{keys},{key})"
        formula = f"=ROUND({amount}-({plain(before)}),{self._places})"
        put_formula(sheet, row, self._at[MONEY_CHANGE], formula, style, shown(change))


def count_of(line: FileLine, header: str) -> int | None:
    """What a row says below one of the headers of counts; None where it says nothing."""
    since = line.since
    if since is None:
        return None
    compared = since.earlier is not None and since.earlier.handed_in
    if header == EARLIER_COUNT:
        return since.earlier.findings if since.earlier is not None and compared else None
    if line.state is not State.READ:
        return None
    if header == SOLVED:
        return since.solved if compared else None
    return since.counts[Standing(header)]
