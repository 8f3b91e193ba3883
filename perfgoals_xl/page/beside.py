"""A right click on a file: its marked copy beside it, opened; what fails is seen without a window.

Nothing of the page's server is needed for this.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from perfgoals_xl.actions.action_list import ACTIONS
from perfgoals_xl.actions.review_sources import marked_copy
from perfgoals_xl.actions.work import Options, Work
from perfgoals_xl.errors import InputError
from perfgoals_xl.page import message_box
from perfgoals_xl.page.opening import open_file
from perfgoals_xl.storage import place_faults
from perfgoals_xl.storage.permissions import no_wider_than

_KIND = "校验"
_MARKED = next(action for action in ACTIONS if action.name == "marked_copy")


def copies_beside(files: Sequence[Path], *, language: str = "zh") -> bool:
    """Writes the marked copy of each file beside it, under a dated name that is free; opens it.

    Returns whether all could be written. What cannot is told, where there is no terminal in a box.
    Raises ``InputError`` where no file is given.
    """
    if not files:
        raise InputError("--quiet 要给出文件", hint="如 perfgoals page --quiet 申报表.xlsx。")
    faults = []
    for file in files:
        try:
            copy = _copy(file, language)
        except InputError as error:
            faults.append(str(error))
        except OSError as error:
            faults.append(str(place_faults.input_error(error)))
        else:
            # Absolute: a name may begin like an option, or look like an address.
            if not open_file(copy.absolute()):
                message_box.show(f"已写出标出问题的工作簿 {copy}，请自己打开它。")
    for fault in faults:
        message_box.show(fault, fault=True)
    return not faults


def _copy(file: Path, language: str) -> Path:
    copy = free_name(file, dt.date.today())
    with no_wider_than([file]), Work([file], Options(language=language)) as work:
        marked_copy(work, copy)
    if not copy.is_file():
        raise InputError("没有写出标出问题的工作簿", hint="请在页面上打开它看看。", file=file)
    return copy


def free_name(file: Path, day: dt.date) -> Path:
    """A dated name beside a file that nothing has yet: ``申报表-校验-20260301.xlsx``."""
    suffix = Path(_MARKED.file_name(file)).suffix
    stem, number = f"{file.stem}-{_KIND}-{day:%Y%m%d}", 1
    path = file.with_name(f"{stem}{suffix}")
    while path.exists():
        number += 1
        path = file.with_name(f"{stem}-{number}{suffix}")
    return path
