"""What is told together, the reasons of groups, and what changed since the last validation."""

from __future__ import annotations

import io
from collections import Counter

import openpyxl
import pytest
from rich.console import Console

from perfgoals_xl.addresses import Place
from perfgoals_xl.api import load, validate
from perfgoals_xl.declaration import Reason
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.changes_since import compare
from perfgoals_xl.review.findings import Finding, Review, merge
from perfgoals_xl.review.grouping import Group, grouped, ranges
from perfgoals_xl.review.reasons import for_groups
from perfgoals_xl.review.report import write_text
from perfgoals_xl.workbooks.marking import write_marked
from tests.support.steps import OTHER_PROJECT, PROJECT, change, filled

AT = Place("校验结果", "K5")


def finding(rule="H03", cell="B4", *, project="甲", severity="warning", message="没有填写", **more):
    sheet = more.pop("sheet", project)
    said = {"indicator": None, "value": None, "suggestion": "请补填。"} | more
    return Finding(
        rule, Severity(severity), "申报.xlsx", sheet, cell, project, "project", message=message,
        **said,
    )  # fmt: skip


def listed(item, **changes):
    told = Reason(
        item.rule, item.sheet, item.project, item.indicator or "", item.message, "", AT, item.cell
    )
    return told._replace(**changes)


def shape(items):
    return [len(item.findings) if isinstance(item, Group) else 1 for item in items]


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([finding(cell=f"B{n}") for n in range(1, 5)], [1] * 4),
        ([finding(cell=f"B{n}") for n in range(1, 6)], [5]),
        ([finding(project=f"项目{n}") for n in range(7)], [7]),
        ([finding(message=f"没有填写{n}") for n in range(7)], [1] * 7),
        ([finding(message=f"与（甲!B{n}）相同") for n in range(7)], [7]),
        ([finding(severity=s) for s in ("error", "warning") for _ in range(3)], [1] * 6),
        ([finding("F07", f"E{n}", message=f"{n} 不是数") for n in range(1, 3)], [2]),
        ([finding("F07", sheet=s) for s in ("甲", "乙")], [1, 1]),
        ([finding("S01", severity="info", message=m) for m in ("没有生态", "没有经济")], [2]),
        ([finding("S01", project=p, severity="info", message="没有生态") for p in "甲乙"], [2]),
        ([finding("S01", severity="warning", message=m) for m in ("没有生态", "没有成本")], [1, 1]),
        ([finding("N02", severity="info", message=str(n)) for n in range(5)], [1] * 5),
        ([finding("N02", severity="info", message=str(n)) for n in range(9)], [1] * 5 + [4]),
        ([finding("N02", project=p, severity="info", message=str(n)) for p in "甲乙"
          for n in range(4)], [1] * 8),
        ([finding("N02", severity="info", message=str(n)) for n in range(6)], [1] * 6),
        ([finding("N02", severity="info", message=str(n)) for n in range(7)], [1] * 5 + [2]),
        ([*(finding("N02", severity="info", message=str(n)) for n in range(5)),
          *(finding("S01", severity="info", message=str(n)) for n in range(3))], [1] * 5 + [3]),
    ],
)  # fmt: skip
def test_what_is_told_together(findings, expected):
    items = grouped(findings)
    assert shape(items) == expected
    flat = [f for item in items for f in (item.findings if isinstance(item, Group) else [item])]
    assert Counter(flat) == Counter(findings)


def hint(rule, message, **more):
    return finding(rule, message=message, severity="info", **more)


@pytest.mark.parametrize(
    ("findings", "message", "advice", "cell"),
    [
        ([hint("S01", "没有生态", suggestion="请补充。"),
          hint("S01", "没有经济", suggestion="或说明")],
         "没有生态；没有经济", "请补充。或说明", "B4"),
        ([hint("S01", "没有生态。", suggestion="写明理由"),
          hint("S01", "没有经济。", suggestion="补")],
         "没有生态。没有经济。", "写明理由；补", "B4"),
        ([finding(cell=f"B{n}") for n in range(5)], "没有填写", "请补填。", None),
        ([finding(sheet=s) for s in "甲乙丙丁戊"], "没有填写", "请补填。", None),
    ],
)  # fmt: skip
def test_a_group_says_in_whole_sentences_what_all_say(findings, message, advice, cell):
    [group] = grouped(findings)
    assert (group.message(), group.suggestion(), group.cell) == (message, advice, cell)
    told = io.StringIO()
    write_text(Review(tuple(findings)), Console(file=told, width=200, soft_wrap=True))
    assert ("处：" in told.getvalue()) == (cell is None)


