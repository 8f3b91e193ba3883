"""The two lists that hold a package together: what kind each part is, and what leads to what."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from perfgoals_xl.storage.origin import RELATIONS_SPACE, TYPES_SPACE
from perfgoals_xl.workbooks.patching.part_names import folded, resolved
from perfgoals_xl.workbooks.patching.part_xml import Element, UnreadablePart, elements


class ContentTypes:
    """``[Content_Types].xml``. ``root`` is what is to be written."""

    def __init__(self, root: Element) -> None:
        """Raises :class:`UnreadablePart` for another document."""
        if root.tag != f"{{{TYPES_SPACE}}}Types":
            raise UnreadablePart("不是内容类型表")
        self.root = root

    def of(self, part: str) -> str | None:
        """The content type of a part; None where the package does not say."""
        for item in self._overrides(part):
            return str(item.get("ContentType", ""))
        extension = folded(part).rpartition("/")[2].rpartition(".")[2]
        for item in self._items("Default"):
            if str(item.get("Extension", "")).casefold() == extension:
                return str(item.get("ContentType", ""))
        return None

    def names(self, part: str) -> bool:
        """Whether there is an entry for this very part."""
        return any(True for _ in self._overrides(part))

    def has_doubles(self) -> bool:
        """Whether two entries speak of the same part."""
        names = [folded(str(item.get("PartName", ""))) for item in self._items("Override")]
        return len(names) != len(set(names))

    def set(self, part: str, content_type: str) -> None:
        """Say what a part is, in the entry that it has or in a new one."""
        for item in self._overrides(part):
            item.set("ContentType", content_type)
            return
        made = etree.SubElement(self.root, f"{{{TYPES_SPACE}}}Override")
        made.set("PartName", f"/{part}")
        made.set("ContentType", content_type)

    def drop(self, part: str) -> None:
        """Forget a part that is no longer there."""
        for item in list(self._overrides(part)):
            self.root.remove(item)

    def _overrides(self, part: str) -> Iterator[Element]:
        key = folded(part)
        return (i for i in self._items("Override") if folded(str(i.get("PartName", ""))) == key)

    def _items(self, name: str) -> Iterator[Element]:
        return (i for i in elements(self.root) if i.tag == f"{{{TYPES_SPACE}}}{name}")


class Relations:
    """The relationships of one part, ``source``; "" is the package. ``root`` is to be written."""

    def __init__(self, root: Element, source: str) -> None:
        """Raises :class:`UnreadablePart` for another document."""
        if root.tag != f"{{{RELATIONS_SPACE}}}Relationships":
            raise UnreadablePart("不是关系表")
        self.root = root
        self._source = source

    @classmethod
    def none(cls, source: str) -> Relations:
        """The relationships of a part that has none."""
        return cls(etree.fromstring(f'<Relationships xmlns="{RELATIONS_SPACE}"/>'), source)

    def __iter__(self) -> Iterator[Element]:
        """The relationships to other parts of the package."""
        return (
            item
            for item in elements(self.root)
            if item.tag == f"{{{RELATIONS_SPACE}}}Relationship"
            and str(item.get("TargetMode", "")).casefold() != "external"
        )

    def target(self, item: Element) -> str:
        """The part that a relationship leads to."""
        return resolved(str(item.get("Target", "")), self._source)

    def of_kind(self, kind: str) -> list[Element]:
        """The relationships whose type ends with ``kind`` (``styles``, ``calcChain``)."""
        return [item for item in self if str(item.get("Type", "")).endswith(f"/{kind}")]

    def by_id(self) -> dict[str, Element]:
        """Id → relationship; of several with one id the first."""
        found: dict[str, Element] = {}
        for item in self:
            found.setdefault(str(item.get("Id", "")), item)
        return found

    def add(self, kind: str, target: str) -> str:
        """Add a relationship of the full type ``kind``; returns its id."""
        # Two ids that differ in case are told apart, but not by every program.
        taken = {str(item.get("Id", "")).casefold() for item in self.root.iter()}
        key = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rid{n}" not in taken)
        made = etree.SubElement(self.root, f"{{{RELATIONS_SPACE}}}Relationship")
        made.set("Id", key)
        made.set("Type", kind)
        made.set("Target", target)
        return key

    def drop(self, item: Element) -> None:
        """Remove a relationship."""
        self.root.remove(item)
