"""Reasons (说明) that are typed on the page: for one finding, or for all of a rule.

They are kept beside the review as it was made, so that one can be typed anew or taken back, and go
into everything that is made of the files afterwards. What is no reason in a workbook is none here.
"""

from __future__ import annotations

import json
import pickle
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from perfgoals_xl.errors import InputError
from perfgoals_xl.page.answers import Refusal
from perfgoals_xl.page.dropped_files import FileSet
from perfgoals_xl.review.findings import Finding, Review
from perfgoals_xl.review.given_reasons import GivenReason, confirmed
from perfgoals_xl.review.report import text_of

RESULT = "result.json"
REVIEW = "review.pickle"
_TRIES, _BETWEEN = 20, 0.05
_NUMBERS = re.compile(r"[0-9.]+")
_NONE_SUCH = "没有这个问题，请重新校验。"


@dataclass(frozen=True)
class TypedReason(GivenReason):
    """A reason that was typed for one finding, or for all of a rule that have none."""

    finding: Finding | None = None

    @property
    def named(self) -> str:
        """What the reason is for, as people are told."""
        return f"{self.target} 的说明"

    def is_for(self, finding: Finding) -> bool:
        """Whether a finding is one of those, whatever reason it has by now."""
        if self.finding is None:
            return finding.rule == self.rule
        return replace(finding, waiver=self.finding.waiver) == self.finding


def take(of: FileSet, given: Any) -> Mapping[str, Any]:
    """Takes what was typed, and gives the review with it and what is to be told.

    An empty text takes a reason back. Raises :class:`Refusal` for what cannot be one; then all
    stays as it was.
    """
    path = of.folder / REVIEW
    if not path.is_file():
        raise Refusal(404, "还没有校验。")
    # Written by our own worker, in a folder that nobody else can write to.
    made: Review = pickle.loads(path.read_bytes())
    kept = _kept([*of.reasons], _asked(given, made.findings))
    try:
        review, told = confirmed(made, typed(kept, made.findings))
    except InputError as error:
        raise Refusal(422, str(error)) from error
    of.reasons = kept
    _remember(of.remembered, made.findings, review.findings)
    document = review.to_json()
    _put(of.folder / RESULT, document, review, str((of.checked or {}).get("language", "zh")))
    return {"review": document, "told": told}


def typed(kept: Iterable[Mapping[str, Any]], findings: Sequence[Finding]) -> list[TypedReason]:
    """What was typed, as reasons: those for one finding first, which those for rules leave."""
    single, all_of_rule = [], []
    for one in kept:
        number, text = one.get("finding"), one["text"]
        if number is None:
            all_of_rule.append(TypedReason(one["rule"], text, rule=one["rule"]))
        elif number < len(findings):
            finding = findings[number]
            place = " ".join(filter(None, (finding.sheet, finding.cell))) or finding.file
            single.append(TypedReason(f"{finding.rule} {place}", text, finding=finding))
    return [*single, *all_of_rule]


def _asked(given: Any, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """What a request asks for. Raises :class:`Refusal` for what it cannot."""
    if not isinstance(given, list):
        raise Refusal(400, "没有写明说明。")
    asked: list[dict[str, Any]] = []
    for one in given:
        text = one.get("text") if isinstance(one, dict) else None
        if not isinstance(text, str):
            raise Refusal(400, "没有写明说明。")
        number, rule = one.get("finding"), one.get("rule")
        if type(number) is int and 0 <= number < len(findings):
            asked.append({"finding": number, "text": text.strip()})
        elif isinstance(rule, str) and any(found.rule == rule for found in findings):
            asked.append({"rule": rule, "text": text.strip()})
        else:
            raise Refusal(404, _NONE_SUCH)
    return asked


def _kept(
    before: Iterable[Mapping[str, Any]], asked: Iterable[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """What stands now: of each finding and each rule the last text, unless that is empty."""
    stands: dict[tuple[Any, Any], Mapping[str, Any]] = {}
    for one in (*before, *asked):
        key = one.get("finding"), one.get("rule")
        stands.pop(key, None)
        if one["text"]:
            stands[key] = one
    return list(stands.values())


def _remember(
    remembered: dict[tuple[str | None, ...], str],
    made: Sequence[Finding],
    answered: Sequence[Finding],
) -> None:
    """Keeps what was typed by what it answers, as the page does, and forgets what was taken back.

    What answers a finding that is not there now stays: it may come back with another file.
    """
    for finding in made:
        remembered.pop(_name(finding), None)
    for before, after in zip(made, answered, strict=True):
        if after.waiver and after.waiver != before.waiver:
            remembered[_name(after)] = after.waiver


def _name(of: Finding) -> tuple[str | None, ...]:
    """The same as ``nameOf`` of the page."""
    return of.rule, of.sheet, of.cell, of.project, of.indicator, _NUMBERS.sub("", of.message)


def _put(path: Path, document: Mapping[str, Any], review: Review, language: str) -> None:
    """Puts the review with its reasons into the result, for a page that is loaded anew."""
    result = json.loads(path.read_bytes())
    result["review"], result["report"] = document, text_of(review, language)
    write_json(path, result)


def write_json(path: Path, content: Any) -> None:
    """Writes a file of ours, whole: whoever reads it meanwhile has the one before."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    unfinished = path.with_suffix(".tmp")
    unfinished.write_bytes(text.encode("utf-8", "replace"))
    for _ in range(_TRIES):
        try:
            unfinished.replace(path)
            return
        except PermissionError:
            # On Windows, where somebody reads the one before at this moment.
            time.sleep(_BETWEEN)
    unfinished.replace(path)
