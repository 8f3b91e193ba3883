"""What the figures in a goal's text say: amounts with the part they play, counts and rates.

An amount is this year's budget, a part of it, one source of it, a price for each of something, the
money of another year or of several years together, or something else that the text does not say.
The reading never guesses: what does not fit the wording of a budget stays ``OTHER``.

Amounts are in 元.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from perfgoals_xl.form.amounts import UNIT_IN_YUAN
from perfgoals_xl.form.measures import POWERS
from perfgoals_xl.review.evidence.goals.goal_text import GoalText, goal_text
from perfgoals_xl.review.evidence.years import Voice, claims


class Role(StrEnum):
    """What an amount in a goal is."""

    BUDGET = "budget"  # this year's money of the project
    PART = "part"  # a part of it
    SOURCE = "source"  # what one source of funds gives
    TOTAL = "total"  # several years together
    OTHER_YEAR = "other_year"
    UNIT_PRICE = "unit_price"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in a goal, in 元. ``slack`` is how far 约 lets it be off."""

    yuan: Decimal
    written: str
    role: Role
    subject: str
    start: int
    end: int
    slack: Decimal = Decimal(0)
    bound: str = ""
    names_year: bool = False  # said of a year, not of the project as a whole


@dataclass(frozen=True, slots=True)
class Figure:
    """A count or a rate in a goal.

    ``subject`` is the stretch of text it stands in; ``is_elsewhere`` says that it is told of
    another year, of several years or of what is there already, and so is no aim of this year.
    """

    number: Decimal
    unit: str
    written: str
    subject: str
    start: int
    bound: str = ""
    is_range: bool = False
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class GoalReading:
    """The figures of a goal, in the order of its text."""

    text: str
    amounts: tuple[Amount, ...]
    figures: tuple[Figure, ...]

    def of(self, *roles: Role) -> list[Amount]:
        """The amounts that play one of these parts."""
        return [amount for amount in self.amounts if amount.role in roles]

    @property
    def has_figure(self) -> bool:
        """Whether the goal states any figure, in digits or in Chinese numerals."""
        return bool(self.amounts or self.figures or _NUMERAL.search(self.text))


_NUMBER = r"(?<![\dA-Za-z.])(?P<number>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)(?!\d)"
_AMOUNT = re.compile(
    rf"{_NUMBER}(?P<about>[余多来几])?(?P<unit>[百千]?[万亿]?元|[百千]?[万亿]"
    r"(?=[,;。)、\n]|左右|以[内上下]|资金|经费|预算|的|用于|$))(?![/每])"
)
_UNITS = (
    *("个百分点", "百分点", "平方公里", "平方米", "立方米", "公里", "千米", "公顷", "公斤", "千克"),
    *("吨", "亩", "米", "千瓦时", "千瓦", "兆瓦", "km2", "m2", "m3", "km", "%"),
    *("人次", "人天", "场次", "台套", "台次", "批次", "床位", "学时", "课时"),
    *"株个名人户家所处座项条场次期台套辆间眼口件份篇部册本张批届支种类栋幢块盏棵头只组班节门枚起例宗村镇乡校车位尾羽粒瓶袋盒桶幅架艘副顶箱孔樘",
    *("小时", "分钟", "天", "个工作日", "工作日", "个月"),
)
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
# The 千 of 千瓦时 is no thousand, the 百 of 百分点 no hundred.
_FIGURE = re.compile(
    rf"{_NUMBER}(?P<scale>[余多来]?(?:(?!千[瓦米克]|百分点)[十百千万亿]){{0,2}})(?P<about>[余多来几])?"
    rf"(?P<unit>{_UNIT})?"
)
_DURATIONS = frozenset({"小时", "分钟", "天", "个工作日", "工作日", "个月"})
_NUMERAL = re.compile(
    r"(?<!第)(?:百分之[一二三四五六七八九十百]"
    r"|[二两三四五六七八九十百千]{1,6}(?:个|名|户|家|所|处|座|场|条|台|套|辆|公里|亩|人次|件|份|篇)"
    r"(?!代表|维护|意识|一|自信|全面|确保|坚持|必须))"
)
_AT_LEAST = re.compile(r"(?:不少于|不低于|不小于|至少|≥|>=|>|(?<!不)(?:大于|大于等于|超过))$")
_AT_MOST = re.compile(r"(?:不超过|不高于|不多于|不大于|控制在|≤|<=|<|小于|低于)$")
_REACHES = re.compile(r"(?:达到?|提高到|提升到|保持在|稳定在)$")
# What is there already, or is told of more than this year.
_ELSEWHERE = re.compile(
    r"现有|已有|原有|共有|目前|截至|截止|已(?:建成|完成|投入|开展|[新改扩]建|改造|培训|发放|安装|维修|治理|铺设|购置|配备|实施|栽植|救助)|累计|三年|五年|十[三四五六]五|规划期"
    r"|上一?年|去年|往年|历年"
)
_ABOUT = re.compile(r"(?:约|大约|近|约为|预计约)$")
_RANGE = re.compile(r"\d[%万亿个元]*[-—–~至到]$")

