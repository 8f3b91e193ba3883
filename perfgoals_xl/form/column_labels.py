"""The words in the header of an indicator table, and the column that each of them names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from perfgoals_xl.form.fields import FIELDS, Table, label_key
from perfgoals_xl.form.label_patterns import MEANING
from perfgoals_xl.form.namings import COLUMN_WORDS
from perfgoals_xl.form.other_labels import (
    DEPARTMENT_TARGET_LABEL,
    NUMBER_LABELS,
    OPERATOR_LABELS,
    PERIOD_VALUE_LABELS,
    UNIT_LABELS,
)

# No label of any form met is longer; longer texts are not even normalised.
LONGEST_LABEL = 40


# What stands around the word of a heading and says nothing of what it names.
_AROUND = re.compile(
    r"^(?:[*★▲]|其中:?|\d{1,2}[.、)]|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,2}\))+"
)
_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]{0,40})[)\]】〕]$")
_BEHIND = re.compile(r"(?:\d+(?:\.\d+)?分|分|(?<=目标)\d{1,2}|[:,;*★]|\d+%)+$")
# The years that a goal or a value is for, behind its label: 中期目标（2026年—2028年）.
_YEARS = re.compile(r"(?:19|20)\d{2}|20[Xx×*]{2}")
# The year before a column of values: 2026年目标值.
_YEAR_BEFORE = re.compile(r"^((?:19|20)\d{2})年?(?:度)?(?=.)")
_YEAR_ALONE = re.compile(r"^((?:19|20)\d{2})年?(?:度)?$")


class Time(StrEnum):
    """For when the values under a heading are."""

    ANNUAL = "annual"
    PERIOD = "period"


_TIMES = {
    Time.ANNUAL: "本年度 年度 本年 当年度 当年 全年 年初 今年 计划年度 预算年度",
    Time.PERIOD: "项目实施期 实施期 项目期 中期 长期 全周期 整个项目期 三年 总体 中长期",
}
_TIME_WORDS = {word: time for time, words in _TIMES.items() for word in words.split()}
_TIME_BEFORE = re.compile(rf"^(?:{'|'.join(sorted(_TIME_WORDS, key=len, reverse=True))})(?=\S)")
# What may stand behind the word for a time in a heading that only says for when it is.
_OF_TIME = frozenset(("", "目标", "绩效目标", "总体目标", "绩效指标", "指标", "计划", "情况"))


class Column(StrEnum):
    """The columns of an indicator table besides those of the fields."""

    OPERATOR = "operator"
    NUMBER = "number"
    UNIT = "unit"
    PERIOD_VALUE = "period_value"
    NATURE = "nature"
    WEIGHT = "weight"
    STANDARD = "standard"
    ACTUAL = "actual"
    SCORE = "score"
    REASON = "reason"
    CODE = "code"


NOT_KEPT = (Column.ACTUAL, Column.SCORE, Column.REASON, Column.NATURE, Column.CODE)
"""Columns that a table of goals may hold besides its own, and that nothing is kept of."""


@dataclass(frozen=True)
class Role:
    """What a label labels: ``name`` is a field or a part of the form, ``rank`` 0 its own label.

    ``time`` and ``year`` say for when it is, where its words do.
    """

    name: str
    rank: int
    time: Time | None = None
    year: int | None = None


def labels_of(name: str) -> tuple[str, ...]:
    """The labels of the field called ``name``, its own first."""
    item = next(f for f in FIELDS if f.name == name)
    return (item.label, *item.aliases)


def _column_roles() -> dict[str, Role]:
    roles: dict[str, Role] = {}
    named: list[tuple[str, tuple[str, ...]]] = [
        (item.name, (item.label, *item.aliases))
        for item in FIELDS
        if item.table is Table.INDICATORS or item.name in ("policy_goal", "budget_goal")
    ]
    named += [
        ("target_value", (DEPARTMENT_TARGET_LABEL,)),
        (Column.OPERATOR, OPERATOR_LABELS),
        (Column.NUMBER, NUMBER_LABELS),
        (Column.UNIT, UNIT_LABELS),
        (Column.PERIOD_VALUE, PERIOD_VALUE_LABELS),
        *((Column(name), words) for name, words in COLUMN_WORDS.items()),
    ]
    for name, labels in named:
        for rank, label in enumerate(labels):
            roles.setdefault(label_key(label), Role(str(name), rank))
    return roles


_COLUMNS = _column_roles()


# Headings composed of known parts, which no list could hold in full: a level with 名称 or
# 编码 behind it, a word for the value with what of it stands in the column.
_LEVEL = r"(?P<level>[一二三四])级(?:绩效)?(?:指标|目标)?"
_OF_VALUE = (
    r"(?:年度|绩效|批复|考核|计划|预期|三级)*"
    r"(?:指标值?|目标值?|绩效值|考核值|计划值|预期值)的?"
)
_BUILT = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (Column.CODE, rf"^(?:{_LEVEL}|(?:绩效)?指标)(?:编码|代码|编号|序号|ID|id)$"),
        ("level", rf"^{_LEVEL}(?:名称|内容|描述|名)?$"),
        (Column.UNIT, rf"^(?:{_OF_VALUE}(?:计量|度量)?|计量|度量)单位(?:名称)?$"),
        (Column.OPERATOR, rf"^{_OF_VALUE}(?:运算|逻辑|比较|计算|关系|数学|方向)?(?:符号?)$"),
        (Column.NUMBER, rf"^{_OF_VALUE}(?:数值|数字|数额)$"),
        (Column.NATURE, rf"^{_OF_VALUE}(?:类型|性质|方向|属性)$"),
        ("note", r"^(?:年度|绩效|批复|考核)*(?:指标|目标|绩效)值(?:备注|说明)$"),
    )
)
_LEVEL_NAMES = {"一": "level1", "二": "level2", "三": "level3", "四": "level3"}
_RANK_BUILT = 50


def _built_role(word: str) -> Role | None:
    """The column whose headings are composed as ``word`` is, which no list holds."""
    for name, pattern in _BUILT:
        found = pattern.match(word)
        if found:
            return Role(_LEVEL_NAMES[found["level"]] if name == "level" else name, _RANK_BUILT)
    return None


# One column for both levels: 一级指标/二级指标, 一级、二级指标.
_BOTH_LEVELS = re.compile(r"^一级(?:指标)?[/、及和·—–-]?二级(?:指标)?$")


# What is longer is no label with its hints, and would take long to be stripped.
_NO_LABEL = 500


@lru_cache(maxsize=8192)
def plain_label(text: str) -> tuple[str, tuple[str, ...]]:
    """A label without what stands around it, and what stood in brackets behind it."""
    word, inside = label_key(text), []
    if len(word) > _NO_LABEL:
        return word, ()
    while True:
        bare = _BEHIND.sub("", _AROUND.sub("", word))
        found = _BRACKETS.search(bare)
        if found and found.start() > 0:
            inside.append(found[1])
            bare = bare[: found.start()]
        if bare in ("", word):
            return word, tuple(inside)
        word = bare


def time_of(word: str, inside: Sequence[str]) -> Time | None:
    """For when a label is, by its beginning or by what stands in brackets behind it."""
    told = next((_TIME_WORDS[text] for text in inside if text in _TIME_WORDS), None)
    found = _TIME_BEFORE.match(word)
    # 总体目标 alone is the goal that a form has, for whatever time it is.
    return told or (_TIME_WORDS[found[0]] if found and found[0] != "总体" else None)


def without_year(word: str) -> tuple[str, int | None]:
    """A label without the year before it, and that year: 2026年预算数."""
    found = _YEAR_BEFORE.match(word)
    return (word[found.end() :], int(found[1])) if found else (word, None)


@lru_cache(maxsize=8192)
def _column_role(text: str) -> Role | None:
    full = _COLUMNS.get(label_key(text))
    word, inside = plain_label(text)
    told = "".join(inside)
    year = _YEAR_ALONE.match(told)
    time = next((_TIME_WORDS[w] for w in inside if w in _TIME_WORDS), None)
    before = _YEAR_BEFORE.match(word)
    if before:
        year, word = before, word[before.end() :]
    if full is None:
        full = _COLUMNS.get(word)
    of_time = _TIME_BEFORE.match(word)
    if of_time:
        # Of 年度指标值 the whole is known, and what it is for is told by its beginning.
        time = time or _TIME_WORDS[of_time[0]]
        full = full or _COLUMNS.get(word[of_time.end() :])
    if full is None and word.startswith("绩效"):
        full = _COLUMNS.get(word.removeprefix("绩效"))  # 绩效度量单位
    if full is None and _BOTH_LEVELS.match(word):
        full = _COLUMNS[label_key("一级指标")]
    full = full or _built_role(word)
    if full is None:
        return None
    if full.name == Column.PERIOD_VALUE:
        time = Time.PERIOD
    if full.name == "target_value" and time is Time.PERIOD:
        full = Role(Column.PERIOD_VALUE, full.rank)
    return Role(full.name, full.rank, time, int(year[1]) if year else None)


@lru_cache(maxsize=8192)
def time_heading(text: str) -> tuple[Time | None, int | None] | None:
    """For when a heading is that says only that: 中期目标, 年度目标（2026年）, 2026年."""
    word, inside = plain_label(text)
    year = _YEAR_ALONE.match(word) or _YEAR_ALONE.match("".join(inside))
    if _YEAR_ALONE.match(word) and year:
        return None, int(year[1])
    before = _YEAR_BEFORE.match(word)
    if before:
        year, word = before, word[before.end() :]
    found = re.match(_TIME_BEFORE.pattern.replace(r"(?=\S)", ""), word)
    if found and word[found.end() :] in _OF_TIME:
        return _TIME_WORDS[found[0]], int(year[1]) if year else None
    if before and word in _OF_TIME and year:
        return None, int(year[1])
    return None


_OVER_COLUMNS = frozenset(
    (
        "绩效指标",
        "指标",
        "考核指标",
        "绩效考核指标",
        "年度绩效指标",
        "项目绩效指标",
        "指标体系",
        "指标设置",
    )
)


def heads_columns(value: object) -> bool:
    """Whether a text may stand over several columns of a table and names none of them."""
    return isinstance(value, str) and plain_label(value)[0] in _OVER_COLUMNS


def column_role(value: object) -> Role | None:
    """Which column of the indicator table a header cell names; None if it names none."""
    if isinstance(value, str) and len(value) <= LONGEST_LABEL:
        return _column_role(value)
    return None


# Headings that are known in spite of one wrong character. Of 指标值 only the last may be wrong.
_SPELLED: Final = """
    一级指标 二级指标 三级指标 一级指标名称 二级指标名称 三级指标名称 指标名称 指标内容
    年度指标值 指标值 目标值 年度目标值 绩效指标值 计量单位 度量单位
