"""The catalogue as people and programs read it: text, JSON, Markdown; in Chinese or English."""

from __future__ import annotations

import json

from perfgoals_xl.review.catalogue import RULES, RULES_VERSION, Rule, Severity, Text

_HEADS = Text(
    "| 规则 | 级别 | 阈值 | 名称 | 说明 |\n|---|---|---|---|---|",
    "| rule | severity | threshold | title | explanation |\n|---|---|---|---|---|",
)


def as_text(language: str = "zh") -> str:
    """One line per rule: code, severity, title."""
    return "".join(
        f"{rule.code}  {_word(rule.severity, language)}  {rule.titles.say(language)}\n"
        for rule in RULES.values()
    )


def as_json(language: str = "zh") -> str:
    """The whole catalogue as one JSON document."""
    rules = [
        {
            "code": rule.code,
            "title": rule.titles.say(language),
            "severity": rule.severity.value,
            "threshold": rule.threshold,
            "explanation": rule.explained.say(language),
            "suggestion": rule.suggested.say(language),
        }
        for rule in RULES.values()
    ]
    document = {"format_version": 1, "rules_version": RULES_VERSION, "rules": rules}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_md(language: str = "zh") -> str:
    """The catalogue as a Markdown table."""
    lines = [_HEADS.say(language), *(_row(rule, language) for rule in RULES.values())]
    return "\n".join(lines) + "\n"


def _row(rule: Rule, language: str) -> str:
    threshold = "" if rule.threshold is None else f"{rule.threshold:g}"
    cells = (
        rule.code,
        _word(rule.severity, language),
        threshold,
        rule.titles.say(language),
        rule.explained.say(language),
    )
    return f"| {' | '.join(cells)} |"


def _word(severity: Severity, language: str) -> str:
    return severity.value if language == "en" else severity.label
