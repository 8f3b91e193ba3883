"""The floors of the house: what may import what, how large a room is, where a rule's check is."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from perfgoals_xl.review.catalogue import FAMILIES, RULES
from perfgoals_xl.review.rules import registry

PACKAGE = Path(__file__).parents[1] / "perfgoals_xl"
# From the ground up. A module belongs to the longest name that it begins with; it may import what
# stands on its own floor or below.
FLOORS = (
    "_version errors garbage interrupts resources addresses",
    "form",
    "storage",
    "options usage",
    "data_table",
    "evaluated origins",
    "declaration",
    "contracts",
    "reading.grid",
    "reading.sources",
    "reading.recognition",
    "reading.own_sheets",
    "reading",
    "joining",
    "console",
    "review.catalogue",
    "review.findings review.row_rules review.long_texts review.paired_rows",
    "review.goals_as_indicators",
    "review.evidence",
    "review.collector",
    "review.rules",
    "review",
    "workbooks.kit workbooks.patching",
    "workbooks.findings",
    "workbooks.standard",
    "workbooks.summary",
    "workbooks",
    "comparison publication export evaluation platform_sheets",
    "bureau.report_marks bureau.rounds.since_round",
    "bureau.digest",
    "bureau.digest_parts bureau.dataset bureau.account bureau.report_account",
    "bureau.repeated_reports bureau.settling",
    "bureau.dask_cluster bureau.engines",
    "bureau.letters",
    "bureau.source_files",
    "bureau.book bureau.rounds",
    "bureau",
    "api",
    "actions",
    "excel.functions",
    "excel.setup.machine excel.setup.shell_link excel.setup.places excel.setup.diagnosis",
    "excel.setup.placing",
    "desktop",
    "excel.setup",
    "excel.session",
    "excel",
    "page",
    "demo process",
    "commands",
    "cli",
    "start",
    "__main__",
)
FLOOR_OF = {name: number for number, names in enumerate(FLOORS) for name in names.split()}
MOST_LINES, MOST_MODULES = 400, 21


@cache
def modules():
    """Every module of the package by its name without the package's, and its path."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name:  # the package's own __init__ offers what is deeper down, when it is asked for
            found[name] = path
    return found


def floor_of(name):
    while name not in FLOOR_OF:
        assert "." in name, f"{name} stands on no floor"
        name = name.rpartition(".")[0]
    return FLOOR_OF[name]


@cache
def imports(name):
    """The modules of the package that a module imports, at its head or when it runs."""
    found = set()
    for node in ast.walk(ast.parse(modules()[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("perfgoals_xl"):
            inside = node.module.removeprefix("perfgoals_xl").removeprefix(".")
            for alias in node.names:
                deeper = f"{inside}.{alias.name}".removeprefix(".")
                found.add(deeper if deeper in modules() else inside)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("perfgoals_xl."):
                    found.add(alias.name.removeprefix("perfgoals_xl."))
    return found - {""}


@pytest.mark.parametrize("name", modules())
def test_nothing_is_imported_from_above(name):
    assert [other for other in imports(name) if floor_of(other) > floor_of(name)] == []


def test_no_module_reaches_itself():
    reached = {}

    def walk(name, path):
        assert name not in path, " > ".join([*path[path.index(name) :], name])
        if name not in reached:
            reached[name] = True
            for other in sorted(imports(name)):
                walk(other, [*path, name])

    for name in modules():
        walk(name, [])


def test_every_floor_is_lived_on():
    lived = {
        name for name in FLOOR_OF if any(m == name or m.startswith(f"{name}.") for m in modules())
    }
    assert lived == set(FLOOR_OF)


@pytest.mark.parametrize("name", modules())
def test_rooms_are_small(name):
    lines = modules()[name].read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES


def test_no_room_is_a_hall():
    folders = Counter(path.parent for path in PACKAGE.rglob("*.py"))
    assert {f.name: n for f, n in folders.items() if n > MOST_MODULES} == {}


def test_a_module_name_says_which_module_is_meant():
    # A rule and its check share a name on purpose, every command is called command, and the
    # contract of a table is called like the rules about it.
    shared = {"command", "projects"} | {
        m.rpartition(".")[2] for m in modules() if ".catalogue." in m
    }
    names = Counter(p.stem for p in modules().values() if p.stem != "__init__")
    assert {n: c for n, c in names.items() if c > 1 and n not in shared} == {}


def own(module):
    return module.__name__.rpartition(".")[2]


def test_a_rule_and_its_check_live_under_one_name():
    entry = {rule.code: own(family) for family in FAMILIES for rule in family.RULES}
    checked = {
        code: own(family)
        for family in registry.FAMILIES
        for check in family.CHECKS
        for code in getattr(check, "codes", None) or (check.code,)
    }
    assert entry == checked
    assert entry.keys() == RULES.keys()
