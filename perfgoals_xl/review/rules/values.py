"""Indicator rows one by one: pairs of name and value, masks, 无, numbers (S02 and V rules)."""

from __future__ import annotations

import re
from decimal import Decimal

from perfgoals_xl.declaration import PROJECT_FIELDS
from perfgoals_xl.form.fields import label_of
from perfgoals_xl.form.target import is_nothing, mask_in
from perfgoals_xl.form.target_grammar.spelling import is_choice
from perfgoals_xl.form.taxonomy import group_key
from perfgoals_xl.form.text import UNCALCULATED, fold, is_blank
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.evidence.indicator_text import answers, says_nothing, turned_round
from perfgoals_xl.review.evidence.wording import hint_in
from perfgoals_xl.review.findings import Hit, Verdict
from perfgoals_xl.review.row_rules import (
    AnyJudge,
    AnyRow,
    JudgedIndicator,
    indicator_rule,
    project_rule,
)

# A name that asks for a rate or a count: it ends in one of these words.
_ASKS_FOR_NUMBER = re.compile(
    r"(?:率|比例|占比|比重|百分比|满意度|完成度|知晓度|数|数量|次数|人数|户数|人次|面积|金额|天数|时长)"
    r"(?:\([^()]*\))?[。;；,，.:]*$"
)
# What one hopes not to happen: its 无 means 0.
_MISHAP = re.compile(
    r"(?P<what>死亡|伤亡|受伤|重伤|溺亡|溺水|中毒|事故|火灾|灾害|案件|投诉|信访|上访|舆情|疫情|差错|失误|故障|违规|违纪|违法|污染|泄露|泄漏|返贫|纠纷)"
    r"(?:事件|情况|问题|发生)*(?:起数|次数|件数|人数|例数|数量|总数|数|(?P<rate>率|比例))?$"
)
_ZERO_UNITS = {
    **dict.fromkeys(("死亡", "伤亡", "受伤", "重伤", "溺亡", "溺水", "返贫"), "人"),
    **dict.fromkeys(("投诉", "信访", "上访", "差错", "失误", "故障", "违规", "违纪", "违法"), "次"),
}
# Groups whose lack is at most a hint: saying 无 there is nothing to warn of.
_OPTIONAL_GROUPS = frozenset({"经济效益", "生态效益", "社会成本", "生态环境成本"})
_STROKES = frozenset({"/", "\\", "-", "--", "—", "——"})
_DIGIT = re.compile(r"\d")


def pair_is_complete(row: JudgedIndicator) -> Verdict:
    """S02: an indicator has a target value, and a target value an indicator."""
    name, value = row["indicator"], row["target_value"]
    if is_blank(value) and not is_blank(name) and not says_nothing(name):
        return Hit("target_value", {"name": name})
    if is_blank(name) and not is_blank(value) and not says_nothing(value):
        return Hit("indicator", {"value": value}, variant="name")
    return None


def no_mask(column: str) -> AnyJudge:
    """V01: a text of the form holds no unfilled mask. One check per column."""

    def check(row: AnyRow) -> Verdict:
        text = row[column]
        if not isinstance(text, str):
            return None
        mask = mask_in(text)
        # In running text an ellipsis is punctuation; only in an indicator it stands for a gap.
        if mask is None or (column == "annual_goal" and set(mask) <= {"…", "."}):
            return None
        if mask == _UNCALCULATED:
            return _formula(row, column)
        return Hit(
            column, {"text": _short(text), "mask": mask}, "choices" if is_choice(mask) else ""
        )

    return check


def calculated(column: str) -> AnyJudge:
    """V01: the formula of a cell has a value. One check per column in which masks may stand."""

    def check(row: AnyRow) -> Verdict:
        text = row[column]
        is_formula = isinstance(text, str) and mask_in(text) == _UNCALCULATED
        return _formula(row, column) if is_formula else None

    return check


