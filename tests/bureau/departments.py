"""Files of fictional departments: two projects each, with figures of their own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.broken_files import BREAKS, write_broken
from perfgoals_xl.api import load
from perfgoals_xl.workbooks.importing import write_imported
from tests.support.steps import text_of

NAME = "青岚县林业和草原局"
UNREADABLE = len(BREAKS)


def department_text(name: str = NAME, *, year: int = 2026, more: int = 0) -> str:
    """The correct declaration of ``name``; ``more`` 万元 are added to the first project."""
    text = text_of().replace(NAME, name).replace("2026", str(year))
    return text.replace("\t280", f"\t{280 + more}").replace("\t150\n", f"\t{150 + more}\n")


def write_text(path: Path, name: str = NAME, **changes: int) -> Path:
    path.write_text(department_text(name, **changes), encoding="utf-8")
    return path


def write_workbook(path: Path, name: str = NAME, **changes: int) -> Path:
    """The same as a standard workbook."""
    with TemporaryDirectory() as folder:
        text = write_text(Path(folder, "表.txt"), name, **changes)
        write_imported(load(text), path)
    return path


@cache
def good_bytes() -> bytes:
    with TemporaryDirectory() as folder:
        return write_workbook(Path(folder, "表.xlsx")).read_bytes()


def write_unreadable(folder: Path) -> list[Path]:
    """A file for each way to be broken, ``坏00.xlsx`` and so on."""
    paths = []
    for way, broken in enumerate(BREAKS):
        paths.append(folder / f"坏{way:02}{broken.suffix}")
        write_broken(good_bytes(), paths[-1], way)
    return paths


def write_county(folder: Path, departments: int) -> Path:
    """A folder of departments: texts, and every fourth a workbook."""
    folder.mkdir(exist_ok=True)
    for number in range(1, departments + 1):
        write = write_workbook if number % 4 == 0 else write_text
        suffix = "xlsx" if number % 4 == 0 else "txt"
        write(folder / f"{number}局.{suffix}", f"青岚县第{number}局", more=number)
    return folder