# Characters; what stands further from a figure says nothing about it.
_REACH = 300
_CLAUSE = re.compile(r"[,;。:!?\n]")
_STRETCH = re.compile(r"[,;。:、!?\n()]")
_SENTENCE = re.compile(r"[。!?\n]")

# Money of the whole project or year: the words between the verb and the number may only be these.
_MONEY_WORDS = (
    r"(?:财政|预算|专项|项目|补助|年度|总|全部|部门|所需|的)*(?:资金|经费|预算|费用|支出)?"
)
_LINK = r"(?:总额|总量|总计|共计|合计|总共|共)?(?:大约|约为|约|为|是|达到?|不超过|控制在|:)?$"
# What may stand in front of the verb in its clause, besides a project's name.
_OPENING = (
    r"^(?:[^,;]*项目)?(?:本|该|各|我[局厅委办]|我?单位|部门|中心|年度?|全年|今年|当年|□|预算|总体|主要|目标"
    r"|绩效|任务|是|为|:|计划|预计|拟|将|共|总计?|合计|由|财政|用于)*"
)
_BUDGET_VERB = re.compile(
    rf"{_OPENING}(?:(?:投入|安排|申请|申报|下达|批复|核定|列支){_MONEY_WORDS}"
    rf"|(?:所需|共需|需要?)(?:财政|预算|专项|项目)*(?:资金|经费|预算)){_LINK}"
)
_BUDGET_NOUN = re.compile(
    r"(?:本年度?|年度|今年|当年|全年|□(?:年度?)?|本项目|该项目|^项目)(?:的|总|财政|部门|专项|年度|项目)*"
    rf"(?:预算|资金|经费)(?:资金|总额|金额|总金额|规模)?{_LINK}"
)
_SCOPE = re.compile(r"本年|年度|今年|当年|全年|□|项目|计划|预计|拟|总计|共计|合计|总|共|预算")
_NOT_SCOPE = re.compile(r"其中|(?:^|[^针相面])[对向给](?!接)|争取|自筹|筹集")
# A year that is blanked is longer than the number of an item: 1.安排资金50万元；2.….
_SHORT_BLANK = re.compile(r"(?<!□)□{1,3}(?!□)")
_YEAR_WORDS = re.compile(r"本年|年度|今年|当年|全年|□")
_UNIT_PRICE = re.compile(
    r"每(?!年|月|季|周|天|日)|人均|户均|亩均|平均|单价|均价|(?<!高)标准(?![化地厂农间田])"
)
_PER = re.compile(r"^(?:/|每|一(?:人|户|个|家|台))")
_LAST_YEAR = re.compile(r"上一?年|去年|往年|前[一二三两]年|历年|以前年度|明年|下年|次年")
_YEARS_TOGETHER = re.compile(
    r"[二两三四五六七八九十\d]年(?:内|间|共|总|期|累计)|总投资|累计|十[三四五六]五|规划期|项目期|建设期"
)
_SOURCE = re.compile(
    r"(?:中央|自治区|省级?|市级|县级|区级|本级|上级|地方|一般债券?|专项债券?|债券|国债|配套|结转|结余|自筹"
    r"|社会|企业)(?:财政|补助|专项|转移支付|预算|配套|衔接|奖补|拨款)*(?:资金|经费|投资|拨款)?"
    r"(?:约|为|共)?$"
)
# Behind the name of a grant it says who pays it, not where the money comes from: 养老金县级补助.
_GRANT = re.compile(r"(?:(?<!资)金|(?<!经)费|保险|补贴|津贴|低保|救助|供养|助学|营养餐)$")
_OTHER_MONEY = re.compile(
    r"带动|撬动|拉动|引导|吸引|社会资本|贷款|产值|收入|增收|损失|效益|利润|税收|交易|销售|签约|赔付|保额"
    r"|营业|罚款|节约|节省|减免|贡献|规模以上"
)


