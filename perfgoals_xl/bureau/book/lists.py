"""The long lists of the bureau's book: 项目汇总, 指标明细, 校验结果."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfgoals_xl.bureau.digest import COLUMNS, Digest
from perfgoals_xl.form.amounts import in_common_unit
from perfgoals_xl.form.fields import AMOUNT_FIELDS, field, label_of
from perfgoals_xl.form.own_sheets import RESULTS_SHEET, SEVERITY_LABELS
from perfgoals_xl.workbooks.findings import layout as findings_layout
from perfgoals_xl.workbooks.kit.tables import Column, Value
from perfgoals_xl.workbooks.summary import indicator_list, project_list
from perfgoals_xl.workbooks.summary.indicator_list import indicator_values
from perfgoals_xl.workbooks.summary.project_list import TEXT_COLUMNS

PROJECTS, INDICATORS = project_list.SHEET, indicator_list.SHEET
FINDINGS = RESULTS_SHEET

FILE_NUMBER = "部门序号"
"""The header of the number of the department's row on 部门汇总, by which everything is added up."""
INDICATOR_COUNT = "指标数"

PROJECT_COLUMNS = (
    Column("项目序号", 7, "center"),
    Column(FILE_NUMBER, 7, "center"),
    Column("部门", 18),
    *(Column(field(name).label, width) for name, width in TEXT_COLUMNS),
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
    *indicator_list.INDICATOR_COLUMNS,
    Column("单元格", 8, "center"),
)
_FINDING = {column.key: column for column in findings_layout.COLUMNS}
SEVERITY, WAIVER = _FINDING["severity"].header, _FINDING["waiver"].header
FINDING_COLUMNS = (
    Column("序号", 8, "center"),
    Column(FILE_NUMBER, 7, "center"),
    Column("部门", 16),
    *(
        Column(column.header, column.width, "center" if key in findings_layout.CENTRED else "left")
        for key, column in _FINDING.items()
        if key != "number"
    ),
)

SINCE = "与上轮"
"""The header of what a finding was in the last round, where there is one to compare with."""
FINDING_COLUMNS_SINCE = (*FINDING_COLUMNS, Column(SINCE, 8, "center"))

_PROJECT = {name: index for index, name in enumerate(COLUMNS["projects"])}
_INDICATOR = {name: index for index, name in enumerate(COLUMNS["indicators"])}
Row = Sequence[Value]


def project_rows(digest: Digest, file: int, before: int) -> Iterator[Row]:
    """The rows of 项目汇总 of the file of a number; ``before`` projects stand above them.

    Amounts are in 万元.
    """
    indicators = [0] * len(digest.tables["projects"])
    for row in digest.tables["indicators"]:
        indicators[row[_INDICATOR["project"]]] += 1
    for number, row in enumerate(digest.tables["projects"]):
        unit = row[_PROJECT["amount_unit"]]
        yield (
            before + number + 1,
            file,
            digest.department,
            *(row[_PROJECT[name]] for name, _ in TEXT_COLUMNS),
            *(in_common_unit(row[_PROJECT[name]], unit) for name in AMOUNT_FIELDS),
            indicators[number],
            row[_PROJECT["sheet"]],
            row[_PROJECT["cell"]],
        )


def indicator_rows(digest: Digest, file: int, before: int, projects_before: int) -> Iterator[Row]:
    """The rows of 指标明细, where ``before`` indicators stand above them."""
    names = [row[_PROJECT["project_name"]] for row in digest.tables["projects"]]
    for number, row in enumerate(digest.tables["indicators"], start=before + 1):
        record = dict(zip(COLUMNS["indicators"], row, strict=True))
        yield (
            number,
            file,
            digest.department,
            projects_before + record["project"] + 1,
            names[record["project"]],
            *indicator_values(record),
            record["cell"],
        )


def finding_rows(digest: Digest, file: int, before: int) -> Iterator[Row]:
    """The rows of 校验结果, where ``before`` findings stand above them."""
    for number, finding in enumerate(digest.findings, start=before + 1):
        label = SEVERITY_LABELS.get(finding.severity, finding.severity)
        # The severity by its label; the file is that of the department's row.
        told = (getattr(finding, key) for key in _FINDING if key not in ("number", "severity"))
        row = (number, file, digest.department, label, *told)
        yield row if digest.since is None else (*row, digest.since.statuses[number - before - 1])
