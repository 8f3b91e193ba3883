"""How a letter looks: the page and the type of official documents, smaller type in its tables."""

from __future__ import annotations

import io
from functools import cache

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt
from lxml import etree

from perfgoals_xl.publication.appearance import HEI, SONG, Look, add_looks, set_plain
from perfgoals_xl.publication.elements import field

_TITLE_FONT, _FANG, _KAI = "方正小标宋简体", "仿宋", "楷体"
# Where the first is missing, Word takes the other.
_STAND_INS = {_TITLE_FONT: SONG, _FANG: "仿宋_GB2312", _KAI: "楷体_GB2312"}
_CENTER, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
_RIGHT, _BOTH = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY

TITLE, ADDRESSEE, BODY, HEADING = "LetterTitle", "LetterTo", "LetterBody", "LetterHeading"
ANNEXED, SIGNED, DATED = "LetterAnnexed", "LetterSigned", "LetterDated"
ANNEX, ANNEX_TITLE, TABLE_HEADING = "Annex", "AnnexTitle", "AnnexHeading"
HEAD, BAND, CENTRE, LEFT, NOTE = "ListHead", "ListBand", "ListCentre", "ListText", "ListNote"
_LINE = 28
_LOOKS = (
    Look(TITLE, "意见标题", _TITLE_FONT, 22, _CENTER, below=16, line=34, keep=True),
    Look(ADDRESSEE, "主送", _FANG, 16, _LEFT, line=_LINE, keep=True),
    Look(BODY, "意见正文", _FANG, 16, _BOTH, line=_LINE),
    Look(HEADING, "意见层次", HEI, 16, _LEFT, line=_LINE, keep=True),
    Look(ANNEXED, "附件说明", _FANG, 16, _LEFT, above=_LINE / 2, line=_LINE, keep=True),
    Look(SIGNED, "署名", _FANG, 16, _RIGHT, above=_LINE, line=_LINE, keep=True),
    Look(DATED, "成文日期", _FANG, 16, _RIGHT, line=_LINE),
    Look(ANNEX, "附件字样", HEI, 16, _LEFT, line=_LINE, keep=True),
    Look(ANNEX_TITLE, "附件标题", _TITLE_FONT, 18, _CENTER, below=8, line=30, keep=True),
    Look(TABLE_HEADING, "附件层次", HEI, 14, _LEFT, above=10, below=4, line=24, keep=True),
    Look(HEAD, "清单表头", HEI, 10.5, _CENTER, keep=True),
    Look(BAND, "清单项目", _KAI, 11, _LEFT, above=1, below=1, keep=True),
    Look(CENTRE, "清单居中", SONG, 10.5, _CENTER),
    Look(LEFT, "清单文字", SONG, 10.5, _LEFT),
    Look(NOTE, "清单注", SONG, 9, _LEFT, above=4),
)
# In hundredths of a character: of the first line, and of what hangs or stands away from the margin.
_INDENTS = {
    BODY: {"firstLineChars": "200", "firstLine": "640"},
    HEADING: {"firstLineChars": "200", "firstLine": "640"},
    ANNEXED: {
        "leftChars": "500",
        "left": "1600",
        "hangingChars": "300",
        "hanging": "960",
    },
    SIGNED: {"rightChars": "200", "right": "640"},
    DATED: {"rightChars": "200", "right": "640"},
}


def new_document() -> Document:
    """An empty document with page, styles, language and page numbers."""
    return docx.Document(io.BytesIO(_blank()))


@cache
def _blank() -> bytes:
    """The empty document packed: making its styles takes as long as a letter."""
    document = docx.Document()
    _prepare(document)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _prepare(document: Document) -> None:
    set_plain(document, _FANG, 16)
    add_looks(document, _LOOKS)
    for style in document.styles:
        if style.style_id in _INDENTS:
            properties = style.element.get_or_add_pPr()
            indent = properties.get_or_add_ind()
            for name, value in _INDENTS[style.style_id].items():
                indent.set(qn(f"w:{name}"), value)
    _name_stand_ins(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.header_distance, section.footer_distance = Cm(1.5), Cm(2.5)
    footer = section.footer.paragraphs[0]
    footer.style = document.styles["Footer"]
    footer.style.font.size = Pt(14)
    footer.add_run("— ")
    footer._p.extend(field("PAGE"))
    footer.add_run(" —")


def _name_stand_ins(document: Document) -> None:
    """Says in the list of fonts what to take where one is missing."""
    part = next(
        relation.target_part
        for relation in document.part.rels.values()
        if relation.reltype.endswith("/fontTable")
    )
    # Written anew: the library's template lists fonts that no style names.
    fonts = OxmlElement("w:fonts")
    for name in (SONG, HEI, *_STAND_INS):
        font = OxmlElement("w:font")
        font.set(qn("w:name"), name)
        parts = {"altName": _STAND_INS.get(name), "charset": "86", "family": "auto"}
        for tag, value in parts.items():
            if value is not None:
                child = OxmlElement(f"w:{tag}")
                child.set(qn("w:val"), value)
                font.append(child)
        fonts.append(font)
    part._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)
