"""Workbooks of other programs, or damaged on the way: a right copy of each, or one line."""

from __future__ import annotations

import io
import re
import resource
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from lxml import etree

from perfgoals_xl.api import load, validate
from perfgoals_xl.errors import InputError
from perfgoals_xl.review.run import review
from perfgoals_xl.workbooks.findings.marked_copy import UNSIGNED
from perfgoals_xl.workbooks.marking import write_marked
from tests.support.further import one_in
from tests.support.steps import read_parts, write_parts
from tests.workbooks.staff_workbooks import MAIN, ROWS

Parts = dict[str, bytes]
SHEET, OTHER = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
BOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
TYPES, RELS, ROOT = "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WITH_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PATCHED = (BOOK, STYLES, RELS, TYPES, ROOT)
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
ALTERNATE = f'<mc:AlternateContent {MC}><mc:Choice {X14} Requires="x14"/></mc:AlternateContent>'


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Parts:
    """A form typed into a sheet, with a conditional format of the staff's own."""
    path = tmp_path_factory.mktemp("base") / "申报.xlsx"
    with xlsxwriter.Workbook(path) as book:
        form, _ = book.add_worksheet("申报"), book.add_worksheet("其他")
        for row, cells in enumerate(ROWS):
            for column, text in enumerate(cells):
                if text:
                    form.write_string(row, column, text)
        green = book.add_format({"bg_color": "#C6EFCE"})
        form.conditional_format("C10", {"type": "no_blanks", "format": green})
    return read_parts(path)


def mark(source: Path, output: Path | None = None) -> list[str]:
    declaration = load(source)
    output = output or source.with_name(f"标记-{source.name}")
    return write_marked([source], [declaration], review(declaration), output)


def check(source: Path, copy: Path, validate_ooxml: Callable[[Path], list]) -> None:
    """The copy lists and shows what was found, and is as valid as its source."""
    told = [(f.rule, f.cell) for f in validate(source).findings]
    assert ("S02", "E19") in told
    assert [(f.rule, f.cell) for f in validate(copy).findings] == told
    with zipfile.ZipFile(copy) as archive:
        names = [name.casefold() for name in archive.namelist()]
    assert len(names) == len(set(names))
    if errors := validate_ooxml(copy):
        assert validate_ooxml(source), errors


def sub(part: str, old: str, new: str) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        changed = re.sub(old.encode(), new.encode(), parts[part], count=1)
        assert changed != parts[part], part
        return {**parts, part: changed}

    return change


def without(*names: str) -> Callable[[Parts], Parts]:
    return lambda parts: {name: data for name, data in parts.items() if name not in names}


def renamed(part: str, name: str) -> Callable[[Parts], Parts]:
    return lambda parts: {name if n == part else n: data for n, data in parts.items()}


def both(*changes: Callable[[Parts], Parts]) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        for one in changes:
            parts = one(parts)
        return parts

    return change


def rule(priority: str) -> Callable[[Parts], Parts]:
    return sub(
        SHEET,
        "<pageMargins",
        f'<conditionalFormatting sqref="A1"><cfRule type="expression" dxfId="0" '
        f'priority="{priority}"><formula>1</formula></cfRule></conditionalFormatting><pageMargins',
    )


def names(content: str) -> Callable[[Parts], Parts]:
    return sub(BOOK, "<calcPr", f"<definedNames>{content}</definedNames><calcPr")


def prefixed(parts: Parts) -> Parts:
    changed = dict(parts)
    for name in (SHEET, BOOK, STYLES):
        data = re.sub(rb"<(/?)(?=[A-Za-z0-9]+[\s/>])", rb"<\1x:", parts[name])
        changed[name] = data.replace(b"xmlns=", b"xmlns:x=", 1)
    return changed


def in_utf_16(*names: str) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        return parts | {
            name: parts[name].decode().replace("UTF-8", "UTF-16").encode("utf-16") for name in names
        }

    return change


