"""What the rules about indicators say of single rows, across fields of work."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.indicator_cases import TARGET_RULES, row_of, said

RIGHT = """
数量 | 培训教师人数（人） | ≥300
数量 | 资助学生人数 | 1200名
数量 | 购置医疗设备数量 | 12台（套）
数量 | 招商引资金额 | ≥2亿元
数量 | 完成固定资产投资 | 3000万元
数量 | 免费发放宣传册 | 5000册
数量 | 收费站改造数量 | 3个
数量 | 65岁以上老年人体检人数 | ≥5000人
数量 | 10家试点学校中达标学校数 | 8所
数量 | 组织一次性采购 | 1次
数量 | 每万人口专利拥有量 | ≥12件
数量 | 二十四节气活动场次 | 24场
数量 | 第3批教师招聘人数 | 20人
数量 | 2个乡镇道路养护里程 | 36公里
数量 | 购买5G基站 | 5个
数量 | 国家5A级景区 | 2个
数量 | 学校食堂改造数 | 0所
质量 | 课程不合格率 | ≤2%
质量 | 孕产妇死亡率 | ≤12/10万
质量 | 平均住院日 | ≤8天
质量 | 水质达标情况 | 达到Ⅲ类及以上
质量 | 工程质量等级 | 合格
质量 | 论文被采纳篇数 | ≥3篇
质量 | 获得市级以上奖项 | ≥2项
质量 | 取得证书人数 | ≥50人
质量 | 系统故障次数 | ≤3次
质量 | 返工率 | 0%
质量 | 培训得分 | ≥85分
质量 | 土壤pH值 | 6.5
质量 | 压实度 | ≥96%
质量 | 辍学率控制率 | ≥95%
质量 | 投诉处理率 | ≥95%
质量 | 信访投诉办结率 | 100%
质量 | 教学成果 | 一等奖
质量 | 平台响应速度 | ≤2秒
质量 | 降低5%的次品率 | ≥80%
质量 | 公务用车运行费下降率 | ≥5%
时效 | 资金支付及时率 | 100%
时效 | 道路抢通时间 | ≤24小时
时效 | 巡查频次 | 每月2次
时效 | 工期 | 180天
时效 | 项目完成年度 | 2026
时效 | 逾期次数 | ≤2次
时效 | 30分钟内到场率 | ≥95%
时效 | 24小时内响应 | ≤2小时
成本 | 每户补助标准 | ≥2000元
成本 | 每户改厕2600元 | ≤2600元
成本 | 节约成本 | ≥10万元
成本 | 节约办公费用 | ≥3万元
可持续影响 | 道路使用年限延长 | ≥20%
可持续影响 | 设施设计使用年限 | ≥15年
质量 | 停机时长缩短 | ≥10%
成本 | 困难学生资助经费 | ≥50万元
成本 | 设备采购费（含上年结转15万元） | ≤60万元
成本 | 总投资500万元的教学楼工程款 | ≤120万元
成本 | 系统数量 | ≤79万元
成本 | 经费控制 | 不超预算
成本 | 生均培训标准 | 450元/人·天
经济效益 | 带动农民增收 | ≥500元/人
经济效益 | 节约财政资金 | 120万元
经济效益 | 旅游收入 | 不低于上年
经济效益 | 旅游收入增长率 | ≥120%
社会效益 | 交通事故死亡人数 | ≤3人
社会效益 | 交通事故起数 | 较上年下降10%
社会效益 | 事故隐患排查数 | ≥300处
社会效益 | 火灾事故救援次数 | ≥30次
社会效益 | 惠及群众 | 2万人
社会效益 | 媒体负面报道数 | 0
生态效益 | PM2.5浓度 | ≤35微克/立方米
生态效益 | 噪声污染投诉 | ≤5件
可持续影响 | 道路使用年限 | ≥10年
可持续影响 | 灌溉水有效利用系数 | ≥0.58
满意度 | 群众满意度 | ≥90%
满意度 | 交通局对第三方的满意度 | ≥95%
满意度 | 群众对交通运输局服务的满意度 | ≥95%
满意度 | 验收人员满意度 | ≥90%
数量 | 培训教师人数 | ≥300人
数量 | 培训教师人数 | 300人以上
数量 | 服务群众 | 预约服务500人次
数量 | 近三年毕业教师培训人数 | 近三年300人
数量 | 左右岸护坡长度 | 3公里（左右岸）
数量 | 多媒体教室 | 10间
质量 | 距离误差 | 约5厘米
社会效益 | 化解率 | ≥95%
时效 | 响应时间 | 接到报警后30分钟内到达现场，确保及时处置
质量 | 项目验收 | 2026年12月底前完成全部工程竣工验收并通过审计
满意度 | 乡村医生满意度 | ≥90%
满意度 | 参训教师满意度 | ≥90%
满意度 | 参训民警满意度 | ≥90%
满意度 | 群众对民警的满意度 | ≥90%
满意度 | 民警家属满意度 | ≥90%
满意度 | 企业管理人员满意度 | ≥90%
满意度 | 困难职工满意度 | ≥90%
满意度 | 社区工作人员满意度 | ≥90%
满意度 | 干部群众满意度 | ≥90%
社会效益 | 无 | 无
质量 | 合格率 | ***%
质量 | | 95
质量 | 合格率 |
"""

WRONG = """
数量 | 培训教师人数 | ≥300 | V05 warning
数量 | 新建公厕 | 3-5 | V05 warning
质量 | 课程合格率 | 95 | V05 warning
数量 | 水电费 | 12个月 | V06 warning
时效 | 资金拨付率 | 6月底前 | V06 warning
社会效益 | 受益人数 | 300户 | V06 warning
可持续影响 | 政策持续年限 | ≥98% | V06 warning
质量 | 每周开放时长 | 95% | V06 warning
质量 | 考核评分 | ≥85% | V06 warning
社会效益 | 受益村庄数量 | ≥70% | V06 warning
质量 | 课程合格率 | ≤95% | V07 warning
质量 | 课程不合格率 | ≥2% | V07 warning
质量 | 住院死亡率 | ≥0.5% | V07 warning
质量 | 系统故障次数 | ≥3次 | V07 warning
社会效益 | 交通事故死亡人数 | ≥3人 | V07 warning
成本 | 资助政策宣传费 | ≥3.9万元 | V07 warning
成本 | 补贴发放工作经费 | ≥5万元 | V07 warning
成本 | 项目总成本 | ≥120万元 | V07 warning
质量 | 疫苗接种率 | ≥110% | V08 warning
质量 | 设备验收合格率 | 达到100%以上 | V08 warning
社会效益 | 返贫率 | 0-0.5% | V09 warning
经济效益 | 游客人数同比增长 | 明显增长 | V10 error
经济效益 | 旅游收入增长率 | 持续增长 | V10 error
社会效益 | 交通事故起数下降 | 持续下降 | V10 error
社会效益 | 交通事故起数 | 较上年下降 | V10 error
社会效益 | 出行安全 | 事故率下降 | V10 error
数量 | 完成50家企业调研 | 60家 | V12 warning
质量 | 学生体质健康优良率达到50%以上 | ≥45% | V12 warning
质量 | 学生体质健康优良率达到50%以上 | ≥50% | V12 info
成本 | 项目总成本控制在120万元以内 | ≤100万元 | V12 warning
成本 | 项目总成本控制在120万元以内 | ≤1200000元 | V12 info
数量 | 建成一套监测系统 | 1套 | V12 info
数量 | 5位专家评审 | 5人 | V12 info
质量 | 准确率≥95%，完整率≥98% | 准确率≥95%；完整率≥98% | V11 info, V13 warning
质量 | 数据准确率≥95%，完整率≥98% | 准确率≥95%；完整率≥98% | V11 info, V12 info
数量 | 培训教师人数 | 约300人 | V15 info
数量 | 培训教师人数 | 300余人 | V15 info
数量 | 走访企业 | 50多家 | V15 info
数量 | 植树 | 2万株左右 | V15 info
数量 | 宣传场次 | 十几场 | V15 info
数量 | 维修道路 | 大约3公里 | V15 info
社会效益 | 受益群众 | 近1000人 | V15 info
满意度 | 家长满意度 | 满意 | M01 not judged, V04 warning
满意度 | 家长满意度 | 非常满意 | M01 not judged, V04 warning
满意度 | 家长满意程度 | 较高 | M01 not judged, V04 warning
满意度 | 师生满意度 | 持续提升 | M01 not judged, V04 warning
满意度 | 受益家庭 | 基本满意 | M01 not judged, V04 warning
社会效益 | 化解矛盾纠纷 | 有效化解 | V13 warning
社会效益 | 完善基层治理机制 | 完善 | V13 warning
社会效益 | 完善基层治理机制 | 不断完善 | V13 warning
可持续影响 | 健全长效管护机制 | 进一步健全 | V13 warning
质量 | 规范执法行为 | 规范 | V13 warning
社会效益 | 提升服务水平 | 显著提升 | V04 info
社会效益 | 提升服务水平 | 持续提升 | V04 info
社会效益 | 矛盾纠纷化解情况 | 有效化解 | V04 info
可持续影响 | 长效机制健全性 | 健全 | V04 info
社会效益 | 维护社会稳定 | 长期 | V04 info
社会效益 | 服务企业 | 组织开展培训3期，提升企业负责人安全意识，确保生产安全 | V14 warning
社会效益 | 安全形势 | 全年检查300家企业，有效防范各类安全事故发生 | V14 warning
生态效益 | 水环境 | 清理河道12公里，改善河道两岸人居环境 | V14 warning
质量 | 教学水平 | 教研活动覆盖率100%，全面提高教师业务能力 | V14 warning
可持续影响 | 管护机制 | 配备管护员20名，保障设施长期发挥作用 | V14 warning
质量 | 工程质量 | 完成2个标段验收，合格率100% | V11 info
社会效益 | 受益群众 | 惠及群众2万人，满意度95%以上 | V11 info
社会效益 | 收入 | 人均增收500元，带动就业120人 | V11 info
满意度 | 干警满意度 | ≥90% | M02 info
满意度 | 民警满意度 | ≥90% | M02 info
满意度 | 执法人员满意度 | ≥90% | M02 info
满意度 | 管理人员对项目的满意度 | ≥90% | M02 info
满意度 | 机关干部满意度 | ≥90% | M02 info
满意度 | 本单位职工满意度 | ≥90% | M02 info
质量 | 工程质量 | 达到设计要求 | V04 warning
可持续影响 | 长效管护机制 | 健全 | V04 info
社会效益 | 群众出行条件 | 改善群众出行条件 | V13 warning
社会效益 | 改善农村群众出行条件 | 改善出行条件 | V13 warning
可持续影响 | 长效管护机制 | 建立健全农村公路长效管护机制 | V14 warning
社会效益 | 公共服务能力 | 有效增强群众获得感和幸福感 | V14 warning
时效 | 2026年12月 | 2026年12月 | N01 warning, V13 warning
时效 | 全年 | 12个月 | N01 warning
时效 | 2026年1月-2026年12月 | ≤12个月 | N01 warning
数量 | 高标准农田建设投资 | ≤1554万元 | S05 warning
数量 | 开展宣传活动； | 5场 | N02 info
数量 | 发放补贴资金 | 120万元 | S05 warning
质量 | 验收合格率 | 100.5% | V08 warning
质量 | 验收合格率 | 101% | V08 warning
数量 | 老年人健康管理率 | ≥70% | S05 info
质量 | 聘请专家人数 | 12人 | S05 warning
质量 | 专家到岗天数 | ≥200天 | S05 warning
质量 | 编制规划文本 | 3份 | S05 warning
时效 | 走访农户 | 200户 | S05 warning
经济效益 | 项目支出控制在预算内 | 120万元 | S05 warning
经济效益 | 按规定使用资金 | 120万元 | S05 warning
满意度 | 群众满意度 | ≥85% | M01 warning
满意度 | 群众满意度 | 满意 | M01 not judged, V04 warning
满意度 | 家长满意度 | 良好及以上 | M01 not judged
满意度 | 家长满意度 | 优秀 | M01 not judged
满意度 | 家长满意度 | 不低于上年 | M01 not judged
数量 | 绿化面积 | ≥300亩，约占全县的5% | V11 info
满意度 | 信访投诉处理满意度 | ≥80% | M01 warning
满意度 | 群众投诉率 | ≤15% | M01 warning, M03 info
满意度 | 群众满意度 | 投诉率≤5% | M03 info
满意度 | 年度群众投诉率 | ≤5% | M03 info
满意度 | 主管部门验收结果 | 合格 | M03 warning
满意度 | 服务对象满意度 | 验收合格 | M03 warning
数量 | 培训100名教师 | 120人 | V12 warning
满意度 | 交通运输局工作人员满意度 | ≥95% | M02 info
满意度 | 县公路服务中心对项目的满意度 | ≥95% | M02 info
满意度 | 本单位职工满意度 | ≥95% | M02 info
满意度 | 群众满意度 | ≤95% | V07 warning
"""


def lines(text):
    return [line for line in text.splitlines() if line]


@pytest.mark.parametrize("case", lines(RIGHT))
def test_right_rows_are_left_alone(case):
    assert said(TARGET_RULES, row_of(case)) == []


@pytest.mark.parametrize("line", lines(WRONG))
def test_wrong_rows_are_found(line):
    case, _, expected = line.rpartition("|")
    assert said(TARGET_RULES, row_of(case)) == expected.strip().split(", ")


@pytest.mark.parametrize(
    ("value", "budget", "expected"),
    [
        ("1万元", "1", ["S05 warning"]),
        ("0.5万元", "0.5", ["S05 warning"]),
        ("5000元", "0.5", ["S05 warning"]),
        ("0万元", "0", []),
        ("2万元", "1", []),
    ],
)
def test_a_benefit_that_is_the_budget_of_its_project(value, budget, expected):
    budget = Decimal(budget)
    row = row_of(f"经济效益 | 项目规模 | {value}", annual_amount=budget, total_amount=budget)
    found = [line for line in said(TARGET_RULES, row) if line.startswith("S05")]
    assert found == expected


@pytest.mark.parametrize("threshold", [85, 0.85])
def test_the_floor_may_be_a_share(threshold):
    row = row_of("满意度 | 群众满意度 | ≥85%", thresholds={"M01": threshold})
    assert said(TARGET_RULES, row) == []
    row = row_of("满意度 | 群众投诉率 | ≤16%", thresholds={"M01": threshold})
    assert "M01 warning" in said(TARGET_RULES, row)


@pytest.mark.parametrize(
    ("department", "name", "is_ours"),
    [
        ("青原市卫生健康委员会", "卫生健康委员会机关干部满意度", True),
        ("青原市教育局", "教育局对培训的满意度", True),
        ("青原市教育局", "教育系统教师满意度", False),
        ("青原市住房和城乡建设局", "住房困难家庭满意度", False),
        ("青原自治区农业农村厅", "农业农村厅全体人员满意度", True),
        ("青原自治区农业农村厅", "农业农村人才满意度", False),
        (None, "家长满意度", False),
    ],
)
def test_who_is_asked(department, name, is_ours):
    project = {"supervising_department": department, "implementing_unit": None}
    row = row_of(f"满意度 | {name} | ≥95%", **project)
    assert said(TARGET_RULES, row) == (["M02 info"] if is_ours else [])
