"""A target in brackets behind a name, against the one beside it (V12)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from tests.support.steps import filled

SAME, OTHER = ["V12 info"], ["V12 warning"]


def told(tmp_path, group, name, value):
    changes = {f"{group}1 名称": f"指标1：{name}", f"{group}1": value}
    path = filled(tmp_path, changes, every_rule=True)
    return [f"{f.rule} {f.severity.value}" for f in validate(path).findings if f.rule == "V12"]


@pytest.mark.parametrize(
    ("group", "name", "value", "expected"),
    [
        ("质量", "补播出苗率（≥95%）", "≥90%", OTHER),
        ("质量", "草种纯净率(不低于98%)", "≥95%", OTHER),
        ("质量", "电子档案建档率（目标值：≥95%）", "90%", OTHER),
        ("质量", "草种合格率（98%以上）", "≥95%", OTHER),
        ("满意度", "牧民满意度（≥95%）", "≥90%", OTHER),
        ("数量", "培训牧户人数（不少于200人）", "≥150人", OTHER),
        ("数量", "新建围栏（≥12处）", "10处", OTHER),
        ("成本", "草种采购费（≤180万元）", "≤160万元", OTHER),
        ("质量", "补播出苗率（≥90%）", "≥90%", SAME),
        # No target, or none of the row's own.
        ("满意度", "牧民满意度（≥**%）", "≥90%", []),
        ("数量", "管护月数（1月-12月）", "12个月", []),
        ("数量", "围栏（含旧围栏3处）", "10处", []),
        ("数量", "培训人数（每期50人）", "200人", []),
        ("成本", "补播成本（每亩500元）", "≤160万元", []),
        ("质量", "优良率（2025年为85%）", "≥90%", []),
        ("质量", "草种（纯度98%）出苗率", "≥80%", []),
        ("数量", "规模养殖场（500头以上）治理数", "12家", []),
    ],
)
def test_a_target_in_brackets(tmp_path, group, name, value, expected):
    assert told(tmp_path, group, name, value) == expected
