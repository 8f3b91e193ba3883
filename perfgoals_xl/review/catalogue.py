"""Every rule once: code, title, default severity, what its message says and what it suggests.

A message is a template; the check that finds something supplies the names in braces. A rule is
added here and as one check beside its kin; the documents, the 校验规则 sheet and ``perfgoals rules``
are made from this list.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

RULES_VERSION = "2026.1"


class Severity(StrEnum):
    """How grave a finding is: an error keeps the summary from being called ready."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The word that staff read."""
        return _LABELS[self]


_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
SEVERITY_OF_LABEL = {label: severity for severity, label in _LABELS.items()}


@dataclass(frozen=True)
class Rule:
    """One rule. ``messages`` holds one template per variant of the fault, the first the usual one.

    ``severity`` is the gravest the rule gives by default; a check may give a lesser one.
    ``explanation`` says in a sentence what the rule looks at; ``threshold`` is None for most.
    """

    code: str
    title: str
    severity: Severity
    explanation: str
    messages: dict[str, str]
    suggestion: str
    threshold: float | None = None


def _rule(
    code: str,
    severity: Severity,
    title: str,
    explanation: str,
    message: str | dict[str, str],
    suggestion: str,
) -> Rule:
    messages = message if isinstance(message, dict) else {"": message}
    return Rule(code, title, severity, explanation, messages, suggestion)


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

