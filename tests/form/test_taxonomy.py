from __future__ import annotations

import pytest

from perfgoals_xl.form.taxonomy import (
    EDITIONS,
    LevelTerm,
    detect_edition,
    group_key,
    level1_of,
    level2_of,
    misspelt_level,
    read_level,
)


@pytest.mark.parametrize(
    ("text", "key1", "key2"),
    [
        ("产出指标", "产出", None),
        ("01-产出指标", "产出", None),
        ("（一）产出指标", "产出", None),
        ("1产出", "产出", None),
        ("效果", "效益", None),
        ("成本指标", "成本", "成本"),
        ("质量指标（必填）", None, "质量"),
        ("*数量指标：", None, "数量"),
        ("时效性", None, "时效"),
        ("社会公众满意度指标", None, "服务对象满意度"),
        ("环境成本指标", None, "生态环境成本"),
    ],
)
def test_a_term_is_read_however_it_is_spelled(text, key1, key2):
    assert read_level(text) == LevelTerm(key1, key2)


@pytest.mark.parametrize("text", ["", " ", "其他", "指标", "产出指标的说明", "01"])
def test_what_is_no_term(text):
    assert read_level(text) is None
    assert group_key(text) is None


def test_a_long_text_is_no_term():
    assert read_level("成本" + "*" * 28) == LevelTerm("成本", "成本")
    assert read_level("成本" + "*" * 29) is None


def test_an_edition_spells_its_own_groups():
    for name, edition in EDITIONS.items():
        for level1, level2 in edition.groups:
            assert level2_of(group_key(level2), name) == (level1, level2)
            assert level1_of(read_level(level1).key1) == level1
            assert edition.parents[level2] == level1


def test_a_group_of_the_other_edition():
    assert level2_of("可持续影响", "2021") == ("效益指标", "可持续影响")
    assert level2_of("经济成本", "2015") == (None, "经济成本指标")
    with pytest.raises(KeyError):
        level2_of("其他", "2015")


@pytest.mark.parametrize(
    ("texts", "edition"),
    [
        ([], "2015"),
        (["产出指标", "数量指标", "成本指标"], "2015"),
        (["成本指标", "产出指标"], "2021"),
        (["成本指标", "可持续影响"], "2015"),
        (["产出指标", "生态环境成本指标", "可持续影响"], "2021"),
        (["一级指标", "成本指标", "产出指标"], "2021"),
    ],
)
def test_the_edition_of_a_form(texts, edition):
    assert detect_edition(texts) == edition


@pytest.mark.parametrize(
    ("text", "key1", "key2"),
    [
        ("项目成效", "效益", None),
        ("成效指标", "效益", None),
        ("社会成效", None, "社会效益"),
        ("经济成效指标", None, "经济效益"),
        ("生态成效", None, "生态效益"),
    ],
)
def test_an_achievement_is_a_benefit_and_no_cost(text, key1, key2):
    assert read_level(text) == LevelTerm(key1, key2)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("社会效溢", "社会效益"),
        ("经剂效益指标", "经济效益"),
        ("生太效益", "生态效益"),
        ("可持读影响", "可持续影响"),
        ("服务对像满意度指标", "服务对象满意度"),
        ("项目产岀", "项目产出"),
        ("质理指标", "质量"),
        ("产出效率", None),
        ("产出效果", None),
        ("项目产值", None),
        ("项目收益", None),
        ("经营成本", None),
        ("生产成本", None),
        ("生产效益", None),
        ("环保成本", None),
    ],
)
def test_only_what_is_typed_for_a_character_is_a_mistake(text, meant):
    assert misspelt_level(text) == meant
