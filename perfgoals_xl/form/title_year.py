"""The plan year as titles, labels and file names write it: 2026年度, （2026）, 二〇二六年."""

from __future__ import annotations

import re
from typing import Final

from perfgoals_xl.form.text import fold

_DIGITS: Final = dict(zip("零〇○ΟО一二三四五六七八九", "00000123456789", strict=True))
_IN_WORDS: Final = re.compile(rf"[一二][{''.join(_DIGITS)}0oO]{{3}}(?=年)")
# Years inside the number of a document or of a standard are nobody's plan year.
_DOCUMENT: Final = re.compile(r"[\[【〔(]?(?:19|20)\d{2}[\]】〕)]?(?:第?\d+号|年第\d+号)")
_RANGE: Final = re.compile(
    r"(?<!\d)((?:19|20)\d{2})年?(?:度)?(?:[-—–~―－]+|至|到)((?:19|20)\d{2})(?:年|\)|$)"
)
_SINGLE: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})年(度)?")
# Without the word behind it: （2026）, 2026项目支出绩效目标表, FY2026.
# Before what is counted or measured it is a number: 2000亩, 1985户. The words behind (?!…) begin
# with such a word and are none: 2026部门预算, 2026人才项目.
_COUNTED: Final = (
    r"号|万|亿|千|百|元|%|余|多|亩|户(?!籍|外|厕|口)|台(?!账|风|湾)|辆|吨|套|座(?!谈)|株|棵|颗|眼(?!科)|盏|艘|架|顷"
    r"|公顷|公里|千米|米|立方|平方|公斤|千克|千瓦|斤|克|毫克|升|[㎡㎥㎞]|km|m[²2³3]?(?![a-z])|kw|kg"
    r"|人(?!才|大|社|事|民|居|口|力|工|防|员|文|均)|名(?!单|称|录|师|城|校)|位(?!于)"
    r"|个(?!人|体|税|性)|件(?!均)|项(?!目)|次(?!年)|批(?!复|准|次)|期(?!初|末|间)|处(?!室|置|理)"
    r"|所(?!属|有|得)|间(?!接)|栋|幢|条(?!例|件)|口(?!岸|腔|粮)|头(?!号)|只(?!有)|羽|尾(?!款|矿)|匹"
    r"|册|幅|份|张|块|片(?!区)|根(?!据|治)|支(?!出|付|持|部|队|教|农|援)|部(?!门|队|分|署)"
    r"|场(?!馆|所|地|站)|家(?!庭|禽|电|园|长|政)|村(?!级|庄|居|镇|民|医|干|务)|组(?!织)|学时|课时|床(?!位费)"
    r"|瓶|盒|箱|桶|袋|包|孔|井|根|盆|杆|只|天|日|小时|分钟|岁|倍|度(?!假)"
)
_BARE: Final = re.compile(
    rf"(?<![\d.〔\[第/\-≥≤><=])((?:19|20)\d{{2}})(?![\d.〕\]/\-年]|{_COUNTED})", re.I
)
# A plan has no other year, where the word does not stand behind it.
_PLANNED: Final = range(2000, 2060)
_FIELD: Final = re.compile(r"(?:[\u4e00-\u9fff]{0,4}年度|年份):((?:19|20)\d{2})年?(?:度)?$")
_FIELD_LABEL: Final = re.compile(
    r"(?:预算|申报|填报|计划|项目|绩效|所属|编制|资金)?年(?:度|份)|(?:预算|申报)所属年度"
)
_SERIES: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)")


def _in_digits(text: str) -> str:
    """二〇二六年 as 2026年."""
    return _IN_WORDS.sub(
        lambda found: "".join(_DIGITS.get(c, "0" if c in "oO" else c) for c in found[0]), text
    )


def year_with_word(text: str) -> int | None:
    """The year that a title names as one: ``2026年``, ``二〇二六年度``, ``申报年度：2026``.

    Of several years the one that is called 年度 is meant; of a range none.
    """
    text = _DOCUMENT.sub("", _in_digits(fold(text)))
    single = _SINGLE.findall(_RANGE.sub("", text))
    if not single:
        return field_year(text)
    return int(next((year for year, word in single if word), single[0][0]))


def field_year(text: str) -> int | None:
    """The year of a field that stands in one cell with its label: ``申报年度：2026``."""
    found = _FIELD.match(fold(text))
    return int(found[1]) if found else None


def first_of_range(text: str) -> int | None:
    """The first year of a title for several, which is the one that is planned now: 2026—2028年."""
    found = _RANGE.search(_in_digits(fold(text)))
    return int(found[1]) if found else None


def bare_year(text: str) -> int | None:
    """The one year that a title or the name of a file has without the word: （2026）, FY2026."""
    text = _RANGE.sub("", _SERIES.sub("", _DOCUMENT.sub("", fold(text))))
    years = {int(found) for found in _BARE.findall(text)}
    return year if len(years) == 1 and (year := years.pop()) in _PLANNED else None


def is_year_label(text: str) -> bool:
    """Whether a cell is the label of the plan year: ``预算年度``, ``申报年份：``."""
    return _FIELD_LABEL.fullmatch(fold(text).rstrip(":")) is not None


def is_year_alone(text: str) -> bool:
    """Whether a text is a year and nothing else: ``2026``, ``（2026年度）``, ``二〇二六年``."""
    return re.fullmatch(r"[#(]*(?:19|20)\d{2}年?度?\)?", _in_digits(fold(text))) is not None
