"""Real workbooks made by steps: a declaration without a fault, and the few cells a test changes.

    path = filled(tmp_path, {"annual_amount": 290})
    assert found(path) == ["F02 error E7"]

A cell is named by its A1 address on the project's sheet, by a field (``annual_amount``), or by the
indicator it belongs to: ``数量1`` is the target value of the first 数量指标, ``数量1 名称`` its
name, ``数量1 备注`` its note, ``数量1 一级`` and ``数量1 二级`` its group. ``sheet!A1`` names a
cell of any other sheet, ``规则 F02 启用`` the setting of a rule on 校验规则. A value of None
empties the cell.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from lxml import etree

from perfgoals_xl.addresses import a1, row_column
from perfgoals_xl.api import load, validate
from perfgoals_xl.declaration import PROJECT_FIELDS
from perfgoals_xl.form.taxonomy import group_key
from perfgoals_xl.workbooks.importing import write_imported

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfgoals_xl.declaration import Declaration
    from perfgoals_xl.review.findings import Finding, Review

PROJECT = "退化草原补播改良项目"
OTHER_PROJECT = "林草防火宣传项目"

# The rules that the tests of the frame are about. A workbook that breaks one of them, or nearly
# does, may well break a rule that comes later, which has tests of its own: those are switched off.
FRAME_RULES = (
    *("K01", "H01", "H02", "H03", "H04", "F01", "F02", "F03", "F04"),
    *("S01", "S02", "V01", "V02", "V03", "C01", "C02", "C03", "P03"),
)

# One line per row, | between the cells.
HEAD = """\
2026年青岚县林业和草原局部门项目支出预算绩效目标表

（2026年度）

单位：万元

项目名称||{name}
主管部门||青岚县林业和草原局|实施单位|青岚县草原工作站
项目属性||一次性项目|项目期|1年
项目总额||{annual}|其中：年度资金总额|{annual}
"""

GRASS_2015 = (
    HEAD.format(name=PROJECT, annual=280)
    + """\
其中：本级资金|资金总额|80|其中：转移市县（区）资金|资金总额|200
|其中：财政拨款|60||其中：中央资金|150
|其他资金|5||自治区资金|50
|结余结转资金|15
年度总体绩效目标|2026年补播改良退化草原4000亩，出苗率80%以上，植被盖度提高5个百分点。
一级指标|二级指标|三级指标||指标值
产出指标|数量指标|指标1：补播改良面积||≥4000亩
||指标2：培训牧户人数||≥120人次
|质量指标|指标1：补播出苗率||≥80%
|时效指标|指标1：补播完成时间||2026年7月底前
|成本指标|指标1：草种采购费||160万元
||指标2：机械作业费||120万元
效益指标|经济效益|指标1：亩均干草增产量||≥20公斤
|社会效益|指标1：受益牧户数||≥300户
|生态效益|指标1：植被盖度提高值||≥5个百分点
|可持续影响|指标1：改良草地管护年限||≥5年
满意度指标|服务对象满意度|指标1：牧民满意度||≥90%
"""
)

FIRE_2015 = (
    HEAD.format(name=OTHER_PROJECT, annual=36)
    + """\
其中：本级资金|资金总额|36|其中：转移市县（区）资金|资金总额
|其中：财政拨款|36||其中：中央资金
|其他资金|||自治区资金
|结余结转资金
年度总体绩效目标|2026年开展防火宣传24场，发放宣传册6000册，不发生较大火灾。
一级指标|二级指标|三级指标||指标值
产出指标|数量指标|指标1：防火宣传场次||24场
||指标2：宣传册发放数量||6000册
|质量指标|指标1：宣传册印制合格率||100%
|时效指标|指标1：宣传完成时间||2026年11月底前
|成本指标|指标1：每场防火宣传费用||1万元
||指标2：宣传册印制单价||20元/册
效益指标|经济效益|指标1：火灾直接经济损失||0万元
|社会效益|指标1：较大森林草原火灾起数||0起
|生态效益|指标1：过火面积占林草面积比例||≤0.1%
|可持续影响|指标1：宣传机制延续年限||≥3年
满意度指标|服务对象满意度|指标1：林区居民满意度||≥90%
"""
)

GRASS_2021 = (
    HEAD.format(name=PROJECT, annual=280)
    + """\
