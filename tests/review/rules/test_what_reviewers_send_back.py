"""Signs, units, groups and bounds that a reviewer sends back, each with what looks like them."""

from __future__ import annotations

import pytest

from tests.support.indicator_cases import TARGET_RULES, row_of, said


def warned(case):
    return [line for line in said(TARGET_RULES, row_of(case)) if line.endswith("warning")]


@pytest.mark.parametrize(
    "case",
    [
        "时效 | 响应时间 | ≥24小时",
        "时效 | 业务办结时限 | ≥5个工作日",
        "时效 | 故障修复时间 | ＞2小时",
        "时效 | 项目完成时间 | ≥2026年12月",
        "社会效益 | 群众等候时间 | ≥30分钟",
        "数量 | 培训人数 | ≤200人",
        "数量 | 新建道路里程 | ≤5公里",
        "数量 | 巡查次数 | ≤24次",
        "社会效益 | 受益人数 | ≤500人",
        "社会效益 | 事故发生率 | 100%",
        "社会效益 | 群众投诉 | 100%",
        "质量 | 验收合格率 | 0%",
        "质量 | 任务完成率 | 0%",
    ],
)
def test_a_sign_or_a_share_that_runs_against_it(case):
    assert warned(case) == ["V07 warning"]


@pytest.mark.parametrize(
    "case",
    [
        "时效 | 响应时间 | ≤24小时",
        "时效 | 设备响应时间 | 2小时",
        "质量 | 资料保存时间 | ≥10年",
        "质量 | 人均培训时间 | ≥16小时",
        "质量 | 无故障运行时间 | ≥2000小时",
        "社会效益 | 开放时间 | ≥8小时",
        "数量 | 会议次数 | ≤6次",
        "数量 | 接待人数 | ≤120人",
        "数量 | 救助人数 | ≤200人",
        "数量 | 补助发放人数 | ≤200人",
        "数量 | 用水量 | ≤5万吨",
        "社会效益 | 事故发生率 | 0%",
        "社会效益 | 投诉办结率 | 100%",
        "社会效益 | 事故起数下降率 | 60%",
        "质量 | 不合格率 | 0%",
        "质量 | 差错率 | ≤2%",
    ],
)
def test_signs_and_shares_that_are_right(case):
    assert "V07 warning" not in warned(case)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("质量 | 设备合格率 | 合格", ["V06 warning"]),
        ("质量 | 设施完好率 | 良好", ["V06 warning"]),
        ("数量 | 道路长度 | 35个", ["V06 warning"]),
        ("数量 | 绿化面积 | 200公里", ["V06 warning"]),
        ("数量 | 受益户数 | 120公里", ["V06 warning"]),
        ("数量 | 演出场次 | 12人", ["V06 warning"]),
        ("质量 | 工程质量 | 合格", []),
        ("质量 | 设备运行效率 | 良好及以上", []),
        ("数量 | 道路长度 | ≥3.5km", []),
        ("数量 | 桥梁全长长度 | 156.8延米", []),
        ("数量 | 绿化面积 | ≥2000㎡", []),
        ("数量 | 造林面积 | ≥1.2万亩", []),
        ("数量 | 维修面积 | ≥60平米", []),
        ("数量 | 受益户数 | ≥120户", []),
        ("数量 | 演出场次 | ≥12场次", []),
        ("数量 | 巡查里程 | ≥1200公里/年", []),
    ],
)
def test_units_of_lengths_areas_and_events(case, expected):
    assert warned(case) == expected


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("数量 | 检查次数 | ≥0次", ["V09 warning"]),
        ("社会效益 | 带动就业人数 | ≥0人", ["V09 warning"]),
        ("质量 | 达标率 | ≥0%", ["V09 warning"]),
        ("社会效益 | 事故起数 | 0起", []),
        ("社会效益 | 事故起数 | ≤0起", []),
        ("数量 | 检查次数 | ≥1次", []),
    ],
)
def test_a_bound_that_is_always_met(case, expected):
    assert warned(case) == expected


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("社会效益 | 群众满意度 | ≥90%", ["S05 warning"]),
        ("可持续影响 | 参训人员满意率 | ≥95%", ["S05 warning"]),
        ("社会效益 | 工程验收合格率 | 100%", ["S05 warning"]),
        ("可持续影响 | 设备验收合格率 | 100%", ["S05 warning"]),
        ("社会效益 | 项目完成及时率 | 100%", ["S05 warning"]),
        ("经济效益 | 资金拨付及时率 | 100%", ["S05 warning"]),
        ("社会效益 | 观众满意度 | 满意", ["S05 warning"]),
        ("社会效益 | 农户增收 | 显著", ["S05 warning"]),
        ("社会效益 | 带动旅游消费收入 | ≥3000万元", ["S05 warning"]),
        ("社会效益 | 合作社销售收入增加额 | ≥60万元", ["S05 warning"]),
        ("社会效益 | 带动脱贫户增收 | ≥800元/户", ["S05 warning"]),
        ("社会效益 | 园区企业年产值 | ≥2亿元", ["S05 warning"]),
        ("质量 | 参加省级以上比赛人次 | ≥300人次", ["S05 warning"]),
        ("质量 | 市级场馆接待游客 | ≥2万人次", ["S05 warning"]),
        ("社会效益 | 减轻群众医药费负担 | ≥200万元", []),
        ("社会效益 | 挽回群众经济损失 | ≥80万元", []),
        ("社会效益 | 低收入家庭受益户数 | ≥80户", []),
        ("社会效益 | 城乡居民收入差距 | 逐年缩小", []),
        ("社会效益 | 接受社会捐赠收入 | ≥20万元", []),
        ("经济效益 | 带动旅游消费收入 | ≥3000万元", []),
        ("质量 | 培训合格人次 | ≥300人次", []),
        ("质量 | 参赛获奖人次 | ≥30人次", []),
        ("质量 | 省级骨干教师人数 | ≥3人", []),
        ("社会效益 | 食品抽检合格率 | ≥98%", []),
        ("生态效益 | 饮用水水质合格率 | ≥98%", []),
        ("社会效益 | 救援及时率 | ≥98%", []),
        ("社会效益 | 群众知晓率 | ≥90%", []),
        ("社会效益 | 不满意率 | ≤5%", []),
        ("满意度 | 群众满意度 | ≥90%", []),
        ("满意度 | 受益人数 | ≥200人", ["M03 warning"]),
        ("满意度 | 政策知晓率 | ≥90%", ["M03 warning"]),
        ("满意度 | 任务完成率 | 100%", ["M03 warning"]),
        ("满意度 | 群众投诉率 | ≤5%", []),
        ("满意度 | 群众认可度 | ≥90%", []),
        ("满意度 | 群众安全感 | ≥90%", []),
        ("满意度 | 好评率 | ≥95%", []),
        ("满意度 | 满意户数占比 | ≥95%", []),
    ],
)
def test_what_stands_under_another_group(case, expected):
    assert warned(case) == expected
