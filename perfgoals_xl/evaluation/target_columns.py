"""The columns to the right of a form: the parts of every target, and the steps of its score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perfgoals_xl.addresses import a1, column_letters
from perfgoals_xl.evaluation.form_plan import PlannedIndicator
from perfgoals_xl.evaluation.reference_lists import METHOD_LIST, YES_NO_LIST
from perfgoals_xl.evaluation.score_formulas import METHOD_WORDS, NO, YES
from perfgoals_xl.form.own_sheets import CHECK_TITLE
from perfgoals_xl.form.target import Bound
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, is_exact, put_formula, put_text

PARTS: Final = ("method", "sign", "low", "high", "unit")
_HEADINGS: Final[Mapping[str, tuple[str, float]]] = {
    "method": ("计分方式", 8),
    "sign": ("符号", 5),
    "low": ("下限", 10),
    "high": ("上限", 10),
    "unit": ("计量", 7),
    "grows": ("按月累计", 8),
    "value": ("折算后", 11),
    "auto": ("自动得分", 8),
    "met": ("是否达标", 8),
    "rate": ("序时进度%", 9),
    "forecast_met": ("预计达标", 8),
    "hint": ("提示", 30),
}
_ONE_DAY: Final = dt.timedelta(days=1)
_DATE: Final = "yyyy-mm-dd"


@dataclass(frozen=True)
class TargetColumns:
    """Which column holds what; ``form`` are those of the form itself that formulas speak of.

    ``shown`` are the columns that staff see, ``hidden`` the steps behind them, both from ``first``
    on without a gap.
    """

    first: int
    shown: tuple[str, ...]
    hidden: tuple[str, ...]
    form: Mapping[str, int]

    def column(self, name: str) -> int:
        """The column of a name."""
        if name in self.form:
            return self.form[name]
        return self.first + (*self.shown, *self.hidden).index(name)

    def cells(self, row: int, *, fixed: bool = False) -> dict[str, str]:
        """The cells of a row by name; ``fixed`` in their column, for a conditional format."""
        sign = "$" if fixed else ""
        names = (*self.form, *self.shown, *self.hidden)
        return {name: f"{sign}{a1(row, self.column(name))}" for name in names}

    def area(self, name: str, top: int, bottom: int) -> str:
        """The cells of a column from ``top`` to ``bottom``."""
        letters = column_letters(self.column(name))
        return f"{letters}{top + 1}:{letters}{bottom + 1}"


def write_headings(
    sheet: Sheet, styles: Styles, columns: TargetColumns, above: int, row: int
) -> None:
    """The title of the block in row ``above``, the headings in ``row``; hides the steps."""
    sheet.set_column(columns.first - 1, columns.first - 1, 3)
    put_text(sheet, above, columns.first, CHECK_TITLE, styles("quiet"))
    for name in columns.shown:
        heading, width = _HEADINGS[name]
        at = columns.column(name)
        sheet.set_column(at, at, width)
        put_text(sheet, row, at, heading, styles("cell", "label", "small"))
    if columns.hidden:
        first = columns.column(columns.hidden[0])
        sheet.set_column(first, first + len(columns.hidden) - 1, 10, None, {"hidden": True})


def write_parts(
    sheet: Sheet, styles: Styles, columns: TargetColumns, row: int, planned: PlannedIndicator
) -> None:
    """The parts of a target, as they were read; staff may put them right."""
    sheet.write_blank(row, columns.first - 1, None, styles("strut"))
    to_fill = styles("cell", "center", "small")
    put_text(sheet, row, columns.column("method"), METHOD_WORDS[planned.method], to_fill)
    sign, unit = planned.target.operator, planned.target.unit
    low, high = planned.bounds
    # A day is left out of what lies before or behind it.
    if isinstance(low, dt.date) and sign == ">":
        low += _ONE_DAY
    if isinstance(high, dt.date) and sign == "<":
        high -= _ONE_DAY
    put_text(sheet, row, columns.column("sign"), sign, to_fill)
    for name, bound in (("low", low), ("high", high)):
        _put_bound(sheet, styles, row, columns.column(name), bound)
    put_text(sheet, row, columns.column("unit"), unit, to_fill)
    if "grows" in columns.shown:
        put_text(sheet, row, columns.column("grows"), YES if planned.grows else NO, to_fill)
    put_text(
        sheet,
        row,
        columns.column("target_copy"),
        planned.row["target_value"],
        styles("plain", "text"),
    )


def _put_bound(sheet: Sheet, styles: Styles, row: int, column: int, bound: Bound) -> None:
    if isinstance(bound, dt.date):
        day = dt.datetime(bound.year, bound.month, bound.day)
        sheet.write_datetime(row, column, day, styles("cell", "center", "small", "day"))
    elif isinstance(bound, Decimal) and is_exact(bound):
        sheet.write_number(row, column, float(bound), styles("cell", "center", "small"))
    else:
        sheet.write_blank(row, column, None, styles("cell", "center", "small"))


def write_formulas(
    sheet: Sheet,
    styles: Styles,
    columns: TargetColumns,
    row: int,
    formulas: Mapping[str, tuple[str, str]],
) -> None:
    """Formulas by the names of their columns, each with the value it has now."""
    for name, (formula, value) in formulas.items():
        look = ("cell", "left", "small") if name == "hint" else ("cell", "center", "small")
        style = styles(*look) if name in columns.shown else styles("plain")
        put_formula(sheet, row, columns.column(name), formula, style, value)


def add_choices(sheet: Sheet, columns: TargetColumns, top: int, bottom: int) -> None:
    """Dropdowns for how a target is scored and whether its value grows over the year."""
    for name, source in (("method", METHOD_LIST), ("grows", YES_NO_LIST)):
        if name in columns.shown:
            at = columns.column(name)
            options = {
                "validate": "list",
                "source": f"={source}",
                "error_title": "请从列表中选择",
                "error_message": "只能使用下拉列表中的值。",
            }
            sheet.data_validation(top, at, bottom, at, options)


def show_days(
    sheet: Sheet,
    styles: Styles,
    columns: TargetColumns,
    top: int,
    bottom: int,
    names: Iterable[str],
) -> None:
    """Shows the value of a row that is scored by its day as a day."""
    method = f"${a1(top, columns.column('method'))}"
    for name in names:
        at = columns.column(name)
        sheet.conditional_format(
            top,
            at,
            bottom,
            at,
            {
                "type": "formula",
                "criteria": f'={method}="时间"',
                "format": styles.number(_DATE),
            },
        )


def indicator_levels(rows: Sequence[PlannedIndicator]) -> list[tuple[str | None, str | None]]:
    """The two levels of every row."""
    return [(one.row["level1"], one.row["level2"]) for one in rows]
