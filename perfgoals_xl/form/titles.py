"""The titles that the official forms print."""

from __future__ import annotations

DEPARTMENT_TITLE = "部门整体支出预算绩效目标表"


PROJECT_TITLE = "部门项目支出预算绩效目标表"