"""
_MEANT = _SPELLED.split()
_NUMERALS: Final = frozenset("一二三四五六七八九十")
# Further characters that make another word of a heading: 目标额, 计划单位, 指标内涵.
_OTHER_WORD: Final = MEANING.union(_NUMERALS, "项库表名数类组群率体个分划额量人涵旬周日")
_REAL_WORDS: Final = frozenset(("目标名称", "目标内容", "项目名称", "资金名称", "项目内容"))
_SHORT = 3


@lru_cache(maxsize=8192)
def misspelt_heading(text: str) -> str | None:
    """The heading that a text is but for one wrong character; None where there is none."""
    word, _ = plain_label(text[: LONGEST_LABEL + 1])
    if not _SHORT <= len(word) <= LONGEST_LABEL or word in _REAL_WORDS:
        return None
    if _column_role(text) is not None:
        return None
    for meant in _MEANT:
        if len(meant) != len(word):
            continue
        wrong = [at for at, (a, b) in enumerate(zip(meant, word, strict=True)) if a != b]
        if len(wrong) != 1 or word[wrong[0]] in _OTHER_WORD:
            continue
        at = wrong[0]
        if word[at + 1 : at + 2] == "级" and "\u4e00" <= word[at] <= "\u9fff":
            continue  # 区级指标; a level's number is mistaken for a dash at most
        if len(meant) > _SHORT or at == _SHORT - 1:
            return meant
    return None


def heading_role(value: object) -> Role | None:
    """The column that a cell of a header names, also with one wrong character."""
    role = column_role(value)
    if role is None and isinstance(value, str) and (meant := misspelt_heading(value)) is not None:
        return _column_role(meant)
    return role


LEVELS = ("level1", "level2")


VALUE_PARTS = (Column.OPERATOR, Column.NUMBER, Column.UNIT)


GOALS = ("policy_goal", "budget_goal")


def is_header(roles: Sequence[tuple[int, str]]) -> bool:
    """Whether these cells are the header of an indicator table."""
    names = {role for _, role in roles}
    if "level2" in names and ("level3" in names or "level1" in names):
        return True
    return "level3" in names and bool(names & {"level1", "target_value", Column.NUMBER})


def heads_indicators(values: Iterable[object]) -> bool:
    """Whether these cells of one row are the header of an indicator table."""
    found = ((column, column_role(value)) for column, value in enumerate(values))
    return is_header([(column, role.name) for column, role in found if role is not None])


_SUM = re.compile(
    r"^(?:合计|总计|小计|总数|总量|全[省市县区旗州]|.{0,6}合计)(?:数|值|指标值|目标值)?$"
)


def heads_a_sum(value: object) -> bool:
    """Whether a heading says that the values under it are sums of others beside: 合计, 全县合计."""
    if not isinstance(value, str) or len(value) > LONGEST_LABEL:
        return False
    return _SUM.match(plain_label(value)[0]) is not None
