"""Declarations spoiled at random: the review may find whatever it likes, but it never fails."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_xl.addresses import Area
from perfgoals_xl.export import dumps, to_json
from perfgoals_xl.reading.assemble import assemble
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.sources.source import Source
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.review.run import review
from tests.support.steps import GRASS_2015, GRASS_2021

ROWS, ROWS_2021 = (
    [[field or None for field in line.split("|")] for line in text.splitlines()]
    for text in (GRASS_2015, GRASS_2021)
)

WORDS = [
    *(
        "",
        " ",
        "无",
        "/",
        "***",
        "XX万元",
        "-",
        "0",
        "-280",
        "1e400",
        "９" * 20,
        "\x00\x1f",
        "\ud800",
    ),
    *("=1+1", "@SUM(A1)", "<p></p>", "#REF!", "{0}", "%s", "2026年", "单位：元", "指标1：", "指标"),
    *("280万元", "5000元/户", "5000元-1万元", "0-2000户", "4000亩120人", "项目名称：甲"),
    *("项目名称", "一级指标", "指标值", "成本指标", "数量指标", "资金总额", "年度资金总额"),
]
RUBBISH = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.text(max_size=12),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(dt.timedelta(days=-400), dt.timedelta(days=400)),
)


@st.composite
def spoiled(draw):
    """The rows of a correct declaration after a few accidents, and merged areas among them."""
    rows = [list(row) for row in draw(st.sampled_from([ROWS, ROWS_2021]))]
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, len(rows) - 1))
        accident = draw(
            st.sampled_from(["spoil", "spoil", "empty", "swap", "drop", "repeat", "slip"])
        )
        width = max(1, len(rows[at]))
        column = draw(st.integers(0, width - 1))
        if accident == "drop" and len(rows) > 1:
            del rows[at]
        elif accident == "repeat":
            rows.insert(draw(st.integers(0, len(rows))), list(rows[at]))
        elif accident == "slip":
            rows[at].insert(0, None)
        elif accident == "swap":
            other = draw(st.integers(0, len(rows) - 1))
            rows[at], rows[other] = rows[other], rows[at]
        elif column < len(rows[at]):
            rows[at][column] = draw(RUBBISH) if accident == "spoil" else None
    merges = draw(
        st.lists(
            st.builds(
                lambda top, left, down, across: Area(top, left, top + down, left + across),
                st.integers(0, len(rows)),
                st.integers(0, 5),
                st.integers(0, 3),
                st.integers(0, 3),
            ),
            max_size=3,
        )
    )
    return rows, merges, draw(st.booleans())


@settings(max_examples=40)
@given(spoiled())
def test_no_accident_stops_the_review(case):
    rows, merges, is_text = case
    grid = Grid("表", rows, () if is_text else merges, is_text=is_text)
    declaration = assemble(Source(Path("表.xlsx"), "0" * 64, [grid]))
    told = review(declaration)
    document = json.loads(json.dumps(told.to_json(), ensure_ascii=False, allow_nan=False))
    for finding in document["findings"]:
        assert finding["rule"] in RULES
        assert finding["severity"] in ("error", "warning", "info")
        assert finding["message"]
        assert (finding["cell"] is None) == (finding["sheet"] is None)
    for entry in document["not_judged"]:
        assert entry["reason"]
    dumps(to_json([declaration]))
