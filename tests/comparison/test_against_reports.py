"""A declaration against its 自评表 or 监控表: what was dropped, added, lowered, and the money."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from perfgoals_xl.api import load
from perfgoals_xl.comparison.comparing import compare_declarations
from perfgoals_xl.comparison.side_words import EVALUATED, MONITORED, YEARS, words_of
from perfgoals_xl.evaluation.evaluation_book import write_evaluation_book, write_monitoring_book
from tests.comparison.years import told
from tests.reading.evaluation import layouts
from tests.reading.sheets import Sheet, write_workbook
from tests.support.commands import runner
from tests.support.steps import filled

DECLARED = """
项目支出绩效目标表
（2026年度）
项目名称|古树名木保护|主管部门|青岚县林业和草原局
年度资金总额|120
其中：财政拨款|100
其他资金|20
年度绩效目标|挂牌保护古树40株，复壮12株。
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|挂牌保护古树|≥40株
产出指标|数量指标|复壮古树|12株
产出指标|时效指标|完成时间|2026年10月底前
效益指标|生态效益指标|古树成活率|≥95%
满意度指标|服务对象满意度指标|群众满意度|≥90%
"""


@pytest.fixture
def compared(tmp_path):
    """Compares the declaration with the 自评表, both as texts with some of their words changed."""

    def compare(declared=(), evaluated=(), name="自评.xlsx"):
        texts = []
        for text, changes in ((DECLARED, declared), (layouts.STANDARD.table, evaluated)):
            for old, new in changes:
                assert old in text
                text = text.replace(old, new)
            texts.append(text)
        one = write_workbook(tmp_path / "申报.xlsx", Sheet(texts[0], "目标"))
        other = write_workbook(tmp_path / name, Sheet(texts[1], "自评"))
        return compare_declarations(load(one), load(other))

    return compare


def test_the_same_indicators_are_no_change(compared):
    comparison = compared()
    assert comparison.words is EVALUATED
    (project,) = comparison.projects
    assert told(project) == []
    # The budget of the year after adjustment, and no source of it: the form divides it otherwise.
    assert [(a.field, str(a.old), str(a.new)) for a in project.amounts] == [
        ("annual_amount", "120", "118.5")
    ]


@pytest.mark.parametrize(
    ("declared", "evaluated", "lines"),
    [
        ([], [("挂牌保护古树|≥40株", "挂牌保护古树|≥30株")], ["挂牌保护古树 ≥40株→≥30株 lowered"]),
        ([("复壮古树|12株", "复壮古树|15株")], [], ["复壮古树 15株→12株 lowered"]),
        ([], [("古树成活率|≥95%", "古树成活率|≥97%")], ["古树成活率 ≥95%→≥97% raised"]),
        ([], [("2026年10月底前|2026", "2026年12月底前|2026")],
         ["完成时间 2026年10月底前→2026年12月底前 lowered"]),
    ],
)  # fmt: skip
def test_targets_of_the_evaluation_beside_the_declared(compared, declared, evaluated, lines):
    (project,) = compared(declared, evaluated).projects
    assert told(project) == [f"changed {line}" for line in lines]


def test_lowered_although_the_budget_did_not_fall(compared):
    (project,) = compared(
        [], [("118.5|112.4|10", "120|112.4|10"), ("≥90%|93%", "≥80%|93%")]
    ).projects
    assert project.amounts == ()
    assert told(project) == ["changed 群众满意度 ≥90%→≥80% lowered !"]


def test_dropped_and_added_indicators(compared):
    (project,) = compared(
        [("产出指标|数量指标|复壮古树|12株\n", "产出指标|质量指标|标牌合格率|≥98%\n")]
    ).projects
    assert told(project) == ["new 复壮古树 None→12株 -", "gone 标牌合格率 ≥98%→None -"]


def test_words_of_both_sides(compared, tmp_path, monkeypatch, capsys):
    compared([("古树成活率|≥95%", "古树成活率|≥97%")])
    write_workbook(tmp_path / "别的.xlsx", layouts.POINTS)
    run = runner(monkeypatch, capsys, tmp_path)
    result = run("compare", "申报.xlsx", "自评.xlsx", "-o", "对比.xlsx")
    assert result.code == 0
    assert result.out.startswith("申报：申报.xlsx（2026年）　自评：自评.xlsx（2026年）")
    assert "未申报 0 个，未自评 0 个" in result.out
    assert "申报和自评都有的项目：金额变化 1 项" in result.out
    assert "古树成活率：≥97% → ≥95%　目标降低" in result.out
    document = json.loads(run("compare", "申报.xlsx", "自评.xlsx", "--format", "json").out)
    assert document["kind"] == "evaluation"
    book = load_workbook(tmp_path / "对比.xlsx")
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    assert not [text for text in cells if "上年" in text or "本年" in text or "{" in text]
    assert [book["对比"].cell(4, column).value for column in range(6, 10)] == [
        "申报", "自评", "差额", "增减(%)",
    ]  # fmt: skip
    assert book["对比"].cell(4, 14).value == "资金未减的降低"
    result = run("compare", "申报.xlsx", "别的.xlsx")
    assert "[未申报] 乡村道路养护" in result.out
    assert "[未自评] 古树名木保护" in result.out


def test_the_wrong_order_is_told(compared, tmp_path, monkeypatch, capsys):
    compared()
    result = runner(monkeypatch, capsys, tmp_path)("compare", "自评.xlsx", "申报.xlsx")
    assert "两份文件可能放反了：先写申报的" in result.err


def test_of_two_years_of_one_kind_the_years_are_told(compared, tmp_path):
    evaluated = load(write_workbook(tmp_path / "自评.xlsx", layouts.STANDARD))
    declared = load(write_workbook(tmp_path / "申报.xlsx", Sheet(DECLARED, "目标")))
    both = load(write_workbook(tmp_path / "两样.xlsx", Sheet(DECLARED, "目标"), layouts.STANDARD))
    monitored = load(write_workbook(tmp_path / "监控.xlsx", layouts.MONITORING))
    assert words_of(evaluated, evaluated) is YEARS
    assert words_of(declared, declared) is YEARS
    assert words_of(declared, both) is YEARS
    assert words_of(both, evaluated) is EVALUATED
    assert words_of(declared, monitored) is MONITORED


@pytest.mark.parametrize("kind", [EVALUATED, MONITORED])
def test_the_forms_made_from_a_declaration_change_nothing(tmp_path, kind):
    declared, made = load(filled(tmp_path)), tmp_path / "表.xlsx"
    if kind is EVALUATED:
        write_evaluation_book([declared], made)
    else:
        write_monitoring_book([declared], made, month=7)
    comparison = compare_declarations(declared, load(made))
    assert comparison.words is kind
    assert [(project.amounts, project.indicators) for project in comparison.projects] == [
        ((), ())
    ] * len(declared.projects)
