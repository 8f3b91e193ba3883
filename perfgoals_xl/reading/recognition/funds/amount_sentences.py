"""Amounts in a sentence: ``项目总投资120万元，本年安排80万元。``"""

from __future__ import annotations

import re
from itertools import pairwise

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.amounts import parse_amount
from perfgoals_xl.form.column_labels import plain_label
from perfgoals_xl.form.fields import AMOUNT_FIELDS, label_of
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.recognition.forms import Entry, Form
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.money_units import label_unit

_AMOUNT = r"(\d[\d,]*(?:\.\d+)?)\s*(万元|千元|百万元|亿元|元)"
_ANY_AMOUNT = re.compile(_AMOUNT)
_ANNUAL = re.compile(rf"(?:本年|当年|年度|今年|20\d\d年)[^，。；、\d]{{0,10}}{_AMOUNT}")
_TOTAL = re.compile(
    rf"(?:总投资|总预算|总资金|项目总额|资金总额|总概算|总金额)[^，。；、\d]{{0,6}}{_AMOUNT}"
)
# 上级财政资金 and 中央财政资金 are what others give.
_OWN = "".join(f"(?<!{word})" for word in ("上级", "中央", "省级", "市级", "自治区", "补助"))
_PARTS = {
    "local_appropriation": re.compile(rf"{_OWN}(?:财政拨款|财政资金)(?:收入)?[:：为]?{_AMOUNT}"),
    "local_other": re.compile(rf"{_OWN}其[他它]资金[:：为]?{_AMOUNT}"),
}
# The value of an amount's label that goes on with its parts: 78万元，其中：财政拨款78万元.
_LEADS = re.compile(rf"^\s*{_AMOUNT}\s*[,，;；。(（、]")
# What an amount may be called where the form has no other word for it.
_FUNDS = frozenset(("项目资金", "资金", "资金情况", "项目资金情况", "项目经费", "经费"))
_LONGEST = 400


def amounts_said(text: str) -> dict[str, str]:
    """The year's amount and the total that a sentence states, by their fields."""
    if len(text) > _LONGEST or "元" not in text:
        return {}
    found = {"annual_amount": _ANNUAL.search(text), "total_amount": _TOTAL.search(text)}
    return {name: f"{match[1]}{match[2]}" for name, match in found.items() if match is not None}


def _note_parts(form: Form, whole: Entry) -> None:
    """The sources that the sentence behind an amount names, where no label has them."""
    text = str(whole.value)
    first = _ANY_AMOUNT.search(text)
    behind = text[first.end() :] if first else ""  # the first amount is the whole
    for name, pattern in _PARTS.items():
        entry = form.entries.get(name)
        found = pattern.search(behind)
        if found is not None and (entry is None or is_blank(entry.value)):
            amount = f"{found[1]}{found[2]}"
            form.entries[name] = Entry(amount, whole.place)
            text = f"从这句话中读出{label_of(name)} {amount}"
            form.infer(whole.place, whole.value, text, RemarkKind.READ_AS)


def _is_money(value: object) -> bool:
    """Whether a cell holds an amount, and neither a blank nor words: not 待定."""
    try:
        return parse_amount(value) is not None
    except ValueError:
        return False


def note_funds_alone(form: Form, start: int, end: int) -> None:
    """The year's amount where a form says no more of it than 项目资金 | 12, which is told."""
    grid, amounts = form.grid, [form.entries.get(name) for name in AMOUNT_FIELDS]
    if any(entry is not None and not is_blank(entry.value) for entry in amounts):
        return
    found: list[tuple[int, int, int]] = []
    for row in grid.filled(start, end):
        for (column, value), (at, beside) in pairwise(grid.cells(row)):
            if plain_label(str(value))[0] in _FUNDS and _is_money(beside):
                found.append((row, column, at))
    if len(found) != 1:
        return
    row, column, at = found[0]
    place, value = grid.place(row, at), grid.value(row, at)
    form.entries["annual_amount"] = Entry(grid.scaled(row, at) or value, place)
    if (unit := label_unit(grid.value(row, column))) is not None:
        form.label_units["annual_amount"] = unit
    form.use(row, column, Use.LABEL)
    form.ledger[row, at] = Use.VALUE
    name = plain_label(str(grid.value(row, column)))[0]
    text = f"表上只有“{name}”一个金额，按{label_of('annual_amount')}读取"
    form.infer(place, value, text, RemarkKind.READ_AS)


def note_amounts_said(form: Form, start: int, end: int) -> None:
    """Amounts that the form states in a sentence, where no label has them."""
    grid = form.grid
    for name in ("annual_amount", "total_amount"):
        entry = form.entries.get(name)
        if entry is None or not isinstance(entry.value, str):
            continue
        said = amounts_said(entry.value)
        leads = _LEADS.match(entry.value)
        if leads is not None:
            form.entries[name] = Entry(f"{leads[1]}{leads[2]}", entry.place)
            _note_parts(form, entry)
            _tell_left_over(form, entry)
        elif name in said and len(entry.value) > len(said[name]):
            form.entries[name] = Entry(said[name], entry.place)
            _note_sums(form, entry)
            _note_parts(form, entry)
            _tell_left_over(form, entry)
    for row in grid.filled(start, end):
        for column, value in grid.cells(row):
            if (
                not isinstance(value, str)
                or "元" not in value
                or ((row, column) in form.ledger and (form.ledger[row, column] is not Use.KNOWN))
            ):
                continue
            sentence = Entry(value, grid.place(row, column))
            if _note_sums(form, sentence):
                form.ledger[row, column] = Use.VALUE
                _note_parts(form, sentence)
                _tell_left_over(form, sentence)


def _note_sums(form: Form, sentence: Entry) -> bool:
    """The year's amount and the total of a sentence, where no label has them; whether any was."""
    taken = False
    for name, amount in amounts_said(str(sentence.value)).items():
        entry = form.entries.get(name)
        if entry is None or is_blank(entry.value):
            form.entries[name] = Entry(amount, sentence.place)
            text = f"从这句话中读出{label_of(name)} {amount}"
            form.infer(sentence.place, sentence.value, text, RemarkKind.READ_AS)
            taken = True
    return taken


def _tell_left_over(form: Form, sentence: Entry) -> None:
    """Name the amounts of a sentence that no field holds: it was read in part."""
    taken = {
        str(entry.value)
        for name, entry in form.entries.items()
        if name in AMOUNT_FIELDS and entry.place == sentence.place
    }
    said = [f"{number}{unit}" for number, unit in _ANY_AMOUNT.findall(str(sentence.value))]
    left = [amount for amount in dict.fromkeys(said) if amount not in taken]
    if left:
        text = f"这句话中的 {'、'.join(left)} 没有读取"
        form.infer(sentence.place, sentence.value, text, RemarkKind.UNREAD)
