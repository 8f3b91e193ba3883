"""Points (分值, 权重): what they add up to, and what a form says they should."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import TextCell
from perfgoals_xl.form.points import points_behind, read_points
from perfgoals_xl.review.evidence.point_sums import UnreadPoints, gaps

GROUPS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("产出指标", "成本指标"),
    ("效益指标", "社会效益"),
    ("满意度指标", "服务对象满意度"),
)


def told(points, **stated):
    """``产出 45/50`` for each gap; ``stated`` by key, ``all`` for the table."""
    rows = [
        (number, {"level1": level1, "level2": level2, "weight": weight or None})
        for number, ((level1, level2), weight) in enumerate(
            zip(GROUPS, points.split("|"), strict=True)
        )
    ]
    said = {
        "" if key == "all" else key: TextCell(text, Place("表", "A1"))
        for key, text in stated.items()
    }
    return [f"{gap.level or '全部'} {gap.whole}/{gap.said}" for gap in gaps(rows, said)]


LEVELS = {"产出": "产出指标（50分）", "效益": "效益指标30分", "满意度": "满意度指标\n(10)"}


@pytest.mark.parametrize(
    ("points", "stated", "expected"),
    [
        # Neither a level nor a total is stated: 100.
        ("20|15|15|10|35|10", {}, ["全部 105/100"]),
        ("20分|15分|5分|5分|30分|10分", {}, ["全部 85/100"]),
        ("20%|15%|15%|10%|20%|10%", {}, []),
        ("20%|15%|15%|10%|25%|10%", {}, ["全部 95/100"]),
        ("0.2|0.15|0.05|0.1|0.35|0.1", {}, ["全部 0.95/1"]),
        ("20|15||10|30|10", {}, ["全部 85/100"]),
        # A level has other points than its name says.
        ("20|15|5|5|30|10", LEVELS, ["产出 45/50"]),
        ("20|15|5|10|30|15", LEVELS, ["满意度 15/10"]),
        ("20|15|5|10|35|5", LEVELS, ["效益 35/30", "满意度 5/10"]),
        ("20|15|5|10|30|10", {"数量": "数量指标（25分）"}, ["数量 20/25"]),
        # A total is stated.
        ("20|15|5|5|30|10", {"all": "100"}, ["全部 85/100"]),
        ("20|15|15|10|30|10", {"all": "分值（90分）"}, ["全部 100/90"]),
        ("20|10|5|5|30|10", {"all": "分值（90分）"}, ["全部 80/90"]),
        # What the row of the sum prints is that of the rows above it.
        ("20|15|5|10|30|10", {"all": "100分"}, ["全部 90/100"]),
        ("20|10|5|5|30|10", {"all": "100"}, ["全部 80/100"]),
        ("20|15|10|10|30|10", {"all": "90"}, ["全部 95/90"]),
        # Only the levels have points.
        ("|||||", LEVELS | {"满意度": "满意度指标（15分）"}, ["全部 95/100"]),
        ("|||||", {"产出": "产出指标50分", "数量": "数量指标（20分）"}, []),
        # Right.
        ("20|15|15|10|30|10", {}, []),
        ("20|15|5|10|30|10", {}, []),  # 10 for the execution of the budget
        ("20|10|5|5|30|10", {}, []),  # 20 for it
        ("20|15|5|10|30|10", LEVELS, []),
        ("20|15|5|10|30|10", {"all": "分值（100分）"}, []),
        ("20|10|5|5|30|10", {"all": "分值（100分）"}, []),
        ("20|15|5|10|30|10", {"all": "分值（90分）"}, []),
        ("40|30|20|10|100|100", {}, []),  # shares within every level
        ("100|100|100|100|100|100", {}, []),  # within every group
        ("16.67|16.67|16.67|16.67|16.67|16.67", {}, []),
        ("12.5|12.5|12.5|12.5|40|10", {}, []),
        ("|||||", {}, []),
        ("|||||", LEVELS, []),
        ("10|||||", {}, []),  # one cell proves nothing
    ],
)
def test_gaps(points, stated, expected):
    assert told(points, **stated) == expected


def test_a_gap_shows_its_sum():
    rows = [
        (n, {"level1": a, "level2": b, "weight": w})
        for n, ((a, b), w) in enumerate(zip(GROUPS, ("20", "15", None, "5"), strict=False))
    ]
    (gap,) = gaps(rows, {"产出": TextCell("产出指标（50分）", Place("表", "A8"))})
    assert (gap.arithmetic, gap.blank, gap.rows) == ("20 + 15 + 5 = 40", 1, (0, 1, 3))


def test_what_is_no_number_is_not_judged():
    with pytest.raises(UnreadPoints, match="见附件"):
        told("20|见附件|5|10|30|10")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产出指标（50分）", 50),
        ("产出指标\n(50)", 50),
        ("效益指标30分", 30),
        ("质量指标（12.5分）", "12.5"),
        ("分值（满分100）", 100),
        ("权重（100%）", 100),
        ("产出指标", None),
        ("1-产出指标", None),
        ("数量指标（必填）", None),
        ("权重（%）", None),
        ("2026年", None),
    ],
)
def test_points_behind(text, expected):
    assert points_behind(text) == (None if expected is None else Decimal(str(expected)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10", 10),
        (" 10 分", 10),
        ("（10分）", 10),
        ("7.5%", "7.5"),
        ("十分", None),
        ("10/20", None),
    ],
)
def test_read_points(text, expected):
    assert read_points(text) == (None if expected is None else Decimal(str(expected)))
