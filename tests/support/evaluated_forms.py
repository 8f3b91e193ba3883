"""A right 自评表 and a right 监控表 in memory, and the few values that a test changes.

    assert told({"培训人次.score": None}) == ["Z02 error score 培训人次"]

A value is named by its indicator and column (``培训人次.score``), by its source of funds
(``财政拨款.executed``), or by its column in the form (``form.total_score``). Cells are made up: one
row each, one column for every field, so that a finding has a place.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from perfgoals_xl.addresses import Place, a1
from perfgoals_xl.declaration import (
    DEPARTMENT_GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    PARSED_COLUMNS,
    PROJECT_COLUMNS,
    DataTable,
    Declaration,
)
from perfgoals_xl.evaluated import evaluated_of
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable, evaluation_columns
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.review.collector import Collector
from perfgoals_xl.review.rules.registry import ACROSS_RULES

SHEET = "牧民培训"
ABSENT = "（表上没有这一栏）"
"""A value that says that the form has no cell for it."""

# Level 1, level 2, name, target, actual, weight, points; the points of the levels.
_EVALUATED = """
产出指标|数量指标|培训人次|≥120人次|128人次|15|15
产出指标|数量指标|编印手册|500册|500册|10|10
产出指标|质量指标|培训合格率|≥95%|96.5%|10|10
产出指标|时效指标|培训完成时间|2026年11月底前|2026年11月12日|5|5
产出指标|成本指标|培训总费用|≤20万元|18.8万元|10|10
效益指标|社会效益|带动就业户数|≥60户|54户|20|18
效益指标|可持续影响|技能持续应用|长期|达成预期指标|10|9
满意度指标|服务对象满意度|牧民满意度|≥90%|95%|10|10
"""
_REASONS = {
    "带动就业户数": "两个村合作社年底才成立，明年一季度补足",
    "技能持续应用": "个别学员返城",
}
_LEVEL_POINTS = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
_FORM = {
    "project_name": "牧民技能培训项目",
    "supervising_department": "青岚县农牧局",
    "implementing_unit": "青岚县牧民培训站",
    "initial_budget": 22,
    "annual_budget": 20,
    "executed": "18.8",
    "execution_weight": 10,
    "execution_rate": 94,
    "execution_score": "9.4",
    "annual_goal": "培训牧民120人次，带动60户就业。",
    "actual_result": "全年培训牧民128人次，带动54户就业。",
    "total_weight": 100,
    "total_score": "96.4",
    "grade": "优",
    "problems": None,
    "measures": None,
    "amount_unit": "万元",
    "year": 2026,
}
_FUNDS = """
其中：财政拨款|20|18|17
其他资金|2|2|1.8
"""
# Level 1, level 2, name, target, done by July, forecast, likelihood.
_MONITORED = """
产出指标|数量指标|培训人次|≥120人次|80人次|125人次|确定能
产出指标|数量指标|编印手册|500册|500册|500册|确定能
产出指标|质量指标|培训合格率|≥95%|96%|96%|确定能
产出指标|时效指标|培训完成时间|2026年11月底前|按计划推进|2026年11月20日|有可能
满意度指标|服务对象满意度|牧民满意度|≥90%|未到评价时间|≥90%|确定能
"""
_MONITORING = {
    **{k: _FORM[k] for k in ("project_name", "supervising_department", "amount_unit", "year")},
    "month": 7,
    "initial_budget": 22,
    "annual_budget": 20,
    "executed": 12,
    "execution_rate": 60,
    "expected_balance": 0,
    "annual_goal": _FORM["annual_goal"],
    "note": None,
}
_MONITORED_FUNDS = """
其中：财政拨款|20|18|11
其他资金|2|2|1
"""
_NUMBER_COLUMNS = """
    initial_budget annual_budget executed execution_weight execution_rate execution_score
    total_weight total_score weight score level1_weight level2_weight expected_balance
