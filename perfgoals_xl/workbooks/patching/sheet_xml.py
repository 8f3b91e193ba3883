"""A worksheet's XML as bytes with a few marks in it: cut and insert, everything else stays.

A sheet can be large and full of what nobody here knows, so it is neither built as a tree nor
written anew. The parser only says where things stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from perfgoals_xl.workbooks.patching.part_xml import (
    COMPATIBILITY,
    STRICT,
    TRANSITIONAL,
    UnreadablePart,
    in_utf_8,
)
from perfgoals_xl.workbooks.patching.schema_order import in_order, place

# A tag up to its end; a ">" may stand in an attribute.
_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_FORMATS, _RULE, _FORMULA = "conditionalFormatting", "cfRule", "formula"
_NUMBER = re.compile(r"\s*[0-9]{1,10}\s*")


class Span(NamedTuple):
    """Where something stands in the bytes."""

    start: int
    end: int


@dataclass
class Rule:
    """A rule of a conditional format, and the area of its format."""

    sqref: str
    style: str
    span: Span
    formulas: list[str] = field(default_factory=list)


@dataclass
class _Child:
    """A child of the worksheet: the names for the schema's order, and rules if it has some."""

    names: set[str]
    sqref: str
    span: Span
    rules: list[Rule] = field(default_factory=list)
    others: bool = False  # elements that are no rules


class SheetXml:
    """The XML of a worksheet, read once; ``rules`` are those of its own conditional formats."""

    def __init__(self, data: bytes) -> None:
        """Raises :class:`UnreadablePart` for anything but the well-formed XML of a worksheet."""
        self._data = in_utf_8(data)
        reader = _Reader(self._data)
        self._children, self._inside = reader.children, reader.inside
        self._prefix, self._namespace = reader.prefix, reader.namespace
        self.highest_priority = max(reader.priorities, default=0)
        self.priorities = frozenset(reader.priorities)

    @property
    def rules(self) -> list[Rule]:
        """The rules of the sheet's conditional formats."""
        return [rule for child in self._children for rule in child.rules]

    @property
    def is_in_order(self) -> bool:
        """Whether its elements stand in the order that the schema wants."""
        return in_order("worksheet", [child.names for child in self._children])

    def with_formats(self, drop: list[Rule], sqref: str, rules: list[dict[str, str]]) -> bytes:
        """The sheet without the rules ``drop`` and with a conditional format on the area ``sqref``.

        Each of its rules is given by its attributes and, as "", its formula.
        """
        cuts: list[Span] = []
        for child in self._children:
            gone = [rule for rule in child.rules if any(rule is other for other in drop)]
            if gone and len(gone) == len(child.rules) and not child.others:
                cuts.append(child.span)
            else:
                cuts += [rule.span for rule in gone]
        index = place("worksheet", _FORMATS, [child.names for child in self._children])
        at = self._children[index - 1].span.end if index else self._inside
        pieces, position = [], 0
        for cut in sorted([*cuts, Span(at, at)]):
            pieces.append(self._data[position : cut.start])
            if cut == Span(at, at):
                pieces.append(self._formats(sqref, rules))
            position = cut.end
        return b"".join([*pieces, self._data[position:]])

    def _formats(self, sqref: str, rules: list[dict[str, str]]) -> bytes:
        made = []
        for rule in rules:
            attributes = {key: value for key, value in rule.items() if key}
            formula = self._element(_FORMULA, {}, _escaped(rule[""]))
            made.append(self._element(_RULE, attributes, formula))
        declared = {} if self._prefix.isascii() else {"xmlns": self._namespace}
        text = self._element(_FORMATS, declared | {"sqref": sqref}, "".join(made))
        # In ASCII it is right in every encoding that the sheet may be in.
        return text.encode("ascii", "xmlcharrefreplace")

    def _element(self, name: str, attributes: dict[str, str], content: str) -> str:
        name = f"{self._prefix}:{name}" if self._prefix and self._prefix.isascii() else name
        shown = "".join(f' {key}="{_escaped(value)}"' for key, value in attributes.items())
        return f"<{name}{shown}>{content}</{name}>"


