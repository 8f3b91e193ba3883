"""对比, 变化明细 and 说明: last year's projects, money and targets beside this year's.

Every difference and total is a formula. A blank amount stays blank, — stands where the project did
not exist, and the line under the totals says how many amounts are missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from perfgoals_xl.addresses import Area, a1, column_letters
from perfgoals_xl.comparison import change_words as wording
from perfgoals_xl.comparison.changes import (
    SIDES,
    AmountChange,
    Comparison,
    ProjectChange,
    Status,
    amount_of,
)
from perfgoals_xl.comparison.side_words import SideWords
from perfgoals_xl.declaration import Amount
from perfgoals_xl.form.fields import AMOUNT_FIELDS, field, label_of
from perfgoals_xl.storage.files import whole_file
from perfgoals_xl.workbooks.kit.column_totals import (
    Total,
    counted,
    is_counted,
    places_of,
    put_count,
    put_labels,
    put_total,
    shown,
)
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.styles import AMBER, RED, Styles
from perfgoals_xl.workbooks.kit.tables import (
    Column,
    put_note,
    put_sheet_title,
    put_table,
    set_widths,
)
from perfgoals_xl.workbooks.kit.writing import (
    Sheet,
    add_sheet,
    new_workbook,
    put_amount,
    put_block,
    put_formula,
    put_text,
)

SHEET, DETAILS_SHEET, NOTES_SHEET = "对比", "变化明细", "说明"
NO_PROJECT: Final = "—"
_SIZE = 10
_HEADER = 2
_FIRST = _HEADER + 2
_TEXTS = (("序号", 5.0), ("变化", 8.0), ("项目名称", 27.0), ("{old}名称", 22.0), ("相似度", 7.0))
_PARTS = ("{old}", "{new}", "差额", "增减(%)")
_COUNTS = ("新增", "取消", "目标值变化", "目标降低", "资金未减的降低")
_FIRST_AMOUNT = len(_TEXTS)
_DETAILS = (
    Column("序号", 5, "center"),
    Column("项目名称", 27),
    Column("类别", 12, "center"),
    Column("内容", 32),
    Column("变化", 10, "center"),
    Column("{old}", 22),
    Column("{new}", 22),
    Column("差额", 12, "right"),
    Column("增减(%)", 9, "right"),
    Column("判断", 26),
)
_WAS, _NOW, _GAP, _PERCENT, _VERDICT = range(5, 10)
# Excel rounds to 15 digits, and an amount of more than that is a slip that need not be seen whole.
_WIDEST = 40.0
_NOTES = (Column("事项", 18, "center"), Column("说明", 110))


def write_comparison(path: str | Path, comparison: Comparison) -> None:
    """Writes the comparison to ``path``, whole or not at all.

    Raises InputError where the file cannot be written or a text is too long for a cell.
    """
    old, new = comparison.old, comparison.new
    words = comparison.words
    sides = (wording.year_of(old, words.old), wording.year_of(new, words.new))
    years = "、".join(dict.fromkeys(sides))
    department = new.department or old.department or ""
    header = " ".join(filter(None, (department, years, words.title)))
    with whole_file(path) as temporary, new_workbook(temporary, words.title, header) as workbook:
        styles = Styles(workbook)
        sheets = [add_sheet(workbook, name) for name in (SHEET, DETAILS_SHEET, NOTES_SHEET)]
        title = f"{department}{words.title}（{years}）"
        _write_projects(sheets[0], styles, comparison, title, header)
        _write_details(sheets[1], styles, comparison, header)
        _write_notes(sheets[2], styles, comparison, header)


# --- the projects --------------------------------------------------------------------------------


def _write_projects(
    sheet: Sheet, styles: Styles, comparison: Comparison, title: str, header: str
) -> None:
    end = _last(comparison)
    put_sheet_title(sheet, styles, title, end)
    note = (
        f"金额单位：{comparison.unit}　　空白是没有填写，不按零计；"
        f"{NO_PROJECT} 表示没有这个项目。红底的行：资金没有减少而目标降低。"
    )
    if comparison.converted:
        note += f"有 {comparison.converted} 个项目的金额已换算为{comparison.unit}。"
    put_note(sheet, styles, 1, note + comparison.words.budget, end)
    _write_head(sheet, styles, comparison)
    places = _places(comparison)
    for number, project in enumerate(comparison.projects):
        _write_project(
            sheet, styles, comparison.words, _FIRST + number, number + 1, project, places
        )
    last = _FIRST + len(comparison.projects) - 1
    _write_totals(sheet, styles, comparison, last)
    mark = f"${column_letters(end)}{_FIRST + 1}>0"
    sheet.conditional_format(
        _FIRST, 0, last, end, {"type": "formula", "criteria": mark, "format": styles.fill(RED)}
    )
    sheet.autofilter(_HEADER + 1, 0, last, end)
    sheet.freeze_panes(_FIRST, 3)
    set_page(
        sheet,
        landscape=True,
        last_row=last + 2,
        last_column=end,
        repeat=(_HEADER, _HEADER + 1),
        header=header,
    )


def _first_count(words: SideWords) -> int:
    """The column of the first count, behind the amounts."""
    return _FIRST_AMOUNT + len(words.totals) * len(_PARTS)


def _last(comparison: Comparison) -> int:
    return _first_count(comparison.words) + len(_COUNTS) - 1


def _amount_width(comparison: Comparison, names: Sequence[str]) -> float:
    """Wide enough for the longest figure: a number that does not fit is shown as ####."""
    sides = [(name, side) for name in names for side in SIDES]
    figures = counted(_stated(comparison, names))
    figures += [total for side in sides if (total := comparison.total(*side)) is not None]
    longest = max((len(f"-{figure:,f}") for figure in figures), default=0)
    return min(max(11.5, 0.95 * longest + 1.5), _WIDEST)


