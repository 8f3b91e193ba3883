"""The findings as text for people and as CSV, and the rule list."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

from rich.console import Console

from perfgoals_xl.api import validate
from perfgoals_xl.review import rule_list
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.review.findings import NotJudged, merge
from perfgoals_xl.review.report import closing_line, write_csv, write_text
from tests.support.steps import OTHER_PROJECT, PROJECT, filled

FAULTS = {"annual_amount": 281, "total_amount": 281, "质量1": None}


def text_of(review):
    out = io.StringIO()
    write_text(review, Console(file=out, width=60, highlight=False, soft_wrap=True))
    return out.getvalue()


def test_text_is_grouped_by_sheet(tmp_path):
    path = filled(tmp_path, FAULTS, other={"annual_goal": None})
    lines = text_of(validate(path)).splitlines()
    assert [line for line in lines if "工作表" in line] == [
        f"{path}  工作表“{PROJECT}”",
        f"{path}  工作表“{OTHER_PROJECT}”",
    ]
    assert "  错误 S02 D16 指标“指标1：补播出苗率”没有指标值" in lines
    assert "      → 请补齐这一行；多余的行请清空。" in lines
    assert lines[-1] == "错误 3 项，警告 1 项，提示 0 项。22 个指标中 20 个没有问题（90%）。"


def test_what_was_not_judged_is_told_by_its_project_else_its_sheet_else_its_file():
    entries = [
        NotJudged("F02", "申报.xlsx", "甲", "项目\n一", "没有填写"),
        NotJudged("F02", "申报.xlsx", "乙", None, "没有填写"),
        NotJudged("F02", "申报.xlsx", None, None, "没有填写"),
    ]
    lines = text_of(replace(merge([]), not_judged=tuple(entries))).splitlines()
    assert [line for line in lines if "F02" in line] == [
        "  F02 项目 一：没有填写",
        "  F02 乙：没有填写",
        "  F02 申报.xlsx：没有填写",
    ]


def test_text_is_not_read_as_markup(tmp_path):
    path = filled(tmp_path, {"质量1 名称": "[red]指标1：[/]出苗率[bold]", "质量1": None})
    assert "[red]指标1：[/]出苗率[bold]" in text_of(validate(path))


def test_the_closing_line(tmp_path):
    clean = closing_line(validate(filled(tmp_path)))
    assert clean == "没有发现问题。22 个指标中 22 个没有问题（100%）。"
    told = closing_line(validate(filled(tmp_path, {"annual_amount": None})))
    assert told == (
        "错误 1 项，警告 0 项，提示 0 项；另有 2 项因缺少数据未作判断。"
        "22 个指标中 22 个没有问题（100%）。"
    )
    assert closing_line(merge([])) == "没有发现问题。"


def test_csv_has_the_columns_of_the_json(tmp_path):
    review = validate(filled(tmp_path, FAULTS))
    out = io.StringIO()
    write_csv(review.findings, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    documents = review.to_json()["findings"]
    assert list(rows[0]) == list(documents[0])
    assert rows == [{k: v or "" for k, v in document.items()} for document in documents]


def test_csv_is_safe_to_open(tmp_path):
    path = filled(tmp_path, {"质量1 名称": "=HYPERLINK(1)", "质量1": None, "数量1": "@若干"})
    out = io.StringIO()
    write_csv(validate(path).findings, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [row["indicator"] for row in rows] == ["指标1：补播改良面积", "'=HYPERLINK(1)"]
    assert rows[0]["value"] == "'@若干"


def test_the_rule_list_holds_every_rule():
    document = json.loads(rule_list.as_json())
    assert document["format_version"] == 1
    assert [rule["code"] for rule in document["rules"]] == list(RULES)
    assert {rule["severity"] for rule in document["rules"]} == {"error", "warning", "info"}
    for code, rule in RULES.items():
        assert f"{code}  {rule.severity.label}  {rule.title}\n" in rule_list.as_text()
        assert f"| {code} | {rule.severity.label} | " in rule_list.as_md()
        assert f" | {rule.title} | " in rule_list.as_md()
