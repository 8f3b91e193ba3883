"""The report as text, to be copied and printed: what ``perfgoals validate`` prints."""

from __future__ import annotations

import io

from rich.console import Console

from perfgoals_xl.review.findings import Review
from perfgoals_xl.review.report import write_text

_WIDE = 100_000


def report_text(review: Review, language: str) -> str:
    """The findings sheet by sheet, in ``zh`` or ``en``, without colours."""
    out = io.StringIO()
    console = Console(
        file=out, highlight=False, soft_wrap=True, width=_WIDE, color_system=None, markup=False
    )
    write_text(review, console, language)
    return out.getvalue()
