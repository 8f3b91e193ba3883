"""The text of a goal made fit for reading numbers: what is no figure is blanked out, in place.

Dates, years, document and standard numbers, ordinals, the names in 《》 and numbers that belong to
a name (5G, 12345热线) are digits too, but they state nothing that a goal could be held to.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from perfgoals_xl.form.text import strip_markup

BLANK = "□"
_CIRCLED = re.compile(r"[\u2460-\u24ff\u2776-\u2793]")
_SPACE = re.compile(r"[^\S\n]+")
_YEAR = r"(?<!\d)(?:19|20)\d\d"
# Names and numbers of documents: their years are not years the goal speaks of.
_DOCUMENTS = re.compile(
    r"《[^《》]{0,200}》"
    r"|[〔\[【(](?:19|20)\d\d[〕\]】)]年?第?\d{0,12}号?"
    r"|第\d{1,12}号|\d{1,12}号(?:文|令|公告)"
    r"|(?<![A-Za-z])[A-Z]{1,6}(?:/[A-Z]{1,2})?\d{1,12}(?:\.\d{1,12}){0,6}[-—–―]{1,3}(?:19|20)?\d\d"
)
_DATES = re.compile(
    rf"{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}日?"
    rf"|{_YEAR}年?[-—–~至到]{{1,4}}(?:19|20)\d\d(?:学?年度?)?(?!\d)"
    rf"|{_YEAR}(?:全?年度?|[级届])"
    r"|(?<![\d.])\d{1,2}月份?(?:\d{1,2}日?)?(?!\d)|(?<![\d.])\d{1,2}[日号](?=[前后至到,;。]|$)"
    r"|[“\"'‘「]\d{1,2}[·.]\d{1,2}|(?<![\d.])\d{1,2}·\d{1,2}(?![\d.])"
    r"|(?<!\d)2\d年(?=[年底初末中内]|完成|全年)"
)
_ORDINALS = re.compile(
    r"(?:(?<=[\n;。,:、])|^)\(?\d{1,2}[.、)](?!\d(?!\d{3}年))"
    r"|\(\d{1,2}\)(?=[^\d,;。、])"
    r"|(?:目标|任务|指标|措施|内容|阶段|附件|附表|表|图|第|项目)\d{1,2}(?=[:.、,)的]|$)"
)
# Digits that belong to a name, a grade or a place.
_NAMES = re.compile(
    r"\d{1,15}(?:\.\d{1,15})?[×*xX]\d{1,15}(?:\.\d{1,15})?"
    r"|(?<![A-Za-z\d.])\d{1,2}[GDKA](?![A-Za-z])"
    r"|[A-Za-z][A-Za-z-]{0,40}\d{1,15}(?:\.\d{1,15}){0,8}"
    r"|\d{1,15}(?:热线|报警|平台|工程|行动|计划|模式|国道|省道)"
    r"|\d{1,15}(?:年一遇|级|型|岁|版|号|届)"
    r"|\d{1,15}(?:\.\d{1,15})?(?:公里|千米|米|k?m|平方公里)(?:的)?(?:范围|以?[内外]|半径)"
)
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|全年|[-—–~至到]{1,4}(?:19|20)\d\d)")


class GoalText(NamedTuple):
    """``plain``: half width, without markup and blanks, one line per paragraph; ``figures``: the
    same with everything blanked that is no figure, so that positions agree; ``years``: the years it
    names, with where they stand.
    """

    plain: str
    figures: str
    years: tuple[tuple[int, int], ...]


@lru_cache(maxsize=4096)
def goal_text(text: str) -> GoalText:
    """The text of a goal as :class:`GoalText`."""
    plain = _CIRCLED.sub("\n", strip_markup(text))
    # A full-width comma never parts thousands; as a semicolon it stays apart from one that may.
    plain = unicodedata.normalize("NFKC", plain.replace("，", "；"))
    plain = _SPACE.sub("", plain).strip("\n")
    bare = _blank(_DOCUMENTS, plain)
    years = tuple((found.start(), int(found[1])) for found in _YEARS.finditer(bare))
    # Ordinals first: "1.2024年" is no number with decimals.
    for pattern in (_ORDINALS, _DATES, _NAMES):
        bare = _blank(pattern, bare)
    return GoalText(plain, bare, years)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: BLANK * len(found[0]), text)
