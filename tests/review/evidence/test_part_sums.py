"""Parts told with 其中, in rows and in one text, against their whole."""

from __future__ import annotations

import pytest

from perfgoals_xl.review.evidence.part_sums import row_gaps, text_gap
from tests.support.indicator_cases import row_of


def told(rows):
    """``200 + 250 = 450 / 500`` for each whole whose parts differ."""
    numbered = [(n, row_of(line)) for n, line in enumerate(rows)]
    return [f"{gap.row}: {gap.arithmetic} / {gap.whole}{gap.unit}" for gap in row_gaps(numbered)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ("培训人数 | 500人", "其中：线上培训 | 200人", "其中：线下培训 | 250人"),
            ["0: 200 + 250 = 450 / 500人"],
        ),
        (
            ("维修道路 | 10公里", "其中水泥路 | 6公里", "其中沥青路 | 5公里"),
            ["0: 6 + 5 = 11 / 10公里"],
        ),
        (("资助学生 | ≥300名", "其中：小学生 | ≥320名"), ["0: 320 / 300名"]),
        (
            ("总成本 | ≤100万元", "其中：设备费 | ≤60万元", "其中：安装费 | 300000元"),
            ["0: 60 + 30 = 90 / 100万元"],
        ),
        # The last part has lost its 其中.
        (
            ("培训人数 | 500人", "其中：线上培训人数 | 200人", "线下培训人数 | 250人"),
            ["0: 200 + 250 = 450 / 500人"],
        ),
        (
            ("走访户数 | 80户", "发放物资 | 90份", "（其中）粮油 | 50份", "（其中）棉被 | 30份"),
            ["1: 50 + 30 = 80 / 90份"],
        ),
        # Right, or nothing is proved.
        (("培训人数 | 500人", "其中：线上 | 250人", "其中：线下 | 250人"), []),
        (("培训人数 | 500人", "其中：线上培训 | 250人", "线下培训 | 250人", "专家 | 30人"), []),
        (("培训人数 | 500人", "其中：少数民族 | 50人"), []),
        (("救助人数 | 1200人", "其中：重度残疾人 | 300人", "其中：孤儿 | 20人"), []),
        (("培训人数 | 500人", "其中：培训场次 | 6场", "其中：教材 | 300册"), []),
        (("培训人数 | 500人", "其中：重点企业 | 200人", "其中：部分学校 | 150人"), []),
        (("培训人数 | 300-500人", "其中：线上 | 200人", "其中：线下 | 250人"), []),
        (("培训人数 | 500人", "宣传场次 | 24场"), []),
        (("其中：线上 | 200人", "其中：线下 | 250人"), []),
        (("总成本 | 100万元", "其中：设备费 | 60万元", "其中：安装费 | 400000元"), []),
    ],
)
def test_rows(rows, expected):
    assert told([f"数量 | {row}" for row in rows]) == expected


def test_parts_stand_in_the_group_of_their_whole():
    rows = ["数量 | 培训人数 | 500人", "质量 | 其中：线上 | 200人", "质量 | 其中：线下 | 250人"]
    assert told(rows) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500人，其中线上200人、线下250人", "200 + 250 = 450"),
        ("新建道路10公里（其中水泥路4公里，沥青路5公里）", "4 + 5 = 9"),
        ("2026年改造校舍12栋，其中小学8栋，中学小学合建5栋。", "8 + 5 = 13"),
        ("慰问困难户300户，包括低保户200户、五保户120户", "200 + 120 = 320"),
        ("1.培训500人，其中：线上培训200人；线下培训260人。2.宣传24场。", "200 + 260 = 460"),
        ("培训60人，其中语文25人、数学20人、其他学科10人", "25 + 20 + 10 = 55"),
        ("培训60人，其中语文25人、数学25人，其余为校长", None),
        ("举办活动20场，其中市级25场", "25"),
        ("500人，其中线上250人、线下250人", None),
        ("培训500人，其中线上250人，线下250人，聘请专家30人", None),
        ("培训100人，其中骨干90人，聘请专家5人", None),
        ("救助1200人，其中孤儿20人、残疾人300人", None),
        ("500人，其中线上200人、线下250人等", None),
        ("培训500人，其中主要是线上200人、线下250人", None),
        ("约500人，其中线上200人、线下250人", None),
        ("完成率95%，其中城区98%、乡镇96%", None),
        ("已建成500套，其中一期200套、二期250套", None),
        ("其中线上200人、线下250人", None),
        (None, None),
    ],
)
def test_texts(text, expected):
    gap = text_gap(text)
    assert (gap and gap.arithmetic) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # 总成本 in front of all costs of its group; whether it is sure that these are to make it.
        (
            ("总成本 | 500万元", "其中：值守费 | 320万元", "设施费 | 100万元", "宣传费 | 60万元"),
            True,
        ),
        (("项目总成本 | ≤500万元", "其中：值守费 | ≤320万元", "其中：设施费 | ≤140万元"), True),
        (("项目总成本 | ≤500万元", "其中：值守费 | ≤320万元", "其中：设施费 | ≤100万元"), False),
        (("成本合计 | 90万元", "其中：人工 | 50万元", "耗材 | 300000元"), True),
        (("预算总额 | 100万元", "其中：设备 | 80万元", "安装 | 40万元"), True),
        (("总费用 | 60万元", "其中：租车 | 20万元", "食宿 | 20万元", "教材 | 10万元"), True),
        # Little of it, or a price among them: some of the parts alone.
        (("总成本 | 500万元", "其中：值守费 | 200万元", "设施费 | 60万元"), False),
        (
            (
                "总成本 | 500万元",
                "其中：值守费 | 320万元",
                "其中：宣传 | 80万元",
                "奖补 | 2万元/个",
            ),
            False,
        ),
        # They make it; the rest is another's; some are named as the main ones.
        (
            ("总成本 | 480万元", "其中：值守费 | 320万元", "设施费 | 100万元", "宣传费 | 60万元"),
            None,
        ),
        (("总成本 | 500万元", "其中：值守费 | 320万元"), None),
        (("总成本 | 500万元", "其中：主要设备费 | 320万元", "设施费 | 100万元"), None),
        (("设备费 | 500万元", "其中：服务器 | 100万元", "宣传费 | 60万元"), None),
        (("总成本 | 500万元", "值守费 | 320万元", "设施费 | 100万元"), None),
    ],
)
def test_the_costs_behind_a_total(rows, expected):
    gaps = list(row_gaps([(n, row_of(f"成本 | {row}")) for n, row in enumerate(rows)]))
    assert [gap.is_plain for gap in gaps] == ([] if expected is None else [expected])
