"""A declaration from a file that must hold one."""

from __future__ import annotations

from pathlib import Path

from perfgoals_xl.declaration import Declaration, RemarkKind
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration

_NO_FORM_HINT = "请确认选对了文件；表中应有“项目名称”“年度总体绩效目标”“一级指标”等标签。"
_ALMOST_HINT = "请把缺少的标签改成常用的写法（如“项目名称”“年度总体绩效目标”“一级指标”）再试。"
_MOST_TOLD = 3
# The sheets of a department's summary, and of the bureau's book, that no declaration has together.
_SUMMARIES = ({"项目汇总", "指标明细", "数据来源"}, {"部门汇总", "项目汇总", "指标明细"})
_SUMMARY_HINT = "请改用汇总前的申报表；来源文件列在它的“数据来源”等表中。"
_HIDDEN_HINT = "请在 Excel 中取消隐藏；用命令的，也可以加 --include-hidden。"


def load(source: str | Path, *, include_hidden: bool = False) -> Declaration:
    """Read the declaration in a workbook, a Word document or tab-separated text.

    Returns the three tables with the cell of every value (:mod:`perfgoals_xl.declaration` describes
    the columns). Forms on hidden sheets are told in ``hidden_forms`` and count only with
    ``include_hidden``. Raises ``InputError`` when the file cannot be read or holds no declaration.
    """
    declaration = load_declaration(source, include_hidden=include_hidden)
    if declaration.is_empty:
        raise no_form(declaration)
    return declaration


def no_form(
    declaration: Declaration, said: str = "文件中没有找到绩效目标申报表", *, rule: str = ""
) -> InputError:
    """The refusal of a source that declares nothing: as ``said``, unless all forms are hidden
    or it is a summary of ours.
    """
    almost = [r for r in declaration.account if r.kind is RemarkKind.UNREAD_FORM]
    if declaration.hidden_forms:
        sheets = "、".join(f"“{hidden.place.sheet}”" for hidden in declaration.hidden_forms)
        message, hint = f"文件中的申报表都在隐藏的工作表中（{sheets}），没有计入", _HIDDEN_HINT
    elif any(sheets <= declaration.sheet_order.keys() for sheets in _SUMMARIES):
        message, hint = "这是本程序生成的汇总表，不是申报表", _SUMMARY_HINT
    elif almost:
        told = [f"工作表“{r.place.sheet}”从 {r.place.cell} 起{r.text}" for r in almost[:_MOST_TOLD]]
        message, hint = f"{said}：{'；'.join(told)}", _ALMOST_HINT
    else:
        message, hint = said, _NO_FORM_HINT
    return InputError(message + rule, hint=hint, file=declaration.file)
