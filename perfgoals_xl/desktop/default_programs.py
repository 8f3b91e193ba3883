"""Which program opens a file on a double click stays as it was (``mimeapps.list``, Linux).

A person's own desktop entries come before those of the system, so an entry of ours that takes
workbooks would become what opens them where nobody ever chose a program. What was in force is
therefore written down as the choice; nothing that a person chose is touched.
"""

from __future__ import annotations

from collections.abc import Mapping

SECTION = "Default Applications"


def chosen(text: str) -> dict[str, str]:
    """The choices of a ``mimeapps.list``: MIME type to its programs, as they stand there."""
    found: dict[str, str] = {}
    for line, section in _lines(text):
        key, sign, value = line.partition("=")
        if section == SECTION and sign:
            found.setdefault(key.strip(), value.strip())
    return found


def with_choices(text: str, choices: Mapping[str, str]) -> str:
    """``text`` with ``choices`` added at the end of the section; everything else as it stands."""
    known = chosen(text)
    added = [f"{kind}={program}\n" for kind, program in choices.items() if kind not in known]
    if not added:
        return text
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    sections = [section for _, section in _lines(text)]
    if SECTION not in sections:
        gap = ["\n"] if lines and lines[-1].strip() else []
        return "".join([*lines, *gap, f"[{SECTION}]\n", *added])
    last = max(
        number
        for number, section in enumerate(sections)
        if section == SECTION and lines[number].strip()
    )
    return "".join([*lines[: last + 1], *added, *lines[last + 1 :]])


def without_choices(text: str, choices: Mapping[str, str]) -> str:
    """``text`` without those of ``choices`` that still stand there; a person's later ones stay.

    A section that held no others goes with them.
    """
    kept: list[tuple[str, str]] = []
    for line, section in _lines(text, keepends=True):
        key, sign, value = line.partition("=")
        if section != SECTION or not sign or choices.get(key.strip()) != value.strip():
            kept.append((line, section))
    if any("=" in line for line, section in kept if section == SECTION):
        return "".join(line for line, _ in kept)
    rest = [line for line, section in kept if section != SECTION]
    while len(rest) > 1 and not rest[-1].strip():
        rest.pop()
    return "".join(rest) if any(line.strip() for line in rest) else ""


def _lines(text: str, *, keepends: bool = False) -> list[tuple[str, str]]:
    """Every line with the section that it is in."""
    section = ""
    found: list[tuple[str, str]] = []
    for line in text.splitlines(keepends=keepends):
        name = line.strip()
        if name.startswith("[") and name.endswith("]"):
            section = name[1:-1]
        found.append((line, section))
    return found
