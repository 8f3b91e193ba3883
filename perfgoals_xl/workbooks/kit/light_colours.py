"""How the warning lights are filled."""

from __future__ import annotations

from typing import Final

from perfgoals_xl.form.evaluation.scoring import Light
from perfgoals_xl.workbooks.kit.styles import AMBER, BLUE, GREEN, RED, Styles
from perfgoals_xl.workbooks.kit.writing import Sheet

LIGHT_COLOURS: Final = {
    Light.RED.value: RED,
    Light.YELLOW.value: AMBER,
    Light.GREEN.value: GREEN,
    Light.BLUE.value: BLUE,
}
"""The word of every light and its colour."""


def add_light_colours(sheet: Sheet, styles: Styles, area: tuple[int, int, int, int]) -> None:
    """Fills cells that name a light in its colour."""
    for light, colour in LIGHT_COLOURS.items():
        options = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{light}"',
            "format": styles.fill(colour),
        }
        sheet.conditional_format(*area, options)
