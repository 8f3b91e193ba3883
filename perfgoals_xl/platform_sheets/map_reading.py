"""Reading a map: TOML that people write by hand, every mistake told in one line with its key."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from perfgoals_xl.errors import InputError
from perfgoals_xl.form.amounts import UNIT_IN_YUAN
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationKind
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.platform_sheets.column_map import (
    OF_TARGETS,
    At,
    ColumnMap,
    SheetMap,
    ValueForm,
    ValueSpec,
    map_fault,
)
from perfgoals_xl.platform_sheets.source_rows import (
    ABOVE,
    TABLES,
    columns_of,
    head_of,
    kind_of,
    subject_of,
)

_TOP = ("per_project", "sheets", "values")
_SHEET = (
    "sheet",
    "table",
    "per_project",
    "header_row",
    "first_row",
    "rows",
    "replace",
    "amount_unit",
    "columns",
    "cells",
    "where",
    "values",
)
_SPEC = ("column", "constant", "form", "amount_unit", "values", "at")
_LAST_ROW = 1_048_576
_LARGEST_FILE = 1_000_000
_COUNTED = "#"
_IDLE = "没有哪一处用到这个对照，名称应是所写的列名（如 level1）或取法（如 operator）"


def read_map(path: Path) -> ColumnMap:
    """The map in a file. Raises ``InputError`` that names the key at fault."""
    content = _content(path)
    in_one = "sheets" not in content
    _known(path, "", content, (*_SHEET, *_TOP) if in_one else _TOP)
    values = _section(path, "", content, "values")
    listed = [content] if in_one else content["sheets"]
    if not isinstance(listed, list) or not listed or not all(isinstance(s, dict) for s in listed):
        raise map_fault(path, "sheets", "每张表应写成一段 [[sheets]]")
    per_file = content.get("per_project") == "file"
    if not in_one and "per_project" in content and not per_file:
        raise map_fault(path, "per_project", '写在最前面的只能是 "file"（每个项目一个文件）')
    sheets, used = [], set[str]()
    for number, item in enumerate(listed, start=1):
        where = "" if in_one else f"第 {number} 个 [[sheets]]"
        _known(path, where, item, (*_SHEET, *_TOP) if in_one else _SHEET)
        reader = _Sheet(path, where, item, {} if in_one else values, alone=in_one)
        sheets.append(reader.read())
        used |= reader.used
    made = ColumnMap(path, tuple(sheets), per_file)
    _check_together(made)
    if not in_one and (idle := [name for name in values if name not in used]):
        raise map_fault(path, f"values.{idle[0]}", _IDLE)
    return made


def _content(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise map_fault(path, "", "文件太大，不像是列映射")
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text)
    except FileNotFoundError as error:
        raise InputError("找不到映射文件", hint="请检查路径和文件名。", file=path) from error
    except UnicodeDecodeError as error:
        raise InputError("映射文件不是 UTF-8", hint="请另存为 UTF-8。", file=path) from error
    except OSError as error:
        raise InputError("映射文件无法读取", hint="请检查它是不是一个文件。", file=path) from error
    except (ValueError, RecursionError) as error:
        # Not only a TOMLDecodeError: a number of thousands of digits is a plain one.
        raise map_fault(path, "", f"的写法有误（{error}）") from error


def _check_together(made: ColumnMap) -> None:
    """What single sheets cannot say of each other."""
    seen: dict[str | int, SheetMap] = {}
    for sheet in made.sheets:
        other = seen.setdefault(sheet.sheet, sheet)
        if other is not sheet and (other.per_project or sheet.per_project):
            what = "每个项目复制一张的工作表只能写一段，清单（columns）和单格（cells）写在同一段里"
            raise made.fault(sheet.where or "sheet", what)
        if made.file_per_project and sheet.per_project:
            what = '每个项目一个文件时，不能再写 per_project = "sheet"'
            raise made.fault(sheet.where or "per_project", what)
    subjects = {subject_of(s.table) for s in made.sheets} - {None}
    if made.file_per_project and len(subjects) != 1:
        named = "、".join(sorted(map(str, subjects))) or "只有部门的表"
        what = f"每个项目一个文件，各段的 table 应属于同一种表，现在是 {named}"
        raise made.fault("per_project", what)


def _known(path: Path, where: str, given: Mapping[str, Any], keys: Collection[str]) -> None:
    for key in given:
        if key not in keys:
            known = tuple(dict.fromkeys(keys))
            raise map_fault(path, f"{where} {key}".strip(), f"没有这个设置{_nearest(key, known)}")


def _nearest(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, known, 1)
    if near:
        return f"，是不是 {near[0]}"
    listed = "、".join(known)
    return f"，可以写 {listed}"


def _section(path: Path, where: str, given: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = given.get(key, {})
    if not isinstance(found, dict):
        raise map_fault(path, f"{where} {key}".strip(), f"应写成一节 [{key}]")
    return found


class _Sheet:
    """One sheet of a map, on its way to a :class:`SheetMap`."""

    def __init__(
        self,
        path: Path,
        where: str,
        given: Mapping[str, Any],
        values: Mapping[str, Any],
        *,
        alone: bool,
    ) -> None:
        self._path, self._where, self._given, self._alone = path, where, given, alone
        own = _section(path, where, given, "values")
        self.used: set[str] = set()
        self._own = tuple(own)
        self._translations = {
            name: self._translation(name, table) for name, table in {**values, **own}.items()
        }

    def read(self) -> SheetMap:
        given = self._given
        sheet = given.get("sheet", 1)
        is_number = isinstance(sheet, int) and not isinstance(sheet, bool) and sheet >= 1
        if not (is_number or (isinstance(sheet, str) and sheet)):
            raise self._fault("sheet", "应是工作表的名称，或从 1 起的序号")
        table = self._choice("table", given.get("table"), TABLES)
        per = given.get("per_project")
        if per is not None and per != "sheet" and not (self._alone and per == "file"):
            told = '只能是 "sheet"（每个项目复制一张）或 "file"（每个项目一个文件）'
            raise self._fault("per_project", told if self._alone else f"{told}，后者写在最前面")
        if per == "sheet" and subject_of(table) is None:
            raise self._fault("per_project", f"{table} 是部门的表，不属于哪个项目")
        columns = self._specs("columns", table)
        cells = self._specs("cells", head_of(table))
        if not columns and not cells:
            raise self._fault("", "没有 [columns]（清单）也没有 [cells]（单格），不知道往哪里写")
        header, first = self._row("header_row"), self._row("first_row")
        if columns and first is None:
            first = None if header is None else header + 1
            if first is None:
                raise self._fault("first_row", "清单要写第一行数据是第几行")
        if header is not None and first is not None and first <= header:
            raise self._fault("first_row", f"应在表头（第 {header} 行）下面，现在是 {first}")
        if idle := [name for name in self._own if name not in self.used]:
            raise self._fault(f"values.{idle[0]}", _IDLE)
        self._unit("amount_unit", given.get("amount_unit"))
        replace = given.get("replace", False)
        if not isinstance(replace, bool):
            raise self._fault("replace", "只能是 true 或 false")
        return SheetMap(
            self._where,
            sheet,
            table,
            per_project=per == "sheet",
            header_row=header,
            first_row=first,
            rows=self._row("rows"),
            replace=replace,
            columns=columns,
            cells=cells,
            conditions=self._conditions(table),
        )

    def _fault(self, key: str, what: str) -> InputError:
        return map_fault(self._path, f"{self._where} {key}".strip(), what)

    def _choice(self, key: str, value: Any, choices: Sequence[str]) -> str:
        if value is None:
            raise self._fault(key, f"没有写，可以写 {'、'.join(choices)}")
        if not isinstance(value, str) or value not in choices:
            raise self._fault(key, f"没有“{value}”{_nearest(str(value), choices)}")
        return value

    def _row(self, key: str) -> int | None:
        value = self._given.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _LAST_ROW:
            raise self._fault(key, f"应是从 1 起的整数，现在是 {value!r}")
        return value

    def _unit(self, key: str, value: Any) -> str | None:
        if value is not None and (not isinstance(value, str) or value not in UNIT_IN_YUAN):
            raise self._fault(key, f"不认识的金额单位“{value}”，可以写 元、万元 等")
        return value

    def _translation(self, name: str, given: Any) -> dict[str, str | Decimal]:
        key = f"values.{name}"
        if not isinstance(given, dict) or not given:
            raise self._fault(key, '应写成一节，每行一个对照，如 "产出指标" = "1"')
        return {fold(k): self._constant(f'{key}."{k}"', v) for k, v in given.items()}

    def _constant(self, key: str, value: Any) -> str | Decimal:
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                number = Decimal(str(value))
            except InvalidOperation:  # pragma: no cover - str() of a float is a number
                number = Decimal("NaN")
            if number.is_finite():
                return number
        raise self._fault(key, "应是加引号的文字，或一个数")

    def _conditions(self, table: str) -> dict[str, tuple[str, ...]]:
        made = {}
        for column, wanted in _section(self._path, self._where, self._given, "where").items():
            key = f"where.{column}"
            self._column(key, table, column)
            listed = wanted if isinstance(wanted, list) else [wanted]
            if not listed or not all(isinstance(w, str | int) for w in listed):
                raise self._fault(key, '应是一个值，或几个值的列表，如 ["产出指标", "效益指标"]')
            made[column] = tuple(fold(str(w)) for w in listed)
        return made

    def _column(self, key: str, table: str, column: str) -> None:
        known = columns_of(table)
        if column not in known:
            near = difflib.get_close_matches(column, known, 1)
            told = f"，是不是 {near[0]}" if near else "，列名见《数据说明》"
            raise self._fault(key, f"表 {table} 没有列“{column}”{told}")

    def _specs(self, section: str, table: str) -> tuple[ValueSpec, ...]:
        given = _section(self._path, self._where, self._given, section)
        return tuple(
            self._spec(f'{section}."{target}"', target, value, table, in_list=section == "columns")
            for target, value in given.items()
        )

    def _spec(self, key: str, target: str, given: Any, table: str, *, in_list: bool) -> ValueSpec:
        where = f"{self._where} {key}".strip()
        if is_blank(target):
            raise self._fault(key, "没有写标签、列号或单元格")
        if isinstance(given, str):
            if given.startswith("'"):
                return ValueSpec(where, target, constant=given[1:])
            if given == _COUNTED and in_list:
                return ValueSpec(where, target, counts=True)
            name, _, form = given.partition(":")
            given = {"column": name, **({"form": form} if form else {})}
        elif isinstance(given, int | float):
            given = {"constant": given}
        if not isinstance(given, dict):
            raise self._fault(key, '应是列名，如 "level3"，或 { column = "…", form = "…" }')
        for setting in given:
            if setting not in _SPEC:
                raise self._fault(f"{key}.{setting}", f"没有这个设置{_nearest(setting, _SPEC)}")
        at = At(self._choice(f"{key}.at", given.get("at", At.BESIDE), list(At)))
        if in_list and "at" in given:
            raise self._fault(f"{key}.at", "清单的列没有旁边和下面")
        if "constant" in given:
            others = sorted(given.keys() & {"column", "form", "amount_unit", "values"})
            if others:
                raise self._fault(key, f"写了固定的值，就不能再写 {others[0]}")
            constant = self._constant(f"{key}.constant", given["constant"])
            return ValueSpec(where, target, constant=constant, at=at)
        named = given.get("column")
        if not isinstance(named, str) or not named:
            raise self._fault(key, '没有写列名，如 { column = "level3" }')
        column = named
        self._column(key, table, column)
        form = ValueForm(
            self._choice(f"{key}.form", given.get("form", ValueForm.AUTO), list(ValueForm))
        )
        kind = kind_of(table, column)
        if form in OF_TARGETS and kind is not None:
            raise self._fault(f"{key}.form", f"{column} 是数，没有 {form.value} 可取")
        unit = self._unit(f"{key}.amount_unit", given.get("amount_unit"))
        if unit is not None and kind is not EvaluationKind.AMOUNT:
            raise self._fault(f"{key}.amount_unit", f"{column} 不是金额")
        if unit is None and kind is EvaluationKind.AMOUNT:
            unit = self._unit("amount_unit", self._given.get("amount_unit"))
        translation = self._named(key, given, column, form)
        return ValueSpec(
            where,
            target,
            column=column,
            form=form,
            amount_unit=unit,
            translation=translation,
            at=at,
        )

    def _named(
        self, key: str, given: Mapping[str, Any], column: str, form: ValueForm
    ) -> dict[str, str | Decimal] | None:
        """The translation of a value: the one that is named, else that of what is written."""
        name: object = given.get("values")
        if name is False:
            return None
        if name is None:
            # Of a target value that is taken apart the part has the codes, not the whole.
            default = form.value if form in OF_TARGETS else column
            name = default.removeprefix(ABOVE)
        elif not isinstance(name, str) or name not in self._translations:
            raise self._fault(f"{key}.values", f"映射里没有 [values.{name}]")
        self.used.add(str(name))
        return self._translations.get(str(name))
