"""The tables of a 自评表 or 监控表: header, funds and goals in one, its indicators in another.

Both are laid out as they are published. A column that no row fills and that not every form has
(备注, 评分标准) is left out; so is a line below the indicators that says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from perfgoals_xl.evaluated import Evaluated
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.evaluation.scoring_labels import EVALUATION_TITLE, MONITORING_TITLE
from perfgoals_xl.form.points import points_behind
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.publication.appearance import HEAD, LABEL, LONG, PAGE_WIDTH, VALUE
from perfgoals_xl.publication.elements import Cell, Row, row
from perfgoals_xl.publication.levels import level_cells
from perfgoals_xl.publication.project_table import Values, shown

Table = tuple[Sequence[Row], Sequence[int]]

_LABEL_HEIGHT, _GOAL_HEIGHT = 410, 1250
_MARGIN, _SOURCE = 1150, 1650
_HUNDREDTH: Final = Decimal("0.01")
_TOTAL_OF_FUNDS: Final = "年度资金总额"


@dataclass(frozen=True)
class Report:
    """A form: its row, its lines of funds, its indicators."""

    form: Values
    funds: Sequence[Values]
    indicators: Sequence[Values]


@dataclass(frozen=True)
class _Column:
    """A column: its name in the tables, its heading, its share of the width, its style.

    One that is ``rare`` is printed where a row fills it.
    """

    name: str
    label: str
    width: int
    style: str = VALUE
    rare: bool = False


@dataclass(frozen=True)
class ReportLayout:
    """How the forms of a kind are printed; ``{done}`` in a heading is what they are about."""

    title: str
    tables: tuple[EvaluationTable, EvaluationTable, EvaluationTable]
    funds: tuple[_Column, ...]
    indicators: tuple[_Column, ...]
    below: tuple[tuple[str, str], ...]


_INDICATOR = (
    _Column("level1", "一级指标", 900),
    _Column("level2", "二级指标", 1050),
    _Column("indicator", "三级指标", 1750, LONG),
    _Column("target_value", "年度指标值", 1250),
)
EVALUATION: Final = ReportLayout(
    EVALUATION_TITLE,
    (
        EvaluationTable.EVALUATIONS,
        EvaluationTable.EVALUATION_FUNDS,
        EvaluationTable.EVALUATION_INDICATORS,
    ),
    (
        _Column("initial_budget", "年初预算数", 1250),
        _Column("annual_budget", "全年预算数", 1250),
        _Column("executed", "全年执行数", 1250),
        _Column("weight", "分值", 720),
        _Column("execution_rate", "执行率", 1130),
        _Column("score", "得分", 850),
        _Column("execution_reason", "未执行原因", 1500, LONG, rare=True),
    ),
    (
        *_INDICATOR,
        _Column("actual_value", "实际完成值", 1250),
        _Column("weight", "分值", 720),
        _Column("score", "得分", 850),
        _Column("standard", "评分标准", 1300, LONG, rare=True),
        _Column("reason", "偏差原因分析及改进措施", 1800, LONG),
        _Column("note", "备注", 1000, LONG, rare=True),
    ),
    (("grade", "评价等级"), ("problems", "存在问题"), ("measures", "改进措施")),
)
MONITORING: Final = ReportLayout(
    MONITORING_TITLE,
    (
        EvaluationTable.MONITORINGS,
        EvaluationTable.MONITORING_FUNDS,
        EvaluationTable.MONITORING_INDICATORS,
    ),
    (
        _Column("initial_budget", "年初预算数", 1250),
        _Column("annual_budget", "全年预算数", 1250),
        _Column("executed", "{done}执行数", 1350),
        _Column("execution_rate", "执行率", 1130),
        _Column("forecast_executed", "全年预计执行数", 1250, rare=True),
        _Column("expected_balance", "预计结余", 1250),
        _Column("execution_reason", "偏差原因", 1500, LONG, rare=True),
    ),
    (
        *_INDICATOR,
        _Column("done_value", "{done}完成值", 1200),
        _Column("forecast_value", "全年预计完成值", 1200),
        _Column("reason", "偏差原因分析", 1500, LONG),
        _Column("likelihood", "完成目标可能性", 1000),
        _Column("light", "预警", 650, rare=True),
        _Column("note", "备注", 900, LONG, rare=True),
    ),
    (
        ("light", "项目预警"),
        ("problems", "存在问题"),
        ("measures", "改进措施"),
        ("note", "备注"),
    ),
)


def reports_of(evaluated: Evaluated, layout: ReportLayout) -> list[Report]:
    """The forms of a kind, each with its own rows, in their order."""
    heads, funds, indicators = (evaluated.table(name).records() for name in layout.tables)
    return [
        Report(
            head,
            [line for line in funds if line["form"] == number],
            [line for line in indicators if line["form"] == number],
        )
        for number, head in enumerate(heads)
    ]


def printed_values(report: Report, layout: ReportLayout) -> Iterator[object]:
    """What the form's row and its indicators say, each value once."""
    yield from report.form.values()
    for line in report.indicators:
        yield from (line[column.name] for column in layout.indicators)


def report_tables(report: Report, layout: ReportLayout) -> tuple[Table, Table]:
    """The two tables of a form with the widths of their columns."""
    return _head(report, layout), _indicators(report, layout)


