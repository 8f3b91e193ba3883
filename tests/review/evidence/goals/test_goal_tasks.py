"""The tasks that a goal lists, and which of them no indicator takes up."""

from __future__ import annotations

import pytest

from perfgoals_xl.review.evidence.goals.goal_tasks import Tasks, listed_tasks, told, untaken
from tests.support.indicator_cases import row_of

ROWS = [
    row_of(line) | {"standard": None}
    for line in (
        "数量 | 防火宣传场次 | 24场",
        "数量 | 宣传册发放数量 | 6000册",
        "质量 | 印制合格率 | 100%",
        "社会效益 | 较大火灾起数 | 0起",
    )
]


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("2026年：一是开展宣传24场；二是培训护林员60名。", ("开展宣传24场", "培训护林员60名")),
        ("1.开展宣传。2、培训护林员。3)维修瞭望塔3座", ("开展宣传", "培训护林员", "维修瞭望塔3座")),
        ("（一）开展宣传；（二）购置器材30套", ("开展宣传", "购置器材30套")),
        ("①开展宣传②维修瞭望塔", ("开展宣传", "维修瞭望塔")),
        ("目标1：开展宣传。目标2：建设隔离带。", ("开展宣传", "建设隔离带")),
        ("第一，开展宣传；第二，举办演练，提升能力。", ("开展宣传", "举办演练")),
        # Effects, bases and what says nothing of work are no tasks.
        (
            "一是按照条例要求，开展宣传；二是提升防火意识；三是确保不发生火灾；四是火灾起数为0。",
            ("开展宣传",),
        ),
        (
            "一是清理河道6公里；二是流域水土流失得到有效治理；三是河道环境明显改善。",
            ("清理河道6公里",),
        ),
        (
            "一是治理水土流失15平方公里；二是清理河道6公里。",
            ("治理水土流失15平方公里", "清理河道6公里"),
        ),
        ("一是加强组织领导，二是健全工作机制。", ()),
        # No list.
        ("2026年开展宣传24场，购置器材30套。", ()),
        ("1.开展宣传24场。", ()),
        ("统一是原则，唯一是标准，开展宣传。", ()),
        ("2026年改造3.5公里，2.6公里为新建。", ()),
    ],
)
def test_listed(goal, expected):
    assert listed_tasks(goal) == expected


@pytest.mark.parametrize(
    ("goal", "named", "others"),
    [
        ("一是防火宣传24场；二是培训护林员60名。", ("培训护林员60名",), ()),
        ("1.开展防火宣传。2.购置灭火器材30套。", (), ("购置灭火器材30套",)),
        ("①开展防火宣传②维修瞭望塔3座③护林员培训2期", ("护林员培训2期",), ("维修瞭望塔3座",)),
        ("1.防火宣传24场。2.召开护林联席会议4次。", ("召开护林联席会议4次",), ()),
        ("（一）防火宣传；（二）建设防火隔离带12公里", (), ("建设防火隔离带12公里",)),
        ("目标1：防火宣传24场。目标2：更新防火标识牌100块。", (), ("更新防火标识牌100块",)),
        # A word, a figure, or the kind of work that an indicator shares.
        ("一是深入推进防火宣传，二是制作宣传册，三是有效防范火灾。", (), ()),
        ("1.防火宣传24场。2.编印读本6000册。", (), ()),
        ("1.防火宣传24场。2.发放头盔6000个。", (), ()),
        ("1.防火宣传24场。2.购置印制一体化设备2台", (), ()),
        ("一是开展林区入户宣传；二是开展校园宣传。", (), ()),
        ("一是开展防火宣传；二是确保护林员满意。", (), ()),
        ("2026年防火宣传24场，培训护林员60名。", (), ()),
        (None, (), ()),
    ],
)
def test_untaken(goal, named, others):
    assert untaken(goal, "林草防火宣传及护林员培训项目", ROWS) == Tasks(named, others)


def test_a_long_list_is_cut():
    assert told(["甲", "乙", "丙", "丁", "戊"]) == "“甲”、“乙”、“丙”、“丁”等"


def test_a_short_name_is_the_same_thing():
    rows = [row_of("数量 | 购置彩超数量 | 4台") | {"standard": None}]
    goal = "1.购置彩色超声诊断仪12台。2.购置病床60张。"
    assert untaken(goal, "设备购置", rows) == Tasks((), ("购置病床60张",))
