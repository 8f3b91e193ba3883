"""What other programs, and broken ones, make of the XML in a package.

:data:`SPELLINGS` write the same document in another way: whoever reads it must find the same in it.
:data:`DAMAGES` change what it says, or break it: a reader may refuse it, in one line, and no more.
Everything is decided by the seed, so that a case that failed can be made again.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

_TAG = re.compile(rb"<(/?)([\w:.-]+)((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(\s*/?)>")
_ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_TRANSITIONAL = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
     b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip
_ODD_VALUES = (
    b"", b"0", b"-1", b"1", b"abc", b"4294967296", b"99999999999999999999", b"1e400", b"NaN",
    b"XFD1048576", b"xfd1048576", b"ZZZZ99999999", b"A0", b"A1:XFD1048576", b"$B$2", b" 1 ",
    b"true", b"../../../x.xml", "甲".encode(), b"&#x41;", b"x" * 40_000,
)  # fmt: skip

Change = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True)
class Mutation:
    """A changed package: which part was changed, how, and the package as bytes."""

    part: str
    kind: str
    package: bytes


def mutated(part: bytes, seed: int) -> bytes:
    """The XML of a part, changed in one of the ways of this module; anything else is returned."""
    return _changed(part, random.Random(seed))[1]


def mutated_package(package: bytes, seed: int, *, parts: str = r".*\.(xml|rels)") -> Mutation:
    """A package with one of its parts changed, of those whose name matches ``parts``."""
    chance = random.Random(seed)
    contents = read_package(package)
    name = chance.choice([n for n in contents if re.fullmatch(parts, n)])
    if chance.random() < 0.06:
        kind, contents = _of_package(contents, name, chance)
    else:
        kind, contents[name] = _changed(contents[name], chance)
    return Mutation(name, kind, write_package(contents))


def spelled_otherwise(
    package: bytes, spelling: str, seed: int = 0, *, parts: str = r".*\.(xml|rels)"
) -> bytes:
    """A package with its parts written in one other way, a key of :data:`SPELLINGS`.

    These are the parts whose name matches ``parts``.
    """
    chance = random.Random(seed)
    contents = read_package(package)
    for name, data in contents.items():
        if re.fullmatch(parts, name):
            contents[name] = SPELLINGS[spelling](data, chance)
    return write_package(contents)


def read_package(package: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_package(parts: dict[str, bytes]) -> bytes:
    """A package of these parts, the same whenever it is written."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _changed(part: bytes, chance: random.Random) -> tuple[str, bytes]:
    kind = chance.choice(sorted(SPELLINGS | DAMAGES))
    try:
        return kind, (SPELLINGS | DAMAGES)[kind](part, chance)
    except (etree.XMLSyntaxError, IndexError):  # no XML, or nothing in it to be changed
        return f"{kind} (nothing to change)", part


def _of_package(
    parts: dict[str, bytes], name: str, chance: random.Random
) -> tuple[str, dict[str, bytes]]:
    """The package without the part, with its name in another case, or the part empty."""
    kind = chance.choice(("part missing", "name in capitals", "part empty", "other order"))
    if kind == "other order":
        return kind, dict(chance.sample(sorted(parts.items()), len(parts)))
    parts = dict(parts)
    data = parts.pop(name)
    if kind == "name in capitals":
        parts[name.upper()] = data
    elif kind == "part empty":
        parts[name] = b""
    return kind, parts


# -- the same document, written otherwise


def _each_tag(change: Callable[[re.Match[bytes], list[bytes]], bytes]) -> Change:
    """A change of every tag with attributes, given them as ``name="value"``."""

    def of(part: bytes, chance: random.Random) -> bytes:
        def tag(match: re.Match[bytes]) -> bytes:
            if match[1] or not match[3].strip():
                return match[0]
            attributes = [b"%s=%s" % found.groups() for found in _ATTRIBUTE.finditer(match[3])]
            return change(match, attributes)

        return _TAG.sub(tag, part)

    return of


def _single_quotes(match: re.Match[bytes], attributes: list[bytes]) -> bytes:
    quoted = []
    for attribute in attributes:
        name, _, value = attribute.partition(b"=")
        inner = value[1:-1].replace(b"'", b"&apos;")
        quoted.append(name + b"='" + inner + b"'")
    return b"<%s %s%s>" % (match[2], b" ".join(quoted), match[4])


def _blanks(match: re.Match[bytes], attributes: list[bytes]) -> bytes:
    spaced = [a.replace(b"=", b" =\n ", 1) for a in attributes]
    return b"<%s\t%s %s>" % (match[2], b"\r\n ".join(spaced), match[4].strip())