def _head(report: Report, layout: ReportLayout) -> Table:
    form, month = report.form, report.form.get("month")
    lines = _fund_lines(report)
    columns = _printed(layout.funds, lines)
    widths = _fitted((_MARGIN, _SOURCE, *(column.width for column in columns)))
    count = len(widths)
    name = Cell(shown(form["project_name"]), VALUE, count - 2)
    # 实施单位 stands over what was spent, between the budgets and the rest.
    department = Cell(shown(form["supervising_department"]), VALUE, 2)
    unit = Cell(shown(form["implementing_unit"]), VALUE, count - 5)
    heads = (Cell(_heading(column, month), HEAD) for column in columns)
    funds_label = Cell(f"项目资金（{form['amount_unit']}）", LABEL, down="restart")
    rows = [
        row(Cell("项目名称", LABEL, 2), name, height=_LABEL_HEIGHT),
        row(
            Cell("主管部门", LABEL, 2),
            department,
            Cell("实施单位", LABEL),
            unit,
            height=_LABEL_HEIGHT,
        ),
        row(funds_label, Cell(None, HEAD), *heads, height=_LABEL_HEIGHT),
    ]
    for line in lines:
        cells = (Cell(_figure(line.get(c.name), c.name), c.style) for c in columns)
        source = Cell(shown(line["source"]), LABEL)
        below = Cell(None, LABEL, down="continue")
        rows.append(row(below, source, *cells, height=_LABEL_HEIGHT))
    return rows + _goal_rows(form, layout, _half(widths[1:]), count - 1), widths


def _goal_rows(form: Values, layout: ReportLayout, left: int, count: int) -> list[Row]:
    """The goal beside what was reached; in the middle of the year most have the goal alone."""
    label, goal = "年度总体目标", shown(form["annual_goal"])
    if layout is MONITORING and is_blank(form["actual_result"]):
        return [row(Cell(label, LABEL), Cell(goal, LONG, count), height=_GOAL_HEIGHT)]
    return [
        row(
            Cell(label, LABEL, down="restart"),
            Cell("预期目标", HEAD, left),
            Cell("实际完成情况", HEAD, count - left),
        ),
        row(
            Cell(None, LABEL, down="continue"),
            Cell(goal, LONG, left),
            Cell(shown(form["actual_result"]), LONG, count - left),
            height=_GOAL_HEIGHT,
        ),
    ]


def _fund_lines(report: Report) -> list[Values]:
    """The lines of the funds; the total has what is said of the whole."""
    form = report.form
    whole = {
        "weight": form.get("execution_weight"),
        "score": form.get("execution_score"),
        "execution_reason": form["execution_reason"],
    }
    lines: list[Values] = []
    for number, line in enumerate(report.funds):
        source = line["source"] or (_TOTAL_OF_FUNDS if number == 0 else None)
        lines.append({**(whole if number == 0 else {}), **line, "source": source})
    return lines or [{**form, **whole, "source": _TOTAL_OF_FUNDS}]


def _indicators(report: Report, layout: ReportLayout) -> Table:
    form, lines = report.form, report.indicators
    columns = _printed(layout.indicators, lines)
    widths = _fitted(tuple(column.width for column in columns))
    heads = [Cell(_heading(column, form.get("month")), HEAD) for column in columns]
    rows = [row(*heads, repeated=True)]
    levels = level_cells([(_level(line, "level1"), _level(line, "level2")) for line in lines])
    for own, line in zip(levels, lines, strict=True):
        further = (Cell(shown(line[c.name]), c.style) for c in columns[2:])
        rows.append(row(*own, *further))
    if layout is EVALUATION:
        rows.append(_total(form, columns))
    for name, label in layout.below:
        if not is_blank(form[name]):
            said = Cell(shown(form[name]), LONG, len(columns) - 2)
            rows.append(row(Cell(label, LABEL, 2), said, height=_LABEL_HEIGHT))
    return rows, widths


def _total(form: Values, columns: Sequence[_Column]) -> Row:
    at = [column.name for column in columns].index("weight")
    return row(
        Cell("总分", LABEL, at),
        Cell(shown(form["total_weight"]), VALUE),
        Cell(shown(form["total_score"]), VALUE),
        *(Cell(None, VALUE) for _ in columns[at + 2 :]),
        height=_LABEL_HEIGHT,
    )


def _printed(columns: Sequence[_Column], lines: Sequence[Values]) -> list[_Column]:
    return [
        column
        for column in columns
        if not column.rare or any(not is_blank(line.get(column.name)) for line in lines)
    ]


def _fitted(widths: Sequence[int]) -> tuple[int, ...]:
    """These widths in proportion, so that they fill the page."""
    whole = sum(widths)
    fitted = [width * PAGE_WIDTH // whole for width in widths]
    return (*fitted[:-1], PAGE_WIDTH - sum(fitted[:-1]))


def _half(widths: Sequence[int]) -> int:
    """How many of these columns come nearest to half of their width."""
    return min(
        range(1, len(widths)), key=lambda count: abs(sum(widths[:count]) - sum(widths[count:]))
    )


def _heading(column: _Column, month: Any) -> str:
    return column.label.format(done="实际" if month is None else f"1～{month}月")


def _level(line: Mapping[str, Any], name: str) -> str | None:
    """A level with its points behind it, where the form gives them."""
    level: str | None = line[name]
    points = line.get(f"{name}_weight")
    if level is None or not isinstance(points, Decimal) or points_behind(level) is not None:
        return level
    return f"{level}（{points:f}分）"


def _figure(value: object, name: str) -> str | None:
    """A figure of the funds; a rate in per cent with two decimals, as it is published."""
    if name != "execution_rate" or not isinstance(value, Decimal):
        return shown(value)
    rounded = value.quantize(_HUNDREDTH, ROUND_HALF_UP)
    return f"{value if rounded == value else rounded:f}%"