def _write_head(sheet: Sheet, styles: Styles, comparison: Comparison) -> None:
    words = comparison.words
    amount_width = _amount_width(comparison, words.totals)
    head = styles("cell", "head", "ten")
    for column, (label, width) in enumerate(_TEXTS):
        sheet.set_column(column, column, width)
        area = Area(_HEADER, column, _HEADER + 1, column)
        put_block(sheet, area, label.format(old=words.old), head)
    blocks: list[tuple[str, tuple[str, ...], tuple[float, ...]]] = [
        (field(name).label, _PARTS, (*[amount_width] * 3, 9.0)) for name in words.totals
    ]
    blocks.append((f"{words.both}都有的项目的指标（项）", _COUNTS, (6.0, 6.0, 7.5, 6.0, 8.0)))
    column = _FIRST_AMOUNT
    for label, parts, widths in blocks:
        put_block(sheet, Area(_HEADER, column, _HEADER, column + len(parts) - 1), label, head)
        for part, width in zip(parts, widths, strict=True):
            sheet.set_column(column, column, width)
            told = part.format(old=words.old, new=words.new)
            put_text(sheet, _HEADER + 1, column, told, head)
            column += 1
    sheet.set_height(_HEADER, 22)
    sheet.set_height(_HEADER + 1, 50)


def _write_project(
    sheet: Sheet,
    styles: Styles,
    words: SideWords,
    row: int,
    number: int,
    project: ProjectChange,
    places: int,
) -> None:
    text, center = styles("cell", "left", "text", "ten"), styles("cell", "center", "ten")
    sheet.write_number(row, 0, number, center)
    put_text(sheet, row, 1, wording.status_of(project.status, words), center)
    name = wording.project_name(project)
    is_kept = project.old is not None and project.new is not None
    old_name = project.old_name if is_kept and project.old_name != project.name else None
    put_text(sheet, row, 2, name, text)
    put_text(sheet, row, 3, old_name, text)
    if project.status is Status.RENAMED:
        similarity = round(project.similarity, 2)
        sheet.write_number(row, 4, similarity, styles("cell", "ledger", "ten"))
    else:
        put_text(sheet, row, 4, None, center)
    for index, field_name in enumerate(words.totals):
        column = _FIRST_AMOUNT + index * len(_PARTS)
        was, now = (
            NO_PROJECT if side is None else amount_of(side, field_name)
            for side in (project.old, project.new)
        )
        _put_amounts(sheet, styles, row, column, was, now, places)
    for column, count in enumerate(_counts_of(project), start=_first_count(words)):
        if count:
            sheet.write_number(row, column, count, center)
        else:
            sheet.write_blank(row, column, None, center)
    height = max(22.0, height_of(name, 27, _SIZE), height_of(old_name, 22, _SIZE))
    sheet.set_height(row, min(height, MAX_HEIGHT), fixed=False)


