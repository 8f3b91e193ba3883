"""The words of the workbooks that are made for 自评 and 监控: for their writers and readers.

The sheet 评分设置 is a table of 设置项 and 值: one row per setting, whose label names it. Each
value is also a cell with a name of its own, which the formulas of the forms use.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from perfgoals_xl.form.evaluation.scoring_settings import (
    DEFAULT_SCORING,
    HUNDRED,
    Equal,
    Reverse,
    Scoring,
    scoring_of,
)
from perfgoals_xl.form.text import fold

SETTINGS_SHEET: Final = "评分设置"
ABOUT_SHEET: Final = "说明"
OVERVIEW_SHEET: Final = "汇总"
LISTS_SHEET: Final = "字典"
SETTINGS_HEADINGS: Final = ("设置项", "值", "说明")
EVALUATION_TITLE: Final = "项目支出绩效自评表"
MONITORING_TITLE: Final = "项目支出绩效运行监控表"

REVERSE_WORDS: Final[Mapping[Reverse, str]] = {
    Reverse.LINEAR: "线性递减",
    Reverse.RATIO: "按比值",
}
"""How the two ways to score a broken ceiling are called."""
EQUAL_WORDS: Final[Mapping[Equal, str]] = {
    Equal.PROPORTION: "按比例",
    Equal.ALL_OR_NOTHING: "全有或全无",
}
"""How the two ways to score a target that is to be met exactly are called."""

REASONS: Final = (
    "预算调整",
    "政策变化",
    "工作任务调整",
    "项目实施进度滞后",
    "资金拨付不及时",
    "采购或招标延迟",
    "不可抗力",
    "年初指标值设定偏高",
    "年初指标值设定偏低",
)
"""What a deviation is often put down to; any other text may be typed."""
MONITORING_REASONS: Final = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
"""The causes that 监控表 ask for; any other text may be typed."""
LIKELIHOODS: Final = ("确定能", "有可能", "完全不可能")
"""What is said of whether the year's target will be met."""
UNFINISHED: Final = "未填完"
"""In place of a total of which a part is missing."""


class SettingLine(NamedTuple):
    """One setting on the sheet: its label, the name of its cell, what it says now, and what it is.

    ``options`` are the words to choose from, where it is no number; ``formula`` what gives the
    value as long as nobody types another.
    """

    label: str
    name: str
    value: Decimal | str
    told: str
    options: tuple[str, ...] = ()
    formula: str = ""


_BAND_WORDS = ("第一档", "第二档", "第三档")
_GRADE_WORDS = ("优", "良", "中")
_LIGHT_LINES = (
    ("红灯上限（%）", "PG_LIGHT_RED", "低于序时应完成的这个百分比为红灯。"),
    ("黄灯上限（%）", "PG_LIGHT_YELLOW", "不为红灯、低于这个百分比为黄灯。"),
    ("绿灯上限（%）", "PG_LIGHT_GREEN", "不为红、黄灯，到这个百分比为绿灯，超过为蓝灯。"),
)
_WITH_COST, _WITHOUT = "有成本指标时·", "无成本指标时·"


