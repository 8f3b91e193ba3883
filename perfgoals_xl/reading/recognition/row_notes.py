"""What stands between and below the rows of an indicator table: notes, sums, opinions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from perfgoals_xl.form.target import VALUED, Kind, parse_target
from perfgoals_xl.form.text import fold

NOTE_START = re.compile(
    r"^(?:\(?(?:注|备注|说明|填报说明|填表说明)(?:[:0-9]|$)|填[表报](?:人|单位|日期|时间|说明)|制表|审核(?:人|意见)"
    r"|联系(?:人|电话|方式)|(?:单位|项目|财务|部门|分管|业务)?(?:负责人|领导|主管)(?:[:(]|签|$)"
    r"|经办人|打印(?:日期|时间)|第\d+页)"
)
NOTE = re.compile(rf"{NOTE_START.pattern}|[,。;:!?]")
# Where it is stamped or signed, and the day in the same cell: (镇政府盖章)2018年12月18日.
_STAMP = re.compile(
    r"(?:签章|盖章|签字|签名|公章)[):]*"
    r"(?:(?:19|20)\d\d[年./-]\d{1,2}(?:[月./-](?:\d{1,2}日?)?)?|年月日)?$"
)
# Below the last row: the sum of the points, what others say of it, who signs.
_END = re.compile(
    r"^(?:合计|总计|总分|小计|总得分|自评总分)(?:[:(]|$)"
    r"|(?:意见|结论|评语)[:(]?$|^(?:评价|自评)(?:结论|等级)"
    r"|^(?:存在(?:的)?问题|改进措施|整改措施|有关建议|其他说明|其他需要说明)"
    r"|^(?:情况|自评|补充|特殊|有关情况)?说明(?:事项)?:?$"
)
_LONGEST_END = 30
_APPROVAL = re.compile(
    r"^(?:批复|审批|批准)(?:文号|日期|时间|单位|人)|^(?:经办|复核|审批|批准|填报|填表)人(?:员)?[:(]?$"
    r"|^\S{0,12}(?:部门|单位|科室?|股室?|处室?|财政局?|机构|专家|领导)\S{0,6}意见[:(]"
    r"|^(?:\S{0,8}(?:科室|部门|单位|股室|处室))?(?:负责人|审核|初审|审查|复核)?意见[:(]?$"
)
# What is counted or measured is an indicator, whatever it begins with: 采纳部门意见(条),
# 联系人大代表次数.
_MEASURED_NAME = re.compile(
    r"(?:[率数次量度]|[比占]重|比例|占比|时长|时限|面积|件数|场次|频次|金额)(?:\([^()]{0,8}\))?$"
    r"|\((?:条|件|个|次|份|项|家|场|期|篇|人次?|万?元|[%‰])\)$"
)
_SIGNED = re.compile(r"签字|签章|盖章|公章|签名|同意|电话")
_MEASURES = VALUED - {Kind.DATE}
_LONGEST_VALUE = 14
ORDINAL_NAME = re.compile(r"^指标\d*[:：]?")
"""How a name begins that a form prints for an indicator to be filled in: 指标1：."""
MOST_OF_NOTE = 3
_DOT = (".", "…", "。", " ", "　")
_DOTS = re.compile(r"(?:\.{2,}|…+|。{2,})")


# What every page prints again: its title, its number, the year, the unit.
_PRINTED_AGAIN = re.compile(
    r"(?:\(?(?:续表?|接上[表页]|续上[表页]|转下页|下页续|表续)\)?"
    r"|\S{0,20}绩效\S{0,12}表(?:\([^()]*\))*|\(?(?:19|20)\d{2}年度?\)?|(?:金额)?单位[:(]\S{1,4}"
    r"|[-—–·]+\d{1,4}[-—–·]+|第\d+页(?:[,/]?共\d+页)?)"
)
_SUM = re.compile(r"^(?:合计|总计|总分|小计|总得分|自评总分)")
_NOTE_ROW = "指标表中的说明行，未当作指标"
_OPINION_ROW = "审核意见、签字盖章或填报信息，未当作指标"
_SUM_ROW = "合计行，未当作指标"


def is_printed_again(text: str) -> bool:
    """Whether a cell between the rows is what every page prints: 续表, a title, a page's number."""
    return _PRINTED_AGAIN.fullmatch(fold(text)) is not None


