"""Faults of the table: groups, pairs, duplicates, names, points."""

from __future__ import annotations

import random

from tests.support.faults.injectors.kinds import (
    TABLE,
    Fault,
    add,
    fault,
    has_groups,
    kind,
    name_of,
    rename,
    some_row,
)
from tests.support.faults.model import Drawn, Row

_REQUIRED = ("质量", "时效", "服务对象满意度")
_BENEFITS = ("经济效益", "社会效益", "生态效益", "可持续影响")
_PLAIN_GROUPS = ("质量", "社会效益", "生态效益", "可持续影响", "服务对象满意度")


@kind("warning")
def group_missing(drawn: Drawn, rng: random.Random) -> Fault:
    """A group that every form asks for was left out."""
    project = drawn.project
    group = rng.choice([one for one in _REQUIRED if one in has_groups(project)])
    project.rows = [row for row in project.rows if row.group != group]
    return fault("S01", TABLE, also="G04")


@kind("warning")
def benefits_missing(drawn: Drawn, rng: random.Random) -> Fault:
    """No benefit of any kind is told."""
    project = drawn.project
    project.rows = [row for row in project.rows if row.group not in _BENEFITS]
    return fault("S01", TABLE, also="G04 G06")


@kind("error", costs="sums")
def quantities_missing(drawn: Drawn, rng: random.Random) -> Fault:
    """There is no 数量指标."""
    project = drawn.project
    project.rows = [row for row in project.rows if row.group != "数量"]
    return fault("S01", TABLE, also="G04 G06 C04")


@kind("error")
def costs_missing(drawn: Drawn, rng: random.Random) -> Fault:
    """There is no cost at all."""
    project = drawn.project
    costs = ("成本", "经济成本", "社会成本", "生态环境成本")
    project.rows = [row for row in project.rows if row.group not in costs]
    return fault("S01 C01", TABLE, also="G04 G06 C04")


@kind("warning")
def level_blank(drawn: Drawn, rng: random.Random) -> Fault:
    """The second level of a group was left blank: its rows read as those of the group above."""
    project = drawn.project
    group = rng.choice([one for one in ("质量", "时效") if one in has_groups(project)])
    rows = project.of(group)
    project.without_group = {n for n, row in enumerate(project.rows) if row in rows}
    return fault("S01", TABLE, *rows, also="S05 V03 V04 T04 C02 C03 C04")


@kind("error")
def value_blank(drawn: Drawn, rng: random.Random) -> Fault:
    """An indicator without a value."""
    row = rng.choice(drawn.project.of(*_PLAIN_GROUPS))
    row.value = ""
    return fault("S02", row)


@kind("error")
def name_blank(drawn: Drawn, rng: random.Random) -> Fault:
    """A value without an indicator."""
    row = rng.choice(drawn.project.of(*_PLAIN_GROUPS))
    row.name = ""
    return fault("S02", row)


@kind("error")
def row_twice(drawn: Drawn, rng: random.Random) -> Fault:
    """An indicator was copied."""
    project = drawn.project
    row = rng.choice(project.of(*_PLAIN_GROUPS, "时效"))
    copied = add(project, row.group, name_of(row), row.value)
    return fault("S03", row, copied)


@kind("warning")
def row_twice_with_other_value(drawn: Drawn, rng: random.Random) -> Fault | None:
    """The same indicator has two values."""
    project = drawn.project
    row = some_row(rng, project.of("质量", "社会效益"), r"^\D{0,3}9\d%")
    if row is None:
        return None
    other = rng.choice(("≥91.5%", "≥92.5%", "≥93.5%"))
    return fault("S03", row, add(project, row.group, name_of(row), other))


@kind("warning", edition="2015")
def effect_twice(drawn: Drawn, rng: random.Random) -> Fault | None:
    """One text under two groups of benefits."""
    project = drawn.project
    row = rng.choice(project.of("社会效益"))
    copied = Row(rng.choice(("生态效益", "可持续影响")), name_of(row), row.value)
    project.add_behind(copied)
    return fault("S04", row, copied)


