"""How alike texts are: which of many are nearly the same, and whether two name one thing.

Alike is the share of characters that two texts have in common, in order: twice the longest common
subsequence over both lengths. It is worked out only for texts that share most of their rarest runs
of characters, so that a thousand texts take a moment.

A goal names a thing in other words than an indicator: 清淤干渠, 干渠清淤长度. A price
names what it is for each of (单个路口改造成本), behind 单 or 每 and in front of what is done to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

from perfgoals_xl.form.text import fold
from perfgoals_xl.review.evidence.indicator_text import bare, count_unit

_RUN = 4
_WORK_WORDS = """
    改造 建设 新建 扩建 改建 修建 建造 升级 提升 提质 更新 维护 维修 养护 修缮 修复 治理 整治 创建
    打造 运维 运行 运营 管护 安装 购置 采购 配置 配备 制作 新增 完成 实施 开展 扶持 支持 资助 装修
    布置 布设 部署 接入 编制 补助 补贴 奖补 奖励 投入 平均 年均 年度 年
"""
_COST_WORDS = "成本 费用 经费 资金 造价 投资 单价 价格 标准 支出 金额 投入 补助 补贴 奖补 费"
_COUNT_WORDS = "数量 个数 总数 处数 座数 所数 家数 间数 数 量"
_WORK = rf"(?:{'|'.join(_WORK_WORDS.split())}|[及和与、])"
_MONEY = rf"(?:{'|'.join(_COST_WORDS.split())})"
_LONGEST_NAME = 80
# 单位, 单价, 单元 are words; so are 清单, 订单 and the like.
_EACH = re.compile(
    r"(?:(?<![名清订菜账保传表简定提罚报凭榜])单(?![位价元独一纯据身亲次日月年人])|每(?![年月季天日周人]))"
    r"(?:个|(?P<classifier>[所家条项座处间口栋幢片块支部台套件张])|一个)?"
    rf"(?P<thing>[\u4e00-\u9fff]{{2,8}}?){_WORK}*(?:{_MONEY}|$|[()，,])"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_DONE_TO_IT = re.compile(rf"^{_WORK}+|(?:{_WORK}|{'|'.join(_COUNT_WORDS.split())})+$")
# Places and bodies are counted in these whatever is done to them; 套 and 台 are those of equipment.
_PLACES = frozenset("个处座所家间条口栋幢片块段点站")
_PIECES = _PLACES | frozenset("项支部台套件张")
_RAREST = 24
_MOST_PER_RUN = 12
_MOST_COMPARED = 3
_LEAST_SCATTERED = 4
# How much of the shorter of two names has to be in the other.
_LEAST_SHARED = 0.5
# Words of names that say that something is counted, not what.
_COUNTING = re.compile(
    r"数量|(?:人|户|次|个|场|期|(?<!平)台|套|(?<!案)件|份|篇|条|处|家|(?<!手)册|亩|辆|座|盏|株|张|幅|枚)数(?!量)|场次"
    r"|车次数?|人次数?|总数|数$"
    r"|全长|长度|面积|里程|规模|(?:总|年度|全年|计划|完成|实际)"
)
# Words of doing, which names leave out.
_DOING = re.compile(
    r"完成|开展|实施|组织|举办|新建|改造|建设|改建|扩建|修建|维修|安装|采购|购置|配备|发放|培训|提供|救助|补助|资助|慰问"
    r"|清理|清运|治理|检查|巡查|检测|设置|新购|主动|免费|集中|统一|定期|强制|全面|全年|年内|本年|预计|计划|共|约|为|对|全县|全市|全区|全镇|辖区|达到?|不少于"
)
_MONEY_WORDS = re.compile(
    r"经费|费用|资金|成本|金额|补助|标准|支出|投入|控制|预算|计划|年度|采购|项目|总额|□|\d|费|款"
)
_LEAST_PAID_ALIKE = 0.6
_NO_WORD = re.compile(r"[^\u4e00-\u9fffA-Za-z]")


@lru_cache(maxsize=32768)
def pairs_of(text: str) -> frozenset[str]:
    """The characters of a text two by two: what texts about one thing have in common."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def likest(texts: Sequence[str], least: float) -> list[tuple[int, float] | None]:
    """For every text an earlier one that is like it, and how much; None below ``least``."""
    runs = [
        {text[i : i + _RUN] for i in range(max(1, len(text) - _RUN + 1))} if text else set()
        for text in texts
    ]
    spread = Counter(run for own in runs for run in own)
    earlier: dict[str, list[int]] = {}
    found: list[tuple[int, float] | None] = []
    for number, own in enumerate(runs):
        # What stands in no other text leads to none.
        rare = sorted((spread[run], run) for run in own if spread[run] > 1)[:_RAREST]
        votes = Counter(other for _, run in rare for other in earlier.get(run, ())[:_MOST_PER_RUN])
        found.append(None)
        for other, _ in sorted(votes.items(), key=lambda v: (-v[1], v[0]))[:_MOST_COMPARED]:
            share = similarity(texts[other], texts[number])
            if share >= least:
                found[-1] = other, share
                break
        for _, run in rare:
            earlier.setdefault(run, []).append(number)
    return found


