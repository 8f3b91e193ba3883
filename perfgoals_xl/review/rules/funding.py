"""The funding block: amounts filled, and sums that hold to the last decimal (F rules)."""

from __future__ import annotations

from decimal import Decimal

from perfgoals_xl.declaration import Remark, RemarkKind
from perfgoals_xl.form.amounts import parse_amount, plain
from perfgoals_xl.form.fields import AMOUNT_FIELDS, BLOCK_NAMES, Block, Table, label_of
from perfgoals_xl.form.target import is_nothing
from perfgoals_xl.form.text import UNCALCULATED, is_blank
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.funding_sums import (
    BLOCKS,
    SOURCES,
    SourceSum,
    _sum,
    all_sources,
    build_up_gap,
    may_make,
    only_other_money,
    sources_sum,
    unread_sources,
)
from perfgoals_xl.review.evidence.indicator_text import short
from perfgoals_xl.review.evidence.periods import read_period
from perfgoals_xl.review.findings import Abstention, Hit, Verdict
from perfgoals_xl.review.row_rules import (
    AnyRow,
    JudgedProject,
    LacksLabel,
    ProjectJudge,
    UnknownColumn,
    if_planned,
    lacks,
    needs,
    project_rule,
)

DECIMALS = 6
_YEAR = 12.0
# A period of one year by its dates may be a day or two longer.
_TOLERANCE = 0.5


@needs("annual_amount")
def annual_is_amount(row: JudgedProject) -> Verdict:
    """F01: 年度资金总额 is filled, an amount, and not negative."""
    annual = row["annual_amount"]
    if is_blank(annual):
        stray = next((r for r in row["remarks"] if r.field == "annual_amount"), None)
        if stray is not None:
            params = {"place": stray.place.cell, "stray": stray.value}
            return Hit("annual_amount", params, variant="stray")
        total = _sources_if_known(row)
        if total is not None:
            params = {"total": plain(total), "unit": row["amount_unit"]}
            return Hit("annual_amount", params, variant="sum")
        return Hit("annual_amount")
    if annual == UNCALCULATED:
        return None  # V01 speaks of a formula without a value.
    if not isinstance(annual, Decimal):
        return Hit("annual_amount", {"value": annual}, variant="text")
    if annual < 0:
        params = {"value": plain(annual), "unit": row["amount_unit"]}
        return Hit("annual_amount", params, variant="negative")
    return None


def _sources_if_known(row: JudgedProject) -> Decimal | None:
    """What could stand in for a blank total; the total is blank whether or not that is known."""
    try:
        return all_sources(row).total
    except UnknownColumn:
        return None


@needs("annual_amount")
def annual_is_sum_of_sources(row: JudgedProject) -> Verdict:
    """F02: 年度资金总额 = 本级资金 + 转移市县（区）资金."""
    annual, sources = _amount(row, "annual_amount"), sources_sum(row)
    if isinstance(annual, Abstention):
        return annual
    if may_make(row, annual):
        return None
    every = all_sources(row)
    if every.total is not None:
        sources = every
    if sources.total is None:
        if row["missing_labels"].issuperset(SOURCES):
            return LacksLabel.of(["资金来源"])
        return Abstention(_why_no_sum(sources) or "资金来源都没有填写")
    if annual == sources.total:
        return None
    if every.total is None and (unread := unread_sources(row, SOURCES)):
        return Abstention(unread)
    if sources.total < annual and only_other_money(row):
        return LacksLabel.of([label_of("local_appropriation")])
    return Hit(
        "annual_amount",
        {
            "annual": plain(annual),
            "sources": plain(sources.total),
            "arithmetic": sources.arithmetic,
            "difference": difference(sources.total - annual, row["amount_unit"]),
            "gap": plain(abs(sources.total - annual)),
            "unit": row["amount_unit"],
        },
    )


