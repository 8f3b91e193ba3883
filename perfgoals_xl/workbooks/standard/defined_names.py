"""The defined names of a standard workbook, and the version of its template.

Names survive what staff do to rows and columns, so programs find these cells by name alone.
"""

from __future__ import annotations

from perfgoals_xl.form.template_version import TEMPLATE_VERSION as TEMPLATE_VERSION

YEAR = "PG_YEAR"
DEPARTMENT = "PG_DEPARTMENT"
DEPARTMENT_CODE = "PG_DEPARTMENT_CODE"
VERSION = "PG_TEMPLATE_VERSION"
EDITION = "PG_EDITION"

LEVEL1_LIST = "PG_LEVEL1"
LEVEL2_LIST = "PG_LEVEL2"
ATTRIBUTE_LIST = "PG_ATTRIBUTES"
DEPARTMENT_LEVEL2_LIST = "PG_DEPARTMENT_LEVEL2"
YEAR_LIST = "PG_YEARS"
SEVERITY_LIST = "PG_SEVERITIES"
YES_NO_LIST = "PG_YES_NO"
RULES = "PG_RULES"
"""The rule list on the sheet 校验规则, its header row included."""
