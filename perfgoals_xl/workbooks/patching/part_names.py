"""Names of the parts of a package, as relationships, content types and the archive write them.

The three need not agree letter by letter: names are compared without regard to case, a target may
be absolute or relative to its source, percent-encoded, or written with the other slash.
"""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

TYPES_PART = "[Content_Types].xml"
ROOT_RELATIONS = "_rels/.rels"


def folded(name: str) -> str:
    """What all ways to write the name of a part share."""
    plain = unquote(name).replace("\\", "/").strip().lstrip("/")
    return posixpath.normpath(plain).casefold()


def resolved(target: str, source: str) -> str:
    """The part that a relationship of the part ``source`` leads to; "" is the package itself."""
    plain = target.replace("\\", "/").strip().partition("#")[0]
    if not plain.startswith("/"):
        plain = posixpath.join("/", posixpath.dirname(source), plain)
    # Two slashes in front are kept by normpath, which takes them for something special.
    return posixpath.normpath(plain).lstrip("/")


def relative(part: str, source: str) -> str:
    """The target by which a relationship of ``source`` names ``part``."""
    return posixpath.relpath(f"/{part}", posixpath.join("/", posixpath.dirname(source)))


def relations_of(part: str) -> str:
    """The part that holds the relationships of a part; "" is the package itself."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def source_of(relations_part: str) -> str:
    """The part whose relationships a ``.rels`` part holds; "" for those of the package."""
    folder, name = posixpath.split(relations_part)
    return posixpath.join(posixpath.dirname(folder), name[: -len(".rels")])
