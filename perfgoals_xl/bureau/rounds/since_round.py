"""What a file is told to have changed since the last round: plain values that travel with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from perfgoals_xl.form.amounts import COMMON_UNIT, plain
from perfgoals_xl.workbooks.findings.layout import FindingLine


class Standing(StrEnum):
    """What a finding of now was in the last round."""

    NEW = "新增"
    STANDING = "仍存在"
    EXPLAINED = "已说明"


class ChangeKind(StrEnum):
    """What a row of 与上轮对比 tells."""

    CAME = "新报部门"
    ABSENT = "未报送"
    SAME_FILE = "未重新报送"
    ADDED = "新增项目"
    GONE = "取消项目"
    RENAMED = "项目改名"
    AMOUNT = "金额变化"
    SOLVED = "已解决"
    EXPLAINED = "已说明"
    NEW = "新增问题"


class Change(NamedTuple):
    """One change: of which project, what, how it was and how it is, and where that stands now.

    For a finding that is gone ``sheet`` and ``cell`` are where it stood.
    """

    kind: ChangeKind
    project: str | None
    what: str
    before: str | None
    now: str | None
    sheet: str | None = None
    cell: str | None = None


class Earlier(NamedTuple):
    """What the last round's book says of a department.

    ``states`` are those of its files as they stood there, typed over by hand or not; ``annual`` is
    the sum of 年度资金总额 in 万元, None where there was no amount. ``handed_in`` says whether
    a file of it was read at all.
    """

    states: tuple[str, ...]
    findings: int
    open_errors: int
    projects: int
    annual: Decimal | None
    handed_in: bool

    @property
    def state(self) -> str:
        """The states in a cell."""
        return "、".join(dict.fromkeys(filter(None, self.states)))

    @property
    def told(self) -> str:
        """The figures in a phrase; "" where nothing had been handed in."""
        if not self.handed_in:
            return ""
        annual = "" if self.annual is None else f"，年度资金总额 {plain(self.annual)} {COMMON_UNIT}"
        return f"{self.projects} 个项目{annual}，{self.findings} 项问题"


@dataclass(frozen=True)
class SinceRound:
    """What changed in a file since the last round.

    ``statuses`` has one for every finding of the file in their order, None for a line that is no
    finding. What is known of the department as a whole stands with its first file, which ``leads``:
    ``earlier``, what is ``solved`` and the changes of its projects. ``earlier`` is None for a
    department that was not in the last round's book.
    """

    statuses: tuple[Standing | None, ...] = ()
    changes: tuple[Change, ...] = ()
    solved: tuple[FindingLine, ...] = ()
    earlier: Earlier | None = None
    leads: bool = True
    same_file: bool = False

    @property
    def compared(self) -> bool:
        """Whether the department handed in in the last round too."""
        return self.earlier is not None and self.earlier.handed_in

    def of(self, standing: Standing, findings: Sequence[FindingLine]) -> list[FindingLine]:
        """Those of the file's ``findings`` of which this is true."""
        told = zip(findings, self.statuses, strict=True)
        return [line for line, status in told if status is standing]

    def count(self, standing: Standing) -> int:
        """How many findings there are of which this is true."""
        return sum(status is standing for status in self.statuses)
