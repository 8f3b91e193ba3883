"""What the buttons of the ribbon call: one function each, without arguments.

Every one of them goes through ``_run``: the workbook is the one that was in front, a fault of the
input becomes a message that says where it is, a fault of ours a log file and a message that names
it. Nobody ever sees a traceback, and Excel is always left as it was found.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from perfgoals_xl.errors import InputError
from perfgoals_xl.storage.fault_log import told_fault
from perfgoals_xl.storage.place_faults import input_error

if TYPE_CHECKING:
    from perfgoals_xl.excel.session.desk import Desk

Action = Callable[["Desk"], str]
# RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER and VBA_E_IGNORE: while a cell is being edited or
# a dialog is open.
_REJECTED = (-2147418111, -2147417846, -2146777998)


def new_workbook() -> None:
    """新建申报表: a blank standard workbook for a department and a year."""
    from perfgoals_xl.excel.session import filing

    _run(filing.new_workbook)


def add_project_sheet() -> None:
    """新增项目表: one more blank project form in this workbook."""
    from perfgoals_xl.excel.session import editing

    _run(editing.add_project_sheet)


def insert_indicator_row() -> None:
    """插入指标行: a blank row below the selected indicator, in its group."""
    from perfgoals_xl.excel.session import editing

    _run(editing.insert_indicator_row)


def import_files() -> None:
    """导入: tables that exist already, as a standard workbook."""
    from perfgoals_xl.excel.session import filing

    _run(filing.import_files)


def validate_sheet() -> None:
    """校验本表: mark what is found on the sheet in front."""
    from perfgoals_xl.excel.session import checking

    _run(checking.validate_sheet)


def validate_book() -> None:
    """校验全部: mark what is found in the whole workbook."""
    from perfgoals_xl.excel.session import checking

    _run(checking.validate_book)


def previous_finding() -> None:
    """上一处: go to the finding before the selected cell."""
    from perfgoals_xl.excel.session import checking

    _run(lambda desk: checking.step(desk, forward=False))


def next_finding() -> None:
    """下一处: go to the finding behind the selected cell."""
    from perfgoals_xl.excel.session import checking

    _run(lambda desk: checking.step(desk, forward=True))


def clear_marks() -> None:
    """清除标记: no marks any more; the reasons are kept."""
    from perfgoals_xl.excel.session import checking

    _run(checking.clear_marks)


def confirm_findings() -> None:
    """统一说明: one reason for what is selected, or for all findings of a rule."""
    from perfgoals_xl.excel.session import confirming

    _run(confirming.confirm)


def open_rules() -> None:
    """规则设置: the sheet on which rules are switched and tuned."""
    from perfgoals_xl.excel.session import guidance

    _run(guidance.open_rules)


def consolidate() -> None:
    """生成汇总表: the summary beside the workbook, opened."""
    from perfgoals_xl.excel.session import filing

    _run(filing.consolidate)


def new_evaluation() -> None:
    """生成自评表: the evaluation of every project beside the workbook, opened."""
    from perfgoals_xl.excel.session import filing

    _run(filing.new_evaluation)


def new_monitoring() -> None:
    """生成监控表: the monitoring of every project beside the workbook, opened."""
    from perfgoals_xl.excel.session import filing

    _run(filing.new_monitoring)


def show_functions() -> None:
    """工作表函数: the functions that cells can use."""
    import perfgoals_xl.excel.udfs  # noqa: F401  (registers the functions that are shown)
    from perfgoals_xl.excel.session import guidance

    _run(guidance.show_functions)


def open_help() -> None:
    """帮助: the manual, in the browser."""
    from perfgoals_xl.excel.session import guidance

    _run(guidance.open_help)


def diagnose() -> None:
    """诊断: whether this installation is as it should be."""
    from perfgoals_xl.excel.session import guidance

    _run(guidance.diagnose)


def _run(action: Action) -> None:
    """Do ``action`` for the workbook in front and show what it returns, if anything."""
    desk = None
    try:
        import xlwings as xw

        from perfgoals_xl.excel.session.desk import Desk

        desk = Desk(xw.Book.caller())
        told, fault = action(desk), False
    except InputError as error:
        told, fault = str(error), True
    except OSError as error:
        told, fault = str(input_error(error)), True
    except Exception as error:
        told = _busy(error) or (
            f"程序内部出错（{type(error).__name__}），您的内容没有改动。\n\n{told_fault()}"
        )
        fault = True
    if desk is None:
        _tell_without_excel(told)
        return
    with suppress(Exception):
        desk.app.status_bar = False
    if told and _vba_tells():
        _leave(told, fault)
    elif told:
        desk.say(told, fault=fault)
    _let_go()


def _busy(error: Exception) -> str:
    """What to tell where Excel takes no calls; "" for any other error."""
    code = getattr(error, "hresult", None) or (error.args[0] if error.args else None)
    if code not in _REJECTED:
        return ""
    return "Excel 正忙，这次操作没有完成。请按 Esc 结束单元格的编辑，关闭打开的对话框，再点一次。"


_left = ""


def take_message() -> str:
    """What the last button has to say, for the add-in to show; a fault begins with ``!``.

    The add-in's VBA shows it when the call has ended. A message box of ours would keep Excel
    waiting in the middle of a call, and after a while it would complain of that.
    """
    global _left
    text, _left = _left, ""
    return text


def _leave(text: str, fault: bool) -> None:
    from perfgoals_xl.excel.session.desk import shortened

    global _left
    _left = ("!" if fault else "") + shortened(text)


def _vba_tells() -> bool:
    """Whether VBA is waiting for this call: not on a Mac, in a Python of its own, in a notebook."""
    import xlwings as xw

    own_process = any(argument.startswith("--from_xl") for argument in sys.argv)
    return sys.platform == "win32" and not own_process and not hasattr(xw.Book, "_mock_caller")


def _let_go() -> None:
    """Keep no hold on the workbook between clicks: Excel could not end while Python lives on."""
    if sys.platform == "win32":
        import atexit

        from xlwings import _xlwindows

        _xlwindows.BOOK_CALLER = None
        # At its end, xlwings would kill every Excel in which it sees no workbook.
        atexit.unregister(_xlwindows.cleanup)


def _tell_without_excel(text: str) -> None:
    """A message box of Windows itself, for when Excel could not even be reached."""
    with suppress(Exception):
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, "绩效目标", 0x30)  # type: ignore[attr-defined]
