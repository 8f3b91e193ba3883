"""Which standard workbooks were made before the present template."""

from __future__ import annotations

import pytest

from perfgoals_xl.form import template_version
from perfgoals_xl.form.template_version import TEMPLATE_VERSION, is_older


@pytest.mark.parametrize(
    ("current", "version", "older"),
    [
        ("1", "0", True),
        ("1", "0.9", True),
        ("2", "1", True),
        ("2", "第 1 版", True),
        ("10", "9", True),
        ("1", "1", False),
        ("1", "1.0", False),
        ("1", "2", False),
        ("1.2", "1.10", False),
        ("1", "", False),
        ("1", "未知", False),
        ("1", None, False),
    ],
)
def test_versions_are_compared_as_numbers(monkeypatch, current, version, older):
    monkeypatch.setattr(template_version, "TEMPLATE_VERSION", current)
    assert is_older(version) is older


def test_the_present_template_is_not_old():
    assert not is_older(TEMPLATE_VERSION)
