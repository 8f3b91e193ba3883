"""The result of a check as the page shows it: the files, what was read of them, the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.amounts import COMMON_UNIT, convert, plain
from perfgoals_xl.form.text import fold
from perfgoals_xl.joining.settled_sources import join_sources
from perfgoals_xl.page.worker.dropped_work import DroppedWork
from perfgoals_xl.reading.account_lines import account_lines, is_sheet
from perfgoals_xl.reading.load import no_form
from perfgoals_xl.review.catalogue import RULES, Severity
from perfgoals_xl.review.findings import Finding, Review
from perfgoals_xl.review.grouping import grouped
from perfgoals_xl.review.report import text_of
from perfgoals_xl.review.rule_manual import FAMILY_NAMES


def result(
    work: DroppedWork, review: Review, notes: Sequence[str], actions: Sequence[str]
) -> dict[str, Any]:
    """The result of a review of ``work``; ``notes`` were told, ``actions`` are possible now."""
    language = work.options.language
    read = {declaration.file: declaration for declaration in work.read}
    remarks = join_sources(work.read).remarks
    left_out = {one.file: told for one, told in zip(work.read, remarks, strict=True)}
    return {
        "departments": departments(work.read),
        "sources": [
            _source(name, read.get(name), work, review) | {"left_out": left_out.get(name) or None}
            for name in work.order
        ],
        "review": review.to_json(),
        "groups": _groups(review.findings),
        "rules": {
            code: {
                "title": RULES[code].titles.say(language),
                "explanation": RULES[code].explained.say(language),
                "family": FAMILY_NAMES[code[0]].say(language),
            }
            for code in sorted({finding.rule for finding in review.findings})
        },
        "notes": list(notes),
        "actions": list(actions),
        "report": text_of(review, language),
    }


def departments(declarations: Sequence[Declaration]) -> int:
    """Of how many departments the files are, as far as they name one."""
    return len({fold(one.department) for one in declarations if one.department}) or min(
        1, len(declarations)
    )


def _groups(findings: Sequence[Finding]) -> list[list[int]]:
    """The findings that are told together, as their places in the list; those alone as well."""
    numbers = {id(finding): number for number, finding in enumerate(findings)}
    return [
        [numbers[id(one)] for one in ([item] if isinstance(item, Finding) else item.findings)]
        for item in grouped(findings)
    ]


def _source(
    name: str, read: Declaration | None, work: DroppedWork, review: Review
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": name,
        "department": None,
        "department_code": None,
        "year": None,
        "edition": None,
        "fault": work.faults.get(name),
        "forms": {"projects": 0, "evaluations": 0, "monitorings": 0, "department_forms": 0},
        "amount": None,
        "indicators": 0,
        "projects": [],
        "account": [],
        "notes": [],
    }
    if read is None:
        return told
    if read.is_empty:
        told["fault"] = told["fault"] or _without_file(read)
    return told | {
        "department": read.department,
        "department_code": read.department_code,
        "year": read.year,
        "edition": read.edition,
        "forms": {
            "projects": len(read.projects),
            "evaluations": len(read.evaluated.evaluations),
            "monitorings": len(read.evaluated.monitorings),
            "department_forms": len(read.department_forms) or int(len(read.department_goals) > 0),
        },
        "amount": _total(read),
        "indicators": len(read.indicators),
        "projects": list(_projects(read, review)),
        "account": [
            {
                "sheet": line.sheet if is_sheet(read.file) else None,
                "where": line.where,
                "value": line.value,
                "text": line.text,
                "kind": str(line.kind),
            }
            for line in account_lines(read)
        ],
        "notes": [_hidden(read, hidden.told) for hidden in read.hidden_forms],
    }


def _without_file(read: Declaration) -> str:
    error = no_form(read)
    error.file = None
    return str(error)


def _hidden(read: Declaration, told: str) -> str:
    return f"{told}，{'已按要求计入' if read.hidden_counted else '没有计入'}。"


def _projects(read: Declaration, review: Review) -> Iterator[dict[str, Any]]:
    mine = [finding for finding in review.findings if finding.file == read.file]
    lines = Counter(row["project"] for row in read.indicators.records())
    records = read.projects.records()
    named = Counter(row["project_name"] for row in records)
    for number, row in enumerate(records):
        place = read.projects.place(number, "project_name")
        sheets = {part.sheet for part in read.origin(number).parts} | {row["sheet"]}
        # Two projects of one name are told apart by their sheets.
        alone = named[row["project_name"]] == 1
        own = Counter(
            finding.severity
            for finding in mine
            if finding.project is not None
            and finding.project == row["project_name"]
            and (alone or finding.sheet in sheets)
        )
        yield {
            "sheet": row["sheet"] if is_sheet(read.file) else None,
            "project_name": row["project_name"],
            "annual_amount": _amount(row["annual_amount"]),
            "unit": row["amount_unit"],
            "indicators": lines[number],
            "cell": place.cell if place is not None else None,
            "findings": {severity.value: own[severity] for severity in Severity},
        }


def _amount(value: Any) -> str | None:
    if value is None:
        return None
    return plain(value) if isinstance(value, Decimal) else str(value)


def _total(read: Declaration) -> str | None:
    """The amounts of the year together, with their unit; None where there is none to add up."""
    amounts = [
        (row["annual_amount"], row["amount_unit"] or read.amount_unit)
        for row in read.projects.records()
        if isinstance(row["annual_amount"], Decimal) and row["annual_amount"].is_finite()
    ]
    if not amounts:
        return None
    units = {unit for _, unit in amounts}
    unit = units.pop() if len(units) == 1 else COMMON_UNIT
    total = sum((convert(amount, own, unit) for amount, own in amounts), Decimal(0))
    return f"{plain(total)} {unit}"
