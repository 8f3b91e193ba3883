"""A copy of somebody else's workbook with our values in it, or one copy per project.

Parts are patched: what no value goes into stays byte for byte. Every copy is looked at before it
takes its place, and of several files all are put in place or none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationKind
from perfgoals_xl.form.text import fold
from perfgoals_xl.platform_sheets.column_map import ColumnMap, SheetMap
from perfgoals_xl.platform_sheets.sheet_filling import SheetFilling
from perfgoals_xl.platform_sheets.source_rows import (
    SourceRow,
    SourceTables,
    head_of,
    kind_of,
    subject_of,
)
from perfgoals_xl.platform_sheets.template_sheet import TemplateBook, TemplateSheet
from perfgoals_xl.storage.files import refuse_source, whole_file
from perfgoals_xl.storage.whole_folder import whole_folder
from perfgoals_xl.workbooks.findings.marked_copy import UNSIGNED
from perfgoals_xl.workbooks.kit.sheet_names import MAX_LENGTH
from perfgoals_xl.workbooks.patching.package import PATCHABLE
from perfgoals_xl.workbooks.patching.package_check import check_copy
from perfgoals_xl.workbooks.patching.sheet_copies import SheetCopier
from perfgoals_xl.workbooks.patching.workbook_part import Tab

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
# File systems take 255 bytes; the suffix and a number need some.
_LONGEST_NAME = 230
RECALCULATE = "模板里有公式，它们的结果要等 Excel 打开时重新计算：上传前请打开保存一次"


@dataclass
class Filled:
    """What became of a template: the files that were written, and what people should know."""

    files: list[Path] = field(default_factory=list)
    lines: int = 0
    cells: int = 0
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        """Keep a note, once."""
        if text not in self.notes:
            self.notes.append(text)


def check_template(template: Path) -> None:
    """Raise ``InputError`` for a template that cannot be filled, by its name and its place."""
    if not template.exists():
        raise InputError("找不到模板", hint="请检查路径和文件名。", file=template)
    if template.suffix.lower() not in PATCHABLE:
        raise InputError(
            f"模板应是 .xlsx 或 .xlsm 工作簿，不能往 {template.suffix or '这个文件'} 里写",
            hint="请用 Excel 打开，另存为 .xlsx，再用它。",
            file=template,
        )


def fill_template(
    template: Path, given: ColumnMap, declarations: Sequence[Declaration], output: Path
) -> Filled:
    """Write a filled copy of ``template`` to ``output``, or one per project into that folder.

    Raises ``InputError`` for a template, a map or a value that does not fit, and then nothing has
    been written.
    """
    check_template(template)
    sources = SourceTables(declarations)
    kept = [template, given.path, *(Path(declaration.file) for declaration in declarations)]
    if given.file_per_project:
        return _file_per_project(template, given, sources, output, kept)
    refuse_source(output, kept)
    fits = PATCHABLE[template.suffix.lower()]
    if output.suffix.lower() not in fits:
        raise InputError(
            f"填好的工作簿应与模板同类（{'、'.join(fits)}）",
            hint="请改用相同的扩展名。",
            file=output,
        )
    filled = Filled([output])
    book = _Book(template, given, sources, filled)
    book.fill()
    with whole_file(output, seal=False) as temporary:
        book.save(temporary, output.suffix.lower())
    return filled


def _file_per_project(
    template: Path,
    given: ColumnMap,
    sources: SourceTables,
    folder: Path,
    kept: Sequence[Path],
) -> Filled:
    if folder.suffix.lower() in PATCHABLE:
        raise InputError(
            "映射要求每个项目一个文件，-o 应是文件夹", hint="请给出文件夹。", file=folder
        )
    table = next(s for sheet in given.sheets if (s := subject_of(sheet.table)))
    subjects = sources.rows(table)
    if not subjects:
        raise InputError(f"来源里没有 {table}，没有可写的", file=given.path)
    suffix = PATCHABLE[template.suffix.lower()][-1]
    names = file_names(template.stem, [row.value("project_name") for row in subjects], suffix)
    filled = Filled([folder / name for name in names])
    for file in filled.files:
        refuse_source(file, kept)
    with whole_folder(folder, names, seal=False) as made:
        for row, name in zip(subjects, names, strict=True):
            book = _Book(template, given, sources, filled, row)
            book.fill()
            book.save(made / name, suffix)
    return filled


def file_names(stem: str, wanted: Sequence[str | None], suffix: str) -> list[str]:
    """A name for the file of every project that every system takes, each different."""
    names: list[str] = []
    used: set[str] = set()
    for number, text in enumerate(wanted, start=1):
        cleaned = " ".join(_NOT_IN_NAMES.sub(" ", text or "").split()).strip(" .")
        base = f"{stem}-{cleaned or f'项目{number:02d}'}"
        base = base.encode("utf-8", "ignore")[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .")
        name, repeat = base, 1
        while fold(name).casefold() in used:
            repeat += 1
            name = f"{base}({repeat})"
        used.add(fold(name).casefold())
        names.append(name + suffix)
    return names


class _Book:
    """One workbook on its way; ``subject`` is the project or form that it is about, if one."""

    def __init__(
        self,
        template: Path,
        given: ColumnMap,
        sources: SourceTables,
        filled: Filled,
        subject: SourceRow | None = None,
    ) -> None:
        self._template = TemplateBook(template)
        self._given, self._sources = given, sources
        self._filled, self._subject = filled, subject
        self._sheets: dict[str, SheetFilling] = {}

    def fill(self) -> None:
        """Put all values into the package. Raises ``InputError`` where one has no place."""
        for sheet in self._given.sheets:
            tab = self._template.tab(sheet.sheet)
            if sheet.per_project:
                self._sheet_per_project(sheet, tab)
            else:
                self._fill_sheet(sheet, tab, self._subject)
        written = sum(filling.written for filling in self._sheets.values())
        if not written:
            raise InputError(
                "来源里没有映射要写的内容", hint="请检查 table。", file=self._given.path
            )
        for filling in self._sheets.values():
            filling.put()
            self._filled.lines += filling.lines
            for note in filling.told:
                self._filled.note(note)
        self._filled.cells += written

    def save(self, path: Path, suffix: str) -> None:
        """Write the workbook as a file of this suffix."""
        package = self._template.package
        package.become(suffix)
        if any(
            tab.is_worksheet and _FORMULA.search(package.read(tab.part))
            for tab in self._template.workbook.tabs()
        ):
            self._template.workbook.calculate_on_load()
            self._filled.note(RECALCULATE)
        if package.drop_signatures():
            self._filled.note(UNSIGNED)
        package.save(path)
        check_copy(package, path)

    def _fill_sheet(self, given: SheetMap, tab: Tab, subject: SourceRow | None) -> None:
        filling = self._sheets.get(tab.part)
        if filling is None:
            filling = self._sheets[tab.part] = SheetFilling(TemplateSheet(self._template, tab))
        if given.cells:
            filling.fill_cells(given, self._head(given, subject))
        if given.columns:
            rows = [r for r in self._sources.rows(given.table, subject) if _is_wanted(given, r)]
            self._check_units(given, rows)
            filling.fill_list(given, rows)
            if not rows:
                of = f"（{subject.value('project_name')}）" if subject else ""
                self._filled.note(f"工作表“{tab.name}”：来源{of}里没有 {given.table} 的行可写")

    def _sheet_per_project(self, given: SheetMap, tab: Tab) -> None:
        table = head_of(given.table)
        subjects = self._sources.rows(table)
        if not subjects:
            raise self._given.fault(given.where, f"来源里没有 {table}，没有可写的")
        copier = None
        if len(subjects) > 1:
            copier = SheetCopier(self._template.package, self._template.workbook, tab)
        taken = {t.name for t in self._template.workbook.tabs()}
        for number, subject in enumerate(subjects, start=1):
            one = tab
            if copier is not None and number > 1:
                name = _numbered(tab.name, number, taken)
                taken.add(name)
                one = copier.copy(name)
            self._fill_sheet(given, one, subject)

    def _head(self, given: SheetMap, subject: SourceRow | None) -> SourceRow:
        """What single cells are filled from. Raises ``InputError`` where that could be several."""
        table = head_of(given.table)
        found = self._sources.rows(table, subject)
        if not found:
            raise self._given.fault(f"{given.where} cells".strip(), f"来源里没有 {table}")
        said = {(row.value("department"), row.value("department_code")) for row in found}
        if len(found) > 1 and (subject_of(table) is not None or len(said) > 1):
            names = "、".join(
                str(row.value("project_name") or row.value("department")) for row in found[:3]
            )
            raise self._given.fault(
                f"{given.where} cells".strip(),
                f"单格只能写一个，来源里有 {len(found)} 个（{names} 等）",
                '请写 per_project = "sheet"（每个一张表）或 "file"（每个一个文件）。',
            )
        return next((row for row in found if row.value("duty_goal")), found[0])

    def _check_units(self, given: SheetMap, rows: Sequence[SourceRow]) -> None:
        """Amounts in different units must not stand in one column as if they were alike."""
        units = list(dict.fromkeys(row.amount_unit() for row in rows))
        for spec in given.columns:
            is_amount = spec.column and kind_of(given.table, spec.column) is EvaluationKind.AMOUNT
            if len(units) > 1 and is_amount and spec.amount_unit is None:
                raise self._given.fault(
                    spec.where,
                    f"来源的金额单位不一样（{'、'.join(units)}）",
                    '请写平台要的单位，如 amount_unit = "万元"。',
                )


def _is_wanted(given: SheetMap, row: SourceRow) -> bool:
    return all(
        fold("" if (value := row.value(column)) is None else str(value)) in wanted
        for column, wanted in given.conditions.items()
    )


def _numbered(name: str, number: int, taken: set[str]) -> str:
    """The name of a copy as Excel gives it: ``申报表 (2)``."""
    while True:
        tail = f" ({number})"
        made = name[: MAX_LENGTH - len(tail)] + tail
        if made.casefold() not in {other.casefold() for other in taken}:
            return made
        number += 1
