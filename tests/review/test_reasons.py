"""Reasons (说明) stay with what they were written against, and none is dropped in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfgoals_xl.addresses import Place
from perfgoals_xl.api import load, validate
from perfgoals_xl.declaration import Reason
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.findings import Finding
from perfgoals_xl.review.reasons import NOT_THERE, WAITING, attach, is_own_text, why_none
from perfgoals_xl.review.run import review
from tests.support.steps import PROJECT, change, filled, rename_sheet


def answered(declaration, texts):
    """The declaration with a reason written against each finding named in ``texts``."""
    told = validate(declaration).findings
    reasons = []
    for (rule, about), text in texts.items():
        (finding,) = [
            f for f in told if f.rule == rule and about in (f.indicator, f.field, f.message)
        ]
        reasons.append(reason_for(finding, text))
    return tuple(reasons)


def reason_for(finding, text):
    return Reason(
        finding.rule,
        finding.sheet or "",
        finding.project or "",
        finding.indicator or "",
        finding.message,
        text,
        Place("校验结果", "K5"),
    )


def waivers(path, reasons):
    """Rule and reason of every finding answered, and the reasons left over."""
    result = review(replace(load(path), reasons=reasons))
    told = [(f.rule, f.indicator or f.field, f.waiver) for f in result.findings if f.waiver]
    return told, [reason.text for reason in result.unmatched_reasons]


def test_a_reason_answers_its_finding(tmp_path):
    path = filled(tmp_path, {"质量1": "无", "时效1": "无"})
    reasons = answered(load(path), {("V02", "指标1：补播出苗率"): "两年后才能检测"})
    assert waivers(path, reasons) == ([("V02", "指标1：补播出苗率", "两年后才能检测")], [])


def test_an_answered_error_is_an_error_and_not_open(tmp_path):
    path = filled(tmp_path, {"质量1": "无"})
    reasons = answered(load(path), {("V02", "指标1：补播出苗率"): "两年后才能检测"})
    result = review(replace(load(path), reasons=reasons))
    assert result.counts["error"] == 1
    assert result.has_errors
    assert not result.has_open_errors
    assert result.to_json()["findings"][0]["waiver"] == "两年后才能检测"


def test_it_follows_its_finding_when_rows_move(tmp_path):
    from openpyxl import load_workbook

    path = filled(tmp_path, {"质量1": "无", "时效1": "无"})
    reasons = answered(
        load(path), {("V02", "指标1：补播出苗率"): "甲", ("V02", "指标1：补播完成时间"): "乙"}
    )
    book = load_workbook(path)
    sheet = book[PROJECT]
    for area in list(sheet.merged_cells.ranges):
        if area.min_row > 13:
            sheet.unmerge_cells(str(area))
    sheet.insert_rows(14, 3)
    book.save(path)
    assert [f.cell for f in validate(path).findings if f.rule == "V02"] == ["D19", "D20"]
    assert waivers(path, reasons) == (
        [("V02", "指标1：补播出苗率", "甲"), ("V02", "指标1：补播完成时间", "乙")],
        [],
    )


def test_it_follows_its_finding_when_rows_change_places(tmp_path):
    names = {"数量1 名称": "指标1：甲工程长度", "数量2 名称": "指标2：乙工程长度"}
    path = filled(tmp_path, names | {"数量1": "若干", "数量2": "若干"})
    reasons = answered(
        load(path), {("V03", "指标1：甲工程长度"): "甲", ("V03", "指标2：乙工程长度"): "乙"}
    )
    swapped = {"数量1 名称": "指标2：乙工程长度", "数量2 名称": "指标1：甲工程长度"}
    path = filled(tmp_path, swapped | {"数量1": "若干", "数量2": "若干"})
    assert waivers(path, reasons) == (
        [("V03", "指标2：乙工程长度", "乙"), ("V03", "指标1：甲工程长度", "甲")],
        [],
    )


@pytest.mark.parametrize(
    ("before", "after", "rule", "about"),
    [
        ({"annual_amount": 281}, {"annual_amount": 283.5}, "F02", "annual_amount"),
        ({"annual_amount": 281}, {"annual_amount": 279}, "F02", "annual_amount"),
        ({"local_other": 6}, {"local_other": 7}, "F03", "local_total"),
        ({"total_amount": 250}, {"total_amount": 240}, "F04", "total_amount"),
        ({"成本1": "170万元"}, {"成本1": "175万元"}, "C02", "指标1：草种采购费"),
        ({"成本1": "150万元"}, {"成本1": "140万元"}, "C03", "指标1：草种采购费"),
        ({"质量1": "***%"}, {"质量1": "≥XX%"}, "V01", "指标1：补播出苗率"),
        ({"A1": "2025年绩效目标表"}, {"A1": "2024年绩效目标表"}, "H04", "project"),
        (
            {"annual_amount": None},
            {"annual_amount": None, "local_total": 81},
            "F01",
            "annual_amount",
        ),
    ],
)
def test_it_stays_when_a_figure_changes(tmp_path, before, after, rule, about):
    reasons = answered(load(filled(tmp_path, before)), {(rule, about): "已核实"})
    told, left = waivers(filled(tmp_path, after), reasons)
    assert ((rule, about, "已核实") in told, left) == (True, [])


def test_two_reasons_under_one_rule_are_not_swapped(tmp_path):
    path = filled(tmp_path, {"local_other": 6, "transfer_central": 149})
    reasons = answered(
        load(path), {("F03", "local_total"): "本级的理由", ("F03", "transfer_total"): "转移的理由"}
    )
    # Both figures change, then one of the two is mended.
    path = filled(tmp_path, {"local_other": 7, "transfer_central": 148})
    assert waivers(path, reasons) == (
        [("F03", "local_total", "本级的理由"), ("F03", "transfer_total", "转移的理由")],
        [],
    )
    path = filled(tmp_path, {"transfer_central": 148})
    assert waivers(path, reasons) == ([("F03", "transfer_total", "转移的理由")], ["本级的理由"])


@pytest.mark.parametrize(
    ("before", "after", "rule", "about"),
    [
        # Another group is missing now; another field is blank now.
        (
            {"生态效益1": None, "生态效益1 名称": None},
            {"数量1": None, "数量1 名称": None, "数量2": None, "数量2 名称": None},
            "S01",
            "没有生态效益指标",
        ),
        ({"project_period": None}, {"supervising_department": None}, "H03", "project_period"),
        ({"local_other": 6}, {"transfer_central": 149}, "F03", "local_total"),
        ({"质量1": "无"}, {"时效1": "无"}, "V02", "指标1：补播出苗率"),
        (
            {"生态效益1": "无", "生态效益1 名称": "无"},
            {"社会效益1": "无", "社会效益1 名称": "无"},
            "V02",
            "无",
        ),
        ({"annual_amount": None}, {"annual_amount": "待定"}, "F01", "annual_amount"),
        ({"质量1": None}, {}, "S02", "指标1：补播出苗率"),
    ],
)
def test_a_reason_never_jumps_to_a_neighbour(tmp_path, before, after, rule, about):
    reasons = answered(load(filled(tmp_path, before)), {(rule, about): "本条的理由"})
    assert waivers(filled(tmp_path, after), reasons) == ([], ["本条的理由"])


def test_it_follows_a_renamed_sheet_and_a_renamed_project(tmp_path):
    path = filled(tmp_path, {"质量1": "无"})
    reasons = answered(load(path), {("V02", "指标1：补播出苗率"): "两年后才能检测"})
    told = [("V02", "指标1：补播出苗率", "两年后才能检测")]
    assert waivers(rename_sheet(path, PROJECT, "补播"), reasons) == (told, [])
    path = filled(tmp_path, {"质量1": "无", "project_name": "草原改良项目"})
    assert waivers(path, reasons) == (told, [])


def test_the_same_indicator_of_two_projects_is_told_apart(tmp_path):
    names = {"质量1": "无", "质量1 名称": "指标1：验收合格率"}
    path = filled(tmp_path, names, other=names)
    first, second = [f for f in validate(path).findings if f.rule == "V02"]
    reasons = (reason_for(second, "第二个"), reason_for(first, "第一个"))
    result = review(replace(load(path), reasons=reasons))
    assert [f.waiver for f in result.findings] == ["第一个", "第二个"]


def test_reasons_are_read_from_the_sheet(tmp_path):
    path = filled(tmp_path, {"质量1": None, "project_period": None})
    told = validate(path).findings
    rows = {}
    for row, (finding, text) in enumerate(zip(told, ("=不是公式", ""), strict=True), start=5):
        cells = dict(zip("CDFGIK", (
            finding.rule, finding.sheet, finding.project, finding.indicator, finding.message, text,
        ), strict=True))  # fmt: skip
        rows |= {f"校验结果!{column}{row}": value for column, value in cells.items()}
    change(path, rows)
    assert [(f.rule, f.waiver) for f in validate(path).findings] == [
        ("H03", "=不是公式"),
        ("S02", None),
    ]
    assert validate(path).unmatched_reasons == ()


def finding(rule, message, indicator=None, sheet="表", project="项"):
    return Finding(
        rule, Severity.ERROR, "f", sheet, "A1", project, "x", indicator, None, message, "。"
    )


def test_as_many_reasons_as_equal_findings_are_taken():
    told = [finding("S03", "重复", "指标1：甲"), finding("S03", "重复", "指标1：甲")]
    reasons = [reason_for(told[0], "一"), reason_for(told[1], "二"), reason_for(told[1], "三")]
    found_now, left = attach(told, reasons)
    assert [f.waiver for f in found_now] == ["一", "二"]
    assert [r.text for r in left] == ["三"]


def test_of_two_reasons_for_one_finding_none_is_guessed():
    was = [finding("V01", "“*1”", "指标1：甲"), finding("V01", "“*2”", "指标1：甲")]
    reasons = [reason_for(was[0], "一"), reason_for(was[1], "二")]
    now, left = attach([finding("V01", "“*3”", "指标1：甲")], reasons)
    assert [f.waiver for f in now] == [None]
    assert [r.text for r in left] == ["一", "二"]


def test_without_reasons_nothing_is_answered():
    told = [finding("S02", "无值", "指标1：甲")]
    assert attach(told, []) == (tuple(told), ())
    assert attach([], []) == ((), ())


class TestOwnTexts:
    """What this program wrote is no reason, however it came to stand in that column."""

    def test_messages_and_suggestions(self, tmp_path):
        path = filled(
            tmp_path, {"annual_amount": 290, "质量1": None, "时效1": "无"}, every_rule=True
        )
        told = validate(path).findings
        assert len(told) > 3
        for one in told:
            for text in (
                one.message,
                one.suggestion,
                one.suggestion.rstrip("。"),
                f" {one.message}",
            ):
                assert is_own_text(reason_for(one, text))
        for one in validate(path).findings:
            assert is_own_text(reason_for(told[0], one.suggestion))

    @pytest.mark.parametrize(
        "text",
        [
            NOT_THERE,
            WAITING,
            "=ROW('表'!$E$7)*100000+COLUMN('表'!$E$7)",
            "=IFERROR(HYPERLINK(\"#'表'!\"&ADDRESS(ROW('表'!$E$7),1,4),1),\"已删除\")",
        ],
    )
    def test_fixed_texts_and_formulas(self, text):
        assert is_own_text(reason_for(finding("F02", "多 10 万元"), text))

    @pytest.mark.parametrize(
        "text",
        [
            "追加资金文件已附",
            "=见附件",
            "请核对",
            "年度资金总额含上年结转，已与财政局确认",
            "请核对年度资金总额和各项资金来源，使两者相等。已核对，无误，差额为结转资金",
            "本项目没有生态效益指标，因为不涉及",
            "无",
            "1600004",
            "长" * 20_000,
            "=ROW说明",
        ],
    )
    def test_what_a_person_writes(self, text):
        assert not is_own_text(reason_for(finding("F02", "多 10 万元"), text))

    def test_they_are_told_and_answer_nothing(self, tmp_path):
        path = filled(tmp_path, {"annual_amount": 290})
        told = validate(path).findings
        reasons = tuple(reason_for(one, one.suggestion) for one in told)
        result = review(replace(load(path), reasons=reasons))
        assert [f.waiver for f in result.findings] == [None] * len(told)
        assert len(result.not_reasons) == len(told)
        assert result.unmatched_reasons == ()


class TestMissingColumns:
    """The sheet lacks a column that staff deleted: the others say what a reason is about."""

    def attached(self, told, missing, which):
        blank = dict.fromkeys(missing & {"rule", "sheet", "project", "indicator", "message"}, "")
        reason = reason_for(told[which], "理由")._replace(missing=missing, cell="A1", **blank)
        now, left = attach(told, [reason])
        return [f.waiver for f in now], [r.text for r in left]

    @pytest.mark.parametrize("key", ["rule", "sheet", "project", "indicator", "message"])
    def test_one_of_them(self, key):
        told = [
            finding("F02", "多 10 万元"),
            finding("V01", "“***”", "指标1：甲"),
            finding("V02", "“无”", "指标2：乙"),
        ]
        for which in range(3):
            expected = [None, None, None]
            expected[which] = "理由"
            assert self.attached(told, frozenset({key}), which) == (expected, [])

    def test_what_does_not_name_one_finding_answers_none(self):
        told = [finding("V02", "“无”", "指标1：甲"), finding("V02", "“无”", "指标2：乙")]
        told = [replace(one, cell=cell) for one, cell in zip(told, ("D5", "D6"), strict=True)]
        assert self.attached(told, frozenset({"indicator"}), 0) == ([None, None], ["理由"])
        missing = frozenset({"indicator", "message"})
        assert self.attached(told[:1], missing, 0) == ([None], ["理由"])

    def test_equal_ones_are_told_apart_by_their_cells(self):
        told = [finding("V02", "“无”", "指标1：甲"), finding("V02", "“无”", "指标2：乙")]
        told = [replace(told[0], cell="D5"), replace(told[1], cell="A1")]
        missing = frozenset({"indicator"})
        assert self.attached(told, missing, 1) == ([None, "理由"], [])


def test_a_copied_row_says_nothing_new():
    told = [finding("S02", "无值", "指标1：甲")]
    reasons = [reason_for(told[0], "一"), reason_for(told[0], "一"), reason_for(told[0], "二")]
    now, left = attach(told, reasons)
    assert [f.waiver for f in now] == ["一"]
    assert [r.text for r in left] == ["二"]


NO_REASONS = [
    *("/", "。", "——", "×", "√", "？", "…", "无", " 无 ", "无。", "*"),
    *("#N/A", "#REF!", "#DIV/0!", "#NAME?", "#GETTING_DATA", "Err:502"),
    "（公式未计算）",
    "请补填实施单位。",
    "请补填主管部门。",
]
REASONS = [
    *("不涉及", "无法统计", "无异议", "已核", "同意", "见附件1", "2026-03-01", "=另行报送", "a"),
    "实施单位待机构改革后确定，没有填写",
    "请补填的内容已报省厅，待批复。",
    "#1 会议纪要",
]


@pytest.mark.parametrize("text", NO_REASONS + REASONS)
def test_only_what_says_something_is_a_reason(tmp_path, text):
    path = filled(tmp_path, {"implementing_unit": None})
    (finding,) = [f for f in validate(load(path)).findings if f.rule == "H03"]
    given = reason_for(finding, text)
    result = review(replace(load(path), reasons=(given,)))
    answers = [f.waiver for f in result.findings if f.waiver]
    assert answers == ([text] if text in REASONS else [])
    assert list(result.not_reasons) == ([] if text in REASONS else [given])
    assert bool(why_none(given)) == (text not in REASONS)


def test_what_a_finding_says_answers_no_other(tmp_path):
    """As it stands there where the headings were changed over."""
    declaration = load(filled(tmp_path, {"annual_amount": 290, "质量1": None}))
    told = validate(declaration).findings
    for finding in told:
        for text in (finding.message, finding.suggestion):
            reason = reason_for(replace(finding, message="另一个问题"), text)
            result = review(replace(declaration, reasons=(reason,)))
            assert not any(f.waiver for f in result.findings)
            assert [r.text for r in result.not_reasons] == [text]
