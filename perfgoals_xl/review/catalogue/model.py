"""What a rule is: its code, its severity, and its words in Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from perfgoals_xl.form.own_sheets import SEVERITY_LABELS


class Severity(StrEnum):
    """How grave a finding is: an error keeps the summary from being called ready."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The word that staff read."""
        return _LABELS[self]


_LABELS = {severity: SEVERITY_LABELS[severity.value] for severity in Severity}
SEVERITY_OF_LABEL = {label: severity for severity, label in _LABELS.items()}
E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741


class Text(NamedTuple):
    """One text in both languages; Chinese is what staff see by default."""

    zh: str
    en: str

    def say(self, language: str) -> str:
        """The text in ``zh`` or ``en``."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True)
class Rule:
    """One rule.

    ``severity`` is the gravest the rule gives by default; a check may give a lesser one.
    ``explained`` says in a sentence or two what the rule looks at. ``messages`` holds one template
    per variant of the fault, "" the usual one; the check supplies the names in braces.
    ``suggested`` is what to do, ``suggestions`` for the variants that ask for something else.
    ``threshold`` is None for most rules; where there is one, staff can change it.
    """

    code: str
    severity: Severity
    titles: Text
    explained: Text
    messages: Mapping[str, Text]
    suggested: Text
    threshold: float | None = None
    suggestions: Mapping[str, Text] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title in Chinese."""
        return self.titles.zh

    @property
    def explanation(self) -> str:
        """The explanation in Chinese."""
        return self.explained.zh

    @property
    def suggestion(self) -> str:
        """The template of the suggestion in Chinese."""
        return self.suggested.zh


def rule(
    code: str,
    severity: Severity,
    title: tuple[str, str],
    explanation: tuple[str, str],
    message: tuple[str, str] | Mapping[str, tuple[str, str]],
    suggestion: tuple[str, str] | Mapping[str, tuple[str, str]],
    threshold: float | None = None,
) -> Rule:
    """A rule from pairs of Chinese and English.

    ``message`` and ``suggestion`` may be one pair, or one for each variant that differs from "".
    """
    variants = message if isinstance(message, Mapping) else {"": message}
    advice = suggestion if isinstance(suggestion, Mapping) else {"": suggestion}
    return Rule(
        code,
        severity,
        Text(*title),
        Text(*explanation),
        {variant: Text(*pair) for variant, pair in variants.items()},
        Text(*advice[""]),
        threshold,
        {variant: Text(*pair) for variant, pair in advice.items() if variant},
    )
