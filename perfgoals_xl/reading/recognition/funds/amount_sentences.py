"""Amounts in a sentence: ``项目总投资120万元，本年安排80万元。``"""

from __future__ import annotations

import re

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.fields import label_of
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.recognition.forms import Entry, Form
from perfgoals_xl.reading.recognition.ledger import Use

_AMOUNT = r"(\d[\d,]*(?:\.\d+)?)\s*(万元|千元|百万元|亿元|元)"
_ANNUAL = re.compile(rf"(?:本年|当年|年度|今年|20\d\d年)[^，。；、\d]{{0,10}}{_AMOUNT}")
_TOTAL = re.compile(
    rf"(?:总投资|总预算|总资金|项目总额|资金总额|总概算|总金额)[^，。；、\d]{{0,6}}{_AMOUNT}"
)
_LONGEST = 400


def amounts_said(text: str) -> dict[str, str]:
    """The year's amount and the total that a sentence states, by their fields."""
    if len(text) > _LONGEST or "元" not in text:
        return {}
    found = {"annual_amount": _ANNUAL.search(text), "total_amount": _TOTAL.search(text)}
    return {name: f"{match[1]}{match[2]}" for name, match in found.items() if match is not None}


def note_amounts_said(form: Form, start: int, end: int) -> None:
    """Amounts that the form states in a sentence, where no label has them."""
    grid = form.grid
    for name in ("annual_amount", "total_amount"):
        entry = form.entries.get(name)
        if entry is not None and isinstance(entry.value, str):
            said = amounts_said(entry.value)
            if name in said and len(entry.value) > len(said[name]):
                form.entries[name] = Entry(said[name], entry.place)
    for row in grid.filled(start, end):
        for column, value in grid.cells(row):
            if not isinstance(value, str) or (
                (row, column) in form.ledger and (form.ledger[row, column] is not Use.KNOWN)
            ):
                continue
            for name, amount in amounts_said(value).items():
                entry = form.entries.get(name)
                if entry is None or is_blank(entry.value):
                    place = grid.place(row, column)
                    form.entries[name] = Entry(amount, place)
                    form.ledger[row, column] = Use.VALUE
                    text = f"从这句话中读出{label_of(name)} {amount}"
                    form.infer(place, value, text, RemarkKind.READ_AS)