_ALL = (
    _rule(
        "K01", _E, "文件中没有申报表",
        "文件里找不到项目支出绩效目标表，也找不到部门整体支出绩效目标表。",
        "文件中没有找到绩效目标申报表",
        "请确认选对了文件；表中应有“项目名称”“年度总体绩效目标”“一级指标”等标签。",
    ),
    _rule(
        "H01", _E, "项目名称未填",
        "每张项目表都要有项目名称；整张表都没有填写的，也在这里指出。",
        {"": "项目名称没有填写", "blank_form": "这张项目表还没有填写"},
        "填写预算批复使用的项目全称；不用的空表请删除。",
    ),
    _rule(
        "H02", _E, "年度总体绩效目标未填",
        "年度总体绩效目标是整张表的依据，不能为空。",
        "年度总体绩效目标没有填写",
        "写明本年度用这笔资金要达到的结果，尽量量化。",
    ),
    _rule(
        "H03", _W, "表头信息未填",
        "主管部门、实施单位、项目属性、项目期都应填写。",
        "{label}没有填写",
        "请补填{label}。",
    ),
    _rule(
        "H04", _E, "标题年度与计划年度不一致",
        "表格标题中的年度应等于本次申报的计划年度。",
        "标题写的是 {year} 年，本次申报的计划年度是 {plan_year} 年",
        "请核对是否沿用了往年的表，并改正标题或计划年度。",
    ),
    _rule(
        "F01", _E, "年度资金总额未填或不是金额",
        "年度资金总额应为不小于零的数；空白不等于零。",
        {
            "": "年度资金总额没有填写",
            "stray": "年度资金总额没有填写，{place} 有一个没有标签的 {stray}",
            "sum": "年度资金总额没有填写，各资金来源合计为 {total} {unit}",
            "text": "年度资金总额“{value}”不是金额",
            "negative": "年度资金总额 {value} {unit}小于零",
        },
        "在年度资金总额的单元格里填写数字，没有安排资金的填 0。",
    ),
    _rule(
        "F02", _E, "年度资金总额不等于资金来源之和",
        "年度资金总额 = 本级资金 + 转移市县（区）资金，按十进制逐位比较，不留误差。",
        "年度资金总额 {annual} {unit} ≠ 资金来源合计 {sources} {unit}（{arithmetic}），"
        "来源{difference}",
        "请核对年度资金总额和各项资金来源，使两者相等。",
    ),
    _rule(
        "F03", _E, "资金小计不等于明细之和",
        "本级资金 = 财政拨款 + 其他资金 + 结余结转资金；转移市县（区）资金 = 中央资金 + 自治区资金。",
        "{block}·资金总额 {total} {unit} ≠ 明细合计 {parts} {unit}（{arithmetic}），"
        "明细{difference}",
        "请核对{block}的资金总额和各项明细。",
    ),
    _rule(
        "F04", _E, "项目总额小于年度资金总额",
        "项目总额是整个项目期的资金，不会小于其中一年的资金。",
        "项目总额 {total} {unit} < 年度资金总额 {annual} {unit}，少 {difference} {unit}",
        "请核对项目总额和年度资金总额。",
    ),
    _rule(
        "S01", _E, "缺少二级指标",
        "2015 版：缺数量、成本为错误，缺质量、时效、社会效益、可持续影响、满意度为警告，缺经济、生态效益为提示；"
        "2021 版：缺成本、数量为错误，缺质量、时效、效益、满意度为警告。",
        {"": "没有{group}", "none": "没有填写任何指标（缺 {group}）"},
        "请补充{group}；确实没有的，在“说明”中写明理由。",
    ),
    _rule(
        "S02", _E, "指标与指标值不成对",
        "每个指标都要有指标值，每个指标值都要有指标名称。",
        {"": "指标“{name}”没有指标值", "name": "指标值“{value}”没有对应的指标名称"},
        "请补齐这一行；多余的行请清空。",
    ),
    _rule(
        "V01", _E, "未填写的占位符",
        "文字里留有 ***、XX、__、…… 等占位符号。",
        "“{text}”中的“{mask}”是占位符，还没有填写",
        "请换成实际内容；数量确实无法预计的，写明测算依据或上年实际数。",
    ),
    _rule(
        "V02", _E, "以“无”代替指标或指标值",
        "指标值写成无、/、不涉及等：指标问的是比率或数量的为错误，其余为警告；"
        "指标和指标值都写无的，经济、生态效益为提示，其余为警告。",
        {
            "": "指标“{name}”的指标值写成了“{value}”",
            "both": "{group}的指标和指标值都写成了“{value}”",
            "name": "指标名称写成了“{name}”，指标值却是“{value}”",
        },
        "能衡量的请填写指标和目标值；确实不涉及的，可删除该行并在“说明”中写明理由。",
    ),
    _rule(
        "V03", _E, "数量指标没有数字",
        "数量指标的指标值应当有数字。",
        "数量指标“{name}”的指标值“{value}”没有数字",
        "请写成“≥120次”这样的数量；无法量化的内容请移到质量或效益指标。",
    ),
    _rule(
        "C01", _E, "成本指标没有金额",
        "成本指标中至少要有一个指标值是金额。",
        "成本指标的指标值（{values}）都不是金额",
        "请写明成本控制的金额，如“≤{budget}{unit}”。",
    ),
    _rule(
        "C02", _E, "成本指标合计超过年度资金总额",
        "依次按合计、单价×数量、本级或转移资金单独核对；都对不上且超出的为错误。",
        "{arithmetic} > {basis} {budget} {unit}，多 {difference} {unit}",
        "请核对成本指标的金额和{basis}。",
    ),
    _rule(
        "C03", _W, "成本指标合计小于年度资金总额",
        "成本指标合计小于年度资金总额，用数量指标也解释不了差额。",
        "{arithmetic} < {basis} {budget} {unit}，少 {difference} {unit}，数量指标也解释不了差额",
        "请补充遗漏的成本指标，或写明单价对应的数量。",
    ),
    _rule(
        "P03", _I, "一个项目印成了多张表",
        "名称和项目总额都相同的几张表按一个项目合并，资金只计一次。",
        "项目“{name}”分在 {count} 张表中（{places}），已合并，资金只计一次",
        "不需要修改；请确认这几张表是同一个项目的续表。",
    ),
)

RULES = {rule.code: rule for rule in _ALL}
