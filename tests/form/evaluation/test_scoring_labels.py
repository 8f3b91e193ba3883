"""The sheet 评分设置 says what the settings are, and is read back as what it says."""

from dataclasses import replace
from decimal import Decimal

import pytest

from perfgoals_xl.form.evaluation.scoring import DEFAULT_SCORING, Equal, Reverse, scoring_of
from perfgoals_xl.form.evaluation.scoring_labels import scoring_of_labels, setting_lines

OTHER = scoring_of(
    {
        "reverse": "ratio",
        "equal": "all_or_nothing",
        "execution_points": 20,
        "levels": {"产出": 50, "效益": 30},
        "levels_with_cost": {"成本": 20, "产出": 40, "效益": 20},
        "bands": [[100, 80], [80, 50], [50, 0]],
        "grades": [95, 85, 70],
        "lights": [50, 70, 130],
        "far_over": 150,
        "execution_expected": 95,
        "step": 1,
        "places": 1,
    }
)


def labels(scoring):
    return {line.label: line.value for line in setting_lines(scoring)}


@pytest.mark.parametrize("scoring", [DEFAULT_SCORING, OTHER])
def test_what_is_written_is_read_back(scoring):
    assert scoring_of_labels(labels(scoring)) == scoring
    # As a workbook holds them: floats and texts.
    told = {k: float(v) if isinstance(v, Decimal) else v for k, v in labels(scoring).items()}
    assert scoring_of_labels(told) == scoring


def test_labels_and_names_are_each_others_alone():
    lines = setting_lines(DEFAULT_SCORING)
    assert len({line.label for line in lines}) == len({line.name for line in lines}) == len(lines)


def test_what_is_missing_is_as_by_default():
    assert scoring_of_labels({}) == DEFAULT_SCORING
    assert scoring_of_labels({"别的": 3, "反向指标未达标时": ""}) == DEFAULT_SCORING
    changed = scoring_of_labels({" 反向指标未达标时": "按比值", "定值指标未达标时": "全有或全无"})
    assert changed == replace(DEFAULT_SCORING, reverse=Reverse.RATIO, equal=Equal.ALL_OR_NOTHING)


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("反向指标未达标时", "随意", "随意"),
        ("定性第一档上限（%）", "很高", "不是数字"),
        ("定性第二档上限（%）", 90, "重叠"),
        ("预算执行率分值", 20, "应为 100"),
    ],
)
def test_what_is_wrong_is_told(label, value, said):
    with pytest.raises(ValueError, match=said):
        scoring_of_labels({label: value})