def _escaped(text: str) -> str:
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    return text


class _Reader:
    """What the parser tells, down to the rules of conditional formats."""

    def __init__(self, data: bytes) -> None:
        self.children: list[_Child] = []
        self.priorities: list[int] = []
        self.inside = 0
        self.prefix = ""
        self._data = data
        self.namespace = ""
        self._path: list[tuple[str, str]] = []
        self._starts: list[int] = []
        self._depth = 0  # below an element whose content is of no interest
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.namespace_prefixes = True
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._listen()
        try:
            self._parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            if isinstance(error, UnreadablePart):
                raise
            raise UnreadablePart("不是完好的 XML") from error

    def _listen(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _refuse_doctype(self, *_: object) -> None:
        raise UnreadablePart("带有 DOCTYPE 声明")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        parts = tag.split(" ")
        namespace, name = (parts[0], parts[1]) if len(parts) > 1 else ("", parts[0])
        at = self._parser.CurrentByteIndex
        level = len(self._path)
        self._path.append((namespace, name))
        self._starts.append(at)
        if level == 0:
            if name != "worksheet" or namespace not in (TRANSITIONAL, STRICT):
                raise UnreadablePart("不是 worksheet 文档")
            self.namespace = namespace
            self.prefix = parts[2] if len(parts) > 2 else ""
            self.inside = self._tag_at(at).end()
            return
        own = namespace == self.namespace
        if level == 1:
            names, sqref = {name} if own else set(), attributes.get("sqref", "")
            self.children.append(_Child(names, sqref, Span(at, at)))
            if own and name == "sheetData":
                self._skip()
            return
        if name == _RULE and _NUMBER.fullmatch(attributes.get("priority", "")):
            self.priorities.append(int(attributes["priority"]))
        child, (around, parent) = self.children[-1], self._path[1]
        if around == COMPATIBILITY and parent == "AlternateContent":
            if level == 3:
                child.names.add(name)
        elif (around, parent) == (self.namespace, _FORMATS):
            if level == 2 and own and name == _RULE:
                child.rules.append(Rule(child.sqref, attributes.get("dxfId", ""), Span(at, at)))
            elif level == 2:
                child.others = True
            elif level == 3 and own and name == _FORMULA and child.rules:
                child.rules[-1].formulas.append("")
                self._parser.CharacterDataHandler = self._text

    def _end(self, _: str) -> None:
        namespace, name = self._path.pop()
        start = self._starts.pop()
        level = len(self._path)
        own = namespace == self.namespace
        if level == 1:
            self.children[-1].span = Span(start, self._end_of(start))
        elif level == 2 and own and name == _RULE and self.children[-1].rules:
            self.children[-1].rules[-1].span = Span(start, self._end_of(start))
        elif level == 3:
            self._parser.CharacterDataHandler = None

    def _text(self, text: str) -> None:
        formulas = self.children[-1].rules[-1].formulas
        formulas[-1] += text

    def _skip(self) -> None:
        """Count levels and nothing else until the present element ends: cells are many."""

        def start(tag: str, attributes: dict[str, str]) -> None:
            self._depth += 1

        def end(tag: str) -> None:
            if not self._depth:
                self._listen()
                self._end(tag)
                return
            self._depth -= 1

        self._parser.StartElementHandler, self._parser.EndElementHandler = start, end

    def _tag_at(self, at: int) -> re.Match[bytes]:
        found = _TAG.match(self._data, at)
        if found is None:  # in an encoding in which bytes and characters are not the same
            raise UnreadablePart("编码不常见")
        return found

    def _end_of(self, start: int) -> int:
        """Behind the present element: the parser stands at its end tag, or behind the only one."""
        tag = self._tag_at(start)
        if tag[0].endswith(b"/>"):
            return tag.end()
        return self._tag_at(self._parser.CurrentByteIndex).end()
