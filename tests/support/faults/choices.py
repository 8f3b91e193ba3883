"""What may vary from one right declaration to the next, and how often.

Every choice hangs on the seed and its own name alone, so that a draw stays the same where another
feature is forced. The first variant of a feature is the plain one.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from typing import Final

_FEATURES: Final = """
edition: 2015 3, 2021 2
unit: wan 6, yuan 1
projects: one 1, two 0
costs: sums 3, prices 3, mixed 3, one 1, with_total 1
cost_unit: wan 5, yuan 1
price_unit: slash 3, bare 1
signs: signs 4, words 2, half 1, mixed 3
ordinals: none 3, numbered 2
name_unit: none 6, brackets 1
parts: whole 6, split 1
goal: sentence 4, through 2, listed 2, numbered 1, targets 2, basis 2
goal_money: none 4, budget 1, parts 1, carried 1
goal_figures: plain 4, myriads 1
sources: local 3, mixed 3, transfer 2, regional 2
blanks: blank 2, zero 1
period: year 3, months 3, years 1, long 1
weights: none 4, hundred 1, ninety 1
respondents: one 4, two 1
effects: figures 3, words 2
goal_rates: none 3, quoted 1
of_which: none 8, one 1
months: none 5, wages 1
"""


def _read() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for line in _FEATURES.strip().split("\n"):
        name, _, rest = line.partition(": ")
        pairs = (part.split() for part in rest.split(", "))
        found[name] = {variant: int(weight) for variant, weight in pairs}
    return found


FEATURES: Final = _read()


class Choices:
    """The variants of one draw; those of ``without`` never come up unless they are forced."""

    def __init__(self, seed: int, without: Collection[tuple[str, str]] = (), **forced: str) -> None:
        self.seed = seed
        self._chosen = {name: self._choose(name, without, forced) for name in FEATURES}

    def _choose(
        self, name: str, without: Collection[tuple[str, str]], forced: dict[str, str]
    ) -> str:
        variants = FEATURES[name]
        if name in forced:
            assert forced[name] in variants, (name, forced[name])
            return forced[name]
        weights = [0 if (name, v) in without else weight for v, weight in variants.items()]
        return self.rng(name).choices(list(variants), weights)[0]

    def rng(self, name: str) -> random.Random:
        """Chance for one purpose, the same whatever the other features are."""
        return random.Random(f"{self.seed}/{name}")

    def __getitem__(self, name: str) -> str:
        return self._chosen[name]

    @property
    def told(self) -> str:
        """The features that are not plain, for a reviewer."""
        unusual = (n for n, variant in self._chosen.items() if variant != next(iter(FEATURES[n])))
        return ", ".join(f"{name}={self._chosen[name]}" for name in unusual)
