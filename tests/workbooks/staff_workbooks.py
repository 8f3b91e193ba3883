"""Workbooks as staff have them: a form typed into a sheet, beside all that an .xlsx can hold."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import xlsxwriter

from perfgoals_xl.review.catalogue import RULES
from tests.support.steps import FRAME_RULES, GRASS_2015, read_parts, write_parts

FORM, OTHER = "申报 & '甲'表", "台账"
# The form has no 实施单位 (a warning) and no value at 质量 (an error).
ROWS = [
    line.split("|")
    for line in GRASS_2015.replace("青岚县草原工作站", "").replace("≥80%", "").splitlines()
]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def png() -> bytes:
    """A picture of one red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        end = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + end

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    image = zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", image) + chunk(b"IEND", b"")


def write_rich_workbook(path: Path) -> Path:
    """A workbook with one of everything beside a filled form."""
    folder = path.parent
    (folder / "点.png").write_bytes(png())
    (folder / "vbaProject.bin").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    with xlsxwriter.Workbook(path) as book:
        form, other = book.add_worksheet(FORM), book.add_worksheet(OTHER)
        bold, green = book.add_format({"bold": True}), book.add_format({"bg_color": "#C6EFCE"})
        for row, cells in enumerate(ROWS):
            for column, text in enumerate(cells):
                if re.fullmatch(r"\d+(\.\d+)?", text):
                    form.write_number(row, column, float(text))
                elif text:
                    form.write_string(row, column, text)
        form.write_rich_string("H1", "注：", bold, "粗", "细")
        form.write_formula("H2", "=SUM(C10:C12)")
        form.write_comment("C7", "请填写全称", {"author": "初审"})
        form.insert_image("H4", folder / "点.png")
        form.insert_textbox("H8", "填报须知")
        form.insert_button("H12", {"caption": "提交", "macro": "Submit"})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": [FORM, 9, 2, 12, 2]})
        form.insert_chart("H16", chart)
        form.add_sparkline("G10", {"range": f"'{FORM.replace(chr(39), chr(39) * 2)}'!C10:C13"})
        form.conditional_format("C10:C13", {"type": "data_bar", "data_bar_2010": True})
        form.conditional_format("F10:F13", {"type": "icon_set", "icon_style": "3_arrows"})
        rule = {"type": "cell", "criteria": ">", "value": 100, "format": green}
        form.conditional_format("C10:F13", rule)
        form.data_validation("C9", {"validate": "list", "source": ["一次性项目", "经常性项目"]})
        form.write_url("H3", "internal:'台账'!A1", string="台账")
        form.freeze_panes(6, 0)
        form.set_landscape()
        form.set_paper(9)
        form.print_area("A1:F30")
        form.repeat_rows(0, 4)
        form.set_header("&C绩效目标")
        form.set_footer("&P / &N")
        form.set_margins(0.5, 0.5)
        form.set_row(3, None, None, {"hidden": True})
        rules = book.add_worksheet("校验规则")
        rules.write_row("A1", ["规则", "级别", "启用"])
        for row, code in enumerate(RULES.keys() - set(FRAME_RULES), start=1):
            rules.write_row(row, 0, [code, None, "否"])
        other.add_table("A1:B3", {"data": [["甲", 1], ["乙", 2]]})
        other.write_formula("D1", "=SUM(B2:B3)")
        other.protect("秘密")
        book.define_name("本级合计", f"='{FORM.replace(chr(39), chr(39) * 2)}'!$C$10")
        book.set_custom_property("文号", "青财〔2026〕3号")
        if path.suffix == ".xlsm":
            book.add_vba_project(folder / "vbaProject.bin")
    parts = read_parts(path)
    parts["customXml/item1.xml"] = b"<memo>kept</memo>"
    add(parts, "xl/_rels/workbook.xml.rels", "customXml", "../customXml/item1.xml", "memo")
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN}"><c r="H2" i="1"/></calcChain>'.encode()
    add(parts, "xl/_rels/workbook.xml.rels", "calcChain", "calcChain.xml", "chain")
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/calcChain.xml" ContentType="' + kind + b'"/></Types>',
    )
    return write_parts(path, parts)


def add(parts: dict[str, bytes], part: str, kind: str, target: str, key: str) -> None:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="{key}" Type="{base}/{kind}" Target="{target}"/>'
    parts[part] = parts[part].replace(b"</Relationships>", relation.encode() + b"</Relationships>")


def write_bare(path: Path) -> Path:
    """The least that is a workbook: no styles, no shared strings, no document properties."""
    cells = []
    for row, texts in enumerate(ROWS, start=1):
        line = "".join(
            f'<c r="{chr(65 + column)}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in enumerate(texts)
            if text
        )
        cells.append(f'<row r="{row}">{line}</row>')
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    name = FORM.replace("&", "&amp;")
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" '
        f'Type="{office}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="a" Type="{office}/worksheet" Target="/xl/sheet.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{office}"><sheets>'
        f'<sheet name="{name}" sheetId="7" r:id="a"/></sheets></workbook>',
        "xl/sheet.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(cells)}</sheetData>'
        "</worksheet>",
    }
    return write_parts(path, {part: text.encode() for part, text in parts.items()})
