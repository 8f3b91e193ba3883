"""The columns of an indicator table: what each holds and how it is headed."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.layouts.content import Item, Value
from tests.support.layouts.features import Layout
from tests.support.layouts.levels import level_columns
from tests.support.layouts.words import decorated, label, word

SIGN_WORDS = {
    "≥": ("大于等于", "不低于", "不少于", "大于或等于"),
    "≤": ("小于等于", "不高于", "不超过", "小于或等于"),
    "=": ("等于", "等于"),
    "": ("等于", "="),
}
_HALF = {"≥": ">=", "≤": "<=", "=": "="}
# What the parts of a value may be called together, where a heading stands over them.
_OVER_VALUE = ("指标值", "目标值", "年度指标值")


@dataclass(frozen=True)
class Column:
    """A column: the part that it holds, its heading, and the heading over it, if one is."""

    part: str
    heading: str
    over: str = ""


def table_columns(layout: Layout, year: int) -> list[Column]:
    """The columns of the table from left to right."""
    if layout["time"] == "halves":
        return _halves(layout)
    found = [_level(layout, part) for part in level_columns(layout)]
    if layout["ordinals"] == "column":
        found.insert(layout.rng("ordinals").choice((0, len(found))), Column("ordinal", "序号"))
    found.append(Column("name", label(layout, "level3", column=True)))
    if layout["beside"] == "weight_first":
        found.append(Column("weight", label(layout, "weight", column=True)))
    found += _nature(layout)
    found += _values(layout, year)
    found += _beside(layout)
    return found


def _level(layout: Layout, part: str) -> Column:
    if part == "joined":
        texts = ("指标分类", "指标类型", "一级、二级指标", "一级指标/二级指标", "指标类别")
        return Column(part, layout.rng("joined heading").choice(texts))
    return Column(part, label(layout, part, column=True))


def _nature(layout: Layout) -> list[Column]:
    if layout["nature"] == "none" or signs_in_nature(layout):
        return []
    return [Column(layout["nature"], label(layout, layout["nature"], column=True))]


def signs_in_nature(layout: Layout) -> bool:
    """Whether the signs stand in the column 指标性质 (定性 where there is none), as in Sichuan."""
    if layout["nature"] != "nature" or layout["values"] not in ("split", "sign_value"):
        return False
    return layout.rng("nature").random() < 0.5


def _values(layout: Layout, year: int) -> list[Column]:
    timed = layout["time"] != "annual"
    whole = label(layout, "target_value", column=True, timed=timed)
    if layout["time"] == "years":
        return _years(layout, year)
    over = layout.rng("over").choice(_OVER_VALUE) if layout["header"] != "one" else ""
    operator = "nature" if signs_in_nature(layout) else "operator"
    sign = Column("sign", label(layout, operator, column=True), over)
    unit = Column("unit", label(layout, "unit", column=True), over)
    number = label(layout, "number", column=True)
    found = {
        "whole": [Column("value", whole)],
        "format": [Column("value", whole)],
        "split": [sign, Column("number", number, over), unit],
        "number_unit": [Column("signed", number, over), unit],
        "sign_value": [sign, Column("united", number, over)],
    }[layout["values"]]
    if layout["time"] == "extra":
        period = Column("period", label(layout, "period_value", column=True))
        first = layout.rng("extra").random() < 0.5
        found = [period, *found] if first else [*found, period]
    return found


def _years(layout: Layout, year: int) -> list[Column]:
    """Last year's value beside the year's, each headed by its year."""
    called = word(layout, "target_value").partition("（")[0]
    for time in ("年度", "全年", "年初", "当年"):
        called = called.removeprefix(time)
    if layout["header"] == "one":
        return [Column("last", f"{year - 1}年{called}"), Column("value", f"{year}年{called}")]
    last, this = f"{year - 1}年", f"{year}年"
    return [Column("last", last, called), Column("value", this, called)]


def _beside(layout: Layout) -> list[Column]:
    names = {
        "none": (),
        "weight": ("weight",),
        "weight_first": (),
        "standard": ("weight", "standard"),
        "note": ("note",),
        "actual": ("actual", "weight", "score", "reason"),
        "last": ("last",),
    }[layout["beside"]]
    if layout["time"] == "years" and names == ("last",):
        return []
    return [Column(name, label(layout, name, column=True)) for name in names]


def _halves(layout: Layout) -> list[Column]:
    """Level 1, then level 2, name and value for the whole period and once more for the year."""
    rng = layout.rng("halves")
    levels2 = rng.random() < 0.7
    found = [_level(layout, "level1")]
    if not levels2:
        found.append(_level(layout, "level2"))
    over = rng.choice(
        (("实施期目标", "年度目标"), ("中期目标", "年度目标"), ("中期指标", "年度指标"))
    )
    behind = rng.random() < 0.4
    for mark, side in (("p_", over[0]), ("", over[1])):
        tail = f"（{side[:-2]}）" if behind else ""
        names = (("level2", "level2"),) if levels2 else ()
        for part, name in (*names, ("name", "level3"), ("value", "target_value")):
            text = decorated(layout, word(layout, name), name, column=True)
            if name == "target_value":
                text = "指标值"
            found.append(Column(mark + part, text + tail, "" if behind else side))
    return found


def sign_text(layout: Layout, value: Value) -> str:
    """The sign of a value as its own cell."""
    if not value.number:
        return "定性" if signs_in_nature(layout) or layout["signs"] != "half" else ""
    if layout["signs"] == "words":
        return layout.rng(f"sign/{value.sign}").choice(SIGN_WORDS[value.sign])
    if layout["signs"] == "half":
        return _HALF.get(value.sign, "=")
    return value.sign or "="


def whole_text(layout: Layout, value: Value) -> str:
    """A value in one cell."""
    if layout["signs"] == "half" and value.sign:
        return _HALF[value.sign] + value.number + value.unit
    if layout["signs"] == "words" and value.sign in ("≥", "≤"):
        return (
            layout.rng(f"sign/{value.sign}").choice(SIGN_WORDS[value.sign])
            + value.number
            + value.unit
        )
    return value.text


def cell_of(layout: Layout, item: Item, part: str) -> tuple[object, str | None]:
    """What the cell of an indicator holds in the column of ``part``, and its number format."""
    value, rng = item.value, layout.rng(f"cell/{item.name}/{part}")
    as_number = layout["amounts"] in ("number", "formatted")
    if part == "value" and layout["values"] == "format" and value.number:
        return _formatted(value)
    texts: dict[str, object] = {
        "ordinal": None,
        "name": item.name,
        "value": whole_text(layout, value),
        "sign": sign_text(layout, value),
        "number": _number(value.number, as_number) if value.number else value.text,
        "signed": (sign_text(layout, value) if value.sign else "") + value.number
        if value.number
        else value.text,
        "united": value.number + value.unit if value.number else value.text,
        "unit": value.unit,
        "period": item.period.text,
        "last": item.last.text,
        "p_name": item.name,
        "p_value": item.period.text,
        "nature": "定量" if value.number else "定性",
        "direction": "反向指标" if value.sign == "≤" else "正向指标",
        "weight": rng.choice((5, 10, 20)),
        "standard": item.standard,
        "note": item.note,
        "actual": value.text if rng.random() < 0.7 else "已完成",
        "score": 10,
        "reason": "无" if rng.random() < 0.3 else None,
    }
    return texts[part], None


def _number(text: str, as_number: bool) -> object:
    if not as_number:
        return text
    return float(text) if "." in text else int(text)


def _formatted(value: Value) -> tuple[object, str]:
    """A number whose format shows sign and unit."""
    places = len(value.number.partition(".")[2])
    zeros = "0" + ("." + "0" * places if places else "")
    sign = f'"{value.sign}"' if value.sign else ""
    if value.unit == "%":
        return float(value.number) / 100, f"{sign}{zeros}%"
    unit = f'"{value.unit}"' if value.unit else ""
    return _number(value.number, as_number=True), f"{sign}{zeros}{unit}"
