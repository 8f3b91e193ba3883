"""The words of labels, as several places write them, and what they put around them.

``standard`` is the standard form's word, ``known`` any of the reader's own vocabulary, ``other``
the words below, which were collected without looking at that vocabulary.
"""

from __future__ import annotations

from typing import Final

from perfgoals_xl.form.fields import field as form_field
from tests.support.layouts.features import Layout

_OTHER: Final = {
    "project_name": "项目名称 项目(政策)名称 专项资金名称 专项名称 转移支付（项目）名称"
    " 预算项目名称",
    "supervising_department": "主管部门 主管预算部门 业务主管部门 主管单位 主管部门（单位）",
    "implementing_unit": "实施单位 项目实施单位 项目单位 资金使用单位 项目承担单位 预算单位",
    "project_attribute": "项目属性 项目类型 项目类别 项目性质",
    "project_period": "项目期 项目周期 实施期限 起止时间 建设周期 项目起止日期 执行期限",
    "total_amount": "项目总额 项目总投资 项目总预算 资金总额（全周期） 实施期资金总额 项目资金总额",
    "annual_amount": "年度资金总额 当年预算数 年度预算申请 本年度预算金额 年度预算数 当年年度预算",
    "local_appropriation": "财政拨款 财政资金 财政拨款数 财政拨款资金",
    "local_other": "其他资金 其它资金 自筹资金 单位自筹资金",
    "local_carryover": "结余结转资金 上年结转资金 结转结余资金 上年结转",
    "transfer_central": "中央资金 中央补助资金 中央财政资金 中央补助",
    "transfer_regional": "自治区资金 省级资金 省级补助资金 自治区财政资金",
    "period_goal": "中期目标 实施期目标 项目期总体绩效目标 实施期总体目标 长期目标",
    "annual_goal": "年度总体绩效目标 年度目标 年度绩效目标 本年度绩效目标 年度主要目标和成果"
    " 当年绩效目标",
    "level1": "一级指标 一级绩效指标 一级",
    "level2": "二级指标 二级绩效指标 二级",
    "level3": "三级指标 指标名称 三级绩效指标 绩效指标名称 指标内容",
    "target_value": "指标值 目标值 年度指标值 年初指标值 全年目标值 当年预期实现值 绩效值"
    " 预期指标值 年度目标值 计划完成值 指标值（包含数字及文字描述）",
    "operator": "符号 计算符号 运算符号 比较符",
    "unit": "单位 计量单位 度量单位",
    "number": "数值 指标值 目标值",
    "weight": "分值 权重 分值（权重） 分值权重 权重（%）",
    "standard": "评分标准 评价标准 评分细则 计分方法 指标解释 计算方法",
    "note": "备注 说明 备注说明 指标说明",
    "actual": "全年实际完成值 实际完成值 完成值 全年完成值",
    "score": "得分 自评得分",
    "reason": "偏差原因分析及改进措施 未完成原因",
    "last": "上年指标值 上年度指标值 上年实际完成值 上年完成值",
    "period_value": "中期指标值 实施期指标值 中期目标值 总体指标值",
    "nature": "指标性质 指标属性",
    "direction": "指标方向 指标方向性",
    "start": "开始日期 项目开始日期 开始时间 起始时间",
    "end": "结束日期 项目结束日期 结束时间 终止时间",
    "reached": "年度目标完成情况 全年实际完成情况 年度总体目标完成情况 目标完成情况",
}
_STANDARD: Final = {
    "operator": "符号",
    "unit": "单位",
    "number": "数值",
    "weight": "分值",
    "standard": "评分标准",
    "actual": "全年实际完成值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
    "last": "上年指标值",
    "period_value": "中期指标值",
    "nature": "指标性质",
    "direction": "指标方向",
    "start": "开始日期",
    "end": "结束日期",
    "reached": "年度总体目标完成情况",
}
# Words of the vocabulary that say something else in places where the machine puts them.
_ELSEWHERE_WORDS: Final = """
    项目 年度 年度值 总额 小计 合计 指标类型 指标类别 指标分类 总体目标 整体目标 项目总体目标
    项目总体绩效目标 项目总目标 四级指标 单位 指标描述 具体指标 指标目标 绩效金额 指标要求
    目标要求 评价指标 考核指标 财政性资金 三级指标值 指标内容 绩效指标内容 三级指标内容 资金总计
    年度金额 三级目标 指标(三级) 目标内容 年度目标内容 绩效目标内容 项目类别及性质 计划数 目标数
    主管部门及代码 主管部门名称及代码 项目名称及编码 项目名称及代码 项目名称(编码)
    项目支出名称及编码 一级目标 二级目标 绩效目标指标值 二级项目名称 单位自筹
    年初预算数 年初预算 调整后预算数
"""
_ELSEWHERE: Final = frozenset(_ELSEWHERE_WORDS.split())
_TYPOS: Final = {
    "项目名称": "项目名秤",
    "主管部门": "主管部们",
    "实施单位": "实施单为",
    "年度资金总额": "年度资金总颔",
    "年度总体绩效目标": "年度总体绩郊目标",
    "三级指标": "三级指标",
}
"""Labels with one wrong character, as people type them."""
_TIMED: Final = ("年度", "本年", "当年", "全年", "年初")
"""What begins so says that it is for the year."""


def word(layout: Layout, name: str, *, timed: bool = False, purpose: str = "") -> str:
    """The label of ``name``, undecorated; ``timed`` where it must say that it is the year's."""
    choice = layout["words"]
    standard = _STANDARD.get(name) or form_field(name).label
    rng = layout.rng(f"word/{name}/{purpose}")
    found = [standard]
    if choice == "other" and name in _OTHER:
        found = _OTHER[name].split()
    elif choice == "known" and name not in _STANDARD:
        known = (standard, *form_field(name).aliases)
        found = [w for w in known if w not in _ELSEWHERE]
    if timed:
        found = [w for w in found if w.startswith(_TIMED)] or [f"年度{standard}"]
    return rng.choice(found)


def label(
    layout: Layout,
    name: str,
    *,
    timed: bool = False,
    unit: str = "",
    column: bool = False,
    purpose: str = "",
) -> str:
    """The label of ``name`` with what this layout puts around its words."""
    text = word(layout, name, timed=timed, purpose=purpose)
    return decorated(layout, text + unit, name, column=column)


def decorated(layout: Layout, text: str, name: str, *, column: bool = False) -> str:
    """``text`` with what this layout puts around its labels."""
    choice = layout["decoration"]
    rng = layout.rng(f"decoration/{name}")
    bare = text.partition("（")[0]
    if choice == "required":
        return rng.choice((f"{text}（必填）", f"*{text}", f"{text}*", f"{text}(必填)"))
    if choice == "typo" and text in _TYPOS:
        return _TYPOS[text]
    if choice == "length" and name in ("annual_goal", "period_goal"):
        return f"{text}{rng.choice(('（150字内）', '（500字以内）', '（限200字）'))}"
    if choice == "stamp" and name in ("implementing_unit", "supervising_department"):
        return f"{text}{rng.choice(('（盖章）', '(公章)', '（签章）'))}"
    if choice == "colon" and not column:
        return text + rng.choice(("：", ":"))
    if choice == "numbers" and not column and rng.random() < 0.5:
        return rng.choice(("1.", "一、", "（一）", "2、")) + text
    if choice == "breaks" and len(bare) > 3:
        at = len(bare) // 2
        return f"{text[:at]}\n{text[at:]}"
    if choice == "blanks" and len(bare) in (3, 4):
        return rng.choice((" ", "　", "  ")).join(bare) + text[len(bare) :]
    return text
