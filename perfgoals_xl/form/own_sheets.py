"""The words on the sheets of our own: 校验结果, 校验规则, 封面: for writers and readers."""

from __future__ import annotations

import re
from collections.abc import Mapping

RESULTS_SHEET = "校验结果"
RESULT_HEADINGS: Mapping[str, str] = {
    "number": "序号",
    "severity": "级别",
    "rule": "规则",
    "sheet": "工作表",
    "cell": "单元格",
    "project": "项目",
    "indicator": "指标",
    "value": "内容",
    "message": "问题",
    "suggestion": "建议",
    "waiver": "说明",
    "position": "位置码",
}
"""The key of every column of 校验结果 and its heading, in the order in which the sheet is made."""
SEVERITY_LABELS = {"error": "错误", "warning": "警告", "info": "提示"}
NO_LONGER = "已消除"
"""Under 级别: a reason whose finding is gone keeps its row, so that staff can move or delete it."""
CLEARED = "已清除"
"""Under 级别: a reason keeps its row while nothing is listed, until the next validation."""
VALIDATED = "已校验"
"""In the heading of the hidden column: the sheet lists what a validation found, if only nothing."""
NOT_VALIDATED = "尚未校验"
"""In place of the counts of findings while nothing was validated."""
SEVERITY_OF_LABEL = {label: severity for severity, label in SEVERITY_LABELS.items()}

RULE_CODE = re.compile(r"[A-Z]\d{2}")
RULES_SHEET = "校验规则"
RULE_HEADINGS = ("规则", "名称", "级别", "阈值", "启用", "说明")
NOTES_LABEL = "单元格批注"
"""The label, on 校验规则, of the setting whether findings are noted in the cells."""

CHECK_TITLE = "核对（自动计算，不打印）"
"""What heads the live checks beside the form of a standard workbook."""

IMPORT_SHEET = "导入说明"
IMPORT_HEADINGS = ("类别", "工作表", "单元格", "内容", "说明")
IMPORT_FILE_HEADING = "文件"
"""A further heading of 导入说明, where several sources were imported."""

OWN_SHEETS = frozenset(
    (RESULTS_SHEET, RULES_SHEET, IMPORT_SHEET, "填报说明", "部门整体", "字典", "封面")
)
"""The sheets of a standard workbook that are no project's."""

COVER_DEPARTMENT = ("填报部门",)
COVER_CODE = ("填报部门代码",)
COVER_PLAN_YEAR = ("计划年度", "预算年度", "申报年度")
COVER_VERSION = ("模板版本",)
