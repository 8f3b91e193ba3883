"""How amounts stand in cells: numbers, texts, with a unit, with a number format."""

from __future__ import annotations

from decimal import Decimal

from tests.support.layouts.features import Layout

_UNITS = {"wan": ("万元", 0), "yuan": ("元", 4), "qian": ("千元", 1)}


def unit_word(layout: Layout) -> str:
    """The unit in which this layout states amounts."""
    return _UNITS[layout["money"]][0]


def unit_mark(layout: Layout) -> str:
    """What a label of an amount carries behind it where the unit stands in the labels."""
    return f"（{unit_word(layout)}）" if layout["unit"] == "in_label" else ""


def in_unit(layout: Layout, amount: Decimal) -> Decimal:
    """An amount in 万元 in the unit of the layout."""
    moved = amount.scaleb(_UNITS[layout["money"]][1])
    return moved.quantize(Decimal(1)) if moved == moved.to_integral_value() else moved


def amount_cell(layout: Layout, amount: Decimal) -> tuple[object, str | None]:
    """What a cell holds for an amount in 万元, and its number format."""
    stated = in_unit(layout, amount)
    choice = layout["amounts"]
    if layout["unit"] == "own_cell" and choice == "with_unit":
        choice = "number"
    if choice == "text":
        return f"{stated:f}", None
    if choice == "thousands":
        return f"{stated:,f}", None
    if choice == "with_unit":
        return f"{stated:f}{unit_word(layout)}", None
    number = int(stated) if stated == stated.to_integral_value() else float(stated)
    if choice == "formatted":
        rng = layout.rng(f"format/{amount}")
        return number, rng.choice(
            ("#,##0.00", "0.00_ ", "#,##0.000000", '0.00"' + unit_word(layout) + '"')
        )
    return number, None
