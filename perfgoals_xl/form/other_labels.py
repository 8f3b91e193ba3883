"""Labels that name no field of a table but that the reader must know."""

from __future__ import annotations

from perfgoals_xl.form.fields import Block

DEPARTMENT_LABEL = "部门名称及代码"
DEPARTMENT_ALIASES = (
    "部门(单位)名称及代码",
    "部门名称",
    "部门(单位)名称",
    "部门单位名称",
    "单位名称及代码",
)
DEPARTMENT_TARGET_LABEL = "部门指标值"
PERIOD_START_LABELS = (
    "起始年度",
    "开始年度",
    "开工时间",
    "项目开始日期",
    "项目起始日期",
    "开始日期",
    "起始日期",
    "项目开始时间",
    "开始时间",
    "起始时间",
)
PERIOD_END_LABELS = (
    "完成时间",
    "完成日期",
    "计划完成时间",
    "完工时间",
    "终止年度",
    "结束年度",
    "项目结束日期",
    "项目终止日期",
    "项目完成日期",
    "结束日期",
    "终止日期",
    "截止日期",
    "项目结束时间",
    "结束时间",
    "终止时间",
)
BLOCK_LABELS = {
    Block.LOCAL: (
        "本级资金",
        "本级财政资金",
        "本级",
        "区本级资金",
        "自治区本级资金",
        "市本级资金",
        "县本级资金",
        "部门本级资金",
    ),
    Block.TRANSFER: (
        "转移市县(区)资金",
        "转移市县区资金",
        "转移市县资金",
        "转移支付市县资金",
        "转移市县、区资金",
        "转移市(县、区)资金",
        "转移支付资金",
        "对下转移支付资金",
        "转移县(区)资金",
    ),
}
# The parts that some forms split a target value into, and the value of the whole project period.
OPERATOR_LABELS = (
    "比较符",
    "关系符号",
    "关系符",
    "逻辑符号",
    "逻辑运算符",
    "数学符号",
    "符号",
    "指标符号",
    "运算符号",
    "运算符",
    "计算符号",
    "指标值符号",
    "比较符号",
)
NUMBER_LABELS = ("数值", "指标数值", "目标数值", "年度数值", "值")
UNIT_LABELS = ("单位", "计量单位", "度量单位", "指标单位", "指标值单位")
PERIOD_VALUE_LABELS = (
    "中期指标值",
    "中期目标值",
    "中期值",
    "中期",
    "项目期指标值",
    "项目期目标值",
    "实施期指标值",
    "实施期目标值",
    "实施期",
    "项目期值",
    "总体指标值",
    "总目标值",
    "全周期指标值",
)
