"""Points, money and grades where something else is asked for: one rule speaks of a cell."""

from __future__ import annotations

import pytest

from tests.support.indicator_cases import TARGET_RULES, row_of, said


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        # Points for a share.
        ("满意度 | 驾驶人满意度 | ≥90分", "V06"),
        ("满意度 | 游客满意率 | 95分", "V06"),
        ("质量 | 设备合格率 | ≥95分", "V06"),
        ("质量 | 信息准确率 | ≥90分", "V06"),
        ("社会效益 | 居民知晓率 | 85分以上", "V06"),
        ("满意度 | 驾驶人满意度得分 | ≥90分", None),
        ("满意度 | 驾驶人满意度（百分制） | ≥90分", None),
        ("满意度 | 驾驶人满意度（分） | ≥90分", None),
        ("满意度 | 满意度 | 测评≥90分", None),
        ("满意度 | 驾驶人满意度 | ≥90%", None),
        ("质量 | 年度考核得分 | ≥90分", None),
        # Money for a count.
        ("数量 | 培训驾驶员人数 | 100万元", "V06"),
        ("数量 | 补助户数 | ≥60万元", "V06"),
        ("数量 | 演出场次 | 12万元", "V06"),
        ("数量 | 绿化面积 | 30万元", "V06"),
        ("社会效益 | 受益人数 | 50万元", "V06"),
        ("数量 | 培训驾驶员经费 | 100万元", "S05"),
        ("数量 | 设备采购 | 100万元", "S05"),
        ("数量 | 补助人数 | 500元/人", "S05"),
        ("数量 | 发放贷款金额 | 500万元", None),
        ("数量 | 培训驾驶员人数 | 100人", None),
        # Heads and things for a share; where the name is a count itself, the group is wrong.
        ("质量 | 学生参与率 | ≥92人", "V06"),
        ("质量 | 学员结业率 | 180人", "V06"),
        ("质量 | 参训教师出勤率 | ≥40人次", "V06"),
        ("质量 | 路灯亮灯率 | ≥300盏", "V06"),
        ("质量 | 培训考试通过率 | 56名", "V06"),
        ("质量 | 学生参与人数 | ≥92人", "S05"),
        ("质量 | 培训人次 | 200人次", "S05"),
        ("质量 | 学生参与率 | ≥92%", None),
        ("质量 | 人口出生率 | ≤8‰", None),
        ("质量 | 案件查办效率 | ≥3件/天", None),
        # At least 0 of what should not be.
        ("社会效益 | 安全事故发生率 | ≥0%", "V07"),
        ("社会效益 | 投诉次数 | ≥0次", "V07"),
        ("质量 | 差错率 | ≥0‰", "V07"),
        ("社会效益 | 近视率 | ≥0%", "V07"),
        ("社会效益 | 伤亡人数 | ≥0人", "V07"),
        ("社会效益 | 带动就业人数 | ≥0人", "V09"),
        ("质量 | 达标率 | ≥0%", "V09"),
        ("社会效益 | 安全事故起数 | 0起", None),
        # Grades for a rate.
        ("质量 | 改造后服务达标率 | 达标", "V06"),
        ("质量 | 设施完好率 | 完好", "V06"),
        ("质量 | 材料报送及时率 | 及时", "V06"),
        ("质量 | 人员到岗率 | 较高", "V06"),
        ("社会效益 | 政策覆盖率 | 全覆盖", "V06"),
        ("质量 | 服务态度 | 较好", "V04"),
        ("质量 | 服务效率 | 较高", "V04"),
        ("时效 | 材料报送 | 及时", "V04"),
    ],
)
def test_one_rule_speaks_of_a_cell(case, expected):
    told = [line for line in said(TARGET_RULES, row_of(case)) if line.endswith("warning")]
    assert told == ([f"{expected} warning"] if expected else [])
