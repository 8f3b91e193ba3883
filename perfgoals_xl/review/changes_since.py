"""What changed since the last validation: what was solved, what is new, what still stands.

A finding is the same as long as it is of the same rule about the same thing, wherever that stands
by now: rows were inserted, a project or a sheet got another name, the figures in the message
changed. What was there before is what the sheet 校验结果 lists.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import replace

from perfgoals_xl.declaration import Declaration, Reason
from perfgoals_xl.form.text import shortened
from perfgoals_xl.review.findings import Finding, Review, Since
from perfgoals_xl.review.reasons import Listed, about


def compared(
    found: Review, declaration: Declaration, listed: Sequence[Reason] | None = None
) -> Review:
    """The review, knowing what changed since the last one of this declaration.

    What that one found is what the workbook lists, or ``listed`` where another one lists it.
    """
    listed = declaration.listed if listed is None else listed
    if listed is None:
        return found
    names = {str(name) for name in declaration.projects.values["project_name"] if name}
    return replace(
        found,
        since=compare(listed, found.findings, sheets=declaration.sheet_order, projects=names),
    )


def compare(
    listed: Sequence[Reason],
    findings: Sequence[Finding],
    *,
    sheets: Collection[str] = (),
    projects: Collection[str] = (),
) -> Since:
    """What changed between the ``listed`` findings and those of now.

    ``sheets`` and ``projects`` are the names that the workbook has now: where a listed one has gone
    altogether, its findings are sought under the names that are new.
    """
    missing = frozenset[str]().union(*(line.missing for line in listed))
    pairs = same_findings(listed, findings, sheets=sheets, projects=projects, missing=missing)
    standing = set(pairs.values())
    return Since(
        tuple(line for number, line in enumerate(listed) if number not in pairs),
        tuple(finding for at, finding in enumerate(findings) if at not in standing),
        tuple(finding for at, finding in enumerate(findings) if at in standing),
    )


def same_findings(
    listed: Sequence[Listed],
    findings: Sequence[Listed],
    *,
    sheets: Collection[str] = (),
    projects: Collection[str] = (),
    missing: frozenset[str] = frozenset(),
) -> dict[int, int]:
    """Which of ``findings`` each of the ``listed`` is by now, both by their numbers.

    ``sheets`` and ``projects`` are the names that there are now, ``missing`` what the list does not
    say of any of its lines.
    """
    old, new = dict(enumerate(listed)), dict(enumerate(findings))
    pairs: dict[int, int] = {}
    for key in _notions(missing):
        _match(old, new, pairs, key, key)
    known_sheets = {line.sheet or "" for line in listed}
    known_projects = {line.project or "" for line in listed}
    _match(
        old,
        new,
        pairs,
        lambda o: _anywhere(o, sheets, projects, missing),
        lambda n: _anywhere(n, known_sheets, known_projects, missing),
    )
    return pairs


_Key = Callable[[Listed], Hashable]


def _match(
    old: dict[int, Listed],
    new: dict[int, Listed],
    pairs: dict[int, int],
    of_old: _Key,
    of_new: _Key,
) -> None:
    """Take out of both what has the same key, one against one, in their order."""
    waiting: dict[Hashable, list[int]] = {}
    for at, finding in new.items():
        key = of_new(finding)
        if key is not None:
            waiting.setdefault(key, []).append(at)
    for number, line in list(old.items()):
        key = of_old(line)
        found = waiting.get(key) if key is not None else None
        if found:
            at = found.pop(0)
            pairs[number] = at
            del old[number], new[at]


def _notions(missing: frozenset[str]) -> list[_Key]:
    """Keys from the narrowest notion of the same finding to the widest."""
    # A column that the list lacks is known of neither side.
    rule, sheet, project, indicator, message = (
        _reader(name, missing) for name in ("rule", "sheet", "project", "indicator", "message")
    )

    def gist(item: Listed) -> str:
        return about(indicator(item), message(item))

    # The cell that a finding had says little where rows have come and gone, so it decides only
    # between equal ones, and at the end, where the indicator itself was renamed.
    return [
        lambda i: (rule(i), sheet(i), project(i), indicator(i), message(i), i.cell or ""),
        lambda i: (rule(i), sheet(i), project(i), indicator(i), message(i)),
        lambda i: (rule(i), project(i), indicator(i), message(i)),
        lambda i: (rule(i), sheet(i), indicator(i), message(i)),
        lambda i: (rule(i), sheet(i), project(i), gist(i)),
        lambda i: (rule(i), project(i), gist(i)),
        lambda i: (rule(i), sheet(i), gist(i)),
        lambda i: (rule(i), sheet(i), i.cell) if i.cell and rule(i) else None,
    ]


def _reader(name: str, missing: frozenset[str]) -> Callable[[Listed], str]:
    if name in missing:
        return lambda item: ""
    if name == "indicator":
        # As the list shows it.
        return lambda item: shortened(item.indicator or "")
    return lambda item: getattr(item, name) or ""


def _anywhere(
    item: Listed, sheets: Collection[str], projects: Collection[str], missing: frozenset[str]
) -> Hashable:
    """What an item is about, where neither its sheet nor its project is among those names."""
    if missing or not item.sheet or item.sheet in sheets or (item.project or "") in projects:
        return None
    return item.rule, about(shortened(item.indicator or ""), item.message)
