"""The manuals of the bundle as pages for the browser."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from perfgoals_xl.excel.setup import manual_page
from tools.windows_wheels import BundleError

MANUALS = ("用户手册.md", "规则说明.md", "旧表版式.md")


def as_html(path: Path, manuals: Iterable[str]) -> bytes:
    """The Markdown file ``path`` as a page; links to other ``manuals`` go to their pages.

    Raises ``BundleError`` for a picture that is missing.
    """
    try:
        return manual_page.as_html(path, manuals)
    except FileNotFoundError as error:
        raise BundleError(str(error)) from error
