"""Which cells of a grid are labels of the form, and what each of them labels."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from perfgoals_xl.form.column_labels import (
    LONGEST_LABEL,
    Role,
    Time,
    column_role,
    labels_of,
    plain_label,
    time_of,
    without_year,
)
from perfgoals_xl.form.fields import FIELDS, Block, Table, label_key
from perfgoals_xl.form.label_patterns import (
    field_by_pattern,
    is_bond_quota,
    is_source_of_funds,
    may_be_misspelt,
    misspelt,
)
from perfgoals_xl.form.namings import KNOWN_LABELS, OTHER_SOURCES
from perfgoals_xl.form.other_labels import (
    BLOCK_LABELS,
    DEPARTMENT_ALIASES,
    DEPARTMENT_LABEL,
    PERIOD_END_LABELS,
    PERIOD_START_LABELS,
)
from perfgoals_xl.reading.grid import Grid

REACHED = "reached"
"""The role of a label beside a goal: how far it was reached. It is never a heading of its text."""
BUILT = 50
"""The rank of a label that no list holds and that is known by how it is built."""
OTHER = "other"
"""The role of a label whose value the declaration does not hold; it ends the one before it."""


def _head_roles() -> dict[str, Role]:
    roles: dict[str, Role] = {}

    def add(name: str, labels: tuple[str, ...]) -> None:
        for rank, label in enumerate(labels):
            roles.setdefault(label_key(label), Role(name, rank))

    for item in FIELDS:
        if item.table is Table.PROJECTS and item.block is None:
            add(item.name, (item.label, *item.aliases))
    for item in FIELDS:
        # The same labels stand in both funding blocks: the block is found from where they stand.
        if item.block is not None:
            shared = item.name.endswith("_total")
            add("block_total" if shared else item.name, (item.label, *item.aliases))
    for block, labels in BLOCK_LABELS.items():
        add(f"block:{block.value}", labels)
    add("period_start", PERIOD_START_LABELS)
    add("period_end", PERIOD_END_LABELS)
    add("duty_goal", labels_of("duty_goal"))
    add("department", (DEPARTMENT_LABEL, *DEPARTMENT_ALIASES))
    add(OTHER, KNOWN_LABELS)
    return roles


_HEAD = _head_roles()


# Beside a goal or in place of it: how far it was reached.
_REACHED = re.compile(r"(?:完成|实现|执行|进展)(?:情况|结果|效果)$|^实际完成")


def is_reached(word: str) -> bool:
    """Whether a label asks how far a goal was reached."""
    return len(word) <= 16 and _REACHED.search(word) is not None


@lru_cache(maxsize=8192)
def _head_role(text: str) -> Role | None:
    key = label_key(text)
    role = _HEAD.get(key)
    if role is not None:
        reached = role.name == OTHER and is_reached(key)
        return Role(REACHED, role.rank) if reached else replace(role, time=time_of(key, ()))
    word, inside = plain_label(text)
    word, year = without_year(word)
    time = time_of(word, inside)
    spellings = [word, f"{word}({''.join(inside)})"]
    if year is not None:
        spellings.append(f"年度{word}")  # 2026年度目标, without its year 目标
    if word.startswith("申请"):
        spellings.append(word.removeprefix("申请"))  # 其中申请省级财政资金
    for spelled in spellings:
        role = _HEAD.get(spelled)
        if role is not None and role.name == OTHER and is_reached(word):
            return Role(REACHED, role.rank)
        if role is not None:
            return _for_time(replace(role, year=year or role.year), time)
    if word.endswith("本级资金") and len(word) <= 12:
        return Role(f"block:{Block.LOCAL.value}", 9)
    if word.startswith("转移") and word.endswith("资金") and len(word) <= 16:
        return Role(f"block:{Block.TRANSFER.value}", 9)
    if is_reached(word):
        return Role(REACHED, 9)
    built = field_by_pattern(word)
    if built is None and year is not None and is_bond_quota(f"本年{word}"):
        built = "annual_amount"
    if built is None and is_source_of_funds(word):
        return Role(OTHER, BUILT)
    return Role(built, BUILT, time, year) if built is not None else None


# What an amount or a goal is called that is stated for the whole period: 资金总额（全周期）.
_OF_PERIOD = {
    "annual_amount": "total_amount",
    "block_total": "total_amount",
    "annual_goal": "period_goal",
}


def _for_time(role: Role, time: Time | None) -> Role:
    name = _OF_PERIOD.get(role.name, role.name) if time is Time.PERIOD else role.name
    return replace(role, name=name, time=time)


def head_role(value: object) -> Role | None:
    """What a cell of the form's head labels; None if it is no label."""
    if isinstance(value, str) and len(value) <= LONGEST_LABEL:
        return _head_role(value)
    return None