"""
_NUMBERS = frozenset(_NUMBER_COLUMNS.split())


def evaluation(changes=None, *, without=(), extra=()):
    """The declaration of a file with a right 自评表, changed; rows of indicators taken or added."""
    lines = _lines(_EVALUATED, ("target_value", "actual_value", "weight", "score"), extra)
    rows = [row for row in lines if row["level3"] not in without]
    for row in rows:
        row["reason"] = _REASONS.get(row["level3"])
        row["note"] = None
        row["standard"] = ABSENT
        row["level1_weight"] = _LEVEL_POINTS.get(row["level1"])
        row["level2_weight"] = ABSENT
    return _declaration(EvaluationTable.EVALUATIONS, _FORM, _FUNDS, rows, changes or {})


def monitoring(changes=None):
    """The declaration of a file with a right 监控表, changed."""
    columns = ("target_value", "done_value", "forecast_value", "likelihood")
    rows = [{**row, "reason": None, "note": None} for row in _lines(_MONITORED, columns, ())]
    return _declaration(
        EvaluationTable.MONITORINGS, _MONITORING, _MONITORED_FUNDS, rows, changes or {}
    )


def _lines(text, columns, extra):
    rows = []
    for line in [*text.strip().splitlines(), *extra]:
        cells = [cell or None for cell in line.split("|")]
        names = ("level1", "level2", "level3", *columns)
        rows.append(dict(zip(names, cells, strict=True)))
    return rows


def _declaration(table, form, funds, indicators, changes):
    kind = table.value.removesuffix("s")
    amounts = [line.split("|") for line in funds.strip().splitlines()]
    sources = [
        dict(zip(("source", "initial_budget", "annual_budget", "executed"), line, strict=True))
        for line in amounts
    ]
    form, total = dict(form), {"source": "年度资金总额"}
    changed = set()
    for name, value in changes.items():
        row_name, _, column = name.rpartition(".")
        if row_name == "form":
            form[column] = value
            changed.add(name)
            continue
        for row in [*indicators, *sources]:
            known = (row.get("level3"), row.get("source", "").removeprefix("其中："), "*")
            if row_name in known:
                row[column] = value
                changed.add(name)
    assert changed == set(changes), set(changes) - changed
    # The line of all funds says what the form says, in the same cells.
    names = {"weight": "execution_weight", "score": "execution_score"}
    fund_columns = evaluation_columns(EvaluationTable(f"{kind}_funds"))[3:]
    total |= {column: form.get(names.get(column, column)) for column in fund_columns}
    forms = [_row(form, table, 2)]
    lines = [_row({"form": 0, **total}, EvaluationTable(f"{kind}_funds"), 3, forms[0][1], names)]
    lines += [
        _row({"form": 0, **row}, EvaluationTable(f"{kind}_funds"), 4 + number)
        for number, row in enumerate(sources)
    ]
    rows = [
        _row(_parsed({"form": 0, **row}), EvaluationTable(f"{kind}_indicators"), 10 + number)
        for number, row in enumerate(indicators)
    ]
    evaluated = evaluated_of(
        {
            table: forms,
            EvaluationTable(f"{kind}_funds"): lines,
            EvaluationTable(f"{kind}_indicators"): rows,
        }
    )
    return replace(empty(), evaluated=evaluated, sheet_order={SHEET: 0})


def empty(file="自评表.xlsx"):
    """A declaration that declares nothing."""
    return Declaration(
        file=file,
        department=None,
        department_code=None,
        year=2026,
        amount_unit="万元",
        edition="2015",
        duty_goal=None,
        projects=DataTable.build(PROJECT_COLUMNS, [], []),
        indicators=DataTable.build(INDICATOR_COLUMNS, [], []),
        department_goals=DataTable.build(DEPARTMENT_GOAL_COLUMNS, [], []),
    )


def declared(lines, *, year=2026, name=_FORM["project_name"]):
    """A declaration of the same project with these indicators."""
    rows = [
        {"project": 0, "sheet": "表1", **_parsed(row)}
        for row in _lines("\n".join(lines), ("target_value",), ())
    ]
    project = {"sheet": "表1", "project_name": name, "amount_unit": "万元", "year": year}
    return replace(
        empty("申报表.xlsx"),
        year=year,
        projects=DataTable.build(PROJECT_COLUMNS, [project], [{}]),
        indicators=DataTable.build(INDICATOR_COLUMNS, rows, [{} for _ in rows]),
    )


AS_DECLARED = ["|".join(line.split("|")[:4]) for line in _EVALUATED.strip().splitlines()]
"""The indicators of the right 自评表 as they were declared."""


def _parsed(row):
    target = parse_target(row["target_value"])
    parts = {column: getattr(target, column) for column in PARSED_COLUMNS}
    return {**row, "indicator": row["level3"], **parts}


def _row(values, table, row, shared=None, names=None):
    columns = evaluation_columns(table)
    absent = {name for name, value in values.items() if isinstance(value, str) and value == ABSENT}
    said = {"sheet": SHEET}
    for name, value in values.items():
        number = name in _NUMBERS and value is not None
        said[name] = None if name in absent else _number(value) if number else value
    cells = {
        name: Place(SHEET, a1(row, at))
        for at, name in enumerate(columns)
        if name in said and name not in absent
    }
    if shared is not None:
        cells |= {
            name: shared[names.get(name, name)]
            for name in columns
            if names.get(name, name) in shared
        }
    return said, cells


def _number(value):
    try:
        return Decimal(value)
    except ArithmeticError:
        return value


def review_of(declaration, *, thresholds=None, language="zh", declared_by=()):
    """What family Z alone finds in a declaration."""
    collector = Collector(declaration, language, thresholds or {}, declared=declared_by)
    for rule in ACROSS_RULES:
        if rule.codes[0].startswith("Z"):
            rule.check(collector)
    return collector.review({})


def lines_of(review):
    """The findings in short: rule, severity, field, indicator."""
    return [
        " ".join(filter(None, (f.rule, f.severity.value, f.field, f.indicator)))
        for f in review.findings
    ]
