"""Web pages, and the .xls of many systems that is one inside, as one grid.

A row is a line of text or a row of a table, from the beginning of the page to its end; a text
stands in column A, and the column of a cell is the table's. Tables that only lay the page out do
not count as such.
"""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree, html

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.grid import Grid, in_order
from perfgoals_xl.reading.sources import budgets
from perfgoals_xl.reading.sources.budgets import Budget
from perfgoals_xl.reading.sources.pages.decoding import decoded
from perfgoals_xl.reading.sources.pages.html_looks import BLOCKS, UNSEEN, Looks
from perfgoals_xl.reading.sources.pages.html_tables import (
    MOST_DEPTH,
    CellText,
    Lines,
    TooDeep,
    all_text,
    is_layout,
    lay_out,
)

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
# How a page begins, behind blanks, comments and the declaration of XML.
_BEGINS = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*"
    rb"<(?:!doctype\s+html|(?:html|head|body|meta|table|style|title|center|form|link|script)[\s>/])",
    re.I | re.S,
)
# A text may begin with a tag that was left in it; with a table it is a page.
_MAY_BEGIN = re.compile(rb"\s*<(?:div|p|h[1-6]|br|span|font|b)[\s>/]", re.I)
_TABLE = re.compile(rb"<table[\s>]", re.I)
_LOOKED_AT = 4096
_STATED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w:-]{2,30})""", re.I)
# A tag takes some hundred bytes of memory: a page of a thousand forms has half a million.
_MOST_TAGS = 1_200_000
# Bytes of a text between two tags, or of a tag: the library reads no longer ones.
_LONGEST_PIECE = 9_000_000


def is_page(path: Path, data: bytes) -> bool:
    """Whether a file is a web page by its beginning, or claims to be one by its name."""
    head = data[:_LOOKED_AT]
    if b"\0" in head:
        head = head.replace(b"\0", b"")
    head = head.lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _BEGINS.match(head) is not None or path.suffix.lower() in SUFFIXES:
        return True
    return _MAY_BEGIN.match(head) is not None and _TABLE.search(data) is not None


def read_page(path: Path, data: bytes) -> list[Grid]:
    """The one grid of a web page, named after the file.

    Raises ``InputError`` for a page that says nothing, for one that only names others, and for one
    that holds more than any declaration.
    """
    if len(data) > budgets.MOST_TEXT_BYTES or data.count(b"<") > _MOST_TAGS:
        raise budgets.too_large(path, "网页里的内容太多")
    stated = _STATED.search(data[:_LOOKED_AT])
    text = decoded(path, data, stated[1].decode("ascii") if stated else None)
    return [page_grid(path, text)]


def page_grid(path: Path, text: str) -> Grid:
    """The grid of the text of a page. Raises ``InputError`` as :func:`read_page` does."""
    data = text.replace("\0", "").encode("utf-8", "replace")
    if len(data) > _LONGEST_PIECE and max(map(len, data.split(b"<"))) > _LONGEST_PIECE:
        raise budgets.too_large(path, "网页里有一处文字过长")
    root = _parsed(data)
    if root is None:
        raise InputError("网页是空的", hint="请检查是否保存完整，换一份再试。", file=path)
    lines = Lines(Budget(path), Looks(root), path.stem)
    try:
        _Flow(lines).read(root)
    except TooDeep as error:
        raise budgets.too_large(path, "网页里有一处内容嵌套过深") from error
    except ValueError as error:
        raise budgets.too_large(path, "网页里的表格列数太多") from error
    if not any(map(any, lines.rows)):
        raise _says_nothing(path, root)
    return Grid(path.stem, lines.rows, lines.merges, is_text=True, told=in_order(lines.told))


def _parsed(data: bytes) -> etree._Element | None:
    # Without huge_tree the library stops at what is too deep or too long, and keeps what it has.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        return html.document_fromstring(data, parser=parser, ensure_head_body=False)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


class _Flow:
    """Reads a page from its beginning: texts to lines, tables to rows."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._text = CellText(lines.looks)
        self._holders: set[etree._Element] = set()

    def read(self, root: etree._Element) -> None:
        """Reads all that stands in ``root``."""
        for table in root.iter("table"):
            for above in table.iterancestors():
                if above in self._holders:
                    break
                self._holders.add(above)
        self._walk(root, 0)
        self._end_line()

    def _walk(self, element: etree._Element, depth: int) -> None:
        if depth > MOST_DEPTH:
            raise TooDeep
        tag: object = element.tag
        if not isinstance(tag, str) or tag in UNSEEN:
            return
        if self._lines.looks.is_hidden(element) or self._lines.looks.is_struck(element):
            self._text.add(element)
        elif tag == "table":
            self._end_line()
            self._table(element, depth)
        elif tag in BLOCKS and tag != "pre":
            self._end_line()
            self._inside(element, depth)
            self._end_line()
        elif element in self._holders:
            self._inside(element, depth)
        else:
            self._text.add(element)

    def _inside(self, element: etree._Element, depth: int) -> None:
        self._text.say(element.text)
        for child in element:
            self._walk(child, depth + 1)
            self._text.say(child.tail)

    def _table(self, table: etree._Element, depth: int) -> None:
        if is_layout(table):
            for child in table:
                self._walk(child, depth + 1)
            return
        for caption in table.iterchildren("caption"):
            self._walk(caption, depth + 1)
        lay_out(table, self._lines, depth)

    def _end_line(self) -> None:
        collected, self._text = self._text, CellText(self._lines.looks)
        row = len(self._lines.rows)
        for line in collected.text.split("\n"):
            self._lines.add_line(line)
        self._lines.tell(row, 0, "struck", collected.struck)
        self._lines.tell(row, 0, "hidden", collected.hidden)


def _says_nothing(path: Path, root: etree._Element) -> InputError:
    if next(root.iter("frameset", "frame", "iframe"), None) is not None:
        return InputError(
            "这个网页只是框架，表格在它引用的其他文件里",
            hint="请打开原文件，另存为 .xlsx 再试。",
            file=path,
        )
    script = " ".join(script.text or "" for script in root.iter("script"))
    why = "，内容要由脚本生成" if script.strip() and not all_text(root).strip() else ""
    return InputError(
        f"网页里没有文字{why}", hint="请把其中的表格复制到 Excel，另存为 .xlsx 再试。", file=path
    )