def misspelt_role(value: object) -> tuple[Role, str] | None:
    """The role of a label with one wrong character, and the label as it should be."""
    # Most cells are no label with a mistake, and their ends show it.
    if not isinstance(value, str) or len(value) > LONGEST_LABEL:
        return None
    return _misspelt_role(value)


@lru_cache(maxsize=8192)
def _misspelt_role(value: str) -> tuple[Role, str] | None:
    if not may_be_misspelt(value) or head_role(value) is not None:
        return None
    found = misspelt(plain_label(value)[0])
    return None if found is None else (Role(found[0], BUILT), found[1])


_SOURCES = frozenset(map(label_key, OTHER_SOURCES))
_SOURCE = re.compile(
    r"(?:资金|收入|拨款|经费|补助|预算|贷款|基金|投资|投入|自筹|配套|专户|债券|捐赠|统筹)$"
)
_LETTER = re.compile(r"[\u4e00-\u9fff]")


def other_source(value: object) -> str | None:
    """The label of a source of funds that a declaration does not hold; None for any other cell."""
    if not isinstance(value, str) or len(value) > LONGEST_LABEL:
        return None
    words = (label_key(value), plain_label(value)[0])
    if _SOURCES.intersection(words):
        return words[1]
    role = head_role(value) if is_source_of_funds(words[1]) else None
    return words[1] if role is not None and role.name == OTHER else None


def bond_source(value: object) -> str | None:
    """The words of a label that asks for the bonds of the year; None for any other cell."""
    role = head_role(value)
    if role is None or role.name != "annual_amount" or not isinstance(value, str):
        return None
    word = plain_label(value)[0]
    return word if is_bond_quota(f"本年{without_year(word)[0]}") or is_bond_quota(word) else None


def unknown_label(value: object, *, of_source: bool = False) -> str | None:
    """The words of a cell that may be a label nobody knows; None for any other cell.

    ``of_source``: only such as are built like the name of a source of funds.
    """
    if not isinstance(value, str) or len(value) > LONGEST_LABEL or head_role(value) is not None:
        return None
    word = plain_label(value)[0]
    if len(word) < 2 or not _LETTER.match(word):
        return None
    return word if not of_source or _SOURCE.search(word) else None


class Labelled(NamedTuple):
    """A label, its role, and the value behind its colon; "" where nothing stands there."""

    role: Role
    label: str
    value: str


_COLON = re.compile("[:：]")
_AMONG = re.compile(r"\s*其中\s*[:：](?=.*[:：])")
# What may stand between the value of one label and the next label, the strongest first.
_PARTING = re.compile(r"\s{2,}|[\u3000\n；;，,、|/]\s*|\s")
# Characters; a cell with several labels is no longer, and a goal may be.
_LONGEST_LINE = 600
_SENTENCE = re.compile(r"[\n。；;]\s*")
_ONE_TEXT = ("annual_goal", "period_goal", "duty_goal")


def labelled_text(value: object) -> tuple[Role, str] | None:
    """Label and value of a cell that holds both (``项目名称：某项目``); None for any other cell."""
    found = labelled_texts(value)
    return (found[0].role, found[0].value) if found and found[0].value else None


