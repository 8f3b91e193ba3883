"""The titles that the official forms print."""

from __future__ import annotations

import re
from typing import Final

DEPARTMENT_TITLE = "部门整体支出预算绩效目标表"


PROJECT_TITLE = "部门项目支出预算绩效目标表"

_REPORTS: Final = re.compile(
    r"(?:自评|监控|跟踪|执行情况|完成情况|绩效评价)(?:情况|结果|得分|信息)?(?:一览|汇总|统计)?(?:表|报告)"
)
_LONGEST_TITLE = 60


def is_of_report(title: str) -> bool:
    """Whether a form with this title tells how far goals were reached: 自评表, 监控表."""
    return len(title) <= _LONGEST_TITLE and _REPORTS.search(title) is not None
