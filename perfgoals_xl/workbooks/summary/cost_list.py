"""成本核对 of the summary: the arithmetic of every project's costs, live, with its verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, cast

from perfgoals_xl.declaration import IndicatorRow, ProjectRow
from perfgoals_xl.form.amounts import convert, plain
from perfgoals_xl.review.evidence.pairing import Term
from perfgoals_xl.review.evidence.reconciliation import (
    ANNUAL,
    Outcome,
    Reconciliation,
    reconcile,
)
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.source_links import Place, SourceLinks
from perfgoals_xl.workbooks.kit.styles import AMBER, GREEN, RED, Styles
from perfgoals_xl.workbooks.kit.tables import (
    Column,
    finish_table,
    put_empty,
    put_head,
    put_note,
    put_sheet_title,
    set_widths,
    widen,
)
from perfgoals_xl.workbooks.kit.writing import Sheet, put_formula, put_text
from perfgoals_xl.workbooks.summary.project_list import ProjectList

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration

SHEET = "成本核对"
_TABLE_ROW = 2
_COLUMNS = (
    Column("序号", 6, "center"),
    Column("项目", 26),
    Column("核对依据", 18, "center"),
    Column("依据金额", 13, "right"),
    Column("成本合计", 13, "right"),
    Column("差额", 12, "right"),
    Column("算式", 44),
    Column("结论", 22),
    Column("工作表", 17),
)
_AGREES, _MORE, _LESS = "相符", "多 ", "少 "
_WITHIN = "数量是上限，按上限计多 "
_OPEN = "不能断定，相差 "
_NOTE = "成本合计由算式自动得出；“×”前是与单价配对的数量指标。差额 = 成本合计 − 依据金额。"
# The places of the form's amounts: more would only be noise of the binary numbers in a cell.
_PLACES = 6


class CostLine(NamedTuple):
    """One project's reconciliation, its number in the list of projects, its file, sheet, cell."""

    number: int
    name: str | None
    source: Place
    result: Reconciliation


def cost_lines(declarations: Sequence[Declaration]) -> list[CostLine]:
    """The reconciliation of every project, in the order of the project list."""
    lines: list[CostLine] = []
    for declaration in declarations:
        rows: dict[int, list[tuple[int, IndicatorRow]]] = defaultdict(list)
        for number, record in enumerate(declaration.indicators.records()):
            rows[record["project"]].append((number, record))
        for index, project in enumerate(declaration.projects.records()):
            project["amount_unit"] = project["amount_unit"] or declaration.amount_unit
            others = declaration.origin(index).other_sources
            result = reconcile(
                cast("ProjectRow", {**project, "other_sources": others}), rows[index]
            )
            place = declaration.projects.place(index, "annual_amount")
            source = (declaration.file, project["sheet"], place.cell if place else None)
            lines.append(CostLine(len(lines) + 1, project["project_name"], source, result))
    return lines


def write_cost_list(
    sheet: Sheet,
    styles: Styles,
    lines: Sequence[CostLine],
    listed: ProjectList,
    links: SourceLinks,
    *,
    title: str,
    header: str,
) -> None:
    """Fills the sheet; amounts are in the unit of ``listed``, which has the same projects."""
    last_column = len(_COLUMNS) - 1
    set_widths(sheet, _COLUMNS)
    put_sheet_title(sheet, styles, title, last_column)
    note = f"金额单位：{listed.unit}　　{_NOTE}{links.note}"
    put_note(sheet, styles, 1, note, last_column)
    put_head(sheet, styles, _TABLE_ROW, _COLUMNS)
    for line in lines:
        row = _TABLE_ROW + line.number
        _write_line(sheet, styles, row, line, listed)
        links.put_number(sheet, styles, row, line.number, line.source)
    _widen(sheet, lines, listed.unit)
    last = _TABLE_ROW + len(lines)
    if not lines:
        last = put_empty(sheet, styles, _TABLE_ROW + 1, _COLUMNS, "（没有项目）")
    _colour(sheet, styles, last)
    finish_table(sheet, _TABLE_ROW, last, _COLUMNS, header)


def _widen(sheet: Sheet, lines: Sequence[CostLine], unit: str) -> None:
    judged = [line.result for line in lines if _is_judged(line.result)]
    for column, amounts in (
        (3, [result.budget for result in judged]),
        (4, [result.total for result in judged]),
        (5, [result.total - result.budget for result in judged]),
    ):
        widen(sheet, _COLUMNS, column, [convert(amount, "元", unit) for amount in amounts])