def tab(kind: str, content_type: str, content: str) -> Callable[[Parts], Parts]:
    """One more tab that is no worksheet."""
    part = f"xl/{kind}s/sheet1.xml"
    relation = f'<Relationship Id="rIdT" Type="{OFFICE}/{kind}" Target="{kind}s/sheet1.xml"/>'
    override = f'<Override PartName="/{part}" ContentType="{content_type}"/>'
    return both(
        sub(RELS, "</Relationships>", f"{relation}</Relationships>"),
        sub(TYPES, "</Types>", f"{override}</Types>"),
        sub(BOOK, "</sheets>", '<sheet name="另" sheetId="9" r:id="rIdT"/></sheets>'),
        lambda parts: {**parts, part: content.encode()},
    )


def one_list_gone(name: str) -> Callable[[Parts], Parts]:
    return sub(STYLES, rf"<{name}[ >].*?</{name}>|<{name}[^>]*/>", "")


COPIED: dict[str, Callable[[Parts], Parts]] = {
    # comments, instructions and alternatives
    "comment before the cells": sub(SHEET, "<dimension", "<!-- x --><dimension"),
    "comment behind the cells": sub(SHEET, "</sheetData>", "</sheetData><!-- > -->"),
    "instruction before the cells": sub(SHEET, "<dimension", "<?mso x?><dimension"),
    "alternatives before the cells": sub(SHEET, "<dimension", f"{ALTERNATE}<dimension"),
    "alternatives behind the cells": sub(SHEET, "</sheetData>", f"</sheetData>{ALTERNATE}"),
    "alternatives at the end": sub(SHEET, "</worksheet>", f"{ALTERNATE}</worksheet>"),
    "comment before the sheet": sub(SHEET, "<worksheet", "<!-- <a> --><worksheet"),
    "comment in the format": sub(SHEET, "<cfRule", "<!-- x --><cfRule"),
    "comment inside cellXfs": sub(STYLES, "(<cellXfs[^>]*>)", r"\1<!-- x -->"),
    "instruction inside fonts": sub(STYLES, "(<fonts[^>]*>)", r"\1<?x y?>"),
    "comment inside dxfs": sub(STYLES, "(<dxfs[^>]*>)", r"\1<!-- x -->"),
    "alternatives without styles": sub(STYLES, "(<cellXfs[^>]*>)", rf"\1{ALTERNATE}"),
    "comment among sheets": sub(BOOK, "<sheets>", "<sheets><!-- x -->"),
    "instruction among sheets": sub(BOOK, "</sheets>", "<?x?></sheets>"),
    "alternatives in the workbook": sub(BOOK, "<bookViews", f"{ALTERNATE}<bookViews"),
    "alternatives behind the sheets": sub(BOOK, "</sheets>", f"</sheets>{ALTERNATE}"),
    "comment in the types": sub(TYPES, "<Override", "<!-- x --><Override"),
    "comment in the relations": sub(RELS, "<Relationship ", "<!-- x --><Relationship "),
    "alternatives in the relations": sub(RELS, "<Relationship ", f"{ALTERNATE}<Relationship "),
    "comment in the package's relations": sub(ROOT, "<Relationship ", "<!-- --><Relationship "),
    # names
    "target in another case": sub(RELS, "sheet1.xml", "Sheet1.XML"),
    "part in another case": renamed(SHEET, "xl/Worksheets/SHEET1.xml"),
    "styles in another case": renamed(STYLES, "XL/Styles.xml"),
    "type in another case": sub(TYPES, "/xl/worksheets/sheet1.xml", "/XL/worksheets/sheet1.XML"),
    "absolute target": sub(RELS, 'Target="worksheets', 'Target="/xl/worksheets'),
    "absolute target of the workbook": sub(ROOT, 'Target="xl/', 'Target="/xl/'),
    "target of styles with the other slash": sub(RELS, 'Target="styles', r'Target=".\\\\styles'),
    # the styles
    "no styles": both(
        without(STYLES),
        sub(RELS, r"<Relationship [^>]*styles[^>]*/>", ""),
        sub(TYPES, r"<Override [^>]*styles[^>]*/>", ""),
    ),
    "a relation to styles that are not there": without(STYLES),
    "wrong counts": sub(STYLES, 'fonts count="1"', 'fonts count="77"'),
    **{
        f"no {name}": one_list_gone(name)
        for name in ("borders", "cellStyleXfs", "cellStyles", "tableStyles")
    },
    "empty cell styles": sub(STYLES, "<cellStyles.*?</cellStyles>", '<cellStyles count="0"/>'),
    # numbers
    **{f"priority {n}": rule(n) for n in ("2147483647", "2147483646", "x", "", "-3", "1e3")},
    **{f"sheetId {n}": sub(BOOK, 'sheetId="2"', f'sheetId="{n}"') for n in
       ("65534", "65535", "abc", "", "-1", "99999999999")},
    # defined names
    "no names but the list": names(""),
    "a comment among names": names('<!-- x --><definedName name="甲">1</definedName>'),
    "a name without content": names('<definedName name="甲"/>'),
    "a name without a name": names("<definedName>1</definedName>"),
    "our name in another case": names('<definedName name="pg_finding_cells">1</definedName>'),
    # other forms
    "prefixes": prefixed,
    "protected workbook": sub(
        BOOK, "<bookViews", '<workbookProtection lockStructure="1"/><bookViews'
    ),
    "protected sheet": sub(SHEET, "</sheetData>", '</sheetData><sheetProtection sheet="1"/>'),
    "a chart as a tab": tab(
        "chartsheet",
        f"{KIND}.chartsheet+xml",
        f'<chartsheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        "</chartsheet>",
    ),
    "a dialog as a tab": tab(
        "dialogsheet", f"{KIND}.dialogsheet+xml", f'<dialogsheet xmlns="{MAIN}"/>'
    ),
    "a relation to nothing": sub(
        RELS, "</Relationships>",
        f'<Relationship Id="q" Type="{OFFICE}/customXml" Target="../x.xml"/></Relationships>',
    ),
    "a type of nothing": sub(
        TYPES, "</Types>",
        '<Override PartName="/xl/worksheets/sheet3.xml" '
        f'ContentType="{KIND}.worksheet+xml"/></Types>',
    ),
    "ids in capitals": sub(
        RELS, "</Relationships>",
        f'<Relationship Id="RID5" Type="{OFFICE}/x" Target="http://a.example/" '
        'TargetMode="External"/></Relationships>',
    ),
    "a broken part beside": lambda parts: {**parts, "docProps/app.xml": b"<Properties"},
    "a name of 31 characters": sub(BOOK, 'name="申报"', f'name="{"报" * 29}&quot;&apos;"'),
    "a name of 64 characters": sub(BOOK, 'name="申报"', f'name="{"报" * 64}"'),
    "a name of 300 characters": sub(BOOK, 'name="申报"', f'name="{"报" * 300}"'),
    "macros' type without macros": sub(
        TYPES, re.escape(f"{KIND}.sheet.main+xml"), WITH_MACROS
    ),
}  # fmt: skip

