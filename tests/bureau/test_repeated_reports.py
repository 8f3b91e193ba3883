"""The same 自评表 or 监控表 in several files: one counts, and the note tells why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bureau.reports import declared, evaluation, monitoring, write_reports
from tests.bureau.test_consolidation import consolidated, rows
from tests.bureau.test_settling import save_in_excel

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reading.sheets import Sheet

pytestmark = pytest.mark.usefixtures("in_this_process")

EVALUATED, MONITORED = "部门自评汇总", "部门监控汇总"
LATER = "120|118.5|118.5|10|100%|10"


def book_of(tmp_path: Path, *files: tuple[Sheet, ...]) -> Path:
    """The book of files a, b, …, each saved after the one before."""
    for minute, (name, sheets) in enumerate(zip("abcd", files, strict=False), start=10):
        save_in_excel(write_reports(tmp_path / "县" / f"{name}.xlsx", *sheets), minute)
    return consolidated(tmp_path / "县", tmp_path / "总.xlsx")


def counted(book: Path, sheet: str) -> list[tuple[object, object]]:
    """Of each row the number and the projects; the last is the total."""
    return [(row["序号"], row["项目数"]) for row in rows(book, sheet)]


def remarks(book: Path, sheet: str) -> str:
    return "\n".join(f"{row['序号']}：{row['备注']}" for row in rows(book, sheet) if row["备注"])


def test_the_newer_of_two_versions_counts(tmp_path: Path) -> None:
    book = book_of(tmp_path, (evaluation(),), (evaluation(why=""),))
    assert counted(book, EVALUATED) == [(1, None), (2, 1), ("合　计", 1)]
    assert "1：旧版：与序号 2（b.xlsx）是同一份自评表或监控表，以较新的为准" in remarks(
        book, EVALUATED
    )
    assert rows(book, EVALUATED)[-1]["缺原因"] == 1


def test_last_year_beside_this_years_declaration_and_by_itself(tmp_path: Path) -> None:
    """The files are of two years, the forms are not."""
    both = (declared(year=2027), evaluation(), monitoring())
    book = book_of(tmp_path, both, (evaluation(), evaluation("湿地巡护")), (monitoring(),))
    assert counted(book, EVALUATED) == [(2, 2), ("合　计", 2)]
    assert counted(book, MONITORED) == [(3, 1), ("合　计", 1)]
    told = remarks(book, "部门汇总")
    assert "项目“古树名木保护”的自评表与序号 2（b.xlsx）重复，以较新的为准，没有再计入" in told
    assert "项目“古树名木保护”的监控表与序号 3（c.xlsx）重复，以较新的为准，没有再计入" in told
    assert rows(book, "部门汇总")[-1]["年度资金总额"] == 120


def test_the_older_by_itself_is_left_out(tmp_path: Path) -> None:
    book = book_of(tmp_path, (evaluation(why=""),), (declared(year=2027), evaluation()))
    assert counted(book, EVALUATED) == [(2, 1), ("合　计", 1)]
    older = rows(book, "部门汇总")[0]
    assert (older["状态"], older["项目数"]) == ("旧版", None)
    # What is wrong in it is nobody's to mend.
    assert {row["部门序号"] for row in rows(book, "校验结果")} <= {2}


def test_different_money_counts_twice_and_is_told(tmp_path: Path) -> None:
    other = evaluation(funds=LATER)
    book = book_of(tmp_path, (evaluation(),), (declared(year=2027), other))
    assert counted(book, EVALUATED) == [(1, 1), (2, 1), ("合　计", 2)]
    assert "在序号 2（b.xlsx）中也有，资金不同，都计入了，请核对" in remarks(book, EVALUATED)


@pytest.mark.parametrize(
    ("files", "evaluated", "monitored"),
    [
        # The mid-year form is no older version of the year-end one, nor July's of September's.
        (((monitoring(),), (evaluation(),)), 1, 1),
        (((evaluation(),), (monitoring(),)), 1, 1),
        (((monitoring(month=7),), (monitoring(month=9),)), 0, 2),
        # Another project, another year, another department: none is the same.
        (((evaluation(),), (evaluation("湿地巡护"),)), 2, 0),
        (((evaluation(),), (evaluation(year=2025),)), 2, 0),
        (((evaluation(),), (evaluation(owner="青岚县水利局"),)), 2, 0),
        (((declared(),), (monitoring(),), (evaluation(),)), 1, 1),
    ],
)
def test_others_are_not_the_same(
    tmp_path: Path, files: tuple[tuple[Sheet, ...], ...], evaluated: int, monitored: int
) -> None:
    book = book_of(tmp_path, *files)
    for sheet, count in ((EVALUATED, evaluated), (MONITORED, monitored)):
        if count:
            assert counted(book, sheet)[-1] == ("合　计", count)
    one_project = len({sheet.name[:4] for sheets in files for sheet in sheets}) == 1
    same = "青岚县水利局" not in str(files) and "2025年" not in str(files) and one_project
    assert rows(book, "部门汇总")[-1]["项目数"] == (1 if same else 2)


def test_twice_in_one_file_is_told(tmp_path: Path) -> None:
    again = evaluation(funds=LATER)
    again.name = "又一份"
    book = book_of(tmp_path, (evaluation(), again))
    assert counted(book, EVALUATED)[-1] == ("合　计", 2)
    assert "“古树名木保护”在文件里有几份，都计入了，请核对" in remarks(book, EVALUATED)


def test_a_copy_and_a_broken_file_are_told(tmp_path: Path) -> None:
    source = write_reports(tmp_path / "县" / "a.xlsx", evaluation())
    (tmp_path / "县" / "b.xlsx").write_bytes(source.read_bytes())
    (tmp_path / "县" / "c.xlsx").write_bytes(b"no workbook")
    book = consolidated(tmp_path / "县", tmp_path / "总.xlsx")
    assert counted(book, EVALUATED) == [(1, 1), (2, None), (3, None), ("合　计", 1)]
    told = remarks(book, EVALUATED)
    assert "2：重复：与序号 1（a.xlsx）内容相同" in told
    assert "3：无法读取：" in told
