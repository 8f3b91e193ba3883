"""What a goal promises of all of a thing, or of none, and the indicator that asks for less.

学员全部结业 and 结业率 ≥95% are not one aim, nor are 不发生火灾 and 火灾起数 ≤1起. The words of
the rate stand behind 全部, and where many rates have such words (合格, 完成), its thing stands in
the clause too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.evidence.goals.goal_reading import Figure, GoalReading
from perfgoals_xl.review.evidence.goals.goal_text import goal_text
from perfgoals_xl.review.evidence.goals.stated_figures import Clash
from perfgoals_xl.review.evidence.indicator_text import turned_round, unit_in_brackets
from perfgoals_xl.review.evidence.likeness import pairs_of, thing_of
from perfgoals_xl.review.evidence.noun_heads import is_of_kind, phrase_of

_CLAUSE = re.compile(r"[,;。!?\n]")
_ALL = re.compile(
    r"(?<![不未非])(?<!基本)(?<!基本上)(?<!原则上)(?:全部|全面|全都|百分之百|(?<![\d.])100%|应\w尽\w)"
)
_NOT_SURE = re.compile(r"力争|争取|原则上|基本|尽量|逐步|除外|以外|(?:占|与)[^,;。]{0,12}全部")
_RATE = re.compile(r"^(?P<thing>.*?)(?P<done>[\u4e00-\u9fff]{2})(?:率|比例)$")
# Rates of so many things that theirs has to be named.
_OF_MANY_THINGS = frozenset(
    {"完成", "合格", "到位", "覆盖", "达标", "及时", "通过", "整改", "发放", "执行"}
)
_OF_NO_THING = re.compile(
    r"项目|工程|任务|工作|年度|计划|目标|质量|本年|当年|全年|全县|全市|全区|情况|建设|实施|总体|的"
)
_NOT_DONE = re.compile(r"未|不(?!动产)|逾期|超期|差错|投诉|违规|遗漏|剩余|增长|提高|下降")
# What may stand between 全部 and what is done: 全部按期完成, 全部达到合格.
_BETWEEN = r"[^,;。!?\n]{0,6}?"
_SAID_IN_WORDS = re.compile(r"^(?:全部|均|百分之百|全都|全面)")

_NONE = re.compile(
    r"(?:不(?:再)?(?:发生|出现)|杜绝|无)(?P<what>[\u4e00-\u9fff]{2,14}?)(?:的?(?:发生|出现))?(?=[,;。!?\n、]|$)"
    r"|(?P<that>[\u4e00-\u9fff]{2,14}?)(?:零发生|为零)(?=[,;。!?\n、]|$)"
)
_GRADE = re.compile(r"特别重大|重大|特大|较大|大规模|严重|重特大|责任|群体性|恶性|及以上|以上")
# As many as that are no mishaps but what is done about them.
_MANY = 50
_COUNTED = ("起", "次", "例", "件", "人", "%")


def other_wholes(
    goal: GoalReading, text: str, rows: Iterable[tuple[int, IndicatorRow]]
) -> Iterator[Clash]:
    """The indicators that ask for less than all, or for more than none, of what a goal promises so.

    ``goal`` is the reading of ``text``. Where several indicators may be meant, none is.
    """
    plain, rows = goal_text(text).plain, list(rows)
    clauses = [clause for clause in _CLAUSE.split(plain) if clause]
    if _ALL.search(plain):
        yield from _less_than_all(clauses, rows)
    if "发生" in plain or "杜绝" in plain or "出现" in plain or "为零" in plain or "无" in plain:
        yield from _more_than_none(plain, rows)
    yield from _all_asked(goal, rows)


def _less_than_all(
    clauses: Sequence[str], rows: Sequence[tuple[int, IndicatorRow]]
) -> Iterator[Clash]:
    rates = [(number, row, found) for number, row in rows if (found := _rate(row)) is not None]
    told: set[int] = set()
    for at, clause in enumerate(clauses):
        if _ALL.search(clause) is None or _NOT_SURE.search(clause):
            continue
        near = "".join(clauses[max(0, at - 1) : at + 1])
        meant = [
            (number, row)
            for number, row, (thing, done) in rates
            if re.search(rf"{_ALL.pattern}{_BETWEEN}{done}(?!率)", clause)
            and _names(thing, done, clause if at else near)
        ]
        if len(meant) == 1 and meant[0][0] not in told:
            number, row = meant[0]
            if _asks_for_less(row):
                told.add(number)
                yield _clash(clause, number, row)


def _rate(row: IndicatorRow) -> tuple[str, str] | None:
    """What a rate is of, and what is done: 学员, 结业."""
    name = row["level3"]
    if is_blank(name) or _NOT_DONE.search(str(name)):
        return None
    if row["unit"] != "%" and unit_in_brackets(str(name)) != "%":
        return None
    found = _RATE.match(thing_of(str(name)))
    return (_OF_NO_THING.sub("", found["thing"]), found["done"]) if found else None


def _names(thing: str, done: str, clause: str) -> bool:
    """Whether a clause names what a rate is of."""
    if len(thing) < 2 or done not in _OF_MANY_THINGS:
        return True
    return bool(pairs_of(thing) & pairs_of(clause))


def _asks_for_less(row: IndicatorRow) -> bool:
    number = row["low"]
    return isinstance(number, Decimal) and 0 < number < 100


def _more_than_none(plain: str, rows: Sequence[tuple[int, IndicatorRow]]) -> Iterator[Clash]:
    for found in _NONE.finditer(plain):
        what = (found["what"] or found["that"]).removesuffix("等")
        grades = set(_GRADE.findall(what))
        noun = phrase_of(_GRADE.sub("", what)).noun
        meant = []
        for number, row in rows:
            name = str(row["level3"] or "")
            if turned_round(name) or grades - set(_GRADE.findall(name)):
                continue
            asked = phrase_of(
                _GRADE.sub("", thing_of(re.sub(r"(?:发生)?(?:起数|率|次数|例数|件数)", "", name)))
            ).noun
            if asked == noun or is_of_kind(noun, asked) or is_of_kind(asked, noun):
                meant.append((number, row))
        if len(meant) == 1 and _asks_for_some(meant[0][1]):
            yield _clash(found[0], *meant[0])


def _asks_for_some(row: IndicatorRow) -> bool:
    """Whether a target lets something happen: ≤1起."""
    number = row["high"]
    if row["operator"] not in ("≤", "<", "=", "", None) or not isinstance(number, Decimal):
        return False
    return (row["unit"] or "").endswith(_COUNTED) and 0 < number < _MANY


def _all_asked(goal: GoalReading, rows: Sequence[tuple[int, IndicatorRow]]) -> Iterator[Clash]:
    """The indicators that ask for all in words where the goal has a rate: 合格率95%, 全部合格."""
    figures = [f for f in goal.figures if f.unit == "%" and not f.bound and f.number < 100]
    for number, row in rows if figures else ():
        value = row["target_value"]
        if is_blank(value) or _SAID_IN_WORDS.match(fold(str(value))) is None:
            continue
        meant = [figure for figure in figures if _is_rate_of(figure, row)]
        if len(meant) == 1 and not meant[0].is_elsewhere:
            yield _clash(meant[0].subject, number, row)


def _is_rate_of(figure: Figure, row: IndicatorRow) -> bool:
    noun = phrase_of(figure.subject.partition(figure.written)[0]).noun
    asked = phrase_of(thing_of(str(row["level3"] or ""))).noun
    return len(noun) > 2 and (noun == asked or is_of_kind(noun, asked) or is_of_kind(asked, noun))


def _clash(clause: str, number: int, row: IndicatorRow) -> Clash:
    return Clash(
        clause.strip("()、和及与:"), number, str(row["indicator"]), str(row["target_value"])
    )
