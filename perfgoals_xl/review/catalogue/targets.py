"""Rules of this family."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import Rule

RULES: tuple[Rule, ...] = ()
