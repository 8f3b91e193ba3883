"""The features of a layout and their variants; each draw chooses one variant of every feature.

The first variant of a feature is the plain one, as the standard form prints it. The numbers are how
often a variant comes up beside the others; 0 is for formats that LibreOffice must write, which are
drawn where they are asked for. A new kind of layout is first added here.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from typing import Final

_FEATURES: Final = """
edition: 2015 3, 2021 2
projects: one 4, two 2, three 1
shape: form 10, flat 2, outline 1
sheets: one 3, below 1, beside 1
format: xlsx 5, xlsxwriter 2, ods 1, docx 1, txt 1, csv 1, html 1, fods 1, xls 0, pdf 0
words: standard 1, known 2, other 3
decoration: none 3, required 1, length 1, colon 1, breaks 1, blanks 1, numbers 1, stamp 1, typo 1
origin: a1 4, down 1, right 1, both 1
gaps: none 3, blocks 1
title: year_line 3, year_in_title 2, department 1, filled_in 1, above_text 1, year_field 1
unit: line 3, in_label 1, beside_title 1, none 1, own_cell 1
money: wan 4, yuan 2, qian 1
amounts: number 4, text 1, thousands 1, with_unit 1, formatted 1
merging: merged 3, plain 1
pairs: two 2, one 1, wide_label 1
period: text 2, dates 1, date_cells 1, none 1
attribute: yes 1, no 1
known: none 2, some 1
funding: blocks 2, lines 2, pairs 1, period_annual 1, \
columns 1, types 1, heads 1, source_table 1, sentence 1, transfer 1
goal: left 3, above 1, columns 1, completion 1, both_rows 1, side 1, lines 1
order: standard 6, goal_first 2, table_before_goal 1
side: none 1, beside 2
header: one 4, two 1, three 1
levels: merged 3, repeated 2, once 2, slipped 1, level1_only 1, level2_only 1, joined 1, sections 1
terms: full 3, bare 1, codes 1, points 1, local 1, required 1, breaks 1
values: whole 4, split 2, number_unit 1, sign_value 1, format 1
signs: signs 2, words 1, half 1
nature: none 3, nature 1, direction 1
time: annual 4, extra 1, halves 1, years 1
beside: none 3, weight 1, weight_first 1, standard 1, note 1, actual 1, last 1
ordinals: none 3, indicator 1, number 1, column 1
rows: plain 4, gaps 1, dots 1, empty_groups 1, header_again 1, struck_out 1
below: none 2, notes 1, signatures 1, opinions 1, total 1
hidden: none 4, hidden 1, very_hidden 1
other_sheet: none 3, guide 1, budget_list 1
"""


def _read() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for line in _FEATURES.strip().split("\n"):
        name, _, rest = line.partition(": ")
        pairs = (part.split() for part in rest.split(", "))
        found[name] = {variant: int(weight) for variant, weight in pairs}
    return found


FEATURES: Final = _read()


class Layout:
    """The variants chosen for one draw.

    ``plain`` are features that are held at their first variant. ``used`` collects what the drawing
    asked for: a feature that never came to bear says nothing about how it is read.
    """

    def __init__(self, seed: int, plain: Collection[str] = (), **forced: str) -> None:
        self.seed = seed
        self.plain = frozenset(plain)
        self.forced = forced
        self.used: dict[str, str] = {}
        self._chosen = {name: self._choose(name) for name in FEATURES}
        self._settle()

    def _choose(self, name: str) -> str:
        variants = FEATURES[name]
        if name in self.forced:
            assert self.forced[name] in variants, (name, self.forced[name])
            return self.forced[name]
        if name in self.plain:
            return next(iter(variants))
        return self.rng(name).choices(list(variants), list(variants.values()))[0]

    def _settle(self) -> None:
        """Take back what a careful person could not read either, or what a format cannot hold."""
        chosen = self._chosen
        as_text = chosen["format"] in ("docx", "txt", "csv", "html", "pdf")
        if as_text:
            # A text has no number formats, no hidden sheets and no place beside another form.
            self._not("values", "format")
            chosen["sheets"] = "below"
            self._not("rows", "struck_out")
            for name in ("hidden", "other_sheet", "origin"):
                chosen[name] = next(iter(FEATURES[name]))
            if chosen["amounts"] == "formatted":
                chosen["amounts"] = "text"
            self._not("period", "date_cells")
        if chosen["time"] == "halves":
            # The name stands twice, with its own value: there is no room for parts.
            for name in ("values", "levels", "nature", "beside", "header"):
                chosen[name] = next(iter(FEATURES[name]))
        if chosen["time"] == "years" or chosen["values"] == "format":
            self._not("values", "split", "number_unit", "sign_value")
        if chosen["shape"] != "form":
            self._not("levels", "slipped", "level1_only", "sections")
            self._not("rows", "header_again", "struck_out")
            self._not("time", "halves", "years")
            chosen["side"] = "none"
            chosen["header"] = "one"
        if chosen["levels"] == "slipped":
            # What moved left is told by the levels alone; more columns would be a riddle.
            for name in (
                "nature",
                "beside",
                "time",
                "values",
                "side",
                "rows",
                "header",
                "ordinals",
            ):
                chosen[name] = next(iter(FEATURES[name]))
            self._not("terms", "bare")
        if chosen["levels"] in ("level1_only", "joined", "level2_only"):
            self._not("terms", "points", "codes")
        if chosen["money"] == "yuan" and chosen["unit"] == "none":
            chosen["unit"] = "line"
        if chosen["money"] == "qian":
            chosen["unit"] = "line"
        if chosen["levels"] == "sections":
            self._not("rows", "gaps", "empty_groups")
            self._not("terms", "points")
        if chosen["rows"] == "struck_out" and chosen["format"] not in ("xlsx", "xlsxwriter"):
            chosen["rows"] = "plain"
        if chosen["unit"] == "own_cell" and chosen["shape"] != "form":
            chosen["unit"] = "line"
        if chosen["unit"] == "own_cell":
            self._not("amounts", "with_unit")
            self._not("funding", "columns", "heads", "source_table", "sentence")

    def _not(self, name: str, *variants: str) -> None:
        if self._chosen[name] in variants:
            self._chosen[name] = next(iter(FEATURES[name]))

    def rng(self, name: str) -> random.Random:
        """Chance for one purpose, the same whatever the other features are."""
        return random.Random(f"{self.seed}/{name}")

    def __getitem__(self, name: str) -> str:
        self.used[name] = self._chosen[name]
        return self._chosen[name]

    @property
    def unusual(self) -> list[str]:
        """The features that came to bear and are not plain."""
        return [n for n, variant in self.used.items() if variant != next(iter(FEATURES[n]))]
