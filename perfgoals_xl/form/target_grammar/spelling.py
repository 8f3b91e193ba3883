"""How a value is spelled: half-width twins, left-over markup, masks, words for "nothing".

The grammar reads only what :func:`normalise` returns, so full-width and half-width spellings
cannot be told apart by anything behind it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from perfgoals_xl.form.text import strip_markup

_TWINS: Final[dict[int, str | None]] = {
    # The full-width block is shifted as a whole. NFKC is not used: it would also turn ① into 1,
    # ㎡ into m2, Ⅲ into III and … into three dots, each of which means something of its own here.
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), None),
    **{
        ord(char): twin
        for twin, chars in {
            " ": "\u3000\u00a0",
            "。": "｡",
            "、": "､",
            "¥": "￥",
            "%": "﹪٪",
            "-": "−‐‑﹣",
            "~": "∼〜˜",
            "≥": "≧⩾≮⪰≽",
            "≤": "≦⩽≯⪯≼",
            ">": "﹥〉",
            "<": "﹤〈",
            "=": "﹦",
            "/": "∕⁄",
            "*": "∗﹡✱",
            "×": "✕✖╳",
            "·": "•・‧∙",
            ",": "﹐",
            ";": "﹔",
            ":": "﹕∶︰",
            "(": "﹙",
            ")": "﹚",
            "_": "﹍﹎﹏",
        }.items()
        for char in chars
    },
    ord("於"): "于",
}
_ENTITY: Final = {
    "&lt;": "<",
    "&gt;": ">",
    "&le;": "≤",
    "&ge;": "≥",
    "&amp;": "&",
    "&nbsp;": " ",
}
_ENTITIES: Final = re.compile("|".join(_ENTITY))
_BOLD: Final = re.compile(r"\*\*([^*]+)\*\*")
# A blank is kept only where it keeps two Latin words or two numbers apart.
_BLANKS: Final = re.compile(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")
_SPACES: Final = re.compile(r"\s+")

_MASK: Final = re.compile(
    r"""
    \*{2,}
    | (?<![A-Za-z@./_])[Xx×]{2,}(?:\.[Xx×]+)?(?![A-Za-z@_]|\.[A-Za-z]|世纪)
    | (?<![A-Za-z0-9@])[XxNn×*_](?=[%‰个次人家户万亿元项件台套名场期批份篇条座所辆])
    | _{2,}
    | …+
    | \.{3,}
    | 。{3,}
    | \?{2,}
    | □+
    | (?<![零〇一二三四五六七八九])[○◯△]{2,}
    | \(\)
    | \(公式未计算\)
    """,
    re.VERBOSE,
)
_MASK_CHARS: Final = frozenset("*XxNn×_….。?□○◯△(")
_TICKED: Final = re.compile(r"[☑■√✓☒]")
_UNDECIDED: Final = re.compile(r"(?:待定|未定|暂定|待补充?|待填写?|待明确|待确定|待完善|[?*xX×])$")
# What could be chosen, none of it chosen: 优良中低差, 优/良/中/差, 是或否. The worst is among it.
_CHOICE: Final = (
    r"(?:优秀|优良|优|良好|良|较好|好|中等|中|一般|合格|及格|达标|完成|是|有|高"
    r"|较差|低|差|坏|不合格|不及格|不达标|未完成|否|无)"
)
_FIRST_CHOICES: Final = frozenset("优良较好中一合及达完是有高")
_CHOICES: Final = re.compile(
    r"优秀?良好?中?等?(?:及格|合格|一般)?低?差|高中低|好中?差|好坏|是否|有无"
    rf"|(?:{_CHOICE}(?:[/、|,;]|或者?)){{1,5}}(?:较?差|低|坏|不合格|不及格|不达标|未完成|否)"
)
_NOTHING: Final = re.compile(
    r"""(?:
      [-/\\—–―~_·.]+
    | [Nn]\s?[/.]?\s?[Aa] | [Nn]one | [Nn]ull | nil
    | (?:此项|该项|本项目?|本年度?)?(?:暂|均)?
      (?:无|没有|不涉及|未涉及|不适用|不存在|无内容|无此项|无该项|无相关内容|无此指标|无指标|无目标
        |不需要|空|空白|略)
    )(?:[/、,;](?:无|不涉及|[-/—]))?$""",
    re.VERBOSE,
)
_EDGES: Final = " \t;,。、:()[]【】\"'“”‘’"


def normalise(text: str) -> str:
    """The half-width spelling of ``text``, without markup and needless blanks. Idempotent."""
    plain = text if text.isascii() else text.translate(_TWINS)
    plain = plain.strip()
    if "<" in plain or "&" in plain:
        # Taking a tag out can leave another behind ("&amp;lt;"): go on until nothing changes.
        # Every round that changes anything makes the text shorter.
        before = ""
        while before != plain:
            before = plain
            plain = strip_markup(_ENTITIES.sub(lambda found: _ENTITY[found[0]], plain))
        plain = plain.strip()
    if "**" in plain and (bold := _BOLD.fullmatch(plain)):
        plain = bold[1].strip()
    if _SPACES.search(plain):
        plain = _SPACES.sub(" ", _BLANKS.sub("", plain))
    return plain


# Every text of a form is asked for these by many rules, rule after rule.
@lru_cache(maxsize=32768)
def mask_in(text: str | None) -> str | None:
    """The mask that stands in ``text`` instead of content, in half-width, or None.

    Masks are ``***``, ``XX``, ``××``, ``__``, ``……``, ``□``, ``??``, an empty pair of brackets, a
    single ``X`` or ``*`` before a unit, a formula without a value, and the words 待定, 待补充 …
    when they are all there is, and so a list of choices of which none is chosen (优/良/中/差).
    No masks: an X inside a Latin word or an address, the × of ``7×24``, a □ beside a ticked box.
    """
    return find_mask(normalise(text)) if text else None


def find_mask(plain: str) -> str | None:
    """:func:`mask_in` for a text that is normalised already."""
    if _UNDECIDED.match(plain.strip(_EDGES)):
        return plain.strip(_EDGES)
    if plain[:1] in _FIRST_CHOICES and is_choice(plain):
        return plain.strip(_EDGES)
    if _MASK_CHARS.isdisjoint(plain):
        return None
    for found in _MASK.finditer(plain):
        if found[0][0] != "□" or not _TICKED.search(plain):
            return found[0]
    return None


def is_choice(plain: str) -> bool:
    """Whether a normalised text lists what could be chosen, none of it chosen: 优/良/中/差."""
    return _CHOICES.fullmatch(plain.strip(_EDGES)) is not None


@lru_cache(maxsize=32768)
def is_nothing(text: str | None) -> bool:
    """Whether ``text`` says that there is nothing: 无, /, -, 不涉及, 暂无, N/A and the like.

    A blank, a mask and a zero are not that: nobody said anything, or somebody said something.
    """
    return bool(text) and says_nothing(normalise(text or ""))


def says_nothing(plain: str) -> bool:
    """:func:`is_nothing` for a text that is normalised already."""
    # "__" is a mask although "_" alone is a dash.
    bare = plain.strip(_EDGES)
    return bool(plain) and (not bare or bool(_NOTHING.match(bare))) and not _MASK.search(plain)
