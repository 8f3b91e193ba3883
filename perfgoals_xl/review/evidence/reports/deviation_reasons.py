"""Whether a form says why a result differs from its target.

A reason stands in the row, in its note, or in one text for the whole form (存在问题, 改进措施) that
names the indicator. 无 and / are none, nor is 无偏差 beside points that were taken off.
"""

from __future__ import annotations

import re

from perfgoals_xl.form.text import fold
from perfgoals_xl.review.evidence.indicator_text import letters
from perfgoals_xl.review.evidence.likeness import pairs_of
from perfgoals_xl.review.evidence.reports.evaluated_forms import Line, Report, says_something

_TROUBLES, _REPORTS = ("problems", "measures"), ("actual_result", "note")
_NONE = re.compile(
    r"(?:经(?:自评|核查|分析))?[，,]?(?:均?无|没有|未发生|不存在|未出现)(?:明显|较大|任何)?"
    r"(?:偏差|偏离|差异|问题|原因|偏差原因|改进措施)?(?:及改进措施|原因)?"
    r"|(?:已|均已|全部)?(?:按时|按期|如期)?完成(?:目标|指标|任务)?|正常|达标|符合|一致|同上级"
)
# What a form prints to ask for a reason is none: 执行率未达到90%的需说明原因（100字以内）.
_ASKS = re.compile(
    r"(?:需|应|须|请)(?:单独|在此|简要)*(?:说明|写明|分析)(?:理由|原因)|\d{2,4}字(?:以内|之内)"
)
_OF_NAME = 0.6
_MONEY = re.compile(
    r"执行|支出|支付|资金|预算|结转|结余|拨付|拨款|报账|回款|款项|经费|下达|到位|招标|采购"
)
_CAUSE = re.compile(
    r"因|由于|原因|受|致|未能|尚未|滞后|缓慢|较慢|偏低|推迟|延期|调整|影响|节约|结余|结转"
)
_NO_LOSS = re.compile(r"不(?:予|计|作)?扣分|不影响得分|免(?:予)?扣分|予以?满分|得满分")


def is_reason(text: object) -> bool:
    """Whether a text says why: more than 无, /, 无偏差 or 已完成."""
    if not isinstance(text, str) or not says_something(text) or _ASKS.search(fold(text)):
        return False
    plain = fold(text).strip("。.;；,，、:：")
    return bool(letters(text)) and _NONE.fullmatch(plain) is None


def gives_reason(report: Report, line: Line) -> bool:
    """Whether the row of an indicator, or the form for it, says why it deviates."""
    if is_reason(line["reason"]) or is_reason(line["note"]):
        return True
    name = letters(line.name)
    if len(name) < 2:
        return False
    # What is told of the year's work names an indicator in any case.
    return any(_names(text, name) for text in _texts(report, _TROUBLES)) or any(
        _CAUSE.search(text) and _names(text, name) for text in _texts(report, _REPORTS)
    )


def has_room(report: Report) -> bool:
    """Whether the form has a place for reasons at all."""
    columns = (report.has_column(column) for column in ("reason", "note"))
    texts = (report.form.place(name) is not None for name in ("problems", "measures"))
    return any(columns) or any(texts)


def gives_reason_of_funds(report: Report) -> bool:
    """Whether some text of the form says why the money was not spent."""
    if is_reason(report.form.values.get("execution_reason")):
        return True
    texts = [
        *_texts(report, (*_TROUBLES, *_REPORTS)),
        *(str(line["reason"]) for line in report.indicators if is_reason(line["reason"])),
        *(str(line["note"]) for line in report.indicators if is_reason(line["note"])),
    ]
    return any(_MONEY.search(text) and _CAUSE.search(text) for text in texts)


def keeps_points(line: Line) -> bool:
    """Whether the row says that what it missed costs no points."""
    said = (line["reason"], line["note"])
    return any(isinstance(text, str) and _NO_LOSS.search(fold(text)) for text in said)


def _texts(report: Report, names: tuple[str, ...]) -> list[str]:
    values = (report.form.values.get(name) for name in names)
    return [fold(str(value)) for value in values if is_reason(value)]


def _names(text: str, name: str) -> bool:
    """Whether a text names a thing in full, or in most of its words."""
    plain = letters(text)
    if name in plain:
        return True
    own = pairs_of(name)
    return len(own) > 2 and len(own & pairs_of(plain)) / len(own) >= _OF_NAME
