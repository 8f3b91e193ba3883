"""Two files of one department against each other: two years, or what was declared and reported."""

from __future__ import annotations

from pathlib import Path

from perfgoals_xl.actions.work import Work
from perfgoals_xl.comparison.changes import Comparison
from perfgoals_xl.comparison.comparing import compare_declarations
from perfgoals_xl.comparison.sheet import write_comparison
from perfgoals_xl.comparison.side_words import is_report
from perfgoals_xl.console import tell, tell_hidden
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError


def compared(before: Declaration, after: Declaration) -> Comparison:
    """What changed, telling what is doubtful about the two.

    Raises ``InputError`` for one without projects.
    """
    for declaration in (before, after):
        _tell_read(declaration)
    if before.department and after.department and before.department != after.department:
        tell(f"注意：两份申报属于不同部门（{before.department}、{after.department}）。")
    if before.sha256 == after.sha256:
        tell("注意：两份文件的内容完全相同。")
    if before.year and after.year and before.year > after.year:
        tell(
            f"注意：上年文件的年度（{before.year}）晚于本年文件（{after.year}），"
            "两份文件可能放反了：先写上年的，再写本年的。"
        )
    if is_report(before) and not is_report(after) and before.year == after.year:
        tell("注意：先写的是自评表或监控表，后写的是申报表，两份文件可能放反了：先写申报的。")
    return compare_declarations(before, after)


def write_compared(found: Comparison, output: Path) -> None:
    """Write the comparison (对比表) and tell it. Raises ``InputError`` for another suffix."""
    refuse_suffix(output)
    write_comparison(output, found)
    tell(f"已写出 {output}。")


def refuse_suffix(output: Path) -> None:
    """Raise ``InputError`` where the output is called as no workbook of ours is."""
    if output.suffix.lower() != ".xlsx":
        raise InputError("对比工作簿应是 .xlsx", hint="请改用这个扩展名。", file=output)


def comparison(work: Work, output: Path) -> None:
    """The two sources against each other: the one of the earlier year, or what declares, first.

    Raises ``InputError`` for more or fewer than two.
    """
    if len(work.declared) != 2:
        raise InputError(
            f"对比要两份文件，这里有 {len(work.declared)} 份", hint="请只放进要对比的两份。"
        )
    before, after = sorted(work.declared, key=lambda one: (one.year or 0, is_report(one)))
    write_compared(compared(before, after), output)


def _tell_read(declaration: Declaration) -> None:
    tell_hidden(declaration)
    if not len(declaration.projects):
        raise InputError(
            "文件中没有填写项目，无法对比",
            hint="请换一份填好的申报文件。",
            file=declaration.file,
        )
    if declaration.remarks:
        tell(
            f"注意：{declaration.file} 中有 {len(declaration.remarks)} 处内容读到而没有采用，"
            "perfgoals validate 会逐处列出。"
        )
