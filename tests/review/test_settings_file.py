"""``perfgoals.toml`` beside a workbook holds for all of a department's workbooks."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.errors import InputError
from tests.support.steps import filled, found

FAULTS = {"annual_amount": 281, "total_amount": 281, "质量1": None}
TOLD = ["F02 error E7", "S02 error D16", "C03 warning D18"]


def with_file(tmp_path, text, changes=FAULTS):
    path = filled(tmp_path, changes)
    (path.parent / "perfgoals.toml").write_text(text, encoding="utf-8")
    return path


def test_without_the_file_nothing_changes(tmp_path):
    assert found(filled(tmp_path, FAULTS)) == TOLD


def test_a_rule_is_switched_off_or_weighed_otherwise(tmp_path):
    path = with_file(tmp_path, '[rules.F02]\nenabled = false\n[rules.C03]\nseverity = "提示"\n')
    assert found(path) == ["S02 error D16", "C03 info D18"]


def test_the_sheet_of_the_workbook_wins(tmp_path):
    changes = FAULTS | {"规则 C03 级别": "错误"}
    path = with_file(tmp_path, '[rules.C03]\nseverity = "info"\n', changes)
    assert found(path) == [*TOLD[:2], "C03 error D18"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("[rules.F02]\nenabled = 1\n", 2, "enabled"),
        ('[rules.F02]\nseverity = "红"\n', 2, "severity"),
        ("\n[rules.F99]\nenabled = true\n", 2, "F99"),
        ("[rules.F02]\nthreshold = 3\n", 2, "阈值"),
        ("[rules.M01]\nthreshold = 'x'\n", 2, "threshold"),
        ("[rules.F02]\nlevel = 3\n", 2, "F02"),
        ("year = 2026\n", 1, "year"),
        ("rules = 3\n", 1, "rules"),
        ("[rules]\nF02 = 3\n", 2, "F02"),
    ],
)
def test_a_mistake_names_the_line(tmp_path, text, line, what):
    with pytest.raises(InputError) as told:
        validate(with_file(tmp_path, text))
    assert "perfgoals.toml" in str(told.value)
    assert f"第 {line} 行" in str(told.value)
    assert what in str(told.value)


def test_a_file_that_is_no_toml(tmp_path):
    with pytest.raises(InputError, match=r"perfgoals\.toml.*line 1"):
        validate(with_file(tmp_path, "规则 = = 3"))