def block_is_sum_of_parts(block: Block) -> ProjectJudge:
    """F03: the 资金总额 of one block is the sum of its parts."""
    total_name, part_names = BLOCKS[block]

    def check(row: JudgedProject) -> Verdict:
        cells: AnyRow = row
        parts, written = _sum(row, part_names), cells[total_name]
        no_parts = parts.total is None and parts.unreadable is None
        if no_parts and (is_blank(written) or written == 0):
            return None  # The block is not used at all.
        if row["missing_labels"].issuperset(total for total, _ in BLOCKS.values()):
            return None  # The form knows no blocks: its sources make the annual amount (F02).
        total = _amount(row, total_name)
        if isinstance(total, Abstention):
            return total
        if parts.total is None:
            if row["missing_labels"].issuperset(part_names):
                return LacksLabel.of([f"{BLOCK_NAMES[block]}的明细"])
            return Abstention(_why_no_sum(parts) or f"{BLOCK_NAMES[block]}的明细都没有填写")
        if total == parts.total:
            return None
        if unread := unread_sources(row, part_names):
            return Abstention(unread)
        return Hit(
            total_name,
            {
                "block": BLOCK_NAMES[block],
                "total": plain(total),
                "parts": plain(parts.total),
                "arithmetic": parts.arithmetic,
                "difference": difference(parts.total - total, row["amount_unit"]),
                "gap": plain(abs(parts.total - total)),
                "unit": row["amount_unit"],
            },
        )

    return check


@needs("total_amount", "annual_amount")
def total_covers_annual(row: JudgedProject) -> Verdict:
    """F04: 项目总额 is not less than 年度资金总额."""
    total, annual = _amount(row, "total_amount"), _amount(row, "annual_amount")
    if isinstance(total, Abstention):
        return total
    if isinstance(annual, Abstention):
        return annual
    if total >= annual:
        return None
    return Hit(
        "total_amount",
        {
            "total": plain(total),
            "annual": plain(annual),
            "difference": plain(annual - total),
            "unit": row["amount_unit"],
        },
    )


@needs("project_period", "total_amount", "annual_amount")
def total_fits_period(row: JudgedProject) -> Verdict:
    """F05: 项目总额 of a one-year project is 年度资金总额; of a longer one it is more."""
    text = row["project_period"]
    total, annual = _amount(row, "total_amount"), _amount(row, "annual_amount")
    if isinstance(total, Abstention):
        return total
    if isinstance(annual, Abstention):
        return annual
    if text is None or is_blank(text):
        return Abstention("项目期没有填写")
    period = read_period(text)
    if period is None:
        return Abstention(f"项目期“{text}”读不出时间长短")
    params = {
        "period": text,
        "total": plain(total),
        "annual": plain(annual),
        "gap": plain(total - annual),
        "unit": row["amount_unit"],
    }
    if period.start is not None and period.end is not None and period.start.year < period.end.year:
        return None  # Such dates are judged with the plan year (H06).
    if period.months <= _YEAR + _TOLERANCE:
        # Less than 年度资金总额 is told by F04.
        return Hit("total_amount", params) if total > annual else None
    if total == annual and total:
        return Hit("total_amount", params, variant="equal", severity=Severity.INFO)
    return None


def has_few_decimals(name: str) -> ProjectJudge:
    """F07: an amount has no more decimals than the form. One check per amount."""

    def check(row: JudgedProject) -> Verdict:
        cells: AnyRow = row
        amount = cells[name]
        if not isinstance(amount, Decimal) or not amount.is_finite():
            return None
        shown = plain(amount)
        decimals = len(shown.partition(".")[2])
        if decimals <= DECIMALS:
            return None
        params = {"label": label_of(name), "value": shown, "decimals": decimals}
        return Hit(name, params | {"unit": row["amount_unit"]})

    return check


def difference(amount: Decimal, unit: str) -> str:
    """``多 10 万元`` for a positive amount, ``少 10 万元`` for a negative one."""
    return f"{'多' if amount > 0 else '少'} {plain(abs(amount))} {unit}"


def _amount(row: AnyRow, name: str) -> Decimal | Abstention:
    value = row[name]
    if isinstance(value, Decimal):
        return value
    if is_blank(value):
        return lacks(row, name) or Abstention(f"{label_of(name)}没有填写")
    if value == UNCALCULATED:
        return Abstention(f"{label_of(name)}的公式没有计算出结果")
    return Abstention(f"{label_of(name)}“{value}”不是金额")


def _why_no_sum(sources: SourceSum) -> str | None:
    return f"{sources.unreadable}不是金额" if sources.unreadable else None


_FUNDING = frozenset(AMOUNT_FIELDS) | {"block_total"} | {f"block:{block.value}" for block in Block}


