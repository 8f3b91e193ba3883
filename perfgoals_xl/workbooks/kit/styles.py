"""How the workbooks look: one name for every kind of cell.

Fonts are those of Excel in China; where they are missing, another CJK font takes their place.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

BODY_FONT = "宋体"
HEAD_FONT = "黑体"
BODY_SIZE = 11

# Integers are shown by a conditional format: "#,##0.######" alone would print "123." for 123.
AMOUNT = "#,##0.######"
WHOLE_AMOUNT = "#,##0"
LEDGER_AMOUNT = "#,##0.00####_ "

INK = "#1F1F1F"
LINE = "#7F7F7F"
HEAD_FILL = "#DCE6F1"
LABEL_FILL = "#F4F6F9"
QUIET = "#7F7F7F"
LINK = "#0563C1"
GREEN = "#C6E0B4"
RED, AMBER, BLUE = "#FFC7CE", "#FFE699", "#DDEBF7"

SEVERITY_COLOURS = {"error": RED, "warning": AMBER, "info": BLUE}

Properties = dict[str, Any]
Look = tuple[str, ...]
"""The names of styles that a cell's look is put together from."""

_STYLES: dict[str, Properties] = {
    "title": {
        "font_name": HEAD_FONT, "font_size": 16, "align": "center", "valign": "vcenter",
        "text_wrap": True,
    },
    "cover_title": {"font_size": 20},
    "subtitle": {"align": "center", "valign": "vcenter"},
    "heading": {"font_name": HEAD_FONT, "font_size": 12, "valign": "vcenter"},
    "plain": {"valign": "vcenter"},
    "paragraph": {"valign": "top", "text_wrap": True},
    "quiet": {"font_color": QUIET, "font_size": 9, "valign": "vcenter"},
    "cell": {"border": 1, "border_color": LINE, "valign": "vcenter", "text_wrap": True},
    "label": {"align": "center", "bg_color": LABEL_FILL},
    "head": {"align": "center", "bold": True, "bg_color": HEAD_FILL},
    "total": {"bold": True, "bg_color": LABEL_FILL},
    **{f"level_{level}": {"bg_color": colour} for level, colour in SEVERITY_COLOURS.items()},
    "left": {"align": "left", "indent": 1},
    "center": {"align": "center", "indent": 0},
    "right": {"align": "right", "indent": 1},
    "top": {"valign": "top"},
    "text": {"num_format": "@"},
    "typed_text": {"quote_prefix": True},
    "amount": {"num_format": AMOUNT, "align": "center"},
    "ledger": {"num_format": LEDGER_AMOUNT, "align": "right", "indent": 0},
    "whole": {"num_format": "0"},
    "day": {"num_format": "yyyy-mm-dd"},
    "percent": {"num_format": "0.00%", "align": "center"},
    "count": {"num_format": '0;-0;"—"'},
    "small": {"font_size": 9},
    "ten": {"font_size": 10},
    "large": {"font_size": 12},
    "bold": {"bold": True},
    "link": {"font_color": LINK, "underline": 1},
    "to_fill": {"bg_color": "#FFFBE6"},
    "grey": {"font_color": QUIET},
    # An empty cell in a large font keeps a row from growing tighter than a form should be when
    # Excel fits its height to the text.
    "strut": {"font_size": 16},
}  # fmt: skip


def properties(look: Look) -> Properties:
    """What the named styles add up to, in XlsxWriter's words; a later one wins over an earlier."""
    found: Properties = {}
    for name in look:
        found |= _STYLES[name]
    return found


def font_size(look: Look) -> float:
    """The size of a look's font, in points."""
    return float(properties(look).get("font_size", BODY_SIZE))


class Styles:
    """The cell formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[Look, Format] = {}
        self._conditional: dict[str, Format] = {}

    def __call__(self, *names: str) -> Format:
        """The format that the named styles add up to; a later one wins over an earlier one."""
        if names not in self._made:
            self._made[names] = self._workbook.add_format(properties(names))
        return self._made[names]

    def swatch(self, colour: str) -> Format:
        """A cell that shows what a colour of the highlights means."""
        key = ("swatch", colour)
        if key not in self._made:
            look = _STYLES["cell"] | _STYLES["center"] | _STYLES["ten"] | {"bg_color": colour}
            self._made[key] = self._workbook.add_format(look)
        return self._made[key]

    def fill(self, colour: str) -> Format:
        """A conditional format that fills the cell and leaves everything else as it is."""
        return self._of_condition(colour, {"bg_color": colour})

    def number(self, number_format: str) -> Format:
        """A conditional format that only changes how a number is shown."""
        return self._of_condition(number_format, {"num_format": number_format})

    def gap(self, colour: str, text: str) -> Format:
        """A conditional format that fills a count of nothing and says ``text`` in its place."""
        look = {"bg_color": colour, "num_format": f'0;-0;"{text}"'}
        return self._of_condition(f"gap {colour} {text}", look)

    def faint(self) -> Format:
        """A conditional format that greys the text."""
        return self._of_condition("faint", {"font_color": QUIET})

    def _of_condition(self, key: str, look: Properties) -> Format:
        if key not in self._conditional:
            self._conditional[key] = self._workbook.add_format(look)
        return self._conditional[key]


def number_of(style: Format) -> int:
    """The number by which the cells of a workbook name a format; it keeps the number it is given.

    XlsxWriter gives it when the first cell is written, and has no public name for it.
    """
    number: int = style._get_xf_index()  # type: ignore[no-untyped-call]
    return number
