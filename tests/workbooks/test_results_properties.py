"""Whatever is done to 校验结果 of a file: nothing typed is lost unsaid, nothing else answers.

More examples: ``PERFGOALS_EDITS=300 pytest tests/workbooks/test_results_properties.py``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfgoals_xl.api import load
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.sources.source import read_source
from perfgoals_xl.review.run import review
from perfgoals_xl.workbooks.marking import write_marked
from perfgoals_xl.workbooks.summarising import write_consolidation
from tests.support.results_edits import FileSheet
from tests.support.results_model import (
    EDITS,
    EXAMPLES,
    apply,
    check_answers,
    check_rows,
    check_told,
    tokens,
    type_reasons,
)
from tests.support.steps import change, filled

FINDINGS = 6


@lru_cache
def marked() -> bytes:
    """A workbook with six findings, marked."""
    with TemporaryDirectory() as name:
        source = filled(
            Path(name), {"annual_amount": 290, "质量1": None}, other={"annual_amount": 37}
        )
        return mark(source, Path(name) / "标.xlsx").read_bytes()


def mark(source, output):
    declaration = load(source)
    found = review(declaration)
    assert write_marked([source], [declaration], found, output) == []
    return output


def refused(path, declaration, found, output):
    """Why no copy was marked; None where one was."""
    try:
        write_marked([path], [declaration], found, output)
    except InputError as error:
        return error
    return None


def told_of(declaration, found):
    lines = [remark.text for remark in declaration.remarks if remark.field == "waiver"]
    return "\n".join([*lines, *(reason.text for reason in found.not_reasons)])


def cover_of(path):
    grid = next(grid for grid in read_source(path).grids if grid.sheet == "封面")
    texts = [str(v) for row in grid.rows for v in row if v]
    return next(text for text in texts if text.startswith(("可报送", "草稿")))


@settings(max_examples=EXAMPLES or 12, derandomize=not EXAMPLES)
@given(
    answered=st.sets(st.integers(0, FINDINGS - 1)) | st.just(set(range(FINDINGS))),
    edits=st.lists(EDITS, min_size=1, max_size=4),
    mended=st.booleans(),
)
@example(answered={0}, edits=[("delete column", 9)], mended=False)
@example(answered={0}, edits=[("insert column", 7)], mended=False)
@example(answered=set(range(6)), edits=[("rename heading", 10, "备注")], mended=False)
@example(answered={1, 2}, edits=[("own column", 12), ("own row", 12)], mended=True)
@example(answered={1, 2}, edits=[("own column", 0), ("sort",)], mended=True)
def test_reasons_through_edits(answered, edits, mended):
    with TemporaryDirectory() as name:
        path = Path(name) / "报.xlsx"
        path.write_bytes(marked())
        sheet = FileSheet(path)
        type_reasons(sheet, answered)
        for edit in edits:
            apply(sheet, edit)
        sheet.save()
        typed, own = tokens(sheet.rows(), "理由"), tokens(sheet.rows(), "自记")
        if mended:
            change(path, {"annual_amount": 280})
        for number in range(2):
            declaration = load(path)
            found = review(declaration)
            told = told_of(declaration, found)
            check_answers(found)
            check_told(found, typed, told)
            output = Path(name) / f"标{number}.xlsx"
            refusal = refused(path, declaration, found, output)
            if refusal is not None:
                assert refusal.sheet == "校验结果"
                assert re.fullmatch(r"[A-Z]+\d+", refusal.cell)
                assert refusal.hint
                assert not output.exists()
                break
            path = output
            everywhere = [row for grid in read_source(path).grids for row in grid.rows]
            assert set(tokens(everywhere)) == set(typed + own)
            if sheet.name == "校验结果":
                check_rows(FileSheet(path).rows())
                assert sorted(tokens(FileSheet(path).rows(), "自记")) == sorted(own)
        summary = Path(name) / "汇总.xlsx"
        found = write_consolidation([load(path)], summary)
        check_answers(found)
        ready = all(f.waiver for f in found.findings if f.severity == "error")
        assert cover_of(summary).startswith("可报送" if ready else "草稿")
