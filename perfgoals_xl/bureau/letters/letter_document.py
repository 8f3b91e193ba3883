"""The letter as a Word document: the letter itself on its page, and behind it what was found."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence

from docx.document import Document
from docx.text.paragraph import Paragraph

from perfgoals_xl.bureau.account import State
from perfgoals_xl.bureau.digest import LETTER_CATEGORY
from perfgoals_xl.bureau.letters import letter_looks as looks
from perfgoals_xl.bureau.letters import letter_words as words
from perfgoals_xl.bureau.letters.letter_items import Band, Item, bands, short
from perfgoals_xl.bureau.letters.letter_settings import LetterSettings, in_words
from perfgoals_xl.bureau.letters.shares import Letter, Share, has_reason
from perfgoals_xl.form.amounts import COMMON_UNIT
from perfgoals_xl.form.fields import label_of
from perfgoals_xl.publication.elements import Cell, Row, printable, row, table
from perfgoals_xl.reading.account_lines import is_sheet
from perfgoals_xl.workbooks.kit.writing import AUTHOR

_CHINESE = "一二三四五六七八九"
_WIDTHS = (600, 1150, 1750, 2972, 2372)
_ANSWERED_WIDTHS = (600, 1150, 3772, 3322)
_FILE_WIDTHS = (2644, 1000, 700, 1700, 900, 1000, 900)
_HEADS = ("序号", "单元格", "填报内容", "问题", "修改意见")
_ANSWERED_HEADS = ("序号", "单元格", "问题", "说明")
_FILE_HEADS = ("报送文件", "情况", "项目", f"{label_of('annual_amount')}（{COMMON_UNIT}）")
_TEXT_NOTE = "文本和文档没有单元格：字母是第几栏，数字是第几行。"
_Table = tuple[Sequence[Row], Sequence[int]]


def letter_document(letter: Letter, settings: LetterSettings) -> bytes:
    """The document of a letter: every error, and every warning, once; never a hint."""
    document = looks.new_document()
    writer = _Writer(document)
    annex = _annex(letter)
    writer.letter(letter, settings, annexed=bool(annex))
    if annex:
        writer.annex(letter, annex)
    _describe(document, letter, settings)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def chinese(number: int) -> str:
    """A number of a paragraph in Chinese, up to ninety-nine; above that in digits."""
    tens, ones = divmod(number, 10)
    if tens > len(_CHINESE):
        return str(number)
    ten = "" if not tens else "十" if tens == 1 else f"{_CHINESE[tens - 1]}十"
    return ten + (_CHINESE[ones - 1] if ones else "")


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._styles = {style.style_id: style for style in document.styles}

    def letter(self, letter: Letter, settings: LetterSettings, *, annexed: bool) -> None:
        """The letter with its signature."""
        self._put(words.title(letter), looks.TITLE)
        self._put(words.addressee(letter), looks.ADDRESSEE)
        said = "".join(filter(None, [words.opening(letter), *words.outcome(letter)]))
        self._put(said, looks.BODY)
        files, demands = words.of_files(letter), words.demands(letter, settings)
        chapters = [("关于报送的文件", files), ("有关要求", demands)]
        filled = [(heading, texts) for heading, texts in chapters if texts]
        for number, (heading, texts) in enumerate(filled):
            if len(filled) > 1:
                self._put(f"{chinese(number + 1)}、{heading}", looks.HEADING)
            for at, text in enumerate(texts, start=1):
                self._put(f"（{chinese(at)}）{text}" if len(texts) > 1 else text, looks.BODY)
        # A signature does not stand on a page of its own: the last paragraph goes with it.
        self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        if annexed:
            named = words.annex_title(letter).replace("\n", "")
            self._put(f"附件：{named}", looks.ANNEXED)
        self._put(settings.bureau, looks.SIGNED)
        self._put(in_words(settings.date), looks.DATED)

    def annex(self, letter: Letter, tables: Sequence[tuple[str, _Table]]) -> None:
        """The list of what was found, from a new page on."""
        first = self._put("附件", looks.ANNEX)
        first.paragraph_format.page_break_before = True
        self._put(words.annex_title(letter), looks.ANNEX_TITLE)
        for number, (heading, built) in enumerate(tables):
            numbered = f"{chinese(number + 1)}、{heading}" if len(tables) > 1 else heading
            self._put(numbered, looks.TABLE_HEADING)
            self._append(table(*built))
        files = {line.file or "" for share in letter.shares for line in share.findings}
        if any(not is_sheet(file) for file in files):
            self._put(f"注：{_TEXT_NOTE}", looks.NOTE)
        else:
            # A document does not end with a table.
            self._put("", looks.NOTE)

    def _put(self, text: str, style: str) -> Paragraph:
        return self._document.add_paragraph(printable(text), self._styles[style])

    def _append(self, element: object) -> None:
        body = self._document.element.body
        body.insert(len(body) - 1, element)  # before the section's properties


def _annex(letter: Letter) -> list[tuple[str, _Table]]:
    """The tables with their headings; none where nothing was found."""
    told: list[tuple[str, _Table]] = []
    for name, lines, heads, widths, cells in (
        (words.MEND, letter.to_mend, _HEADS, _WIDTHS, _cells),
        (words.ANSWER, letter.to_answer, _HEADS, _WIDTHS, _cells),
        (words.ANSWERED, letter.answered, _ANSWERED_HEADS, _ANSWERED_WIDTHS, _answered_cells),
    ):
        if lines:
            rows = _rows(bands(letter, lines), heads, cells)
            told.append((f"{name}（{len(lines)} 项）", (rows, widths)))
    if told and len(letter.shares) > 1:
        told.insert(0, ("报送的文件", (_file_rows(letter.shares), _FILE_WIDTHS)))
    return told


def _rows(
    found: Sequence[Band], heads: Sequence[str], cells: Callable[[int, Item], tuple[Cell, ...]]
) -> list[Row]:
    rows = [row(*(Cell(head, looks.HEAD) for head in heads), repeated=True)]
    number = 0
    for band in found:
        rows.append(row(Cell(f"{band.title}：{band.size} 项", looks.BAND, len(heads))))
        for item in band.items:
            number += 1
            rows.append(row(*cells(number, item)))
    return rows


def _cells(number: int, item: Item) -> tuple[Cell, ...]:
    return (
        Cell(str(number), looks.CENTRE),
        Cell(item.cell, looks.CENTRE),
        Cell(item.value, looks.LEFT),
        Cell(item.message, looks.LEFT),
        Cell(item.suggestion, looks.LEFT),
    )


def _answered_cells(number: int, item: Item) -> tuple[Cell, ...]:
    return (
        Cell(str(number), looks.CENTRE),
        Cell(item.cell, looks.CENTRE),
        Cell(item.message, looks.LEFT),
        Cell(item.reason, looks.LEFT),
    )


def _file_rows(shares: Sequence[Share]) -> list[Row]:
    heads = (*_FILE_HEADS, "须修改", "须说明", "已说明")
    rows = [row(*(Cell(head, looks.HEAD) for head in heads), repeated=True)]
    for share in shares:
        open_lines = [line for line in share.findings if not has_reason(line)]
        counts = (
            sum(line.severity == "error" for line in open_lines),
            sum(line.severity != "error" for line in open_lines),
            len(share.findings) - len(open_lines),
        )
        state = "空白" if share.blank else share.state.value
        forms = share.projects or share.evaluations + share.monitorings
        shown = [forms, words.amount(share.amount), *counts] if share.counts else [""] * 5
        rows.append(
            row(
                Cell(short(share.name, 80), looks.LEFT),
                Cell("已审核" if state == State.READ else state, looks.CENTRE),
                *(Cell(str(text), looks.CENTRE) for text in shown),
            )
        )
    return rows


def _describe(document: Document, letter: Letter, settings: LetterSettings) -> None:
    properties = document.core_properties
    properties.title = printable(words.subject(letter))[:255]
    properties.author = properties.last_modified_by = AUTHOR
    # By this a letter that comes back among the files is known.
    properties.category = LETTER_CATEGORY
    properties.comments = ""
    # The day of the letter, so that the same letter is the same document.
    properties.created = properties.modified = dt.datetime.combine(settings.date, dt.time())