READ_OR_NOT: dict[str, Callable[[Parts], Parts]] = {
    "target with dots": sub(RELS, 'Target="worksheets', 'Target="./../xl/worksheets'),
    "UTF-16": in_utf_16(BOOK, STYLES, RELS, TYPES, ROOT),
    "a tab whose relation is missing": sub(RELS, r"<Relationship [^>]*sheet2[^>]*/>", ""),
    "a tab whose part is missing": without(OTHER),
}
"""What a reader may well refuse; if it is read, it is marked."""

BOMB = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 10_000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'


def with_doctype(part: str, declared: bytes = b"<!DOCTYPE x>") -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        head, end, rest = parts[part].partition(b"?>")
        return {**parts, part: head + end + declared + rest}

    return change


def bomb(part: str, element: str) -> Callable[[Parts], Parts]:
    return both(with_doctype(part, BOMB), sub(part, f"<{element}", f'<{element} x="{"&b;" * 100}"'))


REFUSED: dict[str, Callable[[Parts], Parts]] = {
    "no content types": without(TYPES),
    "no relations": without(RELS),
    "no package relations": without(ROOT),
    "no main type": lambda parts: {**parts, TYPES: b"<Types/>"},
    "a tag that ends otherwise": sub(SHEET, "</row>", "</bow>"),
    "attribute without value": sub(SHEET, "<sheetFormatPr", "<sheetFormatPr x"),
    "attribute twice": sub(SHEET, "<sheetFormatPr", '<sheetFormatPr x="" x=""'),
    "undeclared prefix": sub(SHEET, "<sheetFormatPr", "<q:a/><sheetFormatPr"),
    "sheet of another namespace": sub(SHEET, re.escape(MAIN), "urn:x"),
    "styles of another namespace": sub(STYLES, re.escape(MAIN), "urn:x"),
    "a style in alternatives": sub(
        STYLES, "(<cellXfs[^>]*>)",
        rf"\1<mc:AlternateContent {MC}><mc:Fallback><xf/></mc:Fallback></mc:AlternateContent>",
    ),
    "a sheet in alternatives": sub(
        BOOK, "</sheets>",
        f'<mc:AlternateContent {MC}><mc:Fallback><sheet name="三" sheetId="7" r:id="rId2"/>'
        "</mc:Fallback></mc:AlternateContent></sheets>",
    ),
    "elements 3,000 deep": sub(STYLES, "<fonts", "<a>" * 3000 + "</a>" * 3000 + "<fonts"),
    **{f"{part} cut off": sub(part, r"(?s).{20}\Z", "") for part in PATCHED},
    **{f"{part} empty": lambda parts, part=part: {**parts, part: b""} for part in PATCHED},
    **{f"DOCTYPE in {part}": with_doctype(part) for part in (SHEET, *PATCHED)},
    **{f"entities in {part}": bomb(part, element) for part, element in
       ((SHEET, "dimension"), (BOOK, "bookViews"), (STYLES, "fonts"), (RELS, "Relationship"))},
    "a chart named as our sheet": both(
        tab("chartsheet", f"{KIND}.chartsheet+xml", f'<chartsheet xmlns="{MAIN}"/>'),
        sub(BOOK, 'name="另"', 'name="校验结果"'),
        names('<definedName name="PG_FINDING_CELLS">1</definedName>'),
    ),
    "macros in an .xlsx": both(
        sub(RELS, "</Relationships>",
            '<Relationship Id="v" Type="http://schemas.microsoft.com/office/2006/relationships/'
            'vbaProject" Target="vbaProject.bin"/></Relationships>'),
        sub(TYPES, re.escape(f"{KIND}.sheet.main+xml"), WITH_MACROS),
        lambda parts: {**parts, "xl/vbaProject.bin": b"x"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", one_in(2, COPIED))
def test_a_right_copy(base, tmp_path, validate_ooxml, name):
    source = write_parts(tmp_path / "申报.xlsx", COPIED[name](base))
    assert mark(source) == []
    check(source, tmp_path / "标记-申报.xlsx", validate_ooxml)


@pytest.mark.parametrize("name", READ_OR_NOT)
def test_what_can_be_read_can_be_marked(base, tmp_path, validate_ooxml, name):
    source = write_parts(tmp_path / "申报.xlsx", READ_OR_NOT[name](base))
    try:
        load(source)
    except InputError:
        return
    assert mark(source) == []
    check(source, tmp_path / "标记-申报.xlsx", validate_ooxml)


@pytest.mark.parametrize("name", REFUSED)
def test_one_line(base, tmp_path, name):
    source = write_parts(tmp_path / "申报.xlsx", REFUSED[name](base))
    with pytest.raises(InputError) as refused:
        mark(source)
    assert "申报.xlsx" in str(refused.value)
    assert refused.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["申报.xlsx"]


@pytest.mark.parametrize("name", [n for n in REFUSED if n.startswith(("entities", "elements"))])
def test_it_takes_neither_long_nor_much(base, tmp_path, name):
    source = write_parts(tmp_path / "申报.xlsx", REFUSED[name](base))
    command = [sys.executable, "-m", "perfgoals_xl", "validate", source, "-o", tmp_path / "出.xlsx"]
    limits = {resource.RLIMIT_CPU: 20, resource.RLIMIT_DATA: 1 << 30}
    ended = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        preexec_fn=lambda: [resource.setrlimit(k, (v, v)) for k, v in limits.items()],
    )
    assert ended.returncode == 2, ended.stderr
    assert ended.stderr.count("\n") == 1


# --- archives


def archive(parts: Parts, **of_part: zipfile.ZipInfo) -> bytearray:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return bytearray(written.getvalue())


def entry(data: bytearray, name: str) -> tuple[int, int]:
    """Where the two headers of an entry begin."""
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        local = made.getinfo(name).header_offset
    at = data.find(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(name)] != name.encode():
        at = data.find(b"PK\x01\x02", at + 4)
    return local, at


PICTURE = "xl/media/x.png"


def with_picture(parts: Parts) -> Parts:
    types = parts[TYPES].replace(
        b"<Override", b'<Default Extension="png" ContentType="image/png"/><Override', 1
    )
    return {**parts, TYPES: types, PICTURE: bytes(range(256)) * 4}


def damaged_picture(data: bytearray) -> None:
    local, central = entry(data, PICTURE)
    data[local + 14] ^= 1
    data[central + 16] ^= 1


def encrypted_picture(data: bytearray) -> None:
    local, central = entry(data, PICTURE)
    data[local + 6] |= 1
    data[central + 8] |= 1


def picture_in_an_unknown_packing(data: bytearray) -> None:
    local, central = entry(data, PICTURE)
    data[local + 8] = data[central + 10] = 97


@pytest.mark.parametrize(
    "damage", [damaged_picture, encrypted_picture, picture_in_an_unknown_packing]
)
def test_a_part_beside_stays_as_it_is(base, tmp_path, damage):
    source, copy = tmp_path / "申报.xlsx", tmp_path / "标记-申报.xlsx"
    data = archive(with_picture(base))
    damage(data)
    source.write_bytes(data)
    mark(source)
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(copy) as after:
        old, new = before.getinfo(PICTURE), after.getinfo(PICTURE)
        for name in ("CRC", "compress_size", "file_size", "compress_type"):
            assert getattr(new, name) == getattr(old, name)
        assert new.flag_bits & 1 == old.flag_bits & 1
        kept = old.compress_size
        start = old.header_offset + 30 + len(PICTURE)
        stored = data[start : start + kept]
        start = new.header_offset + 30 + len(PICTURE)
        assert copy.read_bytes()[start : start + kept] == stored


def test_archives_that_were_written_as_a_stream(base, tmp_path, validate_ooxml):
    """Sizes behind the data, folders, sizes for 4 GB, a comment: all of it is allowed."""

    class Stream(io.RawIOBase):
        def __init__(self):
            self.data = b""

        def writable(self):
            return True

        def write(self, data):
            self.data += bytes(data)
            return len(data)

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.mkdir("xl")
        for name, data in base.items():
            with made.open(zipfile.ZipInfo(name), "w", force_zip64=True) as part:
                part.write(data)
        made.comment = b"note"
    source = tmp_path / "申报.xlsx"
    source.write_bytes(stream.data)
    with zipfile.ZipFile(source) as made:
        assert {info.flag_bits & 8 for info in made.infolist() if not info.is_dir()} == {8}
    mark(source)
    check(source, tmp_path / "标记-申报.xlsx", validate_ooxml)
    assert read_parts(tmp_path / "标记-申报.xlsx")["docProps/app.xml"] == base["docProps/app.xml"]


def test_one_part_twice(base, tmp_path, validate_ooxml):
    source, copy = tmp_path / "申报.xlsx", tmp_path / "标记-申报.xlsx"
    write_parts(source, base)
    # The test's own warning: whoever reads or marks the file gives none.
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(source, "a") as made:
        made.writestr("docProps/app.xml", base["docProps/app.xml"])
    mark(source)
    check(source, copy, validate_ooxml)
    copy.unlink()
    with zipfile.ZipFile(source, "a") as made:
        made.writestr("docProps/App.xml", b"<other/>")
    with pytest.raises(InputError, match="同名的部件有两个"):
        mark(source)
    assert not copy.exists()


# --- the kind of workbook


@pytest.mark.parametrize(
    ("suffix", "kind", "output", "wanted"),
    [
        (".xltx", f"{KIND}.template.main+xml", ".xltx", f"{KIND}.template.main+xml"),
        (".xltx", f"{KIND}.template.main+xml", ".xlsx", f"{KIND}.sheet.main+xml"),
        (".xlsx", f"{KIND}.template.main+xml", ".xlsx", f"{KIND}.sheet.main+xml"),
        (
            ".xltm",
            "application/vnd.ms-excel.template.macroEnabled.main+xml",
            ".xlsm",
            WITH_MACROS,
        ),
    ],
)
def test_the_type_fits_the_suffix(base, tmp_path, validate_ooxml, suffix, kind, output, wanted):
    changed = sub(TYPES, re.escape(f"{KIND}.sheet.main+xml"), kind)(base)
    source = write_parts(tmp_path / f"申报{suffix}", changed)
    copy = tmp_path / f"出{output}"
    mark(source, copy)
    types = etree.fromstring(read_parts(copy)[TYPES])
    (found,) = [e.get("ContentType") for e in types if e.get("PartName") == f"/{BOOK}"]
    assert found == wanted
    assert validate_ooxml(copy) == []


def test_a_template_is_no_workbook_with_macros(base, tmp_path):
    changed = sub(TYPES, re.escape(f"{KIND}.sheet.main+xml"), f"{KIND}.template.main+xml")(base)
    source = write_parts(tmp_path / "申报.xltx", changed)
    with pytest.raises(InputError, match="扩展名"):
        mark(source, tmp_path / "出.xlsm")


# --- signatures

SIGNATURES = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"


def signed(parts: Parts) -> Parts:
    package = "application/vnd.openxmlformats-package.digital-signature"
    overrides = (
        '<Default Extension="sigs" ContentType="' + package + '-origin"/>'
        '<Override PartName="/_xmlsignatures/sig1.xml" ContentType="'
        + package + '-xmlsignature+xml"/>'
    )  # fmt: skip
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    )
    origin = (
        f'<Relationship Id="rIdS" Type="{SIGNATURES}/origin" Target="_xmlsignatures/origin.sigs"/>'
    )
    signature = f'<Relationship Id="rId1" Type="{SIGNATURES}/signature" Target="sig1.xml"/>'
    parts = sub(ROOT, "</Relationships>", f"{origin}</Relationships>")(parts)
    return sub(TYPES, "</Types>", f"{overrides}</Types>")(parts) | {
        "_xmlsignatures/origin.sigs": b"",
        "_xmlsignatures/_rels/origin.sigs.rels": f"{relations}{signature}</Relationships>".encode(),
        "_xmlsignatures/sig1.xml": b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',
    }


def test_a_signature_is_not_kept_and_that_is_told(base, tmp_path, validate_ooxml):
    source, copy = write_parts(tmp_path / "申报.xlsx", signed(base)), tmp_path / "标记-申报.xlsx"
    assert mark(source) == [UNSIGNED]
    after = read_parts(copy)
    assert not [name for name in after if name.startswith("_xmlsignatures")]
    assert b"digital-signature/" not in after[ROOT]
    assert b"_xmlsignatures" not in after[TYPES]
    check(source, copy, validate_ooxml)


def test_parts_that_are_shared_with_nothing_stay(base, tmp_path):
    parts = {**with_picture(base), "customXml/item1.xml": b"<memo>kept</memo>"}
    mark(write_parts(tmp_path / "申报.xlsx", parts))
    after = read_parts(tmp_path / "标记-申报.xlsx")
    assert after["customXml/item1.xml"] == b"<memo>kept</memo>"
    assert after[PICTURE] == parts[PICTURE]
    assert struct.unpack("4B", after[PICTURE][:4]) == (0, 1, 2, 3)