@lru_cache(maxsize=2048)
def read_goal(goal: str, year: int | None) -> GoalReading:
    """The figures of a goal; ``year`` is the year of its budget, None where it is not known."""
    text = goal_text(goal)
    if text.years and year is not None:
        # Last year's goal left over: what it says is said of this year.
        left_over = {claim.first for claim in claims(goal, year, Voice.GOAL)}
        years = tuple(named for named in text.years if named[1] not in left_over)
        text = text._replace(years=years)
    found = list(_AMOUNT.finditer(text.figures))
    amounts: list[Amount] = []
    has_budget = False
    for number, match in enumerate(found):
        before = found[number - 1].end() if number else 0
        amount = _amount(text, match, before, year, has_budget)
        has_budget = has_budget or amount.role is Role.BUDGET
        amounts.append(amount)
    taken = {at for match in found for at in range(match.start(), match.end())}
    figures = tuple(
        _figure(text, match, year)
        for match in _FIGURE.finditer(text.figures)
        if match.start() not in taken
    )
    return GoalReading(text.figures, tuple(amounts), figures)


def is_duration(figure: Figure) -> bool:
    """Whether a figure is a length of time."""
    return figure.unit in _DURATIONS


def _amount(
    text: GoalText, match: re.Match[str], before: int, year: int | None, has_budget: bool
) -> Amount:
    figures, start, end = text.figures, match.start(), match.end()
    clause = _left_of(figures, start, _CLAUSE)
    bound, about = _bound(clause, figures[end : end + 3])
    number = Decimal(match["number"].replace(",", ""))
    factor = UNIT_IN_YUAN[match["unit"]]
    exponent = number.as_tuple().exponent
    slack = Decimal(0)
    if match["about"]:
        slack = number * factor / 5
    elif about:
        # 约5.3万元 is rounded: off by half a unit of its last digit at most.
        slack = Decimal(5).scaleb(int(exponent) - 1) * factor
    role = _role(text, start, end, year, has_budget)
    return Amount(
        yuan=number * factor,
        written=match[0],
        role=role,
        subject=_subject(figures, before, start, end),
        start=start,
        end=end,
        slack=slack,
        bound=bound,
        names_year=_YEAR_WORDS.search(_left_of(figures, start, _SENTENCE)) is not None,
    )


def _role(text: GoalText, start: int, end: int, year: int | None, has_budget: bool) -> Role:
    figures = text.figures
    clause = _left_of(figures, start, _CLAUSE)
    inner = clause.rpartition("(")[2] if "(" in clause and ")" not in clause else clause
    sentence = _left_of(figures, start, _SENTENCE)
    if _UNIT_PRICE.search(clause) or _PER.match(figures[end : end + 3]):
        return Role.UNIT_PRICE
    if _RANGE.search(figures[max(0, start - 6) : start]):
        return Role.OTHER
    if _OTHER_MONEY.search(clause):
        return Role.OTHER
    named = _years_in(text, start - len(sentence), start)
    if _LAST_YEAR.search(clause):
        return Role.OTHER_YEAR
    in_clause = [told for at, told in named if at >= start - len(clause)]
    if len(in_clause) > 1 or _YEARS_TOGETHER.search(clause):
        return Role.TOTAL
    if named and year is not None and named[-1][1] != year:
        return Role.OTHER_YEAR
    source = _SOURCE.search(inner)
    if source is not None and _GRANT.search(inner, 0, source.start()) is None:
        return Role.SOURCE
    if _is_budget(inner, sentence):
        return Role.BUDGET
    return Role.PART if has_budget else Role.OTHER


def _is_budget(clause: str, sentence: str) -> bool:
    clause, sentence = _SHORT_BLANK.sub("", clause), _SHORT_BLANK.sub("", sentence)
    if _NOT_SCOPE.search(clause):
        return False
    if _BUDGET_NOUN.search(clause):
        return True
    return _BUDGET_VERB.search(clause) is not None and _SCOPE.search(sentence) is not None