def similarity(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1."""
    total = len(one) + len(other)
    return 2 * _common(one, other) / total if total else 1.0


def _common(one: str, other: str) -> int:
    """The length of the longest common subsequence, a row of its table at a time, as bits."""
    places: dict[str, int] = {}
    for i, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << i
    everything = (1 << len(one)) - 1
    row = everything
    for char in other:
        matched = row & places.get(char, 0)
        row = (row + matched | row - matched) & everything
    return len(one) - row.bit_count()


def thing_of(name: str) -> str:
    """What the name of an indicator says is counted, without the words for counting it."""
    plain = bare(name)
    if count_unit(name):
        plain = plain[: plain.rindex("(")]
    return _NO_WORD.sub("", _COUNTING.sub("", plain))


def names_in_full(front: str, around: str, thing: str) -> bool:
    """Whether a thing is named in the words in front of a figure, or scattered around it."""
    if len(thing) < 2:
        return False
    scattered = len(thing) >= _LEAST_SCATTERED and set(thing) <= set(around)
    return scattered or thing in _NO_WORD.sub("", front)


def names_in_part(front: str, thing: str) -> bool:
    """Whether the words in front of a figure and a thing share most of the shorter of the two."""
    told, asked = (set(_DOING.sub("", _NO_WORD.sub("", text))) for text in (front, thing))
    common, less = len(told & asked), min(len(told), len(asked))
    return common >= 2 and common / less >= _LEAST_SHARED


def own_words(front: str, thing: str) -> int:
    """How many characters in front of a figure are neither words of doing nor the thing's."""
    return sum(char not in thing for char in _DOING.sub("", _NO_WORD.sub("", front)))


def paid_for(text: str) -> str:
    """What money is for, without the words for money."""
    return _NO_WORD.sub("", _MONEY_WORDS.sub("", fold(text)))


def pay_alike(one: str, other: str) -> bool:
    """Whether two short names of costs share most of the shorter (车辆租赁, 租车)."""
    a, b = set(paid_for(one)), set(paid_for(other))
    less = min(len(a), len(b))
    return less >= 2 and len(a & b) / less >= _LEAST_PAID_ALIKE


class Naming(IntEnum):
    """How surely a quantity counts the thing that a price names."""

    NOT = 0
    HOLDS = 1  # its name holds the thing, but goes on to speak of something else
    COUNTS = 2


@lru_cache(maxsize=4096)
def naming(price: str, quantity: str, unit: str) -> Naming:
    """Whether a quantity of this name and unit counts what the price of that name is for each of.

    ``price`` and ``quantity`` are names of rows; a price that names no thing is for none.
    """
    if "单" not in price and "每" not in price:
        return Naming.NOT
    if max(len(price), len(quantity)) > _LONGEST_NAME:
        return Naming.NOT  # A paragraph names no thing.
    found = _EACH.search(fold(price))
    if found is None:
        return Naming.NOT
    thing = found["thing"]
    name = _IN_BRACKETS.sub("", fold(quantity))
    if f"单{thing}" in name:
        return Naming.NOT  # 单警装备 is the thing.
    unit = unit.partition("(")[0]
    is_its_unit = unit[:1] == (found["classifier"] or unit[:1]) or unit == thing
    is_piece = unit[:1] in _PIECES and len(unit) == 1
    if not (is_its_unit and (is_piece or unit in (thing, ""))):
        return Naming.NOT
    head = _DONE_TO_IT.sub("", name)
    if head.endswith(thing) or (len(head) > 1 and thing.endswith(head)):
        return Naming.COUNTS
    return Naming.HOLDS if thing in name and unit in _PLACES else Naming.NOT
