"""A count, a rate or an amount that only goes up or down (V10), and what only sounds like one."""

from __future__ import annotations

import pytest

from tests.support.indicator_cases import TARGET_RULES, row_of, said


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("经济效益 | 农户人均收入 | 持续增加", "V10 warning"),
        ("经济效益 | 带动牧户务工收入 | 明显增加", "V10 warning"),
        ("经济效益 | 参训人员收入水平 | 有所提高", "V10 warning"),
        ("经济效益 | 沿线群众运输成本 | 降低", "V10 warning"),
        ("经济效益 | 节约群众出行时间成本 | 明显", "V10 warning"),
        ("经济效益 | 就医费用节省 | 有所减少", "V10 warning"),
        ("经济效益 | 园区企业产值 | 逐年递增", "V10 warning"),
        ("社会效益 | 自来水普及率 | 逐步提高", "V10 warning"),
        ("社会效益 | 一般安全事故 | 有所减少", "V10 warning"),
        ("社会效益 | 重复信访 | 减少", "V10 warning"),
        ("生态效益 | 生活污水排放 | 减少", "V10 warning"),
        ("生态效益 | 灌溉水有效利用系数 | 有所提高", "V10 warning"),
        ("可持续影响 | 经常锻炼人口增长 | 持续增长", "V10 warning"),
        # A comparison, and the decrease of a count, are the error that they were.
        ("社会效益 | 事故死亡人数 | 较上年下降", "V10 error"),
        ("社会效益 | 事故发生率 | 下降", "V10 error"),
        # What cannot be counted.
        ("社会效益 | 乡镇服务能力 | 有所提高", "V04 info"),
        ("社会效益 | 部门办事效率 | 明显提高", "V04 info"),
        ("社会效益 | 居民生活质量 | 持续改善", "V04 info"),
        ("社会效益 | 城市知名度 | 稳步提升", "V04 info"),
        ("社会效益 | 群众安全感 | 持续提升", "V04 info"),
        ("经济效益 | 地方经济发展 | 持续增长", "V04 info"),
        ("可持续影响 | 长效管护机制 | 逐步完善", "V04 info"),
        ("可持续影响 | 耕地保有量 | 持续稳定", "V04 info"),
        ("生态效益 | 出水水质 | 明显改善", "V04 info"),
        # A figure says how far.
        ("经济效益 | 农户人均收入 | 较上年增加≥5%", None),
        ("经济效益 | 农户人均收入 | 增加800元以上", None),
        ("社会效益 | 投诉率 | 较上年下降2个百分点", None),
        ("社会效益 | 投诉率 | 不高于上年", None),
    ],
)
def test_a_measure_that_only_changes(case, expected):
    told = [line for line in said(TARGET_RULES, row_of(case)) if line[:3] in ("V04", "V10", "V13")]
    assert told == ([expected] if expected else [])
