"""A project's sheet: 部门项目支出预算绩效目标表 in the official layout, blank or filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfgoals_xl.addresses import Area, a1
from perfgoals_xl.form.fields import AMOUNT_FIELDS, HEAD_PAIRS, field, label_of
from perfgoals_xl.form.titles import PROJECT_TITLE
from perfgoals_xl.workbooks.findings.highlights import add_highlights
from perfgoals_xl.workbooks.kit.level_rows import split_height
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.styles import WHOLE_AMOUNT, Styles
from perfgoals_xl.workbooks.kit.writing import (
    Sheet,
    is_exact,
    put_amount,
    put_block,
    put_text,
    quoting,
)
from perfgoals_xl.workbooks.standard import defined_names as names
from perfgoals_xl.workbooks.standard.check_block import SPARE_COLUMN, write_check_block
from perfgoals_xl.workbooks.standard.headings import Heading, put_title, put_year_line
from perfgoals_xl.workbooks.standard.hints import add_hint
from perfgoals_xl.workbooks.standard.indicator_rows import write_indicators

WIDTHS = (10, 13, 34, 15, 13, 15)
_LAST = len(WIDTHS) - 1
_VALUE_WIDTH = sum(WIDTHS[2:])
_PAIR_WIDTHS = {2: float(WIDTHS[2]), 4: float(sum(WIDTHS[4:]))}
_BLANK_GOAL_HEIGHT = 125.0
_HEAD_ROW_HEIGHT = 24.0
# Where the header and the funding block stand, counted from zero.
_NAME_ROW, _PAIR_ROWS, _FUNDING_ROW, _GOAL_ROW = 3, 4, 7, 11
_FUNDING = (
    (1, ("local_total", "local_appropriation", "local_other", "local_carryover")),
    (4, ("transfer_total", "transfer_central", "transfer_regional", None)),
)
_PART_OF_A_SUM = ("annual_amount", "local_appropriation", "transfer_central")

Values = Mapping[str, Any]


def write_project_sheet(
    sheet: Sheet,
    styles: Styles,
    heading: Heading,
    *,
    edition: str,
    amount_unit: str,
    project: Values | None = None,
    indicators: Sequence[Values] = (),
) -> None:
    """Fills the sheet: ``project`` is a row of ``projects``, ``indicators`` rows of ``indicators``.

    Without them the form is blank, with the groups of ``edition`` printed. Amounts are in
    ``amount_unit``, 万元 or 元.
    """
    values = project or {}
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    _write_heading(sheet, styles, heading, amount_unit)
    _write_name(sheet, styles, values)
    _write_pairs(sheet, styles, values)
    _write_funding(sheet, styles, values)
    sheet.conditional_format(
        _PAIR_ROWS,
        2,
        _GOAL_ROW - 1,
        _LAST,
        {
            "type": "formula",
            "criteria": "=AND(ISNUMBER(C5),C5=INT(C5))",
            "format": styles.number(WHOLE_AMOUNT),
        },
    )
    header = _write_goals(sheet, styles, values)
    last = write_indicators(sheet, styles, header, WIDTHS, edition=edition, rows=indicators)
    write_check_block(sheet, styles, _FUNDING_ROW - 3, _amount_cells(), _amounts(values))
    for row in range(header + 1, last + 1):
        sheet.write_blank(row, SPARE_COLUMN, None, styles("strut"))
    add_highlights(sheet, styles, last_row=last, last_column=_LAST)
    set_page(sheet, last_row=last, last_column=_LAST, repeat=(header, header))


def _write_heading(sheet: Sheet, styles: Styles, heading: Heading, amount_unit: str) -> None:
    for row, style in ((0, "title"), (1, "subtitle")):
        sheet.merge_range(row, 0, row, _LAST, "", styles(style))
    put_title(sheet, styles, heading, PROJECT_TITLE, sum(WIDTHS))
    put_year_line(sheet, styles, heading, 1)
    sheet.set_height(1, 20)
    put_block(sheet, Area(2, 0, 2, _LAST), f"单位：{amount_unit}", styles("plain", "right"))
    sheet.set_height(2, 18)


def _write_name(sheet: Sheet, styles: Styles, values: Values) -> None:
    name = values.get("project_name")
    area = Area(_NAME_ROW, 2, _NAME_ROW, _LAST)
    put_block(sheet, Area(_NAME_ROW, 0, _NAME_ROW, 1), _label("project_name"), _label_style(styles))
    put_block(sheet, area, name, styles("cell", "left", "text", "bold"))
    add_hint(sheet, area, field("project_name"))
    sheet.set_height(_NAME_ROW, max(_HEAD_ROW_HEIGHT, height_of(name, _VALUE_WIDTH)))


def _write_pairs(sheet: Sheet, styles: Styles, values: Values) -> None:
    for row, (left, right) in enumerate(HEAD_PAIRS, start=_PAIR_ROWS):
        put_block(sheet, Area(row, 0, row, 1), _label(left), _label_style(styles))
        put_text(sheet, row, 3, _label(right), _label_style(styles))
        height = _HEAD_ROW_HEIGHT
        for name, column, area in (
            (left, 2, Area(row, 2, row, 2)),
            (right, 4, Area(row, 4, row, _LAST)),
        ):
            if name in AMOUNT_FIELDS:
                put_block(sheet, area, None, styles("cell", "amount"))
                put_amount(sheet, row, column, values.get(name), styles("cell", "amount"))
            else:
                put_block(sheet, area, values.get(name), styles("cell", "center", "text"))
                height = max(height, height_of(values.get(name), _PAIR_WIDTHS[column]))
            is_attribute = name == "project_attribute"
            source = names.ATTRIBUTE_LIST if is_attribute else None
            add_hint(sheet, area, field(name), source=source)
        sheet.set_height(row, height)


def _write_funding(sheet: Sheet, styles: Styles, values: Values) -> None:
    amount = styles("cell", "amount")
    for column, fields in _FUNDING:
        block = label_of(fields[0] or "").split("·")[0]
        label = "其中：\n" + block.replace("（", "\n（")
        area = Area(_FUNDING_ROW, column - 1, _FUNDING_ROW + 3, column - 1)
        put_block(sheet, area, label, _label_style(styles))
        for row, name in enumerate(fields, start=_FUNDING_ROW):
            if name is None:
                sheet.write_blank(row, column, None, _label_style(styles))
                sheet.write_blank(row, column + 1, None, styles("cell"))
                continue
            put_text(sheet, row, column, _label(name), _label_style(styles))
            put_amount(sheet, row, column + 1, values.get(name), amount)
            add_hint(sheet, Area(row, column + 1, row, column + 1), field(name))
    for row in range(_FUNDING_ROW, _FUNDING_ROW + 4):
        sheet.set_height(row, _HEAD_ROW_HEIGHT)


def _write_goals(sheet: Sheet, styles: Styles, values: Values) -> int:
    """Writes the goals and returns the row behind them."""
    top = _GOAL_ROW
    for name in ("period_goal", "annual_goal"):
        goal = values.get(name)
        if name == "period_goal" and goal is None:
            continue
        heights = split_height(max(_BLANK_GOAL_HEIGHT, height_of(goal, _VALUE_WIDTH)))
        bottom = top + len(heights) - 1
        area = Area(top, 2, bottom, _LAST)
        put_block(sheet, Area(top, 0, bottom, 1), _label(name), _label_style(styles))
        put_block(sheet, area, goal, styles("cell", "left", *quoting(goal)))
        add_hint(sheet, area, field(name))
        for row, height in enumerate(heights, start=top):
            sheet.set_height(row, height)
        top = bottom + 1
    return top


def _label(name: str) -> str:
    return f"其中：{field(name).label}" if name in _PART_OF_A_SUM else field(name).label


def _label_style(styles: Styles) -> Any:
    return styles("cell", "label")


def _amount_cells() -> dict[str, str]:
    row = _PAIR_ROWS + len(HEAD_PAIRS) - 1
    cells = {"total_amount": a1(row, 2), "annual_amount": a1(row, 4)}
    for column, fields in _FUNDING:
        for row, name in enumerate(fields, start=_FUNDING_ROW):
            if name is not None:
                cells[name] = a1(row, column + 1)
    return cells


def _amounts(values: Values) -> dict[str, Decimal | str | None]:
    """The amounts as the sheet holds them: one of too many digits stands there as text."""
    amounts: dict[str, Decimal | str | None] = {}
    for name in AMOUNT_FIELDS:
        value = values.get(name)
        amounts[name] = str(value) if isinstance(value, Decimal) and not is_exact(value) else value
    return amounts