def labelled_texts(value: object) -> list[Labelled]:
    """The labels of a cell that begins with one and holds its value: ``名称：甲  部门：乙``.

    A goal reaches to the end of its cell: words with a colon inside it are its own, unless they
    name the goal of another time (中期目标：… 年度目标：…).
    """
    if not isinstance(value, str) or (":" not in value and "：" not in value):
        return []
    among = _AMONG.match(value)
    first = _COLON.search(value, among.end() if among else 0)
    role = head_role(value[: first.start()]) if first else None
    if first is None or role is None or label_key(value[: first.start()]) == "":
        return []
    found = [(role, value[: first.start()].strip(), first.end())]
    ends = []
    if role.name not in _ONE_TEXT and len(value) <= _LONGEST_LINE:
        for colon in _COLON.finditer(value, first.end()):
            following = _label_before(value, found[-1][2], colon.start())
            if following is None:
                continue
            at, label, role = following
            ends.append(at)
            found.append((role, label, colon.end()))
            if role.name in _ONE_TEXT:
                break
    elif role.name in _ONE_TEXT and (other := _other_goal(value, found[0])) is not None:
        ends.append(other[0])
        found.append(other[1:])
    texts = [
        Labelled(role, label, value[start:end].strip())
        for (role, label, start), end in zip(found, [*ends, len(value)], strict=True)
    ]
    return texts if len(texts) > 1 or texts[0].value else []


def _other_goal(text: str, first: tuple[Role, str, int]) -> tuple[int, Role, str, int] | None:
    """Where the goal of another time begins inside a goal, at the head of a sentence."""
    for colon in _COLON.finditer(text, first[2]):
        before = list(_SENTENCE.finditer(text, first[2], colon.start()))
        if not before:
            continue
        label = text[before[-1].end() : colon.start()].strip()
        role = head_role(label) if label else None
        if role is None or role.name not in _ONE_TEXT or role.time is None:
            continue
        if role.name != first[0].name or (first[0].time is None and role.time is Time.ANNUAL):
            return before[-1].end(), role, label, colon.end()
    return None


def _label_before(text: str, start: int, end: int) -> tuple[int, str, Role] | None:
    """The label that ends at a colon: where what parts it from the value before it begins."""
    for parting in _PARTING.finditer(text, start, end):
        label = text[parting.end() : end]
        role = head_role(label)
        if role is not None and label_key(label):
            return parting.start(), label, role
    return None


def misspelt_text(value: object) -> tuple[Role, str, str] | None:
    """A label with one wrong character whose value stands in its cell: 项目名秤：某项目.

    Its role, the label as it should be, and the value; None for any other cell.
    """
    if not isinstance(value, str) or (colon := _COLON.search(value[: LONGEST_LABEL + 1])) is None:
        return None
    said = value[colon.end() :].strip()
    taken = misspelt_role(value[: colon.start()].strip()) if said else None
    return None if taken is None else (*taken, said)


def heads_sub_table(grid: Grid, row: int) -> bool:
    """Whether a row is the head of a table inside a form: labels side by side, and no value."""
    found = marks(grid, row)
    labels = [mark for mark in found if mark.label is not None]
    return len(labels) >= _FEWEST_OF_TABLE and len(labels) >= len(found) - 1


# Labels side by side; two are a label and another's place.
_FEWEST_OF_TABLE = 3


class Mark(NamedTuple):
    """A filled cell: the label of a form's head that it is, and the heading of a column.

    ``texts`` are the labels that it holds with their values, ``slip`` the label that it is but for
    one wrong character.
    """

    column: int
    value: object
    label: Role | None = None
    heading: Role | None = None
    texts: tuple[Labelled, ...] = ()
    slip: Role | None = None


def marks(grid: Grid, row: int) -> tuple[Mark, ...]:
    """The filled cells of a row, from left to right."""
    found: tuple[Mark, ...] | None = grid.marks.get(row)
    if found is None:
        found = tuple([_mark(column, value) for column, value in grid.cells(row)])
        grid.marks[row] = found
    return found


def _mark(column: int, value: object) -> Mark:
    if not isinstance(value, str):
        return Mark(column, value)
    if len(value) <= LONGEST_LABEL:
        return _short_mark(column, value)
    return Mark(column, value, texts=tuple(labelled_texts(value)), slip=_slip(value))


def _slip(text: str) -> Role | None:
    taken = misspelt_role(text) or misspelt_text(text)
    return None if taken is None else taken[0]


# The same labels stand in the same columns of every sheet.
@lru_cache(maxsize=8192)
def _short_mark(column: int, text: str) -> Mark:
    texts = tuple(labelled_texts(text))
    return Mark(column, text, _head_role(text), column_role(text), texts, _slip(text))
