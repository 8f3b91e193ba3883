"""Projects compared: names (P01), goals (P02), parts (P03, P04), the total (P05)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.review.evidence.likeness import likest, similarity
from tests.support.steps import (
    OTHER_PROJECT,
    PROJECT,
    cell_of,
    change,
    copy_sheet,
    filled,
    text_of,
    told,
)

ACROSS = ("P01", "P02", "P03", "P04", "P05")
GOAL = "2026年开展林草防火宣传24场，发放宣传册6000册，使林区居民防火知识知晓率达到90%以上。"
# The goal of the correct workbook in another width, with other blanks and signs.
GRASS_AGAIN = " 2026年补播改良退化草原４０００亩,出苗率80％以上,植被盖度提高5个百分点"


def review(tmp_path, changes=None, other=None, *, copied=None):
    """The findings of the family; ``copied`` adds a copy of the first sheet, with changes."""
    path = filled(tmp_path, changes, other=other, every_rule=True)
    if copied is not None:
        path = filled(tmp_path, changes, other=other, every_rule=True)
        path = copy_sheet(path, PROJECT, "续表")
        path = change_copy(path, copied)
    return [f for f in validate(path).findings if f.rule in ACROSS]


def change_copy(path, changes):
    return change(path, {f"续表!{cell_of(key)}": value for key, value in changes.items()})


def lines(findings):
    return [told(finding, projects=True) for finding in findings]


def test_p01(tmp_path):
    (finding,) = review(tmp_path, other={"project_name": PROJECT})
    assert lines([finding]) == [f"P01 error {OTHER_PROJECT}!{cell_of('project_name')}"]
    assert finding.message == (
        f"项目“{PROJECT}”与 {PROJECT}!{cell_of('project_name')} 的项目同名，资金不同："
        f"年度资金总额 36 万元；{PROJECT}!{cell_of('project_name')} 为 年度资金总额 280 万元"
    )


@pytest.mark.parametrize("name", [f"{PROJECT}（二期）", "退化草原补播改良"])
def test_p01_leaves_other_names_alone(tmp_path, name):
    assert review(tmp_path, other={"project_name": name}) == []


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (GOAL, GOAL, "error"),
        (GOAL, f"<p> {GOAL.replace('，', ', ')}</p>", "error"),
        (GOAL, GOAL.replace("24场", "36场"), "warning"),
        (GOAL, "2026年开展林草有害生物普查24场，防治面积6000亩，使成灾率控制在3‰以下。", None),
        (GOAL, None, None),
    ],
)
def test_p02(tmp_path, own, others, expected):
    found = review(tmp_path, {"annual_goal": own}, {"annual_goal": others})
    wanted = [f"P02 {expected} {OTHER_PROJECT}!{cell_of('annual_goal')}"] if expected else []
    assert lines(found) == wanted
    if expected:
        assert f"项目“{PROJECT}”（{PROJECT}!{cell_of('annual_goal')}）" in found[0].message


def test_p02_follows_its_threshold(tmp_path):
    near = GOAL.replace("24场", "36场")
    changes = {"annual_goal": GOAL, "规则 P02 阈值": 0.99}
    assert review(tmp_path, changes, {"annual_goal": near}) == []


@pytest.mark.parametrize(
    ("copied", "expected"),
    [
        ({}, []),
        (
            {"annual_goal": GRASS_AGAIN},
            [],
        ),
        ({"project_period": None}, ["P04 warning 续表!{project_period}"]),
        ({"annual_amount": None}, ["P04 warning 续表!{annual_amount}"]),
        ({"local_total": 70}, ["P04 warning 续表!{local_total}"]),
        ({"implementing_unit": "青岚县林场"}, ["P04 warning 续表!{implementing_unit}"]),
        (
            {"annual_goal": "2026年补播改良退化草原5000亩，出苗率80%以上，植被盖度提高5个百分点。"},
            ["P04 warning 续表!{annual_goal}"],
        ),
    ],
)
def test_p04(tmp_path, copied, expected):
    found = review(tmp_path, copied=copied)
    cells = {key: cell_of(key) for key in copied}
    assert lines(found) == [
        f"P03 info 续表!{cell_of('project_name')}",
        *(line.format(**cells) for line in expected),
    ]


def test_p04_shows_where_long_texts_part(tmp_path):
    goal = "2026年补播改良退化草原5000亩，出苗率80%以上，植被盖度提高5个百分点。"
    finding = review(tmp_path, copied={"annual_goal": goal})[-1]
    assert "5000亩" in finding.message
    assert "4000亩" in finding.message


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"annual_amount": None}, True),
        ({"annual_amount": "待定"}, True),
        ({"annual_amount": 0}, False),
        ({}, False),
    ],
)
def test_p05(tmp_path, changes, expected):
    found = review(tmp_path, changes)
    assert [f.rule for f in found] == ["P05"] * expected
    if expected:
        assert (found[0].field, found[0].severity) == ("department", "warning")
        assert f"1 个项目没有可用的年度资金总额（{PROJECT}），其余 1 个项目合计 36 万元" in (
            found[0].message
        )


@pytest.mark.parametrize(
    ("duty", "told"),
    [
        ("全年项目支出预算总额316万元。", None),
        ("全年项目支出3160000元。", None),
        ("全年项目支出合计300万元。", "项目支出合计300万元"),
        ("全年项目支出：3.2亿元。", "项目支出:3.2亿元"),
        ("人员支出300万元。", None),
    ],
)
def test_p05_holds_the_total_that_the_department_states_beside_that_of_its_projects(
    tmp_path, duty, told
):
    path = tmp_path / "部门.txt"
    head = (
        "2026年青岚县林业和草原局部门整体支出绩效目标表\n"
        "部门名称及代码\t青岚县林业和草原局（108001）\n"
        f"部门职责绩效目标\t{duty}\n"
        "一级指标\t二级指标\t财政政策性绩效目标\t部门预算绩效目标\t部门指标值\n"
        "预算编制\t结转资金\t结转资金全部编入年初预算\t编入年初预算的结转资金占比\t100%\n"
    )
    path.write_text(head + text_of(), encoding="utf-8")
    found = [f for f in validate(path).findings if f.rule == "P05"]
    assert len(found) == (told is not None)
    for finding in found:
        assert told in finding.message
        assert "316" in finding.message
        assert finding.cell == "B2"


def test_likest_looks_only_at_what_is_alike():
    texts = [f"第{i}片区{'维修道路' * (i % 7)}完成{i * 37}米排水沟清理{i}处" for i in range(50)]
    texts += [
        "2026年完成全县三条河流健康评价并公示结果",
        "2026年完成全县四条河流健康评价并公示结果",
    ]
    texts += ["", "甲", "甲"]
    found = likest(texts, 0.9)
    assert found[51] == (50, similarity(texts[50], texts[51]))
    assert found[52:] == [None, None, (53, 1.0)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", 1.0),
        ("甲乙丙丁", "甲乙丙丁", 1.0),
        ("甲乙丙丁", "甲丙丁戊", 0.75),
        ("甲", "乙", 0.0),
    ],
)
def test_similarity(one, other, expected):
    assert similarity(one, other) == expected


def test_the_samples(shared_seeds):
    found = [
        f"{f.rule} {f.severity.value} {f.cell}"
        for path in shared_seeds
        for f in validate(path).findings
        if f.rule in ACROSS and f.rule != "P03"
    ]
    assert found == [
        "P05 warning B5",
        "P02 error B442",
        "P05 warning E106",
        "P04 warning E263",
        "P04 warning B268",
    ]
