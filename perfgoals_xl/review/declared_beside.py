"""The declaration that a 自评表 was made from: in its file, given with it, or beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PureWindowsPath

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration


def declares(declaration: Declaration) -> bool:
    """Whether a file holds a project that is no evaluated form."""
    return len(declaration.projects) > len(declaration.evaluated_projects)


def declarations_of(
    declaration: Declaration, given: Sequence[Declaration]
) -> tuple[list[Declaration], str]:
    """Where to look for what was declared for the forms of a file, and why not further.

    First the file itself, then the others of the call, then the files that its sheet 说明 names and
    that stand beside it as they were then.
    """
    if not declaration.evaluated:
        return [], ""
    found = [one for one in (declaration, *given) if declares(one)]
    known = {one.sha256 for one in found if one.sha256}
    why = ""
    for name, digits in _named(declaration):
        path = Path(declaration.file).parent / PureWindowsPath(name).name
        if digits in known or not path.is_file():
            continue
        try:
            beside = load_declaration(path)
        except InputError:
            why = f"旁边的“{path.name}”不能读取，没有核对指标、指标值有没有改动"
            continue
        if digits and beside.sha256 != digits:
            why = f"“{path.name}”在生成这些表以后改过，没有核对指标、指标值有没有改动"
        elif declares(beside):
            found.append(beside)
    return found, why


def _named(declaration: Declaration) -> Iterator[tuple[str, str]]:
    yield from dict.fromkeys(declaration.evaluated.made_from.values())
