"""``validate -o``: which workbook is marked. An .xlsx of the staff's is patched; anything else is
written as the standard workbook first, because it has no cells to mark."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.joining.combining import combine
from perfgoals_xl.joining.one_workbook import refuse_mixed
from perfgoals_xl.review.findings import Review
from perfgoals_xl.review.joined_settings import join_settings
from perfgoals_xl.review.settings import FILE_NAME, read_settings
from perfgoals_xl.workbooks.earlier_copy import with_earlier_reasons
from perfgoals_xl.workbooks.findings.highlights import form_areas
from perfgoals_xl.workbooks.findings.lines import grouped_lines
from perfgoals_xl.workbooks.findings.marked_copy import write_marked_copy
from perfgoals_xl.workbooks.importing import write_imported
from perfgoals_xl.workbooks.patching.package import PATCHABLE
from perfgoals_xl.workbooks.standard.value_places import StandardPlaces


def write_marked(
    sources: Sequence[Path],
    declarations: Sequence[Declaration],
    found: Review,
    output: Path,
    *,
    plan_year: int | None = None,
    knows_earlier: bool = False,
) -> list[str]:
    """Write the marked copy of one workbook, or of the standard workbook made from the sources.

    ``found`` is the review of ``declarations``, and what the copy shows is that review and no
    other, with the reasons in the file that it replaces unless it ``knows_earlier`` ones already.
    Returns what is to be told besides. Raises ``InputError`` when the output's name does not
    fit the kind of workbook or cannot be written, or where reasons in the file that it replaces
    cannot be read for certain.
    """
    source = Path(sources[0])
    if not knows_earlier:
        found = with_earlier_reasons(found, output)
    if len(sources) == 1 and source.suffix.lower() in PATCHABLE:
        if output.suffix.lower() not in PATCHABLE[source.suffix.lower()]:
            raise InputError(
                f"标记副本的扩展名应与原文件相同（{source.suffix}）",
                hint="请改用相同的扩展名。",
                file=output,
            )
        lines = grouped_lines(found)
        told = write_marked_copy(source, output, lines, form_areas(declarations[0], lines))
        return [*told, *_settings_left_behind(declarations[0], output)]
    if output.suffix.lower() != ".xlsx":
        raise InputError("标记副本应是 .xlsx 工作簿", hint="请改用 .xlsx 扩展名。", file=output)
    refuse_mixed(declarations)
    joined = join_settings(declarations, output.parent)
    with tempfile.TemporaryDirectory() as folder:
        standard = Path(folder) / "standard.xlsx"
        write_imported(combine(declarations), standard, year=plan_year, settings=joined.settings)
        places = StandardPlaces(standard, declarations)
        moved = replace(found, findings=tuple(map(places.moved, found.findings)))
        lines = grouped_lines(moved)
        told = write_marked_copy(standard, output, lines, form_areas(places.standard, lines))
    return [*joined.notes, *told]


def _settings_left_behind(declaration: Declaration, output: Path) -> list[str]:
    """What is to be told where the copy will be validated by other settings than its source was.

    The sheet 校验规则 goes along; a settings file beside the source does not.
    """
    here = read_settings(declaration)
    try:
        there = read_settings(replace(declaration, file=str(output)))
    except InputError as error:
        return [f"副本再次校验时会停下：{error}"]
    codes = sorted(
        code
        for mine, its in (
            (here.severities, there.severities),
            (here.thresholds, there.thresholds),
        )
        for code in mine.keys() | its.keys()
        if (code in mine, mine.get(code)) != (code in its, its.get(code))
    )
    if not codes:
        return []
    return [
        f"{FILE_NAME} 只管它所在的文件夹，副本在另一个文件夹，再次校验时这些规则的设置会不同："
        f"{'、'.join(dict.fromkeys(codes))}；请把副本放在原文件旁边，或把 {FILE_NAME} 一并复制过去"
    ]
