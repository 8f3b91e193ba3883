"""The editions of the indicator taxonomy (一级指标 → 二级指标) and how their terms are spelled.

*2015*: 产出 · 效益 · 满意度, with 成本 under 产出 and 可持续影响 under 效益.
*2021*: 成本 is a level of its own and stands first; 可持续影响 is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from perfgoals_xl.form.text import fold


@dataclass(frozen=True)
class Edition:
    """One edition: its name and its groups as ``(level1, level2)`` in the order of the form."""

    name: str
    groups: tuple[tuple[str, str], ...]

    @cached_property
    def level1_terms(self) -> tuple[str, ...]:
        """The first-level terms, in the order of the form."""
        return tuple(dict.fromkeys(level1 for level1, _ in self.groups))

    @cached_property
    def level2_terms(self) -> tuple[str, ...]:
        """The second-level terms, in the order of the form."""
        return tuple(level2 for _, level2 in self.groups)

    @cached_property
    def parents(self) -> dict[str, str]:
        """The first-level term of every second-level term."""
        return {level2: level1 for level1, level2 in self.groups}


EDITIONS = {
    "2015": Edition(
        "2015",
        (
            ("产出指标", "数量指标"),
            ("产出指标", "质量指标"),
            ("产出指标", "时效指标"),
            ("产出指标", "成本指标"),
            ("效益指标", "经济效益"),
            ("效益指标", "社会效益"),
            ("效益指标", "生态效益"),
            ("效益指标", "可持续影响"),
            ("满意度指标", "服务对象满意度"),
        ),
    ),
    "2021": Edition(
        "2021",
        (
            ("成本指标", "经济成本指标"),
            ("成本指标", "社会成本指标"),
            ("成本指标", "生态环境成本指标"),
            ("产出指标", "数量指标"),
            ("产出指标", "质量指标"),
            ("产出指标", "时效指标"),
            ("效益指标", "经济效益指标"),
            ("效益指标", "社会效益指标"),
            ("效益指标", "生态效益指标"),
            ("满意度指标", "服务对象满意度指标"),
        ),
    ),
}
DEFAULT_EDITION = "2015"

# Terms of 项目属性 on the form.
PROJECT_ATTRIBUTES = ("经常性项目", "一次性项目", "延续性项目")
_OTHER_ATTRIBUTES = """
    新增 新增性 新建 新设 新立 延续 持续 持续性 续建 结转 常年 常年性 经常 一次 阶段性 长期 跨年
    跨年度 当年 存量 其他 其他运转类 特定目标类 人员类 公用经费类 运转类 部门 专项 专项资金
    部门职能类 专项资金类 发展类 民生类 民生 基本建设 基本建设类 工程类 非工程类 信息化
    信息化建设 政府购买服务 购置类 设备购置 业务类 产业发展 事业发展 事业发展类 基础设施
    行政运行 重点 一般 改扩建 单位 本级 转移支付 市级 县级 省级 通用 政策类 科研 课题
