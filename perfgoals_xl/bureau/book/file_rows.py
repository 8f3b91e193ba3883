"""What a worker does for the book: the rows of a file in the long lists, ready to be stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from perfgoals_xl.bureau.book import change_list, lists, report_lists
from perfgoals_xl.bureau.book.row_text import Look, Written, written
from perfgoals_xl.bureau.digest import Digest
from perfgoals_xl.form.amounts import COMMON_UNIT
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.evaluation.scoring import DEFAULT_SCORING, GRADES
from perfgoals_xl.workbooks.kit.tables import Column

Counts = Mapping[str, int]
"""How many rows of each of the long lists, by their names."""
FileRows = Mapping[str, Written]
"""The rows of a file in each of the long lists."""

THRESHOLDS = "，".join(
    [
        *(f"{name} ≥ {least}" for name, least in zip(GRADES, DEFAULT_SCORING.grades, strict=False)),
        f"{GRADES[-1]} < {DEFAULT_SCORING.grades[-1]}",
    ]
)
"""What the grades mean where a form has no settings of its own."""
_MONEY = f"金额单位：{COMMON_UNIT}　　空白是没有填写，不按零计；以元填报的已换算。"
_PLACE = "工作表、单元格指{}在来源文件中的位置。"


class LongList(NamedTuple):
    """A long list: its columns, what it says, and the rows of a file.

    ``rows`` takes the digest, the number of its file and how many rows of each list stand above;
    ``purpose`` is what the cover says of the list.
    """

    columns: tuple[Column, ...]
    note: str
    empty: str
    purpose: str
    count: Callable[[Digest], int]
    rows: Callable[[Digest, int, Counts], Iterator[lists.Row]]
    columns_since: tuple[Column, ...] = ()
    """Its columns where there is a last round to compare with, if they are others."""


def _of_table(name: str) -> Callable[[Digest], int]:
    return lambda digest: len(digest.tables[name])


def _of_report(table: EvaluationTable) -> Callable[[Digest], int]:
    return lambda digest: len(digest.evaluated.get(table, ()))


LONG_LISTS: Mapping[str, LongList] = {
    lists.PROJECTS: LongList(
        lists.PROJECT_COLUMNS,
        f"金额单位：{COMMON_UNIT}　　空白是没有填写，不按零计；不是数字的照原样列出，不计入合计。"
        "以元填报的已换算。工作表、单元格指项目名称在来源文件中的位置。",
        "（没有项目）",
        "全部项目的基本信息和各项资金",
        _of_table("projects"),
        lambda digest, file, before: lists.project_rows(digest, file, before[lists.PROJECTS]),
    ),
    lists.INDICATORS: LongList(
        lists.INDICATOR_COLUMNS,
        "指标值一栏照原文；类型、符号、下限、上限、单位由程序从指标值读出，没有读出的留空。",
        "（没有指标）",
        "全部指标，指标值拆分为符号、数值和单位",
        _of_table("indicators"),
        lambda digest, file, before: lists.indicator_rows(
            digest, file, before[lists.INDICATORS], before[lists.PROJECTS]
        ),
    ),
    report_lists.EVALUATED: LongList(
        report_lists.EVALUATED_COLUMNS,
        f"{_MONEY}总分照自评表；等级照表中所写，没有写的按总分（{THRESHOLDS}；"
        f"自评表有评分设置的按其设置）。错误、警告指自评表的问题。{_PLACE.format('项目名称')}",
        "（没有自评表）",
        "全部自评表：预算执行、总分、评价等级、达标和缺原因的指标数",
        _of_report(EvaluationTable.EVALUATIONS),
        lambda digest, file, before: report_lists.evaluated_rows(
            digest, file, before[report_lists.EVALUATED]
        ),
    ),
    report_lists.RESULTS: LongList(
        report_lists.RESULT_COLUMNS,
        "达标由程序按年度指标值和实际完成值判断，不能比较的留空；“缺”是有偏差而表中没有说明原因。"
        f"{_PLACE.format('年度指标值')}",
        "（没有指标）",
        "自评表的全部指标：完成值、得分、达标和偏差原因",
        _of_report(EvaluationTable.EVALUATION_INDICATORS),
        lambda digest, file, before: report_lists.result_rows(
            digest, file, before[report_lists.RESULTS], before[report_lists.EVALUATED]
        ),
    ),
    report_lists.MONITORED: LongList(
        report_lists.MONITORED_COLUMNS,
        f"{_MONEY}预警照监控表，没有写的由程序按完成值和月份判断，项目取指标中最差的。"
        f"错误、警告指监控表的问题。{_PLACE.format('项目名称')}",
        "（没有监控表）",
        "全部监控表：预算执行、预警、预计完不成和缺原因的指标数",
        _of_report(EvaluationTable.MONITORINGS),
        lambda digest, file, before: report_lists.monitored_rows(
            digest, file, before[report_lists.MONITORED]
        ),
    ),
    report_lists.PROGRESS: LongList(
        report_lists.PROGRESS_COLUMNS,
        "预计达标由程序按年度指标值和全年预计完成值判断，不能比较的留空；"
        f"“缺”是黄灯、红灯或预计未达标而表中没有说明原因。{_PLACE.format('年度指标值')}",
        "（没有指标）",
        "监控表的全部指标：完成值、全年预计、预警和偏差原因",
        _of_report(EvaluationTable.MONITORING_INDICATORS),
        lambda digest, file, before: report_lists.progress_rows(
            digest, file, before[report_lists.PROGRESS], before[report_lists.MONITORED]
        ),
    ),
    lists.FINDINGS: LongList(
        lists.FINDING_COLUMNS,
        "工作表、单元格指所列问题在来源文件中的位置。错误须由部门更正，"
        "或在“说明”一栏写明理由；“部门汇总”的状态随之改变。",
        "（没有发现问题）",
        "全部问题、建议和部门说明",
        lambda digest: len(digest.findings),
        lambda digest, file, before: lists.finding_rows(digest, file, before[lists.FINDINGS]),
        lists.FINDING_COLUMNS_SINCE,
    ),
    change_list.CHANGES: LongList(
        change_list.CHANGE_COLUMNS,
        "每处变化一行：部门、项目和资金的变化，已解决、已说明和新增的问题；"
        "工作表、单元格指本轮文件中的位置，已解决的指上轮文件中的位置。",
        "（与上轮相比没有变化）",
        "与上一轮相比的变化：问题、项目和资金",
        change_list.change_count,
        lambda digest, file, before: change_list.change_rows(
            digest, file, before[change_list.CHANGES]
        ),
    ),
}
"""The long lists by the names of their sheets, in the order of the tabs."""
LISTS_OF: Mapping[EvaluationTable, tuple[str, str]] = {
    EvaluationTable.EVALUATIONS: (report_lists.EVALUATED, report_lists.RESULTS),
    EvaluationTable.MONITORINGS: (report_lists.MONITORED, report_lists.PROGRESS),
}
"""The lists of the forms of a kind, and of their indicators."""


class Placed(NamedTuple):
    """A file's digest, its number, and how many rows of the lists stand above its own."""

    digest: Digest
    number: int
    before: Counts


def names_of(forms: Set[EvaluationTable], *, compares: bool = False) -> list[str]:
    """The lists of a book that has these of the year's other forms, and perhaps a last round."""
    left_out = {name for table, own in LISTS_OF.items() if table not in forms for name in own}
    if not compares:
        left_out.add(change_list.CHANGES)
    return [name for name in LONG_LISTS if name not in left_out]


def counts_of(digest: Digest, names: Iterable[str]) -> Counts:
    """How many rows the digest will have in each list."""
    return {name: LONG_LISTS[name].count(digest) for name in names}


def file_rows(files: Sequence[Placed], looks: Mapping[str, Look]) -> list[FileRows]:
    """The rows of each file, in the lists that have a look."""
    return [
        {
            name: written(look, LONG_LISTS[name].rows(digest, number, before), before[name])
            for name, look in looks.items()
        }
        for digest, number, before in files
    ]
