"""xlwings over LibreOffice: live-Excel code runs against an open workbook without Excel.

    with ExcelOverLibreOffice(office) as excel:
        book = excel.open(path)                 # an xlwings.Book of a private copy
        book.set_mock_caller()
        excel.answers.append("yes")             # what app.alert answers
        with excel.counting() as calls:
            run_the_macro()
        assert calls.total < 40

Real: workbooks, cells, formats, merges, insertion, copying, notes, names, conditional formats and
Basic macros are LibreOffice's. Imitated: the application around them (dialogs, status bar, modes)
and Excel's own behaviour where LibreOffice's API differs; each module says what.
"""

from __future__ import annotations

from .calls import Calls, ExcelError
from .engine import ExcelOverLibreOffice

__all__ = ["Calls", "ExcelError", "ExcelOverLibreOffice"]
