"""The comparison as text and as JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

from rich.console import Console

from perfgoals_xl.comparison.change_report import to_json, write_text
from perfgoals_xl.comparison.changes import Comparison
from perfgoals_xl.comparison.comparing import compare_declarations
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from tests.comparison.years import two_years
from tests.support.steps import OTHER_PROJECT, PROJECT
from tests.workbooks import samples

# The rate of 质量 stands in place of the count of 社会效益 this year.
MOVED: dict[str, object] = {
    "质量1 名称": "指标1：地块验收合格率",
    "质量1": "≥95%",
    "社会效益1 名称": "指标1：补播出苗率",
    "社会效益1": "≥70%",
}


def text_of(comparison: Comparison) -> list[str]:
    out = io.StringIO()
    write_text(comparison, Console(file=out, highlight=False, soft_wrap=True, width=40))
    return out.getvalue().splitlines()


def test_what_did_not_change_is_not_told(tmp_path: Path) -> None:
    lines = text_of(two_years(tmp_path))
    assert lines[0].endswith("金额单位：万元")
    assert lines[1:] == [
        "",
        "项目、金额和指标没有变化。",
        "项目：新增 0 个，取消 0 个，更名 0 个，有变化 0 个，无变化 2 个。",
        "年度资金总额合计：316 → 316（万元）。",
    ]


def test_changes_are_told_by_project(tmp_path: Path) -> None:
    lines = text_of(
        two_years(
            tmp_path,
            {"local_carryover": None},
            {
                "annual_amount": 290,
                "质量1": "≥70%",
                "社会效益1": "持续带动",
                "数量2 名称": "参训牧户人数",
            },
            new_other={"project_name": "古树名木保护项目", "annual_amount": None},
        )
    )
    assert lines[1:] == [
        "",
        PROJECT,
        "  年度资金总额：280 → 290，增加 10（+3.6%）",
        "  本级资金·结余结转资金：空白 → 15，上年空白，不按零计",
        "  数量指标 参训牧户人数（上年名称：培训牧户人数，相似度 0.83）：≥120人次",
        "  质量指标 补播出苗率：≥80% → ≥70%　目标降低，资金未减",
        "  社会效益 受益牧户数：≥300户 → 持续带动　未作判断（定性表述，由人判断）",
        "",
        "[新增] 古树名木保护项目：年度资金总额 空白，指标 11 个",
        f"[取消] {OTHER_PROJECT}：年度资金总额 36 万元，指标 11 个",
        "",
        "项目：新增 1 个，取消 1 个，更名 0 个，有变化 1 个，无变化 0 个。",
        "两年都有的项目：金额变化 2 项；指标新增 0 项，取消 0 项，改名称 1 项，改组别 0 项；"
        "目标值变化 2 项（降低 1 项，其中资金未减的 1 项；"
        "提高 0 项；水平未变 0 项；未作判断 1 项）。",
        "年度资金总额合计：316 → 290（万元），减少 26（-8.2%）；本年有 1 个项目没有金额，未计入。",
    ]


def test_a_renamed_project_tells_how_alike_it_is(tmp_path: Path) -> None:
    lines = text_of(two_years(tmp_path, new={"project_name": "退化草原补播项目"}))
    assert lines[2] == f"[更名] 退化草原补播项目（上年名称：{PROJECT}，相似度 0.86）"


def test_an_amount_that_is_a_text_stays_in_its_line_and_keeps_its_own_unit(tmp_path: Path) -> None:
    asked = {"annual_amount": "约20万元\n（含上年结转）"}
    lines = text_of(
        two_years(tmp_path, None, asked, new_other={"project_name": "古树名木保护项目", **asked})
    )
    told = "约20万元(含上年结转)"
    assert f"  年度资金总额：280 → {told}，不是数字，不能比较" in lines
    assert "[新增] 古树名木保护项目：年度资金总额 约20万元 （含上年结转），指标 11 个" in lines


def test_a_moved_indicator_tells_where_it_stood(tmp_path: Path) -> None:
    comparison = two_years(tmp_path, new=MOVED)
    line = "  社会效益 补播出苗率（上年在质量指标）：≥80% → ≥70%　目标降低，资金未减"
    assert line in text_of(comparison)
    assert comparison.counts["indicators"]["moved"] == 1
    assert "moved" not in comparison.counts["projects"]
    (changed, _) = to_json(comparison)["projects"]
    (moved,) = [change for change in changed["indicators"] if change["status"] == "moved"]
    assert (moved["old_level2"], moved["level2"]) == ("质量指标", "社会效益")
    assert (moved["verdict"], moved["lowered_for_same_money"]) == ("lowered", True)


def test_long_texts_stay_in_one_line() -> None:
    lines = text_of(compare_declarations(samples.nasty(), samples.plain()))
    assert all(len(line) < 400 and "\r" not in line for line in lines)


def test_json_is_one_document_with_the_names_of_the_contract(tmp_path: Path) -> None:
    comparison = two_years(
        tmp_path,
        {"local_carryover": None},
        {"annual_amount": 290.5, "质量1": "≥70%", "transfer_central": "约150"},
    )
    document = json.loads(json.dumps(to_json(comparison), allow_nan=False))
    assert document["format_version"] == 1
    assert [Path(document[side]["file"]).name for side in ("old", "new")] == [
        "上年.xlsx", "本年.xlsx",
    ]  # fmt: skip
    assert (document["old"]["year"], document["amount_unit"]) == (2026, "万元")
    changed, unchanged = document["projects"]
    assert (changed["status"], changed["name"], changed["old_name"]) == (
        "changed",
        PROJECT,
        PROJECT,
    )
    assert (changed["similarity"], changed["money"]) == (1.0, "more")
    assert changed["amounts"] == [
        {"field": "annual_amount", "status": "changed", "old": 280, "new": 290.5,
         "difference": 10.5, "percent": 3.8},
        {"field": "local_carryover", "status": "filled", "old": None, "new": 15,
         "difference": None, "percent": None},
        {"field": "transfer_central", "status": "not_a_number", "old": 150, "new": "约150",
         "difference": None, "percent": None},
    ]  # fmt: skip
    (indicator,) = changed["indicators"]
    assert indicator | {"cell": None, "old_cell": None} == {
        "status": "changed", "level1": "产出指标", "level2": "质量指标", "old_level1": "产出指标",
        "old_level2": "质量指标", "ordinal": 1,
        "level3": "补播出苗率", "old_level3": "补播出苗率", "similarity": 1.0,
        "target_value": "≥70%", "old_target_value": "≥80%", "verdict": "lowered", "reason": None,
        "lowered_for_same_money": True, "sheet": indicator["sheet"], "cell": None,
        "old_sheet": indicator["old_sheet"], "old_cell": None,
    }  # fmt: skip
    assert comparison.new.indicators.place(2, "target_value") == (
        indicator["sheet"], indicator["cell"],
    )  # fmt: skip
    assert unchanged["status"] == "unchanged"
    assert (unchanged["amounts"], unchanged["indicators"]) == ([], [])
    assert document["counts"]["indicators"]["lowered_for_same_money"] == 1
    assert document["totals"]["annual_amount"] == {
        "old": 316, "new": 326.5, "difference": 10.5, "old_missing": 0, "new_missing": 0,
    }  # fmt: skip


def test_json_of_a_new_project_lists_what_it_states(tmp_path: Path) -> None:
    comparison = two_years(tmp_path, new_other={"project_name": "古树名木保护项目"})
    new, gone = to_json(comparison)["projects"][1:]
    assert (new["status"], new["old_name"], new["similarity"]) == ("new", None, None)
    assert (gone["status"], gone["name"], gone["old_name"]) == ("gone", None, OTHER_PROJECT)
    assert {change["field"] for change in new["amounts"]} <= set(AMOUNT_FIELDS)
    assert {change["old"] for change in new["amounts"]} == {None}
    assert {change["status"] for change in gone["indicators"]} == {"gone"}
