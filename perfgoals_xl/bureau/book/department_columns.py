"""The columns of 部门汇总, and the words of the states of its rows."""

from __future__ import annotations

from collections.abc import Sequence

from perfgoals_xl.bureau.account import FileLine, State
from perfgoals_xl.bureau.rounds.since_round import Standing
from perfgoals_xl.form.fields import AMOUNT_FIELDS, label_of
from perfgoals_xl.form.own_sheets import SEVERITY_LABELS
from perfgoals_xl.workbooks.kit.tables import Column

SHEET = "部门汇总"
NUMBER, STATE, REMARK, FILE = "序号", "状态", "备注", "文件"
PROJECT_COUNT, INDICATOR_COUNT, UNCOUNTED = "项目数", "指标数", "年度资金总额未计入"

READY, RETURNED = "可报送", "退回"
OLD_TEMPLATE, BLANK = "旧版模板", "空白模板"
ABSENT = State.ABSENT.value
STATES: Sequence[tuple[str, str]] = (
    (READY, "没有未处理的错误；警告和提示不影响报送"),
    (RETURNED, "有错误既未更正，也未写明理由；图中含无法读取和未校验的"),
    (OLD_TEMPLATE, "没有未处理的错误，但用的是旧版标准模板"),
    (BLANK, "只有空表，没有填写"),
    (ABSENT, "没有收到文件"),
)
"""What a department comes to, one of these, and what it means; as the chart shows them."""

EARLIER_STATE, EARLIER_COUNT, MONEY_CHANGE = "上轮状态", "上轮问题", "金额变化"
SOLVED = "已解决"
NEW, STANDING, EXPLAINED = (standing.value for standing in Standing)
SINCE_COUNTS = (EARLIER_COUNT, SOLVED, NEW, STANDING, EXPLAINED)

AMOUNT_HEADERS = tuple(label_of(name) for name in AMOUNT_FIELDS)
LIVE = (
    *(PROJECT_COUNT, INDICATOR_COUNT, *AMOUNT_HEADERS, UNCOUNTED),
    *SEVERITY_LABELS.values(),
)
"""The headers of what is added up from the lists."""


HEADER_ROW, FIRST_ROW = 2, 3
PROJECTS_STAND, FINDINGS_STAND, CHANGES_STAND = "项目行未变", "问题行未变", "变化行未变"
DEPARTMENT_NUMBER, DEPARTMENT_STATE = "部门号", "部门状态"
HIDDEN = (PROJECTS_STAND, FINDINGS_STAND, CHANGES_STAND, DEPARTMENT_NUMBER, DEPARTMENT_STATE)
"""Behind the others: whether the rows of a department stand as they were written in the lists of
projects, findings and changes; its number; and what it comes to, once for each department."""


def columns_of(*, compares: bool) -> tuple[Column, ...]:
    """The columns; with those about the last round where the book ``compares``."""
    since = (
        Column(EARLIER_STATE, 11, "center"),
        *(Column(header, 6, "center") for header in SINCE_COUNTS),
        Column(MONEY_CHANGE, 10, "ledger"),
    )
    return (
        Column(NUMBER, 6, "center"),
        Column("部门", 20),
        Column("部门代码", 9, "center"),
        Column("年度", 7, "center"),
        Column(PROJECT_COUNT, 7, "center"),
        Column(INDICATOR_COUNT, 7, "center"),
        *(Column(header, 10, "ledger") for header in AMOUNT_HEADERS),
        Column(UNCOUNTED, 9, "center"),
        *(Column(label, 6, "center") for label in SEVERITY_LABELS.values()),
        Column(STATE, 13, "center"),
        *(since if compares else ()),
        Column(REMARK, 28),
        Column(FILE, 22),
    )


def state_of(line: FileLine) -> str:
    """The state of a row as it is now."""
    if line.state is not State.READ:
        return line.state.value
    if line.blank:
        return BLANK
    if line.open_errors:
        return RETURNED
    return OLD_TEMPLATE if line.old_template else READY


def state_of_department(states: Sequence[str]) -> str:
    """What a department comes to whose files are in these states.

    What is to be mended comes first. A blank form beside a filled one is only one too many.
    """
    if {RETURNED, State.FAULT.value, State.UNREVIEWED.value} & set(states):
        return RETURNED
    return next(state for state in (OLD_TEMPLATE, READY, BLANK, ABSENT) if state in states)
