from __future__ import annotations

import pytest

from perfgoals_xl.form.fields import (
    AMOUNT_FIELDS,
    FIELDS,
    Table,
    field,
    fields_of,
    label_key,
    label_of,
)


def test_the_amounts_are_the_funding_of_a_project():
    assert set(AMOUNT_FIELDS) == {
        "total_amount", "annual_amount", "local_total", "local_appropriation", "local_other",
        "local_carryover", "transfer_total", "transfer_central", "transfer_regional",
    }  # fmt: skip


def test_every_field_stands_in_one_table():
    assert [name.name for table in Table for name in fields_of(table)] == [f.name for f in FIELDS]
    assert [f.name for f in fields_of(Table.DEPARTMENT_GOALS)] == [
        "duty_goal", "policy_goal", "budget_goal",
    ]  # fmt: skip
    assert field("annual_goal").table is Table.PROJECTS
    with pytest.raises(KeyError):
        field("goal")


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("项目名称", "项目名称"),
        ("* 项目名称：", "项目名称"),
        ("项目总额（必填）", "项目总额"),
        ("★年度资金总额（单位：万元）", "年度资金总额"),
        ("其中：财政拨款", "财政拨款"),
        ("1、本级资金（万元）", "本级资金"),
        ("一级指标", "一级指标"),
        ("项目期（年）", "项目期(年)"),
    ],
)
def test_the_key_of_a_label(label, key):
    assert label_key(label) == key


def test_a_long_text_keeps_its_marks():
    assert label_key("标" * 199 + "：") == "标" * 199
    assert label_key("标" * 200 + "：") == "标" * 200 + ":"


def test_the_label_of_an_amount_names_its_block():
    assert label_of("local_total") == "本级资金·资金总额"
    assert label_of("transfer_total") == "转移市县（区）资金·资金总额"
    assert label_of("total_amount") == "项目总额"
