"""What a department's form says of its money, in its head between its name and its table."""

from __future__ import annotations

from perfgoals_xl.reading.recognition.department.department_budget import read_money
from perfgoals_xl.reading.recognition.department.department_tasks import read_tasks
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.money_units import DEFAULT, KEPT


def read_department(form: Form, start: int, end: int) -> None:
    """Fill ``money``, ``tasks`` and ``tasks_total`` from the rows ``start`` to ``end`` (exclusive).

    A 自评表 or 监控表 tells what became of the budget, and nothing is taken of it.
    """
    if form.report is not None or form.is_titled_report:
        return
    unit = form.amount_unit if form.amount_unit in KEPT else DEFAULT
    found = read_tasks(form, start, end, unit)
    form.tasks, form.tasks_total = found.tasks, found.total
    for rows in (range(start, found.rows.start), range(found.rows.stop, end)):
        form.money += read_money(form, rows, unit, form.year)
