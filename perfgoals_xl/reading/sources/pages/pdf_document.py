"""A PDF with ruled tables as one grid: text and the rows of tables, page after page.

The row counts the lines of text outside tables and the rows of all tables from the first page on;
the column is the table's, A the first. A table that goes on over the page is one table.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from perfgoals_xl.addresses import Area
from perfgoals_xl.errors import InputError, extra_hint
from perfgoals_xl.form.column_labels import column_role, heads_indicators
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.sources import budgets
from perfgoals_xl.reading.sources.budgets import Budget
from perfgoals_xl.reading.sources.pages.pdf_lines import join_wrapped
from perfgoals_xl.reading.sources.pages.pdf_pages import MOST_PAGES
from perfgoals_xl.storage.scratch import guarded_scratch

_MAGIC = b"%PDF-"
_OTHERWISE = "请用 Word 或 WPS 打开，另存为 .docx（或把表格复制到 Excel 另存为 .xlsx）再试。"
_FAULTS = {
    "damaged": "PDF 已损坏或不完整，无法读取",
    "password": "PDF 设有打开密码",
    "scan": "这份 PDF 是扫描件（图片），里面没有文字",
    "blank": "PDF 里没有文字",
    "signs": "PDF 里的文字没有编码，只能看、不能读取",
}
# The process counts its own seconds where the system does; a busy machine takes longer.
_SECONDS = 60 if os.name == "posix" else 19
_MOST_OBJECTS = 400_000
# Points by which the columns of a table may differ on its next page.
_TOLERANCE = 3.0
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1));"
    "from perfgoals_xl.reading.sources.pages.pdf_pages import main; main()"
)

Cell = tuple[float, float, float, float, str, bool]
"""Left, top, right and bottom; the text; whether its last line fills the cell."""


def is_pdf(data: bytes) -> bool:
    """Whether a file is a PDF; some have a few bytes of another program before it."""
    return _MAGIC in data[:1024] and not data.startswith(b"PK")


def read_pdf(path: Path, data: bytes) -> list[Grid]:
    """The one grid of a PDF, named after the file.

    Raises ``InputError`` for one that is damaged, has a password, holds pictures of text alone or
    more than any declaration, for one whose table of indicators has no rules, and where the
    library that reads PDFs is not installed.
    """
    if importlib.util.find_spec("pdfplumber") is None:
        raise InputError(
            "没有安装读取 PDF 的组件",
            hint=f"{extra_hint('pdf')}或者{_OTHERWISE[1:]}",
            file=path,
        )
    if data.count(b" obj") > _MOST_OBJECTS:
        raise budgets.too_large(path, "PDF 里的对象太多")
    found = _found(path, data)
    fault = found.get("fault")
    if fault == "large":
        raise budgets.too_large(path, f"PDF 超过 {MOST_PAGES} 页，或者有一页内容太多")
    if fault is not None:
        raise InputError(_FAULTS[fault], hint=_OTHERWISE, file=path)
    if _is_unruled(found["parts"]):
        raise InputError("PDF 里的指标表没有框线，分不清各栏，不能读取", hint=_OTHERWISE, file=path)
    rows = _Rows(path)
    for part in _joined(found["parts"]):
        if "text" in part:
            rows.rows.append([field or None for field in part["text"].split("\t")])
        else:
            rows.add_table(part["pages"])
    return [Grid(path.stem, rows.rows, rows.merges, is_text=True)]


def _is_unruled(parts: Sequence[dict[str, Any]]) -> bool:
    """Whether the head of the indicators stands in a line of text, and in no table with rules."""
    lines = [part["text"].split("\t") for part in parts if "text" in part]
    ruled = any(column_role(cell[4]) for part in parts for cell in part.get("cells", ()))
    return not ruled and any(heads_indicators(line) for line in lines)


def _found(path: Path, data: bytes) -> dict[str, Any]:
    """What the process that reads the pages has found."""
    with guarded_scratch() as scratch:
        source, target = scratch.folder / "source.pdf", scratch.folder / "found.json"
        source.write_bytes(data)
        places = json.dumps([str(Path(place).absolute()) for place in sys.path])
        command = [sys.executable, "-c", _START, places, str(source), str(target)]
        try:
            scratch.run(command, seconds=_SECONDS)
            found: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise budgets.too_large(path, "PDF 的内容太多或太复杂，无法读取") from error
    return found


def _joined(parts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parts in their order; a table that goes on over the page is one, with all its pages."""
    joined: list[dict[str, Any]] = []
    for part in parts:
        if "text" in part:
            joined.append(part)
            continue
        cells = [tuple(cell) for cell in part["cells"]]
        before = joined[-1] if joined else {}
        pages = before.get("pages")
        if pages and before["page"] == part["page"] - 1 and _go_on(pages[-1], cells):
            pages.append(cells)
            before["page"] = part["page"]
        else:
            joined.append({"page": part["page"], "pages": [cells]})
    return joined


