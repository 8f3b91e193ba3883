"""A manual as one page for the browser: pictures inside, links to manuals beside it kept."""

from __future__ import annotations

import base64
import html
import mimetypes
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.token import Token

_STYLE = """
body { font: 16px/1.7 "Microsoft YaHei", sans-serif; max-width: 60rem; margin: 2rem auto;
       padding: 0 1rem; color: #222; }
img { max-width: 100%; border: 1px solid #ddd; }
table { border-collapse: collapse; }
td, th { border: 1px solid #bbb; padding: .3rem .6rem; text-align: left; vertical-align: top; }
code { background: #f3f3f3; padding: 0 .2rem; }
"""


def as_html(path: Path, manuals: Iterable[str] = ()) -> bytes:
    """The Markdown file ``path`` as a page; links to other ``manuals`` go to their pages.

    Links to manuals that do not come along are their words alone. Raises
    FileNotFoundError for a picture that is missing.
    """
    markdown = MarkdownIt("commonmark").enable("table")
    tokens = markdown.parse(path.read_text(encoding="utf-8"))
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", _anchor(tokens[index + 1].content))
        if token.children:
            token.children = _without_dead_links(token.children, set(manuals))
        for part in token.children or ():
            _mend(part, path, set(manuals))
    body = markdown.renderer.render(tokens, markdown.options, {})
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{html.escape(path.stem)}</title><style>{_STYLE}</style></head>\n"
        f"<body>\n{body}</body></html>\n"
    ).encode()


def _mend(part: Token, path: Path, manuals: set[str]) -> None:
    if part.type == "image":
        part.attrSet("src", _inside(str(part.attrGet("src")), path))
    elif part.type == "link_open":
        target, sign, anchor = unquote(str(part.attrGet("href"))).partition("#")
        if target in manuals:
            part.attrSet("href", f"{target.removesuffix('.md')}.html{sign}{anchor}")


def _without_dead_links(parts: list[Token], manuals: set[str]) -> list[Token]:
    kept, dead = [], False
    for part in parts:
        if part.type == "link_open":
            target = unquote(str(part.attrGet("href"))).partition("#")[0]
            dead = target.endswith(".md") and ":" not in target and target not in manuals
        if not (dead and part.type in ("link_open", "link_close")):
            kept.append(part)
    return kept


def _inside(source: str, path: Path) -> str:
    if re.match(r"[a-z]+:", source):
        return source
    picture = path.parent / unquote(source)
    if not picture.is_file():
        raise FileNotFoundError(f"{path.name} shows a picture that is missing: {source}")
    kind = mimetypes.guess_type(picture.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(picture.read_bytes()).decode('ascii')}"


def _anchor(title: str) -> str:
    """As GitHub names a heading."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")
