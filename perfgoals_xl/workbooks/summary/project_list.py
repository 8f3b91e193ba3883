"""项目汇总: all projects with every funding column, live totals, and which amounts are missing.

A blank amount stays blank and a text that is no amount stays as typed; neither is counted as zero.
The line under the totals says how many there are, those below it name the projects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from perfgoals_xl.addresses import Area, a1, column_letters
from perfgoals_xl.form.amounts import COMMON_UNIT, convert
from perfgoals_xl.form.fields import AMOUNT_FIELDS, TOTALS, field, label_of
from perfgoals_xl.form.text import MOST_IN_CELL
from perfgoals_xl.workbooks.kit.column_totals import (
    Total,
    counted,
    is_counted,
    places_of,
    put_labels,
    put_total,
)
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.source_links import SourceLinks
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.tables import ledger_width, put_note, put_sheet_title
from perfgoals_xl.workbooks.kit.writing import (
    Sheet,
    put_amount,
    put_block,
    put_formula,
    put_text,
)

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration

SHEET = "项目汇总"
_SIZE = 10
TEXT_COLUMNS = (
    ("project_name", 22.0),
    ("supervising_department", 12.0),
    ("implementing_unit", 13.0),
    ("project_attribute", 9.0),
    ("project_period", 13.0),
)
"""The texts that every list of projects shows, and the widths of their columns."""
_NUMBER_WIDTH = 5.0
_FIRST_AMOUNT = 1 + len(TEXT_COLUMNS)
_HEADER = 2
_FIRST = _HEADER + 2
_LEAST_AMOUNT_WIDTH = 9.0
# Every project has these; the others are often blank by right.
_MOST_NAMED = 20
_LONGEST_TEXT = 20
# Fainter than a finding: an amount that is not in the totals, right or wrong.
_NOT_COUNTED = "#FFF2CC"


@dataclass(frozen=True)
class ProjectList:
    """The projects of all declarations in one unit, and where their totals stand."""

    unit: str
    rows: Sequence[dict[str, Any]]
    converted: int
    """How many projects were converted to ``unit``."""

    @classmethod
    def of(cls, declarations: Sequence[Declaration]) -> ProjectList:
        """Collects the projects; where 万元 and 元 stand side by side, all become 万元."""
        records: list[dict[str, Any]] = [
            {
                **record,
                "amount_unit": record["amount_unit"] or declaration.amount_unit,
                "file": declaration.file,
                "cell": _cell_of_name(declaration, index),
            }
            for declaration in declarations
            for index, record in enumerate(declaration.projects.records())
        ]
        units = {record["amount_unit"] for record in records}
        unit = units.pop() if len(units) == 1 else COMMON_UNIT
        converted = [record for record in records if record["amount_unit"] != unit]
        for record in converted:
            for name in AMOUNT_FIELDS:
                if isinstance(record[name], Decimal):
                    record[name] = convert(record[name], record["amount_unit"], unit)
        return cls(unit, records, len(converted))

    @property
    def total_row(self) -> int:
        """The row of the totals, counted from zero."""
        return _FIRST + len(self.rows)

    def total(self, name: str) -> Total:
        """The total of the amounts of a column."""
        return Total([row[name] for row in self.rows])

    @property
    def places(self) -> int:
        """The decimals of the totals."""
        return places_of(row[name] for row in self.rows for name in AMOUNT_FIELDS)

    def total_reference(self, name: str) -> str:
        """The cell of a total, as other sheets refer to it."""
        return f"{quoted(SHEET)}!{a1(self.total_row, column_of(name))}"

    def amount_reference(self, number: int, name: str) -> str:
        """The cell of an amount of the ``number``-th project, as other sheets refer to it."""
        return f"{quoted(SHEET)}!{a1(_FIRST + number - 1, column_of(name))}"

    def missing_reference(self, name: str) -> str:
        """The cell that counts the missing amounts of a column, as other sheets refer to it."""
        return f"{quoted(SHEET)}!{a1(self.total_row + 1, column_of(name))}"

    @property
    def numbers(self) -> str:
        """The numbers of the projects, as other sheets refer to them."""
        first = _FIRST + 1
        return f"{quoted(SHEET)}!$A${first}:$A${max(first, _FIRST + len(self.rows))}"

    def without_amount(self, name: str) -> list[int]:
        """The numbers of the projects whose amount in a column is not in its total."""
        rows = enumerate(self.rows, start=1)
        return [number for number, row in rows if not is_counted(row[name])]


def _cell_of_name(declaration: Declaration, index: int) -> str | None:
    place = declaration.projects.place(index, "project_name")
    return None if place is None else place.cell


def column_of(name: str) -> int:
    """The column of an amount field, counted from zero."""
    return _FIRST_AMOUNT + AMOUNT_FIELDS.index(name)


def write_project_list(
    sheet: Sheet,
    styles: Styles,
    listed: ProjectList,
    links: SourceLinks,
    *,
    title: str,
    header: str,
    files: bool,
) -> None:
    """Fills the sheet; ``header`` stands on every page, ``files`` adds the column of the file.

    The number of a project is a link to its form.
    """
    sources = [("sheet", "工作表", 15.0)] + ([("file", "来源文件", 15.0)] if files else [])
    first_source = _FIRST_AMOUNT + len(AMOUNT_FIELDS)
    last_column = first_source + len(sources) - 1
    put_sheet_title(sheet, styles, title, last_column)
    note = (
        f"金额单位：{listed.unit}　　空白是没有填写，不按零计；不是数字的照原样列出，不计入合计；"
        "项目总额、年度资金总额没有计入的，单元格为浅黄色，表末列出项目。"
    )
    if listed.converted:
        note += f"有 {listed.converted} 个项目的申报表以元填报，已换算为{listed.unit}。"
    put_note(sheet, styles, 1, note + links.note, last_column)
    _write_header(sheet, styles, listed, sources, first_source)
    for number, row in enumerate(listed.rows, start=1):
        _write_row(sheet, styles, number, row, sources, first_source, links)
    if listed.rows:
        _write_totals(sheet, styles, listed, last_column)
        _colour_missing(sheet, styles, listed)
        width = sum(w for _, w in TEXT_COLUMNS) + sum(w for _, _, w in sources) + _NUMBER_WIDTH
        width += sum(_amount_width(listed, name) for name in AMOUNT_FIELDS)
        last = _write_missing_names(sheet, styles, listed, last_column, width)
        sheet.autofilter(_HEADER + 1, 0, listed.total_row - 1, last_column)
    else:
        last = _FIRST
        area = Area(last, 0, last, last_column)
        put_block(sheet, area, "（没有项目）", styles("cell", "center", "ten", "grey"))
    sheet.freeze_panes(_FIRST, 2)
    set_page(
        sheet,
        landscape=True,
        last_row=last,
        last_column=last_column,
        repeat=(_HEADER, _HEADER + 1),
        header=header,
    )


def _write_header(
    sheet: Sheet,
    styles: Styles,
    listed: ProjectList,
    sources: Sequence[tuple[str, str, float]],
    first_source: int,
) -> None:
    head = styles("cell", "head", "ten")
    sheet.set_column(0, 0, _NUMBER_WIDTH)
    tall = [(0, "序号")]
    for column, (name, width) in enumerate(TEXT_COLUMNS, start=1):
        sheet.set_column(column, column, width)
        tall.append((column, field(name).label))
    blocks: dict[str, list[int]] = {}
    for name in AMOUNT_FIELDS:
        column = column_of(name)
        sheet.set_column(column, column, _amount_width(listed, name))
        block, _, part = label_of(name).rpartition("·")
        if block:
            blocks.setdefault(block, []).append(column)
            put_text(sheet, _HEADER + 1, column, part, head)
        else:
            tall.append((column, part))
    for column, (_, label, width) in enumerate(sources, start=first_source):
        sheet.set_column(column, column, width)
        tall.append((column, label))
    for column, label in tall:
        put_block(sheet, Area(_HEADER, column, _HEADER + 1, column), label, head)
    for block, columns in blocks.items():
        put_block(sheet, Area(_HEADER, columns[0], _HEADER, columns[-1]), block, head)
    sheet.set_height(_HEADER, 22)
    sheet.set_height(_HEADER + 1, 34)


def _write_row(
    sheet: Sheet,
    styles: Styles,
    number: int,
    values: dict[str, Any],
    sources: Sequence[tuple[str, str, float]],
    first_source: int,
    links: SourceLinks,
) -> None:
    row = _FIRST + number - 1
    place = (values["file"], values["sheet"], values["cell"])
    links.put_number(sheet, styles, row, number, place)
    height = 22.0
    texts = [(column, name, width) for column, (name, width) in enumerate(TEXT_COLUMNS, start=1)]
    texts += [(c, name, width) for c, (name, _, width) in enumerate(sources, start=first_source)]
    for column, name, width in texts:
        put_text(sheet, row, column, values[name], styles("cell", "left", "text", "ten"))
        height = max(height, height_of(values[name], width, _SIZE))
    for name in AMOUNT_FIELDS:
        put_amount(sheet, row, column_of(name), values[name], styles("cell", "ledger", "ten"))
    sheet.set_height(row, min(height, MAX_HEIGHT), fixed=False)


def _write_totals(sheet: Sheet, styles: Styles, listed: ProjectList, last_column: int) -> None:
    total, missing = listed.total_row, listed.total_row + 1
    plain, places = styles("cell", "total", "ten", "center"), listed.places
    put_labels(sheet, styles, total, _FIRST_AMOUNT - 1)
    for name in AMOUNT_FIELDS:
        put_total(sheet, styles, (total, column_of(name)), _FIRST, listed.total(name), places)
    for row in (total, missing):
        for column in range(column_of(AMOUNT_FIELDS[-1]) + 1, last_column + 1):
            sheet.write_blank(row, column, None, plain)


def _colour_missing(sheet: Sheet, styles: Styles, listed: ProjectList) -> None:
    """What is not in a total shows at a glance, also after somebody fills it in or deletes it."""
    last = listed.total_row - 1
    for name in AMOUNT_FIELDS:
        column = column_of(name)
        cell = f"{column_letters(column)}{_FIRST + 1}"
        criteria = f"=NOT(ISNUMBER({cell}))" if name in TOTALS else f"=ISTEXT({cell})"
        look = {"type": "formula", "criteria": criteria, "format": styles.fill(_NOT_COUNTED)}
        sheet.conditional_format(_FIRST, column, last, column, look)


def _write_missing_names(
    sheet: Sheet, styles: Styles, listed: ProjectList, last_column: int, width: float
) -> int:
    """Names the projects without an amount, below the totals; returns the last row.

    ``width`` is that of all columns.
    """
    row = listed.total_row + 1
    style = styles("cell", "left", "ten")
    for name in TOTALS:
        if listed.without_amount(name):
            row += 1
            text = missing_names(listed, name)
            sheet.merge_range(row, 0, row, last_column, "", style)
            put_formula(sheet, row, 0, _names_formula(listed, name), style, text)
            sheet.set_height(row, min(max(22.0, height_of(text, width, _SIZE)), MAX_HEIGHT))
    return row


def missing_names(listed: ProjectList, name: str) -> str:
    """Which projects have no amount in a column, and what stands there instead; "" for none."""
    missing = listed.without_amount(name)
    if not missing:
        return ""
    told = []
    for number in missing[:_MOST_NAMED]:
        row = listed.rows[number - 1]
        typed = None if row[name] is None else str(row[name])
        said = "空白" if typed is None else f"非数字“{typed[:_LONGEST_TEXT]}”"
        told.append(f"第 {number} 项 {row['project_name'] or ''}（{said}）")
    more = " 等" if len(missing) > _MOST_NAMED else ""
    return f"{label_of(name)}未计入合计 {len(missing)} 项：{'；'.join(told)}{more}"


def _names_formula(listed: ProjectList, name: str) -> str:
    """``missing_names``, which drops a project as soon as its amount is filled in."""
    letters = column_letters(column_of(name))
    area = f"{letters}{_FIRST + 1}:{letters}{listed.total_row}"
    count = f"(ROWS({area})-COUNT({area}))"
    named = []
    for number in listed.without_amount(name)[:_MOST_NAMED]:
        at = _FIRST + number
        cell = f"{letters}{at}"
        said = f'IF({cell}="","空白","非数字“"&LEFT({cell},{_LONGEST_TEXT})&"”")'
        named.append(f'IF(ISNUMBER({cell}),"","；第 "&A{at}&" 项 "&B{at}&"（"&{said}&"）")')
    label = label_of(name)
    return (
        f'=IF({count}=0,"{label}已全部计入合计",'
        f'"{label}未计入合计 "&{count}&" 项："&MID({"&".join(named)},2,{MOST_IN_CELL})'
        f'&IF({count}>{_MOST_NAMED}," 等",""))'
    )


def _amount_width(listed: ProjectList, name: str) -> float:
    """Wide enough for the longest figure: a number that does not fit is shown as ####."""
    total = listed.total(name)
    figures = counted(total.amounts)
    figures += [] if total.value is None else [total.value]
    return max([_LEAST_AMOUNT_WIDTH, *map(ledger_width, figures)])