def _go_on(above: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether a table below is the rest of the one above: as wide, with rules where it has some."""
    sides = [(min(c[0] for c in cells), max(c[2] for c in cells)) for cells in (above, below)]
    if any(abs(a - b) > _TOLERANCE for a, b in zip(*sides, strict=True)):
        return False
    edges = [_edges([cells], 0, 2) for cells in (above, below)]
    few, many = sorted(edges, key=len)
    return all(any(abs(x - edge) <= _TOLERANCE for edge in many) for x in few)


def _edges(pages: Sequence[Sequence[Cell]], low: int, high: int) -> list[float]:
    """Where the rules between cells are, those that hardly differ as one."""
    found: list[float] = []
    for x in sorted(float(cell[side]) for cells in pages for cell in cells for side in (low, high)):
        if not found or x - found[-1] > _TOLERANCE:
            found.append(x)
    return found


def _nearest(edges: Sequence[float], x: float) -> int:
    return min(range(len(edges)), key=lambda n: abs(edges[n] - x))


class _Rows:
    """The rows of the document and its merged areas, as they are met."""

    def __init__(self, path: Path) -> None:
        self.rows: list[list[object]] = []
        self.merges: list[Area] = []
        self._budget = Budget(path)
        self._sheet = path.stem

    def add_table(self, pages: Sequence[Sequence[Cell]]) -> None:
        """Adds the rows of a table on its page, or pages."""
        columns = _edges(pages, 0, 2)
        begin = len(self.rows)
        cut: frozenset[int] = frozenset()
        for cells in pages:
            rows, merges, goes_on = _page_rows(cells, columns)
            repeated = self._repeated(rows, begin)
            rows = rows[repeated:]
            if len(self.rows) > begin and rows and _is_rest(rows[0], self.rows[-1], cut):
                first = rows.pop(0)
                repeated += 1
                self.rows[-1] = [_both(a, b) for a, b in zip(self.rows[-1], first, strict=True)]
            down = len(self.rows) - repeated
            self.merges += [
                Area(max(0, m.top - repeated) + len(self.rows), m.left, m.bottom + down, m.right)
                for m in merges
                if m.bottom >= repeated and (m.bottom > max(m.top, repeated) or m.left < m.right)
            ]
            cut = goes_on
            self.rows += rows
            for row in rows:
                self._budget.cells(sum(v is not None for v in row), self._sheet, len(self.rows))

    def _repeated(self, rows: Sequence[Sequence[object]], begin: int) -> int:
        """How many rows at the top of a page only repeat the head of the table."""
        heads = [n for n, row in enumerate(rows) if heads_indicators(row)]
        if not heads or len(self.rows) == begin:
            return 0
        above = self.rows[begin:]
        return heads[0] + 1 if all(row in above for row in rows[: heads[0] + 1]) else 0


def _page_rows(
    cells: Sequence[Cell], columns: Sequence[float]
) -> tuple[list[list[object]], list[Area], frozenset[int]]:
    """The rows of a table on one page, its merged areas, and the columns that may go on below."""
    lines = _edges([cells], 1, 3)
    rows: list[list[object]] = [[None] * (len(columns) - 1) for _ in lines[1:]]
    merges = []
    goes_on = set()
    for x0, top, x1, bottom, text, fills in cells:
        area = Area(
            _nearest(lines, top), _nearest(columns, x0),
            _nearest(lines, bottom) - 1, _nearest(columns, x1) - 1,
        )  # fmt: skip
        if area.bottom < area.top or area.right < area.left:
            continue
        rows[area.top][area.left] = text or None
        if fills and area.bottom == len(rows) - 1:
            goes_on.add(area.left)
        if area[:2] != area[2:]:
            merges.append(area)
    return rows, merges, frozenset(goes_on)


def _is_rest(first: Sequence[object], last: Sequence[object], cut: frozenset[int]) -> bool:
    """Whether a row is the rest of the one above, which the end of the page has cut.

    It goes on only where a line above fills its cell, and not in every cell of that row.
    """
    filled = {n for n, value in enumerate(first) if value is not None}
    above = {n for n, value in enumerate(last) if value is not None}
    return bool(filled) and filled <= cut and filled < above


def _both(above: object, below: object) -> object:
    if below is None:
        return above
    return below if above is None else join_wrapped([(str(above), True), (str(below), True)])
