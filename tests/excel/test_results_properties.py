"""Whatever is done to 校验结果 of an open workbook: nothing typed is lost unsaid, nothing else
answers. One LibreOffice does all examples, so they are few; ``PERFGOALS_EDITS`` asks for more.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from perfgoals_xl.excel import macros
from perfgoals_xl.excel.session.checking import read_open
from perfgoals_xl.review.run import review
from tests.support.results_edits import SHEET, OpenSheet
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
from tests.support.steps import PROJECT, cell_of, filled

FINDINGS = 6


def everything(book):
    """Every cell of the lists, whatever their sheets are called."""
    sheets = [sheet for sheet in book.sheets if sheet.name not in ("填报说明", "字典", "校验规则")]
    return [row for sheet in sheets for row in sheet.used_range.options(ndim=2).value]


@pytest.mark.exhaustive  # its single edits: test_results_sheet.py
@settings(
    max_examples=EXAMPLES or 1,
    derandomize=not EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    answered=st.sets(st.integers(0, FINDINGS - 1)) | st.just(set(range(FINDINGS))),
    edits=st.lists(EDITS, min_size=2, max_size=4),
    mended=st.booleans(),
)
@example(answered={0}, edits=[("delete column", 9), ("insert row", 0)], mended=False)
@example(answered={1, 2}, edits=[("own column", 7), ("sort",), ("own row", 12)], mended=True)
@example(answered=set(range(6)), edits=[("rename heading", 10, "备注")], mended=False)
def test_reasons_through_edits(excel, opened, tmp_path, answered, edits, mended):
    name = f"报{random.getrandbits(40)}.xlsx"
    book = opened(
        filled(
            tmp_path, {"annual_amount": 290, "质量1": None}, other={"annual_amount": 37}, name=name
        )
    )
    try:
        macros.validate_book()
        sheet = OpenSheet(book)
        type_reasons(sheet, answered)
        for edit in edits:
            apply(sheet, edit)
        typed, own = tokens(sheet.rows(), "理由"), tokens(sheet.rows(), "自记")
        if mended:
            book.sheets[PROJECT].range(cell_of("annual_amount")).value = 280
        for _ in range(2):
            excel.alerts.clear()
            macros.validate_book()
            (told,) = [alert.prompt for alert in excel.alerts]
            assert "程序内部出错" not in told
            found = review(read_open(book).declaration)
            check_answers(found)
            check_told(found, typed, told)
            assert set(tokens(everything(book))) == set(typed + own)
            refused = "没有改写" in told
            if not refused and SHEET in [item.name for item in book.sheets]:
                check_rows(OpenSheet(book).rows())
        excel.alerts.clear()
        macros.consolidate()
        summary = next(item for item in excel.app.books if "汇总" in item.name)
        cover = [str(v) for row in summary.sheets["封面"].used_range.value for v in row if v]
        ready = all(f.waiver for f in found.findings if f.severity == "error")
        state = next(text for text in cover if text.startswith(("可报送", "草稿")))
        assert state.startswith("可报送" if ready else "草稿")
    finally:
        for item in list(excel.app.books):
            item.close()
