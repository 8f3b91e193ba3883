"""Cost reconciliation on workbooks (C01-C07): what is found, where, with which arithmetic."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.review.evidence.partners import missing_partners
from tests.review.evidence.test_reconciliation import indicators
from tests.support.steps import OTHER_PROJECT, PROJECT, cell_of, filled, found, only, text_of

PER_ACRE = {"成本1 名称": "指标1：每亩补播改良成本", "成本1": "400元/亩"}


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"成本1": "控制在预算内", "成本2": "按合同支付"}, ["C01 error D18"]),
        ({"成本1": "≤100%", "成本2": "≤95%"}, ["C01 error D18"]),
        ({"成本1": None, "成本2": "不超预算"}, ["S02 error D18", "C01 error D19"]),
        ({"成本1": "控制在预算内", "成本2": "280万元"}, []),
        ({"成本1": "≤280万元", "成本2": "不超预算"}, []),
        # A blank and a mask are told once, by S02 and V01.
        ({"成本1": None, "成本2": None}, ["S02 error D18", "S02 error D19"]),
        ({"成本1": "***万元", "成本2": None}, ["V01 error D18", "S02 error D19"]),
    ],
    ids=str,
)
def test_c01(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


def test_c01_shows_the_values_and_the_budget(tmp_path):
    finding = only(filled(tmp_path, {"成本1": "控制在预算内", "成本2": "按合同支付"}), "C01")
    assert finding.message == "成本指标的指标值（“控制在预算内”、“按合同支付”）都不是金额"
    assert "≤280万元" in finding.suggestion
    assert (finding.project, finding.field) == (PROJECT, "target_value")
    assert finding.indicator == "指标1：草种采购费"


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"成本1": "170万元"}, ["C02 error D18"]),
        ({"成本2": "1200000.01元"}, ["C02 error D18"]),
        ({**PER_ACRE, "成本1": "500元/亩"}, ["C02 error D18"]),
        ({**PER_ACRE, "数量1": "4001亩"}, ["C02 error D18"]),
        ({"成本1": "1600000元"}, []),
        ({"成本1": "≤160万元", "成本2": "不超过120万元"}, []),
        # A unit cost below the budget, right with its quantity.
        (PER_ACRE, []),
        ({**PER_ACRE, "成本1": "≤400元"}, []),
        # An upper-bound quantity gives an upper bound.
        ({**PER_ACRE, "数量1": "0-4000亩"}, []),
        ({**PER_ACRE, "数量1": "≤5000亩"}, []),
        # One block alone.
        ({"成本1": "60万元", "成本2": "20万元"}, []),
        ({"成本1": "80万元"}, []),
    ],
    ids=str,
)
def test_c02(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"成本1": "170万元"}, "170万元 + 120万元 = 290 万元 > 年度资金总额 280 万元，多 10 万元"),
        (
            {**PER_ACRE, "成本1": "500元/亩"},
            "4000亩×500元 + 120万元 = 320 万元 > 年度资金总额 280 万元，多 40 万元",
        ),
        (
            {"成本1": "290.5万元", "成本2": None, "成本2 名称": None},
            "成本 290.5 万元 > 年度资金总额 280 万元，多 10.5 万元",
        ),
        (
            {"成本1": "170万元", "annual_amount": None},
            "170万元 + 120万元 = 290 万元 > 资金来源合计（年度资金总额未填） 280 万元，多 10 万元",
        ),
    ],
)
def test_c02_prints_the_arithmetic(tmp_path, changes, message):
    finding = only(filled(tmp_path, changes), "C02")
    assert finding.message == message
    assert (finding.project, finding.cell) == (PROJECT, cell_of("成本1"))


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"成本1": "150万元"}, ["C03 warning D18"]),
        ({"成本1": "1599999.99元"}, ["C03 warning D18"]),
        ({**PER_ACRE, "数量1": "3000亩"}, ["C03 warning D18"]),
        ({**PER_ACRE, "数量1": "0-3000亩"}, ["C03 warning D18"]),
        ({"成本1": "控制在预算内"}, ["C03 warning D19"]),
        ({"数量1": "≥4000亩", **PER_ACRE}, []),
        # What is still to be filled in may be the rest.
        ({"成本1": None}, ["S02 error D18"]),
        ({"成本1": "***万元"}, ["V01 error D18"]),
        # 无 is not to be filled in.
        ({"成本1 名称": "无", "成本1": "无"}, ["V02 warning D18", "C03 warning D19"]),
    ],
    ids=str,
)
def test_c03(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


def test_c03_prints_the_arithmetic(tmp_path):
    finding = only(filled(tmp_path, {"成本1": "150.5万元"}), "C03")
    assert finding.message == (
        "150.5万元 + 120万元 = 270.5 万元 < 年度资金总额 280 万元，少 9.5 万元，"
        "数量指标也解释不了差额（已试：直接相加、与序号、名称对应的数量相乘、与本级资金单独核对、"
        "与转移市县（区）资金单独核对）"
    )


PER_PASTURE = {
    "数量1 名称": "指标1：草种繁育基地",
    "数量2 名称": "指标2：维护卡口",
    "数量2": "42处",
    "成本1 名称": "指标1：单个基地建设成本",
    "成本2 名称": None,
    "成本2": None,
}


@pytest.mark.parametrize(
    ("changes", "severity", "message"),
    [
        (
            {"数量1": "8个", "成本1": "≤30万元"},
            "warning",
            "8个×30万元 = 240 万元 < 年度资金总额 280 万元，少 40 万元；"
            "“维护卡口”（42处）没有单价，请补充（已试：直接相加、单价×数量、与本级资金单独核对、与转移市县（区）资金单独核对）",
        ),
        (
            {"数量1": "≥8个", "成本1": "≤30万元"},
            "info",
            "8个×30万元 = 240 万元，与年度资金总额 280 万元相差 40 万元；"
            "“单个基地建设成本”的单价是上限而数量是下限，乘积既不是最多也不是最少，不能断定是否相符；“维护卡口”（42处）没有单价，请补充",
        ),
    ],
)
def test_c03_names_the_quantity_without_a_price(tmp_path, changes, severity, message):
    path = filled(tmp_path, PER_PASTURE | changes, every_rule=True)
    [finding] = [f for f in validate(path).findings if f.rule == "C03"]
    assert (finding.severity.value, finding.message) == (severity, message)
    assert "补充“维护卡口”（42处）的单价或金额" in finding.suggestion


def test_the_price_of_a_named_thing_stays_in_yuan(tmp_path):
    changes = {**PER_PASTURE, "数量1": "8个", "成本1": "350000元"}
    path = filled(tmp_path, changes, every_rule=True)
    assert not [f for f in validate(path).findings if f.rule.startswith("C0")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({**PER_ACRE, "数量1": "***亩"}, "“补播改良面积”的数量还是占位符，无法与单价相乘"),
        ({"成本1": None}, "成本指标“指标1：草种采购费”的金额还没有填写"),
        ({"成本1": "***万元"}, "成本指标“指标1：草种采购费”的金额还没有填写"),
        ({"annual_amount": "待定"}, "年度资金总额“待定”不是金额"),
    ],
)
def test_what_cannot_be_reconciled_is_not_judged(tmp_path, changes, reason):
    review = validate(filled(tmp_path, changes))
    told = {n.rule: n.reason for n in review.not_judged if n.rule.startswith("C")}
    assert told == {"C02": reason, "C03": reason}
    assert not [f for f in review.findings if f.rule in ("C02", "C03")]


def test_without_cost_indicators_nothing_is_judged(tmp_path):
    gone = {key: None for n in (1, 2) for key in (f"成本{n}", f"成本{n} 名称")}
    review = validate(filled(tmp_path, gone))
    assert [f.rule for f in review.findings] == ["S01"]
    assert [(n.rule, n.reason) for n in review.not_judged] == [
        (code, "没有成本指标") for code in ("C01", "C02", "C03")
    ]


def test_each_project_is_reconciled_by_itself(tmp_path):
    path = filled(tmp_path, {"成本1": "170万元"}, other={"数量1": "20场"})
    assert found(path, projects=True) == [
        f"C02 error {PROJECT}!D18",
        f"C03 warning {OTHER_PROJECT}!{cell_of('成本1', project=1)}",
    ]


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"经济成本1": "170万元"}, ["C02 error D14"]),
        ({"经济成本1": "控制在预算内", "经济成本2": "按合同支付"}, ["C01 error D14"]),
        ({"经济成本1": "150万元", "社会成本1": "10万元"}, []),
        ({"经济成本1": "150万元"}, ["C03 warning D14"]),
    ],
    ids=str,
)
def test_costs_of_2021(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, edition="2021")) == findings


def of_costs(tmp_path, changes, edition="2015"):
    path = filled(tmp_path, changes, edition=edition, every_rule=True)
    return [f for f in validate(path).findings if f.rule.startswith("C")]


def lines_of(findings):
    return [f"{f.rule} {f.severity.value} {f.cell}" for f in findings]


PAIRED = [
    "数量 | 指标1：防汛业务 | 1项",
    "数量 | 指标2：抗旱业务 | 1项",
    "数量 | 指标3：灌溉业务 | 1项",
    "数量 | 指标4：供水业务 | 1项",
    "成本 | 指标1：防汛业务经费 | 10万元",
    "成本 | 指标2：抗旱业务经费 | 20万元",
    "成本 | 指标3：灌溉业务经费 | 30万元",
    "成本 | 指标4：供水业务经费 | 40万元",
]


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ((), None),
        ((5,), ("成本指标", ["指标2：抗旱业务"])),
        ((1,), ("数量指标", ["指标2：抗旱业务经费"])),
        # Too few pairs, or too many alone: nobody meant them to pair.
        ((4, 5), None),
        ((1, 2), None),
        # Lacking on both sides: they pair with each other, however they are called.
        ((0, 5), None),
    ],
)
def test_missing_partners(without, expected):
    rows = [row for n, row in indicators("\n".join(PAIRED)) if n not in without]
    missing = missing_partners(rows, [row for row in rows if row["level2"] == "成本指标"])
    told = missing and (missing.group, [row["indicator"] for row in missing.rows])
    assert told == expected


def test_a_pair_by_ordinal_needs_something_in_common():
    lines = [line.replace("业务经费", "") for line in PAIRED]
    lines[4:] = [line.replace("防汛", "印刷").replace("抗旱", "会议") for line in lines[4:7]]
    rows = [row for _, row in indicators("\n".join(lines))]
    assert missing_partners(rows, [r for r in rows if r["level2"] == "成本指标"]) is None


def test_a_cost_that_is_still_blank_is_not_missing():
    lines = [*PAIRED[:5], "成本 | 指标2：抗旱业务经费 |", *PAIRED[6:]]
    rows = [row for _, row in indicators("\n".join(lines))]
    assert missing_partners(rows, [r for r in rows if r["level2"] == "成本指标"]) is None


def write_pairs(tmp_path, lines, annual):
    """A declaration as text, whose first project has these quantities and costs."""
    rows = text_of().splitlines()
    first = next(i for i, row in enumerate(rows) if "数量指标" in row)
    last = next(i for i, row in enumerate(rows) if "经济效益" in row)
    own = []
    for line in lines:
        group, name, value = (part.strip() for part in line.split("|"))
        own.append(f"产出指标\t{group}指标\t{name}\t\t{value}")
    text = "\n".join([*rows[:first], *own, *rows[last:]]).replace("280", str(annual))
    path = tmp_path / "原表.txt"
    path.write_text(text, encoding="utf-8")
    return [f for f in validate(path).findings if f.rule.startswith("C") and f.project == PROJECT]


@pytest.mark.parametrize(
    ("annual", "severity", "told"),
    [
        (100, "error", "10万元 + 20万元 + 40万元 = 70 万元 < 年度资金总额 100 万元，少 30 万元"),
        (69, "error", "> 年度资金总额 69 万元，多 1 万元"),
        (70, "info", "成本合计与年度资金相符"),
    ],
)
def test_c04(tmp_path, annual, severity, told):
    findings = write_pairs(tmp_path, [*PAIRED[:6], *PAIRED[7:]], annual)
    # What the partners fall short by is told once; costs above the budget are C02's too.
    assert [f.rule for f in findings] == (["C02", "C04"] if annual == 69 else ["C04"])
    assert findings[-1].severity == severity
    assert "但“指标3:灌溉业务”没有对应的成本指标" in findings[-1].message
    assert told in findings[-1].message


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"成本1": "1600000元"}, ["C05 info D18"]),
        ({"成本1": "1600000元", "成本2": "1200000元"}, ["C05 info D18"]),
        ({"成本2": "≤1200000元"}, ["C05 info D19"]),
        # A small price is not written in 万元.
        (PER_ACRE, []),
        ({"成本1": "160万", "成本2": "0.012亿元"}, []),
    ],
    ids=str,
)
def test_c05(tmp_path, changes, findings):
    assert lines_of(of_costs(tmp_path, changes)) == findings


def test_c05_shows_what_was_converted(tmp_path):
    (finding,) = of_costs(tmp_path, {"成本1": "1600000元", "成本2": "1200000元"})
    assert finding.message == (
        "2 个成本指标的金额以元填写，核对时已换算：1600000元 = 160 万元、1200000元 = 120 万元"
    )


def with_costs(tmp_path, values):
    """The declaration with these values as its costs, as many as there are."""
    lines = [f"\t\t指标{n}：第{n}标段\t\t{value}" for n, value in enumerate(values, start=1)]
    text = text_of()
    start, end = text.index("\t成本指标\t指标1：草种采购费"), text.index("效益指标\t经济效益")
    path = tmp_path / "申报.txt"
    block = "\n".join(lines).replace("\t\t", "\t成本指标\t", 1)
    path.write_text(f"{text[:start]}{block}\n{text[end:]}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("rule", "value", "shown"),
    [
        ("C05", "700000元", "700000元 = 70 万元、700000元 = 70 万元、700000元 = 70 万元"),
        ("C01", "按合同支付", "“按合同支付”、“按合同支付”、“按合同支付”"),
    ],
)
def test_three_values_are_shown_however_many_there_are(tmp_path, rule, value, shown):
    for count in (3, 4):
        finding = only(with_costs(tmp_path, [value] * count), rule)
        assert shown in finding.message
        assert finding.message.count(value) == 3
        if rule == "C05":
            assert finding.message.startswith(f"{count} 个成本指标")
            assert finding.message.endswith("等") == (count > 3)


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"成本1": "280万元", "成本2": "≤95%"}, ["C06 error D19"]),
        ({"成本1": "280万元", "成本2": "100人/次"}, ["C06 error D19"]),
        ({"成本1": "280万元", "成本2": "控制在预算内"}, ["C06 error D19"]),
        # None is an amount: C01 says so, once.
        ({"成本1": "≤100%", "成本2": "≤95%"}, ["C01 error D18"]),
        # An amount in a sentence, a blank, a mask, 无: other rules speak of these.
        ({"成本1": "280万元", "成本2": "按合同支付，总额在280万元以内"}, []),
        ({"成本1": "280万元", "成本2": None}, []),
        ({"成本1": "280万元", "成本2": "***"}, []),
        ({"成本1": "280万元", "成本2": "无"}, []),
        # A number without a unit is V05's, and what it means is not guessed.
        ({"成本1": "280万元", "成本2": "120"}, []),
        ({"成本1": "160万元", "成本2": "120"}, []),
        ({"成本1": "160", "成本2": "120"}, []),
    ],
    ids=str,
)
def test_c06(tmp_path, changes, findings):
    told = [f for f in of_costs(tmp_path, changes) if f.rule in ("C01", "C03", "C06")]
    assert lines_of(told) == findings


def test_costs_of_2021_that_are_no_money_are_left_alone(tmp_path):
    assert of_costs(tmp_path, {}, edition="2021") == []
    (finding,) = of_costs(tmp_path, {"经济成本2": "≤95%", "经济成本1": "280万元"}, edition="2021")
    assert finding.rule == "C06"


def test_a_number_without_a_unit_is_not_reconciled(tmp_path):
    review = validate(filled(tmp_path, {"成本2": "120"}, every_rule=True))
    told = {n.rule: n.reason for n in review.not_judged if n.rule.startswith("C")}
    reason = "成本指标“指标2：机械作业费”的“120”没有单位，不知道是多少钱"
    assert told == {"C02": reason, "C03": reason}


FUNDS_IN_YUAN = {
    "total_amount": 2800000,
    "annual_amount": 2800000,
    "local_total": 800000,
    "local_appropriation": 600000,
    "local_other": 50000,
    "local_carryover": 150000,
    "transfer_total": 2000000,
    "transfer_central": 1500000,
    "transfer_regional": 500000,
}


def test_c07_is_told_at_the_annual_amount_alone(tmp_path):
    findings = of_costs(tmp_path, FUNDS_IN_YUAN)
    assert lines_of(findings) == [f"C07 error {cell_of('annual_amount')}"]
    assert findings[0].message == (
        "年度资金总额 2800000 万元是成本的 10000 倍（160万元 + 120万元 = 280 万元），"
        "金额像是按元填写的"
    )
    assert "换算成万元" in findings[0].suggestion


def test_c07_where_the_sources_stand_in_is_told_at_the_costs(tmp_path):
    changes = FUNDS_IN_YUAN | {"annual_amount": None}
    assert lines_of(of_costs(tmp_path, changes)) == ["C07 error D18"]


@pytest.mark.parametrize(
    ("changes", "findings", "told"),
    [
        # What cannot be proved is a hint that says what leaves it open.
        (
            {**PER_ACRE, "成本1": "≤500元/亩"},
            ["C03 info D18"],
            "单价是上限而数量是下限，乘积既不是最多也不是最少，不能断定是否相符",
        ),
        (
            {**PER_ACRE, "成本1": "≤500元/亩", "数量1": "4000亩"},
            ["C02 warning D18"],
            "按单价的上限计算，4000亩×500元 + 120万元 = 320 万元 > 年度资金总额 280 万元",
        ),
        (
            {"成本1": "280万元"},
            ["C02 warning D18"],
            "多 120 万元；其中一项就等于年度资金总额",
        ),
        (
            {"成本1 名称": "指标1：专家劳务费", "成本1": "800元/人·天"},
            ["C03 info D18"],
            "“专家劳务费”是单价，没有找到以“天”计的数量指标",
        ),
    ],
    ids=str,
)
def test_what_is_less_than_proved_is_less_than_an_error(tmp_path, changes, findings, told):
    found_here = of_costs(tmp_path, changes)
    assert lines_of(found_here) == findings
    assert told in found_here[0].message


@pytest.mark.parametrize(
    ("price", "findings"),
    [
        # 4000 * 400 元 is right; typed in 万元 it is an error, upper bound or not.
        ("400万元/亩", ["C02 error D18"]),
        ("≤400万元/亩", ["C02 error D18"]),
        ("≤400元/亩", []),
    ],
)
def test_a_price_in_万元_that_can_only_be_元(tmp_path, price, findings):
    assert found(filled(tmp_path, {**PER_ACRE, "成本1": price})) == findings


def test_a_price_in_the_wrong_unit_is_told_with_what_it_makes(tmp_path):
    finding = only(filled(tmp_path, {**PER_ACRE, "成本1": "≤400万元/亩"}), "C02")
    assert finding.message == (
        "4000亩×400万元 是年度资金总额 280 万元的一百倍以上；“400万元”像是把元写成了万元，"
        "按400元计算为 160 万元"
    )
    assert "“400元”" in finding.suggestion
