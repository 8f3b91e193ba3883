"""Faults of dates and periods."""

from __future__ import annotations

import random
import re
from datetime import date

from tests.support.faults.injectors.kinds import Fault, add, fault, kind, name_of, rename
from tests.support.faults.model import Drawn, Row

_EPOCH = date(1899, 12, 30)


def _dated(drawn: Drawn, rng: random.Random) -> Row:
    """A row of 时效 with a date, whatever it held before."""
    rows = drawn.project.of("时效")
    dated = [row for row in rows if re.search(r"\d年\d", row.value)]
    if dated:
        return rng.choice(dated)
    row = rng.choice(rows)
    rename(row, "项目完成时间")
    return row


@kind("error")
def time_of_last_year(drawn: Drawn, rng: random.Random) -> Fault:
    """Last year's date was kept."""
    row, year = _dated(drawn, rng), drawn.year - rng.choice((1, 1, 1, 2))
    month = rng.randint(3, 12)
    row.value = rng.choice(
        (f"{year}年{month}月底前", f"{year}年12月31日前", f"{year}.{month}.15前")
    )
    return fault("T01", row, also="T07")


@kind("warning")
def time_of_next_year(drawn: Drawn, rng: random.Random) -> Fault:
    """A date after the year."""
    row, year = _dated(drawn, rng), drawn.year + 1
    row.value = rng.choice((f"{year}年3月底前", f"{year}年6月30日前", f"{year}年12月底前"))
    return fault("T02", row, also="T07 T05")


@kind("warning")
def impossible_date(drawn: Drawn, rng: random.Random) -> Fault:
    """A day that no calendar has."""
    row, year = _dated(drawn, rng), drawn.year
    row.value = rng.choice(
        (f"{year}年4月31日前", f"{year}年13月底前", f"{year}年2月30日", f"{year}年11月31日前完成")
    )
    return fault("T06", row)


@kind("warning")
def date_as_serial(drawn: Drawn, rng: random.Random) -> Fault:
    """A date that the spreadsheet turned into its number."""
    row = _dated(drawn, rng)
    row.value = str((date(drawn.year, rng.randint(5, 12), rng.randint(1, 28)) - _EPOCH).days)
    return fault("T06", row, also="V05 T04")


@kind("warning")
def end_before_start(drawn: Drawn, rng: random.Random) -> Fault:
    """The work is done before it begins."""
    project, year = drawn.project, drawn.year
    for row in project.of("时效"):
        project.rows.remove(row)
    start, end = rng.randint(7, 9), rng.randint(3, 5)
    first = add(project, "时效", rng.choice(("项目开工时间", "开工时间")), f"{year}年{start}月")
    last = add(project, "时效", rng.choice(("项目完工时间", "完工时间")), f"{year}年{end}月底前")
    _back_in_place(project.rows)
    return fault("T07", first, last)


def _back_in_place(rows: list[Row]) -> None:
    """Move 时效 behind 质量, where the form prints it."""
    times = [row for row in rows if row.group == "时效"]
    others = [row for row in rows if row.group != "时效"]
    at = 1 + max(n for n, row in enumerate(others) if row.group == "质量")
    rows[:] = [*others[:at], *times, *others[at:]]


@kind("warning", period="months")
def end_after_period(drawn: Drawn, rng: random.Random) -> Fault:
    """The work ends after the project does."""
    year, row = drawn.year, _dated(drawn, rng)
    drawn.project.fields["project_period"] = rng.choice(
        (f"{year}年1月至{year}年6月", f"{year}年1月1日至{year}年6月30日")
    )
    rename(row, "项目完成时间")
    row.value = rng.choice((f"{year}年11月底前", f"{year}年10月31日前"))
    return fault("T05 T07", row, also="T05 T07")


@kind("warning")
def progress_for_time(drawn: Drawn, rng: random.Random) -> Fault:
    """A share under 时效 that says nothing of when."""
    row = rng.choice(drawn.project.of("时效"))
    rename(row, rng.choice(("工作进度", "项目完成情况", "任务推进程度")))
    row.value = rng.choice(("100%", "≥95%"))
    return fault("T04", row)


@kind("warning", period="months")
def longer_than_the_period(drawn: Drawn, rng: random.Random) -> Fault:
    """A term of work that is longer than the project."""
    row = rng.choice(drawn.project.of("时效"))
    assert name_of(row)
    rename(row, rng.choice(("项目建设工期", "服务合同期")))
    row.value = rng.choice(("2年", "24个月", "≤3年", "18个月"))
    return fault("T05", row)