@pytest.mark.parametrize(
    ("projects", "message"),
    [
        ("甲", "没有生态"),
        ("甲乙", "没有生态（2 个项目：甲、乙）"),
        (
            "子丑寅卯辰巳午未申酉戌",
            "没有生态（11 个项目：子、丑、寅、卯、辰、巳、午、未、申、酉等）",
        ),
    ],
)
def test_a_group_of_what_could_be_added_names_its_projects(projects, message):
    hints = [hint("S01", "没有生态", project=name) for name in projects]
    other = hint("S01", "没有经济", project="甲")
    [group] = grouped([*hints, other])
    assert group.message() == f"{message}；没有经济" + (
        "（1 个项目：甲）" if projects != "甲" else ""
    )


def test_a_rest_names_its_rules_and_one_more_is_told_itself():
    rules = ("N02", "S01", "V04", "N02", "S03", "V04", "S03", "V05")
    *_, rest = grouped([hint(rule, str(n)) for n, rule in enumerate(rules)])
    assert rest.message() == "另有 3 条提示（V04、S03、V05）"
    assert rest.message("en") == "3 more hints (V04, S03, V05)"
    *_, last = grouped([hint("N02", str(n)) for n in range(6)])
    assert isinstance(last, Finding)


def test_places_are_all_told_and_short():
    [group] = grouped(
        [finding(cell=c, project=p) for p in "甲乙" for c in ("D3", "D4", "D5", "B9")]
    )
    assert group.places() == "甲 D3:D5、B9；乙 D3:D5、B9"
    assert ranges(["AA2", "A2", "A3"]) == ["AA2", "A2:A3"]


def test_a_reason_for_a_group_goes_to_those_without_one():
    members = [finding(cell=f"B{n}", waiver="自己的" if n == 2 else None) for n in range(1, 6)]
    reason = listed(members[0], group=5, text="一并说明")
    told, left = for_groups([*members, finding("H04")], [reason])
    assert [f.waiver for f in told] == ["一并说明", "自己的", *["一并说明"] * 3, None]
    assert left == ()
    anew, _ = for_groups(
        [f for f in told if f.waiver == "一并说明"], [reason._replace(text="新的")]
    )
    assert {f.waiver for f in anew} == {"新的"}
    assert for_groups([finding("H04")], [reason])[1] == (reason,)


S01 = [
    *(finding("S01", project=f"项目{n}", message="没有质量指标") for n in range(6)),
    *(
        finding("S01", project=f"项目{n}", message=message, severity="info")
        for n in range(2)
        for message in ("没有生态效益指标", "没有经济效益指标")
    ),
]
F07 = [
    finding("F07", f"E{n}", severity=severity, message=f"{n} 不是数")
    for severity in ("warning", "info")
    for n in range(2)
]


@pytest.mark.parametrize(
    ("findings", "first", "level", "answered"),
    [
        (S01, 0, "警告", range(6)),
        (S01, 6, "提示", range(6, 10)),
        (S01, 0, "已清除", range(6)),
        (S01, 8, "已清除", range(6, 10)),
        (F07, 0, "警告", (0, 1)),
        (F07, 2, "提示", (2, 3)),
        (F07, 0, "已消除", range(4)),
    ],
)
def test_a_reason_for_a_group_is_for_its_level_alone(findings, first, level, answered):
    size = len(answered)
    reason = listed(findings[first], group=size, level=level, text="一并说明")
    if len({findings[n].project for n in answered}) > 1:
        reason = reason._replace(project="", sheet="")  # as such a row has it
    told, left = for_groups(findings, [reason])
    assert [n for n, f in enumerate(told) if f.waiver] == list(answered)
    assert left == ()


def test_a_reason_for_the_group_of_a_project_is_for_no_other():
    reason = listed(S01[6], group=2, level="提示", text="一并说明")
    told, left = for_groups(S01, [reason])
    assert [n for n, f in enumerate(told) if f.waiver] == [6, 7]
    assert left == ()


A, B = (
    finding(message="没有填写"),
    finding("V05", "D9", indicator="指标1：培训人数", message="值是 3"),
)


