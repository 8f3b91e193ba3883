"""``perfgoals demo``: the main job on the bundled example, start to finish."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from perfgoals_xl.api import load
from perfgoals_xl.errors import InputError
from perfgoals_xl.resources import (
    EXAMPLE_EVALUATION,
    EXAMPLE_MONITORING,
    EXAMPLE_SOURCE,
    example_path,
)
from perfgoals_xl.review.findings import Review
from perfgoals_xl.review.report import closing_line
from perfgoals_xl.review.run import review
from perfgoals_xl.storage.files import put_whole, refuse_work
from perfgoals_xl.workbooks.importing import write_imported
from perfgoals_xl.workbooks.marking import write_marked
from perfgoals_xl.workbooks.summarising import write_consolidation

STANDARD, MARKED, SUMMARY = "1 申报表.xlsx", "2 申报表（已校验）.xlsx", "3 部门汇总表.xlsx"
MONITORING, EVALUATION = "4 年中监控表.xlsx", "5 年终自评表.xlsx"
_READY = {MONITORING: EXAMPLE_MONITORING, EVALUATION: EXAMPLE_EVALUATION}
"""The forms of the year's other half are filled in already, and come as they are."""


def run_demo(folder: Path) -> Iterator[str]:
    """Import, validate and consolidate the example into ``folder``; yields eleven lines for people.

    The folder is made when missing, files of an earlier run are replaced. Raises ``InputError``
    when the folder cannot be made, a file in it is open in Excel, or one was changed since.
    """
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("无法建立文件夹", hint="请换一个位置。", file=folder) from error
    try:
        yield from _run(folder)
    except BaseException:
        if is_new:
            # Where nothing could be written, nothing is left; what was written stays.
            with suppress(OSError):
                folder.rmdir()
        raise


def _run(folder: Path) -> Iterator[str]:
    source = folder / f"0 {EXAMPLE_SOURCE}"
    for path in (source, *(folder / name for name in (STANDARD, MARKED, SUMMARY, *_READY))):
        refuse_work(path)
    put_whole(example_path(EXAMPLE_SOURCE), source)
    declaration = load(source)
    standard = folder / STANDARD
    write_imported(declaration, standard)
    imported = load(standard)
    found = review(imported)
    write_marked([standard], [imported], found, folder / MARKED)
    write_consolidation([imported], folder / SUMMARY)
    for name, example in _READY.items():
        put_whole(example_path(example), folder / name)
    yield from _told(folder, len(imported.projects), len(imported.indicators), found)


def _told(folder: Path, projects: int, indicators: int, found: Review) -> Iterator[str]:
    yield f"示例部门（虚构）：云川县水务局，2026 年，{projects} 个项目，{indicators} 个指标。"
    yield f"结果都在文件夹 {folder.resolve()}："
    yield f"  0 {EXAMPLE_SOURCE}    原来的样子：科室交来的文本"
    yield f"  {STANDARD}    导入后的标准工作簿，每个项目一张表"
    yield f"  {MARKED}    问题已着色，“校验结果”一表逐条说明"
    yield f"  {SUMMARY}    报送财政部门的汇总工作簿"
    yield f"  {MONITORING}、{EVALUATION}    同一批项目 7 月和年底填好的表，各留有几处问题"
    yield f"校验：{closing_line(found)}"
    first = next((f for f in found.findings if f.rule == "C02"), found.findings[0])
    yield f"例如 {first.sheet} {first.cell}：{first.message}。"
    yield f"请先打开“{MARKED}”，从“校验结果”点单元格一栏跳到出处。"
    own = command()
    yield f"换成自己的表：{own} import 文件 -o 申报表.xlsx，再 {own} validate 申报表.xlsx。"


def command() -> str:
    """How the command is called here: by its name, else by where it was installed.

    ``make`` installs it into a virtual environment that nobody has activated yet.
    """
    name = "perfgoals"
    script = Path(sys.executable).with_name(name)
    if shutil.which(name) is not None or not script.exists():
        return name
    with suppress(ValueError):
        script = script.relative_to(Path.cwd())
    return str(script)
