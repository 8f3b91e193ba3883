"""What a workbook's staff changed on its 校验规则 sheet: rules off, other severities."""

from __future__ import annotations

from collections.abc import Mapping

from perfgoals_xl.declaration import Declaration, TextCell
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.catalogue import RULES, SEVERITY_OF_LABEL, Severity

_ON = frozenset({"是", "启用", "开", "y", "yes", "true", "1", "√"})
_OFF = frozenset({"否", "停用", "关", "n", "no", "false", "0", "×"})


def read_settings(declaration: Declaration) -> Mapping[str, Severity | None]:
    """The severity that staff chose per rule, None for a rule switched off.

    Rules left at their default are not in the mapping, so that a check can still give the lesser
    severity of a variant. Raises ``InputError`` naming the cell for a rule or a word that is not
    known.
    """
    chosen: dict[str, Severity | None] = {}
    for line in declaration.rule_lines:
        code = fold(line.code.value).upper()
        rule = RULES.get(code)
        if rule is None:
            continue  # The sheet of a later version may list rules this one does not know.
        if line.enabled is not None:
            word = fold(line.enabled.value).lower()
            if word in _OFF:
                chosen[code] = None
                continue
            if word not in _ON:
                raise _unknown(declaration, line.enabled, "“启用”只能填“是”或“否”")
        if line.severity is not None:
            severity = SEVERITY_OF_LABEL.get(fold(line.severity.value))
            if severity is None:
                words = "、".join(SEVERITY_OF_LABEL)
                raise _unknown(declaration, line.severity, f"“级别”只能填{words}")
            if severity is not rule.severity:
                chosen[code] = severity
    return chosen


def _unknown(declaration: Declaration, cell: TextCell, what: str) -> InputError:
    return InputError(
        f"{what}，现在是“{cell.value}”",
        hint="请改正后再校验。",
        file=declaration.file,
        sheet=cell.place.sheet,
        cell=cell.place.cell,
    )