其中：本级资金|资金总额|80|其中：转移市县（区）资金|资金总额|200
|其中：财政拨款|60||其中：中央资金|150
|其他资金|5||自治区资金|50
|结余结转资金|15
年度总体绩效目标|2026年补播改良退化草原4000亩，出苗率80%以上，植被盖度提高5个百分点。
一级指标|二级指标|三级指标||指标值
成本指标|经济成本指标|指标1：草种采购费||160万元
||指标2：机械作业费||120万元
|社会成本指标|指标1：施工扰民投诉起数||≤2起
|生态环境成本指标|指标1：临时占用草地面积||≤30亩
产出指标|数量指标|指标1：补播改良面积||≥4000亩
|质量指标|指标1：补播出苗率||≥80%
|时效指标|指标1：补播完成时间||2026年7月底前
效益指标|经济效益指标|指标1：亩均干草增产量||≥20公斤
|社会效益指标|指标1：受益牧户数||≥300户
|生态效益指标|指标1：植被盖度提高值||≥5个百分点
满意度指标|服务对象满意度指标|指标1：牧民满意度||≥90%
"""
)

TEXTS = {"2015": (GRASS_2015, FIRE_2015), "2021": (GRASS_2021,)}

_INDICATOR = re.compile(r"(?P<group>\D+?)(?P<number>\d+)(?: (?P<part>名称|备注))?$")
_RULE = re.compile(r"规则 (?P<code>[A-Z]\d\d) (?P<column>规则|级别|阈值|启用)$")
_PART = {None: "target_value", "名称": "indicator", "备注": "note"}
_RULE_COLUMNS = {"规则": "A", "级别": "C", "阈值": "D", "启用": "E"}


def text_of(edition: str = "2015") -> str:
    """The correct declaration as the tab-separated text it is imported from."""
    return "\n".join(TEXTS[edition]).replace("|", "\t")


def filled(
    tmp_path: Path,
    changes: Mapping[str, object] | None = None,
    *,
    other: Mapping[str, object] | None = None,
    edition: str = "2015",
    name: str = "申报.xlsx",
    every_rule: bool = False,
) -> Path:
    """A correct standard workbook with ``changes``; ``other`` are those of its second project.

    Its sheet 校验规则 leaves only FRAME_RULES on, unless ``every_rule`` is wanted.
    """
    path = tmp_path / name
    path.write_bytes(_correct(edition, every_rule))
    return change(path, changes or {}, other or {}, template=_template(edition))


def change(
    path: Path,
    changes: Mapping[str, object],
    other: Mapping[str, object] | None = None,
    *,
    template: Declaration | None = None,
) -> Path:
    """Set cells of a workbook, named as above; nothing else of it changes."""
    if not changes and not other:
        return path
    places = _places(template or load(path))
    parts = read_parts(path)
    sheets = _sheet_parts(parts)
    roots: dict[str, etree._Element] = {}
    for number, cells in enumerate((changes, other or {})):
        for key, value in cells.items():
            sheet, address = _resolve(parts, sheets, places[number] if cells else {}, key)
            part = sheets[sheet]
            if part not in roots:
                roots[part] = etree.fromstring(parts[part])
            _set(roots[part], address, value)
    for part, root in roots.items():
        parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    write_parts(path, parts)
    return path


def read_parts(path: Path) -> dict[str, bytes]:
    """The parts of a package, in their order."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A package of these parts, quickly."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def copy_sheet(path: Path, sheet: str, copy: str) -> Path:
    """Add a copy of a sheet under another name, as its last tab."""
    parts = read_parts(path)
    source, number = _sheet_parts(parts)[sheet], len(_sheet_parts(parts))
    parts[f"xl/worksheets/copy{number}.xml"] = parts[source]
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        f'<Override PartName="/xl/worksheets/copy{number}.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'.encode(),
    )
    relation = (
        f'<Relationship Id="copy{number}" Type="http://schemas.openxmlformats.org/officeDocument/'
        f'2006/relationships/worksheet" Target="worksheets/copy{number}.xml"/></Relationships>'
    )
    relations = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(b"</Relationships>", relation.encode())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"</sheets>",
        f'<sheet name="{copy}" sheetId="{900 + number}" r:id="copy{number}"/></sheets>'.encode(),
    )
    return write_parts(path, parts)


def rename_sheet(path: Path, sheet: str, name: str) -> Path:
    """Give a sheet another name, as a person does: whatever refers to it follows."""
    parts = read_parts(path)
    for part, data in parts.items():
        if part == "xl/workbook.xml" or part.startswith("xl/worksheets/"):
            data = data.replace(f'name="{sheet}"'.encode(), f'name="{name}"'.encode())
            parts[part] = data.replace(f"'{sheet}'!".encode(), f"'{name}'!".encode())
    return write_parts(path, parts)


def cell_of(key: str, *, project: int = 0, edition: str = "2015") -> str:
    """The A1 address of a field or an indicator of the correct workbook."""
    return places(edition)[project][key][1]


def cell_of_rule(code: str, column: str) -> str:
    """The address of a rule's cell on 校验规则, under one of its headings."""
    lines = _template("2015").rule_lines
    row = next(row_column(line.code.place.cell)[0] for line in lines if line.code.value == code)
    return a1(row, row_column(f"{_RULE_COLUMNS[column]}1")[1])


def places(edition: str = "2015") -> list[dict[str, tuple[str, str]]]:
    """For every project of the correct workbook: the sheet and the cell of each name."""
    return _places(_template(edition))


