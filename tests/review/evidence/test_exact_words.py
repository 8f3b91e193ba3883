"""Words that can be checked as well as a number, and their near misses."""

from __future__ import annotations

import pytest

from perfgoals_xl.review.evidence.exact_words import is_exact
from tests.support.indicator_cases import TARGET_RULES, row_of, said

TIMES = """
当日 当天办结 当月足额发放 次日 即时 实时 实时推送 随时 立即处置 全天候 全年 全年不间断 常年开放
每周两次 每季度一次 每月 每日一巡 每两周一次 每年不少于2次 每学期末前发放到位 每月25日前 每季度末
按月发放 按季度 逐月 每小时更新 每个工作日 每批次
"""
NONE = """
零发生 零事故 零投诉 零增长 实现零差错 零 不发生 未发生 不发生重大安全责任事故 未出现返贫 无新增
"""
ALL = "全部消除 全部整改 全覆盖 全部覆盖 实现全员覆盖 应保尽保 应检尽检、应治尽治"
VAGUE = """
及时 按时完成 按期 按期完成 按计划推进 按年度计划推进 按月进度完成 每年按时完成 尽快 分批发放 适时
基本消除 零星问题 零散 全面提升 全部达到要求 实时有效 逐步提高 按规定执行 显著提升
有所改善 稳定 达标 第一时间
"""


def words(text):
    return text.split()


@pytest.mark.parametrize("value", words(TIMES + NONE))
def test_in_every_group(value):
    for group in ("时效", "质量", "社会效益"):
        assert is_exact(group, value), group


@pytest.mark.parametrize("value", words(ALL))
def test_all_of_them_is_no_time(value):
    assert is_exact("质量", value)
    assert is_exact("社会效益", value)
    assert not is_exact("时效", value)


@pytest.mark.parametrize("value", words(VAGUE))
def test_near_misses(value):
    for group in ("时效", "质量", "社会效益"):
        assert not is_exact(group, value), group


@pytest.mark.parametrize(
    ("case", "findings"),
    [
        ("时效 | 社保卡办理时限 | 当日办结", []),
        ("时效 | 巡查频次 | 每周两次", []),
        ("时效 | 免费开放时间 | 全年不间断", []),
        ("时效 | 值班时间 | 7×24小时", []),
        ("质量 | 安全责任事故 | 零发生", []),
        ("质量 | 安全隐患 | 全部消除", []),
        ("社会效益 | 区域性疫情 | 不发生", []),
        ("社会效益 | 刑事案件起数 | 零增长", []),
        ("社会效益 | 孕产妇死亡率 | ≤12/10万", []),
        ("社会效益 | 到馆人次 | 十万人次", []),
        ("质量 | 检测合格比例 | 95百分比", []),
        ("数量 | 免费开放场馆 | 两馆", []),
        ("时效 | 水情信息报送 | 每日8时前", []),
        ("时效 | 场馆开放时间 | 上午9点", []),
        ("时效 | 日报报送 | 每天17:30前", []),
        ("质量 | 视频存储时间 | ≥30天", []),
        ("质量 | 设备质保期 | 365天", []),
        ("时效 | 日报报送 | 8", ["V05 warning"]),
        ("时效 | 新增观测点 | 9点位", ["S05 warning"]),
        ("质量 | 培训天数 | 5天", ["S05 warning"]),
        ("质量 | 驻村服务天数 | ≥200天", ["S05 warning"]),
        ("时效 | 隐患整改时间 | 全部消除", ["V04 warning"]),
        ("时效 | 项目完成时间 | 按年度计划推进", ["V04 warning"]),
        ("质量 | 工作质量 | 全面提升", ["V04 warning"]),
        ("质量 | 安全隐患 | 基本消除", ["V04 warning"]),
        ("社会效益 | 公共服务水平 | 显著提升", ["V04 info"]),
    ],
)
def test_what_the_rules_say(case, findings):
    assert said(TARGET_RULES, row_of(case)) == findings