def setting_lines(scoring: Scoring) -> list[SettingLine]:
    """The settings as the sheet lists them."""
    lines = [
        SettingLine(
            "预算执行率分值",
            "PG_EXECUTION_POINTS",
            scoring.execution_points,
            "全年执行数 ÷ 全年预算数 × 分值，最多得满分。改这里会改变各表预算执行率的分值。",
        ),
        SettingLine(
            "反向指标未达标时",
            "PG_REVERSE",
            REVERSE_WORDS[scoring.reverse],
            "“线性递减”：得分 = 分值 ×（2 − 完成值 ÷ 指标值），到两倍为 0；"
            "“按比值”：得分 = 分值 × 指标值 ÷ 完成值。",
            tuple(REVERSE_WORDS.values()),
        ),
        SettingLine(
            "定值指标未达标时",
            "PG_EQUAL",
            EQUAL_WORDS[scoring.equal],
            "“按比例”：不足时按完成值 ÷ 指标值，超过时没有符号的得满分、写“=”的和区间按反向指标；"
            "“全有或全无”：正好达到得满分，否则 0 分。",
            tuple(EQUAL_WORDS.values()),
        ),
    ]
    for number, (word, (high, low)) in enumerate(
        zip(_BAND_WORDS, scoring.bands, strict=True), start=1
    ):
        told = f"定性指标{word}的得分比例"
        lines += [
            SettingLine(f"定性{word}上限（%）", f"PG_BAND{number}_HIGH", high, f"{told}，不高于。"),
            SettingLine(f"定性{word}下限（%）", f"PG_BAND{number}_LOW", low, f"{told}，不低于。"),
            SettingLine(
                f"定性{word}自动取（%）",
                f"PG_BAND{number}_SHARE",
                scoring.band_share(number - 1),
                "选了这一档、没有另填得分时的得分比例：第一档取上限，其他取上下限的中间。",
                formula=_share_formula(number),
            ),
        ]
    lines += [
        SettingLine(f"{word}（总分不低于）", f"PG_GRADE{number}", least, f"总分达到为“{word}”。")
        for number, (word, least) in enumerate(
            zip(_GRADE_WORDS, scoring.grades, strict=True), start=1
        )
    ]
    lines += [
        SettingLine(label, name, limit, told)
        for (label, name, told), limit in zip(_LIGHT_LINES, scoring.lights, strict=True)
    ]
    lines += [
        SettingLine(
            "执行率提示线（%）",
            "PG_EXECUTION_EXPECTED",
            scoring.execution_expected,
            "预算执行率低于它时应说明原因。",
        ),
        SettingLine(
            "超额提示线（%）",
            "PG_FAR_OVER",
            scoring.far_over,
            "完成值超过指标值的这个百分比时，提示指标值可能偏低。",
        ),
        SettingLine(
            "得分小数位数", "PG_PLACES", Decimal(scoring.places), "得分四舍五入到几位小数。"
        ),
        SettingLine(
            "分值最小单位", "PG_STEP", scoring.step, "生成表格时分配分值用，生成后改它不影响分值。"
        ),
    ]
    for prefix, levels in (
        (_WITH_COST, scoring.levels_with_cost),
        (_WITHOUT, scoring.levels),
    ):
        lines += [
            SettingLine(
                f"{prefix}{level}",
                f"PG_POINTS_{'A' if prefix == _WITH_COST else 'B'}{number}",
                points,
                "生成表格时分配分值用，生成后改它不影响分值。",
            )
            for number, (level, points) in enumerate(levels.items(), start=1)
        ]
    return lines


def _share_formula(band: int) -> str:
    """What a band gives by itself, as :meth:`Scoring.band_share` has it."""
    high, low = f"PG_BAND{band}_HIGH", f"PG_BAND{band}_LOW"
    return f"={high}" if band == 1 else f"=({high}+{low})/2"


def scoring_of_labels(values: Mapping[str, object]) -> Scoring:
    """The settings that a sheet 评分设置 says: what stands beside each label.

    A label that is no setting, and a blank, is passed over: those are as by default. Raises
    ValueError, in Chinese, for a value that is none, and for settings that contradict themselves.
    """
    said = {
        fold(label): value for label, value in values.items() if value is not None and value != ""
    }

    def number(label: str, default: Decimal) -> Decimal:
        value = said.get(fold(label), default)
        try:
            read = Decimal(fold(str(value)).removesuffix("%"))
        except InvalidOperation:
            raise ValueError(f"{label}：{value!r} 不是数字") from None
        return read

    def word(label: str, words: Mapping[Any, str], default: Any) -> Any:
        value = fold(str(said.get(fold(label), words[default])))
        for choice, own in words.items():
            if value == own:
                return choice
        raise ValueError(f"{label}：{value!r} 不是 {'、'.join(words.values())} 之一")

    default = DEFAULT_SCORING
    levels: dict[str, dict[str, Decimal]] = {_WITH_COST: {}, _WITHOUT: {}}
    for label in said:
        for prefix, found in levels.items():
            if label.startswith(prefix):
                found[label.removeprefix(prefix)] = number(label, HUNDRED)
    chosen: dict[str, Any] = {
        "execution_points": number("预算执行率分值", default.execution_points),
        "reverse": word("反向指标未达标时", REVERSE_WORDS, default.reverse),
        "equal": word("定值指标未达标时", EQUAL_WORDS, default.equal),
        "bands": tuple(
            (number(f"定性{name}上限（%）", high), number(f"定性{name}下限（%）", low))
            for name, (high, low) in zip(_BAND_WORDS, default.bands, strict=True)
        ),
        "grades": tuple(
            number(f"{name}（总分不低于）", least)
            for name, least in zip(_GRADE_WORDS, default.grades, strict=True)
        ),
        "lights": tuple(
            number(label, limit)
            for (label, _, _), limit in zip(_LIGHT_LINES, default.lights, strict=True)
        ),
        "execution_expected": number("执行率提示线（%）", default.execution_expected),
        "far_over": number("超额提示线（%）", default.far_over),
        "places": number("得分小数位数", Decimal(default.places)),
        "step": number("分值最小单位", default.step),
    }
    if levels[_WITH_COST]:
        chosen["levels_with_cost"] = levels[_WITH_COST]
    if levels[_WITHOUT]:
        chosen["levels"] = levels[_WITHOUT]
    return scoring_of(chosen)
