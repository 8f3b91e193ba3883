from __future__ import annotations

from perfgoals_xl.form.level_runs import Run, level1_runs, level2_runs

LEVELS = [
    ("产出指标", "数量指标"),
    ("产出指标", "数量指标"),
    ("产出指标", "成本指标"),
    ("成本指标", "成本指标"),
    (None, "成本指标"),
    (None, None),
    ("效益指标", None),
]


def test_equal_terms_are_one_run_and_rows_without_one_stay_apart():
    assert level1_runs(LEVELS) == [
        Run(0, 2, "产出指标"),
        Run(3, 3, "成本指标"),
        Run(4, 4, None),
        Run(5, 5, None),
        Run(6, 6, "效益指标"),
    ]


def test_a_run_of_the_second_column_ends_with_that_of_the_first():
    assert level2_runs(LEVELS) == [
        Run(0, 1, "数量指标"),
        Run(2, 2, "成本指标"),
        Run(3, 3, "成本指标"),
        Run(4, 4, "成本指标"),
        Run(5, 5, None),
        Run(6, 6, None),
    ]


def test_no_rows():
    assert level1_runs([]) == level2_runs([]) == []
