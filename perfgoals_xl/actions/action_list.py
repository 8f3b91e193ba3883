"""The one list of what can be made of sources, by commands, by the ribbon and on the page.

Every entry names the command that does the same, and the ribbon's button where there is one. The
list itself is cheap to import; what an action needs is loaded when it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from perfgoals_xl.review.catalogue import Text
from perfgoals_xl.storage.libreoffice import installed_office

if TYPE_CHECKING:
    from perfgoals_xl.actions.work import Work

_ROOM = "perfgoals_xl.actions"
_KEPT = {".xlsx": ".xlsx", ".xltx": ".xlsx", ".xlsm": ".xlsm", ".xltm": ".xlsm"}


class Group(StrEnum):
    """Where an action stands among the others."""

    WORKBOOK = "workbook"
    FORMS = "forms"
    PUBLISH = "publish"
    DATA = "data"
    BUREAU = "bureau"


class Need(StrEnum):
    """What the sources must be for an action."""

    ANY = "any"
    ONE_DEPARTMENT = "one department"
    DECLARED = "projects declared by one department"
    SEVERAL = "several departments"
    TWO_FILES = "two files of one department"


@dataclass(frozen=True)
class Sources:
    """What is known of the sources once they were read: how many, of how many departments.

    ``reported`` counts the projects of which only a report (自评表, 监控表) is there.
    """

    files: int
    departments: int
    projects: int
    reported: int = 0

    def meet(self, need: Need) -> bool:
        """Whether they are what an action needs."""
        if need is Need.ANY:
            return True
        if need is Need.TWO_FILES:
            return self.files == 2 and self.departments <= 1 and self.projects > 0
        if need is Need.SEVERAL:
            return self.departments > 1
        declared = self.projects > self.reported
        return self.departments <= 1 and (need is Need.ONE_DEPARTMENT or declared)


@dataclass(frozen=True)
class Action:
    """One thing that can be made of sources.

    ``stem`` is what the name of its file ends with, before ``suffix``: ``申报表-汇总.xlsx``.
    ``keeps_suffix`` is for a copy of the source: it keeps the suffix of that, if it is that of a
    workbook that is patched, or has that of the workbook that a template makes. ``asks`` are the
    options that the person must give. ``command`` does the same on the command line, ``button`` in
    Excel. ``made_by`` names the function, of ``(work, output)``, in this room. With
    ``needs_office`` a LibreOffice must be on the PC.
    """

    name: str
    label: Text
    hint: Text
    group: Group
    need: Need
    stem: str
    suffix: str
    command: str
    made_by: str
    button: str = ""
    asks: tuple[str, ...] = ()
    keeps_suffix: bool = False
    needs_office: bool = False

    def run(self, work: Work, output: Path) -> None:
        """Make it, and tell what was made. Raises ``InputError`` where it cannot be made."""
        module, _, function = self.made_by.partition(":")
        make: Callable[[Work, Path], None] = getattr(import_module(f"{_ROOM}.{module}"), function)
        make(work, output)

    def file_name(self, source: Path) -> str:
        """What its file is called, made of a source of that name."""
        kept = _KEPT.get(source.suffix.lower()) if self.keeps_suffix else None
        return f"{source.stem}-{self.stem}{kept or self.suffix}"

    def is_possible(self, sources: Sources) -> bool:
        """Whether it can be made of such sources on this PC."""
        there = not self.needs_office or installed_office() is not None
        return there and sources.meet(self.need)


ACTIONS = (
    Action(
        "marked_copy",
        Text("标出问题的工作簿", "Marked workbook"),
        Text(
            "原表的副本，问题已着色，“校验结果”一表逐条列出，说明填在其中",
            "A copy of the workbook with the findings marked and listed; reasons go with it",
        ),
        Group.WORKBOOK,
        Need.ONE_DEPARTMENT,
        "已校验",
        ".xlsx",
        "validate -o",
        "review_sources:marked_copy",
        button="PgValidateBook",
        keeps_suffix=True,
    ),
    Action(
        "standard_workbook",
        Text("标准申报工作簿", "Standard workbook"),
        Text(
            "读到的内容写成标准工作簿，每个项目一张表，带下拉选项和自带的检查",
            "What was read as the standard workbook, one sheet per project",
        ),
        Group.WORKBOOK,
        Need.ONE_DEPARTMENT,
        "标准格式",
        ".xlsx",
        "import",
        "forms_made:standard_workbook",
        button="PgImportFiles",
    ),
    Action(
        "summary",
        Text("部门汇总表", "Department summary"),
        Text("报送财政部门的汇总工作簿", "The workbook that the finance bureau receives"),
        Group.WORKBOOK,
        Need.ONE_DEPARTMENT,
        "汇总",
        ".xlsx",
        "consolidate",
        "handed_on:summary",
        button="PgConsolidate",
    ),
    Action(
        "report",
        Text("校验报告", "Report of findings"),
        Text("只列问题的工作簿，可以转发、打印", "The findings alone, to be sent on or printed"),
        Group.WORKBOOK,
        Need.ANY,
        "校验报告",
        ".xlsx",
        "validate --report",
        "review_sources:report",
    ),
    Action(
        "monitoring_form",
        Text("监控表", "Monitoring form"),
        Text("年中的绩效运行监控表，每个项目一张", "The monitoring form, one sheet per project"),
        Group.FORMS,
        Need.DECLARED,
        "监控",
        ".xlsx",
        "monitoring new",
        "forms_made:monitoring_form",
        button="PgNewMonitoring",
        asks=("month", "scoring"),
    ),
    Action(
        "evaluation_form",
        Text("自评表", "Evaluation form"),
        Text("年底的绩效自评表，每个项目一张", "The self-evaluation form, one sheet per project"),
        Group.FORMS,
        Need.DECLARED,
        "自评",
        ".xlsx",
        "evaluation new",
        "forms_made:evaluation_form",
        button="PgNewEvaluation",
        asks=("scoring",),
    ),
    Action(
        "publication_word",
        Text("公开文件（Word）", "Published tables (Word)"),
        Text("按公开的格式排好的表", "The tables as they are published"),
        Group.PUBLISH,
        Need.ANY,
        "公开",
        ".docx",
        "publish",
        "handed_on:publication",
    ),
    Action(
        "publication_pdf",
        Text("公开文件（PDF）", "Published tables (PDF)"),
        Text("同上，PDF；需要 LibreOffice", "The same as a PDF; needs LibreOffice"),
        Group.PUBLISH,
        Need.ANY,
        "公开",
        ".pdf",
        "publish",
        "handed_on:publication",
        needs_office=True,
    ),
    Action(
        "comparison",
        Text("对比表", "Comparison"),
        Text(
            "两份文件对比：上年和本年，或申报和自评",
            "Two files against each other: two years, or goal and result",
        ),
        Group.WORKBOOK,
        Need.TWO_FILES,
        "对比",
        ".xlsx",
        "compare -o",
        "compare_sources:comparison",
    ),
    Action(
        "data_json",
        Text("数据（JSON）", "Data (JSON)"),
        Text("读到的全部数据，给其他程序用", "All that was read, for other programs"),
        Group.DATA,
        Need.ANY,
        "数据",
        ".json",
        "export --format json",
        "handed_on:data_file",
    ),
    Action(
        "data_csv",
        Text("数据（CSV）", "Data (CSV)"),
        Text("一行一个指标，Excel 能直接打开", "A line per indicator, opens in Excel"),
        Group.DATA,
        Need.ANY,
        "数据",
        ".csv",
        "export --format csv",
        "handed_on:data_file",
    ),
    Action(
        "department_book",
        Text("总汇总工作簿", "Book of all departments"),
        Text("财政部门用：每个部门一行，全部项目和问题", "For the bureau: a row per department"),
        Group.BUREAU,
        Need.SEVERAL,
        "总汇总",
        ".xlsx",
        "consolidate",
        "department_book:book_of_work",
    ),
)
"""All actions, in the order in which they are offered."""


def action_named(name: str) -> Action | None:
    """The action of a name; None where there is none."""
    return next((action for action in ACTIONS if action.name == name), None)