def _subject(figures: str, before: int, start: int, end: int) -> str:
    """What an amount is for: the words in front of it, or behind it where there are none."""
    left = _left_of(figures[before:start].rstrip("约近大("), start - before, _CLAUSE)
    left = left.strip("()、和及与约近□")
    left = re.sub(r"^(?:其中|包括|包含|用于|主要用于|分别用于|安排|投入)+", "", left)
    if len(left) >= 2:
        return left
    right = _right_of(figures, end)
    return re.sub(r"^(?:主要|分别)?(?:用于|作为|开展|支付|资金|经费)+", "", right)


def _left_of(text: str, start: int, stop: re.Pattern[str]) -> str:
    """The text from the last ``stop`` in front of ``start`` up to it."""
    ends = _ends(text, stop)
    before = bisect_right(ends, start)
    return text[max(ends[before - 1] if before else 0, start - _REACH) : start]


def _right_of(text: str, end: int) -> str:
    """The text from ``end`` to where its stretch ends."""
    cut = _STRETCH.search(text, end, end + _REACH)
    return text[end : cut.start() if cut else end + _REACH]


@lru_cache(maxsize=8)
def _ends(text: str, stop: re.Pattern[str]) -> list[int]:
    """Where the marks that ``stop`` finds end: a long goal is asked for them at every figure."""
    return [found.end() for found in stop.finditer(text)]


def _years_in(text: GoalText, start: int, end: int) -> Sequence[tuple[int, int]]:
    """The years that a goal names between two places, with where they stand."""
    return text.years[bisect_left(text.years, (start,)) : bisect_left(text.years, (end,))]


def _bound(left: str, right: str) -> tuple[str, bool]:
    about = _ABOUT.search(left) is not None or right.startswith("左右")
    if _AT_LEAST.search(left) or right.startswith(("以上", "及以")):
        return "≥", about
    if _AT_MOST.search(left) or right.startswith(("以内", "以下", "之内")):
        return "≤", about
    return "", about


def _figure(text: GoalText, match: re.Match[str], year: int | None) -> Figure:
    figures, start, end = text.figures, match.start(), match.end()
    number = Decimal(match["number"].replace(",", ""))
    for sign in match["scale"]:
        number = number.scaleb(POWERS.get(sign, 0))
    bound, about = _bound(figures[max(0, start - 5) : start], figures[end : end + 3])
    if about or match["about"] or match["scale"][:1] in ("余", "多", "来"):
        bound = bound or "≈"
    stretch = _left_of(figures, start, _STRETCH) + figures[start:end] + _right_of(figures, end)
    is_range = _RANGE.search(figures[max(0, start - 6) : start]) is not None or (
        re.match(r"[-—–~至到]\d", figures[end : end + 2]) is not None
    )
    if not bound and match["unit"] == "%" and _REACHES.search(figures[max(0, start - 4) : start]):
        bound = "≥"
    return Figure(
        number,
        match["unit"] or "",
        match[0],
        stretch,
        start,
        bound,
        is_range,
        is_elsewhere=_is_elsewhere(text, start, year),
    )


def _is_elsewhere(text: GoalText, start: int, year: int | None) -> bool:
    if _ELSEWHERE.search(_left_of(text.figures, start, _CLAUSE)):
        return True
    sentence = start - len(_left_of(text.figures, start, _SENTENCE))
    named = _years_in(text, sentence, start)
    return bool(named) and year is not None and named[-1][1] != year


def holds(parts: Sequence[Decimal], aim: Decimal) -> bool:
    """Whether amounts listed in order make ``aim``.

    An amount may be followed by what it is made of, which then does not count again, and the whole
    may be listed twice, by source and by use.
    """
    reached: list[set[Decimal]] = [set() for _ in range(len(parts) + 1)]
    reached[0].add(Decimal(0))
    for i, part in enumerate(parts):
        inner, ends = Decimal(0), [i + 1]
        for j in range(i + 1, len(parts)):
            inner += parts[j]
            if inner == part:
                ends.append(j + 1)
            elif inner > part:
                break
        for total in reached[i]:
            # A second listing begins where the first is complete.
            base = Decimal(0) if total == aim else total
            for end in ends:
                reached[end].add(base + part)
    return aim in reached[-1]
