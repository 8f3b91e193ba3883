"""What can be wrong with a text as a text: rubbish left in it, or an end that is none."""

from __future__ import annotations

import re
from typing import NamedTuple

from perfgoals_xl.form.target import mask_in
from perfgoals_xl.form.text import fold, strip_markup

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ENTITY = re.compile(
    r"&(?:nbsp|lt|gt|amp|quot|apos|[lr][ds]quo|hellip|#x?[0-9a-fA-F]+);|_x000[A-Da-d]_"
)
# Line breaks and tabs are how people lay out a long text; everything else here is invisible.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffc\ufffd]"
)


class LeftOver(NamedTuple):
    """Rubbish in a text: which kind (``variant``), and how to show it."""

    variant: str
    shown: str


def left_over(text: str) -> LeftOver | None:
    """Markup, a control character or blanks around ``text``; None where it is clean.

    Blanks and line breaks inside a text are how it is laid out.
    """
    found = _ENTITY.search(text)
    if found is None and strip_markup(text) != text:
        found = _TAG.search(text)
    if found is not None:
        return LeftOver("", found[0])
    control = _CONTROL.search(text)
    if control is not None:
        return LeftOver("control", f"U+{ord(control[0]):04X}")
    if text != text.strip():
        return LeftOver("blank", "")
    return None


_OPEN_ENDS = frozenset("、,:-(《“「『")
# Words that call for more to follow. 通过, 不断, 有效 do not: 验收通过 and 长期有效 are whole.
_CONNECTING = (
    *("以及", "并且", "或者", "或是", "而且", "从而", "进而", "因而", "以便", "以免"),
    *("例如", "比如", "包括", "根据", "按照", "对于", "关于", "为了", "由于", "基于"),
    *("针对", "围绕", "其中", "尤其", "特别是"),
    *("确保", "促使", "进一步", "切实", "予以", "加以", "分别", "主要是", "目标是", "及其"),
)
# What these end is whole in the words given, and broken off otherwise (灾害发, 提供依据参).
_WHOLE_WITH = {
    "应": "反响供效适相对感回呼报照顺策因不答",
    "参": "人党海内编玄丹沙",
    "发": "开研批激出多频突爆印下核颁转沙理散蒸签触引诱启首偶并收配换补增打代复连萌焕自分派头高易"
    "越始先后揭奋迸挥播抽单齐阐早晚初统制零发洗停缓勃益告未待已直进整",
    "提": "前计",
    "促": "敦督催仓短急",
    "加": "增参附追添施叠递外累相",
    "保": "社医环参投担劳低质联安治续退养水农失网等密承双统",
    "为": "行作认成转较因人无有所视改",
    "以": "予可足难所得用加",
    "将": "即",
    "把": "一火拖扫",
    "使": "行促驱大即",
    "和": "饱温缓调总中谐平祥共谋随暖",
    "与": "参赋给授",
    "及": "普涉波惠遍顾危触论提",
    "对": "针核面应相绝比校配反查一",
    "并": "合归兼吞一",
    "或": "",
    "而": "从",
    "第": "等门及",
    "较": "比计",
    "其": "尤极",
    "各": "",
    "每": "",
    "按": "编",
    "在": "存现所潜内外实自好健常",
    "被": "植棉衣床",
    "向": "方导面走意取定投流倾去朝横纵动内外转志双单风趋",
}
_SHORTEST, _SHORTEST_RUNNING, _SHORTEST_OPEN = 12, 20, 5


def broken_end(text: str, *, running: bool) -> str | None:
    """The last few characters of a text that stops in the middle; None where it is whole.

    Only long texts are asked; ``running`` is for goals, where a colon at the very end tells too.
    """
    plain = fold(text)
    last = plain[-1:]
    if last in _OPEN_ENDS:
        # A name may well end in a colon or a dash: its value follows.
        told = running or last not in (":", "-")
        return plain[-6:] if told and len(plain) >= _SHORTEST_OPEN else None
    if len(plain) < (_SHORTEST_RUNNING if running else _SHORTEST):
        return None
    known = _WHOLE_WITH.get(last)
    stub = known is not None and plain[-2] not in known
    return plain[-6:] if stub or plain.endswith(_CONNECTING) else None


_SIGN = r"[≥≤><=≧≦]|大于等于|小于等于|大于|小于|等于|不低于|不少于|不高于|不超过|不多于|达到?|至少"
_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,20})[)）\]】]")
# At the end of a name, without brackets: 满意度≥**%.
_AT_END = re.compile(rf"(?:{_SIGN})+[^()（）,，。;；]{{1,12}}$")
_HINT = re.compile(
    rf"(?:目标值|指标值|数值|单位)?:?(?P<sign>(?:{_SIGN})*)"
    r"(?P<mask>\*+|[XxNn×]+|_+|…+|\.{2,}|□+|\?{2,}|[○◯△]+)"
    r"(?P<unit>[%‰\u4e00-\u9fff/²³㎡]{0,6})"
)
# Behind a mask they name somebody or some place, and no unit: （XX镇）.
_NAMED = re.compile(r"[镇乡县区市省州旗村局院校厂站路街河山湖委办司部会]$")


def hint_in(name: str) -> str | None:
    """What is left in a name of how its value is to be filled, as typed: （≥**%）.

    None where the name holds no such hint, or another mask besides, which is a gap of its own.
    """
    found = [match[0] for match in _BRACKETED.finditer(name) if _is_hint(match[1])]
    rest = name
    for hint in found:
        rest = rest.replace(hint, "")
    if (at_end := _AT_END.search(rest)) is not None and _is_hint(at_end[0]):
        found.append(at_end[0])
        rest = rest[: at_end.start()]
    return found[0] if found and fold(rest) and mask_in(rest) is None else None


def _is_hint(text: str) -> bool:
    """Whether a text is nothing but a mask with its sign and its unit."""
    found = _HINT.fullmatch(fold(text))
    if found is None or mask_in(text) is None:
        return False
    return bool(found["sign"]) or not _NAMED.search(found["unit"])