# What an amount is told as that stands where no label claims it.
_VARIANTS = {RemarkKind.UNLABELLED: "", RemarkKind.BELOW: "below", RemarkKind.SECOND: "second"}


_FUNDING_LABELS = {"block_total": "资金总额"} | {
    f"block:{block.value}": name for block, name in BLOCK_NAMES.items()
}


def funding_is_in_place(collector: Collector) -> None:
    """F06: no amount stands without a label, no label has two amounts."""
    for remark in collector.declaration.remarks:
        amount = _stray_amount(remark)
        if remark.project is None or amount is None:
            continue
        if collector.records(Table.PROJECTS)[remark.project].get("is_report"):
            continue  # What was spent, and by when, stands beside the budget there.
        label = _FUNDING_LABELS.get(remark.field or "") or label_of(remark.field or "annual_amount")
        variant = _VARIANTS[remark.kind]
        params = {"value": plain(amount), "label": label}
        # Not on the column of its field: that cell is blank and has been called so.
        hit = Hit("project", params, variant, place=remark.place)
        collector.add("F06", Table.PROJECTS, remark.project, hit)


def _stray_amount(remark: Remark) -> Decimal | None:
    """The amount that a remark on the funding block speaks of; None for any other remark."""
    if remark.kind not in _VARIANTS or remark.field not in _FUNDING | {None}:
        return None
    try:
        return parse_amount(remark.value, "万元")
    except ValueError:
        return None


def _adds_up(row: JudgedProject) -> bool:
    """Whether the sources that are amounts make the annual amount."""
    return row["annual_amount"] == sources_sum(row).total


def amounts_are_numbers(collector: Collector) -> None:
    """F07: a spreadsheet holds its amounts as numbers, and every amount is one."""
    declaration = collector.declaration
    for project, values in enumerate(collector.records(Table.PROJECTS)):
        cells: AnyRow = values
        for name in AMOUNT_FIELDS:
            # F01 tells it of the annual amount, which must be there, V01 of formulas.
            written = cells[name]
            if isinstance(written, str) and is_nothing(written) and _adds_up(values):
                continue  # “-” is how many print that there is none, and there is none.
            if isinstance(written, str) and name != "annual_amount" and written != UNCALCULATED:
                params = {"label": label_of(name), "value": short(cells[name])}
                # “-” is how many print that there is none; the cell of an amount is left blank.
                severity = Severity.INFO if is_nothing(written) else Severity.WARNING
                hit = Hit(name, params, variant="none", severity=severity)
                collector.add("F07", Table.PROJECTS, project, hit)
    for project, origin in enumerate(declaration.origins):
        record: AnyRow = collector.records(Table.PROJECTS)[project]
        for name, text in sorted(origin.typed_amounts.items()):
            if isinstance(record[name], Decimal):  # Else it is no amount, which F01 to F03 tell.
                params = {"label": label_of(name), "value": short(text)}
                collector.add("F07", Table.PROJECTS, project, Hit(name, params, variant="text"))


def budget_is_built_up(collector: Collector) -> None:
    """F02: the items of 项目预算构成 or 预算明细 come to their total and to the annual amount."""
    for project, origin in enumerate(collector.declaration.origins):
        record: AnyRow = collector.records(Table.PROJECTS)[project]
        if origin.is_report:
            continue  # Its budget may not be the one that was planned with.
        for block in origin.build_ups:
            if block.why_open:
                reason = f"“{block.label}”{block.why_open}，没有核对"
                collector.abstain("F02", Table.PROJECTS, project, reason)
                continue
            hit = build_up_gap(block, record)
            if hit is not None:
                collector.add("F02", Table.PROJECTS, project, hit)


CHECKS = (
    project_rule("F01", annual_is_amount, says_blank=True),
    project_rule("F02", annual_is_sum_of_sources),
    project_rule("F03", *map(block_is_sum_of_parts, Block)),
    project_rule("F04", if_planned(total_covers_annual)),
    project_rule("F05", if_planned(total_fits_period)),
    project_rule("F07", *map(has_few_decimals, AMOUNT_FIELDS)),
    AcrossRule(("F02",), budget_is_built_up),
    AcrossRule(("F06",), funding_is_in_place),
    AcrossRule(("F07",), amounts_are_numbers),
)
