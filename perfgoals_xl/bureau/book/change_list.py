"""与上轮对比: a row for every change since the last round."""

from __future__ import annotations

from collections.abc import Iterator

from perfgoals_xl.bureau.book.lists import FILE_NUMBER, Row
from perfgoals_xl.bureau.digest import Digest
from perfgoals_xl.workbooks.kit.tables import Column

CHANGES = "与上轮对比"
KIND = "变化"

CHANGE_COLUMNS = (
    Column("序号", 8, "center"),
    Column(FILE_NUMBER, 7, "center"),
    Column("部门", 18),
    Column(KIND, 11, "center"),
    Column("项目", 24),
    Column("事项", 52),
    Column("上轮", 28),
    Column("本轮", 28),
    Column("工作表", 11),
    Column("单元格", 8, "center"),
)


def change_count(digest: Digest) -> int:
    """How many changes there are in a file."""
    return 0 if digest.since is None else len(digest.since.changes)


def change_rows(digest: Digest, file: int, before: int) -> Iterator[Row]:
    """The rows of the file of a number, where ``before`` changes stand above them."""
    changes = () if digest.since is None else digest.since.changes
    for number, change in enumerate(changes, start=before + 1):
        yield (
            number,
            file,
            digest.department,
            change.kind.value,
            change.project,
            change.what,
            change.before,
            change.now,
            change.sheet,
            change.cell,
        )
