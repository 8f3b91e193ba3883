"""How sheets are put on paper: A4, numbered pages, repeated headers."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from perfgoals_xl.workbooks.kit.styles import BODY_FONT

A4 = 9
"""Excel's number of the paper."""
PAGES = f'&C&"{BODY_FONT},Regular"&9第 &P 页　共 &N 页'
"""The footer of every page, in Excel's codes."""
MARGINS = {"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.65}
FOOTER_MARGIN = 0.3
"""In inches, of a page without a header."""


def set_page(
    sheet: Worksheet,
    *,
    landscape: bool = False,
    last_row: int | None = None,
    last_column: int | None = None,
    repeat: tuple[int, int] | None = None,
    header: str = "",
) -> None:
    """A4, as wide as the paper and as long as it takes, page numbers in the footer.

    ``last_row`` and ``last_column`` bound what is printed, ``repeat`` are the rows on top of every
    page, all counted from zero; ``header`` is a text in the upper right corner.
    """
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.set_margins(**MARGINS | ({"top": 0.75} if header else {}))
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(PAGES, {"margin": FOOTER_MARGIN})
    if header:
        # XlsxWriter drops a header of more than 255 characters; "&" starts a code there.
        text = header[:100].replace("&", "&&")
        sheet.set_header(f'&R&"{BODY_FONT},Regular"&9 {text}', {"margin": 0.35})
    if last_row is not None and last_column is not None:
        sheet.print_area(0, 0, last_row, last_column)
    if repeat is not None:
        sheet.repeat_rows(*repeat)
