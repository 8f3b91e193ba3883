"""CSV as every command writes it: no text becomes a formula, and no text ends its row or its cell.

A spreadsheet splits a row at a bare carriage return, and at semicolons and tabs where its user has
ticked them, unless the text stands in quotes; Python's own writer quotes for its own separators
alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TextIO

from perfgoals_xl.form.text import spreadsheet_safe

# Every separator that an import dialog offers, every character that some program ends a line at,
# and blanks at either end, which some programs drop.
_QUOTED = re.compile(r"""[",;:|\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]|^[\s']|\s$""")


def write_csv(rows: Iterable[Iterable[Any]], out: TextIO) -> None:
    """Writes each row as one line: texts made safe, numbers as they are, None and NaN as nothing.

    A line ends in ``\\n``; ``out`` may turn that into its own kind of line end.
    """
    for row in rows:
        out.write(",".join(map(_field, row)) + "\n")


def _field(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    # NaN and pandas' NA, which says nothing about whether it equals itself.
    if value is None or (not isinstance(value, str) and str(value) in ("nan", "NaT", "<NA>")):
        return ""
    text = spreadsheet_safe(value) if isinstance(value, str) else str(value)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
