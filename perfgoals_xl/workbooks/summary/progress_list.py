"""指标监控 and 监控偏差: every indicator of the 监控表, how far it is, its forecast and reason."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from perfgoals_xl.addresses import column_letters
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.evaluation.scoring import Light, accumulates, light
from perfgoals_xl.review.evidence.reports.result_reading import share_of_target
from perfgoals_xl.workbooks.kit.light_colours import add_light_colours
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
from perfgoals_xl.workbooks.kit.writing import Sheet
from perfgoals_xl.workbooks.summary.indicator_list import INDICATOR_COLUMNS, indicator_values
from perfgoals_xl.workbooks.summary.reported_lines import MISSING, NO, ReportedLine, reported_lines

SHEET: Final = "指标监控"
DEVIATIONS_SHEET: Final = "监控偏差"
_TOP: Final = 2
_PLACES: Final = 4
_LIGHTS: Final = {word.value[0]: word for word in Light}
_WARNINGS: Final = (Light.RED, Light.YELLOW)
_DONE, _FORECAST, _REASON = "完成值", "全年预计完成值", "偏差原因分析"
_COLUMNS: Final = (
    Column("序号", 6, "center"),
    Column("项目", 22),
    *INDICATOR_COLUMNS[:-2],
    Column("截至月份", 6, "center"),
    Column(_DONE, 14, "center"),
    Column("完成比例", 9, "percent"),
    Column(_FORECAST, 14, "center"),
    Column("预警", 7, "center"),
    Column("预计达标", 7, "center"),
    Column("完成目标可能性", 10, "center"),
    Column(_REASON, 28),
    Column("原因", 6, "center"),
    Column("单元格", 8, "center"),
    Column("监控序号", 7, "center"),
)
_DEVIATIONS: Final = (
    Column("序号", 6, "center"),
    Column("项目", 24),
    Column("二级指标", 12, "center"),
    Column("三级指标", 28),
    Column("年度指标值", 15, "center"),
    Column(_DONE, 14, "center"),
    Column(_FORECAST, 14, "center"),
    Column("预警", 8, "center"),
    Column("预计达标", 8, "center"),
    Column("完成目标可能性", 11, "center"),
    Column(_REASON, 38),
    Column("原因", 7, "center"),
    Column("单元格", 8, "center"),
)
_HEADS: Final = [column.header for column in _COLUMNS]


class Progress(ReportedLine):
    """An indicator of a 监控表."""

    @property
    def light(self) -> str | None:
        """The light that the form shows; where it shows none, the one that its values give."""
        stated = str(self.line["light"] or "")
        said = next((word for mark, word in _LIGHTS.items() if mark in stated), None)
        if said is None and not stated:
            said = self._computed
        return (said and said.value) or stated or None

    @property
    def _computed(self) -> Light | None:
        month, line = self.report.form["month"], self.line
        if not isinstance(month, int) or line["done_value"] is None:
            return None
        grows = accumulates(line.target, line.name)
        done = str(line["done_value"])
        return light(line.target, done, month, self.scoring, cost=line.is_cost, grows=grows)

    @property
    def forecast(self) -> str | None:
        """是, 否, or None where the target and the forecast cannot be compared."""
        return self.meets("forecast_value")

    @property
    def share(self) -> Decimal | None:
        """How much of the year's target is done; None where that cannot be said."""
        found = share_of_target(self.line, "done_value")
        return None if found is None else round(found[1] / found[0], _PLACES)

    @property
    def deviates(self) -> bool:
        """Whether it is behind the months, or is expected to miss its target."""
        return self.light in _WARNINGS or self.forecast == NO


def progress_of(declarations: Sequence[Declaration]) -> list[Progress]:
    """The indicators of all 监控表, in their order."""
    return reported_lines(Progress, EvaluationTable.MONITORINGS, declarations)


