"""Word documents (.docx) as one grid: a row is a paragraph or a table row, in the order of print.

A *cell* of a Word document: the row counts the paragraphs that say something and the rows of all
tables from the beginning of the document; the column is the table's, A the first. A paragraph
stands in column A (a tab begins the next column). So ``C17`` is the third column of the 17th line.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath

from lxml import etree

from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.grid import Grid, Told, in_order
from perfgoals_xl.reading.sources import budgets
from perfgoals_xl.reading.sources.archive import ENTRY, Package
from perfgoals_xl.reading.sources.old_documents import OLD, OPEN, RICH, as_docx
from perfgoals_xl.reading.sources.word_tables import (
    Laid,
    children,
    frame_cells,
    lay_out,
    local,
    struck_text,
    text_boxes,
    text_of,
)
from perfgoals_xl.storage.zip_copy import ENTRY_ERRORS

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
OLD_SUFFIXES = (".doc", ".dot", ".wps", ".wpt")
_RICH = b"{\\rtf"
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams, in UTF-16, in a compound file.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD = "WordDocument".encode("utf-16-le")
_OLD_EXCEL = "Workbook".encode("utf-16-le")
# A package of OpenDocument says first of all what it is.
_OPEN_TEXT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_MAIN = "word/document.xml"
# A document of a thousand forms has some 30 MB of XML; more is a bomb, and takes ten times as much.
_MOST_BYTES = 48_000_000
_MOST_TAGS = 6_000_000
_DAMAGE = (*ENTRY_ERRORS, ValueError, KeyError, etree.XMLSyntaxError)


def is_document(path: Path, data: bytes) -> bool:
    """Whether a file is a Word document by its content, or claims to be one by its name."""
    suffix = path.suffix.lower()
    if _OPEN_TEXT in data[:200] or data.startswith(_RICH):
        return True
    if data.startswith(_ZIP):
        if suffix not in SUFFIXES and b"word/" not in data:
            return False  # nearly every workbook, without looking into the package
        names = _part_names(data)
        if not names:
            return suffix in SUFFIXES
        return any(name.startswith("word/") for name in names) or (
            suffix in SUFFIXES and not any(name.startswith("xl/") for name in names)
        )
    if data.startswith(_COMPOUND):
        old = _OLD_WORD in data and _OLD_EXCEL not in data
        return suffix in (*SUFFIXES, *OLD_SUFFIXES) or old
    return suffix in SUFFIXES


def read_document(path: Path, data: bytes) -> list[Grid]:
    """The one grid of a Word document, named after the file.

    Text boxes are read where they are anchored; a table of one column that holds another table is
    only its frame; the rows of a nested table of indicators follow the row it stands in; any other
    nested table is text of its cell. Deleted and hidden text, comments,
    headers, footers and footnotes are left out, and so are fields that still ask to be filled in.
    A document of the old Word, of OpenDocument or RTF is read where LibreOffice is installed.
    Raises ``InputError`` for a document that is encrypted, damaged or empty, or no document in
    spite of its name.
    """
    old = _old_kind(path, data)
    if old is not None:
        data = as_docx(path, data, old)
    _refuse_unusable(path, data)
    try:
        root = _main_part(path, data)
        body = next(children(root, {"body"}), None)
        if body is None:
            raise _damaged(path)
        lines = _Lines()
        lines.add(body)
    except _DAMAGE as error:
        raise _damaged(path) from error
    return [Grid(path.stem, lines.rows, lines.merges, is_text=True, told=in_order(lines.told))]


class _Lines(Laid):
    """The rows and merged areas of a document, as they are met."""

    def add(self, parent: etree._Element) -> None:
        """Adds the paragraphs and tables that stand in ``parent``."""
        for block in children(parent, {"p", "tbl"}):
            if local(block) == "p":
                self._add_paragraph(block)
            else:
                self._add_table(block)

    def _add_paragraph(self, paragraph: etree._Element) -> None:
        for box in text_boxes(paragraph):
            self.add(box)
        struck = struck_text(paragraph)
        if struck:
            self.told.append(Told(len(self.rows), 0, "struck", struck))
        text = text_of(paragraph)
        if not is_blank(text):
            self.rows.append([part or None for part in text.split("\t")])

    def _add_table(self, table: etree._Element) -> None:
        framed = frame_cells(table)
        if framed:
            for cell in framed:
                self.add(cell)
        else:
            lay_out(table, self)


def _part_names(data: bytes) -> list[str]:
    """The names of the parts of a package; none where it is damaged, or has no end of them."""
    if data.count(ENTRY) > budgets.MOST_PARTS:
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except _DAMAGE:
        return []


def _main_part(path: Path, data: bytes) -> etree._Element:
    # Entities are a way to blow up memory, and no word processor writes any.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = _read(path, archive, _main_name(path, archive, parser))
    if main.count(b"<") > _MOST_TAGS:
        raise budgets.too_large(path, "文档里的内容太多")
    try:
        return etree.fromstring(main, parser)
    except etree.XMLSyntaxError as error:
        # What the parser would read only with its option HUGE, and says so.
        if "huge" in str(error.msg).lower() and "depth" not in str(error.msg):
            raise budgets.too_large(path, "文档里有一处文字过长") from error
        raise


def _read(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _MOST_BYTES:
        raise budgets.too_large(path, f"文档解压后超过 {_MOST_BYTES // 1_000_000} MB")
    return archive.read(name)


def _main_name(path: Path, archive: zipfile.ZipFile, parser: etree.XMLParser) -> str:
    """The document's part, as the package's relationships name it."""
    if _MAIN in archive.namelist():
        return _MAIN
    for relation in etree.fromstring(_read(path, archive, "_rels/.rels"), parser):
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(PurePosixPath(str(relation.get("Target", ""))).as_posix()).lstrip("/")
    raise KeyError("officeDocument")


def _old_kind(path: Path, data: bytes) -> str | None:
    """Which kind of document only LibreOffice reads a file is; None for the others.

    Raises ``InputError`` for a document with a password, and for one that says nothing.
    """
    if data.startswith(_COMPOUND):
        if _ENCRYPTED in data:
            raise InputError(
                "Word 文档设有打开密码", hint="请在 Word 中取消密码后另存再试。", file=path
            )
        return OLD
    if data.startswith(_RICH):
        return RICH
    if _OPEN_TEXT not in data[:200]:
        return None
    package = Package(path, data)
    for name in ("content.xml", "META-INF/manifest.xml"):
        root = package.tree(name)
        if root is None or local(root) not in ("document-content", "manifest"):
            raise InputError(
                f"这是{OPEN}，已损坏或不完整", hint="请换一份完整的文件再试。", file=path
            )
        if next(root.iter("{*}encryption-data"), None) is not None:
            raise InputError("文档设有打开密码", hint="请取消密码后另存再试。", file=path)
    return OPEN


def _refuse_unusable(path: Path, data: bytes) -> None:
    if not data.startswith(_ZIP):
        raise _no_document(path)
    names = _part_names(data)
    if not names:
        raise _damaged(path)
    if not any(name.startswith("word/") for name in names):
        raise _no_document(path)


def _no_document(path: Path) -> InputError:
    return InputError(
        "文件不是 Word 文档（只是扩展名像）",
        hint="请用 Word 或 WPS 打开原文件，另存为 .docx 再试。",
        file=path,
    )


def _damaged(path: Path) -> InputError:
    return InputError(
        "Word 文档已损坏或不完整，无法读取",
        hint="请在 Word 或 WPS 中打开并修复后另存为 .docx，或换一份完整的文件。",
        file=path,
    )
