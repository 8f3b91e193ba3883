"""What staff changed about the rules: off, another severity, another threshold.

Two places, the nearer one wins: ``perfgoals.toml`` in the folder of the workbook, for a whole
department, and the sheet 校验规则 of the workbook, for itself. The sheet lists every rule as it is
by default, so only what differs from the default counts as a choice.

    [rules.M01]
    threshold = 85        # or severity = "提示", or enabled = false

    [marks]
    notes = true          # findings are noted in the cells of an open workbook
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perfgoals_xl.declaration import Declaration, TextCell
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.own_sheets import NOTES_LABEL, RULE_CODE
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.catalogue import RULES, SEVERITY_OF_LABEL, Rule, Severity

FILE_NAME = "perfgoals.toml"
_ON = frozenset({"是", "启用", "开", "y", "yes", "true", "1", "√"})
_OFF = frozenset({"否", "停用", "关", "n", "no", "false", "0", "×"})
_SEVERITIES = SEVERITY_OF_LABEL | {severity.value: severity for severity in Severity}
_LARGEST = 10**9
_KEYS = ("enabled", "severity", "threshold")


@dataclass(frozen=True)
class Settings:
    """The severity chosen per rule (None: switched off) and the threshold chosen per rule.

    A rule left alone is in neither, so that a check can still give the lesser severity of a
    variant. ``notes`` says whether findings are noted in the cells of an open workbook.
    """

    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)
    notes: bool = False


def read_settings(declaration: Declaration) -> Settings:
    """The settings in force for a declaration.

    Raises ``InputError`` that names the cell, or the file and line, of a setting that cannot be
    understood.
    """
    severities: dict[str, Severity | None] = {}
    thresholds: dict[str, float] = {}
    notes = _read_file(Path(declaration.file).parent / FILE_NAME, severities, thresholds)
    _read_sheet(declaration, severities, thresholds)
    answer = declaration.notes_wanted
    # 否 is what the sheet says by default, so only 是 is a choice.
    notes = notes or (answer is not None and _yes(declaration, answer))
    return Settings(severities, thresholds, notes)


def folder_settings(folder: Path) -> Settings:
    """What the file of a folder says for every workbook in it. Raises ``InputError`` as above."""
    severities: dict[str, Severity | None] = {}
    thresholds: dict[str, float] = {}
    notes = _read_file(folder / FILE_NAME, severities, thresholds)
    return Settings(severities, thresholds, notes)


def _yes(declaration: Declaration, answer: TextCell) -> bool:
    word = fold(answer.value).lower()
    if word not in _ON | _OFF:
        raise InputError(
            f"“{NOTES_LABEL}”只能填“是”或“否”，现在是“{answer.value}”",
            hint="请改正后再校验。",
            file=declaration.file,
            sheet=answer.place.sheet,
            cell=answer.place.cell,
        )
    return word in _ON


def _read_sheet(
    declaration: Declaration,
    severities: dict[str, Severity | None],
    thresholds: dict[str, float],
) -> None:
    def fault(cell: TextCell, what: str) -> InputError:
        return InputError(
            f"{what}，现在是“{cell.value}”",
            hint="请改正后再校验。",
            file=declaration.file,
            sheet=cell.place.sheet,
            cell=cell.place.cell,
        )

    for line in declaration.rule_lines:
        code = fold(line.code.value).upper()
        rule = RULES.get(code)
        if rule is None:
            if RULE_CODE.fullmatch(code):
                continue  # The sheet of a later version may list rules this one does not know.
            raise fault(line.code, "“规则”一栏应是规则代码，如 F01")
        if line.threshold is not None:
            number = _number(line.threshold.value)
            if rule.threshold is None:
                raise fault(line.threshold, f"规则 {code} 没有阈值，这一格应留空")
            if number is None:
                raise fault(line.threshold, "“阈值”应是数字")
            if number != rule.threshold:
                thresholds[code] = number
        if line.severity is not None:
            severity = SEVERITY_OF_LABEL.get(fold(line.severity.value))
            if severity is None:
                raise fault(line.severity, f"“级别”只能填{'、'.join(SEVERITY_OF_LABEL)}")
            if severity is not rule.severity:
                severities[code] = severity
        if line.enabled is not None:
            word = fold(line.enabled.value).lower()
            if word in _OFF:
                severities[code] = None
            elif word not in _ON:
                raise fault(line.enabled, "“启用”只能填“是”或“否”")


def _number(text: str) -> float | None:
    """A threshold as typed: ``90``, ``90%`` and a cell that shows 90% are all 90."""
    try:
        return float(fold(text).rstrip("%"))
    except ValueError:
        return None


def _read_file(
    path: Path, severities: dict[str, Severity | None], thresholds: dict[str, float]
) -> bool:
    """Take the settings of a file; returns whether it wants notes."""
    try:
        if not path.is_file():
            # Also a pipe or a device of that name, which would never end.
            return False
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("设置文件无法读取", hint="请保存为 UTF-8 文本。", file=path) from error
    try:
        content = tomllib.loads(text)
    except RecursionError as error:
        raise InputError(
            "设置文件写法有误：括号套得太深", hint="请改正后再校验。", file=path
        ) from error
    except ValueError as error:
        # Not only a TOMLDecodeError: a number of thousands of digits is a plain one.
        raise InputError(
            f"设置文件写法有误（{error}）", hint="请改正后再校验。", file=path
        ) from error
    rules = content.get("rules", {})
    for key in content:
        if key not in ("rules", "marks"):
            raise _fault(
                path, text, key, f"不认识的设置“{key}”，只能有 [rules.规则代码] 和 [marks]"
            )
    if not isinstance(rules, dict):
        raise _fault(path, text, "rules", "应写成 [rules.规则代码]")
    for code, chosen in rules.items():
        rule = RULES.get(code)
        if rule is None:
            raise _fault(path, text, code, f"没有规则“{code}”")
        if not isinstance(chosen, dict):
            raise _fault(path, text, code, f"规则 {code} 应写成 [rules.{code}]")
        _read_rule(path, text, rule, chosen, severities, thresholds)
    marks = content.get("marks", {})
    wanted = marks.get("notes", False) if isinstance(marks, dict) else None
    if not isinstance(wanted, bool) or set(marks) - {"notes"}:
        raise _fault(path, text, "marks", "[marks] 中只能写 notes = true 或 notes = false")
    return wanted


def _read_rule(
    path: Path,
    text: str,
    rule: Rule,
    chosen: Mapping[str, Any],
    severities: dict[str, Severity | None],
    thresholds: dict[str, float],
) -> None:
    for key, value in chosen.items():
        if key not in _KEYS:
            raise _fault(
                path, text, key, f"规则 {rule.code} 只能设置 {'、'.join(_KEYS)}", rule.code
            )
        if key == "enabled" and not isinstance(value, bool):
            raise _fault(path, text, key, "enabled 只能是 true 或 false", rule.code)
        if key == "severity" and (not isinstance(value, str) or value not in _SEVERITIES):
            words = "、".join(_SEVERITIES)
            raise _fault(path, text, key, f"severity 只能是 {words}", rule.code)
        if key == "threshold":
            if rule.threshold is None:
                raise _fault(path, text, key, f"规则 {rule.code} 没有阈值", rule.code)
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise _fault(path, text, key, "threshold 应是数字", rule.code)
            if not -_LARGEST <= value <= _LARGEST:  # nor nan, which is not between any two
                raise _fault(path, text, key, "threshold 不是合理的数字", rule.code)
            thresholds[rule.code] = float(value)
    if "severity" in chosen:
        severities[rule.code] = _SEVERITIES[chosen["severity"]]
    if chosen.get("enabled") is False:
        severities[rule.code] = None


def _fault(path: Path, text: str, key: str, what: str, after: str = "") -> InputError:
    """An error that names the line on which ``key`` stands, behind the mention of ``after``."""
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if after and after in line), 0)
    number = next((n for n in range(start, len(lines)) if key in lines[n]), start)
    return InputError(f"第 {number + 1} 行：{what}", hint="请改正后再校验。", file=path)
