"""The catalogue as people and programs read it: text, JSON, Markdown."""

from __future__ import annotations

import json

from perfgoals_xl.review.catalogue import RULES, RULES_VERSION


def as_text() -> str:
    """One line per rule: code, severity, title."""
    return "".join(f"{r.code}  {r.severity.label}  {r.title}\n" for r in RULES.values())


def as_json() -> str:
    """The whole catalogue as one JSON document."""
    rules = [
        {
            "code": rule.code,
            "title": rule.title,
            "severity": rule.severity.value,
            "threshold": rule.threshold,
            "explanation": rule.explanation,
            "suggestion": rule.suggestion,
        }
        for rule in RULES.values()
    ]
    document = {"format_version": 1, "rules_version": RULES_VERSION, "rules": rules}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_md() -> str:
    """The catalogue as a Markdown table."""
    lines = ["| 规则 | 级别 | 名称 | 说明 |", "|---|---|---|---|"]
    lines += [
        f"| {r.code} | {r.severity.label} | {r.title} | {r.explanation} |" for r in RULES.values()
    ]
    return "\n".join(lines) + "\n"
