"""The long lists of the bureau's book: 项目汇总, 指标明细, 校验结果."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfgoals_xl.bureau.account import FileLine, in_common_unit
from perfgoals_xl.bureau.digest import COLUMNS, Digest
from perfgoals_xl.form.fields import AMOUNT_FIELDS, field, label_of
from perfgoals_xl.workbooks import findings_layout, indicator_list, project_list
from perfgoals_xl.workbooks.findings_layout import SEVERITY_LABELS
from perfgoals_xl.workbooks.indicator_list import KIND_LABELS, bound_value
from perfgoals_xl.workbooks.tables import Column, Value

PROJECTS, INDICATORS = project_list.SHEET, indicator_list.SHEET
FINDINGS = findings_layout.SHEET

FILE_NUMBER = "部门序号"
"""The header of the number of the department's row on 部门汇总, by which everything is added up."""
INDICATOR_COUNT = "指标数"
_TEXTS = (
    ("project_name", 22.0),
    ("supervising_department", 12.0),
    ("implementing_unit", 13.0),
    ("project_attribute", 9.0),
    ("project_period", 12.0),
)

PROJECT_COLUMNS = (
    Column("项目序号", 7, "center"),
    Column(FILE_NUMBER, 7, "center"),
    Column("部门", 18),
    *(Column(field(name).label, width) for name, width in _TEXTS),
    *(Column(label_of(name), 12, "ledger") for name in AMOUNT_FIELDS),
    Column(INDICATOR_COUNT, 7, "center"),
    Column("工作表", 11),
    Column("单元格", 8, "center"),
)
INDICATOR_COLUMNS = (
    Column("序号", 8, "center"),
    Column(FILE_NUMBER, 7, "center"),
    Column("部门", 18),
    Column("项目序号", 7, "center"),
    Column("项目", 22),
    Column(field("level1").label, 10, "center"),
    Column(field("level2").label, 11, "center"),
    Column("指标序号", 6, "center"),
    Column(field("level3").label, 28),
    Column(field("target_value").label, 16, "center"),
    Column("类型", 8, "center"),
    Column("符号", 6, "center"),
    Column("下限", 11, "right"),
    Column("上限", 11, "right"),
    Column("单位", 8, "center"),
    Column(field("note").label, 13),
    Column("工作表", 11),
    Column("单元格", 8, "center"),
)
SEVERITY, WAIVER = "级别", "说明"
FINDING_COLUMNS = (
    Column("序号", 8, "center"),
    Column(FILE_NUMBER, 7, "center"),
    Column("部门", 16),
    Column(SEVERITY, 7, "center"),
    Column("规则", 7, "center"),
    Column("工作表", 12),
    Column("单元格", 8, "center"),
    Column("项目", 16),
    Column("指标", 17),
    Column("内容", 14),
    Column("问题", 30),
    Column("建议", 22),
    Column(WAIVER, 16),
)

_PROJECT = {name: index for index, name in enumerate(COLUMNS["projects"])}
_INDICATOR = {name: index for index, name in enumerate(COLUMNS["indicators"])}
Row = Sequence[Value]


def project_rows(digest: Digest, line: FileLine, before: int) -> Iterator[Row]:
    """The rows of 项目汇总; ``before`` projects stand above them. Amounts in 万元."""
    indicators = [0] * len(digest.tables["projects"])
    for row in digest.tables["indicators"]:
        indicators[row[_INDICATOR["project"]]] += 1
    for number, row in enumerate(digest.tables["projects"]):
        unit = row[_PROJECT["amount_unit"]]
        yield (
            before + number + 1,
            line.number,
            line.department,
            *(row[_PROJECT[name]] for name, _ in _TEXTS),
            *(in_common_unit(row[_PROJECT[name]], unit) for name in AMOUNT_FIELDS),
            indicators[number],
            row[_PROJECT["sheet"]],
            row[_PROJECT["cell"]],
        )


def indicator_rows(
    digest: Digest, line: FileLine, before: int, projects_before: int
) -> Iterator[Row]:
    """The rows of 指标明细, where ``before`` indicators stand above them."""
    names = [row[_PROJECT["project_name"]] for row in digest.tables["projects"]]
    at = _INDICATOR
    for number, row in enumerate(digest.tables["indicators"], start=before + 1):
        project, kind = row[at["project"]], row[at["kind"]]
        yield (
            number,
            line.number,
            line.department,
            projects_before + project + 1,
            names[project],
            *(row[at[name]] for name in ("level1", "level2", "ordinal", "level3", "target_value")),
            KIND_LABELS.get(kind, kind),
            row[at["operator"]],
            bound_value(row[at["low"]]),
            bound_value(row[at["high"]]),
            *(row[at[name]] for name in ("unit", "note", "sheet", "cell")),
        )


def finding_rows(digest: Digest, line: FileLine, before: int) -> Iterator[Row]:
    """The rows of 校验结果, where ``before`` findings stand above them."""
    for number, finding in enumerate(digest.findings, start=before + 1):
        label = SEVERITY_LABELS.get(finding.severity, finding.severity)
        yield (number, line.number, line.department, label, *finding[1:])
