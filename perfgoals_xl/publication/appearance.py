"""How the document looks: A4, page numbers, and one paragraph style for each kind of text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from perfgoals_xl.publication.elements import SEAM, field

if TYPE_CHECKING:
    from docx.styles.style import ParagraphStyle

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
# The width between the margins, in twips: 21 cm less two margins of 2.2 cm.
PAGE_WIDTH = 9410
_CENTER, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
_RIGHT = WD_ALIGN_PARAGRAPH.RIGHT


class Look(NamedTuple):
    """A paragraph style: identifier, the name that Word shows, font, size in points, alignment.

    ``above``, ``below`` and ``line`` are heights in points, that of a line by default what the size
    asks for; ``keep`` holds a paragraph on the page of the next one.
    """

    id: str
    name: str
    font: str
    size: float
    align: WD_ALIGN_PARAGRAPH
    above: float = 0
    below: float = 0
    line: float = 0
    keep: bool = False


TITLE, YEAR, UNIT, STATED = "GoalTitle", "GoalYear", "GoalUnit", "GoalStated"
LABEL, HEAD, VALUE, LONG = "CellLabel", "CellHead", "CellValue", "CellText"
_LOOKS = (
    Look(STATED, "填报部门行", SONG, 10.5, _LEFT, below=6, keep=True),
    Look(TITLE, "目标表标题", HEI, 16, _CENTER, below=4, keep=True),
    Look(YEAR, "目标表年度", SONG, 10.5, _CENTER, keep=True),
    Look(UNIT, "目标表单位", SONG, 10.5, _RIGHT, below=2, keep=True),
    Look(LABEL, "表内项目", HEI, 10.5, _CENTER),
    Look(HEAD, "表内表头", HEI, 10.5, _CENTER),
    Look(VALUE, "表内居中", SONG, 10.5, _CENTER),
    Look(LONG, "表内文字", SONG, 10.5, _LEFT),
)
# What every document needs; the other styles of the library's template are never used.
_KEPT = ("Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer")


def prepare(document: Document) -> None:
    """Sets page, styles, language and footer of a new, empty document."""
    set_plain(document, SONG, 10.5)
    add_looks(document, _LOOKS)
    _add_seam(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(1.7), Cm(1.6)
    section.header_distance, section.footer_distance = Cm(1.0), Cm(0.8)
    footer = section.footer.paragraphs[0]
    footer.style = document.styles["Footer"]
    footer.add_run("第 ")
    footer._p.extend(field("PAGE"))
    footer.add_run(" 页　共 ")
    footer._p.extend(field("NUMPAGES"))
    footer.add_run(" 页")


def set_plain(document: Document, font: str, size: float) -> None:
    """Leaves a new document nothing of the library's template but plain text in ``font``."""
    _drop_leftovers(document)
    _set_language(document, font)
    _set_styles(document, font, size)


def _drop_leftovers(document: Document) -> None:
    """The library's template carries a picture of itself and its styles a second time."""
    package = document.part.package
    for relations in (package.rels, document.part.rels) if package else ():
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects")):
                del relations[key]


def _set_language(document: Document, font: str) -> None:
    """Chinese, so that quotation marks and dashes are set in the Chinese font."""
    styles, options = document.styles.element, document.settings.element
    for default in styles.iter(qn("w:rPrDefault")):
        for fonts in default.iter(qn("w:rFonts")):
            fonts.attrib.clear()
            for slot, own in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", font)):
                fonts.set(qn(f"w:{slot}"), own)
        for language in default.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")
    for language in options.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for spacing in options.iter(qn("w:characterSpacingControl")):
        spacing.set(qn("w:val"), "compressPunctuation")
    for setting in options.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word calls it a document of 2010


def _set_styles(document: Document, font: str, size: float) -> None:
    styles = document.styles
    for style in list(styles):
        if style.name not in _KEPT:
            style.delete()
    normal = styles["Normal"]
    _set_fonts(normal, font, size)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    footer = styles["Footer"]
    _set_fonts(footer, SONG, 9)
    footer.paragraph_format.alignment = _CENTER


def add_looks(document: Document, looks: Iterable[Look]) -> None:
    """Adds the paragraph styles to a document."""
    styles = document.styles
    normal = styles["Normal"]
    for look in looks:
        style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), look.id)
        style.base_style = normal
        _set_fonts(style, look.font, look.size)
        format_ = style.paragraph_format
        format_.alignment = look.align
        # Exact, because fonts that stand in for 宋体 are of very different heights.
        format_.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        format_.line_spacing = Pt(look.line or round(look.size * 1.35))
        format_.space_before, format_.space_after = Pt(look.above), Pt(look.below)
        format_.keep_with_next = look.keep


def _add_seam(document: Document) -> None:
    styles = document.styles
    seam = styles.add_style("表间", WD_STYLE_TYPE.PARAGRAPH)
    seam.element.set(qn("w:styleId"), SEAM)
    seam.base_style = styles["Normal"]
    seam.font.size = Pt(1)
    seam.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    seam.paragraph_format.line_spacing = Pt(1)


def _set_fonts(style: ParagraphStyle, east_asian: str, size: float) -> None:
    style.font.name, style.font.size = LATIN, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), east_asian)
