"""The formulas that read a result and score it, the same in Excel 2010, WPS and LibreOffice.

Beside every indicator stand the parts of its target, as they were read from its text, and the steps
of the arithmetic: the text of the result without what surrounds its number, the number, its unit,
the factor between both units. Nothing is guessed: what a step cannot read leaves the points blank,
and 提示 says what is asked for. Cells are given by name: ``actual``, the parts ``method``,
``sign``, ``low``, ``high`` and ``unit``, and the ``STEPS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perfgoals_xl.form.evaluation.scoring import BANDS, Method
from perfgoals_xl.form.evaluation.scoring_labels import EQUAL_WORDS, LIKELIHOODS, REVERSE_WORDS
from perfgoals_xl.form.evaluation.scoring_settings import Equal, Reverse

METHOD_WORDS: Final[Mapping[Method, str]] = {
    Method.POSITIVE: "正向",
    Method.REVERSE: "反向",
    Method.EQUAL: "定值",
    Method.DAY: "时间",
    Method.QUALITATIVE: "定性",
}
"""How the methods are called on the forms."""
YES: Final = "是"
NO: Final = "否"
STEPS: Final = (
    "cleaned", "text", "length", "number", "unit_of", "factor", "first_day", "last_day",
)  # fmt: skip
"""The hidden steps from the text of a result to its number or days, in order."""
UNIT_KEYS: Final = "PG_UNIT_KEYS"
UNIT_FACTORS: Final = "PG_UNIT_FACTORS"
BAND_LIST: Final = "PG_BANDS"
LONGEST_BAND: Final = max(BANDS, key=len)

_WIDE: Final = (("％", "%"), ("，", ","), ("（", "("), ("－", "-"), ("　", ""))
_DROPPED: Final = (",", " ", "约", "达到", "达", "实际", "共计", "共", "已", "完成", "为")
_DAY_SIGNS: Final = (("年", "-"), ("月", "-"), ("日", ""), ("号", ""), (".", "-"), ("/", "-"))
# Days as Excel counts them, and as eight digits, from 1990 to 2099.
_SERIALS: Final = (32874, 73050)
_PACKED: Final = (19900101, 20991231)
_QUALITATIVE = METHOD_WORDS[Method.QUALITATIVE]
_DAY = METHOD_WORDS[Method.DAY]
_REVERSE = METHOD_WORDS[Method.REVERSE]
_POSITIVE = METHOD_WORDS[Method.POSITIVE]
_EQUAL = METHOD_WORDS[Method.EQUAL]


def step_formulas(cells: Mapping[str, str]) -> dict[str, str]:
    """The formula of every step."""
    return {
        "cleaned": _cleaned(cells["actual"]),
        "text": _without_sign(cells["cleaned"]),
        "length": _length(cells["text"]),
        "number": _number(cells),
        "unit_of": _unit_of(cells),
        "factor": _factor(cells),
        "first_day": _first_day(cells),
        "last_day": _last_day(cells),
    }


def _substituted(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    return text


def _cleaned(actual: str) -> str:
    plain = _substituted(f"ASC(TRIM({actual}))", _WIDE)
    plain = _substituted(plain, tuple((word, "") for word in _DROPPED))
    return f'=IF(OR({actual}="",ISNUMBER({actual})),"",{plain})'


def _without_sign(cleaned: str) -> str:
    return f'=IF(LEFT({cleaned},1)="-",MID({cleaned},2,99),{cleaned})'


def _without_remark(text: str) -> str:
    """A text up to the bracket of a remark behind it."""
    return f'LEFT({text},FIND("(",{text}&"(")-1)'


def _unit_of(c: Mapping[str, str]) -> str:
    """What stands behind the number: the unit of the target, or what is no remark."""
    rest = f"MID({c['text']},{c['length']}+1,30)"
    # Some of the words that are dropped may be part of a unit: 座公共厕所.
    same = f"{rest}={_substituted(c['unit'], tuple((word, '') for word in _DROPPED))}"
    return (
        f'=IF(OR({c["actual"]}="",ISNUMBER({c["actual"]})),"",'
        f'IF({same},{c["unit"]}&"",{_without_remark(rest)}))'
    )


def _length(text: str) -> str:
    """How many characters of the text are its number: up to the first that is no digit."""
    words = _substituted(text, tuple((digit, "") for digit in "0123456789."))
    return f'=IF({words}="",LEN({text}),FIND(LEFT({words},1),{text})-1)'


def _number(c: Mapping[str, str]) -> str:
    digits = f"LEFT({c['text']},{c['length']})"
    one_point = f'LEN({digits})-LEN(SUBSTITUTE({digits},".",""))<2'
    signed = f'VALUE({digits})*IF(LEFT({c["cleaned"]},1)="-",-1,1)'
    return (
        f"=IF(ISNUMBER({c['actual']}),{c['actual']},"
        f'IF({c["length"]}=0,"",IF({one_point},IFERROR({signed},""),"")))'
    )


def _factor(c: Mapping[str, str]) -> str:
    """What to multiply the number by, so that it is in the unit of the target.

    A bare number beside a percentage is a share where it is no larger than 1 and far below it.
    """
    number, unit, own = c["number"], c["unit"], c["unit_of"]
    near = f'ABS(IF({c["high"]}="",{c["low"]},{c["high"]}))'
    shares = f"(ABS({number})<=1)=(ABS({number})*10<{near})"
    target_shares = f"({near}<=1)=({near}*10<ABS({number}))"
    return (
        f'=IF({number}="","",IF({own}={unit},1,'
        f'IF(AND({unit}="%",{own}=""),IF({shares},IF(ABS({number})<=1,100,1),""),'
        f'IF(AND({unit}="",{own}="%"),IF({target_shares},IF({near}<=1,0.01,1),""),'
        f'IF(OR({unit}="",{own}=""),1,'
        f'IFERROR(INDEX({UNIT_FACTORS},MATCH({unit}&"|"&{own},{UNIT_KEYS},0)),""))))))'
    )


def _day_parts(c: Mapping[str, str]) -> tuple[str, str, str]:
    text = _substituted(_without_remark(c["text"]), _DAY_SIGNS)
    end = f'FIND("-",{text}&"-",6)'
    return text, f"MID({text},6,{end}-6)", f"MID({text},{end}+1,2)"


def _first_day(c: Mapping[str, str]) -> str:
    actual = c["actual"]
    text, month, day = _day_parts(c)
    packed = f"DATE(INT({actual}/10000),MOD(INT({actual}/100),100),MOD({actual},100))"
    digits = f"VALUE({c['text']})"
    packed_text = f"DATE(INT({digits}/10000),MOD(INT({digits}/100),100),MOD({digits},100))"
    spelled = (
        f'IF(AND(MID({text},5,1)="-",VALUE({month})>=1,VALUE({month})<=12),'
        f'DATE(VALUE(LEFT({text},4)),VALUE({month}),IF({day}="",1,VALUE({day}))),"")'
    )
    return (
        f'=IF(OR({actual}="",{c["method"]}<>"{_DAY}"),"",IF(ISNUMBER({actual}),'
        f"IF(AND({actual}>={_SERIALS[0]},{actual}<={_SERIALS[1]}),INT({actual}),"
        f'IF(AND({actual}>={_PACKED[0]},{actual}<={_PACKED[1]}),{packed},"")),'
        f'IFERROR(IF(AND(LEN({c["text"]})=8,{c["length"]}=8),{packed_text},{spelled}),"")))'
    )


def _last_day(c: Mapping[str, str]) -> str:
    _, _, day = _day_parts(c)
    first = c["first_day"]
    exact = f"OR(ISNUMBER({c['actual']}),{c['length']}=8)"
    return (
        f'=IF({first}="","",IF({exact},{first},'
        f'IF({day}="",DATE(YEAR({first}),MONTH({first})+1,0),{first})))'
    )


def value_formula(c: Mapping[str, str]) -> str:
    """The result in the unit of the target, or its day."""
    return (
        f'=IF({c["method"]}="{_QUALITATIVE}","",IF({c["method"]}="{_DAY}",{c["last_day"]},'
        f'IF({c["factor"]}="","",ROUND({c["number"]}*{c["factor"]},8))))'
    )


def met_formula(c: Mapping[str, str]) -> str:
    """是 or 否, and nothing where it cannot be judged."""
    value, low, high = c["value"], c["low"], c["high"]
    first, last = c["first_day"], c["last_day"]
    above = f'OR({low}="",{value}>{low},AND({value}={low},{c["sign"]}<>">"))'
    below = f'OR({high}="",{value}<{high},AND({value}={high},{c["sign"]}<>"<"))'
    more = (
        f'AND({c["method"]}="{_EQUAL}",{c["sign"]}="",{low}={high},{value}>{high},'
        f'PG_EQUAL<>"{EQUAL_WORDS[Equal.ALL_OR_NOTHING]}")'
    )
    within = f'AND(OR({high}="",{last}<={high}),OR({low}="",{first}>={low}))'
    apart = f'OR(AND({high}<>"",{first}>{high}),AND({low}<>"",{last}<{low}))'
    return (
        f'=IF({value}="","",IF({c["method"]}="{_DAY}",'
        f'IF({within},"{YES}",IF({apart},"{NO}","")),'
        f'IF(OR(AND({above},{below}),{more}),"{YES}","{NO}")))'
    )


def band_formula(c: Mapping[str, str], kind: str) -> str:
    """A setting of the band that the result names (HIGH, LOW, SHARE), without "="."""
    names = ",".join(f"PG_BAND{number}_{kind}" for number in (1, 2, 3))
    return f"CHOOSE(MATCH(TRIM({c['actual']}),{BAND_LIST},0),{names})"


def points_formula(c: Mapping[str, str]) -> str:
    """The points by the settings; nothing where they cannot be computed."""
    value, low, high, weight = c["value"], c["low"], c["high"], c["weight"]
    floor = f"IF({value}>={low},1,IF({low}>0,MAX(0,{value}/{low}),0))"
    ratio = f'PG_REVERSE="{REVERSE_WORDS[Reverse.RATIO]}"'
    ceiling = (
        f"IF({value}<={high},1,IF({high}<=0,0,IF({ratio},{high}/{value},MAX(0,2-{value}/{high}))))"
    )
    equal = (
        f"IF(AND({value}>={low},{value}<={high}),1,"
        f'IF(PG_EQUAL="{EQUAL_WORDS[Equal.ALL_OR_NOTHING]}",0,IF({value}<{low},{floor},'
        f'IF(AND({c["sign"]}="",{low}={high}),1,{ceiling}))))'
    )
    share = (
        f'IF({c["method"]}="{_POSITIVE}",{floor},IF({c["method"]}="{_REVERSE}",{ceiling},{equal}))'
    )
    return (
        f'=IF(OR({c["actual"]}="",{weight}=""),"",IFERROR('
        f'IF({c["method"]}="{_QUALITATIVE}",'
        f"ROUND({weight}*{band_formula(c, 'SHARE')}/100,PG_PLACES),"
        f'IF({c["method"]}="{_DAY}",IF({c["met"]}="{YES}",{weight},IF({c["met"]}="{NO}",0,"")),'
        f'IF({value}="","",ROUND({weight}*{share},PG_PLACES)))),""))'
    )


def without_points(weights: str, points: str) -> str:
    """How many indicators that have a weight have no points yet, without "="."""
    return f"SUMPRODUCT(ISNUMBER({weights})*({weights}<>0)*(1-ISNUMBER({points})))"


def lacks_reason(c: Mapping[str, str]) -> str:
    """Whether a deviation stands without a reason, without "="."""
    less = f"AND(ISNUMBER({c['points']}),ISNUMBER({c['weight']}),{c['points']}<{c['weight']})"
    return f'AND({c["reason"]}="",OR({c["met"]}="{NO}",{less}))'


def outside_band(c: Mapping[str, str]) -> str:
    """Whether typed points lie outside what the weight or the band allows, without "="."""
    points, weight = c["points"], c["weight"]
    band = (
        f'AND({c["method"]}="{_QUALITATIVE}",IFERROR(OR('
        f"{points}>{weight}*{band_formula(c, 'HIGH')}/100,"
        f"{points}<{weight}*{band_formula(c, 'LOW')}/100),FALSE))"
    )
    return f"AND(ISNUMBER({points}),OR({points}<0,{points}>{weight},{band}))"


def far_over(c: Mapping[str, str]) -> str:
    """Whether the result is far over a target that asks for at least so much, without "="."""
    asked = f'OR({c["method"]}="{_POSITIVE}",AND({c["method"]}="{_EQUAL}",{c["sign"]}=""))'
    value, low = c["value"], c["low"]
    return f"AND({asked},ISNUMBER({value}),N({low})>0,{value}>N({low})*PG_FAR_OVER/100)"


def hint_formula(c: Mapping[str, str]) -> str:
    """What is still to be done about an indicator of a 自评表."""
    unread = (
        f'IF({c["method"]}="{_QUALITATIVE}","请选档次，或直接填得分",'
        f'IF({c["method"]}="{_DAY}","请写明年月日",'
        f'IF({c["number"]}="","请以数字开头，或直接填得分","单位不同或不明，请写明单位")))'
    )
    blank = f'IF({c["method"]}="{_QUALITATIVE}","请选完成档次","请填实际完成值")'
    return (
        f'=IF(OR({c["name"]}="",{c["weight"]}=""),"",'
        f'IF({c["target"]}<>{c["target_copy"]},"指标值改过，请核对右边各栏",'
        f'IF({c["actual"]}="",{blank},IF({c["points"]}="",{unread},'
        f'IF({outside_band(c)},"得分超出分值或档次",'
        f'IF({lacks_reason(c)},"请写偏差原因",IF({far_over(c)},"远超指标值，请说明","")))))))'
    )


def rate_formula(c: Mapping[str, str]) -> str:
    """What was done, in per cent of what the months ask for; a kept ceiling is 100."""
    value = c["value"]
    part = f'IF({c["grows"]}="{YES}",PG_MONTH/12,1)'
    low, high = f"({c['low']}*{part})", f"({c['high']}*{part})"
    ceiling = f"IF({value}<={high},100,IF({high}<=0,0,{high}/{value}*100))"
    floor = f"IF({low}<=0,IF({value}>={low},100,0),{value}/{low}*100)"
    return (
        f'=IF(OR({value}="",{c["method"]}="{_DAY}"),"",'
        f'ROUND(IF({c["method"]}="{_REVERSE}",{ceiling},{floor}),6))'
    )


def light_formula(c: Mapping[str, str]) -> str:
    """The light of an indicator of a 监控表."""
    rate = c["rate"]
    by_rate = (
        f'IF({rate}<PG_LIGHT_RED,"红灯",IF({rate}<PG_LIGHT_YELLOW,"黄灯",'
        f'IF({rate}<=PG_LIGHT_GREEN,"绿灯","蓝灯")))'
    )
    by_day = f'IF({c["met"]}="{YES}","绿灯",IF({c["met"]}="{NO}","红灯",""))'
    return f'=IF({c["method"]}="{_DAY}",{by_day},IF({rate}="","",{by_rate}))'


def worst_formula(area: str) -> str:
    """The worst light of an area."""
    return (
        f'=IF(COUNTIF({area},"红灯")>0,"红灯",IF(COUNTIF({area},"黄灯")>0,"黄灯",'
        f'IF(COUNTIF({area},"蓝灯")>0,"蓝灯",IF(COUNTIF({area},"绿灯")>0,"绿灯",""))))'
    )


def warned_without_reason(c: Mapping[str, str]) -> str:
    """Whether a warning, or a forecast that misses the target, has no reason, without "="."""
    warned = f'OR({c["light"]}="红灯",{c["light"]}="黄灯",{c["forecast_met"]}="{NO}")'
    return f'AND({c["reason"]}="",{warned})'


def sure_of_a_miss(c: Mapping[str, str]) -> str:
    """Whether a target is said to be met for sure that the forecast misses, without "="."""
    return f'AND({c["likely"]}="{LIKELIHOODS[0]}",{c["forecast_met"]}="{NO}")'


def monitoring_hint(c: Mapping[str, str]) -> str:
    """What is still to be done about an indicator of a 监控表.

    A day that has not come is left blank beside a forecast.
    """
    unread = (
        f'IF({c["method"]}="{_DAY}","请写明年月日",'
        f'IF({c["number"]}="","请以数字开头","单位不同或不明，请写明单位"))'
    )
    is_unread = f'AND({c["actual"]}<>"",{c["method"]}<>"{_QUALITATIVE}",{c["value"]}="")'
    is_open = f'AND({c["actual"]}="",OR({c["method"]}<>"{_DAY}",{c["forecast"]}=""))'
    return (
        f'=IF({c["name"]}="","",IF({c["target"]}<>{c["target_copy"]},"指标值改过，请核对右边各栏",'
        f'IF({is_open},"请填完成值",IF({is_unread},{unread},'
        f'IF({sure_of_a_miss(c)},"预计完不成，却写确定能",'
        f'IF({warned_without_reason(c)},"请写偏差原因",""))))))'
    )
