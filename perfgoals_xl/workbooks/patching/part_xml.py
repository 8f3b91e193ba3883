"""The XML of a part that is read to be patched: what no workbook has is refused before it costs.

A document type declaration is the door to entities that grow and to files outside; no program that
writes workbooks makes one. Nothing here reaches for a file or for the network.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from lxml import etree

Element = etree._Element

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# More than any stylesheet or list of sheets needs; as a tree it is some ten times as large.
_MOST_BYTES = 20_000_000
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Excel would read such a text as the character of that code; its own escape is put in front.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


class UnreadablePart(ValueError):
    """XML that is broken, or of a kind that is not read; ``str()`` says why, in words of staff."""


def parse(data: bytes) -> Element:
    """The root element of a part. Raises :class:`UnreadablePart`."""
    if len(data) > _MOST_BYTES:
        raise UnreadablePart("内容太大")
    # Depth, and what entities may grow to, are bounded by libxml2 itself.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadablePart("不是完好的 XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadablePart("带有 DOCTYPE 声明")
    return root


def written(root: Element) -> bytes:
    """The bytes of a part, with the comments that stand around its root."""
    return etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )


def cell_text(text: str) -> str:
    """A text as a cell holds it."""
    return _ESCAPE.sub("_x005F_", text)


def elements(parent: Element) -> Iterator[Element]:
    """The children that are elements: no comments, no processing instructions, no entities."""
    return (child for child in parent if is_element(child))


def is_element(node: Element) -> bool:
    """Whether a node of a tree is an element, and no comment, instruction or entity."""
    return not isinstance(node, etree._Comment | etree._ProcessingInstruction | etree._Entity)


def in_utf_8(data: bytes) -> bytes:
    """The same document in UTF-8 where it is in UTF-16. Raises :class:`UnreadablePart`."""
    if not data.startswith(_UTF_16):
        return data
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise UnreadablePart("不是完好的 XML") from error
    return _DECLARATION.sub('<?xml version="1.0" encoding="UTF-8"?>', text, count=1).encode()
