"""The catalogue: both languages say the same things, and what is made from it is current."""

from __future__ import annotations

import re
import string

import pytest

from perfgoals_xl.api import load
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.review.catalogue.examples import EXAMPLES
from perfgoals_xl.review.rule_manual import PATH, manual
from perfgoals_xl.review.run import review
from tests.support.steps import filled

_CODES = """
K01 K02 K03 K04 H01 H02 H03 H04 H05 H06 H07 H08 F01 F02 F03 F04 F05 F06 F07 G01 G02 G03 G04 G05 G06
S01 S02 S03 S04 S05 S06 S07 V01 V02 V03 V04 V05 V06 V07 V08 V09 V10 V11 V12 V13 V14 V15 V16
T01 T02 T03 T04 T05 T06 T07 M01 M02 M03 C01 C02 C03 C04 C05 C06 C07 N01 N02 P01 P02 P03 P04 P05 D01
D02 D03 D04 Z01 Z02 Z03 Z04 Z05 Z06 Z07 Z08 Z09 Z10 Z11 Z12 Z13 Z14 Z15 Z16 Z17 Z18 Z19 Z20 Z21 Z22
Z23 Z24 Z25 Z26 Z27 Z28 Z29 Z30
"""


def names_in(template):
    """The names in braces; {unit_en} is {unit} said in English."""
    found = (name for _, name, _, _ in string.Formatter().parse(template) if name)
    return {name.removesuffix("_en") for name in found}


def test_every_rule_is_there():
    assert set(RULES) == set(_CODES.split())


def test_the_manual_is_current():
    assert PATH.read_text(encoding="utf-8") == manual(), "run python -m ...review.rule_manual"


def test_every_rule_has_an_example():
    assert EXAMPLES.keys() == RULES.keys()
    for code, example in EXAMPLES.items():
        assert example.wrong != example.right, code


@pytest.mark.parametrize("code", sorted(RULES))
def test_both_languages_use_the_same_figures(code):
    rule = RULES[code]
    for variant, text in rule.messages.items():
        zh, en = names_in(text.zh), names_in(text.en)
        # Chinese says 多 10 万元 where English says a figure.
        assert zh - en <= {"difference"}, (code, variant)
        assert en - zh <= {"gap"}, (code, variant)
    assert names_in(rule.suggested.en) <= names_in(rule.suggested.zh)
    assert rule.titles.en
    assert rule.explained.en
    assert re.search(r"[a-z]{3}", rule.titles.en)


def test_messages_in_english(tmp_path):
    path = filled(tmp_path, {"质量1": None})
    found = review(load(path), language="en").findings
    assert [finding.message for finding in found] == [
        "Indicator “指标1：补播出苗率” has no target value"
    ]