def _counts_of(project: ProjectChange) -> tuple[int, ...]:
    if project.old is None or project.new is None:
        return (0,) * len(_COUNTS)
    own = project.indicators
    return (
        sum(change.status is Status.NEW for change in own),
        sum(change.status is Status.GONE for change in own),
        sum(change.judgement is not None for change in own),
        sum(change.is_lowered for change in own),
        project.lowered_for_same_money,
    )


def _put_amounts(
    sheet: Sheet, styles: Styles, row: int, column: int, was: Amount, now: Amount, places: int
) -> None:
    """Both amounts, their live difference and percentage in the two columns behind them."""
    ledger = styles("cell", "ledger", "ten")
    for offset, amount in enumerate((was, now)):
        style = styles("cell", "center", "ten", "grey") if amount == NO_PROJECT else ledger
        put_amount(sheet, row, column + offset, amount, style)
    old, new = a1(row, column), a1(row, column + 1)
    _put_difference(sheet, styles, row, column + 2, (old, new), _change(was, now), places)


def _put_difference(
    sheet: Sheet,
    styles: Styles,
    row: int,
    column: int,
    cells: tuple[str, str],
    change: AmountChange | None,
    places: int,
    *looks: str,
) -> None:
    style = styles("cell", *looks, "ledger", "ten")
    old, new = cells
    both = f"COUNT({old},{new})=2"
    difference = change.difference if change else None
    percent = change.percent if change else None
    formula = f'=IF({both},ROUND({new}-{old},{places}),"")'
    put_formula(sheet, row, column, formula, style, shown(difference))
    # Not AND(): it would work out both of its parts.
    formula = f'=IF({both},IF({old}=0,"",ROUND(100*({new}-{old})/ABS({old}),1)),"")'
    put_formula(sheet, row, column + 1, formula, style, shown(percent))


def _change(was: Amount, now: Amount) -> AmountChange | None:
    """The change as the sheet can work it out; None where a cell holds no number."""
    return AmountChange("annual_amount", was, now) if is_counted(was) and is_counted(now) else None


def _stated(comparison: Comparison, names: Sequence[str]) -> list[Amount]:
    """What both years say in these fields."""
    return [a for name in names for side in SIDES for a in comparison.stated(name, side)]


def _places(comparison: Comparison) -> int:
    """The decimals of the differences, which are those of the totals."""
    return places_of(_stated(comparison, AMOUNT_FIELDS))


def _write_totals(sheet: Sheet, styles: Styles, comparison: Comparison, last: int) -> None:
    total, missing = last + 1, last + 2
    plain, places = styles("cell", "total", "ten", "center"), _places(comparison)
    put_labels(sheet, styles, total, _FIRST_AMOUNT - 1)
    for index, name in enumerate(comparison.words.totals):
        column = _FIRST_AMOUNT + index * len(_PARTS)
        both = [Total(comparison.stated(name, side)) for side in SIDES]
        for offset, own in enumerate(both):
            at = total, column + offset
            put_total(sheet, styles, at, _FIRST, own, places, absent=NO_PROJECT)
        cells = a1(total, column), a1(total, column + 1)
        was, now = (own.value for own in both)
        change = None if was is None or now is None else AmountChange(name, was, now)
        _put_difference(sheet, styles, total, column + 2, cells, change, places, "total")
        for blank in (column + 2, column + 3):
            sheet.write_blank(missing, blank, None, plain)
    first = _first_count(comparison.words)
    for column in range(first, _last(comparison) + 1):
        count = sum(_counts_of(project)[column - first] for project in comparison.projects)
        put_count(sheet, styles, (total, column), _FIRST, count)
        sheet.write_blank(missing, column, None, plain)


