from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perfgoals_xl.form.level_runs import Run, level1_runs, level2_runs
from perfgoals_xl.workbooks.kit.level_rows import split_height
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of, lines_of


def test_lines() -> None:
    assert lines_of(None, 10) == lines_of("", 10) == lines_of("短", 10) == 1
    assert lines_of("字" * 100, 34) >= 6
    assert lines_of("一\n二\n三", 34) == 3
    assert lines_of("a" * 40, 34) < lines_of("字" * 40, 34)


@given(st.text(max_size=200), st.floats(1, 100))
def test_a_wider_column_is_never_higher(text: str, width: float) -> None:
    assert height_of(text, width + 5) <= height_of(text, width)


@given(st.floats(1, 20_000))
def test_no_row_is_higher_than_excel_allows(height: float) -> None:
    parts = split_height(height)
    assert abs(sum(parts) - height) < 0.01
    assert max(parts) <= MAX_HEIGHT


def test_runs_end_where_the_first_level_changes() -> None:
    levels = [("甲", "子"), ("甲", "子"), ("乙", "子"), (None, None), (None, None), ("甲", "子")]
    assert level1_runs(levels) == [
        Run(0, 1, "甲"), Run(2, 2, "乙"), Run(3, 3, None), Run(4, 4, None), Run(5, 5, "甲"),
    ]  # fmt: skip
    assert [run.top for run in level2_runs(levels)] == [0, 2, 3, 4, 5]
