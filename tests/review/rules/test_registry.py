"""Every check is registered once, under a code that the catalogue has, and needs no pandas."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

from perfgoals_xl.form.fields import Table
from perfgoals_xl.review import rules
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.review.row_rules import department_goal_rule, indicator_rule, project_rule
from perfgoals_xl.review.rules import registry
from perfgoals_xl.review.rules.registry import (
    ACROSS_RULES,
    CHECKED,
    OF_ANY_GOAL,
    OF_ANY_INDICATOR,
    ROW_RULES,
    by_table,
)


def silent(row):
    return None


def test_every_rule_of_the_catalogue_has_a_check_and_the_other_way_round():
    assert RULES.keys() == CHECKED


def test_every_family_is_in_the_registry():
    registered = {id(check) for by_code in ROW_RULES.values() for check in by_code.values()}
    registered |= {id(rule) for rule in ACROSS_RULES}
    found = 0
    for info in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}."):
        for check in getattr(import_module(info.name), "CHECKS", ()):
            assert id(check) in registered, (info.name, check)
            found += 1
    # Those that the department's own indicators and its goal are asked as well.
    own = len(OF_ANY_INDICATOR) + len(OF_ANY_GOAL)
    assert found + own == len(registered) > 60


def test_two_rules_of_one_code_in_one_table_are_an_error():
    with pytest.raises(ValueError, match="H07 for the table indicators"):
        by_table([indicator_rule("H07", silent), indicator_rule("H07", silent, silent)])
    with pytest.raises(ValueError, match="S02"):
        by_table([indicator_rule("S02", silent), indicator_rule("S02", silent, says_blank=True)])


def test_one_code_may_stand_in_several_tables():
    made = [make("H07", silent) for make in (indicator_rule, project_rule, department_goal_rule)]
    assert by_table(made) == {rule.table: {"H07": rule} for rule in made}
    assert by_table([]) == {table: {} for table in Table}


def test_what_calls_a_cell_blank_is_asked_first():
    first = project_rule("H02", silent, says_blank=True)
    made = by_table([project_rule("H05", silent), project_rule("H04", silent), first])
    assert list(made[Table.PROJECTS]) == ["H02", "H05", "H04"]
    for by_code in ROW_RULES.values():
        says_blank = [rule.says_blank for rule in by_code.values()]
        assert says_blank == sorted(says_blank, reverse=True)


def test_the_registry_needs_neither_pandas_nor_pandera():
    program = (
        f"import sys, {registry.__name__}; "
        "print(sorted({'pandas', 'pandera', 'numpy'} & sys.modules.keys()))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
