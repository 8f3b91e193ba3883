"""The tasks of the worker: a check of dropped files, and the actions on them.

They are those of the commands and of the ribbon (:mod:`perfgoals_xl.actions`); what is of the page
alone is that a file has a label, and that one which cannot be read costs itself.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perfgoals_xl.actions import review_sources
from perfgoals_xl.actions.action_list import ACTIONS, Action, Group, Sources, action_named
from perfgoals_xl.actions.work import Options
from perfgoals_xl.console import telling
from perfgoals_xl.errors import InputError
from perfgoals_xl.joining.settled_sources import join_sources
from perfgoals_xl.page.tasks import Event, Task
from perfgoals_xl.page.typed_reasons import REVIEW, typed, write_json
from perfgoals_xl.page.worker.dropped_work import DroppedWork
from perfgoals_xl.page.worker.result_document import departments, result
from perfgoals_xl.review.findings import Review
from perfgoals_xl.review.run import RuleFault
from perfgoals_xl.storage import place_faults
from perfgoals_xl.storage.fault_log import told_fault

Tell = Callable[[Event], None]
_OF_SEVERAL, _WRITTEN = "绩效目标.xlsx", ".xlsx"


@dataclass
class _Listener:
    """Passes on what is told while a task is done; ``output`` is called as it will be called."""

    tell: Tell
    output: tuple[str, str] = ("\0", "")
    notes: list[str] = field(default_factory=list)
    pass_on: bool = True

    def note(self, text: str) -> None:
        """A line for people."""
        line = text.replace(*self.output)
        self.notes.append(line)
        if self.pass_on:
            self.tell(Event("note", line))

    def progress(self, done: int, count: int) -> None:
        """So many of so many files are read."""
        self.tell(Event("progress", done=done, of=count))

    def doing(self, text: str) -> None:
        """What is being done."""
        self.tell(Event("doing", text))


def do(task: Task, tell: Tell) -> Event:
    """Does a task, tells how it goes on, and returns how it ended. Never raises for a file."""
    try:
        os.chdir(task.folder)
        return _check(task, tell) if task.action is None else _act(task, tell)
    except InputError as error:
        return Event("failed", str(error))
    except MemoryError:
        return Event("failed", "内存不足，没有完成。请关闭一些程序再试；文件很大时请拆成几个。")
    except OSError as error:
        return Event("failed", str(place_faults.input_error(error)))
    except Exception as error:
        told = f"程序内部出错（{type(error).__name__}），您的文件没有改动。{told_fault()}"
        return Event("failed", told)


def _check(task: Task, tell: Tell) -> Event:
    listener = _Listener(tell, pass_on=False)
    with DroppedWork(task.files, _options(task), listener.doing) as work:
        with telling(listener):
            _ = work.read
            listener.doing("正在校验")
            review, notes = _reviewed(work, listener)
        filled = [declaration for declaration in work.read if not declaration.is_empty]
        projects = sum(len(declaration.projects) for declaration in filled)
        reported = sum(len(declaration.evaluated_projects) for declaration in filled)
        known = Sources(len(filled), departments(filled), projects, reported)
        possible = [one.name for one in ACTIONS if filled and one.is_possible(known)]
        made = result(work, review, notes, possible)
    output = Path(task.output)
    unfinished = output.with_name(f"{REVIEW}.tmp")
    unfinished.write_bytes(pickle.dumps(review))
    write_json(output, made)
    unfinished.replace(output.with_name(REVIEW))
    return Event("done")


def _reviewed(work: DroppedWork, listener: _Listener) -> tuple[Review, list[str]]:
    """The review of all files that can be reviewed; the others have their faults."""
    while work.read:
        listener.notes.clear()
        try:
            checked = review_sources.check(work)
        except InputError as error:
            told = str(
                InputError(error.message, hint=error.hint, sheet=error.sheet, cell=error.cell)
            )
            _leave_out(work, error.file, error, told)
        except RuleFault as error:
            told = f"程序内部出错（{type(error.__cause__).__name__}），{told_fault()}"
            _leave_out(work, error.file, error, told)
        else:
            return checked.review, list(listener.notes)
    return Review(), list(listener.notes)


def _leave_out(work: DroppedWork, file: str | None, error: Exception, told: str) -> None:
    """Leaves out the file that an error names. Raises the error where it names none of them."""
    name = next((one.file for one in work.read if one.file == file), None)
    if name is None:
        raise error
    work.leave_out(name, told)


def _act(task: Task, tell: Tell) -> Event:
    action = action_named(task.action or "")
    if action is None:
        return Event("failed", "没有这项操作。")
    listener = _Listener(tell)
    with DroppedWork(task.files, _options(task), listener.doing) as work:
        try:
            if action.group is not Group.BUREAU:
                work.leave_out_bare()
            name = action.file_name(_named_after(work, action))
            output = Path(task.output).with_suffix(Path(name).suffix)
            listener.output = str(output), name
            listener.doing(f"正在生成{action.label.zh}")
            with telling(listener):
                action.run(work, output)
        except InputError as error:
            return Event("failed", str(error).replace(*listener.output))
    if not output.is_file():
        return Event("failed", listener.notes[-1] if listener.notes else "没有写出文件。")
    return Event("done", result={"name": name, "path": str(output)})


def _named_after(work: DroppedWork, action: Action) -> Path:
    """The source that an action's file is named after.

    Several are together something new, whose kind is none of theirs.
    """
    if action.group is Group.BUREAU or departments(work.read) > 1:
        return Path(_OF_SEVERAL)
    kept = join_sources(work.read).kept
    name = Path(kept[0].file).name
    return Path(name) if len(kept) == 1 else Path(name).with_suffix(_WRITTEN)


def _options(task: Task) -> Options:
    asked, given = task.options, task.given
    scoring = given.get("scoring")
    return Options(
        year=asked.get("year"),
        include_hidden=bool(asked.get("include_hidden")),
        language=str(asked.get("language", "zh")),
        month=given.get("month"),
        scoring=None if scoring is None else Path(scoring),
        reasons=_reasons(task),
    )


def _reasons(task: Task) -> Sequence[Any]:
    if not task.reasons:
        return ()
    with suppress(OSError):
        # Written by this program, into a folder that nobody else can write to.
        made: Review = pickle.loads((Path(task.folder).parent / REVIEW).read_bytes())
        return typed(task.reasons, made.findings)
    return ()
