"""The hidden sheet 字典: what the dropdowns offer and what units are converted by."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from xlsxwriter import Workbook

from perfgoals_xl.addresses import column_letters
from perfgoals_xl.evaluation.score_formulas import (
    BAND_LIST,
    METHOD_WORDS,
    NO,
    UNIT_FACTORS,
    UNIT_KEYS,
    YES,
)
from perfgoals_xl.form.evaluation.scoring import BANDS
from perfgoals_xl.form.evaluation.scoring_labels import LIKELIHOODS, LISTS_SHEET
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_text

METHOD_LIST: Final = "PG_METHODS"
YES_NO_LIST: Final = "PG_YES_NO"
REASON_LIST: Final = "PG_REASONS"
LIKELIHOOD_LIST: Final = "PG_LIKELIHOODS"


def write_reference_lists(
    workbook: Workbook,
    sheet: Sheet,
    styles: Styles,
    reasons: Sequence[str],
    units: Sequence[tuple[str, Decimal]],
) -> None:
    """Fills the sheet with ``reasons``, the other lists and the table of ``units``; hides it."""
    # Without any unit to convert there is still a table to look into.
    units = units or [("|", Decimal(1))]
    lists: tuple[tuple[str, str, Sequence[str | Decimal]], ...] = (
        (BAND_LIST, "完成档次列表", BANDS),
        (REASON_LIST, "原因列表", reasons),
        (LIKELIHOOD_LIST, "可能性列表", LIKELIHOODS),
        (METHOD_LIST, "计分方式列表", tuple(METHOD_WORDS.values())),
        (YES_NO_LIST, "是否列表", (YES, NO)),
        (UNIT_KEYS, "换算（指标值的计量|完成值的计量）", [key for key, _ in units]),
        (UNIT_FACTORS, "换算系数", [factor for _, factor in units]),
    )
    for column, (name, header, values) in enumerate(lists):
        put_text(sheet, 0, column, header, styles("cell", "head"))
        for row, value in enumerate(values, start=1):
            if isinstance(value, Decimal):
                sheet.write_number(row, column, float(value), styles("cell"))
            else:
                put_text(sheet, row, column, value, styles("cell"))
        letters = column_letters(column)
        area = f"{quoted(LISTS_SHEET)}!${letters}$2:${letters}${len(values) + 1}"
        workbook.define_name(name, f"={area}")
    sheet.set_column(0, len(lists) - 1, 22)
    sheet.hide()