def _is_judged(result: Reconciliation) -> bool:
    is_open = result.outcome is Outcome.OPEN and not result.terms
    return not is_open and result.outcome not in (Outcome.NO_AMOUNT, Outcome.NOT_JUDGED)


def _write_line(
    sheet: Sheet, styles: Styles, row: int, line: CostLine, listed: ProjectList
) -> None:
    left, center = styles("cell", "left", "text", "ten"), styles("cell", "center", "text", "ten")
    amount = styles("cell", "ledger", "ten")
    result, unit = line.result, listed.unit
    judged = _is_judged(result)
    arithmetic = result.arithmetic if judged else ""
    put_text(sheet, row, 1, line.name, left)
    put_text(sheet, row, 8, line.source[1], left)
    put_text(sheet, row, 2, result.basis if judged else None, center)
    put_text(sheet, row, 6, arithmetic, left)
    at = row + 1  # as formulas count
    if judged:
        budget = convert(result.budget, "元", unit)
        total = convert(result.total, "元", unit)
        if result.basis == ANNUAL:
            reference = f"={listed.amount_reference(line.number, 'annual_amount')}"
            put_formula(sheet, row, 3, reference, amount, budget)
        else:
            sheet.write_number(row, 3, float(budget), amount)
        put_formula(sheet, row, 4, _sum_formula(result.terms, unit), amount, total)
        formula = f"=ROUND(E{at}-D{at},{_PLACES})"
        put_formula(sheet, row, 5, formula, amount, total - budget)
        verdict = _verdict_formula(at, unit, result.outcome)
        put_formula(sheet, row, 7, verdict, left, shown_verdict(result, unit))
    else:
        for column in (3, 4, 5):
            sheet.write_blank(row, column, None, amount)
        put_text(sheet, row, 7, shown_verdict(result, unit), left)
    texts = {
        1: line.name,
        2: result.basis if judged else None,
        6: arithmetic,
        7: shown_verdict(result, unit),
        8: line.source[1],
    }
    height = max(height_of(text, _COLUMNS[column].width, 10) for column, text in texts.items())
    sheet.set_height(row, min(max(22.0, height), MAX_HEIGHT), fixed=False)


def _sum_formula(terms: Sequence[Term], unit: str) -> str:
    """The terms as a reviewer would type them: =ROUND(24*1+6000*0.002,6)."""
    products = []
    for term in terms:
        amount = plain(convert(term.amount, "元", unit))
        many = [plain(quantity.most) for quantity in term.quantities]
        products.append("*".join([*many, amount]))
    return f"=ROUND({'+'.join(products) or '0'},{_PLACES})"


def _verdict_formula(at: int, unit: str, outcome: Outcome) -> str:
    difference = f"F{at}"
    if outcome is Outcome.OPEN:
        return f'=IF({difference}=0,"{_AGREES}","{_OPEN}"&ABS({difference})&" {unit}")'
    less = f'"{_LESS}"&ABS({difference})&" {unit}"'
    if outcome is Outcome.BOUNDED:
        most = f'"{_WITHIN}"&{difference}&" {unit}"'
        return f'=IF({difference}=0,"{_AGREES}",IF({difference}>0,{most},{less}))'
    more = f'"{_MORE}"&{difference}&" {unit}"'
    return f'=IF({difference}=0,"{_AGREES}",IF({difference}>0,{more},{less}))'


def shown_verdict(result: Reconciliation, unit: str) -> str:
    """The verdict in words, as the formula gives it now."""
    if result.outcome is Outcome.NO_AMOUNT:
        return "没有成本金额"
    if not _is_judged(result):
        return f"未判定：{result.reason}"
    difference = convert(result.total - result.budget, "元", unit)
    if difference == 0:
        return _AGREES
    if result.outcome is Outcome.BOUNDED and difference > 0:
        return f"{_WITHIN}{plain(Decimal(difference))} {unit}"
    if result.outcome is Outcome.OPEN:
        return f"{_OPEN}{plain(abs(Decimal(difference)))} {unit}"
    return f"{_MORE if difference > 0 else _LESS}{plain(abs(Decimal(difference)))} {unit}"


def _colour(sheet: Sheet, styles: Styles, last: int) -> None:
    for criteria, value, colour in (
        ("begins with", _AGREES, GREEN),
        ("begins with", _MORE, RED),
        ("begins with", _LESS, AMBER),
    ):
        options = {
            "type": "text",
            "criteria": criteria,
            "value": value,
            "format": styles.fill(colour),
        }
        sheet.conditional_format(_TABLE_ROW + 1, 7, last, 7, options)