def _backwards(match: re.Match[bytes], attributes: list[bytes]) -> bytes:
    return b"<%s %s%s>" % (match[2], b" ".join(reversed(attributes)), match[4])


def _prefixed(part: bytes, chance: random.Random) -> bytes:
    """The default namespace under a prefix: ``<x:c>`` for ``<c>``."""
    if not re.search(rb"<[\w-]+[^>]*\sxmlns=", part):
        return part
    prefix = chance.choice((b"x", b"ss", b"a.b", b"_1"))

    def tag(match: re.Match[bytes]) -> bytes:
        name = match[2] if b":" in match[2] else prefix + b":" + match[2]
        attributes = re.sub(rb"(?<=\s)xmlns(?=\s*=)", b"xmlns:" + prefix, match[3])
        return b"<%s%s%s%s>" % (match[1], name, attributes, match[4])

    return _TAG.sub(tag, part)


def _other_prefix(part: bytes, chance: random.Random) -> bytes:
    """``rel:id`` for ``r:id``."""
    return re.sub(rb"(?<=[\s:])r(?=:id\b|\s*=\s*[\"']http)", b"rel", part)


def _references(part: bytes, chance: random.Random) -> bytes:
    """Characters of texts as references to them."""

    def text(match: re.Match[bytes]) -> bytes:
        if b"&" in match[1] or not match[1].strip():
            return match[0]
        written = match[1].decode().replace("\r", "")
        return b">" + "".join(f"&#{ord(c)};" if c.isalnum() else c for c in written).encode() + b"<"

    return re.sub(rb">([^<>]+)<", text, part)


def _cdata(part: bytes, chance: random.Random) -> bytes:
    def text(match: re.Match[bytes]) -> bytes:
        if b"&" in match[1] or b"]]" in match[1] or not match[1].strip():
            return match[0]
        return b"><![CDATA[" + match[1] + b"]]><"

    return re.sub(rb">([^<>]+)<", text, part)


def _comments(part: bytes, chance: random.Random) -> bytes:
    """A comment and an instruction behind many tags; never before the declaration."""
    head, tag, rest = part.partition(b"?>")
    noise = (b"<!-- <c r='ZZ1'> -->", b"<?mso here?>", b"<!---->")

    def behind(match: re.Match[bytes]) -> bytes:
        return match[0] + (chance.choice(noise) if chance.random() < 0.1 else b"")

    if not tag:
        return part
    return head + tag + re.sub(rb">(?=\s*<)", behind, rest)


def _long_hand(part: bytes, chance: random.Random) -> bytes:
    """``<v></v>`` for ``<v/>``."""
    return re.sub(rb"<([\w:.-]+)((?:\s[^<>]*?)?)\s*/>", rb"<\1\2></\1>", part)


def _utf_16(part: bytes, chance: random.Random) -> bytes:
    text = re.sub(r"^<\?xml[^>]*\?>", "", part.decode("utf-8-sig"))
    return ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


def _marked(part: bytes, chance: random.Random) -> bytes:
    return b"\xef\xbb\xbf" + part.removeprefix(b"\xef\xbb\xbf")


def _strict(part: bytes, chance: random.Random) -> bytes:
    for transitional, strict in _TRANSITIONAL:
        part = part.replace(transitional, strict)
    return part


def _indented(part: bytes, chance: random.Random) -> bytes:
    """Blanks between tags, never inside a text."""
    return re.sub(rb"(?<=[/\"'\w]>)(?=<[\w])", b"\r\n  ", part)


SPELLINGS: dict[str, Change] = {
    "single quotes": _each_tag(_single_quotes),
    "blanks around =": _each_tag(_blanks),
    "attributes backwards": _each_tag(_backwards),
    "namespace with a prefix": _prefixed,
    "other prefix of relations": _other_prefix,
    "characters as references": _references,
    "CDATA": _cdata,
    "comments": _comments,
    "empty elements in long hand": _long_hand,
    "UTF-16": _utf_16,
    "byte order mark": _marked,
    "strict namespaces": _strict,
    "indented": _indented,
}


# -- another document


def _with_tree(change: Callable[[etree._Element, random.Random], None]) -> Change:
    def of(part: bytes, chance: random.Random) -> bytes:
        root = etree.fromstring(part)
        change(root, chance)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return of


def _some(root: etree._Element, chance: random.Random) -> etree._Element:
    """Any element below the root, those near it as likely as the many below them."""
    element = root
    while len(element) and (element is root or chance.random() < 0.75):
        element = chance.choice(element)
    if element is root:
        raise IndexError
    return element


def _drop(root: etree._Element, chance: random.Random) -> None:
    element = _some(root, chance)
    element.getparent().remove(element)


