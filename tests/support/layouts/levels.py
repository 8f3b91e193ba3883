"""How the first two levels of the taxonomy are spelled and put into columns."""

from __future__ import annotations

from collections.abc import Sequence

from perfgoals_xl.form.taxonomy import EDITIONS
from tests.support.layouts.content import Item
from tests.support.layouts.features import Layout
from tests.support.layouts.wanted import Want

_LOCAL1 = {
    "产出指标": ("项目完成指标", "项目产出", "项目产出指标"),
    "效益指标": ("项目效益指标", "项目效果", "项目效果指标"),
    "满意度指标": ("满意度指标", "项目满意度", "满意度"),
    "成本指标": ("成本指标", "项目成本"),
}
_LOCAL2 = {
    "服务对象满意度": ("服务对象满意度指标", "受益对象满意度", "社会公众满意度", "服务满意度指标"),
    "可持续影响": ("可持续影响指标", "可持续性影响", "可持续效益", "可持续发展指标"),
    "经济效益": ("经济效益指标", "经济效果", "经济影响"),
    "社会效益": ("社会效益指标", "社会效果", "社会影响"),
    "生态效益": ("生态效益指标", "环境效益", "生态环境效益"),
    "数量指标": ("数量指标", "产出数量"),
    "质量指标": ("质量指标", "产出质量"),
    "时效指标": ("时效指标", "产出时效"),
    "成本指标": ("成本指标", "产出成本"),
}


def _bare(term: str) -> str:
    return term.removesuffix("指标")


def spelled1(layout: Layout, edition: str, term: str) -> str:
    """A term of the first level in the spelling of this layout."""
    order = EDITIONS[edition].level1_terms
    return _spelled(layout, term, str(order.index(term) + 1), _LOCAL1, points=True)


def spelled2(layout: Layout, edition: str, level1: str, term: str) -> str:
    """A term of the second level in the spelling of this layout."""
    first = EDITIONS[edition].level1_terms.index(level1) + 1
    beside = [two for one, two in EDITIONS[edition].groups if one == level1]
    return _spelled(layout, term, f"{first}{beside.index(term) + 1}", _LOCAL2, points=False)


def _spelled(
    layout: Layout, term: str, code: str, local: dict[str, tuple[str, ...]], *, points: bool
) -> str:
    choice = layout["terms"]
    rng = layout.rng(f"term/{term}")
    full = f"{_bare(term)}指标"
    if choice == "bare":
        return _bare(term)
    if choice == "codes":
        return f"{code}-{full}"
    if choice == "points" and points:
        share = rng.choice((10, 20, 30, 40, 50))
        return full + rng.choice(
            (f"（{share}分）", f"\n（{share}分）", f"（0-{share}分）", f"({share})分")
        )
    if choice == "local":
        return layout.rng(f"term/{term}").choice(local.get(term, (full,)))
    if choice == "required" and rng.random() < 0.6:
        return full + rng.choice(("(必填)", "（必填）", "*"))
    if choice == "breaks" and len(full) >= 4:
        at = len(full) - 2
        return f"{full[:at]}\n{full[at:]}"
    return full


def level_columns(layout: Layout) -> tuple[str, ...]:
    """The columns that hold the levels: ``level1``, ``level2`` or ``joined``."""
    only = {
        "level1_only": ("level1",),
        "level2_only": ("level2",),
        "joined": ("joined",),
        "sections": ("level2",),
    }
    return only.get(layout["levels"], ("level1", "level2"))


def spelled(layout: Layout, edition: str, item: Item, column: str) -> str:
    """What the cell of a level says for an indicator."""
    first = spelled1(layout, edition, item.level1)
    second = spelled2(layout, edition, item.level1, item.level2)
    if column == "joined":
        mark = layout.rng("joined").choice(("-", "—", "/", "－", "\n"))
        return f"{first}{mark}{second}"
    return first if column == "level1" else second


def wanted_levels(layout: Layout, item: Item) -> tuple[Want, Want]:
    """What is read as the two levels of an indicator."""
    second = Want(item.level2)
    if layout["levels"] == "level1_only":
        # Satisfaction has but one group, which may be named or not.
        also = (item.level2,) if item.level1 == "满意度指标" else ()
        second = Want(None, also=also)
    return Want(item.level1), second


def runs(values: Sequence[object]) -> list[tuple[int, int]]:
    """The runs of equal neighbours: where each begins and how long it is."""
    found: list[tuple[int, int]] = []
    for number, value in enumerate(values):
        if number and value == values[number - 1]:
            start, length = found[-1]
            found[-1] = (start, length + 1)
        else:
            found.append((number, 1))
    return found