def what_it_is(text: str, *, ended: bool) -> str:
    """What is told of a row that is no indicator; ``ended``: it stands below the last one."""
    if is_remark(text):
        return _NOTE_ROW
    if _SUM.match(fold(text)):
        return _SUM_ROW
    return _OPINION_ROW if ended or is_note(text) or is_approval(text) else _NOTE_ROW


def is_remark(text: str) -> bool:
    """Whether a text says itself that it is a note: 注：…"""
    return fold(text).startswith(("注", "备注", "说明", "填报说明", "填表说明"))


def is_note(text: str) -> bool:
    """Whether a row that begins so is a note or names who filled the form in."""
    plain = fold(text)
    return NOTE_START.match(plain) is not None and not _is_measured(plain)


def left_sum(cells: Iterable[tuple[int, object]], left: int) -> tuple[int, object] | None:
    """The cell of a row that stands left of the table and sums it up: 合计 below 绩效指标."""
    column, value = next(iter(cells), (left, None))
    is_sum = ends(str(value)) and _SUM.match(fold(str(value))) is not None
    return (column, value) if column < left and is_sum else None


def left_end(cells: Iterable[tuple[int, object]], left: int) -> bool:
    """Whether a row is begun, left of the table, by what ends it: a sum or 主管部门意见."""
    column, value = next(iter(cells), (left, None))
    return column < left and (ends(str(value)) or is_approval(str(value)))


def ends(text: str) -> bool:
    """Whether a row that begins so stands below the last indicator."""
    plain = fold(text)
    return len(plain) <= _LONGEST_END and (
        _END.search(plain) is not None or _STAMP.search(plain) is not None
    )


def closes(texts: Sequence[str]) -> bool:
    """Whether a row stands below the last indicator: a sum, an opinion, who signs.

    ``texts`` are its cells. What only sounds like an opinion has its value beside it:
    征求意见 | ≥5次.
    """
    first, *beside = texts
    if ORDINAL_NAME.match(fold(first)):
        return False
    few = len(texts) <= MOST_OF_NOTE or any(map(ends, beside))
    if not ((ends(first) and few) or is_approval(first)):
        return False
    return _SUM.match(fold(first)) is not None or is_stamp(first) or not is_valued(texts)


def is_valued(texts: Sequence[str]) -> bool:
    """Whether a row says how much of its first cell: 审计意见 | 12条, and not 意见： | 同意."""
    first, *beside = texts
    plain = fold(first)
    if plain.endswith(":") or is_remark(first) or any(_SIGNED.search(said) for said in texts):
        return False
    return any(
        len(said) <= _LONGEST_VALUE
        and not said.strip().isdigit()
        and parse_target(said).kind in _MEASURES
        for said in beside
    )


def is_stamp(text: str) -> bool:
    """Whether a text is only where a form is stamped or signed, with its day: (镇政府盖章)."""
    plain = fold(text)
    return len(plain) <= _LONGEST_END and _STAMP.search(plain) is not None


def is_approval(text: str) -> bool:
    """Whether a row begins with who approved the form, under which number, or what they say."""
    plain = fold(text)
    return _APPROVAL.match(plain) is not None and not _is_measured(plain)


def _is_measured(plain: str) -> bool:
    if len(plain) > _LONGEST_END or ":" in plain or is_remark(plain):
        return False
    return _MEASURED_NAME.search(plain) is not None


def is_dots(text: str) -> bool:
    """Whether a cell only says that rows may follow: ……."""
    return text[:1] in _DOT and _DOTS.fullmatch(fold(text)) is not None
