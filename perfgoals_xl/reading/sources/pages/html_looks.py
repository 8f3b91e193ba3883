"""What a page shows of its elements: which are hidden, struck out, or on lines of their own.

Styles count where they stand on the element, or in the page under a class or the name of a tag, as
Excel, Word and WPS write them. Nothing is loaded, and no script runs.
"""

from __future__ import annotations

import re

from lxml import etree

# Never shown, whatever a style says.
UNSEEN = frozenset(
    ("head", "script", "style", "template", "noscript", "title", "meta", "link", "object", "iframe",
     "svg", "math", "audio", "video", "canvas", "map", "datalist", "colgroup", "col", "rt", "rp")
)  # fmt: skip
BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
     "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
     "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav",
     "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
     "ul", "xmp", "listing")
)  # fmt: skip
_STRIKING = frozenset(("s", "strike", "del"))
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_SELECTOR = re.compile(r"([a-z0-9]*)((?:\.[\w-]+)?)", re.I)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all",
                     re.I)  # fmt: skip
_LINE_THROUGH = re.compile(
    r"text-decoration(?:-line)?\s*:[^;]*line-through|text-line-through", re.I
)
# Excel says so of text without any line as well.
_NO_LINE = re.compile(r"text-line-through\s*:\s*none", re.I)
# Selectors looked at; the pages of office programs have some hundred.
_MOST_RULES = 20_000


class Looks:
    """What the styles of one page say of its elements."""

    def __init__(self, root: etree._Element) -> None:
        self._hidden: set[tuple[str, str]] = set()
        self._struck: set[tuple[str, str]] = set()
        left = _MOST_RULES
        for style in root.iter("style"):
            for rule in _COMMENT.sub("", style.text or "").split("}"):
                # In @media one brace stands before that of the rule.
                selectors, _, said = rule.rpartition("{")
                selectors = selectors.rpartition("{")[2]
                hides, strikes = _HIDING.search(said) is not None, _strikes(said)
                for selector in selectors.split(",") if hides or strikes else ():
                    found = _SELECTOR.fullmatch(selector.strip())
                    left -= 1
                    if found is None or left < 0:
                        continue
                    key = found[1].lower(), found[2][1:]
                    if hides:
                        self._hidden.add(key)
                    if strikes:
                        self._struck.add(key)

    def is_hidden(self, element: etree._Element) -> bool:
        """Whether the page does not show an element, though it might."""
        if element.get("hidden") is not None:
            return True
        if element.tag == "input" and (element.get("type") or "").lower() == "hidden":
            return True
        style = element.get("style")
        if style is not None and _HIDING.search(style) is not None:
            return True
        return bool(self._hidden) and self._is_one(element, self._hidden)

    def is_struck(self, element: etree._Element) -> bool:
        """Whether the text of an element is struck out."""
        style = element.get("style")
        if element.tag in _STRIKING or (style is not None and _strikes(style)):
            return True
        return bool(self._struck) and self._is_one(element, self._struck)

    @staticmethod
    def _is_one(element: etree._Element, styled: set[tuple[str, str]]) -> bool:
        tag = str(element.tag)
        classes = (element.get("class") or "").split()
        return (tag, "") in styled or any(
            ("", name) in styled or (tag, name) in styled for name in classes
        )


def _strikes(style: str) -> bool:
    return _LINE_THROUGH.search(style) is not None and _NO_LINE.search(style) is None