"""
OTHER_ATTRIBUTES = frozenset(_OTHER_ATTRIBUTES.split())
"""What other places choose from under 项目属性, 项目类型 or 项目类别, without 项目 behind it."""
_ATTRIBUTE = re.compile(r"经常性|一次性|延续|新增|常年|阶段性|持续性|跨年")


def is_attribute(text: str) -> bool:
    """Whether a text says how a project goes on, as 项目属性 asks: 经常性, 新增, 延续项目."""
    return _ATTRIBUTE.search(fold(text)) is not None


# Every term by a key of its own, with the spellings met besides it. A trailing 指标 is never part
# of a spelling here: it is dropped before the look-up.
_LEVEL1_SPELLINGS = {
    "产出": ("产出", "项目产出", "项目完成", "产出目标"),
    "效益": ("效益", "项目效益", "效果", "项目效果", "效益目标", "产出效益", "成效", "项目成效"),
    "满意度": ("满意度", "项目满意度", "满意度目标", "满意"),
    "成本": ("成本", "项目成本"),
}
_LEVEL2_SPELLINGS = {
    "数量": ("数量", "产出数量"),
    "质量": ("质量", "产出质量"),
    "时效": ("时效", "产出时效", "时效性", "进度", "产出进度", "项目进度"),
    "成本": ("成本", "产出成本"),
    "经济成本": ("经济成本",),
    "社会成本": ("社会成本",),
    "生态环境成本": ("生态环境成本", "生态成本", "环境成本"),
    "经济效益": ("经济效益", "经济", "经济效果", "经济影响", "经济成效"),
    "社会效益": ("社会效益", "社会", "社会效果", "社会影响", "社会成效"),
    "生态效益": (
        "生态效益",
        "生态",
        "生态环境效益",
        "环境效益",
        "生态环境",
        "生态影响",
        "生态效果",
        "生态成效",
        "环境成效",
    ),
    "可持续影响": (
        "可持续影响",
        "可持续",
        "可持续性",
        "可持续性影响",
        "可持续发展",
        "可持续效益",
        "可持续影响效益",
    ),
    "服务对象满意度": (
        "服务对象满意度",
        "服务对象满意",
        "服务满意度",
        "受益对象满意度",
        "服务对象或受益人满意度",
        "社会公众或服务对象满意度",
        "社会公众满意度",
        "社会满意度",
        "公众满意度",
        "群众满意度",
    ),
}
_KEY1 = {spelling: key for key, all_ in _LEVEL1_SPELLINGS.items() for spelling in all_}
_KEY2 = {spelling: key for key, all_ in _LEVEL2_SPELLINGS.items() for spelling in all_}

_COSTS_OF_2021 = ("经济成本", "社会成本", "生态环境成本")

# 1、 1.2 (一) A1 before a term; its points, its share or its number behind it.
_CODE = re.compile(
    r"^(?:[A-Za-z]?\d{0,3}(?:\.\d{1,3}){0,3}|[一二三四五六七八九十]{1,2}"
    r"|\([一二三四五六七八九十\d]{1,2}\))[-—–_.、:)]?(?=[\u4e00-\u9fff])"
)
_TAIL = re.compile(
    r"(?:\([^()]*\)分?|[\[【〔][^\[\]【】〔〕]*[\]】〕]|[-—–:]?\d{1,3}(?:\.\d+)?分"
    r"|(?<=指标)[-—–:]?\d{1,3}%|(?<=指标)\d{1,2}|[:*])+$"
)


# Terms with a wrong character; the short ones by hand, since 产量指标 is no mistake for 数量指标.
_MISTAKES = {
    "质量": "质理 质最 质里 质暈 质重",
    "数量": "数理 数最 数里 数暈 数重",
    "时效": "时郊 时校 时攻 实效",
    "成本": "成夲 城本 成木 成体",
    "产出": "产岀 产山",
    "效益": "效溢 郊益 效盖",
    "满意度": "满意渡 满易度 满意率",
}
# What is typed for a character of the longer terms by its sound or its shape. Any other character
# makes another word: 经营成本, 生产效益, 项目产值.
_TYPED_FOR = {
    "产": "严",
    "出": "岀山",
    "效": "郊校攻笑",
    "益": "溢盖易谥",
    "果": "裹",
    "成": "城戎",
    "本": "夲木体",
    "数": "敎敷",
    "质": "贡制",
    "量": "理最里暈重",
    "时": "吋实",
    "满": "瞒漫",
    "意": "易义",
    "度": "渡率",
    "经": "径轻迳",
    "济": "剂挤齐际",
    "社": "杜",
    "会": "汇",
    "态": "太恋胎",
    "环": "还坏",
    "境": "镜竟",
    "持": "特待恃",
    "续": "读绩序",
    "响": "晌向",
    "服": "报",
    "务": "物",
    "对": "队",
    "象": "像相",
    "项": "顶",
    "目": "日木",
    "受": "爱授",
    "进": "近",
}
_SHORTEST_MISSPELT = 4


@dataclass(frozen=True)
class LevelTerm:
    """What a cell says as a term of the taxonomy: its key as level 1, as level 2, or as either."""

    key1: str | None
    key2: str | None


@lru_cache(maxsize=16384)
def read_level(text: str) -> LevelTerm | None:
    """The term that ``text`` spells, with or without code, 指标, 必填 marks; None if it is none."""
    word = fold(text)
    if not word or len(word) > 30:
        return None
    word = _TAIL.sub("", word).lstrip("*")
    word = _CODE.sub("", word)
    word = word.removesuffix("指标")
    key1, key2 = _KEY1.get(word), _KEY2.get(word)
    return LevelTerm(key1, key2) if key1 or key2 else None


@lru_cache(maxsize=4096)
def misspelt_level(text: str) -> str | None:
    """The term that a cell of a level column is but for one character; None where it is none."""
    word = _CODE.sub("", _TAIL.sub("", fold(text)[:30]).lstrip("*")).removesuffix("指标")
    if word in _KEY1 or word in _KEY2:
        return None
    by_hand = next((right for right, wrong in _MISTAKES.items() if word in wrong.split()), None)
    if by_hand is not None:
        return by_hand
    if len(word) < _SHORTEST_MISSPELT:
        return None
    found = {
        spelled
        for spelled in (*_KEY1, *_KEY2)
        if len(spelled) == len(word) and _is_typed_for(word, spelled)
    }
    return found.pop() if len(found) == 1 else None


def _is_typed_for(word: str, spelled: str) -> bool:
    wrong = [(a, b) for a, b in zip(spelled, word, strict=True) if a != b]
    return len(wrong) == 1 and wrong[0][1] in _TYPED_FOR.get(wrong[0][0], "")


def level1_of(key: str) -> str:
    """How a first-level key is spelled; the editions agree on it."""
    return f"{key}指标"


@lru_cache(maxsize=256)
def level2_of(key: str, edition: str) -> tuple[str | None, str]:
    """How ``edition`` spells the second-level key, as ``(level1, level2)``.

    A term that the edition does not have is spelled as the edition that has it, and its level 1
    is taken from there where this edition has that level too, else it is None.
    """
    own = EDITIONS[edition]
    for candidate in (own, *(e for e in EDITIONS.values() if e is not own)):
        for level1, level2 in candidate.groups:
            term = read_level(level2)
            if term is not None and term.key2 == key:
                return (level1 if level1 in own.level1_terms else None), level2
    raise KeyError(key)


def group_key(level2: str | None) -> str | None:
    """The key of a level-2 term, the same in every edition (``经济效益指标`` → ``经济效益``)."""
    term = read_level(level2) if level2 else None
    return term.key2 if term else None


def detect_edition(texts: Iterable[str]) -> str:
    """The edition of a form, from its level cells in the order they stand.

    2021 is known by its own kinds of cost, or by 成本 standing before everything else.
    """
    terms = [term for term in map(read_level, texts) if term]
    if any(term.key2 in _COSTS_OF_2021 for term in terms):
        return "2021"
    cost_leads = bool(terms) and terms[0].key1 == "成本"
    return "2021" if cost_leads and all(term.key2 != "可持续影响" for term in terms) else "2015"


COST_GROUPS = frozenset({"成本", "经济成本", "社会成本", "生态环境成本"})
BENEFIT_GROUPS = frozenset({"经济效益", "社会效益", "生态效益", "可持续影响"})
SATISFACTION = "服务对象满意度"