def _formula(row: AnyRow, column: str) -> Hit:
    told = row.get("level3") if column == "target_value" else None
    of_row = isinstance(told, str) and mask_in(told) is None
    return Hit(
        column,
        {"what": f"“{told}”的指标值" if of_row else label_of(_LABELLED.get(column, column))},
        "formula",
    )


def name_holds_no_mask(row: JudgedIndicator) -> Verdict:
    """V01: an indicator's name holds no mask; one that is a hint for the value is left over."""
    name, value = row["indicator"], row["target_value"]
    if not isinstance(name, str) or mask_in(name) is None:
        return None
    filled = not is_blank(value) and mask_in(value) is None and not is_nothing(value)
    hint = hint_in(name) if filled else None
    if hint is None:
        return _mask_in_indicator(row)
    params = {"text": _short(name), "hint": hint}
    return Hit("indicator", params, "hint", Severity.WARNING, once=True)


_mask_in_indicator = no_mask("indicator")


def is_not_nothing(row: JudgedIndicator) -> Verdict:
    """V02: neither 无 beside a real indicator nor 无 in place of both."""
    name, value = row["indicator"], row["target_value"]
    key = group_key(row["level2"])
    if says_nothing(row["level3"]) or (is_blank(name) and says_nothing(value)):
        if is_blank(value) or says_nothing(value):
            shown = value if not is_blank(value) else name
            severity = Severity.INFO if key in _OPTIONAL_GROUPS else Severity.WARNING
            params = {"group": row["level2"] or "该组", "value": shown}
            return Hit("target_value", params, variant="both", severity=severity)
        return Hit("indicator", {"name": name, "value": value}, "name", Severity.WARNING)
    if is_blank(name) or is_blank(value) or not is_nothing(value):
        return None
    if answers(str(name), value):
        return None
    asks = _ASKS_FOR_NUMBER.search(fold(name)) is not None
    severity = Severity.ERROR if asks else Severity.WARNING
    params = {"name": name, "value": value}
    if row["of_project"].get("is_transfer") and fold(value).strip() in _STROKES:
        # Whoever hands the money down has printed the rows, and not all are everybody's.
        return Hit("target_value", params, severity=Severity.INFO)
    mishap = _MISHAP.search(fold(str(row["level3"])))
    if mishap is None or turned_round(fold(name)):
        return Hit("target_value", params, severity=severity)
    params["zero"] = "0%" if mishap["rate"] else f"0{_ZERO_UNITS.get(mishap['what'], '起')}"
    return Hit("target_value", params, "zero", severity)


def quantity_has_number(row: JudgedIndicator) -> Verdict:
    """V03: the value of a 数量指标 has a number in it."""
    name, value = row["indicator"], row["target_value"]
    if group_key(row["level2"]) != "数量" or is_blank(value) or is_blank(name):
        return None
    if says_nothing(row["level3"]) or is_nothing(value) or mask_in(value) is not None:
        return None  # V01 and V02 speak of these.
    if isinstance(row["low"], Decimal) or isinstance(row["high"], Decimal):
        return None
    if _DIGIT.search(fold(value)):
        return None
    return Hit("target_value", {"name": name, "value": value})


def _short(text: str, limit: int = 40) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


# The name of an indicator stands in the cell that the form calls 三级指标.
_LABELLED = {"indicator": "level3"}
_UNCALCULATED = fold(UNCALCULATED)
_MASKED_PROJECT_COLUMNS = ("project_name", "implementing_unit", "project_period", "annual_goal")

CHECKS = (
    project_rule(
        "V01",
        *map(no_mask, _MASKED_PROJECT_COLUMNS),
        *(calculated(name) for name in PROJECT_FIELDS if name not in _MASKED_PROJECT_COLUMNS),
    ),
    indicator_rule("S02", pair_is_complete, says_blank=True),
    indicator_rule("V01", name_holds_no_mask, no_mask("target_value")),
    indicator_rule("V02", is_not_nothing),
    indicator_rule("V03", quantity_has_number),
)
