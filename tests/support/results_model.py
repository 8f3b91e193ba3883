"""What must hold of reasons and of the staff's own notes, whatever was done to 校验结果.

Every reason and every note that a test types says for which finding it was typed, so that it is
known wherever it turns up. ``PERFGOALS_EDITS`` asks for more examples than a day's test.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from perfgoals_xl.form.own_sheets import RESULT_HEADINGS
from perfgoals_xl.reading.own_sheets.results_layout import plain_heading
from tests.support.results_edits import Editor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfgoals_xl.review.findings import Review

EXAMPLES = int(os.environ.get("PERFGOALS_EDITS", "0"))
TOKEN = re.compile(r"(?:理由|自记)〔[^〕]*〕")
RENAMED = ("说明（理由）", "理由", "备注", "说 明：", "问题描述", "责任人", "", "说名", "规则代码")
AT = st.integers(0, 13)
EDITS = st.one_of(
    st.tuples(st.just("insert column"), AT),
    st.tuples(st.just("own column"), AT),
    st.tuples(st.just("delete column"), AT),
    st.tuples(st.just("move column"), AT, AT),
    st.tuples(st.just("insert row"), st.integers(0, 9)),
    st.tuples(st.just("own row"), st.integers(3, 14)),
    st.tuples(st.just("delete row"), st.integers(0, 9)),
    st.tuples(st.just("rename heading"), AT, st.sampled_from(RENAMED)),
    st.tuples(st.just("sort")),
    st.tuples(st.just("copy sheet")),
    st.tuples(st.just("rename sheet")),
)


def key_of(rule: str, project: str | None, indicator: str | None) -> str:
    """What a finding is about, as the tokens say it."""
    return f"{rule}·{project or ''}·{indicator or ''}"


def header_row(editor: Editor) -> int | None:
    """The row of the headings, as a person sees it; None where it is gone."""
    for number, row in enumerate(editor.rows()):
        words = {plain_heading(str(value)) for value in row if value}
        if len(words & set(RESULT_HEADINGS.values())) > 4:
            return number
    return None


def type_reasons(editor: Editor, which: Iterable[int]) -> None:
    """A reason in these rows of the list as it was written by the program."""
    rows = editor.rows()
    header = header_row(editor)
    assert header is not None
    at = {str(value).split("（")[0]: column for column, value in enumerate(rows[header])}
    for number in which:
        row = rows[header + 1 + number]
        about = key_of(row[at["规则"]], row[at["项目"]], row[at["指标"]])
        editor.write(header + 1 + number, at["说明"], f"理由〔{about}〕")


def apply(editor: Editor, edit: tuple[Any, ...]) -> None:
    """Do one edit; one that the sheet as it is has no place for is left out."""
    kind, *values = edit
    rows = editor.rows()
    width, height, header = len(rows[0]), len(rows), header_row(editor)
    if kind == "insert column":
        editor.insert_column(values[0])
    elif kind == "own column" and header is not None:
        editor.insert_column(values[0])
        editor.write(header, values[0], f"自己的{values[0]}")
        at = {str(v).split("（")[0]: c + (c >= values[0]) for c, v in enumerate(rows[header])}
        for number in range(header + 1, height):
            row = editor.rows()[number]
            named = [row[at[name]] for name in ("规则", "项目", "指标") if name in at]
            if len(named) == 3 and re.fullmatch(r"[A-Z]\d\d", str(named[0])):
                about = key_of(*map(str, (named[0], named[1] or "", named[2] or "")))
                editor.write(number, values[0], f"自记〔{about}〕")
    elif kind == "delete column" and values[0] < width:
        editor.delete_column(values[0])
    elif kind == "move column" and max(values) < width:
        editor.move_column(*values)
    elif kind == "insert row":
        editor.insert_row(values[0])
    elif kind == "own row" and values[0] < height + 5:
        editor.insert_row(values[0])
        editor.write(values[0], 0, "自记〔一行〕")
    elif kind == "delete row" and values[0] < height and values[0] != header:
        editor.delete_row(values[0])
    elif kind == "rename heading" and header is not None and values[0] < width:
        editor.write(header, values[0], values[1])
    elif kind == "sort" and header is not None and height > header + 2:
        editor.reverse(header + 1, height - 1)
    elif kind == "copy sheet":
        editor.copies += 1
        editor.copy(f"校验结果 ({editor.copies + 1})")
    elif kind == "rename sheet":
        editor.rename("旧结果")


def tokens(rows: Iterable[Iterable[object]], kind: str = "") -> list[str]:
    """Every token on a sheet; those that begin with ``kind``."""
    texts = (str(value) for row in rows for value in row if value)
    return [t for text in texts for t in TOKEN.findall(text) if t.startswith(kind)]


def check_answers(found: Review) -> None:
    """No finding is answered by anything but the reason that was typed against it."""
    for finding in found.findings:
        if finding.waiver is not None:
            about = key_of(finding.rule, finding.project, finding.indicator)
            assert finding.waiver == f"理由〔{about}〕"


def check_told(found: Review, typed: Iterable[str], told: str) -> None:
    """Every reason answers its finding, is kept for want of it, or is spoken of."""
    kept = {finding.waiver for finding in found.findings}
    kept |= {reason.text for reason in found.unmatched_reasons}
    lost = set(typed) - kept
    # A column or a row that cannot be told for certain is named, and all its reasons with it.
    assert not lost or "说明" in told, lost


def check_rows(rows: list[list[object]]) -> None:
    """What staff wrote beside a finding stands beside it still."""
    for row in rows:
        for token in tokens([row], "自记"):
            if token != "自记〔一行〕":
                rule = token.removeprefix("自记〔").split("·")[0]
                assert rule in row, row