@pytest.mark.parametrize(
    ("before", "now", "counts"),
    [
        ([A, B], [A, B], (0, 0, 2)),
        ([A, B], [B], (1, 0, 1)),
        ([B], [A, B], (0, 1, 1)),
        ([B], [finding("V05", "D12", indicator=B.indicator, message="值是 3")], (0, 0, 1)),
        ([B], [finding("V05", "D9", indicator=B.indicator, message="值是 4")], (0, 0, 1)),
        ([B], [finding("V05", "D9", indicator="指标1：受训人数", message="值是 3")], (0, 0, 1)),
        ([B], [finding("V05", "D10", indicator="指标2：场次", message="值是 3")], (1, 1, 0)),
        ([A], [finding(project="乙", sheet="甲")], (0, 0, 1)),
        ([A], [finding(project="甲", sheet="乙")], (0, 0, 1)),
        ([A], [finding(project="乙", sheet="乙")], (0, 0, 1)),
        ([A] * 3, [A], (2, 0, 1)),
        ([A], [finding("H04")], (1, 1, 0)),
        ([], [A], (0, 1, 0)),
    ],
)  # fmt: skip
def test_the_same_finding_is_known_again(before, now, counts):
    names = {f.sheet for f in now}
    since = compare(
        [listed(f) for f in before],
        now,
        sheets=names,
        projects={f.project for f in now},
    )
    assert tuple(since.to_json().values()) == counts


def marked(path, name):
    output = path.with_name(name)
    declaration = load(path)
    write_marked([path], [declaration], validate(path), output)
    return output


def test_a_workbook_says_what_changed(tmp_path):
    path = filled(tmp_path, {"annual_amount": 290, "质量1": None})
    assert validate(path).since is None
    assert "since" not in validate(path).to_json()
    copy = marked(path, "副本.xlsx")
    count = len(validate(copy).findings)
    assert validate(copy).to_json()["since"] == {"solved": 0, "new": 0, "standing": count}
    change(copy, {"质量1": "≥80%", "数量1": None})
    found = validate(copy)
    assert found.to_json()["since"] == {"solved": 1, "new": 1, "standing": count - 1}
    out = io.StringIO()
    write_text(merge([found]), Console(file=out, width=60, highlight=False, soft_wrap=True))
    lines = out.getvalue().splitlines()
    assert lines[0] == "与上次校验相比：已解决 1 项，新增 1 项，仍有 3 项。"
    assert lines[1].startswith(f"  已解决 S02 {PROJECT} D16 ")
    assert sum("（新增）" in line for line in lines) == 1


def test_a_group_opens_counts_and_takes_a_reason(tmp_path):
    blank = dict.fromkeys(("数量1", "数量2", "质量1"), None)
    path = filled(tmp_path, blank, other=blank)
    alike = dict.fromkeys(("数量1 名称", "数量2 名称", "质量1 名称"), "指标1：同")
    change(path, alike, alike)
    copy = marked(path, "副本.xlsx")
    sheet = openpyxl.load_workbook(copy)["校验结果"]
    assert [sheet.cell(5, 2).value, sheet.cell(5, 3).value] == ["错误×6", "S02"]
    assert PROJECT in sheet.cell(5, 9).value
    assert OTHER_PROJECT in sheet.cell(5, 9).value
    hidden = [row for row in range(5, 17) if sheet.row_dimensions[row].hidden]
    assert hidden == list(range(6, 12))
    assert all(sheet.row_dimensions[row].outlineLevel == 1 for row in hidden)
    assert all(sheet.cell(row, 5).hyperlink for row in hidden)
    assert not sheet.sheet_properties.outlinePr.summaryBelow
    change(copy, {"校验结果!K5": "同一个理由"})
    found = validate(copy)
    assert [f.waiver for f in found.findings if f.rule == "S02"] == ["同一个理由"] * 6
    assert {f.waiver for f in found.findings if f.rule != "S02"} == {None}
    assert found.since.to_json() == {"solved": 0, "new": 0, "standing": len(found.findings)}
    again = marked(copy, "再.xlsx")
    sheet = openpyxl.load_workbook(again)["校验结果"]
    assert [sheet.cell(row, 11).value for row in range(5, 12)] == [
        "（6 项均已说明，见各行）",
        *["同一个理由"] * 6,
    ]
    answered = [f.waiver for f in validate(again).findings if f.rule == "S02"]
    assert answered == ["同一个理由"] * 6
    assert validate(again).not_reasons == ()
