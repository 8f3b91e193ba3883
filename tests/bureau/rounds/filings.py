"""Filings made up as digests: a book of hundreds of departments in a second, without any file."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import openpyxl

from perfgoals_xl.bureau import consolidation
from perfgoals_xl.bureau.digest import COLUMNS, Digest
from perfgoals_xl.workbooks.findings.layout import FindingLine

READ_AT = dt.datetime(2026, 3, 2, 9, 30)


def finding(
    rule, project, indicator=None, *, message=None, cell="E9", severity="error", waiver=None
):
    told = message or f"{indicator or project}的指标值与资金 280 万元不符"
    advice = "请核对后更正。"
    return FindingLine(
        *(severity, rule, "项目01", cell, project, indicator, "≥5", told, advice, waiver, "x.xlsx")
    )


def project(name, annual="280", *, sheet="项目01", **fields):
    amount = Decimal(annual) if annual is not None else None
    values = {"project_name": name, "annual_amount": amount, "total_amount": amount}
    values |= {"amount_unit": "万元", "sheet": sheet, "cell": "C4", **fields}
    return tuple(values.get(column) for column in COLUMNS["projects"])


def filing(department, projects=(), findings=(), **fields):
    """What a file of the department says; ``file`` and ``sha256`` follow its content."""
    tables = {"projects": list(projects), "indicators": [], "department_goals": []}
    values = {"department": department, "year": 2026, "edition": "2015", "amount_unit": "万元"}
    values |= {"file": f"/县/{department}.xlsx", **fields}
    sha256 = fields.get("sha256") or f"{hash((department, repr(tables), repr(findings))):064x}"
    return Digest(**(values | {"sha256": sha256, "tables": tables, "findings": tuple(findings)}))


def write_book(monkeypatch, path, filings, **options):
    """Writes the book of the filings and returns what became of them."""
    of_file = {filing.file: filing for filing in filings}
    monkeypatch.setattr(
        consolidation, "digests", lambda paths, *a, **k: [of_file[p] for p in paths]
    )
    files = [Path(filing.file) for filing in filings]
    return consolidation.consolidate_departments(files, path, read_at=READ_AT, **options)


def rows(path, sheet):
    """The lines of a list of a book, by header."""
    lines = list(openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))
    header = [str(name) for name in lines[2]]
    return [dict(zip(header, line, strict=True)) for line in lines[3:]]


def departments(path):
    """The rows of 部门汇总 by department; those of its second file and so on in a list."""
    return {row["部门"]: row for row in rows(path, "部门汇总")[:-1]}


def changes(path, *kinds):
    """What 与上轮对比 tells, as tuples without the numbers; of these kinds alone."""
    told = ("部门", "变化", "项目", "事项", "上轮", "本轮", "工作表", "单元格")
    lines = [tuple(row[key] for key in told) for row in rows(path, "与上轮对比") if row["部门"]]
    return [line for line in lines if not kinds or line[1] in kinds]