def write_progress(
    sheet: Sheet,
    styles: Styles,
    progress: Sequence[Progress],
    links: SourceLinks,
    *,
    title: str,
    header: str,
) -> None:
    """All indicators: target split, done by the month, forecast, light, and why it is behind."""
    rows: list[list[Value]] = [
        [
            number,
            one.project,
            *indicator_values(one.line.values)[:-2],
            one.report.form["month"],
            one.line["done_value"],
            one.share,
            one.line["forecast_value"],
            one.light,
            one.forecast,
            one.line["likelihood"],
            one.line["reason"],
            one.lacks_reason,
            None,
            one.number,
        ]
        for number, one in enumerate(progress, start=1)
    ]
    note = (
        "预警照监控表，表中没有预警的由程序按月份折算；完成比例是完成值占年度指标值的比例，"
        "不能比较的留空；“缺”是红灯、黄灯或预计不达标而表中没有说明原因。"
    )
    set_widths(sheet, _COLUMNS)
    put_sheet_title(sheet, styles, title, len(_COLUMNS) - 1)
    put_note(sheet, styles, 1, note + links.cell_note, len(_COLUMNS) - 1)
    last = put_table(sheet, styles, _TOP, _COLUMNS, rows)
    _finish(sheet, styles, _COLUMNS, last, progress, links, header)


def write_deviations(
    sheet: Sheet,
    styles: Styles,
    progress: Sequence[Progress],
    links: SourceLinks,
    *,
    title: str,
    header: str,
) -> None:
    """The indicators behind the months or expected to miss, with what is said of it."""
    listed = [one for one in progress if one.deviates]
    rows: list[list[Value]] = [
        [
            number,
            one.project,
            one.line["level2"],
            one.line["level3"],
            one.line["target_value"],
            one.line["done_value"],
            one.line["forecast_value"],
            one.light,
            one.forecast,
            one.line["likelihood"],
            one.line["reason"],
            one.lacks_reason,
            None,
        ]
        for number, one in enumerate(listed, start=1)
    ]
    last_column = len(_DEVIATIONS) - 1
    set_widths(sheet, _DEVIATIONS)
    put_sheet_title(sheet, styles, title, last_column)
    note = "红灯、黄灯或预计不达标的指标；黄底的行没有说明原因，须补充。"
    put_note(sheet, styles, 1, note + links.cell_note, last_column)
    last = put_table(sheet, styles, _TOP, _DEVIATIONS, rows, empty="（没有偏差）")
    _finish(sheet, styles, _DEVIATIONS, last, listed, links, header)


def range_of(head: str, count: int) -> str:
    """The cells below a heading of 指标监控, which has ``count`` indicators."""
    letters = column_letters(_HEADS.index(head))
    first = _TOP + 2
    return f"{quoted(SHEET)}!${letters}${first}:${letters}${max(first, first + count - 1)}"


def _finish(
    sheet: Sheet,
    styles: Styles,
    columns: Sequence[Column],
    last: int,
    listed: Sequence[Progress],
    links: SourceLinks,
    header: str,
) -> None:
    """Links to the cells, colours, filter and page."""
    heads = [column.header for column in columns]
    both = styles("cell", "center", "text", "ten"), styles("cell", "center", "link", "ten")
    for row, one in enumerate(listed, start=_TOP + 1):
        place = one.line.place("done_value") or one.line.place("indicator")
        source = (one.file, place.sheet, place.cell) if place else (one.file, None, None)
        links.put(sheet, row, heads.index("单元格"), place.cell if place else None, both, source)
    at = heads.index("预警")
    add_light_colours(sheet, styles, (_TOP + 1, at, last, at))
    criteria = f'=${column_letters(heads.index("原因"))}{_TOP + 2}="{MISSING}"'
    rule = {"type": "formula", "criteria": criteria, "format": styles.fill(AMBER)}
    sheet.conditional_format(_TOP + 1, 0, last, len(columns) - 1, rule)
    finish_table(sheet, _TOP, last, columns, header)
