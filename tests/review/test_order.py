"""How findings are told: one per blank cell, in the order of the workbook, the same every time."""

from __future__ import annotations

import json
import random
from string import Formatter

import pytest

from perfgoals_xl.addresses import row_column
from perfgoals_xl.api import load, validate
from perfgoals_xl.review.catalogue import RULES, Severity
from perfgoals_xl.review.findings import merge
from tests.support.steps import (
    OTHER_PROJECT,
    PROJECT,
    cell_of,
    filled,
    found,
    places,
    review,
    text_of,
)

MANY = {
    "project_name": None,
    "annual_goal": None,
    "implementing_unit": None,
    "annual_amount": None,
    "total_amount": 1,
    "local_total": 81,
    "数量1": None,
    "数量2": "若干",
    "质量1": "无",
    "时效1 名称": None,
    "成本1": "***万元",
    "生态效益1": None,
    "生态效益1 名称": None,
}


def test_one_blank_cell_has_one_finding(tmp_path):
    """Whatever single cell is emptied, no two findings stand in it."""
    keys = [
        key for key in places()[0] if key[-2:] not in ("一级", "二级", "备注") and key != "year"
    ]
    assert len(keys) > 30
    for key in keys:
        told = review(filled(tmp_path, {key: None})).findings
        at = [f.rule for f in told if f.cell == cell_of(key)]
        assert len(at) <= 1, (key, at)
        # Nor does any rule that reads the cell speak up elsewhere, but those of sums without it.
        other = {f.rule for f in told if f.cell != cell_of(key)}
        assert other <= {"F02", "F03"}, (key, other)


def test_blank_cells_together_have_one_finding_each(tmp_path):
    told = [f for f in review(filled(tmp_path, MANY)).findings if f.rule != "S01"]
    cells = [f.cell for f in told]
    assert len(cells) == len(set(cells))


def test_findings_stand_in_the_order_of_the_workbook(tmp_path):
    path = filled(tmp_path, MANY, other={"annual_goal": None, "project_attribute": None})
    told = review(path).findings
    sheets = list(dict.fromkeys(f.sheet for f in told))
    assert sheets == [PROJECT, OTHER_PROJECT]
    for sheet in sheets:
        order = [(*row_column(f.cell), f.rule) for f in told if f.sheet == sheet]
        assert order == sorted(order)
    assert found(path)[:6] == [
        "H01 error C4",
        "H03 warning E5",
        "F01 error E7",
        "F03 error C8",
        "H02 error C12",
        "S02 error D14",
    ]


def test_columns_are_ordered_as_in_excel(tmp_path):
    # Z stands before AA: the order is that of columns, not of letters.
    path = tmp_path / "宽.txt"
    blank = "\t" * 24
    path.write_text(
        "\n".join(blank + line for line in text_of().splitlines())
        .replace("实施单位\t青岚县草原工作站", "实施单位\t", 1)
        .replace("主管部门\t\t青岚县林业和草原局", "主管部门\t\t", 1),
        encoding="utf-8",
    )
    assert found(path) == ["H03 warning Z8", "H03 warning AC8"]


def test_the_same_input_gives_the_same_bytes(tmp_path):
    path = filled(tmp_path, MANY, other={"数量1": "XX场"})
    texts = {json.dumps(review(path).to_json(), ensure_ascii=False) for _ in range(3)}
    assert len(texts) == 1


def test_counts_and_errors(tmp_path):
    told = review(filled(tmp_path, {"质量1": None, "project_period": None}))
    assert told.counts == {"error": 1, "warning": 1, "info": 0}
    assert told.has_errors
    assert told.has_open_errors
    assert not review(filled(tmp_path, {"project_period": None})).has_errors


def test_several_files_are_told_one_after_the_other(tmp_path):
    first = filled(tmp_path, {"质量1": None}, name="乙.xlsx")
    second = filled(tmp_path, {"annual_goal": None}, name="甲.xlsx")
    told = merge([validate(first), validate(second)])
    assert [(f.file, f.rule) for f in told.findings] == [(str(first), "S02"), (str(second), "H02")]


def test_findings_as_a_table(tmp_path):
    path = filled(tmp_path, {"质量1": None})
    frame = review(path).to_frame()
    assert list(frame.columns) == list(review(path).to_json()["findings"][0])
    assert frame["rule"].tolist() == ["S02"]
    empty = review(filled(tmp_path)).to_frame()
    assert list(empty.columns) == list(frame.columns)
    assert len(empty) == 0


def test_a_loaded_declaration_can_be_reviewed(tmp_path):
    path = filled(tmp_path, {"质量1": None})
    assert validate(load(path)) == validate(path)


def test_every_rule_is_told_in_full():
    for code, rule in RULES.items():
        assert code == rule.code
        assert isinstance(rule.severity, Severity)
        assert "" in rule.messages
        assert rule.explanation.endswith("。")
        assert rule.suggestion.endswith("。")
        assert all((rule.titles.zh, rule.titles.en, rule.explained.en, rule.suggested.en))


def test_a_message_says_the_same_in_both_languages():
    def names(template):
        # One thing may have two names: a difference in words and in figures, a word in English.
        found = {name for _, name, _, _ in Formatter().parse(template) if name}
        return {"difference" if name == "gap" else name.removesuffix("_en") for name in found}

    for code, rule in RULES.items():
        for text in (*rule.messages.values(), rule.suggested):
            assert names(text.zh) == names(text.en), (code, text)


@pytest.mark.parametrize("seed", range(3))
def test_messages_leave_no_gap_unfilled(tmp_path, seed):
    choose = random.Random(seed)
    keys = [key for key in places()[0] if key[-2:] not in ("一级", "二级", "备注")]
    values = [None, "无", "***", "若干", -3, "{x}", "}{", "0.1万元", "%s"]
    changes = {key: choose.choice(values) for key in choose.sample(keys, 15)}
    for finding in review(filled(tmp_path, changes)).findings:
        assert "None" not in finding.message
        assert finding.message == finding.message.strip()
        assert finding.suggestion
