"""Faults of the funding block and of the head of the form."""

from __future__ import annotations

import random
from decimal import Decimal

from tests.support.faults.injectors.kinds import TITLE, Fault, fault, kind
from tests.support.faults.model import Drawn, Project

# What an annual amount that is wrong is seen to disagree with besides its sources.
_MONEY = "C02 C03 C04 C07 F04 F05 G01 G02 G04 H06 P05"
_PARTS = ("local_appropriation", "local_other", "local_carryover")
_TRANSFERS = ("transfer_central", "transfer_regional")
_AMOUNTS = (
    *("total_amount", "annual_amount", "local_total", "transfer_total"),
    *(*_PARTS, *_TRANSFERS),
)


def amount(project: Project, name: str) -> Decimal:
    """An amount of the form that is a number above 0."""
    value = project.fields[name]
    assert isinstance(value, Decimal)
    return value


def _filled(project: Project, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if project.fields.get(name)]


def _off(rng: random.Random, value: Decimal) -> Decimal:
    """An amount near another: a slip of the pen."""
    if rng.random() < 0.5:
        return value + rng.choice((1, 2, 5, 10))
    return value + (value * rng.randint(5, 30) / 100).quantize(Decimal("0.01"))


@kind("error")
def annual_off(drawn: Drawn, rng: random.Random) -> Fault:
    """The annual amount is not the sum of its sources."""
    fields = drawn.project.fields
    fields["annual_amount"] = _off(rng, amount(drawn.project, "annual_amount"))
    return fault("F02", "annual_amount", also=_MONEY)


@kind("error")
def source_off(drawn: Drawn, rng: random.Random) -> Fault | None:
    """A source is not what its subtotal says."""
    project = drawn.project
    name = rng.choice(_filled(project, (*_PARTS, *_TRANSFERS)))
    project.fields[name] = _off(rng, amount(project, name))
    names = _PARTS if name in _PARTS else _TRANSFERS
    total = "local_total" if name in _PARTS else "transfer_total"
    return fault("F03", total, *names, also="F02")


@kind("error")
def subtotal_off(drawn: Drawn, rng: random.Random) -> Fault:
    """The total of a block is wrong."""
    project = drawn.project
    name = rng.choice(_filled(project, ("local_total", "transfer_total")))
    project.fields[name] = _off(rng, amount(project, name))
    return fault("F02 F03", "annual_amount", name, also="F02 F03 C02 C03")


@kind("error")
def total_below_annual(drawn: Drawn, rng: random.Random) -> Fault:
    """项目总额 is less than one year of it."""
    project = drawn.project
    annual = amount(project, "annual_amount")
    project.fields["total_amount"] = (annual * rng.randint(3, 9) / 10).quantize(Decimal("0.01"))
    return fault("F04", "total_amount", also="F05 H06 G01")


@kind("warning", period="months")
def one_year_with_more(drawn: Drawn, rng: random.Random) -> Fault:
    """A project of one year whose total is more than the year's amount."""
    project = drawn.project
    project.fields["total_amount"] = amount(project, "annual_amount") * rng.randint(2, 4)
    return fault("F05", "total_amount", "project_period", also="H06")


@kind("error")
def annual_blank(drawn: Drawn, rng: random.Random) -> Fault:
    """年度资金总额 was forgotten."""
    drawn.project.fields["annual_amount"] = None
    return fault("F01", "annual_amount", also="P05 F02")


@kind("error")
def annual_in_words(drawn: Drawn, rng: random.Random) -> Fault:
    """年度资金总额 is a text."""
    text = rng.choice(("详见附件", "以批复为准", "待定", "按实际支出"))
    drawn.project.fields["annual_amount"] = text
    return fault("F01", "annual_amount", also="P05 F02")


@kind("error")
def annual_negative(drawn: Drawn, rng: random.Random) -> Fault:
    """年度资金总额 is below zero."""
    drawn.project.fields["annual_amount"] = -amount(drawn.project, "annual_amount")
    return fault("F01", "annual_amount", also=_MONEY + " F02")


@kind("error", unit="wan")
def funds_in_yuan(drawn: Drawn, rng: random.Random) -> Fault:
    """A form in 万元 whose funds were filled in 元."""
    fields = drawn.project.fields
    for name in _AMOUNTS:
        if isinstance(value := fields.get(name), Decimal):
            fields[name] = value * 10000
    return fault("C07", "annual_amount", also="G01 C03 C04")


@kind("error")
def project_name_blank(drawn: Drawn, rng: random.Random) -> Fault:
    """项目名称 was forgotten."""
    drawn.project.fields["project_name"] = None
    return fault("H01", "project_name")


@kind("warning")
def head_blank(drawn: Drawn, rng: random.Random) -> Fault:
    """A field of the head was forgotten."""
    names = ("supervising_department", "implementing_unit", "project_attribute", "project_period")
    name = rng.choice(names)
    drawn.project.fields[name] = None
    return fault("H03", name)


@kind("error")
def title_of_last_year(drawn: Drawn, rng: random.Random) -> Fault:
    """The form of last year was filled in again."""
    drawn.title_year = drawn.year - 1
    return fault("H04", TITLE)


@kind("warning")
def period_of_ages(drawn: Drawn, rng: random.Random) -> Fault:
    """A period that no project has."""
    drawn.project.fields["project_period"] = rng.choice(("99年", "50年", "30年"))
    return fault("H06", "project_period", also="F05")


@kind("error", period="months")
def period_long_over(drawn: Drawn, rng: random.Random) -> Fault:
    """项目期 is that of an earlier year."""
    old = drawn.year - rng.choice((1, 2))
    text = rng.choice((f"{old}年1月至{old}年12月", f"{old}年1月1日至{old}年12月31日"))
    drawn.project.fields["project_period"] = text
    return fault("T01", "project_period", also="H06 T07 T05 F05")


@kind("warning")
def markup_left(drawn: Drawn, rng: random.Random) -> Fault:
    """Markup came along from a web page."""
    name = rng.choice(("annual_goal", "project_name"))
    text = drawn.project.fields[name]
    drawn.project.fields[name] = rng.choice(
        (f"<p>{text}</p>", f"{text}<br/>", f"{text}&nbsp;", f"<b>{text}</b>")
    )
    return fault("H07", name)
