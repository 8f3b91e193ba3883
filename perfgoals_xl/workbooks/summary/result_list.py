"""指标完成情况 and 偏差原因: every indicator of the 自评表 with its result, points and reason."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from perfgoals_xl.addresses import a1, column_letters
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.review.evidence.reports.evaluated_forms import Line
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.source_links import SourceLinks
from perfgoals_xl.workbooks.kit.styles import AMBER, Styles
from perfgoals_xl.workbooks.kit.tables import (
    Column,
    Value,
    finish_table,
    put_note,
    put_sheet_title,
    put_table,
    set_widths,
)
from perfgoals_xl.workbooks.kit.writing import Sheet, put_formula
from perfgoals_xl.workbooks.summary.indicator_list import INDICATOR_COLUMNS, indicator_values
from perfgoals_xl.workbooks.summary.reported_lines import MISSING, NO, ReportedLine, reported_lines

SHEET: Final = "指标完成情况"
DEVIATIONS_SHEET: Final = "偏差原因"
_TOP: Final = 2
_COLUMNS: Final = (
    Column("序号", 6, "center"),
    Column("项目", 22),
    *INDICATOR_COLUMNS[:-2],
    Column("实际完成值", 16, "center"),
    Column("分值", 8, "center"),
    Column("得分", 8, "center"),
    Column("得分率", 9, "percent"),
    Column("达标", 7, "center"),
    Column("偏差原因分析及改进措施", 30),
    Column("原因", 7, "center"),
    Column("单元格", 8, "center"),
    Column("自评序号", 7, "center"),
)
_DEVIATIONS: Final = (
    Column("序号", 6, "center"),
    Column("项目", 24),
    Column("二级指标", 12, "center"),
    Column("三级指标", 30),
    Column("年度指标值", 16, "center"),
    Column("实际完成值", 16, "center"),
    Column("分值", 8, "center"),
    Column("得分", 8, "center"),
    Column("扣分", 8, "center"),
    Column("达标", 7, "center"),
    Column("偏差原因分析及改进措施", 40),
    Column("原因", 7, "center"),
    Column("单元格", 8, "center"),
)
_HEADS: Final = [column.header for column in _COLUMNS]


class Result(ReportedLine):
    """An indicator of a 自评表."""

    @property
    def met(self) -> str | None:
        """是, 否, or None where the target and the result cannot be compared."""
        return self.meets("actual_value")

    @property
    def deviates(self) -> bool:
        """Whether it has fewer points than its weight, or its target was not met."""
        weight, score = self.line.figure("weight"), self.line.figure("score")
        below = weight is not None and score is not None and score < weight
        return below or self.met == NO


def results_of(declarations: Sequence[Declaration]) -> list[Result]:
    """The indicators of all 自评表, in their order."""
    return reported_lines(Result, EvaluationTable.EVALUATIONS, declarations)


def write_results(
    sheet: Sheet,
    styles: Styles,
    results: Sequence[Result],
    links: SourceLinks,
    *,
    title: str,
    header: str,
) -> None:
    """All indicators: target split, result, points, whether it was met, and why not."""
    rows: list[list[Value]] = []
    for number, result in enumerate(results, start=1):
        line = result.line
        rows.append(
            [
                number,
                result.project,
                *indicator_values(line.values)[:-2],
                line["actual_value"],
                line["weight"],
                line["score"],
                None,
                result.met,
                line["reason"],
                result.lacks_reason,
                None,
                result.number,
            ]
        )
    note = (
        "达标由程序按年度指标值和实际完成值判断，不能比较的留空；"
        "“缺”是有偏差而表中没有说明原因。得分率随得分自动计算。"
    )
    set_widths(sheet, _COLUMNS)
    put_sheet_title(sheet, styles, title, len(_COLUMNS) - 1)
    put_note(sheet, styles, 1, note + links.cell_note, len(_COLUMNS) - 1)
    last = put_table(sheet, styles, _TOP, _COLUMNS, rows)
    weight, score, rate = (_HEADS.index(head) for head in ("分值", "得分", "得分率"))
    for row, result in enumerate(results, start=_TOP + 1):
        points, whole = a1(row, score), a1(row, weight)
        value = _share(result.line)
        formula = f'=IF(COUNT({points},{whole})=2,IF({whole}=0,"",{points}/{whole}),"")'
        put_formula(sheet, row, rate, formula, styles("cell", "percent", "ten"), value)
        _put_cell(sheet, styles, links, row, _HEADS.index("单元格"), result)
    _mark(sheet, styles, last, _HEADS.index("原因"), len(_COLUMNS) - 1)
    finish_table(sheet, _TOP, last, _COLUMNS, header)


def write_deviations(
    sheet: Sheet,
    styles: Styles,
    results: Sequence[Result],
    links: SourceLinks,
    *,
    title: str,
    header: str,
) -> None:
    """The indicators below full points, or whose target was not met, with what is said of it."""
    listed = [result for result in results if result.deviates]
    rows: list[list[Value]] = [
        [
            number,
            result.project,
            result.line["level2"],
            result.line["level3"],
            result.line["target_value"],
            result.line["actual_value"],
            result.line["weight"],
            result.line["score"],
            None,
            result.met,
            result.line["reason"],
            result.lacks_reason,
            None,
        ]
        for number, result in enumerate(listed, start=1)
    ]
    last_column = len(_DEVIATIONS) - 1
    set_widths(sheet, _DEVIATIONS)
    put_sheet_title(sheet, styles, title, last_column)
    note = "得分低于分值、或没有达到年度指标值的指标；黄底的行没有说明原因，须补充。"
    put_note(sheet, styles, 1, note + links.cell_note, last_column)
    last = put_table(sheet, styles, _TOP, _DEVIATIONS, rows, empty="（没有偏差）")
    heads = [column.header for column in _DEVIATIONS]
    for row, result in enumerate(listed, start=_TOP + 1):
        weight, score = a1(row, heads.index("分值")), a1(row, heads.index("得分"))
        formula = f'=IF(COUNT({weight},{score})=2,ROUND({weight}-{score},6),"")'
        value = _lost(result.line)
        put_formula(
            sheet, row, heads.index("扣分"), formula, styles("cell", "center", "ten"), value
        )
        _put_cell(sheet, styles, links, row, last_column, result)
    _mark(sheet, styles, last, heads.index("原因"), last_column)
    finish_table(sheet, _TOP, last, _DEVIATIONS, header)


def range_of(head: str, count: int) -> str:
    """The cells below a heading of 指标完成情况, which has ``count`` indicators."""
    letters = column_letters(_HEADS.index(head))
    first = _TOP + 2
    return f"{quoted(SHEET)}!${letters}${first}:${letters}${max(first, first + count - 1)}"


def _share(line: Line) -> Decimal | str:
    weight, score = line.figure("weight"), line.figure("score")
    return "" if score is None or not weight else score / weight


def _lost(line: Line) -> Decimal | str:
    weight, score = line.figure("weight"), line.figure("score")
    return "" if weight is None or score is None else weight - score


def _put_cell(
    sheet: Sheet, styles: Styles, links: SourceLinks, row: int, column: int, result: Result
) -> None:
    line = result.line
    place = line.place("actual_value") or line.place("indicator")
    both = styles("cell", "center", "text", "ten"), styles("cell", "center", "link", "ten")
    source = (result.file, place.sheet, place.cell) if place else (result.file, None, None)
    links.put(sheet, row, column, place.cell if place else None, both, source)


def _mark(sheet: Sheet, styles: Styles, last: int, column: int, last_column: int) -> None:
    criteria = f'=${column_letters(column)}{_TOP + 2}="{MISSING}"'
    rule = {"type": "formula", "criteria": criteria, "format": styles.fill(AMBER)}
    sheet.conditional_format(_TOP + 1, 0, last, last_column, rule)
