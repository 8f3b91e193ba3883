"""The money of a department's tasks (D03): rows, their sum, and the budget they are part of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.origins import DepartmentForm, Share, Side, Task
from perfgoals_xl.review.evidence.department.budget_sums import (
    NOUGHT,
    WHOLES,
    SumGap,
    difference,
    known_amount,
    side_of,
)

_TOTAL = "total"
# So near to the money of all projects the tasks were meant to be all of them.
_NEAR = Decimal("0.1")


def task_gaps(form: DepartmentForm) -> Iterator[SumGap]:
    """What does not add up in the tasks on one form."""
    tasks = [task for task in form.tasks if not task.name.startswith(("其中", "#其中"))]
    for task in tasks:
        parts = {kind: found for kind, found in task.amounts.items() if kind != _TOTAL}
        if _TOTAL in task.amounts and len(parts) > 1:
            total, place = task.amounts[_TOTAL]
            made = sum((amount for amount, _ in parts.values()), NOUGHT)
            if made != total:
                shown = " + ".join(f"{kind} {plain(a)}" for kind, (a, _) in parts.items())
                params = {**difference(form, made, total), "name": task.name or task.content}
                params |= {"total": plain(total), "arithmetic": f"{shown} = {plain(made)}"}
                yield SumGap(place, "", params)
    told = False
    if form.tasks_total is not None:
        for kind, (total, place) in form.tasks_total.amounts.items():
            given = [task.amounts[kind][0] for task in tasks if kind in task.amounts]
            made = sum(given, NOUGHT)
            if len(given) < 2 or made == total or (made < total and len(given) < len(tasks)):
                continue
            shown = " + ".join(map(plain, given))
            name = "任务金额合计" if kind == _TOTAL else f"任务{kind}合计"
            params = {**difference(form, made, total), "name": name, "total": plain(total)}
            yield SumGap(place, "", params | {"arithmetic": f"{shown} = {plain(made)}"})
            told = True
    if not told:
        yield from _tasks_of_budget(form, tasks)


def _tasks_of_budget(form: DepartmentForm, tasks: Sequence[Task]) -> Iterator[SumGap]:
    """The money of all tasks against the budget, and against that of the projects."""
    given = [task.amounts[_TOTAL] for task in tasks if _TOTAL in task.amounts]
    if form.tasks_total is not None and _TOTAL in form.tasks_total.amounts:
        made, place = form.tasks_total.amounts[_TOTAL]
    elif given:
        made, place = sum((amount for amount, _ in given), NOUGHT), given[-1][1]
    else:
        return
    found = [side_of(form, side) for side in (Side.EXPENSES, Side.INCOME)]
    wholes = [
        (known_amount(line), line.label) for side in found for line in side.totals if line.amount
    ] or [
        (side.sums[0], "预算") for side in found[:1] if len(side.parts) > 1 and not side.has_blank
    ]
    params: dict[str, object] = {"made": plain(made), "unit": form.unit}
    if wholes and made > max(wholes)[0]:
        most, label = max(wholes)
        more = {"name": label, "total": plain(most), "gap": plain(made - most)}
        yield SumGap(place, "over", params | more)
        return
    projects = [
        line
        for line in form.money
        if line.share is Share.PART
        and line.side is Side.EXPENSES
        and not line.whole
        and WHOLES["项目支出"].search(line.label)
    ]
    if len(projects) != 1 or not projects[0].amount:
        return
    whole = known_amount(projects[0])
    fits = made == whole or any(made == amount for amount, _ in wholes)
    if not fits and abs(made - whole) <= _NEAR * whole:
        more = {"name": projects[0].label, "total": plain(whole), "gap": plain(abs(made - whole))}
        yield SumGap(place, "projects", params | more, is_error=False)