def review(path: Path, *, year: int | None = None) -> Review:
    """The review of the workbook."""
    return validate(path, plan_year=year)


def found(path: Path, *, year: int | None = None, projects: bool = False) -> list[str]:
    """One line per finding of FRAME_RULES, in order: rule, severity, cell (with sheet if asked)."""
    findings = review(path, year=year).findings
    return [told(finding, projects=projects) for finding in findings if finding.rule in FRAME_RULES]


def told(finding: Finding, *, projects: bool = False) -> str:
    """``F02 error E7``, or ``F02 error 项目名称!E7``."""
    sheet = f"{finding.sheet}!" if projects else ""
    return f"{finding.rule} {finding.severity.value} {sheet}{finding.cell}"


def only(path: Path, rule: str) -> Finding:
    """The one finding of a rule; fails where there is none or several."""
    (finding,) = [f for f in review(path).findings if f.rule == rule]
    return finding


@lru_cache
def _correct(edition: str, every_rule: bool) -> bytes:
    """The correct workbook of an edition, written once per process."""
    with TemporaryDirectory() as name:
        source, book = Path(name) / "原表.txt", Path(name) / "申报.xlsx"
        source.write_text(text_of(edition), encoding="utf-8")
        write_imported(load(source), book)
        if not every_rule:
            lines = load(book).rule_lines
            off = [line for line in lines if line.code.value not in FRAME_RULES]
            change(book, {f"校验规则!{line.enabled.place.cell}": "否" for line in off})
        return book.read_bytes()


@lru_cache
def _template(edition: str) -> Declaration:
    with TemporaryDirectory() as name:
        book = Path(name) / "申报.xlsx"
        book.write_bytes(_correct(edition, True))
        return load(book)


def _places(declaration: Declaration) -> list[dict[str, tuple[str, str]]]:
    """For every project: the sheet and the address of each name a test may use."""
    places: list[dict[str, tuple[str, str]]] = []
    for row in range(len(declaration.projects)):
        named = {f: declaration.projects.place(row, f) for f in (*PROJECT_FIELDS, "year")}
        places.append({f: tuple(place) for f, place in named.items() if place is not None})
    seen: dict[tuple[int, str], int] = defaultdict(int)
    for row, record in enumerate(declaration.indicators.records()):
        key = group_key(record["level2"]) or record["level2"]
        key = key.removeprefix("服务对象")
        seen[record["project"], key] += 1
        label = f"{key}{seen[record['project'], key]}"
        for part, column in _PART.items():
            place = declaration.indicators.place(row, column)
            places[record["project"]][f"{label} {part}" if part else label] = tuple(place)
        for column, part in (("level1", "一级"), ("level2", "二级")):
            places[record["project"]][f"{label} {part}"] = tuple(
                declaration.indicators.place(row, column)
            )
    return places


def _resolve(
    parts: Mapping[str, bytes],
    sheets: Mapping[str, str],
    places: Mapping[str, tuple[str, str]],
    key: str,
) -> tuple[str, str]:
    if key in places:
        return places[key]
    if rule := _RULE.match(key):
        return "校验规则", cell_of_rule(rule["code"], rule["column"])
    if "!" in key:
        sheet, _, address = key.rpartition("!")
        return sheet, address
    if re.fullmatch(r"[A-Z]+[0-9]+", key):
        return places["project_name"][0], key
    raise KeyError(f"{key}; there are {'、'.join(places)}")


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Sheet name → part, of a workbook as XlsxWriter or Excel writes it."""
    relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {item.get("Id"): item.get("Target") for item in relations}
    found = {}
    for sheet in etree.fromstring(parts["xl/workbook.xml"]).iter("{*}sheet"):
        key = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
        target = targets[key]
        found[sheet.get("name")] = target.lstrip("/") if target[0] == "/" else f"xl/{target}"
    return found


def _set(root: etree._Element, address: str, value: object) -> None:
    """Type a value into a cell, its style kept. A text is a text, whatever it starts with."""
    tag = root.tag.removesuffix("worksheet")
    at, column = row_column(address)
    row = next((r for r in root.iter(f"{tag}row") if int(r.get("r")) == at + 1), None)
    if row is None:
        data = root.find(f"{tag}sheetData")
        row = etree.Element(f"{tag}row", r=str(at + 1))
        data.insert(sum(int(r.get("r")) <= at for r in data), row)
    cell = next((c for c in row if c.get("r") == address), None)
    if cell is None:
        cell = etree.Element(f"{tag}c", r=address)
        row.insert(sum(row_column(c.get("r"))[1] < column for c in row), cell)
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{tag}is"), f"{tag}t")
        # As Excel writes them: control characters, and what looks like one of them written so.
        escaped = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", value)
        text.text = re.sub(r"[\x00-\x08\x0b-\x1f]", lambda m: f"_x{ord(m[0]):04X}_", escaped)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    elif value is not None:
        etree.SubElement(cell, f"{tag}v").text = repr(value)
