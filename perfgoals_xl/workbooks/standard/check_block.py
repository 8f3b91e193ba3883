"""The block 核对 to the right of a project's form: live checks of its amounts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from perfgoals_xl.addresses import a1
from perfgoals_xl.form.own_sheets import CHECK_TITLE, RESULTS_SHEET
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import RED, WHOLE_AMOUNT, Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_formula, put_text
from perfgoals_xl.workbooks.standard.funding_checks import (
    BLANK,
    FAILS,
    LABELS,
    NO_NUMBER,
    funding_checks,
)

SPARE_COLUMN = 6
_FIRST_COLUMN = 7
_WIDTHS = (26, 13, 9)

_HEADERS = ("核对内容", "差额", "结果")
_LINK = "查看校验结果"
TEXTS = frozenset((CHECK_TITLE, *_HEADERS, *LABELS, _LINK))
"""All that the block says besides its results."""


def write_check_block(
    sheet: Sheet,
    styles: Styles,
    row: int,
    cells: Mapping[str, str],
    amounts: Mapping[str, Decimal | str | None],
) -> None:
    """Writes the block from ``row`` on, outside the printed columns.

    ``cells`` are the addresses of the amount fields, ``amounts`` what stands there now.
    """
    sheet.set_column(SPARE_COLUMN, SPARE_COLUMN, 3)
    for column, width in enumerate(_WIDTHS, start=_FIRST_COLUMN):
        sheet.set_column(column, column, width)
    put_text(sheet, row - 1, _FIRST_COLUMN, CHECK_TITLE, styles("quiet"))
    for column, header in enumerate(_HEADERS, start=_FIRST_COLUMN):
        put_text(sheet, row, column, header, styles("cell", "label", "small"))
    checks = funding_checks(cells, amounts, [a1(row + 1 + n, _FIRST_COLUMN + 1) for n in range(4)])
    for line, check in enumerate(checks, start=row + 1):
        put_text(sheet, line, _FIRST_COLUMN, check.label, styles("cell", "left", "small"))
        put_formula(
            sheet,
            line,
            _FIRST_COLUMN + 1,
            check.difference_formula,
            styles("cell", "amount", "small"),
            "" if check.difference is None else check.difference.normalize() + 0,
        )
        put_formula(
            sheet,
            line,
            _FIRST_COLUMN + 2,
            check.verdict_formula,
            styles("cell", "center", "small"),
            check.verdict,
        )
    area = (row + 1, _FIRST_COLUMN, row + len(checks), _FIRST_COLUMN + 2)
    difference = f"${a1(row + 1, _FIRST_COLUMN + 1)}"
    verdict = f"${a1(row + 1, _FIRST_COLUMN + 2)}"
    for criteria, style in (
        (f'={verdict}="{FAILS}"', styles.fill(RED)),
        (f'=OR({verdict}="{BLANK}",{verdict}="{NO_NUMBER}")', styles.faint()),
        (f"=AND(ISNUMBER({difference}),{difference}=INT({difference}))",
         styles.number(WHOLE_AMOUNT)),
    ):  # fmt: skip
        options = {"type": "formula", "criteria": criteria, "format": style}
        sheet.conditional_format(*area, options)
    target = f"internal:{quoted(RESULTS_SHEET)}!A1"
    sheet.write_url(row + len(checks) + 2, _FIRST_COLUMN, target, styles("link", "small"), _LINK)
