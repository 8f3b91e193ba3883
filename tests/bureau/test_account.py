"""The account of the files: who declared twice, which are copies, what adds up."""

from __future__ import annotations

from decimal import Decimal

from perfgoals_xl.bureau.account import Account, State
from perfgoals_xl.bureau.digest import COLUMNS, Digest, lost
from perfgoals_xl.workbooks.findings.layout import FindingLine


def project(**values: object) -> tuple[object, ...]:
    row = dict.fromkeys(COLUMNS["projects"]) | {"amount_unit": "万元", "sheet": "表", "cell": "B4"}
    return tuple((row | values)[name] for name in COLUMNS["projects"])


def declared(file: str, department: str | None, *projects: tuple[object, ...], **more) -> Digest:
    tables = {name: [] for name in COLUMNS} | {"projects": list(projects)}
    return Digest(file, file, department=department, year=2026, tables=tables, **more)


def finding(severity: str, waiver: str | None = None) -> FindingLine:
    return FindingLine(severity, "F01", "表", "B4", None, None, None, "问题", "建议", waiver)


def test_blank_amounts_are_no_zeros_and_units_are_converted():
    account = Account()
    line = account.take(
        declared(
            "a",
            "甲局",
            project(annual_amount=Decimal("0.1")),
            project(annual_amount=Decimal("2000.000001"), amount_unit="元"),
            project(annual_amount="待定"),
            project(),
        )
    )
    assert line.totals["annual_amount"] == Decimal("0.3000000001")
    assert line.totals["total_amount"] is None
    assert (line.uncounted, line.converted, line.projects) == (2, 1, 4)
    account.take(declared("b", "乙局", project(annual_amount=Decimal(0))))
    assert account.total("annual_amount") == Decimal("0.3000000001")
    assert account.total("local_total") is None


def test_an_error_is_open_until_it_is_answered():
    account = Account()
    found = (finding("error"), finding("error", "已说明"), finding("info"))
    line = account.take(declared("a", "甲局", findings=found))
    assert (line.findings, line.open_errors, line.found) == ({"error": 2, "info": 1}, 1, 3)


def test_copies_count_once_and_twins_are_found_in_any_spelling():
    account = Account()
    first = declared("a", "甲局")
    account.take(first)
    copy = account.take(Digest("b", "a", department="甲局", year=2026))
    other = account.take(declared("c", "甲 局"))
    later = account.take(declared("d", "甲局", summary=False, unreviewed="设置看不懂"))
    account.take(lost("e", "坏了"))
    account.take(lost("f", "坏了"))
    account.finish()
    assert copy.state is State.COPY
    assert "序号 1（a）" in copy.reason
    assert [line.twins for line in account.lines] == [(3, 4), (), (1, 4), (1, 3), (), ()]
    assert later.state is State.UNREVIEWED
    assert (other.counts, copy.counts, account.departments) == (True, False, 1)


def test_departments_without_a_name_count_by_their_files():
    account = Account()
    for file, department in (("a", None), ("b", None), ("c", "丙局")):
        account.take(declared(file, department))
    account.finish()
    assert account.departments == 3
    assert not any(line.twins for line in account.lines)
