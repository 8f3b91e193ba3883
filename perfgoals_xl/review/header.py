"""Header and goal of a project: what must be filled, and the year (H rules)."""

from __future__ import annotations

from perfgoals_xl.form.fields import label_of
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.review.findings import Abstention, Hit, Verdict
from perfgoals_xl.review.row_rules import Judge, Row, RowRule

HEADER_FIELDS = (
    "supervising_department",
    "implementing_unit",
    "project_attribute",
    "project_period",
)


def name_is_filled(row: Row) -> Verdict:
    """H01: 项目名称 is not blank."""
    return Hit("project_name") if is_blank(row["project_name"]) else None


def goal_is_filled(row: Row) -> Verdict:
    """H02: 年度总体绩效目标 is not blank."""
    return Hit("annual_goal") if is_blank(row["annual_goal"]) else None


def header_is_filled(column: str) -> Judge:
    """H03: a header field is not blank. One check per field, so that each names its own cell."""

    def check(row: Row) -> Verdict:
        if not is_blank(row[column]):
            return None
        label = label_of(column)
        if column in row["missing_labels"]:
            return Abstention(f"这种版式的表上没有“{label}”")
        return Hit(column, {"label": label})

    return check


def year_is_plan_year(row: Row) -> Verdict:
    """H04: the year of the form's title is the plan year (``plan_year``) of the declaration."""
    year, plan_year = row["year"], row["plan_year"]
    if year is None or plan_year is None:
        return Abstention("标题中没有年度" if plan_year else "没有计划年度")
    if year == plan_year:
        return None
    return Hit("year", {"year": year, "plan_year": plan_year})


PROJECT_RULES = (
    RowRule("H01", (name_is_filled,), says_blank=True),
    RowRule("H02", (goal_is_filled,), says_blank=True),
    RowRule(
        "H03",
        tuple(header_is_filled(column) for column in HEADER_FIELDS),
        says_blank=True,
        abstains=True,
    ),
    RowRule("H04", (year_is_plan_year,), abstains=True),
)