def _double(root: etree._Element, chance: random.Random) -> None:
    element = _some(root, chance)
    copied = etree.fromstring(etree.tostring(element, with_tail=False))
    element.getparent().insert(chance.randint(0, len(element.getparent())), copied)


def _shuffle(root: etree._Element, chance: random.Random) -> None:
    parents = [e for e in root.iter() if len(e) > 1]
    parent = root if chance.random() < 0.4 else chance.choice(parents)
    parent[:] = chance.sample(list(parent), len(parent))


def _rename(root: etree._Element, chance: random.Random) -> None:
    element, other = _some(root, chance), _some(root, chance)
    element.tag = other.tag if chance.random() < 0.7 else "{urn:x}" + "other"


def _empty(root: etree._Element, chance: random.Random) -> None:
    element = _some(root, chance)
    tag, tail = element.tag, element.tail
    element.clear()
    element.tag, element.tail = tag, tail


def _wrap(root: etree._Element, chance: random.Random) -> None:
    element = _some(root, chance)
    parent = element.getparent()
    around = etree.Element(chance.choice((parent.tag, element.tag, "{urn:x}y")))
    parent.replace(element, around)
    around.append(element)


def _odd_attribute(root: etree._Element, chance: random.Random) -> None:
    holders = [e for e in root.iter(etree.Element) if e.attrib]
    element = chance.choice(holders)
    name = chance.choice(sorted(map(str, element.attrib)))
    if chance.random() < 0.25:
        del element.attrib[name]
    else:
        element.set(name, chance.choice(_ODD_VALUES).decode())


def _odd_text(root: etree._Element, chance: random.Random) -> None:
    element = chance.choice([e for e in root.iter(etree.Element) if e.text and e.text.strip()])
    element.text = chance.choice(_ODD_VALUES).decode()


def _half(part: bytes, chance: random.Random) -> bytes:
    return part[: chance.randrange(len(part))]


def _flipped(part: bytes, chance: random.Random) -> bytes:
    changed = bytearray(part)
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _wrong_end(part: bytes, chance: random.Random) -> bytes:
    tags = [m for m in _TAG.finditer(part) if m[1]]
    found = chance.choice(tags)
    return part[: found.start()] + b"</bow>" + part[found.end() :]


def _same_attribute_twice(part: bytes, chance: random.Random) -> bytes:
    found = chance.choice([m for m in _TAG.finditer(part) if not m[1] and _ATTRIBUTE.search(m[3])])
    at = found.end() - len(found[4]) - 1
    return part[:at] + b" " + _ATTRIBUTE.search(found[3])[0] + part[at:]


def _bomb(part: bytes, chance: random.Random) -> bytes:
    """Entities within entities, named in a text."""
    kinds = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 1000 + b'">'
    for one, below in zip(b"bcdef", b"abcde", strict=True):
        kinds += b'<!ENTITY %c "' % one + b"&%c;" % below * 100 + b'">'
    head, tag, rest = part.partition(b"?>")
    head, rest = (head + tag, rest) if tag else (b"", part)
    places = [m.end() for m in re.finditer(rb"<[\w:]+[^<>]*[^/]>", rest)]
    at = chance.choice(places)
    return head + kinds + b"]>" + rest[:at] + b"&f;" + rest[at:]


def _outer_entity(part: bytes, chance: random.Random) -> bytes:
    head, tag, rest = part.partition(b"?>")
    head, rest = (head + tag, rest) if tag else (b"", part)
    at = chance.choice([m.end() for m in re.finditer(rb"<[\w:]+[^<>]*[^/]>", rest)])
    kinds = b'<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/hostname">]>'
    return head + kinds + rest[:at] + b"&out;" + rest[at:]


def _deep(part: bytes, chance: random.Random) -> bytes:
    depth = chance.choice((300, 3_000, 100_000))
    at = chance.choice([m.start() for m in _TAG.finditer(part) if m[1]])
    return part[:at] + b"<a>" * depth + b"</a>" * depth + part[at:]


DAMAGES: dict[str, Change] = {
    "element dropped": _with_tree(_drop),
    "element twice": _with_tree(_double),
    "elements shuffled": _with_tree(_shuffle),
    "element renamed": _with_tree(_rename),
    "element emptied": _with_tree(_empty),
    "element wrapped": _with_tree(_wrap),
    "odd attribute": _with_tree(_odd_attribute),
    "odd text": _with_tree(_odd_text),
    "cut off": _half,
    "a bit flipped": _flipped,
    "wrong end tag": _wrong_end,
    "attribute twice": _same_attribute_twice,
    "entities within entities": _bomb,
    "entity from outside": _outer_entity,
    "elements very deep": _deep,
}