# --- the details ---------------------------------------------------------------------------------


def _write_details(sheet: Sheet, styles: Styles, comparison: Comparison, header: str) -> None:
    words = comparison.words
    columns = [c._replace(header=c.header.format(old=words.old, new=words.new)) for c in _DETAILS]
    set_widths(sheet, columns)
    sheet.set_column(_GAP, _GAP, _amount_width(comparison, AMOUNT_FIELDS))
    last_column = len(_DETAILS) - 1
    put_sheet_title(sheet, styles, f"{words.both}都有的项目：变化明细", last_column)
    note = f"金额单位：{comparison.unit}　　没有变化的不列；新增和取消的项目见“{SHEET}”。"
    put_note(sheet, styles, 1, note, last_column)
    kept = [p for p in comparison.projects if p.old is not None and p.new is not None]
    rows: list[list[str | int | Decimal | None]] = []
    amounts: dict[int, AmountChange] = {}
    for project in kept:
        name = wording.project_name(project)
        for amount in project.amounts:
            amounts[len(rows)] = amount
            told = "" if amount.difference is not None else wording.difference_text(amount, words)
            label = label_of(amount.field)
            rows.append([len(rows) + 1, name, "资金", label, "改金额", "", "", "", "", told])
        for change in project.indicators:
            old, new = (
                None if row is None else wording.target_text(row["target_value"])
                for row in (change.old, change.new)
            )
            named = str(change.row["level3"] or wording.BLANK)
            if change.status is Status.RENAMED and change.old is not None:
                was = change.old["level3"] or wording.BLANK
                named += f"（{words.old}名称：{was}，{wording.similarity_text(change.similarity)}）"
            if change.status is Status.MOVED:
                named += f"（{words.old}在{wording.old_group_name(change)}）"
            status = wording.INDICATOR_STATUS[change.status]
            told = wording.verdict_text(change, words)
            group = wording.group_name(change)
            rows.append([len(rows) + 1, name, group, named, status, old, new, "", "", told])
    last = put_table(sheet, styles, _HEADER, columns, rows, empty="（没有变化）")
    places = _places(comparison)
    for number, amount in amounts.items():
        row = _HEADER + 1 + number
        for column, value in ((_WAS, amount.old), (_NOW, amount.new)):
            put_amount(sheet, row, column, value, styles("cell", "ledger", "ten"))
        cells = a1(row, _WAS), a1(row, _NOW)
        shown = _change(amount.old, amount.new)
        _put_difference(sheet, styles, row, _GAP, cells, shown, places)
    cell = f"${column_letters(_VERDICT)}{_HEADER + 2}"
    for text, colour in ((wording.SAME_MONEY, RED), ("目标降低", AMBER)):
        rule = {"type": "formula", "criteria": f'{cell}="{text}"', "format": styles.fill(colour)}
        sheet.conditional_format(_HEADER + 1, 0, last, last_column, rule)
    if rows:
        sheet.autofilter(_HEADER, 0, last, last_column)
    sheet.freeze_panes(_HEADER + 1, 2)
    set_page(
        sheet,
        landscape=True,
        last_row=last,
        last_column=last_column,
        repeat=(_HEADER, _HEADER),
        header=header,
    )


# --- the notes -----------------------------------------------------------------------------------


def _write_notes(sheet: Sheet, styles: Styles, comparison: Comparison, header: str) -> None:
    set_widths(sheet, _NOTES)
    put_sheet_title(sheet, styles, "说明", 1)
    rows = wording.note_rows(comparison)
    last = put_table(sheet, styles, 1, _NOTES, rows)
    set_page(sheet, landscape=True, last_row=last, last_column=1, repeat=(1, 1), header=header)
