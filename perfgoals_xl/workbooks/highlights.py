"""Cells with findings are filled by conditional formats that look them up on 校验结果."""

from __future__ import annotations

from perfgoals_xl.workbooks.book import Sheet
from perfgoals_xl.workbooks.findings_layout import highlight_formulas
from perfgoals_xl.workbooks.styles import AMBER, BLUE, RED, Styles

COLOURS = {"错误": RED, "警告": AMBER, "提示": BLUE}
# Rows that staff add below the table are covered as well.
_SPARE_ROWS = 100


def add_highlights(sheet: Sheet, styles: Styles, *, last_row: int, last_column: int) -> None:
    """Fills every cell of the form that has a finding, in the colour of the gravest."""
    for label, formula in highlight_formulas(sheet.shown_name):
        sheet.conditional_format(
            0,
            0,
            last_row + _SPARE_ROWS,
            last_column,
            {
                "type": "formula",
                "criteria": f"={formula}",
                "format": styles.fill(COLOURS[label]),
            },
        )
