"""The department summary workbook that the finance bureau receives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from perfgoals_xl.storage.files import whole_file
from perfgoals_xl.workbooks.findings.layout import FindingLine
from perfgoals_xl.workbooks.findings.written_sheet import fill_findings
from perfgoals_xl.workbooks.kit.source_links import SourceLinks
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import add_sheet, new_workbook
from perfgoals_xl.workbooks.summary import (
    cost_list,
    cover_sheet,
    evaluated_list,
    goal_list,
    indicator_list,
    monitored_list,
    progress_list,
    project_list,
    result_list,
    sources_sheet,
    structure_list,
)
from perfgoals_xl.workbooks.summary.cover_results import CoverOfResults
from perfgoals_xl.workbooks.summary.cover_sheet import Cover
from perfgoals_xl.workbooks.summary.project_list import ProjectList
from perfgoals_xl.workbooks.summary.sources_sheet import NotJudgedLine, SourceLine

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration

_TITLE = "项目支出绩效目标汇总表"
_FINDINGS_NOTE = (
    "“工作表”“单元格”是问题在来源文件中的位置。{links}错误须在来源文件中更正，"
    "或在“说明”一栏写明理由；封面的审核状态随之改变。"
)
_MOST_NAMES = 3
_EVALUATED = (
    (evaluated_list.SHEET, "各项目自评的资金执行、得分和等级，带合计和平均分"),
    (result_list.SHEET, "自评的全部指标，每条一行：实际完成值、得分、是否达标"),
    (result_list.DEVIATIONS_SHEET, "没有达标或扣了分的指标及其原因，缺原因的标出"),
)
_MONITORED = (
    (monitored_list.SHEET, "各项目监控的资金执行和预警，带合计"),
    (progress_list.SHEET, "监控的全部指标，每条一行：完成值、全年预计、预警、可能性"),
    (progress_list.DEVIATIONS_SHEET, "红灯、黄灯和预计不达标的指标及其原因，缺原因的标出"),
)


def write_summary(
    path: str | Path,
    declarations: Sequence[Declaration],
    findings: Sequence[FindingLine],
    sources: Sequence[SourceLine],
    not_judged: Sequence[NotJudgedLine] = (),
    notes: Sequence[str] = (),
) -> None:
    """Writes the summary of ``declarations`` to ``path``, whole or not at all.

    ``notes`` tell which sources and projects do not count, or count together; they stand on the
    cover.

    Amounts stay in the unit of the forms; where some are in 元 and some in 万元, all are shown in
    万元 and the sheet says so. Raises InputError where the file cannot be written or a text is too
    long for a cell.
    """
    listed = ProjectList.of(declarations)
    department, year = _departments(declarations), _years(declarations)
    header = " ".join(filter(None, (department, year, _TITLE)))
    cover = Cover(
        title=f"{year}{department}\n{_TITLE}" if department else f"{year}{_TITLE}",
        department=_departments(declarations, codes=True),
        year=year,
        projects=len(listed.rows),
        indicators=sum(len(declaration.indicators) for declaration in declarations),
        goals=sum(len(declaration.department_goals) for declaration in declarations),
        not_judged=len(not_judged),
        notes="\n".join(notes),
    )
    results = result_list.results_of(declarations)
    evaluated = evaluated_list.EvaluatedList.of(declarations)
    progress = progress_list.progress_of(declarations)
    monitored = monitored_list.MonitoredList.of(declarations)
    contents = _contents(
        bool(not_judged),
        (*(_MONITORED if monitored.forms else ()), *(_EVALUATED if evaluated.forms else ())),
    )
    read = {declaration.file for declaration in declarations}
    links = SourceLinks(Path(path), read | {line.file for line in sources})
    several = len(read) > 1
    with whole_file(path) as temporary, new_workbook(temporary, _TITLE, header) as workbook:
        styles = Styles(workbook)
        sheets = {name: add_sheet(workbook, name) for name in (cover_sheet.SHEET, *dict(contents))}
        cover_sheet.write_cover(
            workbook,
            sheets[cover_sheet.SHEET],
            styles,
            cover,
            listed,
            findings,
            contents,
            header,
            CoverOfResults(evaluated, results, monitored, progress),
        )
        project_list.write_project_list(
            sheets[project_list.SHEET],
            styles,
            listed,
            links,
            title=f"{year}{department}项目支出绩效目标汇总表",
            header=header,
            files=several,
        )
        indicator_list.write_indicator_list(
            sheets[indicator_list.SHEET],
            styles,
            declarations,
            links,
            title=f"{year}{department}项目绩效指标明细",
            header=header,
        )
        cost_list.write_cost_list(
            sheets[cost_list.SHEET],
            styles,
            cost_list.cost_lines(declarations),
            listed,
            links,
            title=f"{year}{department}项目成本核对",
            header=header,
        )
        structure_list.write_structure(
            sheets[structure_list.SHEET],
            styles,
            structure_list.structure_lines(declarations),
            cover.indicators,
            links,
            title=f"{year}{department}项目指标结构",
            header=header,
        )
        goal_list.write_goal_list(
            sheets[goal_list.SHEET],
            styles,
            declarations,
            links,
            title=f"{year}{department}部门整体支出绩效目标",
            header=header,
        )
        if monitored.forms:
            monitored_list.write_monitored_projects(
                sheets[monitored_list.SHEET],
                styles,
                monitored,
                progress,
                links,
                title=f"{year}{department}项目绩效监控情况表",
                header=header,
            )
            progress_list.write_progress(
                sheets[progress_list.SHEET],
                styles,
                progress,
                links,
                title=f"{year}{department}指标监控情况",
                header=header,
            )
            progress_list.write_deviations(
                sheets[progress_list.DEVIATIONS_SHEET],
                styles,
                progress,
                links,
                title=f"{year}{department}监控偏差和原因",
                header=header,
            )
        if evaluated.forms:
            evaluated_list.write_evaluated_projects(
                workbook,
                sheets[evaluated_list.SHEET],
                styles,
                evaluated,
                results,
                links,
                title=f"{year}{department}项目自评汇总表",
                header=header,
            )
            result_list.write_results(
                sheets[result_list.SHEET],
                styles,
                results,
                links,
                title=f"{year}{department}指标完成情况",
                header=header,
            )
            result_list.write_deviations(
                sheets[result_list.DEVIATIONS_SHEET],
                styles,
                results,
                links,
                title=f"{year}{department}指标偏差和原因",
                header=header,
            )
        fill_findings(
            workbook,
            sheets[RESULTS_SHEET],
            findings,
            styles=styles,
            links=links,
            files=several,
            note=_FINDINGS_NOTE.format(links=links.cell_note),
            header=header,
        )
        if not_judged:
            sources_sheet.write_not_judged(
                sheets[sources_sheet.NOT_JUDGED_SHEET],
                styles,
                not_judged,
                links,
                title="未判定事项",
                header=header,
            )
        sources_sheet.write_sources(
            sheets[sources_sheet.SHEET],
            styles,
            sources,
            declarations,
            links,
            title="数据来源",
            header=header,
        )


def _contents(with_not_judged: bool, later: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The sheets behind the cover; ``later`` are those of the year's other forms."""
    contents = [
        (project_list.SHEET, "全部项目的基本信息和各项资金，带合计"),
        (indicator_list.SHEET, "全部指标，每条一行，指标值拆分为符号、数值和单位"),
        (cost_list.SHEET, "成本指标与资金的算式、差额和结论"),
        (structure_list.SHEET, "各项目各类指标的条数，缺的标出"),
        (goal_list.SHEET, "部门职责绩效目标和部门整体绩效目标"),
        *later,
        (RESULTS_SHEET, "校验发现的问题、建议和部门说明"),
    ]
    if with_not_judged:
        contents.append((sources_sheet.NOT_JUDGED_SHEET, "缺少数据、没有判定的检查"))
    contents.append((sources_sheet.SHEET, "来源文件、校验码、读取时间和版本"))
    return contents


def _departments(declarations: Sequence[Declaration], *, codes: bool = False) -> str:
    """The names of the departments, the first few of many."""
    names = []
    for declaration in declarations:
        code = f"（{declaration.department_code}）" if codes and declaration.department_code else ""
        if declaration.department:
            names.append(f"{declaration.department}{code}")
    # One that some sources name without its code is no other.
    unique = [n for n in dict.fromkeys(names) if not any(o.startswith(f"{n}（") for o in names)]
    more = f"等 {len(unique)} 个部门" if len(unique) > _MOST_NAMES else ""
    return "、".join(unique[:_MOST_NAMES]) + more


def _years(declarations: Sequence[Declaration]) -> str:
    """The plan year, or the plan years, of the declarations."""
    years = sorted({d.year for d in declarations if d.year is not None})
    return "、".join(f"{year}年" for year in years)
