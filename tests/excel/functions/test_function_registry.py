"""What Excel and the VBA wrappers are told of the worksheet functions."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from itertools import chain

import pytest

from perfgoals_xl.excel import udfs
from perfgoals_xl.excel.functions.function_registry import (
    FUNCTIONS,
    NOT_AVAILABLE,
    NUMBER_ERROR,
    VALUE_ERROR,
    Argument,
    WorksheetFunction,
    worksheet_function,
)
from perfgoals_xl.reading.sources.shown import shown

NAMES = [
    "PG_OPERATOR",
    "PG_NUMBER",
    "PG_UNIT",
    "PG_KIND",
    "PG_AMOUNT",
    "PG_CHECK",
    "PG_MEETS",
    "PG_SCORE",
    "PG_COST_GAP",
]
# The words that a staff member must not need to know.
FOREIGN = re.compile(r"[A-Za-z]{2,}")


def test_the_functions_and_their_arguments():
    assert list(FUNCTIONS) == NAMES
    signatures = {
        name: [f"[{a.name}]" if a.optional else a.name for a in entry.arguments]
        for name, entry in FUNCTIONS.items()
    }
    assert signatures == {
        "PG_OPERATOR": ["text"],
        "PG_NUMBER": ["text"],
        "PG_UNIT": ["text"],
        "PG_KIND": ["text"],
        "PG_AMOUNT": ["text", "[unit]"],
        "PG_CHECK": ["level2", "name", "value", "[year]"],
        "PG_MEETS": ["target", "actual"],
        "PG_SCORE": ["target", "actual", "weight", "[method]"],
        "PG_COST_GAP": ["cost_range", "annual_amount", "[unit]"],
    }
    assert (VALUE_ERROR, NOT_AVAILABLE, NUMBER_ERROR) == ("#VALUE!", "#N/A", "#NUM!")


@pytest.mark.parametrize("name", NAMES)
def test_descriptions_are_in_chinese_and_short_enough_for_excel(name):
    entry = FUNCTIONS[name]
    assert entry.name == name
    assert getattr(udfs, name).__doc__
    for text in (entry.description, *(a.description for a in entry.arguments)):
        assert 0 < len(text) <= 255
        assert text.endswith("。")
        assert set(FOREIGN.findall(text)) <= {"TRUE", "FALSE", "VALUE"}


@pytest.mark.parametrize("name", NAMES)
def test_an_example_gives_what_the_manual_says(name):
    entry = FUNCTIONS[name]
    called, arguments = _formula(entry.example)
    assert called == name
    assert len(arguments) <= len(entry.arguments)
    assert shown(getattr(udfs, name)(*arguments), "") == entry.example_result


def test_optional_arguments_stand_last():
    for entry in FUNCTIONS.values():
        flags = [argument.optional for argument in entry.arguments]
        assert flags == sorted(flags)


@pytest.mark.parametrize(
    "wrong",
    [
        {"description": "长" * 256, "text": "文字。"},
        {"description": "", "text": "文字。"},
        {"description": "说明。", "text": "长" * 256},
        {"description": "说明。"},
        {"description": "说明。", "text": "文字。", "unit": "单位。"},
        {"description": "说明。", "other": "文字。"},
    ],
)
def test_a_wrong_description_is_refused(wrong):
    before = dict(FUNCTIONS)

    def PG_WRONG(text):
        return text

    with pytest.raises(ValueError, match="PG_WRONG"):
        worksheet_function(example="=PG_WRONG(1)", example_result="1", **wrong)(PG_WRONG)
    assert before == FUNCTIONS


def test_names_are_ascii():
    def PG_金额(text):
        return text

    register = worksheet_function(
        description="说明。", example="", example_result="", text="文字。"
    )
    with pytest.raises(ValueError, match="ASCII"):
        register(PG_金额)


def test_a_function_is_registered_as_it_is(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")

    def PG_TWICE(number, times=2):
        return number * times

    try:
        registered = worksheet_function(
            description="返回倍数。",
            example="=PG_TWICE(2)",
            example_result="4",
            number="数。",
            times="倍。",
        )(PG_TWICE)
        assert registered is PG_TWICE
        assert FUNCTIONS["PG_TWICE"] == WorksheetFunction(
            "PG_TWICE",
            "返回倍数。",
            (Argument("number", "数。"), Argument("times", "倍。", optional=True)),
            "=PG_TWICE(2)",
            "4",
        )
    finally:
        FUNCTIONS.pop("PG_TWICE", None)


def test_importing_the_functions_is_cheap():
    """Excel imports them when it starts: neither the libraries of tables nor the rules."""
    code = "import json, sys, perfgoals_xl.excel.udfs; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert "perfgoals_xl.excel.udfs" in loaded
    heavy = {"pandas", "numpy", "pandera", "xlwings", "openpyxl", "xlsxwriter", "rich", "typer"}
    assert not loaded & (heavy | {"perfgoals_xl.review.findings", "perfgoals_xl.declaration"})


def test_checking_an_indicator_needs_no_pandas():
    code = (
        "import sys; from perfgoals_xl.excel.udfs import *\n"
        "assert PG_CHECK('质量', '验收合格率', '≥120%').startswith('V08')\n"
        "assert PG_COST_GAP([['20万元']], 20) == 0 and PG_KIND('95%')\n"
        "assert not {'pandas', 'numpy', 'pandera', 'xlwings'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def _formula(formula):
    """The name and the arguments of a formula such as ``=PG_AMOUNT({"1";2},"元")``."""
    found = re.fullmatch(r"=(\w+)\((.*)\)", formula)
    tokens = re.split(r'("[^"]*")', found[2])
    # An array constant: commas between columns, semicolons between rows.
    python = "".join(
        chain.from_iterable(
            token
            if token.startswith('"')
            else token.replace("{", "[[").replace("}", "]]").replace(";", "],[")
            for token in tokens
        )
    )
    return found[1], ast.literal_eval(f"({python},)")
