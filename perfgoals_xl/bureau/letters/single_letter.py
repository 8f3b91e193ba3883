"""The letter to one department, beside its summary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from perfgoals_xl.bureau.account import Account
from perfgoals_xl.bureau.digest import digest_of
from perfgoals_xl.bureau.digest_parts import declared_part, declares
from perfgoals_xl.bureau.letters.letter_document import letter_document
from perfgoals_xl.bureau.letters.letter_names import letter_names
from perfgoals_xl.bureau.letters.posting import LetterOrder, Letters
from perfgoals_xl.bureau.letters.shares import Letter, share_of
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.joining.settled_sources import Joined
from perfgoals_xl.review.findings import Review
from perfgoals_xl.storage.whole_folder import whole_folder
from perfgoals_xl.workbooks.findings.layout import FindingLine
from perfgoals_xl.workbooks.findings.lines import finding_lines
from perfgoals_xl.workbooks.summarising import write_consolidation


def write_with_letter(
    declarations: Sequence[Declaration],
    joined: Joined,
    output: Path,
    order: LetterOrder,
    *,
    plan_year: int | None = None,
) -> tuple[Review, Letters]:
    """Writes the summary of ``declarations`` and the letter about them, both or neither.

    ``joined`` is what counts of them. Raises ``InputError`` as ``write_consolidation`` does, and
    where the letter would take the place of somebody's work.
    """
    department = next((d.department for d in joined.kept if d.department), None)
    [name] = letter_names([department or Path(joined.kept[0].file).stem])
    with whole_folder(order.folder, [name]) as folder:
        review = write_consolidation(declarations, output, plan_year=plan_year)
        letter = letter_of(joined, review, department)
        (folder / name).write_bytes(letter_document(letter, order.settings))
    return review, Letters(1, int(letter.returned))


def letter_of(joined: Joined, review: Review, department: str | None) -> Letter:
    """The letter about what counts of a department's sources and their review."""
    found: dict[str, list[FindingLine]] = defaultdict(list)
    for line in finding_lines(review):
        found[line.file or ""].append(line)
    digests = [digest_of(declaration, None) for declaration in joined.kept]
    declaring = any(map(declares, digests))
    account = Account(declares=declaring)
    shares = []
    for number, digest in enumerate(digests):
        own = found.pop(digest.file, [])
        if number == len(digests) - 1:
            # Of no source that counts: told all the same.
            own += [line for rest in found.values() for line in rest]
        digest = replace(digest, findings=tuple(own))
        entered = account.take(declared_part(digest) if declaring else digest)
        shares.append(share_of(digest, entered))
    return Letter(department, tuple(shares), notes=tuple(joined.notes))