@kind("warning")
def heads_under_quality(drawn: Drawn, rng: random.Random) -> Fault:
    """A head-count under 质量."""
    name, value = rng.choice(
        (("聘用临时人员数", "12人"), ("参加培训村干部人数", "≥60人"), ("参会人员数量", "200人"))
    )
    return fault("S05", add(drawn.project, "质量", name, value))


@kind("warning")
def days_under_quality(drawn: Drawn, rng: random.Random) -> Fault:
    """A number of days under 质量."""
    name, value = rng.choice(
        (("驻村服务天数", "≥200天"), ("培训天数", "5天"), ("布展天数", "30天"))
    )
    return fault("S05", add(drawn.project, "质量", name, value))


@kind("warning")
def count_under_timeliness(drawn: Drawn, rng: random.Random) -> Fault:
    """A count of things under 时效."""
    name, value = rng.choice(
        (("购置办公桌椅数量", "20套"), ("聘请专家人数", "8人"), ("印制台账册数", "500册"))
    )
    return fault("S05 T04", add(drawn.project, "时效", name, value))


@kind("warning")
def money_under_timeliness(drawn: Drawn, rng: random.Random) -> Fault:
    """An amount of money under 时效."""
    return fault("S05", add(drawn.project, "时效", "资金支付金额", f"{rng.randint(10, 90)}万元"))


@kind("warning", edition="2015")
def spending_under_economy(drawn: Drawn, rng: random.Random) -> Fault:
    """The control of spending under 经济效益."""
    name, value = rng.choice(
        (
            ("项目支出控制在预算内", "100%"),
            ("控制项目支出不超预算", "≤100%"),
            ("严格控制经费支出", "100%"),
        )
    )
    return fault("S05", add(drawn.project, "经济效益", name, value))


@kind("warning")
def slogan_as_name(drawn: Drawn, rng: random.Random) -> Fault:
    """A slogan in place of what is measured."""
    row = drawn.project.of("社会效益", "服务对象满意度")[0]
    rename(
        row,
        rng.choice(
            (
                "深入贯彻落实上级部门决策部署，坚持以人民为中心，不断增强人民群众的获得感、幸福感和安全感",
                "坚持问题导向，压实各方责任，健全工作机制，全面推动各项重点工作落地落实、取得实实在在的成效",
            )
        ),
    )
    row.value = "≥95%"
    return fault("N01", row)


@kind("warning")
def date_as_name(drawn: Drawn, rng: random.Random) -> Fault:
    """A time in place of what is measured."""
    row = drawn.project.of("时效")[0]
    year = drawn.year
    rename(row, rng.choice((f"{year}年12月31日前", f"{year}年1月至12月", f"{year}年11月底前")))
    row.value = "100%"
    return fault("N01", row, also="T04")


@kind("warning")
def hint_in_name(drawn: Drawn, rng: random.Random) -> Fault | None:
    """The hint of the template was left in a name."""
    row = some_row(rng, drawn.project.of("质量", "社会效益", "服务对象满意度"), "%")
    if row is None:
        return None
    row.name += rng.choice(("（≥**%）", "（≥XX%）", "（≥***%）", "≥**%", "(>=**%)"))
    return fault("V01", row)


@kind("warning", parts="whole", name_unit="none", goal_figures="plain")
def target_in_name(drawn: Drawn, rng: random.Random) -> Fault | None:
    """The name says another target than the value."""
    works = [work for work in drawn.project.works if work.quantities and work.number < 1000]
    if not works:
        return None
    work = rng.choice(works)
    row = work.quantities[0]
    other = work.number + rng.choice((1, 2, 3, 5))
    rename(row, work.phrase.replace("{n}", f"{other}{work.unit}"))
    return fault("V12", row, also="G04 C02 C03 C04")


@kind("warning", weights="hundred")
def points_off(drawn: Drawn, rng: random.Random) -> Fault:
    """The points make neither 100 nor 90."""
    row = rng.choice(drawn.project.rows)
    assert row.weight is not None
    row.weight += rng.choice((1, 2, 3))
    return fault("S07", TABLE, *drawn.project.rows)
